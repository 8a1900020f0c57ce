//! Which files a walk finds, under which names, and which it passes over.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::{Config, FileFormat, FollowLinks, ReadOutcome, WalkResult, read, walk, walk_with};
use crate::model::{FileWarning, UnreadKind};

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
        "corpus/p.swf",
        "corpus/README",
    ]);
    let walked = walk(&folder.path().join("corpus"), &[]);
    assert_eq!(sources(&walked), ["a-b.htm", "a/z.MD", "b.txt", "c.jsonl", "c.jsonl.zst"]);
    assert_eq!(walked.files[0].format, FileFormat::Html);
    assert_eq!(walked.files[4].format, FileFormat::JsonlZst);
    assert_eq!(walked.files[0].bytes, 1);
    assert_eq!(walked.hidden, 2);
    assert_eq!(walked.other, BTreeMap::from([("swf".to_owned(), 1), (String::new(), 1)]));
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
    let walked = walk_with(&at("corpus"), &[], FollowLinks::Everywhere, &Config::default());
    assert_eq!(sources(&walked), ["a/x.txt", "near/y.txt"]);
    assert_eq!(walked.warnings.len(), 3, "{:?}", walked.warnings);
    let about = |name: &str| {
        walked.warnings.iter().find(|(place, _)| place == name).map(|(_, warning)| warning)
    };
    let ancestor = at("corpus").display().to_string();
    assert_eq!(about("a/round"), Some(&FileWarning::LinkLoop { ancestor }));
    assert_eq!(about("broken.txt"), Some(&FileWarning::BrokenLink));
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
    assert_eq!(places, ["a/y.txt", "near"]);
    let target = at("far/y.txt").canonicalize().unwrap().display().to_string();
    let warning = FileWarning::LinkOutside { target, followed: false };
    assert_eq!(walked.warnings[0].1, warning);
    assert!(!walked.covers("near/y.txt") && walked.covers("a/x.txt"), "the index keeps them");
    assert!(walked.is_behind_passed_link("near/y.txt") && !walked.is_behind_passed_link("a/x.txt"));
    let walked = walk_with(&at("corpus"), &[], FollowLinks::Everywhere, &Config::default());
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

fn zip_of(path: &Path, names: &[&str]) {
    let mut zip = zip::ZipWriter::new(fs::File::create(path).expect("a file"));
    for name in names {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all("渡口开渡。".as_bytes()).expect("written");
    }
    zip.finish().expect("a whole archive");
}

fn walk_by(settings: &str, folder: &Path, paths: &[std::path::PathBuf]) -> WalkResult {
    fs::write(folder.join("corpus.toml"), settings).expect("written");
    let config = Config::load(folder).expect("good settings");
    walk_with(folder, paths, FollowLinks::Inside, &config)
}

fn skipping(glob: &str) -> String {
    format!("[[files]]\nglob = \"{glob}\"\nskip = true\n")
}

#[test]
fn what_is_said_of_an_archive_is_said_of_its_files() {
    let folder = folder_with(&["a.txt", "cut.zip"]);
    zip_of(&folder.path().join("b.zip"), &["1.txt", "2/3.txt"]);
    let walked = |settings: &str| walk_by(settings, folder.path(), &[]);
    assert_eq!(sources(&walked("")), ["a.txt", "b.zip/1.txt", "b.zip/2/3.txt", "cut.zip"]);
    let without = walked(&skipping("*.zip"));
    assert_eq!((sources(&without), without.left_out.len()), (vec!["a.txt"], 2));
    assert!(without.warnings.is_empty() && without.covers("b.zip/1.txt"));
    let again = skipping("*.zip") + "[[files]]\nglob = \"b.zip/2/**\"\nskip = false\n";
    assert_eq!(sources(&walked(&again)), ["a.txt", "b.zip/2/3.txt"]);
    let config = Config::load(folder.path()).expect("good settings");
    assert!(config.skips("b.zip/1.txt") && !config.skips("b.zip.txt"));
}

#[test]
fn a_damaged_archive_is_a_file_that_cannot_be_read_and_what_it_had_stays() {
    let folder = folder_with(&["a.txt", "cut.zip", "cut.tar.gz"]);
    let walked = walk(folder.path(), &[]);
    assert_eq!(sources(&walked), ["a.txt", "cut.tar.gz", "cut.zip"]);
    assert!(!walked.covers("cut.zip/1.txt"));
    for archive in &walked.files[1..] {
        let report = read(archive, &Config::default()).finish();
        assert_eq!((report.outcome, report.warnings.len()), (ReadOutcome::Unreadable, 1));
        assert!(report.hash.is_empty());
    }
}

