//! `/api/v1/suggest`: how a query that is being typed may go on.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::present::{ParamError, ValueForm, whole_number};
use crate::query;
use crate::query::{Expected, Limit};
use crate::search::{Completion, MAX_COMPLETIONS};
use crate::web::archive::today;
use crate::web::{AppState, Only, Problem};

/// Completions without `limit`.
const USUAL_COMPLETIONS: usize = 10;

/// What is being typed.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestParams {
    /// The query as it was typed so far; its last part is completed. Nothing completes one that ends in
    /// a blank.
    #[param(max_length = 1000, example = "氢能 登")]
    q: String,
    /// Completions to return, 10 by default.
    #[param(minimum = 1, maximum = 20, value_type = u64)]
    limit: String,
}

/// How a query may go on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Completions {
    /// By kind; of each kind the most frequent first, of headlines the newest.
    completions: Vec<Completion>,
}

/// Complete a query
///
/// With districts, topics, outlets, publications, indicators, words and headlines of the archive. Filters and
/// synonyms are not applied.
#[utoipa::path(get, path = "/api/v1/suggest", tag = "archive", params(SuggestParams), responses(
    (status = 200, description = "The completions; none is an empty list", body = Completions),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn suggest(
    State(state): State<AppState>,
    Only(SuggestParams { q, limit }): Only<SuggestParams>,
) -> Result<Json<Completions>, Problem> {
    let most = whole_number("limit", &limit)?.unwrap_or(USUAL_COMPLETIONS);
    if !(1..=MAX_COMPLETIONS).contains(&most) {
        return Err(Problem::value("limit", &limit, ValueForm::Between(1, MAX_COMPLETIONS)));
    }
    // What is being typed need not be a query yet, but it cannot become one if it is too long.
    if let Err(error) = query::parse(&q)
        && matches!(error.expected, Expected::AtMost(Limit::Characters))
    {
        return Err(Problem::from_params(ParamError::Query(error), &q));
    }
    let completions = state.ask(move |opened| Ok(opened.archive.completions(&q, today(), most)?));
    Ok(Json(Completions { completions: completions.await? }))
}
