//! Rows of indicators as a wide table: districts by years, and the like.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

use super::csv::{harmless, system_error};
use crate::model::{ChangeKind, CivilDate, Indicator, IndicatorStatus, period_label};
use crate::present::Lang;

/// Cells that a wide table can have: it is made in memory.
pub const MAX_PIVOT_CELLS: usize = 1_000_000;
/// Columns of a sheet of a spreadsheet at most.
const MAX_SHEET_COLUMNS: usize = 16_384;
/// Stands between the values of a cell that differ.
const DIFFERS: &str = " ≠ ";

/// What the rows or the columns of a wide table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PivotAxis {
    /// Indicators.
    Indicator,
    /// Districts.
    District,
    /// Periods of any length.
    Period,
    /// Whole years, and stocks at the end of one.
    Year,
    /// Whether values are so, planned or expected.
    Status,
}

impl PivotAxis {
    /// Every axis.
    pub const ALL: [Self; 5] =
        [Self::Indicator, Self::District, Self::Period, Self::Year, Self::Status];

    /// The word for it on the command line, and the head of its column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::District => "district",
            Self::Period => "period",
            Self::Year => "year",
            Self::Status => "status",
        }
    }

    /// Whether both are the same, or both time.
    fn excludes(self, other: Self) -> bool {
        let is_time = |axis| matches!(axis, Self::Period | Self::Year);
        self == other || is_time(self) && is_time(other)
    }

    /// Where a row stands on it; `None` for a row that stands nowhere.
    fn place(self, row: &Indicator) -> Option<String> {
        let days = row.period.as_ref().map(|period| (period.from, period.to));
        Some(match self {
            Self::Indicator => row.name.clone(),
            Self::District => row.district.as_ref().map(|of| of.name.clone()).unwrap_or_default(),
            Self::Period => days.and_then(|(from, to)| period_label(from, to)).unwrap_or_default(),
            Self::Year => year_of(days?)?.to_string(),
            Self::Status => status_word(row.status).to_owned(),
        })
    }
}

/// Why a wide table cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", self.text(Lang::En))]
pub enum PivotError {
    /// Rows and columns are the same.
    SameAxis(&'static str),
    /// It would have more cells than fit in memory.
    TooLarge,
    /// It has so many columns, more than a sheet of a spreadsheet.
    TooManyColumns(usize),
}

impl PivotError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        match self {
            Self::SameAxis(axis) => lang.of(
                format!(
                    "行和列都是 {axis}；请从 indicator、district、period（或 year）、status 中选两项"
                ),
                format!(
                    "rows and columns are both `{axis}`; name two of indicator, district, period (or year), status"
                ),
            ),
            Self::TooManyColumns(columns) => lang.of(
                format!(
                    "表格有 {columns} 列，电子表格至多 {MAX_SHEET_COLUMNS} 列；请把行和列对调，限定指标、地区或时段，或改用 csv"
                ),
                format!(
                    "the table has {columns} columns, and a spreadsheet at most {MAX_SHEET_COLUMNS}; swap rows and columns, choose indicators, districts or a period, or use csv"
                ),
            ),
            Self::TooLarge => lang.of(
                format!("表格超过 {MAX_PIVOT_CELLS} 格；请限定指标、地区或时段"),
                format!(
                    "the table has more than {MAX_PIVOT_CELLS} cells; choose indicators, districts or a period"
                ),
            ),
        }
    }
}

/// A wide table that is being made. A row of it has the value of its own axis, then those of the axes
/// that are no columns, the scope, what is stated (level, or the kind of the change), and the unit.
#[derive(Debug)]
pub struct Pivot {
    /// Axes of the rows; the first was asked for.
    rows: Vec<PivotAxis>,
    columns: PivotAxis,
    /// By the labels of rows, then by column.
    cells: BTreeMap<Vec<String>, BTreeMap<String, StatedNumbers>>,
    /// Every column that has a value.
    column_names: BTreeSet<String>,
    values: usize,
    left_out: LeftOut,
}

/// Rows that a wide table has no place for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Of other periods than years.
    pub other_periods: u64,
    /// Without a period, where there is a column or row for each year.
    pub no_period: u64,
    /// Without a number in a base unit and without a change.
    pub no_number: u64,
}

