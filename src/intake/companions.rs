//! Files that belong to another one: the picture of a page whose text lies beside it, as a picture or a PDF file,
//! and the pictures of a saved web page. Who has the text has their names, and they are no files beside it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use super::page_count::PageCount;
use super::textless::is_textless;
use super::walk::{CorpusFile, FileFormat, join, source_from};
use crate::model::WEB_PAGES;

/// What stands in names of files between the name of a page and the extension.
const KINDS: [&str; 8] = ["alto", "page", "hocr", "ocr", "mets", "text", "tei", "gt"];

/// What folders of pictures are called that lie beside those of texts.
const PICTURE_FOLDERS: [&str; 9] =
    ["images", "image", "img", "jpg", "jpeg", "png", "tif", "tiff", "master"];

/// What browsers call the folder of what belongs to a page.
const FOLDERS: [&str; 2] = ["_files/", ".files/"];

/// Texts by their places, each with the file that it is read with: itself, or the issue that it is a page of.
type TextsByPlace<'f> = BTreeMap<String, (&'f CorpusFile, usize)>;

/// The files without those that belong to another one of them, which has their names. A picture belongs to the
/// text of its name if that has any, a PDF file to the pages of its name if as many of these have lines as it has
/// pages, and it does not show far more text: what it has would be read twice. Any other has text that stands
/// nowhere else, or may have it.
pub(super) fn with_companions(mut files: Vec<CorpusFile>) -> Vec<CorpusFile> {
    let mut owners: Vec<Option<usize>> = vec![None; files.len()];
    {
        let mut texts = TextsByPlace::new();
        for (owner, file) in files.iter().enumerate() {
            for text in [file].into_iter().chain(&file.parts).filter(|text| is_text(text)) {
                texts.insert(place(text), (text, owner));
            }
        }
        for (owner, file) in owners.iter_mut().zip(&files) {
            if file.format == FileFormat::Document && file.is_named(".pdf") {
                *owner = owner_of_pdf(file, &texts);
            }
        }
        // What belongs to another one has no pictures of its own.
        texts.retain(|_, (_, owner)| owners[*owner].is_none());
        for (owner, file) in owners.iter_mut().zip(&files).filter(|(_, file)| file.is_picture()) {
            *owner = owner_of_picture(file, &texts);
        }
    }
    let names: Vec<(usize, String)> = owners
        .iter()
        .zip(&files)
        .filter_map(|(owner, file)| Some(((*owner)?, file.source.clone())))
        .collect();
    for (owner, name) in names {
        files[owner].pictures.push(name);
    }
    let mut owners = owners.into_iter();
    files.retain(|_| owners.next().flatten().is_none());
    files
}

fn is_text(file: &CorpusFile) -> bool {
    file.format != FileFormat::Picture
        && file.format.is_to_be_split()
        && file.unread_kind().is_none()
}

fn owner_of_picture(file: &CorpusFile, texts: &TextsByPlace<'_>) -> Option<usize> {
    let place = place(file);
    let of_page = beside(&place, texts).find(|(text, _)| !is_textless(text));
    let of_page = of_page.or_else(|| in_folder_of_texts(&place, texts));
    of_page.or_else(|| saved_page_of(&place, texts)).map(|(_, owner)| owner)
}

fn owner_of_pdf(file: &CorpusFile, texts: &TextsByPlace<'_>) -> Option<usize> {
    let place = place(file);
    let mut texts = beside(&place, texts)
        .filter(|(text, _)| text.format == FileFormat::Scan || text.is_named(".ofd"))
        .peekable();
    texts.peek()?;
    let pdf = PageCount::of_pdf(file)?;
    texts.find(|(text, _)| PageCount::of_text(text).has_text_of(pdf)).map(|(_, owner)| owner)
}

/// Where a file lies, on the disk and in its archive: files of several folders can have one source. A folder of
/// texts or pictures is called as here, whatever the case of its name.
fn place(file: &CorpusFile) -> String {
    let inner = file.packed.as_ref().map_or("", |name| &name.path);
    let mut place = join(&source_from(&file.path), inner);
    let end = place.rfind('/').unwrap_or_default();
    let begin = place[..end].rfind('/').map_or(0, |at| at + 1);
    let folder = &mut place[begin..end];
    if is_one_of(&KINDS, folder) || is_one_of(&PICTURE_FOLDERS, folder) {
        folder.make_ascii_lowercase();
    }
    place
}

