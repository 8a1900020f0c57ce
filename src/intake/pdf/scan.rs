//! The picture of a page that has no text, for what is to recognise it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::Pdf;

use super::picture::{MAX_SIDE, NoPicture, drawn};
use crate::recognise::{PageFailure, Raster};

/// Dots per inch of paper.
const DENSITY: f32 = 300.0;
/// Points per inch.
const POINTS: f32 = 72.0;

/// The page at an index in grey, with [`DENSITY`] dots per inch if it is not too large for that.
pub(super) fn raster(pdf: &Pdf, index: usize) -> Result<Raster, PageFailure> {
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let page = pdf.pages().get(index).ok_or(NoPicture::NoSuchPage)?;
        let (width, height) = page.render_dimensions();
        let longer = width.max(height);
        let side = (longer / POINTS * DENSITY).clamp(1.0, MAX_SIDE as f32);
        Ok((drawn(page, side.round())?, (side / longer * POINTS).round() as u32))
    }));
    let (picture, density) = drawn.unwrap_or(Err(NoPicture::Failed)).map_err(|why| match why {
        NoPicture::TooMuch => PageFailure::TooLarge,
        NoPicture::NoSuchPage | NoPicture::Failed => PageFailure::NotDrawn,
    })?;
    let grey = picture.rgb.as_chunks::<3>().0.iter().map(|rgb| {
        let [red, green, blue] = rgb.map(u32::from);
        // As in ITU-R BT.709.
        ((red * 2126 + green * 7152 + blue * 722) / 10_000) as u8
    });
    Raster::new(picture.width, picture.height, grey.collect(), Some(density))
        .ok_or(PageFailure::NotDrawn)
}
