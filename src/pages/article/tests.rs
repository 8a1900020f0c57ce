//! The page of an article: what is escaped, marked, linked, in both languages.

use std::path::PathBuf;

use super::compare::compare;
use crate::model::{ArticleId, LineRole, Record};
use crate::pages::common::sample::sample;
use crate::pages::{Article, Frame, Reprint, Trail, article, several};
use crate::present::Lang;
use crate::present::{FileState, SearchParams, SourceError, SourceLine, SourceView};
use crate::search::{Highlight, TextField, compare as compared};

fn other(id: &str, title: &str) -> Record {
    Record { id: ArticleId(id.into()), title: Some(title.into()), ..sample() }
}

fn page() -> Article {
    let record = sample();
    let line = |row: u32, role, text: &str| SourceLine {
        row,
        number: row,
        text: text.to_owned(),
        is_short: false,
        role: Some(role),
        owner: (row > 2).then_some(2),
    };
    let at = record.body.find("老桥").expect("in the body");
    let reprint =
        Record { body: "老桥昨天通车。".into(), ..other("bbbbbbbbbbbb", "别的题") };
    let comparison = Some(compared(&record, &reprint));
    Article {
        highlights: vec![Highlight {
            field: TextField::Body,
            spans: std::iter::once(at..at + 6).collect(),
        }],
        asked: SearchParams { q: "老桥".into(), ..SearchParams::default() },
        trail: Some(Trail {
            at: 43,
            total: 162,
            steps: [Some(other("cccccccccccc", "前")), Some(other("dddddddddddd", "后"))],
        }),
        neighbours: [None, Some(other("eeeeeeeeeeee", "邻"))],
        of_file: 9,
        reprints: vec![Reprint { record: reprint, comparison }],
        source: Ok(SourceView {
            path: PathBuf::from("/secret/晚报/2021.txt"),
            state: FileState::Changed,
            lines: vec![line(2, LineRole::Stray, "<i>孤行"), line(3, LineRole::Title, "老桥")],
            articles: vec![record.clone()],
            next: None,
            warnings: vec![],
        }),
        twins: vec![],
        record,
    }
}

fn shown(lang: Lang, page: &Article) -> String {
    article(&Frame { lang, ..Frame::default() }, page).into_string()
}

#[test]
fn every_text_of_the_corpus_is_escaped() {
    for lang in Lang::ALL {
        let shown = shown(lang, &page());
        assert!(!shown.contains("<script>alert") && !shown.contains("<i>"), "{shown}");
        assert!(shown.contains("老桥换上&quot;新&quot;栏杆&lt;script&gt;"), "{shown}");
        assert!(!shown.contains("/secret"), "{shown}");
        assert!(!shown.contains("style=\"") && !shown.contains("onclick"), "{shown}");
    }
}

#[test]
fn what_the_search_asked_for_is_marked_and_its_hits_are_a_way() {
    let shown = shown(Lang::Zh, &page());
    assert!(shown.contains("<p><mark>老桥</mark>今天通车。</p>"), "{shown}");
    assert!(shown.contains("第 43 篇，共 162 篇"), "{shown}");
    assert!(shown.contains("href=\"/?q=%E8%80%81%E6%A1%A5&amp;offset=40\""), "{shown}");
    assert!(
        shown.contains("href=\"/article/cccccccccccc?q=%E8%80%81%E6%A1%A5&amp;at=42\""),
        "{shown}"
    );
    assert!(shown.contains("/article/dddddddddddd?q=%E8%80%81%E6%A1%A5&amp;at=44"), "{shown}");
}

#[test]
fn without_a_search_there_is_no_way_through_its_hits() {
    let plain = Article { asked: SearchParams::default(), trail: None, ..page() };
    let shown = shown(Lang::Zh, &plain);
    assert!(!shown.contains("返回检索结果") && shown.contains("下一篇（同一文件）"), "{shown}");
    assert!(!shown.contains("上一篇（同一文件）") && shown.contains("第 2 篇，共 9 篇"), "{shown}");
}

#[test]
fn the_source_stands_beside_with_roles_and_what_is_wrong_with_it() {
    let shown = shown(Lang::En, &page());
    assert!(shown.contains("<strong>Changed: </strong>"), "{shown}");
    assert!(shown.contains("id=\"L3\" class=\"is-head\""), "{shown}");
    assert!(shown.contains("class=\"owned own\""), "{shown}");
    assert!(shown.contains("unaccounted") && shown.contains("&lt;i&gt;孤行"), "{shown}");
    let gone = Article { source: Err(SourceError::Gone("/secret/a".into())), ..page() };
    let gone = self::shown(Lang::Zh, &gone);
    assert!(gone.contains("文件已不在原处") && !gone.contains("/secret"), "{gone}");
}

#[test]
fn other_prints_say_what_differs_and_lead_to_the_comparison() {
    let shown = shown(Lang::Zh, &page());
    assert!(shown.contains("href=\"/article/0123456789ab/compare/bbbbbbbbbbbb\""), "{shown}");
    assert!(shown.contains("改动 1 句") && shown.contains("标题不同"), "{shown}");
}

#[test]
fn a_citation_can_be_copied_and_the_article_be_taken_away() {
    let shown = shown(Lang::Zh, &page());
    assert!(shown.contains("id=\"citation\"") && shown.contains("data-copy=\"citation\""));
    for format in ["jsonl", "csv", "md"] {
        let address = format!("href=\"/api/v1/article/0123456789ab?format={format}\"");
        assert!(shown.contains(&address), "{shown}");
    }
}

#[test]
fn two_articles_are_compared_with_words_and_not_by_colour_alone() {
    let first = Record { body: "老桥今天通车。两岸的人来看。".into(), ..sample() };
    let second =
        Record { body: "老桥昨天通车。".into(), ..other("bbbbbbbbbbbb", "别的<题>") };
    let about = Frame { lang: Lang::Zh, ..Frame::default() };
    let shown = compare(&about, &first, &second, &compared(&first, &second)).into_string();
    assert!(shown.contains("有改动") && shown.contains("仅甲篇有"), "{shown}");
    assert!(shown.contains("<del>今</del>") && shown.contains("<ins>昨</ins>"), "{shown}");
    assert!(shown.contains("别的&lt;题&gt;") && !shown.contains("<题>"), "{shown}");
}

#[test]
fn an_id_that_several_begin_with_is_a_choice() {
    let about = Frame { lang: Lang::En, ..Frame::default() };
    let shown = several(&about, "<b>", &[sample(), other("cccccccccccc", "丙")], 7).into_string();
    assert!(shown.contains("7 ids begin with “&lt;b&gt;”"), "{shown}");
    assert!(shown.contains("href=\"/article/cccccccccccc\""), "{shown}");
}
