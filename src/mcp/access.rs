//! What a tool may ask: the archive as it is now, on behalf of a caller.

use std::path::Path;

use super::{Reply, ToolError};
use crate::model::{ArticleId, CivilDate, Record};
use crate::present;
use crate::present::{Lang, NoSingle, PageLimits, SearchParams, Selection};
use crate::query::Synonyms;
use crate::search::{Archive, SearchError};

/// A question to the archive; it blocks.
pub(crate) type Question =
    Box<dyn FnOnce(&ToolContext<'_>) -> Result<Reply, ToolError> + Send + 'static>;

/// Who lets questions into the archive: within limits, and over the index as it is now.
pub(crate) trait ArchiveAccess: Clone + Send + Sync + 'static {
    /// Answers a question, or says in a sentence of the caller's language why there is no answer.
    fn ask(
        &self,
        caller: Caller,
        question: Question,
    ) -> impl Future<Output = Result<Reply, String>> + Send;
}

/// Whom an answer is for.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The language of the text of an answer.
    pub lang: Lang,
    /// Where the pages of the archive are, without a slash at the end: `https://archive.example`.
    pub site: Option<String>,
}

/// The archive, and for whom it is asked.
#[derive(Debug)]
pub(crate) struct ToolContext<'a> {
    pub archive: &'a Archive,
    pub synonyms: &'a Synonyms,
    /// The folder of the corpus, for the lines of files.
    pub corpus: &'a Path,
    /// Changes with the index and the synonyms.
    pub state: &'a str,
    /// The day that 近30天 is counted from.
    pub today: CivilDate,
    pub caller: &'a Caller,
}

impl ToolContext<'_> {
    /// The language of the text of an answer.
    pub(super) fn lang(&self) -> Lang {
        self.caller.lang
    }

    /// The articles and the page that are asked for.
    ///
    /// # Errors
    /// When a parameter cannot be understood.
    pub(super) fn selection(&self, params: &SearchParams) -> Result<Selection, ToolError> {
        Ok(params.selection(self.synonyms, self.today, PageLimits::SERVER)?)
    }

    /// As [`present::find_single`].
    ///
    /// # Errors
    /// When there is none, and when several ids begin like this.
    pub(super) fn single(&self, name: &'static str, id: &str) -> Result<Record, ToolError> {
        if id.is_empty() {
            return Err(ToolError::Missing { name });
        }
        let found = present::find_single(self.archive, id)?;
        found.map_err(|none| match (none, id.to_owned()) {
            (NoSingle::Nothing, id) => ToolError::NoArticle { id },
            (NoSingle::Several(count), id) => ToolError::SeveralArticles { id, count },
        })
    }

    /// The page of an article, where it is known where the pages are.
    pub(super) fn permalink(&self, id: &ArticleId) -> Option<String> {
        self.caller.site.as_ref().map(|site| format!("{site}/article/{id}"))
    }

    /// The page of an article at a row of its table of figures.
    pub(super) fn figure_permalink(&self, id: &ArticleId, row: &str) -> Option<String> {
        self.permalink(id).map(|page| format!("{page}#figure-{row}"))
    }

    /// Whether articles with only some of the words of a search are not counted.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn without_partial(&self, selection: &Selection) -> Result<bool, SearchError> {
        self.archive.can_have_partial(&selection.request)
    }
}
