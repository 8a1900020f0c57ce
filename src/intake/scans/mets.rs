//! METS: which ALTO files make an issue, and which of their blocks make an article.
//!
//! The articles of the logical structure are taken as they are stated. Blocks that are in none of them are
//! read as well, and belong to no article.

use std::collections::HashMap;

use super::alto::{self, NamedPage};
use super::xml::{Wants, XmlElement, XmlItem, each_item};
use crate::intake::layout::{PageWriter, PlacedBlock, PrintedPage};
use crate::intake::path::parse_date;
use crate::model::{Basis, CivilDate, FileWarning, SourceMeta, SourceText, StatedArticle};

/// What a file states.
#[derive(Debug, Default)]
pub(super) struct MetsFile {
    /// Names and paths of the XML files of the issue.
    files: Vec<(String, String)>,
    articles: Vec<ArticleAreas>,
    date: Option<CivilDate>,
    /// Elements that are open.
    in_logical: bool,
    divisions: Vec<Division>,
    file: Option<String>,
    date_text: Option<String>,
}

/// The areas of an article in the order of reading.
#[derive(Debug, Default)]
struct ArticleAreas {
    areas: Vec<Area>,
}

/// Where a part of an article stands.
#[derive(Debug)]
struct Area {
    file: String,
    /// The block; the whole page if there is none.
    block: Option<String>,
    is_headline: bool,
}

/// A division of the logical structure that is open.
#[derive(Debug)]
struct Division {
    /// The article that it is, or is in.
    article: Option<usize>,
    is_headline: bool,
    is_body: bool,
}

/// Files and articles of an issue, and areas of them.
const MAX_FILES: usize = 10_000;
const MAX_ARTICLES: usize = 100_000;
const MAX_AREAS: usize = 1_000_000;

/// Divisions that are the headline of their article.
const HEADLINES: [&str; 6] =
    ["HEADING", "HEADLINE", "TITLE", "OVERLINE", "SUBTITLE", "SUBHEADLINE"];

/// The paths of the files that a METS file names, as it names them: below its folder.
pub(in crate::intake) fn named_files(text: &str) -> Vec<String> {
    let (mets, _) = MetsFile::of(text);
    mets.files.into_iter().map(|(_, path)| path).collect()
}

/// The text of an issue. `beside` reads a file that it names.
pub(super) fn text(
    source: &str,
    text: &str,
    meta: &mut SourceMeta,
    beside: &mut dyn FnMut(&str) -> Option<String>,
) -> (SourceText, Vec<FileWarning>) {
    let (mets, fault) = MetsFile::of(text);
    let mut warnings: Vec<FileWarning> =
        fault.map(|reason| FileWarning::XmlBroken { reason }).into_iter().collect();
    if let (None, Some(date)) = (meta.issue_date, mets.date) {
        meta.issue_date = Some((date, Basis::Given));
    }
    let mut pages = IssuePages::default();
    let mut missing = Vec::new();
    for (name, path) in &mets.files {
        let Some(alto) = beside(path) else {
            missing.push(path.clone());
            continue;
        };
        let (read, fault) = alto::named_pages(&alto);
        warnings.extend(fault.map(|reason| FileWarning::XmlBroken { reason }));
        pages.add(name, read);
    }
    if let Some(first) = missing.first() {
        let (count, first) = (missing.len() as u64, first.clone());
        warnings.push(FileWarning::NamedFilesMissing { count, first });
    }
    let (text, unknown) = pages.write(source, &mets.articles);
    if let Some(first) = unknown.first().filter(|_| missing.is_empty()) {
        let (count, first) = (unknown.len() as u64, first.clone());
        warnings.push(FileWarning::NamedBlocksMissing { count, first });
    }
    (text, warnings)
}

impl MetsFile {
    /// What a file states, and why it breaks off.
    fn of(text: &str) -> (Self, Option<String>) {
        let mut mets = Self::default();
        let mut areas = 0;
        let read = each_item(text, |item| {
            match item {
                XmlItem::Open(element) => mets.open(&element, &mut areas),
                XmlItem::Close(name) => mets.close(&name),
                XmlItem::Text(text) => {
                    if let Some(date) = &mut mets.date_text {
                        date.push_str(&text);
                    }
                }
            }
            let is_full = mets.articles.len() > MAX_ARTICLES || areas > MAX_AREAS;
            if is_full { Wants::Nothing } else { Wants::More }
        });
        (mets, read.err())
    }

    fn open(&mut self, element: &XmlElement<'_>, areas: &mut usize) {
        match element.name.as_str() {
            "file" => self.file = element.attribute("ID"),
            "FLocat" if self.files.len() < MAX_FILES => {
                let path = element.attribute("href").and_then(|path| path_below(&path));
                self.files.extend(self.file.clone().zip(path));
            }
            "structMap" => {
                self.in_logical = element
                    .attribute("TYPE")
                    .is_some_and(|kind| kind.to_ascii_uppercase().contains("LOGICAL"));
            }
            "div" if self.in_logical => self.division(element),
            "area" | "fptr" if self.in_logical => {
                let Some(Division { article: Some(article), is_headline, .. }) =
                    self.divisions.last()
                else {
                    return;
                };
                let Some(file) = element.attribute("FILEID") else { return };
                let block = element.attribute("BEGIN");
                *areas += 1;
                let area = Area { file, block, is_headline: *is_headline };
                self.articles[*article].areas.push(area);
            }
            "dateIssued" if self.date.is_none() => self.date_text = Some(String::new()),
            _ => {}
        }
    }

