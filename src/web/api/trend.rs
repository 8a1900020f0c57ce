//! `/api/v1/trend`: words or districts over time, as values, as a table, as a drawing.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::export::write_trend;
use crate::pages::trend_drawing;
use crate::present::{Lang, ValueForm};
use crate::search::Trend;
use crate::web::request::searches::DatedSearch;
use crate::web::request::trends::{LineParams, OwnTrendParams, PeriodParams};
use crate::web::request::{choice, trends};
use crate::web::{AppState, Detail, Parameters, Problem};

/// How a trend is given.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrendFormatParams {
    /// The format; json is the default.
    #[param(inline, value_type = TrendFormat)]
    format: String,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum TrendFormat {
    #[default]
    Json,
    Csv,
    Svg,
}

/// Compare over time
#[utoipa::path(get, path = "/api/v1/trend", tag = "archive", 
    params(LineParams, TrendFormatParams, PeriodParams, DatedSearch), responses(
    (status = 200, description = "The lines", content(
        (Trend = "application/json"), (String = "text/csv"), (String = "image/svg+xml"),
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
    let found = state
        .ask(move |opened| trends::trend(opened, &params).map_err(trends::TrendError::problem));
    let found = found.await?;
    let (trend, _) = found.ok_or_else(|| Problem::parameter("line", Detail::LineMissing))?;
    match format {
        TrendFormat::Json => Ok(Json(trend).into_response()),
        TrendFormat::Csv => {
            // Without a byte-order mark spreadsheet programs read Chinese as mojibake.
            let mut table = "\u{feff}".as_bytes().to_vec();
            write_trend(&trend, &mut table).map_err(|error| failed(&error))?;
            Ok(file("text/csv; charset=utf-8", "csv", table))
        }
        TrendFormat::Svg => {
            let drawing = trend_drawing(lang, &drawn, &trend, &|_, _| None)
                .map_err(|error| failed(&error))?;
            Ok(file("image/svg+xml", "svg", drawing.into_string().into_bytes()))
        }
    }
}

fn file(media_type: &'static str, ending: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"trend.{ending}\"");
    let headers =
        [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

fn failed(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a trend could not be written");
    Problem::internal()
}
