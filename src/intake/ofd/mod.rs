//! OFD files (GB/T 33190-2016): the fixed layout in which offices publish, a ZIP package of XML.
//!
//! `structure` finds the pages, `content` reads what a part shows, `text` places the characters of a text
//! object, and `parts` hands over what a page shows with its templates and units. Two take that: `setting`, of
//! which [`layout`](super::layout) makes lines as of those of a PDF file, and `drawing`, by which a page is shown.
//! Pages that are pictures are drawn to be recognised (`picture`).
//! Characters are those that the file states (`TextCode`); which glyphs stand for them does not matter.
//! Left out is what is laid over the pages (stamps, annotations) and what is not visible.

mod canvas;
mod clips;
mod content;
mod drawing;
#[cfg(test)]
mod drawing_tests;
mod fonts;
mod ink;
#[cfg(test)]
mod ink_tests;
mod numbers;
mod parts;
mod path;
mod picture;
#[cfg(test)]
mod picture_tests;
mod setting;
mod structure;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{HashMap, HashSet};
use std::fs::File;

pub(super) use self::drawing::{UndrawnPage, drawn, pages_in};
use self::parts::OfdParts;
use self::picture::{PicturePage, PlacedPicture, ResourceReader};
use self::setting::{PageSetting, ShownPicture};
use self::structure::PageEntry;
use super::layout::PrintedPage;
use super::office::Package;
use super::overlay::{COMPARED_SIDE, Overlay, Overlays, PageForm};
use super::reading::ReadingSettings;
use super::scans::PageRecogniser;
use crate::model::FileWarning;

/// The pages of a file, read one after the other.
pub(super) struct OfdPages {
    parts: OfdParts,
    /// Which pages are read.
    settings: ReadingSettings,
    left_out: u64,
    /// The next page: its document, its index there, and its number in the file.
    next: (usize, usize, u32),
    /// Paths of pictures by their numbers, by document.
    media: HashMap<usize, HashMap<String, String>>,
    marks: u64,
    unread: Vec<u32>,
    /// Pictures whose text, which is not shown, does not lie on all of their letters.
    sparse: Vec<u32>,
    overlays: Overlays,
    /// For pages that are pictures.
    recogniser: PageRecogniser,
}

/// Objects, glyphs, strokes and units of all pages: templates are set on each anew.
const MAX_MARKS: u64 = 50_000_000;

/// Whether a package is an OFD file.
pub(super) fn is_ofd(package: &Package) -> bool {
    package.has(structure::ROOT) || structure::is_encrypted(package)
}

/// How many pages of a file have characters, and what is seen of these on the first `first` of them, in no order.
pub(super) fn page_count(file: File, first: usize) -> (usize, String) {
    let (mut count, mut text) = (0, String::new());
    let Ok(mut pages) = OfdPages::open(file, ReadingSettings::default(), PageRecogniser::default())
    else {
        return (count, text);
    };
    while let Some((document, entry, _)) = pages.next_entry() {
        let Some((setting, _)) = pages.setting(document, &entry) else { continue };
        let has_any = setting.glyphs.iter().any(|glyph| !glyph.text.trim().is_empty());
        if has_any && count < first {
            let shown = setting.glyphs.iter().filter(|glyph| !glyph.is_hidden);
            text.extend(shown.map(|glyph| glyph.text.as_str()));
        }
        count += usize::from(has_any);
    }
    (count, text)
}

impl OfdPages {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is encrypted or damaged, or has no page.
    pub(super) fn open(
        file: File,
        settings: ReadingSettings,
        recogniser: PageRecogniser,
    ) -> Result<Self, FileWarning> {
        Ok(Self {
            parts: OfdParts::open(file)?,
            settings,
            left_out: 0,
            next: (0, 0, 1),
            media: HashMap::new(),
            marks: 0,
            unread: Vec::new(),
            sparse: Vec::new(),
            overlays: Overlays::default(),
            recogniser,
        })
    }

    /// The next pages, up to about that many lines; none at the end.
    pub(super) fn next_pages(&mut self, lines: usize) -> Vec<PrintedPage> {
        let mut pages = Vec::new();
        let mut found = 0;
        while found < lines
            && let Some((document, entry, number)) = self.next_entry()
        {
            if !self.settings.takes(number) {
                self.left_out += 1;
            } else if let Some(page) = self.page(document, &entry, number) {
                found += page.blocks.iter().map(|block| block.lines.len() + 1).sum::<usize>();
                pages.push(page);
            } else {
                self.unread.push(number);
            }
        }
        pages
    }

