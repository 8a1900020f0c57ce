//! How the words of an article became its date.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the words of an article became its date: where the day was taken from, and how what the words
/// leave out was filled in. In English as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct DateRule {
    /// Where the day was taken from.
    #[serde(flatten)]
    pub source: DateSource,
    /// Whether the words name a span of days, of which the last counts.
    #[serde(default, skip_serializing_if = "is_false")]
    pub last_of_span: bool,
    /// How the year or the month that the words leave out was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<DateInference>,
}

/// Where the day of an article was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DateSource {
    /// The signature of a document.
    Signature,
    /// The day under the heading of a document.
    Heading,
    /// The first day named in the lead.
    LeadFirstDay,
    /// The day of the dateline.
    Dateline,
    /// A day in the lead on which something begins, is planned, or up to which it is counted: the
    /// lead names no other.
    LeadBackgroundDay,
    /// A day of the lead without a month, or one counted from the day of print: 9日, 昨日.
    LeadRelativeDay,
    /// A day counted back from an issue whose own day is not known.
    BeforeOpenIssue {
        /// How many days before the issue.
        days: u32,
    },
    /// The first day named in the body after the lead.
    BodyFirstDay,
    /// Months that the lead names without a day.
    LeadMonths,
    /// The issue's date: the lead says 近日 or the like.
    NearIssue,
    /// The issue's date: no day is stated.
    Issue,
    /// The months before the issue of a bulletin: no day is stated.
    MonthsBeforeIssue,
    /// The same, as far as they lie in the year of the document number.
    MonthsBeforeIssueInYear,
    /// The time between the items around it, which run in order of their days: no day is stated.
    OrderOfItems,
}

/// How the year, the month or the count that the words leave out was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateInference {
    /// Counted from the day of print.
    FromPrintDay,
    /// The year is that of the file's name.
    YearOfFileName,
    /// The year is the one that puts the day nearest before the issue.
    NearestYear,
    /// 去年: the year is counted from the issue's.
    YearFromIssue,
    /// The year is the one that the same sentence names before.
    YearNamedBefore,
    /// 23年: the century is the issue's.
    CenturyOfIssue,
    /// The month is the one that puts the day nearest before the issue.
    NearestMonth,
    /// The month is the one that puts the day nearest to a day with a month in the same article.
    MonthNamedBeside,
    /// 上月: the month is counted from the issue's.
    MonthFromIssue,
    /// The year is that of the articles beside it in the file.
    YearOfNeighbours,
    /// No year is stated, and nothing tells it.
    YearUnknown,
    /// It is counted from the day of print, which is not known: 昨天, 8日 without a month.
    PrintDayUnknown,
}

impl From<DateSource> for DateRule {
    fn from(source: DateSource) -> Self {
        Self { source, last_of_span: false, inferred: None }
    }
}

impl fmt::Display for DateRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)?;
        if self.last_of_span {
            f.write_str(", the last of a span of days")?;
        }
        match self.inferred {
            Some(inference) => write!(f, "; {inference}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for DateSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature => "the signature date of the document",
            Self::Heading => "the day under the heading of the document",
            Self::LeadFirstDay => "the first day named in the lead",
            Self::Dateline => "the day of the dateline",
            Self::LeadBackgroundDay => {
                "the lead names no day except one on which something begins, is planned or had \
                 reached a figure"
            }
            Self::LeadRelativeDay => "a day named in the lead",
            Self::BeforeOpenIssue { days: 0 } => {
                "the lead names the day of the issue, which is not known exactly"
            }
            Self::BeforeOpenIssue { days: 1 } => {
                "the lead names the day before the issue, whose own date is not known exactly"
            }
            Self::BeforeOpenIssue { days } => {
                return write!(
                    f,
                    "the lead names a day {days} days before the issue, whose own date is not \
                     known exactly"
                );
            }
            Self::BodyFirstDay => "the first day named in the body",
            Self::LeadMonths => "the lead names months and no day",
            Self::NearIssue => {
                "the lead names no day and only says that it is close to the issue; the issue's \
                 date is used"
            }
            Self::Issue => "no day is stated; the issue's date is used",
            Self::MonthsBeforeIssue => "no day is stated; a day in the months before the issue",
            Self::MonthsBeforeIssueInYear => {
                "no day is stated; a day in the months before the issue, in the year of the \
                 document number"
            }
            Self::OrderOfItems => {
                "no day is stated; a day near those of the items around it, which run in order of \
                 their days"
            }
        })
    }
}

impl fmt::Display for DateInference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FromPrintDay => "counted from the day of print",
            Self::YearOfFileName => "the year comes from the file name",
            Self::NearestYear => "the year is the nearest one before the issue",
            Self::YearFromIssue => "the year is counted from the issue's",
            Self::YearNamedBefore => "the year is the one named before it",
            Self::CenturyOfIssue => "the century is the issue's",
            Self::NearestMonth => "the month is the nearest one before the issue",
            Self::MonthNamedBeside => {
                "the month is the nearest one to a day that the article names"
            }
            Self::MonthFromIssue => "the month is counted from the issue's",
            Self::YearOfNeighbours => "the year is that of the articles beside it in the file",
            Self::YearUnknown => "the year is not known",
            Self::PrintDayUnknown => "it counts from the day of print, which is not known",
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}
