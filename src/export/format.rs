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
    /// A table for spreadsheets, see [`COLUMNS`].
    Csv,
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
    pub const ALL: [Self; 8] = [
        Self::Jsonl,
        Self::Csv,
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

    /// Whether the format shows what the query marks in an article.
    #[must_use]
    pub fn shows_marks(self) -> bool {
        match self {
            Self::Jsonl
            | Self::Csv
            | Self::Markdown
            | Self::Cite
            | Self::Ris
            | Self::Bibtex
            | Self::Biblatex
            | Self::CslJson => false,
        }
    }
}
