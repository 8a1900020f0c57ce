//! A series as a tidy table: a row for each value of each period.

use std::io::{self, Write};

use super::csv::{harmless, system_error};
use crate::search::Series;

/// The columns of a series, in order.
pub const SERIES_COLUMNS: [&str; 9] = [
    "indicator",
    "district",
    "period_from",
    "period_to",
    "value",
    "unit",
    "articles",
    "conflict",
    "article",
];

/// Writes a series as CSV (RFC 4180): values in the base unit, days as 2023-02-10; `conflict` is true
/// where articles differ on a period, `article` the first that states the value.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_series(series: &Series, out: impl Write) -> io::Result<()> {
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    table.write_record(SERIES_COLUMNS).map_err(system_error)?;
    for line in &series.lines {
        for point in &line.points {
            for value in &point.values {
                let article = value.sources.first().map_or("", |source| &source.article.0);
                table
                    .write_record([
                        &*harmless(&series.name),
                        &*harmless(line.district.as_deref().unwrap_or_default()),
                        &point.from.to_string(),
                        &point.to.to_string(),
                        &value.value.to_string(),
                        &*harmless(&line.unit),
                        &value.articles.to_string(),
                        &(point.values.len() > 1).to_string(),
                        article,
                    ])
                    .map_err(system_error)?;
            }
        }
    }
    table.flush()
}
