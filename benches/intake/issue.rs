//! An issue whose articles are stated (METS), read with what it states, and its pages (ALTO) alone: how many
//! articles the splitter finds by itself.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::SourceText;
use dibao::split::split;

use crate::made::paragraphs;

/// Columns of a page, and articles of a column.
const COLUMNS: usize = 3;
const IN_COLUMN: usize = 3;

/// What each page is about, and what each article of a page tells of it.
const SUBJECTS: [&str; 8] = ["渡船", "老井", "茶园", "粮站", "书场", "河堤", "集市", "学堂"];
const DEEDS: [&str; 9] = [
    "复业三日客满",
    "修缮昨日完工",
    "迁址新街",
    "添置铁炉两座",
    "收费略有减让",
    "开放至深夜",
    "遭水后重整",
    "招募帮工",
    "举行年会",
];

/// What the splitter finds with and without what the issue states.
pub fn compared(folder: &Path) -> String {
    let count = write(folder);
    let with = found(folder, |text| text);
    // The same text, as if nothing were stated.
    let without = found(folder, |text| SourceText { stated: Vec::new(), ..text });
    let mut table =
        "| an issue of METS and ALTO, 8 pages | articles | of them exact |\n|---|---|---|\n"
            .to_owned();
    let exact = |found: &[String]| found.iter().filter(|title| with.contains(title)).count();
    let _ = writeln!(table, "| stated | {count} | {count} |");
    let _ = writeln!(table, "| read as stated | {} | {} |", with.len(), exact(&with));
    let _ = writeln!(
        table,
        "| split without what is stated | {} | {} |",
        without.len(),
        exact(&without)
    );
    table
}

/// Each article as its title and its body.
fn found(folder: &Path, change: impl Fn(SourceText) -> SourceText) -> Vec<String> {
    let files = walk(folder, &[]).files;
    let texts = files.iter().flat_map(|file| read(file, &Config::default()));
    let articles = texts.flat_map(|chunk| match chunk {
        Chunk::Text(text) => split(&change(*text)).articles,
        Chunk::Articles(articles) => articles,
    });
    articles
        .map(|article| format!("{}\n{}", article.title.unwrap_or_default(), article.body))
        .collect()
}

/// Writes an issue and tells how many articles it states.
fn write(folder: &Path) -> usize {
    fs::create_dir_all(folder.join("alto")).expect("a folder");
    let text: Vec<String> =
        paragraphs(2_000).into_iter().filter(|text| text.contains('，')).collect();
    let mut text = text.iter().cycle();
    let (mut files, mut articles, mut count) = (String::new(), String::new(), 0);
    for (page, subject) in SUBJECTS.iter().enumerate() {
        let _ =
            write!(files, "<file ID='P{page}'><FLocat href='file://./alto/{page}.xml'/></file>");
        let mut blocks = String::new();
        for column in 0..COLUMNS {
            let mut top = 60;
            for place in 0..IN_COLUMN {
                let deed = DEEDS[column * IN_COLUMN + place];
                let left = 40 + 320 * column;
                let head = format!("h{count}");
                let body = format!("b{count}");
                blocks += &block(&head, (left, top), 30, &[format!("{subject}{deed}")]);
                top += 50;
                let paragraph = text.next().expect("a paragraph");
                let characters: Vec<char> =
                    format!("\u{3000}\u{3000}{paragraph}").chars().collect();
                let lines: Vec<String> =
                    characters.chunks(20).map(|line| line.iter().collect()).collect();
                blocks += &block(&body, (left, top), 15, &lines);
                top += 18 * lines.len() + 20;
                let _ = write!(
                    articles,
                    "<div TYPE='ARTICLE'><div TYPE='HEADING'><fptr><area FILEID='P{page}' BEGIN='{head}'/></fptr>\
                     </div><div TYPE='BODY'><fptr><area FILEID='P{page}' BEGIN='{body}'/></fptr></div></div>"
                );
                count += 1;
            }
        }
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
    count
}

fn block(name: &str, (left, top): (usize, usize), size: usize, lines: &[String]) -> String {
    let line = |(row, text): (usize, &String)| {
        let place = format!(
            "HPOS='{left}' VPOS='{}' WIDTH='{}' HEIGHT='{size}'",
            top + 18 * row,
            text.chars().count() * size
        );
        format!("<TextLine {place}><String {place} CONTENT='{text}'/></TextLine>")
    };
    let lines: String = lines.iter().enumerate().map(line).collect();
    format!(
        "<TextBlock ID='{name}' HPOS='{left}' VPOS='{top}' WIDTH='300' HEIGHT='200'>{lines}</TextBlock>"
    )
}
