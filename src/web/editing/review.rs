//! `/review`: what is to be looked at, one article after the other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
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
    DecisionState, EntryState, FileDecisions, Lang, LineSelection, MAX_OFFSET, ReadMode,
    SourceView, ValueForm, is_about, source_view, whole_number,
};
use crate::search::{Archive, Filters, Request, ReviewCount, Sort};
use crate::web::{AppState, Parameters, Problem};

/// Lines that are shown before the first one of an article, and from it on.
const BEFORE: u32 = 8;
const BEHIND: u32 = 12;

/// Articles that are looked at at once, until there is one on which nobody has just decided.
const AT_ONCE: usize = 50;

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
            let mut read: HashMap<String, Vec<DecisionState>> = HashMap::new();
            let found = next(archive, review, skipped, &mut |record| {
                let known = match read.entry(record.source.clone()) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => {
                        let report = archive.file_report(&record.source)?;
                        let report = report.as_ref();
                        let known = FileDecisions::load(&folder, &record.source, report)?;
                        unknown.insert(known.states(report))
                    }
                };
                let is_waiting = |one: &DecisionState| one.state == EntryState::Waiting;
                Ok(known.iter().any(|one| is_waiting(one) && is_about(&one.entry, record)))
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

/// The article behind so many, without those on which there is a decision that waits for the index.
fn next(
    archive: &Archive,
    review: Review,
    skipped: usize,
    is_decided: &mut dyn FnMut(&Record) -> Result<bool, Problem>,
) -> Result<Option<Record>, Problem> {
    let mut offset = skipped;
    loop {
        let filters = Filters { review: vec![review], ..Filters::default() };
        let request = Request {
            filters,
            sort: Sort::Newest,
            offset,
            limit: AT_ONCE,
            group: false,
            ..Request::default()
        };
        let hits = archive.search(&request)?.hits;
        let are_all = hits.len() < AT_ONCE;
        for hit in hits {
            if !is_decided(&hit.record)? {
                return Ok(Some(hit.record));
            }
        }
        offset += AT_ONCE;
        if are_all || offset > MAX_OFFSET {
            return Ok(None);
        }
    }
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
