//! `/trend`: words or districts over time.

use axum::extract::State;
use maud::Markup;

use super::api_search::every;
use super::{App, Parameters, Problem};
use crate::export::{MOST_LINES, Measure};
use crate::pages::{self, Frame, Lang, Section, TrendAsked, Trends};
use crate::search::{Count, Request};
use crate::view::Asked;

use super::shelf::Opened;

/// Topics and districts in the examples.
const EXAMPLES: usize = 3;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    lang: Lang,
    parameters: Parameters,
) -> Result<Markup, Problem> {
    let asked = asked(parameters)?;
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
            ..Frame::default()
        };
        Ok(pages::trend(&about, &shown(opened, asked)?))
    })
    .await
}

/// What was asked; `q`, by which a search leads here, is a line, too.
fn asked(mut parameters: Parameters) -> Result<TrendAsked, Problem> {
    let by = every(parameters.take("by").as_deref())?;
    let measure = match parameters.take("measure").as_deref() {
        None | Some("articles") => Measure::Articles,
        Some("share") => Measure::PerThousand,
        Some(other) => {
            let detail = format!("measure={other}: write articles or share");
            return Err(Problem::parameter("measure", detail));
        }
    };
    let mut lines = parameters.take_all("line");
    let asked = parameters.asked()?;
    lines.push(asked.q.clone());
    let given = |values: Vec<String>| -> Vec<String> {
        let mut given: Vec<String> = Vec::new();
        for value in values {
            let value = value.trim();
            if !value.is_empty() && !given.iter().any(|known| known == value) {
                given.push(value.to_owned());
            }
        }
        given
    };
    if asked.undated {
        let detail = "undated leaves nothing to compare over time; leave it out";
        return Err(Problem::parameter("undated", detail));
    }
    let lines = given(lines);
    // Without a word every article of a district counts: its share would be all of them.
    let measure = if lines.is_empty() { Measure::Articles } else { measure };
    let district = given(asked.district.clone());
    // A page of hits means nothing here.
    let asked = Asked {
        q: String::new(),
        district,
        sort: String::new(),
        limit: None,
        ungrouped: false,
        ..asked.from_the_start()
    };
    Ok(TrendAsked { lines, asked, by, measure })
}

fn shown(opened: &Opened, asked: TrendAsked) -> Result<Trends, Problem> {
    let archive = &opened.archive;
    let lines = lines(&asked);
    if lines.len() > MOST_LINES {
        let name = if asked.lines.len() > 1 { "line" } else { "district" };
        let detail =
            format!("{} lines are too many to tell apart; {MOST_LINES} at most", lines.len());
        return Err(Problem::parameter(name, detail));
    }
    if lines.is_empty() {
        let facets = archive.facets(&Request::default())?;
        let first = |counts: Vec<Count>| -> Vec<String> {
            counts.into_iter().take(EXAMPLES).map(|count| count.value).collect()
        };
        let examples = (first(facets.topics), first(facets.districts));
        return Ok(Trends { asked, examples, ..Trends::default() });
    }
    let request = |(name, search): &(String, Asked)| Ok((name.clone(), opened.request(search)?));
    let requests: Vec<_> = lines.iter().map(request).collect::<Result<_, Problem>>()?;
    let trend = archive.trend(&requests, asked.by)?;
    let searches = lines.into_iter().map(|(_, search)| search).collect();
    Ok(Trends { asked, trend: Some(trend), searches, ..Trends::default() })
}

/// The search of each line with its name: several districts are compared unless several words are.
fn lines(asked: &TrendAsked) -> Vec<(String, Asked)> {
    let district = &asked.asked.district;
    if asked.lines.len() < 2 && district.len() > 1 {
        let q = asked.lines.first().cloned().unwrap_or_default();
        let of = |name: &String| {
            let search =
                Asked { q: q.clone(), district: vec![name.clone()], ..asked.asked.clone() };
            (name.clone(), search)
        };
        return district.iter().map(of).collect();
    }
    let of = |line: &String| (line.clone(), Asked { q: line.clone(), ..asked.asked.clone() });
    asked.lines.iter().map(of).collect()
}
