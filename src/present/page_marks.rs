//! Where an article and what a search matches in it stand on the pages of its file.

use super::source_file::SourceLine;
use crate::model::{ArticlePart, LineBox, LineRange, PageArea, Record, Span};
use crate::search::Highlight;
use crate::text::WordsInContext;

/// What is marked on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageMarks {
    /// The page of the file, counted from 1.
    pub page: u32,
    /// Lines of the article that stand together, with the area that they fill.
    pub blocks: Vec<(LineRange, PageArea)>,
    /// What the search matches.
    pub matches: Vec<PageArea>,
    /// Words that were recognised with low confidence.
    pub doubtful: Vec<PageArea>,
}

/// Matches that are marked, and doubtful words of a page, at most.
const MAX_MARKS: usize = 500;

/// Marks for each page that an article stands on. Matches stand in the fields of the record, and are
/// looked for in the lines of the file, in which blanks, breaks and marks of headlines differ; one that
/// is not found there (a corrected text) is not marked.
#[must_use]
pub fn page_marks(
    record: &Record,
    lines: &[SourceLine],
    highlights: &[Highlight],
) -> Vec<PageMarks> {
    let mut marks: Vec<PageMarks> = record
        .pages
        .iter()
        .map(|part| PageMarks {
            page: part.page,
            blocks: blocks(&part.lines),
            matches: Vec::new(),
            doubtful: doubtful_on(record, part.page),
        })
        .collect();
    let printed = MarkedLines::of(&record.pages, lines);
    let mut left = MAX_MARKS;
    for highlight in highlights {
        let text = highlight.field.of(record).unwrap_or_default();
        let mut from = 0;
        for span in highlight.spans.iter().take(left) {
            let words = WordsInContext::of(text, span);
            let Some(found) = words.and_then(|words| words.find(&printed.text, from)) else {
                continue;
            };
            // Those of one field come in order.
            from = found.end;
            for (part, area) in printed.areas(&found) {
                marks[part].matches.push(area);
            }
            left -= 1;
        }
    }
    marks
}

fn doubtful_on(record: &Record, page: u32) -> Vec<PageArea> {
    let on_page = record.doubtful.iter().filter(|words| words.page == page);
    on_page.take(MAX_MARKS).map(|words| words.area).collect()
}

/// Lines that stand one below the other, or of vertical ones side by side, with the area around them.
fn blocks(lines: &[LineBox]) -> Vec<(LineRange, PageArea)> {
    let mut blocks: Vec<(LineRange, PageArea)> = Vec::new();
    let mut last: Option<PageArea> = None;
    for LineBox { line, area } in lines {
        match blocks.last_mut().filter(|_| last.is_some_and(|last| stand_together(last, *area))) {
            Some((range, block)) => {
                range.1 = *line;
                *block = PageArea {
                    left: block.left.min(area.left),
                    top: block.top.min(area.top),
                    right: block.right.max(area.right),
                    bottom: block.bottom.max(area.bottom),
                };
            }
            None => blocks.push((LineRange(*line, *line), *area)),
        }
        last = Some(*area);
    }
    blocks
}

/// Whether a line follows another without more than two lines between them.
fn stand_together(above: PageArea, below: PageArea) -> bool {
    let shared = |a: (u16, u16), b: (u16, u16)| a.1.min(b.1) > a.0.max(b.0);
    let columns = shared((above.left, above.right), (below.left, below.right));
    let rows = shared((above.top, above.bottom), (below.top, below.bottom));
    if is_vertical(below) && is_vertical(above) {
        let gap = i32::from(above.left) - i32::from(below.right);
        return rows && gap.abs() <= 2 * i32::from(below.right - below.left);
    }
    let gap = i32::from(below.top) - i32::from(above.bottom);
    columns && gap.abs() <= 2 * i32::from(below.bottom - below.top)
}

/// Whether a line of several characters runs down: it is higher than wide even on a page twice as high
/// as wide, or as wide as high, by half.
fn is_vertical(area: PageArea) -> bool {
    area.bottom - area.top > area.right - area.left
}

