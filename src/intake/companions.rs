//! Pictures that belong to another file: the picture of a page whose text lies beside it, and those of
//! a saved web page.

use std::collections::BTreeSet;

/// What browsers call the folder of what belongs to a page.
const FOLDERS: [&str; 2] = ["_files/", ".files/"];

/// Whether a picture belongs to one of the other files: `A05.jpg` is the picture of `A05.xml`, of `A05.txt`
/// and of `A05.alto.xml`.
pub(super) fn belongs(source: &str, others: &BTreeSet<String>) -> bool {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    let start = format!("{stem}.");
    let next = others.range(start.clone()..).next();
    let mut folders = FOLDERS.iter().flat_map(|end| source.match_indices(end));
    next.is_some_and(|next| next.starts_with(&start))
        || folders.any(|(at, _)| {
            let page = &source[..at];
            ["html", "htm"].iter().any(|end| others.contains(&format!("{page}.{end}")))
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
        assert_eq!((walked.beside, walked.other.len()), (3, 0));
        let alone = walk(folder.path(), &[folder.path().join("a/A05.jpg")]);
        assert_eq!(alone.files.len(), 1, "it was asked for");
    }
}
