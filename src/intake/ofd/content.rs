//! What a page, a template or a composite unit shows, in its order: text with the glyphs of its fonts, paths,
//! pictures. Text is taken from it (`setting`), and what is seen (`drawing`).

use std::collections::HashMap;

use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use quick_xml::events::BytesStart;

use super::ink::{Ink, colour_of};
use super::numbers::{box_of, numbers_of};
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
    /// Paths and their pieces.
    pieces: usize,
}

/// Something that is shown, at its place on what shows it.
#[derive(Debug)]
pub(super) enum PageObject {
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
    pub(super) ink: Ink,
}

#[derive(Debug)]
pub(super) struct PathObject {
    pub(super) path: BezPath,
    pub(super) place: Affine,
    pub(super) is_even_odd: bool,
    pub(super) ink: Ink,
}

/// Marks that are read of a part: no page has as many characters.
const MAX_MARKS: usize = 400_000;
/// Paths that are read of a part, with their pieces.
const MAX_PIECES: usize = 400_000;

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

    fn add(&mut self, object: PageObject) {
        if !matches!(object, PageObject::Path(_)) {
            self.marks += 1;
        }
        self.objects.push(object);
    }
}

/// Which elements of a part are read: pages and templates as a whole, of a list of composite units one.
#[derive(Debug, Default)]
struct UnitScope {
    unit: Option<String>,
    /// Elements that are open, and which of them is the unit.
    depth: usize,
    inside_since: Option<usize>,
}

impl UnitScope {
    /// Whether an element that begins is read.
    fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> bool {
        self.depth += 1;
        if let Some(unit) = &self.unit
            && self.inside_since.is_none()
        {
            let is_it = name == "CompositeGraphicUnit"
                && attribute(tag, "ID").is_some_and(|id| id == *unit);
            self.inside_since = is_it.then_some(self.depth);
        }
        self.unit.is_none() || self.inside_since.is_some()
    }

