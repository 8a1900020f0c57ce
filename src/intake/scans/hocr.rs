//! hOCR: HTML whose classes say what is a page, an area, a line or a word, and whose titles say where
//! (`bbox 10 20 300 40; x_wconf 93`).

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use regex::Regex;

use super::placing::{StatedBlock, StatedBox, StatedLine, StatedWord, page};
use crate::intake::layout::PrintedPage;
use crate::intake::nesting::bounded;

/// Lines of several kinds.
const LINES: [&str; 5] = ["ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat"];

/// Areas around lines: the outermost is a block.
const AREAS: [&str; 3] = ["ocr_carea", "ocrx_block", "ocr_par"];

/// Whether the head of a web page says that it is hOCR.
pub(super) fn is_hocr(head: &str) -> bool {
    static PAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"class\s*=\s*["'](?:[^"']*\s)?ocr_page\b|name\s*=\s*["']ocr-system["']"#)
            .unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
    });
    PAGE.is_match(head)
}

/// The pages of a file.
pub(super) fn pages(text: &str) -> Vec<PrintedPage> {
    read(text, Hocr::default())
}

/// The pages of a file with pieces of lines in no order: lines are cut at wide gaps, since an engine
/// takes what stands side by side in narrow columns for one line.
pub(super) fn pieces(text: &str) -> Vec<PrintedPage> {
    read(text, Hocr { cuts: true, ..Hocr::default() })
}

fn read(text: &str, mut reading: Hocr) -> Vec<PrintedPage> {
    let (html, _) = bounded(text);
    let document = Document::from(html.as_ref());
    let root = document.root();
    let mut waiting = vec![(root, true)];
    // Elements can be nested without measure.
    while let Some((node, enters)) = waiting.pop() {
        if enters {
            let goes_down = reading.enter(&node);
            waiting.push((node, false));
            if goes_down {
                waiting.extend(node.children_it(true).map(|child| (child, true)));
            }
        } else {
            reading.leave(&node);
        }
    }
    reading.end_page();
    reading.pages
}

#[derive(Default)]
struct Hocr {
    pages: Vec<PrintedPage>,
    count: u32,
    size: Option<(f32, f32)>,
    blocks: Vec<StatedBlock>,
    /// Areas that are open.
    depth: usize,
    /// Whether lines are cut at wide gaps.
    cuts: bool,
}

impl Hocr {
    /// Takes an element; whether what is in it is to be looked at.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if !node.is_element() {
            return node.children_it(false).next().is_some();
        }
        let title = node.attr("title").unwrap_or_default();
        if has_class(node, &["ocr_page"]) {
            self.end_page();
            self.count += 1;
            self.size = bbox(&title).map(|area| (area.right, area.bottom));
        } else if has_class(node, &AREAS) {
            if self.depth == 0 {
                self.blocks.push(StatedBlock { area: bbox(&title), ..StatedBlock::default() });
            }
            self.depth += 1;
        } else if has_class(node, &LINES) {
            if self.blocks.is_empty() {
                self.blocks.push(StatedBlock::default());
            }
            if let Some(block) = self.blocks.last_mut() {
                let line = line(node, &title);
                block.lines.extend(if self.cuts { line.cut_at_gaps() } else { vec![line] });
            }
            return false;
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if node.is_element() && has_class(node, &AREAS) {
            self.depth = self.depth.saturating_sub(1);
            // Lines behind an area are no part of it.
            if self.depth == 0 {
                self.blocks.push(StatedBlock::default());
            }
        }
    }

    fn end_page(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.depth = 0;
        if !blocks.is_empty() {
            self.pages.extend(page(self.count.max(1), self.size.take(), blocks));
        }
    }
}

/// A line with its words; one without words is its text.
fn line(node: &NodeRef<'_>, title: &str) -> StatedLine {
    let words: Vec<NodeRef<'_>> = node
        .descendants_it()
        .filter(|node| node.is_element() && has_class(node, &["ocrx_word", "ocr_word"]))
        .collect();
    let text = |node: &NodeRef<'_>| node.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let word = |node: &NodeRef<'_>| {
        let title = node.attr("title").unwrap_or_default();
        let confidence = property(&title, "x_wconf").and_then(|value| value.parse::<f32>().ok());
        StatedWord {
            text: text(node),
            area: bbox(&title),
            confidence: confidence.map(|percent| percent / 100.0),
        }
    };
    let area = bbox(title);
    let words = if words.is_empty() {
        vec![StatedWord { text: text(node), area, confidence: None }]
    } else {
        words.iter().map(word).collect()
    };
    let size = property(title, "x_size").and_then(|value| value.parse().ok());
    let turned = property(title, "textangle").and_then(|value| value.parse::<f32>().ok());
    let is_vertical = turned.filter(|angle| (angle.abs() - 90.0).abs() < 1.0).map(|_| true);
    let size = size.filter(|size: &f32| size.is_finite() && *size > 0.0);
    StatedLine { words, area, size, is_vertical }
}

fn has_class(node: &NodeRef<'_>, classes: &[&str]) -> bool {
    let said = node.attr("class").unwrap_or_default();
    said.split_whitespace().any(|class| classes.contains(&class))
}

/// The value of a property in a title.
fn property<'t>(title: &'t str, name: &str) -> Option<&'t str> {
    title.split(';').find_map(|part| {
        let rest = part.trim().strip_prefix(name)?;
        rest.starts_with(char::is_whitespace).then_some(rest.trim())
    })
}

fn bbox(title: &str) -> Option<StatedBox> {
    let numbers: Vec<f32> = property(title, "bbox")?
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .filter(|number: &f32| number.is_finite())
        .collect();
    let [left, top, right, bottom] = numbers[..] else { return None };
    Some(StatedBox { left, top, right, bottom })
}
