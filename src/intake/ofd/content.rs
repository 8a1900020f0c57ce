//! What a page, a template or a composite unit shows, in its order: text with the glyphs of its fonts, paths,
//! pictures, units. Text is taken from it (`setting`), and what is seen (`drawing`).

use std::collections::HashMap;
use std::sync::Arc;

use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use quick_xml::events::BytesStart;

use super::clips::ClipReader;
use super::ink::{ColourReader, ObjectInk};
use super::numbers::{box_of, corner_of, matrix_of, numbers_of, picture_place};
use super::path::outline;
use super::text::{SetGlyph, TextCode, TextStyle};
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute, number};

/// What a part shows, in millimetres of what shows it.
#[derive(Debug, Default)]
pub(super) struct PartContent {
    pub(super) objects: Vec<PageObject>,
    /// Templates of a page, and whether each lies over its objects.
    pub(super) templates: Vec<(String, bool)>,
    /// The paper, if a page states it.
    pub(super) page_box: Option<Rect>,
    /// Objects, characters, glyphs that are stated for them, and templates.
    marks: usize,
    /// Paths and their pieces, and those of clips.
    pieces: usize,
}

/// Something that is shown.
#[derive(Debug)]
pub(super) struct PageObject {
    pub(super) shape: ObjectShape,
    /// It is seen within all of these alone, at their places on what shows it.
    pub(super) clips: Vec<BezPath>,
}

/// What is shown, at its place on what shows it.
#[derive(Debug)]
pub(super) enum ObjectShape {
    Text(TextObject),
    Path(PathObject),
    /// A picture by its number: the place of its square of one millimetre.
    Picture(String, Affine),
    /// A composite unit by its number.
    Unit(String, Affine),
}

#[derive(Debug)]
pub(super) struct TextObject {
    /// The number of its font.
    pub(super) font: String,
    pub(super) glyphs: Vec<SetGlyph>,
    /// Number of strings.
    pub(super) runs: u32,
    /// Glyphs of the font that the file states, by the places of the characters that they stand for.
    pub(super) stated: HashMap<usize, u32>,
    pub(super) ink: ObjectInk,
}

#[derive(Debug)]
pub(super) struct PathObject {
    pub(super) path: BezPath,
    pub(super) place: Affine,
    pub(super) is_even_odd: bool,
    pub(super) ink: ObjectInk,
}

/// There is more on a page than is taken.
#[derive(Debug)]
pub(super) struct Full;

/// Marks that are read of a part: no page has as many characters.
const MAX_MARKS: usize = 400_000;
/// Paths that are read of a part, with their pieces.
const MAX_PIECES: usize = 400_000;

/// Bytes of the text of one element.
const MAX_DATA: usize = 8 << 20;

/// The elements that are objects.
const OBJECTS: [&str; 4] = ["TextObject", "PathObject", "ImageObject", "CompositeObject"];

impl PartContent {
    /// Whether there is more in the part than is read.
    pub(super) fn is_full(&self) -> bool {
        self.marks >= MAX_MARKS
    }

    /// Whether that, or paths were left out, which have no text.
    pub(super) fn lacks_any(&self) -> bool {
        self.is_full() || self.pieces >= MAX_PIECES
    }

    /// How much is held.
    pub(super) fn size(&self) -> usize {
        self.marks + self.pieces
    }
}

/// Whether an element shows nothing itself: what fills areas, and what is not visible.
fn is_unseen(name: &str, tag: &BytesStart<'_>) -> bool {
    matches!(name, "CellContent" | "Actions")
        || attribute(tag, "Visible").is_some_and(|said| said == "false")
}

/// Reads what a part shows.
#[derive(Default)]
pub(super) struct ContentReader {
    content: PartContent,
    /// The number of the draw parameters of the layer.
    layer: Option<Arc<str>>,
    open: Option<OpenObject>,
    colours: ColourReader,
    wanted: WantedText,
}

/// The object whose elements are read.
struct OpenObject {
    object: PageObject,
    /// Of its text.
    style: TextStyle,
    clips: ClipReader,
}

/// The element whose text is wanted.
#[derive(Default)]
enum WantedText {
    #[default]
    Nothing,
    Code(TextCode),
    /// Glyphs of the font, for characters from this one on.
    Glyphs(usize, String),
    Path(String),
    PageBox(String),
}

impl ContentReader {
    /// What was read, also of an object that was not read to its end.
    pub(super) fn finish(mut self) -> PartContent {
        self.end_object();
        self.content
    }

