//! What a page, a template or a composite unit draws, in its order: text with the glyphs of its fonts, paths,
//! pictures. [`content`](super::content) reads the same objects for their text.

use std::collections::HashMap;

use hayro_interpret::kurbo::{Affine, BezPath};
use quick_xml::events::BytesStart;

use super::content::{MAX_TEMPLATES, UnitScope, is_unseen, picture_place, place_of};
use super::numbers::numbers_of;
use super::path::outline;
use super::text::{SetGlyph, TextCode, TextStyle};
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute, number};

/// Something that is drawn, at its place on what shows it.
pub(super) enum DrawnObject {
    Text(DrawnText),
    Path(DrawnPath),
    /// A picture by its number: the place of its square of one millimetre.
    Picture(String, Affine),
    /// A composite unit by its number.
    Unit(String, Affine),
}

pub(super) struct DrawnText {
    /// The number of its font.
    pub(super) font: String,
    pub(super) glyphs: Vec<SetGlyph>,
    /// Glyphs of the font that the file states, by the places of the characters that they stand for.
    pub(super) stated: HashMap<usize, u32>,
    pub(super) ink: Ink,
}

pub(super) struct DrawnPath {
    pub(super) path: BezPath,
    pub(super) place: Affine,
    pub(super) is_even_odd: bool,
    pub(super) ink: Ink,
}

/// Red, green, blue and opacity.
pub(super) type Colour = [u8; 4];

/// What an object is filled and stroked with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Colour>,
    /// Of the stroke, in millimetres.
    pub(super) width: f64,
    /// Of the whole object.
    alpha: u8,
}

const BLACK: Colour = [0, 0, 0, 255];

/// The width of a stroke that states none, in millimetres.
const USUAL_WIDTH: f64 = 0.353;

/// Objects, glyphs and pieces of paths that are read of one part, and characters of the data of a path.
const MAX_PIECES: usize = 400_000;
const MAX_DATA: usize = 8 << 20;

impl Ink {
    fn of(tag: &BytesStart<'_>, is_filled: bool, is_stroked: bool) -> Self {
        let says = |name, usual| {
            attribute(tag, name).map_or(usual, |said| matches!(said.trim(), "true" | "1"))
        };
        let width = number(tag, "LineWidth").filter(|width: &f64| width.is_finite());
        Self {
            fill: says("Fill", is_filled).then_some(BLACK),
            stroke: says("Stroke", is_stroked).then_some(BLACK),
            width: width.unwrap_or(USUAL_WIDTH).max(0.0),
            alpha: alpha_of(tag),
        }
    }

    /// With the opacity of the object.
    fn whole(mut self) -> Self {
        let alpha = u16::from(self.alpha);
        for colour in self.fill.iter_mut().chain(&mut self.stroke) {
            colour[3] = (u16::from(colour[3]) * alpha / 255) as u8;
        }
        self
    }
}

fn alpha_of(tag: &BytesStart<'_>) -> u8 {
    number::<f64>(tag, "Alpha").map_or(255, |alpha| alpha.clamp(0.0, 255.0) as u8)
}

/// The colour that an element states: grey, red green blue, or cyan magenta yellow black.
fn colour_of(tag: &BytesStart<'_>) -> Option<Colour> {
    let value = attribute(tag, "Value")?;
    let parts: Vec<u8> =
        numbers_of(&value).take(4).map(|part| part.clamp(0.0, 255.0) as u8).collect();
    let alpha = alpha_of(tag);
    match parts[..] {
        [grey] => Some([grey, grey, grey, alpha]),
        [red, green, blue] => Some([red, green, blue, alpha]),
        [cyan, magenta, yellow, black] => {
            let light = |ink: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
            Some([light(cyan), light(magenta), light(yellow), alpha])
        }
        _ => None,
    }
}

/// The objects of a part, and its templates with whether each lies over them.
pub(super) type PartContent = (Vec<DrawnObject>, Vec<(String, bool)>);

/// Reads what a part draws.
pub(super) struct ObjectReader {
    scope: UnitScope,
    objects: Vec<DrawnObject>,
    /// Templates of the page, and whether each lies over its content.
    templates: Vec<(String, bool)>,
    pieces: usize,
    open: OpenObject,
    /// Whether a colour that is stated is that of the stroke, and whether it is known: gradients have several.
    colour: (bool, bool),
    wanted: WantedText,
}

/// The object whose elements are read.
enum OpenObject {
    Nothing,
    Text(TextStyle, DrawnText, u32),
    Path(DrawnPath),
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
}

impl ObjectReader {
    /// Of a page or a template.
    pub(super) fn new() -> Self {
        Self::within(UnitScope::default())
    }

    /// Of a composite unit in a list of resources.
    pub(super) fn of_unit(id: &str) -> Self {
        Self::within(UnitScope::of(id))
    }

    fn within(scope: UnitScope) -> Self {
        Self {
            scope,
            objects: Vec::new(),
            templates: Vec::new(),
            pieces: 0,
            open: OpenObject::Nothing,
            colour: (false, false),
            wanted: WantedText::Nothing,
        }
    }

    /// The objects, and the templates with whether each lies over them.
    pub(super) fn finish(self) -> PartContent {
        (self.objects, self.templates)
    }

