//! The parts of a file, and what a page shows in its order: its templates, its objects, the composite units
//! among them.

use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use hayro_interpret::kurbo::{Affine, BezPath, Rect};

use super::content::{ContentReader, Full, ObjectShape, PageObject, PartContent};
use super::ink::DrawParams;
use super::picture::ResourceReader;
use super::structure::{self, DocumentStructure, PageEntry, structures};
use crate::intake::office::Package;
use crate::model::FileWarning;

/// The parts of a file; those that several pages show are held.
pub(super) struct OfdParts {
    pub(super) package: Package,
    pub(super) documents: Vec<DocumentStructure>,
    shared: HashMap<(usize, SharedKind, String), Option<Arc<PartContent>>>,
    /// The size of all that are held.
    held: usize,
}

/// What more than one page can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum SharedKind {
    Template,
    Unit,
}

/// A page, and whether its part has no fault.
pub(super) struct ReadPage {
    document: usize,
    content: PartContent,
    is_whole: bool,
}

/// What takes what a page shows.
pub(super) trait PageTaker {
    /// Takes an object that is no composite unit, from its coordinates to those of the page.
    ///
    /// # Errors
    /// When it takes no more.
    fn take(
        &mut self,
        object: &PageObject,
        place: Affine,
        source: &mut PageSource<'_>,
    ) -> Result<(), Full>;

    /// A composite unit begins, which is seen within its clips, from their coordinates to those of the page.
    fn begin_unit(&mut self, _clips: &[BezPath], _place: Affine) {}

    /// It ends.
    fn end_unit(&mut self, _clips: &[BezPath]) {}

    /// A part has more than is read of it.
    ///
    /// # Errors
    /// When it takes no more.
    fn lacks(&mut self) -> Result<(), Full>;
}

/// The file and the document that a page is of.
pub(super) struct PageSource<'p> {
    pub(super) package: &'p mut Package,
    pub(super) structure: &'p DocumentStructure,
}

impl PageSource<'_> {
    /// The paths of pictures or fonts in the lists of the document, by their numbers.
    pub(super) fn paths(&mut self, reader: fn(&str) -> ResourceReader) -> HashMap<String, String> {
        let mut paths = HashMap::new();
        for list in &self.structure.resources {
            let mut reader = reader(list);
            // What stands before a fault is found.
            let _ = self.package.visit(list, &mut reader);
            paths.extend(reader.paths);
        }
        paths
    }

    /// The draw parameters in them.
    pub(super) fn params(&mut self) -> DrawParams {
        let mut params = DrawParams::default();
        for list in &self.structure.resources {
            // What stands before a fault is found.
            let _ = self.package.visit(list, &mut params);
        }
        params
    }
}

/// Bytes that are unpacked of a file in all.
const MAX_UNPACKED: u64 = 2 << 30;
/// Templates and units that are held, and their size in characters, objects and pieces of paths; beyond that
/// they are read again.
const MAX_SHARED: usize = 256;
const MAX_HELD: usize = 2_000_000;
/// Units that a page shows, and those within each other.
const MAX_UNITS: usize = 10_000;
const MAX_DEPTH: usize = 8;

/// A page that states no size.
const A4: Rect = Rect::new(0.0, 0.0, 210.0, 297.0);

impl OfdParts {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is encrypted or damaged, or has no page.
    pub(super) fn open(file: File) -> Result<Self, FileWarning> {
        let mut package = Package::open_within(file, MAX_UNPACKED)?;
        if package.is_encrypted() || structure::is_encrypted(&package) {
            return Err(FileWarning::Encrypted);
        }
        let documents = structures(&mut package)?;
        Ok(Self { package, documents, shared: HashMap::new(), held: 0 })
    }

    /// Reads a page; `None` if nothing of it can be read.
    pub(super) fn page(&mut self, document: usize, entry: &PageEntry) -> Option<ReadPage> {
        let (content, is_whole) = self.read(&entry.path)?;
        Some(ReadPage { document, content, is_whole })
    }

    /// The paper of a page.
    pub(super) fn paper(&self, page: &ReadPage) -> Rect {
        page.content.page_box.or(self.documents[page.document].page_box).unwrap_or(A4)
    }

