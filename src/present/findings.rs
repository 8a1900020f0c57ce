//! What in an archive needs a person's eye, gathered from the records and the reports of the files.

use std::path::Path;

use serde::Serialize;

use super::name;
use crate::model::{FileReport, LineRole, Record, Review};

/// What is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// A file could not be read, or only with losses.
    FileWarning,
    /// A title in the table of contents that no article answers to.
    ContentsUnmatched,
    /// Lines that belong to nothing.
    StrayLines,
    /// It is not sure that the article begins here.
    WeakCut,
    /// An article without any date.
    Undated,
    /// An article without a district.
    Unplaced,
    /// A district or place that could be another one.
    AmbiguousPlace,
    /// Something else that was noted with an article.
    ArticleWarning,
}

impl Matter {
    /// Every one, in the order in which they are listed to people.
    pub const ALL: [Self; 8] = [
        Self::FileWarning,
        Self::ContentsUnmatched,
        Self::StrayLines,
        Self::WeakCut,
        Self::Undated,
        Self::Unplaced,
        Self::AmbiguousPlace,
        Self::ArticleWarning,
    ];
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What is the matter.
    pub matter: Matter,
    /// The file, below the corpus folder.
    pub source: String,
    /// 1-based line, where there is one.
    pub line: Option<u32>,
    /// The article, where there is one.
    pub id: Option<String>,
    /// What it is about, in English where it is in words of the program: a title, a warning.
    pub what: String,
    /// Lines that it is about: 0 where it is about no lines as such.
    #[serde(skip)]
    pub lines: u64,
}

impl Finding {
    /// `file:line`.
    #[must_use]
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.source),
            None => self.source.clone(),
        }
    }
}

/// What is to be looked at in a file.
#[must_use]
pub fn in_file(report: &FileReport) -> Vec<Finding> {
    let finding = |matter, line, what: String| Finding {
        matter,
        source: report.source.clone(),
        line,
        id: None,
        what,
        lines: 0,
    };
    // Warnings name the file as it was named then; the report knows its whole path.
    let is_place = |place: &str| Path::new(&report.path).ends_with(place);
    let warnings = report.warnings.iter().map(|warning| {
        let parts = warning.split_once(": ").filter(|(place, _)| is_place(place));
        let what = parts.map_or(warning.as_str(), |(_, what)| what);
        finding(Matter::FileWarning, None, what.to_owned())
    });
    let contents = report
        .contents_unmatched
        .iter()
        .map(|title| finding(Matter::ContentsUnmatched, None, title.clone()));
    let strays =
        report.elsewhere.iter().filter(|(_, role)| *role == LineRole::Stray).map(|(lines, _)| {
            let many = u64::from(lines.1.saturating_sub(lines.0)) + 1;
            let what = if many == 1 { "1 line".to_owned() } else { format!("{many} lines") };
            Finding { lines: many, ..finding(Matter::StrayLines, Some(lines.0), what) }
        });
    warnings.chain(contents).chain(strays).collect()
}

/// What is to be looked at in an article.
#[must_use]
pub fn in_article(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    let called = name(record);
    let mut add = |matter, what: String| {
        found.push(Finding {
            matter,
            source: record.source.clone(),
            line: record.lines.first().map(|range| range.0),
            id: Some(record.id.to_string()),
            what,
            lines: 0,
        });
    };
    for review in Review::ALL.into_iter().filter(|review| review.concerns(record)) {
        match review {
            Review::WeakCut => {
                add(Matter::WeakCut, format!("{:.2} {called}", record.cut.confidence));
            }
            Review::Undated => add(Matter::Undated, called.clone()),
            Review::Unplaced => add(Matter::Unplaced, called.clone()),
            Review::AmbiguousPlace => {
                let places = record.districts.iter().chain(&record.places);
                for place in places.filter(|place| !place.ambiguous.is_empty()) {
                    let others: Vec<String> =
                        place.ambiguous.iter().map(|path| path.concat()).collect();
                    let others = others.join(", ");
                    let what = format!("{} ({}): or {others}", place.name, place.evidence);
                    add(Matter::AmbiguousPlace, what);
                }
            }
            Review::ArticleWarning => {
                for warning in &record.warnings {
                    add(Matter::ArticleWarning, format!("{called}: {warning}"));
                }
            }
        }
    }
    found
}
