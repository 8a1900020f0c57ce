//! `dibao serve`: pages and the HTTP interface. One file per answer (`page_*`, `api_*`); what is
//! around them: who may ask (`guard`), turns (`app`), the archive as it is now (`shelf`),
//! connections (`server`).

mod api;
mod feeds;
mod middleware;
mod pages;
mod request;
mod server;
mod state;

pub use axum::http::{HeaderName, HeaderValue};
pub use request::sentences::SENTENCES;
pub use server::options::{Limits, Options};
pub use server::{Server, asked_to_stop};

use axum::Router;
use request::problem::Problem;
use request::{InPath, Parameters};
use server::router::router;
use state::App;
use state::site::Site;

/// All answers, without a connection: for tests, and to be put into another server.
pub fn service(options: Options) -> Router {
    router(&App::new(options))
}
