//! A page of a PDF file as a picture.
//!
//! `hayro` draws what `hayro-interpret` reads. It cannot be stopped, so `effort` weighs what a page
//! asks for before it is drawn, and a page that asks for too much has no picture. A fault of the
//! library costs the picture of this page alone. Fonts that a file names and does not bring are not
//! looked for on the machine: their letters are drawn in a font of the library, their Chinese
//! characters not at all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::hayro_syntax::page::Page;

use super::effort::is_too_much;
use super::{limits, opened, opened_within_limits};
use crate::model::FileWarning;

/// The pages of a PDF file as pictures.
pub(in crate::intake) struct PdfPictures {
    data: Arc<Vec<u8>>,
    count: u32,
}

/// A picture of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::intake) struct PagePicture {
    /// Pixels in a row.
    pub(in crate::intake) width: u32,
    /// Rows.
    pub(in crate::intake) height: u32,
    /// Red, green and blue of each pixel, row by row from the top: three times `width` × `height` bytes.
    pub(in crate::intake) rgb: Vec<u8>,
}

/// Why a page has no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake) enum NoPicture {
    /// The file has no page of this number, or the page no extent.
    NoSuchPage,
    /// Drawing it would take too long, or too much memory.
    TooMuch,
    /// The library failed on it.
    Failed,
}

/// Pixels of the longer side of a picture, at least and at most: a broadsheet page at 300 dots per
/// inch has 6,700.
const MIN_SIDE: u32 = 16;
pub(in crate::intake) const MAX_SIDE: u32 = 8_000;

impl PdfPictures {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is encrypted, damaged, or unpacks to more than is read.
    pub(in crate::intake) fn open(bytes: Vec<u8>) -> Result<Self, FileWarning> {
        let (data, pdf) = opened_within_limits(bytes)?;
        let count = pdf.pages().len() as u32;
        Ok(Self { data, count })
    }

    /// How many pages it has.
    pub(in crate::intake) fn count(&self) -> u32 {
        self.count
    }

    /// The page of this number, counted from 1, with so many pixels on its longer side (within limits).
    /// It stands as it is shown: turned, and cut to its crop box.
    ///
    /// # Errors
    /// When there is no such page, or it cannot be drawn.
    pub(in crate::intake) fn picture(
        &self,
        page: u32,
        longer_side: u32,
    ) -> Result<PagePicture, NoPicture> {
        if page == 0 || page > self.count() {
            return Err(NoPicture::NoSuchPage);
        }
        let index = page as usize - 1;
        let side = longer_side.clamp(MIN_SIDE, MAX_SIDE);
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let pdf = opened(&self.data).map_err(|_| NoPicture::Failed)?;
            let page = pdf.pages().get(index).ok_or(NoPicture::NoSuchPage)?;
            drawn(page, side as f32)
        }));
        drawn.unwrap_or(Err(NoPicture::Failed))
    }
}

/// Draws a page.
pub(super) fn drawn(page: &Page<'_>, side: f32) -> Result<PagePicture, NoPicture> {
    let (width, height) = page.render_dimensions();
    let is_extent = |length: f32| length.is_finite() && length > 0.0;
    if !is_extent(width) || !is_extent(height) {
        return Err(NoPicture::NoSuchPage);
    }
    let scale = side / width.max(height);
    // What is narrower than a pixel is a pixel wide.
    let scale_of = |length: f32| (length * scale).round().max(1.0) / length;
    let (x_scale, y_scale) = (scale_of(width), scale_of(height));
    let settings = InterpreterSettings::default();
    if limits::is_exceeded_by_page(page) {
        return Err(NoPicture::TooMuch);
    }
    match is_too_much(page, f64::from(scale), &settings) {
        Some(false) => {}
        Some(true) => return Err(NoPicture::TooMuch),
        None => return Err(NoPicture::Failed),
    }
    // Half a pixel more, since the library drops what is behind the point.
    let more = |scale: f32, length: f32| scale + 0.5 / length;
    let pixmap_settings = PixmapSettings {
        x_scale: more(x_scale, width),
        y_scale: more(y_scale, height),
        bg_color: WHITE,
    };
    let (cache, how) = (RenderCache::new(), RenderSettings::default());
    let pixmap = render(page, &cache, &settings, &how, &pixmap_settings);
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let rgb = pixmap.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    Ok(PagePicture { width, height, rgb })
}
