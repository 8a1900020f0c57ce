//! ALTO (Library of Congress, versions 1 to 4): blocks, lines, words and their boxes.

use super::placing::{StatedBlock, StatedBox, StatedLine, StatedMarks, StatedWord, whole_page};
use super::stated_order::{NamedBlock, in_order};
use super::xml::{Wants, XmlElement, XmlItem, each_item};
use crate::intake::layout::PrintedPage;
use crate::model::FailureReason;

/// A page with the names that each of its blocks has, its own first, then those of the blocks around it.
#[derive(Debug)]
pub(super) struct NamedPage {
    pub(super) page: PrintedPage,
    /// Of each of its blocks.
    pub(super) names: Vec<Vec<String>>,
}

/// Composed blocks around a block, the innermost ones, that an order of the file can name it by.
const MAX_GROUPS: usize = 8;

/// A file being read.
#[derive(Default)]
struct AltoFile {
    pages: Vec<NamedPage>,
    count: u32,
    /// The order of blocks that the file states.
    order: Vec<String>,
    in_order: bool,
    size: Option<(f32, f32)>,
    /// Names of the composed blocks that are open.
    groups: Vec<String>,
    blocks: Vec<NamedBlock>,
    /// The block that is open.
    open: Option<NamedBlock>,
    /// Whether the next word is the second part of one that was divided, and was read already.
    skips: bool,
    margin: bool,
    marks: StatedMarks,
}

/// The pages of a file, and why it breaks off.
pub(super) fn pages(text: &str) -> (Vec<PrintedPage>, Option<FailureReason>) {
    let (pages, fault) = named_pages(text);
    (pages.into_iter().map(|named| named.page).collect(), fault)
}

/// The same, with the names of the blocks.
pub(super) fn named_pages(text: &str) -> (Vec<NamedPage>, Option<FailureReason>) {
    let mut file = AltoFile::default();
    let read = each_item(text, |item| {
        match item {
            XmlItem::Open(element) => file.open(&element),
            XmlItem::Close(name) => file.close(name),
            XmlItem::Text(_) => {}
        }
        Wants::More
    });
    file.end_page();
    (file.pages, read.err())
}

impl AltoFile {
    fn open(&mut self, element: &XmlElement<'_>) {
        match element.name.as_str() {
            "ReadingOrder" => self.in_order = true,
            "ElementRef" | "BlockRef" if self.in_order => {
                self.order.extend(element.attribute("REF"));
            }
            "Page" => {
                self.end_page();
                self.count += 1;
                self.size = element.number("WIDTH").zip(element.number("HEIGHT"));
            }
            "TopMargin" | "BottomMargin" => self.margin = true,
            "ComposedBlock" => self.groups.push(element.attribute("ID").unwrap_or_default()),
            "TextBlock" => {
                self.end_block();
                let groups = self.groups.iter().rev().take(MAX_GROUPS).cloned();
                let names = element.attribute("ID").into_iter().chain(groups);
                let block = StatedBlock {
                    area: area(element),
                    is_running: self.margin,
                    ..StatedBlock::default()
                };
                self.open = Some(NamedBlock {
                    names: names.collect(),
                    next: element.attribute("IDNEXT"),
                    index: None,
                    block,
                });
            }
            "TextLine" => {
                let direction = element.attribute("BASEDIRECTION");
                let line = StatedLine {
                    area: area(element),
                    is_vertical: direction.map(|said| said == "ttb" || said == "btt"),
                    ..StatedLine::default()
                };
                self.block().lines.push(line);
            }
            "Illustration" => self.marks.pictures.extend(area(element)),
            "GraphicalElement" => self.marks.separators.extend(area(element)),
            "String" => self.word(element),
            "HYP" => self.hyphen(element),
            _ => {}
        }
    }

    /// A word. One that is divided stands whole where it begins, if the file says how it goes on.
    fn word(&mut self, element: &XmlElement<'_>) {
        let part = element.attribute("SUBS_TYPE");
        let whole = element.attribute("SUBS_CONTENT");
        let content = element.attribute("CONTENT").unwrap_or_default();
        if std::mem::take(&mut self.skips) && part.as_deref() == Some("HypPart2") {
            return;
        }
        let is_first = part.as_deref() == Some("HypPart1");
        self.skips = is_first && whole.is_some();
        let text = whole.filter(|_| is_first).unwrap_or(content);
        let confidence = element.number("WC");
        let word = StatedWord { text, area: area(element), confidence };
        let block = self.block();
        if block.lines.is_empty() {
            block.lines.push(StatedLine::default());
        }
        if let Some(line) = block.lines.last_mut() {
            line.words.push(word);
        }
    }

    /// The hyphen behind a word that is divided, unless that stands whole.
    fn hyphen(&mut self, element: &XmlElement<'_>) {
        if self.skips {
            return;
        }
        let hyphen = element.attribute("CONTENT").unwrap_or_else(|| "-".to_owned());
        if let Some(word) = self.block().lines.last_mut().and_then(|line| line.words.last_mut()) {
            word.text.push_str(&hyphen);
        }
    }

    /// The block that is open. What stands in none is one of its own.
    fn block(&mut self) -> &mut StatedBlock {
        let block = StatedBlock { is_running: self.margin, ..StatedBlock::default() };
        let alone = NamedBlock { block, ..NamedBlock::default() };
        &mut self.open.get_or_insert(alone).block
    }

    fn end_block(&mut self) {
        self.blocks.extend(self.open.take());
    }

    fn close(&mut self, name: &str) {
        match name {
            "ReadingOrder" => self.in_order = false,
            "ComposedBlock" => drop(self.groups.pop()),
            "TextBlock" => self.end_block(),
            "TopMargin" | "BottomMargin" => self.margin = false,
            "Page" => self.end_page(),
            _ => {}
        }
    }

    fn end_page(&mut self) {
        self.end_block();
        let blocks = std::mem::take(&mut self.blocks);
        let marks = std::mem::take(&mut self.marks);
        if !blocks.is_empty() {
            let blocks = in_order(blocks, &self.order).into_iter();
            let (names, blocks): (Vec<_>, Vec<_>) =
                blocks.map(|named| (named.names, named.block)).unzip();
            let mut page = whole_page(self.count.max(1), self.size.take(), &blocks, &marks);
            let blocks = names.into_iter().zip(std::mem::take(&mut page.blocks));
            let blocks = blocks.filter(|(_, block)| !block.lines.is_empty());
            let (names, blocks) = blocks.unzip();
            page.blocks = blocks;
            self.pages.push(NamedPage { page, names });
        }
    }
}

/// The box of an element.
fn area(element: &XmlElement<'_>) -> Option<StatedBox> {
    let (left, top) = (element.number("HPOS")?, element.number("VPOS")?);
    let (width, height) = (element.number("WIDTH")?, element.number("HEIGHT")?);
    Some(StatedBox { left, top, right: left + width, bottom: top + height })
}
