//! Whether every file of an index is as it was written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::SegmentMeta;
use tantivy::index::SegmentComponent;

use super::IndexError;
use super::checked_directory::META;
use super::checksums::{verify_blocks, without_checksum_line};
use super::damage::{Damage, MANAGED, MANIFEST, Mend, REPRINTS, SKETCHES};
use super::document_ranks;
use super::folder::Folder;

/// What [`verify`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IndexCheck {
    /// Files of the index, the damaged and missing ones included.
    pub files: u64,
    /// Size of those that are as they were written, in bytes.
    pub bytes: u64,
    /// The damaged ones.
    pub damaged: Vec<DamagedFile>,
}

/// A file of an index that is damaged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DamagedFile {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub damage: Damage,
    /// What repairs it.
    pub mend: Mend,
}

/// Reads every byte of an index and compares it with its checksums, in the order of the names of the
/// files.
///
/// # Errors
/// When there is no index, one that was made by other rules, or a file cannot be read.
pub fn verify(path: &Path) -> Result<IndexCheck, IndexError> {
    match Folder::open(path) {
        Ok(folder) => verify_data(&folder),
        Err(IndexError::Damaged { path, damage }) => {
            let mut check = IndexCheck::default();
            check.add(path, Err(damage));
            Ok(check)
        }
        Err(error) => Err(error),
    }
}

/// What the engine's list of files and the files of the commit are like.
pub(super) fn verify_data(folder: &Folder) -> Result<IndexCheck, IndexError> {
    loop {
        let before = read_meta(folder)?;
        let check = verify_commit(folder, before.as_deref())?;
        // An ingest may have committed meanwhile, and removed what was to be read.
        if check.damaged.is_empty() || read_meta(folder)? == before {
            return Ok(check);
        }
    }
}

/// `None` if there is none.
fn read_meta(folder: &Folder) -> Result<Option<Vec<u8>>, IndexError> {
    let path = folder.data_path().join(META);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(IndexError::io(&path)(error)),
    }
}

fn verify_commit(folder: &Folder, meta: Option<&[u8]>) -> Result<IndexCheck, IndexError> {
    let mut check = IndexCheck::default();
    let data = folder.data_path();
    let manifest = folder.path().join(MANIFEST);
    for sealed in [manifest, data.join(MANIFEST), data.join(MANAGED)] {
        let state = sealed_file(&sealed)?;
        check.add(sealed, state);
    }
    let content = match meta {
        Some(meta) => without_checksum_line(meta).ok_or(Damage::Altered),
        None => Err(Damage::Missing),
    };
    check.add(data.join(META), content.map(|_| meta.unwrap_or_default().len() as u64));
    if content.is_err() {
        return Ok(check);
    }
    let (engine, _) = folder.engine()?;
    let metas = engine.load_metas().map_err(|error| folder.engine_error(error))?;
    let mut names: Vec<PathBuf> = metas.segments.iter().flat_map(files_of).collect();
    names.sort();
    for name in names {
        let path = data.join(name);
        let state = verify_blocks(&path).map_err(IndexError::io(&path))?;
        check.add(path, state);
    }
    let order = document_ranks::path(&data, metas.opstamp);
    let state = verify_blocks(&order).map_err(IndexError::io(&order))?;
    if state != Err(Damage::Missing) || folder.without_document_ranks(metas.opstamp).is_err() {
        check.add(order, state);
    }
    // Without these an ingest compares all articles again; an index of earlier days has none.
    let sketches =
        metas.segments.iter().map(|segment| format!("{SKETCHES}{}", segment.id().uuid_string()));
    for name in sketches.chain([REPRINTS.to_owned()]) {
        let path = data.join(name);
        let state = verify_blocks(&path).map_err(IndexError::io(&path))?;
        if state != Err(Damage::Missing) {
            check.add(path, state);
        }
    }
    Ok(check)
}

/// The size in bytes of a file that ends with a line with its checksum, if it is as it was written.
fn sealed_file(file: &Path) -> Result<Result<u64, Damage>, IndexError> {
    match fs::read(file) {
        Ok(bytes) if without_checksum_line(&bytes).is_some() => Ok(Ok(bytes.len() as u64)),
        Ok(_) => Ok(Err(Damage::Altered)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Err(Damage::Missing)),
        Err(error) => Err(IndexError::io(file)(error)),
    }
}

/// The files of a part of the index, by their names.
fn files_of(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    use SegmentComponent as Component;
    let always = [
        Component::Terms,
        Component::Postings,
        Component::Positions,
        Component::FieldNorms,
        Component::FastFields,
        Component::Store,
    ];
    let deleted = segment.has_deletes().then_some(Component::Delete);
    always.into_iter().chain(deleted).map(|component| segment.relative_path(component))
}

impl IndexCheck {
    fn add(&mut self, path: PathBuf, state: Result<u64, Damage>) {
        self.files += 1;
        match state {
            Ok(bytes) => self.bytes += bytes,
            Err(damage) => {
                let mend = Mend::of(&path);
                self.damaged.push(DamagedFile { path, damage, mend });
            }
        }
    }
}
