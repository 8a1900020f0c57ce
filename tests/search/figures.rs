//! Indicators: articles by what they state, rows, and series over time.

use super::*;
use dibao::model::{
    DistrictBasis, Indicator, IndicatorDistrict, IndicatorPeriod, IndicatorRule, IndicatorStatus,
    PeriodBasis,
};
use dibao::search::{FigureFilter, PeriodLength, SearchError, SeriesMeasure};

fn row(name: &str, value: f64, unit: &str, district: &str, days: [&str; 2]) -> Indicator {
    Indicator {
        id: format!("{name}-{value}-{district}"),
        indicator: None,
        name: name.into(),
        name_printed: name.into(),
        value: Some(value),
        value_max: None,
        unit: Some(unit.into()),
        value_si: Some(if unit.starts_with('亿') { value * 1e8 } else { value }),
        approx: None,
        change: None,
        period: Some(IndicatorPeriod {
            from: days[0].parse().ok(),
            to: days[1].parse().ok(),
            text: None,
            basis: PeriodBasis::Sentence,
        }),
        district: Some(IndicatorDistrict { name: district.into(), basis: DistrictBasis::Sentence }),
        scope: None,
        status: IndicatorStatus::Actual,
        preliminary: false,
        quote: format!("{name}{value}{unit}"),
        span: 0..0,
        rule: IndicatorRule::NameBefore,
        confidence: 1.0,
    }
}

/// Values of a period with their numbers of articles.
type Values = Vec<(f64, u64)>;

const Y2021: [&str; 2] = ["2021-01-01", "2021-12-31"];
const Y2022: [&str; 2] = ["2022-01-01", "2022-12-31"];
const Q3: [&str; 2] = ["2022-01-01", "2022-09-30"];

fn some() -> Vec<Record> {
    let stating = |n, rows| Record { indicators: rows, ..article("a.txt", n, "数。") };
    let target = Indicator {
        status: IndicatorStatus::Target,
        ..row("地区生产总值", 9.0, "亿元", "登封市", Y2022)
    };
    vec![
        stating(
            1,
            vec![
                row("地区生产总值", 7.5, "亿元", "登封市", Y2022),
                row("粮食产量", 800.0, "吨", "登封市", Y2022),
            ],
        ),
        stating(2, vec![row("地区生产总值", 7.5, "亿元", "登封市", Y2022), target]),
        stating(
            3,
            vec![
                row("地区生产总值", 7.25, "亿元", "登封市", Y2022),
                row("地区生产总值", 6.0, "亿元", "荥阳市", Y2021),
            ],
        ),
        stating(4, vec![row("地区生产总值", 5.0, "亿元", "登封市", Q3)]),
        stating(5, vec![row("人均地区生产总值", 900_000_000.0, "元", "登封市", Y2022)]),
        article("a.txt", 6, "地区生产总值。"),
    ]
}

#[test]
fn articles_are_found_by_what_they_state() {
    let (_folder, archive) = archive(&some());
    for (text, expected) in [
        ("指标:地区生产总值", vec![1, 2, 3, 4]),
        // By another name, and in another width.
        ("指标:ＧＤＰ", vec![1, 2, 3, 4]),
        ("指标:地区生产总值>7.3亿元", vec![1, 2]),
        ("指标:地区生产总值>=75000万元", vec![1, 2]),
        ("指标:地区生产总值=725000000", vec![3]),
        ("指标:地区生产总值<6亿元", vec![4]),
        ("指标:进出口总额>1亿吨", vec![]),
        ("指标:* -指标:地区生产总值", vec![5]),
        ("-指标:*", vec![6]),
        ("indicator:粮食产量 -指标:“粮食产量>1000吨”", vec![1]),
    ] {
        let request = Request { sort: Sort::Oldest, ..request(text) };
        assert_eq!(found(&archive, &request), expected, "{text}");
    }
}

