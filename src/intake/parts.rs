//! Reading for those who look at some lines of a file and not at all of it.

use super::config::Config;
use super::pieces::Measure;
use super::read::Reading;
use super::walk::FoundFile;

/// So much is read at once.
const PART: Measure = Measure { bytes: 1024 * 1024, lines: 10_000 };

/// Opens a file to look at some of its lines: texts come in small parts, so that what is not taken
/// is not read. That a part ends in the midst of an article is then no flaw of the file, whatever
/// the warnings say.
#[must_use]
pub fn read_in_parts(file: &FoundFile, config: &Config) -> Reading {
    Reading::new(file, config, PART)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::{Piece, walk};

    #[test]
    fn the_first_lines_of_a_large_file_come_without_the_rest() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.txt"), "一行字\n".repeat(300_000)).expect("written");
        let walked = walk(folder.path(), &[]);
        let mut reading = read_in_parts(&walked.files[0], &Config::default());
        let Some(Piece::Text(first)) = reading.next() else { panic!("a text was expected") };
        assert_eq!(first.lines.len(), PART.lines);
        let Some(Piece::Text(second)) = reading.next() else { panic!("a text was expected") };
        assert_eq!(second.lines[0].number, PART.lines as u32 + 1);
    }
}
