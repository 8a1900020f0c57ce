//! How rows of indicators are exported.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::format::Format;
use super::origin::ExportOrigin;
use super::pivot::PivotAxis;
use super::sheets::settings::SheetSettings;
use crate::present::Lang;

/// A format of rows of indicators in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FigureFileFormat {
    /// One object a line.
    #[default]
    Jsonl,
    /// A table with the keys of the objects as its head; numbers in full, days as 2023-02-10, an empty
    /// cell for what is not known.
    Csv,
    /// A workbook with typed cells.
    Xlsx,
    /// SDMX-CSV 2.0, see [`SDMX_COLUMNS`](super::SDMX_COLUMNS).
    SdmxCsv,
}

impl FigureFileFormat {
    /// The ending of a file of this format.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv | Self::SdmxCsv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type, for a server that gives out the bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jsonl => Format::Jsonl.media_type(),
            Self::Csv | Self::SdmxCsv => Format::Csv.media_type(),
            Self::Xlsx => Format::Xlsx.media_type(),
        }
    }
}

/// How rows of indicators are exported.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct FigureSettings {
    /// The format.
    pub format: FigureFileFormat,
    /// What the rows and the columns of a wide table are; else a row a value. A wide table is CSV or
    /// a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pivot: Option<(PivotAxis, PivotAxis)>,
    /// The language of the heads of a workbook.
    pub lang: Lang,
    /// Address of the server that the links of a workbook lead to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the rows come from, for a workbook, which says it.
    #[serde(skip)]
    pub origin: Option<ExportOrigin>,
}

impl FigureSettings {
    pub(super) fn sheets(&self) -> SheetSettings {
        let Self { lang, address, origin, .. } = self.clone();
        SheetSettings { lang, address, origin }
    }
}
