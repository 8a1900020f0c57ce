//! The habits of the publication that a file belongs to.
//!
//! They come from a sample of its files, chosen by name (see [`Habits::sample`]), so that they are the
//! same whatever was ingested before. The reports on its files keep a fingerprint of the sample and of
//! the table that the files are split by: if the table or one of the sampled files changes, all files
//! of the publication are read again.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::splitter::{CorpusSplitter, CorpusSplitters};
use crate::intake;
use crate::intake::{Chunk, Config, CorpusFile};
use crate::model::{SourceText, SplitFile};
use crate::split::Habits;

/// Larger files are not looked at for habits; they have enough of their own.
const MAX_HABIT_BYTES: u64 = 1 << 20;

/// The publication of a file.
#[derive(Default)]
pub struct Publication {
    splitter: Arc<CorpusSplitter>,
    /// The files that its habits come from; none if it has too few.
    sample: Vec<CorpusFile>,
    fingerprint: String,
    habits: OnceLock<Habits>,
}

impl Publication {
    fn of(file: &CorpusFile, splitter: Arc<CorpusSplitter>, config: &Config) -> Self {
        let mut files = intake::siblings(file, MAX_HABIT_BYTES);
        let folder = intake::folder_name(file);
        let full_name = |sibling: &CorpusFile| format!("{folder}{}", sibling.source);
        files.retain(|sibling| !config.skips(&full_name(sibling)));
        let names: Vec<String> = files.iter().map(|file| file.source.clone()).collect();
        let mut sample: Vec<CorpusFile> =
            Habits::sample(&names).into_iter().map(|place| files[place].clone()).collect();
        // What `corpus.toml` says of a file it says by its whole name.
        for file in &mut sample {
            file.source = full_name(file);
        }
        let mut fingerprint = splitter.fingerprint.clone();
        if !sample.is_empty() {
            let mut hasher = blake3::Hasher::new();
            for file in &sample {
                hasher.update(file.source.as_bytes());
                hasher.update(file.content_hash().unwrap_or_default().as_bytes());
                hasher.update(format!("{:?}", config.reading(&file.source)).as_bytes());
                hasher.update(file.programs().as_bytes());
            }
            fingerprint.push_str(&hasher.finalize().to_hex()[..16]);
        }
        Self { splitter, sample, fingerprint, habits: OnceLock::new() }
    }

    /// Changes when a file of the sample does, or the table; empty without a sample by the table of
    /// the program.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Splits a text of this publication. Without a sample, the habits are those of the text alone.
    #[must_use]
    pub fn split(&self, source: &SourceText, config: &Config) -> SplitFile {
        let splitter = &self.splitter.splitter;
        if self.sample.is_empty() {
            return splitter.split_alone(source);
        }
        match self.habits.get_or_init(|| self.read(config)) {
            habits if habits.is_empty() => splitter.split_alone(source),
            habits => splitter.split(source, habits),
        }
    }

    /// Reads the sample. Pages that are pictures have no part in it, whatever recognises them now: habits would
    /// change with the engine.
    fn read(&self, config: &Config) -> Habits {
        let config = config.without_recognition();
        let chunks = self.sample.iter().flat_map(|file| intake::read(file, &config));
        let texts = chunks.filter_map(|chunk| match chunk {
            Chunk::Text(text) => Some(*text),
            Chunk::Articles(_) => None,
        });
        let texts: Vec<SourceText> = texts.collect();
        self.splitter.splitter.habits(texts.iter())
    }
}

/// Finds the publications of files. Files come publication by publication, but some threads are ahead of others.
#[derive(Default)]
pub struct Publications {
    splitters: CorpusSplitters,
    /// Those that were asked for last, the last one first.
    known: Mutex<VecDeque<(PathBuf, KnownPublication)>>,
}

/// A publication, once somebody has looked at its files.
type KnownPublication = Arc<OnceLock<Arc<Publication>>>;

/// Publications that are kept.
const MAX_KNOWN: usize = 64;

impl Publications {
    /// Publications whose files are split by these tables.
    #[must_use]
    pub fn new(splitters: CorpusSplitters) -> Self {
        Self { splitters, known: Mutex::default() }
    }

    /// The publication of a file of a corpus with these settings; one without habits for a file whose articles are apart already.
    #[must_use]
    pub fn of(&self, file: &CorpusFile, config: &Config) -> Arc<Publication> {
        if !file.format.is_to_be_split() {
            return Arc::default();
        }
        let known = self.known(intake::publication_folder(file));
        let publication = || Arc::new(Publication::of(file, self.splitters.of(file), config));
        Arc::clone(known.get_or_init(publication))
    }

    fn known(&self, folder: PathBuf) -> KnownPublication {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let place = known.iter().position(|(other, _)| *other == folder);
        let found = place.and_then(|place| known.remove(place));
        let found = found.unwrap_or_else(|| (folder, KnownPublication::default()));
        let publication = Arc::clone(&found.1);
        known.push_front(found);
        known.truncate(MAX_KNOWN);
        publication
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_of_several_publications_are_asked_about_in_turn_at_no_cost() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a/1.txt", "b/1.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
            fs::write(path, "渡口重开").expect("written");
        }
        let files = intake::walk(folder.path(), &[]).files;
        let (publications, config) = (Publications::default(), Config::default());
        let of = |at: usize| publications.of(&files[at], &config);
        let (first, second) = (of(0), of(1));
        assert!(!Arc::ptr_eq(&first, &second));
        assert!(Arc::ptr_eq(&first, &of(0)) && Arc::ptr_eq(&second, &of(1)));
    }
}
