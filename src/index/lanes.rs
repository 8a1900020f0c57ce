//! How the text of an article becomes terms: pairs of characters, and words.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::model::Span;
use crate::text::{Mode, Segmenter, fold_char};

/// Name of the literal lane's tokenizer.
pub(super) const PAIRS: &str = "pairs";
/// Name of the word lane's tokenizer.
pub(super) const WORDS: &str = "words";

/// Stands after the last character of every text, so that every character begins some pair. Never
/// part of a text: Unicode keeps it free.
const END: char = '\u{ffff}';

/// A character of a text or a query as the literal lane sees it.
pub(crate) fn lane_char(c: char) -> char {
    match fold_char(c) {
        END => char::REPLACEMENT_CHARACTER,
        folded => folded,
    }
}

/// Cuts a text into pairs of neighbouring characters. The position of a pair is that of its first
/// character; the last character is paired with [`END`].
#[derive(Clone, Default)]
pub(super) struct Pairs {
    token: Token,
}

pub(super) struct PairStream<'a> {
    rest: std::str::Chars<'a>,
    /// The first character of the next pair.
    first: Option<char>,
    token: &'a mut Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = PairStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PairStream<'a> {
        self.token.reset();
        let mut rest = text.chars();
        let first = rest.next().map(lane_char);
        PairStream { rest, first, token: &mut self.token }
    }
}

impl TokenStream for PairStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(first) = self.first else { return false };
        self.first = self.rest.next().map(lane_char);
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

/// Put before a text whose words count [`HEAD_WEIGHT`] times: parts of the headline.
pub(super) const HEAD_MARK: char = END;
/// How many words of the body a word of the headline counts for.
const HEAD_WEIGHT: usize = 3;

/// Cuts a text into words: those of the dictionary and the shorter ones inside them.
///
/// A headline's words are given several times over, so that one field and one list of articles per
/// word are enough to rank headline before body (as in BM25F).
#[derive(Clone)]
pub(super) struct Words {
    segmenter: Segmenter,
    folded: String,
    spans: Vec<Span>,
    token: Token,
}

impl Words {
    pub(super) fn new(segmenter: Segmenter) -> Self {
        Self { segmenter, folded: String::new(), spans: Vec::new(), token: Token::default() }
    }
}

pub(super) struct WordStream<'a> {
    words: &'a mut Words,
    /// Words times their weight already given.
    given: usize,
    weight: usize,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let (text, weight) = match text.strip_prefix(HEAD_MARK) {
            Some(head) => (head, HEAD_WEIGHT),
            None => (text, 1),
        };
        self.token.reset();
        self.folded.clear();
        self.folded.extend(text.chars().map(fold_char));
        self.spans.clear();
        self.segmenter.each_word(&self.folded, Mode::Index, |span| self.spans.push(span));
        WordStream { words: self, given: 0, weight }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Words { folded, spans, token, .. } = &mut *self.words;
        let word = spans.get(self.given / self.weight).and_then(|span| folded.get(span.clone()));
        let Some(word) = word else { return false };
        self.given += 1;
        token.position = token.position.wrapping_add(1);
        token.text.clear();
        token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        &self.words.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.words.token
    }
}

/// The tokenizers under the names that the schema knows them by.
pub(super) fn tokenizers(segmenter: &Segmenter) -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(PAIRS, Pairs::default());
    manager.register(WORDS, Words::new(segmenter.clone()));
    manager
}
