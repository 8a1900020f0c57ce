//! Files that belong to another one: the picture of a page whose text lies beside it, and the pictures of a saved
//! web page.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Bound;

use super::open::open;
use super::scans::{self, ScanFormat};
use super::walk::{CorpusFile, FileFormat, join, source_from};
use crate::text::decode;

/// What stands in names of files between the name of a page and the extension.
const KINDS: [&str; 8] = ["alto", "page", "hocr", "ocr", "mets", "text", "tei", "gt"];

/// What browsers call the folder of what belongs to a page.
const FOLDERS: [&str; 2] = ["_files/", ".files/"];

/// Which pictures of these files belong to another one of them, by their places.
pub(super) fn belonging(files: &[CorpusFile]) -> BTreeSet<String> {
    let is_picture = |file: &&CorpusFile| file.format == FileFormat::Picture;
    let texts = files.iter().filter(|file| !is_picture(file) && file.format.is_to_be_split());
    let texts: BTreeMap<String, &CorpusFile> = texts.map(|file| (place(file), file)).collect();
    let belongs =
        |place: &String| beside(place, &texts).next().is_some() || is_of_saved_page(place, &texts);
    files.iter().filter(is_picture).map(place).filter(belongs).collect()
}

/// Where a file lies, on the disk and in its archive: files of several folders can have one source.
pub(super) fn place(file: &CorpusFile) -> String {
    let inner = file.packed.as_ref().map_or("", |name| &name.path);
    join(&source_from(&file.path), inner)
}

/// The format of a file of pages, by its beginning.
pub(super) fn scan_format(file: &CorpusFile) -> Option<ScanFormat> {
    let mut head = Vec::new();
    open(file).ok()?.take(scans::HEAD as u64).read_to_end(&mut head).ok()?;
    scans::format_of(&decode(&head, None).text)
}

/// The texts of the page with the picture at this place, of texts by their places: of `A05.jpg` those are `A05.xml`, `A05.txt` and `A05.alto.xml`.
pub(super) fn beside<'t>(
    place: &str,
    texts: &'t BTreeMap<String, &CorpusFile>,
) -> impl Iterator<Item = &'t CorpusFile> {
    let stem = place.rsplit_once('.').map_or(place, |(stem, _)| stem);
    let start = format!("{stem}.");
    let own = place.to_owned();
    let from = texts.range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded));
    let alike = from.map_while({
        let start = start.clone();
        move |(name, file)| Some((name, name.strip_prefix(start.as_str())?, *file))
    });
    alike.filter(move |(name, rest, _)| is_end(rest) && **name != own).map(|(_, _, file)| file)
}

/// Whether what follows the name of a page says what the file is, and is no more of the name.
fn is_end(rest: &str) -> bool {
    match rest.split_once('.') {
        Some((kind, extension)) => {
            KINDS.contains(&kind.to_lowercase().as_str()) && !extension.contains('.')
        }
        None => true,
    }
}

/// Whether a picture lies in the folder of a saved web page.
fn is_of_saved_page(place: &str, texts: &BTreeMap<String, &CorpusFile>) -> bool {
    let mut folders = FOLDERS.iter().flat_map(|end| place.match_indices(end));
    folders.any(|(at, _)| {
        let page = &place[..at];
        ["html", "htm"].iter().any(|end| texts.contains_key(&format!("{page}.{end}")))
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
        ];
        assert_eq!(sources, expected);
        assert_eq!((walked.beside, walked.other.len()), (3, 0));
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
        assert_eq!((both.files.len(), both.beside), (2, 0));
    }
}
