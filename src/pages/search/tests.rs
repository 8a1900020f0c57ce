//! The page of a search: values in, HTML out.

use crate::model::{ArticleWarning, Span};
use crate::pages::testing::golden::golden;
use crate::pages::testing::sample::sample;
use crate::pages::{Frame, Refusal, SearchPage, Section, refused, search};
use crate::present::Lang;
use crate::present::{Answer, Dimension, NoHits, ParamError, SearchParams};
use crate::query::{Expansion, parse};
use crate::search::{
    AreaCount, Count, Explanation, Facets, Granularity, Highlight, Hit, Note, Period, PeriodCount,
    SearchError, Suggestion, TextField, Timeline, Totals,
};

fn params() -> SearchParams {
    SearchParams {
        q: "老桥 \"<b>\"".into(),
        district: vec!["金水区".into()],
        ..SearchParams::default()
    }
}

fn count(value: &str, count: u64) -> Count {
    Count { value: value.into(), count }
}

fn year(year: i32, count: u64, possible: u64) -> PeriodCount {
    PeriodCount { value: Period::at(Granularity::Year, year), count, possible }
}

fn month(year: i32, month: i32, count: u64, possible: u64) -> PeriodCount {
    let value = Period::at(Granularity::Month, year * 12 + month - 1);
    PeriodCount { value, count, possible }
}

fn hit(highlights: Vec<Highlight>) -> Hit {
    Hit {
        record: sample(),
        score: 1.0,
        highlights,
        look_alikes: Vec::new(),
        figures: Vec::new(),
        missing: Vec::new(),
        reprints: 2,
        noted: None,
        why: None,
    }
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
        years: vec![year(2022, 2, 0), year(2023, 7, 0)],
        months: vec![month(2022, 12, 2, 0), month(2023, 1, 1, 4), month(2023, 2, 2, 4)],
        spread_months: 4,
        ..Facets::default()
    };
    let answer = Answer {
        total: 162,
        stories: 148,
        hits: vec![hit(vec![title, body])],
        facets: Some(facets),
        ..Answer::default()
    };
    SearchPage { params: params(), answer, ..SearchPage::default() }
}

/// The same with other counts.
fn counted(params: SearchParams, facets: Facets) -> SearchPage {
    let answer = Answer { facets: Some(facets), ..found().answer };
    SearchPage { params, answer, ..found() }
}

fn page(lang: Lang, found: &SearchPage) -> String {
    let about = Frame { lang, section: Section::Search, ..Frame::default() };
    golden(&search(&about, found).into_string())
}

fn refusal(lang: Lang, params: &SearchParams, why: Refusal) -> String {
    golden(&refused(&Frame { lang, ..Frame::default() }, params, why).into_string())
}

#[test]
fn the_page_of_a_search() {
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("search-{}", lang.tag()), page(lang, &found()));
    }
}

#[test]
fn hits_with_some_of_the_words_stand_behind_a_line() {
    let partial = Some(Totals { articles: 40, stories: 38 });
    let lacking = Hit { missing: vec!["栏杆".into(), "<b>".into()], ..hit(Vec::new()) };
    let full = found().answer;
    let hits = vec![hit(Vec::new()), lacking.clone()];
    let answer = Answer { total: 1, stories: 1, partial, hits, ..full.clone() };
    let both = SearchPage { answer, ..found() };
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("partial-{}", lang.tag()), page(lang, &both));
    }
    let answer = Answer { total: 0, stories: 0, partial, hits: vec![lacking], ..full };
    let shown = page(Lang::Zh, &SearchPage { answer, ..found() });
    assert!(shown.contains("没有文章含全部检索词。"), "{shown}");
    assert!(!shown.contains("/api/v1/export"), "nothing to export: {shown}");
}

#[test]
fn outside_text_is_escaped() {
    for lang in Lang::ALL {
        let shown = page(lang, &found());
        assert!(!shown.contains("<script>alert"), "{shown}");
        assert!(!shown.contains("<b>"), "{shown}");
        assert!(shown.contains("value=\"老桥 &quot;&lt;b&gt;&quot;\""), "{shown}");
        assert!(!shown.contains(" style=") && !shown.contains(" onclick"));
    }
}

