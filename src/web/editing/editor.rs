//! Who sends a request, and whether a form may write.

use std::convert::Infallible;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::desk::Editing;
use super::session::Session;
use super::unsent::FormSender;
use crate::pages::SignedIn;
use crate::pages::layout::links;
use crate::web::middleware::guard::{bearer, is_same, is_same_site};
use crate::web::pages::error::accepts_html;
use crate::web::request::{Parameters, from_pairs};
use crate::web::server::options::MAX_FORM_BYTES;
use crate::web::{AppState, Detail, Problem};

/// Somebody who may write: signed in by a cookie, or a program with a bearer token. As an argument of
/// a page it leads others to `/login`; `Option<Editor>` is `None` for them.
#[derive(Debug, Clone)]
pub(crate) struct Editor {
    /// The name in the file of tokens.
    pub(crate) name: String,
    session: Option<Session>,
}

/// A form of an editor that may write: sent by a page of this server that was made for the same
/// session, not too large and not one too many. The fields are those of `T`.
#[derive(Debug)]
pub(crate) struct EditorForm<T> {
    pub(crate) editor: Editor,
    pub(crate) form: T,
    /// `None` for a program.
    pub(super) sender: Option<FormSender>,
}

impl Editor {
    fn of_session(editing: &Editing, headers: &HeaderMap) -> Option<Self> {
        let session = editing.sessions.of(headers)?;
        let name = session.name.clone();
        editing.tokens.has(&name).then_some(Self { name, session: Some(session) })
    }

    /// Whoever sends a request that an editor alone may send. A wrong bearer token is answered as slowly
    /// as one of `/login`; readers' tokens are none of editors, and no guess.
    async fn demanded(
        state: &AppState,
        editing: &Editing,
        headers: &HeaderMap,
    ) -> Result<Self, Problem> {
        let given = bearer(headers);
        let name = given.as_ref().and_then(|given| editing.tokens.name_of(given));
        if let Some(name) = name {
            return Ok(Self { name: name.to_owned(), session: None });
        }
        if let Some(editor) = Self::of_session(editing, headers) {
            return Ok(editor);
        }
        let is_readers = |given: &String| {
            state.options().token.as_ref().is_some_and(|token| is_same(given, token))
        };
        if given.is_some_and(|given| !is_readers(&given)) {
            if !state.after_wrong_token().await {
                return Err(Problem::busy());
            }
            tracing::warn!("a wrong token of an editor");
        }
        Err(Problem::no_editor())
    }

    /// What pages need to show forms; `None` for a program, which has no use for them.
    pub(crate) fn signed_in(&self, state: &AppState) -> Option<SignedIn> {
        let (editing, session) = (state.editing()?, self.session.as_ref()?);
        let key = editing.sessions.form_key(session);
        Some(SignedIn { name: self.name.clone(), key })
    }

    pub(crate) fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }
}

impl FromRequestParts<AppState> for Editor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let Some(editing) = state.editing() else {
            return Err(Problem::not_found(Detail::EditingOff).into_response());
        };
        Self::demanded(state, editing, &parts.headers).await.map_err(|problem| {
            if parts.method == Method::GET && accepts_html(&parts.headers) {
                let login = links::login(&parts.uri.to_string());
                return (StatusCode::SEE_OTHER, [(header::LOCATION, login)]).into_response();
            }
            problem.into_response()
        })
    }
}

impl OptionalFromRequestParts<AppState> for Editor {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Option<Self>, Infallible> {
        // Pages have forms for who has signed in alone; programs have no use for them.
        Ok(state.editing().and_then(|editing| Self::of_session(editing, &parts.headers)))
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for EditorForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let reader = FormSender::of(request.headers());
        let (editor, fields) =
            checked(request, state, reader.is_some()).await.map_err(Problem::into_response)?;
        let (editor, sender) = match (editor, reader) {
            (Ok(editor), sender) => (editor, sender),
            (Err(problem), Some(reader)) => return Err(reader.told(&problem, fields.pairs())),
            (Err(problem), None) => return Err(problem.into_response()),
        };
        let form = from_pairs(fields.pairs()).map_err(Problem::into_response)?;
        Ok(Self { editor, form, sender })
    }
}

/// Who sends a form, or why it is not taken of them, and its fields: these also where it is not taken,
/// if `are_kept`.
async fn checked(
    request: Request,
    state: &AppState,
    are_kept: bool,
) -> Result<(Result<Editor, Problem>, Parameters), Problem> {
    let Some(editing) = state.editing() else {
        return Err(Problem::not_found(Detail::EditingOff));
    };
    check_site(state, &request)?;
    let editor = Editor::demanded(state, editing, request.headers()).await;
    if let (Err(problem), false) = (&editor, are_kept) {
        return Err(problem.clone());
    }
    let mut fields = fields(state, request).await?;
    let key = fields.take_all(SignedIn::FIELD).pop().unwrap_or_default();
    let editor = editor.and_then(|editor| {
        // A bearer token is sent by nobody but who has it; a cookie also by a page that was made for
        // an earlier session.
        if editor.session.as_ref().is_some_and(|own| !editing.sessions.is_form_of(own, &key)) {
            return Err(Problem::forbidden(Detail::OldForm));
        }
        if !editing.writes.count(&editor.name) {
            return Err(Problem::too_many(Detail::TooManyWrites));
        }
        Ok(editor)
    });
    Ok((editor, fields))
}

/// Refuses forms of other sites, by what browsers say and scripts cannot change (`Sec-Fetch-Site`,
/// `Origin`).
pub(super) fn check_site(state: &AppState, request: &Request) -> Result<(), Problem> {
    if is_same_site(state.options(), request) {
        return Ok(());
    }
    Err(Problem::forbidden(Detail::ForeignForm))
}

/// The fields of a form.
pub(super) async fn fields(state: &AppState, request: Request) -> Result<Parameters, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let form = "application/x-www-form-urlencoded";
    if !kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with(form)) {
        return Err(Problem::no_form());
    }
    let body = to_bytes(request.into_body(), MAX_FORM_BYTES);
    let body = timeout(state.options().limits.client, body).await;
    let body = body.map_err(|_| Problem::slow())?.map_err(|_| Problem::large())?;
    Parameters::read(&body)
}
