//! The trend: a form that keeps what was asked, a drawing, a table that leads to searches.

use super::{TrendParams, Trends, trend};
use crate::export::Measure;
use crate::pages::layout::frame::Frame;
use crate::pages::testing::golden::golden;
use crate::present::Lang;
use crate::present::SearchParams;
use crate::search::{Granularity, Period, Point, Trend, TrendLine, per_thousand};

fn line(name: &str, counts: &[(i32, u64, u64)], undated: u64) -> TrendLine {
    let points = counts.iter().map(|&(month, articles, of)| {
        let period = Period::at(Granularity::Month, 2023 * 12 + month - 1);
        Point { period, articles, possible: 0, of, per_thousand: per_thousand(articles, of) }
    });
    let articles = counts.iter().map(|count| count.1).sum();
    TrendLine { name: name.into(), articles, spread: 0, undated, points: points.collect() }
}

fn params(lines: &[&str]) -> TrendParams {
    let lines = lines.iter().map(|&line| line.to_owned()).collect();
    let params =
        SearchParams { topic: vec!["能源".into()], certain: true, ..SearchParams::default() };
    TrendParams { lines, search: params, by: Granularity::Month, measure: Measure::Articles }
}

fn shown(lines: &[&str], found: Vec<TrendLine>) -> Trends {
    let params = params(lines);
    let search = |line: &&str| SearchParams { q: (*line).into(), ..params.search.clone() };
    Trends {
        searches: lines.iter().map(search).collect(),
        trend: Some(Trend { by: Granularity::Month, lines: found }),
        params,
        ..Trends::default()
    }
}

fn page(lang: Lang, shown: &Trends) -> String {
    golden(&trend(&Frame { lang, ..Frame::default() }, shown).into_string())
}

#[test]
fn the_page_of_a_trend() {
    let found = || {
        vec![
            line("氢能", &[(1, 2, 40), (2, 0, 20), (4, 1, 10)], 0),
            line("光伏", &[(1, 4, 40), (2, 1, 20), (4, 0, 10)], 3),
        ]
    };
    for lang in Lang::ALL {
        let shown = page(lang, &shown(&["氢能", "光伏"], found()));
        insta::assert_snapshot!(format!("trend-{}", lang.tag()), shown);
    }
}

#[test]
fn what_is_possible_is_told_apart_and_leads_to_its_search() {
    let mut wide = line("氢能", &[(1, 2, 40), (2, 0, 0)], 0);
    wide.spread = 3;
    wide.points.iter_mut().for_each(|point| point.possible = 3);
    let html = page(Lang::Zh, &shown(&["氢能"], vec![wide]));
    let possible = "<span class=\"possible\">+3<span class=\"unseen\">（可能）";
    assert_eq!(html.matches(possible).count(), 3, "of each month and of all: {html}");
    assert!(html.contains("未计入折线的跨多月文章：氢能：3 篇。"), "{html}");
    assert!(html.contains("from=2023-02&amp;to=2023-02&amp;certain=true"), "{html}");
}

#[test]
fn outside_text_is_escaped() {
    let html = page(Lang::Zh, &shown(&["\"><script>"], vec![line("\"><script>", &[(1, 1, 2)], 0)]));
    assert!(!html.contains("\"><script>"), "{html}");
    assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;\""), "{html}");
}

#[test]
fn what_finds_nothing_is_said_and_leads_to_its_search() {
    let html = page(Lang::En, &shown(&["x"], vec![line("x", &[(1, 0, 2)], 0)]));
    assert!(
        html.contains("No articles for ") && html.contains("href=\"/?q=x&amp;topic="),
        "{html}"
    );
    assert!(!html.contains("<svg") && !html.contains("<table"), "no zeros instead: {html}");
    let two = vec![line("x", &[(1, 0, 2)], 0), line("y", &[(1, 1, 2)], 0)];
    let html = page(Lang::Zh, &shown(&["x", "y"], two));
    assert!(html.contains("未找到<a href=\"/?q=x") && html.contains("<svg/>"), "{html}");
    assert!(!html.contains("lang=\"zh-CN\">x</th>") && html.contains("\">y</th>"), "{html}");
}

#[test]
fn points_lead_to_their_articles_and_what_is_far_away_is_folded() {
    let mut points = vec![(1, 1, 9)];
    points.extend((600..640).map(|month| (month, 5, 9)));
    let found = shown(&["x"], vec![line("x", &points, 0)]);
    let html = trend(&Frame { lang: Lang::Zh, ..Frame::default() }, &found).into_string();
    let (svg, rest) = html.split_once("</svg>").expect("a chart");
    assert!(svg.contains("<title>x 2072-12：5 篇</title>"), "{svg}");
    assert!(svg.contains("from=2072-12&amp;to=2072-12"), "{svg}");
    assert!(!svg.contains("2023-01") && rest.contains("未绘出更早的 1 篇（2023-01）"), "{rest}");
    assert!(rest.contains(">2023-01</th>"), "the table has all: {rest}");
}

#[test]
fn districts_of_different_articles_say_of_how_many() {
    let found = vec![line("甲市", &[(1, 2, 40)], 0), line("乙市", &[(1, 4, 50)], 0)];
    let html = page(Lang::Zh, &shown(&["甲市", "乙市"], found));
    assert!(html.contains("</a> / 40") && html.contains("</a> / 50"), "{html}");
    assert!(!html.contains("全部文章</th>"), "{html}");
    let mut bare = shown(&["甲市", "乙市"], vec![line("甲市", &[(1, 2, 2)], 0)]);
    bare.params.lines.clear();
    let html = page(Lang::Zh, &bare);
    assert!(!html.contains("‰") && !html.contains("</a> / 2"), "all of them is no share: {html}");
}

#[test]
fn an_empty_form_explains_itself_by_what_the_archive_has() {
    let topics = vec!["能源".to_owned(), "交\"通".to_owned()];
    let examples = (topics, vec!["甲市".to_owned()]);
    let html = page(Lang::Zh, &Trends { examples, ..Trends::default() });
    assert!(html.contains("例如：") && html.contains("能源、交&quot;通</a>"), "{html}");
    assert!(
        html.contains("/trend?line=%E4%B8%BB%E9%A2%98%3A%E8%83%BD%E6%BA%90&amp;line="),
        "{html}"
    );
    assert!(!html.contains("district=%E7%94%B2"), "one district is not compared");
    let english = page(Lang::En, &Trends::default());
    assert!(
        english.contains("Enter several terms") && !english.contains("For example"),
        "{english}"
    );
}
