//! The fields that documents are found by, and what stands in them, whatever engine keeps them.

use crate::model::CivilDate;

/// A field of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TermField {
    /// What sort of document it is, and marks of some articles.
    Marker,
    Id,
    /// Path of the file.
    Source,
    /// Every pair of neighbouring characters of the headline, with its position.
    HeadlineBigrams,
    /// The same of everything that the article prints.
    Bigrams,
    /// Single characters of the same text.
    Characters,
    /// Long dictionary words, and runs of letters and digits, of the same text.
    Words,
    Kind,
    Publication,
    Outlet,
    Topic,
    /// Paths of the districts, for counting, each after the mark of its role: the names from the
    /// province down, with [`PATH_SEPARATOR`] between them.
    Area,
    /// Names and codes of districts and places and of everything above them, each after the mark of the
    /// role.
    Place,
    /// Years, months and days that make up what the article speaks of.
    Mentioned,
    Figure,
    Genre,
    Docno,
    Issuer,
    Section,
    Page,
    /// Names of those who made the article, each after the mark of the role.
    Author,
    /// Why the article needs a person's eye.
    Review,
}

/// A field of days, YYYYMMDD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum DayField {
    /// The first day that the article's date can be; without a date above all others.
    First,
    /// The last day that it can be; 0 without a date.
    Last,
    /// As `First`, of the issue.
    FirstOfIssue,
    /// As `Last`, of the issue.
    LastOfIssue,
}

/// A column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum NumberField {
    /// Place of the article in its file.
    Ordinal,
    /// An end of an interval of days.
    Interval(DayField),
    /// YYYYMMDD that the article is sorted under, its last possible day; 0 without a date.
    Day,
    /// YYYYMMDD of the day on which the article was printed, 0 where that is unknown.
    Printed,
}

/// The marker of an article.
pub(crate) const ARTICLE: &str = "a";
/// The marker of a report on a file.
pub(crate) const FILE: &str = "f";
/// A marker, beside the other, of an article whose date is one day.
pub(crate) const EXACT_DAY: &str = "d";
/// The marker of an article that states values of indicators.
pub(crate) const FIGURES: &str = "figures";
/// The marker of an article of which a person decided whether it is a reprint.
pub(crate) const REPRINT_DECIDED: &str = "reprint-decided";
/// The marker of an article that others were joined to.
pub(crate) const HAS_FORMER_IDS: &str = "former-ids";

/// The first day of an article without a date, and its last is 0: no interval of days meets it.
pub(crate) const UNDATED: u64 = 99_999_999;
/// The last day of an article whose date is open towards the future.
pub(crate) const OPEN_END: u64 = 99_991_231;

/// Separator of the names of a path; occurs in no name.
pub(crate) const PATH_SEPARATOR: char = '/';

/// A day as an engine keeps it: YYYYMMDD.
pub(crate) fn day_number(date: CivilDate) -> u64 {
    u64::from(crate::model::day_number(date))
}
