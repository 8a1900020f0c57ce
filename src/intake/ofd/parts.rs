//! The parts of a file, and what a page shows in its order: its templates, its objects, the composite units
//! among them.

use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use quick_xml::events::BytesStart;

use super::content::{ContentReader, Full, ObjectShape, PageObject, PartContent};
use super::ink::DrawParams;
use super::picture::ResourceReader;
use super::structure::{self, DocumentStructure, PageEntry, structures};
use crate::intake::office::Package;
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute};
use crate::model::FileWarning;

/// The parts of a file; those that several pages show are held.
pub(super) struct OfdParts {
    pub(super) package: Package,
    pub(super) documents: Vec<DocumentStructure>,
    templates: HashMap<(usize, String), Option<Arc<PartContent>>>,
    /// The size of all templates that are held.
    held: usize,
    /// The composite units of a document.
    units: Option<(usize, UnitReader)>,
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
    ///
    /// # Errors
    /// When it takes no more.
    fn begin_unit(&mut self, _clips: &[BezPath], _place: Affine) -> Result<(), Full> {
        Ok(())
    }

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
/// Templates that are held, and their size in characters, objects and pieces of paths; beyond that they are
/// read again. Units beyond the same size are not shown.
const MAX_TEMPLATES: usize = 256;
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
        Ok(Self { package, documents, templates: HashMap::new(), held: 0, units: None })
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

    /// A template by its number; `None` if it cannot be read.
    fn template(&mut self, document: usize, id: &str) -> Option<Arc<PartContent>> {
        let key = (document, id.to_owned());
        if let Some(known) = self.templates.get(&key) {
            return known.clone();
        }
        let path = self.documents[document].templates.get(id).cloned();
        let content = path.and_then(|path| self.read(&path)).map(|(content, _)| Arc::new(content));
        let size = content.as_ref().map_or(0, |content| content.size());
        self.held += size;
        if self.templates.len() >= MAX_TEMPLATES || self.held > MAX_HELD {
            self.templates.clear();
            self.held = size;
        }
        self.templates.insert(key, content.clone());
        content
    }

    /// A composite unit by its number; `None` if it cannot be read. All of a document are read at once.
    fn unit(&mut self, document: usize, id: &str) -> Option<Arc<PartContent>> {
        if self.units.as_ref().is_none_or(|(of, _)| *of != document) {
            let mut reader = UnitReader::default();
            for list in &self.documents[document].resources {
                // What stands before a fault is shown.
                let _ = self.package.visit(list, &mut reader);
                reader.end_unit();
            }
            self.units = Some((document, reader));
        }
        self.units.as_ref().and_then(|(_, reader)| reader.units.get(id).cloned())
    }
}

/// Reads the composite units in lists of resources, by their numbers.
#[derive(Default)]
struct UnitReader {
    units: HashMap<String, Arc<PartContent>>,
    /// The size of all.
    size: usize,
    /// The number of the unit whose elements are read, how many of these are open, and what it shows.
    open: Option<(String, usize, ContentReader)>,
}

impl UnitReader {
    fn end_unit(&mut self) {
        let Some((id, _, reader)) = self.open.take() else { return };
        let content = reader.finish();
        self.size += content.size();
        // The first one with something in it counts.
        if !content.objects.is_empty() && self.size <= MAX_HELD {
            self.units.entry(id).or_insert_with(|| Arc::new(content));
        }
    }
}

impl XmlVisitor for UnitReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        if let Some((_, depth, reader)) = &mut self.open {
            // What a unit has beyond that is not read; the units after it are.
            let visit =
                if reader.is_full() { ElementVisit::Skip } else { XmlVisitor::enter(reader, tag) };
            *depth += usize::from(visit == ElementVisit::Inside);
            return visit;
        }
        if tag.local_name().as_ref() == "CompositeGraphicUnit" {
            let id = attribute(tag, "ID").unwrap_or_default();
            self.open = Some((id, 0, ContentReader::default()));
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        match &mut self.open {
            Some((_, depth, reader)) if *depth > 0 => {
                *depth -= 1;
                reader.leave(name);
            }
            Some(_) => self.end_unit(),
            None => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((.., reader)) = &mut self.open {
            reader.text(text);
        }
    }

    fn is_full(&self) -> bool {
        self.size > MAX_HELD
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
            match self.parts.template(self.document, id) {
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
                self.taker.begin_unit(&object.clips, place)?;
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
        let unit = is_shown.then(|| self.parts.unit(self.document, id)).flatten();
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
