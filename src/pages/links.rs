//! Addresses of the pages, made from values: whatever a name holds, it stays one parameter.

use serde::Serialize;

use crate::model::{ArticleId, Record};
use crate::view::Asked;

/// An article, with the search that led to it and the place among its hits, from 1.
#[must_use]
pub fn article(id: &ArticleId, asked: &Asked, at: Option<u64>) -> String {
    let mut parts = vec![asked.from_the_start().to_address()];
    parts.extend(at.map(|at| format!("at={at}")));
    parts.retain(|part| !part.is_empty());
    let address = format!("/article/{}", in_path(&id.0));
    if parts.is_empty() { address } else { format!("{address}?{}", parts.join("&")) }
}

/// Two articles side by side.
#[must_use]
pub fn compare(first: &ArticleId, second: &ArticleId) -> String {
    format!("/article/{}/compare/{}", in_path(&first.0), in_path(&second.0))
}

/// A search.
#[must_use]
pub fn search(asked: &Asked) -> String {
    let parameters = asked.to_address();
    if parameters.is_empty() { "/".to_owned() } else { format!("/?{parameters}") }
}

/// All articles of a search, in a format of the export.
#[must_use]
pub fn export(asked: &Asked, format: &str) -> String {
    let search = whole(asked).to_address();
    let format = serde_html_form::to_string(Format { format }).unwrap_or_default();
    let joint = if search.is_empty() { "" } else { "&" };
    format!("/export?{search}{joint}{format}")
}

/// What is new of a search.
#[must_use]
pub fn feed(asked: &Asked) -> String {
    let parameters = Asked { sort: String::new(), ..whole(asked) }.to_address();
    if parameters.is_empty() { "/feed".to_owned() } else { format!("/feed?{parameters}") }
}

/// A file, from a row on.
#[must_use]
pub fn source(file: &str, from: Option<u32>) -> String {
    with("/source", &Source { file, from, article: None })
}

/// A file with an article's lines marked, at its first line.
#[must_use]
pub fn source_of(record: &Record) -> String {
    let article = Some(record.id.0.as_str());
    let page = with("/source", &Source { file: &record.source, from: None, article });
    record.lines.first().map_or(page.clone(), |own| format!("{page}#L{}", own.0))
}

/// An article alone in a format of the export.
#[must_use]
pub fn download(id: &ArticleId, format: &str) -> String {
    with(&format!("/api/v1/article/{}", in_path(&id.0)), &Format { format })
}

#[derive(Serialize)]
struct Format<'a> {
    format: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
}

/// All hits, not those of one page.
fn whole(asked: &Asked) -> Asked {
    Asked { limit: None, ..asked.from_the_start() }
}

fn with(path: &str, parameters: &impl Serialize) -> String {
    // Strings and numbers can always be written.
    format!("{path}?{}", serde_html_form::to_string(parameters).unwrap_or_default())
}

/// Ids have letters and digits alone; whatever else stands there cannot end the path.
fn in_path(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LineRange;
    use crate::pages::sample::sample;

    #[test]
    fn what_a_name_holds_stays_in_its_parameter() {
        let mut record = sample();
        record.source = "../a&article=x#\"<b>/报 1.txt".to_owned();
        record.lines = vec![LineRange(12, 20)];
        assert_eq!(
            source_of(&record),
            "/source?file=..%2Fa%26article%3Dx%23%22%3Cb%3E%2F%E6%8A%A5+1.txt\
             &article=0123456789ab#L12"
        );
        assert_eq!(article(&ArticleId("a/../b?".into()), &Asked::default(), None), "/article/ab");
    }

    #[test]
    fn the_search_that_led_to_an_article_goes_with_it() {
        let asked = Asked { q: "氢能 & 光".into(), offset: Some(40), ..Asked::default() };
        assert_eq!(
            article(&ArticleId("0123456789ab".into()), &asked, Some(43)),
            "/article/0123456789ab?q=%E6%B0%A2%E8%83%BD+%26+%E5%85%89&at=43"
        );
        assert_eq!(search(&Asked::default()), "/");
    }

    #[test]
    fn exports_and_feeds_have_no_pages() {
        let (sort, limit, offset) = ("oldest".to_owned(), Some(5), Some(20));
        let asked = Asked { q: "a&b".into(), sort, limit, offset, ..Asked::default() };
        assert_eq!(export(&asked, "csv"), "/export?q=a%26b&sort=oldest&format=csv");
        assert_eq!(export(&Asked::default(), "md"), "/export?format=md");
        assert_eq!(feed(&asked), "/feed?q=a%26b");
        assert_eq!(feed(&Asked::default()), "/feed");
    }
}
