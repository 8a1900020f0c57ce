//! The queries with the articles that answer them.

use std::path::Path;

use crate::texts::Texts;

/// The least letters and ideographs with which a headline can identify an article.
const MIN_CHARS: usize = 6;
/// Headlines in each half.
const HEADLINES: usize = 2_000;

/// What a person types, and the lines of the corpus (from 1) that answer it.
pub struct Topic {
    pub typed: String,
    pub lines: Vec<usize>,
}

/// Every other topic is for choosing weights, the others are for reporting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Choose,
    Report,
}

impl Half {
    fn of<T>(self, all: Vec<T>) -> Vec<T> {
        all.into_iter().skip(usize::from(self == Self::Report)).step_by(2).collect()
    }
}

/// The judged questions.
pub fn questions(half: Half) -> Vec<Topic> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/news/questions.tsv");
    let rows = std::fs::read_to_string(path).expect("tests/news/questions.tsv");
    let topics = rows.lines().filter(|row| !row.starts_with('#')).map(|row| {
        let (lines, typed) = row.split_once('\t').expect("a tab");
        let lines = lines.split(',').map(|line| line.parse().expect("a line")).collect();
        Topic { typed: typed.to_owned(), lines }
    });
    half.of(topics.collect())
}

/// Headlines of articles that are spread over the corpus, as they are pasted.
pub fn headlines(texts: &Texts, half: Half) -> Vec<Topic> {
    let long = |title: &str| title.chars().filter(|c| c.is_alphanumeric()).count() >= MIN_CHARS;
    let usable: Vec<(usize, &str)> = texts.titles().filter(|(_, title)| long(title)).collect();
    let step = (usable.len() / (2 * HEADLINES)).max(1);
    let drawn = usable.into_iter().step_by(step).take(2 * HEADLINES);
    half.of(drawn
        .map(|(line, title)| Topic { typed: title.to_owned(), lines: vec![line] })
        .collect())
}
