//! An index with a damaged file, an index of another corpus, a place that is full: what is said, and
//! what can be done.

use std::fs;
use std::path::PathBuf;

use crate::place::Place;

/// The files of the index with this ending.
fn files(place: &Place, ending: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(place.path().join("index")).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.expect("readable").into_path());
    paths.filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending)).collect()
}

fn flip(path: &PathBuf) {
    let mut bytes = fs::read(path).expect("a file of the index");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 16;
    fs::write(path, bytes).expect("written");
}

#[test]
fn no_command_prints_a_wrong_answer_or_a_panic_from_a_damaged_file() {
    let place = Place::with_articles();
    let commands: [&[&str]; 8] = [
        &["search", "栏杆 OR 公路", "--explain"],
        &["search", "--district", "登封市", "--sort", "newest", "--format", "json"],
        &["export", "--format", "csv"],
        &["stats"],
        &["trend", "茶", "--by", "month"],
        &["check", "--all"],
        &["check", "--literals", "20"],
        &["show", &place.id_of("老桥换上新栏杆"), "--reprints"],
    ];
    let sound: Vec<_> = commands.iter().map(|command| place.run(command)).collect();
    for path in files(&place, "") {
        let whole = fs::read(&path).expect("a file of the index");
        if whole.is_empty() || path.ends_with(".managed.json") {
            continue;
        }
        flip(&path);
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        for (command, sound) in commands.iter().zip(&sound) {
            let ran = place.run(command);
            assert!(!ran.stderr.contains("panicked"), "{name}, {command:?}: {}", ran.stderr);
            if ran.code == 2 {
                assert!(ran.stderr.contains(&name), "{name}, {command:?}: {}", ran.stderr);
                assert!(ran.stderr.contains("`dibao ingest"), "{}", ran.stderr);
                assert!(sound.stdout.starts_with(&ran.stdout), "{name}, {command:?}");
            } else {
                assert_eq!(ran.stdout, sound.stdout, "{name}, {command:?}");
            }
        }
        let check = place.run(&["check", "--checksums"]);
        assert_eq!(check.code, 2, "{}", check.stdout);
        assert!(check.stdout.contains(&name), "{}", check.stdout);
        fs::write(&path, whole).expect("written");
    }
}

#[test]
fn the_check_of_the_files_says_what_is_damaged_and_what_repairs_it() {
    let place = Place::with_articles();
    let ran = place.run(&["check", "--checksums"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(ran.stdout.ends_with(" MB: all as they were written\n"), "{}", ran.stdout);
    let order =
        files(&place, "").into_iter().find(|path| path.to_string_lossy().contains("order-"));
    flip(&order.expect("an order"));
    let ran = place.run(&["check", "--checksums"]);
    assert_eq!(ran.code, 2);
    let first = ran.stdout.lines().next().expect("a line");
    assert!(
        first.contains("order-") && first.ends_with("`dibao ingest` makes it again"),
        "{first}"
    );
    let healed = place.run(&["ingest"]);
    assert_eq!(healed.code, 0, "{}", healed.stderr);
    assert!((healed.stdout + &healed.stderr).contains("it was made again"));
    assert_eq!(place.run(&["check", "--checksums"]).code, 0);
    flip(&files(&place, ".store")[0]);
    let json = place.run(&["check", "--checksums", "--format", "json"]).json();
    assert_eq!(json["damaged"][0]["damage"], "altered");
    assert_eq!(json["damaged"][0]["mend"], "rebuild");
    let zh = place.run_chinese(&["check", "--checksums"]);
    assert!(zh.stdout.contains("文件已损坏，内容与校验和不符；请用 `dibao ingest --rebuild`"));
    let ran = place.run(&["ingest"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains(".store: damaged") && ran.stderr.contains("--rebuild"));
    assert_eq!(place.run(&["ingest", "--rebuild"]).code, 0);
    assert_eq!(place.run(&["check", "--checksums"]).code, 0);
}

#[test]
fn an_empty_or_another_corpus_is_refused_until_it_is_asked_for() {
    let place = Place::with_articles();
    let other = place.path().join("other");
    fs::create_dir(&other).expect("a folder");
    for arguments in [&["ingest", "--rebuild"][..], &["ingest"]] {
        let ran = place.run(&[arguments, &["--corpus", "other"]].concat());
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("not the corpus that the index"), "{}", ran.stderr);
        let zh = place.run_chinese(&[arguments, &["--corpus", "other"]].concat());
        assert!(zh.stderr.contains("与建立索引"), "{}", zh.stderr);
    }
    fs::remove_file(place.path().join("corpus/paper.jsonl")).expect("removed");
    let ran = place.run(&["ingest", "--rebuild"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no files to ingest"), "{}", ran.stderr);
    assert!(place.run_chinese(&["ingest"]).stderr.contains("没有可入库的文件"));
    assert_eq!(place.run(&["search", "栏杆"]).code, 0);
    assert_eq!(place.run(&["ingest", "--allow-empty"]).code, 0);
    assert_eq!(place.run(&["search", "栏杆"]).code, 1);
    assert_eq!(place.run(&["ingest", "--corpus", "other", "--another-corpus"]).code, 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_is_full_is_said_to_be_with_what_to_do() {
    let place = Place::with_articles();
    for arguments in [&["export"][..], &["search", "栏杆"], &["stats"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
        let output = place.command(arguments).stdout(full).output().expect("the program runs");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("No space left on device"), "{said}");
        assert!(said.ends_with("; free some space and run the command again\n"), "{said}");
    }
    let said = place.run(&["export", "--format", "csv", "-o", "/dev/full"]).stderr;
    assert!(said.contains("/dev/full: No space left on device"), "{said}");
}
