//! Files that belong together: a METS file is read with the ALTO files that it names, which are not read a
//! second time, by themselves or with another one. Other files that it names, as PAGE, stay files of their own.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::companions::scan_format;
use super::config::Config;
use super::open::open;
use super::packed::PackedName;
use super::scans::{self, ScanFormat};
use super::walk::{CorpusFile, FileFormat, format_of, source_of_root};
use crate::model::FailureReason;
use crate::text::decode;

/// Bytes of a METS file, and of a file that it names.
const MAX_BYTES: u64 = 64 << 20;

/// Which file it is: where it is without links, and in what archive.
type FilePlace = (PathBuf, Option<PackedName>);

/// Files with those that they name as their parts, which are no files beside them; and the sources of these.
/// Only a file with `mets` in its name is looked into; what the settings leave out is part of none.
pub(super) fn gathered(
    mut files: Vec<CorpusFile>,
    config: &Config,
) -> (Vec<CorpusFile>, HashSet<String>) {
    let issues: Vec<usize> = (0..files.len()).filter(|&at| is_issue(&files[at])).collect();
    if issues.is_empty() {
        return (files, HashSet::new());
    }
    let packed: HashMap<(PathBuf, String), usize> = files
        .iter()
        .enumerate()
        .filter_map(|(at, file)| {
            Some(((file.path.clone(), file.packed.as_ref()?.path.clone()), at))
        })
        .collect();
    let mut taken: BTreeSet<FilePlace> = BTreeSet::new();
    let mut sources = HashSet::new();
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
        let mut parts: Vec<CorpusFile> = names.iter().filter_map(part).collect();
        parts.retain(|part| !config.skips(&part.source));
        // A page that several files name is one of the first: it would be read twice.
        parts.retain(|part| {
            let is_own = !is_alto(part) || taken.insert((part.real.clone(), part.packed.clone()));
            if is_own && is_alto(part) {
                sources.insert(part.source.clone());
            }
            is_own
        });
        files[at].bytes += parts.iter().map(|part| part.bytes).sum::<u64>();
        files[at].parts = parts;
    }
    files.retain(|file| !taken.contains(&(file.real.clone(), file.packed.clone())));
    (files, sources)
}

/// The same files with the METS files of the corpus that name one of them: an ALTO file that is named alone is
/// read with its issue, as it is when all files are.
pub(super) fn with_issues(
    mut files: Vec<CorpusFile>,
    corpus: &Path,
    config: &Config,
) -> Vec<CorpusFile> {
    let Ok(corpus_itself) = fs::canonicalize(corpus) else { return files };
    let known: HashSet<PathBuf> = files.iter().map(|file| file.real.clone()).collect();
    let is_page = |file: &&CorpusFile| file.packed.is_none() && file.format == FileFormat::Scan;
    let pages = files.iter().filter(is_page).map(|file| &file.real);
    // What a METS file names lies below its folder.
    let above = pages.flat_map(|page| page.ancestors().skip(1));
    let folders: BTreeSet<PathBuf> =
        above.filter(|folder| folder.starts_with(&corpus_itself)).map(Path::to_owned).collect();
    for folder in folders {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Some(issue) = issue_at(&entry.path(), corpus) else { continue };
            if known.contains(&issue.real) || config.skips(&issue.source) {
                continue;
            }
            let Ok(text) = text_of(&issue) else { continue };
            let names = scans::named_files(&text);
            let parts = names.iter().filter_map(|name| part_on_disk(&issue, name));
            if parts.into_iter().any(|part| known.contains(&part.real)) {
                files.push(issue);
            }
        }
    }
    files.sort_by(|a, b| a.source.cmp(&b.source));
    files
}

/// The file at a path, if it can be a METS file.
fn issue_at(path: &Path, corpus: &Path) -> Option<CorpusFile> {
    let metadata = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let file = CorpusFile {
        path: path.to_owned(),
        real: fs::canonicalize(path).ok()?,
        source: source_of_root(corpus, path),
        packed: None,
        parts: Vec::new(),
        pictures: Vec::new(),
        format: format_of(path, false)?,
        bytes: metadata.len(),
        modified: metadata.modified().ok(),
    };
    is_issue(&file).then_some(file)
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
        pictures: Vec::new(),
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

/// The text of a file; of a large one none.
pub(super) fn text_of(file: &CorpusFile) -> io::Result<String> {
    let mut bytes = Vec::new();
    open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(FailureReason::TooManyBytes { megabytes: MAX_BYTES >> 20 }));
    }
    Ok(decode(&bytes, None).text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::walk::FollowLinks;
    use crate::intake::{walk, walk_with};

    #[test]
    fn a_page_that_two_mets_files_name_is_of_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let mets = "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec><fileGrp USE='Text'>\
            <file ID='a'><FLocat xlink:href='1.xml'/></file></fileGrp></fileSec></mets>";
        let page = "<?xml version='1.0'?><alto><Layout/></alto>";
        for (name, content) in [("1.xml", page), ("mets.xml", mets), ("mets_old.xml", mets)] {
            fs::write(folder.path().join(name), content).expect("written");
        }
        let walked = walk(folder.path(), &[]);
        let parts: Vec<(&str, usize)> =
            walked.files.iter().map(|file| (file.source.as_str(), file.parts.len())).collect();
        assert_eq!(parts, [("mets.xml", 1), ("mets_old.xml", 0)]);
        let toml = "[[files]]\nglob = \"1.xml\"\nskip = true\n";
        let config = Config::parse("corpus.toml".as_ref(), toml).expect("settings");
        let walked = walk_with(folder.path(), &[], FollowLinks::Inside, &config);
        assert!(walked.files.iter().all(|file| file.parts.is_empty()), "it is left out");
    }
}
