//! What another program, `pdftotext` of poppler, finds in a PDF file, as a second opinion. Nothing of it becomes
//! text of the archive.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde::Serialize;

use super::config::Config;
use super::content::DocumentKind;
use super::failing::reason_of;
use super::open::open;
use super::read::{Chunk, read};
use super::walk::CorpusFile;
use super::xml::{Wants, XmlItem, each_item};
use crate::model::FailureReason;
use crate::recognise::{RunFailure, on_path, run};
use crate::text::fold_char;

/// The program, found on the path.
#[derive(Debug, Clone)]
pub struct SecondReader {
    program: PathBuf,
}

/// What is missing in the text of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageOpinion {
    /// Counted from 1.
    pub page: u32,
    /// Characters that the program finds, blanks not counted.
    pub characters: u64,
    /// How many of them our text has not, wherever on the page they stand.
    pub missing: u64,
    /// The line of the program that most of them are in.
    pub line: String,
}

/// Why there is no opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpinionFailure {
    /// The program took too long, and was stopped.
    TooLong,
    /// It finds more than is compared.
    TooMuch,
    /// It could not read the file, or not be run.
    Failed {
        /// Why.
        reason: FailureReason,
    },
}

/// The time that a file takes at most.
const MAX_TIME: Duration = Duration::from_mins(2);

/// A page lacks text from so many characters on, and from this part of them.
const MIN_MISSING: u64 = 3;
const MIN_SHARE: f64 = 0.01;

impl PageOpinion {
    /// Whether so much is missing that it is no matter of single signs.
    #[must_use]
    pub fn is_lacking(&self) -> bool {
        self.missing >= MIN_MISSING && self.missing as f64 >= self.characters as f64 * MIN_SHARE
    }
}

impl SecondReader {
    /// The program, if it is there.
    #[must_use]
    pub fn found() -> Option<Self> {
        on_path("pdftotext").map(|program| Self { program })
    }

    /// Its opinion on each page that is read of a file; `None` for another file than a PDF.
    ///
    /// # Errors
    /// When the program does not read it.
    pub fn opinions(
        &self,
        file: &CorpusFile,
        config: &Config,
    ) -> Result<Option<Vec<PageOpinion>>, OpinionFailure> {
        let failed = |error: io::Error| OpinionFailure::Failed { reason: reason_of(&error) };
        let mut opened = open(file).map_err(failed)?;
        if DocumentKind::of(&mut opened).map_err(failed)? != Some(DocumentKind::Pdf) {
            return Ok(None);
        }
        // A copy has no name that the program could take for an option, and no link is followed.
        let folder = tempfile::tempdir().map_err(failed)?;
        let path = folder.path().join("a.pdf");
        let mut copy = File::create(&path).map_err(failed)?;
        io::copy(&mut opened, &mut copy).map_err(failed)?;
        drop(copy);
        let mut command = Command::new(&self.program);
        command.arg("-bbox-layout").arg(&path).arg("-");
        let ended = run(&command, MAX_TIME).map_err(|failure| match failure {
            RunFailure::TooLong => OpinionFailure::TooLong,
            RunFailure::TooMuch => OpinionFailure::TooMuch,
            RunFailure::System(error) => failed(error),
        })?;
        if !ended.status.success() {
            return Err(OpinionFailure::Failed { reason: FailureReason::said(&ended.reason()) });
        }
        let theirs = lines_of_pages(&String::from_utf8_lossy(&ended.output));
        let reading = config.reading(&file.source);
        let ours = self::ours(file, config);
        let opinions = (1..).zip(theirs).filter(|(page, _)| reading.takes(*page));
        Ok(Some(opinions.map(|(page, lines)| opinion(page, &lines, ours.get(&page))).collect()))
    }
}

/// How often each character stands on each page of our text.
fn ours(file: &CorpusFile, config: &Config) -> HashMap<u32, HashMap<char, u64>> {
    let mut pages: HashMap<u32, HashMap<char, u64>> = HashMap::new();
    for chunk in read(file, config) {
        let Chunk::Text(text) = chunk else { continue };
        for (index, line) in text.lines.iter().enumerate() {
            let Some(place) = line.place else { continue };
            let page = pages.entry(place.page).or_default();
            for c in letters(text.line(index)) {
                *page.entry(c).or_default() += 1;
            }
        }
    }
    pages
}

fn opinion(page: u32, theirs: &[String], ours: Option<&HashMap<char, u64>>) -> PageOpinion {
    let mut left = ours.cloned().unwrap_or_default();
    let mut opinion = PageOpinion { page, characters: 0, missing: 0, line: String::new() };
    let mut most = 0;
    for line in theirs {
        let mut missing = 0;
        for c in letters(line) {
            opinion.characters += 1;
            match left.get_mut(&c).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => missing += 1,
            }
        }
        opinion.missing += missing;
        if missing > most {
            most = missing;
            line.trim().clone_into(&mut opinion.line);
        }
    }
    opinion
}

/// What of a text is compared: forms of a character are one, and what stands for an unknown one is none. Hyphens
/// at the ends of lines are taken away here.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(fold_char).filter(|c| c.is_alphanumeric())
}

/// The lines that the program finds on each page.
fn lines_of_pages(xml: &str) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    let mut in_word = false;
    let read = each_item(xml, |item| {
        match item {
            XmlItem::Open(element) if element.name == "page" => pages.push(Vec::new()),
            XmlItem::Open(element) => {
                in_word = element.name == "word";
                if let ("line", Some(page)) = (element.name.as_str(), pages.last_mut()) {
                    page.push(String::new());
                }
            }
            XmlItem::Close(_) => in_word = false,
            XmlItem::Text(text) => {
                if let (true, Some(line)) =
                    (in_word, pages.last_mut().and_then(|page| page.last_mut()))
                {
                    line.push_str(text);
                }
            }
        }
        Wants::More
    });
    // The program writes control characters that XML has not; what stands before counts.
    let _ = read;
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_counted_once_and_shown() {
        let xml = "<!DOCTYPE html><html><head><meta name='a' content='b'/></head><body><doc>\
            <page width='9' height='9'><flow><block><line><word xMin='1'>渡口</word> <word>重开</word></line>\
            <line><word>票价不变</word></line></block></flow></page><page/></doc></body></html>";
        let theirs = lines_of_pages(xml);
        assert_eq!(theirs, [vec!["渡口重开".to_owned(), "票价不变".to_owned()], Vec::new()]);
        let ours: HashMap<char, u64> = letters("渡口 重开，票").map(|c| (c, 1)).collect();
        let found = opinion(1, &theirs[0], Some(&ours));
        let line = "票价不变".to_owned();
        assert_eq!(found, PageOpinion { page: 1, characters: 8, missing: 3, line });
        assert!(found.is_lacking());
        assert_eq!(opinion(2, &theirs[1], None).characters, 0);
    }
}
