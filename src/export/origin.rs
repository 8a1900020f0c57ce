//! Where an export comes from: the archive, the search, the day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{ArticleId, CivilDate};
use crate::present::{FigureParams, SearchParams, Selection};

/// What an export is made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExportOrigin {
    /// Version of the program.
    pub program: String,
    /// The day that 近30天 and 去年 are counted from.
    #[schema(value_type = String)]
    pub day: CivilDate,
    /// The archive.
    pub archive: ArchiveStamp,
    /// The search as it was asked for, by the names that its parameters have in addresses; `q` is the
    /// query as it was typed.
    #[schema(value_type = Object)]
    pub search: SearchParams,
    /// The normal form of the query with its synonyms, which finds the same.
    pub normal_form: String,
    /// Which values are meant, by the names that these parameters have in addresses; of rows of
    /// indicators alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub figures: Option<FigureParams>,
}

/// An archive at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchiveStamp {
    /// Changes with every ingest that changes something; a rebuild is another state, too.
    pub state: String,
    /// How many articles it has.
    pub articles: u64,
}

impl ExportOrigin {
    /// What a search finds in this archive. The page that it asks for is no part of an export.
    #[must_use]
    pub fn new(selection: &Selection, archive: ArchiveStamp) -> Self {
        let Selection { params, request, .. } = selection;
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            day: request.today,
            archive,
            search: SearchParams { limit: None, ungrouped: false, ..params.from_the_start() },
            normal_form: request.query.to_string(),
            figures: None,
        }
    }
}

/// The address of an article on a server, whose own address has no slash at its end.
pub(super) fn article_link(address: &str, id: &ArticleId) -> String {
    format!("{address}/article/{id}")
}
