//! `/api/v1/indicators`: what articles state of indicators, a row a value: a page of it, or all of it as
//! a file.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::export::{CHUNK_BYTES, streamed};
use super::next_page;
use super::range::PartWriter;
use crate::export::{FigureRow, FigureWriter};
use crate::present::{FigureParams, ValueForm, whole_number};
use crate::search::{FigureCursor, FigureFilter, Note, Request};
use crate::web::request::choice;
use crate::web::request::searches::FigureSearch;
use crate::web::state::{OpenArchive, today};
use crate::web::{AppState, Detail, Parameters, Problem};

/// Rows of a page at most, and without `limit`.
const MAX_ROWS: usize = 1_000;
const USUAL_ROWS: usize = 100;
const CSV: &str = "text/csv; charset=utf-8";

/// How rows are given out.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowPageParams {
    /// A page of rows (json, the default), or all of them as a file: jsonl, csv (without a byte-order
    /// mark), csv for spreadsheets (xlsx-csv, with one), or SDMX-CSV 2.0 (sdmx-csv).
    #[param(inline, value_type = RowPageFormat)]
    format: String,
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
    XlsxCsv,
    SdmxCsv,
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

/// List figures
///
/// What matching articles state of indicators, a row for each value, with its quote and where the article
/// stands. `district` and `kind` are those of the figures.
#[utoipa::path(get, path = "/api/v1/indicators", tag = "archive",
    params(FigureParams, FigureSearch, RowPageParams),
    responses(
        (status = 200, description = "The rows", content(
            (IndicatorPage = "application/json"), (String = "application/x-ndjson"), (String = "text/csv"),
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
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let figures: FigureParams = parameters.take_own()?;
    let RowPageParams { format, limit, after } = parameters.take_own()?;
    let FigureSearch(search) = FigureSearch::parse(parameters)?;
    let filter = figures.filter(today())?;
    let format = choice("format", &format, ValueForm::RowFormat)?;
    if format != RowPageFormat::Json {
        if !limit.is_empty() || !after.is_empty() {
            let name = if limit.is_empty() { "after" } else { "limit" };
            return Err(Problem::parameter(name, Detail::ExportPages));
        }
        let opened = state.archive().await?;
        let request = opened.selection(&search)?.request;
        return file(&state, FigureExport { opened, request, filter, format }).await;
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

/// All rows as a file.
struct FigureExport {
    opened: Arc<OpenArchive>,
    request: Request,
    filter: FigureFilter,
    format: RowPageFormat,
}

async fn file(state: &AppState, rows: FigureExport) -> Result<Response, Problem> {
    let turn = state.export_turn().await?;
    // Searched here first, so that an error is a problem response and not a broken download.
    let rows = Arc::new(rows);
    let asked = rows.clone();
    let (articles, left_out) = state.ask(move |_| asked.count()).await?;
    let (media_type, name) = match rows.format {
        RowPageFormat::Json | RowPageFormat::Jsonl => ("application/x-ndjson", "indicators.jsonl"),
        RowPageFormat::Csv => (CSV, "indicators.csv"),
        RowPageFormat::XlsxCsv => (CSV, "indicators-xlsx.csv"),
        RowPageFormat::SdmxCsv => (CSV, "indicators-sdmx.csv"),
    };
    let body = streamed(turn, move |sender| rows.write(PartWriter::new(sender, None)).map(drop));
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (HeaderName::from_static("dibao-articles"), articles.to_string()),
    ];
    let left_out =
        left_out.map(|rows| [(HeaderName::from_static("dibao-left-out"), rows.to_string())]);
    Ok((headers, left_out, body).into_response())
}

impl FigureExport {
    /// Articles with such rows, and in SDMX-CSV the rows that have no place in it: headers come before
    /// what they count.
    fn count(&self) -> Result<(u64, Option<u64>), Problem> {
        let archive = &self.opened.archive;
        let articles = archive.figure_page(&self.request, &self.filter, None, 0)?.articles;
        if self.format != RowPageFormat::SdmxCsv {
            return Ok((articles, None));
        }
        let left_out = self.write(io::sink()).map_err(|error| {
            tracing::error!(%error, "rows could not be counted");
            Problem::internal()
        })?;
        Ok((articles, Some(left_out)))
    }

    /// Gives the rows that the format has no place for.
    fn write(&self, out: impl Write) -> io::Result<u64> {
        let out = BufWriter::with_capacity(CHUNK_BYTES, out);
        let mut table = match self.format {
            RowPageFormat::Json | RowPageFormat::Jsonl => FigureWriter::jsonl(out),
            RowPageFormat::Csv => FigureWriter::csv(out)?,
            RowPageFormat::XlsxCsv => FigureWriter::xlsx_csv(out)?,
            RowPageFormat::SdmxCsv => FigureWriter::sdmx_csv(out)?,
        };
        let mut failed = None;
        let archive = &self.opened.archive;
        let given =
            archive.for_each_figure(&self.request, &self.filter, &mut |record, row| match table
                .write(record, row)
            {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            });
        given.map_err(io::Error::other)?;
        if let Some(error) = failed {
            return Err(error);
        }
        let left_out = table.left_out();
        table.finish()?;
        Ok(left_out)
    }
}
