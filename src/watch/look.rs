//! Size and times of all files that an ingest takes, and since when they are as they are.

use std::collections::{HashMap, HashSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crate::curation::{Corrections, CurationFolder};
use crate::intake::{self, Config, FollowLinks, SETTINGS, SPLITTER};

/// What changes whenever somebody writes to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileStamp {
    bytes: u64,
    modified: Option<SystemTime>,
    /// When anything about it was changed, in seconds and nanoseconds; programs that copy files set the time
    /// of modification back, but not this one.
    #[cfg(unix)]
    changed: (i64, i64),
}

impl FileStamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Self {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// What a folder has that another one of the same name does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FolderIdentity {
    #[cfg(unix)]
    number: (u64, u64),
}

impl FolderIdentity {
    /// `None` where there is no folder.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        let metadata = fs::metadata(folder).ok().filter(Metadata::is_dir)?;
        #[cfg(not(unix))]
        drop(metadata);
        Some(Self {
            #[cfg(unix)]
            number: (metadata.dev(), metadata.ino()),
        })
    }
}

/// All files by their paths.
pub(super) type Stamps = HashMap<PathBuf, FileStamp>;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) corpus: &'a Path,
    pub(super) links: FollowLinks,
    pub(super) curation: Option<&'a CurationFolder>,
}

impl<'a> Places<'a> {
    /// The folders in which something can change.
    pub(super) fn folders(&self) -> Vec<&'a Path> {
        [Some(self.corpus), self.curation.map(CurationFolder::path)].into_iter().flatten().collect()
    }

    fn stamps(&self) -> (Stamps, Stamps) {
        let stamp_of = |path: &Path| {
            let metadata = fs::metadata(path).ok().filter(Metadata::is_file)?;
            Some(FileStamp::of(&metadata))
        };
        let stamped = |path: PathBuf| Some((stamp_of(&path)?, path));
        let collected = |paths: &mut dyn Iterator<Item = PathBuf>| {
            paths.filter_map(stamped).map(|(stamp, path)| (path, stamp)).collect()
        };
        // Of wrong settings the ingest tells.
        let config = Config::load(self.corpus).unwrap_or_default();
        let files = intake::paths_on_disk(self.corpus, self.links, &config);
        (collected(&mut files.into_iter()), collected(&mut self.settings()))
    }

    /// All but the texts that decides what an ingest does.
    fn settings(&self) -> impl Iterator<Item = PathBuf> {
        let corpus = self.corpus;
        let folders = fs::read_dir(corpus).into_iter().flatten().flatten();
        let of_publications = folders.map(|folder| folder.path().join(SPLITTER));
        // Where they cannot be read, the ingest says so.
        let decisions = self.curation.and_then(|folder| Corrections::files(folder).ok());
        let decisions = decisions.into_iter().flatten();
        [corpus.join(SETTINGS), corpus.join(SPLITTER)]
            .into_iter()
            .chain(of_publications)
            .chain(decisions)
    }
}

/// The files as they were seen last, and since when each has been so.
#[derive(Debug, Default)]
pub(super) struct Sight {
    since: HashMap<PathBuf, (FileStamp, Instant)>,
    pub(super) files: Stamps,
    pub(super) settings: Stamps,
    /// When a file was last missed, or settings were found changed: an ingest cannot leave these out.
    unsteady: Option<Instant>,
}

impl Sight {
    /// Looks at everything.
    pub(super) fn look(&mut self, places: &Places<'_>) {
        let (files, settings) = places.stamps();
        let now = Instant::now();
        let has_gone = self.files.keys().any(|path| !files.contains_key(path));
        if has_gone || settings != self.settings {
            self.unsteady = Some(now);
        }
        let since = files.iter().map(|(path, &stamp)| {
            let known = self.since.get(path).filter(|(known, _)| *known == stamp);
            (path.clone(), known.copied().unwrap_or((stamp, now)))
        });
        self.since = since.collect();
        self.files = files;
        self.settings = settings;
    }

    /// Files that have not stood still for so long.
    pub(super) fn unsettled(&self, settle: Duration) -> HashSet<PathBuf> {
        let now = Instant::now();
        let is_new = |since: Instant| now.duration_since(since) < settle;
        let unsettled = self.since.iter().filter(|(_, (_, since))| is_new(*since));
        unsettled.map(|(path, _)| path.clone()).collect()
    }

    /// Whether no file was missed and no settings changed for so long.
    pub(super) fn is_steady(&self, settle: Duration) -> bool {
        self.unsteady.is_none_or(|since| since.elapsed() >= settle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_settled_when_it_was_seen_twice_as_it_is() {
        let place = tempfile::tempdir().expect("a folder");
        let at = |name: &str| place.path().join(name);
        fs::write(at("a.txt"), "一").expect("a file");
        fs::write(at("a.txt~"), "一").expect("a file of an editor");
        let places = Places { corpus: place.path(), links: FollowLinks::Inside, curation: None };
        let mut sight = Sight::default();
        sight.look(&places);
        let hour = Duration::from_hours(1);
        assert_eq!(sight.files.len(), 1, "other kinds are not looked at");
        assert_eq!(sight.unsettled(hour), HashSet::from([at("a.txt")]));
        assert!(sight.unsettled(Duration::ZERO).is_empty() && sight.is_steady(hour));
        let before = sight.since[&at("a.txt")];
        sight.look(&places);
        assert_eq!(sight.since[&at("a.txt")], before);
        fs::write(at("a.txt"), "一二").expect("a file");
        sight.look(&places);
        assert_ne!(sight.since[&at("a.txt")], before);
        assert!(sight.is_steady(hour), "a file that is written can be left out");
        fs::write(at("corpus.toml"), "").expect("settings");
        sight.look(&places);
        assert!(!sight.is_steady(hour) && sight.is_steady(Duration::ZERO));
        sight.unsteady = None;
        fs::remove_file(at("a.txt")).expect("removed");
        sight.look(&places);
        assert!(!sight.is_steady(hour) && sight.files.is_empty());
    }

    #[test]
    fn archives_damaged_ones_and_pages_of_issues_are_looked_at_and_what_is_skipped_is_not() {
        let place = tempfile::tempdir().expect("a folder");
        let at = |name: &str| place.path().join(name);
        let mets = "<mets xmlns:xlink='http://www.w3.org/1999/xlink'><fileSec><fileGrp><file ID='a'>\
            <FLocat xlink:href='1.xml'/></file></fileGrp></fileSec></mets>";
        fs::write(at("1938.mets.xml"), mets).expect("a file");
        for name in ["1.xml", "cut.zip", "draft.txt", "~$a.docx", "Thumbs.db"] {
            fs::write(at(name), "<alto>一</alto>").expect("a file");
        }
        let settings = "[[files]]\nglob = \"draft*\"\nskip = true\n";
        fs::write(at("corpus.toml"), settings).expect("settings");
        let places = Places { corpus: place.path(), links: FollowLinks::Inside, curation: None };
        let (files, settings) = places.stamps();
        let files: HashSet<PathBuf> = files.into_keys().collect();
        assert_eq!(files, HashSet::from([at("1938.mets.xml"), at("1.xml"), at("cut.zip")]));
        assert_eq!(settings.len(), 1);
    }
}
