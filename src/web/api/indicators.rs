//! `/api/v1/indicators`: what articles state of indicators, a row a value: a page of it, or all of it as
//! a file.

use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::export::{CHUNK_BYTES, JSON, download_headers, send_manifest, streamed};
use super::next_page;
use super::range::PartWriter;
use crate::export::{
    ExportContents, ExportError, ExportManifest, ExportOrigin, ExportedFigures, FigureFileFormat,
    FigureRow, FigureSettings, MANIFEST_ENDING, PivotAxis, export_figures,
};
use crate::present::{FigureParams, Lang, ValueForm, flag, from_name, whole_number};
use crate::search::{FigureCursor, FigureFilter, Note, Request};
use crate::web::archive::{OpenArchive, today};
use crate::web::request::choice;
use crate::web::request::searches::FigureSearch;
use crate::web::{AppState, Detail, Parameters, Problem, Site};

/// Rows of a page at most, and without `limit`.
const MAX_ROWS: usize = 1_000;
const USUAL_ROWS: usize = 100;

/// How rows are given out.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowPageParams {
    /// A page of rows (json, the default), or all of them as a file: jsonl, csv (without a byte-order
    /// mark), a workbook (xlsx), or SDMX-CSV 2.0 (sdmx-csv).
    #[param(inline, value_type = RowPageFormat)]
    format: String,
    /// A wide table, csv or xlsx: what its rows and what its columns are, of indicator, district, period,
    /// year and status.
    #[param(example = "district,year", pattern = "^([a-z]+,[a-z]+)?$")]
    pivot: String,
    /// Instead of the file its manifest: query, filters, day, counts, state of the index, length and
    /// checksum. The file is made for it, as without this parameter.
    #[param(value_type = Option<bool>)]
    manifest: Option<String>,
    /// Rows of a page, 100 by default; not for files.
    #[param(minimum = 1, maximum = 1000, value_type = u64)]
    limit: String,
    /// A cursor: the value of `next` on the previous page; not for files.
    after: String,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum RowPageFormat {
    #[default]
    Json,
    Jsonl,
    Csv,
    Xlsx,
    SdmxCsv,
}

impl RowPageFormat {
    fn of_file(self) -> Option<FigureFileFormat> {
        match self {
            Self::Json => None,
            Self::Jsonl => Some(FigureFileFormat::Jsonl),
            Self::Csv => Some(FigureFileFormat::Csv),
            Self::Xlsx => Some(FigureFileFormat::Xlsx),
            Self::SdmxCsv => Some(FigureFileFormat::SdmxCsv),
        }
    }
}

/// Some of the rows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorPage<'a> {
    /// Articles with such rows, all pages together.
    articles: u64,
    /// The rows of this page, by article, in the order of the files.
    rows: Vec<FigureRow<'a>>,
    /// The cursor of the next page, a value for `after`; `null` on the last page.
    #[schema(required)]
    next: Option<String>,
    /// Whether articles with only some of the words, which a search can list behind those that match,
    /// are left out. They are taken with `any`.
    without_partial: bool,
    /// What to know about how the query was understood.
    notes: Vec<Note>,
}

/// JSON: a page of rows, or the manifest of a file.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what is written elsewhere")]
enum IndicatorAnswer<'a> {
    Page(IndicatorPage<'a>),
    Manifest(Box<ExportManifest>),
}

