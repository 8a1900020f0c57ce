//! `/review`: what is to be looked at, one article after the other.

use std::path::Path;

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;
use serde::Deserialize;
use utoipa::IntoParams;

use super::editor::Editor;
use super::view::{Saved, Viewer};
use crate::model::{FileReport, Record, Review};
use crate::pages::layout::links;
use crate::pages::{self, Frame, ReviewItem, ReviewPage};
use crate::present::{
    Lang, LineSelection, MAX_OFFSET, ReadMode, SourceView, ValueForm, history, source_view,
    whole_number,
};
use crate::search::{Archive, Filters, Request, ReviewCount, Sort};
use crate::web::{AppState, Parameters, Problem};

/// Lines that are shown before the first one of an article, and from it on.
const BEFORE: u32 = 8;
const BEHIND: u32 = 12;

/// Articles that are passed over at once because somebody has decided on them and the index does not
/// have it yet.
const MAX_PENDING: usize = 50;

/// Which article of the queue.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct QueueParams {
    /// The reason for review; else the first that there is.
    reason: String,
    /// Articles to pass over.
    skip: String,
}

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    editor: Editor,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Markup, Problem> {
    let QueueParams { reason, skip } = parameters.take_own()?;
    let saved: Saved = parameters.take_own()?;
    let skipped = whole_number("skip", &skip)?.unwrap_or(0);
    if skipped > MAX_OFFSET {
        return Err(Problem::value("skip", &skip, ValueForm::AtMost(MAX_OFFSET)));
    }
    let wanted = match reason.as_str() {
        "" => None,
        word => Some(
            Review::from_word(word)
                .ok_or_else(|| Problem::value("reason", word, ValueForm::Review))?,
        ),
    };
    let corpus = state.options().corpus.clone();
    let folder = state.options().curation.clone();
    let here = uri.to_string();
    let asking = state.clone();
    state
        .ask(move |opened| {
            let archive = &opened.archive;
            let counts = archive.review_counts(&Request::default())?;
            let review = wanted.unwrap_or_else(|| first(&counts));
            let back = links::review(review, skipped);
            let found = next(archive, review, skipped, &|record| {
                let known = history(&folder, &record.source, Some(&record.id))?;
                let report = archive.file_report(&record.source)?;
                let has = |entry| {
                    report.as_ref().is_some_and(|report| report.corrections.contains(entry))
                };
                Ok(known.iter().any(|(entry, undone)| undone.is_none() && !has(&entry.id)))
            })?;
            let viewer =
                Viewer::new(&asking, Some(&editor), back, saved).ok_or_else(Problem::no_editor)?;
            let report = match &found {
                Some(record) => archive.file_report(&record.source)?,
                None => None,
            };
            let view = viewer.view(archive, report.as_ref(), found.as_ref())?;
            let item = found.map(|record| {
                let lines = report.as_ref().filter(|_| review == Review::WeakCut);
                let lines = lines.and_then(|report| lines_at(archive, &corpus, report, &record));
                ReviewItem { record, lines }
            });
            let in_files = opened.file_findings()?;
            let articles = Some(opened.articles);
            let frame = Frame { lang, here, articles, ..Frame::default() };
            let page = ReviewPage { view, counts, review, skipped, item, in_files };
            Ok(pages::review(&frame, &page))
        })
        .await
}

/// The first reason that any article has.
fn first(counts: &[ReviewCount]) -> Review {
    let found = counts.iter().find(|count| count.count > 0);
    found.map_or(Review::WeakCut, |count| count.review)
}

/// The article behind so many, without those that somebody has decided on meanwhile.
fn next(
    archive: &Archive,
    review: Review,
    skipped: usize,
    is_decided: &dyn Fn(&Record) -> Result<bool, Problem>,
) -> Result<Option<Record>, Problem> {
    let filters = Filters { review: vec![review], ..Filters::default() };
    let request = Request {
        filters,
        sort: Sort::Newest,
        offset: skipped,
        limit: MAX_PENDING,
        group: false,
        ..Request::default()
    };
    for hit in archive.search(&request)?.hits {
        if !is_decided(&hit.record)? {
            return Ok(Some(hit.record));
        }
    }
    Ok(None)
}

/// The lines around the first one of an article; `None` where they cannot be shown.
fn lines_at(
    archive: &Archive,
    corpus: &Path,
    report: &FileReport,
    record: &Record,
) -> Option<SourceView> {
    let page = LineSelection::PageWith(record);
    let mut view = source_view(archive, corpus, report, page, ReadMode::Page).ok()?;
    if view.has_articles {
        return None;
    }
    let first = view.lines.iter().find(|line| line.owner == Some(record.ordinal))?.row;
    let near = first.saturating_sub(BEFORE)..=first + BEHIND;
    view.lines.retain(|line| near.contains(&line.row));
    Some(view)
}
