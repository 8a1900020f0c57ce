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
mod charts;
mod compare;
mod error;
mod frame;
mod lang;
pub mod links;
mod marks;
mod overview;
mod overview_files;
mod overview_matrix;
#[cfg(test)]
mod overview_tests;
#[cfg(test)]
mod sample;
mod source;
mod source_lines;
#[cfg(test)]
mod source_tests;
mod trend;
mod trend_form;
#[cfg(test)]
mod trend_tests;
pub mod words;

pub use api::{Operation, Parameter, Takes, api};
pub use article::{Article, Trail, article, several};
pub use article_reprints::Reprint;
pub use compare::compare;
pub use error::error;
pub use frame::{Frame, Section, frame};
pub use lang::Lang;
pub use overview::{Overview, overview};
pub use overview_files::Files;
pub use source::{Source, source};
pub use trend::{TrendAsked, Trends, trend};

/// The style of every page, for `/assets/style.css`.
pub const STYLE: &str = include_str!("style.css");
/// What makes the pages more comfortable, for `/assets/script.js`.
pub const SCRIPT: &str = include_str!("script.js");
/// The seal, for `/assets/icon.svg`.
pub const ICON: &str = include_str!("icon.svg");
