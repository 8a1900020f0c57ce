//! ZIP archives.

use std::fs::File;
use std::io::{self, Seek};

use super::{ArchiveContent, PackedFile, PackedName, PackedPlace, copy_exactly, damaged, path_of};
use crate::intake::office::{open_zip, unpacked_at_most};
use crate::model::FileWarning;

/// Parts by which the package of a document is known.
const OF_DOCUMENTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "OFD.xml"];

pub(super) fn contents(mut file: File) -> Result<ArchiveContent, FileWarning> {
    let size = file.seek(io::SeekFrom::End(0)).map_err(|error| damaged(&error))?;
    let mut zip = open_zip(file).map_err(|warning| match warning {
        FileWarning::DamagedDocument { reason } => FileWarning::Unreadable { reason },
        other => other,
    })?;
    if OF_DOCUMENTS.into_iter().any(|name| zip.index_for_name(name).is_some()) {
        return Ok(ArchiveContent { is_document: true, ..ArchiveContent::default() });
    }
    let mut files = Vec::new();
    let mut unpacked = 0u64;
    for index in 0..zip.len() {
        let Ok(entry) = zip.by_index_raw(index) else { continue };
        if !entry.is_file() {
            continue;
        }
        unpacked = unpacked.saturating_add(entry.size());
        let name = entry.name_raw().to_vec();
        let (path, bytes) = (path_of(&name), entry.size());
        let name = PackedName { path, place: PackedPlace::Zip(name) };
        files.push(PackedFile { name, bytes, is_page: false });
    }
    // Entries can share the same bytes, so that each is small and all are without end.
    let most = unpacked_at_most(size);
    if unpacked > most {
        return Err(FileWarning::ArchiveTooLarge { megabytes: most >> 20 });
    }
    Ok(ArchiveContent { files, ..ArchiveContent::default() })
}

pub(super) fn unpack(archive: File, name: &[u8], to: &mut File) -> io::Result<()> {
    let mut zip = open_zip(archive).map_err(|warning| io::Error::other(warning.to_string()))?;
    let index = zip.index_for_name_raw(name).ok_or(io::ErrorKind::NotFound)?;
    let entry = zip.by_index(index)?;
    let bytes = entry.size();
    copy_exactly(entry, bytes, to)
}