    /// The object that an element begins.
    fn object(&self, name: &str, tag: &BytesStart<'_>) -> Option<OpenObject> {
        if !OBJECTS.contains(&name) {
            return None;
        }
        let (corner, matrix) = (corner_of(tag), matrix_of(tag));
        let place = corner * matrix;
        let id = |name| attribute(tag, name).unwrap_or_default();
        let layer = self.layer.as_ref();
        let shape = match name {
            "TextObject" => ObjectShape::Text(TextObject {
                font: id("Font"),
                glyphs: Vec::new(),
                runs: 0,
                stated: HashMap::new(),
                ink: ObjectInk::of_text(tag, layer),
            }),
            "PathObject" => ObjectShape::Path(PathObject {
                path: BezPath::new(),
                place,
                is_even_odd: attribute(tag, "Rule").is_some_and(|rule| rule == "Even-Odd"),
                ink: ObjectInk::of_path(tag, layer),
            }),
            "ImageObject" => ObjectShape::Picture(id("ResourceID"), picture_place(tag, place)),
            _ => ObjectShape::Unit(id("ResourceID"), place),
        };
        Some(OpenObject {
            object: PageObject { shape, clips: Vec::new() },
            style: TextStyle::of(tag, place),
            clips: ClipReader::of(corner, matrix),
        })
    }

    fn element(&mut self, name: &str, tag: &BytesStart<'_>) {
        if name == "AbbreviatedData" {
            self.wanted = WantedText::Path(String::new());
            return;
        }
        if self.open.as_mut().is_some_and(|open| open.clips.enter(name, tag)) {
            return;
        }
        if let Some(object) = self.object(name, tag) {
            self.end_object();
            self.open = Some(object);
            return;
        }
        match (name, &mut self.open) {
            ("Layer", _) => self.layer = attribute(tag, "DrawParam").map(Arc::from),
            ("PhysicalBox", _) => self.wanted = WantedText::PageBox(String::new()),
            ("Template", _) => {
                let is_over = attribute(tag, "ZOrder").is_some_and(|order| order == "Foreground");
                let id = attribute(tag, "TemplateID").unwrap_or_default();
                self.content.templates.push((id, is_over));
                self.content.marks += 1;
            }
            ("CGTransform", Some(_)) => {
                let from: usize = number(tag, "CodePosition").unwrap_or_default();
                self.wanted = WantedText::Glyphs(from, String::new());
            }
            ("TextCode", Some(open)) => self.wanted = WantedText::Code(open.style.code(tag)),
            (_, Some(open)) => {
                let (ObjectShape::Text(TextObject { ink, .. })
                | ObjectShape::Path(PathObject { ink, .. })) = &mut open.object.shape
                else {
                    return;
                };
                self.colours.enter(name, tag, &mut ink.own);
            }
            (_, None) => {}
        }
    }

    fn end_text(&mut self) {
        let PartContent { marks, pieces, page_box, .. } = &mut self.content;
        let wanted = std::mem::take(&mut self.wanted);
        if let WantedText::PageBox(text) = wanted {
            *page_box = box_of(&text);
            return;
        }
        let Some(OpenObject { object, style, clips }) = &mut self.open else { return };
        let room = MAX_MARKS.saturating_sub(*marks);
        match (wanted, &mut object.shape) {
            (WantedText::Path(data), shape) => {
                let path = outline(&data, MAX_PIECES.saturating_sub(*pieces));
                *pieces += path.elements().len();
                if clips.is_open() {
                    clips.add(path);
                } else if let ObjectShape::Path(object) = shape {
                    object.path = path;
                }
            }
            (WantedText::Code(code), ObjectShape::Text(text)) => {
                *marks += style.set(&code, room, &mut text.runs, &mut text.glyphs);
            }
            (WantedText::Glyphs(from, glyphs), ObjectShape::Text(text)) => {
                let before = text.stated.len();
                let glyphs = numbers_of(&glyphs).map(|glyph| glyph as u32).take(room).enumerate();
                text.stated
                    .extend(glyphs.filter_map(|(at, glyph)| Some((from.checked_add(at)?, glyph))));
                *marks += 1 + text.stated.len() - before;
            }
            _ => {}
        }
    }

    fn end_object(&mut self) {
        let Some(OpenObject { mut object, clips, .. }) = self.open.take() else { return };
        object.clips = clips.finish();
        let PartContent { objects, marks, pieces, .. } = &mut self.content;
        if matches!(object.shape, ObjectShape::Path(_)) {
            *pieces += 1;
            if *pieces >= MAX_PIECES {
                return;
            }
        } else {
            *marks += 1;
        }
        objects.push(object);
    }
}

impl XmlVisitor for ContentReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let name = tag.local_name();
        let name = name.as_ref();
        if is_unseen(name, tag) {
            return ElementVisit::Skip;
        }
        self.element(name, tag);
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        match name {
            "TextCode" | "Glyphs" | "AbbreviatedData" | "PhysicalBox" => self.end_text(),
            _ if self.open.as_mut().is_some_and(|open| open.clips.leave(name)) => {}
            "Layer" => self.layer = None,
            _ if OBJECTS.contains(&name) => self.end_object(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let (open, count) = match &mut self.wanted {
            WantedText::Code(TextCode { text: open, .. })
            | WantedText::Glyphs(_, open)
            | WantedText::PageBox(open) => (open, &mut self.content.marks),
            WantedText::Path(open) => (open, &mut self.content.pieces),
            WantedText::Nothing => return,
        };
        if open.len() + text.len() <= MAX_DATA {
            open.push_str(text);
        } else {
            // There is more than is read.
            *count = MAX_MARKS.max(MAX_PIECES);
        }
    }

    fn is_full(&self) -> bool {
        self.content.is_full()
    }
}
