//! The two languages of the program. Every text has both versions side by side where it is used, so
//! that neither is forgotten nor goes stale.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language of pages, messages and help.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, simplified.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The one of the two texts that is in this language.
    #[must_use]
    pub fn of<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Zh => chinese,
            Self::En => english,
        }
    }

    /// The tag of BCP 47, for `lang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.of("zh-CN", "en")
    }
}
