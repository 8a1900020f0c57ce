//! `/article/{id}`: an article, as far as it is known by which search the reader came to it.

use std::collections::BTreeSet;
use std::path::{self, PathBuf};

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::model::{FileReport, Record};
use crate::pages;
use crate::pages::layout::links;
use crate::pages::{ArticlePage, Frame, NotesSection, Reprint, SignedIn, Trail};
use crate::present;
use crate::present::Lang;
use crate::present::{
    Identified, LineSelection, MAX_OFFSET, NoPictures, PageMarks, PagePictures, ReadMode,
    SearchParams, SourceError, SourceView, page_marks, source_view, whole_number,
};
use crate::search::{Highlight, Request, compare};
use crate::web::archive::OpenArchive;
use crate::web::editing::editor::Editor;
use crate::web::editing::view::{Saved, Viewer};
use crate::web::{AppState, Detail, InPath, Parameters, Problem, Site};

/// Lines of the file that are shown before and behind those of the article.
const AROUND: u32 = 3;

/// Pages of an article of which pictures are looked for.
const MAX_PAGES: usize = 40;

/// Other prints that are compared with the article, and bytes of a text that is.
const COMPARED: usize = 12;
const COMPARED_BYTES: usize = 64 << 10;

/// What the page has beside the search that led to it.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct PlaceParams {
    /// The place of the article among the hits, counted from 1.
    at: String,
}

/// The page; the start of an id leads to the whole one.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    site: Site,
    editor: Option<Editor>,
    uri: Uri,
    InPath(id): InPath<String>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let PlaceParams { at } = parameters.take_own()?;
    let saved: Saved = parameters.take_own()?;
    let at = whole_number("at", &at)?.filter(|&at| at > 0);
    parameters.take_strange();
    let params = parameters.params()?.from_the_start();
    let corpus = state.options().corpus.clone();
    let back = uri.to_string();
    let viewer = Viewer::new(&state, editor.as_ref(), back, saved);
    let login =
        (state.editing().is_some() && editor.is_none()).then(|| links::login(&uri.to_string()));
    let editor = editor.and_then(|editor| editor.signed_in(&state));
    // For crawlers, where they are allowed.
    let site = state.options().sitemap.then_some(site.0);
    state
        .ask(move |opened| {
            let (here, articles) = (uri.to_string(), Some(opened.articles));
            let mut frame = Frame { lang, here, articles, ..Frame::default() };
            frame.query.clone_from(&params.q);
            let mut found = match present::find(&opened.archive, &id)? {
                Identified::Nothing => return Err(unknown(&id)),
                Identified::Several(first, total) => {
                    return Ok(pages::several(&frame, &id, &first, total).into_response());
                }
                Identified::Article(found) => found.into_iter(),
            };
            let Some(record) = found.next() else { return Err(unknown(&id)) };
            if record.id.0 != id {
                let whole = links::article(&record.id, at.map(|at| (&params, at as u64)));
                return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, whole)]).into_response());
            }
            frame.canonical = Some(links::article(&record.id, None));
            frame.structured = site.map(|site| pages::structured_article(&site, &record));
            let notes = notes(opened, &record, editor);
            let mut article = gathered(opened, &corpus, record, found.collect(), params, at)?;
            article.notes = notes;
            if let Some(viewer) = viewer {
                let report = opened.archive.file_report(&article.record.source)?;
                let record = Some(&article.record);
                article.edit = Some(viewer.view(&opened.archive, report.as_ref(), record)?);
            }
            article.login = login;
            Ok(pages::article(&frame, &article).into_response())
        })
        .await
}

/// What is noted on the article; for an editor with what there is to choose from.
fn notes(opened: &OpenArchive, record: &Record, editor: Option<SignedIn>) -> NotesSection {
    let notebook = opened.archive.notebook();
    let (mut tags, mut collections) = (Vec::new(), Vec::new());
    if editor.is_some() {
        let all: BTreeSet<&String> = notebook.articles.values().flat_map(|on| &on.tags).collect();
        tags.extend(all.into_iter().cloned());
        collections.extend(notebook.collections.keys().cloned());
    }
    let noted = notebook.on(record).unwrap_or_default();
    NotesSection { noted, editor, tags, collections }
}

