//! Routes, and the middleware around them.

use axum::Router;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::export::Format;
use crate::web::api::{
    article as api_article, collections as api_collections, export as api_export,
    holdings as api_holdings, indicators as api_indicators, openapi as api_openapi,
    picture as api_picture, saved as api_saved, search as api_search, series as api_series,
    source as api_source, suggest as api_suggest, trend as api_trend,
};
use crate::web::feeds::{crawlers, feed};
use crate::web::middleware::{guard, headers, language, observe};
use crate::web::pages::{
    api as page_api, article as page_article, assets, batch as page_batch, cite as page_cite,
    collections as page_collections, compare as page_compare, error as page_error,
    files as page_files, help as page_help, indicators as page_indicators,
    overview as page_overview, saved as page_saved, search as page_search, source as page_source,
    trend as page_trend,
};
use crate::web::server::options::MCP_PATH;
use crate::web::{AppState, Detail, Problem, api, editing, mcp, oai};

/// All answers of a server.
pub(crate) fn router(state: &AppState) -> Router {
    // The response depends only on the archive and the address, so a browser can revalidate it.
    let archive = Router::new()
        .route("/", get(page_search::page))
        .route("/article/{id}/compare/{other}", get(page_compare::page))
        .route("/cite", get(page_cite::page))
        .route("/overview", get(page_overview::page))
        .route("/files", get(page_files::page))
        .route("/trend", get(page_trend::page))
        .route("/indicators", get(page_indicators::page))
        .route("/feed", get(feed::feed))
        .route("/sitemap.xml", get(crawlers::sitemap))
        .route("/sitemap/{part}", get(crawlers::sitemap_part))
        .route("/api/v1/search", get(api_search::search))
        .route("/api/v1/suggest", get(api_suggest::suggest))
        .route("/api/v1/facets", get(api_search::facets))
        .route("/api/v1/timeline", get(api_search::timeline))
        .route("/api/v1/article/{id}", get(api_article::article))
        .route("/api/v1/article/{id}/reprints", get(api_article::reprints))
        .route("/api/v1/article/{id}/compare/{other}", get(api_article::comparison))
        .route("/api/v1/articles", get(api_article::articles))
        .route("/api/v1/collections", get(api_collections::collections))
        .route("/api/v1/collections/{name}", get(api_collections::collection))
        .route("/api/v1/overview", get(api_holdings::overview))
        .route("/api/v1/files", get(api_holdings::files))
        .route("/api/v1/trend", get(api_trend::trend))
        .route("/api/v1/indicators", get(api_indicators::indicators))
        .route("/api/v1/series", get(api_series::series))
        .layer(from_fn_with_state(state.clone(), headers::tagged));
    let other = Router::new()
        // These read the files of the corpus, which can change while the archive does not.
        .route("/article/{id}", get(page_article::page))
        .route("/source", get(page_source::page))
        .route("/api/v1/source", get(api_source::source))
        .route("/source/picture", get(api_picture::picture))
        .route("/api/v1/source/picture", get(api_picture::picture))
        // These read the saved searches, or take what was filled in.
        .route("/saved", get(page_saved::page))
        .route("/api/v1/saved", get(api_saved::saved))
        .route("/batch", get(page_batch::page).post(page_batch::answer))
        // These have tags of their own, which are true of every byte.
        .route("/export", get(api_export::export))
        .route("/api/v1/export", get(api_export::export))
        .route(oai::PATH, get(oai::repository).post(oai::repository))
        .route("/oai/dibao.xsd", get(oai::schema))
        .route(MCP_PATH, any(mcp::message))
        .route("/lang/{tag}", get(language::choose))
        .route("/assets/{name}", get(assets::asset))
        .route("/favicon.ico", get(assets::icon))
        // Forms on these are made for whoever has signed in.
        .route("/collections", get(page_collections::list))
        .route("/collection/{name}", get(page_collections::page))
        .route("/collection/{name}/export", get(page_collections::file))
        .route("/help", get(page_help::page))
        .route("/opensearch.xml", get(crawlers::opensearch))
        .route("/robots.txt", get(crawlers::robots))
        .route("/api", get(page_api::page))
        .route("/api/try", get(page_api::attempt))
        .route("/metrics", get(observe::metrics))
        .route("/api/v1/health", get(api::health))
        .route("/api/v1/version", get(api::version))
        .route("/api/v1/openapi.json", get(api_openapi::document));
    let answers = archive
        .merge(other)
        .merge(editing::routes(state))
        .fallback(async || Problem::not_found(Detail::NoAddress))
        .method_not_allowed_fallback(async |request: Request| Problem::method(request.method()))
        .layer(CompressionLayer::new().compress_when(is_worth_compressing()))
        .layer(from_fn(headers::weakened))
        .layer(from_fn_with_state(state.clone(), guard::guarded));
    // A preflight request carries no credentials.
    let answers = match cors(state) {
        Some(allowed) => answers.layer(allowed),
        None => answers,
    };
    answers
        .layer(CatchPanicLayer::custom(page_error::panicked))
        .layer(from_fn(page_error::told))
        .layer(from_fn_with_state(state.clone(), headers::secured))
        .layer(from_fn_with_state(state.clone(), observe::observed))
        .with_state(state.clone())
}

/// What is compressed: not what is so already.
fn is_worth_compressing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new(Format::Xlsx.media_type()))
        .and(NotForContentType::const_new(Format::Docx.media_type()))
        .and(NotForContentType::const_new(Format::Epub.media_type()))
}

/// CORS: scripts of other origins may use the interface only if they are listed.
fn cors(state: &AppState) -> Option<CorsLayer> {
    let origins = &state.options().origins;
    if origins.is_empty() {
        return None;
    }
    let exposed = [
        "etag",
        "link",
        "accept-ranges",
        "content-range",
        "x-request-id",
        "dibao-articles",
        "dibao-left-out",
    ];
    let exposed = exposed.map(HeaderName::from_static);
    let mcp_headers =
        ["mcp-protocol-version", "mcp-method", "mcp-name"].map(HeaderName::from_static);
    let asked = [header::AUTHORIZATION, header::CONTENT_TYPE, header::RANGE, header::IF_RANGE];
    let asked: Vec<HeaderName> = asked.into_iter().chain(mcp_headers).collect();
    let origins = origins.clone();
    let may = move |origin: &HeaderValue, parts: &Parts| {
        let path = parts.uri.path();
        (path.starts_with("/api/v1/") || path == MCP_PATH) && origins.contains(origin)
    };
    let allowed = CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(may))
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(asked)
        .expose_headers(exposed);
    Some(allowed)
}
