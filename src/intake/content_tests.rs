//! Files whose names say something else than their content, and documents that are pictures.

use std::fs;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Chunk, Config, ReadOutcome, read, walk};
use crate::model::{FailureReason, FileWarning, UnreadKind};

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("complete").into_inner()
}

/// The text of the only file of a corpus with this name and content, what became of it and what is said of it.
fn told(name: &str, bytes: &[u8]) -> (String, ReadOutcome, Vec<FileWarning>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let files = walk(folder.path(), &[]).files;
    let mut reader = read(&files[0], &Config::default());
    let texts = reader.by_ref().map(|chunk| match chunk {
        Chunk::Text(text) => text.text,
        Chunk::Articles(_) => panic!("a text was expected"),
    });
    let text: String = texts.collect();
    let report = reader.finish();
    (text.trim().to_owned(), report.outcome, report.warnings)
}

const RAR: &[u8] = b"Rar!\x1a\x07\x01\0\x33\x92\xb5\xe5\0\0\0\0\0\0\0\0\0\0\0\0";

#[test]
fn what_is_read_by_its_content_is_read_whatever_it_is_called() {
    let newspaper: &[u8] = include_bytes!("../../tests/layout/newspaper.pdf");
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n";
    let text = include_str!("../../tests/layout/newspaper.txt").trim();
    for (name, before) in
        [("a.pdf", &head[..]), ("a.pdf", b"\0\0\0"), ("a.zip", b""), ("a.ceb", b""), ("a.rar", b"")]
    {
        let (read, outcome, warnings) = told(name, &[before, newspaper].concat());
        assert_eq!((read.as_str(), outcome, warnings), (text, ReadOutcome::Read, vec![]), "{name}");
    }
    for name in ["a.doc", "a.pdf", "a.docx"] {
        let (read, outcome, _) = told(name, "渡口复航，票价不变。".as_bytes());
        assert_eq!((read.as_str(), outcome), ("渡口复航，票价不变。", ReadOutcome::Read), "{name}");
    }
}

#[test]
fn what_is_not_read_is_called_what_it_is() {
    let kind_of = |name: &str, bytes: &[u8]| match &told(name, bytes).2[..] {
        [FileWarning::NotRead { kind }] => Some(*kind),
        _ => None,
    };
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\x02\0\xfd\xff\0\0\0\0\0\0\0\0\0";
    for name in ["a.zip", "a.tar", "a.warc", "a.txt", "a.docx", "a.pdf"] {
        assert_eq!(kind_of(name, RAR), Some(UnreadKind::Archive), "{name}");
    }
    assert_eq!(kind_of("a.txt", gzip), Some(UnreadKind::Archive));
    assert_eq!(kind_of("a.txt", b"MZ\x90\0\x03\0\0\0\x04\0\0\0"), Some(UnreadKind::Program));
    assert_eq!(kind_of("a.md", b"\0\0\0\x18ftypmp42\0\0\0\0"), Some(UnreadKind::Media));
    for (name, kind) in [
        ("a.ceb", UnreadKind::Apabi),
        ("a.PDG", UnreadKind::Superstar),
        ("a.xps", UnreadKind::Xps),
        ("a.azw3", UnreadKind::Book),
        ("a.dbf", UnreadKind::Database),
        ("a.eml", UnreadKind::Mail),
        ("a.s92", UnreadKind::Typeset),
    ] {
        assert_eq!(kind_of(name, b"\x01\x02\0"), Some(kind), "{name}");
    }
    let garbage = b"\x01\x02\0\x03\0\0".repeat(50);
    let ending = ".pdf".to_owned();
    assert_eq!(told("a.PDF", &garbage).2, [FileWarning::NotItsForm { ending }]);
    assert_eq!(told("a.txt", &garbage).2, [FileWarning::NotText]);
    let reason = FailureReason::Malformed;
    assert_eq!(told("a.zip", &garbage).2, [FileWarning::Unreadable { reason }]);
    for name in ["a.zip", "a.tar", "a.tgz", "a.warc"] {
        let reason = FailureReason::BreaksOff;
        assert_eq!(told(name, b"").2, [FileWarning::Unreadable { reason }], "{name}");
    }
    // What an archive had before stays while a message is in its place.
    for name in ["a.zip", "a.tar", "a.tar.gz", "a.warc"] {
        let (_, outcome, warnings) = told(name, "<html>没有这个文件</html>".as_bytes());
        assert_eq!(outcome, ReadOutcome::Unreadable, "{name}");
        assert_eq!(warnings, [FileWarning::TextNotArchive], "{name}");
    }
}

#[test]
fn a_tape_that_a_server_unpacked_and_pages_for_readers_of_comics_are_archives() {
    let mut tape = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(6);
    header.set_cksum();
    tape.append_data(&mut header, "a.txt", "渡口".as_bytes()).expect("written");
    let tape = tape.into_inner().expect("complete");
    assert_eq!(told("a.tar.gz", &tape).0, "渡口");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.cbz"), package(&[("1.png", "x"), ("2.png", "x")]))
        .expect("written");
    let files = walk(folder.path(), &[]).files;
    let sources: Vec<&str> = files.iter().map(|file| file.source.as_str()).collect();
    assert_eq!(sources, ["a.cbz/1.png", "a.cbz/2.png"]);
}

#[test]
fn documents_of_pictures_say_so() {
    let relations =
        "<Relationships><Relationship Type='x/officeDocument' Target='d.xml'/></Relationships>";
    let word = |body: &str| {
        let document =
            format!("<w:document xmlns:w='w' xmlns:a='a'><w:body>{body}</w:body></w:document>");
        package(&[("_rels/.rels", relations), ("d.xml", &document)])
    };
    let picture = "<w:p><w:r><w:drawing><a:blip r:embed='1'/></w:drawing></w:r></w:p>";
    let without = |count| vec![FileWarning::PicturesWithoutText { count }];
    let scans = word(&picture.repeat(3));
    assert_eq!(told("a.docx", &scans), (String::new(), ReadOutcome::Empty, without(3)));
    let title = word(&format!("<w:p><w:r><w:t>渡口志</w:t></w:r></w:p>{picture}"));
    assert_eq!(told("a.docx", &title), ("渡口志".to_owned(), ReadOutcome::Read, without(1)));
    let text = "渡口今日复航。".repeat(9);
    let shown = word(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>{picture}"));
    assert_eq!(told("a.docx", &shown).2, []);
    let open = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<d><p><frame><image/></frame></p><p><frame><image/></frame></p></d>"),
    ]);
    assert_eq!(told("a.odt", &open), (String::new(), ReadOutcome::Empty, without(2)));
    let book = package(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<c><rootfile full-path='b.opf'/></c>"),
        ("b.opf", "<p><item id='a' href='a.html' media-type='text/html'/><itemref idref='a'/></p>"),
        ("a.html", "<html><body><img src='1.png'/><svg><image href='2.png'/></svg></body></html>"),
    ]);
    assert_eq!(told("a.epub", &book), (String::new(), ReadOutcome::Empty, without(2)));
    let page = "<html><body><IMG src='1.png'><p> </p></body></html>";
    assert_eq!(told("a.html", page.as_bytes()), (String::new(), ReadOutcome::Empty, without(1)));
    assert_eq!(told("a.docx", &word("")).2, [FileWarning::Empty]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_not_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("a.txt"));
    let walked = walk(folder.path(), &[]);
    assert_eq!(walked.warnings, [("a.txt".to_owned(), FileWarning::NoFile)]);
    assert!(walked.files.is_empty());
}
