//! `/api/v1/trend`: words or districts over time, as values, as a table, as a drawing.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::{IntoParams, ToSchema};

use super::search::By;
use super::which::Dated;
use crate::export::{Measure, write_trend};
use crate::pages::trend_drawing;
use crate::present::{Lang, ValueForm};
use crate::search::Trend;
use crate::web::request::trends;
use crate::web::{AppState, Detail, Parameters, Problem};

/// What is compared, and how it is given.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "read from the address by name; stands here for the document")]
pub(crate) struct Compared {
    /// A word or query that is a line of its own; at most eight lines. With one word and several
    /// values of `district` the districts are compared.
    line: Option<Vec<String>>,
    /// What the drawing shows: articles (the usual one) or share, per thousand of all articles.
    #[param(inline)]
    measure: Option<Measure>,
    /// The format; json is the usual one.
    #[param(inline)]
    format: Option<Form>,
}

#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "read from the address by name; stands here for the document")]
enum Form {
    Json,
    Csv,
    Svg,
}

/// Compare over time
#[utoipa::path(get, path = "/api/v1/trend", tag = "archive", params(Compared, By, Dated), responses(
    (status = 200, description = "The lines", content(
        (Trend = "application/json"), (String = "text/csv"), (String = "image/svg+xml"),
    )),
    (status = 304, description = "As you have it: it carries the tag that `If-None-Match` names"),
))]
pub(crate) async fn trend(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let format = parameters.take("format");
    let asked = trends::asked(parameters)?;
    let drawn = asked.clone();
    let found = state.ask(move |opened| {
        trends::trend(opened, &asked).map_err(|trendless| trendless.problem(&asked))
    });
    let found = found.await?;
    let (trend, _) = found.ok_or_else(|| Problem::parameter("line", Detail::LineMissing))?;
    match format.as_deref() {
        None | Some("json") => Ok(Json(trend).into_response()),
        Some("csv") => {
            // Without a byte-order mark spreadsheet programs read Chinese as mojibake.
            let mut table = "\u{feff}".as_bytes().to_vec();
            write_trend(&trend, &mut table).map_err(|error| failed(&error))?;
            Ok(file("text/csv; charset=utf-8", "csv", table))
        }
        Some("svg") => {
            let drawing = trend_drawing(lang, &drawn, &trend).map_err(|error| failed(&error))?;
            Ok(file("image/svg+xml", "svg", drawing.into_string().into_bytes()))
        }
        Some(other) => Err(Problem::value("format", other, ValueForm::TrendFormat)),
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
