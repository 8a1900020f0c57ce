//! `/`: the page of a search.

use axum::extract::State;
use maud::{Markup, html};

use super::{App, Parameters, Problem};
use crate::pages::{Frame, Lang, frame};

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    lang: Lang,
    parameters: Parameters,
) -> Result<Markup, Problem> {
    let asked = parameters.asked()?;
    let about = Frame { lang, here: format!("/?{}", asked.to_address()), ..Frame::default() };
    app.ask(move |opened| {
        let what = opened.what(&asked)?;
        let page = asked.page(&what).map_err(|error| Problem::misasked(error, &asked.q))?;
        let results = opened.archive.search(&page)?;
        Ok(frame(&about, "dibao", &html! { p { (results.total) } }))
    })
    .await
}
