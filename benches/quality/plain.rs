//! The baseline: the engine's own BM25 over one field of jieba words.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{Index, Searcher, TantivyDocument, Term};

use crate::floor::{self, Words};

pub struct Plain {
    words: Words,
    text: Field,
    id: Field,
    searcher: Searcher,
}

impl Plain {
    /// Indexes the texts, which are named by numbers.
    pub fn of(folder: &Path, texts: impl Iterator<Item = (String, String)>) -> Self {
        let words = Words::default();
        floor::index(folder, 2, &words, texts);
        let index = Index::open_in_dir(folder).expect("an index");
        let schema = index.schema();
        let field = |name| schema.get_field(name).expect("a field");
        let searcher = index.reader().expect("a reader").searcher();
        Self { words, text: field("text"), id: field("id"), searcher }
    }

    /// The names of the top hits for the words of a text.
    pub fn first(&self, text: &str, most: usize, occur: Occur) -> Vec<usize> {
        let clauses = self.words.of(text).map(|word| {
            let term = Term::from_field_text(self.text, word);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (occur, Box::new(query) as Box<dyn Query>)
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
