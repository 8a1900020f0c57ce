//! ZIP archives.

use std::fs::File;
use std::io::{self, BufReader, Seek};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use same_file::Handle;
use thiserror::Error;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{ArchiveContent, PackedFile, PackedName, PackedPlace, copy_exactly, damaged, path_of};
use crate::intake::office::{open_zip, unpacked_at_most};
use crate::model::FileWarning;

/// Parts by which the package of a document is known.
const OF_DOCUMENTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "OFD.xml"];

pub(super) fn contents(mut file: File) -> Result<ArchiveContent, FileWarning> {
    let size = file.seek(io::SeekFrom::End(0)).map_err(|error| damaged(&error))?;
    let zip = open_zip(file).map_err(|warning| match warning {
        FileWarning::DamagedDocument { reason } => FileWarning::Unreadable { reason },
        other => other,
    })?;
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
            passed.push(path);
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

/// An archive whose directory has been read.
struct OpenZip {
    packed: Handle,
    size: u64,
    modified: Option<SystemTime>,
    zip: ZipArchive<BufReader<File>>,
}

/// The last archives, so that the directory of one is not read for each file in it; and their number.
static OPEN: Mutex<Vec<OpenZip>> = Mutex::new(Vec::new());
const MAX_OPEN: usize = 8;

impl OpenZip {
    /// One that is open already, else this one; nobody else has it until it is put back.
    fn of(packed: File) -> io::Result<Self> {
        let metadata = packed.metadata()?;
        let (size, modified) = (metadata.len(), metadata.modified().ok());
        let handle = Handle::from_file(packed.try_clone()?)?;
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it =
            |one: &Self| one.packed == handle && one.size == size && one.modified == modified;
        if let Some(at) = open.iter().position(is_it) {
            return Ok(open.remove(at));
        }
        drop(open);
        let zip = open_zip(packed).map_err(|warning| match warning {
            FileWarning::DamagedDocument { reason } => io::Error::other(reason),
            other => io::Error::other(other.to_string()),
        })?;
        Ok(Self { packed: handle, size, modified, zip })
    }

    fn put_back(self) {
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.truncate(MAX_OPEN - 1);
        open.insert(0, self);
    }
}

/// It needs a password.
#[derive(Debug, Error)]
#[error("locked by a password")]
struct Locked;

/// Whether an error of [`unpack`] says that a password is needed.
pub(super) fn is_locked(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Locked>)
}

pub(super) fn unpack(archive: File, name: &[u8], to: &mut File) -> io::Result<()> {
    let mut archive = OpenZip::of(archive)?;
    let index = archive.zip.index_for_name_raw(name).ok_or(io::ErrorKind::NotFound)?;
    let entry = archive.zip.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => io::Error::other(Locked),
        other => other.into(),
    })?;
    let bytes = entry.size();
    copy_exactly(entry, bytes, to)?;
    archive.put_back();
    Ok(())
}
