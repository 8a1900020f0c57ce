//! Pictures of pages: drawn, beside their texts, and of issues.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

use super::page_image::{NoPageImage, PageImage, PageImages};
use super::walk::CorpusFile;
use crate::intake::walk;

const NEWSPAPER: &[u8] = include_bytes!("../../tests/layout/newspaper.pdf");
const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

fn alto(image: &str) -> String {
    format!(
        "<alto><Description><sourceImageInformation><fileName>{image}</fileName>\
         </sourceImageInformation></Description><Layout><Page WIDTH='9' HEIGHT='9'><TextBlock>\
         <TextLine><String CONTENT='渡口'/></TextLine></TextBlock></Page></Layout></alto>"
    )
}

/// A corpus with some files.
struct CorpusFolder {
    /// Removed with this value.
    _folder: tempfile::TempDir,
    corpus: PathBuf,
    files: Vec<CorpusFile>,
}

impl CorpusFolder {
    fn of(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = folder.path().join("corpus");
        for (name, content) in files {
            let path = corpus.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, content).expect("written");
        }
        let files = walk(&corpus, &[]).files;
        Self { _folder: folder, corpus, files }
    }

    fn images(&self, name: &str) -> Result<PageImages<'_>, NoPageImage> {
        let found = self.files.iter().find(|file| file.source == name).expect("it is there");
        PageImages::of(found, &self.corpus)
    }
}

/// The picture of the first page of a file of a corpus with these files.
fn image(files: &[(&str, &[u8])], name: &str) -> Result<PageImage, NoPageImage> {
    CorpusFolder::of(files).images(name)?.page(1)?.image(400)
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

/// A TIFF file of a page of 40 by 20 dots in this grey.
fn tiff(grey: u8) -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    let page = image::GrayImage::from_pixel(40, 20, image::Luma([grey]));
    page.write_to(&mut bytes, image::ImageFormat::Tiff).expect("encoded");
    bytes.into_inner()
}

/// Width, height and the first dot of a picture.
fn looked_at(image: &PageImage) -> (u32, u32, u8) {
    let png = image::load_from_memory(&image.bytes).expect("a picture").into_luma8();
    (png.width(), png.height(), png.get_pixel(0, 0).0[0])
}

#[test]
fn a_page_of_a_tiff_file_is_drawn_alone_and_beside_its_text() {
    let alone = image(&[("a.tif", &tiff(70))], "a.tif").expect("a picture");
    assert_eq!((alone.media_type, looked_at(&alone)), ("image/png", (40, 20, 70)));
    let files: [(&str, &[u8]); 2] =
        [("d/a.xml", &alto("master/a.tif").into_bytes()), ("d/a.tiff", &tiff(80))];
    assert_eq!(looked_at(&image(&files, "d/a.xml").expect("beside")), (40, 20, 80));
    // One that browsers show goes before it.
    let shown = [&files[..], &[("d/a.jpg", JPEG)]].concat();
    assert_eq!(image(&shown, "d/a.xml").expect("beside").media_type, "image/jpeg");
    let folder = CorpusFolder::of(&[("a.tif", &tiff(70))]);
    let source = folder.images("a.tif").expect("pages").page(2).expect("seen when drawn");
    assert!(matches!(source.image(100), Err(NoPageImage::NoSuchPage)));
}

