//! The pages that are fitted on, from folders and composed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use dibao::gold;
use dibao::gold::Item;
use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::{LineRole, SourceText, SplitFile};
use dibao::split::fit::{FitPage, GoldItem, LineHint};
use dibao::split::{Habits, Splitter};

use crate::arguments::Arguments;
use crate::compose::{self, Paper, Stock};

/// A page with its articles.
pub struct Page {
    pub source: String,
    /// Its place among the pages of its source, for folds.
    pub number: usize,
    pub composed: bool,
    pub gold: gold::Page,
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

pub fn family(source: &str) -> &str {
    let stem = source.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.strip_suffix("lines").unwrap_or(stem)
}

/// A text with its gold, before the habits of its publication are known.
pub struct Raw {
    pub source: String,
    publication: String,
    pub gold: gold::Page,
}

impl Raw {
    /// All pages, and how many of them, the first ones, are not composed.
    pub fn load(arguments: &Arguments) -> anyhow::Result<(Vec<Self>, usize)> {
        let mut raw = Vec::new();
        for folder in &arguments.gold {
            raw.extend(annotated(folder).with_context(|| folder.clone())?);
        }
        for folder in &arguments.taught {
            raw.extend(taught(folder).with_context(|| folder.display().to_string())?);
        }
        let real = raw.len();
        if let Some(news) = arguments.news.as_ref().filter(|_| arguments.composed) {
            raw.extend(composed(news, arguments.papers)?);
        }
        Ok((raw, real))
    }
}

/// All pages.
pub struct Material {
    pub pages: Vec<Page>,
}

/// Units of a source that count fully; those of larger ones count less, so that none outweighs the
/// others.
const MAX_UNITS: f64 = 8000.0;
/// How much the pages of a small source count at most.
const MAX_WEIGHT: f64 = 20.0;
/// How much a composed page counts.
const COMPOSED: f64 = 0.3;

impl Material {
    pub fn load(arguments: &Arguments) -> anyhow::Result<Self> {
        let (raw, real) = Raw::load(arguments)?;
        Ok(Self::of(raw, real))
    }

    /// `real` is the number of pages that are not composed.
    fn of(raw: Vec<Raw>, real: usize) -> Self {
        let habits = habits(&raw);
        let mut pages: Vec<Page> = Vec::new();
        let mut of_source: BTreeMap<String, usize> = BTreeMap::new();
        for (place, Raw { source, publication, gold }) in raw.into_iter().enumerate() {
            let number =
                *of_source.entry(source.clone()).and_modify(|last| *last += 1).or_default();
            let habits = habits.get(&publication).cloned();
            let habits = habits.unwrap_or_else(|| Habits::of(&gold.text));
            let items: Vec<GoldItem> = gold.items.iter().map(Item::for_fit).collect();
            let mut fit = FitPage::new(&source, &publication, &gold.text, &items, &habits);
            let composed = place >= real;
            if !composed && publication == source {
                fit.set_paper(family(&source));
            }
            pages.push(Page { source, number, composed, gold, publication, fit });
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

    /// The sources with the number of their pages.
    pub fn described(&self) -> String {
        described(self.pages.iter().map(|page| page.source.as_str()))
    }

    /// The pages that are not composed.
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
            let all = self.pages.iter().filter(|page| page.publication == name);
            let sample = gold::sampled(all.map(|page| &page.gold.text));
            (name, splitter.habits(sample.into_iter()))
        });
        habits.collect()
    }

    pub fn families(&self) -> BTreeSet<&str> {
        self.real().map(Page::family).collect()
    }

    /// Names of sources in the arguments that no pages have, with those that they have.
    pub fn check_names(&self, arguments: &Arguments) -> Result<(), String> {
        let families: BTreeSet<&str> = self.families();
        let sources: BTreeSet<&str> = self.real().map(|page| page.source.as_str()).collect();
        let unknown = |flag: &str, name: &str, known: &BTreeSet<&str>| {
            let known = known.iter().copied().collect::<Vec<_>>().join(", ");
            Err(format!("{flag} {name}: no such source; expected one of {known}"))
        };
        if let Some(name) = arguments.only.iter().find(|name| !families.contains(name.as_str())) {
            return unknown("--only", name, &families);
        }
        match arguments.min.iter().find(|(name, _)| !sources.contains(name.as_str())) {
            Some((name, _)) => unknown("--min", name, &sources),
            None => Ok(()),
        }
    }
}

/// The habits of each publication with files enough, as an ingest finds them.
fn habits(raw: &[Raw]) -> BTreeMap<String, Habits> {
    let mut texts: BTreeMap<&str, Vec<&SourceText>> = BTreeMap::new();
    for page in raw {
        texts.entry(&page.publication).or_default().push(&page.gold.text);
    }
    let mut habits: BTreeMap<String, Habits> = BTreeMap::new();
    for (publication, texts) in texts {
        for text in gold::sampled(texts.into_iter()) {
            habits.entry(publication.to_owned()).or_default().add(text);
        }
    }
    habits
}

fn name_of(folder: &Path) -> String {
    folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The pages of a folder with gold; the texts beside it, or anywhere below a second folder after a
/// colon. Those of one table are of one publication; pages with a table each are of unlike ones, which
/// have nothing in common but what they are of in an ingest: their first folder.
fn annotated(folders: &str) -> anyhow::Result<Vec<Raw>> {
    let (folder, texts) = folders.split_once(':').unwrap_or((folders, folders));
    let source = name_of(Path::new(folder));
    let pages = gold::read(Path::new(folder), Path::new(texts), &Config::default())?;
    let is_one_paper = Path::new(folder).join("gold.jsonl").exists();
    let page = |gold: gold::Page| {
        let own = gold.text.path.split('/').next().unwrap_or_default();
        let publication = if is_one_paper { source.clone() } else { format!("{source} {own}") };
        Raw { source: source.clone(), publication, gold }
    };
    Ok(pages.into_iter().map(page).collect())
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
        let mut items: Vec<Item> = split_file
            .articles
            .iter()
            .map(|article| {
                let lines = article.lines.iter().map(|range| (range.0, range.1)).collect();
                Item::new(article.kind.as_str(), article.title.as_deref(), lines)
            })
            .collect();
        items.extend(headings(&text, &split_file));
        let gold = gold::Page { text, items };
        Ok(Raw { source: source.clone(), publication: name, gold })
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
            heading.hints = vec![(line.number, LineHint::Front)];
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
            let items = composed.items.iter().map(|item| {
                let lines = vec![(item.first, item.last)];
                let mut item = Item::new(item.kind, Some(&item.title), lines);
                item.hints.clone_from(&composed.hints);
                item
            });
            let text = SourceText::from_text(format!("{page}.txt"), composed.lines.join("\n"));
            pages.push(Raw {
                source: "composed".to_owned(),
                publication: format!("composed {number}"),
                gold: gold::Page { items: items.collect(), text },
            });
        }
    }
    Ok(pages)
}

/// How many pages there are of each source, from the source of each page.
pub fn described<'a>(sources: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for source in sources {
        *counts.entry(source).or_default() += 1;
    }
    let counts = counts.into_iter().map(|(source, count)| format!("{source} {count}"));
    format!("pages of {}", counts.collect::<Vec<_>>().join(", "))
}
