//! Words of the archive that begin with what is being typed, from the term dictionaries.

use std::cmp::Reverse;

use crate::index::{TermField, alphanumeric_term};
use crate::search::plan::texts::is_alphanumeric;
use crate::search::{Archive, SearchError};
use crate::text::search_form;

/// Terms that are looked at in one dictionary: those of one number or letter can be tens of thousands.
const MAX_TERMS: usize = 20_000;

impl Archive {
    /// What was typed, continued to a word: as a whole, else its last words. At most `limit`, those of
    /// most articles first.
    pub(super) fn words_continuing(
        &self,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<String>, SearchError> {
        let typed = typed.trim();
        let form = search_form(typed);
        let whole = &form.text;
        let starts = self.segmenter().segment(whole).into_iter().map(|span| span.start);
        // Of a single character behind other words anything could be the beginning.
        let starts = starts.filter(|&start| start > 0 && whole[start..].chars().nth(1).is_some());
        for start in std::iter::once(0).chain(starts) {
            let words = self.words_beginning(&whole[start..], limit)?;
            if !words.is_empty() {
                // What was typed before them stays as it was typed.
                let before = &typed[..form.origin(start..whole.len()).start];
                return Ok(words.into_iter().map(|word| format!("{before}{word}")).collect());
            }
        }
        Ok(Vec::new())
    }

    /// Words that begin with a folded text and are longer, those of most articles first.
    fn words_beginning(&self, text: &str, limit: usize) -> Result<Vec<String>, SearchError> {
        let engine = self.engine().embedded()?;
        let beginning = |field, text: &str| engine.frequencies(field, text, MAX_TERMS);
        let mut chars = text.chars();
        let (Some(first), second) = (chars.next(), chars.next()) else { return Ok(Vec::new()) };
        let mut words = beginning(TermField::Words, text)?;
        if second.is_none() && !first.is_ascii() {
            // Words of two characters have no terms of their own: they are pairs.
            let mut begun = beginning(TermField::Bigrams, text)?;
            begun.retain(|pair, _| self.segmenter().has_word(pair));
            words.extend(begun);
        }
        if is_alphanumeric(text) {
            let run = alphanumeric_term(text);
            let mark = run.len() - text.len();
            for (run, articles) in beginning(TermField::Words, &run)? {
                *words.entry(run[mark..].to_owned()).or_default() += articles;
            }
        }
        words.remove(text);
        let mut words: Vec<(String, u64)> = words.into_iter().collect();
        let order = |(word, articles): &(String, u64)| (Reverse(*articles), word.clone());
        words.sort_by_cached_key(order);
        Ok(words.into_iter().take(limit).map(|(word, _)| word).collect())
    }
}
