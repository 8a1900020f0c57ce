//! Fits the weights of the splitter on pages whose articles are known, and measures what it gains.
//!
//!     cargo bench --bench fit -- GOLD… [--taught FOLDER]… [--news CORPUS] [--papers N] [--out FILE]
//!     cargo bench --bench fit -- GOLD… … --held-out [--min SOURCE=F1]…
//!     cargo bench --bench fit -- GOLD… … --left-out
//!     cargo bench --bench fit -- GOLD… [--news CORPUS] --joins FILE [--printed PRINTED=PARAGRAPHS]…
//!     cargo bench --bench fit -- GOLD… [--news CORPUS] --kinds FILE
//!     cargo bench --bench fit -- --news CORPUS --vectors FILE
//!
//! `GOLD` is a folder with `gold.jsonl` and `pages/`, or with `NAME.txt` and `NAME.gold.jsonl` (with
//! `GOLD:TEXTS` the texts lie below another folder): one source each, `lines` 1-based and inclusive.
//! The texts of a `--taught` folder have the articles that the weights set by hand find in them. From
//! the articles of `--news` pages of many layouts are composed. Without `--out` the table is not
//! written.
//!
//! `--joins FILE` and `--kinds FILE` fit the trees instead that join printed lines, and that tell
//! notices from news. For the first, every line of GOLD is a paragraph; `--printed` measures on pages
//! that are there as printed lines and as paragraphs. `--vectors FILE` fits what terms are about.
//!
//! `--held-out` fits twice, on every other page, and measures on the others (`--folds N`: N times);
//! `--left-out` fits once for each source on all others (`--only SOURCE`: for this one). Both print
//! exact-article F1 beside that of the weights set by hand, headlines and kinds, what is wrong with
//! the other articles, how many cuts of one confidence are right, and how fast pages are split.
//! `--errors N` adds the commonest patterns of errors, `--cuts FILE` writes the articles of the last
//! column as rows of gold. `--from TABLE` fits a table further instead, as `dibao fit` does, on at most
//! `--pages N` of each source. `--fitted PULL` and `--pull GROUP=PULL` set how weights of fitted
//! features are held near 0, `--without PART` leaves a group of features, cohesion, the segments or
//! the composed pages out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing a table is what it is for")]

mod arguments;
mod compose;
mod evaluate;
mod joins;
mod kinds;
mod pages;
mod reflow;
mod vectors;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use arguments::Arguments;
use dibao::split::Splitter;
use dibao::split::fit::{FitPage, fit, refit, stating};
use evaluate::{Scores, print_calibration, print_errors, print_patterns, print_speed, print_table};
use pages::{Material, Page};

fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    if arguments.gold.is_empty() && arguments.vectors.is_none() {
        eprintln!("name a folder of pages: cargo bench --bench fit -- GOLD… [--out FILE]");
        return ExitCode::SUCCESS;
    }
    let started = Instant::now();
    let table = match (&arguments.joins, &arguments.kinds, &arguments.vectors) {
        (Some(path), _, _) => Some((path, joins::fit_and_measure(&arguments))),
        (_, Some(path), _) => Some((path, kinds::fit_and_measure(&arguments))),
        (_, _, Some(path)) => Some((path, vectors::fit_vectors(&arguments))),
        (None, None, None) => None,
    };
    if let Some((path, table)) = table {
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
    if let Err(message) = material.check_names(&arguments) {
        eprintln!("{message}");
        return ExitCode::FAILURE;
    }
    let fitting = match Fitting::new(&arguments) {
        Ok(fitting) => fitting,
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    };
    eprintln!("{} pages after {:.0?}", material.pages.len(), started.elapsed());
    let (name, start) = match &fitting.from {
        Some(from) => ("before", from),
        None => ("by hand", &Splitter::by_hand()),
    };
    let mut columns = vec![(name, measure(start, &material, |page| !page.composed))];
    if arguments.held_out {
        columns.push(("held out", held_out(&material, &fitting)));
    }
    if arguments.left_out {
        columns.push(("left out", left_out(&material, &fitting)));
    }
    print_table(&columns);
    if let (Some(path), Some((_, last))) = (&arguments.cuts, columns.last())
        && let Err(error) = std::fs::write(path, last.cuts.join("\n") + "\n")
    {
        eprintln!("{}: {error}", path.display());
        return ExitCode::FAILURE;
    }
    let (_, last) = columns.last().expect("the weights set by hand");
    print_errors(last);
    if arguments.errors > 0 {
        print_patterns(last, arguments.errors);
    }
    print_calibration(last);
    println!();
    print_speed(&columns);
    eprintln!("{:.0?}", started.elapsed());
    if let Some(path) = &arguments.out {
        let table = stating(&fitting.fit(&material, |_| true), &material.described());
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

/// How weights are fitted: anew, or further from a table.
struct Fitting<'a> {
    arguments: &'a Arguments,
    from: Option<Splitter>,
}

impl<'a> Fitting<'a> {
    fn new(arguments: &'a Arguments) -> anyhow::Result<Self> {
        let read = |path: &PathBuf| -> anyhow::Result<Splitter> {
            let table = std::fs::read_to_string(path);
            let splitter = table
                .map_err(anyhow::Error::from)
                .and_then(|table| Splitter::from_table(&table).map_err(anyhow::Error::from));
            splitter.with_context(|| path.display().to_string())
        };
        Ok(Self { arguments, from: arguments.from.as_ref().map(read).transpose()? })
    }

    /// The table that is fitted on these pages.
    fn fit(&self, material: &Material, taken: impl Fn(&Page) -> bool) -> String {
        let mut of_source: BTreeMap<&str, usize> = BTreeMap::new();
        let mut pages: Vec<&FitPage> = Vec::new();
        for page in material.pages.iter().filter(|page| taken(page)) {
            let count = of_source.entry(&page.source).or_default();
            *count += 1;
            if self.arguments.pages.is_none_or(|most| *count <= most) {
                pages.push(&page.fit);
            }
        }
        match &self.from {
            Some(from) => refit(pages, from, &self.arguments.settings),
            None => fit(pages, &self.arguments.settings),
        }
    }

    /// Fits on the pages that are not held, and measures on those that are.
    fn measure(&self, material: &Material, held: impl Fn(&Page) -> bool) -> Scores {
        let table = self.fit(material, |page| !held(page));
        let splitter = Splitter::from_table(&table).expect("a table that was just written");
        measure(&splitter, material, held)
    }
}

/// Fits on some of the pages and measures on the others.
fn held_out(material: &Material, fitting: &Fitting) -> Scores {
    let folds = fitting.arguments.folds;
    side_by_side(&(0..folds).collect::<Vec<_>>(), |fold| {
        fitting.measure(material, |page| !page.composed && page.number % folds == fold)
    })
}

/// Measures each source on what was fitted on all others. Sources of one publication go together.
fn left_out(material: &Material, fitting: &Fitting) -> Scores {
    let only = &fitting.arguments.only;
    let chosen = |family: &&str| only.is_empty() || only.iter().any(|only| only == family);
    let families: Vec<&str> = material.families().into_iter().filter(chosen).collect();
    side_by_side(&families, |family| {
        fitting.measure(material, |page| !page.composed && page.family() == family)
    })
}

/// Measures several fits on as many threads as there are processors, and adds their scores in order.
fn side_by_side<T: Copy + Send>(fits: &[T], measure: impl Fn(T) -> Scores + Sync) -> Scores {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let measure = &measure;
    let mut scores = Scores::default();
    for together in fits.chunks(threads) {
        std::thread::scope(|scope| {
            let running: Vec<_> =
                together.iter().map(|&fit| scope.spawn(move || measure(fit))).collect();
            for fit in running {
                scores.add(fit.join().expect("a fit that does not panic"));
            }
        });
    }
    scores
}

fn measure(splitter: &Splitter, material: &Material, held: impl Fn(&Page) -> bool) -> Scores {
    let pages: Vec<&Page> = material.pages.iter().filter(|page| held(page)).collect();
    let publications = material.habits(splitter, &pages);
    let mut scores = Scores::default();
    for page in pages {
        let habits =
            publications.get(page.publication.as_str()).filter(|habits| !habits.is_empty());
        let (text, started) = (&page.gold.text, Instant::now());
        let split_file = match habits {
            Some(habits) => splitter.split(text, habits),
            None => splitter.split_alone(text),
        };
        scores.count(page, &split_file, started.elapsed());
    }
    scores
}
