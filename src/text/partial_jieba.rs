//! jieba with part of the dictionary, so that a cold search need not load all of it.
//!
//! How jieba segments a text depends only on the dictionary words that occur in it and on the sum
//! of all frequencies. So it suffices to load the words that occur in the texts to be segmented,
//! and one filler that has the frequencies of all others.

use jieba_rs::Jieba;

use super::dictionary;
use super::user_words;
use super::user_words::UserWord;

/// Has the frequencies of all words that are not loaded. jieba never looks up a character that is
/// neither an ideograph nor ASCII, and Unicode assigns this one to no character.
const FILLER: &str = "\u{ffff}";

/// Segments texts exactly as jieba does with the whole dictionary and the user words.
#[derive(Debug)]
pub(super) struct PartialJieba {
    jieba: Jieba,
    /// Sum of the frequencies of the words that are not loaded.
    rest: u64,
}

impl PartialJieba {
    pub(super) fn new(user_words: &[UserWord]) -> Self {
        let mut partial = Self { jieba: Jieba::empty(), rest: dictionary::TOTAL_FREQUENCY };
        // The frequency that jieba gives a user word depends on the words that occur in it.
        for user_word in user_words {
            partial.load_words_in(&user_word.word);
        }
        partial.set_filler();
        user_words::add_all(&mut partial.jieba, user_words);
        partial
    }

    /// jieba with at least the words that occur in a text.
    pub(super) fn for_text(&mut self, text: &str) -> &Jieba {
        self.load_words_in(text);
        self.set_filler();
        &self.jieba
    }

    fn load_words_in(&mut self, text: &str) {
        dictionary::each_word_in(text, |word, frequency| {
            // A user word that is in the dictionary, too, already has its own frequency.
            if !self.jieba.has_word(word) {
                self.jieba.add_word(word, Some(frequency as usize), None);
                self.rest -= frequency;
            }
        });
    }

    fn set_filler(&mut self) {
        self.jieba.add_word(FILLER, Some(self.rest as usize), None);
    }
}
