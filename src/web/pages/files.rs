//! `/files`: the files that the archive is from.

use axum::extract::State;
use maud::Markup;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::pages;
use crate::pages::layout::links;
use crate::pages::{FilesPage, Frame, Section};
use crate::present::{Lang, ValueForm, whole_number};
use crate::web::api::holdings::MAX_FILES_OFFSET;
use crate::web::{AppState, Parameters, Problem};

/// Files on a page.
const SIZE: usize = 100;

/// Which of the files.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct FileListParams {
    /// Files to pass over.
    offset: String,
}

/// The page.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    mut parameters: Parameters,
) -> Result<Markup, Problem> {
    let FileListParams { offset } = parameters.take_own()?;
    let first = whole_number("offset", &offset)?.unwrap_or(0);
    if first > MAX_FILES_OFFSET {
        return Err(Problem::value("offset", &offset, ValueForm::AtMost(MAX_FILES_OFFSET)));
    }
    state
        .ask(move |opened| {
            let reports = opened.archive.file_reports_from(first, SIZE)?;
            let total = opened.archive.file_count()?;
            let (here, section) = (links::files(first), Section::Overview);
            let articles = Some(opened.articles);
            let about = Frame { lang, here, section, articles, ..Frame::default() };
            Ok(pages::files(&about, &FilesPage { reports, first, size: SIZE, total }))
        })
        .await
}
