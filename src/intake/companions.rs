//! Pictures that belong to another file: the picture of a page whose text lies beside it, and those of
//! a saved web page.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::walk::{CorpusFile, FileFormat};

/// What browsers call the folder of what belongs to a page.
const FOLDERS: [&str; 2] = ["_files/", ".files/"];

/// Takes them out of the files; gives their paths. `A05.jpg` is the picture of `A05.xml`, of `A05.txt`
/// and of `A05.alto.xml`.
pub(super) fn taken(files: &mut Vec<CorpusFile>) -> Vec<PathBuf> {
    let is_picture = |file: &CorpusFile| file.format == FileFormat::Picture;
    if !files.iter().any(is_picture) {
        return Vec::new();
    }
    let others = files.iter().filter(|file| !is_picture(file) && file.format.is_to_be_split());
    let others: BTreeSet<String> = others.map(|file| file.source.clone()).collect();
    let has_other = |stem: &str| {
        let start = format!("{stem}.");
        others.range(start.clone()..).next().is_some_and(|next| next.starts_with(&start))
    };
    let belongs = |file: &CorpusFile| {
        let source = file.source.as_str();
        let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
        let mut folders = FOLDERS.iter().flat_map(|end| source.match_indices(end));
        has_other(stem)
            || folders.any(|(at, _)| {
                let page = &source[..at];
                ["html", "htm"].iter().any(|end| others.contains(&format!("{page}.{end}")))
            })
    };
    let found = files.extract_if(.., |file| is_picture(file) && belongs(file));
    found.map(|file| file.path).collect()
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
        ];
        assert_eq!(sources, expected);
        let passed_over: Vec<(&str, u64)> =
            walked.other.iter().map(|(ending, count)| (ending.as_str(), *count)).collect();
        assert_eq!(passed_over, [("jpg", 1), ("png", 1), ("tif", 1)]);
        let named = walk(folder.path(), &[folder.path().join("a/A05.jpg")]);
        assert_eq!(named.files.len(), 1, "it was asked for");
    }
}