    /// An element ends.
    fn leave(&mut self) {
        if self.inside_since == Some(self.depth) {
            self.inside_since = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// Whether an element shows nothing itself: what clips, what fills areas, and what is not visible.
fn is_unseen(name: &str, tag: &BytesStart<'_>) -> bool {
    matches!(name, "Clips" | "CellContent" | "Actions")
        || attribute(tag, "Visible").is_some_and(|said| said == "false")
}

/// Reads what a part shows.
#[derive(Default)]
pub(super) struct ContentReader {
    scope: UnitScope,
    content: PartContent,
    open: OpenObject,
    /// Whether a colour that is stated is that of the stroke, and whether it is known: gradients have several.
    colour: (bool, bool),
    wanted: WantedText,
}

/// The object whose elements are read.
#[derive(Default)]
enum OpenObject {
    #[default]
    Nothing,
    Text(TextStyle, TextObject),
    Path(PathObject),
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
    /// Of a composite unit in a list of resources; the default is of a page or a template.
    pub(super) fn of_unit(id: &str) -> Self {
        let scope = UnitScope { unit: Some(id.to_owned()), ..UnitScope::default() };
        Self { scope, ..Self::default() }
    }

    /// What was read, also of an object that was not read to its end.
    pub(super) fn finish(mut self) -> PartContent {
        self.end_object();
        self.content
    }

    fn set_colour(&mut self, tag: &BytesStart<'_>) {
        let (is_stroke, is_known) = self.colour;
        let Some(colour) = colour_of(tag).filter(|_| !is_known) else { return };
        self.colour.1 = true;
        let ink = match &mut self.open {
            OpenObject::Text(_, text) => &mut text.ink,
            OpenObject::Path(path) => &mut path.ink,
            OpenObject::Nothing => return,
        };
        let part = if is_stroke { &mut ink.stroke } else { &mut ink.fill };
        *part = part.map(|_| colour);
    }

    fn object(&mut self, name: &str, tag: &BytesStart<'_>) {
        let place = place_of(tag);
        let id = |name| attribute(tag, name).unwrap_or_default();
        match name {
            "TextObject" => {
                let text = TextObject {
                    font: id("Font"),
                    glyphs: Vec::new(),
                    runs: 0,
                    stated: HashMap::new(),
                    ink: Ink::of(tag, true, false),
                };
                self.open = OpenObject::Text(TextStyle::of(tag, place), text);
            }
            "PathObject" => {
                self.open = OpenObject::Path(PathObject {
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
                if let OpenObject::Text(style, _) = &mut self.open {
                    self.wanted = WantedText::Code(style.code(tag));
                }
            }
            "AbbreviatedData" => self.wanted = WantedText::Path(String::new()),
            "ImageObject" => {
                let place = picture_place(tag, place);
                self.content.add(PageObject::Picture(id("ResourceID"), place));
            }
            "CompositeObject" => self.content.add(PageObject::Unit(id("ResourceID"), place)),
            "Template" => {
                let is_over = attribute(tag, "ZOrder").is_some_and(|order| order == "Foreground");
                self.content.templates.push((id("TemplateID"), is_over));
                self.content.marks += 1;
            }
            "PhysicalBox" => self.wanted = WantedText::PageBox(String::new()),
            _ => {}
        }
    }

    fn end_text(&mut self) {
        let PartContent { marks, pieces, page_box, .. } = &mut self.content;
        let room = MAX_MARKS.saturating_sub(*marks);
        match (std::mem::take(&mut self.wanted), &mut self.open) {
            (WantedText::Code(code), OpenObject::Text(style, text)) => {
                *marks += style.set(&code, room, &mut text.runs, &mut text.glyphs);
            }
            (WantedText::Glyphs(from, glyphs), OpenObject::Text(_, text)) => {
                let before = text.stated.len();
                let glyphs = numbers_of(&glyphs).map(|glyph| glyph as u32).take(room).enumerate();
                text.stated
                    .extend(glyphs.filter_map(|(at, glyph)| Some((from.checked_add(at)?, glyph))));
                *marks += 1 + text.stated.len() - before;
            }
            (WantedText::Path(data), OpenObject::Path(path)) => {
                path.path = outline(&data, MAX_PIECES.saturating_sub(*pieces));
                *pieces += path.path.elements().len();
            }
            (WantedText::PageBox(text), _) => *page_box = box_of(&text),
            _ => {}
        }
    }

    fn end_object(&mut self) {
        match std::mem::take(&mut self.open) {
            OpenObject::Text(_, mut text) => {
                text.ink = text.ink.whole();
                self.content.add(PageObject::Text(text));
            }
            OpenObject::Path(mut path) => {
                path.ink = path.ink.whole();
                self.content.pieces += 1;
                if self.content.pieces < MAX_PIECES {
                    self.content.add(PageObject::Path(path));
                }
            }
            OpenObject::Nothing => {}
        }
    }
}

impl XmlVisitor for ContentReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let name = tag.local_name();
        let name = name.as_ref();
        if is_unseen(name, tag) {
            return ElementVisit::Skip;
        }
        if self.scope.enter(name, tag) {
            self.object(name, tag);
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        match name {
            "TextCode" | "Glyphs" | "AbbreviatedData" | "PhysicalBox" => self.end_text(),
            "TextObject" | "PathObject" => self.end_object(),
            _ => {}
        }
        self.scope.leave();
    }

    fn text(&mut self, text: &str) {
        match &mut self.wanted {
            WantedText::Code(TextCode { text: open, .. })
            | WantedText::Glyphs(_, open)
            | WantedText::Path(open)
            | WantedText::PageBox(open) => open.push_str(text),
            WantedText::Nothing => {}
        }
    }

    fn is_full(&self) -> bool {
        self.content.is_full()
    }
}

/// Where an object stands: its own matrix, then its place on the page.
fn place_of(tag: &BytesStart<'_>) -> Affine {
    let numbers =
        |name| attribute(tag, name).map(|text| numbers_of(&text).take(6).collect::<Vec<f64>>());
    let matrix = match numbers("CTM").as_deref() {
        Some(numbers) if numbers.len() == 6 => Affine::new(std::array::from_fn(|at| numbers[at])),
        _ => Affine::IDENTITY,
    };
    match numbers("Boundary").as_deref() {
        Some(&[x, y, ..]) => Affine::translate((x, y)) * matrix,
        _ => matrix,
    }
}

/// Where a picture stands: one that states no matrix fills its boundary.
fn picture_place(tag: &BytesStart<'_>, place: Affine) -> Affine {
    let boundary = attribute(tag, "Boundary").and_then(|text| box_of(&text));
    match boundary {
        Some(area) if attribute(tag, "CTM").is_none() => {
            place * Affine::scale_non_uniform(area.width(), area.height())
        }
        _ => place,
    }
}
