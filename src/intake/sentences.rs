//! What is said of a file that is not as it should be, in English: in one place, so that pages can
//! say it in other languages.

use crate::model::sentences;

sentences! {
    /// Every sentence that a warning of a file is made of, and the reason for the cut of an article
    /// that was apart already; `{}` stands for a part that varies, which can be another of these.
    SENTENCES:
    // The file and what is said of it; the line and what is said of it.
    OF_FILE = "{}: {}";
    OF_LINE = "line {}: {}";
    OF_BROKEN_LINE = "line {}: {}; mend the line";
    MORE = "{} more warnings like these";
    // The whole file.
    UNREADABLE =
        "cannot be read to its end ({}); expected a readable file; check its permissions, or \
         whether it is damaged";
    NO_TEXT =
        "is no text; expected utf-8, utf-16, gb18030 or big5; convert it to text, or state its \
         encoding in corpus.toml";
    NO_JSON_TEXT =
        "is no text; expected one JSON object a line, in utf-8 without zero bytes; convert it or \
         rename it";
    ZEROS = "has {} zero bytes; each was read as a blank";
    BAD_BYTES =
        "{} byte sequences are no {}, the first on line {}; they are shown as \u{fffd}; mend them, \
         or state the encoding in corpus.toml";
    IN_PARTS =
        "is larger than {} MB or longer than {} lines; it is read in parts, and an article that \
         reaches from one into the next is cut there; divide the file";
    CHANGED =
        "changed while it was read; expected a file that nobody writes to; run again when it is \
         complete";
    EMPTY = "has no text; expected at least one line; fill or remove it";
    NO_ARTICLE = "has no article; expected one JSON object a line; convert or rename it";
    // A line of a file of articles.
    LONG_LINE = "longer than {} MB; it was passed over; expected one article a line";
    BAD_BYTES_OF_LINE = "{} byte sequences are no {}; they are shown as \u{fffd}";
    NO_OBJECT = "no JSON object ({}); expected an article like {\"title\": …, \"body\": …}";
    NOTHING_IN_IT = "an article without title and body; expected a string in `body`";
    LEFT_OUT = "the field `{}` was left out; expected {}";
    AN_ISSUE = "an object with `number` and `date`";
    RECORDED = "objects as they stand in a record";
    A_STRING = "a string";
    A_KIND = "news, document, profile, photo or notice";
    A_DAY = "a day like 2023-02-10";
    A_LIST = "a list";
    // Why an article begins where it does.
    GIVEN = "given";
}
