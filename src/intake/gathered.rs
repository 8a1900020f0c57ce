//! Files that belong together: a METS file is read with the ALTO files that it names, which are not read a
//! second time, by themselves or with another one, and the pictures of their pages that it names are no files
//! beside it. Other files that it names, as PAGE, stay files of their own.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::config::Config;
use super::open::open;
use super::packed::PackedName;
use super::scans::{self, ScanFormat};
use super::walk::{CorpusFile, FileFormat, format_of, source_of_root};
use crate::model::FailureReason;
use crate::text::decode;

/// Bytes of a METS file, and of a file that it names.
const MAX_BYTES: u64 = 64 << 20;

/// Which file it is: where it is without links, and in what archive.
type FilePlace = (PathBuf, Option<PackedName>);

/// Files with those that they name as their parts, which are no files beside them; and the sources of these.
/// Only a file with `mets` in its name is looked into; what the settings leave out is part of none.
pub(super) fn gathered(
    mut files: Vec<CorpusFile>,
    config: &Config,
) -> (Vec<CorpusFile>, HashSet<String>) {
    let issues: Vec<usize> = (0..files.len()).filter(|&at| is_issue(&files[at])).collect();
    if issues.is_empty() {
        return (files, HashSet::new());
    }
    let by_place: HashMap<(PathBuf, Option<String>), usize> = files
        .iter()
        .enumerate()
        .map(|(at, file)| {
            ((file.real.clone(), file.packed.as_ref().map(|name| name.path.clone())), at)
        })
        .collect();
    // What is packed is looked up, what is not lies where it is said to.
    let place = |issue: &CorpusFile, name: &str| match &issue.packed {
        Some(packed) => Some((issue.real.clone(), Some(beside(&packed.path, name)))),
        None => Some((fs::canonicalize(issue.path.parent()?.join(name)).ok()?, None)),
    };
    let mut taken: BTreeSet<FilePlace> = BTreeSet::new();
    let mut sources = HashSet::new();
    for at in issues {
        let file = &files[at];
        let Ok(text) = text_of(file) else { continue };
        let named = scans::named_files(&text);
        let part = |name: &String| match &file.packed {
            Some(_) => by_place.get(&place(file, name)?).map(|&at| files[at].clone()),
            None => part_on_disk(file, name),
        };
        let parts = named.texts.iter().filter_map(|name| Some((name, part(name)?)));
        let mut parts: Vec<(&String, CorpusFile)> = parts.collect();
        parts.retain(|(_, part)| !config.skips(&part.source));
        let mut read: HashSet<&str> = HashSet::new();
        // A page that several files name is one of the first: it would be read twice.
        parts.retain(|(name, part)| {
            let is_alto = is_alto(part);
            let is_own = !is_alto || taken.insert((part.real.clone(), part.packed.clone()));
            if is_own && is_alto {
                sources.insert(part.source.clone());
                read.insert(name);
            }
            is_own
        });
        // The pictures of pages whose text is read.
        let of_pages = named
            .sheets
            .iter()
            .filter(|(texts, _)| texts.iter().any(|text| read.contains(&**text)));
        let pictures = of_pages.flat_map(|(_, pictures)| pictures);
        let pictures = pictures.filter_map(|name| by_place.get(&place(file, name)?));
        let pictures: Vec<&CorpusFile> =
            pictures.map(|&at| &files[at]).filter(|file| file.is_picture()).collect();
        let mut beside_it = Vec::new();
        for picture in pictures {
            if taken.insert((picture.real.clone(), picture.packed.clone())) {
                beside_it.push(picture.source.clone());
            }
        }
        let parts: Vec<CorpusFile> = parts.into_iter().map(|(_, part)| part).collect();
        files[at].bytes += parts.iter().map(|part| part.bytes).sum::<u64>();
        (files[at].parts, files[at].pictures) = (parts, beside_it);
    }
    files.retain(|file| !taken.contains(&(file.real.clone(), file.packed.clone())));
    (files, sources)
}

/// The same files with the METS files of the corpus that name one of them: an ALTO file that is named alone is
/// read with its issue, as it is when all files are.
pub(super) fn with_issues(
    mut files: Vec<CorpusFile>,
    corpus: &Path,
    config: &Config,
) -> Vec<CorpusFile> {
    let Ok(corpus_itself) = fs::canonicalize(corpus) else { return files };
    let known: HashSet<PathBuf> = files.iter().map(|file| file.real.clone()).collect();
    let is_page = |file: &&CorpusFile| file.packed.is_none() && file.format == FileFormat::Scan;
    let pages = files.iter().filter(is_page).map(|file| &file.real);
    // What a METS file names lies below its folder.
    let above = pages.flat_map(|page| page.ancestors().skip(1));
    let folders: BTreeSet<PathBuf> =
        above.filter(|folder| folder.starts_with(&corpus_itself)).map(Path::to_owned).collect();
    for folder in folders {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Some(issue) = issue_at(&entry.path(), corpus) else { continue };
            if known.contains(&issue.real) || config.skips(&issue.source) {
                continue;
            }
            let Ok(text) = text_of(&issue) else { continue };
            let names = scans::named_files(&text).texts;
            let parts = names.iter().filter_map(|name| part_on_disk(&issue, name));
            if parts.into_iter().any(|part| known.contains(&part.real)) {
                files.push(issue);
            }
        }
    }
    files.sort_by(|a, b| a.source.cmp(&b.source));
    files
}

/// The file at a path, if it can be a METS file.
fn issue_at(path: &Path, corpus: &Path) -> Option<CorpusFile> {
    let metadata = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let file = CorpusFile {
        path: path.to_owned(),
        real: fs::canonicalize(path).ok()?,
        source: source_of_root(corpus, path),
        packed: None,
        parts: Vec::new(),
        pictures: Vec::new(),
        format: format_of(path, false)?,
        bytes: metadata.len(),
        modified: metadata.modified().ok(),
    };
    is_issue(&file).then_some(file)
}

