//! Opens a file that a walk found, and nothing else.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use same_file::Handle;
use thiserror::Error;

use super::packed;
use super::walk::CorpusFile;

/// What was opened is another file than the one that the walk found and checked.
#[derive(Debug, Error)]
#[error("the path leads to another file than before")]
struct LedElsewhere;

/// Opens the file that the walk found. The path may have become a link to another file since it was
/// checked, so it is opened first, and then what was opened is compared with what was checked:
/// nothing is read of any other file. Of what is packed in an archive, a copy is opened.
///
/// # Errors
/// When it cannot be opened, and when it is another file ([`leads_elsewhere`]).
pub(super) fn open(found: &CorpusFile) -> io::Result<File> {
    let file = File::open(&found.path)?;
    if !is_at(&file, &found.real)? {
        return Err(io::Error::other(LedElsewhere));
    }
    match &found.packed {
        Some(name) => packed::unpack(file, name),
        None => Ok(file),
    }
}

/// Whether an error of [`open`] says that it was another file.
pub(super) fn leads_elsewhere(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<LedElsewhere>)
}

/// Whether an open file is the one at a path without links.
pub(super) fn is_at(file: &File, real: &Path) -> io::Result<bool> {
    // The system knows the path of an open file, whatever is done to the folders meanwhile.
    #[cfg(target_os = "linux")]
    if let Ok(path) = fs::read_link(handle_path(file)) {
        return Ok(path == real);
    }
    is_numbered_as(file, real)
}

/// The same where the system does not tell the path: by the numbers that it has for files, if the path
/// has not become a link.
fn is_numbered_as(file: &File, real: &Path) -> io::Result<bool> {
    let is_same = Handle::from_file(file.try_clone()?)? == Handle::from_path(real)?;
    Ok(is_same && fs::canonicalize(real)? == real)
}

#[cfg(target_os = "linux")]
fn handle_path(file: &File) -> String {
    use std::os::fd::AsRawFd;
    format!("/proc/self/fd/{}", file.as_raw_fd())
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::intake::{Config, ReadOutcome, read, walk};
    use crate::model::FileWarning;

    #[test]
    fn a_link_that_was_swapped_after_it_was_found_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("corpus/deep")).expect("a folder");
        fs::create_dir(at("far")).expect("a folder");
        for file in ["corpus/.hidden", "corpus/deep/b.txt", "far/b.txt"] {
            fs::write(at(file), file).expect("a file");
        }
        symlink(at("corpus/.hidden"), at("corpus/a.txt")).expect("a link");
        let walked = walk(&at("corpus"), &[]);
        let [linked, deep] = &walked.files[..] else { panic!("{walked:?}") };
        let mut text = String::new();
        open(linked).and_then(|mut file| file.read_to_string(&mut text)).expect("the same file");
        assert_eq!(text, "corpus/.hidden");

        fs::remove_file(at("corpus/a.txt")).expect("removed");
        symlink(at("far/b.txt"), at("corpus/a.txt")).expect("a link");
        fs::rename(at("corpus/deep"), at("corpus/was")).expect("renamed");
        symlink(at("far"), at("corpus/deep")).expect("a link");
        for found in [linked, deep] {
            let error = open(found).expect_err("another file");
            assert!(leads_elsewhere(&error), "{error}");
            let mut reader = read(found, &Config::default());
            assert!(reader.next().is_none());
            let report = reader.finish();
            assert_eq!(report.outcome, ReadOutcome::Unreadable);
            assert_eq!(report.warnings, [FileWarning::LeadsElsewhere]);
            assert!(report.hash.is_empty());
        }
    }

    #[test]
    fn without_the_path_of_the_handle_files_are_told_apart_by_their_numbers() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().canonicalize().expect("its path");
        let at = |path: &str| folder.join(path);
        for file in ["a.txt", "b.txt"] {
            fs::write(at(file), file).expect("a file");
        }
        symlink(at("b.txt"), at("link.txt")).expect("a link");
        let file = File::open(at("b.txt")).expect("opened");
        assert!(is_numbered_as(&file, &at("b.txt")).expect("compared"));
        assert!(!is_numbered_as(&file, &at("a.txt")).expect("compared"));
        assert!(!is_numbered_as(&file, &at("link.txt")).expect("compared"), "it became a link");
    }
}
