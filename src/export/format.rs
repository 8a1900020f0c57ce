//! The formats in which articles are exported.

use serde::Deserialize;
use utoipa::ToSchema;

/// A format of exported records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object per line: the whole record, byte for byte what the archive holds.
    #[default]
    Jsonl,
    /// A table for spreadsheets, see [`COLUMNS`](super::COLUMNS).
    Csv,
    /// One section per article, for reading.
    #[serde(rename = "md")]
    Markdown,
    /// Reading cards for Word, with headings and the passages that match marked.
    Docx,
    /// Reading cards as one page for a browser, to be read and printed.
    Html,
    /// Reading cards as a book for readers of EPUB.
    Epub,
}

impl Format {
    /// Every format, in the order in which they are listed to people.
    pub const ALL: [Self; 6] =
        [Self::Jsonl, Self::Csv, Self::Docx, Self::Html, Self::Epub, Self::Markdown];

    /// The word for it on the command line; also the usual extension of a file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Epub => "epub",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "JSONL",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
            Self::Docx => "Word",
            Self::Html => "HTML",
            Self::Epub => "EPUB",
        }
    }

    /// The media type, for a server that gives out the bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Epub => "application/epub+zip",
        }
    }

    /// Whether it is one of reading cards.
    #[must_use]
    pub fn is_cards(self) -> bool {
        matches!(self, Self::Docx | Self::Html | Self::Epub)
    }

    /// Whether the format shows what the query marks in an article.
    #[must_use]
    pub fn shows_marks(self) -> bool {
        self.is_cards()
    }

    /// Whether the bytes are text, which a terminal can show.
    #[must_use]
    pub fn is_text(self) -> bool {
        match self {
            Self::Jsonl | Self::Csv | Self::Markdown | Self::Html => true,
            Self::Docx | Self::Epub => false,
        }
    }
}
