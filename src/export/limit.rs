//! How much a format can hold.

use thiserror::Error;

use crate::present::Lang;
use crate::present::words;

/// Articles in a document for Word at most: Word opens whole documents.
pub const MAX_DOCX_ARTICLES: u64 = 5_000;
/// Characters of all texts in it at most. Word takes up to 32 MB of text, and slows down long before.
pub const MAX_DOCX_CHARACTERS: u64 = 8_000_000;

/// More than a document for Word can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", self.text(Lang::En))]
pub enum ExportLimit {
    /// So many articles.
    Articles(u64),
    /// So many characters.
    Characters(u64),
}

impl ExportLimit {
    /// What is too much, how much there can be, and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (found, limit) = match *self {
            Self::Articles(found) => {
                (words::articles(lang, found), words::articles(lang, MAX_DOCX_ARTICLES))
            }
            Self::Characters(found) => {
                (characters(lang, found), characters(lang, MAX_DOCX_CHARACTERS))
            }
        };
        lang.of(
            format!("共 {found}，一个 Word 文档（docx）至多 {limit}；请缩小范围，或改用 html 或 epub"),
            format!("{found}, and a Word document (docx) holds at most {limit}; narrow the search, or use html or epub"),
        )
    }
}

fn characters(lang: Lang, count: u64) -> String {
    words::counted(lang, count, "字", ("character", "characters"))
}