#[test]
fn a_page_of_an_issue_has_the_picture_of_its_sheet_or_that_of_its_text() {
    let group = |usage: &str, folder: &str, ending: &str| {
        let file = |number: u32| {
            format!(
                "<file ID='{folder}{number}'><FLocat href='file://./{folder}/{number}.{ending}'/></file>"
            )
        };
        format!("<fileGrp USE='{usage}'>{}{}</fileGrp>", file(1), file(2))
    };
    let sheet = |number: u32| {
        format!(
            "<div><fptr><par><area FILEID='thumb{number}'/><area FILEID='img{number}'/>\
             <area FILEID='alto{number}'/></par></fptr></div>"
        )
    };
    let mets = format!(
        "<mets><fileSec>{}{}{}</fileSec><structMap TYPE='PHYSICAL'><div>{}{}</div></structMap></mets>",
        group("image/thumbnail", "thumb", "jpg"),
        group("image/master", "img", "jpg"),
        group("text", "alto", "xml"),
        sheet(2),
        sheet(1)
    );
    let (first, second) = ([JPEG, b"1"].concat(), [JPEG, b"2"].concat());
    let folder = CorpusFolder::of(&[
        ("d/mets.xml", mets.as_bytes()),
        ("d/alto/1.xml", alto("x.tif").as_bytes()),
        ("d/alto/2.xml", alto("y.tif").as_bytes()),
        ("d/thumb/2.jpg", JPEG),
        ("d/img/2.jpg", &second),
        ("d/alto/x.jpg", &first),
    ]);
    let shown = |page| {
        let source = folder.images("d/mets.xml")?.page(page)?;
        source.image(100).map(|image| image.bytes)
    };
    // The pages stand in the order of the physical structure.
    assert_eq!(shown(1).expect("of the sheet"), second);
    assert_eq!(shown(2).expect("beside the text"), first);
    let images = folder.images("d/mets.xml").expect("pages");
    assert_eq!([0, 1, 2, 3].map(|page| images.has(page)), [false, true, true, false]);
}

#[test]
fn texts_in_a_folder_of_their_own_have_the_pictures_beside_it() {
    for place in ["d/1.jpg", "d/images/1.jpg"] {
        let files = [("d/page/1.xml", alto("1.tif").into_bytes()), (place, JPEG.to_vec())];
        let files = files.each_ref().map(|(name, content)| (*name, &content[..]));
        assert_eq!(image(&files, "d/page/1.xml").expect(place).bytes, JPEG);
    }
}

#[test]
fn a_pdf_of_the_name_of_an_issue_has_its_pages() {
    let file = |number: u32| format!("<file ID='{number}'><FLocat href='{number}.xml'/></file>");
    let mets = format!(
        "<mets><fileSec><fileGrp USE='text'>{}{}</fileGrp></fileSec></mets>",
        file(1),
        file(2)
    );
    let mut folder = CorpusFolder::of(&[
        ("i.mets.xml", mets.as_bytes()),
        ("1.xml", alto("x").as_bytes()),
        ("2.xml", alto("x").as_bytes()),
        ("i.pdf", NEWSPAPER),
    ]);
    // It has another number of pages, until it is told to be their picture.
    assert!(!folder.images("i.mets.xml").expect("pages").has(1));
    let issue = folder.files.iter_mut().find(|file| file.source == "i.mets.xml");
    issue.expect("it is there").pictures.push("i.pdf".to_owned());
    let images = |page| {
        let images = folder.images("i.mets.xml").expect("pages");
        images.page(page).expect("the file").image(400)
    };
    assert_eq!(images(1).expect("a page").media_type, "image/png");
    assert!(matches!(images(2), Err(NoPageImage::NoSuchPage)));
}

#[test]
fn a_file_that_was_replaced_since_it_was_found_is_not_drawn() {
    let folder = CorpusFolder::of(&[("a.tif", &tiff(70))]);
    let source = folder.images("a.tif").and_then(|images| images.page(1)).expect("a page");
    let path = folder.corpus.join("a.tif");
    let later = SystemTime::now() + std::time::Duration::from_secs(9);
    File::options().write(true).open(path).and_then(|file| file.set_modified(later)).expect("set");
    assert!(matches!(source.image(100), Err(NoPageImage::Changed)));
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
    std::os::unix::fs::symlink(corpus.join("d/real.jpg"), corpus.join("d/a.jpg")).expect("a link");
    let walked = walk(&corpus, &[corpus.join("d/a.xml")]);
    let images = PageImages::of(&walked.files[0], &corpus).expect("pages");
    assert!(!images.has(1));
}
