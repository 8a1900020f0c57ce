//! An article as search engines read it: an `Article` of schema.org in JSON-LD.

use serde::Serialize;

use crate::model::{CivilDate, Kind, Record};
use crate::present;

/// Characters of the text that describe the article.
const MAX_DESCRIPTION_CHARS: usize = 200;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SchemaArticle<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    url: String,
    identifier: &'a str,
    in_language: &'static str,
    headline: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternative_headline: Vec<&'a str>,
    description: String,
    /// A day, a month or a year, as finely as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<PublicationIssue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    print_page: Option<&'a str>,
    /// The same of what is no news: only `NewsArticle` has the former.
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    content_location: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<String>,
}

/// A person, an organization or a place.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PublicationIssue<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Named<'a>>,
}

/// The article in JSON-LD. `site` is where the pages are, without a slash at the end. No `<` is in it, so
/// that it cannot end the element that it stands in.
#[must_use]
pub fn structured_article(site: &str, record: &Record) -> String {
    let address = |id: &str| format!("{site}/article/{id}");
    let byline = &record.byline;
    let people = byline.reporters.iter().chain(&byline.correspondents);
    let author = people.map(|name| Named { kind: "Person", name });
    let issuer = record.issuer.iter().map(|name| Named { kind: "Organization", name });
    let paper = record.publication.as_deref();
    let issue_number = record.issue.number.as_deref();
    let description: String = record.body.chars().take(MAX_DESCRIPTION_CHARS).collect();
    let kind = match record.kind {
        Kind::News => "NewsArticle",
        Kind::Document => "Report",
        Kind::Profile | Kind::Photo | Kind::Notice => "Article",
    };
    let page = record.page.as_deref();
    let is_news = record.kind == Kind::News;
    let article = SchemaArticle {
        context: "https://schema.org",
        kind,
        id: address(&record.id.0),
        url: address(&record.id.0),
        identifier: &record.id.0,
        in_language: "zh",
        headline: present::name(record),
        alternative_headline: [&record.kicker, &record.subtitle]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect(),
        description: description.split_whitespace().collect::<Vec<_>>().join(" "),
        date_published: published(record),
        author: author.chain(issuer).collect(),
        publisher: paper.map(|name| Named { kind: "Organization", name }),
        is_part_of: paper.or(issue_number).map(|_| PublicationIssue {
            kind: "PublicationIssue",
            issue_number,
            is_part_of: paper.map(|name| Named { kind: "Newspaper", name }),
        }),
        print_page: page.filter(|_| is_news),
        pagination: page.filter(|_| !is_news),
        article_section: record.section.as_deref(),
        content_location: record
            .about()
            .map(|place| Named { kind: "Place", name: &place.name })
            .collect(),
        keywords: record.topics.iter().map(|topic| topic.label.as_str()).collect(),
        is_based_on: record.reprint_of.as_ref().map(|first| address(&first.0)),
    };
    // Texts can always be written. In JSON every character can be written by its number.
    serde_json::to_string(&article).unwrap_or_default().replace('<', "\\u003c")
}

/// The day of print where it is known to the day, else the article's own day where that is; else the month
/// or the year of print, or of the article. Nothing where it can be of the days of several.
fn published(record: &Record) -> Option<String> {
    let (issue, date) = (&record.issue.date, &record.date);
    let printed = (issue.not_before.or(issue.value), issue.not_after.or(issue.value));
    let own = (date.not_before.or(date.value), date.not_after.or(date.value));
    let intervals: Vec<(CivilDate, CivilDate)> =
        [printed, own].into_iter().filter_map(|(from, to)| from.zip(to)).collect();
    let forms = [day, month, year];
    forms.into_iter().find_map(|form| intervals.iter().find_map(|&(from, to)| form(from, to)))
}

fn day(from: CivilDate, to: CivilDate) -> Option<String> {
    (from == to).then(|| from.to_string())
}

fn month(from: CivilDate, to: CivilDate) -> Option<String> {
    let is_one = (from, to) == (to.first_of_month(), from.last_of_month());
    is_one.then(|| from.strftime("%Y-%m").to_string())
}

fn year(from: CivilDate, to: CivilDate) -> Option<String> {
    let is_one = (from, to) == (to.first_of_year(), from.last_of_year());
    is_one.then(|| from.strftime("%Y").to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::Value;

    use super::*;
    use crate::model::{DateNote, Issue, IssueDate};
    use crate::pages::testing::sample::sample;

    fn read(record: &Record) -> Value {
        let written = structured_article("https://archive.example", record);
        assert!(!written.contains('<'), "{written}");
        serde_json::from_str(&written).expect("JSON")
    }

    #[test]
    fn a_text_cannot_end_the_element_and_is_the_same_when_it_is_read() {
        let title = "</script><script>alert(1)</script><!--";
        let record = Record { title: Some(title.to_owned()), ..sample() };
        assert_eq!(read(&record)["headline"], title);
    }

    #[test]
    fn a_date_is_as_fine_as_it_is_known() {
        let issue = |from, to| Issue {
            date: IssueDate { not_before: from, not_after: to, ..IssueDate::default() },
            ..Issue::default()
        };
        let dated = |from, to| DateNote { not_before: from, not_after: to, ..DateNote::default() };
        let (first, last) = (Some(date(2023, 2, 1)), Some(date(2023, 2, 28)));
        let published = |issue, date| {
            let shown = read(&Record { issue, date, ..sample() });
            shown["datePublished"].as_str().map(str::to_owned)
        };
        let (day, month) = (Some("2023-02-01".to_owned()), Some("2023-02".to_owned()));
        assert_eq!(published(issue(None, None), dated(first, first)), day);
        assert_eq!(published(issue(first, first), dated(first, last)), day);
        assert_eq!(published(issue(first, last), dated(first, first)), day);
        assert_eq!(published(issue(None, None), dated(first, last)), month);
        let whole = dated(Some(date(2023, 1, 1)), Some(date(2023, 12, 31)));
        assert_eq!(published(issue(first, last), whole.clone()), month);
        assert_eq!(published(issue(None, None), whole).as_deref(), Some("2023"));
        let several = dated(first, Some(date(2023, 3, 31)));
        for unclear in [several, dated(None, last), dated(None, None)] {
            assert_eq!(published(issue(None, None), unclear), None);
        }
    }

    #[test]
    fn only_news_are_news() {
        let body = "第一段。\n\n第二段。".to_owned();
        let shown = |kind| read(&Record { kind, body: body.clone(), ..sample() });
        assert_eq!(shown(Kind::News)["@type"], "NewsArticle");
        assert_eq!(shown(Kind::Document)["@type"], "Report");
        let notice = shown(Kind::Notice);
        assert_eq!(notice["@type"], "Article");
        assert!(notice["printPage"].is_null(), "{notice}");
        assert_eq!(notice["description"], "第一段。 第二段。");
    }
}
