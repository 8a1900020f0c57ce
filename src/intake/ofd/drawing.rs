//! A page of an OFD file as a picture: its text in the fonts that the file brings, its paths and pictures.
//!
//! As of PDF files, fonts are not looked for on the machine: a character of a font that the file does not bring
//! is a grey box. Left out are gradients and patterns (a colour stands for them), clips, dashes, and what is laid
//! over the pages (stamps, annotations).

use std::collections::HashMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape};
use image::RgbImage;

use super::canvas::Canvas;
use super::content::MAX_UNITS;
use super::fonts::EmbeddedFont;
use super::objects::{Colour, DrawnObject, DrawnPath, DrawnText, ObjectReader, PartContent};
use super::picture::{MAX_PART, ResourceReader};
use super::setting::MAX_GLYPHS;
use super::structure::{DocumentStructure, PageEntry};
use super::{A4, MAX_DEPTH, MAX_SHARED, OfdPages};
use crate::intake::office::Package;
use crate::intake::reading::ReadingSettings;
use crate::intake::scans::PageRecogniser;
use crate::intake::xml::XmlVisitor;
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
    let pages = OfdPages::open(file, ReadingSettings::default(), PageRecogniser::default());
    pages.map_or(0, |pages| pages.documents.iter().map(|document| document.pages.len()).sum())
}

/// A page, counted from 1, with so many dots on its longer side (within limits).
///
/// # Errors
/// When it cannot be drawn.
pub(in crate::intake) fn drawn(file: File, page: u32, side: u32) -> Result<RgbImage, UndrawnPage> {
    let mut pages = OfdPages::open(file, ReadingSettings::default(), PageRecogniser::default())
        .map_err(|_| UndrawnPage::NoSuchPage)?;
    let entry = std::iter::from_fn(|| pages.next_entry()).find(|(_, _, number)| *number == page);
    let (document, entry, _) = entry.ok_or(UndrawnPage::NoSuchPage)?;
    let (content, _) = pages.read(&entry.path).ok_or(UndrawnPage::Failed)?;
    let paper = content.page_box.or(pages.documents[document].page_box).unwrap_or(A4);
    let OfdPages { package, documents, .. } = &mut pages;
    let mut drawing = PageDrawing::new(package, &documents[document], paper, side);
    let drawn = catch_unwind(AssertUnwindSafe(move || {
        drawing.page(&entry)?;
        if drawing.drawn == 0 && drawing.undecoded > 0 {
            return Err(PageFailure::NotDrawn);
        }
        drawing.canvas.finish().ok_or(PageFailure::NotDrawn)
    }));
    // A fault of a library costs this picture alone.
    drawn.unwrap_or(Err(PageFailure::NotDrawn)).map_err(|failure| match failure {
        PageFailure::TooLarge => UndrawnPage::TooMuch,
        _ => UndrawnPage::Failed,
    })
}

/// A page being drawn.
struct PageDrawing<'p> {
    package: &'p mut Package,
    structure: &'p DocumentStructure,
    canvas: Canvas,
    /// From the coordinates of the page to its corner.
    corner: Affine,
    pictures: Option<HashMap<String, String>>,
    font_paths: Option<HashMap<String, String>>,
    /// By their numbers; `None` for those that the file does not bring.
    fonts: HashMap<String, Option<EmbeddedFont>>,
    font_bytes: usize,
    points: usize,
    units: HashMap<String, Rc<Vec<DrawnObject>>>,
    objects: usize,
    glyphs: usize,
    units_met: usize,
    /// Things that are drawn, and pictures that cannot be decoded.
    drawn: usize,
    undecoded: usize,
}

