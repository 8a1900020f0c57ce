//! What was recognised, and documents that were converted, kept beside the index.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::oldest_files::{KeptFile, remove_oldest};

/// A folder of results, each in a file that is named by the hashes of what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
}

/// What a result is of.
#[derive(Debug, Clone, Copy)]
pub struct ResultKey<'a> {
    /// Hash of the content of the file, in hexadecimal.
    pub file: &'a str,
    /// Hash of what of it was made into what, and by what.
    pub of: &'a blake3::Hash,
}

/// What stands in the name of a result between both.
const BETWEEN: char = '-';

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
    pub fn get(&self, key: ResultKey<'_>) -> Option<String> {
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
    pub fn put(&self, key: ResultKey<'_>, text: &str) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let mut encoder = zstd::Encoder::new(NamedTempFile::new_in(folder)?, 9)?;
        encoder.write_all(blake3::hash(text.as_bytes()).as_bytes())?;
        encoder.write_all(text.as_bytes())?;
        encoder.finish()?.persist(path)?;
        Ok(())
    }

    /// Removes results of files that are none of these, by the hashes of their contents, the oldest first, until
    /// those that are left take no more than so many bytes. All that was made of these files stays, by whatever
    /// engine.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn prune(&self, files: &HashSet<&str>, most: u64) -> io::Result<()> {
        if !self.folder.is_dir() {
            return Ok(());
        }
        let mut unneeded = Vec::new();
        for folder in fs::read_dir(&self.folder)? {
            let folder = folder?;
            if !folder.file_type()?.is_dir() {
                continue;
            }
            let first = folder.file_name();
            for result in fs::read_dir(folder.path())? {
                let result = result?;
                let name = result.file_name();
                let hash = [&first, &name].map(|part| part.to_string_lossy());
                let hash = hash.concat();
                let hash = hash.split(BETWEEN).next().unwrap_or_default();
                if !files.contains(hash) {
                    unneeded.extend(KeptFile::of(&result));
                }
            }
        }
        remove_oldest(unneeded, most);
        Ok(())
    }

    /// The name of a result begins with the hash of its file, so that what belongs to a file is found by it.
    fn path(&self, key: ResultKey<'_>) -> PathBuf {
        let (first, rest) = key.file.split_at_checked(2).unwrap_or(("", key.file));
        let of = key.of.to_hex();
        self.folder.join(first).join(format!("{rest}{BETWEEN}{of}.hocr.zst"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(folder.path().join("ocr"));
        let (of, other) = (blake3::hash(b"a page"), blake3::hash(b"another page"));
        let key = ResultKey { file: "abc", of: &of };
        assert_eq!(cache.get(key), None);
        let text = "渡口复航。".repeat(100);
        cache.put(key, &text).expect("kept");
        cache.put(key, &text).expect("kept once more");
        assert_eq!(cache.get(key).as_deref(), Some(text.as_str()));
        assert_eq!(cache.get(ResultKey { of: &other, ..key }), None);
        let whole = fs::read(cache.path(key)).expect("a file");
        for end in 0..whole.len() {
            fs::write(cache.path(key), &whole[..end]).expect("cut short");
            assert_eq!(cache.get(key), None, "{end} bytes of {}", whole.len());
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 0x55;
            fs::write(cache.path(key), other).expect("damaged");
            let got = cache.get(key);
            assert!(got.is_none() || got.as_deref() == Some(text.as_str()), "byte {at}");
        }
        fs::write(cache.path(key), zstd::encode_all(&b""[..], 1).expect("packed")).expect("empty");
        assert_eq!(cache.get(key), None);
    }

    #[test]
    fn what_no_file_needs_goes_when_it_is_too_much_the_oldest_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(folder.path().join("ocr"));
        cache.prune(&HashSet::new(), 0).expect("there is nothing");
        let engines = [blake3::hash(b"engine 1"), blake3::hash(b"engine 2")];
        let files = ["aa0", "aa1", "bb0"];
        for (age, file) in (0..).zip(files) {
            for of in &engines {
                let key = ResultKey { file, of };
                cache.put(key, "渡口复航。").expect("kept");
                let then = std::time::UNIX_EPOCH + std::time::Duration::from_secs(age);
                let result = fs::File::options().write(true).open(cache.path(key));
                result.and_then(|result| result.set_modified(then)).expect("its time");
            }
        }
        let kept = || {
            let is_kept = |file: &str, of| cache.get(ResultKey { file, of }).is_some();
            files.map(|file| engines.iter().filter(|of| is_kept(file, of)).count())
        };
        let needed = HashSet::from(["aa1"]);
        cache.prune(&needed, 1 << 20).expect("listed");
        assert_eq!(kept(), [2, 2, 2], "there is room for them");
        let size = fs::metadata(cache.path(ResultKey { file: "bb0", of: &engines[0] }));
        cache.prune(&needed, size.expect("a file").len() * 2).expect("listed");
        assert_eq!(kept(), [0, 2, 2], "the oldest");
        cache.prune(&needed, 0).expect("listed");
        assert_eq!(kept(), [0, 2, 0], "whatever engine it was");
    }
}
