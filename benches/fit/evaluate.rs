//! Exact articles: those whose lines are just those of the gold, blank ones aside. And what is wrong
//! with the others.

use std::collections::BTreeMap;
use std::time::Duration;

use dibao::gold::{Counts, ErrorClass, compare};
use dibao::model::SplitFile;
use dibao::split::line_forms;
use serde_json::json;

use crate::pages::Page;

/// Counts by source, and how often cuts of one confidence are right.
#[derive(Default)]
pub struct Scores {
    by_source: BTreeMap<String, SourceScores>,
    /// Cuts by tenths of their confidence: how many, and how many at the first line of an item.
    by_confidence: [(usize, usize); TENTHS],
    /// Errors by class and the forms of the line before and at the place, with one such place.
    patterns: BTreeMap<(ErrorClass, [&'static str; 2]), (usize, String)>,
    /// The articles that were cut, as rows of a gold file.
    pub cuts: Vec<String>,
    /// Bytes of text that were split, and how long that took.
    bytes: usize,
    time: Duration,
}

const TENTHS: usize = 10;

#[derive(Default, Clone, Copy)]
struct SourceScores {
    counts: Counts,
    errors: [usize; ErrorClass::ALL.len()],
}

impl SourceScores {
    fn add(&mut self, other: Self) {
        self.counts.add(other.counts);
        for (errors, more) in self.errors.iter_mut().zip(other.errors) {
            *errors += more;
        }
    }
}

impl Scores {
    /// Compares the articles of a page, which were found in this time, with its gold.
    pub fn count(&mut self, page: &Page, split_file: &SplitFile, time: Duration) {
        self.bytes += page.gold.text.text.len();
        self.time += time;
        self.cuts.extend(split_file.articles.iter().map(|article| {
            let lines: Vec<_> = article.lines.iter().map(|range| (range.0, range.1)).collect();
            json!({
                "source": page.source, "file": page.gold.text.path, "kind": article.kind.as_str(),
                "title": article.title, "lines": lines, "confidence": article.cut.confidence,
            })
            .to_string()
        }));
        let score = compare(&page.gold, split_file);
        for (confidence, right) in score.starts {
            let tenth = ((confidence * TENTHS as f32) as usize).min(TENTHS - 1);
            self.by_confidence[tenth].0 += 1;
            self.by_confidence[tenth].1 += usize::from(right);
        }
        let mut source = SourceScores { counts: score.counts, ..SourceScores::default() };
        let forms = if score.misses.is_empty() { Vec::new() } else { line_forms(&page.gold.text) };
        for miss in score.misses {
            source.errors[miss.class as usize] += 1;
            let Some(line) = miss.line else { continue };
            let at = forms.partition_point(|&(first, _)| first <= line);
            let form = |back: usize| {
                at.checked_sub(back)
                    .and_then(|place| forms.get(place))
                    .map_or("edge", |form| form.1)
            };
            let place = || format!("{}/{}:{line}", page.source, page.gold.text.path);
            let pattern = (miss.class, [form(2), form(1)]);
            self.patterns.entry(pattern).or_insert_with(|| (0, place())).0 += 1;
        }
        self.by_source.entry(page.source.clone()).or_default().add(source);
    }

    pub fn add(&mut self, other: Self) {
        self.cuts.extend(other.cuts);
        self.bytes += other.bytes;
        self.time += other.time;
        for (cuts, more) in self.by_confidence.iter_mut().zip(other.by_confidence) {
            *cuts = (cuts.0 + more.0, cuts.1 + more.1);
        }
        for (pattern, (count, place)) in other.patterns {
            self.patterns.entry(pattern).or_insert((0, place)).0 += count;
        }
        for (source, more) in other.by_source {
            self.by_source.entry(source).or_default().add(more);
        }
    }

    /// F1 of a source; 0 if it was not measured.
    pub fn f1(&self, source: &str) -> f64 {
        self.by_source.get(source).map_or(0.0, |source| source.counts.f1())
    }

    fn megabytes_per_second(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.time.as_secs_f64().max(1e-9)
    }
}

/// Prints how many cuts of one confidence are right.
pub fn print_calibration(scores: &Scores) {
    println!("\n| confidence | cuts | right |\n|---|---|---|");
    for (tenth, (cuts, right)) in scores.by_confidence.iter().enumerate() {
        let from = tenth as f64 / 10.0;
        println!("| {from:.1}–{:.1} | {cuts} | {} |", from + 0.1, share(*right, *cuts));
    }
}

/// One row for each source: its articles, then for each column articles cut, F1, and the shares of
/// headlines and kinds that are right.
pub fn print_table(columns: &[(&str, Scores)]) {
    let names: Vec<_> =
        columns.iter().map(|(name, _)| format!(" cut | {name} | title | kind |")).collect();
    println!("| source | articles |{}", names.concat());
    println!("|---|---|{}", "---|---|---|---|".repeat(columns.len()));
    let Some((_, first)) = columns.first() else { return };
    for (source, found) in &first.by_source {
        let cells = columns.iter().map(|(_, scores)| match scores.by_source.get(source) {
            Some(SourceScores { counts, .. }) => {
                let title = share(counts.titles, counts.titled);
                let kind = share(counts.kinds, counts.exact);
                format!(" {} | {:.4} | {title} | {kind} |", counts.cut, counts.f1())
            }
            None => " – | – | – | – |".to_owned(),
        });
        println!("| {source} | {} |{}", found.counts.gold, cells.collect::<String>());
    }
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.3}", part as f64 / whole as f64) }
}

/// One row for each source: articles that are not exact by what went wrong, and articles where the
/// gold has none.
pub fn print_errors(scores: &Scores) {
    let names = ErrorClass::ALL.map(|class| format!(" {} |", class.name()));
    println!("\n| source | articles | exact |{}", names.concat());
    println!("|---|---|---|{}", "---|".repeat(names.len()));
    for (source, SourceScores { counts, errors }) in &scores.by_source {
        let cells = errors.map(|count| format!(" {count} |")).concat();
        println!("| {source} | {} | {} |{cells}", counts.gold, counts.exact);
    }
}

/// The commonest patterns of errors, each with the first place where it occurs.
pub fn print_patterns(scores: &Scores, most: usize) {
    let mut patterns: Vec<_> = scores.patterns.iter().collect();
    patterns.sort_by_key(|(pattern, (count, _))| (std::cmp::Reverse(*count), **pattern));
    println!("\n| errors | what | line before | line | such as |\n|---|---|---|---|---|");
    for ((class, [before, at]), (count, place)) in patterns.into_iter().take(most) {
        println!("| {count} | {} | {before} | {at} | {place} |", class.name());
    }
}

/// How fast the pages were split, without annotating, on one core.
pub fn print_speed(columns: &[(&str, Scores)]) {
    let Some((_, first)) = columns.first() else { return };
    for (name, scores) in columns {
        let (speed, base) = (scores.megabytes_per_second(), first.megabytes_per_second());
        println!("split, {name}: {speed:.2} MB/s, {:.2} times as long", base / speed.max(1e-9));
    }
}
