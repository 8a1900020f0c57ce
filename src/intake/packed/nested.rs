//! Archives in archives, of which one level is read: where a file is in one is told by the place of the archive
//! and by its own in there. The last archives are held unpacked.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
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

/// Outer archives of which it is known what is in those in them.
const MAX_LISTED: usize = 100;

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

/// The archive at a path that has this size and time.
type ArchiveKey = (PathBuf, u64, Option<SystemTime>);

/// What is in the archives of one, by their places in it; `None` for one that cannot be listed.
type Listings = HashMap<PackedPlace, Option<Listing>>;

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
    let archive = (path.to_owned(), size, modified);
    let files = std::mem::take(&mut content.files);
    let mut whole = content;
    for file in files {
        let form = ArchiveForm::of(Path::new(&file.name.path)).filter(|_| file.bytes <= left);
        let listed = |form| listed(&outer, &archive, &file.name.place, form);
        let found = form.and_then(|form| Some((form, listed(form)?)));
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

/// What is in an archive in another one, if that is an archive and can be listed to its end. It is unpacked once,
/// also where that fails: who looks for one file in it lists the whole.
fn listed(
    outer: &File,
    archive: &ArchiveKey,
    place: &PackedPlace,
    form: ArchiveForm,
) -> Option<Listing> {
    /// Those of which something was listed last come last.
    static KNOWN: Mutex<Vec<(ArchiveKey, Listings)>> = Mutex::new(Vec::new());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let of_archive = |(key, _): &(ArchiveKey, Listings)| key == archive;
    if let Some((_, listings)) = known().iter().find(|known| of_archive(known))
        && let Some(listing) = listings.get(place)
    {
        return listing.clone();
    }
    let content = with_unpacked(outer, ArchiveForm::of(&archive.0), place, |file| {
        contents_of(file, form).map_err(|_| io::ErrorKind::InvalidData.into())
    });
    let listing = match content {
        Ok(ArchiveContent { is_document: false, files, passed, problem: None, oddity: None }) => {
            Some(Listing { files, passed })
        }
        Ok(_) => None,
        Err(error) if is_of_content(&error) => None,
        // The next one to look may have more luck.
        Err(_) => return None,
    };
    let mut known = known();
    let at = known.iter().position(of_archive);
    let (_, mut listings) =
        at.map_or_else(|| (archive.clone(), Listings::new()), |at| known.remove(at));
    listings.insert(place.clone(), listing.clone());
    known.push((archive.clone(), listings));
    let too_many = known.len().saturating_sub(MAX_LISTED);
    known.drain(..too_many);
    listing
}

/// Whether an error says that the bytes are not as they should be, and not that the machine has no room.
fn is_of_content(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | Other | UnexpectedEof)
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(name: &str, content: &[u8]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(content).expect("written");
        zip.finish().expect("complete").into_inner()
    }

    #[test]
    fn what_is_in_an_archive_is_looked_up_once_also_where_it_is_damaged() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let inner = archive("a.txt", b"a");
        fs::write(at("whole.zip"), archive("d.zip", &inner)).expect("written");
        fs::write(at("torn.zip"), archive("d.zip", &inner[..40])).expect("written");
        let place = PackedPlace::Zip(b"d.zip".to_vec());
        let count = |file: &str, key: &str| {
            let file = File::open(at(file)).expect("opened");
            let listing = listed(&file, &(at(key), 1, None), &place, ArchiveForm::Zip);
            listing.map(|listing| listing.files.len())
        };
        assert_eq!([count("whole.zip", "1.zip"), count("torn.zip", "2.zip")], [Some(1), None]);
        // What it is asked of is not read again.
        assert_eq!([count("torn.zip", "1.zip"), count("whole.zip", "2.zip")], [Some(1), None]);
        for other in 0..=MAX_LISTED {
            count("torn.zip", &format!("other{other}.zip"));
        }
        assert_eq!([count("torn.zip", "1.zip"), count("whole.zip", "2.zip")], [None, Some(1)]);
    }
}
