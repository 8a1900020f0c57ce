//! The state of an index: cheap to read, so that a process that keeps an index open learns when to
//! open it again.

use std::fmt;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::IndexError;
use super::checksums::without_checksum_line;
use super::damage::Damage;
use super::document_ranks;
use super::manifest::Manifest;

/// What an index holds is the same as long as this is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IndexState {
    /// The data folder in use.
    data: String,
    /// Hash of the engine's list of its files, whose names are never used twice.
    files: String,
    /// Whether order and reprints of this commit have been made.
    ordered: bool,
}

/// What the engine's list of its files says of the commit.
#[derive(Deserialize)]
struct Metas {
    opstamp: u64,
}

impl IndexState {
    /// Reads two small files, verifies them, and opens nothing.
    ///
    /// # Errors
    /// When there is no index, and when it cannot be read.
    pub fn read(path: &Path) -> Result<Self, IndexError> {
        let missing = || IndexError::Missing { path: path.to_owned() };
        let manifest = Manifest::read(path)?.ok_or_else(missing)?;
        let file = manifest.meta(path);
        let text = match fs::read(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(manifest.without_meta(path));
            }
            Err(error) => return Err(IndexError::io(&file)(error)),
        };
        let files = blake3::hash(&text).to_hex()[..16].to_owned();
        let metas = without_checksum_line(&text).map(serde_json::from_slice::<Metas>);
        let Some(Ok(metas)) = metas else {
            return Err(IndexError::Damaged { path: file, damage: Damage::Altered });
        };
        let ordered = document_ranks::path(&path.join(&manifest.data), metas.opstamp).exists();
        Ok(Self { data: manifest.data, files, ordered })
    }
}

/// Fit for a name: letters, digits and hyphens.
impl fmt::Display for IndexState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { data, files, ordered } = self;
        write!(f, "{data}-{files}-{}", u8::from(*ordered))
    }
}
