//! The questions that every engine is asked.

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

    /// The label of its row.
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

    /// Whether the plain scan determines what it should find.
    pub fn is_checked(self) -> bool {
        matches!(
            self,
            Self::OneWord | Self::OneCharacter | Self::Quoted2 | Self::Quoted4 | Self::Quoted8
        )
    }
}

/// A question for the best (or newest) [`PAGE`] matching articles and the total number of matches.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    pub kind: Kind,
    /// All of them must occur, as printed.
    pub words: Vec<String>,
    /// Whether the only word is quoted.
    pub quoted: bool,
    /// Only this publication and this month, like 2023-02.
    pub only: Option<(String, String)>,
}

/// Number of articles in an answer.
pub const PAGE: usize = 20;

impl Question {
    pub fn newest(&self) -> bool {
        self.kind == Kind::Newest
    }

    pub fn facets(&self) -> bool {
        self.kind == Kind::Facets
    }

    /// The string to find, if the question has no other condition.
    pub fn literal(&self) -> Option<&str> {
        match self.words.as_slice() {
            [word] if self.only.is_none() && !self.newest() && !self.facets() => Some(word),
            _ => None,
        }
    }
}

/// The answer of an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Number of matching articles, according to the engine.
    pub total: u64,
    /// Number of articles that were returned with their text; `None` if the engine only counts.
    pub given: Option<usize>,
}
