//! The baseline: the engine that dibao is built on, with jieba words and nothing else.
//!
//! One stored field of title and body in lower case, segmented into jieba words and the words
//! inside them (search mode, no model), with positions; publication, month and day as columns. All
//! words of a question must occur, and those of a quoted one must be adjacent.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use anyhow::{Context, Result};
use jieba_rs::Jieba;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, EmptyQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{DocAddress, Index, IndexWriter, Order, Searcher, TantivyDocument, Term};

use crate::corpus::read;
use crate::engine::{Engine, Opened};
use crate::question::{Answer, PAGE, Question};

pub struct Floor;

/// Memory budget of each indexing thread.
const MEMORY_PER_THREAD: usize = 96 << 20;

static JIEBA: LazyLock<Arc<Jieba>> = LazyLock::new(|| Arc::new(Jieba::new()));

#[derive(Clone, Copy)]
struct Fields {
    number: Field,
    text: Field,
    publication: Field,
    month: Field,
    day: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("jieba")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing).set_stored();
    let fields = Fields {
        number: schema.add_u64_field("number", FAST),
        text: schema.add_text_field("text", text),
        publication: schema.add_text_field("publication", STRING | FAST | STORED),
        month: schema.add_text_field("month", STRING | FAST),
        day: schema.add_u64_field("day", FAST | STORED),
    };
    (schema.build(), fields)
}

impl Engine for Floor {
    fn build(&self, articles: &Path, index: &Path) -> Result<()> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(index, schema)?;
        index.tokenizers().register("jieba", Words);
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let mut writer: IndexWriter =
            index.writer_with_num_threads(threads, threads * MEMORY_PER_THREAD)?;
        for article in read(articles)? {
            let article = article?;
            let mut document = TantivyDocument::new();
            document.add_u64(fields.number, article.number()?.into());
            document.add_text(fields.text, article.text());
            document.add_text(fields.publication, &article.publication);
            document.add_text(fields.month, article.month());
            document.add_u64(fields.day, article.day().into());
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(())
    }

    fn open(&self, _: &Path, index: &Path) -> Result<Box<dyn Opened>> {
        let searcher = Index::open_in_dir(index)?.reader()?.searcher();
        let counted = serde_json::from_value(serde_json::json!({
            "publications": { "terms": { "field": "publication", "size": 1000 } },
            "months": { "terms": { "field": "month", "size": 10000 } },
        }))?;
        Ok(Box::new(Open { searcher, fields: schema().1, counted }))
    }
}

struct Open {
    searcher: Searcher,
    fields: Fields,
    counted: Aggregations,
}

impl Opened for Open {
    fn ask(&self, question: &Question) -> Result<Option<Answer>> {
        let query = self.query(question);
        let top = TopDocs::with_limit(PAGE);
        let (total, places): (usize, Vec<DocAddress>) = if question.newest() {
            let newest = top.order_by_fast_field::<u64>("day", Order::Desc);
            let (total, top) = self.searcher.search(&query, &(Count, newest))?;
            (total, top.into_iter().map(|(_, place)| place).collect())
        } else if question.facets() {
            let facets =
                AggregationCollector::from_aggs(self.counted.clone(), AggContextParams::default());
            let best = top.order_by_score();
            let (total, top, _) = self.searcher.search(&query, &(Count, best, facets))?;
            (total, top.into_iter().map(|(_, place)| place).collect())
        } else {
            let (total, top) = self.searcher.search(&query, &(Count, top.order_by_score()))?;
            (total, top.into_iter().map(|(_, place)| place).collect())
        };
        let given: Vec<TantivyDocument> =
            places.into_iter().map(|place| self.searcher.doc(place)).collect::<Result<_, _>>()?;
        Ok(Some(Answer { total: total as u64, given: Some(given.len()) }))
    }

    fn all(&self, question: &Question) -> Result<Option<Vec<u32>>> {
        let mut numbers = Vec::new();
        for place in self.searcher.search(&self.query(question), &DocSetCollector)? {
            let column =
                self.searcher.segment_reader(place.segment_ord).fast_fields().u64("number")?;
            numbers.push(column.first(place.doc_id).context("a number")? as u32);
        }
        Ok(Some(numbers))
    }
}

impl Open {
    fn query(&self, question: &Question) -> Box<dyn Query> {
        let mut all: Vec<Box<dyn Query>> = Vec::new();
        for part in &question.words {
            let part = part.to_lowercase();
            let words: Vec<(usize, Term)> = JIEBA
                .cut(&part, false)
                .into_iter()
                .map(|token| (token.start, Term::from_field_text(self.fields.text, token.word)))
                .collect();
            if question.quoted && words.len() > 1 {
                all.push(Box::new(PhraseQuery::new_with_offset(words)));
            } else {
                all.extend(
                    words.into_iter().map(|(_, word)| term(word, IndexRecordOption::WithFreqs)),
                );
            }
        }
        if let Some((publication, month)) = &question.only {
            for (field, value) in
                [(self.fields.publication, publication), (self.fields.month, month)]
            {
                let only = term(Term::from_field_text(field, value), IndexRecordOption::Basic);
                all.push(Box::new(tantivy::query::ConstScoreQuery::new(only, 0.0)));
            }
        }
        match all.len() {
            0 => Box::new(EmptyQuery),
            1 => all.remove(0),
            _ => Box::new(BooleanQuery::intersection(all)),
        }
    }
}

fn term(term: Term, option: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, option))
}

/// Segments a text into jieba words and the words inside them. The position of a word is that of
/// its first character, so the distance of adjacent words is the length of the first.
#[derive(Clone)]
struct Words;

struct Cut {
    tokens: std::vec::IntoIter<Token>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Cut;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut {
        let text = text.to_lowercase();
        let tokens: Vec<Token> = JIEBA
            .cut_for_search(&text, false)
            .into_iter()
            .filter(|token| token.word.chars().any(char::is_alphanumeric))
            .map(|token| Token {
                offset_from: token.byte_start,
                offset_to: token.byte_end,
                position: token.start,
                text: token.word.to_owned(),
                position_length: 1,
            })
            .collect();
        Cut { tokens: tokens.into_iter(), token: Token::default() }
    }
}

impl TokenStream for Cut {
    fn advance(&mut self) -> bool {
        let Some(token) = self.tokens.next() else { return false };
        self.token = token;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
