//! PDF files: the text that a page shows, with the place of each glyph.
//!
//! `hayro-interpret` runs the content of the pages; `glyphs` notes what they set, `unicode` finds the
//! characters of fonts that do not say them, `recode` reads GBK bytes that a font calls Latin, and
//! [`layout`](super::layout) makes lines of it. Nothing is drawn and no picture decoded.
//!
//! A file can be made to cost what it likes: [`limits`] bounds what it unpacks to, and the number of
//! things that a page and a file set is bounded here. The library has no way to stop, so a page that goes
//! beyond unwinds out of it, as a fault of the library would; both cost the rest of that page alone.

mod effort;
mod glyphs;
mod limits;
pub(super) mod picture;
mod recode;
mod rules;
mod scan;
mod unicode;

use std::cell::OnceCell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret_page,
};

use self::glyphs::GlyphCollector;
use self::unicode::Encodings;
use super::layout::{PlacedGlyph, PrintedPage, Sheet};
use super::overlay::{GlyphSpot, Overlay, Overlays, PageForm, SetPage};
use super::reading::ReadingSettings;
use super::scans::PageRecogniser;
use crate::model::FileWarning;

/// The pages of a PDF file, read one after the other.
pub(super) struct PdfPages {
    data: Arc<Vec<u8>>,
    count: usize,
    next: usize,
    settings: ReadingSettings,
    /// Glyphs that have been read.
    glyphs: usize,
    tally: Tally,
    overlays: Overlays,
    /// For pages that are pictures without text.
    recogniser: PageRecogniser,
}

/// Pages that a person should know of, with the number of the first.
#[derive(Debug, Default)]
struct Tally {
    unread: Pages,
    unknown: Pages,
    unknown_characters: u64,
    recoded: Pages,
    /// Pictures whose text, which is not shown, does not lie on all of their letters.
    sparse: Pages,
    /// How many are not to be read.
    left_out: u64,
}

#[derive(Debug, Default)]
struct Pages {
    count: u64,
    first: u32,
}

impl Pages {
    fn add(&mut self, page: u32) {
        if self.count == 0 {
            self.first = page;
        }
        self.count += 1;
    }
}

/// Pages that one opening of the file serves: what they unpacked is let go with it.
const PAGES_PER_OPENING: usize = 32;

/// Glyphs of a file for each of its bytes, and of any file, at least.
const GLYPHS_PER_BYTE: usize = 20;
const MIN_GLYPHS: usize = 1_000_000;

/// Bytes in which a PDF file begins, as readers of such files have it.
const BEGIN: usize = 1024;

/// Whether a file that begins so is a PDF file. Others that only name the format are texts about it.
pub(super) fn is_pdf(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(MARK)
}

/// What a PDF file begins with.
const MARK: &[u8] = b"%PDF-";

/// Where the first line of a PDF file stands among these bytes, which can have the head of a letter before it.
pub(super) fn begin(head: &[u8]) -> Option<usize> {
    let within = head.get(..BEGIN).unwrap_or(head);
    memchr::memmem::find_iter(within, MARK).find(|at| {
        let line = head[at + MARK.len()..].split(|byte| matches!(byte, b'\r' | b'\n')).next();
        matches!(line.unwrap_or_default().trim_ascii_end(), [b'1'..=b'9', b'.', b'0'..=b'9'])
    })
}

impl PdfPages {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is encrypted, damaged, or unpacks to more than is read.
    pub(super) fn open(
        bytes: Vec<u8>,
        settings: ReadingSettings,
        recogniser: PageRecogniser,
    ) -> Result<Self, FileWarning> {
        let (data, pdf) = opened_within_limits(bytes)?;
        let count = pdf.pages().len();
        if count == 0 {
            return Err(FileWarning::PdfDamaged);
        }
        let (tally, overlays) = (Tally::default(), Overlays::default());
        Ok(Self { data, count, next: 0, settings, glyphs: 0, tally, overlays, recogniser })
    }

    /// The next pages, up to about that many lines; none at the end.
    pub(super) fn next_pages(&mut self, lines: usize) -> Vec<PrintedPage> {
        let mut pages = Vec::new();
        let mut found = 0;
        while self.next < self.count && found < lines {
            if self.passes_over() {
                continue;
            }
            let before = self.next;
            match opened(&self.data) {
                Ok(pdf) => self.read(&pdf, lines, &mut found, &mut pages),
                Err(_) => self.next = self.count,
            }
            // A page that the library fails on is behind us, too.
            self.next = self.next.max(before + 1);
        }
        pages
    }

    /// Passes over the next page if it is not to be read.
    fn passes_over(&mut self) -> bool {
        let is_left_out = !self.settings.takes(self.next as u32 + 1);
        if is_left_out {
            self.tally.left_out += 1;
            self.next += 1;
        }
        is_left_out
    }

