//! Several who write decisions at once, and one who is killed while writing.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

use dibao::curation::{Corrections, CurationFolder};
use dibao::model::{Anchor, Change, Correction, EntryId, LineRange};

use super::*;

fn entry(by: &str, number: i64) -> Correction {
    Correction {
        id: EntryId::default(),
        article: None,
        anchor: Anchor {
            file: "镇报/一版.txt".into(),
            lines: vec![LineRange(1, 1)],
            ..Anchor::default()
        },
        change: Change::Page(number.to_string()),
        was: String::new(),
        by: by.to_owned(),
        at: jiff::Timestamp::from_millisecond(1_700_000_000_000 + number).unwrap(),
        why: "写".repeat(200),
    }
    .identified()
}

const WRITER: &str = "DIBAO_TEST_WRITER";

/// Writes entries until it is killed, or a hundred, and says of each when it is written.
#[test]
fn writing_process() {
    let Some(place) = std::env::var_os(WRITER) else { return };
    let place = place.into_string().unwrap();
    let (by, path) = place.split_once('@').unwrap();
    let folder = CurationFolder::new(path);
    for number in 0..100 {
        let entry = entry(by, number);
        let turn = folder.lock().unwrap();
        Corrections::add(&folder, std::slice::from_ref(&entry), &turn).unwrap();
        println!("written {}", entry.id);
    }
}

fn writer(by: &str, folder: &CurationFolder) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "curated_writers::writing_process", "--nocapture"]);
    command.env(WRITER, format!("{by}@{}", folder.path().display()));
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// The ids that a writer says it has written; it is killed after so many.
fn written(mut child: Child, kill_after: usize) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for line in lines {
        let line = line.unwrap();
        if let Some((_, id)) = line.split_once("written ") {
            ids.insert(id.to_owned());
        }
        if ids.len() == kill_after {
            let _ = child.kill();
        }
    }
    child.wait().unwrap();
    ids
}

fn ids_in(folder: &CurationFolder) -> BTreeSet<String> {
    let read = Corrections::load(folder).unwrap();
    assert_eq!((read.faults(), read.refused()), (&[][..], &[][..]));
    read.entries().iter().map(|entry| entry.id.0.clone()).collect()
}

#[test]
fn a_kill_while_writing_loses_nothing_that_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = CurationFolder::new(folder.path().join("k"));
    let mut all = BTreeSet::new();
    for (run, kill_after) in [1, 3, 9, 20, 45].into_iter().enumerate() {
        all.extend(written(writer(&format!("人{run}"), &folder), kill_after));
        let found = ids_in(&folder);
        assert!(all.is_subset(&found), "{:?}", all.difference(&found));
    }
    assert!(all.len() >= 78);
    let left: Vec<_> = fs::read_dir(folder.path().join("corrections/镇报")).unwrap().collect();
    assert!(left.len() <= 6, "what a kill leaves is hidden and not read: {left:?}");
}

#[test]
fn two_who_write_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = CurationFolder::new(folder.path().join("k"));
    let writers = [writer("甲", &folder), writer("乙", &folder)];
    let written: BTreeSet<String> =
        writers.into_iter().flat_map(|child| written(child, usize::MAX)).collect();
    assert_eq!(written.len(), 200);
    assert_eq!(ids_in(&folder), written);
}
