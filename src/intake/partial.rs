//! Reads some lines of a file without reading all of it.

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use super::chunks::ChunkLimit;
use super::config::Config;
use super::open::open;
use super::read::FileReader;
use super::walk::CorpusFile;

/// Bytes read at once.
const SMALL_CHUNK: ChunkLimit = ChunkLimit { bytes: 1024 * 1024, lines: 10_000 };

/// Opens a file of which only some lines are needed: texts come in small chunks, so that the rest
/// need not be read. Warnings about chunks that end inside an article do not apply then.
#[must_use]
pub fn read_in_small_chunks(file: &CorpusFile, config: &Config) -> FileReader {
    FileReader::new(file, config, SMALL_CHUNK)
}

/// The lines of a JSONL file in UTF-8 from a given line on.
pub struct RawLines {
    input: BufReader<File>,
    number: u32,
}

/// Bytes of a line that are kept.
const KEPT: usize = 64 * 1024;

/// Opens a JSONL file at a line, counted from 1. The lines before it are only scanned for line
/// ends.
///
/// # Errors
/// If the file cannot be read.
pub fn lines_from(file: &CorpusFile, line: u32) -> io::Result<RawLines> {
    let input = BufReader::with_capacity(256 * 1024, open(file)?);
    let mut lines = RawLines { input, number: 0 };
    while lines.number + 1 < line && lines.pass(|_| ())? {}
    Ok(lines)
}

impl RawLines {
    /// Reads the next line and passes it to `chunk` piece by piece. Returns whether there was one.
    fn pass(&mut self, mut chunk: impl FnMut(&[u8])) -> io::Result<bool> {
        let mut any = false;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', buffer);
            let taken = end.map_or(buffer.len(), |end| end + 1);
            chunk(&buffer[..end.unwrap_or(taken)]);
            self.input.consume(taken);
            if end.is_some() {
                break;
            }
        }
        self.number += u32::from(any);
        Ok(any)
    }
}

impl Iterator for RawLines {
    /// The number of a line, counted from 1, and its first 64 KB.
    type Item = io::Result<(u32, String)>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line: Vec<u8> = Vec::new();
        let kept = self.pass(|chunk| {
            let room = KEPT.saturating_sub(line.len()).min(chunk.len());
            line.extend_from_slice(&chunk[..room]);
        });
        match kept {
            Err(error) => Some(Err(error)),
            Ok(false) => None,
            Ok(true) => {
                let text = String::from_utf8_lossy(&line);
                let text = text.trim_start_matches('\u{feff}').trim_end_matches('\r');
                Some(Ok((self.number, text.to_owned())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::{Chunk, walk};

    #[test]
    fn the_first_lines_of_a_large_file_come_without_the_rest() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "一行字\n".repeat(300_000)).expect("written");
        let walked = walk(folder.path(), &[]);
        let mut reader = read_in_small_chunks(&walked.files[0], &Config::default());
        let Some(Chunk::Text(first)) = reader.next() else { panic!("a text was expected") };
        assert_eq!(first.lines.len(), SMALL_CHUNK.lines);
        let Some(Chunk::Text(second)) = reader.next() else { panic!("a text was expected") };
        assert_eq!(second.lines[0].number, SMALL_CHUNK.lines as u32 + 1);
    }

    #[test]
    fn lines_are_numbered_from_wherever_reading_begins() {
        let folder = tempfile::tempdir().expect("a folder");
        let long = "长".repeat(200_000);
        let text = format!("\u{feff}甲\r\n\n{long}\n丁");
        fs::write(folder.path().join("a.jsonl"), text).expect("written");
        let walked = walk(folder.path(), &[]);
        let from = |line| -> Vec<(u32, String)> {
            let lines = lines_from(&walked.files[0], line).expect("opened");
            lines.map(|line| line.expect("read")).collect()
        };
        let all = from(1);
        assert_eq!((all[0].clone(), all[1].clone()), ((1, "甲".into()), (2, String::new())));
        assert!(all[2].1.len() <= KEPT + 3 && all[2].1.starts_with("长长"));
        assert_eq!((all.len(), all[3].clone()), (4, (4, "丁".into())));
        for line in 1..=4 {
            assert_eq!(from(line), all[line as usize - 1..]);
        }
        assert_eq!(from(5), []);
    }
}
