//! The steps, each run in a process of its own.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use dibao::annotate::Annotator;
use dibao::ingest;
use dibao::ingest::{Event, IngestPlan, Progress};
use dibao::intake;
use dibao::intake::{Chunk, Config};
use dibao::model::SourceText;
use dibao::model::SplitFile;
use dibao::query;
use dibao::search::{Archive, Request, Sort};
use dibao::split::split;

use crate::{floor, queries};

pub fn run(step: &str, arguments: &[String]) {
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    match step {
        "read" => read(argument(0)),
        "annotate" => annotate(argument(0)),
        "floor" => run_floor(argument(0), Path::new(argument(1))),
        "ingest" => run_ingest(argument(0), Path::new(argument(1))),
        "size" => size(Path::new(argument(0))),
        "queries" => queries::run(Path::new(argument(1))),
        "search" => search(Path::new(argument(0)), argument(1)),
        "stats" => stats(Path::new(argument(0))),
        "show" => show(Path::new(argument(0)), argument(1)),
        "first-id" => first_id(Path::new(argument(0))),
        _ => {}
    }
}

/// The corpus folder, and the paths in it to read.
fn corpus(path: &str) -> (PathBuf, Vec<PathBuf>) {
    let path = PathBuf::from(path);
    if path.is_dir() {
        return (path, Vec::new());
    }
    (path.parent().map_or_else(|| ".".into(), Path::to_owned), vec![path])
}

/// Every chunk of the corpus, with the metadata of its file.
fn chunks(path: &str) -> impl Iterator<Item = (SourceText, Chunk)> {
    let (folder, named) = corpus(path);
    let config = Config::load(&folder).expect("a good corpus.toml");
    let walked = intake::walk(&folder, &named);
    walked.files.into_iter().flat_map(move |file| {
        let mut reading = intake::read(&file, &config);
        std::iter::from_fn(move || {
            let chunk = reading.next()?;
            let meta = reading.meta().clone();
            Some((SourceText { path: file.source.clone(), meta, ..SourceText::default() }, chunk))
        })
    })
}

fn read(path: &str) {
    let started = Instant::now();
    let bytes: usize = chunks(path).map(|(_, chunk)| text_size(&chunk)).sum();
    report(bytes, started);
}

fn annotate(path: &str) {
    let annotator = Annotator::new();
    let (mut bytes, mut articles, mut busy) = (0, 0, 0.0);
    for (source, chunk) in chunks(path) {
        bytes += text_size(&chunk);
        let started = Instant::now();
        let (source, split_file) = match chunk {
            Chunk::Text(source) => {
                let split_file = split(&source);
                (*source, split_file)
            }
            Chunk::Articles(articles) => (source, SplitFile { articles, ..SplitFile::default() }),
        };
        articles += annotator.annotate(&source, &split_file).len();
        busy += started.elapsed().as_secs_f64();
    }
    let mb = bytes as f64 / 1e6;
    println!("{mb:.0} MB of text, {articles} articles: {busy:.1} s, {:.1} MB/s", mb / busy);
}

fn run_floor(path: &str, folder: &Path) {
    let words = floor::Words::default();
    let started = Instant::now();
    let mut bytes = 0;
    let texts = chunks(path).flat_map(|(source, chunk)| match chunk {
        Chunk::Text(text) => vec![(source.path, text.text)],
        Chunk::Articles(articles) => articles
            .into_iter()
            .map(|article| (source.path.clone(), article.title.unwrap_or_default() + &article.body))
            .collect(),
    });
    let texts = texts.inspect(|(_, text)| bytes += text.len());
    floor::index(folder, threads(), words, texts);
    report(bytes, started);
    println!(
        "{:.0} MB on the disk, {:.2} × the text",
        folder_size(folder),
        folder_size(folder) * 1e6 / bytes as f64
    );
}

fn run_ingest(path: &str, index: &Path) {
    let (folder, paths) = corpus(path);
    let plan =
        IngestPlan { paths, rebuild: true, threads: threads(), ..IngestPlan::new(folder, index) };
    let started = Instant::now();
    let written = Written(OnceLock::new());
    let summary = ingest::run(&plan, &written).expect("an ingest");
    let until = written.0.get().map_or(0.0, |at| (*at - started).as_secs_f64());
    println!(
        "{} articles, {} reprints; {until:.1} s until all was handed to the engine",
        summary.articles, summary.reprints
    );
    report(summary.text_bytes as usize, started);
    let size = folder_size(index);
    println!("{size:.0} MB on the disk, {:.2} × the text", size * 1e6 / summary.text_bytes as f64);
}

/// Records when the engine had received everything; what remains is merging, and finding reprints.
struct Written(OnceLock<Instant>);

impl Progress for Written {
    fn event(&self, event: Event<'_>) {
        if matches!(event, Event::Finishing) {
            self.0.get_or_init(Instant::now);
        }
    }
}

fn size(index: &Path) {
    let mut by_extension = std::collections::BTreeMap::<String, (u64, u64)>::new();
    for (path, bytes) in files(index) {
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let entry = by_extension.entry(extension).or_default();
        entry.0 += bytes;
        entry.1 += 1;
    }
    for (extension, (bytes, count)) in by_extension {
        println!("{extension}: {:.1} MB in {count} files", bytes as f64 / 1e6);
    }
}

fn search(index: &Path, text: &str) {
    let archive = Archive::open(index).expect("an index");
    let query = query::parse(text).expect("a good query");
    let request = Request { query, limit: 20, ..Request::default() };
    println!("{}", archive.search(&request).expect("results").total);
}

fn stats(index: &Path) {
    let archive = Archive::open(index).expect("an index");
    println!("{}", archive.facets(&Request::default()).expect("facets").months.len());
}

fn show(index: &Path, id: &str) {
    let archive = Archive::open(index).expect("an index");
    let id = dibao::model::ArticleId(id.into());
    println!("{}", archive.get(&id).expect("articles").len());
}

/// The id of the first article.
fn first_id(index: &Path) {
    let archive = Archive::open(index).expect("an index");
    let request = Request { limit: 1, sort: Sort::Oldest, ..Request::default() };
    for hit in archive.search(&request).expect("results").hits {
        println!("{}", hit.record.id);
    }
}

/// Reads every record once, as an export does.
pub fn export(archive: &Archive, request: &Request) -> u64 {
    archive.for_each(request, &mut |_| ControlFlow::Continue(())).expect("articles")
}

fn threads() -> usize {
    std::env::var("DIBAO_BENCH_THREADS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

fn text_size(chunk: &Chunk) -> usize {
    match chunk {
        Chunk::Text(source) => source.text.len(),
        Chunk::Articles(articles) => articles
            .iter()
            .map(|article| article.body.len() + article.title.as_deref().map_or(0, str::len))
            .sum(),
    }
}

fn report(bytes: usize, started: Instant) {
    let (mb, seconds) = (bytes as f64 / 1e6, started.elapsed().as_secs_f64());
    println!(
        "{mb:.0} MB of text in {seconds:.1} s, {:.1} MB/s, peak memory {:.0} MB",
        mb / seconds,
        peak_memory()
    );
}

/// Peak resident set of this process in MB; 0 if the system does not report it.
pub fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|text| text.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.unwrap_or(0.0) * 1024.0 / 1e6
}

fn folder_size(folder: &Path) -> f64 {
    files(folder).iter().map(|(_, bytes)| *bytes as f64).sum::<f64>() / 1e6
}

fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path, entry.metadata().map_or(0, |metadata| metadata.len())));
        }
    }
    all
}
