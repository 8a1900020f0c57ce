//! A page of an OFD file as a picture: its text in the fonts that the file brings, its paths and pictures.
//!
//! As of PDF files, fonts are not looked for on the machine: a character of a font that the file does not bring
//! is a grey box. Left out are gradients and patterns (a colour stands for them), clips that are made of text, the
//! opacity of pictures and units, and what is laid over the pages (stamps, annotations).

use std::collections::HashMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape, Stroke};
use image::RgbImage;

use super::canvas::Canvas;
use super::content::{Full, ObjectShape, PageObject, PathObject, TextObject};
use super::fonts::EmbeddedFont;
use super::ink::{Colour, DrawParams};
use super::parts::{OfdParts, PageSource, PageTaker};
use super::picture::{MAX_PART, ResourceReader};
use super::setting::MAX_GLYPHS;
use crate::recognise::PageFailure;

/// Why a page has no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake) enum UndrawnPage {
    /// The file cannot be opened, or has no page of this number.
    NoSuchPage,
    /// It asks for too much.
    TooMuch,
    /// Nothing of it can be read, or it is pictures that cannot be decoded.
    Failed,
}

/// Objects that are drawn on a page, and fonts that are held.
const MAX_OBJECTS: usize = 400_000;
const MAX_FONTS: usize = 64;
const MAX_FONT_BYTES: usize = 64 << 20;

/// Points of all outlines that are made for a page, each once.
const MAX_POINTS: usize = 4_000_000;

/// How much of the colour of a character is left in the box that stands for it.
const BOX_OPACITY: u16 = 70;

/// How many pages a file has.
pub(in crate::intake) fn pages_in(file: File) -> usize {
    OfdParts::open(file)
        .map_or(0, |parts| parts.documents.iter().map(|document| document.pages.len()).sum())
}

/// A page, counted from 1, with so many dots on its longer side (within limits).
///
/// # Errors
/// When it cannot be drawn.
pub(in crate::intake) fn drawn(file: File, page: u32, side: u32) -> Result<RgbImage, UndrawnPage> {
    let mut parts = OfdParts::open(file).map_err(|_| UndrawnPage::NoSuchPage)?;
    let documents = parts.documents.iter().enumerate();
    let mut entries =
        documents.flat_map(|(at, document)| document.pages.iter().map(move |page| (at, page)));
    let at = page.checked_sub(1).ok_or(UndrawnPage::NoSuchPage)? as usize;
    let (document, entry) = entries.nth(at).ok_or(UndrawnPage::NoSuchPage)?;
    let entry = entry.clone();
    let page = parts.page(document, &entry).ok_or(UndrawnPage::Failed)?;
    let drawn = catch_unwind(AssertUnwindSafe(move || {
        let paper = parts.paper(&page);
        let mut drawing = PageDrawing::new(paper, side);
        let (_, shown) = parts.show(&page, Affine::translate((-paper.x0, -paper.y0)), &mut drawing);
        shown.map_err(|Full| UndrawnPage::TooMuch)?;
        if drawing.drawn == 0 && drawing.undecoded > 0 {
            return Err(UndrawnPage::Failed);
        }
        drawing.canvas.finish().ok_or(UndrawnPage::Failed)
    }));
    // A fault of a library costs this picture alone.
    drawn.unwrap_or(Err(UndrawnPage::Failed))
}

/// A page being drawn.
struct PageDrawing {
    canvas: Canvas,
    params: Option<DrawParams>,
    pictures: Option<HashMap<String, String>>,
    font_paths: Option<HashMap<String, String>>,
    /// By their numbers; `None` for those that the file does not bring.
    fonts: HashMap<String, Option<EmbeddedFont>>,
    font_bytes: usize,
    points: usize,
    objects: usize,
    glyphs: usize,
    /// Things that are drawn, and pictures that cannot be decoded.
    drawn: usize,
    undecoded: usize,
}

impl PageTaker for PageDrawing {
    fn take(
        &mut self,
        object: &PageObject,
        place: Affine,
        source: &mut PageSource<'_>,
    ) -> Result<(), Full> {
        self.objects += 1;
        if self.objects > MAX_OBJECTS {
            return Err(Full);
        }
        self.begin_unit(&object.clips, place)?;
        match &object.shape {
            ObjectShape::Text(text) => self.text(text, place, source)?,
            ObjectShape::Path(path) => self.path(path, place, source)?,
            ObjectShape::Picture(id, own) => self.picture(id, place * *own, source)?,
            ObjectShape::Unit(..) => {}
        }
        self.end_unit(&object.clips);
        Ok(())
    }

    fn begin_unit(&mut self, clips: &[BezPath], place: Affine) -> Result<(), Full> {
        clips.iter().try_for_each(|clip| self.canvas.clip(clip, place))
    }

    fn end_unit(&mut self, clips: &[BezPath]) {
        self.canvas.unclip(clips.len());
    }

    // Half a drawing is none.
    fn lacks(&mut self) -> Result<(), Full> {
        Err(Full)
    }
}

