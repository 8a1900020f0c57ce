//! Reads web pages, line by line: the text of the article, and what stands around it.
//!
//! What the head of a page states of its article (`statements`) is looked for in its text: from the headline
//! that is found there (`headline`) to the end of the main part (`main_part`) all lines are those of the
//! article, but for menus and links (`menus`). The others are boilerplate: they are kept and belong to no
//! article.

mod elements;
mod foot;
mod headline;
mod main_part;
mod menus;
mod render;
mod site_names;
mod statements;
mod tables;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use dom_query::Document;
use regex::bytes::Regex;

use super::nesting::bounded;
use super::path::parse_date;
use super::reading::ReadingSettings;
use crate::model::{Basis, CivilDate, FileWarning, Line, SourceMeta, SourceText};
use crate::text::encoding_name;
use headline::StatedTitle;
use render::{RenderedLine, plain_letters, render, render_all, spaced};
use site_names::SiteNames;
use statements::Statements;
pub(super) use statements::is_address;

/// The encoding that a page states in its head (`<meta charset>`); `None` for a page in UTF-8,
/// because many saved pages still state the original encoding.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static str> {
    static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i-u)<meta[^>]*charset\s*=\s*["']?([a-z0-9_-]+)"#)
            .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
    });
    let head = bytes.get(..4096).unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let label = CHARSET.captures(head)?.get(1)?;
    let name = encoding_name(std::str::from_utf8(label.as_bytes()).ok()?);
    // A page whose label is readable as ASCII is not in UTF-16, whatever the label states.
    name.filter(|name| !name.starts_with("utf-16"))
}

/// Whether a text is a web page, whatever its name says.
pub(super) fn is_page(text: &str) -> bool {
    static PAGE: LazyLock<regex::Regex> = LazyLock::new(|| {
        // After a declaration of XML, and comments such as those of a browser that saved the page.
        let begins = r"(?is)^\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta)\b[^<]*>";
        pattern(begins)
    });
    const HEAD: usize = 8192;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A text about HTML closes none of it.
    PAGE.is_match(&text[..end]) && text.contains("</")
}

/// Whether a text has any tags: without them it is no page, whatever its name says.
pub(super) fn has_tags(text: &str) -> bool {
    static TAG: LazyLock<regex::Regex> =
        LazyLock::new(|| pattern(r"<(?:/?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]*)?/?|!--|!DOCTYPE\s)"));
    TAG.is_match(text)
}

/// Whether a text is a program that makes pages on a server.
pub(super) fn is_server_program(text: &str) -> bool {
    ["<?php", "<?=", "<%"].iter().any(|begin| text.contains(begin))
}

/// Why a page has no text, if its elements tell.
pub(super) fn why_empty(html: &str) -> Option<FileWarning> {
    let document = Document::from(html);
    let has = |selector: &str| document.select(selector).exists();
    let count = pictures_in(html);
    match () {
        () if has("frame[src]") => Some(FileWarning::PageOfFrames),
        () if count > 0 => Some(FileWarning::PicturesWithoutText { count }),
        () if has("iframe[src]") => Some(FileWarning::PageOfFrames),
        () => has("script").then_some(FileWarning::PageMadeByScript),
    }
}

/// How many pictures a page shows, by its elements.
pub(super) fn pictures_in(html: &str) -> u64 {
    let html = html.as_bytes();
    let is_of = |name: &[u8], at: usize| {
        let rest = html.get(at..).unwrap_or_default();
        rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
            && rest.get(name.len()).is_some_and(|next| !next.is_ascii_alphanumeric())
    };
    let names: [&[u8]; 3] = [b"img", b"image", b"svg:image"];
    let tags = memchr::memchr_iter(b'<', html);
    tags.filter(|at| names.iter().any(|name| is_of(name, at + 1))).count() as u64
}

/// The text of a page. Headings are lines that begin with `# ` (h1, h2, and the headline that the head states)
/// or `## `, rows of tables are `| a | b |`, paragraphs stand between blank lines; each line has the number of
/// the line of the page that its text was found on, if it can be found. What stands around the main text is
/// boilerplate, unless `settings` say that no main text is looked for.
///
/// `html` is the page as it is parsed: see [`bounded`]. What the page's head states is added to `meta` if
/// nothing is known there, and the headline if the page has just one.
pub(super) fn main_text(
    page: &SourceText,
    html: &str,
    settings: &ReadingSettings,
    meta: &mut SourceMeta,
) -> SourceText {
    let document = Document::from(html);
    let mut statements = Statements::of(&document, html);
    let root = document.body().unwrap_or_else(|| document.root());
    let mut lines = render(&root);
    let headings = document.select("h1").iter().map(|heading| one_line(&heading.text()));
    let headings: Vec<String> = headings.filter(|text| !text.is_empty()).collect();
    let names = SiteNames::of(&statements, &lines);
    let stated = StatedTitle::of(&statements, &names, &headings);
    names.mark(&mut lines);
    let headline = stated.as_ref().and_then(|stated| stated.mark(&mut lines));
    if settings.main_text {
        let stated = headline.filter(|_| statements.has_title());
        main_part::mark(&mut lines, stated, html, &root);
    } else {
        for line in &mut lines {
            line.is_around = false;
        }
    }
    let headline = if let Some(at) = headline {
        statements.take_day_above(&lines[..at]);
        Some(lines[at].bare().to_owned())
    } else {
        let put = stated.and_then(|stated| stated.put(&mut lines));
        put.or_else(|| only_heading(&lines))
    };
    // What is longer can be a whole issue, whatever its head says.
    meta.headline = headline.filter(|_| plain_letters(&lines) <= MAX_ONE_ARTICLE);
    take(statements, page, meta);
    number(spaced(lines), page)
}

