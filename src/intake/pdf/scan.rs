//! Pages that are pictures, and the picture of one for what is to recognise it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::Pdf;

use super::glyphs::GlyphCollector;
use super::picture::{MAX_SIDE, NoPicture, drawn};
use crate::intake::layout::{Frame, Sheet};
use crate::recognise::{PageFailure, Raster};

/// The part of a page that pictures cover if it is one itself.
const MIN_COVERED: f32 = 0.7;

/// The part of it that glyphs take at most beside: a number, a stamp, a note of who copied it. Lines of text
/// take a quarter.
const MAX_SET: f32 = 0.03;

/// Cells each way into which a page is divided to see what pictures cover of it.
const CELLS: usize = 40;

/// Whether a page is a picture of one. Glyphs that are set and not shown are what somebody recognised before:
/// such a page has its text.
pub(super) fn is_picture(collector: &GlyphCollector<'_>, sheet: &Sheet) -> bool {
    if collector.glyphs.is_empty() {
        return collector.has_picture;
    }
    let area = |frame: &Frame| (frame.right - frame.left) * (frame.bottom - frame.top);
    let set: f32 = collector.glyphs.iter().map(|glyph| area(&glyph.placed.frame)).sum();
    !collector.has_hidden
        && set <= sheet.width * sheet.height * MAX_SET
        && covered(&collector.pictures, sheet) >= MIN_COVERED
}

/// The part of a page that these cover: scans can be cut into strips.
fn covered(pictures: &[Frame], sheet: &Sheet) -> f32 {
    let mut cells = [[false; CELLS]; CELLS];
    let range = |from: f32, to: f32, whole: f32| {
        // A cell whose middle is covered counts.
        let cell = |at: f32| (at / whole * CELLS as f32 - 0.5).ceil().clamp(0.0, CELLS as f32);
        cell(from) as usize..cell(to) as usize
    };
    for picture in pictures {
        let across = range(picture.left, picture.right, sheet.width);
        for row in &mut cells[range(picture.top, picture.bottom, sheet.height)] {
            row[across.clone()].fill(true);
        }
    }
    let count = cells.iter().flatten().filter(|is_covered| **is_covered).count();
    count as f32 / (CELLS * CELLS) as f32
}

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
