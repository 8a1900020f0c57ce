//! Archives that are compressed as one piece: the last ones are held unpacked, since a file in them cannot
//! be found without unpacking all that stands before it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use flate2::read::MultiGzDecoder;
use same_file::Handle;
use thiserror::Error;

use super::damaged;
use crate::intake::office::unpacked_at_most;
use crate::model::FileWarning;

/// Bytes of an archive when it is unpacked.
const MAX_UNPACKED: u64 = 4 << 30;
/// Archives that are held. Files are read in the order of their names, by several threads.
const HELD: usize = 2;

/// An archive that is unpacked into a file that nobody else sees.
struct Unpacked {
    packed: Handle,
    size: u64,
    modified: Option<SystemTime>,
    file: File,
}

static UNPACKED: Mutex<Vec<Unpacked>> = Mutex::new(Vec::new());

/// It would be too large if it were unpacked.
#[derive(Debug, Error)]
#[error("larger than {} MB when it is unpacked", .0 >> 20)]
struct TooLarge(u64);

/// Does something with what a compressed file unpacks to.
///
/// # Errors
/// When it is damaged or too large, and those of what is done.
pub(super) fn with<T>(
    packed: &File,
    work: impl FnOnce(&mut File) -> io::Result<T>,
) -> io::Result<T> {
    let metadata = packed.metadata()?;
    let (size, modified) = (metadata.len(), metadata.modified().ok());
    let handle = Handle::from_file(packed.try_clone()?)?;
    let mut held = UNPACKED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_it =
        |one: &Unpacked| one.packed == handle && one.size == size && one.modified == modified;
    let mut found = match held.iter().position(is_it) {
        Some(at) => held.remove(at),
        None => Unpacked { file: unpacked(packed, size)?, packed: handle, size, modified },
    };
    found.file.rewind()?;
    let done = work(&mut found.file);
    held.truncate(HELD - 1);
    held.insert(0, found);
    done
}

/// The warning on an archive that cannot be unpacked.
pub(super) fn warning(error: &io::Error) -> FileWarning {
    match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(TooLarge(most)) => FileWarning::ArchiveTooLarge { megabytes: most >> 20 },
        None => damaged(error),
    }
}

fn unpacked(mut packed: &File, size: u64) -> io::Result<File> {
    packed.rewind()?;
    let most = unpacked_at_most(size).min(MAX_UNPACKED);
    let mut file = tempfile::tempfile()?;
    let input = MultiGzDecoder::new(BufReader::with_capacity(256 << 10, packed));
    if io::copy(&mut input.take(most + 1), &mut file)? > most {
        return Err(io::Error::other(TooLarge(most)));
    }
    Ok(file)
}
