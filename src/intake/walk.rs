//! Finds the files on the disk: every readable text and every archive below the named folders, in the same
//! order on every machine.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::config::{self, Config};
use super::failing::reason_of;
use super::packed::PackedName;
pub(super) use super::packed::is_archive;
use super::unread::{is_hidden, unread_kind};
use crate::model::{FileWarning, UnreadKind, WEB_PAGES};

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileFormat {
    /// `.txt`, `.md`, and any other file that is named explicitly.
    Text,
    /// `.html`, `.htm`, `.shtml` and the like, `.aspx`, `.jsp`, `.php`.
    Html,
    /// `.docx`, `.odt`, `.epub`, `.mhtml` and the like: which of them, the content says.
    Document,
    /// `.jsonl`: one article per line.
    Jsonl,
    /// `.jsonl.zst`.
    JsonlZst,
    /// `.xml`, `.hocr`: pages as digitisation delivers them.
    Scan,
    /// `.png`, `.jpg`, `.tif`, `.webp`: pages that are pictures.
    Picture,
}

impl FileFormat {
    /// Whether it is a text in which articles are yet to be found.
    #[must_use]
    pub fn is_to_be_split(self) -> bool {
        !matches!(self, Self::Jsonl | Self::JsonlZst)
    }
}

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Where it is.
    pub path: PathBuf,
    /// The same without links, as it was when the walk found it: nothing else is read for this file.
    pub real: PathBuf,
    /// Its name in records: its path below the corpus folder; of a file elsewhere the path from the
    /// named folder on, or the file name. Separated by `/`.
    pub source: String,
    /// Its name in the archive at `path`, if it is packed in one. Its own `source` goes on behind that of
    /// the archive. An archive that cannot be listed to its end is a file of its own, which says why.
    pub packed: Option<PackedName>,
    /// The files that it names as its own (METS): they are read with it, and are no files of the corpus
    /// beside it.
    pub parts: Vec<CorpusFile>,
    /// Sources of the pictures that belong to it, as that of a page whose text it has: they are no files of
    /// the corpus beside it.
    pub pictures: Vec<String>,
    /// Its format, by the extension.
    pub format: FileFormat,
    /// Size in bytes.
    pub bytes: u64,
    /// Its modification time, if the file system has one.
    pub modified: Option<SystemTime>,
}

impl CorpusFile {
    /// Where it is, and where its parts are.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        [self].into_iter().chain(&self.parts).map(|file| &file.path)
    }

    pub(super) fn state(&self) -> FoundState {
        (self.real.clone(), self.packed.clone(), self.bytes, self.modified)
    }

    /// Sources of its parts and of the pictures that belong to it.
    pub fn belonging(&self) -> impl Iterator<Item = &str> {
        let parts = self.parts.iter().map(|part| part.source.as_str());
        parts.chain(self.pictures.iter().map(String::as_str))
    }

    /// Whether its name ends so, which is in lower case.
    pub(super) fn is_named(&self, end: &str) -> bool {
        let name = self.packed.as_ref().map_or(&*self.source, |packed| &packed.path);
        name.to_lowercase().ends_with(end)
    }

    /// Whether it is a picture by its name, of a form that is read or of another.
    pub(super) fn is_picture(&self) -> bool {
        self.format == FileFormat::Picture || self.unread_kind() == Some(UnreadKind::Picture)
    }

    /// Whether it is an archive in one that stands in the place of its files, since these could not be listed or
    /// would be too many. Deeper ones are never listed.
    pub(super) fn is_unlisted(&self) -> bool {
        self.unread_kind() == Some(UnreadKind::NestedArchive)
            && self.packed.as_ref().is_some_and(|packed| !packed.is_nested())
    }

    /// Which kind of file it is by its name, if that is one that is not read.
    pub(super) fn unread_kind(&self) -> Option<UnreadKind> {
        // A page of a crawl can be called anything.
        if self.format != FileFormat::Document {
            return None;
        }
        let name = match &self.packed {
            Some(packed) if is_archive(Path::new(&packed.path)) => {
                return Some(UnreadKind::NestedArchive);
            }
            Some(packed) => packed.path.to_lowercase(),
            None if is_archive(&self.path) => return None,
            None => self.path.file_name()?.to_string_lossy().to_lowercase(),
        };
        unread_kind(&name)
    }
}

