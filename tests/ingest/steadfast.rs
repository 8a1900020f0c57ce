//! What no run may do, however it is disturbed: other writers, other rules, other folders, a history
//! of changes, a kill at any moment, a full disk.

use dibao::model::FileWarning;

use super::*;

#[test]
fn there_is_one_writer_at_a_time_and_readers_are_not_disturbed() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.ingest();
    let before = fixture.archive();
    let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
    let writer = IndexWriter::open(&fixture.index(), options).unwrap();
    let error = run(&fixture.plan(), &()).unwrap_err();
    assert!(matches!(error, IngestError::Index(IndexError::Busy { .. })), "{error}");
    assert!(error.to_string().contains("another dibao is writing"));
    assert_eq!(count(&before, "桃花"), 1);
    assert_eq!(count(&fixture.archive(), "桃花"), 1);
    drop(writer);
    fixture.write("a.jsonl", &["梅花开了。"]);
    fixture.ingest();
    assert_eq!(count(&before, "桃花"), 1, "an open archive stays as it was");
    assert_eq!(count(&fixture.archive(), "桃花"), 0);
}

#[test]
fn an_index_made_by_other_rules_is_refused_and_rebuilt_on_demand() {
    for (field, what) in
        [("schema", "schema"), ("fold", "table of characters"), ("dictionary", "dictionary")]
    {
        let fixture = Fixture::new();
        fixture.write("a.jsonl", &["桃花开了。"]);
        fixture.ingest();
        let manifest = fixture.index().join("dibao.json");
        let text = fs::read(&manifest).unwrap();
        let mut values = serde_json::Deserializer::from_slice(&text).into_iter();
        let mut text: serde_json::Value = values.next().unwrap().unwrap();
        text[field] = if field == "schema" { 0.into() } else { "0".into() };
        fs::write(&manifest, with_checksum_line(&text.to_string())).unwrap();

        let error = Archive::open(&fixture.index()).unwrap_err();
        assert!(matches!(error, SearchError::Index(IndexError::Outdated { .. })), "{error}");
        assert!(error.to_string().contains(what) && error.to_string().contains("--rebuild"));
        let error = run(&fixture.plan(), &()).unwrap_err();
        assert!(matches!(error, IngestError::Index(IndexError::Outdated { .. })), "{error}");

        run(&IngestPlan { rebuild: true, ..fixture.plan() }, &()).unwrap();
        assert_eq!(count(&fixture.archive(), "桃花"), 1);
        let folders = fs::read_dir(fixture.index()).unwrap().flatten();
        assert_eq!(
            folders.filter(|entry| entry.path().is_dir()).count(),
            1,
            "the old data is gone"
        );
    }
}

/// As the small files of an index end.
fn with_checksum_line(content: &str) -> String {
    format!("{content}\n{{\"crc32\":\"{:08x}\"}}\n", crc32fast::hash(content.as_bytes()))
}

#[test]
fn words_of_the_user_are_kept_with_the_index_and_other_words_need_a_rebuild() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["灵泉坞茶会。", "会灵泉坞里没有。灵坞泉。"]);
    let words = fixture.folder.path().join("words.txt");
    fs::write(&words, "灵泉坞\n").unwrap();
    let with_words = IngestPlan { user_words: Some(words.clone()), ..fixture.plan() };
    run(&with_words, &()).unwrap();
    let explained = |archive: &Archive| {
        let query = query::parse("灵泉坞").unwrap();
        let explained = archive.explain(&Request { query, ..Request::default() }).unwrap();
        let words = explained.parts[0].words.iter().map(|word| word.word.clone());
        words.collect::<Vec<_>>()
    };
    assert_eq!(explained(&fixture.archive()), ["灵泉坞"]);
    fixture.ingest();
    assert_eq!(explained(&fixture.archive()), ["灵泉坞"]);
    fs::write(&words, "泉坞\n").unwrap();
    let error = run(&with_words, &()).unwrap_err();
    assert!(error.to_string().contains("list of user words"), "{error}");
    run(&IngestPlan { rebuild: true, ..with_words }, &()).unwrap();
    assert_eq!(explained(&fixture.archive()), ["灵", "泉坞"]);
}

#[test]
fn a_folder_that_holds_something_else_is_never_written_to() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    let plan = IngestPlan { index: fixture.folder.path().into(), ..fixture.plan() };
    for rebuild in [false, true] {
        let error = run(&IngestPlan { rebuild, ..plan.clone() }, &()).unwrap_err();
        assert!(matches!(error, IngestError::Index(IndexError::Foreign { .. })), "{error}");
    }
    let names: Vec<_> = fs::read_dir(fixture.folder.path()).unwrap().flatten().collect();
    assert_eq!(names.len(), 1, "nothing was added");
    let error = Archive::open(&fixture.index()).unwrap_err();
    assert!(error.to_string().contains("no index here"), "{error}");
}

