//! METS: which ALTO files make an issue, and which of their blocks make an article.
//!
//! The articles of the logical structure are taken as they are stated. Blocks that are in none of them are
//! read as well, and belong to no article.

use std::collections::{HashMap, HashSet};

use super::alto::{self, NamedPage};
use super::named_path::path_below;
use super::xml::{Wants, XmlElement, XmlItem, each_item};
use super::{ScanFormat, format_of, xml_broken};
use crate::intake::layout::{PageWriter, PlacedBlock, PrintedPage};
use crate::intake::path::parse_date;
use crate::intake::reading::ReadingSettings;
use crate::model::{
    Basis, CivilDate, FailureReason, FileWarning, NamedFiles, SourceMeta, SourceText, StatedArticle,
};

/// What a file states.
#[derive(Debug, Default)]
pub(super) struct MetsFile {
    /// The XML files of the issue.
    files: Vec<NamedFile>,
    /// XML files that it names and that lie elsewhere.
    outside: NamedFiles,
    /// Pictures of pages, by their names.
    pictures: HashMap<String, NamedPicture>,
    articles: Vec<ArticleAreas>,
    /// The names of the files of each division of the physical structure.
    sheets: Vec<Vec<String>>,
    date: Option<CivilDate>,
    /// Elements that are open.
    in_logical: bool,
    in_physical: bool,
    /// Which of `sheets` are open.
    open_sheets: Vec<usize>,
    /// Groups of files that have begun, and whether the last has previews.
    groups: usize,
    is_previews: bool,
    divisions: Vec<LogicalDivision>,
    file: Option<String>,
    date_text: Option<String>,
}

/// A file of the issue.
#[derive(Debug)]
struct NamedFile {
    name: String,
    /// Below the folder of the METS file.
    path: String,
    /// Which group of files it is in.
    group: usize,
}

/// A picture of a page.
#[derive(Debug)]
struct NamedPicture {
    /// Below the folder of the METS file.
    path: String,
    is_preview: bool,
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
struct LogicalDivision {
    /// The article that it is, or is in.
    article: Option<usize>,
    is_headline: bool,
    is_body: bool,
}

/// Files and articles of an issue, and areas of them.
const MAX_FILES: usize = 10_000;
const MAX_PICTURES: usize = 50_000;
const MAX_ARTICLES: usize = 100_000;
const MAX_AREAS: usize = 1_000_000;

/// Files that are said to be missing, by their names.
const MAX_SAID: usize = 5;

/// Divisions that are the headline of their article.
const HEADLINES: [&str; 6] =
    ["HEADING", "HEADLINE", "TITLE", "OVERLINE", "SUBTITLE", "SUBHEADLINE"];

/// The files that a METS file names, by their paths below its folder.
#[derive(Debug, Default)]
pub(in crate::intake) struct IssueFiles {
    /// XML files. Each once.
    pub(in crate::intake) texts: Vec<String>,
    /// Those of each division of the physical structure, and its pictures.
    pub(in crate::intake) sheets: Vec<(Vec<String>, Vec<String>)>,
}

/// The files that a METS file names; none of another file.
pub(in crate::intake) fn named_files(text: &str) -> IssueFiles {
    let (mets, _) = MetsFile::of(text);
    let paths: HashMap<&str, &str> =
        mets.files.iter().map(|file| (file.name.as_str(), file.path.as_str())).collect();
    let of_sheet = |names: &Vec<String>| {
        let texts = names.iter().filter_map(|name| paths.get(name.as_str()));
        let pictures = names.iter().filter_map(|name| mets.pictures.get(name));
        let texts = texts.map(|path| (*path).to_owned()).collect();
        (texts, pictures.map(|picture| picture.path.clone()).collect())
    };
    let sheets = mets.sheets.iter().map(of_sheet).collect();
    let mut seen = HashSet::new();
    let texts = mets.files.iter().map(|file| file.path.clone());
    IssueFiles { texts: texts.filter(|path| seen.insert(path.clone())).collect(), sheets }
}

/// A page of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::intake) struct IssuePage {
    /// The path of the file with its text, below the folder of the METS file.
    pub(in crate::intake) file: String,
    /// Those of its pictures, in the order in which they are named.
    pub(in crate::intake) pictures: Vec<String>,
}

