//! Texts, web pages and articles as files, whole, in parts and bad ones.

use std::fs;

use super::chunks::ChunkLimit;
use super::read::{FileReader, MAX_CHUNK};
use super::{Chunk, Config, ReadOutcome, ReadReport, read, walk};
use crate::model::{FileWarning, SourceText, UnreadKind};

/// Reads a file with this name and content; returns its chunks and its report.
fn read_as(name: &str, bytes: &[u8], chunk: ChunkLimit) -> (Vec<Chunk>, ReadReport) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    let walked = walk(folder.path(), &[]);
    let mut reader = FileReader::new(&walked.files[0], &Config::default(), chunk);
    let chunks = reader.by_ref().collect();
    (chunks, reader.finish())
}

fn texts(chunks: Vec<Chunk>) -> Vec<SourceText> {
    let text = |chunk| match chunk {
        Chunk::Text(text) => *text,
        Chunk::Articles(_) => panic!("a text was expected"),
    };
    chunks.into_iter().map(text).collect()
}

#[test]
fn a_text_is_read_with_its_lines_hash_and_what_its_path_says() {
    let bytes = b"\xef\xbb\xbf\xe4\xb8\x80\r\n\r\nb";
    let (chunks, report) = read_as("2023-02-10_A05.txt", bytes, MAX_CHUNK);
    let text = &texts(chunks)[0];
    assert_eq!((text.text.as_str(), text.lines.len()), ("一\n\nb", 3));
    assert_eq!(text.path, "2023-02-10_A05.txt");
    assert_eq!(text.meta.page.as_deref(), Some("A05"));
    assert!(text.meta.issue_date.is_some());
    assert_eq!(report.hash, blake3::hash(bytes).to_hex().to_string());
    assert_eq!((report.outcome, report.bytes), (ReadOutcome::Read, bytes.len() as u64));
    assert_eq!((report.encoding, report.warnings.len()), ("utf-8", 0));
}

#[test]
fn a_text_too_large_to_be_held_comes_in_parts_whose_lines_are_numbered_on() {
    let lines: Vec<_> = (1..=300).map(|n| format!("第{n}行\n\n")).collect();
    let text = lines.concat();
    let (whole, _) = read_as("a.txt", text.as_bytes(), MAX_CHUNK);
    let (parts, report) =
        read_as("a.txt", text.as_bytes(), ChunkLimit { bytes: 1000, ..MAX_CHUNK });
    let parts = texts(parts);
    assert!(parts.len() > 3);
    assert!(parts.iter().all(|part| part.text.len() <= 1000));
    assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
    let numbers = parts.iter().flat_map(|part| part.lines.iter().map(|line| line.number));
    assert!(numbers.eq(1..=600));
    assert_eq!(texts(whole)[0].lines.len(), 600);
    assert_eq!(report.hash, blake3::hash(text.as_bytes()).to_hex().to_string());
    assert_eq!(report.warnings, [FileWarning::InParts { megabytes: 0, lines: 100_000 }]);
}

#[test]
fn a_text_of_very_many_lines_comes_in_parts_too() {
    for (word, encoding) in [("一\n", "utf-8"), ("一\n\n", "utf-8"), ("一\n", "utf-16le")] {
        let text = word.repeat(500);
        let bytes = match encoding {
            "utf-8" => text.clone().into_bytes(),
            _ => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        };
        let (parts, report) = read_as("a.txt", &bytes, ChunkLimit { lines: 90, ..MAX_CHUNK });
        let parts = texts(parts);
        assert!(parts.len() > 5 && parts.iter().all(|part| part.lines.len() <= 90));
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
        assert_eq!(report.hash, blake3::hash(&bytes).to_hex().to_string());
        assert_eq!((report.bytes, report.outcome), (bytes.len() as u64, ReadOutcome::Read));
        assert_eq!(report.warnings, [FileWarning::InParts { megabytes: 64, lines: 90 }]);
    }
}

#[test]
fn a_line_of_ten_megabytes_is_one_line() {
    let (chunks, report) = read_as("a.txt", "行".repeat(3_500_000).as_bytes(), MAX_CHUNK);
    assert_eq!(texts(chunks)[0].lines.len(), 1);
    assert_eq!((report.outcome, report.warnings.len()), (ReadOutcome::Read, 0));
}

