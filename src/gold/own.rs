//! Fits a table further on pages of one's own, and measures whether that helps.

use super::compare::{Counts, compare};
use super::page::Page;
use crate::model::SourceText;
use crate::split::fit::{FitPage, FitSettings, GoldItem, refit};
use crate::split::{Habits, Splitter};

/// Pages of one publication.
pub struct GoldSource {
    /// Its name in tables.
    pub name: String,
    /// Its pages.
    pub pages: Vec<Page>,
}

/// How well the pages of a source are split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The name of the source.
    pub name: String,
    /// Pages.
    pub pages: usize,
    /// By the table that fitting started from.
    pub before: Counts,
    /// By tables fitted on every other page, each on the pages that it was not fitted on; `None` if
    /// all sources together have but one page.
    pub after: Option<Counts>,
}

/// A fitted table.
pub struct FittedTable {
    /// The table, fitted on all pages.
    pub table: String,
    /// What fitting gains, by source.
    pub measured: Vec<Measured>,
}

impl FittedTable {
    /// Before and after fitting, over all sources; `None` if nothing could be measured.
    #[must_use]
    pub fn total(&self) -> Option<(Counts, Counts)> {
        let mut total = (Counts::default(), Counts::default());
        for measured in &self.measured {
            total.0.add(measured.before);
            total.1.add(measured.after?);
        }
        Some(total)
    }
}

/// Fits the table of a splitter further on all pages, and twice on every other page, to measure what
/// that gains on the pages that were not fitted on. The same pages give the same table.
#[must_use]
pub fn fit_own(sources: &[GoldSource], from: &Splitter, settings: &FitSettings) -> FittedTable {
    let prepared: Vec<Vec<FitPage>> = sources.iter().map(prepare).collect();
    let pages = || prepared.iter().flatten();
    let folds: Vec<usize> = fold_of_each(sources);
    let fitted_without = |fold: usize| {
        let kept = pages().zip(&folds).filter(|(_, other)| **other != fold);
        Splitter::from_table(&refit(kept.map(|(page, _)| page), from, settings))
    };
    let halves = if folds.contains(&1) {
        [fitted_without(0), fitted_without(1)].into_iter().collect::<Result<Vec<_>, _>>().ok()
    } else {
        None
    };
    let mut folds = folds.iter();
    let measured = sources.iter().map(|source| {
        let folds: Vec<usize> = folds.by_ref().take(source.pages.len()).copied().collect();
        let after = halves.as_ref().map(|halves| {
            let mut after = Counts::default();
            for (fold, splitter) in halves.iter().enumerate() {
                after.add(measure(source, splitter, |place| folds[place] == fold));
            }
            after
        });
        Measured {
            name: source.name.clone(),
            pages: source.pages.len(),
            before: measure(source, from, |_| true),
            after,
        }
    });
    let measured = measured.collect();
    FittedTable { table: refit(pages(), from, settings), measured }
}

/// Every other page is in the second fold, over all sources.
fn fold_of_each(sources: &[GoldSource]) -> Vec<usize> {
    let pages = sources.iter().map(|source| source.pages.len()).sum();
    (0..pages).map(|place| place % 2).collect()
}

fn prepare(source: &GoldSource) -> Vec<FitPage> {
    let mut shared = Habits::default();
    for text in sampled(source.pages.iter().map(|page| &page.text)) {
        shared.add(text);
    }
    let page = |page: &Page| {
        let items: Vec<GoldItem> = page.items.iter().map(super::Item::for_own_fit).collect();
        let own = shared.is_empty().then(|| Habits::of(&page.text));
        let habits = own.as_ref().unwrap_or(&shared);
        FitPage::new(&source.name, &source.name, &page.text, &items, habits)
    };
    source.pages.iter().map(page).collect()
}

/// The texts of a publication that its habits are taken from; none if they are too few.
pub fn sampled<'a>(texts: impl Iterator<Item = &'a SourceText>) -> Vec<&'a SourceText> {
    let texts: Vec<&SourceText> = texts.collect();
    let names: Vec<String> = texts.iter().map(|text| text.path.clone()).collect();
    Habits::sample(&names).into_iter().map(|place| texts[place]).collect()
}

/// Splits the chosen pages of a source, with the habits of all of them.
fn measure(source: &GoldSource, splitter: &Splitter, chosen: impl Fn(usize) -> bool) -> Counts {
    let sample = sampled(source.pages.iter().map(|page| &page.text));
    let habits = splitter.habits(sample.iter().copied());
    let mut counts = Counts::default();
    for (_, page) in source.pages.iter().enumerate().filter(|(place, _)| chosen(*place)) {
        let split_file = if sample.is_empty() {
            splitter.split_alone(&page.text)
        } else {
            splitter.split(&page.text, &habits)
        };
        counts.add(compare(page, &split_file).counts);
    }
    counts
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::gold::Item;
    use crate::model::Kind;

    #[test]
    fn news_without_a_headline_stays_news() {
        let page = |number: usize| {
            let mut text = String::new();
            let mut items = Vec::new();
            for item in 0..4u32 {
                let line = item * 2 + 1;
                let _ = write!(
                    text,
                    "石桥{number}组昨天把第{item}口水井修好了，井台添了护栏，老人说今年方便得多。\n季 春\n"
                );
                items.push(Item {
                    kind: "news".to_owned(),
                    title: None,
                    lines: vec![(line, line + 1)],
                    hints: Vec::new(),
                });
            }
            Page { text: SourceText::from_text(format!("{number}.txt"), text), items }
        };
        let pages: Vec<Page> = (0..10).map(page).collect();
        let source = GoldSource { name: "briefs".to_owned(), pages };
        let from = Splitter::default();
        let fitted = fit_own(&[source], &from, &FitSettings::of_own_pages());
        let splitter = Splitter::from_table(&fitted.table).expect("a table");
        let split_file = splitter.split_alone(&page(11).text);
        let kinds: Vec<Kind> = split_file.articles.iter().map(|article| article.kind).collect();
        assert_eq!(kinds, [Kind::News; 4]);
    }
}
