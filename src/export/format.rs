//! The formats in which articles are exported.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A format of exported records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object per line: the whole record, byte for byte what the archive holds.
    #[default]
    Jsonl,
    /// A table for spreadsheets, see [`COLUMNS`](super::COLUMNS).
    Csv,
    /// A workbook with the columns of the CSV as typed cells.
    Xlsx,
    /// Reading cards for Word, with headings and the passages that match marked.
    Docx,
    /// Reading cards as one page for a browser, to be read and printed.
    Html,
    /// Reading cards as a book for readers of EPUB.
    Epub,
    /// One section per article, for reading.
    #[serde(rename = "md")]
    Markdown,
    /// A list of references, one line per article, in a citation style.
    Cite,
    /// References for EndNote, NoteExpress and Zotero.
    Ris,
    /// References for BibTeX.
    #[serde(rename = "bib")]
    Bibtex,
    /// References for BibLaTeX.
    Biblatex,
    /// References for Zotero and pandoc: CSL-JSON, one array.
    CslJson,
}

impl Format {
    /// Every format, in the order in which they are listed to people.
    pub const ALL: [Self; 12] = [
        Self::Jsonl,
        Self::Csv,
        Self::Xlsx,
        Self::Docx,
        Self::Html,
        Self::Epub,
        Self::Markdown,
        Self::Cite,
        Self::Ris,
        Self::Bibtex,
        Self::Biblatex,
        Self::CslJson,
    ];

    /// Those that cite articles and do not hold their texts.
    pub const CITATIONS: [Self; 5] =
        [Self::Cite, Self::Ris, Self::Bibtex, Self::Biblatex, Self::CslJson];

    /// The word for it on the command line and in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::Markdown => "md",
            Self::Cite => "cite",
            Self::Ris => "ris",
            Self::Bibtex => "bib",
            Self::Biblatex => "biblatex",
            Self::CslJson => "csljson",
        }
    }

    /// The usual extension of a file. BibTeX and BibLaTeX have the same; a name alone means the
    /// first of [`Self::ALL`].
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Cite => "txt",
            Self::Biblatex => "bib",
            Self::CslJson => "json",
            _ => self.as_str(),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "JSONL",
            Self::Csv => "CSV",
            Self::Xlsx => "Excel",
            Self::Docx => "Word",
            Self::Html => "HTML",
            Self::Epub => "EPUB",
            Self::Markdown => "Markdown",
            Self::Cite => "GB/T 7714",
            Self::Ris => "RIS",
            Self::Bibtex => "BibTeX",
            Self::Biblatex => "BibLaTeX",
            Self::CslJson => "CSL-JSON",
        }
    }

    /// The media type, for a server that gives out the bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Epub => "application/epub+zip",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Cite => "text/plain; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            Self::Bibtex | Self::Biblatex => "application/x-bibtex; charset=utf-8",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
        }
    }

    /// Whether a file in it can begin with a byte-order mark: programs that read it take Chinese for
    /// mojibake without one.
    #[must_use]
    pub fn can_have_mark(self) -> bool {
        matches!(self, Self::Csv | Self::Ris)
    }

    /// Whether it is one of reading cards.
    #[must_use]
    pub fn is_cards(self) -> bool {
        matches!(self, Self::Docx | Self::Html | Self::Epub)
    }

    /// Whether articles are linked to where the archive is served.
    #[must_use]
    pub fn has_links(self) -> bool {
        self.is_cards() || self == Self::Xlsx
    }

    /// Whether the format shows what the query marks in an article.
    #[must_use]
    pub fn shows_marks(self) -> bool {
        self.is_cards()
    }

    /// Whether the bytes are text, which a terminal can show.
    #[must_use]
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Xlsx | Self::Docx | Self::Epub)
    }
}
