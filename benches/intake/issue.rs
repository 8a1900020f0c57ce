//! An issue whose articles are stated (METS), read with what it states, and the same text split as if it stated
//! nothing: how many articles the splitter finds by itself.
//!
//! The articles are those of the sample corpus, set in columns on pages (ALTO): three columns of lines of
//! twenty characters, headlines in larger type over their first column, and a column's end within an article.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::SourceText;
use dibao::split::split;

/// Articles of the issue at most, and characters of their texts.
const MAX_ARTICLES: usize = 120;
const LENGTHS: std::ops::RangeInclusive<usize> = 60..=1_500;

/// Columns of a page, characters of a line, and the levels between which a column stands.
const COLUMNS: usize = 3;
const PER_LINE: usize = 20;
const TOP: usize = 60;
const FOOT: usize = 1_340;
const PITCH: usize = 18;

/// What the splitter finds with and without what the issue states.
pub fn compared(folder: &Path) -> String {
    let stated = sample();
    write(folder, &stated);
    let with = found(folder, |text| text);
    let without = found(folder, |text| SourceText { stated: Vec::new(), ..text });
    let mut table = "| METS with ALTO | articles | exact | F1 |\n|---|---|---|---|\n".to_owned();
    let wanted: Vec<String> =
        stated.iter().map(|(title, body)| letters(&format!("{title}{body}"))).collect();
    for (what, found) in [("as it states them", with), ("split as if it stated none", without)] {
        let exact = found.iter().filter(|article| wanted.contains(article)).count();
        let f1 = 2.0 * exact as f64 / (found.len() + wanted.len()).max(1) as f64;
        let _ =
            writeln!(table, "| {what} | {} of {} | {exact} | {f1:.3} |", found.len(), wanted.len());
    }
    table
}

/// Articles of the sample corpus: title and body.
fn sample() -> Vec<(String, String)> {
    let texts = texts(Path::new("corpus"));
    let articles = texts.iter().flat_map(|text| split(text).articles);
    let whole = articles.filter_map(|article| {
        let is_plain =
            article.kicker.is_none() && article.credit.is_none() && article.docno.is_none();
        let is_plain = is_plain && article.outlet.is_none() && !article.body.contains('|');
        let length = article.body.chars().count();
        (is_plain && LENGTHS.contains(&length)).then_some((article.title?, article.body))
    });
    whole.take(MAX_ARTICLES).collect()
}

fn texts(folder: &Path) -> Vec<SourceText> {
    let files = walk(folder, &[]).files;
    let chunks = files.iter().flat_map(|file| read(file, &Config::default()));
    let texts = chunks.filter_map(|chunk| match chunk {
        Chunk::Text(text) => Some(*text),
        Chunk::Articles(_) => None,
    });
    texts.collect()
}

/// The letters of each article.
fn found(folder: &Path, change: impl Fn(SourceText) -> SourceText) -> Vec<String> {
    let articles = texts(folder).into_iter().flat_map(|text| split(&change(text)).articles);
    let text = articles.map(|article| {
        let parts = [
            article.kicker,
            article.title,
            article.outlet,
            article.docno,
            Some(article.body),
            article.credit,
        ];
        letters(&parts.into_iter().flatten().collect::<String>())
    });
    text.collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// An issue being set.
#[derive(Default)]
struct IssueSetter {
    /// The blocks of each page.
    pages: Vec<String>,
    column: usize,
    level: usize,
    blocks: usize,
}

impl IssueSetter {
    /// Sets lines from where the last ones ended, and gives the areas of the blocks that they make.
    fn set(&mut self, lines: &[String], size: usize) -> String {
        let mut areas = String::new();
        let mut rest = lines;
        while !rest.is_empty() {
            let room = FOOT.saturating_sub(self.level) / PITCH.max(size);
            if room < 2 || self.pages.is_empty() {
                self.next_column();
                continue;
            }
            let (now, later) = rest.split_at(room.min(rest.len()));
            rest = later;
            let name = format!("b{}", self.blocks);
            self.blocks += 1;
            let left = 40 + 320 * self.column;
            let page = self.pages.len() - 1;
            let block = block(&name, (left, self.level), size, now);
            self.pages[page] += &block;
            self.level += PITCH.max(size) * now.len() + PITCH;
            let _ = write!(areas, "<fptr><area FILEID='P{page}' BEGIN='{name}'/></fptr>");
        }
        areas
    }

    fn next_column(&mut self) {
        self.level = TOP;
        self.column += 1;
        if self.pages.is_empty() || self.column == COLUMNS {
            self.column = 0;
            self.pages.push(String::new());
        }
    }
}

/// Writes an issue with these articles.
fn write(folder: &Path, stated: &[(String, String)]) {
    fs::create_dir_all(folder.join("alto")).expect("a folder");
    let mut issue = IssueSetter::default();
    let mut articles = String::new();
    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;");
    let cut = |text: &str, length: usize| -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        letters.chunks(length).map(|line| escaped(&line.iter().collect::<String>())).collect()
    };
    for (title, body) in stated {
        let head = issue.set(&cut(title, PER_LINE / 2), 30);
        let lines: Vec<String> = body
            .lines()
            .flat_map(|text| cut(&format!("\u{3000}\u{3000}{text}"), PER_LINE))
            .collect();
        let body = issue.set(&lines, 15);
        let _ = write!(
            articles,
            "<div TYPE='ARTICLE'><div TYPE='HEADING'>{head}</div><div TYPE='BODY'>{body}</div></div>"
        );
    }
    let mut files = String::new();
    for (page, blocks) in issue.pages.iter().enumerate() {
        let _ =
            write!(files, "<file ID='P{page}'><FLocat href='file://./alto/{page}.xml'/></file>");
        let alto = format!(
            "<alto><Layout><Page WIDTH='1000' HEIGHT='1400'><PrintSpace>{blocks}</PrintSpace></Page></Layout></alto>"
        );
        fs::write(folder.join(format!("alto/{page}.xml")), alto).expect("written");
    }
    let mets = format!(
        "<mets><fileSec><fileGrp>{files}</fileGrp></fileSec><structMap TYPE='LOGICAL'><div TYPE='ISSUE'>{articles}\
         </div></structMap></mets>"
    );
    fs::write(folder.join("mets.xml"), mets).expect("written");
}

fn block(name: &str, (left, top): (usize, usize), size: usize, lines: &[String]) -> String {
    let mut block =
        format!("<TextBlock ID='{name}' HPOS='{left}' VPOS='{top}' WIDTH='300' HEIGHT='200'>");
    for (row, text) in lines.iter().enumerate() {
        let place = format!(
            "HPOS='{left}' VPOS='{}' WIDTH='{}' HEIGHT='{size}'",
            top + PITCH.max(size) * row,
            text.chars().count() * size
        );
        let _ = write!(block, "<TextLine {place}><String {place} CONTENT='{text}'/></TextLine>");
    }
    block + "</TextBlock>"
}
