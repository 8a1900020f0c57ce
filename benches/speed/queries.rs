//! Warm queries of many kinds over a finished index.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use dibao::model::{Kind, Record};
use dibao::query;
use dibao::search::{Archive, Filters, Request, Sort};

use crate::steps::{export, peak_memory};

pub fn run(index: &Path) {
    let archive = Archive::open(index).expect("an index");
    archive.load().expect("an index that can be read");
    let requests = requests(&archive);
    // The first round reads the index from the disk. Then the queries are timed in five rounds over
    // all of them, so that none is helped by its own traces in a cache.
    let mut rounds = Vec::new();
    for _ in 0..6 {
        rounds
            .push(requests.iter().map(|(_, request)| timed(&archive, request)).collect::<Vec<_>>());
    }
    let mut times: Vec<(Duration, &str, String, u64)> = requests
        .iter()
        .enumerate()
        .map(|(at, (kind, request))| {
            let mut of_query: Vec<_> = rounds.iter().skip(1).map(|round| round[at]).collect();
            of_query.sort_unstable();
            let (time, total) = of_query[of_query.len() / 2];
            (time, *kind, request.query.to_string(), total)
        })
        .collect();
    times.sort();
    let all: Vec<Duration> = times.iter().map(|(time, ..)| *time).collect();
    println!("{} queries: {}", all.len(), percentiles(&all));
    let mut kinds: Vec<&str> = requests.iter().map(|(kind, _)| *kind).collect();
    kinds.dedup();
    for kind in kinds {
        let of_kind: Vec<Duration> =
            times.iter().filter(|(_, k, ..)| *k == kind).map(|(time, ..)| *time).collect();
        println!("{kind}, {} queries: {}", of_kind.len(), percentiles(&of_kind));
    }
    for (time, kind, query, total) in times.iter().rev().take(5) {
        println!("slowest: {kind} `{query}` {:.1} ms, {total} found", ms(*time));
    }
    let started = Instant::now();
    let given = export(&archive, &Request::default());
    let seconds = started.elapsed().as_secs_f64();
    println!("export of all {given}: {seconds:.1} s; peak memory {:.0} MB", peak_memory());
}

fn timed(archive: &Archive, request: &Request) -> (Duration, u64) {
    let started = Instant::now();
    let total = archive.search(request).expect("results").total;
    (started.elapsed(), total)
}

/// Queries from the text of every n-th article, the same in every run.
fn requests(archive: &Archive) -> Vec<(&'static str, Request)> {
    let mut texts = Vec::new();
    let total = archive.count(&Request::default()).expect("a count").max(1);
    let step = (total / 400).max(1);
    let mut number = 0;
    archive
        .for_each(&Request::default(), &mut |record: Record| {
            if number % step == 0 {
                texts.push(record.body);
            }
            number += 1;
            ControlFlow::Continue(())
        })
        .expect("articles");
    let mut random = 88_172_645_463_325_252_u64;
    let mut piece = |length: usize| loop {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let text = &texts[random as usize % texts.len()];
        let chars: Vec<char> = text.chars().collect();
        let start = (random >> 20) as usize % chars.len().max(1);
        let piece: String = chars.iter().skip(start).take(length).collect();
        if piece.chars().filter(|c| c.is_alphanumeric()).count() == length {
            return piece;
        }
    };
    let mut requests = Vec::new();
    let mut add = |kind, text: String, change: &dyn Fn(&mut Request)| {
        let query = query::parse(&text).expect("a good query");
        let mut request = Request { query, limit: 20, ..Request::default() };
        change(&mut request);
        requests.push((kind, request));
    };
    let plain = |_: &mut Request| {};
    for word in [
        "中国",
        "发展",
        "企业",
        "氢能",
        "营商环境",
        "先进制造业",
        "5G",
        "新能源汽车",
        "北京",
        "人工智能",
    ] {
        add("common words", word.into(), &plain);
    }
    for length in [2, 3, 4, 6] {
        for _ in 0..15 {
            add("unquoted", piece(length), &plain);
        }
    }
    for _ in 0..40 {
        add("two unquoted", format!("{} {}", piece(2), piece(3)), &plain);
    }
    for _ in 0..20 {
        add("ten hits", format!("{} {}", piece(2), piece(3)), &|request| request.limit = 10);
    }
    for _ in 0..20 {
        add("ten hits, grouped", piece(2), &|request| {
            (request.limit, request.group) = (10, true);
        });
    }
    for length in [2, 4, 8, 16] {
        for _ in 0..12 {
            add("quoted", format!("\"{}\"", piece(length)), &plain);
        }
    }
    for _ in 0..10 {
        add("one character", format!("\"{}\"", piece(1)), &plain);
    }
    for _ in 0..20 {
        add("excluding", format!("{} -{}", piece(2), piece(2)), &plain);
    }
    for _ in 0..20 {
        add("filtered", piece(2), &|request| {
            request.filters = Filters {
                from: "2023-08-01".parse().ok(),
                to: "2023-08-31".parse().ok(),
                kinds: vec![Kind::News],
                ..Filters::default()
            };
        });
    }
    for _ in 0..20 {
        add("newest first", piece(2), &|request| request.sort = Sort::Newest);
    }
    for _ in 0..10 {
        add("with facets", piece(2), &|request| request.facets = true);
    }
    for _ in 0..10 {
        add("page 500", piece(2), &|request| request.offset = 10_000);
    }
    requests
}

fn percentiles(sorted: &[Duration]) -> String {
    let at = |share: f64| ms(sorted[((sorted.len() - 1) as f64 * share).round() as usize]);
    format!("p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms", at(0.5), at(0.9), at(0.99))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
