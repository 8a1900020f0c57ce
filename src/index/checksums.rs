//! Checksums of what lies in an index folder: a flipped bit is an error, never another answer.
//!
//! A file that is mapped ends in the checksums of its blocks (CRC-32), and a block is verified when
//! something of it is first read. The engine has a checksum of its own for each file, but over the
//! whole: to know by it that one posting list is sound, the whole file would have to be read. A
//! block is as large as a page of memory, so that nothing is read from the disk that would not have
//! been read anyway.
//!
//! A small file that is read whole is text, and its last line has the checksum of what stands
//! before it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crc32fast::Hasher;
use tantivy::HasLen;
use tantivy::directory::{AntiCallToken, FileHandle, OwnedBytes, TerminatingWrite, WritePtr};

use super::damage::Damage;
use super::damage_log::DamageLog;

/// Bytes of content under one checksum.
const BLOCK: usize = 4 << 10;
/// Bytes of a checksum.
const SUM: usize = 4;
/// Last bytes of every file with checksums of blocks.
const MAGIC: [u8; 8] = *b"dibaocrc";
/// Behind the checksums of the blocks: the length of the content (8 bytes), the checksum of all that
/// stands between the content and itself (4 bytes), and [`MAGIC`]. Numbers are little-endian.
const TRAILER: usize = 8 + SUM + MAGIC.len();

/// The content of a small file with the checksum of all of it on a line of its own behind it.
pub(super) fn with_checksum_line(content: &[u8]) -> Vec<u8> {
    let line = checksum_line(content);
    [content, line.as_bytes()].concat()
}

/// What [`with_checksum_line`] was given; `None` if it is damaged.
pub(super) fn without_checksum_line(bytes: &[u8]) -> Option<&[u8]> {
    let content = bytes.len().checked_sub(checksum_line(&[]).len())?;
    let (content, line) = bytes.split_at_checked(content)?;
    (line == checksum_line(content).as_bytes()).then_some(content)
}

/// JSON, as is what the small files hold.
fn checksum_line(content: &[u8]) -> String {
    format!("\n{{\"crc32\":\"{:08x}\"}}\n", crc32fast::hash(content))
}

/// A content with the checksums of its blocks behind it.
pub(super) fn with_block_checksums(content: &[u8]) -> Vec<u8> {
    let mut sums = BlockSums::default();
    sums.update(content);
    [content, &sums.finish()].concat()
}

/// What [`with_block_checksums`] was given; `None` if it is damaged.
pub(super) fn without_block_checksums(bytes: &[u8]) -> Option<&[u8]> {
    let length = usize::try_from(content_length(bytes.len() as u64)?).ok()?;
    let (content, behind) = bytes.split_at_checked(length)?;
    let mut sums = BlockSums::default();
    sums.update(content);
    (sums.finish() == behind).then_some(content)
}

/// Reads a whole file and compares it with its checksums; gives its size in bytes, or what is wrong
/// with it. Reads it by itself, not through a mapping that other readers share.
///
/// # Errors
/// When the file is there and cannot be read.
pub(super) fn verify_blocks(path: &Path) -> io::Result<Result<u64, Damage>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Err(Damage::Missing)),
        Err(error) => return Err(error),
    };
    let size = file.metadata()?.len();
    let Some(content) = content_length(size) else { return Ok(Err(Damage::CutOff)) };
    let mut sums = BlockSums::default();
    let mut left = content;
    let mut buffer = vec![0; BLOCK << 6];
    while left > 0 {
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = file.read(&mut buffer[..most])?;
        if read == 0 {
            return Ok(Err(Damage::CutOff));
        }
        sums.update(&buffer[..read]);
        left -= read as u64;
    }
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok(if tail == sums.finish() { Ok(size) } else { Err(Damage::of_tail(&tail)) })
}

impl Damage {
    /// A file without its last bytes was cut off.
    fn of_tail(tail: &[u8]) -> Self {
        if tail.ends_with(&MAGIC) { Self::Altered } else { Self::CutOff }
    }
}

