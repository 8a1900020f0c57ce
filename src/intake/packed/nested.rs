//! Archives in archives, of which one level is read: where a file is in one is told by the place of the archive
//! and by its own in there. The last archives are held unpacked.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use same_file::Handle;

use super::{
    ArchiveContent, ArchiveForm, PackedFile, PackedName, PackedPlace, contents_of, unpack_place,
};
use crate::intake::office::unpacked_at_most;

/// Where a file is in an archive that is packed itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NestedPlace {
    form: ArchiveForm,
    place: PackedPlace,
}

/// Archives that are held unpacked. Files are read in the order of their names.
const HELD: usize = 2;

/// Archives of which it is known what is in them.
const MAX_LISTED: usize = 1_000;

/// Files of an archive with those in archives in it.
const MAX_FILES: usize = 200_000;

/// An archive that is unpacked into a file that nobody else sees.
struct UnpackedArchive {
    outer: Handle,
    size: u64,
    modified: Option<SystemTime>,
    place: PackedPlace,
    file: File,
}

static UNPACKED: Mutex<Vec<UnpackedArchive>> = Mutex::new(Vec::new());

/// An archive in the one at a path that has this size and time.
type ListKey = (PathBuf, u64, Option<SystemTime>, PackedPlace);

/// What is in an archive.
#[derive(Clone)]
struct Listing {
    files: Vec<PackedFile>,
    passed: Vec<String>,
}

impl Listing {
    fn bytes(&self) -> u64 {
        self.files.iter().fold(0, |sum, file| sum.saturating_add(file.bytes))
    }
}

/// Puts the files of archives in the archive at a path in the place of these. All of them together are no larger
/// than the outer one may be when it is unpacked; what goes beyond, is damaged or a document stays as it is.
pub(super) fn with_nested(path: &Path, mut content: ArchiveContent) -> ArchiveContent {
    let is_nested = |file: &PackedFile| ArchiveForm::of(Path::new(&file.name.path)).is_some();
    if content.is_document || !content.files.iter().any(is_nested) {
        return content;
    }
    let Ok((outer, size, modified)) = opened(path) else { return content };
    let mut left = unpacked_at_most(size);
    let files = std::mem::take(&mut content.files);
    let mut whole = content;
    for file in files {
        let form = ArchiveForm::of(Path::new(&file.name.path)).filter(|_| file.bytes <= left);
        let key = (path.to_owned(), size, modified, file.name.place.clone());
        let found = form.and_then(|form| Some((form, listed(&outer, key, form)?)));
        let bytes = |listing: &Listing| file.bytes.saturating_add(listing.bytes());
        let fits = |listing: &Listing| {
            bytes(listing) <= left && whole.files.len() + listing.files.len() <= MAX_FILES
        };
        let Some((form, listing)) = found.filter(|(_, listing)| fits(listing)) else {
            whole.files.push(file);
            continue;
        };
        left -= bytes(&listing);
        let below = |path: &str| format!("{}/{path}", file.name.path);
        whole.passed.extend(listing.passed.iter().map(|path| below(path)));
        whole.files.extend(listing.files.into_iter().map(|inner| {
            let nested = Some(Box::new(NestedPlace { form, place: inner.name.place }));
            let (path, place) = (below(&inner.name.path), file.name.place.clone());
            PackedFile { name: PackedName { path, place, nested }, ..inner }
        }));
    }
    whole
}

fn opened(path: &Path) -> io::Result<(File, u64, Option<SystemTime>)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    Ok((file, metadata.len(), metadata.modified().ok()))
}

/// What is in an archive in another one, if that is an archive and can be listed to its end. It is unpacked once:
/// who looks for one file in it lists the whole.
fn listed(outer: &File, key: ListKey, form: ArchiveForm) -> Option<Listing> {
    static KNOWN: LazyLock<Mutex<HashMap<ListKey, Listing>>> = LazyLock::new(Mutex::default);
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(listing) = known().get(&key) {
        return Some(listing.clone());
    }
    let outer_form = ArchiveForm::of(&key.0);
    let content = with_unpacked(outer, outer_form, &key.3, |file| {
        contents_of(file, form).map_err(|_| io::ErrorKind::InvalidData.into())
    });
    let ArchiveContent { is_document: false, files, passed, problem: None, oddity: None } =
        content.ok()?
    else {
        return None;
    };
    let listing = Listing { files, passed };
    let mut known = known();
    if known.len() >= MAX_LISTED {
        known.clear();
    }
    known.insert(key, listing.clone());
    Some(listing)
}

/// Unpacks a file from an archive that is packed at this place of another one.
///
/// # Errors
/// Those of unpacking.
pub(super) fn unpack(
    outer: &File,
    outer_form: Option<ArchiveForm>,
    place: &PackedPlace,
    nested: &NestedPlace,
    to: &mut File,
) -> io::Result<()> {
    with_unpacked(outer, outer_form, place, |file| {
        unpack_place(file, Some(nested.form), &nested.place, to)
    })
}

/// Does something with an archive that is packed in another one; one at a time, as the copies of a file share
/// their place in it.
fn with_unpacked<T>(
    outer: &File,
    outer_form: Option<ArchiveForm>,
    place: &PackedPlace,
    work: impl FnOnce(File) -> io::Result<T>,
) -> io::Result<T> {
    let metadata = outer.metadata()?;
    let (size, modified) = (metadata.len(), metadata.modified().ok());
    let handle = Handle::from_file(outer.try_clone()?)?;
    let mut held = UNPACKED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_it = |one: &UnpackedArchive| {
        one.outer == handle && one.size == size && one.modified == modified && one.place == *place
    };
    let mut found = if let Some(at) = held.iter().position(is_it) {
        held.remove(at)
    } else {
        let mut file = tempfile::tempfile()?;
        unpack_place(outer.try_clone()?, outer_form, place, &mut file)?;
        UnpackedArchive { outer: handle, size, modified, place: place.clone(), file }
    };
    found.file.rewind()?;
    let done = work(found.file.try_clone()?);
    held.truncate(HELD - 1);
    held.insert(0, found);
    done
}