/// List figures
///
/// What matching articles state of indicators, a row for each value, with its quote and where the article
/// stands. `district` and `kind` are those of the figures.
#[utoipa::path(get, path = "/api/v1/indicators", tag = "archive",
    params(FigureParams, FigureSearch, RowPageParams),
    responses(
        (status = 200, description = "The rows", content(
            (IndicatorAnswer = "application/json"), (String = "application/x-ndjson"), (String = "text/csv"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ), headers(
            ("Link" = String, description = "The next page, as `rel=\"next\"`, where there is one"),
            ("Content-Disposition" = String, description = "The name of a file"),
            ("dibao-articles" = u64, description = "How many articles the rows of a file are of"),
            ("dibao-left-out" = u64, description = "How many rows SDMX-CSV has no place for, as they have no period"),
        )),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 410, description = "The cursor is of other rows, or the archive has changed", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn indicators(
    State(state): State<AppState>,
    site: Site,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let figures: FigureParams = parameters.take_own()?;
    let RowPageParams { format, pivot, manifest, limit, after } = parameters.take_own()?;
    let FigureSearch(search) = FigureSearch::parse(parameters)?;
    let filter = figures.filter(today())?;
    let format: RowPageFormat = choice("format", &format, ValueForm::RowFormat)?;
    let axes = axes(&pivot)?;
    let manifest = manifest.map_or(Ok(false), |manifest| flag("manifest", &manifest))?;
    if axes.is_some() && !matches!(format, RowPageFormat::Csv | RowPageFormat::Xlsx) {
        return Err(Problem::value("pivot", &pivot, ValueForm::PivotFormat));
    }
    if let Some(format) = format.of_file() {
        if !limit.is_empty() || !after.is_empty() {
            let name = if limit.is_empty() { "after" } else { "limit" };
            return Err(Problem::parameter(name, Detail::ExportPages));
        }
        let opened = state.archive().await?;
        let selection = opened.selection(&search)?;
        let origin = ExportOrigin::new(&selection, opened.stamp());
        let origin = Some(ExportOrigin { figures: Some(figures), ..origin });
        let settings = FigureSettings { format, pivot: axes, lang, address: Some(site.0), origin };
        let export = FigureExport { opened, request: selection.request, filter, settings };
        return file(&state, export, manifest).await;
    }
    if manifest {
        return Err(Problem::value("format", "json", ValueForm::FileFormat));
    }
    let most = whole_number("limit", &limit)?.unwrap_or(USUAL_ROWS);
    if !(1..=MAX_ROWS).contains(&most) {
        return Err(Problem::value("limit", &limit, ValueForm::Between(1, MAX_ROWS)));
    }
    let from: Option<FigureCursor> = match after.as_str() {
        "" => None,
        text => {
            let read = text.parse();
            Some(read.map_err(|_| Problem::value("after", text, ValueForm::Cursor))?)
        }
    };
    let same = [figures.to_address(), search.to_address()];
    let asked = state.ask(move |opened| {
        let request = opened.selection(&search)?.request;
        let page = opened.archive.figure_page(&request, &filter, from, most)?;
        let rows = page.found.iter().flat_map(|(record, rows)| {
            let rows = rows.iter().filter_map(|&at| record.indicators.get(at));
            rows.map(move |row| FigureRow::json(record, row))
        });
        let next = page.next.map(|next| next.to_string());
        let without_partial = opened.archive.can_have_partial(&request)?;
        let notes = opened.archive.notes(&request)?;
        let (articles, rows) = (page.articles, rows.collect());
        let told = IndicatorPage { articles, rows, next, without_partial, notes };
        let json = serde_json::to_vec(&told).map_err(|error| {
            tracing::error!(%error, "rows could not be written");
            Problem::internal()
        })?;
        Ok((json, told.next))
    });
    let (json, next) = asked.await?;
    let link = next.map(|next| {
        let own = format!("limit={most}&after={next}");
        let parts = same.into_iter().chain([own]).filter(|part| !part.is_empty());
        next_page(&format!("/api/v1/indicators?{}", parts.collect::<Vec<_>>().join("&")))
    });
    Ok((link, [(header::CONTENT_TYPE, "application/json")], json).into_response())
}

/// What the rows and the columns of a wide table are.
fn axes(typed: &str) -> Result<Option<(PivotAxis, PivotAxis)>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let axes = typed.split_once(',').and_then(|(rows, columns)| {
        let axis = |name: &str| from_name::<PivotAxis>(name.trim());
        Some((axis(rows)?, axis(columns)?))
    });
    axes.map(Some).ok_or_else(|| Problem::value("pivot", typed, ValueForm::Pivot))
}

/// All rows as a file.
struct FigureExport {
    opened: Arc<OpenArchive>,
    request: Request,
    filter: FigureFilter,
    settings: FigureSettings,
}

async fn file(state: &AppState, rows: FigureExport, manifest: bool) -> Result<Response, Problem> {
    let turn = state.export_turn().await?;
    // Searched here first, so that an error is a problem response and not a broken download.
    let rows = Arc::new(rows);
    let asked = rows.clone();
    let (articles, left_out) = state.ask(move |_| asked.count()).await?;
    let format = rows.settings.format;
    let name = match format {
        _ if rows.settings.pivot.is_some() => "indicators-table",
        FigureFileFormat::SdmxCsv => "indicators-sdmx",
        _ => "indicators",
    };
    let ending = format.ending();
    if manifest {
        let headers = download_headers(JSON, name, &format!("{ending}{MANIFEST_ENDING}"));
        let name = format!("{name}.{ending}");
        let body = streamed(turn, move |sender| {
            let contents = ExportContents::Indicators(rows.settings.clone());
            let origin = rows.settings.origin.clone().unwrap_or_default();
            let write = |out: &mut dyn Write| Ok(rows.write(out)?.counts);
            send_manifest(origin, contents, name, sender, write)
        });
        return Ok((headers, body).into_response());
    }
    let body = streamed(turn, move |sender| rows.write(PartWriter::new(sender, None)).map(drop));
    let articles = [(HeaderName::from_static("dibao-articles"), articles.to_string())];
    let headers = (download_headers(format.media_type(), name, ending), articles);
    let left_out =
        left_out.map(|rows| [(HeaderName::from_static("dibao-left-out"), rows.to_string())]);
    Ok((headers, left_out, body).into_response())
}

impl FigureExport {
    /// Articles with such rows, and in SDMX-CSV and wide tables the rows that have no place in it: headers
    /// come before what they count.
    fn count(&self) -> Result<(u64, Option<u64>), Problem> {
        let archive = &self.opened.archive;
        let articles = archive.figure_page(&self.request, &self.filter, None, 0)?.articles;
        let is_wide = self.settings.pivot.is_some();
        if self.settings.format != FigureFileFormat::SdmxCsv && !is_wide {
            return Ok((articles, None));
        }
        // A wide table counts the same in any format.
        let format = if is_wide { FigureFileFormat::Csv } else { self.settings.format };
        let settings = FigureSettings { format, ..self.settings.clone() };
        let counted = export_figures(archive, &self.request, &self.filter, &settings, io::sink());
        Ok((articles, Some(counted?.left_out.total())))
    }

    fn write(&self, out: impl Write) -> io::Result<ExportedFigures> {
        let out = BufWriter::with_capacity(CHUNK_BYTES, out);
        let Self { opened, request, filter, settings } = self;
        let written = export_figures(&opened.archive, request, filter, settings, out);
        written.map_err(|error| match error {
            ExportError::Output(error) => error,
            other => io::Error::other(other),
        })
    }
}
