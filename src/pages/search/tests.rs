//! The page of a search: values in, HTML out.

use crate::model::{ArticleWarning, Span};
use crate::pages::common::sample::sample;
use crate::pages::{Frame, Refusal, SearchPage, Section, refused, search};
use crate::present::Lang;
use crate::present::{Answer, Dimension, NoHits, ParamError, SearchParams};
use crate::query::{EXPECTATIONS, Expansion, parse};
use crate::search::{
    AreaCount, Count, Explanation, Facets, Highlight, Hit, Note, SearchError, Suggestion, TextField,
};

fn asked() -> SearchParams {
    SearchParams {
        q: "老桥 \"<b>\"".into(),
        district: vec!["金水区".into()],
        ..SearchParams::default()
    }
}

fn count(value: &str, count: u64) -> Count {
    Count { value: value.into(), count }
}

fn hit(highlights: Vec<Highlight>) -> Hit {
    Hit { record: sample(), score: 1.0, highlights, reprints: 2, why: None }
}

fn spans(field: TextField, text: &str, word: &str) -> Highlight {
    let spans: Vec<Span> =
        text.match_indices(word).map(|(at, found)| at..at + found.len()).collect();
    Highlight { field, spans }
}

fn found() -> SearchPage {
    let record = sample();
    let title = spans(TextField::Title, record.title.as_deref().unwrap_or_default(), "老桥");
    let body = spans(TextField::Body, &record.body, "老桥");
    let area = |name: &str, within| AreaCount { name: name.into(), count: 3, within };
    let city = area("郑州市", vec![area("金水区", vec![]), area("登封市", vec![])]);
    let facets = Facets {
        district_tree: vec![area("河南省", vec![city])],
        topics: (0..15).map(|at| count(&format!("主题{at}"), 30 - at)).collect(),
        kinds: vec![count("news", 9)],
        years: vec![count("2022", 2), count("2023", 7)],
        months: vec![count("2022-12", 2), count("2023-01", 3), count("2023-02", 4)],
        ..Facets::default()
    };
    let answer = Answer {
        total: 162,
        stories: 148,
        hits: vec![hit(vec![title, body])],
        facets: Some(facets),
        ..Answer::default()
    };
    SearchPage { asked: asked(), answer, strange: Vec::new() }
}

/// The same with other counts.
fn counted(asked: SearchParams, facets: Facets) -> SearchPage {
    let answer = Answer { facets: Some(facets), ..found().answer };
    SearchPage { asked, answer, ..found() }
}

fn page(lang: Lang, found: &SearchPage) -> String {
    let about = Frame { lang, section: Section::Search, ..Frame::default() };
    search(&about, found).into_string()
}

#[test]
fn what_the_corpus_and_the_reader_wrote_is_escaped() {
    for lang in Lang::ALL {
        let shown = page(lang, &found());
        assert!(!shown.contains("<script>alert"), "{shown}");
        assert!(!shown.contains("<b>"), "{shown}");
        assert!(shown.contains("value=\"老桥 &quot;&lt;b&gt;&quot;\""), "{shown}");
        assert!(!shown.contains(" style=") && !shown.contains(" onclick"));
    }
}

#[test]
fn marks_stand_in_headline_and_snippet() {
    let shown = page(Lang::Zh, &found());
    let headline = "<span class=\"headline\" lang=\"zh-CN\"><mark>老桥</mark>换上";
    assert!(shown.contains(headline), "{shown}");
    assert!(shown.contains("<mark>老桥</mark>今天通车"), "{shown}");
}

#[test]
fn totals_say_articles_and_stories() {
    let zh = page(Lang::Zh, &found());
    assert!(zh.contains("162 篇<span class=\"soft\">，其中不重复 148 篇"), "{zh}");
    let en = page(Lang::En, &found());
    assert!(en.contains("162 articles<span class=\"soft\"> (148 not counting reprints)"), "{en}");
    assert!(zh.contains("另有 2 处刊载"));
}

#[test]
fn a_hit_leads_to_its_article_with_the_search_and_its_place() {
    let offset = Some(40);
    let shown =
        page(Lang::Zh, &SearchPage { asked: SearchParams { offset, ..asked() }, ..found() });
    let district = "&amp;district=%E9%87%91%E6%B0%B4%E5%8C%BA";
    assert!(shown.contains(&format!("{district}&amp;at=41\" data-hit>")), "{shown}");
    assert!(shown.contains("<ol class=\"hits\" start=\"41\">"), "{shown}");
}

