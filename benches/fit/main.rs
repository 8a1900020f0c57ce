//! Fits the weights of the splitter on pages whose articles are known, and measures what it gains.
//!
//!     cargo bench --bench fit -- GOLD… [--taught FOLDER]… [--news CORPUS] [--papers N] [--out FILE]
//!     cargo bench --bench fit -- GOLD… … --held-out [--min SOURCE=F1]…
//!     cargo bench --bench fit -- GOLD… … --left-out
//!
//! `GOLD` is a folder with `gold.jsonl` and `pages/`, or with `NAME.txt` and `NAME.gold.jsonl` (with
//! `GOLD:TEXTS` the texts lie below another folder): one source each, `lines` 1-based and inclusive.
//! The texts of a `--taught` folder have the articles that the weights set by hand find in them. From
//! the articles of `--news` pages of many layouts are composed. Without `--out` the table is not
//! written.
//!
//! `--held-out` fits twice, on every other page, and measures on the others (`--folds N`: N times);
//! `--left-out` fits once for each source on all others (`--only SOURCE`: for this one). Both print
//! exact-article F1 beside that of the weights set by hand, and how many cuts of one confidence are
//! right; `--cuts FILE` writes the articles of the last column as rows of gold. `--fitted PULL` and
//! `--pull GROUP=PULL` set how weights of fitted features are held near 0, `--without GROUP` leaves a
//! group of features out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

mod arguments;
mod compose;
mod evaluate;
mod joins;
mod pages;
mod reflow;

use std::process::ExitCode;
use std::time::Instant;

use arguments::Arguments;
use dibao::split::fit::fit;
use dibao::split::{Habits, Splitter};
use evaluate::{Scores, print_calibration, print_table};
use pages::{Material, Page};

fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    if arguments.gold.is_empty() {
        eprintln!("name a folder of pages: cargo bench --bench fit -- GOLD… [--out FILE]");
        return ExitCode::SUCCESS;
    }
    let started = Instant::now();
    if let Some(path) = &arguments.joins {
        let table = joins::fit_and_measure(&arguments);
        let written = table.and_then(|table| Ok(std::fs::write(path, table)?));
        eprintln!("{:.0?}", started.elapsed());
        return match written {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error:#}");
                ExitCode::FAILURE
            }
        };
    }
    let material = match Material::load(&arguments) {
        Ok(material) => material,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    };
    eprintln!("{} pages after {:.0?}", material.pages.len(), started.elapsed());
    let mut columns = vec![("by hand", by_hand(&material))];
    if arguments.held_out {
        columns.push(("held out", held_out(&material, &arguments)));
    }
    if arguments.left_out {
        columns.push(("left out", left_out(&material, &arguments)));
    }
    print_table(&columns);
    if let (Some(path), Some((_, last))) = (&arguments.cuts, columns.last())
        && let Err(error) = std::fs::write(path, last.cuts.join("\n") + "\n")
    {
        eprintln!("{}: {error}", path.display());
        return ExitCode::FAILURE;
    }
    let (_, last) = columns.last().expect("the weights set by hand");
    print_calibration(last);
    eprintln!("{:.0?}", started.elapsed());
    if let Some(path) = &arguments.out {
        let table = fit(material.pages.iter().map(|page| &page.fit), &arguments.settings);
        if let Err(error) = std::fs::write(path, &table) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
        let splitter = Splitter::from_table(&table).expect("a table that was just written");
        print_table(&[("fitted on", measure(&splitter, &material, |_| true))]);
        eprintln!("{} bytes after {:.0?}", table.len(), started.elapsed());
    }
    let mut exit = ExitCode::SUCCESS;
    for (source, least) in &arguments.min {
        let f1 = last.f1(source);
        if f1 < *least {
            eprintln!("{source}: {f1:.4} is below {least}");
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

fn by_hand(material: &Material) -> Scores {
    measure(&Splitter::by_hand(), material, |page| !page.composed)
}

/// Fits on some of the pages and measures on the others.
fn held_out(material: &Material, arguments: &Arguments) -> Scores {
    let folds = arguments.folds;
    let mut scores = Scores::default();
    for fold in 0..folds {
        let held = |page: &Page| !page.composed && page.number % folds == fold;
        scores.add(fit_without(material, arguments, held));
    }
    scores
}

/// Measures each source on what was fitted on all others. Sources of one publication go together.
fn left_out(material: &Material, arguments: &Arguments) -> Scores {
    let mut scores = Scores::default();
    let chosen = |family: &&str| {
        arguments.only.is_empty() || arguments.only.iter().any(|only| only == family)
    };
    for family in material.families().into_iter().filter(chosen) {
        let of_family = |page: &Page| !page.composed && page.family() == family;
        scores.add(fit_without(material, arguments, of_family));
    }
    scores
}

/// Fits on the pages that are not held, and measures on those that are.
fn fit_without(material: &Material, arguments: &Arguments, held: impl Fn(&Page) -> bool) -> Scores {
    let kept = material.pages.iter().filter(|page| !held(page));
    let table = fit(kept.map(|page| &page.fit), &arguments.settings);
    let splitter = Splitter::from_table(&table).expect("a table that was just written");
    measure(&splitter, material, held)
}

fn measure(splitter: &Splitter, material: &Material, held: impl Fn(&Page) -> bool) -> Scores {
    let pages: Vec<&Page> = material.pages.iter().filter(|page| held(page)).collect();
    let publications = material.habits(splitter, &pages);
    let mut scores = Scores::default();
    for page in pages {
        let habits =
            publications.get(page.publication.as_str()).filter(|habits| !habits.is_empty());
        let split_file = match habits {
            Some(habits) => splitter.split(&page.text, habits),
            None => splitter.split(&page.text, &Habits::of(&page.text)),
        };
        scores.count(page, &split_file);
    }
    scores
}
