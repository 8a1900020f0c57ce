//! `/login` and `/logout`.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::editor::{Editor, EditorForm, check_site, fields};
use super::session::Session;
use crate::pages::{self, Frame};
use crate::present::Lang;
use crate::web::middleware::language::is_path_here;
use crate::web::request::from_pairs;
use crate::web::{AppState, Detail, Only, Problem};

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct ReturnParams {
    /// A path of this server; else the review queue.
    back: String,
}

/// What the form of `/login` sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LoginForm {
    token: String,
    back: String,
}

/// A form with no fields but that of the session.
#[derive(Debug, Deserialize)]
pub(crate) struct NoFields {}

/// The form; somebody who has signed in is told so.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    editor: Option<Editor>,
    Only(ReturnParams { back }): Only<ReturnParams>,
) -> Response {
    let frame = Frame { lang, here: "/login".to_owned(), ..Frame::default() };
    let signed_in = editor.and_then(|editor| editor.signed_in(&state));
    let back = if is_path_here(&back) { back } else { String::new() };
    pages::login(&frame, signed_in.as_ref(), &back, None).into_response()
}

/// Signs in and goes back to where the reader came from.
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    lang: Lang,
    request: Request,
) -> Result<Response, Problem> {
    let Some(editing) = state.editing() else {
        return Err(Problem::not_found(Detail::EditingOff));
    };
    check_site(&state, &request)?;
    let form: LoginForm = from_pairs(fields(&state, request).await?.pairs())?;
    let Some(name) = editing.tokens.name_of(form.token.trim()) else {
        if !state.after_wrong_token().await {
            return Err(Problem::busy());
        }
        tracing::warn!("a wrong token of an editor");
        let frame = Frame { lang, here: "/login".to_owned(), ..Frame::default() };
        let why = Detail::WrongToken.text(lang);
        let page = pages::login(&frame, None, &form.back, Some(&why));
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    let cookie = editing.sessions.cookie(Some(&Session::begin(name)));
    let back = if is_path_here(&form.back) { form.back } else { "/".to_owned() };
    let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, back)];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Ends the session.
pub(crate) async fn sign_out(
    State(state): State<AppState>,
    EditorForm { editor, form: NoFields {}, .. }: EditorForm<NoFields>,
) -> Result<Response, Problem> {
    let Some(editing) = state.editing() else {
        return Err(Problem::not_found(Detail::EditingOff));
    };
    if let Some(session) = editor.session() {
        editing.sessions.end(session);
    }
    let headers =
        [(header::SET_COOKIE, editing.sessions.cookie(None)), (header::LOCATION, "/".into())];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
