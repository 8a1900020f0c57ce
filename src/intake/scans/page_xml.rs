//! PAGE XML (PRImA; OCR-D, eScriptorium, Transkribus): regions, lines and their polygons.

use super::placing::{StatedBlock, StatedBox, StatedLine, StatedMarks, StatedWord, page};
use super::stated_order::{NamedBlock, in_order};
use super::xml::{Wants, XmlElement, XmlItem, each_item};
use crate::intake::layout::PrintedPage;
use crate::model::FailureReason;

/// What an open element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PagePart {
    Region,
    Line,
    Word,
    Picture,
    Separator,
    /// A glyph.
    Other,
}

/// A group of the reading order: its names with their places, in the order of the file.
#[derive(Debug, Default)]
struct OrderGroup {
    is_ordered: bool,
    /// Its own place in the group around it.
    place: Option<f32>,
    entries: Vec<(Option<f32>, Vec<String>)>,
}

/// A region that is open, and the line and the word in it.
#[derive(Debug, Default)]
struct OpenRegion {
    named: NamedBlock,
    line: Option<(StatedLine, Reading)>,
    word: Option<(StatedWord, Reading)>,
    /// The text that the region states as a whole.
    own: Reading,
    /// Whether there are regions in it that have text of their own.
    has_inner_text: bool,
    /// Whether the file has none here: a line stands alone.
    is_implied: bool,
}

/// The text that an element states: of several readings the first.
#[derive(Debug, Default)]
struct Reading {
    text: Option<String>,
    index: f32,
    confidence: Option<f32>,
}

#[derive(Default)]
struct PageFile {
    pages: Vec<PrintedPage>,
    count: u32,
    size: Option<(f32, f32)>,
    order: Vec<String>,
    groups: Vec<OrderGroup>,
    /// The open elements that text belongs to.
    parts: Vec<PagePart>,
    regions: Vec<OpenRegion>,
    blocks: Vec<NamedBlock>,
    /// The reading that is open.
    equiv: Option<Reading>,
    in_text: bool,
    marks: StatedMarks,
}

/// The pages of a file, and why it breaks off.
pub(super) fn pages(text: &str) -> (Vec<PrintedPage>, Option<FailureReason>) {
    let mut file = PageFile::default();
    let read = each_item(text, |item| {
        match item {
            XmlItem::Open(element) => file.open(&element),
            XmlItem::Close(name) => file.close(name),
            XmlItem::Text(text) => {
                if let (true, Some(equiv)) = (file.in_text, &mut file.equiv) {
                    equiv.text.get_or_insert_default().push_str(text);
                }
            }
        }
        Wants::More
    });
    while !file.regions.is_empty() {
        file.end_line();
        file.end_region();
    }
    file.end_page();
    (file.pages, read.err())
}

impl PageFile {
    fn open(&mut self, element: &XmlElement<'_>) {
        match element.name.as_str() {
            "Page" => {
                self.end_page();
                self.count += 1;
                self.size = element.number("imageWidth").zip(element.number("imageHeight"));
            }
            "OrderedGroup" | "OrderedGroupIndexed" | "UnorderedGroup" | "UnorderedGroupIndexed" => {
                self.groups.push(OrderGroup {
                    is_ordered: element.name.starts_with('O'),
                    place: element.number("index"),
                    // A group can stand for a region with others in it.
                    entries: Vec::from_iter(
                        element.attribute("regionRef").map(|name| (Some(-1.0), vec![name])),
                    ),
                });
            }
            "RegionRef" | "RegionRefIndexed" => {
                if let (Some(group), Some(name)) =
                    (self.groups.last_mut(), element.attribute("regionRef"))
                {
                    group.entries.push((element.number("index"), vec![name]));
                }
            }
            "TextRegion" => {
                self.parts.push(PagePart::Region);
                self.regions.push(region(element));
            }
            "TextLine" => {
                self.parts.push(PagePart::Line);
                let line =
                    StatedLine { is_vertical: is_vertical(element), ..StatedLine::default() };
                if self.regions.is_empty() {
                    self.regions.push(OpenRegion { is_implied: true, ..OpenRegion::default() });
                }
                if let Some(region) = self.regions.last_mut() {
                    region.line = Some((line, Reading::default()));
                }
            }
            "Word" => {
                self.parts.push(PagePart::Word);
                if let Some(region) = self.regions.last_mut() {
                    region.word = Some((StatedWord::default(), Reading::default()));
                }
            }
            "Glyph" => self.parts.push(PagePart::Other),
            "ImageRegion" | "GraphicRegion" | "LineDrawingRegion" => {
                self.parts.push(PagePart::Picture);
            }
            "SeparatorRegion" => self.parts.push(PagePart::Separator),
            "Coords" => self.coordinates(element),
            "TextEquiv" => {
                let index = element.number("index").unwrap_or(0.0);
                let confidence = element.number("conf");
                self.equiv = Some(Reading { text: None, index, confidence });
            }
            "Unicode" => self.in_text = true,
            _ => {}
        }
    }

