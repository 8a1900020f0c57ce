//! Independent layers over an article: what can be read out of its words, each with its evidence.
//!
//! | layer | files |
//! |---|---|
//! | dates of articles and issues | `dates`, `date_*`, `issue`, `issue_year`, `signature`, `stamp` |
//! | districts and places | `gazetteer`, `table`, `place_names`, `context`, `mentions`, `meaning`, `support`, `primary`, `places`, `villages` |
//! | topics | `topics`, `vocabulary` |
//! | byline, 文号, issuer | `byline`, `credit_words`, `persons`, `docno`, `issuer` |
//! | reprints | `reprints`, `shingles`, `sketch` |
//!
//! [`Annotator`] puts the layers together to records (`record`).

pub mod byline;
mod context;
mod credit_words;
mod date_cues;
mod date_default;
mod date_digits;
mod date_range;
mod date_resolve;
mod date_scan;
#[cfg(test)]
mod date_scan_tests;
mod date_words;
pub mod dates;
#[cfg(test)]
mod dates_tests;
pub mod docno;
mod gazetteer;
pub mod issue;
mod issue_year;
pub mod issuer;
mod meaning;
mod mentions;
mod persons;
mod place_names;
mod places;
mod primary;
mod record;
mod reprints;
mod sentences;
mod shingles;
mod signature;
mod sketch;
mod stamp;
mod support;
mod table;
mod topics;
mod villages;
mod vocabulary;

use std::sync::LazyLock;

use crate::text::fingerprint_of;

pub use context::FileContext;
pub use gazetteer::{Gazetteer, Level, Unit, UnitId};
pub use places::Located;
pub use record::Annotator;
pub use reprints::{Item, group};
pub use sentences::{DATE_RULES, WARNINGS};
pub use shingles::{SHORTEST, containment};
pub use sketch::{Sketch, sketch};
pub use topics::Topics;
pub use vocabulary::{Label, TopicsError};

/// Raised by hand whenever the code of a layer reads something else out of the same words, so that
/// files are taken in again; what is in the tables counts by itself.
const RULES_VERSION: u32 = 1;

/// 64 bits that change when the layers' rules or tables do.
#[must_use]
pub fn fingerprint() -> u64 {
    static FINGERPRINT: LazyLock<u64> = LazyLock::new(|| {
        let tables = [gazetteer::ROWS, gazetteer::ZONES, topics::TABLE].map(str::as_bytes);
        fingerprint_of(&[&RULES_VERSION.to_le_bytes(), tables[0], tables[1], tables[2]])
    });
    *FINGERPRINT
}
