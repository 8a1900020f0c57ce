//! An article as search engines read it: `NewsArticle` of schema.org in JSON-LD.

use serde::Serialize;

use crate::model::{CivilDate, Record};
use crate::present;

/// Characters of the text that describe the article.
const MAX_DESCRIPTION_CHARS: usize = 200;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
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
    /// A day, and only where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    /// Else the days that it can be of, as an interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<PublicationIssue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    print_page: Option<&'a str>,
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
    let (published, days) = days(record);
    let article = NewsArticle {
        context: "https://schema.org",
        kind: "NewsArticle",
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
        description: record.body.chars().take(MAX_DESCRIPTION_CHARS).collect(),
        date_published: published.map(|day| day.to_string()),
        temporal_coverage: days,
        author: author.chain(issuer).collect(),
        publisher: paper.map(|name| Named { kind: "Organization", name }),
        is_part_of: paper.or(issue_number).map(|_| PublicationIssue {
            kind: "PublicationIssue",
            issue_number,
            is_part_of: paper.map(|name| Named { kind: "Newspaper", name }),
        }),
        print_page: record.page.as_deref(),
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

/// The day of print where it is known to the day, else the article's own day where that is; else the days
/// that the article can be of, `2023-02-01/2023-02-28`; `..` is an open end (ISO 8601-2).
fn days(record: &Record) -> (Option<CivilDate>, Option<String>) {
    let only = |from: Option<CivilDate>, to: Option<CivilDate>| from.filter(|_| from == to);
    let issue = &record.issue.date;
    let date = &record.date;
    let (from, to) = (date.not_before.or(date.value), date.not_after.or(date.value));
    let printed = only(issue.not_before.or(issue.value), issue.not_after.or(issue.value));
    let day = printed.or(only(from, to));
    if day.is_some() || from.or(to).is_none() {
        return (day, None);
    }
    let shown = |day: Option<CivilDate>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    (None, Some(format!("{}/{}", shown(from), shown(to))))
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
    fn only_what_is_known_to_the_day_is_a_day() {
        let issue = |from, to| Issue {
            date: IssueDate { not_before: from, not_after: to, ..IssueDate::default() },
            ..Issue::default()
        };
        let dated = |from, to| DateNote { not_before: from, not_after: to, ..DateNote::default() };
        let (first, last) = (Some(date(2023, 2, 1)), Some(date(2023, 2, 28)));
        let published = |issue, date| {
            let shown = read(&Record { issue, date, ..sample() });
            let text = |name: &str| shown[name].as_str().map(str::to_owned);
            (text("datePublished"), text("temporalCoverage"))
        };
        let day = Some("2023-02-01".to_owned());
        assert_eq!(published(issue(None, None), dated(first, first)), (day.clone(), None));
        assert_eq!(published(issue(first, first), dated(first, last)), (day, None));
        let month = Some("2023-02-01/2023-02-28".to_owned());
        assert_eq!(published(issue(first, last), dated(first, last)), (None, month));
        let open = Some("../2023-02-28".to_owned());
        assert_eq!(published(issue(None, None), dated(None, last)), (None, open));
        assert_eq!(published(issue(None, None), dated(None, None)), (None, None));
    }
}
