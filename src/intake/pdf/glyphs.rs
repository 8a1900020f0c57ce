//! Notes the glyphs that a page sets.

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use super::UNKNOWN;
use super::rules::rules;
use super::unicode::Encodings;
use crate::intake::layout::{Direction, Frame, PlacedGlyph, Rule, Sheet};

/// A glyph with the code that its font has for it.
#[derive(Debug, Clone)]
pub(super) struct CodedGlyph {
    pub(super) placed: PlacedGlyph,
    pub(super) code: u32,
    /// Which font it is set in; 0 for fonts without a name.
    pub(super) font: u128,
}

/// Glyphs of a page, things that it draws, and clips and groups, at most: forms bring the latter with
/// them, and a form can show others that show others.
const MAX_GLYPHS: usize = 200_000;
const MAX_DRAWN: usize = 2_000_000;
const MAX_GROUPS: usize = 50_000;
const MAX_RULES: usize = 20_000;

/// Curves of drawings on a page without text: a letter has some twenty, and a line of them is more.
const MAX_CURVES: usize = 300;

/// Glyphs are set in units of a thousandth of their size.
const EM: f64 = 1000.0;

/// The part of the em above the line that glyphs stand on.
const ASCENT: f64 = 880.0;

/// Takes what a page sets and draws nothing.
pub(super) struct GlyphCollector<'e> {
    encodings: &'e Encodings<'e>,
    pub(super) glyphs: Vec<CodedGlyph>,
    /// The page, once it is known to be one.
    pub(super) sheet: Option<Sheet>,
    /// Whether it shows pictures, or letters that are drawn as outlines.
    pub(super) has_picture: bool,
    /// Curves of paths.
    curves: usize,
    pub(super) rules: Vec<Rule>,
    pub(super) pictures: Vec<Frame>,
    runs: u32,
    drawn: usize,
    groups: usize,
}

impl<'e> GlyphCollector<'e> {
    pub(super) fn new(encodings: &'e Encodings<'e>) -> Self {
        Self {
            encodings,
            glyphs: Vec::new(),
            sheet: None,
            has_picture: false,
            curves: 0,
            rules: Vec::new(),
            pictures: Vec::new(),
            runs: 0,
            drawn: 0,
            groups: 0,
        }
    }

    pub(super) fn begin(&mut self, sheet: Sheet) {
        self.sheet = Some(sheet);
    }

    /// Counts something that a page does. Unwinds out of the library where there is too much of it.
    fn count(&mut self) {
        self.drawn += 1;
        if self.drawn > MAX_DRAWN || self.groups > MAX_GROUPS || self.glyphs.len() > MAX_GLYPHS {
            resume_unwind(Box::new("more than a page can have"));
        }
    }

    /// The text of a glyph, the key of its font, and its advance in thousandths of its size.
    fn read(&self, glyph: &Glyph<'_>) -> (String, u128, Option<f32>) {
        let said = glyph.as_unicode().map(|text| match text {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        let said = said.filter(|text| !text.is_empty() && text.chars().all(is_character));
        match glyph {
            Glyph::Outline(outline) => {
                let data = outline.font_data();
                let font = data.as_ref().map_or(0, |data| data.cache_key);
                let text = said.or_else(|| {
                    let data = data.as_ref()?;
                    self.encodings.character(data, outline.glyph_id().to_u32(), glyph.char_code())
                });
                (text.unwrap_or_else(|| UNKNOWN.to_owned()), font, outline.advance_width())
            }
            Glyph::Type3(drawn) => {
                (said.unwrap_or_else(|| UNKNOWN.to_owned()), 0, drawn.advance_width())
            }
        }
    }
}

/// Whether a character is one that is printed: not one of the private use or a control.
fn is_character(c: char) -> bool {
    let is_private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    !c.is_control() && !is_private && c != '\u{fffd}'
}

impl<'a> Device<'a> for GlyphCollector<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(sheet) = self.sheet else { return };
        self.runs += 1;
        let glyphs = run.glyphs();
        let places: Vec<Affine> =
            glyphs.iter().map(|glyph| props.transform * glyph.transform()).collect();
        for (index, glyph) in glyphs.iter().enumerate() {
            self.count();
            let place = places[index];
            let (text, font, advance) = self.read(glyph);
            let origin = place * Point::ZERO;
            let up = place * Point::new(0.0, EM) - origin;
            let along = place * Point::new(EM, 0.0) - origin;
            let is_vertical = run.writing_mode() == WritingMode::Vertical;
            let forward = if is_vertical { -up } else { along };
            let direction = match () {
                () if forward.x.abs() >= forward.y.abs() => Direction::Right,
                () if forward.y > 0.0 => Direction::Down,
                () => Direction::Up,
            };
            let size = up.hypot();
            // Where the next glyph stands tells the width of this one better than a font that is
            // not there.
            let next = places.get(index + 1).map(|next| (*next * Point::ZERO - origin).hypot());
            let scale = along.hypot().max(f64::MIN_POSITIVE);
            let advance = match next.map(|next| next / scale * EM) {
                _ if is_vertical => EM,
                Some(next) if (50.0..=1.2 * EM).contains(&next) => next,
                _ => advance.map_or(EM / 2.0, f64::from).clamp(EM / 10.0, 2.0 * EM),
            };
            let corners = [(0.0, ASCENT - EM), (advance, ASCENT)].map(|(x, y)| {
                let corner = place * Point::new(x, y);
                (corner.x as f32, corner.y as f32)
            });
            let Some(frame) = sheet.frame(corners[0], corners[1]) else { continue };
            let size = sheet.length(size as f32);
            if size.is_finite() && size > 0.0 {
                self.count();
                let run = self.runs;
                let is_hidden = matches!(mode, DrawMode::Invisible);
                self.glyphs.push(CodedGlyph {
                    placed: PlacedGlyph { text, frame, size, direction, run, is_hidden },
                    code: glyph.char_code(),
                    font,
                });
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.has_picture = true;
        self.count();
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        let corner = |x: f64, y: f64| (x as f32, y as f32);
        if let Some(sheet) = self.sheet.filter(|_| self.pictures.len() < MAX_RULES) {
            self.pictures.extend(sheet.frame(corner(area.x0, area.y0), corner(area.x1, area.y1)));
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        let is_curve =
            |element: &PathEl| matches!(element, PathEl::CurveTo(..) | PathEl::QuadTo(..));
        self.curves += path.elements().iter().filter(|element| is_curve(element)).count();
        self.has_picture |= self.curves > MAX_CURVES;
        if let Some(sheet) = self.sheet.filter(|_| self.rules.len() < MAX_RULES) {
            self.rules.extend(rules(path, props.transform, mode, &sheet));
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.groups += 1;
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.groups += 1;
        self.count();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
