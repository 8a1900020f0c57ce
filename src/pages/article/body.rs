//! The text of an article as it is read: paragraphs, sub-headings and tables, with what matches
//! marked.

use std::collections::HashSet;
use std::ops::Range;

use maud::{Markup, html};

use crate::model::Span;
use crate::pages::layout::marked::{TextMarks, part_anchored};
use crate::present::Lang;

/// A body with what is marked in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyText<'a> {
    pub(crate) text: &'a str,
    pub(crate) marks: TextMarks<'a>,
    /// What links lead to, as `part_anchored` takes it.
    pub(crate) anchors: &'a [(String, Span)],
}

impl BodyText<'_> {
    fn part(&self, range: &Range<usize>) -> Markup {
        part_anchored(self.text, range.clone(), &self.marks, self.anchors)
    }
}

/// The body. `headings` are lines that were taken for sub-headings.
pub(crate) fn body(lang: Lang, body: &BodyText, headings: &HashSet<&str>) -> Markup {
    let blocks = blocks(body.text, headings);
    html! {
        @for block in &blocks {
            @match block {
                BodyBlock::Paragraph(part) => { p { (body.part(part)) } }
                BodyBlock::Heading(part) => { h3 { (body.part(part)) } }
                BodyBlock::Table(table) => (table.markup(lang, body)),
            }
        }
    }
}

#[derive(Debug, PartialEq)]
enum BodyBlock {
    Paragraph(Range<usize>),
    Heading(Range<usize>),
    Table(CellTable),
}

/// Cells as ranges of the text.
#[derive(Debug, Default, PartialEq)]
struct CellTable {
    head: Vec<Range<usize>>,
    rows: Vec<Vec<Range<usize>>>,
}

impl CellTable {
    fn markup(&self, lang: Lang, body: &BodyText) -> Markup {
        html! {
            div.scroll role="region" tabindex="0" aria-label=(lang.of("表格", "Table")) {
                table {
                    @if !self.head.is_empty() {
                        thead {
                            tr {
                                @for cell in &self.head {
                                    th scope="col" { (body.part(cell)) }
                                }
                            }
                        }
                    }
                    tbody {
                        @for row in &self.rows {
                            tr {
                                @for cell in row { td { (body.part(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn add(&mut self, text: &str, cells: Vec<Range<usize>>) {
        let is_rule = cells.iter().all(|cell| {
            let cell = text.get(cell.clone()).unwrap_or_default();
            !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' '))
        });
        if !is_rule {
            self.rows.push(cells);
        } else if self.head.is_empty() && self.rows.len() == 1 {
            self.head = self.rows.remove(0);
        }
    }
}

fn blocks(text: &str, headings: &HashSet<&str>) -> Vec<BodyBlock> {
    let mut blocks = Vec::new();
    let mut table: Option<CellTable> = None;
    let mut start = 0;
    for line in text.split('\n') {
        let part = trimmed(text, start..start + line.len());
        start += line.len() + 1;
        let shown = text.get(part.clone()).unwrap_or_default();
        if let Some(cells) = cells(shown, part.start) {
            table.get_or_insert_default().add(text, cells);
            continue;
        }
        blocks.extend(table.take().map(BodyBlock::Table));
        if shown.is_empty() {
            continue;
        }
        let marks = shown.bytes().take_while(|&byte| byte == b'#').count();
        if (1..=6).contains(&marks) && shown[marks..].starts_with(' ') {
            blocks.push(BodyBlock::Heading(trimmed(text, part.start + marks..part.end)));
        } else if headings.contains(shown) || is_numbered_heading(shown) {
            blocks.push(BodyBlock::Heading(part));
        } else {
            blocks.push(BodyBlock::Paragraph(part));
        }
    }
    blocks.extend(table.map(BodyBlock::Table));
    blocks
}

/// The cells of a line of a table: between bars, at least two of them.
fn cells(line: &str, offset: usize) -> Option<Vec<Range<usize>>> {
    let inner = line.strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut start = 1;
    let mut cells = Vec::new();
    for cell in inner.split('|') {
        let part = trimmed(line, start..start + cell.len());
        cells.push(offset + part.start..offset + part.end);
        start += cell.len() + 1;
    }
    (cells.len() > 1).then_some(cells)
}

/// 一、 and the like, short, and no sentence.
fn is_numbered_heading(line: &str) -> bool {
    const MAX_CHARS: usize = 24;
    let rest = line.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < line.len()
        && rest.starts_with('、')
        && line.chars().count() <= MAX_CHARS
        && !line.ends_with(['。', '；', '，', '！', '？', '：', '”', ';', ',', '.'])
}

/// The range without blanks at its ends.
fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let piece = text.get(part.clone()).unwrap_or_default();
    let start = part.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pages::testing::sample::sample;

    fn set(text: &str, spans: &[Span], headings: &[&str]) -> String {
        let marks = TextMarks { matches: spans, ..TextMarks::default() };
        let text = BodyText { text, marks, anchors: &[] };
        body(Lang::Zh, &text, &headings.iter().copied().collect()).into_string()
    }

    #[test]
    fn paragraphs_headings_and_tables_are_told_apart_and_escaped() {
        let shown = set(&sample().body, &[], &[]);
        assert!(shown.starts_with("<p>老桥今天通车。</p><h3>一、修缮</h3>"), "{shown}");
        assert!(shown.contains("<thead><tr><th scope=\"col\">名</th>"), "{shown}");
        assert!(shown.contains("<td>老桥</td><td>80</td>") && !shown.contains("---"), "{shown}");
        assert!(shown.ends_with("<p>桥&lt;b&gt;长&lt;/b&gt;80米。</p>"), "{shown}");
    }

    #[test]
    fn a_line_that_was_taken_for_a_sub_heading_is_one() {
        assert_eq!(
            set("众人来看\n桥通了。", &[], &["众人来看"]),
            "<h3>众人来看</h3><p>桥通了。</p>"
        );
        assert_eq!(set("## 众人来看", &[], &[]), "<h3>众人来看</h3>");
    }

    #[test]
    fn marks_stand_where_they_stand_in_the_whole_text() {
        let text = "　　老桥。\n| 甲 | 老桥 |\n老桥";
        let spans: Vec<Span> =
            text.match_indices("老桥").map(|(at, found)| at..at + found.len()).collect();
        let shown = set(text, &spans, &[]);
        assert_eq!(shown.matches("<mark>老桥</mark>").count(), 3, "{shown}");
    }

    proptest! {
        #[test]
        fn no_text_is_lost_but_blanks_and_marks_of_tables(text in "[甲乙<&| \n#、一-]{0,40}") {
            let shown = set(&text, &[], &[]);
            let letters = |text: &str| text.chars().filter(|c| "甲乙、一".contains(*c)).count();
            prop_assert_eq!(letters(&shown.replace("aria-label=\"表格\"", "")), letters(&text));
        }
    }
}
