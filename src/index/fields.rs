//! The fields that documents are found by, whatever engine keeps them.

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