    fn coordinates(&mut self, element: &XmlElement<'_>) {
        let area = element.attribute("points").and_then(|points| around(&points));
        let part = self.parts.last();
        let region = self.regions.last_mut();
        match (part, region) {
            (Some(PagePart::Picture), _) => self.marks.pictures.extend(area),
            (Some(PagePart::Separator), _) => self.marks.separators.extend(area),
            (Some(PagePart::Region), Some(region)) => region.named.block.area = area,
            (Some(PagePart::Line), Some(region)) => {
                if let Some((line, _)) = &mut region.line {
                    line.area = area;
                }
            }
            (Some(PagePart::Word), Some(region)) => {
                if let Some((word, _)) = &mut region.word {
                    word.area = area;
                }
            }
            (Some(PagePart::Other) | None, _) | (_, None) => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "OrderedGroup" | "OrderedGroupIndexed" | "UnorderedGroup" | "UnorderedGroupIndexed" => {
                self.end_group();
            }
            "Unicode" => self.in_text = false,
            "TextEquiv" => self.end_reading(),
            "Word" => {
                self.parts.pop();
                self.end_word();
            }
            "Glyph" | "ImageRegion" | "GraphicRegion" | "LineDrawingRegion" | "SeparatorRegion" => {
                self.parts.pop();
            }
            "TextLine" => {
                self.parts.pop();
                self.end_line();
                if self.regions.last().is_some_and(|region| region.is_implied) {
                    self.end_region();
                }
            }
            "TextRegion" => {
                self.parts.pop();
                self.end_region();
            }
            "Page" => self.end_page(),
            _ => {}
        }
    }

    fn end_group(&mut self) {
        let Some(mut group) = self.groups.pop() else { return };
        if group.is_ordered {
            // Entries without an index keep their places.
            let entries = group.entries.iter_mut().enumerate();
            let (places, mut indexed): (Vec<usize>, Vec<(f32, Vec<String>)>) = entries
                .filter_map(|(place, (index, names))| {
                    Some((place, ((*index)?, std::mem::take(names))))
                })
                .unzip();
            indexed.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (place, (index, names)) in places.into_iter().zip(indexed) {
                group.entries[place] = (Some(index), names);
            }
        }
        let names: Vec<String> = group.entries.into_iter().flat_map(|(_, names)| names).collect();
        match self.groups.last_mut() {
            Some(around) => around.entries.push((group.place, names)),
            None => self.order.extend(names),
        }
    }

    fn end_reading(&mut self) {
        let Some(equiv) = self.equiv.take() else { return };
        let Some(region) = self.regions.last_mut() else { return };
        let known = match self.parts.last() {
            Some(PagePart::Region) => Some(&mut region.own),
            Some(PagePart::Line) => region.line.as_mut().map(|(_, reading)| reading),
            Some(PagePart::Word) => region.word.as_mut().map(|(_, reading)| reading),
            Some(PagePart::Picture | PagePart::Separator | PagePart::Other) | None => None,
        };
        if let Some(known) = known
            && (known.text.is_none() || equiv.index < known.index)
        {
            *known = equiv;
        }
    }

