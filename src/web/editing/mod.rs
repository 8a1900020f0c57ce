//! Writing over HTTP, where the server is told that it may (`--editor-token-file`): `desk` holds what is
//! kept of those who write, `tokens` says who may, `session` signs them in, `editor` checks every form
//! that they send, `unsent` keeps what they typed where it cannot be taken, `writes` bounds how many,
//! `login` answers `/login` and `/logout`, `changes` reads forms, `decide` has them written down,
//! `noting` does so with tags, notes and collections, `ingesting` has the index follow, `view` gathers
//! what editors see, `review` is their queue.
//!
//! Nothing is written for anybody without a token of an editor; a server without such tokens answers
//! the addresses below with [`Detail::EditingOff`].

mod changes;
mod decide;
pub(crate) mod desk;
pub(crate) mod editor;
pub(crate) mod ingesting;
pub(crate) mod login;
pub(crate) mod noting;
mod review;
pub(crate) mod session;
pub(crate) mod tokens;
mod unsent;
pub(crate) mod view;
mod writes;

use axum::Router;
use axum::routing::{any, get, post};

use super::{AppState, Detail, Problem};
use crate::pages::layout::links;

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
        .route("/article/{id}/notes", post(noting::article))
        .route("/collections", post(noting::begin))
        .route("/collection/{name}", post(noting::collection))
        .route("/review", get(review::page))
        .route("/edit/article/{id}", post(decide::article))
        .route(links::EDIT_LINES, post(decide::lines))
        .route(links::EDIT_UNDO, post(decide::undo))
        .route(links::EDIT_STATE, get(decide::state))
}
