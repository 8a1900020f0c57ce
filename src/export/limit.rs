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
    /// So many characters, in whole texts or in excerpts of them.
    Characters {
        /// How many.
        found: u64,
        /// Whether they are of excerpts.
        excerpt: bool,
    },
}

impl ExportLimit {
    /// Whether a document for Word holds so many articles.
    pub(super) fn check_articles(articles: u64) -> Result<(), Self> {
        if articles > MAX_DOCX_ARTICLES { Err(Self::Articles(articles)) } else { Ok(()) }
    }

    /// Whether it holds texts of so many characters.
    pub(super) fn check_characters(found: u64, excerpt: bool) -> Result<(), Self> {
        if found > MAX_DOCX_CHARACTERS {
            return Err(Self::Characters { found, excerpt });
        }
        Ok(())
    }

    /// What is too much, how much there can be, and what to do.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let (found, limit) = match *self {
            Self::Articles(found) => {
                (words::articles(lang, found), words::articles(lang, MAX_DOCX_ARTICLES))
            }
            Self::Characters { found, .. } => {
                (characters(lang, found), characters(lang, MAX_DOCX_CHARACTERS))
            }
        };
        let excerpts = match *self {
            Self::Characters { excerpt: false, .. } => lang.of(
                "、只导出命中段落（--excerpt）",
                ", export the matching passages alone (--excerpt)",
            ),
            _ => "",
        };
        lang.of(
            format!("共 {found}，一个 Word 文档（docx）至多 {limit}；请缩小范围{excerpts}，或改用 html 或 epub"),
            format!("{found}, and a Word document (docx) holds at most {limit}; narrow the search{excerpts}, or use html or epub"),
        )
    }
}

fn characters(lang: Lang, count: u64) -> String {
    words::counted(lang, count, "字", ("character", "characters"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_full_at_its_limits_and_excerpts_are_advised_where_they_help() {
        assert_eq!(ExportLimit::check_articles(MAX_DOCX_ARTICLES), Ok(()));
        let articles = ExportLimit::check_articles(MAX_DOCX_ARTICLES + 1).expect_err("too many");
        assert!(!articles.text(Lang::En).contains("--excerpt"));
        for excerpt in [false, true] {
            assert_eq!(ExportLimit::check_characters(MAX_DOCX_CHARACTERS, excerpt), Ok(()));
            let found = MAX_DOCX_CHARACTERS + 1;
            let error = ExportLimit::check_characters(found, excerpt).expect_err("too many");
            assert_eq!(error, ExportLimit::Characters { found, excerpt });
            for lang in Lang::ALL {
                let said = error.text(lang);
                assert!(said.contains("8,000,001"), "{said}");
                assert_eq!(said.contains("--excerpt"), !excerpt, "{said}");
            }
        }
    }
}
