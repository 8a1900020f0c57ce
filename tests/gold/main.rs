//! Unlike pages, pages that the splitter was not fitted on, and the sample corpus, beside what a
//! careful reader says of them: `tests/pages`, `tests/unseen`, `tests/blind` and `tests/corpus` hold the
//! rows.
//!
//! - `cut`: where articles begin and end, their headlines and kinds
//! - `annotations`: their dates, districts and topics

mod annotations;
mod cut;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{CivilDate, LineRange, SourceText, SplitFile};
use dibao::split::split;
use serde::Deserialize;

/// Texts and the rows on them.
const SETS: [(&str, &str); 5] = [
    ("tests/pages", "tests/pages"),
    ("corpus", "tests/corpus"),
    ("tests/unseen", "tests/unseen"),
    ("tests/blind", "tests/blind"),
    ("tests/apart", "tests/apart"),
];

/// A row of a `.gold.jsonl`.
#[derive(Deserialize)]
struct Row {
    file: String,
    kind: String,
    title: Option<String>,
    lines: Vec<LineRange>,
    date: Option<CivilDate>,
    date_basis: Option<String>,
    date_from: Option<CivilDate>,
    date_to: Option<CivilDate>,
    #[serde(default)]
    districts: Vec<String>,
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
}

impl Row {
    fn is_article(&self) -> bool {
        !matches!(self.kind.as_str(), "front" | "section" | "banner")
    }
}

/// A file that the program has cut, and the reader's rows on it.
struct Page {
    rows: Vec<Row>,
    source: SourceText,
    split_file: SplitFile,
}

impl Page {
    /// The reader's articles, each with the number of the program's that shares at least half of
    /// its lines.
    fn matched(&self) -> impl Iterator<Item = (&Row, Option<usize>)> {
        let found: Vec<BTreeSet<u32>> =
            self.split_file.articles.iter().map(|article| self.filled(&article.lines)).collect();
        self.rows.iter().filter(|row| row.is_article()).map(move |row| {
            let lines = self.filled(&row.lines);
            let likeness = |at: &usize| {
                let shared = lines.intersection(&found[*at]).count();
                shared as f64 / lines.union(&found[*at]).count() as f64
            };
            let best = (0..found.len()).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            (row, best.filter(|at| likeness(at) >= 0.5))
        })
    }

    /// Numbers of the lines in the ranges that are not blank.
    fn filled(&self, ranges: &[LineRange]) -> BTreeSet<u32> {
        let numbers = ranges.iter().flat_map(|range| range.0..=range.1);
        numbers.filter(|&n| !self.source.line(n as usize - 1).trim().is_empty()).collect()
    }
}

/// The files of a set, cut.
fn pages(texts: &str, gold: &str) -> Vec<Page> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rows = rows_by_file(&root.join(gold));
    let texts = root.join(texts);
    let config = Config::load(&texts).expect("settings");
    let mut pages = Vec::new();
    for file in walk(&texts, &[]).files {
        let name = file.source.rsplit('/').next().unwrap_or(&file.source);
        let Some(rows) = rows.remove(name) else { continue };
        let chunks: Vec<Chunk> = read(&file, &config).collect();
        let Ok([Chunk::Text(source)]) = <[Chunk; 1]>::try_from(chunks) else {
            panic!("{name}: not one text")
        };
        let split_file = split(&source);
        pages.push(Page { rows, source: *source, split_file });
    }
    assert!(rows.is_empty(), "no text for {:?}", rows.keys());
    let articles = pages.iter().flat_map(|page| &page.rows).filter(|row| row.is_article()).count();
    assert!(pages.len() >= 11 && articles >= 60, "{} files, {articles} articles", pages.len());
    pages
}

fn rows_by_file(folder: &Path) -> BTreeMap<String, Vec<Row>> {
    let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if !path.to_string_lossy().ends_with(".gold.jsonl") {
            continue;
        }
        for line in fs::read_to_string(&path).expect("rows").lines() {
            let mut row: Row =
                serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            // The program does not tell them apart.
            if row.kind == "advertisement" {
                "notice".clone_into(&mut row.kind);
            }
            rows.entry(row.file.clone()).or_default().push(row);
        }
    }
    rows
}

/// How a row is listed among the misses.
fn name(row: &Row) -> String {
    let title = row.title.as_deref().unwrap_or(&row.kind);
    format!("{} {:?} {title}", row.file, row.lines)
}