/// Whether a file can be a METS file, by its name.
fn is_issue(file: &CorpusFile) -> bool {
    let name = file.source.rsplit('/').next().unwrap_or_default().to_lowercase();
    file.format == FileFormat::Scan && name.contains("mets")
}

/// Whether a file is one that is read as a page of an issue.
fn is_alto(file: &CorpusFile) -> bool {
    scan_format(file) == Some(ScanFormat::Alto)
}

/// A file below the folder of the one that names it; none that a link leads out of this folder to.
fn part_on_disk(issue: &CorpusFile, name: &str) -> Option<CorpusFile> {
    let path = issue.path.parent()?.join(name);
    let real = fs::canonicalize(&path).ok()?;
    let folder = fs::canonicalize(issue.path.parent()?).ok()?;
    let metadata = fs::metadata(&real).ok().filter(fs::Metadata::is_file)?;
    (real.starts_with(folder) && real != issue.real).then(|| CorpusFile {
        path,
        real,
        source: beside(&issue.source, name),
        packed: None,
        parts: Vec::new(),
        pictures: Vec::new(),
        format: FileFormat::Scan,
        bytes: metadata.len(),
        modified: metadata.modified().ok(),
    })
}

/// The path of a file in the folder of another one.
fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// The text of a part, by the path that the file has for it; `None` if it cannot be read.
pub(super) fn text_of_part(file: &CorpusFile, name: &str) -> Option<String> {
    let is_it = |part: &&CorpusFile| match (&file.packed, &part.packed) {
        (Some(issue), Some(part)) => part.path == beside(&issue.path, name),
        _ => part.source == beside(&file.source, name),
    };
    file.parts.iter().find(is_it).and_then(|part| text_of(part).ok())
}

/// The format of a file of pages, by its beginning.
pub(super) fn scan_format(file: &CorpusFile) -> Option<ScanFormat> {
    let mut head = Vec::new();
    open(file).ok()?.take(scans::HEAD as u64).read_to_end(&mut head).ok()?;
    scans::format_of(&decode(&head, None).text)
}

/// The text of a file; of a large one none.
pub(super) fn text_of(file: &CorpusFile) -> io::Result<String> {
    let mut bytes = Vec::new();
    open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(FailureReason::TooManyBytes { megabytes: MAX_BYTES >> 20 }));
    }
    Ok(decode(&bytes, None).text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::walk::FollowLinks;
    use crate::intake::{walk, walk_with};

    #[test]
    fn a_page_that_two_mets_files_name_is_of_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let mets = "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec><fileGrp USE='Text'>\
            <file ID='a'><FLocat xlink:href='1.xml'/></file></fileGrp></fileSec></mets>";
        let page = "<?xml version='1.0'?><alto><Layout/></alto>";
        for (name, content) in [("1.xml", page), ("mets.xml", mets), ("mets_old.xml", mets)] {
            fs::write(folder.path().join(name), content).expect("written");
        }
        let walked = walk(folder.path(), &[]);
        let parts: Vec<(&str, usize)> =
            walked.files.iter().map(|file| (file.source.as_str(), file.parts.len())).collect();
        assert_eq!(parts, [("mets.xml", 1), ("mets_old.xml", 0)]);
        let toml = "[[files]]\nglob = \"1.xml\"\nskip = true\n";
        let config = Config::parse("corpus.toml".as_ref(), toml).expect("settings");
        let walked = walk_with(folder.path(), &[], FollowLinks::Inside, &config);
        assert!(walked.files.iter().all(|file| file.parts.is_empty()), "it is left out");
    }

    #[test]
    fn pictures_of_pages_that_are_read_belong_to_their_issue() {
        let folder = tempfile::tempdir().expect("a folder");
        let group = |usage: &str, names: [&str; 2]| {
            let file =
                |name: &str| format!("<file ID='{name}'><FLocat xlink:href='{name}'/></file>");
            let files: String = names.map(file).concat();
            format!("<fileGrp USE='{usage}'>{files}</fileGrp>")
        };
        let sheet = |page: u32| {
            format!(
                "<div><fptr FILEID='img/{page}.jpg'/><fptr FILEID='thumb/{page}.jpg'/>\
                 <fptr FILEID='alto/{page}.xml'/></div>"
            )
        };
        let mets = format!(
            "<?xml version='1.0'?><mets xmlns:xlink='x'><fileSec>{}{}{}</fileSec>\
             <structMap TYPE='PHYSICAL'><div>{}{}</div></structMap></mets>",
            group("Images", ["img/1.jpg", "img/2.jpg"]),
            group("Thumbnails", ["thumb/1.jpg", "thumb/2.jpg"]),
            group("Text", ["alto/1.xml", "alto/2.xml"]),
            sheet(1),
            sheet(2)
        );
        let page = "<?xml version='1.0'?><alto><Layout/></alto>";
        let pictures = ["img/1.jpg", "img/2.jpg", "img/3.jpg", "thumb/1.jpg", "thumb/2.jpg"];
        let files = pictures.map(|name| (name, "x"));
        for (name, content) in files.into_iter().chain([("mets.xml", &*mets), ("alto/1.xml", page)])
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
            fs::write(path, content).expect("written");
        }
        let walked = walk(folder.path(), &[]);
        let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
        // The second page has no text.
        assert_eq!(sources, ["img/2.jpg", "img/3.jpg", "mets.xml", "thumb/2.jpg"]);
        assert_eq!(walked.files[2].pictures, ["img/1.jpg", "thumb/1.jpg"]);
    }
}
