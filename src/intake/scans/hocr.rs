//! hOCR: HTML whose classes say what is a page, an area, a line or a word, and whose titles say where
//! (`bbox 10 20 300 40; x_wconf 93`).

use std::sync::LazyLock;

use dom_query::{Document, NodeRef};
use regex::Regex;

use super::placing::{StatedBlock, StatedBox, StatedLine, StatedMarks, StatedWord, page};
use crate::intake::layout::PrintedPage;
use crate::intake::nesting::bounded;

/// Lines.
const LINES: [&str; 2] = ["ocr_line", "ocrx_line"];

/// What is a line if there are none in it.
const SINGLE_LINES: [&str; 5] =
    ["ocr_header", "ocr_footer", "ocr_pageno", "ocr_caption", "ocr_textfloat"];

const WORDS: [&str; 2] = ["ocrx_word", "ocr_word"];

/// Elements that stand within a line. All others end one.
const INLINE: [&str; 16] = [
    "a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "small", "span", "strong",
    "sub", "sup", "u",
];

/// What is not shown.
const UNSEEN: [&str; 4] = ["head", "script", "style", "template"];

const PICTURES: [&str; 3] = ["ocr_photo", "ocr_image", "ocr_linedrawing"];

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
    /// The text so far that stands in no line of the file: it is a line of its own.
    loose: StatedLine,
    /// Whether lines are cut at wide gaps.
    cuts: bool,
    marks: StatedMarks,
}

impl Hocr {
    /// Takes an element; whether what is in it is to be looked at.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.loose.words.extend(loose_word(node));
            return false;
        }
        if !node.is_element() {
            return node.children_it(false).next().is_some();
        }
        if is_named(node, &UNSEEN) {
            return false;
        }
        if has_class(node, &WORDS) {
            self.loose.words.push(word(node));
            return false;
        }
        if ends_line(node) {
            self.end_loose();
        }
        let title = node.attr("title").unwrap_or_default();
        if has_class(node, &PICTURES) {
            self.marks.pictures.extend(bbox(&title));
        } else if has_class(node, &["ocr_separator"]) {
            self.marks.separators.extend(bbox(&title));
        }
        if has_class(node, &["ocr_page"]) {
            self.end_page();
            self.count += 1;
            self.size = bbox(&title).map(|area| (area.right, area.bottom));
        } else if has_class(node, &AREAS) {
            if self.depth == 0 {
                self.blocks.push(StatedBlock { area: bbox(&title), ..StatedBlock::default() });
            }
            self.depth += 1;
        } else if is_line(node) {
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

    /// Ends a line that the file does not call one.
    fn end_loose(&mut self) {
        let line = std::mem::take(&mut self.loose);
        if line.words.is_empty() {
            return;
        }
        if self.blocks.is_empty() {
            self.blocks.push(StatedBlock::default());
        }
        if let Some(block) = self.blocks.last_mut() {
            block.lines.push(line);
        }
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if node.is_element() && ends_line(node) {
            self.end_loose();
        }
        if node.is_element() && has_class(node, &AREAS) {
            self.depth = self.depth.saturating_sub(1);
            // Lines behind an area are no part of it.
            if self.depth == 0 {
                self.blocks.push(StatedBlock::default());
            }
        }
    }

    fn end_page(&mut self) {
        self.end_loose();
        let blocks = std::mem::take(&mut self.blocks);
        let marks = std::mem::take(&mut self.marks);
        self.depth = 0;
        if !blocks.is_empty() {
            self.pages.push(page(self.count.max(1), self.size.take(), &blocks, &marks));
        }
    }
}

/// A line with its words and what stands between them; one without words is its text.
fn line(node: &NodeRef<'_>, title: &str) -> StatedLine {
    let area = bbox(title);
    let mut words = Vec::new();
    if node.descendants_it().any(|node| has_class(&node, &WORDS)) {
        let mut waiting = vec![*node];
        while let Some(node) = waiting.pop() {
            if node.is_text() {
                words.extend(loose_word(&node));
            } else if has_class(&node, &WORDS) {
                words.push(word(&node));
            } else {
                waiting.extend(node.children_it(true));
            }
        }
    } else {
        words.push(StatedWord { text: text_of(node), area, confidence: None });
    }
    let size = property(title, "x_size").and_then(|value| value.parse().ok());
    let turned = property(title, "textangle").and_then(|value| value.parse::<f32>().ok());
    let is_vertical = turned.filter(|angle| (angle.abs() - 90.0).abs() < 1.0).map(|_| true);
    let size = size.filter(|size: &f32| size.is_finite() && *size > 0.0);
    StatedLine { words, area, size, is_vertical }
}

fn word(node: &NodeRef<'_>) -> StatedWord {
    let title = node.attr("title").unwrap_or_default();
    let confidence = property(&title, "x_wconf").and_then(|value| value.parse::<f32>().ok());
    StatedWord {
        text: text_of(node),
        area: bbox(&title),
        confidence: confidence.map(|percent| percent / 100.0),
    }
}

/// Text that stands in no word of the file.
fn loose_word(node: &NodeRef<'_>) -> Option<StatedWord> {
    let text = text_of(node);
    (!text.is_empty()).then(|| StatedWord { text, ..StatedWord::default() })
}

fn text_of(node: &NodeRef<'_>) -> String {
    node.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_line(node: &NodeRef<'_>) -> bool {
    has_class(node, &LINES)
        || has_class(node, &SINGLE_LINES)
            && !node.descendants_it().any(|node| has_class(&node, &LINES))
}

/// Whether an element is none that stands within a line.
fn ends_line(node: &NodeRef<'_>) -> bool {
    !is_named(node, &INLINE) || has_class(node, &LINES) || has_class(node, &SINGLE_LINES)
}

fn is_named(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| names.contains(&name.as_ref()))
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
