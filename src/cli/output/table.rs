//! Tables in columns, by the width of what stands in them.

use std::io::{self, Write};

use super::wrap::{columns, pad, visible};

/// Prints rows in columns; the first row has the heads.
///
/// # Errors
/// When the output cannot be written to.
pub(crate) fn print_columns(out: &mut dyn Write, rows: &[Vec<String>]) -> io::Result<()> {
    let shown: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
    let count = shown.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |at: usize| shown.iter().filter_map(|row| row.get(at)).map(|cell| columns(cell)).max();
    let widths: Vec<usize> = (0..count).map(|at| width(at).unwrap_or(0)).collect();
    for row in &shown {
        let cells = row.iter().zip(&widths).map(|(cell, width)| pad(cell, *width));
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
