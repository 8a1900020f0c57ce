//! The folders that every command works on.

use std::path::PathBuf;

/// Where sources and index are.
#[derive(Debug, Clone)]
pub(crate) struct Folders {
    pub corpus: PathBuf,
    pub index: PathBuf,
}