#[test]
fn a_place_that_cannot_be_written_to_is_named() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    let file = fixture.folder.path().join("file");
    fs::write(&file, "").unwrap();
    let plan = IngestPlan { index: file.join("index"), ..fixture.plan() };
    let error = run(&plan, &()).unwrap_err();
    assert!(matches!(error, IngestError::Index(IndexError::Io { .. })), "{error}");
    assert!(error.to_string().contains("index"), "{error}");
}

#[derive(Debug, Clone)]
enum Step {
    Write { file: u8, text: u8, articles: u8 },
    Remove { file: u8 },
    IngestAll { commit_often: bool },
    IngestFolder { folder: u8 },
    Rebuild,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6u8, any::<u8>(), 0..5u8)
            .prop_map(|(file, text, articles)| Step::Write { file, text, articles }),
        1 => (0..6u8).prop_map(|file| Step::Remove { file }),
        2 => any::<bool>().prop_map(|commit_often| Step::IngestAll { commit_often }),
        1 => (0..2u8).prop_map(|folder| Step::IngestFolder { folder }),
        1 => Just(Step::Rebuild),
    ]
}

/// A text of its own, or one that others reprint with a line of theirs.
fn body(text: u8, place: u8) -> String {
    if place.is_multiple_of(2) {
        return format!("第{text}篇，第{place}段。");
    }
    let of_all = "山脚下的茶厂开春后添了两条生产线，日产干茶三百斤，附近四个村子的茶农不必再挑着鲜叶走夜路，\
        厂里当天过秤、当天付钱，工人多是本村的妇女，还请了老师傅来教炒茶的手艺，远近都来看。";
    format!("{of_all}{}", "编者按：欢迎来稿。".repeat(text.into()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn after_any_history_the_index_is_that_of_a_clean_build(
        steps in proptest::collection::vec(step(), 1..10),
    ) {
        let fixture = Fixture::new();
        for folder in 0..2 {
            fs::create_dir(fixture.corpus().join(folder.to_string())).unwrap();
        }
        let name = |file: u8| format!("{}/{file}.jsonl", file % 2);
        let plan = IngestPlan { allow_empty: true, ..fixture.plan() };
        for step in steps {
            match step {
                Step::Write { file, text, articles } => {
                    let bodies: Vec<String> = (0..articles).map(|n| body(text % 3, n)).collect();
                    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
                    fixture.write(&name(file), &bodies);
                }
                Step::Remove { file } => drop(fs::remove_file(fixture.corpus().join(name(file)))),
                Step::IngestAll { commit_often } => {
                    let commit_after = if commit_often { 1 } else { u64::MAX };
                    run(&IngestPlan { commit_after, ..plan.clone() }, &()).unwrap();
                }
                Step::IngestFolder { folder } => {
                    let paths = vec![fixture.corpus().join(folder.to_string())];
                    run(&IngestPlan { paths, ..plan.clone() }, &()).unwrap();
                }
                Step::Rebuild => {
                    run(&IngestPlan { rebuild: true, ..plan.clone() }, &()).unwrap();
                }
            }
        }
        run(&plan, &()).unwrap();
        prop_assert_eq!(fixture.exported(), fixture.clean_build());
    }
}

const CHILD_FOLDER: &str = "DIBAO_TEST_CHILD_FOLDER";

/// Runs an ingest in this process where a test below started it for that; else there is nothing to
/// do.
#[test]
fn child_process() {
    let Some(folder) = std::env::var_os(CHILD_FOLDER).map(PathBuf::from) else { return };
    let plan = IngestPlan {
        threads: 2,
        commit_after: 2_000,
        ..IngestPlan::new(folder.join("corpus"), folder.join("index"))
    };
    run(&plan, &()).unwrap();
}

fn child(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "steadfast::child_process"]).env(CHILD_FOLDER, folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_run_that_is_killed_leaves_whole_files_and_the_next_run_finishes_the_work() {
    let fixture = Fixture::new();
    let articles_in = |file: usize| file % 7 + 1;
    for file in 0..60 {
        let bodies: Vec<String> =
            (0..articles_in(file)).map(|n| format!("卷{file}条{n}。")).collect();
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        fixture.write(&format!("{file}.jsonl"), &bodies);
    }
    let mut seen = std::collections::BTreeSet::new();
    let meta = fixture.index().join("data-1/meta.json");
    let committed = || fs::read(&meta).unwrap_or_default();
    // After so many milliseconds, or (0) as soon as something is committed.
    for wait in [5, 20, 40, 60, 80, 0, 10, 100, 0, 150, 0, 300] {
        let before = committed();
        let running = child(fixture.folder.path()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let started = Instant::now();
        while wait == 0 && committed() == before && started.elapsed().as_secs() < 20 {
            std::thread::sleep(Duration::from_millis(1));
        }
        kill(running);
        let archive = match Archive::open(&fixture.index()) {
            Ok(archive) => archive,
            Err(SearchError::Index(IndexError::Missing { .. })) => continue,
            Err(error) => panic!("after {wait} ms: {error}"),
        };
        let mut by_file = BTreeMap::new();
        for record in exported(&archive) {
            let record: serde_json::Value = serde_json::from_str(&record).unwrap();
            *by_file.entry(record["source"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        }
        let reports = archive.file_reports().unwrap();
        assert_eq!(reports.len(), by_file.len());
        for report in reports {
            let number: usize = report.source.trim_end_matches(".jsonl").parse().unwrap();
            assert_eq!(by_file[&report.source], articles_in(number), "{}", report.source);
        }
        seen.insert(by_file.len());
    }
    fixture.ingest();
    assert_eq!(fixture.exported(), fixture.clean_build());
    assert_eq!(fixture.archive().file_reports().unwrap().len(), 60);
    assert!(
        seen.iter().any(|files| (1..60).contains(files)),
        "never killed in the midst: {seen:?}"
    );
}

#[test]
fn words_of_the_user_that_cannot_be_used_are_told_with_their_line() {
    struct Told(Mutex<Vec<(String, FileWarning)>>);
    impl Progress for Told {
        fn event(&self, event: Event<'_>) {
            if let Event::Warning { place, warning } = event {
                self.0.lock().unwrap().push((place.to_owned(), warning.clone()));
            }
        }
    }
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    let words = fixture.folder.path().join("words.txt");
    fs::write(&words, "灵泉坞\n灵 泉\n").unwrap();
    let told = Told(Mutex::default());
    let summary = run(&IngestPlan { user_words: Some(words), ..fixture.plan() }, &told).unwrap();
    let told = told.0.into_inner().unwrap();
    let [(place, FileWarning::UserWordTooShort { line: 2, .. })] = &told[..] else {
        panic!("{told:?}")
    };
    assert!(place.ends_with("words.txt"), "{place}");
    assert!(summary.warnings > 0);
}

#[test]
fn articles_that_were_taken_out_do_not_weigh_in_the_scores_for_long() {
    let fixture = Fixture::new();
    for file in 0..20 {
        fixture.write(&format!("{file}.jsonl"), &["山上的茶园。", "河边的茶馆，茶客不多。"]);
    }
    fixture.ingest();
    for file in 0..5 {
        fixture.write(&format!("{file}.jsonl"), &["山上的果园里，没有茶。"]);
    }
    fixture.ingest();
    let scores = |archive: &Archive| -> Vec<f32> {
        let query = query::parse("茶园").unwrap();
        let request = Request { query, limit: 50, ..Request::default() };
        archive.search(&request).unwrap().hits.iter().map(|hit| hit.score).collect()
    };
    let grown = scores(&fixture.archive());
    assert_eq!(grown.len(), 15);
    assert_eq!(fixture.exported(), fixture.clean_build());
    let clean = Archive::open(&fixture.folder.path().join("clean")).unwrap();
    assert_eq!(grown, scores(&clean));
}

/// The system's limit on the size of files stands in for a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_what_was_committed_stays_usable() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.ingest();
    let many: Vec<String> = (0..3_000u32)
        .map(|n| {
            (0..60).map(|k| char::from_u32(0x4e00 + (n * 61 + k * 977) % 20_000).unwrap()).collect()
        })
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    fixture.write("b.jsonl", &many);
    let limited = child(fixture.folder.path());
    let status = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\""])
        .arg(limited.get_program())
        .args(limited.get_args())
        .env(CHILD_FOLDER, fixture.folder.path())
        .output()
        .unwrap();
    assert!(!status.status.success());
    let said = String::from_utf8_lossy(&status.stdout) + String::from_utf8_lossy(&status.stderr);
    assert!(said.contains("File too large"), "{said}");
    assert_eq!(count(&fixture.archive(), "桃花"), 1);
    assert_eq!(fixture.archive().file_reports().unwrap().len(), 1);
    fixture.ingest();
    assert_eq!(fixture.exported(), fixture.clean_build());
}

#[test]
fn what_was_read_of_an_archive_in_an_archive_stays_when_that_is_damaged() {
    use std::io::{Cursor, Write};
    use zip::{ZipWriter, write::SimpleFileOptions};
    let archive = |files: &[(&str, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let fixture = Fixture::new();
    let outer = fixture.corpus().join("o.zip");
    let text = |name: &str| format!("{name}渡口重开\n\n两岸的人昨天都来看渡船开航。\n");
    let (a, b) = (text("东"), text("西"));
    let inner = archive(&[("a.txt", a.as_bytes()), ("b.txt", b.as_bytes())]);
    fs::write(&outer, archive(&[("d.zip", &inner)])).unwrap();
    fixture.ingest();
    assert_eq!(count(&fixture.archive(), "渡船"), 2);
    fs::write(&outer, archive(&[("d.zip", &inner[..90])])).unwrap();
    for _ in 0..2 {
        let summary = fixture.ingest();
        assert_eq!((summary.files_failed, summary.files_removed), (1, 0));
        assert_eq!(count(&fixture.archive(), "渡船"), 2);
    }
    let inner = archive(&[("a.txt", a.as_bytes())]);
    fs::write(&outer, archive(&[("d.zip", &inner)])).unwrap();
    let summary = fixture.ingest();
    assert_eq!((summary.files_failed, summary.files_removed), (0, 1), "it is mended");
    assert_eq!(count(&fixture.archive(), "渡船"), 1);
}
