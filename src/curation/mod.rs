//! What did people decide about the texts, note and collect, and where does it apply?
//!
//! Everything lies in plain files of one folder beside the corpus, which belongs to the people who
//! work with it: it is readable, can be kept under version control and merged, and is never needed to
//! read the archive. The corpus is not touched.
//!
//! `corrections` reads the entries and tells which count; `place` finds where in a file they were
//! made; `apply` puts them on what the splitter made of the file: first those about where articles
//! begin and end, then the fields, then what was read out of the words. `parts` tells which part of a
//! large file each is about.

mod apply;
#[cfg(test)]
mod apply_tests;
mod articles;
mod collections;
mod corrections;
mod entry;
mod fields;
mod folder;
mod log;
mod notebook;
mod notes;
mod outcome;
mod parts;
#[cfg(test)]
mod parts_tests;
mod place;
mod rows;
mod same;
mod searches;
mod structure;
mod text_layer;
mod told;

pub use apply::{CorrectedFile, apply};
pub use collections::{
    CollectionChange, CollectionEntry, MAX_LABEL_CHARS, MAX_NOTE_CHARS, add_to_collection,
    change_text, label,
};
pub use corrections::Corrections;
pub use fields::{check, district_typed, stated};
pub use folder::{CurationError, CurationFolder, MAX_NAME_BYTES, Turn};
pub use log::{Entries, Fault, append, read};
pub use notebook::{NoteFiles, Noted};
pub use notes::{NoteChange, NoteEntry, add_notes};
pub use outcome::Outcome;
pub use parts::{FileCorrections, PartCorrections};
pub use place::{quote_of, quote_of_apart};
pub use rows::indicator_row;
pub use same::{are_about_the_same, replaced};
pub use searches::{MAX_SAVED_NAME, MAX_SAVED_SEARCHES, SavedSearch, SavedSearches};
pub use text_layer::{CorrectedTexts, TextProblem, check_text, correct_texts};
pub use told::{TellingTurn, Told, ToldArticle};
