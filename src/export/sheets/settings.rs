//! What every workbook is told.

use crate::export::origin::{ExportOrigin, article_link};
use crate::model::{ArticleId, CivilDate};
use crate::present::Lang;

/// How a workbook speaks, where its links lead, and where its rows come from.
#[derive(Debug, Clone, Default)]
pub(in crate::export) struct SheetSettings {
    /// The language of heads and of the last sheet.
    pub(in crate::export) lang: Lang,
    /// Address of the server that links lead to; without one there are none.
    pub(in crate::export) address: Option<String>,
    /// What the last sheet says of search and archive.
    pub(in crate::export) origin: Option<ExportOrigin>,
}

impl SheetSettings {
    /// The day of the export.
    pub(super) fn day(&self) -> Option<CivilDate> {
        self.origin.as_ref().map(|origin| origin.day)
    }

    /// The address of an article.
    pub(super) fn link(&self, id: &ArticleId) -> Option<String> {
        self.address.as_deref().map(|address| article_link(address, id))
    }
}
