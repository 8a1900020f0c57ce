//! Errors of the temporary files of formats that are not written from the beginning to the end.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// A temporary file cannot be written; what fails is not the output.
#[derive(Debug)]
pub struct TemporaryFileError {
    /// The folder of temporary files.
    pub folder: PathBuf,
    /// The error of the system.
    pub error: io::Error,
}

impl fmt::Display for TemporaryFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.folder.display(), self.error)
    }
}

impl std::error::Error for TemporaryFileError {}

/// The error of a temporary file, told apart from those of the output.
pub(super) fn temporary_error(error: io::Error) -> io::Error {
    let folder = std::env::temp_dir();
    io::Error::new(error.kind(), TemporaryFileError { folder, error })
}

/// Runs what writes to temporary files by a library that panics where one is full: it has no other
/// panics there.
pub(super) fn in_temporary<T>(write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(write))
        .unwrap_or_else(|_| Err(temporary_error(io::ErrorKind::StorageFull.into())))
}
