//! The newest articles by the modification time of their files, whatever their dates.

use jiff::Timestamp;

use crate::model::{FileReport, Record};
use crate::search::{Filters, Request, Sort};
use crate::web::Problem;
use crate::web::archive::OpenArchive;

/// Files that are searched together.
const TOGETHER: usize = 256;

/// An article, and when its file was changed.
pub(crate) struct LatestArticle {
    pub record: Record,
    pub changed: Option<Timestamp>,
}

/// The first articles that match, those of the file that was changed last first, and among those of
/// one file the latest by their dates; of files that were changed at `since` or later.
///
/// # Errors
/// As a search.
pub(crate) fn latest(
    opened: &OpenArchive,
    request: &Request,
    since: Option<Timestamp>,
    limit: usize,
) -> Result<Vec<LatestArticle>, Problem> {
    let mut files = opened.archive.file_reports()?;
    files.retain(|file| since.is_none_or(|since| file.changed.is_some_and(|at| at >= since)));
    files.sort_by(|a, b| (b.changed, &a.source).cmp(&(a.changed, &b.source)));
    let request = Request { sort: Sort::Newest, after: None, offset: 0, ..request.clone() };
    let mut found = Vec::new();
    for files in files.chunks(TOGETHER) {
        gather(opened, &request, files, limit, &mut found)?;
        if found.len() >= limit {
            break;
        }
    }
    Ok(found)
}

/// Searches several files at once; if that gives too many articles, each half of them.
fn gather(
    opened: &OpenArchive,
    request: &Request,
    files: &[FileReport],
    limit: usize,
    found: &mut Vec<LatestArticle>,
) -> Result<(), Problem> {
    let left = limit.saturating_sub(found.len());
    if files.is_empty() || left == 0 {
        return Ok(());
    }
    let sources = files.iter().map(|file| file.source.clone()).collect();
    let filters = Filters { sources, ..request.filters.clone() };
    let results = opened.archive.search(&Request {
        filters,
        partial: false,
        limit: left,
        ..request.clone()
    })?;
    if files.len() > 1 && results.next.is_some() {
        let (first, second) = files.split_at(files.len() / 2);
        gather(opened, request, first, limit, found)?;
        return gather(opened, request, second, limit, found);
    }
    let changed = |source: &str| {
        files.iter().find(|file| file.source == source).and_then(|file| file.changed)
    };
    let mut new: Vec<LatestArticle> = results
        .hits
        .into_iter()
        .map(|hit| LatestArticle { changed: changed(&hit.record.source), record: hit.record })
        .collect();
    // Stable: within a file they stay as they were found.
    new.sort_by_key(|new| std::cmp::Reverse(new.changed));
    found.extend(new);
    Ok(())
}
