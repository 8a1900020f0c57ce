//! What a page, a template or a composite unit shows.

use hayro_interpret::kurbo::{Affine, Point, Rect};
use quick_xml::events::BytesStart;

use super::numbers::{box_of, numbers_of};
use super::path::straight_lines;
use super::text::{SetGlyph, TextCode, TextStyle};
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute};

/// What is shown, in millimetres of what shows it.
#[derive(Debug, Default)]
pub(super) struct ShownContent {
    pub(super) glyphs: Vec<SetGlyph>,
    /// Number of strings.
    pub(super) runs: u32,
    pub(super) strokes: Vec<(Point, Point)>,
    /// Composite units that are shown, by number, with their places.
    pub(super) units: Vec<(String, Affine)>,
    /// Pictures by their numbers, with the places of their squares of one millimetre.
    pub(super) pictures: Vec<(String, Affine)>,
    /// The paper, if a page states it, and the numbers of its templates.
    pub(super) page_box: Option<Rect>,
    pub(super) templates: Vec<String>,
}

impl ShownContent {
    pub(super) fn has_any(&self) -> bool {
        !self.glyphs.is_empty() || !self.units.is_empty() || !self.pictures.is_empty()
    }
}

/// Strokes, pictures, units and templates that are noted; no more units are shown on a page.
const MAX_STROKES: usize = 20_000;
const MAX_PICTURES: usize = 10_000;
pub(super) const MAX_UNITS: usize = 10_000;
pub(super) const MAX_TEMPLATES: usize = 64;

/// Which elements of a part are read: pages and templates as a whole, of a list of composite units one.
#[derive(Debug, Default)]
pub(super) struct UnitScope {
    unit: Option<String>,
    /// Elements that are open, and which of them is the unit.
    depth: usize,
    inside_since: Option<usize>,
}

impl UnitScope {
    /// One unit.
    pub(super) fn of(id: &str) -> Self {
        Self { unit: Some(id.to_owned()), ..Self::default() }
    }

    /// Whether an element that begins is read.
    pub(super) fn enter(&mut self, name: &str, tag: &BytesStart<'_>) -> bool {
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
    pub(super) fn leave(&mut self) {
        if self.inside_since == Some(self.depth) {
            self.inside_since = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// Whether an element shows nothing itself: what clips, what fills areas, and what is not visible.
pub(super) fn is_unseen(name: &str, tag: &BytesStart<'_>) -> bool {
    matches!(name, "Clips" | "CellContent" | "Actions")
        || attribute(tag, "Visible").is_some_and(|said| said == "false")
}

/// Reads the content of a part.
pub(super) struct ContentReader {
    content: ShownContent,
    max_glyphs: usize,
    scope: UnitScope,
    style: Option<TextStyle>,
    open: OpenText,
    /// Where a path stands, and whether it is stroked.
    path: (Affine, bool),
}

/// The element whose text is wanted.
#[derive(Debug, Clone, Default)]
enum OpenText {
    #[default]
    Nothing,
    Code(TextCode),
    Path(String),
    PageBox(String),
}

impl ContentReader {
    /// Of a page or a template.
    pub(super) fn new(max_glyphs: usize) -> Self {
        Self {
            content: ShownContent::default(),
            max_glyphs,
            scope: UnitScope::default(),
            style: None,
            open: OpenText::Nothing,
            path: (Affine::IDENTITY, true),
        }
    }

    /// Of a composite unit in a list of resources.
    pub(super) fn of_unit(id: &str, max_glyphs: usize) -> Self {
        Self { scope: UnitScope::of(id), ..Self::new(max_glyphs) }
    }

    pub(super) fn is_too_large(&self) -> bool {
        self.content.glyphs.len() >= self.max_glyphs
    }

    pub(super) fn finish(self) -> ShownContent {
        self.content
    }

    fn object(&mut self, name: &str, tag: &BytesStart<'_>) {
        let place = place_of(tag);
        match name {
            "TextObject" => self.style = Some(TextStyle::of(tag, place)),
            "TextCode" => {
                if let Some(style) = &mut self.style {
                    self.open = OpenText::Code(style.code(tag));
                }
            }
            "PathObject" => {
                self.path = (place, attribute(tag, "Stroke").is_none_or(|said| said != "false"));
            }
            "AbbreviatedData" => self.open = OpenText::Path(String::new()),
            "ImageObject" if self.content.pictures.len() < MAX_PICTURES => {
                let id = attribute(tag, "ResourceID").unwrap_or_default();
                self.content.pictures.push((id, picture_place(tag, place)));
            }
            "CompositeObject" if self.content.units.len() < MAX_UNITS => {
                self.content.units.extend(attribute(tag, "ResourceID").map(|id| (id, place)));
            }
            "Template" if self.content.templates.len() < MAX_TEMPLATES => {
                self.content.templates.extend(attribute(tag, "TemplateID"));
            }
            "PhysicalBox" => self.open = OpenText::PageBox(String::new()),
            _ => {}
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
        match std::mem::take(&mut self.open) {
            OpenText::Code(code) => {
                if let Some(style) = &self.style {
                    let ShownContent { glyphs, runs, .. } = &mut self.content;
                    style.set(&code, runs, glyphs);
                    glyphs.truncate(self.max_glyphs);
                }
            }
            OpenText::Path(path) => {
                let (place, is_stroked) = self.path;
                let lines = straight_lines(&path, is_stroked).into_iter();
                let room = MAX_STROKES.saturating_sub(self.content.strokes.len());
                let lines = lines.map(|(from, to)| (place * from, place * to));
                self.content.strokes.extend(lines.take(room));
            }
            OpenText::PageBox(text) => self.content.page_box = box_of(&text),
            OpenText::Nothing => {}
        }
        if name == "TextObject" {
            self.style = None;
        }
        self.scope.leave();
    }

    fn text(&mut self, text: &str) {
        match &mut self.open {
            OpenText::Code(TextCode { text: open, .. })
            | OpenText::Path(open)
            | OpenText::PageBox(open) => open.push_str(text),
            OpenText::Nothing => {}
        }
    }

    fn is_full(&self) -> bool {
        self.is_too_large()
    }
}

/// Where an object stands: its own matrix, then its place on the page.
pub(super) fn place_of(tag: &BytesStart<'_>) -> Affine {
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
pub(super) fn picture_place(tag: &BytesStart<'_>, place: Affine) -> Affine {
    let boundary = attribute(tag, "Boundary").and_then(|text| box_of(&text));
    match boundary {
        Some(area) if attribute(tag, "CTM").is_none() => {
            place * Affine::scale_non_uniform(area.width(), area.height())
        }
        _ => place,
    }
}
