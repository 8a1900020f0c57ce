//! Where the pages of a file are: `OFD.xml`, and the `Document.xml` that it names.

use std::collections::HashMap;

use hayro_interpret::kurbo::Rect;
use quick_xml::events::BytesStart;

use super::numbers::box_of;
use crate::intake::office::{Package, damaged, joined};
use crate::intake::xml::{ElementVisit, XmlVisitor, attribute};
use crate::model::{FailureReason, FileWarning};

/// The part that an OFD file has.
pub(super) const ROOT: &str = "OFD.xml";

/// Pages and documents of a file.
const MAX_PAGES: usize = 20_000;
const MAX_DOCUMENTS: usize = 100;

/// A document of the file, which mostly has one.
#[derive(Debug, Default)]
pub(super) struct DocumentStructure {
    pub(super) pages: Vec<PageEntry>,
    /// Whether there are more pages than are read.
    pub(super) has_more: bool,
    /// The paper of pages that state none themselves.
    pub(super) page_box: Option<Rect>,
    /// Paths of templates by their numbers.
    pub(super) templates: HashMap<String, String>,
    /// Paths of the lists of what pages share.
    pub(super) resources: Vec<String>,
}

/// A page.
#[derive(Debug, Clone)]
pub(super) struct PageEntry {
    pub(super) path: String,
}

/// Whether a file is encrypted as GM/T 0099 says: its parts are then not those that their names say.
pub(super) fn is_encrypted(package: &Package) -> bool {
    ["Encryptions.xml", "OFDEntries.xml"].iter().any(|name| package.has(name))
}

/// The documents of a file, with a page or more in all.
///
/// # Errors
/// When they cannot be found.
pub(super) fn structures(package: &mut Package) -> Result<Vec<DocumentStructure>, FileWarning> {
    let mut roots = Roots::default();
    package.visit(ROOT, &mut roots)?;
    let mut documents = Vec::new();
    let mut problem = None;
    for root in roots.paths.iter().take(MAX_DOCUMENTS) {
        let path = joined("", root);
        let mut reader = StructureReader::of(&path);
        // Pages that stand before a fault are read.
        problem = problem.or(package.visit(&path, &mut reader).err());
        reader.found.has_more = reader.is_full();
        documents.push(reader.found);
    }
    let has_pages = documents.iter().any(|document| !document.pages.is_empty());
    if has_pages {
        return Ok(documents);
    }
    Err(problem.unwrap_or_else(|| damaged(&FailureReason::Lacks { part: format!("{ROOT}: Page") })))
}

/// The paths of documents in `OFD.xml`.
#[derive(Default)]
struct Roots {
    paths: Vec<String>,
    text: Option<String>,
}

impl XmlVisitor for Roots {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        self.text = (tag.local_name().as_ref() == "DocRoot").then(String::new);
        ElementVisit::Inside
    }

    fn leave(&mut self, _: &str) {
        let path = self.text.take().map(|text| text.trim().to_owned());
        self.paths.extend(path.filter(|path| !path.is_empty()));
    }

    fn text(&mut self, text: &str) {
        if let Some(path) = &mut self.text {
            path.push_str(text);
        }
    }

    fn is_full(&self) -> bool {
        self.paths.len() >= MAX_DOCUMENTS
    }
}

/// Reads a `Document.xml`.
struct StructureReader {
    /// Its folder, below which the paths in it are.
    folder: String,
    found: DocumentStructure,
    in_pages: bool,
    /// The element whose text is wanted, and that text.
    open: Option<(StructureText, String)>,
}

/// An element that is written with text.
#[derive(Debug, Clone, Copy)]
enum StructureText {
    Resources,
    PageBox,
}

impl StructureReader {
    fn of(path: &str) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        Self { folder, found: DocumentStructure::default(), in_pages: false, open: None }
    }

    fn path(&self, tag: &BytesStart<'_>) -> Option<String> {
        let path = attribute(tag, "BaseLoc")?.replace('\\', "/");
        Some(joined(&self.folder, path.trim()))
    }
}

impl XmlVisitor for StructureReader {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        self.open = None;
        match tag.local_name().as_ref() {
            "Pages" => self.in_pages = true,
            "Page" if self.in_pages => {
                let path = self.path(tag);
                self.found.pages.extend(path.map(|path| PageEntry { path }));
            }
            "TemplatePage" => {
                if let Some((id, path)) = attribute(tag, "ID").zip(self.path(tag)) {
                    self.found.templates.insert(id, path);
                }
            }
            "PublicRes" | "DocumentRes" => {
                self.open = Some((StructureText::Resources, String::new()));
            }
            "PhysicalBox" => self.open = Some((StructureText::PageBox, String::new())),
            // Outlines and the like name pages, too.
            "Outlines" | "Bookmarks" | "Actions" | "Permissions" => return ElementVisit::Skip,
            _ => {}
        }
        ElementVisit::Inside
    }

    fn leave(&mut self, name: &str) {
        if name == "Pages" {
            self.in_pages = false;
        }
        match self.open.take() {
            Some((StructureText::Resources, text)) => {
                self.found.resources.push(joined(&self.folder, text.trim()));
            }
            Some((StructureText::PageBox, text)) => {
                self.found.page_box = self.found.page_box.or(box_of(&text));
            }
            None => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, open)) = &mut self.open {
            open.push_str(text);
        }
    }

    fn is_full(&self) -> bool {
        self.found.pages.len() >= MAX_PAGES
    }
}
