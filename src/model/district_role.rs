//! What a district is to an article that names it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a district is to an article that names it.
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
pub enum DistrictRole {
    /// The scene, or what the article deals with.
    #[default]
    About,
    /// It issued the document, which deals with others.
    Issuer,
    /// Named in passing: an example, a venue, where somebody comes from, one of a list.
    Mentioned,
    /// Where the report was sent from or printed: the dateline, the reporter's paper.
    Origin,
}

impl DistrictRole {
    /// Every role, in the order in which the districts of a record stand.
    pub const ALL: [Self; 4] = [Self::About, Self::Issuer, Self::Mentioned, Self::Origin];

    /// The word in records and filters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Issuer => "issuer",
            Self::Mentioned => "mentioned",
            Self::Origin => "origin",
        }
    }
}
