//! Files that belong together: a METS file is read with the ALTO files that it names, which are not read a
//! second time by themselves. Other files that it names, as PAGE, stay files of their own.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::companions::{self, scan_format};
use super::open::open;
use super::packed::PackedName;
use super::scans::{self, ScanFormat};
use super::walk::{self, CorpusFile, FileFormat, FollowLinks, WalkResult};
use crate::text::decode;

/// Bytes of a METS file, and of a file that it names.
const MAX_BYTES: u64 = 64 << 20;

/// Finds the files below the named paths; without any, those of the corpus folder. Hidden files and
/// files with other extensions are skipped and counted, `corpus.toml` and what lies beside it for the
/// program is skipped. A link that is named itself is followed wherever it leads, those below a named
/// folder if they stay inside. Files that a METS file names are its parts.
#[must_use]
pub fn walk(corpus: &Path, paths: &[PathBuf]) -> WalkResult {
    walk_following(corpus, paths, FollowLinks::Inside)
}

/// As [`walk`], with links below a named folder followed as `links` says.
#[must_use]
pub fn walk_following(corpus: &Path, paths: &[PathBuf], links: FollowLinks) -> WalkResult {
    let mut walked = walk::walk_following(corpus, paths, links);
    let mut files = std::mem::take(&mut walked.files);
    let belonging = companions::belonging(&files);
    for file in files.extract_if(.., |file| belonging.contains(&file.source)) {
        walked.pass_over(&file.path);
    }
    walked.files = gathered(files);
    walked
}

/// Which file it is: where it is without links, and in what archive.
type FilePlace = (PathBuf, Option<PackedName>);

/// Files with those that they name as their parts, which are no files beside them. Only a file with `mets`
/// in its name is looked into.
pub(super) fn gathered(mut files: Vec<CorpusFile>) -> Vec<CorpusFile> {
    let issues: Vec<usize> = (0..files.len()).filter(|&at| is_issue(&files[at])).collect();
    if issues.is_empty() {
        return files;
    }
    let packed: HashMap<(PathBuf, String), usize> = files
        .iter()
        .enumerate()
        .filter_map(|(at, file)| {
            Some(((file.path.clone(), file.packed.as_ref()?.path.clone()), at))
        })
        .collect();
    let mut taken: BTreeSet<FilePlace> = BTreeSet::new();
    for at in issues {
        let file = &files[at];
        let Ok(text) = text_of(file) else { continue };
        let names = scans::named_files(&text);
        let part = |name: &String| match &file.packed {
            Some(issue) => {
                let path = beside(&issue.path, name);
                packed.get(&(file.path.clone(), path)).map(|&at| files[at].clone())
            }
            None => part_on_disk(file, name),
        };
        let parts: Vec<CorpusFile> = names.iter().filter_map(part).collect();
        let read_here = parts.iter().filter(|part| is_alto(part));
        taken.extend(read_here.map(|part| (part.real.clone(), part.packed.clone())));
        files[at].bytes += parts.iter().map(|part| part.bytes).sum::<u64>();
        files[at].parts = parts;
    }
    files.retain(|file| !taken.contains(&(file.real.clone(), file.packed.clone())));
    files
}

/// Whether a file can be a METS file, by its name.
fn is_issue(file: &CorpusFile) -> bool {
    let name = file.source.rsplit('/').next().unwrap_or_default().to_lowercase();
    file.format == FileFormat::Scan && name.contains("mets")
}

/// Whether a file is one that is read as a page of an issue.
fn is_alto(file: &CorpusFile) -> bool {
    scan_format(file) == Some(ScanFormat::Alto)
}

/// A file below the folder of the one that names it; none that a link leads out of this folder to.
fn part_on_disk(issue: &CorpusFile, name: &str) -> Option<CorpusFile> {
    let path = issue.path.parent()?.join(name);
    let real = fs::canonicalize(&path).ok()?;
    let folder = fs::canonicalize(issue.path.parent()?).ok()?;
    let metadata = fs::metadata(&real).ok().filter(fs::Metadata::is_file)?;
    (real.starts_with(folder) && real != issue.real).then(|| CorpusFile {
        path,
        real,
        source: beside(&issue.source, name),
        packed: None,
        parts: Vec::new(),
        format: FileFormat::Scan,
        bytes: metadata.len(),
        modified: metadata.modified().ok(),
    })
}

/// The path of a file in the folder of another one.
fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// The text of a part, by the path that the file has for it; `None` if it cannot be read.
pub(super) fn text_of_part(file: &CorpusFile, name: &str) -> Option<String> {
    let is_it = |part: &&CorpusFile| match (&file.packed, &part.packed) {
        (Some(issue), Some(part)) => part.path == beside(&issue.path, name),
        _ => part.source == beside(&file.source, name),
    };
    file.parts.iter().find(is_it).and_then(|part| text_of(part).ok())
}

fn text_of(file: &CorpusFile) -> io::Result<String> {
    let mut bytes = Vec::new();
    open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other("larger than such a file is"));
    }
    Ok(decode(&bytes, None).text)
}
