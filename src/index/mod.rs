//! The only writer of the index, and what [`search`](crate::search) must know to read it.
//!
//! An index folder holds `dibao.json` (which rules the index was made by, and which of the data
//! folders beside it is in use) and one data folder of the engine. Every article is one document
//! of the engine; so is the report on every file, so that both are committed together.
//!
//! Two lanes find articles by their text. The literal lane holds every pair of neighbouring
//! characters of every printed field with its position, after folding; it decides membership for
//! literals. The word lane holds jieba's words without positions; it ranks.

mod entry;
mod error;
mod folder;
mod gate;
mod lanes;
mod ledger;
mod reading;
mod reprints;
mod schema;
mod sources;
mod writer;

pub use error::IndexError;
pub use folder::Folder;
pub use writer::{Writer, WriterOptions};

pub(crate) use entry::{place_key, topic_labels};
pub(crate) use gate::Gate;
pub(crate) use lanes::lane_char;
pub(crate) use ledger::{files, stored};
pub(crate) use reprints::Reprints;
pub(crate) use schema::{ARTICLE, Fields, day_number, names};
pub(crate) use sources::{SourceRanks, source_column};
