//! What can go wrong with a search.

use std::path::PathBuf;

use thiserror::Error;

use crate::index::IndexError;

const MILLION: u64 = 1_000_000;

/// Why a search cannot be answered.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The index cannot be opened.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A topic that is none of the table's, and that no article has.
    #[error("{topic}: no such topic; the topics are {}", labels.join(" "))]
    UnknownTopic {
        /// The topic asked for.
        topic: String,
        /// The labels of the table.
        labels: Vec<String>,
    },
    /// A district that nothing is called.
    #[error(
        "no district is called `{name}`{}; use its full name (新密市), add the city (郑州高新区), or give \
         its code",
        meant(near)
    )]
    UnknownDistrict {
        /// The name asked for.
        name: String,
        /// Names that it is near to, the nearest first.
        near: Vec<String>,
    },
    /// An indicator that neither the table of indicators nor an article has.
    #[error(
        "no indicator is called `{name}`{}; use a name from statistical bulletins (地区生产总值)",
        meant(near)
    )]
    UnknownIndicator {
        /// The name asked for.
        name: String,
        /// Whether it stands in a query.
        in_query: bool,
        /// Names that it is near to, the nearest first.
        near: Vec<String>,
    },
    /// A unit that no value of the indicator has.
    #[error("no value of {indicator} is in `{unit}`; its units are {}", units.join(" "))]
    UnknownUnit {
        /// The indicator.
        indicator: String,
        /// The unit asked for.
        unit: String,
        /// The base units of its values.
        units: Vec<String>,
    },
    /// A query that would take too long.
    #[error(
        "the query asks for too much: it would read some {} million postings of the index, at most \
         {} million; leave out parts, quote longer strings, or search in several steps",
        .postings.div_ceil(MILLION), most / MILLION
    )]
    TooMuch {
        /// The postings that it would read, estimated.
        postings: u64,
        /// The most that are allowed.
        most: u64,
    },
    /// Words near each other, or a pattern, for which too many texts would be read.
    #[error(
        "the query asks for too much: {articles} texts would be read to see whether the words stand near \
         each other, at most {most}; add a word in quotes or a filter"
    )]
    TooManyTexts {
        /// Articles that have all of the words.
        articles: u64,
        /// The most that are read.
        most: u64,
    },
    /// A cursor of another search, or of the archive as it was before.
    #[error(
        "cursor expired: it belongs to another search, or the archive has changed; start at the first page"
    )]
    StaleCursor,
    /// Only the embedded engine answers it yet.
    #[error("not with the engine {engine} yet; the embedded engine (without --engine) can do it")]
    NotYet {
        /// The name of the engine that is used.
        engine: &'static str,
    },
    /// The engine failed while it read the index.
    #[error(
        "{path}: the index cannot be read: {message}; `dibao ingest --rebuild` rebuilds it from \
         the corpus",
        path = path.display()
    )]
    Engine {
        /// The index folder.
        path: PathBuf,
        /// What the engine says.
        message: String,
    },
}

/// Names that may have been meant.
fn meant(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!(" (did you mean {}?)", near.join(", ")) }
}
