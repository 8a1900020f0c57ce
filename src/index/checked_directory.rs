//! The engine's folder: what it reads is verified, and what it writes gets checksums.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::atomic_file::write_whole;
use super::checksums::{
    ChecksummedFile, ChecksummedWriter, with_checksum_line, without_checksum_line,
};
use super::damage::{Damage, MANAGED};
use super::damage_log::DamageLog;

/// The engine's list of the files of the last commit.
pub(super) const META: &str = "meta.json";

/// The engine's folder, for a reader or the writer.
#[derive(Debug, Clone)]
pub(super) struct CheckedDirectory {
    mapped: MmapDirectory,
    path: PathBuf,
    access: Access,
    log: Arc<DamageLog>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

impl CheckedDirectory {
    /// What is found damaged is noted in `log`.
    ///
    /// # Errors
    /// When there is no such folder.
    pub(super) fn open(path: &Path, access: Access, log: &Arc<DamageLog>) -> tantivy::Result<Self> {
        let mapped = MmapDirectory::open(path)?;
        Ok(Self { mapped, path: path.to_owned(), access, log: log.clone() })
    }

    /// Writes the list of the engine's files anew.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn renew_list(&self) -> io::Result<()> {
        self.atomic_write(Path::new(MANAGED), &self.listed()?)
    }

    /// The list of the engine's files from what is there, so that it can be lost without loss.
    fn listed(&self) -> io::Result<Vec<u8>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name().into_string();
            names.extend(name.ok().filter(|name| is_of_the_engine(name)));
        }
        names.sort_unstable();
        Ok(serde_json::to_vec(&names)?)
    }
}

/// Whether a file is one that the engine lists: not ours, not hidden.
fn is_of_the_engine(name: &str) -> bool {
    // Files of a part are named by its id.
    name == META || name.get(..32).is_some_and(|id| id.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Directory for CheckedDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let full = self.path.join(path);
        let file = self.mapped.open_read(path).inspect_err(|error| {
            // The engine can do without some of its files, but it has written all of them.
            let is_missing = matches!(error, OpenReadError::FileDoesNotExist(_));
            if is_missing && path.to_str().is_some_and(is_of_the_engine) {
                self.log.found(&full, Damage::Missing);
            }
            if let OpenReadError::IoError { io_error, .. } = error {
                self.log.refused(&full, io_error);
            }
        })?;
        let read = file
            .read_bytes()
            .and_then(|bytes| ChecksummedFile::new(full.clone(), &bytes, self.log.clone()));
        let read = read.map_err(|error| OpenReadError::wrap_io_error(error, full))?;
        Ok(Arc::new(read))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let is_list = path == Path::new(MANAGED);
        if is_list && self.access == Access::Read {
            // A reader removes nothing, and the list tells nothing else.
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        let full = self.path.join(path);
        let failed = |error| OpenReadError::wrap_io_error(error, full.clone());
        let bytes = match self.mapped.atomic_read(path) {
            Ok(bytes) => bytes,
            Err(OpenReadError::FileDoesNotExist(_)) if is_list => Vec::new(),
            Err(error) => return Err(error),
        };
        match without_checksum_line(&bytes) {
            Some(content) => Ok(content.to_owned()),
            None if is_list => self.listed().map_err(failed),
            None => Err(failed(self.log.found(&full, Damage::Altered))),
        }
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let path = self.path.join(path);
        let written = write_whole(&path, &with_checksum_line(data));
        written.inspect_err(|error| self.log.refused(&path, error))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let full = self.path.join(path);
        let file = self.mapped.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.log.refused(&full, io_error);
            }
        })?;
        let file = ChecksummedWriter::new(full, file, self.log.clone());
        Ok(io::BufWriter::new(Box::new(file)))
    }

    /// The engine takes a lock in the folder while a reader opens its files, so that no writer
    /// removes them meanwhile. Where the folder cannot be written to there is no lock to be had, nor
    /// a writer to keep out.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.mapped.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if self.access == Access::Read && cannot_write(&error) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }
}

fn cannot_write(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}