#[test]
fn what_is_never_read_is_named_with_what_it_is() {
    let names = ["a.rar", "b.xlsx", "c.ppt", "d.caj", "d.jp2", "~$e.docx", "Thumbs.db"];
    let folder = folder_with(&names);
    zip_of(&folder.path().join("f.zip"), &["g.zip", "__MACOSX/h.txt"]);
    let walked = walk(folder.path(), &[]);
    assert_eq!(sources(&walked), ["a.rar", "b.xlsx", "c.ppt", "d.caj", "d.jp2", "f.zip/g.zip"]);
    assert_eq!((walked.hidden, walked.other.len()), (3, 0));
    let kinds = [
        UnreadKind::Archive,
        UnreadKind::Sheet,
        UnreadKind::Slides,
        UnreadKind::Caj,
        UnreadKind::Picture,
        UnreadKind::NestedArchive,
    ];
    for (file, kind) in walked.files.iter().zip(kinds) {
        let report = read(file, &Config::default()).finish();
        assert_eq!(report.warnings, [FileWarning::NotRead { kind }], "{}", file.source);
        if kind == UnreadKind::NestedArchive {
            // It is no archive, so that nobody knows what is in it.
            assert_eq!((report.outcome, &*report.hash), (ReadOutcome::Unreadable, ""));
            continue;
        }
        assert_eq!(Ok(report.hash), file.content_hash().map_err(|_| ()), "{}", file.source);
        assert_eq!(report.outcome, ReadOutcome::Binary);
    }
}

#[test]
fn what_belongs_to_a_file_that_is_skipped_is_a_file_of_its_own() {
    let folder = folder_with(&["A05.txt", "A05.jpg", "note.txt"]);
    let at = |name: &str| folder.path().join(name);
    let mets = "<mets xmlns:xlink='http://www.w3.org/1999/xlink'><fileSec><fileGrp><file ID='a'>\
        <FLocat xlink:href='1.xml'/></file></fileGrp></fileSec></mets>";
    fs::write(at("1938.mets.xml"), mets).expect("a file");
    fs::write(at("1.xml"), "<alto/>").expect("a file");
    let walked = walk_by("", folder.path(), &[]);
    assert_eq!(sources(&walked), ["1938.mets.xml", "A05.txt", "note.txt"]);
    assert!(walked.is_part("1.xml"));
    for named in ["1.xml", "1938.mets.xml"] {
        let walked = walk_by("", folder.path(), &[at(named)]);
        assert_eq!(sources(&walked), ["1938.mets.xml"], "a page is read with its issue");
        assert!(walked.is_part("1.xml"));
    }
    let walked = walk_by(&skipping("{A05.txt,1938*,nosuch/**}"), folder.path(), &[]);
    assert_eq!(sources(&walked), ["1.xml", "A05.jpg", "note.txt"]);
    let walked = walk_by(&skipping("1938*"), folder.path(), &[at("1.xml")]);
    assert_eq!(sources(&walked), ["1.xml"]);
}

#[test]
fn an_entry_about_no_file_is_told() {
    let folder = folder_with(&["a.txt"]);
    let settings = skipping("nosuch/**") + "[[files]]\nglob = \"*.txt\"\npage = \"1\"\n";
    let glob = "nosuch/**".to_owned();
    let told = [("corpus.toml:2".to_owned(), FileWarning::GlobWithoutFile { glob })];
    assert_eq!(walk_by(&settings, folder.path(), &[]).warnings, told);
    let named = [folder.path().join("a.txt")];
    assert!(walk_by(&settings, folder.path(), &named).warnings.is_empty(), "not all is looked at");
}

#[test]
fn a_pdf_file_that_calls_itself_something_else_is_known_by_its_content() {
    let folder = folder_with(&["b.rar"]);
    std::fs::write(folder.path().join("a.ppt"), b"%PDF-1.4\nnothing").expect("a file");
    let walked = walk(folder.path(), &[]);
    for file in &walked.files {
        let report = read(file, &Config::default()).finish();
        let hash = file.content_hash().expect("readable");
        assert_eq!(report.hash, hash, "{}: it would be read at every ingest", file.source);
    }
    assert_eq!(sources(&walked), ["a.ppt", "b.rar"]);
}
