//! Measures ranking by known-item search: the headline of an article is the query, headlines are
//! removed from the searched texts, and the article should come first.
//!
//!     cargo bench --bench quality -- CORPUS.jsonl.zst [QUERIES]
//!
//! `CORPUS` is a `.jsonl` or `.jsonl.zst` of articles with titles. In the same run, over the same
//! texts and with the same queries, it also measures plain BM25 of the engine over jieba words.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

#[path = "../speed/floor.rs"]
mod floor;
mod plain;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use dibao::ingest;
use dibao::ingest::IngestPlan;
use dibao::intake;
use dibao::intake::{Chunk, Config};
use dibao::query::{Node, NodeKind, Query, Term, Text, Within};
use dibao::search::{Archive, Matching, Request};
use plain::Plain;
use tantivy::query::Occur;

/// Number of hits that are examined.
const FIRST: usize = 10;
/// Default number of queries.
const QUERIES: usize = 2_000;
/// The least letters and ideographs with which a headline can identify an article.
const MIN_CHARS: usize = 6;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let corpus = arguments.first().cloned().or_else(|| std::env::var("DIBAO_BENCH_CORPUS").ok());
    let Some(corpus) = corpus else {
        eprintln!("name a corpus: cargo bench --bench quality -- CORPUS.jsonl.zst");
        return;
    };
    let queries = arguments.get(1).and_then(|number| number.parse().ok()).unwrap_or(QUERIES);
    let folder = tempfile::tempdir().expect("a folder");
    let (path, titles) = bodies(Path::new(&corpus), folder.path());
    let wanted = sample(&titles, queries);
    let archive = ingested(&path, &folder.path().join("index"));
    let bodies = Bodies { path: &path };
    let plain = Plain::of(&folder.path().join("floor"), bodies.each());
    println!(
        "{} articles without their headlines, {} headlines as queries",
        titles.len(),
        wanted.len()
    );
    println!("| engine | words | MRR@{FIRST} | recall@{FIRST} | first hit |");
    println!("|---|---|---|---|---|");
    let dibao = |matching| {
        let archive = &archive;
        move |title: &str| {
            let query = query(title);
            let request = Request { query, matching, limit: FIRST, ..Request::default() };
            let hits = archive.search(&request).expect("results").hits;
            hits.iter().map(|hit| hit.record.lines[0].0 as usize - 1).collect()
        }
    };
    judge("dibao", "some of them (--any)", &wanted, &dibao(Matching::Some));
    judge("plain BM25", "some of them", &wanted, &|title| plain.first(title, FIRST, Occur::Should));
    judge("dibao", "all of them", &wanted, &dibao(Matching::All));
    judge("plain BM25", "all of them", &wanted, &|title| plain.first(title, FIRST, Occur::Must));
}

/// Prints how an engine ranks the articles whose headlines are the queries.
fn judge(engine: &str, words: &str, wanted: &[(usize, &str)], first: &dyn Fn(&str) -> Vec<usize>) {
    let (mut reciprocal, mut found, mut top) = (0.0, 0_usize, 0_usize);
    for &(article, title) in wanted {
        if let Some(at) = first(title).iter().position(|&hit| hit == article) {
            reciprocal += 1.0 / (at as f64 + 1.0);
            found += 1;
            top += usize::from(at == 0);
        }
    }
    let share = |count: f64| count / wanted.len() as f64;
    println!(
        "| {engine} | {words} | {:.4} | {:.4} | {:.4} |",
        share(reciprocal),
        share(found as f64),
        share(top as f64)
    );
}

/// A headline as a query: blanks separate its parts, and nothing in it is an operator.
fn query(title: &str) -> Query {
    let parts = title.split_whitespace().map(|part| {
        let text = Text { within: Within::Anywhere, term: Term::Words(part.to_owned()) };
        Node { kind: NodeKind::Text(text), span: 0..0 }
    });
    let parts: Vec<Node> = parts.collect();
    Query { root: (!parts.is_empty()).then(|| Node::all(parts, 0..0)) }
}

/// Headlines of articles that are spread over the corpus.
fn sample(titles: &[String], queries: usize) -> Vec<(usize, &str)> {
    let long = |title: &&str| title.chars().filter(|c| c.is_alphanumeric()).count() >= MIN_CHARS;
    let usable: Vec<(usize, &str)> =
        titles.iter().map(String::as_str).enumerate().filter(|(_, title)| long(title)).collect();
    let step = (usable.len() / queries.max(1)).max(1);
    usable.into_iter().step_by(step).take(queries).collect()
}

/// Writes the articles without their headlines, one per line; returns the headlines.
fn bodies(corpus: &Path, folder: &Path) -> (PathBuf, Vec<String>) {
    let path = folder.join("bodies.jsonl");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    let mut titles = Vec::new();
    let parent = corpus.parent().unwrap_or(Path::new("."));
    let config = Config::load(parent).expect("a good corpus.toml");
    let walked = intake::walk(parent, &[corpus.to_owned()]);
    for read in walked.files {
        for chunk in intake::read(&read, &config) {
            let Chunk::Articles(articles) = chunk else { continue };
            for article in articles.into_iter().filter(|article| !article.body.is_empty()) {
                let line = serde_json::json!({ "body": article.body });
                writeln!(file, "{line}").expect("written");
                titles.push(article.title.unwrap_or_default());
            }
        }
    }
    file.flush().expect("written");
    (path, titles)
}

fn ingested(path: &Path, index: &Path) -> Archive {
    let folder = path.parent().unwrap_or(Path::new("."));
    let plan = IngestPlan {
        paths: vec![path.to_owned()],
        rebuild: true,
        ..IngestPlan::new(folder, index)
    };
    ingest::run(&plan, &()).expect("an ingest");
    Archive::open(index).expect("an index")
}

struct Bodies<'a> {
    path: &'a Path,
}

impl Bodies<'_> {
    /// The number of each article and its text.
    fn each(&self) -> impl Iterator<Item = (String, String)> {
        let text = std::fs::read_to_string(self.path).expect("the bodies");
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.into_iter().enumerate().map(|(number, line)| {
            let article: serde_json::Value = serde_json::from_str(&line).expect("JSON");
            (number.to_string(), article["body"].as_str().unwrap_or_default().to_owned())
        })
    }
}
