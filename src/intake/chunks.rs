//! Reads the bytes of a text file: whole if it fits into memory, else in chunks that end between
//! paragraphs.

use std::fs::File;
use std::io::{self, Read};

use super::file::HashingReader;
use crate::text::decode;

/// A text file being read.
pub(super) struct TextChunks {
    input: HashingReader<File>,
    /// Limit of a chunk.
    pub(super) chunk: ChunkLimit,
    /// Bytes read past the end of the last chunk.
    rest: Vec<u8>,
    /// The encoding of the first chunk.
    pub(super) encoding: Option<&'static str>,
    /// Number of line ends in the chunks so far.
    pub(super) lines: u32,
    /// Whether the file has had anything but white space so far.
    pub(super) has_text: bool,
    chunks: u32,
    /// Whether the file has been read to its end, though it may not all have been returned.
    at_end: bool,
    ended: bool,
}

/// The most of a file that is held in memory at once. A text of short lines needs more memory for
/// its lines than for its bytes: splitting takes a measured 600 bytes per line.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChunkLimit {
    pub(super) bytes: usize,
    pub(super) lines: usize,
}

/// Bytes that are examined to detect the encoding, and whether a file is text at all.
const SAMPLE: usize = 64 * 1024;

impl TextChunks {
    pub(super) fn new(input: HashingReader<File>, chunk: ChunkLimit) -> Self {
        Self {
            input,
            chunk,
            rest: Vec::new(),
            encoding: None,
            lines: 0,
            has_text: false,
            chunks: 0,
            at_end: false,
            ended: false,
        }
    }

    /// The bytes of the next chunk; `None` at the end. `hint` is an encoding stated elsewhere.
    pub(super) fn next_bytes(&mut self, hint: Option<&str>) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = std::mem::take(&mut self.rest);
        let wanted = self.chunk.bytes.saturating_sub(bytes.len());
        // Reading one byte beyond the limit shows whether this is the end.
        let read = self.input.by_ref().take(wanted as u64 + 1).read_to_end(&mut bytes)?;
        self.at_end |= read <= wanted;
        if bytes.is_empty() {
            self.ended = true;
            return Ok(None);
        }
        let fitting = end_of_lines(&bytes, self.chunk.lines);
        if fitting < bytes.len() || !self.at_end {
            let encoding = self
                .encoding
                .unwrap_or_else(|| decode(bytes.get(..SAMPLE).unwrap_or(&bytes), hint).encoding);
            // A chunk that reaches the limit of lines may end inside a UTF-16 character.
            let fitting = (fitting + fitting % 2).min(bytes.len());
            self.rest = bytes.split_off(end_of_chunk(&bytes[..fitting], encoding));
        }
        self.ended = self.at_end && self.rest.is_empty();
        self.chunks += 1;
        Ok(Some(bytes))
    }

    /// Whether the first chunk was the whole file.
    pub(super) fn is_whole(&self) -> bool {
        self.ended && self.chunks == 1
    }

    pub(super) fn skip_rest(&mut self) -> io::Result<()> {
        io::copy(&mut self.input, &mut io::sink()).map(drop)
    }

    /// Number and hash of the bytes read.
    pub(super) fn sum(&self) -> (u64, String) {
        self.input.sum()
    }
}

/// The number of bytes in the first `lines` lines, line ends included.
pub(super) fn end_of_lines(bytes: &[u8], lines: usize) -> usize {
    memchr::memchr_iter(b'\n', bytes).nth(lines.saturating_sub(1)).map_or(bytes.len(), |at| at + 1)
}

/// Where to end a chunk that is followed by more bytes: after the last blank line, else after the
/// last line, else between characters. Never 0.
pub(super) fn end_of_chunk(bytes: &[u8], encoding: &str) -> usize {
    let unit = if encoding.starts_with("utf-16") { 2 } else { 1 };
    let line_end: &[u8] = match encoding {
        "utf-16le" => b"\n\0",
        "utf-16be" => b"\0\n",
        _ => b"\n",
    };
    // In none of these encodings is a line end part of another character.
    let is_line_end = |at: usize| bytes.get(at..at + unit) == Some(line_end);
    let mut last_line = None;
    let mut last_break: Option<usize> = None;
    for at in (0..bytes.len() / unit).rev().map(|index| index * unit) {
        if !is_line_end(at) {
            continue;
        }
        last_line.get_or_insert(at + unit);
        let between = last_break.map(|next| &bytes[at + unit..next]);
        if between
            .is_some_and(|line| line.iter().all(|byte| matches!(byte, 0 | b' ' | b'\t' | b'\r')))
        {
            return at + unit;
        }
        last_break = Some(at);
    }
    // Bytes below the digits are never the second half of a character.
    let is_apart = |at: &usize| {
        unit == 2 && at.is_multiple_of(2)
            || bytes[*at] < 0x30
            || (encoding == "utf-8" && bytes[*at] & 0xc0 != 0x80)
    };
    last_line.or_else(|| (1..bytes.len()).rev().find(is_apart)).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_ends_behind_a_blank_line_else_a_line_else_a_character() {
        assert_eq!(end_of_chunk(b"a\nb\n\nc\nd", "utf-8"), 4);
        assert_eq!(end_of_chunk(b"a\r\n \r\nc\r\nd", "utf-8"), 3);
        assert_eq!(end_of_chunk(b"a\nb\nc", "gb18030"), 4);
        assert_eq!(end_of_chunk("报告".as_bytes(), "utf-8"), 3);
        assert_eq!(end_of_chunk(b"\xb1\xa8,\xb8\xe6", "gb18030"), 2);
        assert_eq!(end_of_chunk(b"\xb1\xa8\xb8\xe6", "gb18030"), 4);
        assert_eq!(end_of_chunk(b"a\0\n\0\n\0b\0", "utf-16le"), 4);
        assert_eq!(end_of_chunk(b"\0a\0\n\0b", "utf-16be"), 4);
    }
}
