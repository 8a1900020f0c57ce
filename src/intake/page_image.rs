//! The picture of a page of a file: a page of a PDF drawn, a picture that is the file, or the one beside
//! a file of ALTO, PAGE or hOCR that it was read from.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use thiserror::Error;

use super::open::{is_at, open};
use super::pdf;
use super::pdf::picture::{NoPicture, PagePicture, PdfPictures};
use super::scans::StatedImages;
use super::walk::CorpusFile;
use crate::text::decode;

/// A picture as browsers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageImage {
    /// `image/png` and the like.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Where the picture of a page comes from.
#[derive(Debug)]
pub struct PageImageSource {
    origin: Origin,
    page: u32,
}

#[derive(Debug)]
enum Origin {
    /// A PDF file.
    Pdf(File),
    /// A picture, with its media type.
    Image(File, &'static str),
}

/// Why a page has no picture.
#[derive(Debug, Error)]
pub enum NoPageImage {
    /// The file is none of pages, and has no picture beside it.
    #[error("there is no picture of the page")]
    NoImage,
    /// The file has no page of this number.
    #[error("the file has no page of this number")]
    NoSuchPage,
    /// Drawing it would take too long or too much memory, or the picture is too large.
    #[error("the page takes too much to be drawn")]
    TooMuch,
    /// It cannot be drawn.
    #[error("the page cannot be drawn")]
    Failed,
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Bytes of a PDF file of which pages are drawn: it is held in memory.
const MAX_PDF: u64 = 256 << 20;
/// Bytes of a picture.
const MAX_IMAGE: u64 = 64 << 20;
/// Bytes of a file that states the picture that it was read from.
const MAX_SCAN: u64 = 64 << 20;
/// Bytes by which a file is recognised.
const HEAD: u64 = 1024;

/// Extensions of pictures that browsers show.
const EXTENSIONS: [&str; 6] = ["jpg", "jpeg", "png", "webp", "gif", "avif"];

/// Finds the picture of a page of a file, counted from 1. Beside a file, nothing is opened that lies
/// outside of the corpus, is hidden, or has a link in its path.
///
/// # Errors
/// When there is none, or the file cannot be read.
pub fn page_image_source(
    found: &CorpusFile,
    corpus: &Path,
    page: u32,
) -> Result<PageImageSource, NoPageImage> {
    let mut file = open(found)?;
    let head = head_of(&mut file)?;
    let origin = if pdf::is_pdf(&head) {
        Origin::Pdf(file)
    } else if let Some(media_type) = media_type(&head) {
        if page != 1 {
            return Err(NoPageImage::NoSuchPage);
        }
        Origin::Image(file, media_type)
    } else {
        let mut bytes = Vec::new();
        file.take(MAX_SCAN).read_to_end(&mut bytes)?;
        let stated = StatedImages::of(&decode(&bytes, None).text).ok_or(NoPageImage::NoImage)?;
        let (file, media_type) =
            beside(found, corpus, stated.name(page), page).ok_or(NoPageImage::NoImage)?;
        Origin::Image(file, media_type)
    };
    Ok(PageImageSource { origin, page })
}

impl PageImageSource {
    /// Whether the picture is yet to be drawn.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        matches!(self.origin, Origin::Pdf(_))
    }

    /// When the file that it is, or that it is drawn from, was written.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn written(&self) -> io::Result<Option<SystemTime>> {
        let (Origin::Pdf(file) | Origin::Image(file, _)) = &self.origin;
        Ok(file.metadata()?.modified().ok())
    }

    /// The picture; one that is drawn has so many pixels on its longer side.
    ///
    /// # Errors
    /// When it cannot be drawn or read, or is too large.
    pub fn image(self, longer_side: u32) -> Result<PageImage, NoPageImage> {
        match self.origin {
            Origin::Image(file, media_type) => {
                Ok(PageImage { media_type, bytes: read_whole(file, MAX_IMAGE)? })
            }
            Origin::Pdf(file) => {
                let bytes = read_whole(file, MAX_PDF)?;
                let pictures = PdfPictures::open(bytes).map_err(|_| NoPageImage::Failed)?;
                let drawn = pictures.picture(self.page, longer_side).map_err(|why| match why {
                    NoPicture::NoSuchPage => NoPageImage::NoSuchPage,
                    NoPicture::TooMuch => NoPageImage::TooMuch,
                    NoPicture::Failed => NoPageImage::Failed,
                })?;
                Ok(PageImage { media_type: "image/png", bytes: png(&drawn)? })
            }
        }
    }
}

fn read_whole(file: File, most: u64) -> Result<Vec<u8>, NoPageImage> {
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(NoPageImage::TooMuch);
    }
    Ok(bytes)
}

/// The first bytes of a file that is at its beginning, as it is afterwards.
fn head_of(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    (&mut *file).take(HEAD).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head)
}

/// What sort of picture a file is that begins so; `None` for all that not every browser shows.
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

