//! The baselines: the engine's own BM25 over one field of jieba's words, or of pairs of characters.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::tokenizer::Tokenizer;
use tantivy::{Index, Searcher, TantivyDocument, Term};

use crate::floor::{self, WordStream, Words};

/// What texts and queries are cut into.
pub trait Tokens: Tokenizer + Clone {
    fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str>;
}

impl Tokens for Words {
    fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        Words::of(self, text)
    }
}

/// Every two neighbouring characters, neither of which is a blank or a mark.
#[derive(Clone, Default)]
pub struct Pairs;

impl Tokens for Pairs {
    fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        pairs(text)
    }
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream::new(pairs(text))
    }
}

fn pairs(text: &str) -> impl Iterator<Item = &str> {
    let chars = text.char_indices().zip(text.char_indices().skip(1));
    let whole =
        chars.filter(|((_, one), (_, next))| one.is_alphanumeric() && next.is_alphanumeric());
    whole.map(|((start, _), (end, next))| &text[start..end + next.len_utf8()])
}

pub struct Plain<T> {
    tokens: T,
    text: Field,
    id: Field,
    searcher: Searcher,
}

impl<T: Tokens> Plain<T> {
    /// Indexes the texts, which are named by numbers, unless the folder has an index.
    pub fn of(folder: &Path, tokens: T, texts: impl Iterator<Item = (String, String)>) -> Self {
        if !folder.join("meta.json").exists() {
            floor::index(folder, 2, tokens.clone(), texts);
        }
        let index = Index::open_in_dir(folder).expect("an index");
        let schema = index.schema();
        let field = |name| schema.get_field(name).expect("a field");
        let searcher = index.reader().expect("a reader").searcher();
        Self { tokens, text: field("text"), id: field("id"), searcher }
    }

    /// The names of the top hits for any of the tokens of a text.
    pub fn first(&self, text: &str, most: usize) -> Vec<usize> {
        let clauses = self.tokens.of(text).map(|token| {
            let term = Term::from_field_text(self.text, token);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(query) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(clauses.collect());
        let first = TopDocs::with_limit(most).order_by_score();
        let found = self.searcher.search(&query, &first).expect("hits");
        let names = found.into_iter().map(|(_, address)| {
            let document: TantivyDocument = self.searcher.doc(address).expect("a document");
            let name = document.get_first(self.id).and_then(|name| name.as_str());
            name.and_then(|name| name.parse().ok()).expect("a number")
        });
        names.collect()
    }
}
