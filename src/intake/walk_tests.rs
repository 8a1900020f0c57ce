//! Which files a walk finds, under which names, and which it passes over.

use std::collections::BTreeMap;
use std::fs;

use super::{Config, FileFormat, FollowLinks, WalkResult, read, walk, walk_following};
use crate::model::FileWarning;

fn folder_with(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, "x").expect("a file");
    }
    folder
}

fn sources(walked: &WalkResult) -> Vec<&str> {
    walked.files.iter().map(|file| file.source.as_str()).collect()
}

#[test]
fn texts_are_found_in_order_and_the_rest_is_counted() {
    let folder = folder_with(&[
        "corpus/b.txt",
        "corpus/a/z.MD",
        "corpus/a-b.htm",
        "corpus/c.jsonl.zst",
        "corpus/c.jsonl",
        "corpus/.hidden/x.txt",
        "corpus/.x.txt",
        "corpus/corpus.toml",
        "corpus/synonyms.txt",
        "corpus/splitter.tsv",
        "corpus/a/splitter.tsv",
        "corpus/p.gif",
        "corpus/README",
    ]);
    let walked = walk(&folder.path().join("corpus"), &[]);
    assert_eq!(sources(&walked), ["a-b.htm", "a/z.MD", "b.txt", "c.jsonl", "c.jsonl.zst"]);
    assert_eq!(walked.files[0].format, FileFormat::Html);
    assert_eq!(walked.files[4].format, FileFormat::JsonlZst);
    assert_eq!(walked.files[0].bytes, 1);
    assert_eq!(walked.hidden, 2);
    assert_eq!(walked.other, BTreeMap::from([("gif".to_owned(), 1), (String::new(), 1)]));
    assert!(walked.warnings.is_empty() && walked.missing.is_empty());
}

#[test]
fn sources_begin_at_the_corpus_or_at_the_named_folder() {
    let folder = folder_with(&["corpus/p/a.txt", "other/deep/b.txt", "other/odd.xyz"]);
    let at = |path: &str| folder.path().join(path);
    let walked =
        walk(&at("corpus"), &[at("corpus/p"), at("other/deep"), at("other/odd.xyz"), at("none")]);
    assert_eq!(sources(&walked), ["deep/b.txt", "odd.xyz", "p/a.txt"]);
    assert_eq!(walked.missing, [at("none")]);
    assert!(walked.covers("p/gone.txt") && walked.covers("deep/gone.txt"));
    assert!(!walked.covers("q/a.txt") && !walked.covers("pp/a.txt"));
    assert!(walk(&at("corpus"), &[]).covers("anything"));
}

#[test]
fn a_file_named_twice_is_taken_once_and_two_of_one_name_are_told_apart() {
    let folder = folder_with(&["x/in/a.txt", "y/in/a.txt"]);
    let at = |path: &str| folder.path().join(path);
    let walked = walk(&at("corpus"), &[at("x/in"), at("x/in/a.txt"), at("y/in"), at("x/in")]);
    assert_eq!(sources(&walked), ["in/a.txt", "y/in/a.txt"]);
    assert_eq!((walked.twice, walked.warnings.len()), (2, 1));
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_circles_and_broken_links_are_named() {
    use std::os::unix::fs::symlink;
    let folder = folder_with(&["corpus/a/x.txt", "far/y.txt"]);
    let at = |path: &str| folder.path().join(path);
    symlink(at("corpus"), at("corpus/a/round")).expect("a link");
    symlink(at("nowhere"), at("corpus/broken.txt")).expect("a link");
    symlink(at("far"), at("corpus/near")).expect("a link");
    let walked = walk_following(&at("corpus"), &[], FollowLinks::Everywhere);
    assert_eq!(sources(&walked), ["a/x.txt", "near/y.txt"]);
    assert_eq!(walked.warnings.len(), 3, "{:?}", walked.warnings);
    let about = |name: &str| {
        let path = at(name).display().to_string();
        walked.warnings.iter().find(|(place, _)| *place == path).map(|(_, warning)| warning)
    };
    let ancestor = at("corpus").display().to_string();
    assert_eq!(about("corpus/a/round"), Some(&FileWarning::LinkLoop { ancestor }));
    assert_eq!(about("corpus/broken.txt"), Some(&FileWarning::BrokenLink));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_corpus_are_followed_only_if_that_is_asked_for() {
    use std::os::unix::fs::symlink;
    let folder = folder_with(&["corpus/a/x.txt", "far/y.txt", "far/deep/z.txt"]);
    let at = |path: &str| folder.path().join(path);
    symlink(at("far"), at("corpus/near")).expect("a link");
    symlink(at("far/y.txt"), at("corpus/a/y.txt")).expect("a link");
    symlink(at("corpus/a/x.txt"), at("corpus/b.txt")).expect("a link");
    let walked = walk(&at("corpus"), &[]);
    assert_eq!(sources(&walked), ["a/x.txt"]);
    assert_eq!(walked.twice, 1);
    let places: Vec<&str> = walked.warnings.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places,
        ["corpus/a/y.txt", "corpus/near"].map(|path| at(path).display().to_string())
    );
    let target = at("far/y.txt").canonicalize().unwrap().display().to_string();
    let warning = FileWarning::LinkOutside { target, followed: false };
    assert_eq!(walked.warnings[0].1, warning);
    assert!(!walked.covers("near/y.txt") && walked.covers("a/x.txt"), "the index keeps them");
    assert!(walked.is_behind_passed_link("near/y.txt") && !walked.is_behind_passed_link("a/x.txt"));
    let walked = walk_following(&at("corpus"), &[], FollowLinks::Everywhere);
    assert_eq!(sources(&walked), ["a/x.txt", "near/deep/z.txt", "near/y.txt"]);
    assert_eq!(walked.warnings.len(), 2);
    let walked = walk(&at("corpus"), &[at("corpus/near")]);
    assert_eq!(sources(&walked), ["near/deep/z.txt", "near/y.txt"], "it was named");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_taken_under_an_escaped_name() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder_with(&["corpus/a.txt"]);
    let name = std::ffi::OsStr::from_bytes(b"b\xff.txt");
    fs::write(folder.path().join("corpus").join(name), "x").expect("a file");
    let walked = walk(&folder.path().join("corpus"), &[]);
    assert_eq!(sources(&walked), ["a.txt", "b\\xff.txt"]);
    assert_eq!(walked.warnings, [("b\\xff.txt".to_owned(), FileWarning::NameNotUtf8)]);
}

#[test]
fn a_stated_encoding_is_used() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("corpus.toml"), "[[files]]\nglob='*'\nencoding='big5'\n")
        .expect("written");
    fs::write(folder.path().join("a.txt"), b"\xc2\x69").expect("written");
    let config = Config::load(folder.path()).expect("a good file");
    let walked = walk(folder.path(), &[]);
    assert_eq!(read(&walked.files[0], &config).finish().encoding, "big5");
}