/// Which file it is, and when it was written: where both are the same, so is what is in it.
pub(super) type FoundState = (PathBuf, Option<PackedName>, u64, Option<SystemTime>);

/// Which symbolic links below a named folder a walk follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FollowLinks {
    /// Those that stay in the corpus or in the named folder. Who may write a link could otherwise have
    /// any file of the machine read and shown.
    #[default]
    Inside,
    /// All, with a warning for each that leads elsewhere.
    Everywhere,
}

/// Files of other kinds that are named.
pub const MAX_NAMED: usize = 500;

/// The result of a walk over the named paths.
#[derive(Debug, Clone, Default)]
pub struct WalkResult {
    /// The files, sorted by `source`, with unique names.
    pub files: Vec<CorpusFile>,
    /// Number of hidden files and folders that were skipped.
    pub hidden: u64,
    /// Number of files skipped because of their extension, by extension in lower case (empty for
    /// none).
    pub other: BTreeMap<String, u64>,
    /// Sources of the first of them, at most [`MAX_NAMED`], sorted.
    pub other_names: Vec<String>,
    /// Number of additional names of files that were found more than once, because they were named
    /// twice or are the target of links.
    pub twice: u64,
    /// Named paths that do not exist.
    pub missing: Vec<PathBuf>,
    /// Names of files and archives that are not read, as `corpus.toml` says.
    pub left_out: Vec<String>,
    /// Warnings about folders and links that could not be followed and about odd names, each with
    /// the path or name.
    pub warnings: Vec<(String, FileWarning)>,
    /// Sources of files that are read as parts of others.
    pub(super) parts: HashSet<String>,
    links: FollowLinks,
    /// Sources of the named folders and files; the empty one is the corpus itself.
    named: Vec<String>,
    /// Sources of folders and files that could not be read.
    pub(super) unread: Vec<String>,
    /// Sources of links out of the corpus that were not followed.
    passed_links: Vec<String>,
}

impl WalkResult {
    /// Whether a file with this source would have been found if it existed: it lies below a named
    /// folder, and no folder above it was unreadable. Only such a file counts as removed.
    #[must_use]
    pub fn covers(&self, source: &str) -> bool {
        let is_within = |folder: &String| lies_below(source, folder);
        let is_unread = self.unread.iter().any(is_within) || self.is_behind_passed_link(source);
        self.named.iter().any(is_within) && !is_unread
    }

    /// Whether all folders and archives could be listed.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unread.is_empty()
    }

    /// Whether a file with this source is read as a part of another one.
    #[must_use]
    pub fn is_part(&self, source: &str) -> bool {
        self.parts.contains(source)
    }

    /// Whether a file with this source would be reached through a link out of the corpus that was not
    /// followed.
    #[must_use]
    pub fn is_behind_passed_link(&self, source: &str) -> bool {
        self.passed_links.iter().any(|link| lies_below(source, link))
    }
}

