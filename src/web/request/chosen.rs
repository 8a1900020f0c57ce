//! Articles that are asked for by their ids: chosen one by one among the hits of a search, or all that
//! there are to see.

use serde::Deserialize;
use utoipa::IntoParams;

use super::{Detail, Problem, choice};
use crate::model::Record;
use crate::present::{self, NoSingle, ValueForm};
use crate::web::archive::OpenArchive;

/// Articles asked for at once at most.
pub(crate) const MAX_IDS: usize = 100;

/// Which articles of a search are exported.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChosenParams {
    /// Only these articles, at most 100, with commas between the ids or each by itself. The search marks
    /// what it finds in them, and they need not be among its hits.
    ids: Vec<String>,
    /// `all` passes over `ids`, for a form that has both; `chosen` asks for some. Without it those that
    /// are given are meant.
    scope: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Scope {
    /// It is not said.
    #[default]
    #[serde(skip)]
    Any,
    All,
    Chosen,
}

impl ChosenParams {
    /// The ids of the articles that were chosen; `None` if all are meant.
    ///
    /// # Errors
    /// When the scope has no meaning, and when there are no ids where some are to be, or too many.
    pub(crate) fn ids(&self) -> Result<Option<Vec<String>>, Problem> {
        match choice("scope", &self.scope, ValueForm::ExportScope)? {
            Scope::All => Ok(None),
            Scope::Any if self.ids.iter().all(String::is_empty) => Ok(None),
            Scope::Any | Scope::Chosen => picked(&self.ids).map(Some),
        }
    }
}

/// Ids of articles that a reader chose on a page.
///
/// # Errors
/// As [`listed`].
pub(crate) fn picked(ids: &[String]) -> Result<Vec<String>, Problem> {
    if ids.iter().all(String::is_empty) {
        return Err(Problem::parameter("ids", Detail::NothingChosen));
    }
    listed(ids)
}

/// Ids with commas between them, or each by itself.
///
/// # Errors
/// When there are none, or too many.
pub(crate) fn listed(ids: &[String]) -> Result<Vec<String>, Problem> {
    let wanted = ids.iter().flat_map(|ids| ids.split(',')).map(str::trim);
    let wanted: Vec<String> = wanted.filter(|id| !id.is_empty()).map(str::to_owned).collect();
    if wanted.is_empty() {
        return Err(Problem::parameter("ids", Detail::IdsMissing));
    }
    if wanted.len() > MAX_IDS {
        let number = wanted.len().to_string();
        return Err(Problem::value("ids", &number, ValueForm::AtMost(MAX_IDS)));
    }
    Ok(wanted)
}

/// The whole ids of the articles that have these ids, or ids that begin so.
///
/// # Errors
/// When an id belongs to no article, or several begin like it.
pub(crate) fn whole_ids(opened: &OpenArchive, ids: &[String]) -> Result<Vec<String>, Problem> {
    ids.iter().map(|id| single(opened, id).map(|record| record.id.0)).collect()
}

/// As [`present::find_single`].
///
/// # Errors
/// When there is none, and when several ids begin like this.
pub(crate) fn single(opened: &OpenArchive, id: &str) -> Result<Record, Problem> {
    let found = present::find_single(&opened.archive, id)?;
    found.map_err(|none| {
        let id = id.to_owned();
        Problem::not_found(match none {
            NoSingle::Nothing => Detail::NoArticle { id },
            NoSingle::Several(_) => Detail::NoSingleArticle { id },
        })
    })
}
