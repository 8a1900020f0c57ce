//! `/api/v1/series`: an indicator over time, as values, as a table, as a drawing.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::trend::{TrendFormat, TrendFormatParams, attached};
use crate::export::write_series;
use crate::pages::series_drawing;
use crate::present::{Lang, ParamError, SeriesParams, ValueForm};
use crate::search::Series;
use crate::web::archive::today;
use crate::web::request::choice;
use crate::web::{AppState, Detail, Parameters, Problem};

/// Compare figures over time
///
/// The values of an indicator, a line for each district and unit, in periods of one length. Equal values
/// of several articles are one; where articles differ there are several, each with its quotes.
#[utoipa::path(get, path = "/api/v1/series", tag = "archive",
    params(SeriesParams, TrendFormatParams), responses(
    (status = 200, description = "The lines", content(
        (Series = "application/json"), (String = "text/csv"), (String = "image/svg+xml"),
    )),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn series(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let TrendFormatParams { format } = parameters.take_own()?;
    let params: SeriesParams = parameters.take_own()?;
    parameters.refuse_others()?;
    let format = choice("format", &format, ValueForm::TrendFormat)?;
    let asked = params.request(today())?;
    if asked.name.is_empty() {
        return Err(Problem::parameter("name", Detail::IndicatorMissing));
    }
    let series = state.ask(move |opened| {
        Ok(opened.archive.series(&asked.name, &asked.filter, asked.by, asked.measure)?)
    });
    let series = series.await?;
    match format {
        TrendFormat::Json => Ok(Json(series).into_response()),
        TrendFormat::Csv => {
            // Without a byte-order mark spreadsheet programs read Chinese as mojibake.
            let mut table = "\u{feff}".as_bytes().to_vec();
            write_series(&series, &mut table).map_err(|error| {
                tracing::error!(%error, "a series could not be written");
                Problem::internal()
            })?;
            Ok(attached("text/csv; charset=utf-8", "series.csv", table))
        }
        TrendFormat::Svg => {
            let drawing = series_drawing(lang, &series, &|_, _, _| None);
            let drawing = drawing.map_err(|too_many| ParamError::TooManyLines {
                name: "district",
                lines: too_many.0,
            })?;
            Ok(attached("image/svg+xml", "series.svg", drawing.into_string().into_bytes()))
        }
    }
}
