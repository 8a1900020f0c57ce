//! Why parameters cannot be understood: values. `words` says them in both languages.

use std::fmt;

use super::{Lang, words};
use crate::model::CivilDate;
use crate::query::ParseError;

/// An invalid parameter, whatever the archive holds. `Display` is in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamError {
    /// The query string is none.
    Query(ParseError),
    /// A parameter has a value that it cannot have.
    Value {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it can be.
        expected: ValueForm,
    },
    /// A parameter that means nothing where it is given.
    Unknown {
        /// Its name.
        name: String,
        /// The names of those that there are.
        known: Vec<String>,
    },
    /// A parameter with one value was given several.
    Repeated {
        /// The parameter.
        name: &'static str,
    },
    /// `any` and `all` exclude each other.
    AnyAndAll,
    /// `offset` and `after` exclude each other.
    OffsetAndAfter,
    /// The first day is later than the last one.
    FromAfterTo {
        /// The first day.
        from: CivilDate,
        /// The last day.
        to: CivilDate,
    },
    /// What has no date cannot lie between days.
    UndatedWithDays,
    /// What has no date cannot be compared over time.
    UndatedTrend,
    /// A trend has more lines than can be told apart.
    TooManyLines {
        /// The parameter that has a value for each line.
        name: &'static str,
        /// How many there are.
        lines: usize,
    },
}

/// What the value of a parameter has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueForm {
    /// An order of hits.
    Sort,
    /// A kind of articles.
    Kind,
    /// Which districts count.
    Role,
    /// Something that needs a person's eye.
    Review,
    /// A year, a month or a day.
    Days,
    /// Days with both ends.
    Span,
    /// A cursor.
    Cursor,
    /// A number up to this one.
    AtMost(usize),
    /// A number from this one up to that one.
    Between(usize, usize),
    /// A number.
    WholeNumber,
    /// A number of a row.
    Row,
    /// Yes or no.
    Flag,
    /// A day or a moment.
    Moment,
    /// The length of a period.
    Period,
    /// What a drawing of a trend shows.
    Measure,
    /// A format of articles.
    ExportFormat,
    /// A citation style.
    CitationStyle,
    /// Which articles of a search are exported.
    ExportScope,
    /// A format of a trend or a series.
    TrendFormat,
    /// The format of a batch.
    BatchFormat,
    /// A format of rows of indicators.
    RowFormat,
    /// A format of rows of indicators in a file.
    FileFormat,
    /// Rows and columns of a wide table.
    Pivot,
    /// A format of a wide table.
    PivotFormat,
    /// Whether a figure is so.
    FigureStatus,
    /// A sort of number.
    FigureKind,
    /// Which periods are set beside each other.
    PeriodLength,
    /// Which numbers are.
    SeriesMeasure,
    /// What articles are counted by.
    CountedBy,
    /// `all`
    All,
}

impl ParamError {
    /// A parameter that means nothing where only `known` do.
    #[must_use]
    pub fn unknown(name: String, known: &[&str]) -> Self {
        Self::Unknown { name, known: known.iter().map(|&name| name.to_owned()).collect() }
    }

    /// The parameter that is wrong, where it is a single one.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Query(_) => Some("q"),
            Self::Value { name, .. }
            | Self::Repeated { name }
            | Self::TooManyLines { name, .. } => Some(name),
            Self::UndatedTrend => Some("undated"),
            Self::Unknown { name, .. } => Some(name),
            Self::AnyAndAll
            | Self::OffsetAndAfter
            | Self::FromAfterTo { .. }
            | Self::UndatedWithDays => None,
        }
    }
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::param_error(Lang::En, self))
    }
}

impl std::error::Error for ParamError {}
