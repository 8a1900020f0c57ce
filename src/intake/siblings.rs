//! The texts that belong to one publication: those below the first folder of a file's name.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::config::Config;
use super::gathered::gathered;
use super::unread::is_hidden;
use super::walk::{CorpusFile, FileFormat, format_of, is_archive, leads_outside, source_below};

/// Where the publication of a file stands: the first folder of its `source`. `None` for a file
/// outside of folders, which shares its publication with the files beside it.
fn folder(file: &CorpusFile) -> Option<&Path> {
    let packed = file.packed.as_ref().map_or(0, |name| name.path.matches('/').count() + 1);
    let depth = file.source.matches('/').count().saturating_sub(packed);
    (depth > 0).then(|| file.path.ancestors().nth(depth)).flatten()
}

/// The folder of a file's publication; a file outside of folders has the one that it stands in.
#[must_use]
pub fn publication_folder(file: &CorpusFile) -> PathBuf {
    let beside = || file.path.parent().unwrap_or(Path::new(""));
    folder(file).unwrap_or_else(beside).to_owned()
}

/// The first folder of a file's name with `/` behind it: what the names of its siblings lack. Empty for a
/// file outside of folders.
#[must_use]
pub fn folder_name(file: &CorpusFile) -> &str {
    let inner = file.packed.as_ref().map_or(0, |name| name.path.len() + 1);
    let outer = &file.source[..file.source.len().saturating_sub(inner)];
    outer.find('/').and_then(|end| file.source.get(..=end)).unwrap_or_default()
}

/// All texts of the publication of a file, itself included, sorted by name, with paths below the
/// folder of the publication as `source`. What cannot be read is passed over, as is JSONL, whose
/// articles are apart already, pictures, what is larger than `max_bytes`, and what links out of the corpus lead to.
#[must_use]
pub fn siblings(file: &CorpusFile, max_bytes: u64) -> Vec<CorpusFile> {
    let root = publication_folder(file);
    let depth = if folder(file).is_some() { usize::MAX } else { 1 };
    // A publication below a folder stands in the corpus with others, to which its links may lead.
    let around = if folder(file).is_some() { root.parent() } else { None }.unwrap_or(&root);
    let inside: Vec<PathBuf> = std::fs::canonicalize(around).into_iter().collect();
    let entries =
        WalkDir::new(&root).max_depth(depth).follow_links(true).into_iter().filter_entry(|entry| {
            let leads_out =
                || entry.path_is_symlink() && leads_outside(entry.path(), &inside).is_some();
            let hidden = is_hidden(entry.file_name().as_encoded_bytes());
            entry.depth() == 0 || !hidden && !leads_out()
        });
    let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let mut files: Vec<CorpusFile> = files
        .filter_map(|entry| sibling(&entry, &root, &inside))
        .flat_map(|file| if is_archive(&file.path) { file.unpacked().files } else { vec![file] })
        .filter(|file| file.format.is_to_be_split() && file.format != FileFormat::Picture)
        .filter(|file| file.unread_kind().is_none())
        .filter(|file| file.bytes <= max_bytes)
        .collect();
    files.sort_by(|one, other| one.source.cmp(&other.source));
    // What is left out is left out by the caller, who knows the whole names.
    gathered(files, &Config::default()).0
}

/// A file of the publication, which may be an archive of files.
fn sibling(entry: &DirEntry, root: &Path, inside: &[PathBuf]) -> Option<CorpusFile> {
    let path = entry.path();
    let archive = is_archive(path).then_some(FileFormat::Document);
    let format = archive.or_else(|| format_of(path, false))?;
    let metadata = entry.metadata().ok()?;
    let real = std::fs::canonicalize(path).ok()?;
    inside.iter().any(|folder| real.starts_with(folder)).then(|| CorpusFile {
        path: path.to_owned(),
        real,
        source: source_below(root, path),
        packed: None,
        parts: Vec::new(),
        pictures: Vec::new(),
        format,
        bytes: metadata.len(),
        modified: metadata.modified().ok(),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::walk;

    #[test]
    fn a_publication_is_the_first_folder_or_the_files_beside_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path();
        for name in ["a.txt", "b.txt", "c.jsonl", "daily/1/01.txt", "daily/2/01.md", "daily/.x.txt"]
        {
            let path = corpus.join(name);
            fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
            fs::write(path, "text").expect("a file");
        }
        let files = walk(corpus, &[]).files;
        let names = |source: &str| -> Vec<String> {
            let file = files.iter().find(|file| file.source == source).expect("a file");
            siblings(file, 100).into_iter().map(|file| file.source).collect()
        };
        assert_eq!(names("a.txt"), ["a.txt", "b.txt"]);
        assert_eq!(names("daily/2/01.md"), ["1/01.txt", "2/01.md"]);
        let file = files.iter().find(|file| file.source == "a.txt").expect("a file");
        assert!(siblings(file, 3).is_empty(), "too large");
    }
}