impl LeftOut {
    /// All of them.
    #[must_use]
    pub fn total(self) -> u64 {
        self.other_periods + self.no_period + self.no_number
    }
}

/// The values of a cell with how many rows state them.
type StatedNumbers = Vec<(PivotNumber, u64)>;

/// A wide table.
#[derive(Debug, Clone, PartialEq)]
pub struct PivotTable {
    /// Heads of the labels of rows, then of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<PivotRow>,
    /// Cells with several values.
    pub conflicts: u64,
    /// Rows that stand in no column or row.
    pub left_out: LeftOut,
}

/// A row of a wide table.
#[derive(Debug, Clone, PartialEq)]
pub struct PivotRow {
    /// What stands before the cells; the last is the unit.
    pub labels: Vec<String>,
    /// The different values of each column with how many rows state them, most first; none in an empty
    /// cell.
    pub cells: Vec<Vec<(PivotNumber, u64)>>,
}

/// A number in a base unit; of a range both ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PivotNumber {
    /// The number, or the lower end.
    pub value: f64,
    /// The upper end.
    pub upper: Option<f64>,
}

impl Pivot {
    /// A table without values.
    ///
    /// # Errors
    /// When both axes are the same, or both time.
    pub fn new(rows: PivotAxis, columns: PivotAxis) -> Result<Self, PivotError> {
        if rows.excludes(columns) {
            return Err(PivotError::SameAxis(rows.as_str()));
        }
        let usual =
            [PivotAxis::Indicator, PivotAxis::District, PivotAxis::Period, PivotAxis::Status];
        let others =
            usual.into_iter().filter(|axis| !axis.excludes(rows) && !axis.excludes(columns));
        let rows = std::iter::once(rows).chain(others).collect();
        Ok(Self {
            rows,
            columns,
            cells: BTreeMap::new(),
            column_names: BTreeSet::new(),
            values: 0,
            left_out: LeftOut::default(),
        })
    }

    /// Takes a row of an article: its level in the base unit, or the change where that stands alone.
    ///
    /// # Errors
    /// When there are too many cells, empty ones too, or values in them.
    pub fn add(&mut self, row: &Indicator) -> Result<(), PivotError> {
        let Some(stated) = Stated::of(row) else {
            self.left_out.no_number += 1;
            return Ok(());
        };
        let places: Option<Vec<String>> = self.rows.iter().map(|axis| axis.place(row)).collect();
        let (Some(mut key), Some(column)) = (places, self.columns.place(row)) else {
            // Years alone have no place for every row.
            let has_period = row.period.as_ref().is_some_and(|of| of.from.or(of.to).is_some());
            let left_out = &mut self.left_out;
            *(if has_period { &mut left_out.other_periods } else { &mut left_out.no_period }) += 1;
            return Ok(());
        };
        if !self.column_names.contains(&column) {
            self.column_names.insert(column.clone());
        }
        key.extend([row.scope.clone().unwrap_or_default(), stated.measure.to_owned(), stated.unit]);
        let values = self.cells.entry(key).or_default().entry(column).or_default();
        if let Some((_, rows)) = values.iter_mut().find(|(known, _)| *known == stated.number) {
            *rows += 1;
        } else {
            self.values += 1;
            values.push((stated.number, 1));
        }
        let cells = self.cells.len().saturating_mul(self.column_names.len());
        if cells.max(self.values) > MAX_PIVOT_CELLS { Err(PivotError::TooLarge) } else { Ok(()) }
    }

    /// The table, in the order of names and times.
    #[must_use]
    pub fn finish(self) -> PivotTable {
        let columns = &self.column_names;
        let named = self.rows.iter().map(|axis| axis.as_str());
        let head = named.chain(["scope", "measure", "unit"]).map(str::to_owned);
        let head = head.chain(columns.iter().cloned()).collect();
        let mut conflicts = 0;
        let mut rows = Vec::with_capacity(self.cells.len());
        for (labels, stated) in &self.cells {
            let cell = |column: &String| {
                let mut values = stated.get(column).cloned().unwrap_or_default();
                // Stable: of those that as many state the first stays first.
                values.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
                values
            };
            let cells: Vec<StatedNumbers> = columns.iter().map(cell).collect();
            conflicts += cells.iter().filter(|values| values.len() > 1).count() as u64;
            rows.push(PivotRow { labels: labels.clone(), cells });
        }
        PivotTable { head, rows, conflicts, left_out: self.left_out }
    }
}