#[test]
fn each_sort_of_bad_file_has_its_own_warning() {
    for (name, bytes) in
        [("a.txt", &b""[..]), ("a.md", b" \r\n\n"), ("a.jsonl", b"\n"), ("a.html", b"<p>")]
    {
        let (_, report) = read_as(name, bytes, MAX_CHUNK);
        assert_eq!(report.outcome, ReadOutcome::Empty);
        assert_eq!(report.warnings, [FileWarning::Empty]);
    }
    let noise: Vec<u8> =
        (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["a.txt", "a.html"] {
        let (chunks, report) = read_as(name, &noise, MAX_CHUNK);
        assert_eq!((chunks.len(), report.outcome), (0, ReadOutcome::Binary));
        assert_eq!(report.hash, blake3::hash(&noise).to_hex().to_string());
        assert_eq!(report.warnings, [FileWarning::NotText]);
    }
    let (chunks, report) = read_as("a.txt", "一二三四五六七八\n九\0十".as_bytes(), MAX_CHUNK);
    assert_eq!(texts(chunks)[0].text, "一二三四五六七八\n九 十");
    assert_eq!(report.warnings, [FileWarning::ZeroBytes { count: 1 }]);
    let (chunks, report) = read_as(
        "a.txt",
        b"plain\nplain \xff plain \xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80",
        MAX_CHUNK,
    );
    assert_eq!((chunks.len(), report.outcome), (1, ReadOutcome::Read));
    let (count, encoding, line) = (1, "utf-8".to_owned(), 2);
    assert_eq!(report.warnings, [FileWarning::BadBytes { count, encoding, line }]);
    let (chunks, report) = read_as("a.jsonl.zst", b"not zstd at all", MAX_CHUNK);
    assert_eq!((chunks.len(), report.outcome), (0, ReadOutcome::Unreadable));
    assert!(matches!(report.warnings[..], [FileWarning::Unreadable { .. }]), "{report:?}");
}

#[test]
fn what_is_no_plain_text_is_recognised_whatever_its_name_says() {
    let (chunks, report) = read_as("a.txt", b"{\\rtf1\\ansi text}", MAX_CHUNK);
    assert_eq!((chunks.len(), report.outcome), (0, ReadOutcome::Binary));
    assert_eq!(report.warnings, [FileWarning::RichText]);
    let page = "\u{feff}\n<!DOCTYPE html><html><body><p>渡口开渡。</p></body></html>";
    let (chunks, report) = read_as("a.txt", page.as_bytes(), MAX_CHUNK);
    assert_eq!(texts(chunks)[0].text, "渡口开渡。\n");
    assert!(report.warnings.is_empty());
    let saved = "<?xml version='1.0'?><!-- saved from url=(0019)http://example.cn -->";
    let saved = format!("{saved}{}", page.trim_start_matches('\u{feff}'));
    let (chunks, _) = read_as("a.txt", saved.as_bytes(), MAX_CHUNK);
    assert_eq!(texts(chunks)[0].text, "渡口开渡。\n");
    let about = "<html>标签怎么用？\n先写标签。";
    let (chunks, _) = read_as("a.txt", about.as_bytes(), MAX_CHUNK);
    assert_eq!(texts(chunks)[0].text, about);
    let (chunks, report) =
        read_as("a.txt", "\x1b[1;31m渡口\x1b[0m开渡。\x1b[2K".as_bytes(), MAX_CHUNK);
    assert_eq!(texts(chunks)[0].text, "渡口开渡。");
    assert_eq!(report.warnings, [FileWarning::TerminalCodes { count: 3 }]);
    let (_, report) = read_as("a.ppt", b"%PDF-1.4", MAX_CHUNK);
    assert_eq!(report.warnings, [FileWarning::PdfDamaged]);
    let (chunks, report) = read_as("a.ppt", b"slides", MAX_CHUNK);
    assert_eq!((chunks.len(), report.outcome), (0, ReadOutcome::Binary));
    assert_eq!(report.warnings, [FileWarning::NotRead { kind: UnreadKind::Slides }]);
    let deep = format!("<html>{}渡口{}", "<div>".repeat(3000), "</div>".repeat(3000));
    let (chunks, report) = read_as("a.html", deep.as_bytes(), MAX_CHUNK);
    assert_eq!(texts(chunks)[0].text.trim(), "渡口");
    assert_eq!(report.warnings, [FileWarning::NestedTooDeep { levels: 512 }]);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.jsonl");
    fs::write(&path, "{\"body\":\"一\"}\n").expect("written");
    let walked = walk(folder.path(), &[]);
    let mut reader = read(&walked.files[0], &Config::default());
    assert!(reader.next().is_some());
    fs::write(&path, "{\"body\":\"一\"}\n{\"body\":\"二\"}\n").expect("written");
    let report = reader.finish();
    assert_eq!(report.outcome, ReadOutcome::Changed);
    assert_eq!(report.warnings, [FileWarning::ChangedWhileRead]);
}

#[test]
fn a_file_that_is_gone_is_unreadable() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), "一").expect("written");
    let walked = walk(folder.path(), &[]);
    fs::remove_file(folder.path().join("a.txt")).expect("removed");
    let report = read(&walked.files[0], &Config::default()).finish();
    assert_eq!(report.outcome, ReadOutcome::Unreadable);
    assert!(matches!(report.warnings[..], [FileWarning::Unreadable { .. }]), "{report:?}");
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
