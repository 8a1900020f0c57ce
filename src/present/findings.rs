//! What in an archive needs a person's eye, gathered from the records and the reports of the files.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::figure_problem::FigureProblem;
use super::words::{figure_problem, unplaced_correction};
use super::{Lang, name};
use crate::annotate::is_confirmed;
use crate::index::{remembered_corpus, reviews, unit_fits};
use crate::model::{
    ArticleWarning, FileReport, FileWarning, Indicator, LineRole, Record, Review,
    UnplacedCorrection, Worded, figure_confidence_is_low, wrong_sums,
};
use crate::search::{Archive, DoubtfulFigure, FigureDoubt, SearchError};

/// What is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// A file could not be read, or only with losses.
    FileWarning,
    /// A page that was recognised with low confidence.
    DoubtfulPage,
    /// A title in the table of contents without an article.
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
    /// A figure that was read with low confidence.
    UnsureFigure,
    /// A figure whose unit does not fit what its indicator measures.
    FigureUnit,
    /// Parts that do not add up to the whole.
    FigureSum,
    /// A figure that is ten times those of the periods beside, or a tenth.
    FigureOutlier,
    /// A figure that does not follow from that of the year before and its growth.
    FigureGrowth,
    /// Something else that was noted with an article.
    ArticleWarning,
    /// A person's decision that cannot be applied.
    UnplacedCorrection,
    /// A file of the corpus of another kind, which is not read.
    OtherKind,
}

impl Matter {
    /// Every one, in the order in which they are listed to people.
    pub const ALL: [Self; 16] = [
        Self::FileWarning,
        Self::DoubtfulPage,
        Self::ContentsUnmatched,
        Self::StrayLines,
        Self::WeakCut,
        Self::Undated,
        Self::Unplaced,
        Self::AmbiguousPlace,
        Self::UnsureFigure,
        Self::FigureUnit,
        Self::FigureSum,
        Self::FigureOutlier,
        Self::FigureGrowth,
        Self::ArticleWarning,
        Self::UnplacedCorrection,
        Self::OtherKind,
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
    /// What it is about.
    #[serde(flatten)]
    pub about: About,
}

/// What a finding is about. `Display` is in English and becomes `what` in JSON, where a warning has
/// its code as well.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// A warning of the file.
    FileWarning(FileWarning),
    /// A title in the table of contents.
    Contents(String),
    /// So many lines.
    Lines(u64),
    /// The article of this name as a whole.
    Article(String),
    /// Where the article of this name begins, with the confidence of the cut.
    Cut(String, f32),
    /// A place that could be another one.
    Place {
        /// The name that it was taken for.
        name: String,
        /// The words in the text.
        evidence: String,
        /// The others that it could be.
        others: Vec<String>,
    },
    /// A figure that an article states.
    Figure {
        /// The row.
        row: Box<Indicator>,
        /// Why it is doubtful.
        why: FigureProblem,
    },
    /// A warning of the article of this name.
    ArticleWarning(String, ArticleWarning),
    /// A correction.
    Correction(UnplacedCorrection),
    /// A file that is not read.
    OtherKind,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FileWarning(warning) => warning.fmt(f),
            Self::Contents(title) => f.write_str(title),
            Self::Lines(1) => f.write_str("1 line"),
            Self::Lines(lines) => write!(f, "{lines} lines"),
            Self::Article(name) => f.write_str(name),
            Self::Cut(name, confidence) => write!(f, "{confidence:.2} {name}"),
            Self::Place { name, evidence, others } => {
                write!(f, "{name} ({evidence}): or {}", others.join(", "))
            }
            Self::Figure { row, why } => f.write_str(&figure_problem(Lang::En, row, why)),
            Self::ArticleWarning(name, warning) => write!(f, "{name}: {warning}"),
            Self::Correction(correction) => f.write_str(&unplaced_correction(Lang::En, correction)),
            Self::OtherKind => f.write_str("of a kind that is not read"),
        }
    }
}

impl Serialize for About {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("what", &self.to_string())?;
        match self {
            Self::FileWarning(warning) => {
                map.serialize_entry("warning", &Worded::from(warning))?;
            }
            Self::Figure { row, .. } => {
                map.serialize_entry("row", &row.id)?;
                map.serialize_entry("quote", &row.quote)?;
            }
            Self::ArticleWarning(_, warning) => {
                map.serialize_entry("warning", &Worded::from(warning))?;
            }
            Self::Correction(correction) => map.serialize_entry("correction", correction)?,
            _ => {}
        }
        map.end()
    }
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

/// What is to be looked at in the files of an archive: how much of each matter, and the first of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileFindings {
    /// Each matter that there is, with how many findings, and at most [`MAX_LISTED`] of them in the
    /// order of the files.
    pub matters: Vec<(Matter, u64, Vec<Finding>)>,
}

/// Findings of a matter that are kept.
pub const MAX_LISTED: usize = 1_000;

