//! The pages that are fitted on, from folders and composed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{LineRole, SourceText, SplitFile};
use dibao::split::fit::{FitPage, GoldItem, GoldKind, LineHint};
use dibao::split::{Habits, Splitter};
use serde::Deserialize;

use crate::arguments::Arguments;
use crate::compose::{self, Paper, Stock};

/// 1-based lines, both ends inclusive.
pub type Gold = (u32, u32);

/// An item of the gold.
pub struct Item {
    kind: String,
    pub lines: Vec<Gold>,
    gold: GoldItem,
}

impl Item {
    fn new(kind: &str, title: Option<&str>, lines: Vec<Gold>) -> Self {
        let gold = GoldItem::new(GoldKind::of_name(kind), title, lines.clone());
        Self { kind: kind.to_owned(), lines, gold }
    }

    /// Whether it is judged.
    pub fn is_article(&self) -> bool {
        matches!(self.kind.as_str(), "news" | "document" | "profile" | "photo")
    }
}

/// A page with its articles.
pub struct Page {
    pub source: String,
    /// Its place among the pages of its source, for folds.
    pub number: usize,
    pub composed: bool,
    pub text: SourceText,
    pub gold: Vec<Item>,
    /// Pages of one publication have their habits in common.
    pub publication: String,
    pub fit: FitPage,
}

impl Page {
    /// Sources whose names differ in what follows the letters are of one publication.
    pub fn family(&self) -> &str {
        family(&self.source)
    }
}

fn family(source: &str) -> &str {
    let stem = source.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.strip_suffix("lines").unwrap_or(stem)
}

/// A text with its gold, before the habits of its publication are known.
struct Raw {
    source: String,
    publication: String,
    text: SourceText,
    gold: Vec<Item>,
}

/// All pages.
pub struct Material {
    pub pages: Vec<Page>,
}

/// A row of a gold file; other fields do not matter here.
#[derive(Deserialize)]
struct Row {
    file: String,
    kind: String,
    title: Option<String>,
    lines: Vec<Gold>,
}

/// Units of a source that count fully; those of larger ones count less, so that none outweighs the
/// others.
const MAX_UNITS: f64 = 8000.0;
/// How much the pages of a small source count at most.
const MAX_WEIGHT: f64 = 3.0;
/// How much a composed page counts.
const COMPOSED: f64 = 0.6;

impl Material {
    pub fn load(arguments: &Arguments) -> anyhow::Result<Self> {
        let mut raw = Vec::new();
        for folder in &arguments.gold {
            raw.extend(annotated(folder).with_context(|| folder.clone())?);
        }
        for folder in &arguments.taught {
            raw.extend(taught(folder).with_context(|| folder.display().to_string())?);
        }
        let real = raw.len();
        if let Some(news) = &arguments.news {
            raw.extend(composed(news, arguments.papers)?);
        }
        Ok(Self::of(raw, real))
    }

    /// `real` is the number of pages that are not composed.
    fn of(raw: Vec<Raw>, real: usize) -> Self {
        let habits = habits(&raw);
        let mut pages: Vec<Page> = Vec::new();
        let mut of_source: BTreeMap<String, usize> = BTreeMap::new();
        for (place, Raw { source, publication, text, gold }) in raw.into_iter().enumerate() {
            let number =
                *of_source.entry(source.clone()).and_modify(|last| *last += 1).or_default();
            let habits = habits.get(&publication).cloned();
            let habits = habits.unwrap_or_else(|| Habits::of(&text));
            let items: Vec<GoldItem> = gold.iter().map(|item| item.gold.clone()).collect();
            let mut fit = FitPage::new(&source, &publication, &text, &items, &habits);
            let composed = place >= real;
            if !composed && publication == source {
                fit.set_paper(family(&source));
            }
            pages.push(Page { source, number, composed, text, gold, publication, fit });
        }
        let mut units: BTreeMap<String, usize> = BTreeMap::new();
        for page in &pages {
            *units.entry(page.source.clone()).or_default() += page.fit.units();
        }
        for page in &mut pages {
            let weight = if page.composed {
                COMPOSED
            } else {
                (MAX_UNITS / units[&page.source] as f64).min(MAX_WEIGHT)
            };
            page.fit.set_weight(weight);
        }
        Self { pages }
    }

    pub fn real(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| !page.composed)
    }

    /// The habits of the publications of some pages, by the weights that these are measured with.
    pub fn habits<'a>(
        &'a self,
        splitter: &Splitter,
        pages: &[&'a Page],
    ) -> BTreeMap<&'a str, Habits> {
        let names: BTreeSet<&str> = pages.iter().map(|page| page.publication.as_str()).collect();
        let habits = names.into_iter().map(|name| {
            let all: Vec<&Page> =
                self.pages.iter().filter(|page| page.publication == name).collect();
            let paths: Vec<String> = all.iter().map(|page| page.text.path.clone()).collect();
            let sample = Habits::sample(&paths);
            (name, splitter.habits(sample.iter().map(|&place| &all[place].text)))
        });
        habits.collect()
    }

    pub fn families(&self) -> BTreeSet<&str> {
        self.real().map(Page::family).collect()
    }
}

