//! Tokenizers of the text fields: bigrams, single characters, and long words. They are given texts
//! in their [search form](crate::text::search_form()).
//!
//! The bigram field decides membership: a phrase of bigrams matches exactly the texts that contain
//! the string. The character field serves literals of one character, for which a bigram field would
//! have to union thousands of lists. The word field saves the phrase for literals that are
//! dictionary words, and gives ranking a term that is rarer than its bigrams.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::model::Span;
use crate::text::Segmenter;

/// Name of the bigram fields' tokenizer; part of the schema on disk.
pub(super) const BIGRAM_TOKENIZER: &str = "pairs";
/// Name of the tokenizer of single characters.
pub(super) const CHARACTER_TOKENIZER: &str = "characters";
/// Name of the word field's tokenizer.
pub(super) const WORD_TOKENIZER: &str = "words";

/// Follows the last character of every text, so that every character begins some pair. No search
/// form has it.
const END: char = '\u{ffff}';

/// Positions between the parts of an article (headline parts, body …): more than any search for
/// words near each other may ask for, so that none reaches from one part into the next.
pub(crate) const PART_GAP: usize = 1_000;

/// Splits a text into bigrams. The position of a bigram is that of its first character; the last
/// character is paired with [`END`].
#[derive(Clone, Default)]
pub(super) struct BigramTokenizer {
    token: Token,
}

/// Positions that a part, in its search form, takes among those of its article: its pairs, and the
/// distance that the engine and [`PART_GAP`] keep before the next one.
pub(super) fn positions_of(part: &str) -> u64 {
    let pairs = part.chars().count();
    // Of a part without pairs the engine moves on by one.
    (if pairs == 0 { 1 } else { pairs + PART_GAP + 2 }) as u64
}

pub(super) struct BigramStream<'a> {
    rest: std::str::Chars<'a>,
    /// The first character of the next pair.
    first: Option<char>,
    token: &'a mut Token,
}

impl Tokenizer for BigramTokenizer {
    type TokenStream<'a> = BigramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BigramStream<'a> {
        self.token.reset();
        self.token.position = PART_GAP;
        let mut rest = text.chars();
        let first = rest.next();
        BigramStream { rest, first, token: &mut self.token }
    }
}

impl TokenStream for BigramStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(first) = self.first else { return false };
        self.first = self.rest.next();
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push(first);
        self.token.text.push(self.first.unwrap_or(END));
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Splits a text into single characters, without positions.
#[derive(Clone, Default)]
pub(super) struct CharacterTokenizer {
    token: Token,
}

pub(super) struct CharacterStream<'a> {
    rest: std::str::Chars<'a>,
    token: &'a mut Token,
}

impl Tokenizer for CharacterTokenizer {
    type TokenStream<'a> = CharacterStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CharacterStream<'a> {
        self.token.reset();
        self.token.position = 0;
        CharacterStream { rest: text.chars(), token: &mut self.token }
    }
}

impl TokenStream for CharacterStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.rest.next() else { return false };
        self.token.text.clear();
        self.token.text.push(next);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Tokenises a text into every dictionary word of [`MIN_MATCH_CHARS`](crate::text::MIN_MATCH_CHARS)
/// and more characters, wherever it occurs, and the runs of letters and digits: what has a posting
/// list of its own is found as surely by it as by its pairs, and faster. Shorter words have those
/// of the pairs and of the characters.
#[derive(Clone)]
pub(super) struct WordTokenizer {
    segmenter: Segmenter,
    spans: Vec<Span>,
    token: Token,
}

impl WordTokenizer {
    pub(super) fn new(segmenter: Segmenter) -> Self {
        Self { segmenter, spans: Vec::new(), token: Token::default() }
    }
}

/// Letters and digits that stand together, as the term that finds them where nothing stands beside
/// them: AI, but not in daily.
pub(crate) fn alphanumeric_term(run: &str) -> String {
    format!("{END}{run}")
}

/// Runs of two or more letters and digits of a text, in order.
fn runs(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let start = rest + text[rest..].find(|c: char| c.is_ascii_alphanumeric())?;
            let length = text[start..].find(|c: char| !c.is_ascii_alphanumeric());
            rest = length.map_or(text.len(), |length| start + length);
            if rest - start > 1 {
                return Some(start..rest);
            }
        }
    })
}

pub(super) struct WordStream<'a> {
    text: &'a str,
    words: &'a mut WordTokenizer,
    /// Terms already given.
    given: usize,
    /// How many of them are words; the others are runs.
    known: usize,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        self.token.position = 0;
        self.spans.clear();
        let Self { segmenter, spans, .. } = &mut *self;
        segmenter.dictionary_matches(text, |span| spans.push(span));
        let known = spans.len();
        spans.extend(runs(text));
        WordStream { text, words: self, given: 0, known }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let WordTokenizer { spans, token, .. } = &mut *self.words;
        let Some(word) = spans.get(self.given).and_then(|span| self.text.get(span.clone())) else {
            return false;
        };
        token.text.clear();
        if self.given >= self.known {
            token.text.push(END);
        }
        token.text.push_str(word);
        self.given += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}

/// The pairs of a text in its search form, as the bigram fields have them.
#[cfg(feature = "opensearch")]
pub(crate) fn pair_terms(form: &str) -> Vec<String> {
    let mut pairs = Vec::new();
    BigramTokenizer::default()
        .token_stream(form)
        .process(&mut |token| pairs.push(token.text.clone()));
    pairs
}

/// Gives the terms of a text in its search form that the word field has to `visit`.
#[cfg(feature = "opensearch")]
pub(crate) fn word_terms(segmenter: &Segmenter, form: &str, mut visit: impl FnMut(&str)) {
    let mut words = WordTokenizer::new(segmenter.clone());
    words.token_stream(form).process(&mut |token| visit(&token.text));
}

/// The tokenizers under the names that the schema knows them by.
pub(super) fn tokenizers(segmenter: &Segmenter) -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(BIGRAM_TOKENIZER, BigramTokenizer::default());
    manager.register(CHARACTER_TOKENIZER, CharacterTokenizer::default());
    manager.register(WORD_TOKENIZER, WordTokenizer::new(segmenter.clone()));
    manager
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::search_form;

    fn terms(mut stream: impl TokenStream) -> Vec<String> {
        let mut terms = Vec::new();
        stream.process(&mut |token| terms.push(token.text.clone()));
        terms
    }

    #[test]
    fn every_character_begins_a_pair_and_the_parts_stand_apart() {
        let mut pairs = BigramTokenizer::default();
        assert_eq!(terms(pairs.token_stream("氢a𠮷")), ["氢a", "a𠮷", "𠮷\u{ffff}"]);
        let mut stream = pairs.token_stream("氢能");
        assert!(stream.advance());
        assert!(stream.token().position >= PART_GAP);
    }

    #[test]
    fn long_words_are_given_wherever_they_stand_and_runs_as_terms_of_their_own() {
        let mut words = WordTokenizer::new(Segmenter::new());
        let text = search_form("發展中 國家ＡＩ与5G-A、2022年").text;
        let given = terms(words.token_stream(&text));
        assert!(given.contains(&"发展中国家".to_owned()), "{given:?}");
        assert!(
            given.contains(&alphanumeric_term("ai")) && given.contains(&alphanumeric_term("2022"))
        );
        assert!(
            given.contains(&alphanumeric_term("5g")) && !given.contains(&alphanumeric_term("a"))
        );
        assert!(!given.contains(&"中国".to_owned()), "short words are pairs");
    }
}
