//! Files that are packed in an archive, which is read as the folder that it is: `.zip`, `.tar`,
//! `.tar.gz`, and crawls of web sites (`.warc`, `.warc.gz`), whose pages are its files.
//!
//! Nothing is opened by a name in an archive. Where a file stands in it is noted when it is listed, so that
//! it is unpacked without reading what stands before; of a `.tar.gz`, which has no such places, the last
//! ones are held unpacked ([`gunzipped`]).

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
use std::path::Path;

use self::nested::{NestedPlace, with_nested};
use super::failing::reason_of;
use crate::model::{FailureReason, FileWarning};
use crate::text::decode;

/// What a file is called in its archive, and where it is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackedName {
    /// As a path below the archive, separated by `/`. Nothing is opened by it.
    pub(super) path: String,
    place: PackedPlace,
    /// Where it is in the archive that is at this place, if it is in one.
    nested: Option<Box<NestedPlace>>,
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

/// What there is in an archive.
#[derive(Debug, Default)]
pub(super) struct ArchiveContent {
    /// Whether it is the package of a document.
    pub(super) is_document: bool,
    /// In the order of the archive.
    pub(super) files: Vec<PackedFile>,
    /// What is neither a file nor a page that was received, by a name that says what it is.
    pub(super) passed: Vec<String>,
    /// Why there may be more than these.
    pub(super) problem: Option<FileWarning>,
    /// What is odd though these are all.
    pub(super) oddity: Option<FileWarning>,
}

/// The form of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum ArchiveForm {
    Zip,
    Tar,
    TarGz,
    Warc,
}

impl ArchiveForm {
    /// By the name of a file.
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let has = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        Some(match () {
            () if has(&[".zip"]) => Self::Zip,
            () if has(&[".tar"]) => Self::Tar,
            () if has(&[".tar.gz", ".tgz"]) => Self::TarGz,
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

/// What is in the archive at a path, and in archives in it.
///
/// # Errors
/// When it is damaged, or would be too large if it were unpacked.
pub(super) fn contents(path: &Path) -> Result<ArchiveContent, FileWarning> {
    let file = File::open(path).map_err(|error| damaged(&error))?;
    let content = contents_of(file, ArchiveForm::of(path).unwrap_or(ArchiveForm::Zip))?;
    Ok(with_nested(path, content))
}

/// What is in an archive.
fn contents_of(mut file: File, form: ArchiveForm) -> Result<ArchiveContent, FileWarning> {
    match form {
        ArchiveForm::Tar => Ok(tape::contents(&mut file)),
        ArchiveForm::TarGz => gunzipped::with(&file, |file| Ok(tape::contents(file)))
            .map_err(|error| gunzipped::warning(&error)),
        ArchiveForm::Warc => Ok(warc::contents(file)),
        ArchiveForm::Zip => zipped::contents(file),
    }
}

/// Whether an archive is the package of a document.
///
/// # Errors
/// When it cannot be listed to its end.
pub(super) fn is_document(path: &Path) -> Result<bool, FileWarning> {
    let content = contents(path)?;
    content.problem.map_or(Ok(content.is_document), Err)
}

/// Unpacks a file from an archive into one that nobody else sees and that is gone when it is closed.
///
/// # Errors
/// When it is not there, locked, damaged, or longer than the archive says.
pub(super) fn unpack(archive: File, path: &Path, name: &PackedName) -> io::Result<File> {
    let (mut file, form) = (tempfile::tempfile()?, ArchiveForm::of(path));
    match &name.nested {
        Some(nested) => nested::unpack(&archive, form, &name.place, nested, &mut file)?,
        None => unpack_place(archive, form, &name.place, &mut file)?,
    }
    file.rewind()?;
    Ok(file)
}

/// Unpacks what is at a place of an archive.
fn unpack_place(
    mut archive: File,
    form: Option<ArchiveForm>,
    place: &PackedPlace,
    to: &mut File,
) -> io::Result<()> {
    match place {
        PackedPlace::Zip(name) => zipped::unpack(archive, name, to),
        PackedPlace::Tar { at, bytes } => {
            let mut copy = |archive: &mut File| tape::unpack(archive, *at, *bytes, to);
            if form == Some(ArchiveForm::TarGz) {
                gunzipped::with(&archive, copy)
            } else {
                copy(&mut archive)
            }
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
