//! `/api/v1/openapi.json`: the HTTP interface described in OpenAPI 3.1, made from its code.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use super::fields::SelectedHits;
use super::{
    article as api_article, collections as api_collections, export as api_export,
    holdings as api_holdings, indicators as api_indicators, picture as api_picture,
    saved as api_saved, search as api_search, series as api_series, source as api_source,
    suggest as api_suggest, trend as api_trend,
};
use crate::web::server::options::{MAX_BODY_BYTES, MAX_URI_BYTES};
use crate::web::{AppState, NoParams, Only, Options, Problem, api};

/// Search and export an archive of Chinese bulletins and newspapers.
#[derive(OpenApi)]
#[openapi(
    info(title = "dibao", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    paths(
        api_search::search,
        api_suggest::suggest,
        api_search::facets,
        api_search::timeline,
        api_trend::trend,
        api_indicators::indicators,
        api_series::series,
        api_article::article,
        api_article::reprints,
        api_article::comparison,
        api_article::articles,
        api_collections::collections,
        api_collections::collection,
        api_holdings::overview,
        api_holdings::files,
        api_saved::saved,
        api_source::source,
        api_picture::picture,
        api_export::export,
        api::health,
        api::version,
    ),
    components(schemas(Problem)),
    modifiers(&CommonResponses, &SelectedHits),
    tags(
        (name = "archive", description = "What the archive holds"),
        (name = "server", description = "State of the server"),
    )
)]
pub(crate) struct Document;

/// Error responses that every operation can have.
struct CommonResponses;

/// Each under its name in the document.
fn common_responses() -> [(StatusCode, &'static str, String); 8] {
    [
        (StatusCode::BAD_REQUEST, "BadRequest", "A parameter or the query is invalid".into()),
        (StatusCode::UNAUTHORIZED, "Unauthorized", "The token is missing or wrong".into()),
        (
            StatusCode::FORBIDDEN,
            "Forbidden",
            "The request did not come through the reverse proxy".into(),
        ),
        (
            StatusCode::PAYLOAD_TOO_LARGE,
            "TooLarge",
            format!("The request body is larger than {MAX_BODY_BYTES} bytes"),
        ),
        (
            StatusCode::URI_TOO_LONG,
            "TooLong",
            format!("The URL is longer than {MAX_URI_BYTES} bytes"),
        ),
        (StatusCode::MISDIRECTED_REQUEST, "Misdirected", "Unknown host name".into()),
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            "Failed",
            "Internal error; the server's log has the details".into(),
        ),
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "Unavailable",
            "The archive is unavailable or the server is busy: try again in a moment".into(),
        ),
    ]
}

impl Modify for CommonResponses {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Components::new);
        for (status, name, description) in common_responses() {
            let schema = Ref::from_schema_name("Problem");
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let mut response = ResponseBuilder::new()
                .description(description)
                .content("application/problem+json", content);
            for (name, description, kind) in headers(status) {
                let schema = ObjectBuilder::new().schema_type(SchemaType::Type(kind)).build();
                let header =
                    HeaderBuilder::new().schema(Some(schema)).description(Some(description));
                response = response.header(name, header.build());
            }
            components.responses.insert(name.to_owned(), RefOr::T(response.build()));
        }
        for item in document.paths.paths.values_mut() {
            let Some(operation) = &mut item.get else { continue };
            add_etag(operation);
            for (status, name, _) in common_responses() {
                let response = RefOr::Ref(Ref::from_response_name(name));
                operation.responses.responses.insert(status.as_str().to_owned(), response);
            }
        }
    }
}

/// What can be revalidated has a tag.
fn add_etag(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    if !responses.contains_key(StatusCode::NOT_MODIFIED.as_str()) {
        return;
    }
    for status in [StatusCode::OK, StatusCode::PARTIAL_CONTENT, StatusCode::NOT_MODIFIED] {
        if let Some(RefOr::T(response)) = responses.get_mut(status.as_str()) {
            let schema = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).build();
            let description = "The version of the answer, for `If-None-Match`";
            let header = HeaderBuilder::new().schema(Some(schema)).description(Some(description));
            response.headers.insert("ETag".to_owned(), RefOr::T(header.build()));
        }
    }
}

fn headers(status: StatusCode) -> Vec<(&'static str, &'static str, Type)> {
    match status {
        StatusCode::UNAUTHORIZED => {
            vec![(
                "WWW-Authenticate",
                "Accepted ways to send the token, if the server has one",
                Type::String,
            )]
        }
        StatusCode::SERVICE_UNAVAILABLE => vec![("Retry-After", "In seconds", Type::Integer)],
        _ => Vec::new(),
    }
}

/// The document.
pub(crate) async fn document(
    State(state): State<AppState>,
    _: Only<NoParams>,
) -> Result<Json<utoipa::openapi::OpenApi>, Problem> {
    Ok(Json(of(state.options())))
}

/// The document for a server with these options.
fn of(options: &Options) -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    if options.token.is_some() {
        let components = document.components.get_or_insert_with(Components::new);
        let ways = [
            ("token", HttpAuthScheme::Bearer, "The token set with `--token-file`"),
            ("password", HttpAuthScheme::Basic, "The same token as the password; any user name"),
        ];
        let nothing = [""; 0];
        let mut requirements = Vec::new();
        for (name, scheme, description) in ways {
            let scheme = HttpBuilder::new().scheme(scheme).description(Some(description)).build();
            components.add_security_scheme(name, SecurityScheme::Http(scheme));
            requirements.push(SecurityRequirement::new(name, nothing));
        }
        document.security = Some(requirements);
    }
    document
}
