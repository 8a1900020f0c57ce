//! The only writer of the index, and what [`search`](crate::search) must know to read it.
//!
//! An index folder holds `dibao.json` (which rules the index was made by, and which of the data
//! folders beside it is in use) and one data folder of the engine. Every article is one document
//! of the engine; so is the report on every file, so that both are committed together.
//!
//! Two lanes find articles by their text. The literal lane holds every pair of neighbouring
//! characters of every printed field with its position, after folding, and the single characters:
//! it decides membership. The word lane holds every long word of the dictionary, wherever it
//! stands, without positions: a short cut for literals that are such words, and weight for ranking.

mod entry;
mod error;
mod folder;
mod gate;
mod lanes;
mod ledger;
mod order;
mod packing;
mod reading;
mod reprints;
mod schema;
mod sources;
mod state;
mod writer;

pub use error::IndexError;
pub use folder::Folder;
pub use state::IndexState;
pub use writer::{Writer, WriterOptions};

pub(crate) use entry::{Role, is_called, place_key, topic_labels, units_called};
pub(crate) use gate::Gate;
pub(crate) use lanes::{LONG_WORD, lane_char, run_term};
pub(crate) use ledger::{files, stored};
pub(crate) use order::{Order, SegmentStandings};
pub(crate) use schema::{ARTICLE, FILE, Fields, PATH_SEPARATOR, day_number, names};
pub(crate) use sources::{SourceRanks, source_column};
