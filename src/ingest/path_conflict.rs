//! Detects path conflicts: two folders of one name outside the corpus, ingested in different runs,
//! give their files the same names.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::intake::CorpusFile;
use crate::model::{FileReport, FileWarning};

/// Why a file must not replace what the index has under its name: that file was elsewhere, still
/// exists, and has other content. `None` if there is no such conflict.
pub(super) fn conflict(
    found: &CorpusFile,
    known: &HashMap<String, FileReport>,
) -> Option<FileWarning> {
    let report = known.get(&found.source)?;
    let old = Path::new(&report.path);
    if !old.exists() || is_same(old, &found.path) {
        return None;
    }
    let is_copy =
        report.bytes == found.bytes && found.content_hash().is_ok_and(|hash| hash == report.hash);
    (!is_copy).then(|| FileWarning::NameTaken {
        name: found.source.clone(),
        other: old.display().to_string(),
    })
}

/// Whether a file of the index would have been found below these folders: it was there, or no
/// longer exists anywhere.
pub(super) fn is_gone_from(report: &FileReport, roots: &[PathBuf]) -> bool {
    let old = Path::new(&report.path);
    !old.exists()
        || roots.iter().any(|root| {
            absolute(old).starts_with(absolute(root)) || real(old).starts_with(real(root))
        })
}

/// An absolute path. Symbolic links are not resolved: their targets may change.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn is_same(a: &Path, b: &Path) -> bool {
    absolute(a) == absolute(b) || real(a) == real(b)
}

fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| absolute(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::FileFormat;

    #[test]
    fn only_another_file_that_is_still_there_and_says_something_else_is_a_conflict() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for (name, text) in [("a.txt", "one"), ("b.txt", "two"), ("c.txt", "one")] {
            fs::write(at(name), text).expect("a file");
        }
        let found = |name: &str| CorpusFile {
            path: at(name),
            real: at(name),
            source: "x.txt".to_owned(),
            packed: None,
            parts: Vec::new(),
            pictures: Vec::new(),
            format: FileFormat::Text,
            bytes: 3,
            modified: None,
        };
        let known = |name: &str| {
            let report = FileReport {
                source: "x.txt".to_owned(),
                path: at(name).display().to_string(),
                bytes: 3,
                hash: blake3::hash(b"one").to_hex().to_string(),
                ..FileReport::default()
            };
            HashMap::from([("x.txt".to_owned(), report)])
        };
        assert_eq!(conflict(&found("b.txt"), &HashMap::new()), None);
        assert_eq!(conflict(&found("a.txt"), &known("a.txt")), None);
        assert_eq!(conflict(&found("b.txt"), &known("gone.txt")), None, "it was moved");
        assert_eq!(conflict(&found("c.txt"), &known("a.txt")), None, "it is a copy");
        let (name, other) = ("x.txt".to_owned(), at("a.txt").display().to_string());
        let warning = Some(FileWarning::NameTaken { name, other });
        assert_eq!(conflict(&found("b.txt"), &known("a.txt")), warning);
    }
}
