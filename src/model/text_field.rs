//! The parts of an article that are printed text.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
}
