//! Exact articles: those whose lines are just those of the gold, blank ones aside.

use std::collections::BTreeMap;

use dibao::model::{Kind, SplitFile};
use serde_json::json;

use crate::pages::{Gold, Page};

/// Counts by source, and how often cuts of one confidence are right.
#[derive(Default)]
pub struct Scores {
    by_source: BTreeMap<String, Counts>,
    /// Cuts by tenths of their confidence: how many, and how many at the first line of an item.
    by_confidence: [(usize, usize); TENTHS],
    /// The articles that were cut, as rows of a gold file.
    pub cuts: Vec<String>,
}

const TENTHS: usize = 10;

#[derive(Default, Clone, Copy)]
struct Counts {
    gold: usize,
    cut: usize,
    exact: usize,
}

impl Counts {
    fn f1(self) -> f64 {
        2.0 * self.exact as f64 / (self.gold + self.cut).max(1) as f64
    }
}

impl Scores {
    /// Compares the articles of a page with its gold. Notices, and articles outside of what is
    /// annotated, are not judged.
    pub fn count(&mut self, page: &Page, split_file: &SplitFile) {
        let gold: Vec<Vec<u32>> = page
            .gold
            .iter()
            .filter(|item| item.is_article())
            .map(|item| filled(page, &item.lines))
            .collect();
        let annotated = gold.iter().flatten().copied();
        let (Some(first), Some(last)) = (annotated.clone().min(), annotated.max()) else { return };
        let cut = split_file.articles.iter().filter(|article| article.kind != Kind::Notice);
        let cut: Vec<Vec<u32>> = cut
            .map(|article| {
                let ranges: Vec<_> = article.lines.iter().map(|range| (range.0, range.1)).collect();
                filled(page, &ranges)
            })
            .filter(|lines| lines.first() <= Some(&last) && lines.last() >= Some(&first))
            .collect();
        for article in &split_file.articles {
            let Some(line) = article.lines.first().map(|range| range.0) else { continue };
            if (first..=last).contains(&line) {
                let tenth = ((article.cut.confidence * TENTHS as f32) as usize).min(TENTHS - 1);
                let starts = page.gold.iter().any(|item| item.lines[0].0 == line);
                self.by_confidence[tenth].0 += 1;
                self.by_confidence[tenth].1 += usize::from(starts);
            }
        }
        self.cuts.extend(split_file.articles.iter().map(|article| {
            let lines: Vec<_> = article.lines.iter().map(|range| (range.0, range.1)).collect();
            json!({
                "source": page.source, "file": page.text.path, "kind": article.kind.as_str(),
                "title": article.title, "lines": lines, "confidence": article.cut.confidence,
            })
            .to_string()
        }));
        let counts = self.by_source.entry(page.source.clone()).or_default();
        counts.gold += gold.len();
        counts.cut += cut.len();
        counts.exact += gold.iter().filter(|lines| cut.contains(lines)).count();
    }

    pub fn add(&mut self, other: Self) {
        self.cuts.extend(other.cuts);
        for (cuts, more) in self.by_confidence.iter_mut().zip(other.by_confidence) {
            *cuts = (cuts.0 + more.0, cuts.1 + more.1);
        }
        for (source, more) in other.by_source {
            let counts = self.by_source.entry(source).or_default();
            counts.gold += more.gold;
            counts.cut += more.cut;
            counts.exact += more.exact;
        }
    }

    /// F1 of a source; 0 if it was not measured.
    pub fn f1(&self, source: &str) -> f64 {
        self.by_source.get(source).map_or(0.0, |counts| counts.f1())
    }
}

/// Prints how many cuts of one confidence are right.
pub fn print_calibration(scores: &Scores) {
    println!("| confidence | cuts | right |\n|---|---|---|");
    for (tenth, (cuts, right)) in scores.by_confidence.iter().enumerate() {
        let share = *right as f64 / (*cuts).max(1) as f64;
        println!(
            "| {:.1}–{:.1} | {cuts} | {share:.3} |",
            tenth as f64 / 10.0,
            (tenth + 1) as f64 / 10.0
        );
    }
}

/// The lines in the ranges that are not blank.
fn filled(page: &Page, ranges: &[Gold]) -> Vec<u32> {
    let lines = ranges.iter().flat_map(|&(first, last)| first..=last);
    lines.filter(|&line| !page.text.line(line as usize - 1).trim().is_empty()).collect()
}

/// One row for each source: its articles, then for each column articles cut and F1.
pub fn print_table(columns: &[(&str, Scores)]) {
    let names: Vec<_> = columns.iter().map(|(name, _)| format!(" cut | {name} |")).collect();
    println!("| source | articles |{}", names.concat());
    println!("|---|---|{}", "---|---|".repeat(columns.len()));
    let Some((_, first)) = columns.first() else { return };
    for (source, counts) in &first.by_source {
        let cells = columns.iter().map(|(_, scores)| match scores.by_source.get(source) {
            Some(counts) => format!(" {} | {:.4} |", counts.cut, counts.f1()),
            None => " – | – |".to_owned(),
        });
        println!("| {source} | {} |{}", counts.gold, cells.collect::<String>());
    }
}
