//! A file as the archive sees it: its lines with what each was taken for and the article that owns
//! it, as many as are looked at.

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use utoipa::ToSchema;

use super::locate::{SourceError, Standing, locate};
use super::roles::{Known, by_cutting, by_report};
use crate::intake;
use crate::intake::{Chunk, Config, CorpusFile, FileFormat, ReadOutcome};
use crate::model::{FileReport, Line, LineRange, LineRole, Record, SourceText};
use crate::search::Archive;

/// Rows on a page of a file at most.
pub const ROWS: u32 = 1_000;

/// Rows before the one that is looked for.
pub const LEAD: u32 = 20;

/// A longer line is cut short on a page, in bytes.
const MAX_LINE_CHARS: usize = 4_000;

/// A page ends behind so many bytes.
const HEAVIEST: usize = 768 << 10;

/// A larger file is not cut again to tell what a line inside of an article is.
const CUT_AGAIN: u64 = 2 << 20;

/// How closely a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As much as a page needs: reading stops behind it, long lines are cut short, and of large
    /// files the content is not compared.
    Page,
    /// All of it is compared and read, and nothing cut short.
    Thorough,
}

/// Which lines of a file.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A page from this row on, counted from 1.
    From(u32),
    /// A page from a little before an article on.
    PageWith(&'a Record),
    /// The lines of an article and so many before and behind each run of them.
    Around(&'a Record, u32),
}

impl<'a> Part<'a> {
    fn article(self) -> Option<&'a Record> {
        match self {
            Self::From(_) => None,
            Self::PageWith(record) | Self::Around(record, _) => Some(record),
        }
    }
}

/// Some lines of a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceView {
    /// Where it was found.
    #[serde(skip)]
    #[schema(ignore)]
    pub path: PathBuf,
    /// Whether it is what was taken in.
    pub standing: Standing,
    /// The lines, in order.
    pub lines: Vec<SourceLine>,
    /// The articles that own some of these lines, in the order of the file.
    #[serde(skip)]
    #[schema(ignore)]
    pub articles: Vec<Record>,
    /// The row at which the next page begins; none at the end of what was asked for.
    #[schema(required)]
    pub next: Option<u32>,
    /// What a person should know about how it was read just now.
    pub warnings: Vec<String>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceLine {
    /// 1-based place among what is shown of the whole file; of a text the number of the line.
    pub row: u32,
    /// 1-based line of the file. Several rows of a web page can come from one.
    pub number: u32,
    /// What stands there.
    pub text: String,
    /// Whether it is longer than what is shown of it.
    pub is_short: bool,
    /// What it was taken for, as far as that is known.
    #[schema(required)]
    pub role: Option<LineRole>,
    /// The article that owns it, by its place in the file.
    #[schema(required)]
    pub owner: Option<u32>,
}

/// Lines of a file. The file is found by what the index says of it; nothing else reaches the file
/// system.
///
/// # Errors
/// When the file is gone or cannot be read, and when the index cannot be read.
pub fn source_view(
    archive: &Archive,
    corpus: &Path,
    report: &FileReport,
    part: Part<'_>,
    look: Look,
) -> Result<SourceView, SourceError> {
    let (file, standing) = locate(report, corpus, look)?;
    let config = Config::load(corpus)?;
    let is_cut = match file.format {
        FileFormat::Html => true,
        FileFormat::Text => {
            look == Look::Page && standing == Standing::Same && file.bytes <= CUT_AGAIN
        }
        FileFormat::Jsonl | FileFormat::JsonlZst => false,
    };
    let whole = LineRange(0, u32::MAX);
    let mut records =
        if is_cut { archive.articles_in_lines(&report.source, whole)? } else { Vec::new() };
    let mut page = Page::new(part, look);
    let is_plain = file.format == FileFormat::Jsonl && report.encoding == "utf-8";
    let warnings = if is_plain && look == Look::Page {
        take_lines(&file, &mut page)?;
        Vec::new()
    } else {
        take_texts(&file, &config, &records, is_cut, &mut page)?
    };
    let Page { mut lines, next, is_known, .. } = page;
    if lines.is_empty() && matches!(part, Part::PageWith(_)) {
        // What is there now has no such article.
        return source_view(archive, corpus, report, Part::From(1), look);
    }
    if !is_known && let (Some(first), Some(last)) = (lines.first(), lines.last()) {
        let range = LineRange(first.number, last.number);
        records = archive.articles_in_lines(&report.source, range)?;
        records.extend(part.article().filter(|own| !records.contains(own)).cloned());
        by_report(&mut lines, report, &records, file.format, standing);
    }
    records.retain(|record| lines.iter().any(|line| line.owner == Some(record.ordinal)));
    Ok(SourceView { path: file.path, standing, lines, articles: records, next, warnings })
}

/// Goes to the lines of a file of articles that are wanted without reading those before.
fn take_lines(file: &CorpusFile, page: &mut Page<'_>) -> Result<(), SourceError> {
    let broken = |error: io::Error| SourceError::Broken(error.to_string());
    let first = page.first_line();
    page.row = first - 1;
    for line in intake::lines_from(file, first).map_err(broken)? {
        let (number, text) = line.map_err(broken)?;
        let lines = vec![Line { span: 0..text.len(), number }];
        page.take(&SourceText { text, lines, ..SourceText::default() }, None);
        if page.is_full {
            break;
        }
    }
    Ok(())
}

