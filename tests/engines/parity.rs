//! What is asked of both archives has one answer.

use std::ops::ControlFlow;

use dibao::model::{ArticleId, Record};
use dibao::query;
use dibao::search::{
    Archive, FigureFilter, Filters, Granularity, Matching, Request, SeriesMeasure, Sort,
    StatedFigure,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::shared;

const QUERIES: &[&str] = &[
    "",
    "发展",
    "氢能",
    "氢能 产业",
    "\"产业园\"",
    "\"能\"",
    "标题:能",
    "正文:能",
    "正文:\"氢能\"",
    "标题:\"产业\"",
    "\"产业 园区\"~3",
    "\"氢能 能源\"~0",
    "\"氢*园\"",
    "氢能*产业",
    "氢能?产业",
    "氢能??园区",
    "-氢能",
    "氢能 -产业",
    "氢能 OR 洛阳",
    "(氢能 OR 温泉) 村",
    "\"AI5G 网\"",
    "AI",
    "5G",
    "≈氢能源",
    "地区:洛阳市",
    "地区:栾川",
    "提到地区:洛阳",
    "主题:教育",
    "报纸:甲",
    "报纸:无",
    "种类:document",
    "记者:*",
    "记者:无",
    "文号:*",
    "体裁:*",
    "指标:*",
    "日期:2023",
    "日期:2023-02..2023-04",
    "日期:无",
    "确切日期:2023",
    "刊期:2023-02",
    "涉及日期:2023",
    "涉及日期:无",
    "编号:a",
    "文件:few",
    "的",
    "哪些村降低了温泉的价格",
];

fn request(query: &str) -> Request {
    Request {
        query: query::parse(query).unwrap(),
        today: "2024-05-15".parse().unwrap(),
        limit: 20,
        ..Request::default()
    }
}

fn ids(records: &[Record]) -> Vec<(&str, u32)> {
    records.iter().map(|record| (record.source.as_str(), record.ordinal)).collect()
}

fn every(archive: &Archive, request: &Request) -> Vec<Record> {
    let mut records = Vec::new();
    let visited = archive.for_each(request, &mut |record| {
        records.push(Record { reprint_of: None, ..record });
        ControlFlow::Continue(())
    });
    assert_eq!(visited.unwrap(), records.len() as u64);
    records
}

#[test]
fn every_query_finds_the_same_articles_in_the_same_order_by_day_and_by_place() {
    let Some(both) = shared() else { return };
    let (folder, cluster) = (&both.folder, &both.cluster);
    for text in QUERIES {
        for sort in Sort::ALL {
            let request = Request { sort, ..request(text) };
            let (own, others) = (every(folder, &request), every(cluster, &request));
            assert_eq!(ids(&own), ids(&others), "{text} {sort:?}");
            assert!(own == others, "records of {text}");
            let (own, others) =
                (folder.search(&request).unwrap(), cluster.search(&request).unwrap());
            assert_eq!(own.total, others.total, "{text} {sort:?}");
            let articles =
                |results: &dibao::search::Results| results.partial.map(|partial| partial.articles);
            assert_eq!(articles(&own), articles(&others), "{text}: with some of the words");
        }
        let some = Request { matching: Matching::Some, ..request(text) };
        assert_eq!(folder.count(&some).unwrap(), cluster.count(&some).unwrap(), "some of {text}");
    }
}

#[test]
fn facets_and_other_counts_are_the_same() {
    let Some(both) = shared() else { return };
    let (folder, cluster) = (&both.folder, &both.cluster);
    for text in QUERIES {
        let mut asked = vec![request(text)];
        let filters = Filters { topics: vec!["教育".into()], ..Filters::default() };
        asked.push(Request { filters, ..request(text) });
        let filters = Filters {
            districts: vec!["洛阳市".into()],
            from: Some("2023-01-01".parse().unwrap()),
            ..Filters::default()
        };
        asked.push(Request { filters, ..request(text) });
        for request in asked {
            let json = |archive: &Archive| {
                let facets = serde_json::to_value(archive.facets(&request).unwrap()).unwrap();
                let others = archive.disjunctive_facets(&request).unwrap();
                (facets, serde_json::to_value(others).unwrap())
            };
            assert_eq!(json(folder), json(cluster), "facets of {text}");
            let counts = |archive: &Archive| {
                let figures = archive.figure_counts(&request).unwrap();
                let genres = archive.genre_counts(&request).unwrap();
                let reviews = archive.review_counts(&request).unwrap();
                let days = archive.timeline(&request, Granularity::Month).unwrap();
                (figures, genres, reviews, serde_json::to_value(days).unwrap())
            };
            assert_eq!(counts(folder), counts(cluster), "counts of {text}");
        }
    }
}

#[test]
fn lines_over_time_are_the_same() {
    let Some(both) = shared() else { return };
    for by in [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year] {
        let lines: Vec<_> =
            QUERIES.iter().map(|text| ((*text).to_owned(), request(text))).collect();
        let trend = |archive: &Archive| archive.trend(&lines, by).unwrap();
        assert_eq!(trend(&both.folder), trend(&both.cluster), "{by:?}");
    }
}

#[test]
fn rows_and_series_of_indicators_are_the_same() {
    let Some(both) = shared() else { return };
    let figures = |archive: &Archive, query: &str, filter: &FigureFilter| {
        let mut rows = Vec::new();
        let visited = archive.for_each_figure(&request(query), filter, &mut |record, row| {
            rows.push((record.id.clone(), row.clone()));
            ControlFlow::Continue(())
        });
        visited.map(|()| rows).map_err(|error| error.to_string())
    };
    let counts = both.folder.figure_totals().unwrap();
    assert_eq!(counts.indicators, both.cluster.figure_totals().unwrap().indicators);
    let names: Vec<String> =
        counts.indicators.iter().map(|count| count.value.clone()).take(12).collect();
    assert!(names.len() > 5, "{names:?}");
    let any = FigureFilter::default();
    let mut filters = vec![any.clone(), FigureFilter { preliminary: true, ..any.clone() }];
    for name in names.iter().map(String::as_str).chain(["没有的指标"]) {
        filters.push(FigureFilter { names: vec![name.to_owned()], ..any.clone() });
    }
    for district in ["洛阳市", "栾川", "没有的地方"] {
        filters.push(FigureFilter { districts: vec![district.to_owned()], ..any.clone() });
    }
    for query in ["", "发展", "日期:2023"] {
        for filter in &filters {
            let of = |archive| figures(archive, query, filter);
            assert_eq!(of(&both.folder), of(&both.cluster), "{query} {filter:?}");
        }
    }
    for name in &names {
        for measure in SeriesMeasure::ALL {
            let of = |archive: &Archive| {
                let series = archive.series(name, &any, None, measure).unwrap();
                let districts = archive.figure_districts(name, &any, None, measure).unwrap();
                (serde_json::to_value(series).unwrap(), districts)
            };
            assert_eq!(of(&both.folder), of(&both.cluster), "{name} {measure:?}");
        }
    }
    let today = "2024-05-15".parse().unwrap();
    for district in ["洛阳市", "郑州市", "登封市"] {
        let of = |archive: &Archive| {
            let latest = archive.latest_figures(district, today).unwrap();
            latest.map(|(name, figures)| {
                let row = |figure: StatedFigure| (figure.record.id, figure.row, figure.is_conflict);
                (name, figures.into_iter().map(row).collect::<Vec<_>>())
            })
        };
        assert_eq!(of(&both.folder), of(&both.cluster), "{district}");
    }
}

#[test]
fn pages_by_cursor_are_the_whole_list() {
    let Some(both) = shared() else { return };
    let cluster = &both.cluster;
    for text in ["", "氢能", "氢能 产业 园区", "发展"] {
        for sort in Sort::ALL {
            let whole = Request { sort, limit: 1_000, partial: true, ..request(text) };
            let whole = cluster.search(&whole).unwrap().hits;
            let mut paged = Vec::new();
            let mut asked = Request { sort, limit: 7, partial: true, ..request(text) };
            loop {
                let page = cluster.search(&asked).unwrap();
                paged.extend(page.hits);
                match page.next {
                    Some(next) => asked.after = Some(next.to_string().parse().unwrap()),
                    None => break,
                }
            }
            let ids = |hits: &[dibao::search::Hit]| -> Vec<(String, u32)> {
                let key =
                    |hit: &dibao::search::Hit| (hit.record.source.clone(), hit.record.ordinal);
                hits.iter().map(key).collect()
            };
            assert_eq!(ids(&paged), ids(&whole), "{text} {sort:?}");
        }
    }
}

#[test]
fn what_stands_as_it_was_typed_comes_first_on_both() {
    let Some(both) = shared() else { return };
    let (folder, cluster) = (&both.folder, &both.cluster);
    for text in ["氢能产业", "AI", "产业园区 能源"] {
        let asked = Request { limit: 1_000, explain: true, ..request(text) };
        let typed = |archive: &Archive| -> Vec<(bool, bool)> {
            let hits = archive.search(&asked).unwrap().hits;
            let whys = hits.iter().filter_map(|hit| hit.why.as_ref());
            let typed = |why: &dibao::search::ScoreExplanation| {
                let all = |of: fn(&dibao::search::PartScore) -> bool| why.parts.iter().all(of);
                (all(|part| part.as_typed), all(|part| part.in_headline))
            };
            whys.map(typed).collect()
        };
        assert_eq!(typed(folder), typed(cluster), "{text}");
        for hit in cluster.search(&asked).unwrap().hits {
            let why = hit.why.unwrap();
            let points = why.parts.iter().map(|part| part.points).sum::<f32>()
                + why.words.iter().map(|word| word.points).sum::<f32>();
            assert!(
                (points - hit.score).abs() < 0.01 + hit.score / 10_000.0,
                "{points} {}",
                hit.score
            );
        }
    }
}

#[test]
fn every_string_is_found() {
    let Some(both) = shared() else { return };
    let cluster = &both.cluster;
    let check = cluster.check_literals(60, 3).unwrap();
    assert!(check.strings > 0 && check.failed.is_empty(), "{check:?}");
    assert_eq!((check.found, check.wrong), (check.expected, 0), "{check:?}");
}

#[test]
fn articles_files_and_marks_are_the_same() {
    let Some(both) = shared() else { return };
    let (folder, cluster) = (&both.folder, &both.cluster);
    let reports =
        |archive: &Archive| serde_json::to_value(archive.file_reports().unwrap()).unwrap();
    assert_eq!(reports(folder), reports(cluster));
    for record in every(folder, &request("氢能")).into_iter().take(5) {
        let prefix = ArticleId(record.id.0[..6].to_owned());
        for id in [&record.id, &prefix] {
            let of = |archive: &Archive| {
                let found = archive.get(id).unwrap().into_iter();
                found.map(|record| Record { reprint_of: None, ..record }).collect::<Vec<_>>()
            };
            assert_eq!(of(folder), of(cluster));
        }
        let marks = |archive: &Archive| archive.highlights(&request("氢能 产业"), &record).unwrap();
        assert_eq!(marks(folder), marks(cluster));
    }
}

#[test]
fn random_queries_have_the_same_matches() {
    let Some(both) = shared() else { return };
    let (folder, cluster) = (&both.folder, &both.cluster);
    let word = prop::sample::select(vec![
        "氢",
        "能",
        "氢能",
        "能源",
        "产业",
        "业园区",
        "AI",
        "5g",
        "甲乙氢",
    ]);
    let part = (word.clone(), word.clone(), 0..10_u8).prop_map(|(one, other, form)| match form {
        0 => format!("\"{one}{other}\""),
        1 => format!("标题:{one}"),
        2 => format!("正文:\"{one}{other}\""),
        3 => format!("-{one}"),
        4 => format!("({one} OR {other})"),
        5 => format!("\"氢能 {one}{other}\"~2"),
        6 => format!("氢能*{one}{other}"),
        7 => format!("氢能?{one}{other}"),
        _ => one.to_owned(),
    });
    let mut runner =
        TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let queries = prop::collection::vec(part, 1..4);
    let outcome = runner.run(&queries, |parts| {
        let text = parts.join(" ");
        let Ok(query) = query::parse(&text) else { return Ok(()) };
        let request = Request { query, sort: Sort::Newest, ..Request::default() };
        let (own, others) = (every(folder, &request), every(cluster, &request));
        prop_assert_eq!(ids(&own), ids(&others), "{}", text);
        Ok(())
    });
    outcome.unwrap();
}
