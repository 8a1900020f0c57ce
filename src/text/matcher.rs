//! Finds every occurrence of a long dictionary word or user word in a text.

use std::fmt;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use jieba_rs::{Jieba, Token};

use super::dictionary;
use super::user_words::UserWord;
use crate::model::Span;

/// Finds words of [`MIN_MATCH_CHARS`](super::MIN_MATCH_CHARS) and more characters.
pub(super) struct Matcher {
    /// Has the long words only: with the short ones, matching would take half as long again.
    jieba: Jieba,
    /// The words that jieba's full mode leaves out, because not all of their characters are
    /// ideographs.
    mixed: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

/// Length in characters of the shortest word that [`Segmenter::dictionary_matches`] finds.
///
/// [`Segmenter::dictionary_matches`]: super::Segmenter::dictionary_matches
pub const MIN_MATCH_CHARS: usize = 3;

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("jieba", &self.jieba).finish_non_exhaustive()
    }
}

impl Matcher {
    pub(super) fn new(user_words: &[UserWord]) -> Self {
        let mut jieba = Jieba::empty();
        let mut mixed = Vec::new();
        let mut add = |word: &str| {
            if word.chars().nth(MIN_MATCH_CHARS - 1).is_none() {
                return;
            }
            // Full mode ignores frequencies.
            jieba.add_word(word, Some(1), None);
            if !word.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
                && !full_mode(&jieba, word).any(|token| token.word == word)
            {
                mixed.push(word.to_owned());
            }
        };
        dictionary::each_word(|word, _| add(word));
        for user_word in user_words {
            add(&user_word.word);
        }
        mixed.sort_unstable();
        mixed.dedup();
        Self { jieba, mixed: CharwiseDoubleArrayAhoCorasick::new(mixed).ok() }
    }

    pub(super) fn each_match(&self, text: &str, mut visit: impl FnMut(Span)) {
        let mut start = 0;
        // No word contains a line break. Matching line by line bounds memory by the longest line.
        for line in text.split_inclusive('\n') {
            for token in full_mode(&self.jieba, line) {
                visit(start + token.byte_start..start + token.byte_end);
            }
            start += line.len();
        }
        for found in self.mixed.iter().flat_map(|mixed| mixed.find_overlapping_iter(text)) {
            visit(found.start()..found.end());
        }
    }
}

/// The words that jieba's full mode finds among the ideographs of a text. Full mode also returns
/// everything between them (runs of ASCII, other characters one by one), which is filtered out.
fn full_mode<'t>(jieba: &Jieba, text: &'t str) -> impl Iterator<Item = Token<'t>> {
    let tokens = jieba.cut_all(text).into_iter();
    tokens.filter(|token| {
        token.end - token.start >= MIN_MATCH_CHARS
            && !token.word.starts_with(|c: char| c.is_ascii())
    })
}
