//! The picture of a page for what is to recognise it, or to be compared with it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::Pdf;

use super::picture::{MAX_SIDE, NoPicture, PagePicture, drawn};
use crate::intake::overlay::COMPARED_SIDE;
use crate::recognise::{PageFailure, Raster};

/// Dots per inch of paper.
const DENSITY: f32 = 300.0;
/// Points per inch.
const POINTS: f32 = 72.0;

/// The page at an index in grey, with [`DENSITY`] dots per inch if it is not too large for that.
pub(super) fn raster(pdf: &Pdf, index: usize) -> Result<Raster, PageFailure> {
    grey(pdf, index, |longer| (longer / POINTS * DENSITY).clamp(1.0, MAX_SIDE as f32).round())
}

/// The same, smaller; `None` if it cannot be drawn.
pub(super) fn small_raster(pdf: &Pdf, index: usize) -> Option<Raster> {
    grey(pdf, index, |_| COMPARED_SIDE).ok()
}

/// The page in grey, with so many dots on its longer side as are told for its length in points.
fn grey(pdf: &Pdf, index: usize, side: impl Fn(f32) -> f32) -> Result<Raster, PageFailure> {
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let page = pdf.pages().get(index).ok_or(NoPicture::NoSuchPage)?;
        let (width, height) = page.render_dimensions();
        let longer = width.max(height);
        let side = side(longer);
        Ok((drawn(page, side)?, (side / longer * POINTS).round() as u32))
    }));
    let (picture, density) = drawn.unwrap_or(Err(NoPicture::Failed)).map_err(|why| match why {
        NoPicture::TooMuch => PageFailure::TooLarge,
        NoPicture::NoSuchPage | NoPicture::Failed => PageFailure::NotDrawn,
    })?;
    raster_of(&picture, density).ok_or(PageFailure::NotDrawn)
}

/// A picture in grey.
fn raster_of(picture: &PagePicture, density: u32) -> Option<Raster> {
    let grey = picture.rgb.as_chunks::<3>().0.iter().map(|rgb| {
        let [red, green, blue] = rgb.map(u32::from);
        // As in ITU-R BT.709.
        ((red * 2126 + green * 7152 + blue * 722) / 10_000) as u8
    });
    Raster::new(picture.width, picture.height, grey.collect(), Some(density))
}
