//! The dates of news and of documents beside those of readers.
//!
//! Half of the news, by a hash of their lines, is for looking at while rules are made; the figures of the
//! other half tell how they do on what they were not made by. The documents were all looked at.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, ensure};
use dibao::annotate::Annotator;
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{DateNote, Record};
use dibao::split::split;
use serde::Deserialize;

use super::districts::is_for_development;

/// A row of `tests/news/dates.jsonl` or `tests/news/documents.jsonl`.
#[derive(Deserialize)]
pub(crate) struct DateRow {
    /// The file of the document; none for an article of the corpus.
    page: Option<String>,
    /// The line of the corpus, or the first line of the document in its file.
    pub(crate) line: u32,
    day: Option<String>,
    /// Month and day where the year is not certain.
    month_day: Option<String>,
    #[serde(default = "yes")]
    certain: bool,
}

fn yes() -> bool {
    true
}

fn rows(table: &str) -> serde_json::Result<Vec<DateRow>> {
    table.lines().map(serde_json::from_str).collect()
}

/// News without a stated date.
pub(crate) fn news() -> serde_json::Result<Vec<DateRow>> {
    rows(include_str!("../../tests/news/dates.jsonl"))
}

/// Documents: those in the corpus, and those on pages.
pub(crate) fn documents() -> serde_json::Result<(Vec<DateRow>, Vec<DateRow>)> {
    let all = rows(include_str!("../../tests/news/documents.jsonl"))?;
    Ok(all.into_iter().partition(|row| row.page.is_none()))
}

/// Prints how many days are those that the readers found, and how many lie in the intervals.
pub(crate) fn measure(
    news: &[DateRow],
    documents: &[DateRow],
    records: &HashMap<u32, Record>,
    misses: bool,
) {
    println!(
        "| dates | right or rightly none | of days said, right | of days stated, said | in the interval |"
    );
    println!("|---|---|---|---|---|");
    let date = |row: &DateRow| records[&row.line].date.clone();
    for (name, half) in [("news for development", true), ("news held out", false)] {
        let of_half = news.iter().filter(|row| row.certain && is_for_development(row.line) == half);
        Figures::of(of_half, date, misses && half).print(name);
    }
    Figures::of(news.iter().filter(|row| row.certain), date, false).print("news");
    Figures::of(documents.iter(), date, misses).print("documents in the news");
}

/// The same of the documents on pages of a folder.
///
/// # Errors
/// If a page is not there, or a document has no article.
pub(crate) fn measure_pages(rows: &[DateRow], folder: &Path, misses: bool) -> anyhow::Result<()> {
    let mut dates = HashMap::new();
    for row in rows {
        let page = row.page.as_deref().unwrap_or_default();
        if !dates.contains_key(&(page, row.line)) {
            for record in records_of_page(&folder.join(page))? {
                let lines = record.lines.iter().flat_map(|range| range.0..=range.1);
                dates.extend(lines.map(|line| ((page, line), record.date.clone())));
            }
        }
        ensure!(dates.contains_key(&(page, row.line)), "{page}:{}: no article", row.line);
    }
    let date = |row: &DateRow| dates[&(row.page.as_deref().unwrap_or_default(), row.line)].clone();
    Figures::of(rows.iter(), date, misses).print("documents on pages");
    Ok(())
}

fn records_of_page(page: &Path) -> anyhow::Result<Vec<Record>> {
    let folder = page.parent().unwrap_or(Path::new("."));
    let found = walk(folder, &[page.to_owned()]).files;
    let file = found.first().with_context(|| format!("{}: no such file", page.display()))?;
    let annotator = Annotator::new();
    let mut records = Vec::new();
    for chunk in read(file, &Config::default()) {
        if let Chunk::Text(source) = chunk {
            records.extend(annotator.annotate(&source, &split(&source)));
        }
    }
    Ok(records)
}

#[derive(Default)]
struct Figures {
    rows: u32,
    /// Days that were stated, said, and both and equal.
    stated: u32,
    said: u32,
    right: u32,
    /// Articles without a day, of which none is said.
    none: u32,
    /// Rows with a day and a year, and those whose interval holds it.
    days: u32,
    inside: u32,
}

impl Figures {
    fn of<'a>(
        rows: impl Iterator<Item = &'a DateRow>,
        date: impl Fn(&DateRow) -> DateNote,
        misses: bool,
    ) -> Self {
        let mut figures = Self::default();
        for row in rows {
            figures.add(row, &date(row), misses);
        }
        figures
    }

    fn add(&mut self, row: &DateRow, date: &DateNote, misses: bool) {
        let shown = |day: Option<dibao::model::CivilDate>| day.map(|day| day.to_string());
        let (first, said, last) =
            (shown(date.not_before), shown(date.value), shown(date.not_after));
        let stated = row.day.as_deref().or(row.month_day.as_deref());
        let right = said.as_deref().zip(stated).is_some_and(|(said, day)| said.ends_with(day));
        let none = said.is_none() && stated.is_none();
        self.rows += 1;
        self.stated += u32::from(stated.is_some());
        self.said += u32::from(said.is_some());
        self.right += u32::from(right);
        self.none += u32::from(none);
        if let Some(day) = &row.day {
            self.days += 1;
            let inside =
                first.is_none_or(|first| first <= *day) && last.is_none_or(|last| *day <= last);
            self.inside += u32::from(inside);
        }
        if misses && !right && !none {
            let place = row.page.as_deref().unwrap_or("line");
            eprintln!("{place} {}: {stated:?}, said {said:?} {:?}", row.line, date.text);
        }
    }

    fn print(&self, name: &str) {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        println!(
            "| {name}, {} articles | {:.3} | {:.3} | {:.3} | {:.3} |",
            self.rows,
            share(self.right + self.none, self.rows),
            share(self.right, self.said),
            share(self.right, self.stated),
            share(self.inside, self.days),
        );
    }
}
