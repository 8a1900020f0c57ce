//! Fits the trees that join printed lines to paragraphs, and measures them.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, ensure};
use dibao::model::SourceText;
use dibao::split::fit::{JoinScores, ParagraphPage, fit_joins, score_joins, stating};
use fastrand::Rng;

use crate::arguments::Arguments;
use crate::compose::{self, Paper, Stock};
use crate::pages::{files_below, read_text};
use crate::reflow::Columns;

const SEED: u64 = 11;
/// Columns that each page is set in.
const SETTINGS: usize = 3;
/// Every so many pages are measured on, not fitted on.
const HELD: usize = 5;

/// Fits on the pages of the gold folders and on composed ones, and prints how many pairs of lines are
/// judged as they are. Returns the table.
pub fn fit_and_measure(arguments: &Arguments) -> anyhow::Result<String> {
    let mut rng = Rng::with_seed(SEED);
    let mut pages: Vec<ParagraphPage> = Vec::new();
    for text in texts(arguments, &mut rng)? {
        for _ in 0..SETTINGS {
            let part = part_of(text.lines.len(), &mut rng);
            let lines = part.map(|line| text.line(line));
            pages.push(Columns::random(&mut rng).set(lines, &mut rng));
        }
    }
    let (mut held, mut kept) = (Vec::new(), Vec::new());
    for (place, page) in pages.into_iter().enumerate() {
        if (place / SETTINGS).is_multiple_of(HELD) { held.push(page) } else { kept.push(page) }
    }
    let judged = fit_joins(&kept);
    println!("| pages | joined | found | right |\n|---|---|---|---|");
    print_scores("set anew, held out", &score_joins(&judged, &held));
    for pair in &arguments.printed {
        let (printed, paragraphs) = pair.split_once('=').context("--printed PRINTED=PARAGRAPHS")?;
        let pages = printed_pages(Path::new(printed), Path::new(paragraphs))?;
        print_scores(printed, &score_joins(&judged, &pages));
    }
    kept.extend(held);
    let fitted_on = format!("{} pages in columns of many forms, seed {SEED}", kept.len());
    Ok(stating(&fit_joins(&kept), &fitted_on))
}

/// The lines of a page that are set: all, or a short piece, since a file can be one.
fn part_of(lines: usize, rng: &mut Rng) -> Range<usize> {
    const LENGTHS: Range<usize> = 4..30;
    if rng.bool() {
        return 0..lines;
    }
    let first = rng.usize(..lines.max(1));
    first..(first + rng.usize(LENGTHS)).min(lines)
}

fn print_scores(name: &str, scores: &JoinScores) {
    let name = name.rsplit('/').next().unwrap_or(name);
    let share = |of: usize| scores.right as f64 / of.max(1) as f64;
    println!(
        "| {name} | {} | {:.4} | {:.4} |",
        scores.joined,
        share(scores.joined),
        share(scores.found)
    );
}

/// Texts with a paragraph on each line.
fn texts(arguments: &Arguments, rng: &mut Rng) -> anyhow::Result<Vec<SourceText>> {
    const ARTICLES: usize = 3000;
    const PAGES: usize = 3;
    let mut texts = Vec::new();
    for folder in &arguments.gold {
        let folder = Path::new(folder);
        for path in files_below(folder, ".txt") {
            texts.push(read_text(folder, &path)?);
        }
    }
    if let Some(news) = &arguments.news {
        let stock = Stock::load(news, ARTICLES, rng)?;
        for _ in 0..arguments.papers {
            let paper = Paper::random(rng).unwrapped();
            for _ in 0..PAGES {
                let page = compose::page(&paper, &stock, rng);
                texts.push(SourceText::from_text("page.txt", page.lines.join("\n")));
            }
        }
    }
    Ok(texts)
}

/// The same pages as printed lines and as paragraphs, in the order of their names.
fn printed_pages(printed: &Path, paragraphs: &Path) -> anyhow::Result<Vec<ParagraphPage>> {
    let (lines, wholes) = (files_below(printed, ".txt"), files_below(paragraphs, ".txt"));
    ensure!(lines.len() == wholes.len(), "{}: not as many pages", paragraphs.display());
    let pages = lines.iter().zip(&wholes).map(|(line, whole)| {
        let (line, whole) = (read_text(printed, line)?, read_text(paragraphs, whole)?);
        let ends = paragraph_ends(&whole);
        let mut read = 0;
        let mut joined = Vec::with_capacity(line.lines.len());
        for number in 0..line.lines.len() {
            let length = letters(line.line(number));
            joined.push((length > 0).then(|| read > 0 && !ends.contains(&read)));
            read += length;
        }
        ensure!(ends.last() == Some(&read), "{}: another text", line.path);
        Ok(ParagraphPage { text: line, joined, weight: 1.0 })
    });
    pages.collect()
}

/// How many characters have been read at the end of each paragraph, spaces aside.
fn paragraph_ends(text: &SourceText) -> Vec<usize> {
    let mut read = 0;
    let lengths = (0..text.lines.len()).map(|line| letters(text.line(line)));
    lengths
        .filter(|&length| length > 0)
        .map(|length| {
            read += length;
            read
        })
        .collect()
}

fn letters(line: &str) -> usize {
    line.chars().filter(|c| !c.is_whitespace()).count()
}
