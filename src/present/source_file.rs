//! The current state of a file of the corpus: where it is, whether it has changed since it was
//! ingested, and its lines. The only place in this module that reads the corpus, by the rules of
//! `intake`.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;
use utoipa::ToSchema;

use crate::intake;
use crate::intake::Cache;
use crate::intake::{
    Chunk, Config, ConfigError, CorpusFile, FileFormat, ReadOutcome, files_at, walk,
};
use crate::model::{FailureReason, FileReport, FileWarning, LineRange, LineRole, SourceText};
use crate::search::SearchError;

/// Whether a file has changed since it was ingested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    /// The content is the same.
    Same,
    /// The content differs, so its lines may be other ones.
    Changed,
    /// The content was not compared: the size is the same, or the ingest did not read all of it.
    Unsure,
}

/// How closely a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadMode {
    /// As much as a page needs: reading stops behind it, long lines are cut short, and of large
    /// files the content is not compared.
    Page,
    /// All of it is compared and read, and nothing cut short.
    Full,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceLine {
    /// 1-based place among what is shown of the whole file; of a text the number of the line.
    pub row: u32,
    /// 1-based line of the file. Several rows of a web page can come from one.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// Whether it was cut short.
    pub is_short: bool,
    /// Its role, if known.
    #[schema(required)]
    pub role: Option<LineRole>,
    /// The article that owns it, by its place in the file.
    #[schema(required)]
    pub owner: Option<u32>,
}

/// Why the lines of a file cannot be shown.
#[derive(Debug, Error)]
pub enum SourceError {
    /// It is not where it was.
    #[error(
        "{}: the file was moved or deleted after it was ingested; put it back, or run `dibao \
         ingest` to remove its articles", .0.display()
    )]
    Gone(PathBuf),
    /// It is there, but may not be read.
    #[error("{}: cannot be read; check its permissions", .0.display())]
    Unreadable(PathBuf),
    /// There is a file of this name below the corpus folder and one where it was at the ingest, and
    /// neither matches what was ingested.
    #[error("{}: neither of these files matches what was ingested; run `dibao ingest`", paths(.0))]
    Neither(Vec<PathBuf>),
    /// It lies outside of the corpus and is not what was ingested.
    #[error(
        "{}: it lies outside of the corpus folder and is not what was ingested; run `dibao ingest`",
        .0.display()
    )]
    Elsewhere(PathBuf),
    /// It is compressed.
    #[error("{}: the lines of a compressed file are not shown; decompress it", .0.display())]
    Compressed(PathBuf),
    /// It could not be read to where it is wanted.
    #[error("{}: {}", .0.display(), joined(.1))]
    Broken(PathBuf, Vec<FileWarning>),
    /// `corpus.toml` is not understood.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The index cannot be read.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// `a, b`.
