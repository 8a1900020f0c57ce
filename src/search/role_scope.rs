//! Which districts of an article filters and counts take.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::DistrictRole;

/// Which districts of an article filters and counts take, by their roles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RoleScope {
    /// What the article is about.
    #[default]
    About,
    /// What issued the document.
    Issuer,
    /// What is merely mentioned.
    Mentioned,
    /// Where the report is from.
    Origin,
    /// All that are named.
    Any,
}

impl RoleScope {
    /// Every scope, in the order in which they are listed to people.
    pub const ALL: [Self; 5] =
        [Self::About, Self::Issuer, Self::Mentioned, Self::Origin, Self::Any];

    /// The word in addresses and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Issuer => "issuer",
            Self::Mentioned => "mentioned",
            Self::Origin => "origin",
            Self::Any => "any",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }

    /// The roles that it takes.
    pub(super) fn roles(self) -> impl Iterator<Item = DistrictRole> {
        DistrictRole::ALL.into_iter().filter(move |&role| self.takes(role))
    }

    /// Whether it takes a role.
    pub(super) fn takes(self, role: DistrictRole) -> bool {
        match self {
            Self::About => role == DistrictRole::About,
            Self::Issuer => role == DistrictRole::Issuer,
            Self::Mentioned => role == DistrictRole::Mentioned,
            Self::Origin => role == DistrictRole::Origin,
            Self::Any => true,
        }
    }
}
