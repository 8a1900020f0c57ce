//! Which pages the issues have whose pictures were asked for last.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::gathered::text_of_part;
use super::packed::PackedName;
use super::scans::{IssuePage, issue_pages};
use super::walk::CorpusFile;

/// Issues whose pages are held.
const HELD: usize = 16;

type HeldPages = Arc<Vec<Option<IssuePage>>>;

/// The files of an issue: where each is, and when it was written.
type IssueState = Vec<(PathBuf, Option<PackedName>, u64, Option<SystemTime>)>;

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
    static KNOWN: Mutex<Vec<(IssueState, HeldPages)>> = Mutex::new(Vec::new());
    let state =
        |file: &CorpusFile| (file.real.clone(), file.packed.clone(), file.bytes, file.modified);
    let state: IssueState = [issue].into_iter().chain(&issue.parts).map(state).collect();
    // One issue is read at a time.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let found = if let Some(at) = known.iter().position(|(known, _)| *known == state) {
        known.remove(at)
    } else {
        let pages = issue_pages(&text()?, &mut |name| text_of_part(issue, name));
        (state, Arc::new(pages.unwrap_or_default()))
    };
    let pages = Arc::clone(&found.1);
    known.truncate(HELD - 1);
    known.insert(0, found);
    Ok(pages)
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
