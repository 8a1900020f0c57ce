//! All words that there are: those of the dictionary, and the user's own beside and before them.

use std::collections::HashMap;

use super::dictionary;
use super::dictionary::Beginning;
use super::route;

/// The words by which texts are cut.
#[derive(Debug)]
pub(super) struct Lexicon {
    own: Option<Own>,
    /// Sum of all frequencies.
    total: u64,
    log_total: f64,
}

/// A character of a text as words are looked up by it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Char {
    /// Byte that it begins at.
    pub(super) at: usize,
    pub(super) c: char,
    /// Its number in the dictionary.
    code: u16,
}

impl Char {
    #[inline]
    pub(super) fn new(at: usize, c: char) -> Self {
        Self { at, c, code: dictionary::code(c) }
    }

    /// Byte behind its last one.
    #[inline]
    pub(super) fn end(self) -> usize {
        self.at + self.c.len_utf8()
    }
}

impl Lexicon {
    /// The dictionary and these words, added one after the other, each with its frequency or that
    /// with which it is cut whole. A word that is there already gets another frequency.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = (&'a str, Option<u64>)>) -> Self {
        let mut lexicon = Self { own: None, total: dictionary::TOTAL, log_total: 0.0 };
        lexicon.log_total = ln(lexicon.total);
        for (word, frequency) in words {
            let frequency = frequency.unwrap_or_else(|| lexicon.sufficient_frequency(word));
            let before = lexicon.frequency(word).unwrap_or(0);
            lexicon.total = lexicon.total.saturating_sub(before).saturating_add(frequency);
            lexicon.log_total = ln(lexicon.total);
            lexicon.own.get_or_insert_with(Own::new).insert(word, frequency);
        }
        lexicon
    }

    /// Logarithm of the sum of all frequencies.
    pub(super) fn log_total(&self) -> f64 {
        self.log_total
    }

    /// Characters of the longest word.
    pub(super) fn longest(&self) -> usize {
        self.own.as_ref().map_or(0, |own| own.longest).max(dictionary::LONGEST)
    }

    /// How often a word is thought to occur; `None` for what is no word.
    pub(super) fn frequency(&self, word: &str) -> Option<u64> {
        let chars: Vec<Char> = word.char_indices().map(|(at, c)| Char::new(at, c)).collect();
        let mut found = None;
        self.each_from(&chars, 0, |end, entry| {
            if end == chars.len() {
                found = Some(entry.frequency());
            }
        });
        found
    }

    /// Hands every word that begins at a character to `visit`, the shorter ones first: the number
    /// of the character behind it, and what is known of it.
    #[inline]
    pub(super) fn each_from(
        &self,
        chars: &[Char],
        from: usize,
        mut visit: impl FnMut(usize, Entry),
    ) {
        let Some((first, rest)) = chars.get(from..).and_then(<[Char]>::split_first) else { return };
        let mut known = Beginning::first(first.code);
        let own_words = self.own.as_ref();
        let mut own = own_words.and_then(|own| own.first(first.c));
        let mut end = from + 1;
        let mut rest = rest.iter();
        loop {
            let own_word = own_words.zip(own).and_then(|(words, node)| words.word(node));
            if let Some(word) = own_word {
                visit(end, Entry::Own(word));
            } else if let Some(word) = known.and_then(Beginning::word) {
                visit(end, Entry::Known(word));
            }
            let Some(next) = rest.next() else { return };
            known = known.and_then(|known| known.longer(next.code));
            own = own_words.zip(own).and_then(|(words, node)| words.longer(node, next.c));
            if known.is_none() && own.is_none() {
                return;
            }
            end += 1;
        }
    }

    /// The least frequency with which a word is not cut into shorter ones, as jieba reckons it.
    fn sufficient_frequency(&self, word: &str) -> u64 {
        let mut log = 0.0;
        route::each_piece(self, word, |span| {
            let frequency = self.frequency(&word[span]).unwrap_or(1);
            log += ln(frequency) - self.log_total;
        });
        let least = ((log + self.log_total).exp() as u64).saturating_add(1);
        least.max(self.frequency(word).unwrap_or(1))
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry {
    Known(dictionary::Word),
    Own(OwnWord),
}

impl Entry {
    fn frequency(self) -> u64 {
        match self {
            Self::Known(word) => word.frequency(),
            Self::Own(word) => word.frequency,
        }
    }

    /// Natural logarithm of its frequency.
    #[inline]
    pub(super) fn log(self) -> f64 {
        match self {
            Self::Known(word) => word.log(),
            Self::Own(word) => word.log,
        }
    }
}

/// A word of the user's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnWord {
    frequency: u64,
    log: f64,
}

/// The user's own words, by their beginnings; the empty beginning is 0.
#[derive(Debug)]
struct Own {
    /// A bit for all characters with the same last 16 bits: whether one of them begins a word.
    /// Of nearly every character of a text it tells that none does.
    first: Box<[u64; 1024]>,
    longer: HashMap<(u32, char), u32>,
    /// The word that each beginning is.
    words: Vec<Option<OwnWord>>,
    longest: usize,
}

impl Own {
    fn new() -> Self {
        Self { first: Box::new([0; 1024]), longer: HashMap::new(), words: vec![None], longest: 0 }
    }

    fn insert(&mut self, word: &str, frequency: u64) {
        let mut node = 0;
        for c in word.chars() {
            if node == 0 {
                let (cell, bit) = bit_of(c);
                self.first[cell] |= bit;
            }
            let new = self.words.len() as u32;
            node = *self.longer.entry((node, c)).or_insert(new);
            if node == new {
                self.words.push(None);
            }
        }
        if let Some(entry) = self.words.get_mut(node as usize) {
            *entry = Some(OwnWord { frequency, log: ln(frequency) });
        }
        self.longest = self.longest.max(word.chars().count());
    }

    #[inline]
    fn first(&self, c: char) -> Option<u32> {
        let (cell, bit) = bit_of(c);
        if self.first[cell] & bit == 0 { None } else { self.longer(0, c) }
    }

    fn longer(&self, node: u32, c: char) -> Option<u32> {
        self.longer.get(&(node, c)).copied()
    }

    fn word(&self, node: u32) -> Option<OwnWord> {
        self.words.get(node as usize).copied().flatten()
    }
}

/// Which of 1,024 numbers, and the bit in it.
#[inline]
fn bit_of(c: char) -> (usize, u64) {
    let low = u32::from(c) % (1024 * 64);
    ((low / 64) as usize, 1 << (low % 64))
}

fn ln(frequency: u64) -> f64 {
    (frequency as f64).ln()
}
