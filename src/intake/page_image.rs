//! The pictures of the pages of a file: pages of a PDF or a TIFF file drawn, a picture that is the file, or
//! those beside a file of METS, ALTO, PAGE or hOCR that its text was read from.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use thiserror::Error;

use super::gathered::text_of_part;
use super::issue_pages::pages_of_issue;
use super::ofd;
use super::open::open;
use super::pdf::picture::{NoPicture, PagePicture, PdfPictures};
use super::picture_beside::{Picture, PictureClue, PictureForm, picture_beside};
use super::picture_file::tiff_page;
use super::scans::{self, IssuePage, ScanFormat, StatedImages};
use super::walk::CorpusFile;
use crate::recognise::PageFailure;
use crate::text::decode;

/// A picture as browsers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageImage {
    /// `image/png` and the like.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The pictures of the pages of a file, which is opened once for all of them.
#[derive(Debug)]
pub struct PageImages<'a> {
    found: &'a CorpusFile,
    corpus: &'a Path,
    pages: ImagePages,
}

#[derive(Debug)]
enum ImagePages {
    /// The file is a picture, or has pages that are drawn.
    Own(Picture),
    /// The file is an OFD file of so many pages: one is drawn where no picture of it lies beside the file.
    Ofd(File, u32, StatedImages),
    /// The file states the pictures of its pages, which lie beside it.
    Stated(StatedImages),
    /// The file names those of its pages.
    Issue(Arc<Vec<Option<IssuePage>>>),
}

/// Where the picture of a page comes from.
#[derive(Debug)]
pub struct PageImageSource {
    picture: Picture,
    page: u32,
    is_beside: bool,
    /// The file that was found, and when it was written then.
    found: (PathBuf, Option<SystemTime>),
}

/// Why a page has no picture.
#[derive(Debug, Error)]
pub enum NoPageImage {
    /// The file is none of pages, or of a form whose pages are not drawn, and has no picture beside it.
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
    /// The file was changed after it was ingested, or while it was read: its pages may be other ones.
    #[error("the file was changed after it was ingested; run `dibao ingest`")]
    Changed,
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
}

/// Bytes of a file of which pages are drawn: it is held in memory.
const MAX_DRAWN: u64 = 256 << 20;
/// Bytes of a picture.
const MAX_IMAGE: u64 = 64 << 20;
/// Bytes of a file that states the pictures that it was read from.
const MAX_SCAN: u64 = 64 << 20;

impl<'a> PageImages<'a> {
    /// Those of a file. Beside it, nothing is opened that lies outside of the corpus, is hidden, or has a
    /// link in its path.
    ///
    /// # Errors
    /// When it has none, or cannot be read.
    pub fn of(found: &'a CorpusFile, corpus: &'a Path) -> Result<Self, NoPageImage> {
        let mut file = open(found)?;
        let pages = if let Some(form) = PictureForm::of(&mut file)? {
            // Of what is packed, the copy that was opened is as new as this moment.
            ImagePages::Own(Picture { file, form, written: found.modified })
        } else if found.is_named(".ofd") {
            let count = ofd::pages_in(file.try_clone()?);
            ImagePages::Ofd(file, count as u32, StatedImages::default())
        } else {
            let mut bytes = Vec::new();
            (&mut file).take(scans::HEAD as u64).read_to_end(&mut bytes)?;
            // Any other file may be large, and is not read.
            let format = scans::format_of(&decode(&bytes, None).text);
            let is_issue = format.ok_or(NoPageImage::NoImage)? == ScanFormat::Mets;
            let mut text = || -> io::Result<String> {
                (&mut file).take(MAX_SCAN).read_to_end(&mut bytes)?;
                Ok(decode(&bytes, None).text)
            };
            if is_issue {
                ImagePages::Issue(pages_of_issue(found, text)?)
            } else {
                ImagePages::Stated(StatedImages::of(&text()?).ok_or(NoPageImage::NoImage)?)
            }
        };
        Ok(Self { found, corpus, pages })
    }

    /// Whether a page, counted from 1, has a picture. Of a file whose pages are drawn, that is seen when
    /// they are.
    #[must_use]
    pub fn has(&self, page: u32) -> bool {
        match &self.pages {
            ImagePages::Own(picture) => page == 1 || picture.form.is_drawn(),
            ImagePages::Ofd(_, count, _) => (1..=*count).contains(&page),
            ImagePages::Stated(_) | ImagePages::Issue(_) => self.beside(page).is_some(),
        }
    }

    /// The picture of a page, counted from 1.
    ///
    /// # Errors
    /// When there is none.
    pub fn page(self, page: u32) -> Result<PageImageSource, NoPageImage> {
        let found = (self.found.real.clone(), self.found.modified);
        if let Some((picture, page)) = self.beside(page) {
            return Ok(PageImageSource { picture, page, is_beside: true, found });
        }
        let picture = match self.pages {
            ImagePages::Own(picture) if page == 1 || picture.form.is_drawn() => picture,
            ImagePages::Own(_) => return Err(NoPageImage::NoSuchPage),
            ImagePages::Ofd(file, ..) => {
                Picture { file, form: PictureForm::Ofd, written: self.found.modified }
            }
            ImagePages::Stated(_) | ImagePages::Issue(_) => return Err(NoPageImage::NoImage),
        };
        Ok(PageImageSource { picture, page, is_beside: false, found })
    }