    fn next_entry(&mut self) -> Option<(usize, PageEntry, u32)> {
        loop {
            let (document, index, number) = self.next;
            let structure = self.parts.documents.get(document)?;
            if let Some(entry) = structure.pages.get(index) {
                self.next = (document, index + 1, number.saturating_add(1));
                return Some((document, entry.clone(), number));
            }
            if structure.has_more {
                self.unread.push(number);
            }
            self.next = (document + 1, 0, number);
        }
    }

    /// A page; `None` if nothing of it can be read.
    fn page(&mut self, document: usize, entry: &PageEntry, number: u32) -> Option<PrintedPage> {
        let (mut setting, is_whole) = self.setting(document, entry)?;
        let shown = self.shown(document, &setting);
        // What recognises a page sees its pictures alone: where type is shown, nothing else has its text.
        if is_whole && !self.settings.text_layer && setting.set_page().is_pictures() {
            setting.glyphs.clear();
        }
        let overlay = if !is_whole {
            self.unread.push(number);
            Overlay::of_text()
        } else if setting.glyphs.is_empty() {
            let has_picture = !shown.pictures.is_empty();
            if has_picture { Overlay::of_picture() } else { Overlay::of_text() }
        } else {
            let raster = || shown.grey(&mut self.parts.package, f64::from(COMPARED_SIDE)).ok();
            self.overlays.next(&setting.set_page(), HashSet::new, raster)
        };
        if overlay.form == PageForm::Sparse {
            self.sparse.push(number);
        }
        let is_picture = overlay.form == PageForm::Picture;
        let set = overlay.printed(number, setting.sheet, setting.glyphs, &setting.rules);
        if !is_picture {
            return Some(set);
        }
        let raster = || shown.raster(&mut self.parts.package);
        Some(self.recogniser.page(number, Some(&set), raster).unwrap_or(set))
    }

    /// What is set on a page, and whether that is all of it; `None` if nothing of it can be read.
    fn setting(&mut self, document: usize, entry: &PageEntry) -> Option<(PageSetting, bool)> {
        if self.marks > MAX_MARKS {
            return None;
        }
        let page = self.parts.page(document, entry)?;
        let mut setting = PageSetting::new(self.parts.paper(&page))?;
        let place = setting.place();
        let (units, shown) = self.parts.show(&page, place, &mut setting);
        self.marks += (setting.effort() + units) as u64;
        Some((setting, shown.unwrap_or(false)))
    }

    /// The pictures that a page shows.
    fn shown(&mut self, document: usize, setting: &PageSetting) -> PicturePage {
        let media = if setting.pictures.is_empty() { None } else { Some(self.media(document)) };
        let picture = |(id, place): &ShownPicture| PlacedPicture {
            path: media.and_then(|media| media.get(id)).cloned(),
            place: *place,
        };
        PicturePage {
            width: setting.page_box.width(),
            height: setting.page_box.height(),
            pictures: setting.pictures.iter().map(picture).collect(),
        }
    }

    /// Paths of the pictures of a document by their numbers.
    fn media(&mut self, document: usize) -> &HashMap<String, String> {
        let mut source = self.parts.source(document);
        self.media.entry(document).or_insert_with(|| source.paths(ResourceReader::of_pictures))
    }

    pub(super) fn recogniser(&self) -> &PageRecogniser {
        &self.recogniser
    }

    /// What a person should know of the pages that were read, but of those that are pictures.
    pub(super) fn warnings(&self) -> Vec<FileWarning> {
        let mut warnings = Vec::new();
        let seen = u64::from(self.next.2 - 1);
        warnings.extend(ReadingSettings::left_out(self.left_out, seen));
        if let Some(&first) = self.sparse.first() {
            let count = self.sparse.len() as u64;
            warnings.push(FileWarning::SparseTextLayer { count, first });
        }
        if let Some(&first) = self.unread.first() {
            warnings.push(FileWarning::PagesUnread { count: self.unread.len() as u64, first });
        }
        warnings
    }
}
