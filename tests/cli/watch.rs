//! `dibao watch` as a process: what comes, changes and goes in the corpus folder is in the index soon, and
//! nothing is lost when the folder, the index or the process is gone for a while.
//!
//! The tests wait for what has to come, as long as it takes up to a limit that nobody reaches; none of them
//! says how long something takes.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::place::{Place, articles, jsonl};

/// Nothing takes as long.
const PATIENCE: Duration = Duration::from_mins(5);

/// A watch that runs.
struct Watching {
    child: Child,
    events: Receiver<Value>,
}

impl Watching {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(&["watch", "--format", "jsonl", "--settle", "100ms"]);
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a process");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, events) = channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let event = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
                if sender.send(event).is_err() {
                    return;
                }
            }
        });
        Self { child, events }
    }

    /// The next event of this name.
    fn next(&self, name: &str) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) if event["event"] == name => return event,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => panic!("no {name} comes"),
                Err(RecvTimeoutError::Disconnected) => panic!("it ended before {name}"),
            }
        }
    }

    /// Waits until all these figures of the ingests from now on add up to at least as much, and gives all that
    /// they add up to.
    fn ingested(&self, wanted: &[(&str, u64)]) -> Value {
        let mut sums = serde_json::json!({"added": 0, "changed": 0, "removed": 0, "failed": 0});
        let is_less = |sums: &Value| {
            wanted.iter().any(|(name, count)| sums[name].as_u64().is_none_or(|sum| sum < *count))
        };
        while is_less(&sums) {
            let event = self.next("ingested");
            for name in ["added", "changed", "removed", "failed"] {
                let sum = sums[name].as_u64().zip(event[name].as_u64());
                sums[name] = sum.map(|(a, b)| a + b).into();
            }
        }
        sums
    }

    fn signal(&self, name: &str) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args([name, &process]).status().expect("kill");
        assert!(sent.success());
    }

    /// Asks it to stop as the system does, and gives back its exit code.
    fn stop(mut self) -> Option<i32> {
        self.signal("-TERM");
        self.child.wait().expect("an end").code()
    }
}

