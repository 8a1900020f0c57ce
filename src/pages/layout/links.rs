//! Addresses of the other pages, made from values.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::model::{ArticleId, Record, Review};
use crate::present::{LEAD, SearchParams, SeriesParams};

/// Where editors sign in, out, and find what is to be looked at.
pub const LOGIN: &str = "/login";
/// See [`LOGIN`].
pub const LOGOUT: &str = "/logout";
/// See [`LOGIN`].
pub const REVIEW: &str = "/review";

/// The collections.
pub const COLLECTIONS: &str = "/collections";

/// The page of a collection.
#[must_use]
pub fn collection(name: &str) -> String {
    format!("/collection/{}", segment(name))
}

/// A collection, without so many articles at its beginning.
#[must_use]
pub fn collection_from(name: &str, offset: usize) -> String {
    let offset = Some(offset).filter(|&offset| offset > 0);
    with(&collection(name), &written(&OffsetParam { offset }))
}

/// The place of an article in a collection.
#[must_use]
pub fn collection_item(name: &str, id: &ArticleId) -> String {
    format!("{}?item={id}#item-{id}", collection(name))
}

/// A collection as a file.
#[must_use]
pub fn collection_file(name: &str, format: &'static str) -> String {
    with(&format!("{}/export", collection(name)), &written(&FormatParam { format }))
}

/// The articles of a collection as a search.
#[must_use]
pub fn collection_search(name: &str) -> String {
    search(&SearchParams { collection: vec![name.to_owned()], ..SearchParams::default() })
}

/// Where the forms of an article's tags and notes go.
#[must_use]
pub fn article_notes(id: &ArticleId) -> String {
    format!("{}/notes", article(id, None))
}

/// Where the forms of editors go, beside [`edit_article`].
pub const EDIT_LINES: &str = "/edit/lines";
/// See [`EDIT_LINES`].
pub const EDIT_UNDO: &str = "/edit/undo";
/// How far the index is.
pub const EDIT_STATE: &str = "/edit/state";

/// Where the forms about an article go.
#[must_use]
pub fn edit_article(id: &ArticleId) -> String {
    format!("/edit/article/{}", segment(&id.0))
}

/// The queue of what is to be looked at for one reason, without so many at the beginning.
#[must_use]
pub fn review(reason: Review, skip: usize) -> String {
    let skip = Some(skip).filter(|&skip| skip > 0);
    with(REVIEW, &written(&ReviewParams { reason: reason.as_str(), skip }))
}

/// The page of a search.
#[must_use]
pub fn search(params: &SearchParams) -> String {
    with("/", &params.to_address())
}

/// The page of a search, with how it was understood.
#[must_use]
pub fn explained(params: &SearchParams) -> String {
    joined("/", &params.to_address(), &written(&ExplainParam { explain: 1 }))
}

/// The trend of a search: its words are the line, and its filters restrict it.
#[must_use]
pub fn trend(params: &SearchParams) -> String {
    let search = SearchParams { sort: String::new(), ungrouped: false, ..whole(params) };
    with("/trend", &search.to_address())
}

/// The page of an article; with the search that led there, and the article's place among its hits
/// (from 1), if it was one.
#[must_use]
pub fn article(id: &ArticleId, from: Option<(&SearchParams, u64)>) -> String {
    let path = format!("/article/{}", segment(&id.0));
    let Some((params, at)) = from else { return path };
    // The place says which page of the search it was.
    let search = params.from_the_start().to_address();
    joined(&path, &search, &written(&PositionParam { at }))
}

/// The page of an article at a figure, by the name of its row.
#[must_use]
pub fn figure(id: &ArticleId, row: &str) -> String {
    format!("{}#{}", article(id, None), figure_anchor(row))
}

/// The anchor of a figure on the page of its article.
#[must_use]
pub fn figure_anchor(row: &str) -> String {
    format!("figure-{}", segment(row))
}

/// The page of indicators.
#[must_use]
pub fn series(params: &SeriesParams) -> String {
    with("/indicators", &params.to_address())
}

/// A series as a file, in a format.
#[must_use]
pub fn series_file(params: &SeriesParams, format: &'static str) -> String {
    joined("/api/v1/series", &params.to_address(), &written(&FormatParam { format }))
}

/// Two articles side by side.
#[must_use]
pub fn compare(first: &ArticleId, second: &ArticleId) -> String {
    format!("/article/{}/compare/{}", segment(&first.0), segment(&second.0))
}

/// Where editors sign in, and what they come back to.
#[must_use]
pub fn login(back: &str) -> String {
    with(LOGIN, &written(&ReturnParam { back }))
}

/// The overview, with all findings in files or all rows of its tables listed.
#[must_use]
pub fn overview(all_files: bool, all_rows: bool) -> String {
    let all = |is_wanted: bool| is_wanted.then_some("all");
    with("/overview", &written(&OverviewParams { files: all(all_files), rows: all(all_rows) }))
}

/// The files, without so many at the beginning.
#[must_use]
pub fn files(offset: usize) -> String {
    with("/files", &written(&OffsetParam { offset: Some(offset).filter(|&offset| offset > 0) }))
}

