//! Which articles do annotated pages have, how well does a splitter find them, and what does fitting
//! on them gain?
//!
//! `read` takes rows of gold with their texts, `compare` sets the articles of a splitter beside them,
//! and `own` fits a table further on pages of one's own and measures it on those that it was not
//! fitted on. Nothing here writes.

mod compare;
mod error;
mod own;
mod page;
mod parts;
mod read;
mod write;

pub use compare::{Counts, ErrorClass, Miss, PageScore, compare};
pub use error::{GoldError, RowProblem};
pub use own::{FittedTable, GoldSource, Measured, fit_own, sampled};
pub use page::{Item, KINDS, Page};
pub use read::read;
pub use write::gold_rows;

pub use crate::split::fit::{FitSettings, stating};