/// The length of the content in a file of this size; `None` if no file of checksums has this size.
fn content_length(size: u64) -> Option<u64> {
    let behind = size.checked_sub(TRAILER as u64)?;
    let (block, sum) = (BLOCK as u64, SUM as u64);
    let blocks = behind.div_ceil(block + sum);
    behind.checked_sub(blocks * sum).filter(|content| content.div_ceil(block) == blocks)
}

/// The checksums of the blocks of a content, as it is written.
#[derive(Debug, Default)]
struct BlockSums {
    sums: Vec<u8>,
    open: Hasher,
    /// Bytes of the block that is open.
    filled: usize,
    length: u64,
}

impl BlockSums {
    fn update(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            let (head, rest) = bytes.split_at(bytes.len().min(BLOCK - self.filled));
            self.open.update(head);
            self.filled += head.len();
            if self.filled == BLOCK {
                self.close_block();
            }
            bytes = rest;
        }
    }

    fn close_block(&mut self) {
        let sum = std::mem::take(&mut self.open).finalize();
        self.sums.extend(sum.to_le_bytes());
        self.filled = 0;
    }

    /// What stands behind the content.
    fn finish(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.close_block();
        }
        let mut behind = self.sums;
        behind.extend(self.length.to_le_bytes());
        behind.extend(crc32fast::hash(&behind).to_le_bytes());
        behind.extend(MAGIC);
        behind
    }
}

/// Writes a file of the engine, and behind it the checksums of its blocks.
pub(super) struct ChecksummedWriter {
    path: PathBuf,
    file: WritePtr,
    sums: BlockSums,
    log: Arc<DamageLog>,
}

impl ChecksummedWriter {
    /// What the system refuses, the log has.
    pub(super) fn new(path: PathBuf, file: WritePtr, log: Arc<DamageLog>) -> Self {
        Self { path, file, sums: BlockSums::default(), log }
    }

    fn noted<T>(&self, outcome: io::Result<T>) -> io::Result<T> {
        outcome.inspect_err(|error| self.log.refused(&self.path, error))
    }
}

impl Write for ChecksummedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        let written = self.noted(written)?;
        self.sums.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.noted(flushed)
    }
}

impl TerminatingWrite for ChecksummedWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let sums = std::mem::take(&mut self.sums).finish();
        let ended = self.file.write_all(&sums).and_then(|()| self.file.terminate_ref(token));
        self.noted(ended)
    }
}

/// A mapped file with checksums of its blocks. To the engine it ends where its content does.
#[derive(Debug)]
pub(super) struct ChecksummedFile {
    path: PathBuf,
    content: OwnedBytes,
    sums: OwnedBytes,
    /// A bit for each block that was verified.
    verified: Box<[AtomicU64]>,
    log: Arc<DamageLog>,
}

impl ChecksummedFile {
    /// # Errors
    /// When the file was cut off, or the list of its checksums is damaged; the log has it then.
    pub(super) fn new(path: PathBuf, bytes: &OwnedBytes, log: Arc<DamageLog>) -> io::Result<Self> {
        match Self::parts(bytes) {
            Ok((content, sums)) => {
                let verified = (0..(sums.len() / SUM).div_ceil(64)).map(|_| AtomicU64::new(0));
                Ok(Self { path, content, sums, verified: verified.collect(), log })
            }
            Err(damage) => Err(log.found(&path, damage)),
        }
    }

    /// The content, and the checksums of its blocks.
    fn parts(bytes: &OwnedBytes) -> Result<(OwnedBytes, OwnedBytes), Damage> {
        let length = content_length(bytes.len() as u64).ok_or(Damage::CutOff)?;
        let (content, behind) = bytes.clone().split(usize::try_from(length).unwrap_or(usize::MAX));
        let (sums, trailer) = behind.clone().split(behind.len() - TRAILER);
        let listed = &behind[..behind.len() - SUM - MAGIC.len()];
        let sum = crc32fast::hash(listed).to_le_bytes();
        let expected = [length.to_le_bytes().as_slice(), sum.as_slice(), MAGIC.as_slice()].concat();
        if *trailer != *expected {
            return Err(Damage::of_tail(&trailer));
        }
        Ok((content, sums))
    }