/// Whether a name is one of these, whatever its case.
fn is_one_of(known: &[&str], name: &str) -> bool {
    known.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The texts of the page with the picture at this place: of `A05.jpg` those are `A05.xml`, `A05.txt` and
/// `A05.alto.xml`.
fn beside<'t, 'f>(
    place: &str,
    texts: &'t TextsByPlace<'f>,
) -> impl Iterator<Item = (&'f CorpusFile, usize)> + use<'t, 'f> {
    let stem = place.rsplit_once('.').map_or(place, |(stem, _)| stem).to_owned();
    let start = format!("{stem}.");
    let own = place.to_owned();
    let from = texts.range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded));
    let alike = from.take_while(move |(name, _)| name.starts_with(&start));
    let is_of_page = move |name: &str| page_names(name).any(|page| page == stem) && name != own;
    alike.filter(move |(name, _)| is_of_page(name)).map(|(_, text)| *text)
}

/// What a picture of the page of a text can be called, without its extension: `A05.alto` and `A05` for
/// `A05.alto.xml`.
pub(super) fn page_names(text: &str) -> impl Iterator<Item = &str> {
    let own = text.rsplit_once('.').map(|(stem, _)| stem);
    let shorter = own.and_then(|own| own.rsplit_once('.'));
    let shorter = shorter.filter(|(_, kind)| is_one_of(&KINDS, kind)).map(|(stem, _)| stem);
    own.into_iter().chain(shorter)
}

/// The pages of the name of a picture that lie in a folder of such files beside it, or beside its folder of
/// pictures: `page/1.xml` and `alto/1.xml` of `1.jpg`, as of `images/1.jpg`.
fn in_folder_of_texts<'f>(
    place: &str,
    texts: &TextsByPlace<'f>,
) -> Option<(&'f CorpusFile, usize)> {
    let (folder, name) = place.rsplit_once('/').unwrap_or(("", place));
    let above = folder.rsplit_once('/').filter(|(_, own)| PICTURE_FOLDERS.contains(own));
    let above = above.map(|(above, _)| above);
    let folders = [Some(folder), above].into_iter().flatten();
    let mut places = folders.flat_map(|folder| KINDS.map(|kind| join(folder, kind)));
    places.find_map(|folder| {
        let mut texts = beside(&join(&folder, name), texts);
        texts.find(|(text, _)| text.format == FileFormat::Scan && !is_textless(text))
    })
}

/// Whether a folder is one of texts by its name, as [`in_folder_of_texts`].
pub(super) fn is_of_texts(folder: &Path) -> bool {
    folder.file_name().and_then(OsStr::to_str).is_some_and(|name| is_one_of(&KINDS, name))
}

/// The folders of pictures in a folder.
pub(super) fn picture_folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let is_of_pictures =
        |name: &OsStr| name.to_str().is_some_and(|name| is_one_of(&PICTURE_FOLDERS, name));
    let named = entries.flatten().filter(|entry| is_of_pictures(&entry.file_name()));
    let mut folders: Vec<PathBuf> = named.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// The saved web page in whose folder a picture lies.
