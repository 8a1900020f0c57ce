//! What the whole archive says of each article, kept beside the engine's files for the commit that
//! it was made for: the rank of its file among all files, the group of reprints that it belongs
//! to, and which one of them is the earliest.
//!
//! The file is mapped, and verified when an archive is opened. Its first line is JSON and names the
//! parts that follow: lines of two ids (an article and the earliest of its group), then for each of
//! the engine's segments two numbers for each of its documents. Its name has the commit's stamp:
//! another commit may have changed anything, so that a file of another commit counts for nothing
//! until the next ingest has made a new one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Searcher;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, OwnedBytes};

use super::atomic_file::write_whole;
use super::checked_directory::CheckedDirectory;
use super::checksums::with_block_checksums;
use super::damage::ORDER;
use crate::model::ArticleId;

const ID: usize = ArticleId::LENGTH;
/// Bytes of two ids.
const LINE: usize = 2 * ID;
/// Bytes of two numbers.
const DOCUMENT: usize = 8;

/// What the first line says.
#[derive(Debug, Serialize, Deserialize)]
struct RanksHeader {
    stamp: u64,
    reprints: usize,
    groups: u32,
    /// Name and number of documents of each segment.
    segments: Vec<(String, usize)>,
}

/// The order and the groups of the articles of one commit.
#[derive(Debug)]
pub(crate) struct DocumentRanks {
    bytes: OwnedBytes,
    head: RanksHeader,
    /// Bytes of the first line.
    start: usize,
}

/// The rank of a document's file, and its group; 0 is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DocumentRank {
    pub(crate) rank: u32,
    pub(crate) group: u32,
}

/// The ranks of a segment's documents.
#[derive(Debug, Clone)]
pub(crate) struct SegmentRanks {
    bytes: OwnedBytes,
}

impl SegmentRanks {
    pub(crate) fn of(&self, document: u32) -> DocumentRank {
        let (documents, _) = self.bytes.as_chunks::<DOCUMENT>();
        let rank = documents.get(document as usize).and_then(|bytes| {
            let (rank, group) = bytes.split_first_chunk::<4>()?;
            let group = group.first_chunk::<4>()?;
            Some(DocumentRank {
                rank: u32::from_le_bytes(*rank),
                group: u32::from_le_bytes(*group),
            })
        });
        rank.unwrap_or_default()
    }

    /// The documents of a group.
    pub(crate) fn members(&self, group: u32) -> impl Iterator<Item = u32> {
        let (documents, _) = self.bytes.as_chunks::<DOCUMENT>();
        let wanted = group.to_le_bytes();
        (0..).zip(documents).filter(move |(_, bytes)| bytes[4..] == wanted).map(|(at, _)| at)
    }
}

impl DocumentRanks {
    /// That of the commit with this stamp, if it has been made.
    ///
    /// # Errors
    /// When it is damaged or cannot be read.
    pub(super) fn open(directory: &CheckedDirectory, stamp: u64) -> io::Result<Option<Self>> {
        let file = match directory.open_read(Path::new(&name(stamp))) {
            Ok(file) => file,
            Err(OpenReadError::FileDoesNotExist(_)) => return Ok(None),
            Err(error) => return Err(io::Error::other(error)),
        };
        let bytes = file.read_bytes()?;
        Ok(Self::parse(bytes).filter(|order| order.head.stamp == stamp))
    }

    /// `None` for a file that is another's.
    fn parse(bytes: OwnedBytes) -> Option<Self> {
        let start = bytes.iter().position(|&byte| byte == b'\n')? + 1;
        let head: RanksHeader = serde_json::from_slice(&bytes[..start]).ok()?;
        let documents: usize = head.segments.iter().map(|(_, documents)| documents).sum();
        let whole = start + head.reprints * LINE + documents * DOCUMENT;
        (bytes.len() == whole).then_some(Self { bytes, head, start })
    }

    /// The earliest article with substantially the same text as this one, if that is another.
    pub(crate) fn first_of(&self, id: &ArticleId) -> Option<ArticleId> {
        let (lines, _) = self.bytes[self.start..self.documents()].as_chunks::<LINE>();
        let at = lines.binary_search_by(|line| line[..ID].cmp(id.0.as_bytes())).ok()?;
        let first = std::str::from_utf8(&lines[at][ID..]).ok()?;
        Some(ArticleId(first.to_owned()))
    }

