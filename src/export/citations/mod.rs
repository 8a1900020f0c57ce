//! How articles are cited: in a style (CSL), and as files for programs that keep references. One
//! reading of a record, [`reference`], serves all of them.

mod bibtex;
#[cfg(test)]
mod cases;
mod csl_item;
mod csl_json;
mod list;

mod reference;
mod ris;
mod style;
mod style_error;
mod style_text;
#[cfg(test)]
mod tests;

pub(super) use bibtex::{BibDialect, BibEntries};
pub(super) use csl_json::CslItems;
pub(super) use list::CitedList;
pub(super) use ris::RisEntries;
pub use style::{CitationStyle, Cited};
pub use style_error::StyleError;