pub(super) fn paths(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn joined(warnings: &[FileWarning]) -> String {
    warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// A larger file is not read from end to end for a page.
const MAX_COMPARED_BYTES: u64 = 32 << 20;

/// Rows on a page of a file at most.
pub const MAX_ROWS: u32 = 1_000;

/// A longer line is cut short on a page, in bytes.
const MAX_LINE_BYTES: usize = 4_000;

/// A page ends behind so many bytes.
const MAX_PAGE_BYTES: usize = 768 << 10;

/// A file that was found.
#[derive(Debug)]
pub(super) struct SourceFile {
    file: CorpusFile,
    /// Whether it has changed since it was ingested.
    pub(super) state: FileState,
}

/// Finds the file: below the corpus folder first, then where it was at the ingest. If both exist,
/// the one whose content matches the ingest is used. The paths come from the report alone, and so
/// from the index; a file outside of the corpus is given only with the content that was ingested, as
/// its name may have become a link to anything. What is read then is the file that was found here, even
/// if the name becomes a link to another one in between.
///
/// # Errors
/// When there is no such file any more, when it cannot be told which one it is, and when it is outside
/// of the corpus and has another content.
pub(super) fn locate(
    report: &FileReport,
    corpus: &Path,
    mode: ReadMode,
) -> Result<SourceFile, SourceError> {
    let below = corpus.join(&report.source);
    let stood = PathBuf::from(&report.path);
    // What is packed in an archive lies below it.
    let archive = below.ancestors().skip(1).find(|place| place.is_file()).map(Path::to_owned);
    let mut places: Vec<PathBuf> =
        [below.clone()].into_iter().chain(archive).chain([stood]).collect();
    places.retain(|place| place.is_file());
    places.dedup_by_key(|place| place.canonicalize().ok());
    let config = Config::load(corpus)?;
    let at = |place: &PathBuf| files_at(corpus, place, &config);
    let mut found: Vec<CorpusFile> = places.iter().flat_map(at).collect();
    let is_there = !found.is_empty();
    found.retain(|file| file.can_be(&report.source));
    if is_there && found.is_empty() {
        // The archive is there, and the file is no longer in it.
        return Err(SourceError::Gone(below));
    }
    if places.is_empty() && report.source.contains(r"\x") {
        // A name that is not UTF-8 is written with escapes, which only the walk can resolve.
        found = walk(corpus, &[]).files;
        found.retain(|file| file.source == report.source);
    }
    if places.is_empty() && found.is_empty() {
        // The corpus folder may be another one: the place that the index knows is named.
        let known = PathBuf::from(&report.path);
        let is_known = !report.path.is_empty();
        return Err(SourceError::Gone(if is_known { known } else { below }));
    }
    let compare = |file: &CorpusFile| {
        if report.hash.is_empty() {
            return FileState::Unsure;
        }
        if file.bytes != report.bytes {
            return FileState::Changed;
        }
        if mode == ReadMode::Page && file.bytes > MAX_COMPARED_BYTES {
            // Outside of the corpus it must at least be as old as it was.
            let may_be_it = lies_in(corpus, file) || is_as_old(file, report);
            return if may_be_it { FileState::Unsure } else { FileState::Changed };
        }
        let is_same = file.content_hash().is_ok_and(|now| now == report.hash);
        if is_same { FileState::Same } else { FileState::Changed }
    };
    let states: Vec<FileState> = found.iter().map(compare).collect();
    let is_it = states.iter().position(|state| *state != FileState::Changed);
    let (found, state) = match (is_it, found.len()) {
        (Some(at), _) => (found.swap_remove(at), states[at]),
        (None, 1) => (found.swap_remove(0), FileState::Changed),
        (None, 0) => {
            let place = places.into_iter().next().unwrap_or(below);
            return Err(SourceError::Unreadable(place));
        }
        (None, _) => {
            return Err(SourceError::Neither(found.into_iter().map(|file| file.path).collect()));
        }
    };
    let is_it = match state {
        FileState::Same => true,
        FileState::Unsure => is_as_old(&found, report),
        FileState::Changed => false,
    };
    if !is_it && !lies_in(corpus, &found) {
        return Err(SourceError::Elsewhere(found.path));
    }
    match found.format {
        FileFormat::JsonlZst => Err(SourceError::Compressed(found.path)),
        FileFormat::Text
        | FileFormat::Html
        | FileFormat::Document
        | FileFormat::Jsonl
        | FileFormat::Scan
        | FileFormat::Picture => Ok(SourceFile { file: found, state }),
    }
}

/// Whether a file was last changed when the ingest says.
fn is_as_old(file: &CorpusFile, report: &FileReport) -> bool {
    let changed = file.modified.and_then(|time| Timestamp::try_from(time).ok());
    changed
        .is_some_and(|time| report.changed.is_some_and(|then| time.as_second() == then.as_second()))
}

/// Whether a file really lies below the corpus folder.
fn lies_in(corpus: &Path, file: &CorpusFile) -> bool {
    corpus.canonicalize().is_ok_and(|corpus| file.real.starts_with(corpus))
}

impl SourceFile {
    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.file.path
    }

    /// As the walk found it.
    pub(super) fn found(&self) -> &CorpusFile {
        &self.file
    }

    /// Whether it is a file of articles, each in a line of its own.
    pub(super) fn has_articles(&self) -> bool {
        self.file.format == FileFormat::Jsonl
    }

    /// Hands the lines to the collector until it is full; `index` is the folder of the index, beside which
    /// recognised text is kept. Gives the warnings that are worth being
    /// told.
    pub(super) fn read(
        &self,
        corpus: &Path,
        report: &FileReport,
        index: &Path,
        collector: &mut LineCollector,
    ) -> Result<Vec<FileWarning>, SourceError> {
        let is_page = collector.mode == ReadMode::Page;
        if self.has_articles() && is_page && report.encoding == "utf-8" {
            self.read_from(collector)?;
            return Ok(Vec::new());
        }
        let cache = Cache::beside(index);
        // Who waits for a page waits for no office program.
        let mut config = Config::load(corpus)?.without_programs(cache.clone());
        if let Some(name) = &report.recognised {
            config = config.recalling(name, cache);
        }
        // The lines of a file of articles are shown as they stand.
        let shown = match self.file.format {
            FileFormat::Jsonl => CorpusFile { format: FileFormat::Text, ..self.file.clone() },
            _ => self.file.clone(),
        };
        // What is no plain text is read as a whole.
        let is_plain = matches!(shown.format, FileFormat::Text | FileFormat::Jsonl);
        let mut reader = if is_page && is_plain {
            intake::read_in_small_chunks(&shown, &config)
        } else {
            intake::read(&shown, &config)
        };
        for chunk in reader.by_ref() {
            let Chunk::Text(text) = chunk else { continue };
            if collector.add(&text) && is_page {
                return Ok(Vec::new());
            }
        }
        let read = reader.finish();
        if read.outcome == ReadOutcome::Unreadable {
            return Err(SourceError::Broken(self.file.path.clone(), read.warnings));
        }
        let is_told = !is_page || matches!(read.outcome, ReadOutcome::Empty | ReadOutcome::Binary);
        Ok(if is_told { read.warnings } else { Vec::new() })
    }

    /// Goes to the lines that are wanted without reading those before.
    fn read_from(&self, collector: &mut LineCollector) -> Result<(), SourceError> {
        let broken = |error: io::Error| {
            let warning = FileWarning::Unreadable { reason: FailureReason::said(&error) };
            SourceError::Broken(self.file.path.clone(), vec![warning])
        };
        collector.row = collector.first() - 1;
        for line in intake::lines_from(&self.file, collector.first()).map_err(broken)? {
            let (number, text) = line.map_err(broken)?;
            if collector.add_line(number, &text, false) {
                break;
            }
        }
        Ok(())
    }
}

/// Gathers the lines that are wanted.
pub(super) struct LineCollector {
    /// Rows that are wanted, in order.
    wanted: Vec<LineRange>,
    mode: ReadMode,
    row: u32,
    number: u32,
    lines: Vec<SourceLine>,
    bytes: usize,
    next: Option<u32>,
}

impl LineCollector {
    /// For these rows, in order; never empty.
    pub(super) fn new(wanted: Vec<LineRange>, mode: ReadMode) -> Self {
        Self { wanted, mode, row: 0, number: 0, lines: Vec::new(), bytes: 0, next: None }
    }

    /// The lines, and the row at which the next page begins.
    pub(super) fn finish(self) -> (Vec<SourceLine>, Option<u32>) {
        (self.lines, self.next)
    }

    fn first(&self) -> u32 {
        self.wanted.first().map_or(1, |rows| rows.0.max(1))
    }

    /// Takes what is wanted of a text; whether nothing behind it is.
    fn add(&mut self, text: &SourceText) -> bool {
        (0..).zip(&text.lines).any(|(index, line)| {
            // A line that is longer than a chunk goes on in the next one.
            let goes_on = index == 0 && line.number == self.number;
            self.add_line(line.number, text.line(index), goes_on)
        })
    }

    fn add_line(&mut self, number: u32, text: &str, goes_on: bool) -> bool {
        if !goes_on {
            self.row += 1;
            self.number = number;
            if self.is_full() {
                return true;
            }
            let row = self.row;
            if !self.wanted.iter().any(|rows| rows.0 <= row && row <= rows.1) {
                return false;
            }
            let text = String::new();
            let line = SourceLine { row, number, text, is_short: false, role: None, owner: None };
            self.lines.push(line);
        }
        self.go_on(text);
        false
    }

    /// Adds to the last line, if that is the one that was read last.
    fn go_on(&mut self, text: &str) {
        let Some(line) = self.lines.last_mut().filter(|line| line.row == self.row) else { return };
        let room = match self.mode {
            ReadMode::Page => MAX_LINE_BYTES.saturating_sub(line.text.len()),
            ReadMode::Full => usize::MAX,
        };
        let fits = |end: &usize| text.is_char_boundary(*end);
        let end = (0..=room.min(text.len())).rev().find(fits).unwrap_or(0);
        line.is_short |= end < text.len();
        line.text.push_str(text.get(..end).unwrap_or_default());
        self.bytes += end;
    }

    /// Whether what is asked for ends before the current row, and where the next page begins.
    fn is_full(&mut self) -> bool {
        if self.mode == ReadMode::Full {
            return false;
        }
        let is_behind = self.wanted.iter().all(|rows| rows.1 < self.row);
        let is_long = self.lines.len() >= MAX_ROWS as usize || self.bytes >= MAX_PAGE_BYTES;
        if is_long && !is_behind {
            self.next = Some(self.row);
        }
        is_long || is_behind
    }
}
