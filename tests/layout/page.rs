//! A laid-out page with its gold, which counts the lines of its text. A printed line is found again in that
//! text by its characters.

use std::fs;
use std::path::{Path, PathBuf};

use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{Line, LineRange, SourceText};
use serde::Deserialize;

/// A row of a `.gold.jsonl`.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) kind: String,
    pub(crate) title: Option<String>,
    pub(crate) kicker: Option<String>,
    lines: Vec<LineRange>,
}

impl Row {
    pub(crate) fn is_article(&self) -> bool {
        !matches!(self.kind.as_str(), "front" | "section" | "banner")
    }

    fn has(&self, line: usize) -> bool {
        self.lines.iter().any(|LineRange(from, to)| (*from..=*to).contains(&(line as u32 + 1)))
    }
}

pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
    /// As the program reads it.
    pub(crate) read: SourceText,
    text: String,
    /// For each printed line the place of its first character in the text without blanks.
    places: Vec<Option<usize>>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout/pages")
}

impl Page {
    pub(crate) fn open(name: &str) -> Self {
        let file = |kind: &str| fs::read_to_string(folder().join(format!("{name}.{kind}")));
        let text = file("txt").expect("a text");
        let gold = file("gold.jsonl").expect("rows");
        let rows = gold.lines().map(|row| serde_json::from_str(row).expect("a row")).collect();
        let read = read_pdf(name);
        let places = found_again(&read, &text);
        Self { name: name.to_owned(), rows, read, text, places }
    }

    pub(crate) fn paragraphs(&self) -> SourceText {
        SourceText::from_text("page.txt", self.text.as_str())
    }

    pub(crate) fn paragraph_owners(&self) -> Vec<Option<usize>> {
        (0..self.text.lines().count()).map(|line| self.row_of(line)).collect()
    }

    fn row_of(&self, line: usize) -> Option<usize> {
        self.rows.iter().position(|row| row.has(line))
    }

    /// For each printed line the row that it is in.
    pub(crate) fn owners(&self) -> Vec<Option<usize>> {
        let lines = line_of_letter(&self.text);
        self.places.iter().map(|place| self.row_of(lines[(*place)?])).collect()
    }

    pub(crate) fn without_places(&self) -> SourceText {
        let mut source = self.read.clone();
        source.lines.iter_mut().for_each(|line| line.place = None);
        source
    }

    /// The printed lines in the order of the text, with their places or without.
    pub(crate) fn lines_in_order(&self, places: bool) -> (SourceText, Vec<Option<usize>>) {
        let owners = self.owners();
        let mut order: Vec<usize> =
            (0..self.places.len()).filter(|&line| self.places[line].is_some()).collect();
        order.sort_by_key(|&line| self.places[line]);
        let (mut source, mut ordered) = (SourceText::default(), Vec::new());
        let mut push = |text: &str, place, owner| {
            let start = source.text.len();
            source.text.push_str(text);
            let span = start..source.text.len();
            source.text.push('\n');
            let number = source.lines.len() as u32 + 1;
            source.lines.push(Line { span, number, place });
            ordered.push(owner);
        };
        for line in order {
            let is_blank = |before: usize| self.read.line(before).trim().is_empty();
            if line.checked_sub(1).is_some_and(is_blank) {
                push("", None, None);
            }
            let place = self.read.lines[line].place.filter(|_| places);
            push(self.read.line(line), place, owners[line]);
        }
        (source, ordered)
    }

    /// How many printed lines the program reads too early or too late, and how many there are: all but the
    /// longest row of lines in the order of the text. Those of two lines run together are out of order.
    pub(crate) fn out_of_order(&self) -> (usize, usize) {
        let printed =
            (0..self.places.len()).filter(|&line| !self.read.line(line).trim().is_empty());
        let order: Vec<usize> = self.places.iter().flatten().copied().collect();
        let mut tails: Vec<usize> = Vec::new();
        for &place in &order {
            let at = tails.partition_point(|&tail| tail < place);
            if at == tails.len() {
                tails.push(place);
            } else {
                tails[at] = place;
            }
        }
        let printed = printed.count();
        (printed - tails.len(), printed)
    }
}

fn read_pdf(name: &str) -> SourceText {
    let name = format!("{name}.pdf");
    let walked = walk(&folder(), &[]);
    let file = walked.files.iter().find(|file| file.source.ends_with(&name)).expect("a page");
    let chunks: Vec<Chunk> = read(file, &Config::default()).collect();
    match <[Chunk; 1]>::try_from(chunks) {
        Ok([Chunk::Text(source)]) => *source,
        _ => panic!("{name}: not one text"),
    }
}

/// What is compared: not blanks, nor the bars between cells of a table.
fn is_letter(c: char) -> bool {
    !c.is_whitespace() && c != '|'
}

/// For each letter of a text its line.
fn line_of_letter(text: &str) -> Vec<usize> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(line, words)| words.chars().filter(|&c| is_letter(c)).map(move |_| line))
        .collect()
}

/// Finds each printed line in the text. What occurs more than once is the occurrence that follows most
/// closely on the line before it; a line that two lines were run together to is none of the text.
fn found_again(read: &SourceText, text: &str) -> Vec<Option<usize>> {
    let text: Vec<char> = text.chars().filter(|&c| is_letter(c)).collect();
    let mut taken = vec![false; text.len()];
    let mut end = 0;
    let places = (0..read.lines.len()).map(|line| {
        let printed: Vec<char> = read.line(line).chars().filter(|&c| is_letter(c)).collect();
        let windows = text.windows(printed.len().max(1)).enumerate();
        let starts = windows.filter(|(start, window)| *window == printed && !taken[*start]);
        let far = |start: &usize| (*start < end, start.abs_diff(end));
        let start = starts.map(|(start, _)| start).min_by_key(far)?;
        end = start + printed.len();
        taken[start..end].fill(true);
        Some(start)
    });
    places.collect()
}
