//! Documents and archives in a corpus, from the ingest to the lines that an article came from.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::place::{Place, Ran};

/// A ZIP file of these parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("complete").into_inner()
}

/// A Word document with a headline and a paragraph.
fn word(title: &str, text: &str) -> Vec<u8> {
    let rels = "<Relationships><Relationship Type='http://x/officeDocument' Target='word/document.xml'/></Relationships>";
    let body = format!(
        "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>\
         <w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    zipped(&[("_rels/.rels", rels.as_bytes()), ("word/document.xml", body.as_bytes())])
}

const FERRY: &str = "本报讯 渡船昨日开行，两岸的人都来看，船工说一天要走二十趟，票价不变。";
const BRIDGE: &str = "本报讯 新桥昨日通车，从城里到对岸只要五分钟，公交也改走桥上，渡船照开。";
const TEA: &str = "本报讯 昨日天晴，山上的茶园都开了园，采茶的人背着篓子，一天能摘六斤青叶。";

fn write(place: &Place, name: &str, content: &[u8]) {
    std::fs::write(place.write(name, ""), content).expect("a file");
}

#[test]
fn articles_of_documents_and_archives_are_found_and_shown_in_their_files() {
    let place = Place::new();
    write(&place, "daily/2023-02-10.docx", &word("渡口重开", FERRY));
    let inner = word("新桥通车", BRIDGE);
    let page = format!("茶农清明前开园\n\n{TEA}\n");
    let packed = [("2023-02-11/A01.docx", &inner[..]), ("2023-02-12.txt", page.as_bytes())];
    write(&place, "old.zip", &zipped(&packed));
    write(&place, "lost.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on");

    // Where no office program is, which would be asked first.
    let ingest = || {
        let mut command = place.command(&["ingest"]);
        Ran::from(command.env("PATH", "").output().expect("the program runs"))
    };
    // What is of one file in an archive stands under its name there.
    let ran = place.run(&["split", "corpus/old.zip"]);
    let heads =
        ["corpus/old.zip/2023-02-11/A01.docx: 1 article", "corpus/old.zip/2023-02-12.txt: 1"];
    assert!(heads.iter().all(|head| ran.stdout.contains(head)), "{}", ran.stdout);
    let ran = place.run(&["split", "corpus/old.zip", "--explain"]);
    assert!(ran.stdout.starts_with("corpus/old.zip/2023-02-11/A01.docx\n"), "{}", ran.stdout);

    let ran = ingest();
    assert!(ran.stdout.contains("lost.doc: in the form of an office program"), "{}", ran.stdout);
    assert!(ran.stdout.contains("3 read"), "{}", ran.stdout);
    for (title, source, words) in [
        ("渡口重开", "daily/2023-02-10.docx", "二十趟"),
        ("新桥通车", "old.zip/2023-02-11/A01.docx", "五分钟"),
        ("茶农清明前开园", "old.zip/2023-02-12.txt", "茶园"),
    ] {
        let id = place.id_of(title);
        let shown = place.run(&["show", &id, "--format", "json"]);
        assert!(shown.stdout.contains(source), "{}", shown.stdout);
        let ran = place.run(&["show", &id, "--source"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{title}");
        let marked: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with('>')).collect();
        assert!(marked.iter().any(|line| line.contains(words)), "{}", ran.stdout);
    }
    let dated = place.run(&["search", "日期:2023-02-10", "--format", "jsonl"]);
    assert!(dated.stdout.contains("新桥通车"), "the issue's date is in its path: {}", dated.stdout);

    let ran = ingest();
    assert!(ran.stdout.contains("0 read") && ran.stdout.contains("0 removed"), "{}", ran.stdout);
    let id = place.id_of("新桥通车");
    write(&place, "old.zip", &zipped(&packed[1..]));
    let ran = place.run(&["show", &id, "--source"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("old.zip/2023-02-11/A01.docx"), "{}", ran.stderr);
    let ran = ingest();
    assert!(ran.stdout.contains("1 removed"), "{}", ran.stdout);
    assert_eq!(place.run(&["search", "新桥通车", "--all"]).code, 1);
    assert_eq!(place.run(&["search", "茶园"]).code, 0);
}

#[test]
fn lines_of_files_in_archives_outside_of_the_corpus_are_shown() {
    let place = Place::new();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let page = format!("茶农清明前开园\n\n{TEA}\n");
    for folder in ["x/f", "y/f"] {
        let folder = elsewhere.path().join(folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let other = format!("渡口重开\n\n{FERRY}\n");
        let text = if folder.ends_with("x/f") { &page } else { &other };
        let parts = [("in/a.txt", text.as_bytes()), ("a.txt", &b"x"[..])];
        std::fs::write(folder.join("old.zip"), zipped(&parts)).expect("a file");
    }
    let [one, other] =
        ["x/f", "y/f"].map(|folder| elsewhere.path().join(folder).display().to_string());
    let ran = place.run(&["ingest", &one, &other]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (title, words) in [("茶农清明前开园", "茶园"), ("渡口重开", "二十趟")] {
        let id = place.id_of(title);
        let ran = place.run(&["show", &id, "--source"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{title}");
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
    }
}

#[test]
fn why_a_document_is_not_read_is_said_in_both_languages() {
    let place = Place::new();
    write(&place, "a.docx", &zipped(&[("b.bin", b"b")]));
    let english = place.run(&["split", "corpus/a.docx"]);
    assert!(english.stderr.contains("unpack an archive"), "{}", english.stderr);
    let chinese = place.run_chinese(&["split", "corpus/a.docx"]);
    assert!(chinese.stderr.contains("压缩包请解压后再入库"), "{}", chinese.stderr);
}

#[test]
fn articles_stay_where_the_program_that_reads_their_file_is_missing() {
    let place = Place::new();
    let ingest = || {
        let mut command = place.command(&["ingest"]);
        Ran::from(command.env("PATH", "").output().expect("the program runs"))
    };
    write(&place, "2023-02-10.doc", format!("渡口重开\n\n{FERRY}\n").as_bytes());
    assert!(ingest().stdout.contains("1 read"));
    write(&place, "2023-02-10.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on");
    for _ in 0..2 {
        let ran = ingest();
        assert!(ran.stdout.contains("in the form of an office program"), "{}", ran.stdout);
        assert!(ran.stdout.contains("0 unchanged") && ran.code != 0, "{}", ran.stdout);
        assert_eq!(place.run(&["search", "二十趟"]).code, 0);
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "says what it leaves out")]
fn old_documents_are_read_where_an_office_program_is() {
    if std::process::Command::new("soffice").arg("--version").output().is_err() {
        eprintln!("left out: there is no soffice on the path, which reads .rtf, .doc and .wps");
        return;
    }
    let place = Place::new();
    let escaped = |text: &str| -> String {
        text.encode_utf16().fold(String::new(), |mut all, unit| {
            std::fmt::Write::write_fmt(&mut all, format_args!("\\u{}?", unit.cast_signed()))
                .expect("text");
            all
        })
    };
    let rich =
        format!(r"{{\rtf1\ansi\uc1{{\b {}}}\par {}\par}}", escaped("渡口重开"), escaped(FERRY));
    place.write("daily/2023-02-10.rtf", &rich);
    let refused = || {
        let mut command = place.command(&["ingest"]);
        Ran::from(command.env("PATH", "").output().expect("the program runs"))
    };
    assert!(refused().stdout.contains("install LibreOffice"));
    // When one has come, what was refused is read without being asked for.
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("1 read"), "{}", ran.stdout);
    assert_eq!(place.run(&["search", "二十趟"]).code, 0);
    let ran = place.run(&["ingest"]);
    assert!(ran.stdout.contains("0 read, 1 unchanged"), "{}", ran.stdout);
}

#[test]
#[cfg(unix)]
fn a_document_is_converted_once_and_no_program_is_started_for_its_lines() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    let programs = tempfile::tempdir().expect("a folder");
    let at = |name: &str| programs.path().join(name);
    std::fs::write(at("made.docx"), word("渡口重开", FERRY)).expect("written");
    // It notes that it ran, and saves this document beside the one that it is given last.
    let script = format!(
        "#!/bin/sh\necho ran >> '{}'\nfor last; do :; done\ncp '{}' \"${{last%.*}}.docx\"\n",
        at("runs").display(),
        at("made.docx").display()
    );
    std::fs::write(at("soffice"), script).expect("written");
    std::fs::set_permissions(at("soffice"), PermissionsExt::from_mode(0o755)).expect("a program");
    let path = format!("{}:/usr/bin:/bin", programs.path().display());
    let run = |words: &[&str]| {
        let mut command = place.command(words);
        Ran::from(command.env("PATH", &path).output().expect("the program runs"))
    };
    let runs = || std::fs::read_to_string(at("runs")).expect("it ran").lines().count();

    write(&place, "2023-02-10.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on");
    assert!(run(&["ingest"]).stdout.contains("1 read"));
    let id = place.id_of("渡口重开");
    let shown = run(&["show", &id, "--source"]);
    assert!(shown.stdout.contains("二十趟"), "{} {}", shown.stdout, shown.stderr);
    assert_eq!(runs(), 1);
    std::fs::remove_dir_all(place.path().join("index/ocr")).expect("removed");
    let shown = run(&["show", &id, "--source"]);
    assert!(shown.stderr.contains("no longer kept"), "{} {}", shown.stdout, shown.stderr);
    assert_eq!(runs(), 1);
}
