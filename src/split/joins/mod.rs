//! Printed lines → paragraphs: does a line go on where the line before it broke off?
//!
//! Each pair of neighbouring lines is weighed by regression trees (`trees`) over the widths of the
//! lines around, their ends and beginnings, and the habits of the file (`evidence`). The trees are
//! fitted on pages whose paragraphs are known and set in columns of many forms
//! ([`fit_joins`](super::fit::fit_joins)); their table is `joins.tsv`.

mod evidence;

use std::sync::LazyLock;

pub(super) use evidence::{LinePairs, NAMES};

use super::place;
use super::place::FilePlaces;
use super::trees::Trees;
use crate::model::SourceText;

/// The fitted trees that are built into the program.
static FITTED: LazyLock<Trees> =
    LazyLock::new(|| Trees::read(include_str!("joins.tsv").lines(), NAMES).unwrap_or_default());

/// The log-odds above which a line continues a sentence that broke off, and above which it follows one
/// that ended with its line. There a paragraph can begin: two items in one unit are never told apart
/// again, one paragraph in two units is.
const BROKEN_OFF: f32 = 0.0;
const ENDED: f32 = 1.0;

/// For each line whether it continues the paragraph of the text line before it. `skip` marks lines
/// that are not text. Where they stand on their page decides, if it can.
pub(super) fn joins(
    source: &SourceText,
    places: &FilePlaces,
    skip: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let mut joined = vec![false; source.lines.len()];
    let pairs = LinePairs::of(source, &skip);
    for (pair, line) in pairs.candidates() {
        let sure = if pairs.ends_sentence(pair) { ENDED } else { BROKEN_OFF };
        joined[line] = FITTED.score(&pairs.evidence(pair)) > sure;
    }
    if places.is_empty() {
        return joined;
    }
    let is_text = |line: &usize| !skip(*line) && !source.line(*line).trim().is_empty();
    let mut lines = (0..source.lines.len()).filter(is_text);
    let mut before = lines.next();
    for line in lines {
        let told = before.and_then(|before| place::continues(source, places, before, line));
        joined[line] = told.unwrap_or(joined[line]);
        before = Some(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the lines that continue the one before them.
    fn joined(text: &str) -> Vec<usize> {
        let found = joins(&SourceText::from_text("a.txt", text), &FilePlaces::default(), |_| false);
        found.iter().enumerate().filter(|(_, joined)| **joined).map(|(line, _)| line + 1).collect()
    }

    /// Sets a paragraph in lines of this many characters.
    fn column(paragraph: &str, width: usize) -> String {
        let chars: Vec<char> = paragraph.chars().collect();
        chars.chunks(width).map(|line| line.iter().collect::<String>() + "\n").collect()
    }

    const WELL: &str = "\
        鎮上的老水井今春重新淘過、井壁換了靑石、井臺添了木欄、附近三十戶人家又喝上了井水、淘井的老師傅說、這口井少說也有兩百年、當年掘井的人家如今還住在巷口、";
    const SHIP: &str = "\
        船廠昨天把最後一條木帆船送進了展覽館、船身上的桐油還沒有乾透、掌墨的師傅站在船頭捨不得下來、說往後再也造不出這樣的船了、";

    #[test]
    fn the_table_can_be_read() {
        let trees = Trees::read(include_str!("joins.tsv").lines(), NAMES);
        assert!(trees.is_ok_and(|trees| trees.trees.len() > 10));
    }

    #[test]
    fn lines_of_a_column_are_one_paragraph_and_the_next_column_is_another() {
        let (well, ship) = (column(WELL, 12), column(SHIP, 15));
        let page = format!("老水井\n換了靑石\n{well}木帆船\n進展覽館\n{ship}");
        let (wells, ships) = (well.lines().count(), ship.lines().count());
        let first = 4..=2 + wells;
        let second = 6 + wells..=4 + wells + ships;
        assert_eq!(joined(&page), first.chain(second).collect::<Vec<_>>());
    }

    #[test]
    fn a_digit_is_as_wide_as_the_paper_sets_it() {
        let text = "截至2019年3月4日，全县已有1204户农户报名，其中新增302户，比2018年同期多出88户，覆盖了17个乡镇的236个村子，往年要等到4月才能排完的名单，今年3月1日就已经张贴在村务栏里，";
        let page = column(text, 20);
        assert_eq!(joined(&page), (2..=page.lines().count()).collect::<Vec<_>>());
    }

    #[test]
    fn paragraphs_on_lines_of_their_own_are_not_joined() {
        let (well, ship) = (format!("{WELL}甚是便利。"), format!("{SHIP}言下惘然。"));
        let page = format!("老水井换了青石\n\n{well}\n\n{ship}\n\n木帆船进了展览馆\n\n{ship}");
        assert!(joined(&page).is_empty());
    }

    #[test]
    fn a_line_with_a_mark_begins_a_paragraph() {
        let page = format!("{}●{}", column(WELL, 14), column(SHIP, 14));
        let marked = column(WELL, 14).lines().count() + 1;
        assert!(!joined(&page).contains(&marked));
    }

    #[test]
    fn a_signature_at_the_right_edge_is_not_joined_with_the_headline_below_it() {
        let (well, ship) = (column(WELL, 16), column(SHIP, 16));
        let signature = "\u{3000}".repeat(11) + "一位老街坊\n";
        let page = format!("{well}{signature}最后一条木帆船进了展览馆\n{ship}");
        let headline = well.lines().count() + 2;
        assert!(!joined(&page).contains(&headline), "{:?}", joined(&page));
    }
}