impl Drop for Watching {
    /// A test that fails leaves no process behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file of one article.
fn paper(title: &str) -> String {
    jsonl(&[serde_json::json!({
        "publication": "河畔晚报", "date": "2021-03-04", "title": title,
        "body": format!("{title}，两岸居民往来方便了许多。"), "districts": ["登封市"],
    })])
}

fn hits(place: &Place, query: &str) -> u64 {
    place.run(&["search", query, "--format", "json"]).json()["total"].as_u64().expect("a total")
}

#[test]
fn what_comes_changes_moves_and_goes_is_followed() {
    let place = Place::with_articles();
    let watching = Watching::start(&place, &[]);
    assert_eq!(watching.next("watching")["told"], true);
    let first = watching.next("ingested");
    assert_eq!((&first["added"], &first["changed"]), (&0.into(), &0.into()), "{first}");
    let new = place.write("2021/a.jsonl", &paper("新桥通车"));
    assert_eq!(watching.next("ingested")["added"], 1);
    assert_eq!(hits(&place, "新桥通车"), 1);
    // As editors save, with their copies beside it.
    place.write("2021/a.jsonl~", "old");
    place.write("2021/.a.jsonl.swp", "half");
    let temporary = place.write("2021/.a.tmp", &paper("新桥通车后"));
    fs::rename(&temporary, &new).expect("renamed");
    let changed = watching.next("ingested");
    assert_eq!((&changed["added"], &changed["changed"]), (&0.into(), &1.into()), "{changed}");
    let files = serde_json::json!([{"file": "2021/a.jsonl", "change": "changed"}]);
    assert_eq!(changed["files"], files);
    assert_eq!(hits(&place, "新桥通车后"), 1);
    fs::rename(place.path().join("corpus/2021"), place.path().join("corpus/2022")).expect("moved");
    watching.ingested(&[("added", 1), ("removed", 1)]);
    fs::remove_dir_all(place.path().join("corpus/2022")).expect("removed");
    watching.ingested(&[("removed", 1)]);
    assert_eq!(hits(&place, "新桥通车后"), 0);
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn a_file_that_is_written_bit_by_bit_is_there_as_a_whole_in_the_end() {
    let place = Place::with_articles();
    let watching = Watching::start(&place, &["--poll", "100ms", "--rescan", "1s"]);
    assert_eq!(watching.next("watching")["told"], false);
    watching.next("ingested");
    let path = place.write("long.jsonl", "");
    let mut file = File::options().append(true).open(&path).expect("the file");
    for number in 0..40 {
        let line = paper(&format!("第{number}座桥"));
        let (half, rest) = line.as_bytes().split_at(line.len() / 2);
        file.write_all(half).expect("half a line");
        thread::sleep(Duration::from_millis(10));
        file.write_all(rest).expect("the rest");
    }
    let until = Instant::now() + PATIENCE;
    while hits(&place, "两岸居民") != 40 {
        assert!(Instant::now() < until, "it never is");
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn a_corpus_that_is_away_costs_no_article() {
    let place = Place::with_articles();
    let (corpus, away) = (place.path().join("corpus"), place.path().join("away"));
    let watching = Watching::start(&place, &["--rescan", "1s"]);
    watching.next("ingested");
    fs::rename(&corpus, &away).expect("gone");
    assert_eq!(watching.next("waiting")["reason"], "no_folder");
    // As a place where nothing is mounted.
    fs::create_dir(&corpus).expect("an empty folder");
    assert_eq!(watching.next("waiting")["reason"], "no_files");
    assert_eq!(hits(&place, "栏杆"), 1);
    fs::remove_dir(&corpus).expect("gone");
    fs::rename(&away, &corpus).expect("back");
    watching.next("watching");
    place.write("new.jsonl", &paper("新桥通车"));
    let sums = watching.ingested(&[("added", 1)]);
    assert_eq!(sums["removed"], 0);
    assert_eq!((hits(&place, "栏杆"), hits(&place, "新桥通车")), (1, 1));
    assert_eq!(watching.stop(), Some(0));
    // So it is from the beginning.
    fs::rename(&corpus, &away).expect("gone");
    fs::create_dir(&corpus).expect("an empty folder");
    let watching = Watching::start(&place, &[]);
    assert_eq!(watching.next("waiting")["reason"], "no_files");
    assert_eq!(watching.stop(), Some(0));
    assert_eq!(hits(&place, "栏杆"), 1);
}

#[test]
fn wherever_it_is_killed_the_index_is_whole_and_free() {
    let place = Place::new();
    for round in 0..4 {
        let mut watching = Watching::start(&place, &[]);
        for number in 0..200 {
            let name = format!("{round}/{number}.jsonl");
            place.write(&name, &paper(&format!("第{round}轮第{number}座桥")));
        }
        // At the beginning, after some files are there, and after an ingest.
        match round {
            0 => {}
            1 => drop(watching.next("watching")),
            _ => drop(watching.next("ingested")),
        }
        thread::sleep(Duration::from_millis(50 * round));
        watching.signal("-KILL");
        watching.child.wait().expect("an end");
    }
    let watching = Watching::start(&place, &[]);
    watching.next("ingested");
    let until = Instant::now() + PATIENCE;
    while hits(&place, "两岸居民") != 800 {
        assert!(Instant::now() < until, "some are missing");
        thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(watching.stop(), Some(0));
    assert_eq!(place.run(&["check", "--checksums"]).code, 0);
    let ran = place.run(&["ingest", "--format", "json"]);
    assert_eq!((ran.code, &ran.json()["files_skipped"]), (0, &800.into()));
}

#[test]
fn it_stops_in_the_middle_of_an_ingest_and_what_was_done_is_kept() {
    let place = Place::new();
    for number in 0..3_000 {
        place.write(&format!("{number}.jsonl"), &paper(&format!("第{number}座桥")));
    }
    let watching = Watching::start(&place, &[]);
    watching.next("watching");
    let data = place.path().join("index/dibao.json");
    let until = Instant::now() + PATIENCE;
    while !data.exists() {
        assert!(Instant::now() < until, "it never begins");
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(watching.stop(), Some(0));
    assert_eq!(place.run(&["check", "--checksums"]).code, 0);
    let ran = place.run(&["ingest", "--format", "json"]);
    let summary = ran.json();
    let files = ["files_taken", "files_skipped"].map(|name| summary[name].as_u64().unwrap_or(0));
    assert_eq!(files.iter().sum::<u64>(), 3_000, "{summary}");
}

#[test]
fn two_thousand_files_that_are_moved_in_at_once_are_all_taken() {
    let place = Place::with_articles();
    let outside = place.path().join("outside");
    for folder in 0..20 {
        let folder = outside.join(folder.to_string());
        fs::create_dir_all(&folder).expect("a folder");
        for number in 0..100 {
            fs::write(folder.join(format!("{number}.jsonl")), paper("新桥通车")).expect("a file");
        }
    }
    let watching = Watching::start(&place, &[]);
    watching.next("ingested");
    fs::rename(&outside, place.path().join("corpus/inside")).expect("moved in");
    let sums = watching.ingested(&[("added", 2_000)]);
    assert_eq!((&sums["added"], &sums["changed"]), (&2_000.into(), &0.into()));
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn while_another_process_writes_to_the_index_it_waits() {
    let place = Place::with_articles();
    let lock = place.path().join("index/.dibao-writer.lock");
    let lock = File::options().create(true).append(true).open(lock).expect("the lock");
    lock.lock().expect("locked");
    let watching = Watching::start(&place, &[]);
    assert_eq!(watching.next("waiting")["reason"], "busy");
    lock.unlock().expect("free");
    watching.next("ingested");
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn settings_and_corrections_that_change_count_and_wrong_ones_are_told() {
    let place = Place::with_articles();
    let watching = Watching::start(&place, &[]);
    watching.next("ingested");
    place.write("corpus.toml", "[[files]]\nglob = \"*\"\nskipp = true\n");
    let failed = watching.next("failed");
    assert!(failed["error"].as_str().is_some_and(|error| error.contains("line 3")), "{failed}");
    fs::remove_file(place.path().join("corpus/corpus.toml")).expect("removed");
    watching.next("watching");
    place.write("draft.jsonl", &paper("草稿"));
    place.write("corpus.toml", "[[files]]\nglob = \"draft*\"\nskip = true\n");
    place.write("other.jsonl", &paper("新桥通车"));
    watching.ingested(&[("added", 1)]);
    assert_eq!((hits(&place, "草稿"), hits(&place, "新桥通车")), (0, 1));
    fs::remove_file(place.path().join("corpus/corpus.toml")).expect("removed");
    watching.ingested(&[("added", 1)]);
    assert_eq!(hits(&place, "草稿"), 1);
    let id = place.id_of("新桥通车");
    let ran = place.run(&["correct", &id, "--title", "新桥建成通车", "--later"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    watching.ingested(&[("changed", 1)]);
    assert_eq!(place.run(&["show", &id, "--format", "json"]).json()["title"], "新桥建成通车");
    assert_eq!(watching.stop(), Some(0));
}

/// An archive with such a file.
fn archive(title: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("1.jsonl", zip::write::SimpleFileOptions::default()).expect("a file");
    zip.write_all(paper(title).as_bytes()).expect("written");
    zip.finish().expect("a whole archive").into_inner()
}

#[test]
fn an_archive_that_breaks_off_is_told_and_one_that_goes_takes_its_articles_along() {
    let place = Place::with_articles();
    let watching = Watching::start(&place, &[]);
    watching.next("ingested");
    let (path, whole) = (place.path().join("corpus/旧报.zip"), archive("新桥通车"));
    fs::write(&path, &whole[..whole.len() - 30]).expect("half of it");
    let told = watching.next("ingested");
    assert_eq!(told["files"], serde_json::json!([{"file": "旧报.zip", "change": "failed"}]));
    assert_eq!(told["warnings"][0]["place"], "旧报.zip");
    place.write("other.jsonl", &paper("渡口复航"));
    let told = watching.next("ingested");
    assert_eq!((&told["added"], &told["failed"]), (&1.into(), &0.into()), "once: {told}");
    fs::write(&path, &whole).expect("all of it");
    let told = watching.next("ingested");
    let files = serde_json::json!([{"file": "旧报.zip/1.jsonl", "change": "added"}]);
    assert_eq!((&told["files"], &told["removed"]), (&files, &0.into()));
    fs::write(&path, &whole[..whole.len() - 30]).expect("half of it");
    assert_eq!(watching.next("ingested")["failed"], 1);
    assert_eq!(hits(&place, "新桥通车"), 1);
    fs::remove_file(&path).expect("removed");
    let told = watching.ingested(&[("removed", 1)]);
    assert_eq!(told["failed"], 0);
    assert_eq!((hits(&place, "新桥通车"), hits(&place, "渡口复航")), (0, 1));
    assert_eq!(watching.stop(), Some(0));
}

#[test]
fn what_is_new_to_saved_searches_is_told_after_each_ingest() {
    let place = Place::with_articles();
    assert_eq!(place.run(&["saved", "add", "桥", "新桥"]).code, 0);
    let mut command = place.command(&["watch", "--settle", "100ms", "--alerts"]);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut watching = Watching { child: command.spawn().expect("a process"), events: channel().1 };
    let mut lines = BufReader::new(watching.child.stdout.take().expect("its output")).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    assert!(next().contains("watching"), "first how changes are noticed");
    assert!(next().contains("nothing has changed, 1 file"), "the first look");
    place.write("new.jsonl", &paper("新桥通车"));
    assert!(next().ends_with("files: 1 added; 1 article read: +new.jsonl"));
    assert_eq!([next(), next()], ["── 桥", "新桥通车"]);
    assert!(next().contains("登封市"));
    watching.signal("-INT");
    assert_eq!(watching.child.wait().expect("an end").code(), Some(0));
}

#[test]
fn another_corpus_and_an_index_that_cannot_be_used_end_it() {
    let place = Place::with_articles();
    fs::create_dir(place.path().join("other")).expect("a folder");
    fs::write(place.path().join("other/a.jsonl"), jsonl(&articles())).expect("a file");
    let ran = place.run(&["--corpus", "other", "watch", "--settle", "100ms"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("not the corpus that the index"), "{}", ran.stderr);
    let ran = place.run(&["--index", "other", "watch", "--settle", "100ms"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("not an index of dibao"), "{}", ran.stderr);
    let ran = place.run_chinese(&["watch", "--rescan", "soon"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("请写时间和单位"), "{}", ran.stderr);
    let ran = place.run(&["serve", "--rescan", "10m"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("go with --watch"), "{}", ran.stderr);
}