#[test]
fn filters_add_and_take_away() {
    let shown = page(Lang::Zh, &found());
    // Set: its link leads to the search without it.
    assert!(shown.contains(
        "aria-current=\"true\"><span class=\"value\"><span aria-hidden=\"true\">✓ </span>金水区"
    ));
    // Beside it in the city: one of the two is enough.
    assert!(
        shown.contains(
            "district=%E9%87%91%E6%B0%B4%E5%8C%BA&amp;district=%E7%99%BB%E5%B0%81%E5%B8%82"
        )
    );
    // The city above it takes its place.
    assert!(shown.contains("%22&amp;district=%E9%83%91%E5%B7%9E%E5%B8%82\""), "{shown}");
    assert!(shown.contains("其余 5 项"));
    assert!(shown.contains("<span class=\"value\">新闻</span>"));
    assert!(shown.contains("&amp;from=2023-02&amp;to=2023-02&amp;last=true\""));
}

#[test]
fn what_has_no_district_can_be_asked_for() {
    let facets = found().answer.facets.expect("counts");
    let facets = Facets { unplaced: 6, ..facets };
    let shown = page(Lang::Zh, &counted(asked(), facets.clone()));
    // In no district: those that are set are taken away.
    let link = "href=\"/?q=%E8%80%81%E6%A1%A5+%22%3Cb%3E%22&amp;review=unplaced\"";
    assert!(shown.contains(link), "{shown}");
    assert!(shown.contains("数字是该项自身的篇数"), "a district is set");
    let asked = SearchParams { review: vec!["unplaced".into()], ..SearchParams::default() };
    let shown = page(Lang::Zh, &counted(asked, facets));
    assert!(shown.contains("✓ </span>地区不详") && !shown.contains("自身的篇数"), "{shown}");
}

#[test]
fn a_year_that_is_set_stands_among_the_first() {
    let years = (1990..2020).map(|year| count(&year.to_string(), 1)).collect();
    let asked =
        SearchParams { from: "1992-03".into(), to: "1992-03".into(), ..SearchParams::default() };
    let facets = Facets { years, ..Facets::default() };
    let shown = page(Lang::Zh, &counted(asked, facets));
    let at = |year: &str| shown.find(&format!("\"value\">{year}<")).expect("a year");
    assert!(at("1992") < at("2019") && at("2019") < at("2018") && at("2018") < at("1993"));
}

#[test]
fn what_is_set_can_be_taken_away() {
    let set = SearchParams { any: true, from: "2023".into(), to: "2023".into(), ..asked() };
    let shown = page(Lang::En, &SearchPage { asked: set, ..found() });
    for chip in [
        "District: <span lang=\"zh-CN\">金水区</span>",
        "Date: 2023",
        "Some of the words are enough",
    ] {
        assert!(shown.contains(&format!("{chip}<span aria-hidden=\"true\">×")), "{chip}: {shown}");
    }
}

#[test]
fn pages_and_exports_are_links() {
    let shown = page(Lang::Zh, &found());
    assert!(shown.contains("offset=140"), "the last of 148 stories: {shown}");
    for format in ["csv", "jsonl", "md"] {
        assert!(shown.contains(&format!("&amp;format={format}\" download")), "{format}");
    }
    assert!(shown.contains("导出全部 162 篇"));
    assert!(shown.contains("href=\"/feed?q="));
}

#[test]
fn the_timeline_narrows_by_links_and_its_table_has_the_same() {
    let shown = page(Lang::Zh, &found());
    assert!(shown.contains("data-timeline=\"/?q="), "{shown}");
    assert!(shown.contains("data-from=\"2023-02-01\" data-to=\"2023-02-28\""), "{shown}");
    assert!(shown.matches("from=2023-02&amp;to=2023-02").count() >= 3);
}

#[test]
fn what_was_understood_is_said() {
    let synonyms = vec![Expansion { word: "甲".into(), added: vec!["乙".into()], span: 0..3 }];
    let notes = vec![
        Note::EmptyDistrict { name: "某县".into() },
        Note::AmbiguousDistrict {
            name: "高新区".into(),
            paths: vec![vec!["甲省".into(), "乙市".into()]; 8],
        },
    ];
    let answer = Answer { notes, synonyms, ..found().answer };
    let shown = page(Lang::Zh, &SearchPage { answer, ..found() });
    assert!(shown.contains("甲 也找 乙") && shown.contains("&amp;exact=true"), "{shown}");
    assert!(shown.contains("“某县”") && shown.contains("甲省乙市"));
    assert!(shown.contains("explain=1"));
}