    fn end_word(&mut self) {
        let Some(region) = self.regions.last_mut() else { return };
        let Some((mut word, reading)) = region.word.take() else { return };
        reading.text.unwrap_or_default().trim().clone_into(&mut word.text);
        word.confidence = reading.confidence;
        if let Some((line, _)) = &mut region.line {
            line.words.push(word);
        } else {
            let line = StatedLine { words: vec![word], ..StatedLine::default() };
            region.named.block.lines.push(line);
        }
    }

    /// What the line says itself, else its words.
    fn end_line(&mut self) {
        let Some(region) = self.regions.last_mut() else { return };
        let Some((mut line, reading)) = region.line.take() else { return };
        if let Some(text) = reading.text.filter(|text| !text.trim().is_empty()) {
            let area = line
                .area
                .or_else(|| StatedBox::around(line.words.iter().filter_map(|word| word.area)));
            let of_words: Vec<(f32, f32)> = line
                .words
                .iter()
                .filter_map(|word| Some((word.confidence?, word.text.chars().count() as f32)))
                .collect();
            let letters: f32 = of_words.iter().map(|(_, letters)| letters).sum();
            let mean = of_words.iter().map(|(sure, letters)| sure * letters).sum::<f32>() / letters;
            let confidence = reading.confidence.or((letters > 0.0).then_some(mean));
            line.words = vec![StatedWord { text: text.trim().to_owned(), area, confidence }];
        }
        region.named.block.lines.push(line);
    }

    fn end_region(&mut self) {
        let Some(mut region) = self.regions.pop() else { return };
        let block = &mut region.named.block;
        let has_lines = block.lines.iter().any(StatedLine::has_text);
        if !has_lines
            && !region.has_inner_text
            && let Some(text) = region.own.text
        {
            let confidence = region.own.confidence;
            let word =
                |text: &str| StatedWord { text: text.trim().to_owned(), area: None, confidence };
            let line = |text| StatedLine { words: vec![word(text)], ..StatedLine::default() };
            block.lines = text.lines().map(line).collect();
        }
        if let Some(around) = self.regions.last_mut() {
            around.has_inner_text |=
                region.has_inner_text || region.named.block.lines.iter().any(StatedLine::has_text);
            region.named.names.extend(around.named.names.iter().cloned());
        }
        self.blocks.push(region.named);
    }

    fn end_page(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        let order = std::mem::take(&mut self.order);
        let marks = std::mem::take(&mut self.marks);
        if !blocks.is_empty() {
            let size = self.size.take();
            let blocks: Vec<StatedBlock> =
                in_order(blocks, &order).into_iter().map(|named| named.block).collect();
            self.pages.push(page(self.count.max(1), size, &blocks, &marks));
        }
    }
}

fn region(element: &XmlElement<'_>) -> OpenRegion {
    let kind = element.attribute("type").unwrap_or_default();
    let block = StatedBlock {
        is_running: ["page-number", "header", "footer"].contains(&kind.as_str()),
        ..StatedBlock::default()
    };
    // Transkribus: custom="readingOrder {index:3;} structure {type:heading;}".
    let custom = element.attribute("custom").unwrap_or_default();
    let index = custom.split_once("readingOrder").and_then(|(_, rest)| {
        let (_, index) = rest.split_once("index:")?;
        let end = index.find(|c: char| !c.is_ascii_digit()).unwrap_or(index.len());
        index[..end].parse().ok()
    });
    let names = Vec::from_iter(element.attribute("id"));
    OpenRegion { named: NamedBlock { names, next: None, index, block }, ..OpenRegion::default() }
}

/// Whether an element says that it is read downwards; `None` if it does not say.
fn is_vertical(element: &XmlElement<'_>) -> Option<bool> {
    element.attribute("readingDirection").map(|said| said.ends_with("bottom"))
}

/// The rectangle around points: `10,20 30,20 30,40`.
fn around(points: &str) -> Option<StatedBox> {
    let points = points.split_whitespace().filter_map(|point| {
        let (x, y) = point.split_once(',')?;
        let (x, y): (f32, f32) = (x.parse().ok()?, y.parse().ok()?);
        let is_point = x.is_finite() && y.is_finite();
        is_point.then_some(StatedBox { left: x, top: y, right: x, bottom: y })
    });
    StatedBox::around(points)
}
