//! OFD files (GB/T 33190-2016): the fixed layout in which offices publish, a ZIP package of XML.
//!
//! `structure` finds the pages, `content` reads what they show, `text` places the characters of a text
//! object; [`layout`](super::layout) makes lines of them, as of those of a PDF file. Nothing is drawn.
//! Characters are those that the file states (`TextCode`); which glyphs stand for them does not matter.
//! Left out is what is laid over the pages (stamps, annotations) and what is not visible.

mod content;
mod numbers;
mod path;
mod structure;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashMap;
use std::fs::File;

use hayro_interpret::kurbo::{Affine, Point};

use self::content::{ContentReader, MAX_UNITS, ShownContent};
use self::structure::{DocumentStructure, PageEntry, structures};
use super::layout::{Direction, PlacedGlyph, PrintedPage, Rule, Sheet, printed_page};
use super::office::Package;
use super::reading::ReadingSettings;
use crate::model::FileWarning;

/// The pages of a file, read one after the other.
pub(super) struct OfdPages {
    package: Package,
    documents: Vec<DocumentStructure>,
    /// Which pages are read.
    settings: ReadingSettings,
    left_out: u64,
    /// Templates and composite units that pages show, by document and number; `None` for those that cannot
    /// be read.
    shared: HashMap<(usize, SharedKind, String), Option<ShownContent>>,
    /// The next page: its document, its index there, and its number in the file.
    next: (usize, usize, u32),
    marks: u64,
    unread: Vec<u32>,
    without_text: Vec<u32>,
}

/// What more than one page can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum SharedKind {
    Template,
    Composite,
}

/// Bytes that are unpacked of a file in all.
const MAX_UNPACKED: u64 = 2 << 30;
/// Glyphs and strokes of a page, whether they are seen or not, and the rules that are held of them.
const MAX_GLYPHS: usize = 200_000;
const MAX_STROKES: usize = 200_000;
const MAX_RULES: usize = 20_000;
/// Glyphs, strokes and units of all pages: templates are set on each anew.
const MAX_MARKS: u64 = 50_000_000;
/// Templates and composite units that are held.
const MAX_SHARED: usize = 256;
/// Composite units within each other.
const MAX_DEPTH: usize = 8;

/// The part of the em above the line that characters stand on.
const ASCENT: f64 = 0.88;

/// Whether a package is an OFD file.
pub(super) fn is_ofd(package: &Package) -> bool {
    package.has(structure::ROOT) || structure::is_encrypted(package)
}

/// How many pages of a file have lines, and what the first `first` of them show.
pub(super) fn page_count(file: File, first: usize) -> (usize, String) {
    let (mut count, mut text) = (0, String::new());
    let Ok(mut pages) = OfdPages::open(file, ReadingSettings::default()) else {
        return (count, text);
    };
    loop {
        let next = pages.next_pages(1);
        if next.is_empty() {
            return (count, text);
        }
        for page in next.iter().filter(|page| page.lines().next().is_some()) {
            if count < first {
                text.extend(page.lines().map(|line| line.text.as_str()));
            }
            count += 1;
        }
    }
}

