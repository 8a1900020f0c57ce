//! Parses the topic table into an automaton over its words and the weights of each word.

use std::collections::BTreeMap;
use std::fmt;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use serde::Deserialize;

use crate::model::Span;
use crate::text;

/// A label of the table, and its equivalents in other vocabularies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLabel {
    /// The label itself.
    pub name: String,
    /// What it covers, in one sentence.
    pub covers: String,
    /// Headings of the State Council's 主题分类, `parent/child`.
    pub govcn: Vec<String>,
    /// Codes of the IPTC Media Topics.
    pub iptc: Vec<String>,
}

/// An automaton over the folded words of the table.
pub(crate) struct Vocabulary {
    pub(crate) labels: Vec<TopicLabel>,
    /// The weights of each word; a neutral word has none and only masks shorter words inside it.
    weights: Vec<Vec<LabelWeight>>,
    finder: CharwiseDoubleArrayAhoCorasick<u32>,
}

/// The weight of a word for one label.
#[derive(Debug)]
pub(crate) struct LabelWeight {
    /// Position of the label.
    pub(crate) label: usize,
    pub(crate) weight: f32,
}

impl Vocabulary {
    /// Reads a table; see [`TopicClassifier::parse`](crate::annotate::TopicClassifier::parse).
    pub(crate) fn parse(table: &str) -> Result<Self, TopicsError> {
        let table: TopicTable = toml::from_str(table)?;
        let mut weights: BTreeMap<String, Vec<LabelWeight>> = BTreeMap::new();
        for word in table.neutral.split_whitespace() {
            weights.entry(text::fold(word).text).or_default();
        }
        for (label, entry) in table.topic.iter().enumerate() {
            for (weight, list) in &entry.words {
                let number = weight
                    .parse()
                    .map_err(|_| TopicsError::Weight(entry.label.clone(), weight.clone()))?;
                for word in list.split_whitespace() {
                    let of_word = weights.entry(text::fold(word).text).or_default();
                    if of_word.iter().any(|sense| sense.label == label) {
                        return Err(TopicsError::Twice(entry.label.clone(), word.to_owned()));
                    }
                    of_word.push(LabelWeight { label, weight: number });
                }
            }
        }
        let (words, weights): (Vec<String>, Vec<Vec<LabelWeight>>) = weights.into_iter().unzip();
        let finder = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words)
            .map_err(|error| TopicsError::Words(error.to_string()))?;
        let labels = table.topic.into_iter().map(TopicEntry::into_label).collect();
        Ok(Self { labels, weights, finder })
    }

    /// Number of words of all labels.
    pub(crate) fn len(&self) -> usize {
        self.weights.len()
    }

    /// The weights of a word by its index.
    pub(crate) fn weights(&self, word: usize) -> &[LabelWeight] {
        self.weights.get(word).map_or(&[], Vec::as_slice)
    }

    /// The words in a folded text with their byte ranges: leftmost-longest matches without
    /// overlaps.
    pub(crate) fn find<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (usize, Span)> + 'a {
        self.finder
            .leftmost_find_iter(folded)
            .map(|found| (found.value() as usize, found.start()..found.end()))
    }
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary").field("labels", &self.labels).finish_non_exhaustive()
    }
}

/// Why a topic table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TopicsError {
    /// Not TOML, or not of the expected fields.
    #[error("the topic table cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// A weight that is not a number.
    #[error("topic {0}: the weight {1:?} is no number")]
    Weight(String, String),
    /// A word that a label lists twice.
    #[error("topic {0}: the word {1} is listed twice")]
    Twice(String, String),
    /// The automaton cannot be built: there are no words, or too many.
    #[error("the words of the topic table cannot be looked up: {0}")]
    Words(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicTable {
    neutral: String,
    topic: Vec<TopicEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicEntry {
    label: String,
    covers: String,
    govcn: Vec<String>,
    iptc: Vec<String>,
    words: BTreeMap<String, String>,
}

impl TopicEntry {
    fn into_label(self) -> TopicLabel {
        TopicLabel { name: self.label, covers: self.covers, govcn: self.govcn, iptc: self.iptc }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_lists_a_word_twice_or_weighs_it_by_no_number_is_refused() {
        let table = |words: &str| {
            Vocabulary::parse(&format!(
                "neutral = \"\"\n[[topic]]\nlabel = \"甲\"\ncovers = \"\"\ngovcn = []\niptc = []\n\
                 [topic.words]\n{words}\n"
            ))
        };
        assert!(matches!(table("1 = \"苹果\"\n2 = \"苹果\""), Err(TopicsError::Twice(..))));
        assert!(matches!(table("many = \"苹果\""), Err(TopicsError::Weight(..))));
        assert!(matches!(table("1 = 2"), Err(TopicsError::Toml(_))));
    }
}
