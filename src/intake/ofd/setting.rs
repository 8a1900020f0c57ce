//! What is set on a page of an OFD file, at its place there.

use hayro_interpret::kurbo::{Affine, Point, Rect};

use super::content::{Full, ObjectShape, PageObject, PathObject, TextObject};
use super::parts::{PageSource, PageTaker};
use super::path::straight_lines;
use crate::intake::layout::{Direction, Frame, PlacedGlyph, Rule, Sheet};
use crate::intake::overlay::SetPage;

/// Glyphs and strokes of a page, whether they are seen or not, and the rules that are held of them.
pub(super) const MAX_GLYPHS: usize = 200_000;
const MAX_STROKES: usize = 200_000;
const MAX_RULES: usize = 20_000;
/// Objects of a page, those of templates and units each time that they are shown.
const MAX_OBJECTS: usize = 2_000_000;
/// Pictures of a page.
const MAX_PICTURES: usize = 1_000;

/// The part of the em above the line that characters stand on.
const ASCENT: f64 = 0.88;

/// A picture by its number, with the place of its square of one millimetre.
pub(super) type ShownPicture = (String, Affine);

/// What is set on a page so far.
pub(super) struct PageSetting {
    /// The page in millimetres.
    pub(super) page_box: Rect,
    pub(super) sheet: Sheet,
    pub(super) glyphs: Vec<PlacedGlyph>,
    pub(super) rules: Vec<Rule>,
    /// The pictures with their numbers, the lowest first, and where they stand.
    pub(super) pictures: Vec<ShownPicture>,
    pub(super) frames: Vec<Frame>,
    /// Number of the next string.
    runs: u32,
    /// Objects, glyphs and strokes, also those that are not seen.
    objects_met: usize,
    glyphs_met: usize,
    strokes_met: usize,
}

impl PageSetting {
    /// For a page of this size in millimetres; `None` if it has no extent.
    pub(super) fn new(page_box: Rect) -> Option<Self> {
        let sheet = Sheet::new(page_box.width() as f32, page_box.height() as f32)?;
        Some(Self {
            page_box,
            sheet,
            glyphs: Vec::new(),
            rules: Vec::new(),
            pictures: Vec::new(),
            frames: Vec::new(),
            runs: 0,
            objects_met: 0,
            glyphs_met: 0,
            strokes_met: 0,
        })
    }

    /// From the coordinates of the page to its corner.
    pub(super) fn place(&self) -> Affine {
        Affine::translate((-self.page_box.x0, -self.page_box.y0))
    }

    /// How much was looked at.
    pub(super) fn effort(&self) -> usize {
        self.objects_met + self.glyphs_met + self.strokes_met
    }

    /// The page as what is set over pictures.
    pub(super) fn set_page(&self) -> SetPage<'_> {
        SetPage { glyphs: &self.glyphs, pictures: &self.frames, sheet: self.sheet }
    }

    fn picture(&mut self, id: &str, placed: Affine) -> Result<(), Full> {
        if self.pictures.len() >= MAX_PICTURES {
            return Err(Full);
        }
        let area = placed.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        let (from, to) = (corner(area.origin()), corner(Point::new(area.x1, area.y1)));
        if let Some(frame) = self.sheet.frame(from, to) {
            self.frames.push(frame);
            self.pictures.push((id.to_owned(), placed));
        }
        Ok(())
    }

    fn text(&mut self, text: &TextObject, place: Affine) -> Result<(), Full> {
        for glyph in &text.glyphs {
            if self.glyphs_met >= MAX_GLYPHS {
                return Err(Full);
            }
            self.glyphs_met += 1;
            let placed = place * glyph.place;
            let origin = placed * Point::ZERO;
            let size = self.sheet.length((placed * Point::new(0.0, 1.0) - origin).hypot() as f32);
            let corners = [(0.0, -ASCENT), (glyph.advance, 1.0 - ASCENT)];
            let [from, to] = corners.map(|(x, y)| corner(placed * Point::new(x, y)));
            let Some(frame) = self.sheet.frame(from, to) else { continue };
            let forward = place * glyph.forward.to_point() - place * Point::ZERO;
            let direction = match () {
                () if forward.x.abs() >= forward.y.abs() => Direction::Right,
                () if forward.y > 0.0 => Direction::Down,
                () => Direction::Up,
            };
            if !size.is_finite() || size <= 0.0 {
                continue;
            }
            let (text, run) = (glyph.character.to_string(), self.runs.wrapping_add(glyph.run));
            self.glyphs.push(PlacedGlyph {
                text,
                frame,
                size,
                direction,
                run,
                is_hidden: glyph.is_hidden,
            });
        }
        self.runs = self.runs.wrapping_add(text.runs);
        Ok(())
    }

    fn path(&mut self, path: &PathObject, place: Affine) {
        let place = place * path.place;
        for (from, to) in straight_lines(&path.path, path.ink.is_stroked()) {
            if self.strokes_met >= MAX_STROKES || self.rules.len() >= MAX_RULES {
                break;
            }
            self.strokes_met += 1;
            let frame = self.sheet.frame(corner(place * from), corner(place * to));
            self.rules.extend(frame.and_then(Rule::of));
        }
    }
}

fn corner(point: Point) -> (f32, f32) {
    (point.x as f32, point.y as f32)
}

impl PageTaker for PageSetting {
    fn take(
        &mut self,
        object: &PageObject,
        place: Affine,
        _: &mut PageSource<'_>,
    ) -> Result<(), Full> {
        self.objects_met += 1;
        if self.objects_met > MAX_OBJECTS {
            return Err(Full);
        }
        match &object.shape {
            ObjectShape::Text(text) => self.text(text, place),
            ObjectShape::Picture(id, own) => self.picture(id, place * *own),
            ObjectShape::Path(path) => {
                self.path(path, place);
                Ok(())
            }
            ObjectShape::Unit(..) => Ok(()),
        }
    }

    // What is left out of a part that is read to its end are paths: the text is whole.
    fn lacks(&mut self) -> Result<(), Full> {
        Ok(())
    }
}