    /// Reads pages of an open file until there are enough, or one fails or is not to be read.
    fn read(&mut self, pdf: &Pdf, lines: usize, found: &mut usize, pages: &mut Vec<PrintedPage>) {
        let cache = InterpreterCache::new();
        let encodings = Encodings::of(pdf);
        // Pages ahead are looked at in another opening, since the library may fail on one.
        let data = Arc::clone(&self.data);
        let (ahead, ahead_encodings) = (OnceCell::new(), OnceCell::new());
        let set_ahead = |index: usize| {
            let Some(pdf) = ahead.get_or_init(|| opened(&data).ok()) else { return HashSet::new() };
            set_on(pdf, index, ahead_encodings.get_or_init(|| Encodings::of(pdf)))
        };
        let end = self.count.min(self.next + PAGES_PER_OPENING);
        while self.next < end && *found < lines && self.settings.takes(self.next as u32 + 1) {
            let number = self.next as u32 + 1;
            let index = self.next;
            self.next += 1;
            let (mut collector, is_whole) = collected(pdf, index, &cache, &encodings);
            let Some(sheet) = collector.sheet else {
                self.tally.unread.add(number);
                continue;
            };
            if !is_whole {
                self.tally.unread.add(number);
            }
            self.glyphs += collector.glyphs.len();
            let (mut glyphs, was_recoded) = placed(&mut collector);
            if was_recoded {
                self.tally.recoded.add(number);
            }
            let is_shown = collector.has_picture || !glyphs.is_empty();
            let overlay = if !is_whole {
                Overlay::of_text()
            } else if !self.settings.text_layer || glyphs.is_empty() {
                glyphs.clear();
                if is_shown { Overlay::of_picture() } else { Overlay::of_text() }
            } else {
                let page = SetPage { glyphs: &glyphs, pictures: &collector.pictures, sheet };
                let raster = || scan::small_raster(pdf, index);
                self.overlays.next(&page, || set_ahead(index + 1), raster)
            };
            if overlay.form == PageForm::Sparse {
                self.tally.sparse.add(number);
            }
            let form = overlay.form;
            let set = self.page(number, sheet, glyphs, &collector, overlay);
            let has_unknown = set.unknown_characters() > 0;
            if has_unknown {
                self.recogniser.note_unknown();
            }
            let raster = || scan::raster(pdf, index);
            let page = if form == PageForm::Picture {
                self.recogniser.page(number, Some(&set), raster).unwrap_or(set)
            } else if is_whole && has_unknown {
                self.recogniser.page_of_unknown(set, raster)
            } else {
                set
            };
            let unknown = page.unknown_characters() as u64;
            if unknown > 0 {
                self.tally.unknown.add(number);
                self.tally.unknown_characters += unknown;
            }
            *found += page.blocks.iter().map(|block| block.lines.len() + 1).sum::<usize>();
            pages.push(page);
            self.stop_at_limit();
            if !is_whole {
                // What the library holds of this file may be half made.
                return;
            }
        }
    }

    /// Passes over the other pages where there were more glyphs than a file of this size can set: pages
    /// can share what they show.
    fn stop_at_limit(&mut self) {
        if self.glyphs > MIN_GLYPHS.max(self.data.len().saturating_mul(GLYPHS_PER_BYTE)) {
            (self.next..self.count).for_each(|page| self.tally.unread.add(page as u32 + 1));
            self.next = self.count;
        }
    }

    fn page(
        &mut self,
        number: u32,
        sheet: Sheet,
        glyphs: Vec<PlacedGlyph>,
        collector: &GlyphCollector<'_>,
        overlay: Overlay,
    ) -> PrintedPage {
        let printed = || {
            let mut page = overlay.printed(number, sheet, glyphs, &collector.rules);
            page.mark_below(&collector.pictures);
            page
        };
        catch_unwind(AssertUnwindSafe(printed)).unwrap_or_else(|_| {
            self.tally.unread.add(number);
            PrintedPage::new(number, sheet, Vec::new())
        })
    }

    pub(super) fn recogniser(&self) -> &PageRecogniser {
        &self.recogniser
    }

    /// What a person should know of the pages that were read, but of those that are pictures.
    pub(super) fn warnings(&self) -> Vec<FileWarning> {
        let Tally { unread, unknown, unknown_characters, recoded, sparse, left_out } = &self.tally;
        let mut warnings = Vec::new();
        warnings.extend(ReadingSettings::left_out(*left_out, self.next as u64));
        if unread.count > 0 {
            warnings.push(FileWarning::PagesUnread { count: unread.count, first: unread.first });
        }
        if unknown.count > 0 {
            let (count, page) = (*unknown_characters, unknown.first);
            warnings.push(FileWarning::UnknownCharacters { count, page });
        }
        if recoded.count > 0 {
            warnings.push(FileWarning::ReadAsGbk { count: recoded.count, first: recoded.first });
        }
        if sparse.count > 0 {
            warnings
                .push(FileWarning::SparseTextLayer { count: sparse.count, first: sparse.first });
        }
        warnings
    }
}

