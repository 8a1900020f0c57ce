//! An index folder: by which rules it was made, and where its data lie.
//!
//! `dibao.json` names the data folder in use. A rebuild fills another data folder and replaces
//! `dibao.json` when it is done: until then, and if it never gets there, the old one is in use.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::directory::MmapDirectory;

use super::read_only_directory::ReadOnlyDirectory;
use super::schema;
use super::schema::{Fields, SCHEMA_VERSION};
use super::stored;
use super::{IndexError, IndexRule};
use crate::text::{Segmenter, fingerprint_of, fold};

const MANIFEST: &str = "dibao.json";
const DATA: &str = "data-";

/// An index folder that was made by the rules of this program.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    data: String,
    /// The user's own dictionary.
    user_words: Option<String>,
    segmenter: Segmenter,
}

/// What `dibao.json` says.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    /// Version of the program that made the index: for people.
    program: String,
    schema: u32,
    fold: String,
    dictionary: String,
    /// Name of the data folder in use.
    data: String,
    /// Text of the user's own dictionary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_words: Option<String>,
}

impl Folder {
    /// Opens an index for reading.
    ///
    /// # Errors
    /// When there is no index, or one that was made by other rules.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let missing = || IndexError::Missing { path: path.to_owned() };
        let manifest = Manifest::read(path)?.ok_or_else(missing)?;
        let folder = Self::checked(path, &manifest)?;
        if !folder.data_path().join("meta.json").exists() {
            return Err(missing());
        }
        Ok(folder)
    }

    /// Cuts words as the index was made with.
    #[must_use]
    pub fn segmenter(&self) -> &Segmenter {
        &self.segmenter
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The engine over the data in use, for reading only.
    pub(crate) fn engine(&self) -> Result<(Index, Fields), IndexError> {
        let (_, fields) = schema::build();
        let directory = MmapDirectory::open(self.data_path())
            .map_err(|error| IndexError::engine(&self.path)(error.into()))?;
        let index =
            Index::open(ReadOnlyDirectory(directory)).map_err(IndexError::engine(&self.path))?;
        Ok((index, fields))
    }

    pub(crate) fn data_path(&self) -> PathBuf {
        self.path.join(&self.data)
    }

    fn checked(path: &Path, manifest: &Manifest) -> Result<Self, IndexError> {
        let outdated = |what| IndexError::Outdated { path: path.to_owned(), what };
        if manifest.schema != SCHEMA_VERSION {
            return Err(outdated(IndexRule::Schema));
        }
        if manifest.fold != fold_fingerprint() {
            return Err(outdated(IndexRule::FoldTable));
        }
        let segmenter = segmenter_with(manifest.user_words.as_deref());
        if manifest.dictionary != dictionary_fingerprint(&segmenter) {
            return Err(outdated(IndexRule::Dictionary));
        }
        let (data, user_words) = (manifest.data.clone(), manifest.user_words.clone());
        Ok(Self { path: path.to_owned(), data, user_words, segmenter })
    }
}

/// A folder that a writer has prepared.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) folder: Folder,
    /// Whether the data folder only comes into use when it is complete.
    pub(super) pending: bool,
}

/// Checks that a folder can be written to, and creates it if there is none.
pub(super) fn claim(path: &Path) -> Result<(), IndexError> {
    if !path.join(MANIFEST).exists() && !looks_empty(path)? {
        return Err(IndexError::Foreign { path: path.to_owned() });
    }
    fs::create_dir_all(path).map_err(IndexError::io(path))
}

