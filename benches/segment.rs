//! Compares segmentation with that of jieba-rs and its own dictionary, checks that all long
//! dictionary words are found, and measures the speed of both.
//!
//!     cargo bench --bench segment -- CORPUS.jsonl.zst
//!
//! `CORPUS` is a `.jsonl` or `.jsonl.zst` of articles, or a folder of a corpus; without it the
//! environment's `DIBAO_BENCH_CORPUS` counts. The words of every title and body are compared, and
//! the dictionary matches with those of a plain scan; the exit code is 1 if any differ. Speeds are
//! per processor time of one thread.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use dibao::intake;
use dibao::intake::{Chunk, Config};
use dibao::model::Span;
use dibao::text::{MIN_MATCH_CHARS, Segmenter, fold};
use jieba_rs::{Jieba, Token};

/// The text that a new process segments first.
const FIRST: &str = "营商环境创新示范区";

/// Bytes of text that are segmented one way before being segmented the other way.
const BATCH: usize = 4 << 20;

/// One in this many texts is scanned for dictionary words, because looking up every substring is
/// slow.
const SCANNED: usize = 50;
/// Length of the longest dictionary word in characters.
const MAX_WORD_CHARS: usize = 16;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let first = arguments.first().map(String::as_str);
    if let Some(name) = first.and_then(|first| first.strip_prefix("first:")) {
        print_first_time(name);
        return ExitCode::SUCCESS;
    }
    let corpus = first.map(str::to_owned).or_else(|| std::env::var("DIBAO_BENCH_CORPUS").ok());
    let Some(corpus) = corpus else {
        eprintln!("name a corpus: cargo bench --bench segment -- CORPUS.jsonl.zst");
        return ExitCode::SUCCESS;
    };
    println!("| what | figure |");
    println!("|---|---|");
    for name in ["words of the query", "whole dictionary", "long words"] {
        let mut times: Vec<f64> = (0..15).map(|_| first_time(name)).collect();
        times.sort_unstable_by(f64::total_cmp);
        println!("| first text of a process, {name} | median {:.3} ms of 15 |", times[7]);
    }
    if compare(Path::new(&corpus)) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Segments the whole corpus both ways; returns the number of texts that differ.
fn compare(corpus: &Path) -> usize {
    let mut comparison = Comparison::default();
    let mut batch = Vec::new();
    let mut waiting = 0;
    each_text(corpus, |text| {
        let folded = fold(text).text;
        waiting += folded.len();
        batch.push(folded);
        if waiting > BATCH {
            comparison.compare(&batch);
            batch.clear();
            waiting = 0;
        }
    });
    comparison.compare(&batch);
    comparison.print();
    comparison.different
}

struct Comparison {
    segmenter: Segmenter,
    jieba: Jieba,
    clocks: Vec<(&'static str, Duration)>,
    texts: usize,
    bytes: usize,
    words: usize,
    matches: usize,
    scanned: usize,
    different: usize,
}

impl Default for Comparison {
    fn default() -> Self {
        let (segmenter, jieba, clocks) = (Segmenter::new(), Jieba::new(), Vec::new());
        segmenter.load();
        segmenter.dictionary_matches(FIRST, |_| ());
        let [texts, bytes, words, matches, scanned, different] = [0; 6];
        Self { segmenter, jieba, clocks, texts, bytes, words, matches, scanned, different }
    }
}

impl Comparison {
    fn compare(&mut self, texts: &[String]) {
        let Self { segmenter, jieba, clocks, .. } = self;
        let tokens = timed(clocks, "tokens of jieba-rs", texts, |text| jieba.cut(text, false));
        let words =
            timed(clocks, "segment, whole dictionary", texts, |text| segmenter.segment(text));
        // A segmenter whose dictionary is not loaded.
        let (part, _) = Segmenter::with_user_words("");
        let by_part =
            timed(clocks, "segment, words of the texts", texts, |text| part.segment(text));
        let matches = timed(clocks, "dictionary matches", texts, |text| {
            let mut found = Vec::new();
            segmenter.dictionary_matches(text, |span| found.push(span));
            found
        });
        for (at, text) in texts.iter().enumerate() {
            let expected = words_of(&tokens[at]);
            let mut is_different = words[at] != expected || by_part[at] != expected;
            if (self.texts + at).is_multiple_of(SCANNED) {
                let mut found = matches[at].clone();
                found.sort_unstable_by_key(|span| (span.start, span.end));
                is_different |= found != scan(jieba, text);
                self.scanned += 1;
            }
            if is_different {
                self.different += 1;
                eprintln!("differs: {text}");
            }
        }
        self.texts += texts.len();
        self.bytes += texts.iter().map(String::len).sum::<usize>();
        self.words += words.iter().map(Vec::len).sum::<usize>();
        self.matches += matches.iter().map(Vec::len).sum::<usize>();
    }

