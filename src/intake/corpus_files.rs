//! The files of a corpus: those that are found on the disk and in archives, with a name for each.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::companions::with_companions;
use super::config::{self, Config};
use super::gathered::{gathered, with_issues};
use super::packed::{self, PackedFile, PassedEntry};
use super::unread::is_hidden;
use super::walk::{
    CorpusFile, FileFormat, FollowLinks, WalkResult, format_of, is_archive, join, on_disk, shown,
    source_from,
};
use crate::model::FileWarning;

/// Finds the files below the named paths; without any, those of the corpus folder. Hidden files and
/// files with other extensions are skipped and counted, `corpus.toml` and what lies beside it for the
/// program is skipped. A link that is named itself is followed wherever it leads, those below a named
/// folder if they stay inside. Files that a METS file names are its parts.
#[must_use]
pub fn walk(corpus: &Path, paths: &[PathBuf]) -> WalkResult {
    walk_with(corpus, paths, FollowLinks::Inside, &Config::default())
}

/// As [`walk`], without the files that these settings leave out, and with links below a named folder followed
/// as `links` says.
#[must_use]
pub fn walk_with(
    corpus: &Path,
    paths: &[PathBuf],
    links: FollowLinks,
    config: &Config,
) -> WalkResult {
    let mut walked = on_disk(corpus, paths, links, config);
    walked.unpack(config);
    if paths.is_empty() {
        walked.name_idle_globs(config);
    }
    walked.settle_names();
    walked.other_names.sort();
    let mut files = std::mem::take(&mut walked.files);
    if !paths.is_empty() {
        files = with_issues(files, corpus, config);
    }
    (files, walked.parts) = gathered(files, config);
    walked.files = with_companions(files);
    walked
}

/// The file at a path, or those in the archive there. Other files are looked at only as far as these name them:
/// what belongs together otherwise is not found.
#[must_use]
pub fn files_at(corpus: &Path, path: &Path, config: &Config) -> Vec<CorpusFile> {
    let whole = Config::default();
    let mut walked = on_disk(corpus, &[path.to_owned()], FollowLinks::Inside, &whole);
    walked.unpack(&whole);
    walked.settle_names();
    gathered(walked.files, config).0
}

/// The paths of all that [`walk_with`] would read in the corpus folder: files, and archives as they are.
#[must_use]
pub fn paths_on_disk(corpus: &Path, links: FollowLinks, config: &Config) -> Vec<PathBuf> {
    on_disk(corpus, &[], links, config).files.into_iter().map(|file| file.path).collect()
}

/// What there is in an archive.
#[derive(Default)]
pub(super) struct Unpacked {
    pub(super) files: Vec<CorpusFile>,
    /// Number of hidden files.
    hidden: u64,
    /// Files of other kinds.
    other: Vec<PassedEntry>,
    /// Why there may be more.
    problem: Option<FileWarning>,
    /// What is odd though this is all.
    oddity: Option<FileWarning>,
}

