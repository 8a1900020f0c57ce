//! `cargo bench --bench ocr -- [--engine ENGINE]... [PDF]...`
//!
//! How well is text recognised on worse and worse pictures, and how sure is the engine? Pages of PDF files
//! with a text layer (default: those of `tests/layout`) are drawn and degraded, and dibao reads the pictures
//! as it reads those of a corpus. Each row is a degradation:
//!
//! - `chars`: characters of the known text that are found, wherever on the page: each line of it is aligned
//!   with the whole of what was read (edit distance);
//! - `in order`: the same with both texts aligned as a whole, so that a wrong order of columns counts;
//! - `lines`: lines of the known text that are found without any fault;
//! - `blanks`: blanks within its lines that are too many or too few, for each thousand characters;
//! - `sure`: the mean confidence over the characters, and the lowest of a page;
//! - `doubted`: the part of the characters that is in doubtful words, how many of these are wrong, and how many of
//!   the wrong ones are among them;
//! - `s`: seconds for a page.
//!
//! ENGINE is what `--ocr` takes (default: tesseract).

#![allow(clippy::print_stdout, reason = "printing a table is what it is for")]

mod degrade;
mod score;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::SourceText;
use dibao::recognise::OcrSetting;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use image::GrayImage;

use degrade::LEVELS;
use score::{Score, plain};

fn main() -> Result<(), Box<dyn Error>> {
    let mut engines: Vec<OcrSetting> = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        if argument == "--engine" {
            engines.push(arguments.next().ok_or("--engine needs a value")?.parse()?);
        } else {
            files.push(argument.into());
        }
    }
    if engines.is_empty() {
        engines.push("tesseract".parse()?);
    }
    if files.is_empty() {
        files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout"));
    }
    let pages = pages(&files)?;
    if pages.is_empty() {
        return Err("no PDF file with text; name some".into());
    }
    println!("{} pages, {} characters", pages.len(), pages.iter().map(Page::size).sum::<usize>());
    for engine in &engines {
        println!("\n{engine}");
        println!(
            "{:<28}{:>8}{:>10}{:>8}{:>8}{:>12}{:>18}{:>8}",
            "", "chars", "in order", "lines", "blanks", "sure", "doubted", "s"
        );
        for (name, degrade) in LEVELS {
            row(name, degrade, &pages, engine)?;
        }
    }
    Ok(())
}

/// A page with what it says.
struct Page {
    picture: GrayImage,
    lines: Vec<String>,
}

impl Page {
    fn size(&self) -> usize {
        self.lines.iter().map(|line| plain(line).chars().count()).sum()
    }
}

fn row(
    name: &str,
    degrade: degrade::Degrade,
    pages: &[Page],
    engine: &OcrSetting,
) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut total = Score::default();
    let mut seconds = 0.0;
    for page in pages {
        let path = folder.path().join("page.png");
        degrade(&page.picture).save(&path)?;
        // A new one each time, so that nothing is remembered.
        let config = Config::default().recognising(Some(engine), None)?;
        let started = Instant::now();
        let text = text_of(&path, &config);
        seconds += started.elapsed().as_secs_f64();
        total.add(&page.lines, &text);
    }
    let [doubtful, wrong, found] = total.doubts();
    println!(
        "{name:<28}{:>8.4}{:>10.4}{:>8.4}{:>8.1}{:>7.1}{:>5}{doubtful:>8.3}{wrong:>5.2}{found:>5.2}{:>8.1}",
        total.characters(),
        total.in_order(),
        total.lines(),
        total.blanks(),
        total.confidence(),
        total.lowest(),
        seconds / pages.len() as f64,
    );
    Ok(())
}

/// What a file says; empty if it cannot be read.
fn text_of(path: &Path, config: &Config) -> SourceText {
    let walked = walk(path.parent().unwrap_or(path), &[path.to_owned()]);
    let texts =
        walked.files.iter().flat_map(|file| read(file, config)).filter_map(|chunk| match chunk {
            Chunk::Text(text) => Some(*text),
            Chunk::Articles(_) => None,
        });
    texts.reduce(|first, _| first).unwrap_or_default()
}

/// The first pages of PDF files, as pictures of 300 dots per inch and as text.
fn pages(paths: &[PathBuf]) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut pages = Vec::new();
    for file in walk(Path::new("."), paths).files {
        if file.path.extension().is_none_or(|extension| extension != "pdf") {
            continue;
        }
        let text = text_of(&file.path, &Config::default());
        let lines = (0..text.lines.len()).map(|index| text.line(index).trim().to_owned());
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        if let Some(picture) = drawn(fs::read(&file.path)?)
            && !lines.is_empty()
        {
            pages.push(Page { picture, lines });
        }
    }
    Ok(pages)
}

fn drawn(file: Vec<u8>) -> Option<GrayImage> {
    const SCALE: f32 = 300.0 / 72.0;
    let pdf = Pdf::new(Arc::new(file)).ok()?;
    let page = pdf.pages().first()?;
    let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let (cache, how) = (RenderCache::new(), RenderSettings::default());
    let drawn = render(page, &cache, &InterpreterSettings::default(), &how, &settings);
    let grey = drawn.data().iter().map(|dot| {
        ((u32::from(dot.r) * 2126 + u32::from(dot.g) * 7152 + u32::from(dot.b) * 722) / 10_000)
            as u8
    });
    GrayImage::from_raw(drawn.width().into(), drawn.height().into(), grey.collect())
}