    fn add(&mut self, object: DrawnObject) {
        self.pieces += 1;
        self.objects.push(object);
    }

    fn ink(&mut self) -> Option<&mut Ink> {
        match &mut self.open {
            OpenObject::Text(_, text, _) => Some(&mut text.ink),
            OpenObject::Path(path) => Some(&mut path.ink),
            OpenObject::Nothing => None,
        }
    }

    fn set_colour(&mut self, tag: &BytesStart<'_>) {
        let (is_stroke, is_known) = self.colour;
        let Some(colour) = colour_of(tag).filter(|_| !is_known) else { return };
        self.colour.1 = true;
        if let Some(ink) = self.ink() {
            let part = if is_stroke { &mut ink.stroke } else { &mut ink.fill };
            *part = part.map(|_| colour);
        }
    }

    fn object(&mut self, name: &str, tag: &BytesStart<'_>) {
        let place = place_of(tag);
        let id = |name| attribute(tag, name).unwrap_or_default();
        match name {
            "TextObject" => {
                let text = DrawnText {
                    font: id("Font"),
                    glyphs: Vec::new(),
                    stated: HashMap::new(),
                    ink: Ink::of(tag, true, false),
                };
                self.open = OpenObject::Text(TextStyle::of(tag, place), text, 0);
            }
            "PathObject" => {
                self.open = OpenObject::Path(DrawnPath {
                    path: BezPath::new(),
                    place,
                    is_even_odd: attribute(tag, "Rule").is_some_and(|rule| rule == "Even-Odd"),
                    ink: Ink::of(tag, false, true),
                });
            }
            "FillColor" | "StrokeColor" => {
                self.colour = (name == "StrokeColor", false);
                self.set_colour(tag);
            }
            "Color" => self.set_colour(tag),
            "CGTransform" => {
                let from: usize = number(tag, "CodePosition").unwrap_or_default();
                self.wanted = WantedText::Glyphs(from, String::new());
            }
            "TextCode" => {
                if let OpenObject::Text(style, ..) = &mut self.open {
                    self.wanted = WantedText::Code(style.code(tag));
                }
            }
            "AbbreviatedData" => self.wanted = WantedText::Path(String::new()),
            "ImageObject" => {
                let picture = DrawnObject::Picture(id("ResourceID"), picture_place(tag, place));
                self.add(picture);
            }
            "CompositeObject" => self.add(DrawnObject::Unit(id("ResourceID"), place)),
            "Template" if self.templates.len() < MAX_TEMPLATES => {
                let is_over = attribute(tag, "ZOrder").is_some_and(|order| order == "Foreground");
                self.templates.push((id("TemplateID"), is_over));
                self.pieces += 1;
            }
            _ => {}
        }
    }

    fn end_text(&mut self) {
        match (std::mem::take(&mut self.wanted), &mut self.open) {
            (WantedText::Code(code), OpenObject::Text(style, text, runs)) => {
                let before = text.glyphs.len();
                style.set(&code, runs, &mut text.glyphs);
                self.pieces += text.glyphs.len() - before;
            }
            (WantedText::Glyphs(from, glyphs), OpenObject::Text(_, text, _)) => {
                let room = MAX_PIECES.saturating_sub(self.pieces);
                let glyphs = numbers_of(&glyphs).map(|glyph| glyph as u32).take(room).enumerate();
                let before = text.stated.len();
                text.stated
                    .extend(glyphs.filter_map(|(at, glyph)| Some((from.checked_add(at)?, glyph))));
                self.pieces += 1 + text.stated.len() - before;
            }
            (WantedText::Path(data), OpenObject::Path(path)) => {
                let room = MAX_PIECES.saturating_sub(self.pieces);
                path.path = outline(&data, room);
                self.pieces += path.path.elements().len();
            }
            _ => {}
        }
    }
}

impl XmlVisitor for ObjectReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let name = tag.local_name();
        let name = name.as_ref();
        // The glyphs of a string are stated with it; what clips is no object.
        if is_unseen(name, tag) {
            return ElementVisit::Skip;
        }
        if self.scope.enter(name, tag) {
            self.object(name, tag);
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        if matches!(name, "TextCode" | "Glyphs" | "AbbreviatedData") {
            self.end_text();
        }
        if matches!(name, "TextObject" | "PathObject") {
            match std::mem::replace(&mut self.open, OpenObject::Nothing) {
                OpenObject::Text(_, mut text, _) => {
                    text.ink = text.ink.whole();
                    self.add(DrawnObject::Text(text));
                }
                OpenObject::Path(mut path) => {
                    path.ink = path.ink.whole();
                    self.add(DrawnObject::Path(path));
                }
                OpenObject::Nothing => {}
            }
        }
        self.scope.leave();
    }

    fn text(&mut self, text: &str) {
        let open = match &mut self.wanted {
            WantedText::Code(code) => &mut code.text,
            WantedText::Glyphs(_, open) | WantedText::Path(open) => open,
            WantedText::Nothing => return,
        };
        if open.len() + text.len() <= MAX_DATA {
            open.push_str(text);
        }
    }

    fn is_full(&self) -> bool {
        self.pieces >= MAX_PIECES
    }
}
