//! Records and counts → bytes in every format, and what was written compared with the archive. Nothing
//! is printed, and no file is opened but temporary ones. Exports take one record at a time and need little
//! memory; wide tables, and what is compared entry by entry, are held whole.

mod again;
mod cards;
mod charts;
mod citations;
mod csv;
mod entries;
mod exporter;
mod figure_export;
mod figure_settings;
mod figure_writer;
mod figures;
mod format;
mod jsonl;
mod limit;
mod manifest;
mod markdown;
mod origin;
mod pivot;
mod record_writer;
#[cfg(test)]
pub(crate) mod sample;
mod sdmx;
mod series;
mod sheets;
mod temporary;
mod trend;

pub use charts::bars::{Bar, BarChart};
pub use charts::heat::{HeatCell, HeatChart, HeatRow};
pub use charts::line::{ChartLine, LineChart, PointLink, TooManyLines};
pub use citations::{CitationStyle, Cited, StyleError};
pub use csv::COLUMNS;
pub use entries::{EntryDifferences, EntryForm, ExportEntries};
pub use exporter::{ExportCounts, ExportError, ExportSettings, Exporter, count_for_export, export};
pub use figure_export::{ExportedFigures, export_figures};
pub use figure_settings::{FigureFileFormat, FigureSettings};
pub use figures::FigureRow;
pub use format::Format;
pub use limit::{ExportLimit, MAX_DOCX_ARTICLES, MAX_DOCX_CHARACTERS};
pub use manifest::{
    DigestWriter, ExportContents, ExportFile, ExportManifest, FileDigest, MANIFEST_ENDING,
};
pub use origin::{ArchiveStamp, ExportOrigin};
pub use pivot::{
    LeftOut, MAX_PIVOT_CELLS, Pivot, PivotAxis, PivotError, PivotNumber, PivotRow, PivotTable,
};
pub use record_writer::Exported;
pub use sdmx::SDMX_COLUMNS;
pub use series::{ChartUnit, SERIES_COLUMNS, series_chart, write_series};
pub use temporary::TemporaryFileError;
pub use trend::{ChartWords, Measure, TREND_COLUMNS, trend_chart, write_trend};
