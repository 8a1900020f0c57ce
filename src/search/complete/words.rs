//! Words of the archive that begin with what is being typed, from the term dictionaries.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;

use tantivy::schema::Field as EngineField;

use crate::index::alphanumeric_term;
use crate::search::Archive;
use crate::search::plan::texts::is_alphanumeric;
use crate::text::search_form;

/// Terms that are looked at in one dictionary: those of one number or letter can be tens of thousands.
const MAX_TERMS: usize = 20_000;

impl Archive {
    /// What was typed, continued to a word: as a whole, else its last words. At most `limit`, those of
    /// most articles first.
    pub(super) fn words_continuing(&self, typed: &str, limit: usize) -> io::Result<Vec<String>> {
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
    fn words_beginning(&self, text: &str, limit: usize) -> io::Result<Vec<String>> {
        let mut words: HashMap<String, u64> = HashMap::new();
        let mut chars = text.chars();
        let (Some(first), second) = (chars.next(), chars.next()) else { return Ok(Vec::new()) };
        let (pairs, long) = (self.fields().bigrams, self.fields().words);
        self.each_term(long, text, &mut |word, articles| {
            *words.entry(word.to_owned()).or_default() += articles;
        })?;
        if second.is_none() && !first.is_ascii() {
            // Words of two characters have no terms of their own: they are pairs.
            let mut begun: HashMap<String, u64> = HashMap::new();
            self.each_term(pairs, text, &mut |pair, articles| {
                *begun.entry(pair.to_owned()).or_default() += articles;
            })?;
            begun.retain(|pair, _| self.segmenter().has_word(pair));
            words.extend(begun);
        }
        if is_alphanumeric(text) {
            let run = alphanumeric_term(text);
            let mark = run.len() - text.len();
            self.each_term(long, &run, &mut |run, articles| {
                *words.entry(run[mark..].to_owned()).or_default() += articles;
            })?;
        }
        words.remove(text);
        let mut words: Vec<(String, u64)> = words.into_iter().collect();
        let order = |(word, articles): &(String, u64)| (Reverse(*articles), word.clone());
        words.sort_by_cached_key(order);
        Ok(words.into_iter().take(limit).map(|(word, _)| word).collect())
    }

    /// The terms of a field that begin with a text, and in how many articles of a segment each is,
    /// deleted ones included.
    fn each_term(
        &self,
        field: EngineField,
        begin: &str,
        visit: &mut dyn FnMut(&str, u64),
    ) -> io::Result<()> {
        for reader in self.searcher().segment_readers() {
            let index = reader.inverted_index(field).map_err(io::Error::other)?;
            let mut terms = index.terms().range().ge(begin).into_stream()?;
            let mut left = MAX_TERMS;
            while left > 0 && terms.advance() && terms.key().starts_with(begin.as_bytes()) {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    visit(term, u64::from(terms.value().doc_freq));
                }
                left -= 1;
            }
        }
        Ok(())
    }
}
