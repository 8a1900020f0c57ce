//! The two languages in which the program speaks. Both stand side by side where the words are used, so that none
//! is forgotten and none goes stale.

/// A language of pages, messages and help.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
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

    /// The one of two texts that is in this language.
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