impl OfdPages {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is encrypted or damaged, or has no page.
    pub(super) fn open(file: File, settings: ReadingSettings) -> Result<Self, FileWarning> {
        let mut package = Package::open_within(file, MAX_UNPACKED)?;
        if package.is_encrypted() || structure::is_encrypted(&package) {
            return Err(FileWarning::Encrypted);
        }
        let documents = structures(&mut package)?;
        Ok(Self {
            package,
            documents,
            settings,
            left_out: 0,
            shared: HashMap::new(),
            next: (0, 0, 1),
            marks: 0,
            unread: Vec::new(),
            without_text: Vec::new(),
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
            let structure = self.documents.get(document)?;
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
        if self.marks > MAX_MARKS {
            return None;
        }
        let (content, mut is_whole) = self.read(&entry.path)?;
        let stated = content.page_box.or(self.documents[document].page_box);
        let page_box = stated.unwrap_or(A4);
        let sheet = Sheet::new(page_box.width() as f32, page_box.height() as f32)?;
        let mut setting = PageSetting::new(sheet);
        let place = Affine::translate((-page_box.x0, -page_box.y0));
        for template in &content.templates {
            is_whole &=
                self.set_shared(&mut setting, document, SharedKind::Template, template, place, 0);
        }
        is_whole &= self.set(&mut setting, document, &content, place, 0);
        self.marks += (setting.glyphs_met + setting.strokes_met + setting.units) as u64;
        if !is_whole {
            self.unread.push(number);
        } else if setting.glyphs.is_empty() && setting.has_picture {
            self.without_text.push(number);
        }
        Some(printed_page(number, sheet, setting.glyphs, &setting.rules))
    }

    /// What is in a part, and whether that is all of it.
    fn read(&mut self, path: &str) -> Option<(ShownContent, bool)> {
        let mut reader = ContentReader::new(MAX_GLYPHS);
        let read = self.package.visit(path, &mut reader);
        let is_whole = read.is_ok() && !reader.is_too_large();
        let content = reader.finish();
        (is_whole || content.has_any()).then_some((content, is_whole))
    }

    /// Sets a template or a unit on a page. Whether all of it could be set.
    fn set_shared(
        &mut self,
        setting: &mut PageSetting,
        document: usize,
        kind: SharedKind,
        id: &str,
        place: Affine,
        depth: usize,
    ) -> bool {
        let key = (document, kind, id.to_owned());
        if !self.shared.contains_key(&key) {
            if self.shared.len() >= MAX_SHARED {
                return false;
            }
            let content = self.load(document, kind, id);
            self.shared.insert(key.clone(), content);
        }
        // Taken out while it is set: it can show others, but not itself.
        let Some(content) = self.shared.get_mut(&key).and_then(Option::take) else { return false };
        let is_whole = self.set(setting, document, &content, place, depth);
        self.shared.insert(key, Some(content));
        is_whole
    }

    fn load(&mut self, document: usize, kind: SharedKind, id: &str) -> Option<ShownContent> {
        let structure = self.documents.get(document)?;
        match kind {
            SharedKind::Template => {
                let path = structure.templates.get(id)?.clone();
                self.read(&path).map(|(content, _)| content)
            }
            SharedKind::Composite => {
                let resources = structure.resources.clone();
                resources.iter().find_map(|path| {
                    let mut reader = ContentReader::of_unit(id, MAX_GLYPHS);
                    // What stands before a fault is shown.
                    let _ = self.package.visit(path, &mut reader);
                    let content = reader.finish();
                    content.has_any().then_some(content)
                })
            }
        }
    }

    /// Sets content on a page. Whether all of it could be set.
    fn set(
        &mut self,
        setting: &mut PageSetting,
        document: usize,
        content: &ShownContent,
        place: Affine,
        depth: usize,
    ) -> bool {
        let mut is_whole = setting.take(content, place);
        for (unit, placed) in &content.units {
            setting.units += 1;
            if depth >= MAX_DEPTH || setting.units > MAX_UNITS {
                return false;
            }
            let kind = SharedKind::Composite;
            is_whole &= self.set_shared(setting, document, kind, unit, place * *placed, depth + 1);
        }
        is_whole
    }

    /// What a person should know of the pages that were read.
    pub(super) fn warnings(&self) -> Vec<FileWarning> {
        let mut warnings = Vec::new();
        let seen = u64::from(self.next.2 - 1);
        warnings.extend(ReadingSettings::left_out(self.left_out, seen));
        if let Some(&first) = self.without_text.first() {
            let count = self.without_text.len() as u64;
            warnings.push(FileWarning::OfdPagesWithoutText { count, first });
        }
        if let Some(&first) = self.unread.first() {
            warnings.push(FileWarning::PagesUnread { count: self.unread.len() as u64, first });
        }
        warnings
    }
}

/// A page that states no size.
const A4: hayro_interpret::kurbo::Rect = hayro_interpret::kurbo::Rect::new(0.0, 0.0, 210.0, 297.0);

/// What is set on a page so far.
struct PageSetting {
    sheet: Sheet,
    glyphs: Vec<PlacedGlyph>,
    rules: Vec<Rule>,
    has_picture: bool,
    /// Number of the next string.
    runs: u32,
    /// Glyphs, strokes and composite units, also those that are not seen.
    glyphs_met: usize,
    strokes_met: usize,
    units: usize,
}

impl PageSetting {
    fn new(sheet: Sheet) -> Self {
        Self {
            sheet,
            glyphs: Vec::new(),
            rules: Vec::new(),
            has_picture: false,
            runs: 0,
            glyphs_met: 0,
            strokes_met: 0,
            units: 0,
        }
    }

    /// Takes what content sets itself. Whether there is room for all of it.
    fn take(&mut self, content: &ShownContent, place: Affine) -> bool {
        self.has_picture |= content.has_picture;
        let corner = |point: Point| (point.x as f32, point.y as f32);
        for glyph in &content.glyphs {
            if self.glyphs_met >= MAX_GLYPHS {
                return false;
            }
            self.glyphs_met += 1;
            let placed = place * glyph.place;
            let origin = placed * Point::ZERO;
            let size = self.sheet.length((placed * Point::new(0.0, 1.0) - origin).hypot() as f32);
            let corners = [(0.0, -ASCENT), (glyph.advance, 1.0 - ASCENT)];
            let [from, to] = corners.map(|(x, y)| corner(placed * Point::new(x, y)));
            let Some(frame) = self.sheet.frame(from, to) else { continue };
            let forward = place * glyph.forward.to_point() - place * Point::ZERO;
            let direction = match () {
                () if forward.x.abs() >= forward.y.abs() => Direction::Right,
                () if forward.y > 0.0 => Direction::Down,
                () => Direction::Up,
            };
            if !size.is_finite() || size <= 0.0 {
                continue;
            }
            let (text, run) = (glyph.character.to_string(), self.runs.wrapping_add(glyph.run));
            self.glyphs.push(PlacedGlyph { text, frame, size, direction, run, is_hidden: false });
        }
        self.runs = self.runs.wrapping_add(content.runs);
        for &(from, to) in &content.strokes {
            if self.strokes_met >= MAX_STROKES || self.rules.len() >= MAX_RULES {
                break;
            }
            self.strokes_met += 1;
            let frame = self.sheet.frame(corner(place * from), corner(place * to));
            self.rules.extend(frame.and_then(Rule::of));
        }
        true
    }
}