fn saved_page_of<'f>(place: &str, texts: &TextsByPlace<'f>) -> Option<(&'f CorpusFile, usize)> {
    let mut folders = FOLDERS.iter().flat_map(|end| place.match_indices(end));
    folders.find_map(|(at, _)| {
        let page = &place[..at];
        WEB_PAGES.iter().find_map(|end| texts.get(&format!("{page}{end}")).copied())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::intake::walk;

    #[test]
    fn a_picture_beside_the_text_of_its_page_is_no_page_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = [
            "a/A05.jpg",
            "a/A05.xml",
            "a/A06.tif",
            "a/A06.alto.xml",
            "a/A07.png",
            "a/A070.txt",
            "a/b_files/logo.png",
            "a/b.html",
            "a/c_files/x.webp",
            "b/A05.jpeg",
            "b/A05.jsonl",
            "d/1.jpg",
            "d/1.公告.txt",
            "e/1.bmp",
            "e/2.jpg",
            "e/3.jpg",
            "e/images/4.jp2",
            "e/old/4.jpg",
            "e/page/1.xml",
            "e/page/2.txt",
            "e/page/4.xml",
            "f/1943.05.06.png",
            "f/1943.05.06.xml",
            "f/1943.05.png",
            "f/IMG/2.jpg",
            "f/PAGE/2.xml",
        ];
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
            fs::write(path, "x").expect("written");
        }
        let walked = walk(folder.path(), &[]);
        let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
        let expected = [
            "a/A05.xml",
            "a/A06.alto.xml",
            "a/A07.png",
            "a/A070.txt",
            "a/b.html",
            "a/c_files/x.webp",
            "b/A05.jpeg",
            "b/A05.jsonl",
            "d/1.jpg",
            "d/1.公告.txt",
            "e/2.jpg",
            "e/3.jpg",
            "e/old/4.jpg",
            "e/page/1.xml",
            "e/page/2.txt",
            "e/page/4.xml",
            "f/1943.05.06.xml",
            "f/1943.05.png",
            "f/PAGE/2.xml",
        ];
        assert_eq!(sources, expected);
        let pictures: Vec<&str> =
            walked.files.iter().flat_map(|file| &file.pictures).map(String::as_str).collect();
        let expected = [
            "a/A05.jpg",
            "a/A06.tif",
            "a/b_files/logo.png",
            "e/1.bmp",
            "e/images/4.jp2",
            "f/1943.05.06.png",
            "f/IMG/2.jpg",
        ];
        assert_eq!(pictures, expected);
        assert_eq!(walked.other.len(), 0);
        let alone = walk(folder.path(), &[folder.path().join("a/A05.jpg")]);
        assert_eq!(alone.files.len(), 1, "it was asked for");
        // The file of that name in another folder is another page, also where both have one source.
        let (disk1, disk2) = (folder.path().join("1/x"), folder.path().join("2/x"));
        for (disk, name) in [(&disk1, "A05.txt"), (&disk2, "A05.jpg")] {
            fs::create_dir_all(disk).expect("a folder");
            fs::write(disk.join(name), "x").expect("written");
        }
        let corpus = folder.path().join("corpus");
        let both = walk(&corpus, &[disk1, disk2]);
        assert_eq!(both.files.len(), 2);
    }

    /// A file of so many empty pages.
    fn pdf(pages: usize) -> String {
        let mut file = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
        let kids = kids.join(" ");
        let tree = format!("<</Type/Pages/Kids[{kids}]/Count {pages}>>");
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]>>".to_owned();
        let catalog = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
        let objects = [catalog, tree].into_iter().chain(vec![page; pages]);
        for (at, object) in objects.enumerate() {
            places.push(file.len());
            file.extend([&(at + 1).to_string(), " 0 obj\n", &object, "\nendobj\n"]);
        }
        let (table, size) = (file.len(), places.len() + 1);
        let rows: Vec<String> =
            places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
        let rows = rows.concat();
        format!(
            "{file}xref\n0 {size}\n0000000000 65535 f \n{rows}trailer<</Size {size}/Root 1 0 R>>\n\
             startxref\n{table}\n%%EOF"
        )
    }

    const ALTO: &str = "<?xml version='1.0'?><alto><Layout><Page WIDTH='100' HEIGHT='100'><PrintSpace>\
        <TextBlock HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'><TextLine HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'>\
        <String CONTENT='渡口重开' HPOS='0' VPOS='0' WIDTH='90' HEIGHT='9'/></TextLine></TextBlock></PrintSpace>\
        </Page></Layout></alto>";

    fn mets(pages: &[&str]) -> String {
        let file = |page: &&str| {
            format!(
                "<file ID='{page}'><FLocat LOCTYPE='OTHER' xlink:href='file://./{page}'/></file>"
            )
        };
        let files: String = pages.iter().map(file).collect();
        format!(
            "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec><fileGrp ID='ALTOGRP' USE='Text'>{files}\
             </fileGrp></fileSec></mets>"
        )
    }

    #[test]
    fn a_text_without_text_does_not_hide_its_picture() {
        let folder = tempfile::tempdir().expect("a folder");
        let long = format!("{}渡口重开", " ".repeat(20_000));
        let no_lines =
            "<?xml version='1.0'?><alto><Layout><Page><PrintSpace/></Page></Layout></alto>";
        let texts = [
            ("a.txt", ""),
            ("b.txt", " \n\n"),
            ("c.xml", no_lines),
            ("d.xml", "<?xml version='1.0'?><alto><Lay"),
            ("e.xml", "<rss><a/></rss>"),
            ("f.txt", "\0\0\0\0"),
            ("page/g.xml", ""),
            ("h.txt", "渡口重开"),
            ("i.txt", &long),
            ("j.xml", ALTO),
            ("page/k.xml", ALTO),
        ];
        fs::create_dir(folder.path().join("page")).expect("a folder");
        for (name, content) in texts {
            fs::write(folder.path().join(name), content).expect("written");
            let stem = name.trim_start_matches("page/").split('.').next().expect("a stem");
            fs::write(folder.path().join(format!("{stem}.jpg")), "x").expect("written");
        }
        let walked = walk(folder.path(), &[]);
        let alone = walked.files.iter().filter_map(|file| file.source.strip_suffix(".jpg"));
        assert_eq!(alone.collect::<String>(), "abcdefg");
        // The empty one that was found first does not stand for the other.
        fs::write(folder.path().join("a.xml"), ALTO).expect("written");
        let walked = walk(folder.path(), &[]);
        assert!(!walked.files.iter().any(|file| file.source == "a.jpg"));
    }

    #[test]
    fn a_picture_beside_a_pdf_that_is_a_picture_itself_belongs_to_the_text() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in [("A05.jpg", "x"), ("A05.pdf", &*pdf(1)), ("A05.xml", ALTO)] {
            fs::write(folder.path().join(name), content).expect("written");
        }
        let files = walk(folder.path(), &[]).files;
        let [text] = &files[..] else { panic!("{files:?}") };
        assert_eq!((&*text.source, &text.pictures.join(" ")[..]), ("A05.xml", "A05.jpg A05.pdf"));
    }

    #[test]
    fn a_pdf_is_a_picture_only_of_pages_whose_lines_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let empty = "<?xml version='1.0'?><alto><Layout/></alto>".to_owned();
        let other = "<?xml version='1.0'?><record><title>渡口</title></record>".to_owned();
        let files = [
            ("A05.pdf", pdf(1)),
            ("A05.xml", ALTO.to_owned()),
            ("A06.pdf", pdf(1)),
            ("A06.txt", "渡口重开".to_owned()),
            ("A07.pdf", pdf(1)),
            ("A07.xml", other),
            ("A08.pdf", pdf(2)),
            ("A08.xml", ALTO.to_owned()),
            ("A09.pdf", pdf(1)),
            ("A09.xml", empty),
            ("A10.pdf", "%PDF-1.4".to_owned()),
            ("A10.xml", ALTO.to_owned()),
            ("b.mets.xml", mets(&["b1.xml", "b2.xml"])),
            ("b.pdf", pdf(2)),
            ("b1.pdf", pdf(1)),
            ("b1.xml", ALTO.to_owned()),
            ("b2.xml", ALTO.to_owned()),
            ("c.mets.xml", mets(&["lost.xml"])),
            ("c.pdf", pdf(2)),
        ];
        for (name, content) in files {
            fs::write(folder.path().join(name), content).expect("written");
        }
        let walked = walk(folder.path(), &[]);
        let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
        let expected = [
            "A05.xml",
            "A06.pdf",
            "A06.txt",
            "A07.pdf",
            "A07.xml",
            "A08.pdf",
            "A08.xml",
            "A09.pdf",
            "A09.xml",
            "A10.pdf",
            "A10.xml",
            "b.mets.xml",
            "c.mets.xml",
            "c.pdf",
        ];
        assert_eq!(sources, expected);
        let pictures: Vec<(&str, &str)> = walked
            .files
            .iter()
            .flat_map(|file| file.pictures.iter().map(|name| (&*file.source, &**name)))
            .collect();
        let expected = [("A05.xml", "A05.pdf"), ("b.mets.xml", "b.pdf"), ("b.mets.xml", "b1.pdf")];
        assert_eq!(pictures, expected);
    }
}
