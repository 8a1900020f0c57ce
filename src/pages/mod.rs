//! The web pages: values in, HTML out. Nothing here queries the archive, opens a
//! file or knows of connections; `web` does, and hands over what it found.
//!
//! Everything works without a script. Text is escaped by the templates (maud); no page has inline
//! styles or scripts, so that the strictest policy for contents holds.

mod alerts;
mod article;
mod assets;
mod collections;
mod editing;
mod help;
mod indicators;
pub mod layout;
mod overview;
mod search;
mod source;
#[cfg(test)]
mod testing;
mod trend;

pub use alerts::batch::{BatchPage, batch};
pub use alerts::saved::{SavedPage, SavedRow, saved};
pub use article::compare::compare;
pub use article::noted::NotesSection;
pub use article::reprints::Reprint;
pub use article::structured::structured_article;
pub use article::{ArticlePage, Trail, article, several};
pub use assets::{ICON, SCRIPT, STYLE};
pub use collections::{MAX_COLLECTED, collection, collections};
pub use editing::conflict::{ChangedPage, ConflictPage, changed, conflict};
pub use editing::login::login;
pub use editing::review::{ReviewItem, ReviewPage, review};
pub use editing::unsent::{RefusedForm, TYPED_FIELDS, UnsentPage, asked_again, unsent};
pub use editing::{EditView, IngestNote};
#[cfg(test)]
pub(crate) use help::api::{MEANINGS, SUMMARIES};
pub use help::api::{Operation, Parameter, Takes, api};
pub use help::help;
pub use help::text::help_text;
pub use indicators::refused::{SeriesRefusal, indicators_refused};
pub use indicators::{IndicatorsPage, indicators, series_drawing};
pub use layout::error::error;
pub use layout::frame::{Frame, Section, frame};
pub use layout::marked::{marked, snippets};
pub use layout::signed_in::SignedIn;
pub use overview::files::{FilesPage, files};
pub use overview::{Overview, overview};
pub use search::cited::cited;
pub use search::refused::{Refusal, refused};
pub use search::{SearchPage, search};
pub use source::{Doubtful, SourcePage, source};
pub use trend::refused::{TrendRefusal, trend_refused};
pub use trend::{TrendParams, Trends, trend, trend_drawing};
