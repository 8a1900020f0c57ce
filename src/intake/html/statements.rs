//! What a page states of its article in its head: in metas, in JSON-LD, in the comment that systems for
//! electronic papers leave (`enpproperty`), and in its title.

use std::sync::LazyLock;

use dom_query::Document;
use regex::Regex;
use serde_json::Value;

use super::render::RenderedLine;

/// Deeper JSON is not looked into.
const MAX_JSON_DEPTH: usize = 6;

/// The statements of a page.
#[derive(Debug, Default)]
pub(super) struct Statements {
    /// Titles of the article, the surest first.
    pub(super) titles: Vec<String>,
    /// What browsers show as the name of the page: most often the title and the name of the site.
    pub(super) page_title: Option<String>,
    pub(super) site: Option<String>,
    pub(super) published: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) author: Option<String>,
    /// The column of the site that the article stands in.
    pub(super) section: Option<String>,
    /// The address that the page gives itself.
    pub(super) address: Option<String>,
}

impl Statements {
    pub(super) fn of(document: &Document, page: &str) -> Self {
        let mut found = Self::default();
        for node in document.select("meta[content]").nodes() {
            let key = node.attr("property").or_else(|| node.attr("name"));
            let key = key.or_else(|| node.attr("itemprop")).unwrap_or_default();
            found.state(&key, &node.attr("content").unwrap_or_default());
        }
        for node in document.select("script[type='application/ld+json']").nodes() {
            if let Ok(value) = serde_json::from_str(&node.text()) {
                found.of_json(&value, 0);
            }
        }
        found.of_electronic_paper(page);
        let title = document.select("title");
        found.page_title = title.nodes().first().map(|node| one_line(&node.text()));
        let canonical = document.select("link[rel=canonical][href]");
        let canonical = canonical.nodes().first().and_then(|link| link.attr("href"));
        let canonical = canonical.map(|href| href.trim().to_owned());
        found.address = canonical.filter(|href| is_address(href)).or(found.address);
        found.address = found.address.filter(|address| is_address(address));
        found
    }

    /// Takes what is stated under a name; what was stated before stays.
    fn state(&mut self, key: &str, content: &str) {
        let content = one_line(content);
        if content.is_empty() {
            return;
        }
        let field = match key.to_lowercase().as_str() {
            "articletitle" | "og:title" | "headline" | "title" | "twitter:title" => {
                if !self.titles.contains(&content) {
                    self.titles.push(content);
                }
                return;
            }
            "sitename" | "og:site_name" => &mut self.site,
            "pubdate"
            | "publishdate"
            | "publish-date"
            | "publishtime"
            | "publishedtime"
            | "datepublished"
            | "article:published_time"
            | "og:published_time"
            | "date" => &mut self.published,
            "contentsource" | "source" | "article:source" => &mut self.outlet,
            "author" | "article:author" | "og:article:author" => &mut self.author,
            "columnname" | "article:section" => &mut self.section,
            "og:url" => &mut self.address,
            _ => return,
        };
        let bare = without_label(&content);
        if !bare.is_empty() {
            field.get_or_insert_with(|| bare.to_owned());
        }
    }

    /// Whether the head says what the headline is, alone or with the name of the site.
    pub(super) fn has_title(&self) -> bool {
        !self.titles.is_empty() || self.page_title.as_ref().is_some_and(|title| !title.is_empty())
    }

    /// Takes the day of publication from a table of what is known of a document, which public bodies put above
    /// its text, if nothing else states it.
    pub(super) fn take_day_above(&mut self, lines: &[RenderedLine]) {
        static DAY: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?:发布|公开|发文|公布)(?:日期|时间)[\s:：|]*((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)")
                .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
        });
        let day = lines.iter().find_map(|line| DAY.captures(&line.text));
        self.published = self.published.take().or(day.map(|found| found[1].to_owned()));
    }

    /// Takes what an article in JSON-LD says of itself, wherever it stands in it.
    fn of_json(&mut self, value: &Value, depth: usize) {
        if depth > MAX_JSON_DEPTH {
            return;
        }
        let parts = match value {
            Value::Array(parts) => parts.iter().collect(),
            Value::Object(fields) => {
                let name = |field: &str| match fields.get(field)? {
                    Value::Array(several) => text_of(several.first()?),
                    one => text_of(one),
                };
                if fields.contains_key("headline") {
                    for (field, key) in [
                        ("headline", "headline"),
                        ("datePublished", "datepublished"),
                        ("author", "author"),
                        ("publisher", "sitename"),
                        ("articleSection", "columnname"),
                    ] {
                        self.state(key, name(field).unwrap_or_default());
                    }
                }
                fields.values().collect()
            }
            _ => Vec::new(),
        };
        for part in parts {
            self.of_json(part, depth + 1);
        }
    }

    /// Takes what the comment of an electronic paper says.
    fn of_electronic_paper(&mut self, page: &str) {
        static FIELD: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"<(date|author|title)>([^<]*)</")
                .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
        });
        let rest = page.split_once("enpproperty").map(|(_, rest)| rest);
        let Some((comment, _)) = rest.and_then(|rest| rest.split_once("-->")) else { return };
        for field in FIELD.captures_iter(comment) {
            self.state(&field[1], &field[2]);
        }
    }
}

/// A text, or the name of a person or an organisation.
fn text_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("name")?.as_str())
}

/// A value without the label that some systems put before it: 来源：某报.
fn without_label(value: &str) -> &str {
    const MAX_LABEL: usize = 6;
    let label = value.split_once(['：', ':']).filter(|(label, _)| {
        label.chars().count() <= MAX_LABEL
            && label.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
    });
    label.map_or(value, |(_, rest)| rest).trim()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether it leads to a page from anywhere.
pub(in crate::intake) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}
