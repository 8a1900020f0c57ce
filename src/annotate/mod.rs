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

mod byline;
mod dates;
mod document;
mod office_names;
mod places;
mod record;
mod reprints;
mod sentences;
mod topics;

pub use record::Annotator;
pub use reprints::shingles::{MIN_SHINGLED_CHARS, containment};
pub use reprints::sketch::{Sketch, sketch};
pub use reprints::{SketchedArticle, group_reprints};
pub use sentences::{DATE_RULES, WARNINGS};
pub use topics::TopicClassifier;
pub use topics::vocabulary::{TopicLabel, TopicsError};
