//! Crawls of web sites (WARC, ISO 28500): records one after the other, each with what a server answered.
//!
//! Programs compress each record as a piece of its own, so that it can be unpacked alone.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::{Arc, LazyLock};

use flate2::bufread::GzDecoder;

use super::crawl::CrawlList;
use super::exchange;
use super::record::{CrawlRecord, MAX_HEAD};
use super::{ArchiveContent, damaged};
use crate::intake::file_cache::FileCache;
use crate::intake::office::unpacked_at_most;
use crate::intake::shared_file::{OpenFileState, SharedFile};
use crate::model::{FailureReason, FileWarning};

/// Records of a crawl.
const MAX_RECORDS: usize = 1_000_000;
/// Bytes of a piece in which pages are looked for: who compresses a crawl as one piece must unpack it.
const MAX_PIECE: u64 = 64 << 20;

/// What gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The pages of a crawl, up to where it is damaged.
pub(super) fn contents(file: SharedFile) -> ArchiveContent {
    let mut list = CrawlList::default();
    let problem = listed(file, &mut list).unwrap_or_else(|error| Some(damaged(&error)));
    ArchiveContent { problem, ..list.finish() }
}

/// Lists the pages; why it ends before the crawl does.
fn listed(file: SharedFile, list: &mut CrawlList) -> io::Result<Option<FileWarning>> {
    let most = unpacked_at_most(file.metadata()?.len());
    let mut input = CountedReader { inner: file, at: 0 };
    let mut unpacked = 0;
    loop {
        let piece = input.at;
        let begin = input.fill_buf()?;
        if begin.is_empty() {
            return Ok(None);
        }
        if begin.starts_with(&GZIP) {
            let mut member = CountedReader {
                inner: BufReader::new(GzDecoder::new(&mut input).take(most + 1)),
                at: 0,
            };
            while list.records < MAX_RECORDS && member.at < MAX_PIECE {
                let at = member.at;
                let Some(record) = next_record(&mut member)? else { break };
                list.take(&record, piece, at);
            }
            let whole = member.at < MAX_PIECE;
            unpacked +=
                member.at + if whole { io::copy(&mut member.inner, &mut io::sink())? } else { 0 };
            if unpacked > most {
                return Ok(Some(FileWarning::ArchiveTooLarge { megabytes: most >> 20 }));
            }
            if !whole {
                let megabytes = MAX_PIECE >> 20;
                return Ok(Some(FileWarning::CrawlInOnePiece { megabytes }));
            }
        } else {
            let Some(record) = next_record(&mut input)? else { return Ok(None) };
            list.take(&record, piece, 0);
        }
        if list.records >= MAX_RECORDS {
            return Ok(Some(damaged(&FailureReason::TooManyParts { most: MAX_RECORDS as u64 })));
        }
    }
}

/// Reads a record, passing over all but the beginning of its content; `None` at the end.
fn next_record(input: &mut CountedReader<impl BufRead>) -> io::Result<Option<CrawlRecord>> {
    let Some((mut record, length)) = record_head(input)? else { return Ok(None) };
    let begin = if record.is_page_of_web() { length.min(MAX_HEAD) } else { 0 };
    let read = (&mut *input).take(begin).read_to_end(&mut record.begin)? as u64;
    let passed = io::copy(&mut (&mut *input).take(length - begin), &mut io::sink())?;
    if read.saturating_add(passed) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(record))
}

/// Reads the head of a record, with the length of its content; `None` at the end.
fn record_head(input: &mut impl BufRead) -> io::Result<Option<(CrawlRecord, u64)>> {
    let mut head = Vec::new();
    loop {
        let from = head.len();
        let room = MAX_HEAD.saturating_sub(from as u64);
        if (&mut *input).take(room).read_until(b'\n', &mut head)? == 0 {
            if head.is_empty() {
                return Ok(None);
            }
            return Err(io::Error::other(FailureReason::Malformed));
        }
        let is_blank = head[from..].trim_ascii().is_empty();
        match (is_blank, from) {
            // Records end with blank lines.
            (true, 0) => head.clear(),
            (true, _) => break,
            (false, _) => {}
        }
    }
    let headers = head
        .strip_prefix(b"WARC/")
        .and_then(|rest| memchr::memchr(b'\n', rest).map(|end| &rest[end + 1..]));
    let headers = headers.ok_or_else(|| io::Error::other(FailureReason::Malformed))?;
    let record = CrawlRecord::of(headers);
    let length = record.length.ok_or_else(|| io::Error::other(FailureReason::Malformed))?;
    Ok(Some((record, length)))
}

/// Pieces by the crawl that they are of and where they begin in it.
type PieceCache = FileCache<(OpenFileState, u64), Arc<Vec<u8>>>;

/// The beginning of a piece, unpacked, up to [`MAX_PIECE`]. The last one is kept: where a piece has many records,
/// each of them would be all that stands before it.
fn unpacked(crawl: &SharedFile, piece: u64) -> io::Result<Arc<Vec<u8>>> {
    static UNPACKED: LazyLock<PieceCache> = LazyLock::new(|| FileCache::of(1));
    UNPACKED.get_or_make(&(crawl.state()?, piece), || {
        let mut input = crawl.clone();
        input.seek(SeekFrom::Start(piece))?;
        let mut bytes = Vec::new();
        // Damage behind a page is no matter to it.
        let _ = GzDecoder::new(input).take(MAX_PIECE).read_to_end(&mut bytes);
        Ok(Arc::new(bytes))
    })
}

/// Unpacks the page of the record at a place.
pub(super) fn unpack(crawl: &SharedFile, piece: u64, at: u64, to: &mut File) -> io::Result<()> {
    // Only in a piece that is compressed a record does not stand at the beginning.
    if at > 0 {
        let bytes = unpacked(crawl, piece)?;
        let mut rest = bytes.get(at as usize..).unwrap_or_default();
        if let Ok(Some((record, length))) = record_head(&mut rest)
            && length <= rest.len() as u64
        {
            return exchange::write_page(&record, rest.take(length), to);
        }
    }
    let mut input = crawl.clone();
    input.seek(SeekFrom::Start(piece))?;
    if input.fill_buf()?.starts_with(&GZIP) {
        let mut member = BufReader::new(GzDecoder::new(input));
        io::copy(&mut (&mut member).take(at), &mut io::sink())?;
        page_of_record(&mut member, to)
    } else {
        page_of_record(&mut input, to)
    }
}

fn page_of_record(input: &mut impl BufRead, to: &mut File) -> io::Result<()> {
    let (record, length) = record_head(input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    exchange::write_page(&record, input.take(length), to)
}

/// Counts the bytes that are read.
struct CountedReader<R> {
    inner: R,
    at: u64,
}

impl<R: BufRead> Read for CountedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for CountedReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.at += count as u64;
        self.inner.consume(count);
    }
}
