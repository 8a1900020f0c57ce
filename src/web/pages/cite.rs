//! `/cite`: the citations of articles that were chosen among the hits of a search.

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::model::Record;
use crate::pages;
use crate::pages::Frame;
use crate::present::Lang;
use crate::web::api::export::citation_style;
use crate::web::request::chosen::{picked, single};
use crate::web::{AppState, Parameters, Problem};

/// The articles. What else the form of an export holds means nothing here.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct CiteParams {
    /// Their ids.
    ids: Vec<String>,
    /// The citation style.
    style: String,
}

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Markup, Problem> {
    let CiteParams { ids, style } = parameters.take_own()?;
    let style = citation_style(&style)?;
    let ids = picked(&ids)?;
    parameters.take_strange();
    let params = parameters.params()?;
    state
        .ask(move |opened| {
            let records = ids.iter().map(|id| single(opened, id));
            let records = records.collect::<Result<Vec<Record>, Problem>>()?;
            let (here, articles) = (uri.to_string(), Some(opened.articles));
            let frame = Frame { lang, here, articles, ..Frame::default() };
            Ok(pages::cited(&frame, &params, &records, &style))
        })
        .await
}
