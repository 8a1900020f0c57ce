//! Has the system tell of changes.

use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::look::FolderIdentity;
use super::wake::Wake;
use crate::intake::is_hidden;

/// Tells of changes in folders as long as it lives.
pub(super) struct Notifier {
    _watcher: RecommendedWatcher,
    /// The folders as they were when it began: another one of the same name is not watched.
    folders: Vec<(PathBuf, FolderIdentity)>,
}

impl Notifier {
    /// Begins to tell of changes in those of these folders that are there.
    ///
    /// # Errors
    /// When the system refuses, since it watches too many folders already.
    pub(super) fn begin(folders: &[&Path], wake: &Wake) -> notify::Result<Self> {
        let wake = wake.clone();
        let names: Vec<PathBuf> = folders.iter().map(|folder| absolute(folder)).collect();
        let mut watcher = notify::recommended_watcher(move |event| {
            if tells_of_change(&event, &names) {
                wake.changed();
            }
        })?;
        for folder in folders.iter().filter(|folder| !folder.exists()) {
            // Where it will be made.
            if let Some(around) = absolute(folder).parent().filter(|around| around.is_dir()) {
                watcher.watch(around, RecursiveMode::NonRecursive)?;
            }
        }
        let folders = present(folders);
        for (folder, _) in &folders {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Self { _watcher: watcher, folders })
    }

    /// Whether these are the folders that it watches.
    pub(super) fn is_of(&self, folders: &[&Path]) -> bool {
        self.folders == present(folders)
    }
}

fn present(folders: &[&Path]) -> Vec<(PathBuf, FolderIdentity)> {
    let with_identity = |folder: &&Path| Some((absolute(folder), FolderIdentity::of(folder)?));
    folders.iter().filter_map(with_identity).collect()
}

/// As events name it.
fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

/// Whether there may be something to look at in these folders: after an error, and where events were lost,
/// there may be. An ingest itself opens files to read them; what is hidden, such as the lock of a folder, and
/// what stands beside a folder that is yet to be made is not looked at.
fn tells_of_change(event: &notify::Result<Event>, folders: &[PathBuf]) -> bool {
    let is_beside = |path: &PathBuf| {
        folders.iter().any(|folder| folder.parent() == path.parent())
            && !folders.iter().any(|folder| path.starts_with(folder))
    };
    let is_below_hidden = |path: &PathBuf| {
        let below = folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        let mut below = below.peekable();
        let is_hidden = |path: &Path| path.iter().any(|part| is_hidden(part.as_encoded_bytes()));
        // One watched folder can be hidden in the other.
        below.peek().is_some() && below.all(is_hidden)
    };
    let is_no_matter = |path: &PathBuf| is_beside(path) || is_below_hidden(path);
    match event {
        Ok(event) if event.need_rescan() => true,
        Ok(event) if !event.paths.is_empty() && event.paths.iter().all(is_no_matter) => false,
        Ok(event) => match event.kind {
            EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
            _ => true,
        },
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, Flag};

    use super::*;

    #[test]
    fn reading_is_no_change_and_lost_events_are() {
        let folders = [PathBuf::from("/srv/corpus"), PathBuf::from("/srv/corpus.curation")];
        let told = |kind| tells_of_change(&Ok(Event::new(kind)), &folders);
        assert!(!told(EventKind::Access(AccessKind::Open(AccessMode::Read))));
        assert!(!told(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(told(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(told(EventKind::Create(CreateKind::File)));
        let lost = Event::new(EventKind::Access(AccessKind::Any)).set_flag(Flag::Rescan);
        assert!(tells_of_change(&Ok(lost), &folders));
        assert!(tells_of_change(&Err(notify::Error::generic("gone")), &folders));
        let paths = [
            ("corpus", true),
            ("corpus/a.txt", true),
            ("other", false),
            ("corpus.curation/.lock", false),
            ("corpus.curation/told/.lock", false),
            ("corpus.curation/corrections/a.txt.toml", true),
        ];
        for (path, is_told) in paths {
            let event = Event::new(EventKind::Any).add_path(Path::new("/srv").join(path));
            assert_eq!(tells_of_change(&Ok(event), &folders), is_told, "{path}");
        }
        let within = [PathBuf::from("/srv/corpus"), PathBuf::from("/srv/corpus/.decisions")];
        for path in ["/srv/corpus/a.txt", "/srv/corpus/.decisions/corrections/a.txt.toml"] {
            let event = Event::new(EventKind::Any).add_path(PathBuf::from(path));
            assert!(tells_of_change(&Ok(event), &within), "one watched folder in the other");
        }
    }

    #[test]
    fn another_folder_of_the_same_name_is_not_watched() {
        let place = tempfile::tempdir().expect("a folder");
        let (corpus, none) = (place.path().join("corpus"), place.path().join("none"));
        std::fs::create_dir(&corpus).expect("a folder");
        let folders = [corpus.as_path(), none.as_path()];
        let notifier = Notifier::begin(&folders, &Wake::default()).expect("it is watched");
        assert!(notifier.is_of(&folders) && notifier.is_of(&folders[..1]));
        // The old one stays, so that its number is not given to the new one.
        std::fs::rename(&corpus, place.path().join("old")).expect("renamed");
        std::fs::create_dir(&corpus).expect("a folder");
        assert!(!notifier.is_of(&folders));
    }
}
