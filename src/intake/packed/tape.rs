//! TAR archives.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use tar::{Archive, Entry, EntryType, PaxExtensions};

use super::{
    ArchiveContent, PackedFile, PackedName, PackedPlace, PassedEntry, copy_exactly, damaged,
    path_of,
};
use crate::intake::shared_file::SharedFile;
use crate::model::FailureReason;

/// Files of an archive.
const MAX_FILES: usize = 200_000;
/// Bytes of a name that stands before its file, and of what else is said of it there.
const MAX_NAME: u64 = 64 << 10;

/// What is in an archive, up to where it is damaged. Links and devices are passed: what they lead to is not
/// in the archive.
pub(super) fn contents(file: &mut SharedFile) -> ArchiveContent {
    let mut content = ArchiveContent::default();
    let end = file.metadata().map_or(u64::MAX, |metadata| metadata.len());
    let mut archive = Archive::new(file);
    // What stands before a file is read here, since the library holds all of it, however long it is.
    let entries = match archive.entries_with_seek() {
        Ok(entries) => entries.raw(true),
        Err(error) => {
            content.problem = Some(damaged(&error));
            return content;
        }
    };
    let mut long_name = None;
    for entry in entries {
        let read = entry.and_then(|mut entry| {
            let kind = entry.header().entry_type();
            match kind {
                EntryType::GNULongName | EntryType::XHeader => {
                    long_name = stated_name(&mut entry)?.or(long_name.take());
                }
                EntryType::XGlobalHeader | EntryType::GNULongLink | EntryType::Directory => {}
                EntryType::Regular | EntryType::Continuous => {
                    let name = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
                    let (at, bytes) = (entry.raw_file_position(), entry.size());
                    if at.saturating_add(bytes) > end {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                    let path = path_of(&name);
                    let name =
                        PackedName { path, place: PackedPlace::Tar { at, bytes }, nested: None };
                    content.files.push(PackedFile { name, bytes, is_page: false });
                }
                _ => {
                    let name = long_name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
                    let path = Some(path_of(&name));
                    content.passed.push(PassedEntry { path, kind: "link".to_owned() });
                }
            }
            Ok(())
        });
        if let Err(error) = read {
            content.problem = Some(damaged(&error));
            break;
        }
        if content.files.len() + content.passed.len() >= MAX_FILES {
            content.problem =
                Some(damaged(&FailureReason::TooManyParts { most: MAX_FILES as u64 }));
            break;
        }
    }
    content
}

/// The name that is stated before a file because it is long.
fn stated_name<R: Read>(entry: &mut Entry<'_, R>) -> io::Result<Option<Vec<u8>>> {
    let kind = entry.header().entry_type();
    let mut bytes = Vec::new();
    entry.take(MAX_NAME + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_NAME {
        return Err(io::Error::other(FailureReason::Malformed));
    }
    if kind == EntryType::GNULongName {
        bytes.truncate(memchr::memchr(0, &bytes).unwrap_or(bytes.len()));
        return Ok(Some(bytes));
    }
    let mut stated = PaxExtensions::new(&bytes).filter_map(Result::ok);
    let path = stated.find(|stated| stated.key_bytes() == b"path");
    Ok(path.map(|path| path.value_bytes().to_vec()))
}

pub(super) fn unpack(
    archive: &mut SharedFile,
    at: u64,
    bytes: u64,
    to: &mut File,
) -> io::Result<()> {
    archive.seek(SeekFrom::Start(at))?;
    copy_exactly(archive.take(bytes), bytes, to)
}