/// Whether a source is this folder or file, or lies below it.
fn lies_below(source: &str, folder: &str) -> bool {
    let rest = source.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Finds the files and archives on the disk, below the named paths; without any, below the corpus folder.
/// What these settings leave out is named alone. Links below a named folder are followed as `links` says; one
/// that is named itself is followed wherever it leads.
pub(super) fn on_disk(
    corpus: &Path,
    paths: &[PathBuf],
    links: FollowLinks,
    config: &Config,
) -> WalkResult {
    let corpus_itself = [corpus.to_owned()];
    let mut walked = WalkResult { links, ..WalkResult::default() };
    for path in if paths.is_empty() { &corpus_itself } else { paths } {
        if path.exists() {
            walked.take(corpus, path, config);
        } else {
            walked.missing.push(path.clone());
        }
    }
    walked
}

impl WalkResult {
    fn take(&mut self, corpus: &Path, root: &Path, config: &Config) {
        let name = source_of_root(corpus, root);
        // The walk detects loops of links itself.
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let inside = [corpus, root].into_iter().filter_map(|folder| fs::canonicalize(folder).ok());
        let inside: Vec<PathBuf> = inside.collect();
        let mut hidden = 0;
        let mut outside = Vec::new();
        let shown = entries.filter_entry(|entry| {
            let is_hidden = entry.depth() > 0 && is_hidden(entry.file_name().as_encoded_bytes());
            hidden += u64::from(is_hidden);
            if is_hidden || entry.depth() == 0 || !entry.path_is_symlink() {
                return !is_hidden;
            }
            let Some(target) = leads_outside(entry.path(), &inside) else { return true };
            let source = join(&name, &source_below(root, entry.path()));
            // What is no text is passed over wherever it is.
            if entry.file_type().is_dir()
                || is_text(entry.path(), &source) && !config.skips(&source)
            {
                outside.push((entry.path().to_owned(), target));
            }
            self.links == FollowLinks::Everywhere
        });
        let mut entries = Vec::new();
        shown.for_each(|entry| entries.push(entry));
        self.hidden += hidden;
        for (path, target) in outside {
            let source = join(&name, &source_below(root, &path));
            if self.links == FollowLinks::Everywhere {
                let target = target.display().to_string();
                let warning = FileWarning::LinkOutside { target, followed: true };
                self.warnings.push((source, warning));
            } else {
                self.pass_over_link(&target, source);
            }
        }
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    self.take_file(&entry, root, &name, &inside, config);
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let source = join(&name, &source_below(root, entry.path()));
                    if !config.skips(&source) {
                        self.warnings.push((source, FileWarning::NoFile));
                    }
                }
                Err(error) => self.note(&error, root, &name),
            }
        }
        self.named.push(name);
    }

    fn take_file(
        &mut self,
        entry: &DirEntry,
        root: &Path,
        name: &str,
        inside: &[PathBuf],
        config: &Config,
    ) {
        let path = entry.path();
        if entry.file_name() == config::FILE_NAME && entry.depth() > 0 {
            return;
        }
        let source = join(name, &source_below(root, path));
        if source == config::SYNONYMS || is_splitter(&source) {
            return;
        }
        let is_archive = is_archive(path);
        if if is_archive { config.skips_archive(&source) } else { config.skips(&source) } {
            self.left_out.push(source);
            return;
        }
        let format = format_of(path, entry.depth() == 0);
        if format.is_none() && !is_archive {
            let extension = path.extension().map(|name| shown(name.as_encoded_bytes()));
            self.pass_over(extension.unwrap_or_default().to_lowercase(), Some(source));
            return;
        }
        if path.to_str().is_none() {
            self.warnings.push((source.clone(), FileWarning::NameNotUtf8));
        }
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let is_inside = inside.iter().any(|folder| real.starts_with(folder));
        if self.links == FollowLinks::Inside && !is_inside {
            // It became a link while the folders were listed.
            self.pass_over_link(&real, source);
            return;
        }
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return self.note(&error, root, name),
        };
        let file = CorpusFile {
            path: path.to_owned(),
            real,
            source,
            packed: None,
            parts: Vec::new(),
            pictures: Vec::new(),
            format: format.unwrap_or(FileFormat::Document),
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
        };
        self.files.push(file);
    }

    /// Notes a file of another kind.
    pub(super) fn pass_over(&mut self, kind: String, source: Option<String>) {
        *self.other.entry(kind).or_default() += 1;
        self.other_names.extend(source.filter(|_| self.other_names.len() < MAX_NAMED));
    }

    /// Notes a link out of the corpus that is not followed. What the index has of it stays.
    fn pass_over_link(&mut self, target: &Path, source: String) {
        let target = target.display().to_string();
        let warning = FileWarning::LinkOutside { target, followed: false };
        self.warnings.push((source.clone(), warning));
        self.passed_links.push(source);
    }

    fn note(&mut self, error: &walkdir::Error, root: &Path, name: &str) {
        let path = error.path().unwrap_or(root);
        let source = join(name, &source_below(root, path));
        let warning = match (error.loop_ancestor(), error.io_error()) {
            (Some(ancestor), _) => {
                FileWarning::LinkLoop { ancestor: ancestor.display().to_string() }
            }
            (None, Some(_)) if path.is_symlink() && !path.exists() => FileWarning::BrokenLink,
            (None, Some(error)) => FileWarning::FolderUnreadable { reason: reason_of(error) },
            (None, None) => FileWarning::FolderUnreadable { reason: reason_of(error) },
        };
        let place = if source.is_empty() { path.display().to_string() } else { source.clone() };
        self.warnings.push((place, warning));
        self.unread.push(source);
    }
}

