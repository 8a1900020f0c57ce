//! Finds the table of contents of a bulletin and reads the titles that it lists.
//!
//! A scanned table of contents has its cells scrambled: two columns side by side, a title torn at
//! the foot of one column and continued at the head of the next. Read column by column, a cell
//! without a page number is the beginning of the next cell's title. The result is a list of true
//! titles, with other OCR errors than the body has.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::shape;
use crate::model::{ContentsEntry, SourceText};

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[#\s]*(?:本期)?(?:目\s*[录錄次]|要\s*目)(?:\s*CONTENTS)?\s*$|^CONTENTS$")
        .expect("a constant pattern compiles")
});
static PAGED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.{2,120}?)[\s.…·•．_（(]+\s*(\d{1,4})\s*[）)]?$")
        .expect("a constant pattern compiles")
});
static LEADERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[.…·•．]{3,}|\s{2,}|[（(])\s*\d{1,4}\s*[）)]?$")
        .expect("a constant pattern compiles")
});

/// A table of contents.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Positions of its lines in the source, heading included.
    pub lines: Range<usize>,
    /// The titles in reading order.
    pub entries: Vec<ContentsEntry>,
    /// Section names between the titles.
    pub sections: Vec<String>,
}

/// Finds the table of contents of a file, if it has one.
pub(super) fn find(source: &SourceText) -> Option<Contents> {
    let filled: Vec<usize> =
        (0..source.lines.len()).filter(|&index| !source.line(index).trim().is_empty()).collect();
    let text = |place: usize| filled.get(place).map_or("", |&index| source.line(index).trim());
    let headed = (0..filled.len().min(400)).find(|&place| HEADING.is_match(text(place)));
    // Without a heading, a run of lines with leaders and page numbers is one too.
    let start = headed.or_else(|| {
        (0..filled.len().min(200))
            .find(|&place| (0..4).all(|next| LEADERS.is_match(text(place + next))))
    })?;
    let listed = |place: usize| {
        let line = text(place);
        shape::table_row(line)
            || LEADERS.is_match(line)
            || (headed.is_some() && (page_last(line) || page_alone(line)))
    };
    // A section name or the first half of a long title stands between listed lines.
    let mut end = start + usize::from(headed.is_some());
    while let Some(step) = (0..4).find(|&step| listed(end + step)) {
        if (0..step).any(|between| shape::length(text(end + between)) > 60) {
            break;
        }
        end += step + 1;
    }
    if end < start + 3 {
        return None;
    }
    let lines = filled[start]..filled[end - 1] + 1;
    let (entries, sections) = read(source, lines.clone());
    Some(Contents { lines, entries, sections })
}

/// A page number on a line of its own, below its title.
fn page_alone(line: &str) -> bool {
    (1..=4).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
}

fn page_last(line: &str) -> bool {
    shape::length(line) >= 5
        && line.ends_with(|c: char| c.is_ascii_digit())
        && PAGED.captures(line).is_some_and(|found| shape::length(&found[1]) >= 4)
}

/// The cells of one table, or the lines of one list, in reading order: title and page.
fn read(source: &SourceText, lines: Range<usize>) -> (Vec<ContentsEntry>, Vec<String>) {
    let behind: HashSet<&str> =
        (lines.end..source.lines.len()).map(|later| source.line(later).trim()).collect();
    let mut cells: Vec<(String, Option<String>)> = Vec::new();
    let mut sections = Vec::new();
    let mut table: Vec<Vec<String>> = Vec::new();
    for index in lines {
        let line = source.line(index).trim();
        if shape::table_row(line) {
            let row: Vec<String> =
                line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            if !row.iter().all(|cell| cell.chars().all(|c| "-: ".contains(c))) {
                table.push(row);
            }
            continue;
        }
        flush(&mut table, &mut cells);
        if line.is_empty() || HEADING.is_match(line) {
            continue;
        }
        let paged = PAGED.is_match(line);
        if shape::tag_line(line) || (!paged && shape::length(line) <= 16 && behind.contains(line)) {
            sections.push(line.to_owned());
        } else if page_alone(line) {
            if let Some(last) = cells.last_mut() {
                last.1.get_or_insert_with(|| line.to_owned());
            }
        } else if let Some(found) = PAGED.captures(line) {
            cells.push((found[1].to_owned(), Some(found[2].to_owned())));
        } else {
            cells.push((line.to_owned(), None));
        }
    }
    flush(&mut table, &mut cells);

    let mut entries = Vec::new();
    let mut torn = String::new();
    for (title, page) in cells {
        shape::append(&mut torn, title.trim_end_matches(['.', '…', '·', ' ']));
        if page.is_some() {
            let title = std::mem::take(&mut torn);
            if shape::length(&title) >= 2 {
                entries.push(ContentsEntry { title, page, article: None });
            }
        }
    }
    (entries, sections)
}

/// Reads a table column by column into cells of title and page, and clears it.
fn flush(table: &mut Vec<Vec<String>>, cells: &mut Vec<(String, Option<String>)>) {
    let width = table.iter().map(Vec::len).max().unwrap_or(0);
    let is_page = |cell: &str| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit());
    for column in 0..width {
        let titles = table
            .iter()
            .filter(|row| row.get(column).is_some_and(|cell| !cell.is_empty() && !is_page(cell)))
            .count();
        if titles == 0 {
            continue;
        }
        for row in table.iter() {
            let Some(title) = row.get(column).filter(|cell| !cell.is_empty() && !is_page(cell))
            else {
                continue;
            };
            let page = row.get(column + 1).filter(|cell| is_page(cell)).cloned();
            cells.push((title.clone(), page));
        }
    }
    table.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(page: &str) -> Vec<String> {
        let source = SourceText::from_text("a.txt", page);
        find(&source)
            .map(|found| found.entries.into_iter().map(|entry| entry.title).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_title_torn_across_columns_is_put_together() {
        let page = "目 录\n| | | | |\n|--|--|--|--|\n| 小城修好三座桥 | 3 | 水路全线恢复通航 | 7 |\n| 茶农迎来头一茬 | 4 | 夜校开出第一课 | 8 |\n| 县里的老渡口拆了栏杆 | | | |\n";
        assert_eq!(
            entries(page),
            [
                "小城修好三座桥",
                "茶农迎来头一茬",
                "县里的老渡口拆了栏杆水路全线恢复通航",
                "夜校开出第一课"
            ]
        );
    }

    #[test]
    fn a_list_with_leaders_is_read_line_by_line() {
        let page = "目录\n关于修缮钟楼的通知……………(3)\n关于开放河堤步道的\n公告.......... 12\n人事任免  20\n\n正文第一段在这里。";
        assert_eq!(entries(page), ["关于修缮钟楼的通知", "关于开放河堤步道的公告", "人事任免"]);
    }

    #[test]
    fn a_page_without_a_list_has_no_contents() {
        assert!(entries("标题\n\n正文在二〇二三年开工，总投资3000。\n\n又一段。").is_empty());
    }
}
