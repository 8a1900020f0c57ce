//! Compares the positional query with a plain scan of the same texts.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tantivy::collector::DocSetCollector;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::query::{BooleanQuery, EnableScoring, Occur, PhraseQuery, Query, Scorer, TermQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{
    DocAddress, DocSet, Index, IndexWriter, Searcher, SeekDangerResult, TERMINATED,
    TantivyDocument, Term,
};

use super::positional::PositionalQuery;
use crate::search::position_rule::{PhrasePiece, PositionRule};
use crate::search::position_rule_tests::tried;

/// Separates headline and body in the texts of these tests.
const PART: char = '|';
/// The number of positions between the parts.
const PART_GAP: usize = 2_000;
const HEADLINE_END: &str = "headline_end";

/// An article of the test, numbered by its place in the list.
#[derive(Debug, Clone)]
struct TestArticle {
    headline: Vec<char>,
    body: Vec<char>,
    tag: bool,
    deleted: bool,
    /// Whether the index knows where its headline ends.
    placed: bool,
}

impl TestArticle {
    /// The first position of the body.
    fn body_at(&self) -> usize {
        self.headline.len() + PART_GAP
    }

    /// Every position of a piece, by brute force.
    fn places(&self, piece: &[char], after: bool) -> Vec<u32> {
        let mut places = Vec::new();
        for (from, part) in [(0, &self.headline), (self.body_at(), &self.body)] {
            let found = part.windows(piece.len()).enumerate().filter(|(_, text)| *text == piece);
            places.extend(found.map(|(at, _)| (from + at) as u32));
        }
        places.retain(|&place| !(after && self.placed) || place as usize >= self.body_at());
        places
    }

    fn matches(&self, query: &PositionalQuery) -> bool {
        let pieces: Vec<PhrasePiece> = query
            .pieces
            .iter()
            .map(|piece| PhrasePiece {
                len: piece.len() as u32,
                starts: self.places(piece, query.after.is_some()),
            })
            .collect();
        tried(&pieces, &query.rule).iter().any(|starts| !starts.is_empty())
    }
}

struct TestIndex {
    articles: Vec<TestArticle>,
    searcher: Searcher,
    text: Field,
    tag: Field,
}

/// Four segments over an alphabet of five characters, so that most pieces occur and posting lists
/// are longer than a block.
static ARCHIVE: LazyLock<TestIndex> = LazyLock::new(|| {
    let strategy = vec(article(), 1_200);
    let articles = strategy.new_tree(&mut TestRunner::deterministic()).expect("articles").current();
    TestIndex::of(articles)
});

fn character() -> impl Strategy<Value = char> {
    prop_oneof![5 => Just('新'), 4 => Just('乡'), 3 => Just('高'), 1 => Just('氢'), 1 => Just('𠮷')]
}

fn article() -> impl Strategy<Value = TestArticle> {
    (vec(character(), 0..6), vec(character(), 0..14), any::<bool>(), 0..10_u8, 0..10_u8).prop_map(
        |(headline, body, tag, deleted, placed)| TestArticle {
            headline,
            body,
            tag,
            deleted: deleted == 0,
            placed: placed > 1,
        },
    )
}

impl TestIndex {
    fn of(articles: Vec<TestArticle>) -> Self {
        let mut schema = Schema::builder();
        let pairs = TextFieldIndexing::default()
            .set_tokenizer("pairs")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text =
            schema.add_text_field("text", TextOptions::default().set_indexing_options(pairs));
        let tag = schema.add_text_field("tag", STRING);
        let number = schema.add_u64_field("number", FAST | INDEXED);
        let headline_end = schema.add_u64_field(HEADLINE_END, FAST);
        let index = Index::create_in_ram(schema.build());
        index.tokenizers().register("pairs", TestTokenizer::default());
        let mut writer: IndexWriter =
            index.writer_with_num_threads(1, 15_000_000).expect("a writer");
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for (at, article) in articles.iter().enumerate() {
            let mut document = TantivyDocument::default();
            let parts = [&article.headline, &article.body].map(String::from_iter);
            document.add_text(text, parts.join(&PART.to_string()));
            document.add_text(tag, if article.tag { "yes" } else { "no" });
            document.add_u64(number, at as u64);
            if article.placed {
                document.add_u64(headline_end, article.body_at() as u64);
            }
            writer.add_document(document).expect("an article");
            if at % 300 == 299 {
                writer.commit().expect("a segment");
            }
        }
        writer.commit().expect("the last segment");
        for (at, _) in articles.iter().enumerate().filter(|(_, article)| article.deleted) {
            writer.delete_term(Term::from_field_u64(number, at as u64));
        }
        writer.commit().expect("deletions");
        let searcher = index.reader().expect("a reader").searcher();
        Self { articles, searcher, text, tag }
    }

