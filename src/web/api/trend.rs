//! `/api/v1/trend`: words or districts over time, as values, as a table, as a drawing.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::export::write_trend;
use crate::pages::trend_drawing;
use crate::present::{Lang, ValueForm};
use crate::search::Trend;
use crate::web::request::searches::DatedSearch;
use crate::web::request::trends::{LineParams, OwnTrendParams, PeriodParams};
use crate::web::request::{choice, trends};
use crate::web::{AppState, Detail, Parameters, Problem};

/// How a trend or a series is given.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrendFormatParams {
    /// The format; json is the default. csv is for spreadsheets, with a byte-order mark.
    #[param(inline, value_type = TrendFormat)]
    pub(super) format: String,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum TrendFormat {
    #[default]
    Json,
    Csv,
    Svg,
}

/// Lines over the same time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TrendCounts {
    /// The lines.
    #[serde(flatten)]
    trend: Trend,
    /// Whether articles with only some of the words of a line, which a search can list behind those
    /// that match, are left out. They are counted with `any`.
    without_partial: bool,
}

/// Compare over time
#[utoipa::path(get, path = "/api/v1/trend", tag = "archive", 
    params(LineParams, TrendFormatParams, PeriodParams, DatedSearch), responses(
    (status = 200, description = "The lines", content(
        (TrendCounts = "application/json"), (String = "text/csv"), (String = "image/svg+xml"),
    )),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn trend(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let TrendFormatParams { format } = parameters.take_own()?;
    let format = choice("format", &format, ValueForm::TrendFormat)?;
    let params = OwnTrendParams::take(&mut parameters)?.params(parameters)?;
    let drawn = params.clone();
    let found = state.ask(move |opened| {
        let found = trends::trend(opened, &params).map_err(trends::TrendError::problem)?;
        let missing = || Problem::parameter("line", Detail::LineMissing);
        let (trend, searches) = found.ok_or_else(missing)?;
        let mut without_partial = false;
        for search in &searches {
            let request = opened.selection(search)?.request;
            without_partial |= opened.archive.can_have_partial(&request)?;
        }
        Ok(TrendCounts { trend, without_partial })
    });
    let counts = found.await?;
    let trend = &counts.trend;
    match format {
        TrendFormat::Json => Ok(Json(counts).into_response()),
        TrendFormat::Csv => {
            // Without a byte-order mark spreadsheet programs read Chinese as mojibake.
            let mut table = "\u{feff}".as_bytes().to_vec();
            write_trend(trend, &mut table).map_err(|error| failed(&error))?;
            Ok(attached("text/csv; charset=utf-8", "trend.csv", table))
        }
        TrendFormat::Svg => {
            let drawing =
                trend_drawing(lang, &drawn, trend, &|_, _| None).map_err(|error| failed(&error))?;
            Ok(attached("image/svg+xml", "trend.svg", drawing.into_string().into_bytes()))
        }
    }
}

/// A file to keep, under a name.
pub(crate) fn attached(media_type: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers =
        [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a trend could not be written");
    Problem::internal()
}
