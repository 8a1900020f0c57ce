//! Which pages the issues have whose pictures were asked for last.

use std::io;
use std::sync::{Arc, LazyLock};

use super::file_cache::FileCache;
use super::gathered::text_of_part;
use super::scans::{IssuePage, issue_pages};
use super::walk::{CorpusFile, FoundState};

/// Issues whose pages are held.
const HELD: usize = 16;

type HeldPages = Arc<Vec<Option<IssuePage>>>;

/// The pages of the issue that a METS file states, as [`issue_pages`]. All of its files are read for that, some
/// hundred megabytes of XML: once for several pages and views, as long as none of them is written to. `text` is
/// that of the METS file.
///
/// # Errors
/// Those of `text`.
pub(super) fn pages_of_issue(
    issue: &CorpusFile,
    text: impl FnOnce() -> io::Result<String>,
) -> io::Result<HeldPages> {
    static READ: LazyLock<FileCache<Vec<FoundState>, HeldPages>> =
        LazyLock::new(|| FileCache::of(HELD));
    let files: Vec<FoundState> =
        [issue].into_iter().chain(&issue.parts).map(CorpusFile::state).collect();
    READ.get_or_make(&files, || {
        let pages = issue_pages(&text()?, &mut |name| text_of_part(issue, name));
        Ok(Arc::new(pages.unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::walk;

    #[test]
    fn an_issue_is_read_again_only_when_one_of_its_files_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let mets = "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec><fileGrp USE='Text'>\
            <file ID='a'><FLocat xlink:href='1.xml'/></file></fileGrp></fileSec></mets>";
        let page = "<Page WIDTH='9' HEIGHT='9'><PrintSpace><TextBlock><TextLine><String CONTENT='渡口'/>\
            </TextLine></TextBlock></PrintSpace></Page>";
        let alto = |pages: usize| format!("<alto><Layout>{}</Layout></alto>", page.repeat(pages));
        fs::write(folder.path().join("mets.xml"), mets).expect("written");
        fs::write(folder.path().join("1.xml"), alto(1)).expect("written");
        let count = |is_read: bool| {
            let walked = walk(folder.path(), &[]);
            let text = || {
                assert!(is_read, "it is known");
                Ok(mets.to_owned())
            };
            pages_of_issue(&walked.files[0], text).expect("read").len()
        };
        assert_eq!((count(true), count(false)), (1, 1));
        fs::write(folder.path().join("1.xml"), alto(2)).expect("written");
        assert_eq!((count(true), count(false)), (2, 2));
    }
}
