//! Well-known addresses: the OpenSearch description for browsers (`/opensearch.xml`), and for
//! crawlers `/robots.txt` and, with `--sitemap`, `/sitemap.xml`.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::xml;
use crate::present::Lang;
use crate::present::SearchParams;
use crate::search::Request;
use crate::web::archive::OpenArchive;
use crate::web::{AppState, Detail, InPath, NoParams, Only, Problem, Site};

/// Maximum number of URLs in one sitemap (sitemaps.org).
const MAX_URLS: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const UNDATED: &str = "undated";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OpenSearch {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    short_name: &'static str,
    description: &'static str,
    input_encoding: &'static str,
    image: Image,
    url: [Template; 3],
}

#[derive(Serialize)]
struct Image {
    #[serde(rename = "@type")]
    media_type: &'static str,
    #[serde(rename = "$text")]
    address: String,
}

#[derive(Serialize)]
struct Template {
    #[serde(rename = "@type")]
    media_type: &'static str,
    #[serde(rename = "@template")]
    template: String,
}

#[derive(Serialize)]
struct List<T> {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    #[serde(rename = "$value")]
    entries: Vec<T>,
}

#[derive(Serialize)]
#[serde(rename = "sitemap")]
struct SitemapEntry {
    loc: String,
}

#[derive(Serialize)]
#[serde(rename = "url")]
struct UrlEntry {
    loc: String,
}

/// `/opensearch.xml`
pub(crate) async fn opensearch(
    site: Site,
    lang: Lang,
    _: Only<NoParams>,
) -> Result<Response, Problem> {
    let template = |media_type, path: &str| Template {
        media_type,
        template: format!("{}{path}?q={{searchTerms}}", site.0),
    };
    let description = OpenSearch {
        namespace: "http://a9.com/-/spec/opensearch/1.1/",
        short_name: lang.of("邸报", "dibao"),
        description: lang.of("检索公报与报纸", "Search bulletins and newspapers"),
        input_encoding: "UTF-8",
        image: Image {
            media_type: "image/svg+xml",
            address: format!("{}/assets/icon.svg", site.0),
        },
        url: [
            template("text/html", "/"),
            template("application/atom+xml", "/feed"),
            template("application/json", "/api/v1/search"),
        ],
    };
    let media_type = "application/opensearchdescription+xml; charset=utf-8";
    xml::document("OpenSearchDescription", media_type, &description)
}

/// `/robots.txt`
pub(crate) async fn robots(State(state): State<AppState>, site: Site) -> Response {
    let text = if state.options().sitemap {
        let address = &site.0;
        format!("User-agent: *\nAllow: /article/\nDisallow: /\nSitemap: {address}/sitemap.xml\n")
    } else {
        "User-agent: *\nDisallow: /\n".to_owned()
    };
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `/sitemap.xml`: lists for each month.
pub(crate) async fn sitemap(
    State(state): State<AppState>,
    site: Site,
) -> Result<Response, Problem> {
    is_wanted(&state)?;
    let parts = state.ask(parts).await?;
    let entries =
        parts.into_iter().map(|part| SitemapEntry { loc: format!("{}/sitemap/{part}", site.0) });
    let list = List { namespace: NAMESPACE, entries: entries.collect() };
    xml::document("sitemapindex", "application/xml; charset=utf-8", &list)
}

/// `/sitemap/{month}.{number}`: articles of a month. An article whose day is only known to lie in
/// an interval is in several.
pub(crate) async fn sitemap_part(
    State(state): State<AppState>,
    site: Site,
    InPath(part): InPath<String>,
) -> Result<Response, Problem> {
    is_wanted(&state)?;
    let named = part.split_once('.').and_then(|(when, number)| Some((when, number.parse().ok()?)));
    let (when, number) = named.ok_or_else(|| Problem::not_found(Detail::NoSitemap))?;
    let params = of(when);
    let ids = state.ask(move |opened| ids(opened, &params, number)).await?;
    if ids.is_empty() {
        return Err(Problem::not_found(Detail::NoSitemap));
    }
    let page = |id| UrlEntry { loc: format!("{}/article/{id}", site.0) };
    let list = List { namespace: NAMESPACE, entries: ids.into_iter().map(page).collect() };
    xml::document("urlset", "application/xml; charset=utf-8", &list)
}

/// Names of all lists, none of which is too long.
fn parts(opened: &OpenArchive) -> Result<Vec<String>, Problem> {
    let facets = opened.archive.facets(&Request::default())?;
    let months = facets.months.into_iter().map(|month| month.value.to_string());
    let mut parts = Vec::new();
    for when in months.chain([UNDATED.to_owned()]) {
        let articles = opened.archive.count(&opened.selection(&of(&when))?.request)?;
        let lists = articles.div_ceil(MAX_URLS as u64);
        parts.extend((1..=lists).map(|number| format!("{when}.{number}")));
    }
    Ok(parts)
}

fn of(when: &str) -> SearchParams {
    if when == UNDATED {
        return SearchParams { undated: true, ..SearchParams::default() };
    }
    SearchParams { from: when.to_owned(), to: when.to_owned(), ..SearchParams::default() }
}

fn ids(opened: &OpenArchive, params: &SearchParams, number: usize) -> Result<Vec<String>, Problem> {
    let before = number.saturating_sub(1).saturating_mul(MAX_URLS);
    let (mut seen, mut ids) = (0, Vec::new());
    opened.archive.for_each(&opened.selection(params)?.request, &mut |record| {
        if seen >= before {
            ids.push(record.id.0);
        }
        seen += 1;
        if ids.len() < MAX_URLS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(ids)
}

fn is_wanted(state: &AppState) -> Result<(), Problem> {
    if state.options().sitemap {
        return Ok(());
    }
    Err(Problem::not_found(Detail::SitemapOff))
}