impl FileFindings {
    /// Reads the reports on all files.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(archive: &Archive) -> Result<Self, SearchError> {
        let mut all = Self::default();
        for report in archive.file_reports()? {
            for finding in in_file(&report) {
                all.add(finding);
            }
        }
        Ok(all)
    }

    fn add(&mut self, finding: Finding) {
        let matter = finding.matter;
        let at = self.matters.iter().position(|(known, ..)| *known == matter);
        let at = at.unwrap_or_else(|| {
            self.matters.push((matter, 0, Vec::new()));
            self.matters.len() - 1
        });
        if let Some((_, count, listed)) = self.matters.get_mut(at) {
            *count += 1;
            if listed.len() < MAX_LISTED {
                listed.push(finding);
            }
        }
    }
}

/// What is to be looked at in a file.
#[must_use]
pub fn in_file(report: &FileReport) -> Vec<Finding> {
    let finding = |matter, line, about| Finding {
        matter,
        source: report.source.clone(),
        line,
        id: None,
        about,
    };
    let warnings = report.warnings.iter().map(|warning| {
        let matter = match warning {
            FileWarning::DoubtfulPage { .. } | FileWarning::FaintLines { .. } => {
                Matter::DoubtfulPage
            }
            _ => Matter::FileWarning,
        };
        finding(matter, None, About::FileWarning(warning.clone()))
    });
    let contents = report
        .contents_unmatched
        .iter()
        .map(|title| finding(Matter::ContentsUnmatched, None, About::Contents(title.clone())));
    let strays =
        report.elsewhere.iter().filter(|(_, role)| *role == LineRole::Stray).map(|(lines, _)| {
            let many = u64::from(lines.1.saturating_sub(lines.0)) + 1;
            finding(Matter::StrayLines, Some(lines.0), About::Lines(many))
        });
    let unplaced = report.unplaced.iter().map(|correction| {
        let about = About::Correction(correction.clone());
        finding(Matter::UnplacedCorrection, None, about)
    });
    warnings.chain(contents).chain(strays).chain(unplaced).collect()
}

/// The files of the corpus of other kinds, as the last ingest of all of it found them: how many, and the first.
#[must_use]
pub fn of_other_kinds(archive: &Archive) -> (u64, Vec<Finding>) {
    let files = remembered_corpus(archive.folder()).unwrap_or_default().other_files;
    let finding = |source| Finding {
        matter: Matter::OtherKind,
        source,
        line: None,
        id: None,
        about: About::OtherKind,
    };
    (files.count, files.names.into_iter().map(finding).collect())
}

/// What is to be looked at in an article.
#[must_use]
pub fn in_article(record: &Record) -> Vec<Finding> {
    let mut found = Vec::new();
    let called = name(record);
    let mut add = |matter, about| {
        found.push(Finding {
            matter,
            source: record.source.clone(),
            line: record.lines.first().map(|range| range.0),
            id: Some(record.id.to_string()),
            about,
        });
    };
    for review in reviews(record) {
        match review {
            Review::WeakCut => {
                add(Matter::WeakCut, About::Cut(called.clone(), record.cut.confidence));
            }
            Review::Undated => add(Matter::Undated, About::Article(called.clone())),
            Review::Unplaced => add(Matter::Unplaced, About::Article(called.clone())),
            Review::AmbiguousPlace => {
                let places = record.districts.iter().chain(&record.places);
                for place in places.filter(|place| !place.ambiguous.is_empty()) {
                    let about = About::Place {
                        name: place.name.clone(),
                        evidence: place.evidence.clone(),
                        others: place.ambiguous.iter().map(|path| path.concat()).collect(),
                    };
                    add(Matter::AmbiguousPlace, about);
                }
            }
            Review::DoubtfulFigure => {}
            Review::ArticleWarning => {
                for warning in &record.warnings {
                    let about = About::ArticleWarning(called.clone(), warning.clone());
                    add(Matter::ArticleWarning, about);
                }
            }
        }
    }
    if is_confirmed(record, Review::DoubtfulFigure) {
        return found;
    }
    let rows = &record.indicators;
    let mut figure = |matter, row: &Indicator, why| {
        add(matter, About::Figure { row: Box::new(row.clone()), why });
    };
    for row in rows {
        if figure_confidence_is_low(row) {
            figure(Matter::UnsureFigure, row, FigureProblem::Unsure);
        }
        if !unit_fits(row) {
            figure(Matter::FigureUnit, row, FigureProblem::Unit);
        }
    }
    for wrong in wrong_sums(rows) {
        if let Some(row) = rows.get(wrong.row) {
            figure(Matter::FigureSum, row, FigureProblem::Sum(wrong));
        }
    }
    found
}

/// What is to be looked at because of other articles.
#[must_use]
pub fn of_doubtful(doubtful: DoubtfulFigure) -> Finding {
    let DoubtfulFigure { record, row, unit, doubt } = doubtful;
    let matter = match doubt {
        FigureDoubt::Outlier { .. } => Matter::FigureOutlier,
        FigureDoubt::Growth { .. } => Matter::FigureGrowth,
    };
    Finding {
        matter,
        line: record.lines.first().map(|range| range.0),
        id: Some(record.id.to_string()),
        source: record.source,
        about: About::Figure { row: Box::new(row), why: FigureProblem::Others(unit, doubt) },
    }
}
