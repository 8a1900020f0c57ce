//! Counts over time and searches for the days of a period say the same: what is certainly of a
//! period, and what can be of it.

use dibao::search::{Granularity, PeriodCount};

use super::*;

const EVERY: [Granularity; 4] =
    [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year];

/// Articles of a day, of several, of many, of all before or after one, and without a date.
fn articles() -> impl Strategy<Value = Vec<Record>> {
    let length = prop_oneof![4 => Just(0), 4 => 0..50, 2 => 0..800];
    let kind = prop_oneof![8 => Just(0), 1 => Just(1), 1 => Just(2), 1 => Just(3)];
    prop::collection::vec((0..700, length, kind), 1..80).prop_map(|drawn| {
        let from = day("2022-02-01");
        let after = |days: i32| from.checked_add(jiff::Span::new().days(days)).unwrap();
        let dated = |(number, (begins, length, kind)): (u32, (i32, i32, i32))| {
            let (first, last) = (Some(after(begins)), Some(after(begins + length)));
            let (not_before, not_after) = match kind {
                0 => (first, last),
                1 => (first, None),
                2 => (None, last),
                // As a corpus can state it: the days in no order.
                _ => (last, first),
            };
            let date = DateNote { not_before, not_after, ..DateNote::default() };
            let record = article("a.txt", number, ["甲。", "甲乙。"][number as usize % 2]);
            if number.is_multiple_of(9) { record } else { Record { date, ..record } }
        };
        (1..).zip(drawn).map(dated).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_search_for_the_days_of_a_period_finds_what_is_counted_in_it(records in articles()) {
        let (_folder, archive) = archive(&records);
        let year = Filters {
            from: Some(day("2022-06-15")),
            to: Some(day("2023-06-14")),
            ..Filters::default()
        };
        let certain = Filters { certain_dates: true, ..year.clone() };
        for (text, filters) in [
            ("", Filters::default()),
            ("乙", Filters::default()),
            ("", year.clone()),
            ("", certain),
        ] {
            let asked = Request { filters, ..request(text) };
            let count = |text: &str| {
                archive.count(&Request { filters: asked.filters.clone(), ..request(text) }).unwrap()
            };
            for by in EVERY {
                let timeline = archive.timeline(&asked, by).unwrap();
                let certain: u64 = timeline.counts.iter().map(|each| each.count).sum();
                // Of days some: there are hundreds.
                let step = if by == Granularity::Day { 31 } else { 1 };
                for PeriodCount { value, count: of_it, possible } in
                    timeline.counts.into_iter().step_by(step)
                {
                    let (first, last) = value.days().unwrap();
                    let found = count(&format!("{text} 确切日期:{first}..{last}"));
                    prop_assert_eq!(of_it, found, "{}", value);
                    // Where dates must be certain, 日期 asks for no less.
                    if !asked.filters.certain_dates {
                        let found = count(&format!("{text} 日期:{first}..{last}"));
                        prop_assert_eq!(of_it + possible, found, "{}", value);
                    }
                }
                let all = archive.count(&asked).unwrap();
                prop_assert_eq!(certain + timeline.spread + timeline.undated, all);
            }
            let facets = archive.facets(&asked).unwrap();
            let timeline = |by| archive.timeline(&asked, by).unwrap();
            let (years, months) = (timeline(Granularity::Year), timeline(Granularity::Month));
            prop_assert_eq!((&facets.years, facets.spread_years), (&years.counts, years.spread));
            prop_assert_eq!((&facets.months, facets.spread_months), (&months.counts, months.spread));
        }
    }

    #[test]
    fn a_trend_measures_what_is_certain_and_tells_what_is_possible(records in articles()) {
        let (_folder, archive) = archive(&records);
        for by in EVERY {
            let trend = archive.trend(&[("乙".to_owned(), request("乙"))], by).unwrap();
            let all = archive.timeline(&request(""), by).unwrap().counts;
            let line = &trend.lines[0];
            prop_assert_eq!(line.total(), archive.count(&request("乙")).unwrap());
            prop_assert_eq!(line.points.len(), all.len());
            let step = if by == Granularity::Day { 31 } else { 1 };
            for (point, all) in line.points.iter().zip(&all).step_by(step) {
                let (first, last) = point.period.days().unwrap();
                let count = |field: &str| {
                    archive.count(&request(&format!("乙 {field}:{first}..{last}"))).unwrap()
                };
                prop_assert_eq!(point.articles, count("确切日期"));
                prop_assert_eq!(point.articles + point.possible, count("日期"));
                prop_assert_eq!((point.period, point.of), (all.value, all.count));
                prop_assert_eq!(point.per_thousand.is_none(), point.of == 0);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn what_is_certain_is_among_what_is_possible(records in articles()) {
        let (_folder, archive) = archive(&records);
        let ids = |text: &str, certain_dates: bool| -> std::collections::HashSet<String> {
            let filters = Filters { certain_dates, ..Filters::default() };
            let asked = Request { filters, limit: 200, ..request(text) };
            let hits = archive.search(&asked).unwrap().hits;
            hits.into_iter().map(|hit| hit.record.id.to_string()).collect()
        };
        for text in [
            "",
            "日期:2022-06..2023-01",
            "-日期:..2022-10",
            "-日期:2022-10..",
            "乙 -(日期:..2022-10 OR 日期:2023-06..)",
            "-确切日期:..2022-10",
            "日期:2022-07 OR 乙",
            "日期:无",
        ] {
            let (certain, possible) = (ids(text, true), ids(text, false));
            prop_assert!(certain.is_subset(&possible), "{}", text);
        }
    }

    #[test]
    fn days_in_the_query_bound_the_periods_as_those_of_the_filter_do(records in articles()) {
        let (_folder, archive) = archive(&records);
        let (first, last) = (day("2022-06-15"), day("2023-02-14"));
        let filters = Filters { from: Some(first), to: Some(last), ..Filters::default() };
        let by_filter = Request { filters, ..request("乙") };
        let by_query = [
            format!("乙 日期:{first}..{last}"),
            format!("乙 日期:..{last} 日期:{first}.."),
            format!("乙 (日期:{first}..2022-10-01 OR 日期:2022-09-01..{last})"),
        ];
        for text in by_query {
            let by_query = request(&text);
            for by in EVERY {
                let (one, other) = (archive.timeline(&by_filter, by), archive.timeline(&by_query, by));
                let (one, other) = (one.unwrap(), other.unwrap());
                prop_assert_eq!((one.counts, one.spread), (other.counts, other.spread), "{}", text);
            }
            let (one, other) = (archive.facets(&by_filter).unwrap(), archive.facets(&by_query).unwrap());
            prop_assert_eq!((one.years, one.months), (other.years, other.months));
        }
    }
}

#[test]
fn what_is_certain_without_days_is_of_one_day_alone() {
    let (_folder, archive) = archive(&[
        on("2023-01-03", article("a.txt", 1, "甲。")),
        Record {
            date: between(Some("2023-01-02"), Some("2023-01-09")),
            ..article("a.txt", 2, "甲。")
        },
        Record { date: between(Some("2023-01-02"), None), ..article("a.txt", 3, "甲。") },
        article("a.txt", 4, "甲。"),
    ]);
    let filters = Filters { certain_dates: true, ..Filters::default() };
    let asked = Request { filters, ..request("甲") };
    assert_eq!(found(&archive, &asked), [1]);
    let days = archive.timeline(&asked, Granularity::Day).unwrap();
    assert_eq!((days.counts.len(), days.counts[0].possible), (1, 0));
    assert_eq!((days.spread, days.undated), (0, 0));
}

#[test]
fn months_of_wide_dates_are_not_heaped_on_their_last_day() {
    let wide = |number| Record {
        date: between(Some("2022-11-17"), Some("2023-01-15")),
        ..article("a.txt", number, "甲。")
    };
    let (_folder, archive) = archive(&[
        on("2023-01-03", article("a.txt", 1, "甲。")),
        wide(2),
        wide(3),
        article("a.txt", 4, "甲。"),
    ]);
    let timeline = archive.timeline(&request("甲"), Granularity::Month).unwrap();
    let counts: Vec<_> = timeline
        .counts
        .iter()
        .map(|each| (each.value.to_string(), each.count, each.possible))
        .collect();
    let month = |name: &str, count, possible| (name.to_owned(), count, possible);
    assert_eq!(counts, [month("2022-11", 0, 2), month("2022-12", 0, 2), month("2023-01", 1, 2)]);
    assert_eq!((timeline.spread, timeline.undated), (2, 1));
    // Of the days that are asked for alone.
    let filters = Filters { from: Some(day("2023-01-01")), ..Filters::default() };
    let asked = Request { filters, ..request("甲") };
    let timeline = archive.timeline(&asked, Granularity::Month).unwrap();
    assert_eq!((timeline.counts.len(), timeline.spread), (1, 2));
}
