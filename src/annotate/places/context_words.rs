//! The words beside names of places, by which `mention_use`, `reach` and `persons` judge them: reads
//! `context_words.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

/// The table that is built into the program.
const TABLE: &str = include_str!("context_words.toml");

static WORDS: LazyLock<ContextWords> = LazyLock::new(|| {
    toml::from_str(TABLE).expect("the built-in table of context words is well formed")
});

/// Words of one list.
#[derive(Debug)]
pub(crate) struct WordList(Vec<String>);

impl WordList {
    /// Whether a text ends with one of them.
    pub(crate) fn end(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.ends_with(word))
    }

    /// Whether a text begins with one of them.
    pub(crate) fn begin(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.starts_with(word))
    }

    /// Whether a text contains one of them.
    pub(crate) fn occur_in(&self, text: &str) -> bool {
        self.0.iter().any(|word| text.contains(word))
    }

    /// Where the first of them in a text ends, in bytes.
    pub(crate) fn first_end_in(&self, text: &str) -> Option<usize> {
        self.0.iter().filter_map(|word| Some(text.find(word)? + word.len())).min()
    }

    /// Whether a text is one of them.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.0.iter().any(|word| word == text)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for WordList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = String::deserialize(deserializer)?;
        Ok(Self(words.split_whitespace().map(str::to_owned).collect()))
    }
}

/// The lists of the table, each explained there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContextWords {
    pub(crate) offices: WordList,
    pub(crate) offices_with_branches: WordList,
    pub(crate) prepositions: WordList,
    pub(crate) acts: WordList,
    pub(crate) state_venues: WordList,
    pub(crate) state_acts: WordList,
    pub(crate) named_after: WordList,
    pub(crate) sure_organisations: WordList,
    pub(crate) organisations: WordList,
    pub(crate) public_services: WordList,
    pub(crate) outlets: WordList,
    pub(crate) footers: WordList,
    pub(crate) residents: WordList,
    pub(crate) persons: WordList,
    pub(crate) before_a_person: WordList,
    pub(crate) natives: WordList,
    pub(crate) from: WordList,
    pub(crate) careers: WordList,
    pub(crate) biographies: WordList,
    pub(crate) exclusions: WordList,
    pub(crate) comparisons: WordList,
    pub(crate) after_compared: WordList,
    pub(crate) national: WordList,
    pub(crate) dealings: WordList,
    pub(crate) many_places: WordList,
}

/// The lists that are built into the program.
///
/// # Panics
///
/// Only if the table is malformed, which every test of this folder rules out.
pub(crate) fn context_words() -> &'static ContextWords {
    &WORDS
}