    /// Number of articles that are reprints.
    pub(crate) fn reprints(&self) -> u64 {
        self.head.reprints as u64
    }

    /// Number of groups; they are numbered from 1.
    pub(crate) fn groups(&self) -> u32 {
        self.head.groups
    }

    /// Whether it has the ranks of all documents.
    pub(crate) fn knows_all(&self, searcher: &Searcher) -> bool {
        let mut segments = searcher.segment_readers().iter();
        segments.all(|reader| self.segment(&reader.segment_id().uuid_string()).is_some())
    }

    /// The ranks of the segment of this name.
    pub(crate) fn segment(&self, name: &str) -> Option<SegmentRanks> {
        let mut from = self.documents();
        for (known, documents) in &self.head.segments {
            let to = from + documents * DOCUMENT;
            if known == name {
                return Some(SegmentRanks { bytes: self.bytes.slice(from..to) });
            }
            from = to;
        }
        None
    }

    /// Where the lines end and the documents begin.
    fn documents(&self) -> usize {
        self.start + self.head.reprints * LINE
    }
}

/// Writes the order of a commit, and removes those of earlier ones. `reprints` are sorted.
pub(super) fn write(
    data: &Path,
    stamp: u64,
    reprints: &[(ArticleId, ArticleId)],
    groups: u32,
    segments: &[(String, Vec<DocumentRank>)],
) -> io::Result<()> {
    let sizes = segments.iter().map(|(name, documents)| (name.clone(), documents.len()));
    let head = RanksHeader { stamp, reprints: reprints.len(), groups, segments: sizes.collect() };
    let mut bytes = serde_json::to_vec(&head)?;
    bytes.push(b'\n');
    for (id, first) in reprints {
        for id in [id, first] {
            bytes.extend(id.fixed());
        }
    }
    for document in segments.iter().flat_map(|(_, documents)| documents) {
        bytes.extend(document.rank.to_le_bytes());
        bytes.extend(document.group.to_le_bytes());
    }
    write_whole(&path(data, stamp), &with_block_checksums(&bytes))?;
    for entry in fs::read_dir(data)?.flatten() {
        let other = entry.file_name();
        if other.to_str().is_some_and(|other| other.starts_with(ORDER) && other != name(stamp)) {
            // A reader that has it open keeps it; what cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// Where that of the commit with this stamp lies, if it has been made.
pub(super) fn path(data: &Path, stamp: u64) -> PathBuf {
    data.join(name(stamp))
}

fn name(stamp: u64) -> String {
    format!("{ORDER}{stamp}")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::checked_directory::Access;
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_a_file_that_was_cut_off_is_damaged() {
        let folder = tempfile::tempdir().expect("a folder");
        let id = |text: &str| ArticleId(text.into());
        let reprints = [(id("bbbbbbbbbbbb"), id("aaaaaaaaaaaa"))];
        let rank = |rank, group| DocumentRank { rank, group };
        let segments =
            [("s1".into(), vec![rank(7, 1)]), ("s2".into(), vec![rank(8, 0), rank(9, 1)])];
        write(folder.path(), 3, &reprints, 1, &segments).expect("written");
        let log = Arc::default();
        let directory = CheckedDirectory::open(folder.path(), Access::Read, &log);
        let directory = directory.expect("a folder");
        let open = |stamp| DocumentRanks::open(&directory, stamp);
        let order = open(3).expect("readable").expect("there");
        assert_eq!(order.first_of(&id("bbbbbbbbbbbb")), Some(id("aaaaaaaaaaaa")));
        assert_eq!(order.first_of(&id("aaaaaaaaaaaa")), None);
        let second = order.segment("s2").expect("a segment");
        assert_eq!((second.of(0), second.of(1)), (rank(8, 0), rank(9, 1)));
        assert_eq!(second.of(2), DocumentRank::default());
        assert_eq!(second.members(1).collect::<Vec<_>>(), [1]);
        assert!(order.segment("s3").is_none());
        assert!(open(4).expect("readable").is_none());
        let path = folder.path().join(name(3));
        let bytes = fs::read(&path).expect("bytes");
        drop(order);
        fs::remove_file(&path).expect("removed");
        fs::write(folder.path().join(name(5)), &bytes[..bytes.len() - 1]).expect("cut");
        assert!(open(5).is_err());
        assert_eq!(log.count(), 1);
    }
}