impl<'p> PageDrawing<'p> {
    fn new(
        package: &'p mut Package,
        structure: &'p DocumentStructure,
        paper: Rect,
        side: u32,
    ) -> Self {
        Self {
            package,
            structure,
            canvas: Canvas::new((paper.width(), paper.height()), f64::from(side)),
            corner: Affine::translate((-paper.x0, -paper.y0)),
            pictures: None,
            font_paths: None,
            fonts: HashMap::new(),
            font_bytes: 0,
            points: 0,
            units: HashMap::new(),
            objects: 0,
            glyphs: 0,
            units_met: 0,
            drawn: 0,
            undecoded: 0,
        }
    }

    /// Draws the page between its templates.
    fn page(&mut self, entry: &PageEntry) -> Result<(), PageFailure> {
        let (objects, templates) = self.read(&entry.path)?;
        let template = |drawing: &mut Self, id: &str| {
            let Some(path) = drawing.structure.templates.get(id) else { return Ok(()) };
            let (objects, _) = drawing.read(path)?;
            drawing.draw(&objects, drawing.corner, 0)
        };
        for (id, _) in templates.iter().filter(|(_, is_over)| !is_over) {
            template(self, id)?;
        }
        self.draw(&objects, self.corner, 0)?;
        for (id, _) in templates.iter().filter(|(_, is_over)| *is_over) {
            template(self, id)?;
        }
        Ok(())
    }

    /// What a part draws, up to a fault.
    fn read(&mut self, path: &str) -> Result<PartContent, PageFailure> {
        let mut reader = ObjectReader::new();
        let _ = self.package.visit(path, &mut reader);
        if reader.is_full() { Err(PageFailure::TooLarge) } else { Ok(reader.finish()) }
    }

