//! A page with what is known of it.

use crate::model::SourceText;
use crate::split::fit::{GoldItem, GoldKind, LineHint};

/// The kinds of items: articles, notices and advertisements, and headings, which are no articles.
pub const KINDS: [&str; 9] = [
    "news",
    "document",
    "profile",
    "photo",
    "notice",
    "advertisement",
    "banner",
    "section",
    "front",
];

/// Lines of all texts that are read at most, so that fitting needs less than a gigabyte.
pub(super) const MAX_LINES: usize = 200_000;

/// A page with its items.
#[derive(Debug, Clone)]
pub struct Page {
    /// The text, as an ingest reads it.
    pub text: SourceText,
    /// Its articles, and headings and notices as far as they are annotated.
    pub items: Vec<Item>,
}

/// An item of a page.
#[derive(Debug, Clone)]
pub struct Item {
    /// One of [`KINDS`](super::KINDS).
    pub kind: String,
    /// Its headline, if one is printed.
    pub title: Option<String>,
    /// Ranges of 1-based lines, both ends inclusive.
    pub lines: Vec<(u32, u32)>,
    /// What part of the item single lines are, where that is known.
    pub hints: Vec<(u32, LineHint)>,
}

impl Item {
    /// An item whose lines are known.
    #[must_use]
    pub fn new(kind: &str, title: Option<&str>, lines: Vec<(u32, u32)>) -> Self {
        Self { kind: kind.to_owned(), title: title.map(str::to_owned), lines, hints: Vec::new() }
    }

    /// Whether it is an article, and judged.
    #[must_use]
    pub fn is_article(&self) -> bool {
        matches!(self.kind.as_str(), "news" | "document" | "profile" | "photo")
    }

    /// Whether it is a heading, which is no article.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        GoldKind::of_name(&self.kind) == GoldKind::Heading
    }

    /// Its first line.
    #[must_use]
    pub fn first_line(&self) -> u32 {
        self.lines.first().map_or(0, |range| range.0)
    }

    /// The item as fitting takes it.
    #[must_use]
    pub fn for_fit(&self) -> GoldItem {
        let kind = GoldKind::of_name(&self.kind);
        let item = GoldItem::new(kind, self.title.as_deref(), self.lines.clone());
        item.with_hints(self.hints.clone())
    }

    /// The item as fitting on one's own pages takes it. Of news without a headline a person says that it
    /// is no picture; other gold has pictures among the news.
    #[must_use]
    pub fn for_own_fit(&self) -> GoldItem {
        let titled = self.title.as_deref().is_some_and(|title| !title.is_empty());
        if titled || self.kind != "news" || !self.hints.is_empty() {
            return self.for_fit();
        }
        self.for_fit().with_hints(vec![(self.first_line(), LineHint::UntitledLead)])
    }
}

impl Page {
    /// The lines in the ranges that are not blank.
    pub(super) fn filled(&self, ranges: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
        let lines = ranges.flat_map(|(first, last)| first..=last);
        lines.filter(|&line| !self.line(line).trim().is_empty()).collect()
    }

    /// The text of a line by its number.
    #[must_use]
    pub fn line(&self, number: u32) -> &str {
        self.text.line((number as usize).saturating_sub(1))
    }
}
