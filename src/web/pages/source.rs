//! `/source`: a file as the archive sees it. What a reader sends is compared with the names that the
//! index has; it never becomes a path.

use std::path::Path;

use axum::extract::State;
use axum::http::Uri;
use maud::Markup;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::model::{ArticleId, FileReport, LineRange, cut_confidence_is_low};
use crate::pages;
use crate::pages::layout::links;
use crate::pages::{Doubtful, Frame, SourcePage};
use crate::present::Lang;
use crate::present::{
    LineSelection, PagePictures, ReadMode, SourceView, source_view, whole_number,
};
use crate::web::api::source::no_file;
use crate::web::editing::editor::Editor;
use crate::web::editing::view::{Saved, Viewer};
use crate::web::{AppState, Detail, Parameters, Problem};

/// Pages of which pictures are looked for.
const MAX_PAGES: usize = 40;

/// Articles of a file that are all looked at for doubtful cuts.
const ALL_LOOKED_AT: u64 = 500;

/// Which rows of which file.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct RowsParams {
    /// The file, as articles have it in `source`.
    file: String,
    /// The first row, counted from 1.
    from: String,
    /// The id of an article of the file; without `from`, the rows are those around it.
    article: String,
}

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    editor: Option<Editor>,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Markup, Problem> {
    let RowsParams { file, from, article } = parameters.take_own()?;
    let saved: Saved = parameters.take_own()?;
    if file.is_empty() {
        return Err(Problem::parameter("file", Detail::FileMissing));
    }
    let from = whole_number("from", &from)?;
    let corpus = state.options().corpus.clone();
    let viewer = Viewer::new(&state, editor.as_ref(), uri.to_string(), saved);
    let login =
        (state.editing().is_some() && editor.is_none()).then(|| links::login(&uri.to_string()));
    state
        .ask(move |opened| {
            let archive = &opened.archive;
            let report = archive.file_report(&file)?.ok_or_else(no_file)?;
            let id = Some(ArticleId(article)).filter(ArticleId::is_whole);
            let found = id.map(|id| archive.get(&id)).transpose()?.unwrap_or_default();
            let article = found.into_iter().find(|record| record.source == report.source);
            let part = match (from, &article) {
                (None, Some(article)) => LineSelection::PageWith(article),
                (from, _) => {
                    LineSelection::From(u32::try_from(from.unwrap_or(1)).unwrap_or(u32::MAX).max(1))
                }
            };
            let view = source_view(archive, &corpus, &report, part, ReadMode::Page);
            let page_images = page_images(&corpus, &report, view.as_ref().ok());
            let is_whole = report.articles <= ALL_LOOKED_AT;
            let mut doubtful = if is_whole {
                archive.articles_in_lines(&report.source, LineRange(0, u32::MAX))?
            } else {
                view.iter().flat_map(|view| view.articles.clone()).collect()
            };
            doubtful.retain(|record| cut_confidence_is_low(record.cut.confidence));
            let doubtful = Doubtful { cuts: doubtful, is_whole };
            let canonical = Some(links::source(&report.source, None, None));
            let (here, articles) = (uri.to_string(), Some(opened.articles));
            let frame = Frame { lang, here, canonical, articles, ..Frame::default() };
            let edit = match viewer {
                Some(viewer) => Some(viewer.view(archive, Some(&report), None)?),
                None => None,
            };
            Ok(pages::source(
                &frame,
                &SourcePage { report, view, page_images, article, doubtful, edit, login },
            ))
        })
        .await
}

/// The pages that the articles' lines shown stand on, as far as there are pictures of them.
fn page_images(corpus: &Path, report: &FileReport, view: Option<&SourceView>) -> Vec<u32> {
    let Some(view) = view else { return Vec::new() };
    let shown = |number: u32| view.lines.binary_search_by_key(&number, |line| line.number).is_ok();
    let parts = view.articles.iter().flat_map(|record| &record.pages);
    let parts = parts.filter(|part| part.lines.iter().any(|line| shown(line.line)));
    let mut pages: Vec<u32> = parts.map(|part| part.page).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.truncate(MAX_PAGES);
    if pages.is_empty() {
        return pages;
    }
    PagePictures::pages_with(corpus, report, &pages).unwrap_or_default()
}