    /// The picture of a page that lies beside the file, and which page of it that is.
    fn beside(&self, page: u32) -> Option<(Picture, u32)> {
        // In an archive nothing is opened by its name.
        if self.found.packed.is_some() {
            return None;
        }
        let at = page.checked_sub(1)? as usize;
        match &self.pages {
            ImagePages::Own(_) => None,
            ImagePages::Stated(stated) | ImagePages::Ofd(_, _, stated) => {
                let own = Some((&*self.found.real, page));
                let stated = stated.name(page).into_iter().map(str::to_owned).collect();
                picture_beside(
                    self.corpus,
                    &[PictureClue { folder: self.found.real.parent()?, own, stated }],
                    &self.found.pictures,
                )
            }
            ImagePages::Issue(pages) => {
                let IssuePage { file, pictures } = pages.get(at)?.as_ref()?;
                let folder = self.found.real.parent()?;
                let own = folder.join(file);
                let stated = text_of_part(self.found, file)
                    .and_then(|text| Some(StatedImages::of(&text)?.name(1)?.to_owned()));
                let issue = Some((&*self.found.real, page));
                let of_issue = PictureClue { folder, own: None, stated: pictures.clone() };
                let with_issue = PictureClue { folder, own: issue, stated: Vec::new() };
                let own_folder = own.parent()?;
                let of_page = PictureClue {
                    folder: own_folder,
                    own: Some((&own, 1)),
                    stated: stated.into_iter().collect(),
                };
                let clues = [of_issue, of_page, with_issue];
                picture_beside(self.corpus, &clues, &self.found.pictures)
            }
        }
    }
}

impl PageImageSource {
    /// Whether the picture is yet to be drawn.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.picture.form.is_drawn()
    }

    /// Whether it is another file than that of the page.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        self.is_beside
    }

    /// When the file that it is, or that it is drawn from, was written; of one in an archive, the archive.
    #[must_use]
    pub fn written(&self) -> Option<SystemTime> {
        self.picture.written
    }

    /// The picture; one that is drawn has so many pixels on its longer side, or those that it has.
    ///
    /// # Errors
    /// When it cannot be drawn or read, is too large, or the file of the corpus is another one by now.
    pub fn image(self, longer_side: u32) -> Result<PageImage, NoPageImage> {
        let Picture { file, form, .. } = self.picture;
        let bytes = |file, most| {
            let bytes = read_whole(file, most)?;
            is_as_found(&self.found)?;
            Ok::<_, NoPageImage>(bytes)
        };
        let drawn = match form {
            PictureForm::Shown(media_type) => {
                return Ok(PageImage { media_type, bytes: bytes(file, MAX_IMAGE)? });
            }
            PictureForm::Pdf => PdfPictures::open(bytes(file, MAX_DRAWN)?)
                .map_err(|_| NoPageImage::Failed)?
                .picture(self.page, longer_side)?,
            PictureForm::Tiff => tiff_drawn(bytes(file, MAX_DRAWN)?, self.page, longer_side)?,
            PictureForm::Ofd => {
                let drawn = ofd::drawn(file, self.page, longer_side)?;
                is_as_found(&self.found)?;
                let (width, height) = drawn.dimensions();
                PagePicture { width, height, rgb: drawn.into_raw() }
            }
        };
        Ok(PageImage { media_type: "image/png", bytes: png(&drawn)? })
    }
}

impl From<NoPicture> for NoPageImage {
    fn from(why: NoPicture) -> Self {
        match why {
            NoPicture::NoSuchPage => Self::NoSuchPage,
            NoPicture::TooMuch => Self::TooMuch,
            NoPicture::Failed => Self::Failed,
        }
    }
}

impl From<ofd::UndrawnPage> for NoPageImage {
    fn from(why: ofd::UndrawnPage) -> Self {
        match why {
            ofd::UndrawnPage::NoSuchPage => Self::NoSuchPage,
            ofd::UndrawnPage::TooMuch => Self::TooMuch,
            ofd::UndrawnPage::Failed => Self::Failed,
        }
    }
}

/// Whether the file that was found is still the same.
fn is_as_found((found, written): &(PathBuf, Option<SystemTime>)) -> Result<(), NoPageImage> {
    let is_same = fs::metadata(found)?.modified().ok() == *written;
    if is_same { Ok(()) } else { Err(NoPageImage::Changed) }
}

/// A page of a TIFF file, made smaller where it is larger.
fn tiff_drawn(bytes: Vec<u8>, page: u32, longer_side: u32) -> Result<PagePicture, NoPageImage> {
    let decoded = tiff_page(bytes, page).ok_or(NoPageImage::NoSuchPage)?;
    let mut picture = decoded.map_err(|failure| match failure {
        PageFailure::TooLarge => NoPageImage::TooMuch,
        _ => NoPageImage::Failed,
    })?;
    if picture.width().max(picture.height()) > longer_side {
        // The mean of the dots: of a page in black and white the strokes stay visible.
        picture = picture.thumbnail(longer_side, longer_side);
    }
    let (width, height) = (picture.width(), picture.height());
    Ok(PagePicture { width, height, rgb: picture.into_rgb8().into_raw() })
}

fn read_whole(mut file: File, most: u64) -> Result<Vec<u8>, NoPageImage> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(NoPageImage::TooMuch);
    }
    Ok(bytes)
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
    written.map_err(|error| NoPageImage::Unreadable(io::Error::other(error)))?;
    Ok(bytes)
}