#[test]
fn nothing_found_leads_on() {
    let explanation = Explanation {
        query: "老桥".into(),
        total: 0,
        filtered: 5,
        parts: vec![],
        missing: vec!["<i>老桥".into()],
        without_missing: Some(4),
    };
    let suggestion =
        Suggestion { part: "老桥".into(), span: 0..6, instead: "老桥头".into(), articles: 7 };
    let no_hits = NoHits {
        articles: 40,
        explanation,
        filtered: true,
        suggestions: vec![suggestion],
        months: Some(("2022-01".into(), "2024-02".into())),
        with_some: Some(3),
        without: vec![(Dimension::District, 8)],
        without_filters: Some(9),
    };
    let answer = Answer { no_hits: Some(no_hits), ..Answer::default() };
    let found = SearchPage { answer, ..found() };
    let shown = page(Lang::Zh, &found);
    assert!(shown.contains("在 40 篇文章里没有找到"));
    assert!(shown.contains("&lt;i&gt;老桥"));
    assert!(shown.contains("href=\"/?q=%E8%80%81%E6%A1%A5%E5%A4%B4+%22%3Cb%3E%22\""), "{shown}");
    assert!(shown.contains("&amp;any=true") && shown.contains("不限地区"));
    assert!(page(Lang::En, &found).contains("from 2022-01 to 2024-02"));
}

#[test]
fn a_query_that_cannot_be_read_is_kept_and_its_place_marked() {
    let typed = "<i> 氢能) 登封";
    let error = parse(typed).expect_err("a bracket too many");
    assert!(EXPECTATIONS.contains(&error.expected));
    let asked = SearchParams { q: typed.into(), ..SearchParams::default() };
    let error = ParamError::Query(error);
    let shown = |lang| {
        let about = Frame { lang, ..Frame::default() };
        refused(&about, &asked, Refusal::ParamError(&error)).into_string()
    };
    let zh = shown(Lang::Zh);
    assert!(zh.contains("value=\"&lt;i&gt; 氢能) 登封\""), "{zh}");
    assert!(zh.contains("&lt;i&gt; 氢能<mark class=\"wrong\">)</mark> 登封"), "{zh}");
    assert!(
        zh.contains("第 7 个字符处是<strong>“)”</strong>") && zh.contains("没有左括号"),
        "{zh}"
    );
    assert!(shown(Lang::En).contains("no closing bracket without an opening one"));
}

#[test]
fn the_end_of_a_query_is_a_place_too() {
    let error = ParamError::Query(parse("“登封").expect_err("no closing quote"));
    let asked = SearchParams { q: "“登封".into(), ..SearchParams::default() };
    let shown = refused(&Frame::default(), &asked, Refusal::ParamError(&error)).into_string();
    assert!(shown.contains("<mark class=\"wrong\">“登封</mark>"), "{shown}");
    let error = ParamError::Query(parse("登封 OR").expect_err("nothing after OR"));
    let asked = SearchParams { q: "登封 OR".into(), ..SearchParams::default() };
    let shown = refused(&Frame::default(), &asked, Refusal::ParamError(&error)).into_string();
    assert!(shown.contains("登封 OR<mark class=\"wrong\"><span aria-hidden=\"true\">▲"), "{shown}");
}

#[test]
fn names_that_are_unknown_are_said_in_both_languages() {
    let error = SearchError::UnknownTopic { topic: "<x>".into(), labels: vec!["能源".into()] };
    for lang in Lang::ALL {
        let about = Frame { lang, ..Frame::default() };
        let shown = refused(&about, &asked(), Refusal::Unknown(&error)).into_string();
        assert!(shown.contains("&lt;x&gt;") && shown.contains("topic=%E8%83%BD%E6%BA%90"));
    }
}

#[test]
fn only_the_empty_start_page_takes_the_keys() {
    assert!(page(Lang::Zh, &SearchPage::default()).contains(" autofocus"));
    assert!(!page(Lang::Zh, &found()).contains(" autofocus"));
}

#[test]
fn who_looks_for_what_is_to_be_checked_is_told_what_it_is() {
    let mut found = found();
    let printed = "老桥".to_owned();
    found.answer.hits[0].record.warnings = vec![ArticleWarning::UnclearPlace { printed }];
    assert!(!page(Lang::En, &found).contains("which 老桥 is meant"));
    found.asked.review = vec!["article_warning".into()];
    assert!(page(Lang::En, &found).contains("<li>it is not clear which 老桥 is meant</li>"));
}
