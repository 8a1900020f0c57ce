//! When, where, about what, by whom, reprinted from where?
//!
//! The layers are independent of each other; each result keeps its evidence.
//!
//! | folder | reads | method |
//! |---|---|---|
//! | `dates` | dates of articles and issues | temporal tagging with cue words and a reference time |
//! | `places` | districts and places | toponym resolution against the gazetteer |
//! | `topics` | topics | weighted keywords with the saturation of BM25 |
//! | `byline` | reporters, correspondents, photographers | grammar of bylines and credit lines |
//! | `document` | 文号 and issuer of a document, genres | printed forms |
//! | `indicators` | the numbers of territories with their periods | words around quantities against a table of names |
//! | `reprints` | near-duplicates | FracMinHash sketches, greedy string tiling |
//!
//! [`Annotator`] (`record`) applies the layers to the articles of a file and turns them into
//! records.

mod byline;
mod dates;
mod document;
mod doubtful;
mod indicators;
mod office_names;
mod places;
mod record;
mod reprints;
mod review;
mod topics;

pub use indicators::{amend, indicator_name, indicator_names, unit_fits};
pub use places::not_a_region;
pub use record::{Annotator, article_ids};
pub use reprints::sketch::Sketch;
pub use reprints::{
    ArticleComparison, ComparedArticle, Separation, SketchedArticle, compare_articles,
    group_reprints,
};
pub(crate) use reprints::{DecidedPair, DecidedReprints, Presence, Regrouped, regroup};
pub use review::{is_confirmed, reviews};
pub use topics::TopicClassifier;
pub use topics::vocabulary::{TopicLabel, TopicsError};
