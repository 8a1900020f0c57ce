//! What an ingest says of a file in its report, in English: in one place, so that pages can say it
//! in other languages.

use crate::model::sentences;

sentences! {
    /// Every sentence that an ingest adds to the report of a file; `{}` stands for a part that
    /// varies.
    SENTENCES:
    OF_FILE = "{}: {}";
    FAILED = "the program failed on it ({}); it is left out; please report this with the file";
    FAILED_READING =
        "the program failed while it read it ({}); please report this with the file";
    KEPT = "{} articles of an earlier reading are kept";
    NO_ARTICLE = "no article was found in it; look at `dibao split --explain`";
}
