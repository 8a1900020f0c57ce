//! The picture of a page that lies beside the file with its text.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use super::companions::{is_of_texts, page_names, picture_folders};
use super::content::DocumentKind;
use super::open::is_at;
use super::picture_file::is_tiff;

/// A picture that was opened.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) file: File,
    pub(super) form: PictureForm,
    /// When it was written.
    pub(super) written: Option<SystemTime>,
}

/// What sort of picture it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PictureForm {
    /// A PDF file, whose pages are drawn.
    Pdf,
    /// An OFD file, of which pages that are pictures are drawn.
    Ofd,
    /// A TIFF file, which browsers do not show.
    Tiff,
    /// One that browsers show, with its media type.
    Shown(&'static str),
}

/// A file with the text of a page, by which the picture of the page is found.
#[derive(Debug)]
pub(super) struct PictureClue<'a> {
    /// The folder from which pictures are stated.
    pub(super) folder: &'a Path,
    /// The file, if a picture of its name is that of the page, and which page of the picture that is.
    pub(super) own: Option<(&'a Path, u32)>,
    /// Pictures that are stated.
    pub(super) stated: Vec<String>,
}

/// Bytes by which a file is recognised.
const HEAD: u64 = 1024;

/// Extensions of pictures.
const EXTENSIONS: [&str; 8] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "tif", "tiff"];

impl PictureForm {
    /// What a file is by its content; `None` for anything else. The file is at its beginning afterwards.
    pub(super) fn of(file: &mut File) -> io::Result<Option<Self>> {
        if DocumentKind::of(file)? == Some(DocumentKind::Pdf) {
            return Ok(Some(Self::Pdf));
        }
        let mut head = Vec::new();
        (&mut *file).take(HEAD).read_to_end(&mut head)?;
        file.rewind()?;
        Ok(match &head[..] {
            head if is_tiff(head) => Some(Self::Tiff),
            head => media_type(head).map(Self::Shown),
        })
    }

    /// Whether browsers show only what is drawn of it.
    pub(super) fn is_drawn(self) -> bool {
        !matches!(self, Self::Shown(_))
    }
}

/// The picture that a page was read from, and which page of it that is: one that is stated, from the folder of the
/// file on or in it; the same with the extension of another picture, since what is stated is often the one from
/// which one for browsers was made; then the one of the file's own name. One that browsers show goes before one
/// that is to be drawn. Last comes a PDF file of its own name that is one of these `pictures`, as its pages are those of the
/// file: of one that is stated, nobody says which page it is.
pub(super) fn picture_beside(
    corpus: &Path,
    files: &[PictureClue<'_>],
    pictures: &[String],
) -> Option<(Picture, u32)> {
    let corpus = corpus.canonicalize().ok()?;
    let mut drawn = None;
    for (path, page) in files.iter().flat_map(paths) {
        match open_below(&corpus, &path) {
            Some(picture) if picture.form == PictureForm::Pdf => {}
            Some(picture) if picture.form.is_drawn() => drop(drawn.get_or_insert((picture, page))),
            // It has one page.
            Some(picture) if page == 1 => return Some((picture, page)),
            Some(_) | None => {}
        }
    }
    drawn.or_else(|| {
        let own = |file: &PictureClue<'_>| -> Vec<(PathBuf, u32)> {
            let is_picture = |name: &Path| {
                pictures
                    .iter()
                    .any(|picture| Path::new(picture).file_name() == Some(name.as_os_str()))
            };
            let own = own_names(file, &["pdf"]).filter(|(name, _)| is_picture(name));
            own.map(|(name, page)| (file.folder.join(name), page)).collect()
        };
        let own: Vec<(PathBuf, u32)> = files.iter().flat_map(own).collect();
        own.iter().find_map(|(path, page)| Some((open_below(&corpus, path)?, *page)))
    })
}

/// The names that a picture of the file's own name can have with these extensions, and which page of it is meant.
fn own_names(file: &PictureClue<'_>, extensions: &[&str]) -> impl Iterator<Item = (PathBuf, u32)> {
    let own = file.own.and_then(|(own, page)| Some((own.file_name()?.to_str()?, page)));
    let stems =
        own.into_iter().flat_map(|(own, page)| page_names(own).map(move |stem| (stem, page)));
    stems.flat_map(move |(stem, page)| {
        extensions.iter().map(move |extension| (PathBuf::from(format!("{stem}.{extension}")), page))
    })
}