fn unknown(id: &str) -> Problem {
    Problem::not_found(Detail::NoArticle { id: id.to_owned() })
}

/// Everything that the page shows.
fn gathered(
    opened: &OpenArchive,
    corpus: &path::Path,
    record: Record,
    twins: Vec<Record>,
    params: SearchParams,
    at: Option<usize>,
) -> Result<ArticlePage, Problem> {
    let archive = &opened.archive;
    // A search that cannot be read any more is no reason not to show the article.
    let request = opened.selection(&params).ok().map(|selection| selection.request);
    let highlights = match &request {
        Some(request) => archive.highlights(request, &record)?,
        None => Vec::new(),
    };
    let trail = request.zip(at).and_then(|(request, at)| trail(opened, &request, &record, at));
    let report = archive.file_report(&record.source)?;
    let around = LineSelection::Around(&record, AROUND);
    let source = match &report {
        Some(report) => source_view(archive, corpus, report, around, ReadMode::Page),
        None => Err(SourceError::Gone(PathBuf::from(&record.source))),
    };
    let neighbours = archive.neighbours(&record)?;
    let prints = archive.reprints(&record.id)?;
    let evidence = archive.reprint_evidence(&record)?;
    let others = prints.into_iter().filter(|other| other.id != record.id).enumerate();
    let reprints = others
        .map(|(place, other)| {
            let longest = record.body.len().max(other.body.len());
            let is_compared = place < COMPARED && longest <= COMPARED_BYTES;
            let comparison = is_compared.then(|| compare(&record, &other));
            let evidence = evidence.filter(|_| record.reprint_of.as_ref() == Some(&other.id));
            Reprint { record: other, comparison, evidence }
        })
        .collect();
    let page_images = match (&report, &source) {
        (Some(report), Ok(view)) => page_images(corpus, report, &record, view, &highlights),
        _ => Ok(Vec::new()),
    };
    let of_file = report.map_or(0, |report| report.articles);
    Ok(ArticlePage {
        record,
        highlights,
        params,
        trail,
        neighbours,
        of_file,
        reprints,
        notes: NotesSection::default(),
        source,
        twins,
        page_images,
        edit: None,
        login: None,
    })
}

/// The pages of an article of which there are pictures, with what is marked on them; none of a text without pages.
fn page_images(
    corpus: &path::Path,
    report: &FileReport,
    record: &Record,
    source: &SourceView,
    highlights: &[Highlight],
) -> Result<Vec<PageMarks>, NoPictures> {
    if record.pages.is_empty() {
        return Ok(Vec::new());
    }
    let mut marks = page_marks(record, &source.lines, highlights);
    marks.truncate(MAX_PAGES);
    let pages: Vec<u32> = marks.iter().map(|marks| marks.page).collect();
    let pages = PagePictures::pages_with(corpus, report, &pages)?;
    marks.retain(|marks| pages.contains(&marks.page));
    Ok(marks)
}

/// The way through the hits of the search, if the article stands at that place among them.
fn trail(opened: &OpenArchive, request: &Request, record: &Record, at: usize) -> Option<Trail> {
    if at > MAX_OFFSET {
        return None;
    }
    let first = at.saturating_sub(2);
    let request = Request { offset: first, limit: at - first + 1, ..request.clone() };
    // As above: an invalid search is reported on its own page.
    let results = opened.archive.search(&request).ok()?;
    let mut hits: Vec<Option<Record>> =
        results.hits.into_iter().map(|hit| Some(hit.record)).collect();
    let here = at - 1 - first;
    if hits.get(here)?.as_ref()?.id != record.id {
        return None;
    }
    let mut step = |place: Option<usize>| hits.get_mut(place?)?.take();
    let steps = [step(here.checked_sub(1)), step(here.checked_add(1))];
    let total = if request.group { results.stories } else { results.total };
    Some(Trail { at: at as u64, total, steps })
}
