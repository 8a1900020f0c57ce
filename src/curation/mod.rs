//! What did people decide about the texts, note and collect, and where does it apply?
//!
//! Everything lies in plain files of one folder beside the corpus, which belongs to the people who
//! work with it: it is readable, can be kept under version control and merged, and is never needed to
//! read the archive. The corpus is not touched.
//!
//! `corrections` reads the entries and tells which count; `place` finds where in a file they were
//! made; `apply` puts them on what the splitter made of the file: first those about where articles
//! begin and end, then the fields, then what was read out of the words.

mod apply;
mod collections;
mod corrections;
mod entry;
mod fields;
mod folder;
mod log;
mod notebook;
mod notes;
mod place;
mod rows;
mod same;

pub use apply::{CorrectedFile, FileCorrections, Outcome, apply};
pub use collections::{
    CollectionChange, CollectionEntry, MAX_LABEL_CHARS, MAX_NOTE_CHARS, add_to_collection,
    change_remark, label,
};
pub use corrections::Corrections;
pub use fields::{check, district_typed, stated};
pub use folder::{CurationError, CurationFolder, Turn};
pub use log::{Entries, Fault, append, read};
pub use notebook::{NoteFiles, Noted};
pub use notes::{NoteChange, NoteEntry, add_notes};
pub use place::{quote_of, quote_of_apart};
pub use same::are_about_the_same;