/// The pages of an issue in their order, without those that share a file with others; `None` if it is no
/// METS file. `beside` reads a file that it names.
pub(in crate::intake) fn issue_pages(
    text: &str,
    beside: &mut dyn FnMut(&str) -> Option<String>,
) -> Option<Vec<Option<IssuePage>>> {
    if format_of(text) != Some(ScanFormat::Mets) {
        return None;
    }
    let (issue, _) = MetsFile::of(text);
    let (pages, _) = IssuePages::read(&issue, beside, &mut Vec::new());
    let mut of_page: Vec<Option<IssuePage>> = vec![None; pages.pages.len()];
    // A file can have several names, of which one is that of a sheet.
    for NamedFile { name, path, .. } in &issue.files {
        let Some(&[page]) = pages.of_file.get(name).map(|pages| &pages[..]) else { continue };
        let of_sheet = issue.sheets.iter().filter(|sheet| sheet.contains(name)).flatten();
        let pictures = of_sheet.filter_map(|other| issue.pictures.get(other));
        let pictures = pictures.filter(|picture| !picture.is_preview);
        let new = || IssuePage { file: path.clone(), pictures: Vec::new() };
        of_page[page]
            .get_or_insert_with(new)
            .pictures
            .extend(pictures.map(|picture| picture.path.clone()));
    }
    Some(of_page)
}

/// The text of an issue. `beside` reads a file that it names.
pub(super) fn text(
    source: &str,
    text: &str,
    settings: &ReadingSettings,
    meta: &mut SourceMeta,
    beside: &mut dyn FnMut(&str) -> Option<String>,
) -> (SourceText, Vec<FileWarning>) {
    let (issue, fault) = MetsFile::of(text);
    let mut warnings: Vec<FileWarning> = fault.map(xml_broken).into_iter().collect();
    if let (None, Some(date)) = (meta.issue_date, issue.date) {
        meta.issue_date = Some((date, Basis::Given));
    }
    let (pages, missing) = IssuePages::read(&issue, beside, &mut warnings);
    let NamedFiles { count, names } = NamedFiles::of(&missing, MAX_SAID);
    warnings.extend((count > 0).then_some(FileWarning::NamedFilesMissing { count, names }));
    let NamedFiles { count, names } = issue.outside.clone();
    warnings.extend((count > 0).then_some(FileWarning::NamedFilesOutside { count, names }));
    let all = pages.pages.len();
    let left_out = (1..=all).filter(|&number| !settings.takes(number as u32)).count() as u64;
    warnings.extend(ReadingSettings::left_out(left_out, all as u64));
    let (text, unknown) = pages.write(source, &issue.articles, settings);
    if let Some(first) = unknown.first().filter(|_| missing.is_empty()) {
        let (count, first) = (unknown.len() as u64, first.clone());
        warnings.push(FileWarning::NamedBlocksMissing { count, first });
    }
    (text, warnings)
}

impl MetsFile {
    /// What a file states, and why it breaks off.
    fn of(text: &str) -> (Self, Option<FailureReason>) {
        let mut mets = Self::default();
        let mut areas = 0;
        let read = each_item(text, |item| {
            match item {
                XmlItem::Open(element) => mets.open(&element, &mut areas),
                XmlItem::Close(name) => mets.close(name),
                XmlItem::Text(text) => {
                    if let Some(date) = &mut mets.date_text {
                        date.push_str(text);
                    }
                }
            }
            let is_full = mets.articles.len() > MAX_ARTICLES || areas > MAX_AREAS;
            if is_full { Wants::Nothing } else { Wants::More }
        });
        (mets, read.err())
    }