    fn draw(
        &mut self,
        objects: &[DrawnObject],
        place: Affine,
        depth: usize,
    ) -> Result<(), PageFailure> {
        for object in objects {
            self.objects += 1;
            if self.objects > MAX_OBJECTS {
                return Err(PageFailure::TooLarge);
            }
            match object {
                DrawnObject::Text(text) => self.text(text, place)?,
                DrawnObject::Path(path) => self.path(path, place)?,
                DrawnObject::Picture(id, own) => self.picture(id, place * *own)?,
                DrawnObject::Unit(id, own) => {
                    self.units_met += 1;
                    if self.units_met > MAX_UNITS {
                        return Err(PageFailure::TooLarge);
                    }
                    // A unit that shows itself is passed over there, as its text is.
                    if depth >= MAX_DEPTH {
                        continue;
                    }
                    let unit = self.unit(id)?;
                    self.draw(&unit, place * *own, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &DrawnPath, place: Affine) -> Result<(), PageFailure> {
        let place = place * path.place;
        if let Some(colour) = path.ink.fill {
            self.canvas.fill(&path.path, place, colour, path.is_even_odd)?;
        }
        if let Some(colour) = path.ink.stroke {
            self.canvas.stroke(&path.path, place, colour, path.ink.width)?;
        }
        self.drawn += 1;
        Ok(())
    }

    fn text(&mut self, text: &DrawnText, place: Affine) -> Result<(), PageFailure> {
        self.glyphs += text.glyphs.len();
        if self.glyphs > MAX_GLYPHS {
            return Err(PageFailure::TooLarge);
        }
        if text.ink.fill.is_none() && text.ink.stroke.is_none() {
            return Ok(());
        }
        for (at, glyph) in text.glyphs.iter().enumerate() {
            if glyph.is_hidden || glyph.character.is_whitespace() {
                continue;
            }
            let place = place * glyph.place;
            self.drawn += 1;
            let stated = text.stated.get(&at).copied();
            let Some(outline) = self.outline(&text.font, stated, glyph.character)? else {
                let shape = Rect::new(0.06, -0.78, glyph.advance.max(0.2) - 0.06, 0.06);
                if let Some(colour) = text.ink.fill.or(text.ink.stroke).map(pale) {
                    self.canvas.fill(&shape.to_path(0.1), place, colour, false)?;
                }
                continue;
            };
            if let Some(colour) = text.ink.fill {
                self.canvas.fill(&outline, place, colour, false)?;
            }
            if let Some(colour) = text.ink.stroke {
                // The em is the unit of outlines.
                let em = glyph.place.determinant().abs().sqrt();
                let width = text.ink.width / em.max(f64::EPSILON);
                self.canvas.stroke(&outline, place, colour, width)?;
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
    ) -> Result<Option<Rc<BezPath>>, PageFailure> {
        if !self.fonts.contains_key(font) {
            let is_room = self.fonts.len() < MAX_FONTS && self.font_bytes < MAX_FONT_BYTES;
            let found = if is_room { self.font(font) } else { None };
            self.fonts.insert(font.to_owned(), found);
        }
        let Some(Some(font)) = self.fonts.get_mut(font) else { return Ok(None) };
        let Some(glyph) = stated.or_else(|| font.glyph_of(character)) else { return Ok(None) };
        self.points += font.points_to_draw(glyph);
        if self.points > MAX_POINTS {
            return Err(PageFailure::TooLarge);
        }
        Ok(font.outline(glyph))
    }

    fn font(&mut self, id: &str) -> Option<EmbeddedFont> {
        let (package, structure) = (&mut *self.package, self.structure);
        let paths = self
            .font_paths
            .get_or_insert_with(|| paths(package, structure, ResourceReader::of_fonts));
        let bytes = self.package.bytes(paths.get(id)?, MAX_PART).ok()?;
        self.font_bytes += bytes.len();
        EmbeddedFont::new(bytes)
    }

    fn picture(&mut self, id: &str, place: Affine) -> Result<(), PageFailure> {
        let (package, structure) = (&mut *self.package, self.structure);
        let paths = self
            .pictures
            .get_or_insert_with(|| paths(package, structure, ResourceReader::of_pictures));
        let bytes = paths.get(id).and_then(|path| self.package.bytes(path, MAX_PART).ok());
        let laid = bytes.ok_or(PageFailure::NotDrawn);
        match laid.and_then(|bytes| self.canvas.picture(bytes, place)) {
            Ok(()) => self.drawn += 1,
            Err(PageFailure::TooLarge) => return Err(PageFailure::TooLarge),
            Err(_) => {
                self.undecoded += 1;
                let square = Rect::new(0.0, 0.0, 1.0, 1.0).to_path(0.1);
                self.canvas.fill(&square, place, pale([0, 0, 0, 255]), false)?;
            }
        }
        Ok(())
    }

    /// The objects of a composite unit; none of one that is not there.
    fn unit(&mut self, id: &str) -> Result<Rc<Vec<DrawnObject>>, PageFailure> {
        if let Some(known) = self.units.get(id) {
            return Ok(Rc::clone(known));
        }
        if self.units.len() >= MAX_SHARED {
            return Err(PageFailure::TooLarge);
        }
        let mut objects = Vec::new();
        for list in &self.structure.resources {
            let mut reader = ObjectReader::of_unit(id);
            // What stands before a fault is drawn.
            let _ = self.package.visit(list, &mut reader);
            objects = reader.finish().0;
            if !objects.is_empty() {
                break;
            }
        }
        let objects = Rc::new(objects);
        self.units.insert(id.to_owned(), Rc::clone(&objects));
        Ok(objects)
    }
}

/// The paths of pictures or fonts in the lists of a document, by their numbers.
pub(super) fn paths(
    package: &mut Package,
    structure: &DocumentStructure,
    reader: fn(&str) -> ResourceReader,
) -> HashMap<String, String> {
    let mut paths = HashMap::new();
    for list in &structure.resources {
        let mut reader = reader(list);
        // What stands before a fault is found.
        let _ = package.visit(list, &mut reader);
        paths.extend(reader.paths);
    }
    paths
}

fn pale([red, green, blue, alpha]: Colour) -> Colour {
    [red, green, blue, (u16::from(alpha) * BOX_OPACITY / 255) as u8]
}
