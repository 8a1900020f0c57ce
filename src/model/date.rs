//! Civil dates with what is not known about them: an interval, how precise, on what basis.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::date_rule::DateRule;
use super::span::{ByteRange, Span};
use super::wire::Worded;

/// A day in the Gregorian calendar. There is no time zone in this program. Structs that derive a
/// schema name the type itself: the derive knows it by that name.
pub type CivilDate = Date;

/// A day as one number, YYYYMMDD, that sorts as the days do. Years before 1 do not occur.
#[must_use]
pub fn day_number(day: CivilDate) -> u32 {
    let year = u32::try_from(day.year()).unwrap_or(0);
    year * 10_000
        + u32::from(day.month().unsigned_abs()) * 100
        + u32::from(day.day().unsigned_abs())
}

/// A span of days, both ends inclusive; an open end is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DateInterval {
    /// The first day it can be.
    #[schema(required)]
    pub not_before: Option<Date>,
    /// The last day it can be.
    #[schema(required)]
    pub not_after: Option<Date>,
}

/// How fine a date is stated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One day.
    Day,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
    /// Some other span of days.
    Interval,
    /// Nothing is known.
    #[default]
    Unknown,
}

/// Where a statement about an article was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The file states it in a field of its own.
    Given,
    /// A person decided it.
    Curation,
    /// `corpus.toml`.
    Config,
    /// The file's path.
    Path,
    /// The signature under a document.
    Signature,
    /// The headline.
    Title,
    /// The first paragraph.
    Lead,
    /// The rest of the body.
    Body,
    /// Name of the outlet, the issuer or the byline.
    Source,
    /// The issue: its masthead or cover, or what was inferred of it.
    Issue,
    /// The region that the publication serves.
    Region,
    /// Put together from the dates or names in the same file: a guess.
    Inferred,
    /// Nothing was found.
    #[default]
    Unknown,
}

/// A date with its evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DateNote {
    /// The day, where one day is stated; of a range the last.
    #[schema(required)]
    pub value: Option<Date>,
    /// The first day it can be.
    #[schema(required)]
    pub not_before: Option<Date>,
    /// The last day it can be.
    #[schema(required)]
    pub not_after: Option<Date>,
    /// How fine the statement is.
    pub precision: Precision,
    /// Where it was found.
    pub basis: Basis,
    /// The words in the text.
    #[schema(required)]
    pub text: Option<String>,
    /// Where they stand in the body, in bytes; `null` if they stand elsewhere.
    #[schema(required, value_type = Option<ByteRange>)]
    pub span: Option<Span>,
    /// How the words became a date.
    #[serde(serialize_with = "Worded::option")]
    #[schema(value_type = Option<Worded<DateRule>>, required)]
    pub rule: Option<DateRule>,
}

/// A day or a period that an article speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DateMention {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// The words in the text.
    pub text: String,
}

impl DateMention {
    /// Its days, in no language: `2023-02-10`, or `2023-02-10..2023-02-17`.
    #[must_use]
    pub fn days(&self) -> String {
        let Self { from, to, .. } = self;
        if from == to { from.to_string() } else { format!("{from}..{to}") }
    }
}

impl DateNote {
    /// The first and the last day it can be, in no language: `2023-02-10..2023-02-17`, with nothing
    /// at an end that is not known; `None` where neither is.
    #[must_use]
    pub fn range(&self) -> Option<String> {
        let shown = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let is_known = self.not_before.is_some() || self.not_after.is_some();
        is_known.then(|| format!("{}..{}", shown(self.not_before), shown(self.not_after)))
    }
}
