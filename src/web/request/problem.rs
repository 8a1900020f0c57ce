//! What went wrong, as problem details (RFC 9457). Every failure of the server is one of these: the
//! HTTP interface gives it out as JSON, pages as a page.

use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::detail::Detail;
use crate::curation::CurationError;
use crate::export::{ExportError, StyleError};
use crate::index::IndexError;
use crate::present::{CorrectError, Lang, ParamError, ValueForm};
use crate::query::ParseError;
use crate::search::SearchError;

/// What went wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// The type of the problem, a URI.
    #[serde(rename = "type")]
    #[schema(example = "urn:dibao:problem:query")]
    pub kind: &'static str,
    /// A short title; the same for every problem of a type.
    pub title: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// A code for programs; more specific than the type.
    #[schema(example = "bad_query")]
    pub code: &'static str,
    /// A message in English with a hint; its wording can change between versions.
    pub detail: String,
    /// The invalid parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Position of the syntax error in the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caret: Option<Box<Caret>>,
    /// What `code` and `detail` say.
    #[serde(skip)]
    pub value: Box<Detail>,
}

/// Where a query cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Caret {
    /// The query as it was sent.
    pub query: String,
    /// The first byte of the error, in UTF-8.
    pub start: usize,
    /// The byte after the error; equal to `start` at the end of the query.
    pub end: usize,
    /// The same in characters.
    pub start_character: usize,
    /// The same in characters.
    pub end_character: usize,
    /// What stands there.
    pub found: String,
    /// What was expected at the caret.
    pub expected: String,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        kind: &'static str,
        title: &'static str,
        value: Detail,
    ) -> Self {
        let (status, code, detail) = (status.as_u16(), value.code(), value.text(Lang::En));
        Self {
            kind,
            title,
            status,
            code,
            detail,
            parameter: None,
            caret: None,
            value: Box::new(value),
        }
    }

    pub(crate) fn not_found(value: Detail) -> Self {
        let status = StatusCode::NOT_FOUND;
        Self::new(status, "urn:dibao:problem:not-found", "Not found", value)
    }

    pub(crate) fn parameter(name: &str, value: Detail) -> Self {
        let (status, kind) = (StatusCode::BAD_REQUEST, "urn:dibao:problem:parameter");
        let problem = Self::new(status, kind, "Invalid parameter", value);
        Self { parameter: (!name.is_empty()).then(|| name.to_owned()), ..problem }
    }

    /// A parameter with a value that it cannot have.
    pub(crate) fn value(name: &'static str, typed: &str, expected: ValueForm) -> Self {
        ParamError::Value { name, value: typed.to_owned(), expected }.into()
    }

    pub(crate) fn method(method: &Method) -> Self {
        let (status, kind) = (StatusCode::METHOD_NOT_ALLOWED, "urn:dibao:problem:method");
        let value = Detail::NoMethod { method: method.clone() };
        Self::new(status, kind, "Method not allowed", value)
    }

    /// A part of a download that begins behind its end.
    pub(crate) fn range(length: u64) -> Self {
        let (status, kind) = (StatusCode::RANGE_NOT_SATISFIABLE, "urn:dibao:problem:range");
        Self::new(status, kind, "Range not satisfiable", Detail::NoRange { length })
    }

    pub(crate) fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "urn:dibao:problem:busy",
            "Server busy",
            Detail::Busy,
        )
    }

    pub(crate) fn large() -> Self {
        let (status, kind) = (StatusCode::PAYLOAD_TOO_LARGE, "urn:dibao:problem:body");
        Self::new(status, kind, "Request too large", Detail::LargeBody)
    }

    pub(crate) fn no_form() -> Self {
        let (status, kind) = (StatusCode::UNSUPPORTED_MEDIA_TYPE, "urn:dibao:problem:form");
        Self::new(status, kind, "Not a form", Detail::NoForm)
    }

    /// Nobody who may write.
    pub(crate) fn no_editor() -> Self {
        let (status, kind) = (StatusCode::UNAUTHORIZED, "urn:dibao:problem:unauthorized");
        Self::new(status, kind, "Unauthorized", Detail::NoEditor)
    }

    pub(crate) fn forbidden(value: Detail) -> Self {
        let (status, kind) = (StatusCode::FORBIDDEN, "urn:dibao:problem:forbidden");
        Self::new(status, kind, "Forbidden", value)
    }

    pub(crate) fn too_many(value: Detail) -> Self {
        let (status, kind) = (StatusCode::TOO_MANY_REQUESTS, "urn:dibao:problem:too-many");
        Self::new(status, kind, "Too many requests", value)
    }

    pub(crate) fn slow() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "urn:dibao:problem:slow",
            "Request timed out",
            Detail::Slow,
        )
    }

    /// A failure of the program; what happened is in the log.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "urn:dibao:problem:internal",
            "Internal server error",
            Detail::Failed,
        )
    }

    fn unavailable(value: Detail) -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, "urn:dibao:problem:index", "The archive is unavailable", value)
    }

    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(&self)).into_response();
        let headers = response.headers_mut();
        let json = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, json);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
        }
        if matches!(*self.value, Detail::NoEditor) {
            let challenge = HeaderValue::from_static(r#"Bearer realm="dibao editing""#);
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        // For the middleware that renders it as HTML.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Self {
        // The message names folders of the server, so it goes to the log alone.
        tracing::error!(%error, "the index cannot be used");
        Self::unavailable(match error {
            IndexError::Missing { .. } => Detail::NoIndex,
            IndexError::Outdated { .. } => Detail::OtherIndex,
            _ => Detail::BadIndex,
        })
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        let (status, kind) = (StatusCode::GONE, "urn:dibao:problem:stale-page");
        match error {
            SearchError::Index(error) => error.into(),
            SearchError::UnknownTopic { .. } => {
                Self::parameter("topic", Detail::Search(Arc::new(error)))
            }
            SearchError::UnknownDistrict { .. } => {
                Self::parameter("district", Detail::Search(Arc::new(error)))
            }
            SearchError::UnknownIndicator { in_query, .. } => {
                let parameter = if in_query { "q" } else { "name" };
                Self::parameter(parameter, Detail::Search(Arc::new(error)))
            }
            SearchError::TooMuch { .. }
            | SearchError::TooManyTexts { .. }
            | SearchError::NotYet { .. }
            | SearchError::UnknownUnit { .. } => {
                Self::parameter("q", Detail::Search(Arc::new(error)))
            }
            SearchError::StaleCursor => {
                let value = Detail::Search(Arc::new(error));
                Self::new(status, kind, "This page has expired", value)
            }
            SearchError::Engine { .. } => {
                tracing::error!(%error, "the index cannot be read");
                Self::unavailable(Detail::BadIndex)
            }
        }
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Search(error) => error.into(),
            ExportError::Pivot(error) => Self::parameter("pivot", Detail::Pivot(error)),
            ExportError::Limit(limit) => Self::parameter("format", Detail::ExportLimit(limit)),
            ExportError::Output(error) => {
                tracing::error!(%error, "an export could not be written");
                Self::internal()
            }
        }
    }
}

