//! ZIP archives.

use std::fs::File;
use std::io;
use std::sync::LazyLock;

use thiserror::Error;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{
    ArchiveContent, PackedFile, PackedName, PackedPlace, PassedEntry, copy_exactly, damaged,
    path_of,
};
use crate::intake::file_cache::FileCache;
use crate::intake::office::{open_zip, unpacked_at_most};
use crate::intake::shared_file::{OpenFileState, SharedFile};
use crate::model::FileWarning;

/// Parts by which the package of a document is known.
const OF_DOCUMENTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "OFD.xml"];

pub(super) fn contents(file: &SharedFile) -> Result<ArchiveContent, FileWarning> {
    let size = file.metadata().map_err(|error| damaged(&error))?.len();
    let zip = opened(file).map_err(|error| damaged(&error))?;
    if OF_DOCUMENTS.into_iter().any(|name| zip.index_for_name(name).is_some()) {
        return Ok(ArchiveContent { is_document: true, ..ArchiveContent::default() });
    }
    let (mut files, mut passed) = (Vec::new(), Vec::new());
    let mut unpacked = 0u64;
    for index in 0..zip.len() {
        // The directory alone says what there is: where a file in it is damaged, it is not read.
        let entry = zip.by_index_data(index).map_err(|error| damaged(&error))?;
        if entry.is_dir() {
            continue;
        }
        unpacked = unpacked.saturating_add(entry.size());
        let name = entry.name_raw().to_vec();
        let (path, bytes) = (path_of(&name), entry.size());
        if !entry.is_file() {
            passed.push(PassedEntry::at(path));
            continue;
        }
        let name = PackedName { path, place: PackedPlace::Zip(name), nested: None };
        files.push(PackedFile { name, bytes, is_page: false });
    }
    // Entries can share the same bytes, so that each is small and all are without end.
    let most = unpacked_at_most(size);
    if unpacked > most {
        return Err(FileWarning::ArchiveTooLarge { megabytes: most >> 20 });
    }
    let oddity = zip.has_duplicate_names().then_some(FileWarning::NamesRepeated);
    Ok(ArchiveContent { files, passed, oddity, ..ArchiveContent::default() })
}

/// Archives whose directories are kept, so that that of one is not read for each file in it.
const MAX_OPEN: usize = 8;

/// An archive with its directory.
fn opened(archive: &SharedFile) -> io::Result<ZipArchive<SharedFile>> {
    static OPEN: LazyLock<FileCache<OpenFileState, ZipArchive<SharedFile>>> =
        LazyLock::new(|| FileCache::of(MAX_OPEN));
    OPEN.get_or_make(&archive.state()?, || open_zip(archive.clone()))
}

/// It needs a password.
#[derive(Debug, Error)]
#[error("locked by a password")]
struct Locked;

/// Whether an error of [`unpack`] says that a password is needed.
pub(super) fn is_locked(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Locked>)
}

pub(super) fn unpack(archive: &SharedFile, name: &[u8], to: &mut File) -> io::Result<()> {
    let mut zip = opened(archive)?;
    let index = zip.index_for_name_raw(name).ok_or(io::ErrorKind::NotFound)?;
    let entry = zip.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => io::Error::other(Locked),
        other => other.into(),
    })?;
    let bytes = entry.size();
    copy_exactly(entry, bytes, to)
}
