//! What is asked of every engine.

use serde::{Deserialize, Serialize};

/// The kinds of question, in the order of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    OneWord,
    TwoWords,
    Phrase,
    Rare,
    OneCharacter,
    Filtered,
    Newest,
    Facets,
    Quoted2,
    Quoted4,
    Quoted8,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::OneWord,
        Self::TwoWords,
        Self::Phrase,
        Self::Rare,
        Self::OneCharacter,
        Self::Filtered,
        Self::Newest,
        Self::Facets,
        Self::Quoted2,
        Self::Quoted4,
        Self::Quoted8,
    ];

    /// What stands before its row.
    pub fn title(self) -> &'static str {
        match self {
            Self::OneWord => "one word",
            Self::TwoWords => "two words",
            Self::Phrase => "phrase of whole words",
            Self::Rare => "rare word",
            Self::OneCharacter => "single character",
            Self::Filtered => "word + publication + month",
            Self::Newest => "newest first",
            Self::Facets => "facets + timeline",
            Self::Quoted2 => "quoted, 2 characters",
            Self::Quoted4 => "quoted, 4 characters",
            Self::Quoted8 => "quoted, 8 characters",
        }
    }

    /// Whether what it should find is known from the plain scan.
    pub fn is_checked(self) -> bool {
        matches!(
            self,
            Self::OneWord | Self::OneCharacter | Self::Quoted2 | Self::Quoted4 | Self::Quoted8
        )
    }
}

/// One question: which articles, the best (or newest) [`PAGE`] of them, and how many there are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    pub kind: Kind,
    /// All must be there, as they are printed.
    pub words: Vec<String>,
    /// Whether the one word is to be taken as it stands.
    pub quoted: bool,
    /// Only this publication and this month, like 2023-02.
    pub only: Option<(String, String)>,
}

/// Articles of an answer.
pub const PAGE: usize = 20;

impl Question {
    pub fn newest(&self) -> bool {
        self.kind == Kind::Newest
    }

    pub fn facets(&self) -> bool {
        self.kind == Kind::Facets
    }

    /// The one string that is looked for, if nothing else matters.
    pub fn literal(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] if self.only.is_none() && !self.newest() && !self.facets() => Some(word),
            _ => None,
        }
    }
}

/// What an engine answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Articles that match, as the engine says.
    pub total: u64,
    /// Articles that were given out with their text; `None` where the engine only counts.
    pub given: Option<usize>,
}
