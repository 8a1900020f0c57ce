//! Archives in archives, of which one level is read: where a file is in one is told by the place of the archive
//! and by its own in there. The last archives are held unpacked.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use super::{
    ArchiveContent, ArchiveForm, PackedFile, PackedName, PackedPlace, PassedEntry, contents_of,
    damaged, is_passing, unpack_place,
};
use crate::intake::file_cache::FileCache;
use crate::intake::office::unpacked_at_most;
use crate::intake::shared_file::{OpenFileState, SharedFile};
use crate::model::FileWarning;

/// Archives that are held unpacked. Files are read in the order of their names.
const HELD: usize = 2;

/// Files of an archive with those in archives in it.
const MAX_FILES: usize = 200_000;

/// Puts the files of archives in an archive in the place of these, and says whether that is so for good. All of
/// them together are no larger than the outer one may be when it is unpacked; what goes beyond, is damaged or a
/// document stays as it is.
pub(super) fn with_nested(
    outer: &SharedFile,
    mut content: ArchiveContent,
) -> (ArchiveContent, bool) {
    let is_nested = |file: &PackedFile| ArchiveForm::of(Path::new(&file.name.path)).is_some();
    if content.is_document || !content.files.iter().any(is_nested) {
        return (content, true);
    }
    let Ok(metadata) = outer.metadata() else { return (content, false) };
    let mut left = unpacked_at_most(metadata.len());
    let mut is_final = true;
    let files = std::mem::take(&mut content.files);
    let mut whole = content;
    for file in files {
        let form = ArchiveForm::of(Path::new(&file.name.path)).filter(|_| file.bytes <= left);
        let Some(form) = form else {
            whole.files.push(file);
            continue;
        };
        let listed = contents_at(outer, &file.name.place, form);
        is_final &= !listed.as_ref().is_err_and(is_passing);
        let listed = listed.ok().filter(is_whole);
        let bytes = |listed: &ArchiveContent| {
            let all = listed.files.iter();
            all.fold(file.bytes, |sum, inner| sum.saturating_add(inner.bytes))
        };
        let fits = |listed: &ArchiveContent| {
            bytes(listed) <= left && whole.files.len() + listed.files.len() <= MAX_FILES
        };
        let Some(listed) = listed.filter(fits) else {
            // It was unpacked, too: any number of them would be work without end.
            left = left.saturating_sub(unpacked_for(form, file.bytes));
            whole.files.push(file);
            continue;
        };
        left -= bytes(&listed);
        let below = |path: &str| format!("{}/{path}", file.name.path);
        whole.passed.extend(listed.passed.into_iter().map(|passed| {
            let path = passed.path.as_deref().map(below);
            PassedEntry { path, ..passed }
        }));
        whole.files.extend(listed.files.into_iter().map(|inner| {
            let nested = Some(Box::new(inner.name.place));
            let (path, place) = (below(&inner.name.path), file.name.place.clone());
            PackedFile { name: PackedName { path, place, nested }, ..inner }
        }));
    }
    (whole, is_final)
}

/// Whether an archive was listed to its end, without anything odd.
fn is_whole(content: &ArchiveContent) -> bool {
    !content.is_document && content.problem.is_none() && content.oddity.is_none()
}

/// What is unpacked at most to look into an archive of this form and size.
fn unpacked_for(form: ArchiveForm, bytes: u64) -> u64 {
    match form {
        ArchiveForm::Zip => bytes,
        ArchiveForm::Tar | ArchiveForm::Warc => unpacked_at_most(bytes),
    }
}

/// What is in an archive at this place of another one.
fn contents_at(
    outer: &SharedFile,
    place: &PackedPlace,
    form: ArchiveForm,
) -> Result<ArchiveContent, FileWarning> {
    contents_of(&unpacked(outer, place).map_err(|error| damaged(&error))?, form)
}

/// Unpacks a file from an archive that is packed at this place of another one.
///
/// # Errors
/// Those of unpacking.
pub(super) fn unpack(
    outer: &SharedFile,
    place: &PackedPlace,
    nested: &PackedPlace,
    to: &mut File,
) -> io::Result<()> {
    unpack_place(&unpacked(outer, place)?, nested, to)
}

/// An archive that is packed at this place of another one, in a file that nobody else sees.
fn unpacked(outer: &SharedFile, place: &PackedPlace) -> io::Result<SharedFile> {
    static UNPACKED: LazyLock<FileCache<(OpenFileState, PackedPlace), SharedFile>> =
        LazyLock::new(|| FileCache::of(HELD));
    UNPACKED.get_or_make(&(outer.state()?, place.clone()), || {
        let mut file = tempfile::tempfile()?;
        unpack_place(outer, place, &mut file)?;
        Ok(SharedFile::new(file))
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::{contents, zipped};
    use super::*;

    fn archive<'a>(files: impl IntoIterator<Item = (String, &'a [u8])>) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(name, SimpleFileOptions::default()).expect("begun");
            zip.write_all(content).expect("written");
        }
        zip.finish().expect("complete").into_inner()
    }

    #[test]
    fn what_is_in_an_archive_is_looked_up_once_also_where_it_is_damaged() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = archive([("a.txt".to_owned(), &b"a"[..])]);
        for (name, inner) in [("whole.zip", &inner[..]), ("torn.zip", &inner[..40])] {
            let path = folder.path().join(name);
            std::fs::write(&path, archive([("d.zip".to_owned(), inner)])).expect("written");
            let first = contents(&path).expect("listed");
            let again = contents(&path).expect("listed");
            assert!(std::sync::Arc::ptr_eq(&first, &again), "{name}");
            let names: Vec<&str> = first.files.iter().map(|file| &*file.name.path).collect();
            assert_eq!(names, [if name == "whole.zip" { "d.zip/a.txt" } else { "d.zip" }]);
        }
    }

    #[test]
    fn archives_that_fail_take_of_what_may_be_unpacked() {
        // Each unpacks far before it is seen to be damaged.
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&vec![b'x'; 15 << 20]).expect("written");
        let mut torn = gzip.finish().expect("complete");
        let end = torn.len() - 6;
        torn[end] ^= 0xff;
        let inner = archive([("a.txt".to_owned(), &b"a"[..])]);
        let of = |torn_ones: usize| {
            let torn = (0..torn_ones).map(|at| (format!("{at}.tar.gz"), &torn[..]));
            let bytes = archive(torn.chain([("last.zip".to_owned(), &inner[..])]));
            let mut file = tempfile::tempfile().expect("a file");
            file.write_all(&bytes).expect("written");
            let file = SharedFile::new(file);
            let (whole, is_final) = with_nested(&file, zipped::contents(&file).expect("listed"));
            assert!(is_final);
            whole.files.last().map(|file| file.name.path.clone())
        };
        assert_eq!(of(0).as_deref(), Some("last.zip/a.txt"));
        assert_eq!(of(40).as_deref(), Some("last.zip"), "nothing is left for it");
    }
}
