//! Are words cut as jieba-rs cuts them, and how fast? Compares both over a corpus.
//!
//!     cargo bench --bench segment -- CORPUS.jsonl.zst
//!
//! `CORPUS` is a `.jsonl` or `.jsonl.zst` of articles, or a folder of a corpus; without it the
//! environment's `DIBAO_BENCH_CORPUS` counts. What is compared are the words of every title and
//! body; the exit code is 1 where any differ.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use dibao::intake::{self, Config, Piece};
use dibao::model::Span;
use dibao::text::{Mode, Segmenter, fold};
use jieba_rs::{Jieba, Token};

/// What is cut in a process that has just begun.
const FIRST: &str = "营商环境创新";

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let first = arguments.first().map(String::as_str);
    if let Some(name) = first.and_then(|first| first.strip_prefix("first:")) {
        print_first_cut(name);
        return ExitCode::SUCCESS;
    }
    let corpus = first.map(str::to_owned).or_else(|| std::env::var("DIBAO_BENCH_CORPUS").ok());
    let Some(corpus) = corpus else {
        eprintln!("name a corpus: cargo bench --bench segment -- CORPUS.jsonl.zst");
        return ExitCode::SUCCESS;
    };
    println!("| what | figure |");
    println!("|---|---|");
    for name in ["dibao", "jieba-rs"] {
        let mut times: Vec<f64> = (0..15).map(|_| first_cut(name)).collect();
        times.sort_unstable_by(f64::total_cmp);
        println!("| first cut of a process, {name} | median {:.3} ms of 15 |", times[7]);
    }
    if compare(Path::new(&corpus)) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Both ways over the whole corpus; returns how many texts are cut differently.
fn compare(corpus: &Path) -> usize {
    let segmenter = Segmenter::new();
    let jieba = Jieba::new();
    let mut clocks = Clocks::default();
    let (mut texts, mut bytes, mut words, mut different) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut known, mut runs) = (0_usize, 0_usize);
    each_text(corpus, |text| {
        let text = fold(text).text;
        let own = [Mode::Query, Mode::Index].map(|mode| {
            let name = if mode == Mode::Query { "cut, dibao" } else { "cut for search, dibao" };
            clocks.time(name, || segmenter.words(&text, mode))
        });
        let cut = clocks.time("cut, jieba-rs", || jieba.cut(&text, false));
        let search = clocks
            .time("cut for search, jieba-rs (not in order)", || jieba.cut_for_search(&text, false));
        let reference = [words_of(&cut), words_of(&search)];
        let least = clocks.time("each known word of 2 characters and more", || {
            let mut count = 0;
            segmenter.each_known(&text, 2, |_| count += 1);
            count
        });
        let latin = clocks.time("runs of Latin letters and digits", || {
            let mut count = 0;
            segmenter.runs(&text, |_| count += 1);
            count
        });
        if own != reference {
            different += 1;
            if different <= 5 {
                eprintln!("cut differently: {text}");
            }
        }
        texts += 1;
        bytes += text.len();
        words += own[0].len();
        known += least;
        runs += latin;
    });
    println!("| texts | {texts}, {:.0} MB, {words} words |", bytes as f64 / 1e6);
    println!("| known words, overlapping | {known} |");
    println!("| runs | {runs} |");
    for (name, time) in &clocks.0 {
        println!("| {name} | {:.1} MB/s |", bytes as f64 / 1e6 / time.as_secs_f64());
    }
    println!("| texts that are cut differently | **{different}** |");
    different
}

/// The words among jieba's tokens as bytes, in the order of their first and then last one.
fn words_of(tokens: &[Token<'_>]) -> Vec<Span> {
    let words = tokens.iter().filter(|token| token.word.chars().any(char::is_alphanumeric));
    let mut spans: Vec<Span> = words.map(|token| token.byte_start..token.byte_end).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    spans.dedup();
    spans
}

/// Every title and body of a corpus.
fn each_text(corpus: &Path, mut visit: impl FnMut(&str)) {
    let (folder, named): (PathBuf, Vec<PathBuf>) = if corpus.is_dir() {
        (corpus.to_owned(), Vec::new())
    } else {
        (corpus.parent().map_or_else(|| ".".into(), Path::to_owned), vec![corpus.to_owned()])
    };
    let config = Config::load(&folder).expect("a good corpus.toml");
    for file in intake::walk(&folder, &named).files {
        for piece in intake::read(&file, &config) {
            match piece {
                Piece::Text(source) => visit(&source.text),
                Piece::Articles(articles) => {
                    for article in articles {
                        article.title.as_deref().map(&mut visit);
                        visit(&article.body);
                    }
                }
            }
        }
    }
}

/// Times by what was done, in the order of first doing it.
#[derive(Default)]
struct Clocks(Vec<(&'static str, Duration)>);

impl Clocks {
    fn time<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        let spent = started.elapsed();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += spent,
            None => self.0.push((name, spent)),
        }
        result
    }
}

/// Milliseconds of the first cut in a process of its own.
fn first_cut(name: &str) -> f64 {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    let output = command.arg(format!("first:{name}")).output().expect("the process runs").stdout;
    String::from_utf8_lossy(&output).trim().parse().expect("a number")
}

fn print_first_cut(name: &str) {
    let started = Instant::now();
    let words = match name {
        "dibao" => Segmenter::new().words(FIRST, Mode::Query).len(),
        _ => Jieba::new().cut(FIRST, false).len(),
    };
    let time = started.elapsed();
    assert!(words > 1);
    println!("{}", time.as_secs_f64() * 1_000.0);
}
