//! An open file with several readers, each of which has a place of its own in it.

use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::time::SystemTime;

use same_file::Handle;

/// A reader of an open file. A copy is a reader of the same file that is at its beginning.
#[derive(Debug)]
pub(super) struct SharedFile {
    input: BufReader<PlacedFile>,
}

#[derive(Debug)]
struct PlacedFile {
    file: Arc<File>,
    at: u64,
}

/// Which open file it is, and when it was written: where both are the same, so is what is in it.
pub(super) type OpenFileState = (Arc<Handle>, u64, Option<SystemTime>);

impl SharedFile {
    pub(super) fn new(file: File) -> Self {
        Self::of(Arc::new(file))
    }

    fn of(file: Arc<File>) -> Self {
        Self { input: BufReader::with_capacity(64 << 10, PlacedFile { file, at: 0 }) }
    }

    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        self.input.get_ref().file.metadata()
    }

    /// What is known of it by, while it is open.
    pub(super) fn state(&self) -> io::Result<OpenFileState> {
        let metadata = self.metadata()?;
        let handle = Handle::from_file(self.input.get_ref().file.try_clone()?)?;
        Ok((Arc::new(handle), metadata.len(), metadata.modified().ok()))
    }

    /// Its first bytes, as far as it has so many.
    pub(super) fn head(&self, bytes: u64) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        self.clone().take(bytes).read_to_end(&mut head)?;
        Ok(head)
    }
}

impl Clone for SharedFile {
    fn clone(&self) -> Self {
        Self::of(Arc::clone(&self.input.get_ref().file))
    }
}

impl Read for SharedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer)
    }
}

impl BufRead for SharedFile {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

impl Read for PlacedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = read_at(&self.file, buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for PlacedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn each_reader_has_a_place_of_its_own() {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(b"0123456789").expect("written");
        let mut one = SharedFile::new(file);
        let mut buffer = [0; 4];
        one.read_exact(&mut buffer).expect("read");
        let mut other = one.clone();
        other.seek(SeekFrom::End(-2)).expect("a place");
        let mut rest = String::new();
        one.read_to_string(&mut rest).expect("read");
        assert_eq!((&buffer, rest.as_str()), (b"0123", "456789"));
        rest.clear();
        other.read_to_string(&mut rest).expect("read");
        assert_eq!(rest, "89");
        assert_eq!(other.head(3).expect("read"), b"012");
        assert!(other.seek(SeekFrom::Current(-99)).is_err());
        assert_eq!(one.state().expect("open"), other.state().expect("open"));
    }
}