#[test]
fn a_further_page_numbers_its_hits() {
    let offset = Some(40);
    let shown =
        page(Lang::Zh, &SearchPage { params: SearchParams { offset, ..params() }, ..found() });
    let district = "&amp;district=%E9%87%91%E6%B0%B4%E5%8C%BA";
    assert!(shown.contains(&format!("{district}&amp;at=41\" data-hit>")), "{shown}");
    assert!(shown.contains("<ol class=\"hits\" start=\"41\">"), "{shown}");
}

#[test]
fn what_has_no_district_can_be_asked_for() {
    let facets = found().answer.facets.expect("counts");
    let facets = Facets { unplaced: 6, ..facets };
    let shown = page(Lang::Zh, &counted(params(), facets.clone()));
    // In no district: those that are set are taken away.
    let link = "href=\"/?q=%E8%80%81%E6%A1%A5+%22%3Cb%3E%22&amp;review=unplaced\"";
    assert!(shown.contains(link), "{shown}");
    let params = SearchParams { review: vec!["unplaced".into()], ..SearchParams::default() };
    let shown = page(Lang::Zh, &counted(params, facets));
    assert!(shown.contains("✓ </span>地区不详") && !shown.contains("数字为各项篇数"), "{shown}");
}

#[test]
fn a_year_that_is_set_stands_among_the_first() {
    let years = (1990..2020).map(|number| year(number, 1, 0)).collect();
    let params =
        SearchParams { from: "1992-03".into(), to: "1992-03".into(), ..SearchParams::default() };
    let facets = Facets { years, ..Facets::default() };
    let shown = page(Lang::Zh, &counted(params, facets));
    let at = |year: &str| shown.find(&format!("\"value\">{year}<")).expect("a year");
    assert!(at("1992") < at("2019") && at("2019") < at("2018") && at("2018") < at("1993"));
}

#[test]
fn active_filters_can_be_removed() {
    let params = SearchParams {
        any: true,
        from: "2023".into(),
        to: "2023".into(),
        kind: vec!["news".into()],
        review: vec!["undated".into()],
        ..params()
    };
    for lang in Lang::ALL {
        let shown = golden(&super::form::chips(lang, &params).into_string());
        insta::assert_snapshot!(format!("chips-{}", lang.tag()), shown);
    }
}

#[test]
fn notes_before_the_hits() {
    let synonyms = vec![Expansion { word: "甲".into(), added: vec!["乙".into()], span: 0..3 }];
    let notes = vec![
        Note::EmptyDistrict { name: "某县".into(), named: false },
        Note::AmbiguousDistrict {
            name: "高新区".into(),
            paths: vec![vec!["甲省".into(), "乙市".into()]; 8],
        },
    ];
    let answer = Answer { notes, synonyms, ..found().answer };
    let strange = vec!["utm_source".to_owned(), "<fbclid>".to_owned()];
    let found = SearchPage { answer, strange, ..found() };
    for lang in Lang::ALL {
        let shown = golden(
            &super::notes::notes(lang, &found.params, &found.answer, &found.strange).into_string(),
        );
        insta::assert_snapshot!(format!("notes-{}", lang.tag()), shown);
    }
}

#[test]
fn no_results_come_with_causes_and_suggestions() {
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
    for lang in Lang::ALL {
        let shown = golden(&super::notes::nothing(lang, &params(), &no_hits).into_string());
        insta::assert_snapshot!(format!("nothing-{}", lang.tag()), shown);
    }
}

#[test]
fn a_query_with_an_error_is_kept_and_the_error_is_marked() {
    let typed = "<i> 氢能) 登封";
    let error = parse(typed).expect_err("a bracket too many");
    let params = SearchParams { q: typed.into(), ..SearchParams::default() };
    let error = ParamError::Query(error);
    for lang in Lang::ALL {
        let shown = refusal(lang, &params, Refusal::ParamError(&error));
        insta::assert_snapshot!(format!("refused-{}", lang.tag()), shown);
    }
}