    /// The files in the order of the pages, those of no page last.
    fn files_by_page(&self) -> Vec<&NamedFile> {
        let mut sheets: HashMap<&str, usize> = HashMap::new();
        for (at, names) in self.sheets.iter().enumerate() {
            for name in names {
                sheets.entry(name).or_insert(at);
            }
        }
        let mut files: Vec<&NamedFile> = self.files.iter().collect();
        files.sort_by_key(|file| sheets.get(file.name.as_str()).copied().unwrap_or(usize::MAX));
        files
    }

    /// Files that hold a page in another form, in another group of files: of those of one page that have
    /// text, the one that an article names is read, else the first.
    fn other_forms(&self, has_text: impl Fn(&str) -> bool) -> HashSet<&str> {
        let areas = self.articles.iter().flat_map(|article| &article.areas);
        let named: HashSet<&str> = areas.map(|area| area.file.as_str()).collect();
        let by_name: HashMap<&str, &NamedFile> =
            self.files.iter().map(|file| (file.name.as_str(), file)).collect();
        let mut others = HashSet::new();
        for sheet in &self.sheets {
            let files = sheet.iter().filter_map(|name| by_name.get(name.as_str()));
            let files: Vec<_> = files.filter(|file| has_text(&file.name)).collect();
            let is_named = |file: &&&&NamedFile| named.contains(file.name.as_str());
            let Some(taken) = files.iter().find(is_named).or(files.first()) else { continue };
            let rest = files.iter().filter(|file| file.group != taken.group);
            others.extend(rest.map(|file| file.name.as_str()));
        }
        others
    }

