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
    /// A table for spreadsheets, see [`COLUMNS`].
    Csv,
    /// A workbook with the columns of the CSV as typed cells.
    Xlsx,
    /// One section per article, for reading.
    #[serde(rename = "md")]
    Markdown,
}

impl Format {
    /// Every format, in the order in which they are listed to people.
    pub const ALL: [Self; 4] = [Self::Jsonl, Self::Csv, Self::Xlsx, Self::Markdown];

    /// The word for it on the command line; also the usual extension of a file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Markdown => "md",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "JSONL",
            Self::Csv => "CSV",
            Self::Xlsx => "Excel",
            Self::Markdown => "Markdown",
        }
    }

    /// The media type, for a server that gives out the bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }

    /// Whether the format shows what the query marks in an article.
    #[must_use]
    pub fn shows_marks(self) -> bool {
        match self {
            Self::Jsonl | Self::Csv | Self::Xlsx | Self::Markdown => false,
        }
    }

    /// Whether the bytes are text, which a terminal can show.
    #[must_use]
    pub fn is_text(self) -> bool {
        match self {
            Self::Jsonl | Self::Csv | Self::Markdown => true,
            Self::Xlsx => false,
        }
    }
}