impl PivotTable {
    /// Whether a sheet of a spreadsheet has as many columns.
    ///
    /// # Errors
    /// When it has fewer.
    pub fn check_sheet(&self) -> Result<(), PivotError> {
        let columns = self.head.len();
        if columns > MAX_SHEET_COLUMNS {
            return Err(PivotError::TooManyColumns(columns));
        }
        Ok(())
    }

    /// Writes the table as CSV (RFC 4180); values of a cell that differ have ` ≠ ` between them.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&self, out: impl Write) -> io::Result<()> {
        let mut table =
            ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        table.write_record(&self.head).map_err(system_error)?;
        for row in &self.rows {
            for label in &row.labels {
                table.write_field(harmless(label).as_bytes()).map_err(system_error)?;
            }
            for cell in &row.cells {
                let values: Vec<String> = cell.iter().map(|(value, _)| value.to_string()).collect();
                table.write_field(values.join(DIFFERS)).map_err(system_error)?;
            }
            table.write_record(None::<&[u8]>).map_err(system_error)?;
        }
        table.flush()
    }
}

impl fmt::Display for PivotNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.value)?;
        self.upper.map_or(Ok(()), |upper| write!(f, "–{upper}"))
    }
}

/// What a row states, as one number.
struct Stated {
    measure: &'static str,
    number: PivotNumber,
    unit: String,
}

impl Stated {
    fn of(row: &Indicator) -> Option<Self> {
        let unit = row.unit.as_deref().unwrap_or_default();
        if let Some((value, printed)) = row.value_si.zip(row.value) {
            let times = if printed == 0.0 { 1.0 } else { value / printed };
            let upper = row.value_max.map(|upper| upper * times);
            // The unit without 万 and 亿.
            let unit = unit.trim_start_matches(['万', '亿']).to_owned();
            return Some(Self { measure: "level", number: PivotNumber { value, upper }, unit });
        }
        let change = row.change.as_ref()?;
        Some(Self {
            measure: change_word(change.kind),
            number: PivotNumber { value: change.value, upper: None },
            unit: change.unit.clone(),
        })
    }
}

/// The year that a period is, or at the end of which it is.
fn year_of((from, to): (Option<CivilDate>, Option<CivilDate>)) -> Option<i16> {
    let (from, to) = from.zip(to)?;
    let ends_year = (to.month(), to.day()) == (12, 31);
    let begins = (from.month(), from.day()) == (1, 1) && from.year() == to.year();
    (ends_year && (begins || from == to)).then_some(to.year())
}

/// A status as JSON has it.
pub(super) fn status_word(status: IndicatorStatus) -> &'static str {
    match status {
        IndicatorStatus::Actual => "actual",
        IndicatorStatus::Target => "target",
        IndicatorStatus::Forecast => "forecast",
        IndicatorStatus::Cumulative => "cumulative",
    }
}