/// Whether there is nothing in a folder but hidden files, or no folder.
fn looks_empty(path: &Path) -> Result<bool, IndexError> {
    match fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.all(|entry| {
            entry.is_ok_and(|entry| entry.file_name().as_encoded_bytes().starts_with(b"."))
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(IndexError::io(path)(error)),
    }
}

/// Opens the index in a claimed and locked folder for writing, or begins a new one.
///
/// `user_words` is the text of the user's own dictionary; without it, an index that has one keeps
/// it.
pub(super) fn prepare(
    path: &Path,
    user_words: Option<&str>,
    rebuild: bool,
) -> Result<Prepared, IndexError> {
    let manifest = if rebuild { None } else { Manifest::read(path)? };
    if let Some(manifest) = manifest {
        let folder = Folder::checked(path, &manifest)?;
        let differs =
            |text| segmenter_with(Some(text)).fingerprint() != folder.segmenter.fingerprint();
        if user_words.is_some_and(differs) {
            return Err(IndexError::Outdated { path: path.to_owned(), what: IndexRule::UserWords });
        }
        remove_unused(path, &manifest.data);
        fs::create_dir_all(folder.data_path()).map_err(IndexError::io(path))?;
        return Ok(Prepared { folder, pending: false });
    }
    let in_use = data_in_use(path);
    remove_unused(path, in_use.as_deref().unwrap_or_default());
    let number = in_use
        .as_deref()
        .and_then(|name| name.strip_prefix(DATA)?.parse::<u64>().ok())
        .map_or(1, |number| number + 1);
    let folder = Folder {
        path: path.to_owned(),
        data: format!("{DATA}{number}"),
        user_words: user_words.map(str::to_owned),
        segmenter: segmenter_with(user_words),
    };
    // The manifest comes first: a folder with data and without it would be a stranger's.
    let pending = in_use.is_some();
    if !pending {
        put_in_use(&folder)?;
    }
    let data = folder.data_path();
    fs::create_dir_all(&data).map_err(IndexError::io(&data))?;
    Ok(Prepared { folder, pending })
}

/// Makes a data folder the one in use, and removes what is in use no more.
pub(super) fn put_in_use(folder: &Folder) -> Result<(), IndexError> {
    let manifest = Manifest {
        program: env!("CARGO_PKG_VERSION").into(),
        schema: SCHEMA_VERSION,
        fold: fold_fingerprint(),
        dictionary: dictionary_fingerprint(&folder.segmenter),
        data: folder.data.clone(),
        user_words: folder.user_words.clone(),
    };
    let path = folder.path.join(MANIFEST);
    let text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::other);
    text.and_then(|text| write_whole(&path, &text)).map_err(IndexError::io(&path))?;
    remove_unused(&folder.path, &folder.data);
    Ok(())
}

/// Replaces a file in one step: a reader sees the old or the new content, never a part.
pub(super) fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut name = std::ffi::OsString::from(".new-");
    name.push(path.file_name().unwrap_or_default());
    let new = path.with_file_name(name);
    let mut file = fs::File::create(&new)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

/// Removes data folders that a rebuild left behind. What cannot be removed now is tried again by
/// the next writer.
fn remove_unused(path: &Path, in_use: &str) {
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(DATA) && name != in_use) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Name of the data folder in use, whatever version of the program wrote `dibao.json`.
pub(super) fn data_in_use(path: &Path) -> Option<String> {
    let text = fs::read(path.join(MANIFEST)).ok()?;
    let manifest: serde_json::Value = serde_json::from_slice(&text).ok()?;
    Some(manifest.get("data")?.as_str()?.to_owned())
}

impl Manifest {
    /// `None` where there is no index.
    fn read(path: &Path) -> Result<Option<Self>, IndexError> {
        let file = path.join(MANIFEST);
        match fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(|_| IndexError::Outdated {
                path: path.to_owned(),
                what: IndexRule::Version,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(IndexError::io(&file)(error)),
        }
    }
}

/// What is wrong with the words, an ingest tells when they are handed in.
fn segmenter_with(user_words: Option<&str>) -> Segmenter {
    user_words.map_or_else(Segmenter::new, |text| Segmenter::with_user_words(text).0)
}

fn fold_fingerprint() -> String {
    format!("{:016x}", fold::fingerprint())
}

/// Of the words and of the dictionary of the record codec.
fn dictionary_fingerprint(segmenter: &Segmenter) -> String {
    let words = segmenter.fingerprint().to_le_bytes();
    format!("{:016x}", fingerprint_of(&[&words, &stored::dictionary()]))
}
