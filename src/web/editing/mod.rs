//! Writing over HTTP, where the server is told that it may (`--editor-token-file`): `tokens` says who
//! may, `session` signs them in, `editor` checks every form that they send, `writes` bounds how many,
//! `login` answers `/login` and `/logout`, `changes` reads forms, `decide` has them written down,
//! `ingesting` has the index follow, `view` gathers what editors see, `review` is their queue.
//!
//! Nothing is written for anybody without a token of an editor; a server without such tokens answers
//! the addresses below with [`Detail::EditingOff`].

mod changes;
mod decide;
pub(crate) mod editor;
pub(crate) mod ingesting;
pub(crate) mod login;
mod review;
pub(crate) mod session;
pub(crate) mod tokens;
pub(crate) mod view;
mod writes;

use axum::Router;
use axum::routing::{any, get, post};

use super::{AppState, Detail, Options, Problem};
use crate::pages::layout::links;
use ingesting::Ingesting;
use session::Sessions;
use tokens::EditorTokens;
use writes::Writes;

/// Maximum size of a form that an editor sends, in bytes.
pub(crate) const MAX_FORM_BYTES: usize = 64 << 10;

/// What the server keeps of those who write.
#[derive(Debug)]
pub(crate) struct Editing {
    pub(crate) tokens: EditorTokens,
    pub(crate) sessions: Sessions,
    pub(crate) ingesting: Ingesting,
    writes: Writes,
}

impl Editing {
    /// `None` where nobody may write.
    pub(crate) fn new(options: &Options) -> Option<Self> {
        let tokens = options.editors.clone()?;
        Some(Self {
            tokens,
            sessions: Sessions::new(options.public_url.as_deref()),
            ingesting: Ingesting::new(options.reingest.clone()),
            writes: Writes::new(options.limits.writes),
        })
    }
}

/// The addresses that editors alone have.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    if state.editing().is_none() {
        let off = || any(async || Problem::not_found(Detail::EditingOff));
        return ["/login", "/logout", "/review", "/edit/{*rest}"]
            .into_iter()
            .fold(Router::new(), |routes, path| routes.route(path, off()));
    }
    Router::new()
        .route("/login", get(login::page).post(login::sign_in))
        .route("/logout", post(login::sign_out))
        .route("/review", get(review::page))
        .route("/edit/article/{id}", post(decide::article))
        .route(links::EDIT_LINES, post(decide::lines))
        .route(links::EDIT_UNDO, post(decide::undo))
        .route(links::EDIT_STATE, get(decide::state))
}
