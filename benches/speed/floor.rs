//! The baseline: the engine alone, with one field of jieba words and the stored text.

use std::path::Path;
use std::sync::Arc;

use jieba_rs::Jieba;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// Tokenizes text into jieba words, including those inside longer ones.
#[derive(Clone, Default)]
pub struct Words {
    jieba: Arc<Jieba>,
}

impl Words {
    /// The words of a text in jieba's search mode: words inside a longer word precede it.
    pub fn of<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        let words = self.jieba.cut_for_search(text, false).into_iter().map(|token| token.word);
        words.filter(|word| word.chars().any(char::is_alphanumeric))
    }
}

/// The words of a text, each at a position of its own.
pub struct WordStream<'a> {
    words: Box<dyn Iterator<Item = &'a str> + 'a>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream::new(self.of(text))
    }
}

impl<'a> WordStream<'a> {
    pub fn new(words: impl Iterator<Item = &'a str> + 'a) -> Self {
        Self { words: Box::new(words), token: Token::default() }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Indexes the texts with the engine's defaults.
pub fn index(
    folder: &Path,
    threads: usize,
    tokens: impl Tokenizer,
    texts: impl Iterator<Item = (String, String)>,
) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("tokens")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema
        .add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let id = schema.add_text_field("id", STRING | STORED);
    std::fs::create_dir_all(folder).expect("a folder");
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    index.tokenizers().register("tokens", tokens);
    let mut writer: IndexWriter =
        index.writer_with_num_threads(threads, threads * (96 << 20)).expect("a writer");
    for (name, content) in texts {
        let mut document = TantivyDocument::new();
        document.add_text(id, name);
        document.add_text(text, content);
        writer.add_document(document).expect("room");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges");
}
