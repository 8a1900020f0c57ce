//! What was recognised, and documents that were converted, kept beside the index.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A folder of results, each in a file that is named by the hash of what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
}

/// Bytes of a result at most, unpacked.
const MAX_BYTES: u64 = 64 << 20;

/// Bytes of the hash before the text.
const HASH: usize = blake3::OUT_LEN;

impl Cache {
    /// Results in this folder, which is made when there is one.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The results that belong to an index.
    #[must_use]
    pub fn beside(index: &Path) -> Self {
        Self::new(index.join("ocr"))
    }

    /// A result; `None` if there is none, or only a damaged one.
    #[must_use]
    pub fn get(&self, key: &blake3::Hash) -> Option<String> {
        let file = fs::File::open(self.path(key)).ok()?;
        let mut bytes = Vec::new();
        zstd::Decoder::new(file).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        let (hash, text) = bytes.split_at_checked(HASH)?;
        // A file that ends early can be well formed.
        if blake3::hash(text).as_bytes() != hash {
            return None;
        }
        String::from_utf8(text.to_owned()).ok()
    }

    /// Keeps a result. It is there as a whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written: it is recognised once more the next time.
    pub fn put(&self, key: &blake3::Hash, text: &str) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let mut encoder = zstd::Encoder::new(NamedTempFile::new_in(folder)?, 9)?;
        encoder.write_all(blake3::hash(text.as_bytes()).as_bytes())?;
        encoder.write_all(text.as_bytes())?;
        encoder.finish()?.persist(path)?;
        Ok(())
    }

    fn path(&self, key: &blake3::Hash) -> PathBuf {
        let name = key.to_hex();
        let (first, rest) = name.split_at(2);
        self.folder.join(first).join(format!("{rest}.hocr.zst"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(folder.path().join("ocr"));
        let key = blake3::hash(b"a page");
        assert_eq!(cache.get(&key), None);
        let text = "渡口复航。".repeat(100);
        cache.put(&key, &text).expect("kept");
        cache.put(&key, &text).expect("kept once more");
        assert_eq!(cache.get(&key).as_deref(), Some(text.as_str()));
        assert_eq!(cache.get(&blake3::hash(b"another page")), None);
        let whole = fs::read(cache.path(&key)).expect("a file");
        for end in 0..whole.len() {
            fs::write(cache.path(&key), &whole[..end]).expect("cut short");
            assert_eq!(cache.get(&key), None, "{end} bytes of {}", whole.len());
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 0x55;
            fs::write(cache.path(&key), other).expect("damaged");
            let got = cache.get(&key);
            assert!(got.is_none() || got.as_deref() == Some(text.as_str()), "byte {at}");
        }
        fs::write(cache.path(&key), zstd::encode_all(&b""[..], 1).expect("packed")).expect("empty");
        assert_eq!(cache.get(&key), None);
    }
}
