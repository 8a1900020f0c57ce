//! `/feed`: an Atom feed (RFC 4287) of the newest hits of any search, optionally since a day.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::latest::{LatestArticle, latest};
use super::xml;
use crate::present::words;
use crate::present::{Lang, ValueForm};
use crate::web::api::saved as api_saved;
use crate::web::{AppState, Parameters, Problem, Site};

/// Default number of entries.
const DEFAULT_LIMIT: usize = 50;
/// Maximum length of the text in an entry, in characters.
const SUMMARY: usize = 200;

/// What a feed has beside a search.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct FeedParams {
    /// Only articles of files that were changed on this day, at this moment, or later.
    since: String,
    /// The name of a saved search, instead of a search.
    saved: String,
}

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
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
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
pub(crate) async fn feed(
    State(state): State<AppState>,
    site: Site,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let FeedParams { since, saved } = parameters.take_own()?;
    let (params, mut address) = if saved.is_empty() {
        let params = parameters.params()?;
        let address = params.to_address();
        (params, address)
    } else {
        // A saved search is a whole one.
        parameters.refuse_others()?;
        let (folder, name) = (state.options().curation.clone(), saved.clone());
        let params = state.ask(move |_| api_saved::named(&folder, &name)).await?;
        (params, serde_html_form::to_string([("saved", &saved)]).unwrap_or_default())
    };
    let search = params.to_address();
    if !since.is_empty() {
        let since = serde_html_form::to_string([("since", &since)]).unwrap_or_default();
        address = if address.is_empty() { since } else { format!("{address}&{since}") };
    }
    let since = if since.is_empty() { None } else { Some(moment(&since)?) };
    let name = if saved.is_empty() { &params.q } else { &saved };
    let title = if name.is_empty() { String::new() } else { format!("：{name}") };
    let title = format!("{}{title}", lang.of("邸报", "dibao"));
    let results = state.ask(move |opened| {
        let request = opened.selection(&params)?.request;
        latest(opened, &request, since, params.limit.unwrap_or(DEFAULT_LIMIT))
    });
    let entry: Vec<Entry> = results.await?.iter().map(|new| entry(&site, new)).collect();
    let itself = format!("{}/feed?{address}", site.0);
    let feed = Feed {
        namespace: "http://www.w3.org/2005/Atom",
        language: lang.tag(),
        id: itself.clone(),
        title: xml::text(&title).into_owned(),
        // That of the newest entry: the same archive gives the same bytes.
        updated: entry
            .iter()
            .map(|entry| entry.updated.clone())
            .max()
            .unwrap_or_else(|| Timestamp::UNIX_EPOCH.to_string()),
        link: [
            Link { rel: "self", media_type: "application/atom+xml", href: itself },
            Link {
                rel: "alternate",
                media_type: "text/html",
                href: format!("{}/?{search}", site.0),
            },
        ],
        generator: "dibao",
        entry,
    };
    xml::document("feed", "application/atom+xml; charset=utf-8", &feed)
}

fn entry(site: &Site, LatestArticle { record, changed }: &LatestArticle) -> Entry {
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
    let places = record.about().map(|place| &place.name);
    let categories = record.topics.iter().map(|topic| &topic.label).chain(places);
    let summary: String = record.body.chars().take(SUMMARY).collect();
    let id = &record.id;
    Entry {
        id: format!("urn:dibao:article:{id}"),
        title: xml::text(&words::name(record)).into_owned(),
        // Atom requires a time; without one it is the Unix epoch.
        updated: changed.unwrap_or(Timestamp::UNIX_EPOCH).to_string(),
        published: record
            .date
            .not_after
            .or(record.date.value)
            .map(|day| format!("{day}T00:00:00Z")),
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

/// A timestamp, or a day, which counts from midnight UTC.
///
/// # Errors
/// When it is neither.
fn moment(typed: &str) -> Result<Timestamp, Problem> {
    let day = || format!("{typed}T00:00:00Z").parse();
    let moment = typed.parse().or_else(|_| day());
    moment.map_err(|_| Problem::value("since", typed, ValueForm::Moment))
}
