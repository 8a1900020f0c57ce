//! Fits the trees that tell notices from news, and measures them.

use super::boost::{TreeExample, boost};
use super::gold::{GoldItem, GoldKind};
use crate::model::SourceText;
use crate::split::kinds::{NAMES, SURE, evidence};
use crate::split::layout::FileLayout;
use crate::split::trees::Trees;

/// Trees that tell notices from news.
const TREES: usize = 60;

/// The items of a page, which are notices or are not.
pub struct KindPage {
    examples: Vec<TreeExample<{ NAMES.len() }>>,
}

impl KindPage {
    /// Makes a page ready. `weight` is how much each item counts. Headings do not count.
    #[must_use]
    pub fn new(text: &SourceText, items: &[GoldItem], weight: f32) -> Self {
        let units = FileLayout::of(text).units;
        let articles = items.iter().filter(|item| item.kind != GoldKind::Heading);
        let example = |item: &GoldItem| {
            let inside = |line: usize| {
                let number = text.lines[line].number;
                item.lines.iter().any(|range| (range.0..=range.1).contains(&number))
            };
            let of_item = units.iter().filter(|unit| inside(unit.line()));
            let texts: Vec<&str> = of_item.map(|unit| unit.text.as_str()).collect();
            let holds = item.kind == GoldKind::Notice;
            (!texts.is_empty()).then(|| TreeExample { evidence: evidence(&texts), holds, weight })
        };
        Self { examples: articles.filter_map(example).collect() }
    }
}

/// Fits the trees and returns their table, `kinds.tsv`. Deterministic.
#[must_use]
pub fn fit_kinds<'a>(pages: impl IntoIterator<Item = &'a KindPage>) -> String {
    let examples: Vec<_> =
        pages.into_iter().flat_map(|page| page.examples.iter().copied()).collect();
    boost(&examples, TREES).to_table(NAMES)
}

/// How items are told apart.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoticeScores {
    /// All items.
    pub items: usize,
    /// Those that are notices.
    pub notices: usize,
    /// Those of which that is said.
    pub found: usize,
    /// Those of which it is said rightly.
    pub right: usize,
}

/// Judges the items of some pages by a table that [`fit_kinds`] wrote; without a form that it can be
/// read in, none is a notice.
#[must_use]
pub fn score_notices<'a>(
    table: &str,
    pages: impl IntoIterator<Item = &'a KindPage>,
) -> NoticeScores {
    let trees = Trees::read(table.lines(), NAMES).unwrap_or_default();
    let mut scores = NoticeScores::default();
    for example in pages.into_iter().flat_map(|page| &page.examples) {
        let found = trees.score(&example.evidence) > SURE;
        scores.items += 1;
        scores.notices += usize::from(example.holds);
        scores.found += usize::from(found);
        scores.right += usize::from(found && example.holds);
    }
    scores
}
