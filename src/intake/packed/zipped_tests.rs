//! ZIP archives, whole and damaged.

use std::fs;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::intake::{
    Chunk, Config, ReadOutcome, ReadReport, WalkResult, publication_folder, read, siblings, walk,
};
use crate::model::UnreadKind;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("complete").into_inner()
}

fn corpus(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("its folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }
    folder
}

/// What is said of the archive that stands for itself.
pub(super) fn told_of_archive(walked: &WalkResult) -> FileWarning {
    let archive = walked.files.iter().find(|file| file.packed.is_none()).expect("an archive");
    let report = read(archive, &Config::default()).finish();
    assert_eq!((report.outcome, report.warnings.len()), (ReadOutcome::Unreadable, 1));
    report.warnings.into_iter().next().expect("a warning")
}

#[test]
fn an_archive_is_a_folder_of_the_texts_in_it() {
    let page = archive(&[
        ("2023/02-10/A05.txt", "渡口复航。".as_bytes()),
        ("2023/a\\b.TXT", "水位".as_bytes()),
        ("../../up.txt", b"up"),
        ("p.swf", b"x"),
        (".hidden/x.txt", b"x"),
        ("__MACOSX/._A05.txt", b"x"),
        ("inner.zip", b"x"),
        ("items.jsonl", "{\"body\":\"一\"}\n".as_bytes()),
    ]);
    let folder = corpus(&[("daily/old.zip", &page), ("daily/b.txt", b"b"), ("top.zip", &page)]);
    let walked = walk(folder.path(), &[]);
    let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
    let expected: Vec<String> = ["daily/old.zip", "top.zip"]
        .iter()
        .flat_map(|zip| {
            ["2023/02-10/A05.txt", "2023/a/b.TXT", "inner.zip", "items.jsonl", "up.txt"]
                .map(|name| format!("{zip}/{name}"))
        })
        .collect();
    let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    expected.insert(0, "daily/b.txt");
    assert_eq!(sources, expected);
    assert_eq!((walked.hidden, walked.twice, walked.warnings.len()), (4, 0, 0));
    assert_eq!(walked.other.get("swf"), Some(&2));

    let page = &walked.files[1];
    let bytes = "渡口复航。".as_bytes();
    let hash = blake3::hash(bytes).to_hex().to_string();
    assert_eq!(page.bytes, bytes.len() as u64);
    assert_eq!(page.content_hash().expect("read"), hash);
    let mut reader = read(page, &Config::default());
    let Some(Chunk::Text(text)) = reader.next() else { panic!("a text") };
    assert_eq!((text.text.as_str(), text.path.as_str()), ("渡口复航。", page.source.as_str()));
    assert_eq!(
        text.meta.issue_date.map(|(date, _)| date.to_string()).as_deref(),
        Some("2023-02-10")
    );
    let report = reader.finish();
    assert_eq!((report.outcome, report.hash, report.warnings), (ReadOutcome::Read, hash, vec![]));

    assert_eq!(publication_folder(page), folder.path().join("daily"));
    let beside: Vec<String> = siblings(page, 100).into_iter().map(|file| file.source).collect();
    let names = ["b.txt", "old.zip/2023/02-10/A05.txt", "old.zip/2023/a/b.TXT", "old.zip/up.txt"];
    assert_eq!(beside, names);
    let top = walked.files.iter().find(|file| file.source == "top.zip/up.txt").expect("found");
    assert_eq!(publication_folder(top), folder.path());
}

#[test]
fn names_in_gbk_are_read() {
    assert_eq!(path_of(b"\xb6\xc9\xbf\xda/a.txt"), "渡口/a.txt");
    assert_eq!(path_of("渡口\\..\\a.txt".as_bytes()), "渡口/a.txt");
}

fn report_on(folder: &Path) -> ReadReport {
    read(&walk(folder, &[]).files[0], &Config::default()).finish()
}

#[test]
fn damaged_archives_are_named_and_what_was_read_of_them_stays() {
    let whole = archive(&[("a.txt", b"a")]);
    let folder = corpus(&[("a.zip", &whole[..whole.len() - 9])]);
    let walked = walk(folder.path(), &[]);
    assert!(matches!(told_of_archive(&walked), FileWarning::Unreadable { .. }));
    assert!(!walked.covers("a.zip/a.txt") && walked.covers("b.txt"));

    let mut locked = whole.clone();
    let directory = whole.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    (locked[6], locked[directory + 8]) = (1, 1);
    let report = report_on(corpus(&[("a.zip", &locked)]).path());
    assert_eq!(report.outcome, ReadOutcome::Unreadable);
    assert_eq!(report.warnings, [FileWarning::Encrypted]);
}

#[test]
fn a_file_that_is_damaged_in_its_archive_is_named_and_the_others_are_read() {
    let mut bytes = archive(&[("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c")]);
    let heads: Vec<usize> = memchr::memmem::find_iter(&bytes, b"PK\x03\x04").collect();
    bytes[heads[1]] = b'X';
    let folder = corpus(&[("a.zip", &bytes)]);
    let walked = walk(folder.path(), &[]);
    assert!(walked.warnings.is_empty() && walked.covers("a.zip/b.txt"));
    let outcomes: Vec<(String, ReadOutcome)> = walked
        .files
        .iter()
        .map(|file| (file.source.clone(), read(file, &Config::default()).finish().outcome))
        .collect();
    let expected = [
        ("a.zip/a.txt", ReadOutcome::Read),
        ("a.zip/b.txt", ReadOutcome::Unreadable),
        ("a.zip/c.txt", ReadOutcome::Read),
    ];
    assert_eq!(outcomes, expected.map(|(name, outcome)| (name.to_owned(), outcome)));
}

#[test]
fn two_files_of_one_name_and_links_in_an_archive_are_told() {
    let mut bytes = archive(&[("a.txt", b"one"), ("b.txt", b"two")]);
    while let Some(at) = memchr::memmem::find(&bytes, b"b.txt") {
        bytes[at] = b'a';
    }
    let folder = corpus(&[("a.zip", &bytes)]);
    let walked = walk(folder.path(), &[]);
    assert_eq!(walked.files.len(), 1);
    assert!(matches!(&walked.warnings[..], [(_, FileWarning::NamesRepeated)]), "{walked:?}");
    assert!(walked.covers("a.zip/b.txt"), "all of it was listed, so what is not there was removed");

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("link.txt", "/etc/passwd", SimpleFileOptions::default()).expect("a link");
    let folder = corpus(&[("a.zip", &zip.finish().expect("complete").into_inner())]);
    let walked = walk(folder.path(), &[]);
    assert_eq!((walked.files.len(), walked.other.get("txt")), (0, Some(&1)));
}

#[test]
fn a_changed_file_in_an_archive_is_read_anew() {
    let folder = corpus(&[("a.zip", &archive(&[("a.txt", "渡口".as_bytes())]))]);
    let before = report_on(folder.path());
    let changed = archive(&[("a.txt", "开渡".as_bytes())]);
    fs::write(folder.path().join("a.zip"), &changed).expect("written");
    let modified = fs::File::options().append(true).open(folder.path().join("a.zip"));
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(9);
    modified.and_then(|file| file.set_modified(later)).expect("a time");
    let after = report_on(folder.path());
    assert_eq!(before.hash, blake3::hash("渡口".as_bytes()).to_hex().to_string());
    assert_eq!(after.hash, blake3::hash("开渡".as_bytes()).to_hex().to_string());
}

#[test]
fn an_archive_that_is_without_end_when_unpacked_is_refused() {
    let blanks = " ".repeat(9 << 20);
    let folder = corpus(&[(
        "a.zip",
        &archive(&[("a.txt", blanks.as_bytes()), ("b.txt", blanks.as_bytes())]),
    )]);
    let walked = walk(folder.path(), &[]);
    assert_eq!(told_of_archive(&walked), FileWarning::ArchiveTooLarge { megabytes: 16 });
}

#[test]
fn a_document_that_is_called_an_archive_is_a_document() {
    let book = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", "<d><p>渡口</p></d>".as_bytes()),
    ]);
    let folder = corpus(&[("a.zip", &book)]);
    let walked = walk(folder.path(), &[]);
    assert_eq!(walked.files[0].source, "a.zip");
    let mut reader = read(&walked.files[0], &Config::default());
    let Some(Chunk::Text(text)) = reader.next() else { panic!("a text") };
    assert_eq!(text.text, "渡口\n");
}

