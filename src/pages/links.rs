//! Addresses of the other pages, made from values.

use serde::Serialize;

use crate::model::ArticleId;
use crate::view::Asked;

/// The page of a search.
#[must_use]
pub fn search(asked: &Asked) -> String {
    with("/", &asked.to_address())
}

/// The page of an article; with the search that led there, and the article's place among its hits
/// (from 1), if it was one.
#[must_use]
pub fn article(id: &ArticleId, from: Option<(&Asked, u64)>) -> String {
    #[derive(Serialize)]
    struct At {
        at: u64,
    }
    let path = format!("/article/{}", segment(&id.0));
    let Some((asked, at)) = from else { return path };
    // The place says which page of the search it was.
    let search = asked.from_the_start().to_address();
    let at = serde_html_form::to_string(At { at }).unwrap_or_default();
    with(&path, &if search.is_empty() { at } else { format!("{search}&{at}") })
}

/// All articles of a search, in a format.
#[must_use]
pub fn export(asked: &Asked, format: &'static str) -> String {
    #[derive(Serialize)]
    struct In {
        format: &'static str,
    }
    let search = whole(asked).to_address();
    let format = serde_html_form::to_string(In { format }).unwrap_or_default();
    with("/export", &if search.is_empty() { format } else { format!("{search}&{format}") })
}

/// What is new of a search.
#[must_use]
pub fn feed(asked: &Asked) -> String {
    with("/feed", &Asked { sort: String::new(), ..whole(asked) }.to_address())
}

/// All hits, not those of one page.
fn whole(asked: &Asked) -> Asked {
    Asked { limit: None, ..asked.from_the_start() }
}

fn with(path: &str, parameters: &str) -> String {
    if parameters.is_empty() { path.to_owned() } else { format!("{path}?{parameters}") }
}

/// A text as one segment of a path.
fn segment(text: &str) -> String {
    // One string can always be written. A plus is a blank in parameters alone.
    let pair = serde_html_form::to_string([("", text)]).unwrap_or_default();
    pair.trim_start_matches('=').replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_words_are_written_so_that_they_stay_what_they_are() {
        let asked = Asked { q: "甲&乙 #".into(), offset: Some(20), ..Asked::default() };
        assert_eq!(search(&asked), "/?q=%E7%94%B2%26%E4%B9%99+%23&offset=20");
        let id = ArticleId("../x y?".into());
        assert_eq!(
            article(&id, Some((&asked, 21))),
            "/article/..%2Fx%20y%3F?q=%E7%94%B2%26%E4%B9%99+%23&at=21"
        );
        assert_eq!(article(&id, Some((&Asked::default(), 1))), "/article/..%2Fx%20y%3F?at=1");
    }

    #[test]
    fn exports_and_feeds_have_no_pages() {
        let (limit, offset) = (Some(5), Some(20));
        let asked =
            Asked { q: "a".into(), sort: "oldest".into(), limit, offset, ..Asked::default() };
        assert_eq!(export(&asked, "csv"), "/export?q=a&sort=oldest&format=csv");
        assert_eq!(feed(&asked), "/feed?q=a");
        assert_eq!(feed(&Asked::default()), "/feed");
    }
}