impl CorpusFile {
    /// Whether it can have this source in another walk. Of what is packed it ends with the name of the
    /// archive and that in it; the folders before depend on what is named.
    #[must_use]
    pub fn can_be(&self, source: &str) -> bool {
        let Some(packed) = &self.packed else { return true };
        let archive = self.path.file_name().map(|name| shown(name.as_encoded_bytes()));
        let end = join(&archive.unwrap_or_default(), &packed.path);
        source.strip_suffix(&end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    }

    /// The files in an archive; the archive itself if it is the package of a document.
    pub(super) fn unpacked(self) -> Unpacked {
        let mut unpacked = Unpacked::default();
        let content = match packed::contents(&self.path) {
            Ok(content) => content,
            Err(problem) => return Unpacked { problem: Some(problem), ..unpacked },
        };
        if content.is_document {
            unpacked.files.push(self);
            return unpacked;
        }
        (unpacked.problem, unpacked.oddity) = (content.problem.clone(), content.oddity.clone());
        unpacked.other.clone_from(&content.passed);
        for PackedFile { name, bytes, is_page } in content.files.iter().cloned() {
            let path = PathBuf::from(&name.path);
            let page = is_page.then_some(FileFormat::Html);
            let nested = is_archive(&path).then_some(FileFormat::Document);
            let format = format_of(&path, false).or(nested).filter(|_| !is_page).or(page);
            if name.path.split('/').any(|part| is_hidden(part.as_bytes())) {
                unpacked.hidden += 1;
            } else if let Some(format) = format {
                let source = join(&self.source, &name.path);
                let packed = Some(name);
                unpacked.files.push(Self { source, packed, format, bytes, ..self.clone() });
            } else {
                unpacked.other.push(PassedEntry::at(name.path));
            }
        }
        unpacked
    }
}

impl WalkResult {
    /// Puts the files in archives in the place of these, as those of a folder. One that cannot be listed to
    /// its end, on the disk or in another one, stays as a file that cannot be read; what the index has of it
    /// stays, too.
    fn unpack(&mut self, config: &Config) {
        for found in std::mem::take(&mut self.files) {
            if !is_archive(&found.path) {
                self.files.push(found);
                continue;
            }
            let archive = found.clone();
            let unpacked = found.unpacked();
            for file in unpacked.files {
                if config.skips(&file.source) {
                    self.left_out.push(file.source);
                } else {
                    if file.is_unlisted() {
                        self.unread.push(file.source.clone());
                    }
                    self.files.push(file);
                }
            }
            self.hidden += unpacked.hidden;
            for PassedEntry { path, kind } in unpacked.other {
                let source = path.map(|path| join(&archive.source, &path));
                if !source.as_ref().is_some_and(|source| config.skips(source)) {
                    self.pass_over(kind, source);
                }
            }
            if let Some(warning) = unpacked.oddity {
                self.warnings.push((archive.source.clone(), warning));
            }
            if unpacked.problem.is_some() {
                self.unread.push(archive.source.clone());
                if !config.skips(&archive.source) {
                    self.files.push(archive);
                }
            }
        }
    }

    /// Names the entries of `corpus.toml` that are about no file.
    fn name_idle_globs(&mut self, config: &Config) {
        let files = self.files.iter().map(|file| &file.source);
        for (line, glob) in config.idle_globs(files.chain(&self.left_out)) {
            let warning = FileWarning::GlobWithoutFile { glob };
            self.warnings.push((format!("{}:{line}", config::FILE_NAME), warning));
        }
    }

    /// Sorts the files, removes duplicates, and makes equal names distinct.
    fn settle_names(&mut self) {
        let mut files = std::mem::take(&mut self.files);
        // Of several names of one file, one without a symbolic link is preferred, then the longer
        // one.
        files.sort_by_cached_key(|file| {
            let through_link = !whole_source(file).ends_with(&file.source);
            let place = (file.real.clone(), file.packed.clone());
            (place, through_link, Reverse(file.source.len()), file.source.clone())
        });
        let found = files.len();
        files.dedup_by(|later, first| later.real == first.real && later.packed == first.packed);
        self.twice = (found - files.len()) as u64;

        let mut taken = HashSet::with_capacity(files.len());
        for file in &mut files {
            if !taken.insert(file.source.clone()) {
                let plain = file.source.clone();
                while !taken.insert(file.source.clone()) {
                    file.source = longer_source(file);
                }
                let warning = FileWarning::SameName { name: plain, renamed: file.source.clone() };
                self.warnings.push((file.path.display().to_string(), warning));
            }
        }
        files.sort_by(|a, b| a.source.cmp(&b.source));
        self.files = files;
    }
}

/// The whole path of a file without links, and in its archive.
fn whole_source(file: &CorpusFile) -> String {
    let inner = file.packed.as_ref().map_or("", |name| &name.path);
    join(&source_from(&file.real), inner)
}

/// The source, prefixed with one more folder of the path.
fn longer_source(file: &CorpusFile) -> String {
    let source = &file.source;
    let whole = whole_source(file);
    let parts = source.split('/').count() + 1;
    match whole.rmatch_indices('/').nth(parts - 1) {
        Some((at, _)) => whole[at + 1..].to_owned(),
        None if *source == whole => format!("_/{source}"),
        None => whole,
    }
}
