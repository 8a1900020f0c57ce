//! All rows of indicators that are meant, in one format or as a wide table.

use std::io::Write;
use std::ops::ControlFlow;

use super::exporter::{ExportCounts, ExportError};
use super::figure_settings::{FigureFileFormat, FigureSettings};
use super::figure_writer::{FigureWriter, WrittenRows};
use super::pivot::{LeftOut, Pivot};
use super::sheets::pivot::write_sheets;
use crate::model::{Indicator, Record};
use crate::search::{Archive, FigureFilter, Request};

/// What was exported of rows of indicators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExportedFigures {
    /// How much it is.
    pub counts: ExportCounts,
    /// Rows that the format has no place for.
    pub left_out: LeftOut,
    /// Cells of a wide table with several values.
    pub conflicts: u64,
}

/// Writes all rows that are meant of the articles that match.
///
/// # Errors
/// When the archive cannot be read, when a wide table cannot be made, and when `out` cannot be written
/// to.
pub fn export_figures(
    archive: &Archive,
    request: &Request,
    filter: &FigureFilter,
    settings: &FigureSettings,
    out: impl Write,
) -> Result<ExportedFigures, ExportError> {
    if settings.pivot.is_some() {
        return wide(archive, request, filter, settings, out);
    }
    let mut table = FigureWriter::begin(settings, out)?;
    each_row(archive, request, filter, &mut |record, row| Ok(table.write(record, row)?))?;
    let WrittenRows { rows, left_out, cut_cells } = table.finish()?;
    Ok(ExportedFigures {
        counts: ExportCounts { entries: rows, cut_cells },
        left_out: LeftOut { no_period: left_out, ..LeftOut::default() },
        conflicts: 0,
    })
}

fn wide(
    archive: &Archive,
    request: &Request,
    filter: &FigureFilter,
    settings: &FigureSettings,
    out: impl Write,
) -> Result<ExportedFigures, ExportError> {
    let Some((rows, columns)) = settings.pivot else { return Ok(ExportedFigures::default()) };
    let mut pivot = Pivot::new(rows, columns)?;
    let mut rows = 0;
    each_row(archive, request, filter, &mut |_, row| {
        rows += 1;
        Ok(pivot.add(row)?)
    })?;
    let table = pivot.finish();
    let entries = rows - table.left_out.total();
    let mut cut_cells = 0;
    match settings.format {
        FigureFileFormat::Xlsx => {
            table.check_sheet()?;
            cut_cells = write_sheets(&table, entries, &settings.sheets(), out)?;
        }
        FigureFileFormat::Csv | FigureFileFormat::Jsonl | FigureFileFormat::SdmxCsv => {
            table.write(out)?;
        }
    }
    let counts = ExportCounts { entries, cut_cells };
    Ok(ExportedFigures { counts, left_out: table.left_out, conflicts: table.conflicts })
}

/// Gives each row that is meant to a function, until it fails.
fn each_row(
    archive: &Archive,
    request: &Request,
    filter: &FigureFilter,
    each: &mut dyn FnMut(&Record, &Indicator) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut failed = None;
    archive.for_each_figure(request, filter, &mut |record, row| match each(record, row) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(()), Err)
}
