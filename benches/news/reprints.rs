//! Compares the reprints of real news with those of readers.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, ensure};
use dibao::annotate::{
    Annotator, ArticleComparison, ComparedArticle, Sketch, SketchedArticle, compare_articles,
    group_reprints,
};
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{Record, SourceText, SplitFile, day_number};
use serde::Deserialize;

/// A row of `tests/news/reprints.jsonl`.
#[derive(Deserialize)]
struct Pair {
    /// Lines of the corpus.
    a: u32,
    b: u32,
    /// `same`, `related` or `different`.
    label: String,
    certain: bool,
    draw: String,
}

/// Precision and recall, of each draw and of all.
pub fn measure(corpus: &Path, whole: bool) -> anyhow::Result<()> {
    let pairs: Vec<Pair> = include_str!("../../tests/news/reprints.jsonl")
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let wanted: HashSet<u32> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    let articles = articles(corpus, |line| whole || wanted.contains(&line))?;
    ensure!(
        wanted.iter().all(|line| articles.contains_key(line)),
        "another corpus: it lacks articles that were judged"
    );
    println!("\nReprints, each pair compared by itself:\n");
    let compared = |pair: &Pair| compare_articles(&articles[&pair.a].1, &articles[&pair.b].1);
    table(&pairs, |pair| compared(pair).separated_by.is_none());
    for pair in pairs.iter().filter(|pair| pair.certain) {
        let ArticleComparison { evidence, separated_by } = compared(pair);
        if (pair.label == "same") != separated_by.is_none() {
            println!("{} {} {}: {separated_by:?} {evidence:?}", pair.label, pair.a, pair.b);
        }
    }
    if whole {
        let group_of = groups(&articles);
        println!("\nGrouped in the whole corpus:\n");
        table(&pairs, |pair| group_of[&pair.a] == group_of[&pair.b]);
    }
    Ok(())
}

fn table(pairs: &[Pair], is_same: impl Fn(&Pair) -> bool) {
    println!("| pairs | same, said | same, missed | others, said | precision | recall |");
    println!("|---|---|---|---|---|---|");
    let certain = || pairs.iter().filter(|pair| pair.certain);
    let mut rows: BTreeMap<String, Vec<&Pair>> = BTreeMap::new();
    for pair in certain() {
        rows.entry(format!("{}, {}", pair.draw, pair.label)).or_default().push(pair);
    }
    rows.insert("of all".to_owned(), certain().collect());
    for (name, pairs) in rows {
        let count = |label: bool, said: bool| {
            let such = |pair: &&&Pair| (pair.label == "same") == label && is_same(pair) == said;
            pairs.iter().filter(such).count()
        };
        let [right, missed, wrong] = [count(true, true), count(true, false), count(false, true)];
        let share = |of: usize| right as f64 / of.max(1) as f64;
        let (precision, recall) = (share(right + wrong), share(right + missed));
        println!(
            "| {name}: {} | {right} | {missed} | {wrong} | {precision:.3} | {recall:.3} |",
            pairs.len()
        );
    }
}

/// The head of each article's group, or itself, by line.
fn groups(articles: &HashMap<u32, (SketchedArticle, ComparedArticle)>) -> HashMap<u32, u32> {
    let mut lines: Vec<u32> = articles.keys().copied().collect();
    lines.sort_unstable();
    let sketched: Vec<SketchedArticle> =
        lines.iter().map(|line| articles[line].0.clone()).collect();
    let item = |position: usize| &articles[&lines[position]].1;
    let is_same = |a, b| compare_articles(item(a), item(b)).separated_by.is_none();
    let heads = group_reprints(&sketched, is_same);
    let head_of = |(&line, head): (&u32, Option<usize>)| (line, head.map_or(line, |at| lines[at]));
    lines.iter().zip(heads).map(head_of).collect()
}

/// Some articles of the corpus, by line.
fn articles(
    corpus: &Path,
    wanted: impl Fn(u32) -> bool,
) -> anyhow::Result<HashMap<u32, (SketchedArticle, ComparedArticle)>> {
    let folder = corpus.parent().unwrap_or(Path::new("."));
    let found = walk(folder, &[corpus.to_owned()]).files;
    let file = found.first().with_context(|| format!("{}: no such file", corpus.display()))?;
    let annotator = Annotator::new();
    let mut found = HashMap::new();
    for chunk in read(file, &Config::default()) {
        let Chunk::Articles(articles) = chunk else { continue };
        let first_lines = || articles.iter().filter_map(|article| article.lines.first());
        if !first_lines().any(|range| wanted(range.0)) {
            continue;
        }
        let source = SourceText { path: file.source.clone(), ..SourceText::default() };
        let split_file = SplitFile { articles, ..SplitFile::default() };
        for record in annotator.annotate(&source, &split_file) {
            let Some(line) = record.lines.first().map(|range| range.0) else { continue };
            if wanted(line) {
                found.insert(line, (sketched(&record, line), ComparedArticle::of(&record)));
            }
        }
    }
    Ok(found)
}

fn sketched(record: &Record, line: u32) -> SketchedArticle {
    SketchedArticle {
        sketch: Sketch::of(&record.body),
        date_key: record.printed().map(day_number),
        order: line.into(),
        key: line.into(),
    }
}
