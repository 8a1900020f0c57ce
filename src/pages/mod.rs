//! What a reader sees in a browser: values in, HTML out. Nothing here asks the archive, opens a
//! file or knows of connections; `web` does, and hands over what it found.
//!
//! Everything works without a script. Text is escaped by the templates (maud); no page has inline
//! styles or scripts, so that the strictest policy for contents holds.

mod api;
mod article;
mod article_body;
mod article_facts;
mod article_reprints;
mod article_source;
#[cfg(test)]
mod article_tests;
mod assets;
mod charts;
mod compare;
mod error;
mod expected;
mod frame;
mod help;
mod help_tables;
mod lang;
pub mod links;
mod marked;
mod overview;
mod overview_files;
mod overview_matrix;
#[cfg(test)]
mod overview_tests;
mod phrases;
#[cfg(test)]
mod sample;
mod search;
mod search_chart;
mod search_filters;
mod search_form;
mod search_hit;
mod search_notes;
mod search_nothing;
mod search_paging;
mod search_refused;
#[cfg(test)]
mod search_tests;
mod source;
mod source_lines;
#[cfg(test)]
mod source_tests;
mod trend;
mod trend_form;
mod trend_refused;
#[cfg(test)]
mod trend_tests;
pub mod words;

#[cfg(test)]
pub(crate) use api::{MEANINGS, SUMMARIES};
pub use api::{Operation, Parameter, Takes, api};
pub use article::{Article, Trail, article, several};
pub use article_reprints::Reprint;
pub use assets::{ICON, SCRIPT, STYLE};
pub use compare::compare;
pub use error::error;
pub use frame::{Frame, Section, frame};
pub use help::help;
pub use lang::Lang;
pub use marked::{marked, snippets};
pub use overview::{Overview, overview};
pub use overview_files::Files;
pub use phrases::{phrase, phrases};
pub use search::{Found, search};
pub use search_refused::{Refusal, refused};
pub use source::{Doubtful, Source, source};
pub use trend::{TrendAsked, Trends, trend, trend_drawing};
pub use trend_refused::{TrendRefusal, trend_refused};
