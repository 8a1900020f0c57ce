//! The parts of an article that are printed text.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::record::Record;

/// A field of the record that is printed text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum TextField {
    /// 引题.
    Kicker,
    /// 主题.
    Title,
    /// 副题.
    Subtitle,
    /// 来源.
    Outlet,
    /// 文号.
    Docno,
    /// The text.
    Body,
    /// Credit lines.
    Credit,
}

impl TextField {
    /// All of them, in the order of print.
    pub const ALL: [Self; 7] = [
        Self::Kicker,
        Self::Title,
        Self::Subtitle,
        Self::Outlet,
        Self::Docno,
        Self::Body,
        Self::Credit,
    ];

    /// Whether it is a part of the headline.
    #[must_use]
    pub fn is_headline(self) -> bool {
        matches!(self, Self::Kicker | Self::Title | Self::Subtitle)
    }

    /// The field's text in a record.
    #[must_use]
    pub fn of(self, record: &Record) -> Option<&str> {
        match self {
            Self::Kicker => record.kicker.as_deref(),
            Self::Title => record.title.as_deref(),
            Self::Subtitle => record.subtitle.as_deref(),
            Self::Outlet => record.outlet.as_deref(),
            Self::Docno => record.docno.as_deref(),
            Self::Body => Some(&record.body),
            Self::Credit => record.credit.as_deref(),
        }
    }
}