    /// Verifies the blocks that a range lies in; those that were verified before are not read again.
    fn verify(&self, range: &Range<usize>) -> Result<(), Damage> {
        for block in range.start / BLOCK..range.end.div_ceil(BLOCK) {
            let (word, bit) = (self.verified.get(block / 64), 1 << (block % 64));
            let word = word.ok_or(Damage::Altered)?;
            if word.load(Ordering::Relaxed) & bit != 0 {
                continue;
            }
            let end = self.content.len().min((block + 1) * BLOCK);
            let content = self.content.get(block * BLOCK..end).ok_or(Damage::Altered)?;
            let sum = crc32fast::hash(content).to_le_bytes();
            if self.sums.get(block * SUM..(block + 1) * SUM) != Some(sum.as_slice()) {
                return Err(Damage::Altered);
            }
            word.fetch_or(bit, Ordering::Relaxed);
        }
        Ok(())
    }
}

impl HasLen for ChecksummedFile {
    fn len(&self) -> usize {
        self.content.len()
    }
}

impl FileHandle for ChecksummedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.content.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.verify(&range).map_err(|damage| self.log.found(&self.path, damage))?;
        Ok(self.content.slice(range))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn open(bytes: &[u8]) -> io::Result<ChecksummedFile> {
        ChecksummedFile::new("a".into(), &OwnedBytes::new(bytes.to_vec()), Arc::default())
    }

    /// What a reader of the whole file gets; `None` for an error.
    fn read(bytes: &[u8]) -> Option<Vec<u8>> {
        let file = open(bytes).ok()?;
        Some(file.read_bytes(0..file.len()).ok()?.to_vec())
    }

    #[test]
    fn a_size_tells_the_length_of_the_content() {
        for length in (0..3 * BLOCK).chain([100 * BLOCK]) {
            let size = with_block_checksums(&vec![b'a'; length]).len() as u64;
            assert_eq!(content_length(size), Some(length as u64));
        }
        assert_eq!(content_length(0), None);
    }

    #[test]
    fn a_block_is_verified_when_something_of_it_is_read_and_others_are_not() {
        let mut bytes = with_block_checksums(&vec![b'a'; 3 * BLOCK]);
        bytes[BLOCK + 7] ^= 1;
        let file = open(&bytes).expect("its list is sound");
        assert!(file.read_bytes(0..BLOCK).is_ok());
        assert!(file.read_bytes(BLOCK - 1..BLOCK + 1).is_err());
        assert!(file.read_bytes(BLOCK..BLOCK + 1).is_err(), "again");
        assert!(file.read_bytes(2 * BLOCK..3 * BLOCK).is_ok());
        assert!(file.read_bytes(0..3 * BLOCK + 1).is_err(), "beyond the end");
        assert_eq!(file.log.count(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_written_is_read_and_a_flipped_bit_or_a_cut_is_found(
            content in prop::collection::vec(any::<u8>(), 0..3 * BLOCK),
            at in any::<prop::sample::Index>(), bit in 0..8u32, cut in any::<prop::sample::Index>(),
        ) {
            let whole = with_block_checksums(&content);
            prop_assert_eq!(read(&whole), Some(content.clone()));
            let mut flipped = whole.clone();
            flipped[at.index(whole.len())] ^= 1 << bit;
            prop_assert_eq!(read(&flipped), None);
            prop_assert_eq!(read(&whole[..cut.index(whole.len())]), None);
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("a");
            for (bytes, sound) in [(whole.as_slice(), true), (&flipped, false)] {
                fs::write(&path, bytes).expect("a file");
                prop_assert_eq!(verify_blocks(&path).expect("readable").is_ok(), sound);
            }
            let line = with_checksum_line(&content);
            prop_assert_eq!(without_checksum_line(&line), Some(content.as_slice()));
            let mut flipped = line.clone();
            flipped[at.index(line.len())] ^= 1 << bit;
            prop_assert_eq!(without_checksum_line(&flipped), None);
            prop_assert_eq!(without_checksum_line(&line[..cut.index(line.len())]), None);
        }
    }
}
