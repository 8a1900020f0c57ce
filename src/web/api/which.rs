//! The parameters of [`SearchParams`] that mean something to a question that has no pages of hits, for the
//! document that describes it.

use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use crate::present::SearchParams;
use crate::web::request::OF_PAGES;

/// Which articles are meant.
pub(crate) struct Which;

/// Which articles are meant, where only those with a date can be.
pub(crate) struct Dated;

impl IntoParams for Which {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut all = SearchParams::into_params(place);
        all.retain(|parameter| !OF_PAGES.contains(&parameter.name.as_str()));
        all
    }
}

impl IntoParams for Dated {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut all = Which::into_params(place);
        all.retain(|parameter| parameter.name != "undated");
        all
    }
}
