//! How many of the matching articles have one thing and another: districts by months, topics by
//! districts. Each of the two is an axis: which values an article has, and how many articles have
//! each.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::period::{Granularity, Period};
use super::period_counts::{Placing, period_at};
use crate::search::{Archive, Request, RoleScope, SearchError};

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
    /// Articles without a value for the rows.
    pub without_row: u64,
    /// Articles without a value for the columns.
    pub without_column: u64,
    /// Articles that are possible in several of the periods that are the rows, and certainly of none.
    pub spread_row: u64,
    /// The same of columns.
    pub spread_column: u64,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    /// The value or period of the row.
    pub name: String,
    /// Articles, whether a column counts them or not.
    pub count: u64,
    /// Articles for each of the columns.
    pub cells: Vec<u64>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatrixColumn {
    /// The value or period of the column.
    pub name: String,
    /// Articles, whether a row counts them or not.
    pub count: u64,
    /// Periods without articles that are left out before this one: those of a gap that is longer
    /// than [`MAX_GAP_COLUMNS`]. Otherwise 0.
    pub skipped: usize,
}

impl Archive {
    /// Counts the matching articles by two dimensions in one pass; of rows and of columns at most
    /// so many, and of columns never more than [`MAX_COLUMNS`].
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn matrix(
        &self,
        request: &Request,
        rows: MatrixAxis,
        columns: MatrixAxis,
        max_rows: usize,
        max_columns: usize,
    ) -> Result<Matrix, SearchError> {
        self.guard(|| {
            let [rows, columns] =
                [rows, columns].map(|axis| AxisValues::new(axis, request.filters.role));
            let engine = self.engine().embedded()?;
            let counts = engine.cross(&self.matching(request)?, rows, columns)?;
            Ok(counts.matrix(max_rows, max_columns.min(MAX_COLUMNS)))
        })
    }
}

/// Articles by the values of two axes.
pub(crate) struct CrossCounts {
    pub(crate) rows: AxisValues,
    pub(crate) columns: AxisValues,
    /// By the numbers of row and column.
    pub(crate) cells: HashMap<(u32, u32), u64>,
}

impl CrossCounts {
    fn matrix(self, max_rows: usize, max_columns: usize) -> Matrix {
        let (mut rows, more_rows) = self.rows.shown(max_rows, false);
        rows.retain(|row| row.count > 0);
        let (columns, more_columns) = self.columns.shown(max_columns, true);
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
            spread_row: self.rows.spread(),
            spread_column: self.columns.spread(),
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

/// Periods without articles between two columns at most; of a longer gap none is a column, so that
/// a volume of 1947 beside papers of today does not stretch a matrix over centuries.
pub const MAX_GAP_COLUMNS: usize = 12;

/// What articles are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatrixAxis {
    /// The names of districts, cities and provinces that stand as district of an article. What lies
    /// below counts, as a filter by that name finds it; an article of several counts in each.
    District,
    /// Topics; an article of several counts in each.
    Topic,
    /// Who printed a reprinted item first, by its whole name.
    Outlet,
    /// Publications.
    Publication,
    /// Days, months, quarters or years that the date certainly lies in.
    Period(Granularity),
}

/// The values of an axis in all segments, by number.
pub(crate) struct AxisValues {
    axis: MatrixAxis,
    /// Which districts of an article count.
    scope: RoleScope,
    /// Of periods the number is that of the period; others are numbered as they are met.
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    counts: HashMap<u32, u64>,
    /// AxisValues that an article has itself: a province that is only what its districts lie in has
    /// articles, but is none of them.
    own: BTreeSet<u32>,
    without: u64,
    spread: u64,
    /// Of the article that is looked at.
    found: Vec<u32>,
}

/// A value that is shown.
pub(crate) struct AxisValue {
    pub number: u32,
    pub name: String,
    pub count: u64,
    /// Periods that are left out before it, because they are a long gap.
    pub skipped: usize,
}

impl AxisValues {
    pub(crate) fn new(axis: MatrixAxis, scope: RoleScope) -> Self {
        Self {
            axis,
            scope,
            names: Vec::new(),
            numbers: HashMap::new(),
            counts: HashMap::new(),
            own: BTreeSet::new(),
            without: 0,
            spread: 0,
            found: Vec::new(),
        }
    }

    /// What is counted, and which districts of an article count.
    pub(crate) fn axis(&self) -> (MatrixAxis, RoleScope) {
        (self.axis, self.scope)
    }

    /// Counts an article by its values, of a district those of its path, and gives them, each once.
    pub(crate) fn count<'a>(&mut self, values: impl Iterator<Item = &'a [u32]>) -> &[u32] {
        self.found.clear();
        for path in values {
            self.own.extend(path.last());
            self.found.extend(path);
        }
        self.found.sort_unstable();
        self.found.dedup();
        for &number in &self.found {
            *self.counts.entry(number).or_default() += 1;
        }
        self.without += u64::from(self.found.is_empty());
        &self.found
    }

    /// The same by the days that it can be of.
    pub(crate) fn count_days(&mut self, every: Granularity, days: (u64, u64)) -> &[u32] {
        match Placing::of(every, days) {
            Placing::Within(number) => {
                let period = period_at(every, number).map(Period::number);
                let number = period.and_then(|number| u32::try_from(number).ok());
                self.count(number.as_ref().map(std::slice::from_ref).into_iter())
            }
            Placing::Spread(..) => {
                self.spread += 1;
                &[]
            }
            Placing::Undated => self.count(std::iter::empty()),
        }
    }

    /// Articles that have no value.
    pub(crate) fn without(&self) -> u64 {
        self.without
    }

    /// Articles that are possible in several periods.
    pub(crate) fn spread(&self) -> u64 {
        self.spread
    }

    /// At most so many of the values that articles have themselves, and how many were left out;
    /// `complete` fills the short gaps between periods.
    pub(crate) fn shown(&self, max_values: usize, complete: bool) -> (Vec<AxisValue>, usize) {
        let shown = |number: u32, name: String| {
            let count = self.counts.get(&number).copied().unwrap_or(0);
            AxisValue { number, name, count, skipped: 0 }
        };
        if let MatrixAxis::Period(every) = self.axis {
            let period =
                |number: u32| shown(number, Period::at(every, number.cast_signed()).to_string());
            let mut periods: Vec<AxisValue> = Vec::new();
            for &number in &self.own {
                let mut next = period(number);
                if let Some(last) = periods.last().map(|last| last.number).filter(|_| complete) {
                    let gap = (number - last - 1) as usize;
                    if gap > MAX_GAP_COLUMNS {
                        next.skipped = gap;
                    } else {
                        periods.extend((last + 1..number).map(period));
                    }
                }
                periods.push(next);
            }
            let more = periods.len().saturating_sub(max_values);
            return (periods.split_off(more), more);
        }
        let name = |number: u32| self.names.get(number as usize).cloned().unwrap_or_default();
        let mut values: Vec<AxisValue> =
            self.own.iter().map(|&number| shown(number, name(number))).collect();
        values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let more = values.len().saturating_sub(max_values);
        values.truncate(max_values);
        (values, more)
    }

    /// The number of a value.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
}
