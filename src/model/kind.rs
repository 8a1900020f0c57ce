//! Kinds of articles.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What sort of text an article is.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A report, an interview, a comment: whatever is none of the others.
    #[default]
    News,
    /// 公文: a document with 文号, issuer or signature date.
    Document,
    /// A company's or a person's card.
    Profile,
    /// A picture's caption that stands alone.
    Photo,
    /// 公告, 启事: told to the public.
    Notice,
}

impl Kind {
    /// Every kind, in the order in which they are listed to people.
    pub const ALL: [Self; 5] =
        [Self::News, Self::Document, Self::Profile, Self::Photo, Self::Notice];

    /// The word in records and filters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Document => "document",
            Self::Profile => "profile",
            Self::Photo => "photo",
            Self::Notice => "notice",
        }
    }
}