/// The characters of an article's lines without blanks, one after the other.
struct MarkedLines {
    text: String,
    /// Where each line begins in the text, the part of the article and the area that it has.
    lines: Vec<(usize, usize, PageArea)>,
}

impl MarkedLines {
    fn of(parts: &[ArticlePart], lines: &[SourceLine]) -> Self {
        let mut printed = Self { text: String::new(), lines: Vec::new() };
        let boxes = parts
            .iter()
            .enumerate()
            .flat_map(|(at, part)| part.lines.iter().map(move |line| (line.line, at, line.area)));
        let mut boxes: Vec<(u32, usize, PageArea)> = boxes.collect();
        boxes.sort_by_key(|line| line.0);
        for line in lines {
            let Ok(at) = boxes.binary_search_by_key(&line.number, |line| line.0) else { continue };
            let (_, part, area) = boxes[at];
            printed.lines.push((printed.text.len(), part, area));
            printed.text.extend(line.text.chars().filter(|c| !c.is_whitespace()));
        }
        printed
    }

    /// The areas that a piece of the text fills: on each of its lines the part that its characters take,
    /// of which those of ASCII are half as wide as others.
    fn areas(&self, found: &Span) -> Vec<(usize, PageArea)> {
        let first = self.lines.partition_point(|line| line.0 <= found.start).saturating_sub(1);
        let mut areas = Vec::new();
        for (at, (start, part, area)) in self.lines.iter().enumerate().skip(first) {
            let end = self.lines.get(at + 1).map_or(self.text.len(), |next| next.0);
            if *start >= found.end {
                break;
            }
            let piece = found.start.max(*start)..found.end.min(end);
            let (Some(line), Some(before), Some(own)) = (
                self.text.get(*start..end),
                self.text.get(*start..piece.start),
                self.text.get(piece.clone()),
            ) else {
                continue;
            };
            let whole = width(line).max(1);
            let share = |from: u16, to: u16, part: u32| {
                from + (u32::from(to - from) * part / whole).min(u32::from(to - from)) as u16
            };
            let (from, to) = (width(before), width(before) + width(own));
            let is_down = is_vertical(*area) && line.chars().nth(1).is_some();
            areas.push((
                *part,
                if is_down {
                    let (top, bottom) = (area.top, area.bottom);
                    PageArea {
                        top: share(top, bottom, from),
                        bottom: share(top, bottom, to),
                        ..*area
                    }
                } else {
                    let (left, right) = (area.left, area.right);
                    PageArea {
                        left: share(left, right, from),
                        right: share(left, right, to),
                        ..*area
                    }
                },
            ));
        }
        areas
    }
}

