//! Corrects some pages of a paper as a person would, fits the splitter on them, and measures what that
//! gains on the other pages.
//!
//!     cargo bench --bench correct -- GOLD… [--from TABLE] [--pages N]
//!
//! `GOLD` is a folder with `gold.jsonl` and its texts: one paper. Its pages are ingested with the table
//! (`--from`; that of the program may have been fitted on them) and N of them, evenly spread (10), are
//! corrected by decisions that come from their gold, through the same functions as `dibao correct` and
//! the pages use: an article begins here, goes on the one before, these lines are a banner or an
//! advertisement, these are all lines of one article. What `dibao curate export` gives of them is fitted
//! on, and the pages that nobody corrected are split before and after.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

mod reader;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use dibao::gold::{Counts, FitSettings, GoldSource, Page, compare, fit_own, read, sampled};
use dibao::intake::{Config, SPLITTER};
use dibao::split::Splitter;
use reader::Reader;

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut given: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let (mut papers, mut from, mut pages): (Vec<PathBuf>, Option<PathBuf>, usize) =
        (Vec::new(), None, 10);
    while let Some(argument) = given.next() {
        let mut value = || given.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--bench" => {}
            "--from" => from = Some(value()?.into()),
            "--pages" => pages = value()?.parse().context("--pages: expected a number")?,
            _ if argument.starts_with('-') => anyhow::bail!("{argument}: unknown"),
            _ => papers.push(argument.into()),
        }
    }
    if papers.is_empty() {
        eprintln!("name a folder of pages: cargo bench --bench correct -- GOLD… [--from TABLE]");
        return Ok(());
    }
    println!(
        "| paper | corrected pages | articles | exact before | decisions | exact after | other pages | F1 before | fitted on corrections | fitted on the gold |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for paper in papers {
        measure(&paper, from.as_deref(), pages).with_context(|| paper.display().to_string())?;
    }
    Ok(())
}

/// Corrects, fits and prints one row.
fn measure(paper: &Path, from: Option<&Path>, count: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let corpus = folder.path().join("corpus");
    let name = paper.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let texts = corpus.join(&name);
    fs::create_dir_all(&texts)?;
    let gold = read(paper, paper, &Config::default())?;
    for page in &gold {
        fs::write(texts.join(file_name(page)), &page.text.text)?;
    }
    let splitter = match from {
        Some(table) => {
            fs::copy(table, corpus.join(SPLITTER))?;
            Splitter::from_table(&fs::read_to_string(table)?)?
        }
        None => Splitter::default(),
    };
    let places = chosen_places(gold.len(), count);
    let (chosen, rest): (Vec<_>, Vec<_>) =
        gold.into_iter().enumerate().partition(|(place, _)| places.contains(place));
    let only = |pages: Vec<(usize, Page)>| pages.into_iter().map(|(_, page)| page).collect();
    let (chosen, rest): (Vec<Page>, Vec<Page>) = (only(chosen), only(rest));

    let reader = Reader::new(folder.path(), &corpus)?;
    let before = reader.exact(&name, &chosen)?;
    for page in &chosen {
        reader.correct(&format!("{name}/{}", file_name(page)), page)?;
    }
    let after = reader.exact(&name, &chosen)?;
    let articles: usize = chosen.iter().map(articles).sum();

    let rows = reader.checked()?;
    let exported = folder.path().join(format!("{name}.gold.jsonl"));
    fs::write(&exported, rows.join("\n"))?;
    let exported = read(&exported, &corpus, &Config::load(&corpus)?)?;
    let fitted = |pages: Vec<Page>| -> anyhow::Result<Splitter> {
        let source = GoldSource { name: name.clone(), pages };
        let fitted = fit_own(&[source], &splitter, &FitSettings::of_own_pages());
        Ok(Splitter::from_table(&fitted.table)?)
    };
    let (by_corrections, by_gold) = (fitted(exported)?, fitted(chosen.clone())?);
    let all: Vec<&Page> = chosen.iter().chain(&rest).collect();
    let f1 = |splitter: &Splitter| score(splitter, &all, &rest).f1();
    println!(
        "| {name} | {} | {articles} | {before} | {} | {after} | {} | {:.4} | {:.4} | {:.4} |",
        chosen.len(),
        reader.decisions(),
        rest.len(),
        f1(&splitter),
        f1(&by_corrections),
        f1(&by_gold),
    );
    Ok(())
}

fn file_name(page: &Page) -> &str {
    page.text.path.rsplit('/').next().unwrap_or(&page.text.path)
}

fn articles(page: &Page) -> usize {
    page.items.iter().filter(|item| item.is_article()).count()
}

/// The pages to be corrected: so many, evenly spread.
fn chosen_places(all: usize, count: usize) -> Vec<usize> {
    (0..count.min(all)).map(|place| place * all / count.min(all)).collect()
}

/// How well some pages are split, with the habits of all.
fn score(splitter: &Splitter, all: &[&Page], rest: &[Page]) -> Counts {
    let sample = sampled(all.iter().map(|page| &page.text));
    let habits = splitter.habits(sample.iter().copied());
    let mut counts = Counts::default();
    for page in rest {
        let split_file = if sample.is_empty() {
            splitter.split_alone(&page.text)
        } else {
            splitter.split(&page.text, &habits)
        };
        counts.add(compare(page, &split_file).counts);
    }
    counts
}