/// The picture that a page was read from: the one that is stated, from the folder of the file on or in it;
/// the same with the extension of another picture, since what is stated is often the TIFF from which one
/// for browsers was made; for the first page the one of the file's own name.
fn beside(
    found: &CorpusFile,
    corpus: &Path,
    stated: Option<&str>,
    page: u32,
) -> Option<(File, &'static str)> {
    if found.packed.is_some() {
        return None;
    }
    let folder = found.real.parent()?;
    let stated = stated.map(|name| PathBuf::from(name.replace('\\', "/")));
    let near = stated.as_ref().and_then(|path| path.file_name()).map(PathBuf::from);
    let own = found.real.file_stem().filter(|_| page == 1).map(PathBuf::from);
    // `page.alto.xml` belongs to `page.jpg`, too.
    let shorter = own.as_deref().and_then(Path::file_stem).map(PathBuf::from);
    let corpus = corpus.canonicalize().ok()?;
    let names = [stated.clone(), near].into_iter().flatten();
    let as_stated = names.clone().map(|name| folder.join(name));
    let with_extensions = names
        .chain(own)
        .chain(shorter)
        .flat_map(|name| EXTENSIONS.map(|extension| folder.join(name.with_extension(extension))));
    as_stated.chain(with_extensions).find_map(|path| open_below(&corpus, &path))
}

/// Opens a picture below a folder without links, by a path of plain parts that has no links in it.
fn open_below(corpus: &Path, path: &Path) -> Option<(File, &'static str)> {
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
    let media_type = media_type(&head_of(&mut file).ok()?)?;
    Some((file, media_type))
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

/// As a file: in shades of grey where the page has no other colours.
fn png(picture: &PagePicture) -> Result<Vec<u8>, NoPageImage> {
    let is_grey =
        picture.rgb.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let grey: Vec<u8>;
    let (color, data) = if is_grey {
        grey = picture.rgb.iter().step_by(3).copied().collect();
        (png::ColorType::Grayscale, &grey)
    } else {
        (png::ColorType::Rgb, &picture.rgb)
    };
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width, picture.height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(data)?;
        writer.finish()
    });
    written.map_err(|error| NoPageImage::Io(io::Error::other(error)))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::walk;

    const NEWSPAPER: &[u8] = include_bytes!("../../tests/layout/newspaper.pdf");
    const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

    fn alto(image: &str) -> String {
        format!(
            "<alto><Description><sourceImageInformation><fileName>{image}</fileName>\
             </sourceImageInformation></Description><Layout><Page WIDTH='9' HEIGHT='9'/></Layout></alto>"
        )
    }

    /// The picture of the first page of a file of a corpus with these files.
    fn image(files: &[(&str, &[u8])], name: &str) -> Result<PageImage, NoPageImage> {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        for (name, content) in files {
            let path = corpus.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, content).expect("written");
        }
        let walked = walk(&corpus, &[corpus.join(name)]);
        page_image_source(&walked.files[0], &corpus, 1)?.image(400)
    }

    #[test]
    fn a_page_of_a_pdf_is_a_png() {
        let drawn = image(&[("a.pdf", NEWSPAPER)], "a.pdf").expect("a picture");
        assert_eq!(drawn.media_type, "image/png");
        let reader = png::Decoder::new(io::Cursor::new(&drawn.bytes)).read_info();
        assert_eq!(reader.expect("a PNG").info().height, 400);
    }

    #[test]
    fn a_file_of_pages_has_the_picture_that_it_states() {
        for (stated, place) in [
            ("p1.jpg", "d/p1.jpg"),
            ("../images/p1.jpg", "images/p1.jpg"),
            (r"C:\scans\p1.tif", "d/p1.jpg"),
            ("file:///scans/p1.tif", "d/p1.png"),
            ("other.tif", "d/a.jpg"),
        ] {
            let files = [("d/a.xml", alto(stated).into_bytes()), (place, JPEG.to_vec())];
            let files = files.each_ref().map(|(name, content)| (*name, &content[..]));
            let found = image(&files, "d/a.xml").expect(stated);
            assert_eq!((found.media_type, &found.bytes[..]), ("image/jpeg", JPEG), "{stated}");
        }
    }

    #[test]
    fn nothing_outside_of_the_corpus_hidden_or_no_picture_is_shown() {
        for (stated, place) in [
            ("../../secret.jpg", "../secret.jpg"),
            (".hidden.jpg", "d/.hidden.jpg"),
            ("../.hidden/a.jpg", ".hidden/a.jpg"),
        ] {
            let files = [("d/b.xml", alto(stated).into_bytes()), (place, JPEG.to_vec())];
            let files = files.each_ref().map(|(name, content)| (*name, &content[..]));
            let refused = image(&files, "d/b.xml");
            assert!(matches!(refused, Err(NoPageImage::NoImage)), "{stated}: {refused:?}");
        }
        let files = [("d/b.xml", alto("b.jpg").into_bytes()), ("d/b.jpg", b"<svg/>".to_vec())];
        let files = files.each_ref().map(|(name, content)| (*name, &content[..]));
        assert!(matches!(image(&files, "d/b.xml"), Err(NoPageImage::NoImage)));
        let text = image(&[("a.txt", "渡口开渡。".as_bytes())], "a.txt");
        assert!(matches!(text, Err(NoPageImage::NoImage)));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        fs::create_dir_all(corpus.join("d")).expect("a folder");
        fs::create_dir_all(folder.path().join("far")).expect("a folder");
        fs::write(corpus.join("d/a.xml"), alto("../in/x.jpg")).expect("written");
        fs::write(corpus.join("d/real.jpg"), JPEG).expect("written");
        fs::write(folder.path().join("far/x.jpg"), JPEG).expect("written");
        std::os::unix::fs::symlink(folder.path().join("far"), corpus.join("in")).expect("a link");
        std::os::unix::fs::symlink(corpus.join("d/real.jpg"), corpus.join("d/a.jpg"))
            .expect("a link");
        let walked = walk(&corpus, &[corpus.join("d/a.xml")]);
        let found = page_image_source(&walked.files[0], &corpus, 1);
        assert!(matches!(found, Err(NoPageImage::NoImage)), "{found:?}");
    }
}
