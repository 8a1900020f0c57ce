//! A file as the archive sees it: its current lines, each with the role and the article that the
//! report on the file has for it.

use std::path::{Path, PathBuf};

use serde::Serialize;
use utoipa::ToSchema;

use super::source_file::{FileState, LineCollector, ReadMode, SourceError, SourceLine, locate};
use crate::model::{FileReport, FileWarning, LineRange, LineRole, Record, RoleRun, Worded};
use crate::search::Archive;

/// Rows before the one that is looked for.
pub const LEAD: u32 = 20;

/// Which lines of a file.
#[derive(Debug, Clone, Copy)]
pub enum LineSelection<'a> {
    /// A page from this row on, counted from 1.
    From(u32),
    /// A page from a little before an article on.
    PageWith(&'a Record),
    /// The lines of an article and so many before and behind each run of them.
    Around(&'a Record, u32),
}

/// Some lines of a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceView {
    /// Where it was found.
    #[serde(skip)]
    pub path: PathBuf,
    /// Whether it has changed since it was ingested.
    #[serde(rename = "standing")]
    pub state: FileState,
    /// The lines, in order.
    pub lines: Vec<SourceLine>,
    /// The articles that own some of these lines, in the order of the file.
    #[serde(skip)]
    pub articles: Vec<Record>,
    /// Whether it is a file of articles, each in a line of its own.
    #[serde(skip)]
    pub has_articles: bool,
    /// The first row of the next page; none on the last page.
    #[schema(required)]
    pub next: Option<u32>,
    /// Warnings from reading the file now.
    #[serde(serialize_with = "Worded::list")]
    #[schema(value_type = Vec<Worded<FileWarning>>)]
    pub warnings: Vec<FileWarning>,
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
    selection: LineSelection<'_>,
    mode: ReadMode,
) -> Result<SourceView, SourceError> {
    let file = locate(report, corpus, mode)?;
    let state = file.state;
    let runs: Vec<RoleRun> = report.roles.runs().collect();
    let wanted = match selection {
        LineSelection::From(row) => vec![LineRange(row.max(1), u32::MAX)],
        LineSelection::PageWith(record) => {
            let first = rows_of(record, &runs).first().map_or(1, |rows| rows.0);
            vec![LineRange(first.saturating_sub(LEAD).max(1), u32::MAX)]
        }
        LineSelection::Around(record, around) => {
            let near = |LineRange(first, last)| {
                LineRange(first.saturating_sub(around).max(1), last.saturating_add(around))
            };
            rows_of(record, &runs).into_iter().map(near).collect()
        }
    };
    let mut collector = LineCollector::new(wanted, mode);
    let warnings = file.read(corpus, report, archive.folder(), &mut collector)?;
    let (mut lines, next) = collector.finish();
    let article = match selection {
        LineSelection::From(_) => None,
        LineSelection::PageWith(record) | LineSelection::Around(record, _) => Some(record),
    };
    if lines.is_empty() && matches!(selection, LineSelection::PageWith(_)) {
        // What is there now has no such article.
        return source_view(archive, corpus, report, LineSelection::From(1), mode);
    }
    let numbers = || lines.iter().map(|line| line.number);
    let mut records = match (numbers().min(), numbers().max()) {
        (Some(first), Some(last)) => {
            archive.articles_in_lines(&report.source, LineRange(first, last))?
        }
        _ => Vec::new(),
    };
    records.extend(article.filter(|own| !records.contains(own)).cloned());
    for line in &mut lines {
        attribute(line, &runs, &records, file.has_articles(), state);
    }
    records.retain(|record| lines.iter().any(|line| line.owner == Some(record.ordinal)));
    let path = file.path().to_owned();
    let has_articles = file.has_articles();
    Ok(SourceView { path, state, lines, articles: records, has_articles, next, warnings })
}

/// The rows of an article, in order: by the roles of the file's lines, of a file of articles its
/// lines.
fn rows_of(record: &Record, runs: &[RoleRun]) -> Vec<LineRange> {
    let own = runs.iter().filter(|run| run.owner == Some(record.ordinal));
    let own: Vec<LineRange> = own.map(|run| run.rows).collect();
    if own.is_empty() { record.lines.clone() } else { own }
}

/// Fills in role and owner of a line.
fn attribute(
    line: &mut SourceLine,
    runs: &[RoleRun],
    records: &[Record],
    has_articles: bool,
    state: FileState,
) {
    let at = runs.partition_point(|run| run.rows.1 < line.row);
    let run = runs.get(at).filter(|run| run.rows.0 <= line.row);
    line.owner = match run {
        Some(run) => run.owner,
        None if !runs.is_empty() => None,
        None => {
            let owns = |own: &LineRange| own.0 <= line.number && line.number <= own.1;
            let owner = records.iter().find(|record| record.lines.iter().any(owns));
            owner.map(|record| record.ordinal)
        }
    };
    line.role = if line.text.trim().is_empty() {
        Some(LineRole::Blank)
    } else if has_articles && line.owner.is_none() {
        Some(LineRole::Stray)
    } else if state == FileState::Changed {
        // Another line may stand there now.
        None
    } else {
        run.map(|run| run.role)
    };
}
