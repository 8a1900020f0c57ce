//! Pictures of the pages of files: found where the files are, drawn when they are asked for, and kept
//! beside the index, where they can be deleted at any time.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use thiserror::Error;

use super::source_file::{FileState, ReadMode, SourceError, locate};
use crate::intake::{
    CorpusFile, KeptFile, NoPageImage, PageImage, PageImageSource, PageImages, remove_oldest,
};
use crate::model::FileReport;

/// The pictures that are kept for an index.
#[derive(Debug, Clone)]
pub struct PagePictures {
    folder: PathBuf,
}

/// A picture that was found and is yet to be drawn or read.
#[derive(Debug)]
pub struct FoundPicture {
    source: PageImageSource,
    side: u32,
    /// What it is a picture of, as it is: another one has another tag.
    pub tag: String,
}

/// Why the picture of a page of a file is not shown.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The file is not there, or cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// It is there, and there is no picture of the page.
    #[error(transparent)]
    NoImage(#[from] NoPageImage),
}

/// Why no page of a file has a picture.
#[derive(Debug)]
pub enum NoPictures {
    /// The file is not there, or cannot be read.
    Source(SourceError),
    /// The file is another one by now.
    Changed,
    /// It is in an archive, where nothing is looked for by its name.
    InArchive,
    /// It states none that is there, and none of its name lies beside it.
    NoneBeside,
}

/// Pixels on the longer side of a picture: other sizes become the next of these.
pub const PICTURE_SIDES: [u32; 4] = [800, 1_600, 2_400, 3_200];

/// Their folder in that of the index; hidden, so that a folder with nothing else in it is an empty one for
/// an ingest.
const FOLDER: &str = ".pages";

/// Bytes of the pictures that are kept; the oldest go first.
const MAX_KEPT: u64 = 256 << 20;

/// Changes with the code and the libraries that read and draw files, so that what another program drew is not
/// taken for it; made by `build.rs`.
const PROGRAM: &str = env!("DIBAO_RULES");

impl PagePictures {
    /// Those of the index in a folder.
    #[must_use]
    pub fn beside(index: &Path) -> Self {
        Self { folder: index.join(FOLDER) }
    }

    /// The picture of a page of a file, counted from 1, if the file is what was ingested. Nothing is
    /// drawn yet.
    ///
    /// # Errors
    /// When the file is gone, cannot be read, or is another one; and when it has no pictures.
    pub fn find(
        corpus: &Path,
        report: &FileReport,
        page: u32,
        side: u32,
    ) -> Result<FoundPicture, PictureError> {
        let file = locate(report, corpus, ReadMode::Page)?;
        if file.state == FileState::Changed {
            return Err(NoPageImage::Changed.into());
        }
        let side = PICTURE_SIDES.into_iter().find(|known| *known >= side);
        let side = side.unwrap_or(PICTURE_SIDES[PICTURE_SIDES.len() - 1]);
        let found = with_pictures(file.found(), report);
        let source = PageImages::of(&found, corpus)?.page(page)?;
        // What was not compared, and what lies beside the file, is told by when it was written.
        let is_compared = file.state == FileState::Same && !source.is_beside();
        let written = source.written().filter(|_| !is_compared);
        let written = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let (name, hash) = (&report.source, &report.hash);
        let tag = format!("{PROGRAM} {name} {hash} {page} {side} {written:?}");
        let tag = blake3::hash(tag.as_bytes()).to_hex()[..32].to_owned();
        Ok(FoundPicture { source, side, tag })
    }

    /// Those of these pages of a file, counted from 1, that have a picture; none of a file of articles.
    ///
    /// # Errors
    /// When none of another file has.
    pub fn pages_with(
        corpus: &Path,
        report: &FileReport,
        pages: &[u32],
    ) -> Result<Vec<u32>, NoPictures> {
        let file = locate(report, corpus, ReadMode::Page).map_err(NoPictures::Source)?;
        if file.state == FileState::Changed {
            return Err(NoPictures::Changed);
        }
        let found = with_pictures(file.found(), report);
        let images = PageImages::of(&found, corpus).ok();
        let has = |page: &u32| images.as_ref().is_some_and(|images| images.has(*page));
        let pages: Vec<u32> = pages.iter().copied().filter(has).collect();
        match () {
            () if !pages.is_empty() || file.has_articles() => Ok(pages),
            () if file.found().packed.is_some() => Err(NoPictures::InArchive),
            () => Err(NoPictures::NoneBeside),
        }
    }

    /// The picture itself: the one that is kept, else drawn and kept where that is possible.
    ///
    /// # Errors
    /// When it cannot be drawn or read.
    pub fn image(&self, found: FoundPicture) -> Result<PageImage, PictureError> {
        if !found.source.is_drawn() {
            return Ok(found.source.image(found.side)?);
        }
        let path = self.folder.join(format!("{}.png", found.tag));
        if let Ok(bytes) = fs::read(&path) {
            return Ok(PageImage { media_type: "image/png", bytes });
        }
        let image = found.source.image(found.side)?;
        // A folder that cannot be written to costs time alone.
        let _ = self.keep(&path, &image.bytes);
        Ok(image)
    }