    pub(super) fn source(&mut self, document: usize) -> PageSource<'_> {
        PageSource { package: &mut self.package, structure: &self.documents[document] }
    }

    /// Hands over what a page shows, the lowest first. How many composite units that were, and whether it was
    /// all.
    pub(super) fn show(
        &mut self,
        page: &ReadPage,
        place: Affine,
        taker: &mut impl PageTaker,
    ) -> (usize, Result<bool, Full>) {
        let mut showing = Showing {
            parts: self,
            document: page.document,
            taker,
            units: 0,
            open: Vec::new(),
            is_whole: page.is_whole,
        };
        let shown = showing.page(&page.content, place);
        (showing.units, shown.map(|()| showing.is_whole))
    }

    /// What is in a part, and whether it has no fault.
    fn read(&mut self, path: &str) -> Option<(PartContent, bool)> {
        let mut reader = ContentReader::default();
        let read = self.package.visit(path, &mut reader);
        let content = reader.finish();
        let is_whole = read.is_ok();
        (is_whole || !content.objects.is_empty()).then_some((content, is_whole))
    }

    /// A template or unit by its number; `None` if it cannot be read.
    fn shared(&mut self, document: usize, kind: SharedKind, id: &str) -> Option<Arc<PartContent>> {
        let key = (document, kind, id.to_owned());
        if let Some(known) = self.shared.get(&key) {
            return known.clone();
        }
        let content = self.load(document, kind, id).map(Arc::new);
        self.held += content.as_ref().map_or(0, |content| content.size());
        if self.shared.len() >= MAX_SHARED || self.held > MAX_HELD {
            self.shared.clear();
            self.held = content.as_ref().map_or(0, |content| content.size());
        }
        self.shared.insert(key, content.clone());
        content
    }

    fn load(&mut self, document: usize, kind: SharedKind, id: &str) -> Option<PartContent> {
        let structure = self.documents.get(document)?;
        match kind {
            SharedKind::Template => {
                let path = structure.templates.get(id)?.clone();
                self.read(&path).map(|(content, _)| content)
            }
            SharedKind::Unit => structure.resources.iter().find_map(|path| {
                let mut reader = ContentReader::of_unit(id);
                // What stands before a fault is shown.
                let _ = self.package.visit(path, &mut reader);
                let content = reader.finish();
                (!content.objects.is_empty()).then_some(content)
            }),
        }
    }
}

/// A page being shown.
struct Showing<'p, T> {
    parts: &'p mut OfdParts,
    document: usize,
    taker: &'p mut T,
    units: usize,
    /// The units that are shown at this moment, each within the one before.
    open: Vec<String>,
    is_whole: bool,
}

impl<T: PageTaker> Showing<'_, T> {
    fn page(&mut self, content: &PartContent, place: Affine) -> Result<(), Full> {
        let (over, under): (Vec<_>, Vec<_>) =
            content.templates.iter().partition(|(_, is_over)| *is_over);
        self.templates(&under, place)?;
        self.objects(content, place)?;
        self.templates(&over, place)
    }

    fn templates(&mut self, templates: &[&(String, bool)], place: Affine) -> Result<(), Full> {
        for (id, _) in templates {
            match self.parts.shared(self.document, SharedKind::Template, id) {
                Some(template) => self.objects(&template, place)?,
                None => self.is_whole = false,
            }
        }
        Ok(())
    }

    fn objects(&mut self, content: &PartContent, place: Affine) -> Result<(), Full> {
        self.is_whole &= !content.is_full();
        if content.lacks_any() {
            self.taker.lacks()?;
        }
        for object in &content.objects {
            if let ObjectShape::Unit(id, own) = &object.shape {
                self.taker.begin_unit(&object.clips, place);
                self.unit(id, place * *own)?;
                self.taker.end_unit(&object.clips);
            } else {
                let mut source = self.parts.source(self.document);
                self.taker.take(object, place, &mut source)?;
            }
        }
        Ok(())
    }

    fn unit(&mut self, id: &str, place: Affine) -> Result<(), Full> {
        self.units += 1;
        if self.units > MAX_UNITS {
            return Err(Full);
        }
        // A unit can show others, but not itself.
        let is_shown = self.open.len() < MAX_DEPTH && !self.open.iter().any(|open| open == id);
        let unit =
            is_shown.then(|| self.parts.shared(self.document, SharedKind::Unit, id)).flatten();
        let Some(unit) = unit else {
            self.is_whole = false;
            return Ok(());
        };
        self.open.push(id.to_owned());
        let shown = self.objects(&unit, place);
        self.open.pop();
        shown
    }
}