    fn division(&mut self, element: &XmlElement<'_>) {
        let kind = element.attribute("TYPE").unwrap_or_default().to_ascii_uppercase();
        let around = self.divisions.last();
        let (article, is_headline, is_body) = if kind == "ARTICLE" {
            self.articles.push(ArticleAreas::default());
            (Some(self.articles.len() - 1), false, false)
        } else {
            let is_body = around.is_some_and(|around| around.is_body) || kind == "BODY";
            let is_headline = around.is_some_and(|around| around.is_headline)
                || HEADLINES.contains(&kind.as_str());
            (around.and_then(|around| around.article), is_headline && !is_body, is_body)
        };
        self.divisions.push(Division { article, is_headline, is_body });
    }

    fn close(&mut self, name: &str) {
        match name {
            "file" => self.file = None,
            "structMap" => self.in_logical = false,
            "div" if self.in_logical => drop(self.divisions.pop()),
            "dateIssued" => {
                self.date = self.date.or(self.date_text.take().and_then(|date| parse_date(&date)));
            }
            _ => {}
        }
    }
}

/// A path below the folder of the file that names it; `None` for what leads elsewhere or is no XML file.
fn path_below(href: &str) -> Option<String> {
    let path = href.strip_prefix("file://").unwrap_or(href).replace('\\', "/");
    let is_xml = path.to_ascii_lowercase().ends_with(".xml");
    let leads_elsewhere = path.starts_with('/') || path.contains(':');
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    (is_xml && !leads_elsewhere && !parts.contains(&"..")).then(|| parts.join("/"))
}

/// The pages of an issue, with the names of their blocks.
#[derive(Default)]
struct IssuePages {
    pages: Vec<NamedPage>,
    /// The pages of each file, by its name.
    of_file: HashMap<String, Vec<usize>>,
}

/// The place of a block in an article: the article, the area in it, and whether that is its headline.
type BlockPlace = (usize, usize, bool);

impl IssuePages {
    fn add(&mut self, file: &str, pages: Vec<NamedPage>) {
        for page in pages {
            self.of_file.entry(file.to_owned()).or_default().push(self.pages.len());
            self.pages.push(page);
        }
    }

    /// Writes the pages, on each the blocks of an article together, and tells the lines of each article;
    /// and names of blocks that are on none.
    fn write(self, source: &str, articles: &[ArticleAreas]) -> (SourceText, Vec<String>) {
        let (places, unknown) = self.places(articles);
        let mut pages = Vec::new();
        let mut of_lines = Vec::new();
        for (number, (page, places)) in self.pages.into_iter().zip(places).enumerate() {
            let first_stated = places.iter().position(Option::is_some);
            let mut blocks: Vec<(Option<BlockPlace>, PlacedBlock)> =
                places.into_iter().zip(page.blocks.into_iter().map(|(_, block)| block)).collect();
            // What belongs to no article stays above or below those that do.
            let mut at = 0;
            blocks.sort_by_cached_key(|(place, _)| {
                at += 1;
                match place {
                    Some((article, area, _)) => (1, *article, *area),
                    None if first_stated.is_some_and(|first| at > first) => (2, at, 0),
                    None => (0, at, 0),
                }
            });
            for (place, block) in &blocks {
                of_lines.extend(std::iter::repeat_n(*place, block.lines.len()));
            }
            let blocks = blocks.into_iter().map(|(_, block)| block).collect();
            pages.push(PrintedPage { number: number as u32 + 1, sheet: page.sheet, blocks });
        }
        let mut text = PageWriter::default().write(source, pages);
        let mut stated: Vec<StatedArticle> =
            articles.iter().map(|_| StatedArticle::default()).collect();
        let filled = text.lines.iter().enumerate().filter(|(_, line)| line.place.is_some());
        let mut placed: Vec<(BlockPlace, usize)> =
            filled.zip(of_lines).filter_map(|((line, _), place)| Some((place?, line))).collect();
        placed.sort_by_key(|((article, area, _), line)| (*article, *area, *line));
        for ((article, _, is_headline), line) in placed {
            stated[article].lines.push(line);
            if is_headline {
                stated[article].headline.push(line);
            }
        }
        text.stated = stated.into_iter().filter(|article| !article.lines.is_empty()).collect();
        (text, unknown)
    }

    /// For each block of each page the place that it has, and names of blocks that are on no page.
    fn places(&self, articles: &[ArticleAreas]) -> (Vec<Vec<Option<BlockPlace>>>, Vec<String>) {
        let mut places: Vec<Vec<Option<BlockPlace>>> =
            self.pages.iter().map(|page| vec![None; page.blocks.len()]).collect();
        let mut by_name: HashMap<(&str, &str), Vec<(usize, usize)>> = HashMap::new();
        for (file, pages) in &self.of_file {
            for &page in pages {
                for (block, (names, _)) in self.pages[page].blocks.iter().enumerate() {
                    for name in names {
                        by_name.entry((file, name)).or_default().push((page, block));
                    }
                }
            }
        }
        let mut unknown = Vec::new();
        let mut whole = Vec::new();
        for (article, areas) in articles.iter().enumerate() {
            for (place, area) in areas.areas.iter().enumerate() {
                let place = (article, place, area.is_headline);
                let Some(name) = &area.block else {
                    whole.push((place, &area.file));
                    continue;
                };
                let Some(found) = by_name.get(&(area.file.as_str(), name.as_str())) else {
                    // Pictures of pages have areas, too.
                    if self.of_file.contains_key(&area.file) {
                        unknown.push(name.clone());
                    }
                    continue;
                };
                for &(page, block) in found {
                    places[page][block].get_or_insert(place);
                }
            }
        }
        // A page as a whole is what no block of it is named for.
        for (place, file) in whole {
            for &page in self.of_file.get(file).into_iter().flatten() {
                for block in &mut places[page] {
                    block.get_or_insert(place);
                }
            }
        }
        (places, unknown)
    }
}