/// The only heading of the main part, if no text stands above it.
fn only_heading(lines: &[RenderedLine]) -> Option<String> {
    let mut shown = lines.iter().filter(|line| !line.is_around && !line.text.is_empty());
    let first = shown.find(|line| line.is_heading() || line.text.contains('。'))?;
    let is_only = first.is_heading() && !shown.any(RenderedLine::is_heading);
    is_only.then(|| first.bare().to_owned())
}

/// Adds what the head of a page states to what is known of the file.
fn take(statements: Statements, page: &SourceText, meta: &mut SourceMeta) {
    meta.publication = meta.publication.take().or(statements.site);
    let date = statements.published.as_deref().and_then(parse_date);
    meta.issue_date = meta.issue_date.or(date.map(|date| (date, Basis::Given)));
    (meta.url, meta.accessed) = saved_from(&page.text);
    meta.url = statements.address.or(meta.url.take());
    if meta.headline.is_some() {
        meta.outlet = statements.outlet;
        meta.author = statements.author;
        meta.section = statements.section;
    }
}

/// The whole text of a page that belongs to a book, in the same form: nothing in it is a frame around
/// the text, and a heading may link to the contents.
pub(super) fn whole_text(html: &str) -> String {
    let (html, _) = bounded(html);
    let document = Document::from(html.as_ref());
    let root = document.body().unwrap_or_else(|| document.root());
    render_all(&root).into_iter().flat_map(|line| [line, "\n".to_owned()]).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address and the day in the comment that a program leaves which saves pages: browsers say
/// `saved from url=(0019)http://…`, SingleFile `url: http://…` and `saved date: Tue Mar 05 2024 …`.
fn saved_from(page: &str) -> (Option<String>, Option<CivilDate>) {
    static ADDRESS: LazyLock<regex::Regex> =
        LazyLock::new(|| pattern(r"(?:saved from url=\(\d+\)|\burl:\s*)(https?://[^\s<>]+)"));
    static DAY: LazyLock<regex::Regex> =
        LazyLock::new(|| pattern(r"saved date:\s*[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{2} \d{4})\b"));
    let mut end = page.len().min(SAVED_FROM_BYTES);
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    // The first comment alone: an article can write of addresses.
    let comment = page[..end].split_once("<!--").and_then(|(_, rest)| rest.split_once("-->"));
    let Some((comment, _)) = comment else { return (None, None) };
    let address = ADDRESS.captures(comment).map(|found| found[1].to_owned());
    let day = DAY.captures(comment);
    (address, day.and_then(|found| CivilDate::strptime("%b %d %Y", &found[1]).ok()))
}

/// Bytes at the beginning of a page that such a comment stands in.
const SAVED_FROM_BYTES: usize = 8192;

/// Characters of a page that is one article, as its head says.
const MAX_ONE_ARTICLE: usize = 20_000;

/// Numbers each line as the line of the page on which its first words are found, in ascending
/// order.
fn number(rendered: Vec<RenderedLine>, page: &SourceText) -> SourceText {
    /// How far ahead words are searched. Words that are written with entities are not found at all.
    const AHEAD: usize = 128 * 1024;
    let mut text = String::new();
    let (mut lines, mut boilerplate) = (Vec::with_capacity(rendered.len()), Vec::new());
    let mut at = 0;
    let mut index = 0;
    for line in rendered {
        let end = (at + AHEAD).min(page.text.len());
        let end = (end..page.text.len()).find(|&end| page.text.is_char_boundary(end));
        let ahead = page.text.get(at..end.unwrap_or(page.text.len())).unwrap_or_default();
        if !line.key.is_empty()
            && let Some(found) = ahead.find(&line.key)
        {
            at += found + line.key.len();
            let later = page.lines.get(index..).unwrap_or_default();
            index += later.partition_point(|line| line.span.end < at);
        }
        if line.is_around {
            boilerplate.push(lines.len());
        }
        let start = text.len();
        text.push_str(&line.text);
        let number = page.lines.get(index).or(page.lines.last()).map_or(1, |line| line.number);
        lines.push(Line { span: start..text.len(), number, place: None });
        text.push('\n');
    }
    SourceText { path: page.path.clone(), text, lines, boilerplate, ..SourceText::default() }
}

fn pattern(pattern: &str) -> regex::Regex {
    regex::Regex::new(pattern)
        .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
}
