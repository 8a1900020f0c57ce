//! Measures ranking on two tracks: natural questions, judged by hand, and pasted headlines, each of
//! which should find its article. Headlines are left out of the searched texts.
//!
//!     cargo bench --bench quality -- CORPUS.jsonl.zst [--half choose|report] [--keep FOLDER] [--pool]
//!
//! `CORPUS` is a `.jsonl` or `.jsonl.zst` of articles with titles; the questions are for the corpus
//! of tests/news. In the same run, over the same texts and with the same queries, it also measures
//! plain BM25 of the engine over jieba words and over pairs of characters. Weights are chosen on one
//! half of each track; the other one is reported. `--keep` keeps the indexes of the baselines and of
//! the program in a folder, and uses those that are there; `--pool` prints the hits of all engines
//! that nobody has judged, for judging.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

#[path = "../speed/floor.rs"]
mod floor;
mod plain;
mod texts;
mod tracks;

use std::path::Path;

use dibao::query;
use dibao::search::{Matching, Request};
use floor::Words;
use plain::{Pairs, Plain};
use texts::Texts;
use tracks::{Half, Topic};

/// Number of hits that are examined.
const FIRST: usize = 10;

/// The lines of the first hits for a query.
type FirstHits<'a> = Box<dyn Fn(&str) -> Vec<usize> + 'a>;
/// An engine with its name.
type Engine<'a> = (&'a str, FirstHits<'a>);

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).map(String::as_str)
    };
    let corpus = arguments.first().filter(|argument| !argument.starts_with("--"));
    let Some(corpus) = corpus.cloned().or_else(|| std::env::var("DIBAO_BENCH_CORPUS").ok()) else {
        eprintln!("name a corpus: cargo bench --bench quality -- CORPUS.jsonl.zst");
        return;
    };
    let half = match option("--half") {
        Some("choose") => Half::Choose,
        _ => Half::Report,
    };
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = option("--keep").map_or(temporary.path(), Path::new);
    let texts = Texts::of(Path::new(&corpus), folder);
    let archive = texts.archive(&folder.join("index"));
    let words = Plain::of(&folder.join("words"), Words::default(), texts.bodies());
    let pairs = Plain::of(&folder.join("pairs"), Pairs, texts.bodies());
    let dibao = |matching, partial| {
        let (archive, texts) = (&archive, &texts);
        Box::new(move |typed: &str| {
            // What is no query finds nothing.
            let Ok(query) = query::parse(typed) else { return Vec::new() };
            let request = Request { query, matching, partial, limit: FIRST, ..Request::default() };
            let hits = archive.search(&request).expect("results").hits;
            let numbers: Vec<usize> =
                hits.iter().map(|hit| hit.record.lines[0].0 as usize - 1).collect();
            texts.lines(&numbers)
        })
    };
    let engines: Vec<Engine<'_>> = vec![
        ("dibao", dibao(Matching::AllThatCount, true)),
        ("dibao --any", dibao(Matching::Some, false)),
        ("dibao --all", dibao(Matching::All, false)),
        ("BM25, words", Box::new(|typed| texts.lines(&words.first(typed, FIRST)))),
        ("BM25, pairs", Box::new(|typed| texts.lines(&pairs.first(typed, FIRST)))),
    ];
    let questions = tracks::questions(half);
    let headlines = tracks::headlines(&texts, half);
    for (name, topics) in [("questions", &questions), ("headlines", &headlines)] {
        println!("{} articles without their headlines, {} {name}", texts.number(), topics.len());
        println!("| engine | MRR@{FIRST} | nDCG@{FIRST} | recall@{FIRST} |");
        println!("|---|---|---|---|");
        for (engine, first) in &engines {
            judge(engine, topics, first);
        }
        println!();
    }
    if arguments.iter().any(|argument| argument == "--pool") {
        let ranked = engines.iter().filter(|(name, _)| *name != "dibao --all");
        let ranked: Vec<_> = ranked.map(|(_, first)| first).collect();
        texts.print_unjudged(&questions, &ranked);
    }
}

/// Prints how an engine ranks the articles that are wanted, with equal gains for all of them.
fn judge(engine: &str, topics: &[Topic], first: &dyn Fn(&str) -> Vec<usize>) {
    let (mut reciprocal, mut gain, mut recall) = (0.0, 0.0, 0.0);
    let discount = |at: usize| 1.0 / (at as f64 + 2.0).log2();
    for topic in topics {
        let found = first(&topic.typed);
        let places: Vec<usize> =
            (0..found.len()).filter(|&at| topic.lines.contains(&found[at])).collect();
        reciprocal += places.first().map_or(0.0, |&at| 1.0 / (at as f64 + 1.0));
        let ideal: f64 = (0..topic.lines.len().min(FIRST)).map(discount).sum();
        gain += places.iter().map(|&at| discount(at)).sum::<f64>() / ideal;
        recall += places.len() as f64 / topic.lines.len().min(FIRST) as f64;
    }
    let mean = |sum: f64| sum / topics.len() as f64;
    println!("| {engine} | {:.4} | {:.4} | {:.4} |", mean(reciprocal), mean(gain), mean(recall));
}