    fn open(&mut self, element: &XmlElement<'_>, areas: &mut usize) {
        match element.name.as_str() {
            "fileGrp" => {
                self.groups += 1;
                let usage = element.attribute("USE").unwrap_or_default().to_ascii_lowercase();
                self.is_previews = usage.contains("thumb");
            }
            "file" => self.file = element.attribute("ID"),
            "FLocat" => {
                let Some((name, href)) = self.file.clone().zip(element.attribute("href")) else {
                    return;
                };
                let is_xml = href.to_ascii_lowercase().ends_with(".xml");
                let Some(path) = path_below(&href) else {
                    if is_xml {
                        self.outside.add(&href, MAX_SAID);
                    }
                    return;
                };
                let group = self.groups;
                if is_xml && self.files.len() < MAX_FILES {
                    self.files.push(NamedFile { name, path, group });
                } else if !is_xml && self.pictures.len() < MAX_PICTURES {
                    let is_preview = self.is_previews;
                    self.pictures.insert(name, NamedPicture { path, is_preview });
                }
            }
            "structMap" => {
                let kind = element.attribute("TYPE").unwrap_or_default().to_ascii_uppercase();
                self.in_logical = kind.contains("LOGICAL");
                self.in_physical = kind.contains("PHYSICAL");
            }
            "div" if self.in_logical => self.division(element),
            "div" if self.in_physical => {
                *areas += 1;
                self.open_sheets.push(self.sheets.len());
                self.sheets.push(Vec::new());
            }
            "area" | "fptr" if self.in_physical => {
                if let Some((&sheet, file)) =
                    self.open_sheets.last().zip(element.attribute("FILEID"))
                {
                    *areas += 1;
                    self.sheets[sheet].push(file);
                }
            }
            "area" | "fptr" if self.in_logical => {
                let Some(LogicalDivision { article: Some(article), is_headline, .. }) =
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
        self.divisions.push(LogicalDivision { article, is_headline, is_body });
    }

    fn close(&mut self, name: &str) {
        match name {
            "file" => self.file = None,
            "structMap" => (self.in_logical, self.in_physical) = (false, false),
            "div" if self.in_logical => drop(self.divisions.pop()),
            "div" if self.in_physical => drop(self.open_sheets.pop()),
            "dateIssued" => {
                self.date = self.date.or(self.date_text.take().and_then(|date| parse_date(&date)));
            }
            _ => {}
        }
    }
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
    /// Reads the pages of an issue, and names the files that are missing.
    fn read(
        issue: &MetsFile,
        beside: &mut dyn FnMut(&str) -> Option<String>,
        warnings: &mut Vec<FileWarning>,
    ) -> (Self, Vec<String>) {
        let mut pages = Self::default();
        let files = issue.files_by_page();
        let mut missing = Vec::new();
        let mut read: HashMap<&str, Vec<NamedPage>> = HashMap::new();
        let mut seen = HashSet::new();
        for NamedFile { name, path, .. } in &files {
            if !seen.insert(path.as_str()) {
                continue;
            }
            let Some(part) = beside(path) else {
                missing.push(path.clone());
                continue;
            };
            // Files of other formats are read by themselves.
            if format_of(&part) == Some(ScanFormat::Alto) {
                let (of_part, fault) = alto::named_pages(&part);
                warnings.extend(fault.map(xml_broken));
                read.insert(name, of_part);
            }
        }
        let others =
            issue.other_forms(|name| read.get(name).is_some_and(|pages| !pages.is_empty()));
        read.retain(|name, _| !others.contains(name));
        let mut of_path = HashMap::new();
        for NamedFile { name, path, .. } in &files {
            if let Some(of_part) = read.remove(name.as_str()) {
                pages.add(name, of_part);
                of_path.insert(path, name);
            } else if let Some(first) = of_path.get(path) {
                pages.add_name(name, first);
            }
        }
        (pages, missing)
    }

    fn add(&mut self, file: &str, pages: Vec<NamedPage>) {
        for page in pages {
            self.of_file.entry(file.to_owned()).or_default().push(self.pages.len());
            self.pages.push(page);
        }
    }

    /// Another name of a file.
    fn add_name(&mut self, file: &str, first: &str) {
        if let Some(pages) = self.of_file.get(first).filter(|_| !self.of_file.contains_key(file)) {
            self.of_file.insert(file.to_owned(), pages.clone());
        }
    }

    /// Writes the pages that are to be read, on each the blocks of an article together, and tells the lines of each article;
    /// and names of blocks that are on none.
    fn write(
        self,
        source: &str,
        articles: &[ArticleAreas],
        settings: &ReadingSettings,
    ) -> (SourceText, Vec<String>) {
        let (places, unknown) = self.places(articles);
        let mut pages = Vec::new();
        let mut of_lines = Vec::new();
        for (number, (named, places)) in (1..).zip(self.pages.into_iter().zip(places)) {
            if !settings.takes(number) {
                continue;
            }
            let first_stated = places.iter().position(Option::is_some);
            let mut blocks: Vec<(Option<BlockPlace>, PlacedBlock)> =
                places.into_iter().zip(named.page.blocks).collect();
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
            pages.push(PrintedPage { number, blocks, ..named.page });
        }
        let mut text = PageWriter::default().write(source, pages);
        let mut stated: Vec<StatedArticle> =
            articles.iter().map(|_| StatedArticle::default()).collect();
        let filled = text.lines.iter().enumerate().filter(|(_, line)| line.place.is_some());
        let mut stated_lines: Vec<(BlockPlace, usize)> =
            filled.zip(of_lines).filter_map(|((line, _), place)| Some((place?, line))).collect();
        stated_lines.sort_by_key(|((article, area, _), line)| (*article, *area, *line));
        for ((article, _, is_headline), line) in stated_lines {
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
            self.pages.iter().map(|page| vec![None; page.names.len()]).collect();
        let mut by_name: HashMap<(&str, &str), Vec<(usize, usize)>> = HashMap::new();
        for (file, pages) in &self.of_file {
            for &page in pages {
                for (block, names) in self.pages[page].names.iter().enumerate() {
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