    /// Writes a picture as a whole, and removes the oldest where there are too many.
    fn keep(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if !self.folder.is_dir() {
            fs::create_dir(&self.folder)?;
        }
        let mut new = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?;
        new.write_all(bytes)?;
        new.as_file().sync_all()?;
        new.persist(path)?;
        let kept = fs::read_dir(&self.folder)?.flatten();
        remove_oldest(kept.filter_map(|entry| KeptFile::of(&entry)).collect(), MAX_KEPT);
        Ok(())
    }
}

/// A file with the pictures that the index knows to belong to it: whoever looks at it alone does not find them.
fn with_pictures(found: &CorpusFile, report: &FileReport) -> CorpusFile {
    CorpusFile { pictures: report.pictures.clone(), ..found.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWSPAPER: &[u8] = include_bytes!("../../tests/layout/newspaper.pdf");

    fn report(name: &str, content: &[u8]) -> FileReport {
        FileReport {
            source: name.to_owned(),
            bytes: content.len() as u64,
            hash: blake3::hash(content).to_hex().to_string(),
            ..FileReport::default()
        }
    }

    #[test]
    fn a_picture_is_drawn_once_and_not_of_a_changed_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
        fs::create_dir(&corpus).and_then(|()| fs::create_dir(&index)).expect("folders");
        fs::write(corpus.join("a.pdf"), NEWSPAPER).expect("written");
        let report = report("a.pdf", NEWSPAPER);
        let pictures = PagePictures::beside(&index);
        let find = |page, side| PagePictures::find(&corpus, &report, page, side);

        let drawn = pictures.image(find(1, 300).expect("found")).expect("drawn");
        assert_eq!(find(1, 800).expect("found").tag, find(1, 300).expect("found").tag);
        assert_ne!(find(1, 801).expect("found").tag, find(1, 300).expect("found").tag);
        let kept: Vec<PathBuf> = fs::read_dir(index.join(FOLDER))
            .expect("a folder")
            .map(|e| e.expect("read").path())
            .collect();
        let [kept] = &kept[..] else { panic!("{kept:?}") };
        assert_eq!(fs::read(kept).expect("read"), drawn.bytes);
        fs::write(kept, b"kept").expect("written");
        assert_eq!(pictures.image(find(1, 300).expect("found")).expect("read").bytes, b"kept");
        let beyond = pictures.image(find(9, 300).expect("a file"));
        assert!(matches!(beyond, Err(PictureError::NoImage(NoPageImage::NoSuchPage))));

        fs::write(corpus.join("a.pdf"), [NEWSPAPER, b"\n"].concat()).expect("written");
        assert!(matches!(find(1, 300), Err(PictureError::NoImage(NoPageImage::Changed))));
        fs::remove_file(corpus.join("a.pdf")).expect("removed");
        assert!(matches!(find(1, 300), Err(PictureError::Source(SourceError::Gone(_)))));
    }

    #[test]
    fn a_page_in_an_archive_keeps_its_tag_and_two_files_have_two() {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        fs::create_dir(&corpus).expect("a folder");
        let mut archive = zip::ZipWriter::new(fs::File::create(corpus.join("z.zip")).expect("new"));
        let stored = zip::write::SimpleFileOptions::default();
        for name in ["a.pdf", "b.pdf"] {
            archive.start_file(name, stored).expect("begun");
            archive.write_all(NEWSPAPER).expect("written");
        }
        archive.finish().expect("an archive");
        let tag = |name| {
            // Not compared, as a large one is not.
            let report = FileReport { hash: String::new(), ..report(name, NEWSPAPER) };
            PagePictures::find(&corpus, &report, 1, 800).expect("found").tag
        };
        let first = tag("z.zip/a.pdf");
        assert_eq!(first, tag("z.zip/a.pdf"));
        assert_ne!(first, tag("z.zip/b.pdf"));
    }

    #[test]
    fn what_is_kept_is_bounded_and_a_folder_that_cannot_be_written_costs_nothing_but_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = PagePictures::beside(folder.path());
        let path = |name: &str| folder.path().join(FOLDER).join(name);
        pictures.keep(&path("a.png"), b"a").expect("kept");
        // Sparse: it takes no room.
        let large = fs::File::create(path("b.png")).expect("a file");
        large.set_len(MAX_KEPT).expect("its length");
        let old = UNIX_EPOCH + std::time::Duration::from_secs(1);
        large.set_modified(old).expect("its time");
        pictures.keep(&path("c.png"), b"c").expect("kept");
        assert!(path("a.png").exists() && !path("b.png").exists() && path("c.png").exists());
        // What is no picture of ours does not end it.
        fs::create_dir(path("0")).expect("a folder");
        fs::File::create(path("d.png")).and_then(|file| file.set_len(MAX_KEPT)).expect("a file");
        pictures.keep(&path("e.png"), b"e").expect("kept");
        assert!(path("e.png").exists() && !path("d.png").exists());

        fs::write(folder.path().join("file"), b"").expect("written");
        let nowhere = PagePictures { folder: folder.path().join("file/.pages") };
        assert!(nowhere.keep(&nowhere.folder.join("a.png"), b"a").is_err());
    }
}
