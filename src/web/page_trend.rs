//! `/trend`: words or districts over time.

use axum::extract::State;
use maud::Markup;

use super::shelf::Opened;
use super::{App, Parameters, Problem, trends};
use crate::pages::{self, Frame, Lang, Section, TrendAsked, Trends};
use crate::search::{Count, Request};

/// Topics and districts in the examples.
const EXAMPLES: usize = 3;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Markup, Problem> {
    parameters.take_strange(&trends::NAMES);
    let asked = trends::asked(parameters)?;
    app.ask(move |opened| {
        let address = asked.to_address();
        let about = Frame {
            lang,
            here: if address.is_empty() {
                "/trend".to_owned()
            } else {
                format!("/trend?{address}")
            },
            section: Section::Trend,
            articles: Some(opened.articles),
            ..Frame::default()
        };
        Ok(pages::trend(&about, &shown(opened, asked)?))
    })
    .await
}

fn shown(opened: &Opened, asked: TrendAsked) -> Result<Trends, Problem> {
    if let Some((trend, searches)) = trends::trend(opened, &asked)? {
        return Ok(Trends { asked, trend: Some(trend), searches, ..Trends::default() });
    }
    let facets = opened.archive.facets(&Request::default())?;
    let first = |counts: Vec<Count>| -> Vec<String> {
        counts.into_iter().take(EXAMPLES).map(|count| count.value).collect()
    };
    let examples = (first(facets.topics), first(facets.districts));
    Ok(Trends { asked, examples, ..Trends::default() })
}
