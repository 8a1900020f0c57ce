//! `dibao serve`: pages and the HTTP interface. One file per answer (`page_*`, `api_*`); what is
//! around them: who may ask (`guard`), turns (`app`), the archive as it is now (`shelf`),
//! connections (`server`).

mod api;
mod api_article;
mod api_export;
mod api_openapi;
mod api_search;
mod api_source;
mod api_trend;
mod api_which;
mod app;
mod assets;
mod crawlers;
mod feed;
mod guard;
mod headers;
mod language;
mod latest;
mod metrics;
mod options;
mod page_api;
mod page_article;
mod page_compare;
mod page_error;
mod page_help;
mod page_overview;
mod page_search;
mod page_source;
mod page_trend;
mod parameters;
mod problem;
mod router;
mod sentences;
mod server;
mod shelf;
mod site;
mod trace;
mod trends;
mod xml;

pub use axum::http::{HeaderName, HeaderValue};
pub use options::{Limits, Options};
pub use sentences::SENTENCES;
pub use server::{Server, asked_to_stop};

use app::App;
use axum::Router;
use parameters::{InPath, Parameters};
use problem::Problem;
use router::router;
use site::Site;

/// All answers, without a connection: for tests, and to be put into another server.
pub fn service(options: Options) -> Router {
    router(&App::new(options))
}