/// Reads texts; gives the warnings that are worth being told.
fn take_texts(
    file: &CorpusFile,
    config: &Config,
    records: &[Record],
    is_cut: bool,
    page: &mut Page<'_>,
) -> Result<Vec<String>, SourceError> {
    // The lines of a file of articles are shown as they stand.
    let shown = match file.format {
        FileFormat::Jsonl => CorpusFile { format: FileFormat::Text, ..file.clone() },
        _ => file.clone(),
    };
    let mut reading = match page.look {
        Look::Page if !is_cut => intake::read_in_small_chunks(&shown, config),
        _ => intake::read(&shown, config),
    };
    let mut before = 0;
    for chunk in reading.by_ref() {
        let Chunk::Text(source) = chunk else { continue };
        let known = is_cut.then(|| by_cutting(&source, records, &mut before));
        // What is cut otherwise than it was then is no page of the archive; of web pages there is
        // nothing else to go by.
        let trusted = known.filter(|known| known.agrees || file.format == FileFormat::Html);
        page.take(&source, trusted.as_ref());
        if page.is_full && page.look == Look::Page {
            return Ok(Vec::new());
        }
    }
    let report = reading.finish();
    if report.outcome == ReadOutcome::Unreadable {
        return Err(SourceError::Broken(report.warnings.join("; ")));
    }
    let is_told = page.look == Look::Thorough
        || matches!(report.outcome, ReadOutcome::Empty | ReadOutcome::Binary);
    Ok(if is_told { report.warnings } else { Vec::new() })
}

/// The lines that are gathered.
struct Page<'a> {
    part: Part<'a>,
    look: Look,
    /// The first row, once it is known.
    start: Option<u32>,
    row: u32,
    number: u32,
    lines: Vec<SourceLine>,
    bytes: usize,
    next: Option<u32>,
    /// Whether roles and owners of the lines are.
    is_known: bool,
    is_full: bool,
}

impl<'a> Page<'a> {
    fn new(part: Part<'a>, look: Look) -> Self {
        let start = match part {
            Part::From(row) => Some(row),
            Part::PageWith(_) | Part::Around(..) => None,
        };
        Self {
            part,
            look,
            start,
            row: 0,
            number: 0,
            lines: Vec::new(),
            bytes: 0,
            next: None,
            is_known: false,
            is_full: false,
        }
    }

    /// The first line that is wanted, as far as lines are rows.
    fn first_line(&self) -> u32 {
        let first = |record: &Record| record.lines.first().map_or(1, |own| own.0);
        match self.part {
            Part::From(row) => row.max(1),
            Part::PageWith(record) => lead_of(first(record)),
            Part::Around(record, around) => first(record).saturating_sub(around).max(1),
        }
    }

    fn take(&mut self, source: &SourceText, known: Option<&Known>) {
        self.is_known |= known.is_some();
        if let Part::PageWith(record) = self.part
            && self.start.is_none()
        {
            self.start = match known {
                None => record.lines.first().map(|own| lead_of(own.0)),
                Some(known) => {
                    let at = known.lines.iter().position(|line| line.1 == Some(record.ordinal));
                    at.map(|at| lead_of(self.row + at as u32 + 1))
                }
            };
        }
        for (index, line) in source.lines.iter().enumerate() {
            let text = source.line(index);
            // A line that is longer than a part goes on in the next one.
            let goes_on = index == 0 && known.is_none() && line.number == self.number;
            if goes_on {
                self.go_on(text);
                continue;
            }
            self.row += 1;
            self.number = line.number;
            if self.ends_before(line.number) {
                self.is_full = true;
                return;
            }
            if !self.wants(index, line.number, known) {
                continue;
            }
            let (role, owner) =
                known.and_then(|known| known.lines.get(index)).copied().unwrap_or_default();
            self.lines.push(SourceLine {
                row: self.row,
                number: line.number,
                text: String::new(),
                is_short: false,
                role,
                owner,
            });
            self.go_on(text);
        }
    }

    /// Adds to the last line, if that is the one that was read last.
    fn go_on(&mut self, text: &str) {
        let Some(line) = self.lines.last_mut().filter(|line| line.row == self.row) else { return };
        let room = match self.look {
            Look::Page => MAX_LINE_CHARS.saturating_sub(line.text.len()),
            Look::Thorough => usize::MAX,
        };
        let fits = |end: &usize| text.is_char_boundary(*end);
        let end = (0..=room.min(text.len())).rev().find(fits).unwrap_or(0);
        line.is_short |= end < text.len();
        line.text.push_str(text.get(..end).unwrap_or_default());
        self.bytes += end;
    }

    /// Whether the page ends before the current row, and where the next one begins.
    fn ends_before(&mut self, number: u32) -> bool {
        let limited = self.look == Look::Page;
        let many = self.lines.len() >= ROWS as usize || self.bytes >= HEAVIEST;
        let is_behind = match self.part {
            // Behind the last line of an article, as far as lines are rows.
            Part::Around(record, around) if !self.is_known => {
                let last = record.lines.iter().map(|own| own.1).max().unwrap_or(0);
                number > last.saturating_add(around)
            }
            _ => false,
        };
        if limited && many && !is_behind {
            self.next = Some(self.row);
        }
        limited && (many || is_behind)
    }

    fn wants(&self, index: usize, number: u32, known: Option<&Known>) -> bool {
        let Part::Around(record, around) = self.part else {
            return self.start.is_some_and(|start| start <= self.row);
        };
        match known {
            Some(known) => {
                let (from, to) = (index.saturating_sub(around as usize), index + around as usize);
                let near = known.lines.iter().take(to + 1).skip(from);
                near.into_iter().any(|line| line.1 == Some(record.ordinal))
            }
            None => record.lines.iter().any(|own| {
                own.0.saturating_sub(around) <= number && number <= own.1.saturating_add(around)
            }),
        }
    }
}

/// Where a page begins that is to show a row.
fn lead_of(row: u32) -> u32 {
    row.saturating_sub(LEAD).max(1)
}
