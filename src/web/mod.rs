//! `dibao serve`: pages and the HTTP interface. `server` accepts connections and routes requests,
//! `mcp` answers language models, `middleware` is around every answer, `state` holds the archive and the limits, `metrics` the
//! counters, `request` reads parameters and states problems, `editing` lets editors write; `pages`, `api`,
//! `feeds` and `oai` answer; `webhook` sends what is new elsewhere, `watching` says how the corpus is watched.

mod api;
mod archive;
mod editing;
mod feeds;
mod mcp;
mod metrics;
mod middleware;
mod oai;
mod pages;
mod request;
mod server;
mod state;
mod watching;
mod webhook;

pub use axum::http::{HeaderName, HeaderValue};
pub use editing::ingesting::{Reingest, ReingestError};
pub use editing::tokens::{EditorTokenError, EditorTokens};
pub use server::options::{Limits, OaiSettings, Options};
pub use server::{Server, asked_to_stop, when_asked_to_stop};
pub use watching::{WatchState, WatchedFileCounts, WatchedState};
pub use webhook::{MAX_WEBHOOK_ARTICLES, Webhook, WebhookArticle, WebhookError, WebhookMessage};

pub(crate) use mcp::serve_stdio;
pub(crate) use middleware::guard::Site;
pub(crate) use request::detail::Detail;
pub(crate) use request::problem::Problem;
pub(crate) use request::{InPath, NoParams, Only, Parameters};
pub(crate) use state::AppState;

/// The router without a listener: for tests, and for embedding into another server.
pub fn service(options: Options) -> axum::Router {
    server::router::router(&AppState::new(options))
}