    fn found(&self, query: &dyn Query) -> BTreeSet<usize> {
        let found = self.searcher.search(query, &DocSetCollector).expect("a search");
        found.into_iter().map(|address| self.number(address)).collect()
    }

    /// The place in the list of an article of the index.
    fn number(&self, address: DocAddress) -> usize {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let numbers = segment.fast_fields().u64("number").expect("numbers");
        numbers.first(address.doc_id).expect("a number") as usize
    }

    fn scanned(&self, is_wanted: impl Fn(&TestArticle) -> bool) -> BTreeSet<usize> {
        let kept = self.articles.iter().enumerate().filter(|(_, article)| !article.deleted);
        kept.filter(|(_, article)| is_wanted(article)).map(|(at, _)| at).collect()
    }

    fn together(&self, text: &str) -> PositionalQuery {
        let pieces = vec![text.chars().collect()];
        PositionalQuery { field: self.text, pieces, rule: PositionRule::Adjacent, after: None }
    }
}

fn queries() -> impl Strategy<Value = PositionalQuery> {
    let piece = || vec(character(), 1..=6);
    let some = || vec(vec(character(), 1..=3), 1..=4);
    let gaps = vec((0..3_u32, 0..6_u32), 0..4);
    let asked = prop_oneof![
        piece().prop_map(|piece| (vec![piece], PositionRule::Adjacent)),
        (some(), 0..6_u32).prop_map(|(pieces, gap)| (pieces, PositionRule::Near { gap })),
        (some(), gaps).prop_map(|(pieces, gaps)| (pieces, PositionRule::Ordered { gaps })),
    ];
    (asked, any::<bool>()).prop_map(|((pieces, rule), after)| PositionalQuery {
        field: ARCHIVE.text,
        pieces,
        rule,
        after: after.then_some(HEADLINE_END),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_found_is_what_a_scan_finds(query in queries()) {
        prop_assert_eq!(ARCHIVE.found(&query), ARCHIVE.scanned(|article| article.matches(&query)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn it_can_be_part_of_other_queries(one in queries(), other in queries()) {
        let tag = || -> Box<dyn Query> {
            let term = Term::from_field_text(ARCHIVE.tag, "yes");
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        let positional = |query: &PositionalQuery| -> Box<dyn Query> { Box::new(query.clone()) };
        let both = BooleanQuery::new(vec![
            (Occur::Must, positional(&one)),
            (Occur::Must, tag()),
            (Occur::Must, positional(&other)),
        ]);
        let scanned = ARCHIVE.scanned(|it| it.tag && it.matches(&one) && it.matches(&other));
        prop_assert_eq!(ARCHIVE.found(&both), scanned.clone());
        prop_assert_eq!(both.count(&ARCHIVE.searcher).expect("a count"), scanned.len());

        let without = BooleanQuery::new(vec![
            (Occur::Must, tag()),
            (Occur::MustNot, positional(&one)),
            (Occur::MustNot, positional(&other)),
        ]);
        let scanned = ARCHIVE.scanned(|it| it.tag && !it.matches(&one) && !it.matches(&other));
        prop_assert_eq!(ARCHIVE.found(&without), scanned);

        let either = BooleanQuery::new(vec![
            (Occur::Should, positional(&one)),
            (Occur::Should, positional(&other)),
            (Occur::MustNot, tag()),
        ]);
        let scanned = ARCHIVE.scanned(|it| !it.tag && (it.matches(&one) || it.matches(&other)));
        prop_assert_eq!(ARCHIVE.found(&either), scanned);
    }

    #[test]
    fn every_way_to_walk_leads_to_the_same_articles(query in queries(), step in 1..40_u32) {
        let weight = query
            .weight(EnableScoring::disabled_from_searcher(&ARCHIVE.searcher))
            .expect("a weight");
        for segment in ARCHIVE.searcher.segment_readers() {
            let scorer = || weight.scorer(segment, 1.0).expect("a scorer");
            let docs = walked(scorer());
            prop_assert!(docs.len() <= scorer().size_hint() as usize);
            let behind = |target| docs.iter().copied().find(|&doc| doc >= target);
            let mut seeking = scorer();
            let mut guessing: Option<Box<dyn Scorer>> = None;
            for target in (0..segment.max_doc() + step).step_by(step as usize) {
                let expected = behind(target).unwrap_or(TERMINATED);
                prop_assert_eq!(seeking.seek(target.max(seeking.doc())), expected);
                let result = if let Some(scorer) = &mut guessing {
                    scorer.seek_danger(target)
                } else {
                    let (result, scorer) =
                        weight.scorer_danger(segment, target, 1.0).expect("a scorer");
                    guessing = Some(scorer);
                    result
                };
                prop_assert_eq!(result == SeekDangerResult::Found, docs.contains(&target));
                if let SeekDangerResult::SeekLowerBound(bound) = result {
                    prop_assert!(bound > target && bound <= expected);
                }
            }
            prop_assert_eq!(seeking.seek(TERMINATED), TERMINATED);
            prop_assert_eq!(seeking.advance(), TERMINATED);
            let result = seeking.seek_danger(TERMINATED);
            prop_assert_eq!(result, SeekDangerResult::SeekLowerBound(TERMINATED));
        }
    }

    #[test]
    fn a_literal_is_found_as_by_the_engines_phrases(text in vec(character(), 3..=6)) {
        let pairs = text.windows(2).map(|pair| {
            Term::from_field_text(ARCHIVE.text, &String::from_iter(pair))
        });
        let phrase = PhraseQuery::new(pairs.collect());
        let literal = ARCHIVE.together(&String::from_iter(&text));
        prop_assert_eq!(ARCHIVE.found(&literal), ARCHIVE.found(&phrase));
    }
}

fn walked(mut scorer: Box<dyn Scorer>) -> Vec<u32> {
    let mut docs = Vec::new();
    while scorer.doc() != TERMINATED {
        docs.push(scorer.doc());
        scorer.advance();
    }
    docs
}

#[test]
fn nothing_is_found_by_nothing() {
    let none = PositionalQuery { pieces: Vec::new(), ..ARCHIVE.together("") };
    assert!(ARCHIVE.found(&none).is_empty());
    assert!(ARCHIVE.found(&ARCHIVE.together("")).is_empty());
    assert!(ARCHIVE.found(&ARCHIVE.together("新乡市")).is_empty());
    assert!(ARCHIVE.found(&ARCHIVE.together("市")).is_empty());
}

#[test]
fn all_matches_have_the_same_score_and_others_none() {
    let query = ARCHIVE.together("新乡");
    for address in (0..300).map(|doc| DocAddress::new(0, doc)) {
        let explained = query.explain(&ARCHIVE.searcher, address);
        let score = explained.ok().map(|explained| explained.value());
        let matches = ARCHIVE.articles[ARCHIVE.number(address)].matches(&query);
        assert_eq!(score, matches.then_some(1.0));
    }
}

#[test]
fn a_column_that_the_index_does_not_know_is_an_error() {
    let query = PositionalQuery { after: Some("no such column"), ..ARCHIVE.together("新乡") };
    assert!(ARCHIVE.searcher.search(&query, &DocSetCollector).is_err());
}

/// Tokenises as the bigram field does, with a wide gap between the parts.
#[derive(Clone, Default)]
struct TestTokenizer {
    token: Token,
}

struct TestTokenStream<'a> {
    pairs: std::vec::IntoIter<(usize, String)>,
    token: &'a mut Token,
}

impl Tokenizer for TestTokenizer {
    type TokenStream<'a> = TestTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TestTokenStream<'a> {
        let mut pairs = Vec::new();
        let mut from = 0;
        for part in text.split(PART) {
            let chars: Vec<char> = part.chars().chain(['\u{ffff}']).collect();
            pairs.extend((from..).zip(chars.windows(2).map(String::from_iter)));
            from += chars.len() - 1 + PART_GAP;
        }
        TestTokenStream { pairs: pairs.into_iter(), token: &mut self.token }
    }
}

impl TokenStream for TestTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.pairs.next() else { return false };
        self.token.position = position;
        self.token.text = text;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