/// What a page sets, and whether that is all: the library fails on some, and some go beyond the bounds.
fn collected<'p, 'e>(
    pdf: &'p Pdf,
    index: usize,
    cache: &InterpreterCache<'p>,
    encodings: &'e Encodings<'e>,
) -> (GlyphCollector<'e>, bool) {
    let mut collector = GlyphCollector::new(encodings);
    let is_whole = catch_unwind(AssertUnwindSafe(|| {
        let Some(page) = pdf.pages().get(index) else { return false };
        if limits::is_exceeded_by_page(page) {
            return false;
        }
        let (width, height) = page.render_dimensions();
        let Some(sheet) = Sheet::new(width, height) else { return false };
        let settings = InterpreterSettings {
            render_content: RenderContent::PAGE,
            ..InterpreterSettings::default()
        };
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let place = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(place, bounds, cache, pdf.xref(), settings);
        collector.begin(sheet);
        interpret_page(page, &mut context, &mut collector);
        true
    }));
    (collector, is_whole.unwrap_or(false))
}

/// How many pages a file has, and what the first `first` of them show, in no order and without a layer of text that
/// somebody recognised.
///
/// # Errors
/// When it is encrypted, damaged, or unpacks to more than is read.
pub(super) fn page_count(bytes: Vec<u8>, first: usize) -> Result<(usize, String), FileWarning> {
    let (_, pdf) = opened_within_limits(bytes)?;
    let count = pdf.pages().len();
    let (cache, encodings) = (InterpreterCache::new(), Encodings::of(&pdf));
    let mut text = String::new();
    for index in 0..count.min(first) {
        let (collector, is_whole) = collected(&pdf, index, &cache, &encodings);
        let (glyphs, _) = recode::recoded(collector.glyphs);
        let shown = glyphs.iter().filter(|glyph| !glyph.placed.is_hidden);
        text.extend(shown.map(|glyph| glyph.placed.text.as_str()));
        if !is_whole {
            // What the library holds of this file may be half made.
            break;
        }
    }
    Ok((count, text))
}

/// What is set on a page.
fn set_on(pdf: &Pdf, index: usize, encodings: &Encodings<'_>) -> HashSet<GlyphSpot> {
    let (mut collector, _) = collected(pdf, index, &InterpreterCache::new(), encodings);
    let Some(sheet) = collector.sheet else { return HashSet::new() };
    let (glyphs, _) = placed(&mut collector);
    SetPage { glyphs: &glyphs, pictures: &collector.pictures, sheet }.set_glyphs()
}

/// The glyphs of a page, and whether some were read as GBK.
fn placed(collector: &mut GlyphCollector<'_>) -> (Vec<PlacedGlyph>, bool) {
    let (glyphs, was_recoded) = recode::recoded(std::mem::take(&mut collector.glyphs));
    (glyphs.into_iter().map(|glyph| glyph.placed).collect(), was_recoded)
}

/// What stands for a glyph whose character is not known.
const UNKNOWN: &str = "\u{fffd}";

/// The file and what the library opens of it, if it unpacks to no more than is read.
fn opened_within_limits(mut bytes: Vec<u8>) -> Result<(Arc<Vec<u8>>, Pdf), FileWarning> {
    // Places in the file are counted from its mark.
    bytes.drain(..begin(&bytes).unwrap_or_default());
    if let Some(megabytes) = limits::exceeded(&bytes) {
        return Err(FileWarning::UnpacksTooFar { megabytes });
    }
    let data = Arc::new(bytes);
    let pdf = opened(&data)?;
    match limits::exceeded_by_objects(&pdf) {
        Some(megabytes) => Err(FileWarning::UnpacksTooFar { megabytes }),
        None => Ok((data, pdf)),
    }
}

/// The file, opened by the library.
fn opened(data: &Arc<Vec<u8>>) -> Result<Pdf, FileWarning> {
    let opened = catch_unwind(|| Pdf::new(Arc::clone(data)));
    match opened {
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(LoadPdfError::Decryption(
            DecryptionError::UnsupportedAlgorithm | DecryptionError::PasswordProtected,
        ))) => Err(FileWarning::PdfEncrypted),
        Ok(Err(_)) | Err(_) => Err(FileWarning::PdfDamaged),
    }
}

#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod scan_tests;
#[cfg(test)]
mod tests;
