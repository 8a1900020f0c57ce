//! Pages in unlike styles and the sample corpus, cut as a careful reader cuts them: how many
//! articles have exactly the reader's lines, and how many have the reader's headline and kind.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::SplitFile;
use dibao::model::{LineRange, SourceText};
use dibao::split::split;
use serde::Deserialize;

/// The least that each figure may be, from 0 to 1.
struct Floors {
    exact: f64,
    title: f64,
    kind: f64,
}

#[test]
fn unlike_pages_are_cut_as_by_a_careful_reader() {
    let floors = Floors { exact: 0.94, title: 0.95, kind: 0.96 };
    hold("tests/pages", "tests/pages", &floors);
}

#[test]
fn the_sample_corpus_is_cut_as_by_a_careful_reader() {
    let floors = Floors { exact: 0.91, title: 0.94, kind: 0.96 };
    hold("corpus", "tests/corpus", &floors);
}

/// A row of a `.gold.jsonl`.
#[derive(Deserialize)]
struct Row {
    file: String,
    kind: String,
    title: Option<String>,
    lines: Vec<LineRange>,
}

impl Row {
    fn is_article(&self) -> bool {
        !matches!(self.kind.as_str(), "front" | "section" | "banner")
    }
}

/// How many were right of how many.
#[derive(Default)]
struct GroupCounts {
    articles: usize,
    predicted: usize,
    exact: usize,
    titles: usize,
    titles_right: usize,
    kinds_right: usize,
    misses: Vec<String>,
}

impl GroupCounts {
    fn exact_f1(&self) -> f64 {
        2.0 * self.exact as f64 / (self.articles + self.predicted) as f64
    }

    fn report(&self) -> String {
        format!(
            "exact F1 {:.3}, title {:.3}, kind {:.3}, {} articles\n{}",
            self.exact_f1(),
            self.titles_right as f64 / self.titles as f64,
            self.kinds_right as f64 / self.articles as f64,
            self.articles,
            self.misses.join("\n")
        )
    }

    fn miss(&mut self, row: &Row, said: &str) {
        let name = row.title.as_deref().unwrap_or(&row.kind);
        self.misses.push(format!("  {} {:?} {name}: {said}", row.file, row.lines));
    }

    /// Compares the articles of one file, found by the lines that they share with the reader's.
    fn add(&mut self, rows: &[Row], source: &SourceText, split_file: &SplitFile) {
        let filled = |ranges: &[LineRange]| -> BTreeSet<u32> {
            let numbers = ranges.iter().flat_map(|range| range.0..=range.1);
            numbers.filter(|&n| !source.line(n as usize - 1).trim().is_empty()).collect()
        };
        let found: Vec<BTreeSet<u32>> =
            split_file.articles.iter().map(|article| filled(&article.lines)).collect();
        self.predicted += found.len();
        for row in rows.iter().filter(|row| row.is_article()) {
            self.articles += 1;
            self.titles += usize::from(row.title.is_some());
            let lines = filled(&row.lines);
            let likeness = |at: &usize| {
                let shared = lines.intersection(&found[*at]).count();
                shared as f64 / lines.union(&found[*at]).count() as f64
            };
            let best = (0..found.len()).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            // As the scorer of the project has it: half of the lines make the same article.
            let Some(best) = best.filter(|at| likeness(at) >= 0.5) else {
                self.miss(row, "not found");
                continue;
            };
            let article = &split_file.articles[best];
            if found[best] == lines {
                self.exact += 1;
            } else {
                self.miss(row, &format!("lines {:?}", article.lines));
            }
            if row.kind == article.kind.as_str() {
                self.kinds_right += 1;
            } else {
                self.miss(row, article.kind.as_str());
            }
            if row.title.is_some() {
                let same = plain(row.title.as_deref()) == plain(article.title.as_deref());
                self.titles_right += usize::from(same);
                if !same {
                    self.miss(row, &format!("title {:?}", article.title));
                }
            }
        }
    }
}

fn hold(texts: &str, gold: &str, floors: &Floors) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rows = rows_by_file(&root.join(gold));
    let files = rows.len();
    let mut tally = GroupCounts::default();
    let texts: PathBuf = root.join(texts);
    let config = Config::load(&texts).expect("settings");
    for file in walk(&texts, &[]).files {
        let name = file.source.rsplit('/').next().unwrap_or(&file.source);
        let Some(rows) = rows.remove(name) else { continue };
        for chunk in read(&file, &config) {
            let Chunk::Text(source) = chunk else { panic!("{name}: no text") };
            tally.add(&rows, &source, &split(&source));
        }
    }
    assert!(rows.is_empty(), "no text for {:?}", rows.keys());
    assert!(files >= 11 && tally.articles >= 60, "{files} files, {} articles", tally.articles);
    let report = format!("{gold}: {}", tally.report());
    assert!(tally.exact_f1() >= floors.exact, "{report}");
    assert!(tally.titles_right as f64 >= floors.title * tally.titles as f64, "{report}");
    assert!(tally.kinds_right as f64 >= floors.kind * tally.articles as f64, "{report}");
}

fn rows_by_file(folder: &Path) -> BTreeMap<String, Vec<Row>> {
    let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if !path.to_string_lossy().ends_with(".gold.jsonl") {
            continue;
        }
        for line in fs::read_to_string(&path).expect("rows").lines() {
            let row: Row =
                serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            rows.entry(row.file.clone()).or_default().push(row);
        }
    }
    rows
}

/// A headline without white space, marks of Markdown, and differences of width.
fn plain(title: Option<&str>) -> String {
    let title = dibao::text::fold(title.unwrap_or_default());
    title.text.chars().filter(|c| !c.is_whitespace() && *c != '#').collect()
}