impl PageDrawing {
    fn new(paper: Rect, side: u32) -> Self {
        Self {
            canvas: Canvas::new((paper.width(), paper.height()), f64::from(side)),
            params: None,
            pictures: None,
            font_paths: None,
            fonts: HashMap::new(),
            font_bytes: 0,
            points: 0,
            objects: 0,
            glyphs: 0,
            drawn: 0,
            undecoded: 0,
        }
    }

    fn path(
        &mut self,
        path: &PathObject,
        place: Affine,
        source: &mut PageSource<'_>,
    ) -> Result<(), Full> {
        let ink = path.ink.with(self.params.get_or_insert_with(|| source.params()));
        let place = place * path.place;
        if let Some(colour) = ink.fill {
            self.canvas.fill(&path.path, place, colour, path.is_even_odd)?;
        }
        if let Some(colour) = ink.stroke {
            self.canvas.stroke(&path.path, place, colour, &ink.pen)?;
        }
        self.drawn += 1;
        Ok(())
    }

    fn text(
        &mut self,
        text: &TextObject,
        place: Affine,
        source: &mut PageSource<'_>,
    ) -> Result<(), Full> {
        self.glyphs += text.glyphs.len();
        if self.glyphs > MAX_GLYPHS {
            return Err(Full);
        }
        let ink = text.ink.with(self.params.get_or_insert_with(|| source.params()));
        if ink.fill.is_none() && ink.stroke.is_none() {
            return Ok(());
        }
        for (at, glyph) in text.glyphs.iter().enumerate() {
            if glyph.is_hidden || glyph.character.is_whitespace() {
                continue;
            }
            let place = place * glyph.place;
            self.drawn += 1;
            let stated = text.stated.get(&at).copied();
            let Some(outline) = self.outline(&text.font, stated, glyph.character, source)? else {
                let shape = Rect::new(0.06, -0.78, glyph.advance.max(0.2) - 0.06, 0.06);
                if let Some(colour) = ink.fill.or(ink.stroke).map(pale) {
                    self.canvas.fill(&shape.to_path(0.1), place, colour, false)?;
                }
                continue;
            };
            if let Some(colour) = ink.fill {
                self.canvas.fill(&outline, place, colour, false)?;
            }
            if let Some(colour) = ink.stroke {
                // The em is the unit of outlines.
                let em = glyph.place.determinant().abs().sqrt();
                let pen = scaled(&ink.pen, 1.0 / em.max(f64::EPSILON));
                self.canvas.stroke(&outline, place, colour, &pen)?;
            }
        }
        Ok(())
    }

    /// The outline of a glyph that the file states, or of a character; `None` if the file does not bring it.
    fn outline(
        &mut self,
        font: &str,
        stated: Option<u32>,
        character: char,
        source: &mut PageSource<'_>,
    ) -> Result<Option<Rc<BezPath>>, Full> {
        if !self.fonts.contains_key(font) {
            let is_room = self.fonts.len() < MAX_FONTS && self.font_bytes < MAX_FONT_BYTES;
            let found = if is_room { self.font(font, source) } else { None };
            self.fonts.insert(font.to_owned(), found);
        }
        let Some(Some(font)) = self.fonts.get_mut(font) else { return Ok(None) };
        let Some(glyph) = stated.or_else(|| font.glyph_of(character)) else { return Ok(None) };
        self.points += font.points_to_draw(glyph);
        if self.points > MAX_POINTS {
            return Err(Full);
        }
        Ok(font.outline(glyph))
    }

    fn font(&mut self, id: &str, source: &mut PageSource<'_>) -> Option<EmbeddedFont> {
        let paths = self.font_paths.get_or_insert_with(|| source.paths(ResourceReader::of_fonts));
        let bytes = source.package.bytes(paths.get(id)?, MAX_PART).ok()?;
        self.font_bytes += bytes.len();
        EmbeddedFont::new(bytes)
    }

    fn picture(
        &mut self,
        id: &str,
        place: Affine,
        source: &mut PageSource<'_>,
    ) -> Result<(), Full> {
        let paths = self.pictures.get_or_insert_with(|| source.paths(ResourceReader::of_pictures));
        let bytes = paths.get(id).and_then(|path| source.package.bytes(path, MAX_PART).ok());
        let laid = bytes.ok_or(PageFailure::NotDrawn);
        match laid.and_then(|bytes| self.canvas.picture(bytes, place)) {
            Ok(()) => self.drawn += 1,
            Err(PageFailure::TooLarge) => return Err(Full),
            Err(_) => {
                self.undecoded += 1;
                let square = Rect::new(0.0, 0.0, 1.0, 1.0).to_path(0.1);
                self.canvas.fill(&square, place, pale([0, 0, 0, 255]), false)?;
            }
        }
        Ok(())
    }
}

/// A pen in other units.
fn scaled(pen: &Stroke, by: f64) -> Stroke {
    let dashes = pen.dash_pattern.iter().map(|length| length * by);
    Stroke { width: pen.width * by, ..pen.clone() }.with_dashes(pen.dash_offset * by, dashes)
}

fn pale([red, green, blue, alpha]: Colour) -> Colour {
    [red, green, blue, (u16::from(alpha) * BOX_OPACITY / 255) as u8]
}
