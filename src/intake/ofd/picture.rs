//! Pages of an OFD file that are pictures, drawn. Type, paths, and pictures that are turned or skewed are not.

use std::collections::HashMap;

use hayro_interpret::kurbo::Rect;
use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgb, RgbImage};
use quick_xml::events::BytesStart;

use crate::intake::office::{Package, joined};
use crate::intake::picture_file::decoded_picture;
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute};
use crate::recognise::{PageFailure, Raster};

/// A picture on a page.
#[derive(Debug, Clone)]
pub(super) struct PlacedPicture {
    /// Path of its part.
    pub(super) path: Option<String>,
    /// Where it stands, in millimetres from the corner of the page; `None` of one that is turned or skewed.
    pub(super) upright: Option<Rect>,
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

/// Dots of the longer side of a page, at least and at most.
const MIN_SIDE: f64 = 16.0;
const MAX_SIDE: f64 = 8_000.0;

/// Bytes of the part of a picture, and dots that all pictures of a page have, as they are and as they are laid
/// on it.
const MAX_PART: u64 = 64 << 20;
const MAX_DOTS: u64 = 320_000_000;

impl PicturePage {
    /// In grey, with [`DENSITY`] dots per inch if it is not too large for that.
    pub(super) fn raster(&self, package: &mut Package) -> Result<Raster, PageFailure> {
        self.grey(package, self.width.max(self.height) / INCH * DENSITY)
    }

    /// In grey, with so many dots on its longer side.
    pub(super) fn grey(&self, package: &mut Package, side: f64) -> Result<Raster, PageFailure> {
        let drawn = DynamicImage::ImageRgb8(self.drawn(package, side)?);
        let longer = drawn.width().max(drawn.height());
        let density = f64::from(longer) / self.width.max(self.height) * INCH;
        let (width, height) = (drawn.width(), drawn.height());
        let dots = drawn.to_luma8().into_raw();
        Raster::new(width, height, dots, Some(density as u32)).ok_or(PageFailure::NotDrawn)
    }

    /// With so many dots on its longer side.
    pub(super) fn drawn(&self, package: &mut Package, side: f64) -> Result<RgbImage, PageFailure> {
        let scale = side.clamp(MIN_SIDE, MAX_SIDE) / self.width.max(self.height);
        let dots = |length: f64| (length * scale).round().max(1.0);
        let (width, height) = (dots(self.width) as u32, dots(self.height) as u32);
        let mut page = RgbImage::from_pixel(width, height, Rgb([255; 3]));
        let mut left = MAX_DOTS;
        let mut take = |width: u32, height: u32| {
            left = left.checked_sub(u64::from(width) * u64::from(height))?;
            Some(())
        };
        for PlacedPicture { path, upright } in &self.pictures {
            let (path, place) = path.as_ref().zip(*upright).ok_or(PageFailure::NotDrawn)?;
            let (wide, high) = (dots(place.width()) as u32, dots(place.height()) as u32);
            take(wide, high).ok_or(PageFailure::TooLarge)?;
            let bytes = package.bytes(path, MAX_PART).map_err(|_| PageFailure::NotDrawn)?;
            let picture = decoded_picture(bytes)?;
            take(picture.width(), picture.height()).ok_or(PageFailure::TooLarge)?;
            // Of a picture in black and white the strokes stay visible, since dots are averaged.
            let picture = picture.resize_exact(wide, high, FilterType::Triangle);
            let at = |place: f64| (place * scale).round() as i64;
            let (x, y) = (at(place.x0), at(place.y0));
            lay(&mut page, &picture, x, y);
        }
        Ok(page)
    }
}

/// Lays a picture over the page, which stays visible where it is transparent.
fn lay(page: &mut RgbImage, picture: &DynamicImage, x: i64, y: i64) {
    if !picture.color().has_alpha() {
        imageops::replace(page, &picture.to_rgb8(), x, y);
        return;
    }
    for (column, row, dot) in picture.to_rgba8().enumerate_pixels() {
        let at =
            u32::try_from(x + i64::from(column)).ok().zip(u32::try_from(y + i64::from(row)).ok());
        let Some(below) = at.and_then(|(x, y)| page.get_pixel_mut_checked(x, y)) else { continue };
        let [red, green, blue, alpha] = dot.0;
        let over = |own: u8, below: u8| {
            let alpha = u32::from(alpha);
            ((u32::from(own) * alpha + u32::from(below) * (255 - alpha)) / 255) as u8
        };
        below.0 = [over(red, below.0[0]), over(green, below.0[1]), over(blue, below.0[2])];
    }
}

/// Pictures that a list of resources names.
const MAX_MEDIA: usize = 60_000;

/// Reads the paths of pictures, by their numbers, from a list of resources.
pub(super) struct MediaReader {
    folder: String,
    /// The picture that is open, and its path so far.
    open: Option<String>,
    path: Option<String>,
    pub(super) paths: HashMap<String, String>,
}

impl MediaReader {
    /// For the list at this path.
    pub(super) fn of(path: &str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        Self { folder, open: None, path: None, paths: HashMap::new() }
    }
}

impl XmlVisitor for MediaReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        match tag.local_name().as_ref() {
            "Res" => {
                let below = attribute(tag, "BaseLoc").unwrap_or_default().replace('\\', "/");
                self.folder = joined(&self.folder, below.trim());
            }
            "MultiMedia" => self.open = attribute(tag, "ID"),
            "MediaFile" => self.path = Some(String::new()),
            _ => {}
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        if name == "MediaFile"
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
        self.paths.len() >= MAX_MEDIA
    }
}
