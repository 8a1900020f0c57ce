//! Files that are packed in an archive, which is read as the folder that it is: `.zip`, `.tar`,
//! `.tar.gz`, and crawls of web sites (`.warc`, `.warc.gz`), whose pages are its files.
//!
//! Nothing is opened by a name in an archive. Where a file stands in it is noted when it is listed, so that
//! it is unpacked without reading what stands before; of a `.tar.gz`, which has no such places, the last
//! ones are held unpacked ([`gunzipped`]). What is in the last archives is known as long as a program runs.

mod crawl;
mod exchange;
mod gunzipped;
mod nested;
mod record;
mod tape;
#[cfg(test)]
mod tape_tests;
mod warc;
#[cfg(test)]
mod warc_tests;
mod zipped;
#[cfg(test)]
mod zipped_tests;

use std::error::Error;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::SystemTime;

use self::nested::with_nested;
use super::content::{self, DocumentKind, unread_kind_of};
use super::failing::reason_of;
use super::file_cache::FileCache;
use super::shared_file::SharedFile;
use crate::model::{FailureReason, FileWarning};
use crate::text::decode;

/// What a file is called in its archive, and where it is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackedName {
    /// As a path below the archive, separated by `/`. Nothing is opened by it.
    pub(super) path: String,
    place: PackedPlace,
    /// Where it is in the archive that is at this place, if it is in one.
    nested: Option<Box<PackedPlace>>,
}

impl PackedName {
    /// Whether it lies in an archive that is packed itself.
    pub(super) fn is_nested(&self) -> bool {
        self.nested.is_some()
    }
}

/// Where a file is in its archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum PackedPlace {
    /// Under this name, byte for byte.
    Zip(Vec<u8>),
    /// So many bytes from the beginning of what the archive is unpacked.
    Tar { at: u64, bytes: u64 },
    /// In the piece that begins here, so many bytes from its beginning.
    Warc { piece: u64, at: u64 },
}

/// A file in an archive.
#[derive(Debug, Clone)]
pub(super) struct PackedFile {
    pub(super) name: PackedName,
    pub(super) bytes: u64,
    /// Whether it is a web page, whatever its name says.
    pub(super) is_page: bool,
}

/// What is in an archive and is not read.
#[derive(Debug, Clone)]
pub(super) struct PassedEntry {
    /// As a path below the archive, if it is a file.
    pub(super) path: Option<String>,
    /// What it is, as an ending of its name would say.
    pub(super) kind: String,
}

impl PassedEntry {
    /// What is no file of its own.
    fn of_kind(kind: impl Into<String>) -> Self {
        Self { path: None, kind: kind.into() }
    }

    pub(super) fn at(path: String) -> Self {
        let kind = Path::new(&path).extension().unwrap_or_default();
        Self { kind: kind.to_string_lossy().to_lowercase(), path: Some(path) }
    }
}

/// What there is in an archive.
#[derive(Debug, Default)]
pub(super) struct ArchiveContent {
    /// Whether it is a document, whatever its name says.
    pub(super) is_document: bool,
    /// In the order of the archive.
    pub(super) files: Vec<PackedFile>,
    /// What is neither a file nor a page that was received.
    pub(super) passed: Vec<PassedEntry>,
    /// Why there may be more than these.
    pub(super) problem: Option<FileWarning>,
    /// What is odd though these are all.
    pub(super) oddity: Option<FileWarning>,
}

/// The form of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum ArchiveForm {
    Zip,
    /// Also one that is compressed as a whole.
    Tar,
    Warc,
}

impl ArchiveForm {
    /// By the name of a file.
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let has = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        Some(match () {
            // Pages that are pictures, packed for readers of comics.
            () if has(&[".zip", ".cbz"]) => Self::Zip,
            () if has(&[".tar", ".tar.gz", ".tgz", ".cbt"]) => Self::Tar,
            () if has(&[".warc", ".warc.gz"]) => Self::Warc,
            () => return None,
        })
    }
}

/// Whether a file is an archive, by its name.
pub(super) fn is_archive(path: &Path) -> bool {
    ArchiveForm::of(path).is_some()
}

/// The archives that the name of a file leads through: `a/b.zip` of `a/b.zip/c.txt`.
pub(super) fn archives_in(source: &str) -> impl Iterator<Item = &str> {
    let outer = source.match_indices('/').map(|(end, _)| &source[..end]);
    outer.filter(|outer| is_archive(Path::new(outer)))
}

/// The archive at a path that has this size and time.
type ArchiveState = (PathBuf, u64, Option<SystemTime>);

/// What is in an archive, or why that cannot be told.
type Listed = Result<Arc<ArchiveContent>, FileWarning>;

/// Files in the archives that are known.
const MAX_LISTED: usize = 300_000;

/// What is in the archive at a path, and in archives in it. One that fails is looked into once, too, as long as
/// it stays as it is.
///
/// # Errors
/// When it is damaged, or would be too large if it were unpacked.
pub(super) fn contents(path: &Path) -> Listed {
    static LISTED: LazyLock<FileCache<ArchiveState, Listed>> = LazyLock::new(|| {
        let files = |listed: &Listed| listed.as_ref().map_or(0, |content| content.files.len()) + 1;
        FileCache::weighing(MAX_LISTED, files)
    });
    let opened = || {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let state = (path.to_owned(), metadata.len(), metadata.modified().ok());
        Ok((SharedFile::new(file), state))
    };
    let (file, state) = opened().map_err(|error: io::Error| damaged(&error))?;
    let form = ArchiveForm::of(path).unwrap_or(ArchiveForm::Zip);
    let list = || match contents_of(&file, form) {
        Ok(content) => match content.problem {
            Some(ref problem) if is_passing(problem) => Err(Ok(Arc::new(content))),
            _ => match with_nested(&file, content) {
                (whole, true) => Ok(Ok(Arc::new(whole))),
                (whole, false) => Err(Ok(Arc::new(whole))),
            },
        },
        Err(warning) if is_passing(&warning) => Err(Err(warning)),
        Err(warning) => Ok(Err(warning)),
    };
    // What the machine is in the way of may be otherwise the next time, and is not kept.
    LISTED.get_or_make(&state, list).unwrap_or_else(|passing| passing)
}