    fn print(&self) {
        let mb = self.bytes as f64 / 1e6;
        println!("| texts | {}, {mb:.0} MB, {} words |", self.texts, self.words);
        println!("| dictionary matches | {}; {} texts scanned |", self.matches, self.scanned);
        for (name, time) in &self.clocks {
            println!("| {name} | {:.0} MB/s |", mb / time.as_secs_f64());
        }
        println!("| texts that differ | **{}** |", self.different);
    }
}

/// Every substring that is a jieba word of [`MIN_MATCH_CHARS`] or more characters, in order.
fn scan(jieba: &Jieba, text: &str) -> Vec<Span> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut found = Vec::new();
    for (from, &start) in places.iter().enumerate() {
        let ends = places.iter().take(from + MAX_WORD_CHARS + 1).skip(from + MIN_MATCH_CHARS);
        found
            .extend(ends.map(|&end| start..end).filter(|span| jieba.has_word(&text[span.clone()])));
    }
    found
}

/// Runs something on every text and adds the time to the total under a name.
fn timed<'a, T>(
    clocks: &mut Vec<(&'static str, Duration)>,
    name: &'static str,
    texts: &'a [String],
    work: impl FnMut(&'a String) -> T,
) -> Vec<T> {
    let started = processor_time();
    let results = texts.iter().map(work).collect();
    let spent = processor_time().saturating_sub(started);
    match clocks.iter_mut().find(|(known, _)| *known == name) {
        Some((_, sum)) => *sum += spent,
        None => clocks.push((name, spent)),
    }
    results
}

/// Processor time of this thread, or wall-clock time if the system does not report it.
fn processor_time() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

/// The byte ranges of the words among jieba's tokens.
fn words_of(tokens: &[Token<'_>]) -> Vec<Span> {
    let words = tokens.iter().filter(|token| token.word.chars().any(char::is_alphanumeric));
    words.map(|token| token.byte_start..token.byte_end).collect()
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
        for chunk in intake::read(&file, &config) {
            match chunk {
                Chunk::Text(source) => visit(&source.text),
                Chunk::Articles(articles) => {
                    for article in articles {
                        article.title.as_deref().map(&mut visit);
                        visit(&article.body);
                    }
                }
            }
        }
    }
}

/// Milliseconds for the first text in a process of its own.
fn first_time(name: &str) -> f64 {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    let output = command.arg(format!("first:{name}")).output().expect("the process runs").stdout;
    String::from_utf8_lossy(&output).trim().parse().expect("a number")
}

fn print_first_time(name: &str) {
    let started = Instant::now();
    let segmenter = Segmenter::new();
    let mut found = 0;
    match name {
        "words of the query" => found = segmenter.segment(FIRST).len(),
        "whole dictionary" => {
            segmenter.load();
            found = segmenter.segment(FIRST).len();
        }
        _ => segmenter.dictionary_matches(FIRST, |_| found += 1),
    }
    let time = started.elapsed();
    assert!(found > 0);
    println!("{}", time.as_secs_f64() * 1_000.0);
}
