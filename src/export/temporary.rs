//! The temporary files of formats that are not written from the beginning to the end, and their errors.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;

/// What the library that writes sheets panics with where its temporary file is full.
const WRITE_PANIC: &str = "Couldn't write to xml file";

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

/// A file that is gone when it is closed. Its errors are [`TemporaryFileError`]s.
pub(super) struct TemporaryFile(File);

impl TemporaryFile {
    pub(super) fn new() -> io::Result<Self> {
        tempfile::tempfile().map(Self).map_err(temporary_error)
    }
}

impl Write for TemporaryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(temporary_error)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(temporary_error)
    }
}

impl Read for TemporaryFile {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes).map_err(temporary_error)
    }
}

impl Seek for TemporaryFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to).map_err(temporary_error)
    }
}

/// Runs what writes to temporary files by a library that panics where one is full. Any other panic
/// goes on.
pub(super) fn in_temporary<T>(write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
        if said.starts_with(WRITE_PANIC) {
            return Err(temporary_error(io::ErrorKind::StorageFull.into()));
        }
        resume_unwind(panic)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_panic_of_a_full_file_is_an_error() {
        let full = in_temporary(|| -> io::Result<()> { panic!("{WRITE_PANIC}: no space") });
        let full = full.expect_err("a full disk");
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        let inner = full.get_ref().and_then(|inner| inner.downcast_ref::<TemporaryFileError>());
        assert_eq!(inner.expect("its folder").folder, std::env::temp_dir());
        let other = catch_unwind(|| in_temporary(|| -> io::Result<()> { panic!("a fault") }));
        let other = other.expect_err("a panic");
        assert_eq!(other.downcast_ref::<&str>(), Some(&"a fault"));
    }
}
