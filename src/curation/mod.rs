//! What did people decide about the texts, note and collect, and where does it apply?
//!
//! Everything lies in plain files of one folder beside the corpus, which belongs to the people who
//! work with it: it is readable, can be kept under version control and merged, and is never needed to
//! read the archive. The corpus is not touched.

mod folder;
mod log;
mod searches;
mod told;

pub use folder::{CurationError, CurationFolder, Turn};
pub use log::{Entries, Fault, append, read};
pub use searches::{MAX_SAVED_NAME, MAX_SAVED_SEARCHES, SavedSearch, SavedSearches};
pub use told::{TellingTurn, Told, ToldArticle};
