//! Records and counts → bytes in every format. Writers only: nothing is printed, no file is opened,
//! and one record at a time is enough, so that an export of any size needs no memory.

mod charts;
mod citations;
mod csv;
mod exporter;
mod figures;
mod format;
mod jsonl;
mod markdown;
mod pivot;
mod record_writer;
#[cfg(test)]
pub(crate) mod sample;
mod sdmx;
mod series;
mod trend;

pub use charts::bars::{Bar, BarChart};
pub use charts::heat::{HeatCell, HeatChart, HeatRow};
pub use charts::line::{ChartLine, LineChart, PointLink, TooManyLines};
pub use citations::{CitationStyle, Cited, StyleError};
pub use csv::{COLUMNS, TextForm};
pub use exporter::{ExportError, ExportSettings, Exporter, export};
pub use figures::{FigureRow, FigureWriter};
pub use format::Format;
pub use pivot::{
    LeftOut, MAX_PIVOT_CELLS, Pivot, PivotAxis, PivotError, PivotNumber, PivotRow, PivotTable,
};
pub use record_writer::Exported;
pub use sdmx::SDMX_COLUMNS;
pub use series::{ChartUnit, SERIES_COLUMNS, series_chart, write_series};
pub use trend::{ChartWords, Measure, TREND_COLUMNS, trend_chart, write_trend};
