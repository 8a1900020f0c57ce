//! Opens an index whatever state its files are in.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::{Archive, SearchError};

impl Archive {
    /// Opens the index in a folder. What it holds is mapped, not read: that takes as long for a
    /// large archive as for a small one.
    ///
    /// Reprints are found at the end of an ingest: in an archive that is opened while one is under
    /// way, or after one that was stopped, no article says which one it reprints.
    ///
    /// # Errors
    /// When there is no index, when it was made by other rules, and when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, SearchError> {
        // The engine takes it for a mistake of the program when one of its files was cut off.
        catch_unwind(AssertUnwindSafe(|| Self::open_sound(path))).unwrap_or_else(|_| {
            let message = "a file of it is damaged".to_owned();
            Err(SearchError::Engine { path: path.to_owned(), message })
        })
    }
}
