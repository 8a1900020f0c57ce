//! Each correction of a file in several parts is about one of them, wherever the parts begin.

use std::sync::Arc;

use super::{FileCorrections, PartCorrections, apply, quote_of_apart};
use crate::annotate::Annotator;
use crate::model::{
    Anchor, Article, ArticleId, Change, Correction, EntryId, GivenFields, LineRange, SourceText,
    SplitFile, UnplacedReason,
};

/// An article that its file keeps apart.
fn article(line: u32, id: Option<&str>, body: &str) -> Article {
    let given = id.map(|id| GivenFields { id: Some(id.to_owned()), ..GivenFields::default() });
    Article {
        body: body.to_owned(),
        lines: vec![LineRange(line, line)],
        given: given.map(Box::new),
        ..Article::default()
    }
}

/// A decision on an article of a file whose content was `then`: which page it is on.
fn page(content: &str, id: &str, line: u32, body: &str, page: &str) -> Correction {
    Correction {
        id: EntryId::default(),
        article: Some(ArticleId(id.to_owned())),
        anchor: Anchor {
            file: "a.jsonl".into(),
            content: content.to_owned(),
            lines: vec![LineRange(line, line)],
            quote: quote_of_apart(None, body),
        },
        change: Change::Page(page.to_owned()),
        was: String::new(),
        by: "丁".into(),
        at: jiff::Timestamp::UNIX_EPOCH,
        why: String::new(),
    }
    .identified()
}

/// The pages of all articles, and what is unplaced, of a file in these parts.
fn pages(
    entries: Vec<Correction>,
    parts: &[Vec<Article>],
) -> (Vec<Option<String>>, Vec<UnplacedReason>) {
    let file = Arc::new(FileCorrections { content: "now".into(), entries });
    let source = || SourceText { path: "a.jsonl".into(), ..SourceText::default() };
    let split =
        |articles: &Vec<Article>| SplitFile { articles: articles.clone(), ..SplitFile::default() };
    let read = || parts.iter().map(|articles| (source(), split(articles)));
    let of_parts = PartCorrections::of_parts(&file, read);
    assert_eq!(of_parts.len(), parts.len());
    let (mut pages, mut unplaced) = (Vec::new(), Vec::new());
    for (corrections, (source, split_file)) in of_parts.iter().zip(read()) {
        let made = apply(corrections, &source, split_file, &Annotator::new());
        pages.extend(made.records.into_iter().map(|record| record.page));
        unplaced.extend(made.outcome.unplaced.into_iter().map(|told| told.reason));
    }
    (pages, unplaced)
}

const ID: &str = "k7q2m9x4t1vd";

#[test]
fn an_id_that_two_parts_have_is_the_first_one_s() {
    let parts = [
        vec![article(1, Some(ID), "渡口换了新船。")],
        vec![article(2, Some(ID), "渡口换了新船。"), article(3, None, "磨坊重新转起来。")],
    ];
    let second = ArticleId(ID.into()).again(1).0;
    for content in ["now", "then"] {
        let entry = |id: &str, line, body| page(content, id, line, body, &format!("A0{line}"));
        let (found, unplaced) = pages(vec![entry(ID, 1, "渡口换了新船。")], &parts);
        assert_eq!(found, [Some("A01".into()), None, None], "{content}");
        assert!(unplaced.is_empty());
        let (found, unplaced) = pages(vec![entry(&second, 2, "渡口换了新船。")], &parts);
        assert_eq!(found, [None, Some("A02".into()), None], "{content}");
        assert!(unplaced.is_empty());
    }
}

#[test]
fn words_that_two_parts_have_are_neither_s_and_what_is_nowhere_is_told_once() {
    let parts = [
        vec![article(1, None, "渡口换了新船。\n两岸的人都来看。")],
        vec![
            article(2, None, "渡口换了新船。\n船身是红的。"),
            article(3, None, "磨坊重新转起来。"),
        ],
        vec![article(4, None, "集市照旧。")],
    ];
    let gone = "0123456789ab";
    let (found, unplaced) = pages(
        vec![
            page("then", gone, 1, "渡口换了新船。", "A01"),
            page("then", gone, 9, "磨坊重新转起来。", "A03"),
            page("then", gone, 4, "老茶馆搬家。", "A04"),
        ],
        &parts,
    );
    assert_eq!(found, [None, None, Some("A03".into()), None]);
    assert_eq!(unplaced, [UnplacedReason::LinesGone, UnplacedReason::LinesGone]);
}
