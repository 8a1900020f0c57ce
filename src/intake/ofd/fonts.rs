//! The fonts that a file brings: the outlines of their glyphs.
//!
//! Glyphs of TrueType are drawn. Those of CFF are programs, of which the library does not tell how long they
//! run; a font of these counts as one that the file does not bring.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_interpret::kurbo::BezPath;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// Points of a glyph with those of the glyphs that it is made of, and glyphs within each other: the time that
/// an outline takes doubles with each of these.
pub(super) const MAX_POINTS: usize = 20_000;
const MAX_NESTED: usize = 8;

/// A font of a file.
pub(super) struct EmbeddedFont {
    program: Vec<u8>,
    outlines: HashMap<u32, Option<Rc<BezPath>>>,
}

impl EmbeddedFont {
    /// A font program, if its outlines can be drawn.
    pub(super) fn new(program: Vec<u8>) -> Option<Self> {
        let font = Self { program, outlines: HashMap::new() };
        let has_outlines = font.font().is_some_and(|font| font.glyf().is_ok());
        has_outlines.then_some(font)
    }

    /// The font, or the first of a collection.
    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.program, 0).ok()
    }

    /// The glyph of a character.
    pub(super) fn glyph_of(&self, character: char) -> Option<u32> {
        self.font()?.charmap().map(character).map(GlyphId::to_u32)
    }

    /// The points of a glyph whose outline has yet to be made, and one more: what looking at it takes.
    pub(super) fn points_to_draw(&self, glyph: u32) -> usize {
        if self.outlines.contains_key(&glyph) {
            return 0;
        }
        let points = self.font().and_then(|font| points(&font, GlyphId::new(glyph), 0));
        points.unwrap_or(MAX_POINTS) + 1
    }

    /// The outline of a glyph in ems, from the line that it stands on, with what is below at more; `None` if
    /// the font has none.
    pub(super) fn outline(&mut self, glyph: u32) -> Option<Rc<BezPath>> {
        if let Some(known) = self.outlines.get(&glyph) {
            return known.clone();
        }
        let outline = self.font().and_then(|font| drawn(&font, GlyphId::new(glyph))).map(Rc::new);
        self.outlines.insert(glyph, outline.clone());
        outline
    }
}

fn drawn(font: &FontRef<'_>, glyph: GlyphId) -> Option<BezPath> {
    if points(font, glyph, 0)? > MAX_POINTS {
        return None;
    }
    let em = f64::from(font.head().ok()?.units_per_em().max(16));
    let mut pen = EmPen { path: BezPath::new(), em };
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(glyph)?.draw(settings, &mut pen).ok()?;
    Some(pen.path)
}

/// The points of a glyph and of those that it is made of, counted until there are too many.
fn points(font: &FontRef<'_>, glyph: GlyphId, depth: usize) -> Option<usize> {
    let (places, glyphs) = (font.loca(None).ok()?, font.glyf().ok()?);
    match places.get_glyf(glyph, &glyphs).ok()? {
        None => Some(0),
        Some(Glyph::Simple(simple)) => Some(simple.num_points()),
        Some(Glyph::Composite(composite)) => {
            let mut sum = 0;
            for part in composite.components() {
                if depth >= MAX_NESTED || sum > MAX_POINTS {
                    return None;
                }
                // A part without points takes time as well.
                sum += 1 + points(font, part.glyph, depth + 1)?;
            }
            Some(sum)
        }
    }
}

/// Takes an outline in the units of a font.
struct EmPen {
    path: BezPath,
    em: f64,
}

impl EmPen {
    fn at(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) / self.em, -f64::from(y) / self.em)
    }
}

impl OutlinePen for EmPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx0, cy0), self.at(x, y));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