#[test]
fn a_name_or_a_unit_that_is_none_is_told() {
    let (_folder, archive) = archive(&some());
    match archive.search(&request("指标:地区生产总值>1亿吨")) {
        Err(SearchError::UnknownUnit { unit, units, .. }) => {
            assert_eq!((unit.as_str(), units), ("吨", vec!["元".to_owned()]));
        }
        other => panic!("{other:?}"),
    }
    match archive.search(&request("-指标:地区生产总直")) {
        Err(SearchError::UnknownIndicator { near, .. }) => assert_eq!(near[0], "地区生产总值"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn figures_and_the_articles_with_some_are_counted() {
    let (_folder, archive) = archive(&some());
    let counts = archive.figure_counts(&Request::default()).unwrap();
    assert_eq!((counts.figures, counts.articles), (8, 5));
    let most: Vec<(&str, u64)> =
        counts.indicators.iter().map(|count| (count.value.as_str(), count.count)).collect();
    assert_eq!(most, [("地区生产总值", 4), ("人均地区生产总值", 1), ("粮食产量", 1)]);
    let some = archive.figure_counts(&request("指标:粮食产量")).unwrap();
    assert_eq!((some.figures, some.articles), (2, 1));
}

#[test]
fn a_hit_names_the_rows_that_were_asked_for() {
    let (_folder, archive) = archive(&some());
    let hits = archive.search(&request("指标:地区生产总值>7.3亿元 指标:粮食产量")).unwrap().hits;
    let figures: Vec<&[String]> = hits.iter().map(|hit| hit.figures.as_slice()).collect();
    assert_eq!(figures, [["地区生产总值-7.5-登封市", "粮食产量-800-登封市"]]);
}

#[test]
fn rows_are_given_out_one_by_one() {
    let (_folder, archive) = archive(&some());
    let rows = |request: &Request, filter: &FigureFilter| {
        let mut rows = Vec::new();
        let each = &mut |_: &Record, row: &Indicator| {
            rows.push(row.id.clone());
            ControlFlow::Continue(())
        };
        archive.for_each_figure(request, filter, each).unwrap();
        rows
    };
    let all = FigureFilter::default();
    assert_eq!(rows(&Request::default(), &all).len(), 8);
    let filter = FigureFilter {
        names: vec!["GDP".into()],
        districts: vec!["登封".into()],
        period: Some(("2022-01-01".parse().unwrap(), "2022-12-31".parse().unwrap())),
        statuses: vec![IndicatorStatus::Actual],
        ..FigureFilter::default()
    };
    let expected = [
        "地区生产总值-7.5-登封市",
        "地区生产总值-7.5-登封市",
        "地区生产总值-7.25-登封市",
        "地区生产总值-5-登封市",
    ];
    assert_eq!(rows(&Request::default(), &filter), expected);
    assert_eq!(rows(&request("指标:粮食产量"), &filter), expected[..1]);
}

#[test]
fn equal_values_of_a_period_are_one_and_different_ones_a_conflict() {
    let (_folder, archive) = archive(&some());
    let series =
        archive.series("GDP", &FigureFilter::default(), None, SeriesMeasure::Level).unwrap();
    assert_eq!((series.by, series.of_other_lengths), (PeriodLength::Year, 1));
    let lines: Vec<(Option<&str>, Vec<Values>)> = series
        .lines
        .iter()
        .map(|line| {
            let values = |point: &dibao::search::SeriesPoint| {
                point.values.iter().map(|value| (value.value, value.articles)).collect()
            };
            (line.district.as_deref(), line.points.iter().map(values).collect())
        })
        .collect();
    assert_eq!(
        lines,
        [
            (Some("登封市"), vec![vec![(7.5e8, 2), (7.25e8, 1)]]),
            (Some("荥阳市"), vec![vec![(6e8, 1)]]),
        ]
    );
    let quotes: Vec<&str> = series.lines[0].points[0]
        .values
        .iter()
        .map(|value| value.sources[0].quote.as_str())
        .collect();
    assert_eq!(quotes, ["地区生产总值7.5亿元", "地区生产总值7.25亿元"]);
    let to_date = archive
        .series("GDP", &FigureFilter::default(), Some(PeriodLength::ToDate), SeriesMeasure::Level)
        .unwrap();
    assert_eq!(to_date.lines.len(), 1);
    let targets =
        FigureFilter { statuses: vec![IndicatorStatus::Target], ..FigureFilter::default() };
    let planned = archive.series("GDP", &targets, None, SeriesMeasure::Level).unwrap();
    assert_eq!(planned.lines[0].points[0].values[0].value.to_bits(), 9e8_f64.to_bits());
    let unknown = archive.series("没有", &FigureFilter::default(), None, SeriesMeasure::Level);
    assert!(matches!(unknown, Err(SearchError::UnknownIndicator { .. })), "{unknown:?}");
}

#[test]
fn articles_that_state_a_value_come_in_the_order_of_files() {
    let stating = |source: &str, n, value| Record {
        indicators: vec![row("地区生产总值", value, "亿元", "登封市", Y2022)],
        ..article(source, n, "数。")
    };
    // Not in the order of their files; one says more of its value, so that it is another term.
    let mut records = vec![stating("c.txt", 1, 7.5), stating("a.txt", 2, 7.5)];
    let other = stating("b.txt", 3, 7.5);
    let mut rows = other.indicators.clone();
    rows[0].preliminary = true;
    records.push(Record { indicators: rows, ..other });
    let (_folder, archive) = archive(&records);
    let series =
        archive.series("GDP", &FigureFilter::default(), None, SeriesMeasure::Level).unwrap();
    let sources = &series.lines[0].points[0].values[0].sources;
    let sources: Vec<&str> = sources.iter().map(|source| source.source.as_str()).collect();
    assert_eq!(sources, ["a.txt", "b.txt", "c.txt"]);
    let today = "2024-01-01".parse().unwrap();
    let (_, latest) = archive.latest_figures("登封市", today).unwrap().unwrap();
    assert_eq!(latest[0].record.source, "a.txt");
}
