//! Archives that are compressed as one piece: the last ones are held unpacked, since a file in them cannot
//! be found without unpacking all that stands before it.

use std::io::{self, Read};
use std::sync::LazyLock;

use flate2::bufread::MultiGzDecoder;
use thiserror::Error;

use super::damaged;
use crate::intake::file_cache::FileCache;
use crate::intake::office::unpacked_at_most;
use crate::intake::shared_file::{OpenFileState, SharedFile};
use crate::model::FileWarning;

/// Bytes of an archive when it is unpacked.
const MAX_UNPACKED: u64 = 4 << 30;

/// Archives that are held. Files are read in the order of their names, by several threads.
const HELD: usize = 2;

/// It would be too large if it were unpacked.
#[derive(Debug, Error)]
#[error("larger than {} MB when it is unpacked", .0 >> 20)]
struct GunzippedTooLarge(u64);

/// Whether what begins so is compressed.
pub(super) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

/// What an archive unpacks to, if it is compressed: some servers unpack it on the way and leave its name. The file
/// that it is unpacked into is seen by nobody else.
///
/// # Errors
/// When it is damaged or too large.
pub(super) fn of(archive: &SharedFile) -> io::Result<SharedFile> {
    static UNPACKED: LazyLock<FileCache<OpenFileState, SharedFile>> =
        LazyLock::new(|| FileCache::of(HELD));
    if !is_gzip(&archive.head(2)?) {
        return Ok(archive.clone());
    }
    UNPACKED.get_or_make(&archive.state()?, || unpacked(archive))
}

/// The warning on an archive that cannot be unpacked.
pub(super) fn warning(error: &io::Error) -> FileWarning {
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(GunzippedTooLarge(most)) => FileWarning::ArchiveTooLarge { megabytes: most >> 20 },
        None => damaged(error),
    }
}

fn unpacked(archive: &SharedFile) -> io::Result<SharedFile> {
    let most = unpacked_at_most(archive.metadata()?.len()).min(MAX_UNPACKED);
    let mut file = tempfile::tempfile()?;
    let input = MultiGzDecoder::new(archive.clone());
    if io::copy(&mut input.take(most + 1), &mut file)? > most {
        return Err(io::Error::other(GunzippedTooLarge(most)));
    }
    Ok(SharedFile::new(file))
}
