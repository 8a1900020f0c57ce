//! What can go wrong with an index folder.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::OpenWriteError;
use thiserror::Error;

use super::cluster_problem::ClusterProblem;
use super::damage::{Damage, Mend};

/// Why an index cannot be opened or written.
#[derive(Debug, Error)]
pub enum IndexError {
    /// There is no index in the folder.
    #[error("{path}: no index here; `dibao ingest` creates one", path = path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds something else.
    #[error(
        "{path}: not an index of dibao, and not empty; nothing was changed; name an empty folder \
         with --index",
        path = path.display()
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The index was made by other rules.
    #[error(
        "{path}: this index was made with another {what}; `dibao ingest --rebuild` rebuilds it \
         from the corpus",
        path = path.display()
    )]
    Outdated {
        /// The folder.
        path: PathBuf,
        /// What differs.
        what: IndexRule,
    },
    /// Another process writes to the index.
    #[error(
        "{path}: another dibao is writing to this index; wait until it is done",
        path = path.display()
    )]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The folder cannot be read or written: no permission, no space.
    #[error("{path}: {source}{hint}", path = path.display(), hint = io_hint(source))]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the index is damaged.
    #[error("{path}: {damage}; {mend}", path = path.display(), mend = Mend::of(path))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        damage: Damage,
    },
    /// The cluster that keeps the archive cannot be used.
    #[error("{place}: {problem}")]
    Cluster {
        /// Its address, and the name of the archive.
        place: String,
        /// What is wrong.
        problem: ClusterProblem,
    },
    /// The engine failed.
    #[error(
        "{path}: the index cannot be used: {message}; `dibao ingest --rebuild` rebuilds it from \
         the corpus",
        path = path.display()
    )]
    Broken {
        /// The folder.
        path: PathBuf,
        /// What the engine says.
        message: String,
    },
}

/// What an index was made with, and has to be read with. In English as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexRule {
    /// The fields of the engine.
    Schema,
    /// The table that maps one character to one, and what is left of blanks.
    FoldTable,
    /// The dictionary that segments.
    Dictionary,
    /// The user's words in it.
    UserWords,
    /// The version of the program.
    Version,
}

impl fmt::Display for IndexRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Schema => "schema",
            Self::FoldTable => "table of characters",
            Self::Dictionary => "dictionary",
            Self::UserWords => "list of user words",
            Self::Version => "version of dibao",
        })
    }
}

fn io_hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "; what was committed before is kept; free some space and run it again"
        }
        io::ErrorKind::PermissionDenied => {
            "; change its permissions, or name another folder with --index"
        }
        io::ErrorKind::ReadOnlyFilesystem => "; name a folder that can be written to with --index",
        _ => "",
    }
}

impl IndexError {
    /// Adds the place to an error of the system.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    /// Adds the place to an error of the engine; errors of the system that it wraps are unwrapped.
    pub(crate) fn engine(path: &Path) -> impl FnOnce(TantivyError) -> Self + '_ {
        move |error| match system_error(&error) {
            Some(source) => Self::Io { path: path.to_owned(), source },
            None => Self::Broken { path: path.to_owned(), message: error.to_string() },
        }
    }
}

/// The system's error that an error of the engine was caused by, if it was.
fn system_error(error: &TantivyError) -> Option<io::Error> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(found) = current.downcast_ref::<io::Error>() {
            return copy_of(found);
        }
        if let Some(found) = current.downcast_ref::<std::sync::Arc<io::Error>>() {
            return copy_of(found);
        }
        // It has the error and does not give it as its cause.
        if let Some(OpenWriteError::IoError { io_error, .. }) = current.downcast_ref() {
            return copy_of(io_error);
        }
        cause = current.source();
    }
    match error {
        TantivyError::IoError(found) => copy_of(found),
        _ => None,
    }
}

/// The same error, if it is one of the system: by its number, or where a library has wrapped it and hides
/// that, by its kind.
fn copy_of(error: &io::Error) -> Option<io::Error> {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let told = [StorageFull, QuotaExceeded, ReadOnlyFilesystem, PermissionDenied];
    let by_kind = || told.contains(&error.kind()).then(|| error.kind().into());
    error.raw_os_error().map(io::Error::from_raw_os_error).or_else(by_kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_as_such_whatever_wraps_it() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let wrapped = || io::Error::new(io::ErrorKind::StorageFull, "a temporary file");
        let opening = OpenWriteError::wrap_io_error(wrapped(), "a.pos".into());
        for error in [full().into(), wrapped().into(), TantivyError::from(opening)] {
            let told = IndexError::engine(Path::new("index"))(error);
            assert!(told.to_string().ends_with("; free some space and run it again"), "{told}");
        }
    }
}
