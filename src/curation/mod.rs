//! What did people decide about the texts, note and collect, and where does it apply?
//!
//! Everything lies in plain files of one folder beside the corpus, which belongs to the people who
//! work with it: it is readable, can be kept under version control and merged, and is never needed to
//! read the archive. The corpus is not touched.

mod collections;
mod entry;
mod folder;
mod log;
mod notebook;
mod notes;

pub use collections::{
    CollectionChange, CollectionEntry, MAX_LABEL_CHARS, MAX_NOTE_CHARS, add_to_collection, label,
};
pub use folder::{CurationError, CurationFolder};
pub use log::{Entries, Fault, append, read};
pub use notebook::{NoteFiles, Noted};
pub use notes::{NoteChange, NoteEntry, add_notes};