fn width(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::model::{Article, SourceText, SplitFile, TextField};

    fn line(number: u32, text: &str) -> SourceLine {
        let text = text.to_owned();
        SourceLine { row: number, number, text, is_short: false, role: None, owner: None }
    }

    fn area(left: u16, top: u16, right: u16, bottom: u16) -> PageArea {
        PageArea { left, top, right, bottom }
    }

    /// The record with a headline over two columns, the second of which is on another page.
    fn printed() -> (Record, Vec<SourceLine>) {
        let article = Article {
            title: Some("老桥换新貌".to_owned()),
            body: "老桥今天通车，桥长80米。".to_owned(),
            ..Article::default()
        };
        let split_file = SplitFile { articles: vec![article], ..SplitFile::default() };
        let mut record = Annotator::new().annotate(&SourceText::default(), &split_file).remove(0);
        let at = |line, area| LineBox { line, area };
        record.pages = vec![
            ArticlePart {
                page: 2,
                lines: vec![
                    at(1, area(1_000, 500, 4_000, 800)),
                    at(3, area(1_000, 1_000, 2_000, 1_200)),
                    at(4, area(1_000, 1_200, 2_000, 1_400)),
                ],
            },
            ArticlePart { page: 3, lines: vec![at(6, area(5_000, 1_000, 5_200, 2_200))] },
        ];
        let lines = [
            (1, "# 老桥换新貌"),
            (3, "　　老桥今"),
            (4, "天通车，桥"),
            (6, "长80米。"),
            (9, "老桥"),
        ];
        (record, lines.map(|(number, text)| line(number, text)).to_vec())
    }

    #[test]
    fn lines_that_stand_together_are_a_block() {
        let (record, lines) = printed();
        let marks = page_marks(&record, &lines, &[]);
        let blocks: Vec<_> = marks.iter().map(|marks| (marks.page, &marks.blocks[..])).collect();
        assert_eq!(
            blocks,
            [
                (2, &[(LineRange(1, 4), area(1_000, 500, 4_000, 1_400))][..]),
                (3, &[(LineRange(6, 6), area(5_000, 1_000, 5_200, 2_200))][..])
            ]
        );
        let columns = [(0, 3_000), (0, 3_200), (2_000, 500)]
            .map(|(left, top)| LineBox { line: 1, area: area(left, top, left + 1_500, top + 150) });
        assert_eq!(super::blocks(&columns).len(), 2);
    }

    #[test]
    fn matches_are_marked_at_their_characters_across_lines_and_pages() {
        let (record, lines) = printed();
        let spans = |text: &str, found: &str| {
            text.match_indices(found).map(|(at, found)| at..at + found.len()).collect()
        };
        let body = |found| Highlight { field: TextField::Body, spans: spans(&record.body, found) };
        let found = |highlight| {
            page_marks(&record, &lines, &[highlight])
                .into_iter()
                .map(|marks| marks.matches)
                .collect::<Vec<_>>()
        };
        // The second and third of three characters, and the first of five.
        assert_eq!(
            found(body("今天")),
            [vec![area(1_666, 1_000, 2_000, 1_200), area(1_000, 1_200, 1_200, 1_400)], vec![]]
        );
        // On to the next page, down a line of 长80米。 of which digits are half a character.
        assert_eq!(
            found(body("桥长80")),
            [vec![area(1_800, 1_200, 2_000, 1_400)], vec![area(5_000, 1_000, 5_200, 1_600)]]
        );
        let title = Highlight {
            field: TextField::Title,
            spans: spans(record.title.as_deref().expect("a title"), "新貌"),
        };
        assert_eq!(found(title)[0].len(), 1);
        assert_eq!(found(body("没有")), [vec![], vec![]]);
    }

    #[test]
    fn what_is_printed_again_is_marked_again() {
        let (mut record, _) = printed();
        record.body = "渡口复航，两岸通车。".repeat(3);
        let rows = [100, 200, 300].map(|top: u16| area(0, top, 1_000, top + 90));
        let boxes = (1..).zip(rows).map(|(line, area)| LineBox { line, area });
        record.pages = vec![ArticlePart { page: 1, lines: boxes.collect() }];
        let lines = [1, 2, 3].map(|number| line(number, "渡口复航，两岸通车。"));
        let spans = record.body.match_indices("渡口").map(|(at, found)| at..at + found.len());
        let highlight = Highlight { field: TextField::Body, spans: spans.collect() };
        let marks = page_marks(&record, &lines, &[highlight]);
        let expected = rows.map(|row| PageArea { right: 200, ..row });
        assert_eq!(marks[0].matches, expected);
    }

    #[test]
    fn what_was_corrected_all_around_is_not_marked_elsewhere() {
        let (mut record, _) = printed();
        record.body = "旧城渡口改建成桥。".to_owned();
        let boxes = [1, 2].map(|line| LineBox { line, area: area(0, 100, 1_000, 190) });
        record.pages = vec![ArticlePart { page: 1, lines: boxes.to_vec() }];
        let lines = [line(1, "日城渡曰攻建成桥。"), line(2, "两岸渡口通车。")];
        let found = record.body.match_indices("渡口").map(|(at, found)| at..at + found.len());
        let spans = found.collect();
        let marks = page_marks(&record, &lines, &[Highlight { field: TextField::Body, spans }]);
        assert!(marks[0].matches.is_empty(), "{marks:?}");
    }
}
