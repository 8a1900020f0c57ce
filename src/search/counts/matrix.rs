//! How many of the matching articles have one thing and another: districts by months, topics by
//! districts.

use std::collections::HashMap;

use serde::Serialize;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::axis::{AxisValue, AxisValues, MatrixAxis, SegmentAxisValues};
use crate::search::collect::BlockCollector;
use crate::search::{Archive, Request, SearchError};

/// Columns of a matrix at most.
pub const MAX_COLUMNS: usize = 600;

/// How many articles have what of two dimensions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// Most first; periods in order of time, without those that have no articles.
    pub rows: Vec<MatrixRow>,
    /// Most first; periods in order of time, also those without articles, but of a long gap none,
    /// see [`MatrixColumn::skipped`].
    pub columns: Vec<MatrixColumn>,
    /// Rows that were left out: those with the fewest articles; of periods the earliest.
    pub more_rows: usize,
    /// Columns that were left out, likewise.
    pub more_columns: usize,
    /// Articles without anything that a row could stand for.
    pub without_row: u64,
    /// Articles without anything that a column could stand for.
    pub without_column: u64,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    /// What it stands for.
    pub name: String,
    /// Articles, whether a column counts them or not.
    pub count: u64,
    /// Articles for each of the columns.
    pub cells: Vec<u64>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixColumn {
    /// What it stands for.
    pub name: String,
    /// Articles, whether a row counts them or not.
    pub count: u64,
    /// Periods without articles that are left out before this one: those of a gap that is longer
    /// than [`MAX_GAP_COLUMNS`](super::axis::MAX_GAP_COLUMNS). Otherwise 0.
    pub skipped: usize,
}

impl Archive {
    /// Counts the matching articles by two dimensions in one pass; of rows and of columns at most so
    /// many, and of columns never more than [`MAX_COLUMNS`].
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn matrix(
        &self,
        request: &Request,
        rows: MatrixAxis,
        columns: MatrixAxis,
        most_rows: usize,
        most_columns: usize,
    ) -> Result<Matrix, SearchError> {
        let mut counter = MatrixCollector {
            rows: AxisValues::new(rows),
            columns: AxisValues::new(columns),
            segment: None,
            cells: HashMap::new(),
        };
        self.collect(&*self.matching(request)?, &mut [&mut counter])?;
        Ok(counter.matrix(most_rows, most_columns.min(MAX_COLUMNS)))
    }
}

struct MatrixCollector {
    rows: AxisValues,
    columns: AxisValues,
    segment: Option<[SegmentAxisValues; 2]>,
    /// Articles by row and column.
    cells: HashMap<(u32, u32), u64>,
}

impl BlockCollector for MatrixCollector {
    fn for_segment(&mut self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.segment = Some([self.rows.segment(reader)?, self.columns.segment(reader)?]);
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Self { rows, columns, segment, cells } = self;
        let Some([row_values, column_values]) = segment else { return };
        for &doc in docs {
            let of_columns = columns.of(column_values, doc);
            for &row in rows.of(row_values, doc) {
                for &column in of_columns {
                    *cells.entry((row, column)).or_default() += 1;
                }
            }
        }
    }
}

impl MatrixCollector {
    fn matrix(self, most_rows: usize, most_columns: usize) -> Matrix {
        let (mut rows, more_rows) = self.rows.shown(most_rows, false);
        rows.retain(|row| row.count > 0);
        let (columns, more_columns) = self.columns.shown(most_columns, true);
        let cell = |row, column| self.cells.get(&(row, column)).copied().unwrap_or(0);
        Matrix {
            rows: rows
                .into_iter()
                .map(|row| MatrixRow {
                    cells: columns.iter().map(|column| cell(row.number, column.number)).collect(),
                    name: row.name,
                    count: row.count,
                })
                .collect(),
            more_rows,
            more_columns,
            without_row: self.rows.without(),
            without_column: self.columns.without(),
            columns: columns
                .into_iter()
                .map(|column| {
                    let AxisValue { name, count, skipped, .. } = column;
                    MatrixColumn { name, count, skipped }
                })
                .collect(),
        }
    }
}
