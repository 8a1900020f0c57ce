//! `/api/v1/saved`: the searches that are saved under names.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::curation::{CurationError, CurationFolder, SavedSearch, SavedSearches};
use crate::present::{Lang, SearchParams, errors, saved_params};
use crate::search::SearchError;
use crate::web::archive::OpenArchive;
use crate::web::{AppState, Detail, NoParams, Only, Problem};

/// The saved searches.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedList {
    /// In the order of their names.
    pub(crate) searches: Vec<SavedCount>,
    /// Entries of the file that cannot be read.
    pub(crate) unreadable: usize,
}

/// A saved search.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedCount {
    /// Its name.
    pub(crate) name: String,
    /// The search, as it stands behind the `?` of its address.
    pub(crate) search: String,
    /// The articles that match; `null` where it cannot be searched for.
    #[schema(required)]
    pub(crate) articles: Option<u64>,
    /// Why it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    /// Who saved it; empty where nobody is named.
    pub(crate) by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: jiff::Timestamp,
    /// The parameters; `None` where they cannot be understood.
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) params: Option<SearchParams>,
}

/// List the saved searches
///
/// With the number of their articles. `/feed?saved=NAME` is the feed of one.
#[utoipa::path(get, path = "/api/v1/saved", tag = "archive", responses(
    (status = 200, description = "The saved searches", body = SavedList),
))]
pub(crate) async fn saved(
    State(state): State<AppState>,
    _: Only<NoParams>,
) -> Result<Json<SavedList>, Problem> {
    let folder = state.options().curation.clone();
    let list = state.ask(move |opened| list(opened, &folder, Lang::En));
    Ok(Json(list.await?))
}

/// The saved searches with their counts; errors in a language.
///
/// # Errors
/// When the file or the index cannot be read.
pub(crate) fn list(
    opened: &OpenArchive,
    folder: &CurationFolder,
    lang: Lang,
) -> Result<SavedList, Problem> {
    let saved = SavedSearches::read(folder).map_err(|error| unreadable(&error))?;
    let searches = saved.searches.into_iter().map(|entry| count(opened, entry, lang));
    Ok(SavedList { searches: searches.collect::<Result<_, _>>()?, unreadable: saved.faults.len() })
}

/// The saved search of a name.
///
/// # Errors
/// When there is none, when it cannot be understood, and when the file cannot be read.
pub(crate) fn named(folder: &CurationFolder, name: &str) -> Result<SearchParams, Problem> {
    let saved = SavedSearches::read(folder).map_err(|error| unreadable(&error))?;
    let none = || Problem::not_found(Detail::NoSavedSearch { name: name.to_owned() });
    Ok(saved_params(saved.get(name).ok_or_else(none)?)?)
}

fn count(opened: &OpenArchive, entry: SavedSearch, lang: Lang) -> Result<SavedCount, Problem> {
    let params = saved_params(&entry);
    let selection = params.clone().and_then(|params| opened.parse(&params));
    let counted = match selection {
        Err(error) => Err(errors::error(lang, &error)),
        Ok(selection) => match opened.counted(&entry.search, &selection.request) {
            Ok(articles) => Ok(articles),
            Err(error @ (SearchError::Index(_) | SearchError::Engine { .. })) => {
                return Err(error.into());
            }
            Err(error) => Err(errors::error(lang, &error)),
        },
    };
    let SavedSearch { name, search, by, at, .. } = entry;
    let (articles, error) = (counted.as_ref().ok().copied(), counted.err());
    Ok(SavedCount { name, search, articles, error, by, at, params: params.ok() })
}

/// The message names folders of the server, so it goes to the log alone.
fn unreadable(error: &CurationError) -> Problem {
    tracing::error!(%error, "the saved searches cannot be read");
    Problem::internal()
}
