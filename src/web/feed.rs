//! `/feed`: an Atom feed (RFC 4287) of any search, newest articles first.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::{App, Parameters, Problem, Site, xml};
use crate::model::{CivilDate, Record};
use crate::pages::{Lang, words};
use crate::search::{Request, Sort};

/// Entries where nobody says how many.
const USUAL: usize = 50;
/// Characters of the text of an article that an entry has.
const SUMMARY: usize = 200;

#[derive(Serialize)]
struct Feed {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    #[serde(rename = "@xml:lang")]
    language: &'static str,
    id: String,
    title: String,
    updated: String,
    link: [Link; 2],
    generator: &'static str,
    entry: Vec<Entry>,
}

#[derive(Serialize)]
struct Link {
    #[serde(rename = "@rel")]
    rel: &'static str,
    #[serde(rename = "@type")]
    media_type: &'static str,
    #[serde(rename = "@href")]
    href: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    updated: String,
    author: Vec<Author>,
    link: Link,
    category: Vec<Category>,
    summary: String,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Category {
    #[serde(rename = "@term")]
    term: String,
}

/// The feed.
pub(super) async fn feed(
    State(app): State<App>,
    site: Site,
    lang: Lang,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let asked = parameters.asked()?;
    let address = asked.to_address();
    let title = if asked.q.is_empty() { String::new() } else { format!("：{}", asked.q) };
    let title = format!("{}{title}", lang.of("邸报", "dibao"));
    let results = app.ask(move |opened| {
        let what = opened.what(&asked)?;
        let page = asked.page(&what).map_err(|error| Problem::misasked(error, &asked.q))?;
        let limit = asked.limit.unwrap_or(USUAL);
        let request = Request { sort: Sort::Newest, limit, ..page };
        Ok(opened.archive.search(&request)?)
    });
    let results = results.await?;
    let entry: Vec<Entry> = results.hits.iter().map(|hit| entry(&site, &hit.record)).collect();
    let itself = format!("{}/feed?{address}", site.0);
    let feed = Feed {
        namespace: "http://www.w3.org/2005/Atom",
        language: lang.tag(),
        id: itself.clone(),
        title: xml::text(&title).into_owned(),
        // The day of the newest article: the same archive gives the same bytes.
        updated: entry.iter().map(|entry| entry.updated.clone()).max().unwrap_or_else(|| at(None)),
        link: [
            Link { rel: "self", media_type: "application/atom+xml", href: itself },
            Link {
                rel: "alternate",
                media_type: "text/html",
                href: format!("{}/?{address}", site.0),
            },
        ],
        generator: "dibao",
        entry,
    };
    xml::document("feed", "application/atom+xml; charset=utf-8", &feed)
}

fn entry(site: &Site, record: &Record) -> Entry {
    let byline = &record.byline;
    let people = byline.reporters.iter().chain(&byline.correspondents);
    let mut author: Vec<Author> =
        people.map(|name| Author { name: xml::text(name).into_owned() }).collect();
    if author.is_empty() {
        let from =
            record.outlet.as_ref().or(record.publication.as_ref()).or(record.issuer.as_ref());
        // An entry must have one (RFC 4287, 4.1.2).
        let name = from.map_or("佚名", String::as_str);
        author.push(Author { name: xml::text(name).into_owned() });
    }
    let places = record.districts.iter().map(|place| &place.name);
    let categories = record.topics.iter().map(|topic| &topic.label).chain(places);
    let summary: String = record.body.chars().take(SUMMARY).collect();
    let id = &record.id;
    Entry {
        id: format!("urn:dibao:article:{id}"),
        title: xml::text(&words::name(record)).into_owned(),
        updated: at(record.date.not_after.or(record.date.value).or_else(|| record.printed())),
        author,
        link: Link {
            rel: "alternate",
            media_type: "text/html",
            href: format!("{}/article/{id}", site.0),
        },
        category: categories.map(|term| Category { term: xml::text(term).into_owned() }).collect(),
        summary: xml::text(&summary).into_owned(),
    }
}

/// A moment, which Atom wants where there is only a day; an article without any day is as old as
/// the clocks.
fn at(day: Option<CivilDate>) -> String {
    let day = day.unwrap_or(jiff::civil::date(1970, 1, 1));
    format!("{day}T00:00:00Z")
}