#[test]
fn the_files_of_an_archive_in_an_archive_are_read_and_no_deeper_ones() {
    let deepest = archive(&[("c.txt", b"c")]);
    let inner =
        archive(&[("1/b.txt", "渡口复航。".as_bytes()), ("x.swf", b"x"), ("c.zip", &deepest)]);
    let outer = archive(&[("a.txt", b"a"), ("in/b.zip", &inner), ("broken.zip", &inner[..90])]);
    let folder = corpus(&[("old.zip", &outer)]);
    let walked = walk(folder.path(), &[]);
    let told = |source: &str| {
        let file = walked.files.iter().find(|file| file.source == source).expect("it is there");
        let mut reader = read(file, &Config::default());
        let text = reader.next().map(|chunk| match chunk {
            Chunk::Text(text) => text.text,
            Chunk::Articles(_) => panic!("a text was expected"),
        });
        (text, reader.finish().warnings)
    };
    let sources: Vec<&str> = walked.files.iter().map(|file| file.source.as_str()).collect();
    let [a, broken, b, c] = sources[..] else { panic!("{sources:?}") };
    assert_eq!((a, broken), ("old.zip/a.txt", "old.zip/broken.zip"));
    assert_eq!((b, c), ("old.zip/in/b.zip/1/b.txt", "old.zip/in/b.zip/c.zip"));
    assert_eq!(walked.other.get("swf"), Some(&1));
    assert_eq!(told(b), (Some("渡口复航。".to_owned()), Vec::new()));
    let kind = UnreadKind::NestedArchive;
    assert_eq!(told(c), (None, vec![FileWarning::NotRead { kind }]));
    assert_eq!(told(broken), (None, vec![FileWarning::NotRead { kind }]));
    assert_eq!(publication_folder(&walked.files[2]), folder.path());
}

#[test]
fn archives_in_an_archive_are_no_larger_than_it_may_be() {
    // Each of them is small for its own size, and all are large for that of the outer one.
    let zeros = vec![0; 12 << 20];
    let inner = archive(&[("a.txt", &zeros)]);
    let folder = corpus(&[("a.zip", &archive(&[("1.zip", &inner), ("2.zip", &inner)]))]);
    let files = walk(folder.path(), &[]).files;
    let sources: Vec<&str> = files.iter().map(|file| file.source.as_str()).collect();
    assert_eq!(sources, ["a.zip/1.zip/a.txt", "a.zip/2.zip"]);
}
