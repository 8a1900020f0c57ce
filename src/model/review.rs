//! What in an article can need a person's eye.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is to be looked at in an article.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// It is not sure that the article begins here.
    WeakCut,
    /// It has no date of any kind.
    Undated,
    /// It is about no district.
    Unplaced,
    /// A district or place of it could be another one.
    AmbiguousPlace,
    /// A figure was read with low confidence or has a unit that does not fit, or parts of it do not add
    /// up.
    DoubtfulFigure,
    /// Something else was noted with it.
    ArticleWarning,
}

impl Review {
    /// All of them, in the order in which they are listed to people.
    pub const ALL: [Self; 6] = [
        Self::WeakCut,
        Self::Undated,
        Self::Unplaced,
        Self::AmbiguousPlace,
        Self::DoubtfulFigure,
        Self::ArticleWarning,
    ];

    /// The word for it in addresses and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WeakCut => "weak_cut",
            Self::Undated => "undated",
            Self::Unplaced => "unplaced",
            Self::AmbiguousPlace => "ambiguous_place",
            Self::DoubtfulFigure => "doubtful_figure",
            Self::ArticleWarning => "article_warning",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|review| review.as_str() == word)
    }
}
