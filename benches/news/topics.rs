//! The topics of news and of pages beside those of a reader who did not know what the program said.
//!
//! Half of the articles, by a hash of their places, is for looking at while the table is made; the
//! figures of the other half tell how it does on what it was not made by.

use std::collections::BTreeSet;

use dibao::model::Record;
use serde::Deserialize;

/// A row of `tests/news/topics.jsonl`.
#[derive(Deserialize)]
pub(crate) struct TopicRow {
    /// The page, of which only the name is given; an article of the corpus has none.
    pub(crate) file: Option<String>,
    /// The line on which the article begins.
    pub(crate) line: u32,
    topics: BTreeSet<String>,
    certain: bool,
}

pub(crate) fn rows() -> serde_json::Result<Vec<TopicRow>> {
    include_str!("../../tests/news/topics.jsonl").lines().map(serde_json::from_str).collect()
}

/// Prints how well topics agree with the reader's, for pages and news and both halves of each.
pub(crate) fn measure<'r>(
    rows: &[TopicRow],
    record: impl Fn(&TopicRow) -> Option<&'r Record>,
    misses: bool,
) {
    println!("\n| topics | precision | recall | F1 | first right |\n|---|---|---|---|---|");
    for (source, of_pages) in [("pages", true), ("news", false)] {
        for (name, half) in [("for development", true), ("held out", false)] {
            let chosen = |row: &&TopicRow| {
                row.certain && row.file.is_some() == of_pages && row.is_for_development() == half
            };
            let mut figures = Figures::default();
            for row in rows.iter().filter(chosen) {
                if let Some(record) = record(row) {
                    figures.add(row, record, misses && half);
                }
            }
            if figures.articles > 0 {
                println!(
                    "| {source} {name}, {} articles | {}",
                    figures.articles,
                    figures.columns()
                );
            }
        }
    }
}

impl TopicRow {
    fn is_for_development(&self) -> bool {
        (self.line.wrapping_mul(2_654_435_761) >> 16) & 1 == 0
    }
}

#[derive(Default)]
struct Figures {
    right: usize,
    said: usize,
    wanted: usize,
    /// Articles whose strongest topic is one of the reader's, or that rightly have none.
    first: usize,
    articles: usize,
}

impl Figures {
    fn add(&mut self, row: &TopicRow, record: &Record, show: bool) {
        let labels = || record.topics.iter().map(|topic| topic.label.as_str());
        let right = labels().filter(|&label| row.topics.contains(label)).count();
        self.right += right;
        self.said += record.topics.len();
        self.wanted += row.topics.len();
        self.first += usize::from(
            labels().next().map_or(row.topics.is_empty(), |it| row.topics.contains(it)),
        );
        self.articles += 1;
        if show && (right < row.topics.len() || right < record.topics.len()) {
            let said = record
                .topics
                .iter()
                .map(|topic| format!("{} {:.2} {:?}", topic.label, topic.score, topic.evidence));
            let page = row.file.as_deref().unwrap_or_default();
            let title = record.title.as_deref().unwrap_or_default();
            let said = said.collect::<Vec<_>>().join(", ");
            println!("{page} {} {title}: {:?}; said {said}", row.line, row.topics);
        }
    }

    fn columns(&self) -> String {
        let of = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        format!(
            "{:.3} | {:.3} | {:.3} | {:.3} |",
            of(self.right, self.said),
            of(self.right, self.wanted),
            of(2 * self.right, self.said + self.wanted),
            of(self.first, self.articles)
        )
    }
}
