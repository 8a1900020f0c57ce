//! Reads Word documents (WordprocessingML, ISO/IEC 29500-1).

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::DocumentText;
use super::flow::{Block, HeadingLevel, LOWEST_HEADING, TextFlow};
use super::package::{Package, too_large};
use super::word_numbering::{NumberPlace, WordNumbering};
use super::word_styles::{WordStyles, outline_level};
use super::xml::{ElementVisit, XmlVisitor, attribute, number};
use crate::model::FileWarning;

/// Reads the text of a document, also where it is damaged further on.
pub(super) fn read(package: &mut Package, document: &mut DocumentText) -> Result<(), FileWarning> {
    let main = package.relationships("")?.remove("officeDocument");
    let Some(main) = main.filter(|main| package.has(main)) else {
        return Err(FileWarning::OtherPackage);
    };
    let parts = package.relationships(&main)?;
    let mut reader = WordReader::new();
    let mut problem = None;
    for kind in ["styles", "numbering", "footnotes", "endnotes"] {
        let Some(part) = parts.get(kind).filter(|part| package.has(part)) else { continue };
        let read = match kind {
            "styles" => package.visit(part, &mut reader.styles),
            "numbering" => package.visit(part, &mut reader.numbering),
            _ => package.visit(part, &mut reader),
        };
        // The document is read without them.
        problem = problem.or(read.err());
    }
    let read = package.visit(&main, &mut reader);
    let (is_document, is_full) = (reader.is_document, reader.is_full());
    (document.text, document.pictures) = (reader.flow.finish(), reader.pictures);
    if !is_document {
        return Err(FileWarning::OtherPackage);
    }
    read?;
    match problem {
        _ if is_full => Err(too_large()),
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

struct WordReader {
    flow: TextFlow,
    styles: WordStyles,
    numbering: WordNumbering,
    /// The notes that have not been referred to.
    notes: HashMap<NoteId, Vec<Block>>,
    /// The note that is being read.
    note: NoteId,
    /// How many notes have been referred to.
    noted: u32,
    /// What is said of the current paragraph, behind what is said of those that its boxes stand in.
    paragraphs: Vec<Properties>,
    /// Whether the text of the run is not printed.
    is_hidden: bool,
    /// Whether characters are text: those between elements are not.
    is_text: bool,
    /// Pictures, drawn or embedded.
    pictures: u64,
    /// Whether it is a document, rather than a sheet or slides.
    is_document: bool,
}

/// The list of notes that a note is in, and its name there.
type NoteId = (String, String);

#[derive(Default)]
struct Properties {
    style: Option<String>,
    outline: Option<HeadingLevel>,
    place: NumberPlace,
}

/// What is not printed or no text: deleted and moved text, field codes, pronunciations, the form of
/// paragraphs before a change, and what stands in for a drawing where it cannot be shown.
const LEFT_OUT: [&str; 11] = [
    "del",
    "moveFrom",
    "delText",
    "instrText",
    "delInstrText",
    "Fallback",
    "rt",
    "sdtPr",
    "tabs",
    "pPrChange",
    "rPrChange",
];

impl WordReader {
    fn new() -> Self {
        Self {
            flow: TextFlow::new(),
            styles: WordStyles::default(),
            numbering: WordNumbering::default(),
            notes: HashMap::new(),
            note: NoteId::default(),
            noted: 0,
            paragraphs: Vec::new(),
            is_hidden: false,
            is_text: false,
            pictures: 0,
            is_document: false,
        }
    }

    fn add(&mut self, text: &str) {
        if !self.is_hidden {
            self.flow.text(text);
        }
    }

    /// The properties of a paragraph are known: its number stands before its text.
    fn begin_paragraph(&mut self) {
        let Some(said) = self.paragraphs.last() else { return };
        let style = said.style.as_deref().unwrap_or_default();
        let heading = said.outline.or_else(|| self.styles.heading(style));
        let place = said.place.clone().or(self.styles.place(style));
        if let Some(level) = heading.filter(|&level| level <= LOWEST_HEADING) {
            self.flow.heading(level);
        }
        let label = self.numbering.next(&place);
        self.flow.text(&label);
    }

    fn refer_to_note(&mut self, kind: &str, tag: &BytesStart<'_>) {
        let id = (kind.to_owned(), attribute(tag, "id").unwrap_or_default());
        let Some(note) = self.notes.remove(&id) else { return };
        // A mark that the author chose stands in the text already, and before the note.
        if is_on(attribute(tag, "customMarkFollows").as_deref().unwrap_or("0")) {
            self.flow.put_behind(note);
            return;
        }
        self.noted += 1;
        let mark = format!("[{}]", self.noted);
        self.flow.text(&mark);
        self.flow.put_behind(Block::marked(&format!("{mark} "), note));
    }
}

/// Whether a property that can be switched off is on.
fn is_on(said: &str) -> bool {
    !["0", "false", "off"].contains(&said)
}

impl XmlVisitor for WordReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let said = |name| attribute(tag, name);
        match tag.local_name().as_ref() {
            name if LEFT_OUT.contains(&name) => return ElementVisit::Skip,
            "document" => self.is_document = true,
            "blip" | "imagedata" => self.pictures += 1,
            kind @ ("footnote" | "endnote") => {
                // Others are the rules between text and notes.
                if said("type").is_some_and(|kind| kind != "normal") {
                    return ElementVisit::Skip;
                }
                self.note = (kind.to_owned(), said("id").unwrap_or_default());
                self.flow.begin_aside();
            }
            "footnoteReference" => self.refer_to_note("footnote", tag),
            "endnoteReference" => self.refer_to_note("endnote", tag),
            "txbxContent" => self.flow.begin_aside(),
            "tbl" => self.flow.begin_table(),
            "tr" => self.flow.begin_row(),
            "tc" => self.flow.begin_cell(),
            "p" => self.paragraphs.push(Properties::default()),
            "r" => self.is_hidden = false,
            "vanish" => self.is_hidden = is_on(said("val").as_deref().unwrap_or("1")),
            "t" => self.is_text = true,
            "tab" | "ptab" => self.add("\t"),
            "br" | "cr" => self.flow.line_break(),
            "noBreakHyphen" => self.add("-"),
            property => {
                let Some(current) = self.paragraphs.last_mut() else { return ElementVisit::Inside };
                match property {
                    "pStyle" => current.style = said("val"),
                    "outlineLvl" => current.outline = outline_level(tag),
                    "numId" => current.place.list = said("val"),
                    "ilvl" => current.place.level = number(tag, "val"),
                    _ => {}
                }
            }
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        match name {
            "pPr" => self.begin_paragraph(),
            "p" => {
                self.paragraphs.pop();
                self.flow.end_paragraph();
            }
            "t" => self.is_text = false,
            "tc" => self.flow.end_cell(),
            "tbl" => self.flow.end_table(),
            "txbxContent" => {
                let text = self.flow.end_aside();
                self.flow.put_behind(text);
            }
            "footnote" | "endnote" => {
                let text = self.flow.end_aside();
                self.notes.insert(std::mem::take(&mut self.note), text);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_text {
            self.add(text);
        }
    }

    fn is_full(&self) -> bool {
        self.flow.is_full()
    }
}
