//! Searches of endpoints that have no pages of hits: only some of the parameters of a search mean
//! something there. What is read and what the OpenAPI document lists are the same names.

use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::{Detail, Parameters, Problem};
use crate::present::SearchParams;

/// Everything that matches, in no order.
pub(crate) struct WholeSearch(pub(crate) SearchParams);

/// Everything that matches, in an order; each reprint by itself.
pub(crate) struct ExportSearch(pub(crate) SearchParams);

/// Everything that matches, counted over time.
pub(crate) struct DatedSearch(pub(crate) SearchParams);

/// Everything that matches, in the order of the files; districts and kinds are those of figures.
pub(crate) struct FigureSearch(pub(crate) SearchParams);

/// What a page of hits has beside the selection and the order.
const PAGING: [&str; 4] = ["ungrouped", "limit", "offset", "after"];
const PAGING_AND_SORT: [&str; 5] = ["ungrouped", "sort", "limit", "offset", "after"];

/// What is not asked of articles where their figures are.
const NOT_OF_FIGURES: [&str; 8] =
    ["district", "role", "kind", "ungrouped", "sort", "limit", "offset", "after"];

impl WholeSearch {
    /// # Errors
    /// When a parameter means nothing here, or has a value that it cannot have.
    pub(crate) fn parse(parameters: Parameters) -> Result<Self, Problem> {
        parameters.params_without(&PAGING_AND_SORT).map(Self)
    }
}

impl FigureSearch {
    /// # Errors
    /// As [`WholeSearch::parse`].
    pub(crate) fn parse(parameters: Parameters) -> Result<Self, Problem> {
        parameters.params_without(&NOT_OF_FIGURES).map(Self)
    }
}

impl ExportSearch {
    /// `ungrouped` is passed over: it stands in the addresses of searches that lead to an export.
    ///
    /// # Errors
    /// As [`WholeSearch::parse`].
    pub(crate) fn parse(parameters: Parameters) -> Result<Self, Problem> {
        let params = parameters.params()?;
        if params.limit.is_some() || params.offset.is_some() || !params.after.is_empty() {
            return Err(Problem::parameter("limit", Detail::ExportPages));
        }
        Ok(Self(params))
    }
}

impl DatedSearch {
    /// What a page of hits has, and the order, are passed over: a search leads to a trend.
    ///
    /// # Errors
    /// As [`WholeSearch::parse`].
    pub(crate) fn parse(parameters: Parameters) -> Result<Self, Problem> {
        let params = parameters.params()?;
        let params = SearchParams {
            sort: String::new(),
            limit: None,
            ungrouped: false,
            ..params.from_the_start()
        };
        Ok(Self(params))
    }
}

impl IntoParams for WholeSearch {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        described_without(&PAGING_AND_SORT, place)
    }
}

impl IntoParams for FigureSearch {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        described_without(&NOT_OF_FIGURES, place)
    }
}

impl IntoParams for ExportSearch {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        described_without(&PAGING, place)
    }
}

impl IntoParams for DatedSearch {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut all = described_without(&PAGING_AND_SORT, place);
        all.retain(|parameter| parameter.name != "undated");
        all
    }
}

fn described_without(names: &[&str], place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
    let mut all = SearchParams::into_params(place);
    all.retain(|parameter| !names.contains(&parameter.name.as_str()));
    all
}
