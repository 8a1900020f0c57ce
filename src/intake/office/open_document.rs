//! Reads OpenDocument texts (ISO/IEC 26300-3).

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::DocumentText;
use super::flow::{Block, HeadingLevel, LOWEST_HEADING, TextFlow};
use super::open_document_lists::Lists;
use super::package::{Package, too_large};
use super::xml::{ElementVisit, XmlVisitor, attribute, number};
use crate::model::FileWarning;

/// Reads the text of a document, also where it is damaged further on.
pub(super) fn read(package: &mut Package, document: &mut DocumentText) -> Result<(), FileWarning> {
    let mut reader = OpenDocumentReader::new();
    let styles = "styles.xml";
    let of_styles = if package.has(styles) { package.visit(styles, &mut reader) } else { Ok(()) };
    let read = package.visit("content.xml", &mut reader);
    let is_full = reader.is_full();
    (document.text, document.pictures) = (reader.flow.finish(), reader.pictures);
    read?;
    if is_full { Err(too_large()) } else { of_styles }
}

struct OpenDocumentReader {
    flow: TextFlow,
    styles: HashMap<String, ParagraphStyle>,
    lists: Lists,
    /// Paragraphs that are open, boxes and notes having their own: characters outside are no text.
    paragraphs: usize,
    /// Whether the last character of the paragraph is a blank, on which no other follows.
    is_behind_blank: bool,
    /// The mark of the note that is being read.
    mark: String,
    is_mark: bool,
    /// Pictures.
    pictures: u64,
}

#[derive(Default)]
struct ParagraphStyle {
    based_on: Option<String>,
    heading: Option<HeadingLevel>,
}

/// Styles that are based on each other.
const MAX_BASES: usize = 16;
/// Blanks in a row.
const MAX_BLANKS: usize = 100;

/// What is not printed, no text, or printed on every page: deleted text, comments, pronunciations, cells
/// that others cover, headers and footers.
const LEFT_OUT: [&str; 9] = [
    "tracked-changes",
    "annotation",
    "ruby-text",
    "covered-table-cell",
    "master-styles",
    "forms",
    "hidden-text",
    "hidden-paragraph",
    "script",
];

/// What is said of a drawing. The title of the document, which is printed, differs by its prefix alone.
const OF_DRAWINGS: [&str; 2] = ["svg:title", "svg:desc"];

/// What has paragraphs of its own within a paragraph.
const BOXES: [&str; 10] = [
    "text-box",
    "custom-shape",
    "rect",
    "ellipse",
    "circle",
    "polygon",
    "regular-polygon",
    "connector",
    "path",
    "caption",
];

impl OpenDocumentReader {
    fn new() -> Self {
        Self {
            flow: TextFlow::new(),
            styles: HashMap::new(),
            lists: Lists::default(),
            paragraphs: 0,
            is_behind_blank: true,
            mark: String::new(),
            is_mark: false,
            pictures: 0,
        }
    }

    fn begin_paragraph(&mut self, tag: &BytesStart<'_>) {
        self.paragraphs += 1;
        self.is_behind_blank = true;
        let is_heading = tag.local_name().as_ref() == "h";
        let level = if is_heading {
            Some(number(tag, "outline-level").unwrap_or(1))
        } else {
            attribute(tag, "style-name").and_then(|style| self.heading_of(&style))
        };
        if let Some(level) = level.filter(|level| (1..=LOWEST_HEADING).contains(level)) {
            self.flow.heading(level);
        }
        let is_unnumbered = attribute(tag, "is-list-header").is_some_and(|said| said == "true");
        let outline = level.filter(|_| is_heading && !is_unnumbered).map(usize::from);
        let label = self.lists.label(outline);
        self.flow.text(&label);
    }

    /// How high a heading in a style stands.
    fn heading_of(&self, name: &str) -> Option<HeadingLevel> {
        let mut name = name;
        for _ in 0..MAX_BASES {
            if name == "Title" {
                return Some(1);
            }
            let style = self.styles.get(name)?;
            if style.heading.is_some() {
                return style.heading;
            }
            name = style.based_on.as_ref()?;
        }
        None
    }

    fn add(&mut self, text: &str) {
        self.flow.text(text);
        self.is_behind_blank = false;
    }
}

impl XmlVisitor for OpenDocumentReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        match tag.local_name().as_ref() {
            name if LEFT_OUT.contains(&name) => return ElementVisit::Skip,
            _ if OF_DRAWINGS.contains(&tag.name().as_ref()) => return ElementVisit::Skip,
            "style" if attribute(tag, "family").is_some_and(|family| family == "paragraph") => {
                let name = attribute(tag, "name").unwrap_or_default();
                let based_on = attribute(tag, "parent-style-name");
                let heading = number(tag, "default-outline-level");
                self.styles.insert(name, ParagraphStyle { based_on, heading });
            }
            "p" | "h" => self.begin_paragraph(tag),
            "image" => self.pictures += 1,
            "s" => {
                let count = number(tag, "c").unwrap_or(1).min(MAX_BLANKS);
                self.add(&" ".repeat(count));
            }
            "tab" => self.add("\t"),
            "line-break" => {
                self.flow.line_break();
                self.is_behind_blank = true;
            }
            "table" => self.flow.begin_table(),
            "table-row" => self.flow.begin_row(),
            "table-cell" => self.flow.begin_cell(),
            "note-citation" => self.is_mark = true,
            "note-body" => self.flow.begin_aside(),
            name if BOXES.contains(&name) => self.flow.begin_aside(),
            _ => self.lists.enter(tag),
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.paragraphs -= 1;
                self.flow.end_paragraph();
                self.is_behind_blank = false;
            }
            "table-cell" => self.flow.end_cell(),
            "table" => self.flow.end_table(),
            "note-citation" => {
                self.is_mark = false;
                self.mark = format!("[{}]", self.mark.trim());
                let mark = self.mark.clone();
                self.add(&mark);
            }
            "note-body" => {
                let note = self.flow.end_aside();
                let mark = std::mem::take(&mut self.mark);
                self.flow.put_behind(Block::marked(&format!("{mark} "), note));
            }
            name if BOXES.contains(&name) => {
                let text = self.flow.end_aside();
                self.flow.put_behind(text);
            }
            _ => self.lists.leave(name),
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_mark {
            self.mark.push_str(text);
        } else if self.paragraphs > 0 {
            // White space is one blank, as in a web page; more of it has elements of its own.
            let mut kept = String::with_capacity(text.len());
            for c in text.chars() {
                let is_blank = matches!(c, ' ' | '\t' | '\r' | '\n');
                if !(is_blank && self.is_behind_blank) {
                    kept.push(if is_blank { ' ' } else { c });
                }
                self.is_behind_blank = is_blank;
            }
            self.flow.text(&kept);
        }
    }

    fn is_full(&self) -> bool {
        self.flow.is_full()
    }
}