/// Where a link leads, if that is in none of these folders, whose own links are resolved. What leads nowhere
/// is an error to whoever follows it.
pub(super) fn leads_outside(link: &Path, folders: &[PathBuf]) -> Option<PathBuf> {
    let target = fs::canonicalize(link).ok()?;
    (!folders.iter().any(|folder| target.starts_with(folder))).then_some(target)
}

/// Whether a file below a named folder is a text of the corpus, and neither settings nor of another kind.
fn is_text(path: &Path, source: &str) -> bool {
    let is_of_program = path.file_name().is_some_and(|name| name == config::FILE_NAME)
        || source == config::SYNONYMS
        || is_splitter(source);
    !is_of_program && (format_of(path, false).is_some() || is_archive(path))
}

/// Whether a file is the splitter's table, of the corpus or of a publication.
fn is_splitter(source: &str) -> bool {
    let name = source.split_once('/').map_or(source, |(_, name)| name);
    name == config::SPLITTER
}

/// The source of a named path: its path below the corpus folder, or its name if it is elsewhere.
pub(super) fn source_of_root(corpus: &Path, root: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| absolute(path));
    // The path as written is tried first: a link inside the corpus belongs to it, wherever it
    // leads.
    for (corpus, root) in [(absolute(corpus), absolute(root)), (real(corpus), real(root))] {
        if let Ok(below) = root.strip_prefix(&corpus)
            && !below.components().any(|part| part == Component::ParentDir)
        {
            return source_from(below);
        }
    }
    real(root).file_name().map_or_else(String::new, |name| shown(name.as_encoded_bytes()))
}

pub(super) fn source_below(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).map(source_from).unwrap_or_default()
}

pub(super) fn source_from(below: &Path) -> String {
    let parts = below.components().filter(|part| matches!(part, Component::Normal(_)));
    let parts: Vec<_> = parts.map(|part| shown(part.as_os_str().as_encoded_bytes())).collect();
    parts.join("/")
}

pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// A name as text; bytes that are not UTF-8 are escaped as `\xff`, so that different names stay
/// different.
pub(super) fn shown(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    text
}

/// What names of documents end with. Some are not read, but refused with what to do.
const DOCUMENTS: [&str; 16] = [
    ".pdf", ".ofd", ".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".epub", ".mht", ".mhtml",
    ".doc", ".dot", ".wps", ".wpt", ".rtf",
];

/// What names of pictures end with.
const PICTURES: [&str; 7] = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"];

/// Whether a file has the name of a page that a server makes, or of the program that makes it.
pub(super) fn is_server_page(file: &CorpusFile) -> bool {
    [".asp", ".aspx", ".jsp", ".php"].iter().any(|end| file.is_named(end))
}

pub(super) fn format_of(path: &Path, is_named: bool) -> Option<FileFormat> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let has = |extensions: &[&str]| extensions.iter().any(|extension| name.ends_with(extension));
    Some(match () {
        () if has(&[".txt", ".md"]) => FileFormat::Text,
        () if has(&WEB_PAGES) => FileFormat::Html,
        () if has(&DOCUMENTS) => FileFormat::Document,
        () if has(&[".jsonl"]) => FileFormat::Jsonl,
        () if has(&[".jsonl.zst"]) => FileFormat::JsonlZst,
        () if has(&[".xml", ".hocr"]) => FileFormat::Scan,
        () if has(&PICTURES) => FileFormat::Picture,
        // They are refused with what to do.
        () if unread_kind(&name).is_some() => FileFormat::Document,
        () if is_named => FileFormat::Text,
        () => return None,
    })
}