/// A file, from a row on, with an article's lines marked.
#[must_use]
pub fn source(file: &str, from: Option<u32>, article: Option<&ArticleId>) -> String {
    let article = article.map(|id| id.0.as_str());
    with("/source", &written(&SourceParams { file, from, article }))
}

/// The picture of a page of a file, counted from 1, with so many pixels on its longer side.
#[must_use]
pub fn picture(file: &str, page: u32, side: u32) -> String {
    with("/source/picture", &written(&PageParams { file, page, side }))
}

/// A file at a line, counted from 1, as far as lines are rows.
#[must_use]
pub fn source_line(file: &str, line: u32) -> String {
    let from = line.saturating_sub(LEAD);
    format!("{}#L{line}", source(file, (from > 1).then_some(from), None))
}

/// A file with an article's lines marked, at its first line.
#[must_use]
pub fn source_of(record: &Record) -> String {
    let page = source(&record.source, None, Some(&record.id));
    record.lines.first().map_or(page.clone(), |own| format!("{page}#L{}", own.0))
}

/// An article alone in a format of the export.
#[must_use]
pub fn download(id: &ArticleId, format: &'static str) -> String {
    with(&format!("/api/v1/article/{}", segment(&id.0)), &written(&FormatParam { format }))
}

/// The names and values by which the export of a search is asked for.
#[must_use]
pub fn export_fields(params: &SearchParams) -> Vec<(String, String)> {
    // What was written can be read.
    serde_html_form::from_str(&whole(params).to_address()).unwrap_or_default()
}

/// The feed of a search.
#[must_use]
pub fn feed(params: &SearchParams) -> String {
    with("/feed", &SearchParams { sort: String::new(), ..whole(params) }.to_address())
}

/// The feed of a saved search.
#[must_use]
pub fn saved_feed(name: &str) -> String {
    with("/feed", &written(&SavedParam { saved: name }))
}

#[derive(Serialize)]
struct SavedParam<'a> {
    saved: &'a str,
}

#[derive(Serialize)]
struct ExplainParam {
    explain: u8,
}

#[derive(Serialize)]
struct PositionParam {
    at: u64,
}

#[derive(Serialize)]
struct FormatParam {
    format: &'static str,
}

#[derive(Serialize)]
struct OverviewParams {
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<&'static str>,
}

#[derive(Serialize)]
struct ReturnParam<'a> {
    back: &'a str,
}

#[derive(Serialize)]
struct ReviewParams {
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip: Option<usize>,
}

#[derive(Serialize)]
struct OffsetParam {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<usize>,
}

#[derive(Serialize)]
struct SourceParams<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
}

#[derive(Serialize)]
struct PageParams<'a> {
    file: &'a str,
    page: u32,
    side: u32,
}

/// Strings and numbers can always be written.
fn written(parameters: &impl Serialize) -> String {
    serde_html_form::to_string(parameters).unwrap_or_default()
}

/// The export of all hits of a search.
fn whole(params: &SearchParams) -> SearchParams {
    SearchParams { limit: None, ..params.from_the_start() }
}

fn with(path: &str, parameters: &str) -> String {
    if parameters.is_empty() { path.to_owned() } else { format!("{path}?{parameters}") }
}

/// The parameters of a search, if it has any, and one more.
fn joined(path: &str, search: &str, more: &str) -> String {
    if search.is_empty() { with(path, more) } else { with(path, &format!("{search}&{more}")) }
}

/// A text as one segment of a path.
fn segment(text: &str) -> impl Display {
    /// All but the unreserved characters of RFC 3986.
    const RESERVED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, RESERVED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LineRange;
    use crate::pages::testing::sample::sample;

    #[test]
    fn ids_and_words_are_written_so_that_they_stay_what_they_are() {
        let params =
            SearchParams { q: "甲&乙 #".into(), offset: Some(20), ..SearchParams::default() };
        assert_eq!(search(&params), "/?q=%E7%94%B2%26%E4%B9%99+%23&offset=20");
        let id = ArticleId("../x y?".into());
        assert_eq!(
            article(&id, Some((&params, 21))),
            "/article/..%2Fx%20y%3F?q=%E7%94%B2%26%E4%B9%99+%23&at=21"
        );
        assert_eq!(
            article(&id, Some((&SearchParams::default(), 1))),
            "/article/..%2Fx%20y%3F?at=1"
        );
    }

    #[test]
    fn exports_and_feeds_have_no_pages() {
        let (limit, offset) = (Some(5), Some(20));
        let params = SearchParams {
            q: "a".into(),
            sort: "oldest".into(),
            limit,
            offset,
            ..SearchParams::default()
        };
        let fields = [("q", "a"), ("sort", "oldest")];
        assert_eq!(
            export_fields(&params),
            fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(feed(&params), "/feed?q=a");
        assert_eq!(feed(&SearchParams::default()), "/feed");
    }

    #[test]
    fn what_is_explained_or_drawn_is_the_same_search() {
        let params =
            SearchParams { q: "a".into(), sort: "oldest".into(), ..SearchParams::default() };
        assert_eq!(explained(&params), "/?q=a&sort=oldest&explain=1");
        assert_eq!(explained(&SearchParams::default()), "/?explain=1");
        assert_eq!(trend(&SearchParams { offset: Some(20), ..params }), "/trend?q=a");
    }

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
    }
}
