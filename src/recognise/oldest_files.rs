//! Folders of files that can be made again, and take only so much room.

use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

/// A file that can be made again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptFile {
    written: SystemTime,
    bytes: u64,
    path: PathBuf,
}

impl KeptFile {
    /// One in a folder; `None` for what is no file, or gone by now.
    #[must_use]
    pub fn of(entry: &fs::DirEntry) -> Option<Self> {
        let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        let written = about.modified().ok()?;
        Some(Self { written, bytes: about.len(), path: entry.path() })
    }
}

/// Removes the oldest of these files until the others take no more than so many bytes.
pub fn remove_oldest(mut files: Vec<KeptFile>, most: u64) {
    files.sort();
    let mut bytes: u64 = files.iter().map(|file| file.bytes).sum();
    for oldest in files {
        if bytes <= most {
            break;
        }
        // One that cannot be removed is none of ours; the next is.
        if fs::remove_file(oldest.path).is_ok() {
            bytes -= oldest.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn the_oldest_go_until_the_others_fit() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("folder")).expect("a folder");
        for (name, age) in [("a", 3), ("b", 1), ("c", 2)] {
            let path = folder.path().join(name);
            fs::write(&path, [0; 10]).expect("written");
            let file = fs::File::options().append(true).open(&path).expect("opened");
            file.set_modified(UNIX_EPOCH + Duration::from_secs(age)).expect("its time");
        }
        let left = |most| {
            let files = fs::read_dir(folder.path()).expect("listed").flatten();
            remove_oldest(files.filter_map(|entry| KeptFile::of(&entry)).collect(), most);
            ["a", "b", "c"].map(|name| folder.path().join(name).exists())
        };
        assert_eq!(left(30), [true, true, true]);
        assert_eq!(left(29), [true, false, true]);
        assert_eq!(left(0), [false, false, false]);
        assert!(folder.path().join("folder").exists());
    }
}