#[test]
fn the_end_of_a_query_is_a_place_too() {
    let error = ParamError::Query(parse("\"登封").expect_err("no closing quote"));
    let params = SearchParams { q: "\"登封".into(), ..SearchParams::default() };
    let shown = refusal(Lang::Zh, &params, Refusal::ParamError(&error));
    assert!(shown.contains("<mark class=\"wrong\">&quot;登封</mark>"), "{shown}");
    assert!(
        shown.contains("第 1 个字符处的引号未闭合：<strong>缺少右引号 &quot;</strong>"),
        "{shown}"
    );
    let error = ParamError::Query(parse("登封 OR").expect_err("nothing after OR"));
    let params = SearchParams { q: "登封 OR".into(), ..SearchParams::default() };
    let shown = refusal(Lang::Zh, &params, Refusal::ParamError(&error));
    assert!(shown.contains("登封 OR<mark class=\"wrong\"><span aria-hidden=\"true\">▲"), "{shown}");
}

#[test]
fn unknown_names_are_errors_with_alternatives() {
    let unknown = [
        SearchError::UnknownTopic { topic: "<x>".into(), labels: vec!["能源".into()] },
        SearchError::UnknownDistrict { name: "<y>".into(), near: vec!["<z>".into()] },
        SearchError::StaleCursor,
    ];
    for lang in Lang::ALL {
        let shown = unknown.each_ref().map(|error| {
            let why = super::refused::reason(lang, &params(), Refusal::Unknown(error));
            golden(&why.into_string())
        });
        insta::assert_snapshot!(format!("unknown-{}", lang.tag()), shown.join("\n"));
    }
}

fn home() -> SearchPage {
    SearchPage { params: SearchParams::default(), is_home: true, ..found() }
}

#[test]
fn the_page_before_any_search() {
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("home-{}", lang.tag()), page(lang, &home()));
    }
    let empty = SearchPage { is_home: true, ..SearchPage::default() };
    assert!(page(Lang::Zh, &empty).contains("库中还没有文章"));
}

#[test]
fn only_the_page_before_any_search_takes_the_keys() {
    assert!(page(Lang::Zh, &home()).contains(" autofocus"));
    assert!(!page(Lang::Zh, &found()).contains(" autofocus"));
}

#[test]
fn relevance_is_an_order_only_where_there_are_words() {
    let orders = |q: &str| {
        let params = SearchParams { q: q.into(), ..SearchParams::default() };
        let shown = page(Lang::Zh, &SearchPage { params, ..found() });
        let (_, orders) = shown.split_once("aria-label=\"排序\"").expect("orders");
        orders.split_once("</nav>").expect("an end").0.to_owned()
    };
    assert!(orders("老桥").contains("aria-current=\"true\">相关度"));
    for without in ["", "地区:登封市 日期:2023", "-老桥"] {
        let shown = orders(without);
        assert!(!shown.contains("相关度"), "{shown}");
        assert!(shown.contains("aria-current=\"true\">从新到旧"), "{shown}");
    }
}

#[test]
fn an_article_without_a_title_shows_its_text() {
    let mut found = found();
    found.answer.hits[0].record.title = None;
    found.answer.hits[0].highlights.clear();
    let shown = page(Lang::Zh, &found);
    assert!(shown.contains("<p class=\"snippet\">　　老桥今天通车。"), "{shown}");
}

#[test]
fn what_the_numbers_are_of_is_said_where_a_second_part_follows() {
    let note = "筛选计数仅统计含全部检索词的文章";
    let sheet = "<p class=\"small soft\">仅统计含全部检索词的文章。</p>";
    let shown = page(Lang::Zh, &found());
    assert!(!shown.contains(note) && !shown.contains(sheet), "{shown}");
    let answer = Answer { partial: Some(Totals { articles: 4, stories: 4 }), ..found().answer };
    let shown = page(Lang::Zh, &SearchPage { answer, ..found() });
    assert!(shown.contains(note) && shown.contains(sheet), "{shown}");
}

#[test]
fn pages_without_a_number_are_reached_by_a_cursor() {
    let offset = Some(10_000);
    let next = "1-2-0-3-4-5-6-7".parse().ok();
    let answer = Answer { total: 30_000, stories: 30_000, next, ..found().answer };
    let shown = SearchPage { params: SearchParams { offset, ..params() }, answer, ..found() };
    let shown = page(Lang::Zh, &shown);
    assert!(shown.contains("&amp;after=1-2-0-3-4-5-6-7\">下一页"), "{shown}");
    assert!(shown.contains("<li class=\"gap\" aria-hidden=\"true\">…</li>"), "{shown}");
}