/// A kind of change as JSON has it.
pub(super) fn change_word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Yoy => "yoy",
        ChangeKind::Mom => "mom",
        ChangeKind::VsYearStart => "vs_year_start",
        ChangeKind::VsBase => "vs_base",
        ChangeKind::AnnualAverage => "annual_average",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::figure;

    fn table(axes: (PivotAxis, PivotAxis), rows: &[Indicator]) -> PivotTable {
        let mut pivot = Pivot::new(axes.0, axes.1).expect("two axes");
        for row in rows {
            pivot.add(row).expect("few cells");
        }
        pivot.finish()
    }

    #[test]
    fn a_cell_has_one_value_or_all_that_differ() {
        let rows = [
            figure(7.5, "登封市", ["2021-01-01", "2021-12-31"]),
            figure(8.0, "登封市", ["2022-01-01", "2022-12-31"]),
            figure(8.25, "登封市", ["2022-01-01", "2022-12-31"]),
            figure(8.25, "登封市", ["2022-01-01", "2022-12-31"]),
            figure(6.0, "荥阳市", ["2022-12-31", "2022-12-31"]),
            figure(5.0, "荥阳市", ["2022-01-01", "2022-09-30"]),
        ];
        let made = table((PivotAxis::District, PivotAxis::Year), &rows);
        assert_eq!(
            made.head,
            ["district", "indicator", "status", "scope", "measure", "unit", "2021", "2022"]
        );
        let numbers = |row: &PivotRow| {
            row.cells
                .iter()
                .map(|cell| cell.iter().map(|(number, _)| number.value).collect())
                .collect()
        };
        let numbers: Vec<Vec<Vec<f64>>> = made.rows.iter().map(numbers).collect();
        assert_eq!(numbers, [vec![vec![7.5e8], vec![8.25e8, 8e8]], vec![vec![], vec![6e8]]]);
        assert_eq!(made.conflicts, 1);
        assert_eq!(made.left_out, LeftOut { other_periods: 1, ..LeftOut::default() });
        let turned = table((PivotAxis::Period, PivotAxis::District), &rows);
        assert_eq!(turned.rows.len(), 4);
        assert_eq!(turned.left_out.total(), 0);
        let mut out = Vec::new();
        made.write(&mut out).expect("memory");
        assert!(out.ends_with("元,,600000000\r\n".as_bytes()));
    }

    #[test]
    fn what_has_no_place_is_counted_by_its_cause() {
        let year = ["2021-01-01", "2021-12-31"];
        let mut timeless = figure(7.5, "登封市", year);
        timeless.period = None;
        let mut empty = figure(7.5, "登封市", year);
        (empty.value_si, empty.change) = (None, None);
        let part = figure(7.5, "登封市", ["2021-01-01", "2021-03-31"]);
        let made = table((PivotAxis::District, PivotAxis::Year), &[timeless, empty, part]);
        assert_eq!(made.left_out, LeftOut { other_periods: 1, no_period: 1, no_number: 1 });
    }

    #[test]
    fn a_sheet_has_no_more_columns_than_spreadsheets_have() {
        let year = ["2021-01-01", "2021-12-31"];
        let wide = |districts: usize| {
            let rows = (0..districts).map(|number| figure(1.0, &format!("区{number}"), year));
            table((PivotAxis::Year, PivotAxis::District), &rows.collect::<Vec<_>>())
        };
        let labels = wide(1).head.len() - 1;
        assert_eq!(wide(MAX_SHEET_COLUMNS - labels).check_sheet(), Ok(()));
        let error = wide(MAX_SHEET_COLUMNS - labels + 1).check_sheet().expect_err("too wide");
        assert_eq!(error, PivotError::TooManyColumns(MAX_SHEET_COLUMNS + 1));
        assert!(error.text(Lang::Zh).contains("16385 列"), "{}", error.text(Lang::Zh));
        assert!(error.text(Lang::En).contains("use csv"), "{error}");
    }

    #[test]
    fn empty_cells_count_against_the_limit() {
        let mut pivot = Pivot::new(PivotAxis::District, PivotAxis::Period).expect("two axes");
        let day = jiff::civil::date(2000, 1, 1);
        let mut row = figure(7.5, "登封市", ["2021-01-01", "2021-12-31"]);
        // As many rows as columns, one value in each: 1,001 values of 1,002,001 cells.
        let mut added = (0..1_001).map(|n: i32| {
            let end = day.saturating_add(jiff::Span::new().days(n));
            row.name = n.to_string();
            row.period.as_mut().expect("a period").from = Some(end);
            row.period.as_mut().expect("a period").to = Some(end);
            pivot.add(&row)
        });
        assert!(added.by_ref().take(1_000).all(|added| added.is_ok()));
        assert!(matches!(added.next(), Some(Err(PivotError::TooLarge))));
    }

    #[test]
    fn the_same_axis_twice_is_refused() {
        assert!(Pivot::new(PivotAxis::Year, PivotAxis::Period).is_err());
        assert!(Pivot::new(PivotAxis::Status, PivotAxis::Status).is_err());
    }
}