impl From<StyleError> for Problem {
    fn from(error: StyleError) -> Self {
        tracing::error!(%error, "an article could not be cited");
        Self::internal()
    }
}

impl From<CorrectError> for Problem {
    fn from(error: CorrectError) -> Self {
        let status = match &error {
            CorrectError::Curation(CurationError::Name { .. }) => StatusCode::NOT_FOUND,
            CorrectError::Search(_) | CorrectError::Source(_) | CorrectError::Curation(_) => {
                // Messages name folders of the server, so they go to the log alone.
                tracing::error!(%error, "a decision could not be written down");
                return Self::internal();
            }
            CorrectError::NoArticle(_) | CorrectError::NoFile(_) | CorrectError::NoEntry(_) => {
                StatusCode::NOT_FOUND
            }
            CorrectError::Conflict(_) | CorrectError::Changed(_) => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        };
        let kind = "urn:dibao:problem:correction";
        Self::new(status, kind, "Not corrected", Detail::Correct(Arc::new(error)))
    }
}

impl From<CurationError> for Problem {
    fn from(error: CurationError) -> Self {
        CorrectError::from(error).into()
    }
}

impl From<ParamError> for Problem {
    fn from(error: ParamError) -> Self {
        let name = error.parameter().unwrap_or_default().to_owned();
        Self::parameter(&name, Detail::Param(error))
    }
}

impl Problem {
    /// Why what was asked cannot be answered; `query` is the query as it was sent.
    pub(crate) fn from_params(error: ParamError, query: &str) -> Self {
        let ParamError::Query(bad) = &error else { return error.into() };
        let (status, kind) = (StatusCode::BAD_REQUEST, "urn:dibao:problem:query");
        let caret = Some(Box::new(Caret::new(query, bad)));
        let problem = Self::new(status, kind, "Invalid query", Detail::Param(error.clone()));
        Self { parameter: Some("q".to_owned()), caret, ..problem }
    }
}

impl Caret {
    fn new(query: &str, ParseError { span, found, expected }: &ParseError) -> Self {
        let characters = |end: usize| query.get(..end).unwrap_or(query).chars().count();
        Self {
            query: query.to_owned(),
            start: span.start,
            end: span.end,
            start_character: characters(span.start),
            end_character: characters(span.end),
            found: found.to_string(),
            expected: expected.to_string(),
        }
    }
}