#[test]
fn a_large_archive_has_no_room_for_all_values() {
    let unit = |name: String, within| AreaCount { name, count: 100, within };
    let provinces = (0..10).map(|province| {
        let districts = (0..30).map(|n| unit(format!("{province}省{n}区"), vec![]));
        unit(format!("{province}省"), districts.collect())
    });
    let facets = Facets {
        district_tree: provinces.collect(),
        outlets: (0..500).map(|at| count(&format!("社{at}"), 600 - at)).collect(),
        years: (1950..2020).map(|number| year(number, 12, 0)).collect(),
        months: (1950..2020).flat_map(|y| (1..=12).map(move |m| month(y, m, 1, 0))).collect(),
        ..Facets::default()
    };
    let set = SearchParams {
        district: vec!["7省3区".into()],
        outlet: vec!["社499".into()],
        ..SearchParams::default()
    };
    let shown = page(Lang::Zh, &counted(set, facets.clone()));
    assert!(shown.contains("另有 469 项未列出") && shown.contains("社499"), "{shown}");
    assert!(shown.contains("7省29区"), "what is set is open: {shown}");
    let choices = |shown: &str| shown.matches("a class=\"choice\"").count();
    assert!(choices(&shown) < 450, "{shown}");
    // The longer the search, the fewer links hold it.
    let long =
        SearchParams { q: "氢能 OR 风电 ".repeat(20) + "光伏", ..SearchParams::default() };
    assert!(choices(&page(Lang::Zh, &counted(long, facets))) < 200);
}

#[test]
fn the_time_of_all_stays_when_a_part_of_it_is_chosen() {
    let one = SearchParams { from: "2023-01".into(), to: "2023-01".into(), ..params() };
    let facets = found().answer.facets.expect("counts");
    let charts = |days: Option<Timeline>| {
        let answer = Answer { days, facets: Some(facets.clone()), ..found().answer };
        super::timeline::chart(Lang::Zh, &one, &answer).into_string()
    };
    let day = |number, count| {
        let value = Period::at(Granularity::Day, number);
        PeriodCount { value, count, possible: 0 }
    };
    let days = |counts| Timeline { by: Granularity::Day, counts, ..Timeline::default() };
    let alone = charts(Some(days(vec![day(738_900, 1)])));
    assert_eq!(alone.matches("<figure").count(), 1, "{alone}");
    // The month that is chosen is drawn in full, the others are muted.
    assert_eq!(alone.matches("#0072B2").count(), 1, "{alone}");
    assert_eq!(alone.matches("#C3CBD3").count(), 2, "{alone}");
    let both = charts(Some(days(vec![day(738_900, 1), day(738_902, 2)])));
    assert_eq!(both.matches("<figure").count(), 2, "{both}");
    assert!(both.contains("所选时段逐日分布"), "{both}");
}

#[test]
fn a_year_among_many_is_shown_by_month() {
    let params = SearchParams { from: "1990".into(), to: "1990".into(), ..SearchParams::default() };
    let facets = Facets {
        years: (1950..2020).map(|number| year(number, 12, 0)).collect(),
        months: (1950..2020).flat_map(|y| (1..=12).map(move |m| month(y, m, 1, 0))).collect(),
        ..Facets::default()
    };
    let answer = Answer { facets: Some(facets), ..found().answer };
    let shown = super::timeline::chart(Lang::Zh, &params, &answer).into_string();
    assert_eq!(shown.matches("<figure").count(), 2, "{shown}");
    assert!(shown.contains("1990-12：1 篇") && !shown.contains("1991-01：1 篇"), "{shown}");
}

#[test]
fn a_search_for_what_needs_review_shows_the_warnings() {
    let mut found = found();
    let printed = "老桥".to_owned();
    found.answer.hits[0].record.warnings = vec![ArticleWarning::UnclearPlace { printed }];
    assert!(!page(Lang::En, &found).contains("which 老桥 is meant"));
    found.params.review = vec!["article_warning".into()];
    assert!(page(Lang::En, &found).contains("<li>it is not clear which 老桥 is meant</li>"));
}
