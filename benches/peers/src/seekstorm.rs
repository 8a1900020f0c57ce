//! SeekStorm with its Chinese word segmentation.
//!
//! One field of title and body, indexed and stored; publication, month and day as facets. No stop
//! words, frequent words or n-grams, since it has lists of frequent words for European languages
//! only. Memory-mapped files, its own choice of shards, page and exact count in one search.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use seekstorm::index::{
    AccessType, Close, Clustering, Document, DocumentCompression, FileType, FrequentwordType,
    IndexArc, IndexDocument, IndexMetaObject, LexicalSimilarity, NgramSet, StemmerType,
    StopwordType, TokenizerType, create_index, open_index,
};
use seekstorm::search::{
    FacetFilter, FacetValue, QueryFacet, QueryRewriting, QueryType, ResultObject, ResultSort,
    ResultType, Search, SearchMode, SortOrder,
};
use seekstorm::vector::Inference;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::corpus::{Article, number, read};
use crate::engine::{Engine, Opened};
use crate::question::{Answer, PAGE, Question};

pub struct SeekStorm;

impl Engine for SeekStorm {
    fn build(&self, articles: &Path, index: &Path) -> Result<()> {
        let schema = serde_json::from_value(json!([
            { "field": "id", "field_type": "Text", "store": true, "index_lexical": false },
            { "field": "text", "field_type": "Text", "store": true, "index_lexical": true,
              "longest": true },
            { "field": "publication", "field_type": "String16", "store": true,
              "index_lexical": false, "facet": true },
            { "field": "month", "field_type": "String16", "store": false,
              "index_lexical": false, "facet": true },
            { "field": "day", "field_type": "U32", "store": true, "index_lexical": false,
              "facet": true },
        ]))?;
        let meta = IndexMetaObject {
            id: 0,
            name: "articles".into(),
            lexical_similarity: LexicalSimilarity::Bm25f,
            tokenizer: TokenizerType::UnicodeAlphanumericZH,
            stemmer: StemmerType::None,
            stop_words: StopwordType::None,
            frequent_words: FrequentwordType::None,
            ngram_indexing: NgramSet::SingleTerm as u8,
            document_compression: DocumentCompression::Zstd,
            access_type: AccessType::Mmap,
            spelling_correction: None,
            query_completion: None,
            clustering: Clustering::None,
            inference: Inference::None,
            segment_number_bits: 11,
        };
        wait(&Runtime::new()?, async {
            let open = create_index(index, meta, &schema, &Vec::new(), true, None)
                .await
                .map_err(|error| anyhow!(error))?;
            let mut count = 0;
            for article in read(articles)? {
                open.index_document(document(&article?)?, FileType::None).await;
                count += 1;
            }
            // Documents still on their way into a shard would miss the commit.
            while open.read().await.indexed_doc_count().await < count {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            open.close().await;
            Ok(())
        })
    }

    fn open(&self, _: &Path, index: &Path) -> Result<Box<dyn Opened>> {
        let runtime = Runtime::new()?;
        let index = wait(&runtime, open_index(index)).map_err(|error| anyhow!(error))?;
        let articles = wait(&runtime, async { index.read().await.indexed_doc_count().await });
        Ok(Box::new(Open { runtime, index, articles, numbers: RefCell::default() }))
    }
}

fn document(article: &Article) -> Result<Document> {
    Ok(serde_json::from_value(json!({
        "id": article.id,
        "text": article.text(),
        "publication": article.publication,
        "month": article.month(),
        "day": article.day(),
    }))?)
}

struct Open {
    runtime: Runtime,
    index: IndexArc,
    articles: usize,
    /// Numbers of articles by the document ids of the engine; to learn one, a text is decompressed.
    numbers: RefCell<HashMap<usize, u32>>,
}

impl Opened for Open {
    fn ask(&self, question: &Question) -> Result<Option<Answer>> {
        let found = self.search(question, PAGE);
        let mut given = 0;
        for result in &found.results {
            self.document(result.doc_id, &HashSet::new())?;
            given += 1;
        }
        Ok(Some(Answer { total: found.result_count_total as u64, given: Some(given) }))
    }

    fn all(&self, question: &Question) -> Result<Option<Vec<u32>>> {
        let fields: HashSet<String> = ["id".to_owned()].into();
        let mut known = self.numbers.borrow_mut();
        let mut numbers = Vec::new();
        for result in self.search(question, self.articles).results {
            let number = if let Some(&number) = known.get(&result.doc_id) {
                number
            } else {
                let document = self.document(result.doc_id, &fields)?;
                let id = document.get("id").and_then(|id| id.as_str());
                number(id.context("an article without id")?)?
            };
            known.insert(result.doc_id, number);
            numbers.push(number);
        }
        Ok(Some(numbers))
    }
}

impl Open {
    fn search(&self, question: &Question, length: usize) -> ResultObject {
        let kind = if question.quoted { QueryType::Phrase } else { QueryType::Intersection };
        let strings = |field: &str, length| QueryFacet::String16 {
            field: field.to_owned(),
            prefix: String::new(),
            length,
        };
        let facets = if question.facets() {
            vec![strings("publication", 1000), strings("month", 10_000)]
        } else {
            Vec::new()
        };
        let only = |field: &str, value: &String| FacetFilter::String16 {
            field: field.to_owned(),
            filter: vec![value.clone()],
        };
        let filter = match &question.only {
            Some((publication, month)) => {
                vec![only("publication", publication), only("month", month)]
            }
            None => Vec::new(),
        };
        let newest = ResultSort {
            field: "day".to_owned(),
            order: SortOrder::Descending,
            base: FacetValue::None,
        };
        let sort = if question.newest() { vec![newest] } else { Vec::new() };
        wait(
            &self.runtime,
            self.index.search(
                // A query that does not end in a mark is also searched for as a single word.
                question.words.join(" ") + "。",
                None,
                kind,
                SearchMode::Lexical,
                false,
                0,
                length,
                ResultType::TopkCount,
                false,
                Vec::new(),
                facets,
                filter,
                sort,
                QueryRewriting::SearchOnly,
            ),
        )
    }

    fn document(&self, id: usize, fields: &HashSet<String>) -> Result<Document> {
        let document = wait(&self.runtime, async {
            self.index.read().await.get_document(id, false, &None, fields, &[]).await
        });
        document.map_err(|error| anyhow!(error))
    }
}

/// Blocks on a future. The future is boxed, because otherwise it would be compiled several times,
/// which takes minutes.
fn wait<'a, T>(runtime: &Runtime, future: impl Future<Output = T> + 'a) -> T {
    let future: Pin<Box<dyn Future<Output = T> + 'a>> = Box::pin(future);
    runtime.block_on(future)
}
