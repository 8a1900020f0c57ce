//! A ZIP package whose parts are read within bounds: what is small as a file can be without end when it is
//! unpacked.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use quick_xml::events::BytesStart;
use thiserror::Error;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{ElementVisit, XmlVisitor, attribute, visit};
use crate::intake::failing::reason_of;
use crate::model::{FailureReason, FileWarning};
use crate::text::{Decoded, decode};

/// An open package.
pub(in crate::intake) struct Package {
    zip: ZipArchive<BufReader<File>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// Parts of a package. The directory of a ZIP file is held as a whole.
const MAX_PARTS: u16 = 60_000;
/// Bytes that are unpacked of a package in all.
const MAX_UNPACKED: u64 = 256 << 20;
/// Bytes that are unpacked of any package, however small.
const MIN_UNPACKED: u64 = 16 << 20;
/// How many times its size a package may have when it is unpacked; texts have a tenth of this.
const MAX_RATIO: u64 = 200;
/// A part that is read whole: directories, styles, a chapter.
const MAX_WHOLE_PART: u64 = 16 << 20;

/// More would have to be unpacked than is allowed.
#[derive(Debug, Error)]
#[error("more than is unpacked")]
struct TooLarge;

impl Package {
    /// # Errors
    /// When it is no complete ZIP file, or has too many parts.
    pub(in crate::intake) fn open(file: File) -> Result<Self, FileWarning> {
        Self::open_within(file, MAX_UNPACKED)
    }

    /// The same, with a limit of its own for the bytes that are unpacked in all.
    pub(in crate::intake) fn open_within(mut file: File, most: u64) -> Result<Self, FileWarning> {
        let size = file.seek(SeekFrom::End(0)).map_err(|error| of_io(&error))?;
        let left = unpacked_at_most(size).min(most);
        Ok(Self { zip: open_zip(BufReader::new(file)).map_err(|error| of_io(&error))?, left })
    }

    /// Whether one needs a password for it.
    pub(in crate::intake) fn is_encrypted(&mut self) -> bool {
        let is_locked = |index| {
            let part = self.zip.by_index_data(index);
            part.is_ok_and(|part| part.encrypted())
        };
        // OpenDocument says it in its list of parts, and the parts look as if they were not.
        (0..self.zip.len()).any(is_locked)
            || self.has("encrypted-package")
            || self
                .whole("META-INF/manifest.xml")
                .is_ok_and(|manifest| manifest.text.contains(":encryption-data"))
    }

    /// What the package says it is, in the part `mimetype`; empty if it has none.
    pub(super) fn media_type(&mut self) -> Result<String, FileWarning> {
        if !self.has("mimetype") {
            return Ok(String::new());
        }
        Ok(self.whole("mimetype")?.text.trim().to_owned())
    }

    pub(in crate::intake) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A part as text.
    pub(super) fn whole(&mut self, name: &str) -> Result<Decoded, FileWarning> {
        let mut bytes = Vec::new();
        let part = self.part(name)?;
        part.take(MAX_WHOLE_PART + 1).read_to_end(&mut bytes).map_err(|error| of_io(&error))?;
        if bytes.len() as u64 > MAX_WHOLE_PART {
            return Err(too_large());
        }
        Ok(decode(&bytes, None))
    }

    /// The bytes of a part of no more than these.
    pub(in crate::intake) fn bytes(
        &mut self,
        name: &str,
        most: u64,
    ) -> Result<Vec<u8>, FileWarning> {
        let mut bytes = Vec::new();
        self.part(name)?.take(most + 1).read_to_end(&mut bytes).map_err(|error| of_io(&error))?;
        if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
    }

    /// Goes through the XML of a part.
    pub(in crate::intake) fn visit(
        &mut self,
        name: &str,
        visitor: &mut impl XmlVisitor,
    ) -> Result<(), FileWarning> {
        let part = BufReader::with_capacity(64 * 1024, self.part(name)?);
        visit(part, visitor).map_err(|error| match &error {
            quick_xml::Error::Io(error) => of_io(error),
            other => damaged(other),
        })
    }

    /// What a part of an Office document refers to, by the last word of its type (`styles`), with paths
    /// from the top of the package; `""` refers to the document itself.
    pub(super) fn relationships(
        &mut self,
        part: &str,
    ) -> Result<HashMap<String, String>, FileWarning> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let list = joined(folder, &format!("_rels/{name}.rels"));
        let mut found = Relationships { folder: folder.to_owned(), targets: HashMap::new() };
        if self.has(&list) {
            self.visit(&list, &mut found)?;
        }
        Ok(found.targets)
    }