/// Where the picture of a page may lie, the likeliest place first, and which page of it is meant.
fn paths(file: &PictureClue<'_>) -> Vec<(PathBuf, u32)> {
    let stated = file.stated.iter().map(|name| PathBuf::from(name.replace('\\', "/")));
    let names = stated.flat_map(|path| {
        let near = path.file_name().map(PathBuf::from);
        [Some(path), near].into_iter().flatten()
    });
    let names: Vec<(PathBuf, u32)> = names.map(|name| (name, 1)).collect();
    let others = names.iter().flat_map(|(name, page)| {
        EXTENSIONS.map(|extension| (name.with_extension(extension), *page))
    });
    let own = own_names(file, &EXTENSIONS);
    let names: Vec<(PathBuf, u32)> = names.iter().cloned().chain(others).chain(own).collect();
    let in_folder = |folder: &Path| -> Vec<(PathBuf, u32)> {
        names.iter().map(|(name, page)| (folder.join(name), *page)).collect()
    };
    let mut folders = vec![file.folder.to_owned()];
    // Texts in a folder of their own lie below the pictures, or beside a folder of these.
    if let Some(above) = file.folder.parent().filter(|_| is_of_texts(file.folder)) {
        folders.push(above.to_owned());
        folders.extend(picture_folders(above));
    }
    folders.iter().flat_map(|folder| in_folder(folder)).collect()
}

/// The media type of a picture that begins so; `None` for all that not every browser shows.
fn media_type(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => Some("image/avif"),
        _ => None,
    }
}

/// Opens a picture below a folder without links, by a path of plain parts that has no links in it.
fn open_below(corpus: &Path, path: &Path) -> Option<Picture> {
    let path = plain(path)?;
    let below = path.strip_prefix(corpus).ok()?;
    let is_hidden = |part: &OsStr| part.as_encoded_bytes().starts_with(b".");
    if below.iter().any(is_hidden) || fs::canonicalize(&path).ok()? != path {
        return None;
    }
    if !fs::metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut file = File::open(&path).ok()?;
    // The path may have become a link meanwhile.
    if !is_at(&file, &path).ok()? {
        return None;
    }
    let form = PictureForm::of(&mut file).ok()??;
    let written = file.metadata().ok()?.modified().ok();
    Some(Picture { file, form, written })
}

/// A path with its steps up taken; `None` if they lead beyond the root.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !plain.pop() => return None,
            Component::ParentDir | Component::CurDir => {}
            part => plain.push(part),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_of_the_same_name_is_the_last_picture_and_a_stated_one_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("A05.pdf"), "%PDF-1.4").expect("written");
        fs::write(at("volume.pdf"), "%PDF-1.4").expect("written");
        fs::write(at("A06.pdf"), "%PDF-1.4").expect("written");
        let form = |own: &str, page: u32| {
            let (own, stated) = (at(own), vec!["volume.pdf".to_owned()]);
            let clue = PictureClue { folder: folder.path(), own: Some((&own, page)), stated };
            let pictures = ["A05.pdf".to_owned()];
            let (picture, page) = picture_beside(folder.path(), &[clue], &pictures)?;
            Some((picture.form, page))
        };
        assert_eq!(form("A05.alto.xml", 1), Some((PictureForm::Pdf, 1)));
        assert_eq!(form("A06.xml", 1), None, "it has other pages");
        fs::write(at("A05.png"), b"\x89PNG\r\n\x1a\n").expect("written");
        assert_eq!(form("A05.xml", 1), Some((PictureForm::Shown("image/png"), 1)));
        assert_eq!(form("A05.xml", 3), Some((PictureForm::Pdf, 3)), "the other has one page");
        assert_eq!(form("A05.1.xml", 1), None, "it is another page");
        fs::write(at("1943.05.06.png"), b"\x89PNG\r\n\x1a\n").expect("written");
        assert_eq!(form("1943.05.06.xml", 1), Some((PictureForm::Shown("image/png"), 1)));
    }
}
