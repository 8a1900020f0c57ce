//! `/api/v1/article/{id}`: an article, its reprints, and what differs between two; `/api/v1/articles`:
//! several articles.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::export::{citation_style, download_headers};
use super::fields::{FieldsParams, SelectedRecord};
use crate::export::{
    CitationStyle, ExportError, ExportOrigin, ExportSettings, Exported, Exporter, Format,
};
use crate::model::Record;
use crate::present::{Lang, NotedRecord, SearchParams, ValueForm};
use crate::query::{Node, NodeKind, Query, ValueField};
use crate::search::{Comparison, compare};
use crate::web::request::choice;
use crate::web::request::chosen::{listed, single};
use crate::web::{AppState, InPath, NoParams, Only, Parameters, Problem, Site};

/// The format of an article.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ArticleParams {
    /// The format; json is the default. `fields` is for json alone, the others are whole articles.
    #[param(inline, value_type = ArticleFormat)]
    format: String,
    /// The citation style of cite, of md and of the other reading cards: gb-7714-2025-numeric (the
    /// default), gb-7714-2015-numeric, gb-7714-2015-author-date, gb-7714-2015-note, or another that
    /// hayagriva has, as apa.
    style: String,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ArticleFormat {
    #[default]
    Json,
    Jsonl,
    Csv,
    Xlsx,
    Md,
    Docx,
    Html,
    Epub,
    Cite,
    Ris,
    Bib,
    Biblatex,
    CslJson,
}

