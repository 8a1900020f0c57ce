//! Pages that are pictures, and the picture of one for what is to recognise it.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::Pdf;

use super::glyphs::{CodedGlyph, GlyphCollector};
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

/// Glyphs that are not shown are a layer of text, which somebody recognised before, if there are so many: a name
/// or an address is a mark.
const MIN_LAYER: usize = 50;

/// The part of a page that such a layer takes, unless it lacks something.
const MIN_LAYER_SET: f32 = 0.06;

/// Glyphs of a run that is a mark where it stands on the page again.
const MIN_REPEATED: usize = 4;

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageForm {
    /// One whose text the file sets.
    Text,
    /// A picture with hardly any text.
    Picture,
    /// A picture with a layer of text that is not shown and takes little of it: some may be missing.
    Sparse,
}

/// A glyph that is not shown, and where it stands, roughly.
pub(super) type HiddenGlyph = (String, i32, i32);

/// What a page is, that of a picture or of text. Glyphs that are set and not shown are what somebody recognised
/// before: such a page has its text. But not all are: some are marks, which stand at the same place on the page
/// beside, too (`on_other`), or several times on this one.
pub(super) fn page_form(
    collector: &GlyphCollector<'_>,
    sheet: &Sheet,
    on_other: impl FnOnce() -> HashSet<HiddenGlyph>,
) -> PageForm {
    if collector.glyphs.is_empty() {
        return if collector.has_picture { PageForm::Picture } else { PageForm::Text };
    }
    let page = sheet.width * sheet.height;
    let (hidden, shown): (Vec<&CodedGlyph>, Vec<&CodedGlyph>) =
        printed(collector).partition(|glyph| glyph.is_hidden);
    let set: f32 = shown.into_iter().map(area).sum();
    if set > page * MAX_SET || covered(&collector.pictures, sheet) < MIN_COVERED {
        return PageForm::Text;
    }
    let layer = if hidden.is_empty() { hidden } else { without_marks(&hidden, &on_other()) };
    let set = layer.iter().copied().map(area).sum::<f32>() / page;
    match () {
        () if layer.len() < MIN_LAYER || set <= MAX_SET => PageForm::Picture,
        () if set < MIN_LAYER_SET => PageForm::Sparse,
        () => PageForm::Text,
    }
}

/// The glyphs of a page that are not shown.
pub(super) fn hidden_glyphs(collector: &GlyphCollector<'_>) -> HashSet<HiddenGlyph> {
    printed(collector).filter(|glyph| glyph.is_hidden).map(hidden_glyph).collect()
}

/// The glyphs that are no blanks.
fn printed<'c>(collector: &'c GlyphCollector<'_>) -> impl Iterator<Item = &'c CodedGlyph> {
    collector.glyphs.iter().filter(|glyph| !glyph.placed.text.trim().is_empty())
}

fn area(glyph: &CodedGlyph) -> f32 {
    let frame = &glyph.placed.frame;
    (frame.right - frame.left) * (frame.bottom - frame.top)
}

fn hidden_glyph(glyph: &CodedGlyph) -> HiddenGlyph {
    // In hundredths of the page.
    let place = |at: f32| (at / 10.0).round() as i32;
    let frame = &glyph.placed.frame;
    (glyph.placed.text.clone(), place(frame.left), place(frame.top))
}

/// The glyphs without those of marks.
fn without_marks<'g>(
    glyphs: &[&'g CodedGlyph],
    on_other: &HashSet<HiddenGlyph>,
) -> Vec<&'g CodedGlyph> {
    let mut seen = HashSet::new();
    let runs = glyphs.chunk_by(|one, next| one.placed.run == next.placed.run);
    let runs = runs.filter(|run| {
        let text: String = run.iter().map(|glyph| glyph.placed.text.as_str()).collect();
        run.len() < MIN_REPEATED || seen.insert(text)
    });
    runs.flatten().copied().filter(|glyph| !on_other.contains(&hidden_glyph(glyph))).collect()
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
