//! The floor: what the engine alone takes for one field of jieba's words and the text stored.

use std::path::Path;

use dibao::model::Span;
use dibao::text::{Mode, Segmenter};
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// Cuts text into jieba's words, those inside longer ones too.
#[derive(Clone)]
pub struct Jieba {
    pub segmenter: Segmenter,
}

pub struct Words<'a> {
    text: &'a str,
    spans: std::vec::IntoIter<Span>,
    token: Token,
}

impl Tokenizer for Jieba {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        let spans = self.segmenter.words(text, Mode::Index).into_iter();
        Words { text, spans, token: Token::default() }
    }
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.spans.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(&self.text[span]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Indexes the texts as the engine's own defaults would.
pub fn index(folder: &Path, threads: usize, texts: impl Iterator<Item = (String, String)>) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("jieba")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema
        .add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let id = schema.add_text_field("id", STRING | STORED);
    std::fs::create_dir_all(folder).expect("a folder");
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    index.tokenizers().register("jieba", Jieba { segmenter: Segmenter::new() });
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