    fn part(&mut self, name: &str) -> Result<impl Read, FileWarning> {
        let part = self.zip.by_name(name).map_err(|error| of_zip(&error))?;
        Ok(Bounded { inner: part, left: &mut self.left })
    }
}

/// Opens a ZIP file, if it has not too many parts.
///
/// # Errors
/// When it has, or is damaged.
pub(in crate::intake) fn open_zip<R: Read + Seek>(mut file: R) -> io::Result<ZipArchive<R>> {
    if has_many_parts(&mut file)? {
        let most = u64::from(MAX_PARTS);
        return Err(io::Error::other(FailureReason::TooManyParts { most }));
    }
    ZipArchive::new(file).map_err(io::Error::other)
}

/// Bytes that a ZIP file of this size may have when it is unpacked.
pub(in crate::intake) fn unpacked_at_most(size: u64) -> u64 {
    size.saturating_mul(MAX_RATIO).max(MIN_UNPACKED)
}

/// A path below a folder of the package, in which `..` goes up.
pub(in crate::intake) fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// The warning on a document in which something is not as it should be.
pub(in crate::intake) fn damaged(error: &(dyn StdError + 'static)) -> FileWarning {
    FileWarning::DamagedDocument { reason: reason_of(error) }
}

/// The warning on bytes of a part that do not belong to its encoding, with this number of lines before it.
pub(in crate::intake) fn bad_bytes(part: &Decoded, lines: u32) -> Option<FileWarning> {
    let line = part.bad.first()?.line + lines;
    let (count, encoding) = (part.bad_count, part.encoding.to_owned());
    Some(FileWarning::BadBytes { count, encoding, line })
}

/// The warning on a document that has more than is read.
pub(super) fn too_large() -> FileWarning {
    FileWarning::DocumentTooLarge { megabytes: MAX_UNPACKED >> 20 }
}

fn of_io(error: &io::Error) -> FileWarning {
    let is_too_large =
        error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<TooLarge>);
    if is_too_large { too_large() } else { damaged(error) }
}

fn of_zip(error: &ZipError) -> FileWarning {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => FileWarning::Encrypted,
        other => damaged(other),
    }
}

/// Whether a ZIP file says that it has too many parts, wherever its directory may end: it is asked before
/// the directory is read.
fn has_many_parts(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    /// The end of a directory, its mark first, the number of parts at 10, and a comment behind it.
    const END: [u8; 4] = *b"PK\x05\x06";
    const END_BYTES: u64 = 22 + u16::MAX as u64;
    let size = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(size.saturating_sub(END_BYTES)))?;
    let mut tail = Vec::new();
    file.by_ref().take(END_BYTES).read_to_end(&mut tail)?;
    file.rewind()?;
    let counts = memchr::memmem::find_iter(&tail, &END).filter_map(|at| tail.get(at + 10..at + 12));
    Ok(counts.map(|count| u16::from_le_bytes([count[0], count[1]])).any(|count| count > MAX_PARTS))
}

/// A part that ends with an error where too much has been unpacked.
struct Bounded<'a, R> {
    inner: R,
    left: &'a mut u64,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let Some(left) = self.left.checked_sub(count as u64) else {
            *self.left = 0;
            return Err(io::Error::other(TooLarge));
        };
        *self.left = left;
        Ok(count)
    }
}

struct Relationships {
    folder: String,
    targets: HashMap<String, String>,
}

impl XmlVisitor for Relationships {
    fn enter(&mut self, tag: &BytesStart<'_>) -> ElementVisit {
        let of_web = attribute(tag, "TargetMode").is_some_and(|mode| mode == "External");
        if let (Some(kind), Some(target), false) =
            (attribute(tag, "Type"), attribute(tag, "Target"), of_web)
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            self.targets.entry(kind).or_insert_with(|| joined(&self.folder, &target));
        }
        ElementVisit::Inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_below_the_folder_that_they_stand_in() {
        assert_eq!(joined("word", "styles.xml"), "word/styles.xml");
        assert_eq!(joined("word/a", "../../x/./y.xml"), "x/y.xml");
        assert_eq!(joined("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(joined("", "_rels/.rels"), "_rels/.rels");
        assert_eq!(joined("a", "../../../b"), "b");
    }
}
