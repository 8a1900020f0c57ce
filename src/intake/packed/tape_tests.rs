//! TAR archives, compressed or not, whole and damaged.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};

use super::zipped_tests::told_of_archive;
use crate::intake::{Chunk, Config, ReadOutcome, read, walk};
use crate::model::FileWarning;

/// An archive of these files, with a link and a device among them.
fn tape(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tape = Builder::new(Vec::new());
    for (kind, name) in [(EntryType::Symlink, "a-link.txt"), (EntryType::Char, "device.txt")] {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        tape.append_link(&mut header, name, "/etc/passwd").expect("written");
    }
    for (name, content) in files {
        let mut header = Header::new_gnu();
        header.set_size(content.len() as u64);
        // The library would not write a name that leads out of the folder.
        if name.len() < 100 {
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            tape.append(&header, *content).expect("written");
        } else {
            tape.append_data(&mut header, name, *content).expect("written");
        }
    }
    tape.into_inner().expect("complete")
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).expect("written");
    gzip.finish().expect("complete")
}

fn folder_with(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    folder
}

/// The texts in the archives of a folder, with their sources.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let files = walk(folder, &[]).files;
    let texts = files.iter().map(|file| {
        let mut reader = read(file, &Config::default());
        let text = reader.next().map(|chunk| match chunk {
            Chunk::Text(text) => text.text,
            Chunk::Articles(_) => panic!("a text was expected"),
        });
        let report = reader.finish();
        assert_eq!((report.outcome, report.warnings), (ReadOutcome::Read, vec![]));
        (file.source.clone(), text.expect("a text"))
    });
    texts.collect()
}

#[test]
fn a_tape_is_a_folder_of_the_files_in_it() {
    let long = format!("{}/2023-02-10/A05.txt", "旧报".repeat(40));
    let files: [(&str, &[u8]); 5] = [
        ("daily/2023-02-10/A05.txt", "渡口复航。".as_bytes()),
        (&long, "长名".as_bytes()),
        ("../../up.txt", b"up"),
        ("picture.swf", b"x"),
        (".hidden/a.txt", b"x"),
    ];
    let whole = tape(&files);
    for (name, bytes) in
        [("old.tar", whole.clone()), ("old.tar.gz", gzipped(&whole)), ("OLD.TGZ", gzipped(&whole))]
    {
        let folder = folder_with(name, &bytes);
        let walked = walk(folder.path(), &[]);
        assert_eq!((walked.hidden, &walked.warnings[..]), (1, &[][..]), "{name}");
        assert_eq!((walked.other.get("swf"), walked.other.get("link")), (Some(&1), Some(&2)));
        let expected =
            [("daily/2023-02-10/A05.txt", "渡口复航。"), ("up.txt", "up"), (long.as_str(), "长名")];
        let expected = expected.map(|(path, text)| (format!("{name}/{path}"), text.to_owned()));
        assert_eq!(texts(folder.path()), expected);
        let hash = walked.files[0].content_hash().expect("read");
        assert_eq!(hash, blake3::hash("渡口复航。".as_bytes()).to_hex().to_string());
        assert!(walked.covers(&format!("{name}/gone.txt")));
    }
}

#[test]
fn what_stands_before_damage_is_read_and_the_rest_is_not_taken_for_removed() {
    let whole = tape(&[("a.txt", b"first"), ("b.txt", &[b'x'; 5_000])]);
    let folder = folder_with("a.tar", &[&whole[..3_000], b"no header of a file"].concat());
    let walked = walk(folder.path(), &[]);
    assert_eq!(walked.files[1].source, "a.tar/a.txt");
    assert!(matches!(told_of_archive(&walked), FileWarning::Unreadable { .. }));
    assert!(!walked.covers("a.tar/b.txt"));
    let packed = gzipped(&whole);
    for bytes in [&packed[..packed.len() / 2], &b"no gzip at all"[..], b""] {
        let folder = folder_with("a.tgz", bytes);
        let walked = walk(folder.path(), &[]);
        let told = told_of_archive(&walked);
        assert!(matches!(told, FileWarning::Unreadable { .. } | FileWarning::TextNotArchive));
        assert_eq!(walked.files.len(), 1);
    }
}

#[test]
fn tapes_without_end_are_refused() {
    let folder = folder_with("a.tar.gz", &gzipped(&vec![0; 40 << 20]));
    let walked = walk(folder.path(), &[]);
    assert_eq!(told_of_archive(&walked), FileWarning::ArchiveTooLarge { megabytes: 16 });
    // A name that is as long as the archive.
    let mut tape = Builder::new(Vec::new());
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::GNULongName);
    header.set_size(1 << 20);
    header.set_cksum();
    tape.append(&header, &vec![b'n'; 1 << 20][..]).expect("written");
    let folder = folder_with("a.tar", &tape.into_inner().expect("complete"));
    let walked = walk(folder.path(), &[]);
    assert!(matches!(told_of_archive(&walked), FileWarning::Unreadable { .. }));
}
