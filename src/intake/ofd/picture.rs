//! Pages of an OFD file that are pictures, for recognition and for what is compared with them; and the lists of
//! resources that pictures and fonts are found by.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::kurbo::Affine;
use image::DynamicImage;
use quick_xml::events::BytesStart;

use super::canvas::Canvas;
use crate::intake::office::{Package, joined};
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute};
use crate::recognise::{PageFailure, Raster};

/// A picture on a page.
#[derive(Debug, Clone)]
pub(super) struct PlacedPicture {
    /// Path of its part.
    pub(super) path: Option<String>,
    /// The place of its square of one millimetre, from the corner of the page.
    pub(super) place: Affine,
}

/// A page of so many millimetres that shows pictures, the lowest first.
#[derive(Debug, Clone)]
pub(super) struct PicturePage {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) pictures: Vec<PlacedPicture>,
}

/// Dots per inch of what is to be recognised, and millimetres of an inch.
const DENSITY: f64 = 300.0;
const INCH: f64 = 25.4;

/// Bytes of the part of a picture or a font.
pub(super) const MAX_PART: u64 = 64 << 20;

impl PicturePage {
    /// In grey, with [`DENSITY`] dots per inch if it is not too large for that.
    pub(super) fn raster(&self, package: &mut Package) -> Result<Raster, PageFailure> {
        self.grey(package, self.width.max(self.height) / INCH * DENSITY)
    }

    /// The pictures alone in grey, with so many dots on the longer side.
    pub(super) fn grey(&self, package: &mut Package, side: f64) -> Result<Raster, PageFailure> {
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let mut canvas = Canvas::new((self.width, self.height), side);
            for PlacedPicture { path, place } in &self.pictures {
                let path = path.as_ref().ok_or(PageFailure::NotDrawn)?;
                let bytes = package.bytes(path, MAX_PART).map_err(|_| PageFailure::NotDrawn)?;
                canvas.picture(bytes, *place)?;
            }
            canvas.finish().ok_or(PageFailure::NotDrawn)
        }));
        let drawn = DynamicImage::ImageRgb8(drawn.unwrap_or(Err(PageFailure::NotDrawn))?);
        let longer = drawn.width().max(drawn.height());
        let density = f64::from(longer) / self.width.max(self.height) * INCH;
        let (width, height) = (drawn.width(), drawn.height());
        let dots = drawn.to_luma8().into_raw();
        Raster::new(width, height, dots, Some(density as u32)).ok_or(PageFailure::NotDrawn)
    }
}

/// Entries of a list of resources that are noted.
const MAX_ENTRIES: usize = 60_000;

/// Reads the paths of pictures or of fonts, by their numbers, from a list of resources.
pub(super) struct ResourceReader {
    folder: String,
    /// The element of an entry, and the one in it that has the path.
    names: (&'static str, &'static str),
    /// The entry that is open, and its path so far.
    open: Option<String>,
    path: Option<String>,
    pub(super) paths: HashMap<String, String>,
}

impl ResourceReader {
    /// Of the pictures of the list at this path.
    pub(super) fn of_pictures(path: &str) -> Self {
        Self::of(path, ("MultiMedia", "MediaFile"))
    }

    /// Of its fonts.
    pub(super) fn of_fonts(path: &str) -> Self {
        Self::of(path, ("Font", "FontFile"))
    }

    fn of(path: &str, names: (&'static str, &'static str)) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        Self { folder, names, open: None, path: None, paths: HashMap::new() }
    }
}

impl XmlVisitor for ResourceReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let (entry, path) = self.names;
        match tag.local_name().as_ref() {
            "Res" => {
                let below = attribute(tag, "BaseLoc").unwrap_or_default().replace('\\', "/");
                self.folder = joined(&self.folder, below.trim());
            }
            name if name == entry => self.open = attribute(tag, "ID"),
            name if name == path => self.path = Some(String::new()),
            _ => {}
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        if name == self.names.1
            && let Some((id, path)) = self.open.take().zip(self.path.take())
        {
            self.paths.insert(id, joined(&self.folder, path.trim()));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(path) = &mut self.path {
            path.push_str(text);
        }
    }

    fn is_full(&self) -> bool {
        self.paths.len() >= MAX_ENTRIES
    }
}