/// Whether the machine is in the way, and not the content of a file.
fn is_passing(warning: &FileWarning) -> bool {
    use FailureReason::{NoRoom, NotPermitted, NotThere, ReadError, Said};
    let FileWarning::Unreadable { reason } = warning else { return false };
    matches!(reason, NoRoom | NotPermitted | NotThere | ReadError | Said { .. })
}

/// What is in an archive, by its form.
fn contents_of(file: &SharedFile, form: ArchiveForm) -> Result<ArchiveContent, FileWarning> {
    // Some forms have no end that an empty file would lack.
    if file.metadata().is_ok_and(|metadata| metadata.len() == 0) {
        return Err(damaged(&FailureReason::BreaksOff));
    }
    let listed = match form {
        ArchiveForm::Tar => gunzipped::of(file)
            .map(|mut file| tape::contents(&mut file))
            .map_err(|error| gunzipped::warning(&error)),
        ArchiveForm::Warc => Ok(warc::contents(file.clone())),
        ArchiveForm::Zip => zipped::contents(file),
    };
    match listed {
        Ok(content) if content.problem.is_none() || !content.files.is_empty() => Ok(content),
        failed => of_another_form(file, form).map_err(|error| damaged(&error))?.unwrap_or(failed),
    }
}

/// What a file is that cannot be listed as its name says; `None` if it is not known to be anything else.
fn of_another_form(
    file: &SharedFile,
    form: ArchiveForm,
) -> io::Result<Option<Result<ArchiveContent, FileWarning>>> {
    let head = file.head(content::HEAD)?;
    let begins_so = match form {
        ArchiveForm::Zip => head.starts_with(b"PK"),
        ArchiveForm::Tar => gunzipped::is_gzip(&head) || head.get(257..262) == Some(b"ustar"),
        ArchiveForm::Warc => gunzipped::is_gzip(&head) || head.starts_with(b"WARC/"),
    };
    if begins_so {
        return Ok(None);
    }
    if DocumentKind::of(&mut file.clone())?.is_some() {
        return Ok(Some(Ok(ArchiveContent { is_document: true, ..ArchiveContent::default() })));
    }
    // In the place of an archive a text is mostly the message of a server that did not send it.
    Ok(match unread_kind_of(&head) {
        _ if !content::is_binary(&decode(&head, None), &head) => {
            Some(Err(FileWarning::TextNotArchive))
        }
        kind => kind.map(|kind| Err(FileWarning::NotRead { kind })),
    })
}

/// Whether a file that is called an archive is a document.
///
/// # Errors
/// When it cannot be listed to its end.
pub(super) fn is_document(path: &Path) -> Result<bool, FileWarning> {
    let content = contents(path)?;
    content.problem.clone().map_or(Ok(content.is_document), Err)
}

/// Unpacks a file from an archive into one that nobody else sees and that is gone when it is closed.
///
/// # Errors
/// When it is not there, locked, damaged, or longer than the archive says.
pub(super) fn unpack(archive: File, name: &PackedName) -> io::Result<File> {
    let archive = SharedFile::new(archive);
    let mut file = tempfile::tempfile()?;
    match &name.nested {
        Some(nested) => nested::unpack(&archive, &name.place, nested, &mut file)?,
        None => unpack_place(&archive, &name.place, &mut file)?,
    }
    file.rewind()?;
    Ok(file)
}

/// Unpacks what is at a place of an archive.
fn unpack_place(archive: &SharedFile, place: &PackedPlace, to: &mut File) -> io::Result<()> {
    match place {
        PackedPlace::Zip(name) => zipped::unpack(archive, name, to),
        PackedPlace::Tar { at, bytes } => {
            tape::unpack(&mut gunzipped::of(archive)?, *at, *bytes, to)
        }
        PackedPlace::Warc { piece, at } => warc::unpack(archive, *piece, *at, to),
    }
}

/// Whether an error of [`unpack`] says that a password is needed.
pub(super) fn is_locked(error: &io::Error) -> bool {
    zipped::is_locked(error)
}

/// Copies what is as long as its archive says.
fn copy_exactly(from: impl Read, bytes: u64, to: &mut File) -> io::Result<()> {
    if io::copy(&mut from.take(bytes.saturating_add(1)), to)? == bytes {
        return Ok(());
    }
    Err(io::Error::other(FailureReason::Malformed))
}

/// A name as a path below the archive: programs of Windows write `\`, and names in Chinese are in GBK
/// where they are not in UTF-8.
fn path_of(name: &[u8]) -> String {
    let name = decode(name, Some("gb18030").filter(|_| std::str::from_utf8(name).is_err())).text;
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// The warning on an archive in which something is not as it should be.
fn damaged(error: &(dyn Error + 'static)) -> FileWarning {
    FileWarning::Unreadable { reason: reason_of(error) }
}