/// An article
///
/// By its id.
#[utoipa::path(get, path = "/api/v1/article/{id}", tag = "archive",
    params(
        ("id" = String, Path, description = "The id, or a beginning of it that no other article has"),
        ArticleParams,
        FieldsParams,
    ),
    responses(
        (status = 200, description = "The article", content(
            (SelectedRecord = "application/json"), (String = "application/x-ndjson"),
            (String = "text/csv"), (String = "text/markdown"), (String = "text/plain"),
            (String = "application/x-research-info-systems"), (String = "application/x-bibtex"),
            (Vec<serde_json::Value> = "application/vnd.citationstyles.csl+json"), (String = "text/html"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "application/epub+zip"),
        )),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 404, description = "No article has this id, or several begin with it", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn article(
    State(state): State<AppState>,
    site: Site,
    lang: Lang,
    InPath(id): InPath<String>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let ArticleParams { format, style } = parameters.take_own()?;
    let fields = parameters.take_own::<FieldsParams>()?.fields()?;
    parameters.refuse_others()?;
    let format = choice("format", &format, ValueForm::ExportFormat)?;
    let style = citation_style(&style)?;
    let says_origin = matches!(
        format,
        ArticleFormat::Xlsx | ArticleFormat::Docx | ArticleFormat::Html | ArticleFormat::Epub
    );
    let asked = state.ask(move |opened| {
        let record = single(opened, &id)?;
        // Only a workbook and cards say what they come from.
        let noted = opened.archive.notebook().on(&record);
        if !says_origin {
            return Ok((record, noted, None));
        }
        // An id of many characters is no query.
        let kind = NodeKind::Value(ValueField::Id, record.id.0.clone());
        let q = Query { root: Some(Node { kind, span: 0..0 }) }.to_string();
        let selection = opened.selection(&SearchParams { q, ..SearchParams::default() });
        let origin = selection.map(|selection| ExportOrigin::new(&selection, opened.stamp()));
        Ok((record, noted, origin.ok()))
    });
    let (record, noted, origin) = asked.await?;
    let format = match format {
        ArticleFormat::Json => return fields.answer(&NotedRecord { record: &record, noted }, ""),
        ArticleFormat::Cite => return cited(&record, &style),
        ArticleFormat::Jsonl => Format::Jsonl,
        ArticleFormat::Csv => Format::Csv,
        ArticleFormat::Xlsx => Format::Xlsx,
        ArticleFormat::Md => Format::Markdown,
        ArticleFormat::Docx => Format::Docx,
        ArticleFormat::Html => Format::Html,
        ArticleFormat::Epub => Format::Epub,
        ArticleFormat::Ris => Format::Ris,
        ArticleFormat::Bib => Format::Bibtex,
        ArticleFormat::Biblatex => Format::Biblatex,
        ArticleFormat::CslJson => Format::CslJson,
    };
    let address = Some(site.0);
    let settings = ExportSettings {
        format,
        byte_order_mark: true,
        style,
        lang,
        address,
        origin,
        ..ExportSettings::default()
    };
    download(&record, &settings)
}

/// The prints of an article
///
/// Every article with substantially the same text, this one included, by date.
#[utoipa::path(get, path = "/api/v1/article/{id}/reprints", tag = "archive",
    params(("id" = String, Path, description = "The id, or a beginning of it that no other article has")),
    responses(
        (status = 200, description = "The articles", body = Vec<Record>),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 404, description = "No article has this id, or several begin with it", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn reprints(
    State(state): State<AppState>,
    InPath(id): InPath<String>,
    _: Only<NoParams>,
) -> Result<Json<Vec<Record>>, Problem> {
    let records = state.ask(move |opened| {
        let article = single(opened, &id)?;
        Ok(opened.archive.reprints(&article.id)?)
    });
    Ok(Json(records.await?))
}

/// Two articles compared
///
/// Sentence by sentence; of changed ones, what differs.
#[utoipa::path(get, path = "/api/v1/article/{id}/compare/{other}", tag = "archive",
    params(
        ("id" = String, Path, description = "The id of the first article, or a beginning of it that no other article has"),
        ("other" = String, Path, description = "The same of the second article"),
    ),
    responses(
        (status = 200, description = "The differences", body = Comparison),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 404, description = "No article has one of the ids, or several begin with it", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn comparison(
    State(state): State<AppState>,
    InPath((first, second)): InPath<(String, String)>,
    _: Only<NoParams>,
) -> Result<Json<Comparison>, Problem> {
    let compared = state.ask(move |opened| {
        let (first, second) = (single(opened, &first)?, single(opened, &second)?);
        Ok(compare(&first, &second))
    });
    Ok(Json(compared.await?))
}

/// Several articles, by their ids.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct IdsParams {
    /// The ids, at most 100, with commas between them or each by itself.
    #[param(required = true, min_items = 1)]
    ids: Vec<String>,
}

/// Several articles
///
/// In the order of the ids.
#[utoipa::path(get, path = "/api/v1/articles", tag = "archive", params(IdsParams, FieldsParams), responses(
    (status = 200, description = "The articles", body = Vec<SelectedRecord>),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
    (status = 404, description = "No article has one of the ids, or several begin with it", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn articles(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let IdsParams { ids } = parameters.take_own()?;
    let fields = parameters.take_own::<FieldsParams>()?.fields()?;
    parameters.refuse_others()?;
    let wanted = listed(&ids)?;
    let found = state.ask(move |opened| wanted.iter().map(|id| single(opened, id)).collect());
    let found: Vec<Record> = found.await?;
    fields.answer(&found, "")
}

/// An article as a file of its own.
fn download(record: &Record, settings: &ExportSettings) -> Result<Response, Problem> {
    let mut file = Vec::new();
    let written = Exporter::new(settings, 1, &mut file).and_then(|mut exporter| {
        exporter.write(Exported::plain(record))?;
        exporter.finish()
    });
    written.map_err(ExportError::from)?;
    let format = settings.format;
    let headers = download_headers(format.media_type(), &record.id.0, format.extension());
    Ok((headers, file).into_response())
}

/// The reference of an article, in one line, without the number that it would have in a list.
fn cited(record: &Record, style: &CitationStyle) -> Result<Response, Problem> {
    let cited = style.cite(record, 1)?;
    let format = Format::Cite;
    let headers = download_headers(format.media_type(), &record.id.0, format.extension());
    Ok((headers, format!("{}\n", cited.text)).into_response())
}
