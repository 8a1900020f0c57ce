//! The report on a file, put together from what intake and splitter say of its parts.

use std::collections::{BTreeMap, HashMap};

use crate::curation::{FileCorrections, Outcome};
use crate::intake::{ReadOutcome, ReadReport};
use crate::model::SplitFile;
use crate::model::{
    EntryId, FileReport, FileWarning, Issue, LineRange, LineRole, SourceText, UnplacedCorrection,
    UnplacedReason,
};

/// What a part of a file adds to the report on the whole.
#[derive(Debug, Default)]
pub(super) struct PartReport {
    publication: Option<String>,
    issue: Issue,
    lines: u64,
    lines_in_articles: u64,
    lines_elsewhere: BTreeMap<LineRole, u64>,
    elsewhere: Vec<(LineRange, LineRole)>,
    /// Role and owner of each line; owners are counted from 0 among the articles of this part.
    roles: Vec<LineRole>,
    owners: Vec<Option<u32>>,
    articles: u64,
    contents_entries: u64,
    contents_unmatched: Vec<String>,
    warnings: Vec<FileWarning>,
    corrections: Outcome,
    /// Whether the program failed on this part, so that the file must be taken in again.
    pub(super) failed: bool,
}

impl PartReport {
    /// For a text that was split.
    pub(super) fn of_text(source: &SourceText, split_file: &SplitFile) -> Self {
        let mut part = Self {
            publication: split_file.publication.clone().or_else(|| source.meta.publication.clone()),
            issue: split_file.issue.clone(),
            contents_entries: split_file.contents.len() as u64,
            roles: split_file.roles.clone(),
            owners: split_file.owners.clone(),
            articles: split_file.articles.len() as u64,
            ..Self::default()
        };
        for entry in split_file.contents.iter().filter(|entry| entry.article.is_none()) {
            part.contents_unmatched.push(entry.title.clone());
        }
        for (index, line) in source.lines.iter().enumerate() {
            let role = split_file.roles.get(index).copied().unwrap_or(LineRole::Stray);
            let owned = split_file.owners.get(index).is_some_and(Option::is_some);
            if role == LineRole::Blank {
                continue;
            }
            part.lines += 1;
            if owned || role.in_article() {
                part.lines_in_articles += 1;
            } else {
                part.stands_elsewhere(line.number, role);
            }
        }
        part
    }

    /// For articles that the file keeps apart (JSONL).
    pub(super) fn of_articles(source: &SourceText, articles: usize) -> Self {
        Self {
            publication: source.meta.publication.clone(),
            lines: articles as u64,
            lines_in_articles: articles as u64,
            articles: articles as u64,
            ..Self::default()
        }
    }

    /// For a part that the program failed on.
    pub(super) fn of_failure(warning: FileWarning) -> Self {
        Self { warnings: vec![warning], failed: true, ..Self::default() }
    }

    /// The same with what became of the corrections of the file in this part.
    pub(super) fn with_corrections(self, corrections: Outcome) -> Self {
        Self { corrections, ..self }
    }

    fn stands_elsewhere(&mut self, number: u32, role: LineRole) {
        *self.lines_elsewhere.entry(role).or_default() += 1;
        match self.elsewhere.last_mut() {
            Some((range, last)) if *last == role && number <= range.1 + 1 => range.1 = number,
            _ => self.elsewhere.push((LineRange(number, number), role)),
        }
    }

    /// Adds this part to the report, which counts its articles already.
    pub(super) fn add_to(self, report: &mut FileReport) {
        report.publication = report.publication.take().or(self.publication);
        if report.issue == Issue::default() {
            report.issue = self.issue;
        }
        report.lines += self.lines;
        report.lines_in_articles += self.lines_in_articles;
        for (role, lines) in self.lines_elsewhere {
            *report.lines_elsewhere.entry(role).or_default() += lines;
        }
        report.elsewhere.extend(self.elsewhere);
        let before = report.articles.saturating_sub(self.articles) as u32;
        report.roles.extend(&self.roles, &self.owners, before);
        report.contents_entries += self.contents_entries;
        report.contents_unmatched.extend(self.contents_unmatched);
        report.warnings.extend(self.warnings);
        report.corrections.extend(self.corrections.placed);
        report.unplaced.extend(self.corrections.unplaced);
    }
}

/// Says of each correction of a file once what became of it in its parts: whether it was placed in one
/// of them, and else why it is in none.
pub(super) fn settle_corrections(report: &mut FileReport, decided: Option<&FileCorrections>) {
    let FileReport { corrections, unplaced, .. } = report;
    corrections.sort();
    corrections.dedup();
    let told = std::mem::take(unplaced).into_iter().map(|told| (told.entry, told.reason));
    let mut reasons: HashMap<EntryId, UnplacedReason> = told.collect();
    for entry in decided.iter().flat_map(|decided| &decided.entries) {
        if corrections.binary_search(&entry.id).is_err() {
            let reason = reasons.remove(&entry.id).unwrap_or(UnplacedReason::LinesGone);
            unplaced.push(UnplacedCorrection::of(entry, reason));
        }
    }
}

/// Adds how the file was read. Without a hash the next run ingests the file again.
pub(super) fn add_receipt(report: &mut FileReport, receipt: ReadReport) {
    // Lines of a file of articles that gave none: broken ones, each named among the warnings.
    let without_article = receipt.lines.saturating_sub(report.lines);
    if without_article > 0 {
        report.lines += without_article;
        *report.lines_elsewhere.entry(LineRole::Stray).or_default() += without_article;
    }
    report.bytes = receipt.bytes;
    report.encoding = receipt.encoding.to_owned();
    report.recognised = receipt.recognised;
    report.warnings.splice(0..0, receipt.warnings);
    report.hash = match receipt.outcome {
        ReadOutcome::Read | ReadOutcome::Empty | ReadOutcome::Binary => receipt.hash,
        ReadOutcome::Unreadable | ReadOutcome::Changed => String::new(),
    };
    let is_text = matches!(receipt.outcome, ReadOutcome::Read | ReadOutcome::Changed);
    if is_text && report.articles == 0 {
        report.warnings.push(FileWarning::NoArticleFound);
    }
}
