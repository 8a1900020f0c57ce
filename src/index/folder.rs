//! An index folder: by which rules it was made, and where its data lie.
//!
//! `dibao.json` names the data folder in use. A rebuild fills another data folder and replaces
//! `dibao.json` when it is done: until then, and if it never gets there, the old one is in use.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::{Index, TantivyError};

use super::checked_directory::{Access, CheckedDirectory};
use super::corpus::CorpusIdentity;
use super::damage::Damage;
use super::damage_log::DamageLog;
use super::document_ranks;
use super::document_ranks::DocumentRanks;
use super::manifest::{DATA, Manifest, data_in_use, is_index};
use super::schema;
use super::schema::{Fields, SCHEMA_VERSION};
use super::stored;
use super::{IndexError, IndexRule};
use crate::text::{Segmenter, fingerprint_of, search_form};

/// An index folder that was made by the rules of this program.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    manifest: Manifest,
    segmenter: Segmenter,
    log: Arc<DamageLog>,
}

impl Folder {
    /// Opens an index for reading.
    ///
    /// # Errors
    /// When there is no index, or one that was made by other rules.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let missing = || IndexError::Missing { path: path.to_owned() };
        let manifest = Manifest::read(path)?.ok_or_else(missing)?;
        let folder = Self::checked(path, manifest)?;
        if !folder.has_commit() {
            return Err(folder.manifest.without_meta(path));
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
        let index = self.directory(Access::Read).and_then(Index::open);
        Ok((index.map_err(|error| self.engine_error(error))?, fields))
    }

    /// The files of the data in use.
    pub(super) fn directory(&self, access: Access) -> tantivy::Result<CheckedDirectory> {
        CheckedDirectory::open(&self.data_path(), access, &self.log)
    }

    /// The order of the articles of a commit and their reprints, if they have been made.
    ///
    /// # Errors
    /// When they are damaged or cannot be read.
    pub(crate) fn document_ranks(&self, stamp: u64) -> Result<Option<DocumentRanks>, IndexError> {
        let directory = self.directory(Access::Read).map_err(IndexError::engine(&self.path))?;
        DocumentRanks::open(&directory, stamp).map_err(IndexError::io(&self.data_path()))
    }

    /// What is wrong where a commit has no [`Self::document_ranks`] that fit: nothing while no ingest
    /// has finished it.
    ///
    /// # Errors
    /// When they were made and are lost.
    pub(crate) fn without_document_ranks(&self, stamp: u64) -> Result<(), IndexError> {
        if self.manifest.finished != Some(stamp) {
            return Ok(());
        }
        let path = document_ranks::path(&self.data_path(), stamp);
        Err(IndexError::Damaged { path, damage: Damage::Missing })
    }

    /// Adds the place to an error of the engine, or says what caused it.
    pub(crate) fn engine_error(&self, error: TantivyError) -> IndexError {
        self.log.cause(error, &self.path)
    }

    /// What is found damaged while the index is read.
    pub(crate) fn damage_log(&self) -> &Arc<DamageLog> {
        &self.log
    }

    pub(super) fn data_path(&self) -> PathBuf {
        self.path.join(&self.manifest.data)
    }

    /// Whether something was committed.
    pub(super) fn has_commit(&self) -> bool {
        self.manifest.meta(&self.path).exists()
    }

    /// Whether it is noted where the articles are from.
    pub(super) fn has_corpus(&self) -> bool {
        self.manifest.corpus.is_some()
    }

    /// Notes where the articles are from; [`put_in_use`] keeps it.
    pub(super) fn remember(&mut self, corpus: CorpusIdentity) {
        self.manifest.corpus = Some(corpus);
    }

    /// Notes that this commit is finished; [`put_in_use`] keeps it.
    pub(super) fn finish(&mut self, stamp: u64) {
        self.manifest.finished = Some(stamp);
    }

    /// An index whose manifest this is, wherever its data are.
    pub(super) fn checked(path: &Path, manifest: Manifest) -> Result<Self, IndexError> {
        let outdated = |what| IndexError::Outdated { path: path.to_owned(), what };
        if manifest.fold != fold_fingerprint() {
            return Err(outdated(IndexRule::FoldTable));
        }
        let segmenter = segmenter_with(manifest.user_words.as_deref());
        if manifest.dictionary != dictionary_fingerprint(&segmenter) {
            return Err(outdated(IndexRule::Dictionary));
        }
        Ok(Self { path: path.to_owned(), manifest, segmenter, log: Arc::default() })
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
    if !is_index(path) && !looks_empty(path)? {
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
        let folder = Folder::checked(path, manifest)?;
        let differs =
            |text| segmenter_with(Some(text)).fingerprint() != folder.segmenter.fingerprint();
        if user_words.is_some_and(differs) {
            return Err(IndexError::Outdated { path: path.to_owned(), what: IndexRule::UserWords });
        }
        if folder.manifest.finished.is_some() && !folder.has_commit() {
            return Err(folder.manifest.without_meta(path));
        }
        remove_unused(path, &folder.manifest.data);
        fs::create_dir_all(folder.data_path()).map_err(IndexError::io(path))?;
        return Ok(Prepared { folder, pending: false });
    }
    let in_use = data_in_use(path);
    remove_unused(path, in_use.as_deref().unwrap_or_default());
    let number = in_use
        .as_deref()
        .and_then(|name| name.strip_prefix(DATA)?.parse::<u64>().ok())
        .map_or(1, |number| number + 1);
    let segmenter = segmenter_with(user_words);
    let manifest = Manifest {
        program: env!("CARGO_PKG_VERSION").into(),
        schema: SCHEMA_VERSION,
        fold: fold_fingerprint(),
        dictionary: dictionary_fingerprint(&segmenter),
        data: format!("{DATA}{number}"),
        finished: None,
        corpus: None,
        user_words: user_words.map(str::to_owned),
    };
    let folder = Folder { path: path.to_owned(), manifest, segmenter, log: Arc::default() };
    // The manifest comes first: a folder with data and without it would be a stranger's.
    let pending = in_use.is_some();
    if !pending {
        put_in_use(&folder)?;
    }
    let data = folder.data_path();
    fs::create_dir_all(&data).map_err(IndexError::io(&data))?;
    Ok(Prepared { folder, pending })
}

/// Makes `dibao.json` say what the folder says of itself, and removes data folders that are in use no
/// more.
pub(super) fn put_in_use(folder: &Folder) -> Result<(), IndexError> {
    if folder.manifest.write(&folder.path)? {
        remove_unused(&folder.path, &folder.manifest.data);
    }
    Ok(())
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

/// What is wrong with the words, an ingest tells when they are handed in.
pub(crate) fn segmenter_with(user_words: Option<&str>) -> Segmenter {
    user_words.map_or_else(Segmenter::new, |text| Segmenter::with_user_words(text).0)
}

/// Of all that decides what an index holds of a record, whatever engine keeps it.
#[cfg(feature = "opensearch")]
pub(crate) fn rules_fingerprint(segmenter: &Segmenter) -> String {
    format!("{SCHEMA_VERSION} {} {:016x}", fold_fingerprint(), segmenter.fingerprint())
}

fn fold_fingerprint() -> String {
    format!("{:016x}", search_form::fingerprint())
}

/// Of the words and of the dictionary of the record codec.
fn dictionary_fingerprint(segmenter: &Segmenter) -> String {
    let words = segmenter.fingerprint().to_le_bytes();
    format!("{:016x}", fingerprint_of(&[&words, &stored::dictionary()]))
}
