//! `dibao.json`: which rules an index was made by, which corpus it was made from, and which of the data
//! folders beside it is in use.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic_file::write_whole;
use super::checked_directory::META;
use super::checksums::{with_checksum_line, without_checksum_line};
use super::corpus::CorpusIdentity;
use super::damage::{Damage, MANIFEST};
use super::schema::SCHEMA_VERSION;
use super::{IndexError, IndexRule};

/// What the names of data folders begin with; a number follows.
pub(super) const DATA: &str = "data-";

/// What `dibao.json` says. A line with the checksum of it follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Version of the program that made the index: for people.
    pub(super) program: String,
    pub(super) schema: u32,
    pub(super) fold: String,
    pub(super) dictionary: String,
    /// Name of the data folder in use.
    pub(super) data: String,
    /// The commit that the last ingest which came to its end left: its order of the articles and its
    /// reprints must be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) finished: Option<u64>,
    /// Where the articles are from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) corpus: Option<CorpusIdentity>,
    /// Text of the user's own dictionary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) user_words: Option<String>,
}

/// What a manifest of any version says.
#[derive(Deserialize)]
struct AnyManifest {
    schema: Option<u32>,
    data: Option<String>,
    corpus: Option<CorpusIdentity>,
}

/// The corpus that an index was made from, as far as the index says; whatever version of the program
/// made it, and whether it can be used or not.
#[must_use]
pub fn remembered_corpus(path: &Path) -> Option<CorpusIdentity> {
    let of_manifest = || {
        let bytes = fs::read(path.join(MANIFEST)).ok()?;
        serde_json::from_slice::<AnyManifest>(without_checksum_line(&bytes)?).ok()
    };
    match of_manifest() {
        Some(manifest) => manifest.corpus,
        None => copy(path)?.corpus,
    }
}

/// Whether there is an index in a folder, one that can be used or not.
#[must_use]
pub fn is_index(path: &Path) -> bool {
    path.join(MANIFEST).exists() || copy(path).is_some()
}

/// What a manifest that is damaged or gone said: its copy in the data folder, of several folders that of
/// the newest.
pub(super) fn copy(path: &Path) -> Option<Manifest> {
    let copies = fs::read_dir(path).ok()?.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let number: u64 = name.strip_prefix(DATA)?.parse().ok()?;
        let bytes = fs::read(entry.path().join(MANIFEST)).ok()?;
        let manifest: Manifest = serde_json::from_slice(without_checksum_line(&bytes)?).ok()?;
        (manifest.schema == SCHEMA_VERSION && manifest.data == name).then_some((number, manifest))
    });
    copies.max_by_key(|(number, _)| *number).map(|(_, manifest)| manifest)
}

impl Manifest {
    /// What `dibao.json` says, or its copy where that is damaged or gone; `None` where there is no index.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, IndexError> {
        let file = path.join(MANIFEST);
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(copy(path)),
            Err(error) => return Err(IndexError::io(&file)(error)),
        };
        let content = without_checksum_line(&bytes);
        if content.is_none()
            && let Some(copy) = copy(path)
        {
            return Ok(Some(copy));
        }
        // Earlier versions had no checksum.
        let of_version = serde_json::from_slice::<AnyManifest>(content.unwrap_or(&bytes)).ok();
        if of_version.is_some_and(|any| any.schema != Some(SCHEMA_VERSION)) {
            let what = IndexRule::Schema;
            return Err(IndexError::Outdated { path: path.to_owned(), what });
        }
        match content.map(serde_json::from_slice) {
            Some(Ok(manifest)) => Ok(Some(manifest)),
            _ => Err(IndexError::Damaged { path: file, damage: Damage::Altered }),
        }
    }

    /// Makes it what `dibao.json` says, and its copy where there is a data folder, if they say something
    /// else. Says whether `dibao.json` did.
    pub(super) fn write(&self, path: &Path) -> Result<bool, IndexError> {
        let file = path.join(MANIFEST);
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::other);
        let text = with_checksum_line(&text.map_err(IndexError::io(&file))?);
        let says_so = |file: &Path| fs::read(file).is_ok_and(|known| known == text);
        let data = path.join(&self.data);
        let copy = data.join(MANIFEST);
        if data.is_dir() && !says_so(&copy) {
            write_whole(&copy, &text).map_err(IndexError::io(&copy))?;
        }
        if says_so(&file) {
            return Ok(false);
        }
        write_whole(&file, &text).map_err(IndexError::io(&file))?;
        Ok(true)
    }

    /// The engine's list of the files of the last commit; before the first there is none.
    pub(super) fn meta(&self, path: &Path) -> PathBuf {
        path.join(&self.data).join(META)
    }

    /// What is wrong where [`Self::meta`] is missing.
    pub(super) fn without_meta(&self, path: &Path) -> IndexError {
        match self.finished {
            None => IndexError::Missing { path: path.to_owned() },
            Some(_) => IndexError::Damaged { path: self.meta(path), damage: Damage::Missing },
        }
    }
}

/// Name of the data folder in use, whatever version of the program wrote `dibao.json`.
pub(super) fn data_in_use(path: &Path) -> Option<String> {
    let of_manifest = || {
        let text = fs::read(path.join(MANIFEST)).ok()?;
        let mut values = serde_json::Deserializer::from_slice(&text).into_iter::<AnyManifest>();
        values.next()?.ok()?.data
    };
    of_manifest().or_else(|| Some(copy(path)?.data))
}
