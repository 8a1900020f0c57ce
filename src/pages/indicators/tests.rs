//! The page from values, without an archive.

use super::refused::{SeriesRefusal, indicators_refused};
use super::*;
use crate::model::{ArticleId, IndicatorStatus};
use crate::present::ParamError;
use crate::search::{FigureSource, SearchError, SeriesValue};

fn value(value: f64, article: &str) -> SeriesValue {
    SeriesValue {
        value,
        value_max: None,
        approx: None,
        status: IndicatorStatus::Actual,
        preliminary: false,
        change: None,
        articles: 1,
        sources: vec![FigureSource {
            article: ArticleId(article.to_owned()),
            row: format!("{article}-3-9"),
            quote: format!("<b>产值{value}"),
            source: "a.txt".into(),
            line: Some(7),
        }],
    }
}

fn point(year: i16, values: Vec<SeriesValue>) -> SeriesPoint {
    let (from, to) = (jiff::civil::date(year, 1, 1), jiff::civil::date(year, 12, 31));
    SeriesPoint { from, to, values }
}

fn totals() -> Arc<FigureTotals> {
    let indicators = vec![Count { value: "地区生产总值".into(), count: 9 }];
    Arc::new(FigureTotals { indicators, ..FigureTotals::default() })
}

fn page() -> IndicatorsPage {
    let points = vec![
        point(2020, vec![value(1e8, "first0000000")]),
        point(2022, vec![value(3e8, "second000000"), value(4e8, "third0000000")]),
    ];
    let line = SeriesLine { district: Some("甲<县".into()), unit: "元".into(), points };
    let params = SeriesParams { name: "地区生产总值".into(), ..SeriesParams::default() };
    let district = vec!["甲<县".to_owned()];
    let count = |value: &str, count| Count { value: value.into(), count };
    IndicatorsPage {
        shown: SeriesParams { district, ..params.clone() },
        params,
        series: Some(Series {
            name: "地区生产总值".into(),
            measure: SeriesMeasure::Level,
            by: PeriodLength::Year,
            lines: vec![line],
            of_other_lengths: 12,
            without_period: 0,
            changes_alone: 3,
        }),
        districts: vec![count("甲<县", 3), count("乙市", 2)],
        statuses: BTreeSet::new(),
        totals: totals(),
    }
}

fn shown(lang: Lang, page: &IndicatorsPage) -> String {
    indicators(&Frame { lang, ..Frame::default() }, page).into_string()
}

#[test]
fn every_value_and_every_point_leads_to_its_quote() {
    let html = shown(Lang::Zh, &page());
    let (svg, rest) = html.split_once("</svg>").expect("a chart");
    assert!(svg.contains("href=\"/article/first0000000#figure-first0000000-3-9\""), "{svg}");
    assert!(svg.contains("甲&lt;县 2020：1亿元"), "{svg}");
    for article in ["first0000000", "second000000", "third0000000"] {
        let link = format!("href=\"/article/{article}#figure-{article}-3-9\"");
        assert!(rest.contains(&link), "{article}: {rest}");
    }
    assert!(rest.contains("&lt;b&gt;产值") && !html.contains("<b>产值"), "{rest}");
    assert!(rest.contains(">2021</th>") && rest.contains("没有数值"), "a gap is one: {rest}");
}

#[test]
fn what_articles_differ_on_is_shown_with_all_quotes() {
    let html = shown(Lang::En, &page());
    assert!(html.contains("id=\"differ-1-2022-01-01-2022-12-31\""), "{html}");
    assert_eq!(html.matches("href=\"#differ-1-2022-01-01-2022-12-31\"").count(), 3, "{html}");
    assert_eq!(html.matches("fill=\"none\" stroke=\"#0072B2\" stroke-width=\"2\"").count(), 2);
    assert!(html.contains("12 more values") && html.contains("3 state a change"), "{html}");
    let file = "href=\"/api/v1/series?name=%E5%9C%B0%E5%8C%BA%E7%94%9F%E4%BA%A7%E6%80%BB%E5%80%BC&amp;district=%E7%94%B2%3C%E5%8E%BF&amp;format=csv\"";
    assert!(html.contains(file), "{html}");
}

#[test]
fn without_an_indicator_those_of_the_archive_are_offered() {
    let totals = totals();
    let html = shown(Lang::Zh, &IndicatorsPage { totals, ..IndicatorsPage::default() });
    assert!(
        html.contains("常见指标") && html.contains("<option value=\"地区生产总值\">"),
        "{html}"
    );
    assert!(shown(Lang::En, &IndicatorsPage::default()).contains("No figures"));
}

#[test]
fn a_name_that_is_none_is_refused_with_near_ones() {
    let near = vec!["乙<市".to_owned()];
    let district = SearchError::UnknownDistrict { name: "乙".into(), near: near.clone() };
    let indicator = SearchError::UnknownIndicator { name: "<x>".into(), in_query: false, near };
    let many = ParamError::TooManyLines { name: "district", lines: 9 };
    let params =
        SeriesParams {
            name: "<x>".into(), district: vec!["乙".into()], ..SeriesParams::default()
        };
    for (why, said) in [
        (SeriesRefusal::Unknown(&district), "district=%E4%B9%99%3C%E5%B8%82"),
        (SeriesRefusal::Unknown(&indicator), "name=%E4%B9%99%3C%E5%B8%82"),
        (SeriesRefusal::Param(&many), "至多 8 条"),
    ] {
        let html = indicators_refused(&Frame::default(), &params, &[], why).into_string();
        assert!(html.contains(said) && html.contains("value=\"&lt;x&gt;\""), "{said}: {html}");
        assert!(!html.contains("<x>") && !html.contains("乙<市"), "{html}");
    }
}

#[test]
fn no_district_is_offered_beyond_those_that_can_be_told_apart() {
    let count = |at: usize| Count { value: format!("第{at}县"), count: 1 };
    let districts: Vec<Count> = (0..60).map(count).collect();
    let with = |chosen: usize| {
        let district = districts.iter().rev().take(chosen).map(|count| count.value.clone());
        let shown = SeriesParams { district: district.collect(), ..page().params };
        IndicatorsPage { params: shown.clone(), shown, districts: districts.clone(), ..page() }
    };
    let chips = |html: &str| html.matches("rel=\"nofollow\"><bdi").count();
    let html = shown(Lang::Zh, &with(2));
    assert_eq!(chips(&html), 2 + MAX_DISTRICTS, "{html}");
    assert!(html.contains("另有 18 个地区") && html.contains("第59县"), "{html}");
    let html = shown(Lang::En, &with(MAX_LINES));
    assert_eq!(chips(&html), MAX_LINES, "{html}");
    assert!(html.contains("remove one to add another"), "{html}");
}

#[test]
fn an_empty_series_names_the_statuses_that_have_values() {
    let statuses = BTreeSet::from([IndicatorStatus::Target]);
    let series = page().series.map(|series| Series { lines: Vec::new(), ..series });
    let html = shown(Lang::En, &IndicatorsPage { series, statuses, ..page() });
    assert!(html.contains("status=target\">target</a>"), "{html}");
}