/// The habits of each publication with files enough, as an ingest finds them.
fn habits(raw: &[Raw]) -> BTreeMap<String, Habits> {
    let mut files: BTreeMap<&str, Vec<&Raw>> = BTreeMap::new();
    for page in raw {
        files.entry(&page.publication).or_default().push(page);
    }
    let mut habits: BTreeMap<String, Habits> = BTreeMap::new();
    for (publication, pages) in files {
        let names: Vec<String> = pages.iter().map(|page| page.text.path.clone()).collect();
        for place in Habits::sample(&names) {
            habits.entry(publication.to_owned()).or_default().add(&pages[place].text);
        }
    }
    habits
}

fn name_of(folder: &Path) -> String {
    folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A folder with `gold.jsonl` and `pages/`, or with `NAME.gold.jsonl` and texts: beside them, or
/// anywhere below a second folder after a colon.
fn annotated(folders: &str) -> anyhow::Result<Vec<Raw>> {
    let (folder, texts) = folders.split_once(':').unwrap_or((folders, folders));
    let (folder, texts) = (Path::new(folder), Path::new(texts));
    let one = folder.join("gold.jsonl");
    let tables = if one.exists() { vec![one] } else { files_below(folder, ".gold.jsonl") };
    let paths: BTreeMap<String, PathBuf> =
        files_below(texts, ".txt").into_iter().map(|path| (name_of(&path), path)).collect();
    let mut files: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for table in tables {
        for line in fs::read_to_string(&table)?.lines() {
            let row: Row =
                serde_json::from_str(line).with_context(|| table.display().to_string())?;
            let name = row.file.rsplit('/').next().unwrap_or(&row.file).to_owned();
            let item = Item::new(&row.kind, row.title.as_deref(), row.lines);
            files.entry(name).or_default().push(item);
        }
    }
    let source = name_of(folder);
    let page = |(name, gold): (String, Vec<Item>)| {
        let path = paths.get(&name).with_context(|| format!("no text named {name}"))?;
        let text = read_text(texts, path)?;
        Ok(Raw { source: source.clone(), publication: source.clone(), text, gold })
    };
    files.into_iter().map(page).collect()
}

/// A text as an ingest reads it.
pub fn read_text(folder: &Path, path: &Path) -> anyhow::Result<SourceText> {
    let found = walk(folder, &[path.to_owned()]).files;
    let file = found.first().context("no such file")?;
    let mut texts = read(file, &Config::default()).filter_map(|chunk| match chunk {
        Chunk::Text(text) => Some(*text),
        Chunk::Articles(_) => None,
    });
    texts.next().with_context(|| format!("{} has no text", path.display()))
}

/// The files whose names end so, in the order of their paths.
pub fn files_below(folder: &Path, end: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.into_path()));
    paths.filter(|path| path.to_string_lossy().ends_with(end)).collect()
}

/// The texts of a folder with the articles that the weights set by hand find in them.
fn taught(folder: &Path) -> anyhow::Result<Vec<Raw>> {
    let splitter = Splitter::by_hand();
    let paths = files_below(folder, ".txt");
    let source = name_of(folder);
    let page = |path: &PathBuf| {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        let text = read_text(folder, path)?;
        let split_file = splitter.split(&text, &Habits::of(&text));
        let mut gold: Vec<Item> = split_file
            .articles
            .iter()
            .map(|article| {
                let lines = article.lines.iter().map(|range| (range.0, range.1)).collect();
                Item::new(article.kind.as_str(), article.title.as_deref(), lines)
            })
            .collect();
        gold.extend(headings(&text, &split_file));
        Ok(Raw { source: source.clone(), publication: name, gold, text })
    };
    paths.iter().map(page).collect()
}

/// Banners and headings of sections: items of their own, not the end of the article above.
fn headings(text: &SourceText, split_file: &SplitFile) -> Vec<Item> {
    let lines = text.lines.iter().zip(&split_file.roles);
    lines
        .filter(|(_, role)| matches!(role, LineRole::Section | LineRole::Banner))
        .map(|(line, _)| {
            let mut heading = Item::new("section", None, vec![(line.number, line.number)]);
            heading.gold = heading.gold.with_hints(vec![(line.number, LineHint::Front)]);
            heading
        })
        .collect()
}

/// Pages of made-up papers.
fn composed(news: &Path, papers: usize) -> anyhow::Result<Vec<Raw>> {
    const SEED: u64 = 7;
    const ARTICLES: usize = 6000;
    /// Pages of the papers, in turn.
    const PAGES: [usize; 5] = [1, 3, 4, 8, 16];
    let mut rng = fastrand::Rng::with_seed(SEED);
    let stock = Stock::load(news, ARTICLES, &mut rng)?;
    let mut pages = Vec::new();
    for number in 0..papers {
        let paper = Paper::random(&mut rng);
        for page in 0..PAGES[number % PAGES.len()] {
            let composed = compose::page(&paper, &stock, &mut rng);
            let gold = composed.items.iter().map(|item| {
                let mut gold =
                    Item::new(item.kind, Some(&item.title), vec![(item.first, item.last)]);
                gold.gold = gold.gold.with_hints(composed.hints.clone());
                gold
            });
            pages.push(Raw {
                source: "composed".to_owned(),
                publication: format!("composed {number}"),
                gold: gold.collect(),
                text: SourceText::from_text(format!("{page}.txt"), composed.lines.join("\n")),
            });
        }
    }
    Ok(pages)
}
