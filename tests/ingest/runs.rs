//! What a run takes in, passes over, replaces and removes, and what it says of it.

use super::*;

#[test]
fn a_second_run_skips_what_is_unchanged_replaces_what_changed_and_removes_what_is_gone() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。", "梨花开了。"]);
    fixture.write("b.jsonl", &["杏花开了。"]);
    fixture.write("c.jsonl", &["荷花开了。"]);
    let first = fixture.ingest();
    assert_eq!((first.files_taken, first.articles), (3, 4));

    let again = fixture.ingest();
    assert_eq!((again.files_taken, again.files_skipped, again.articles), (0, 3, 0));

    fixture.write("b.jsonl", &["菊花开了。"]);
    fs::remove_file(fixture.corpus().join("c.jsonl")).unwrap();
    let third = fixture.ingest();
    assert_eq!((third.files_taken, third.files_skipped, third.files_removed), (1, 2 - 1, 1));
    let archive = fixture.archive();
    for (text, expected) in [("\"杏花\"", 0), ("\"荷花\"", 0), ("\"菊花\"", 1), ("\"花开了\"", 3)]
    {
        assert_eq!(count(&archive, text), expected, "{text}");
    }
    assert_eq!(fixture.exported(), fixture.clean_build());
}

#[test]
fn a_file_that_is_gone_stays_in_the_index_until_its_folder_is_named() {
    let fixture = Fixture::new();
    fixture.write("east/a.jsonl", &["桃花开了。"]);
    fixture.write("west/b.jsonl", &["杏花开了。"]);
    fixture.ingest();
    fs::remove_file(fixture.corpus().join("east/a.jsonl")).unwrap();

    let west = IngestPlan { paths: vec![fixture.corpus().join("west")], ..fixture.plan() };
    assert_eq!(run(&west, &()).unwrap().files_removed, 0);
    assert_eq!(count(&fixture.archive(), "桃花"), 1);

    let east = IngestPlan { paths: vec![fixture.corpus().join("east")], ..fixture.plan() };
    assert_eq!(run(&east, &()).unwrap().files_removed, 1);
    assert_eq!(count(&fixture.archive(), "桃花"), 0);
    assert_eq!(count(&fixture.archive(), "杏花"), 1);
}

#[test]
fn a_change_of_corpus_toml_takes_the_files_in_again() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.ingest();
    fs::write(
        fixture.corpus().join("corpus.toml"),
        "[[files]]\nglob = \"*.jsonl\"\npublication = \"花报\"\n",
    )
    .unwrap();
    assert_eq!(fixture.ingest().files_taken, 1);
    assert!(fixture.exported()[0].contains("花报"));
}

#[test]
fn files_that_were_read_by_other_rules_are_read_again() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.write("b.jsonl", &["梨花开了。"]);
    fixture.ingest();
    let before = fixture.exported();

    // What an ingest by a program with another rule leaves of the first file.
    let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
    let mut writer = IndexWriter::open(&fixture.index(), options).unwrap();
    let mut report = writer.file_reports().unwrap().swap_remove(0);
    assert_eq!((report.source.as_str(), report.rules.len()), ("a.jsonl", 16));
    report.rules = report.rules.chars().rev().collect();
    let mut record: Record = serde_json::from_str(&before[0]).unwrap();
    record.body = "杏花开了。".to_owned();
    writer.forget("a.jsonl");
    writer.add(&record).unwrap();
    writer.report(&report).unwrap();
    writer.finish().unwrap();
    assert_eq!(count(&fixture.archive(), "杏花"), 1);

    let summary = fixture.ingest();
    assert_eq!((summary.files_taken, summary.files_skipped), (1, 1));
    assert_eq!(fixture.exported(), before);
    assert_eq!(fixture.ingest().files_skipped, 2);
}

#[test]
fn a_named_path_that_does_not_exist_changes_nothing() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.ingest();
    let plan = IngestPlan { paths: vec![fixture.corpus().join("none")], ..fixture.plan() };
    let error = run(&plan, &()).unwrap_err();
    assert!(matches!(error, IngestError::Missing(_)), "{error}");
    assert_eq!(count(&fixture.archive(), "桃花"), 1);
}

#[test]
fn two_texts_alike_in_one_file_are_two_articles_with_ids_of_their_own() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。", "桃花开了。", "桃花开了。"]);
    fixture.ingest();
    let records = fixture.exported();
    let id =
        |record: &String| serde_json::from_str::<serde_json::Value>(record).unwrap()["id"].clone();
    let ids: std::collections::BTreeSet<String> =
        records.iter().map(|record| id(record).to_string()).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn reprints_are_found_across_files_and_follow_every_change() {
    let fixture = Fixture::new();
    let text = "山脚下的茶厂开春后添了两条生产线，日产干茶三百斤，附近四个村子的茶农不必再挑着鲜叶走夜路，\
                厂里当天过秤、当天付钱，工人多是本村的妇女。";
    let line = |date: &str, text: &str| {
        serde_json::json!({ "date": date, "body": text }).to_string() + "\n"
    };
    let write = |name: &str, text: &str| fs::write(fixture.corpus().join(name), text).unwrap();
    write("a.jsonl", &line("2021-04-05", text));
    write("b.jsonl", &line("2021-04-02", &text.replace('，', ",\n")));
    write(
        "c.jsonl",
        &line("2021-04-03", "雨水多，河堤要看紧，夜里也有人巡查，沙袋和木桩都备好了。"),
    );
    let reprints = || -> Vec<(String, Option<String>)> {
        let mut all = Vec::new();
        let archive = fixture.archive();
        let mut sources = BTreeMap::new();
        let mut take = |record: dibao::model::Record| {
            sources.insert(record.id.clone(), record.source.clone());
            all.push((record.source, record.reprint_of));
            ControlFlow::Continue(())
        };
        archive.for_each(&Request::default(), &mut take).unwrap();
        all.into_iter().map(|(source, of)| (source, of.map(|id| sources[&id].clone()))).collect()
    };
    let none = |name: &str| (name.to_owned(), None);
    assert_eq!(fixture.ingest().reprints, 1);
    let first = ("a.jsonl".to_owned(), Some("b.jsonl".to_owned()));
    assert_eq!(reprints(), [first, none("b.jsonl"), none("c.jsonl")]);
    assert_eq!(fixture.ingest().reprints, 1);

    write("b.jsonl", &line("2021-04-09", text));
    fixture.ingest();
    let later = ("b.jsonl".to_owned(), Some("a.jsonl".to_owned()));
    assert_eq!(reprints(), [none("a.jsonl"), later, none("c.jsonl")]);

    let open_before = fixture.archive();

    fs::remove_file(fixture.corpus().join("a.jsonl")).unwrap();
    assert_eq!(fixture.ingest().reprints, 0);
    assert_eq!(reprints(), [none("b.jsonl"), none("c.jsonl")]);
    let known_before = exported(&open_before);
    assert_eq!(known_before.len(), 3);
    let named = known_before.iter().filter(|record| !record.contains("\"reprint_of\":null"));
    assert_eq!(named.count(), 1, "an open archive stays as it was: {known_before:?}");
}

#[test]
fn what_is_kept_of_reprints_may_be_lost_or_damaged() {
    let fixture = Fixture::new();
    let text = "山脚下的茶厂开春后添了两条生产线，日产干茶三百斤，附近四个村子的茶农不必再挑着鲜叶走夜路。";
    fixture.write("a.jsonl", &[text, "雨水多，河堤要看紧，夜里也有人巡查。"]);
    fixture.write("b.jsonl", &[text]);
    assert_eq!(fixture.ingest().reprints, 1);
    for (round, name) in ["reprints", "sketches-"].into_iter().enumerate() {
        let kept: Vec<PathBuf> = data_files(&fixture, name);
        assert!(!kept.is_empty(), "{name}");
        for path in &kept {
            fs::write(path, "damaged").unwrap();
        }
        fixture.write(&format!("{round}.jsonl"), &[text]);
        assert_eq!(fixture.ingest().reprints, 2 + round as u64, "{name} damaged");
        let kept: Vec<PathBuf> = data_files(&fixture, name);
        for path in &kept {
            fs::write(path, "damaged").unwrap();
        }
        fixture.ingest();
        assert_eq!(data_files(&fixture, name), kept, "{name} is made again though nothing is new");
        for path in kept {
            fs::remove_file(path).unwrap();
        }
        fs::remove_file(fixture.corpus().join("b.jsonl")).unwrap();
        assert_eq!(fixture.ingest().reprints, 1 + round as u64, "{name} lost");
        fixture.write("b.jsonl", &[text]);
        assert_eq!(fixture.ingest().reprints, 2 + round as u64);
        assert_eq!(fixture.exported(), fixture.clean_build());
    }
}

/// The files beside those of the engine whose names begin like this.
fn data_files(fixture: &Fixture, name: &str) -> Vec<PathBuf> {
    let folders = fs::read_dir(fixture.index()).unwrap().flatten().map(|entry| entry.path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let files =
        files.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(name));
    files.map(|entry| entry.path()).collect()
}

#[test]
fn a_copy_of_a_file_in_another_folder_is_no_reprint_of_itself() {
    let fixture = Fixture::new();
    let text = "码头上的老吊机修好以后，每天装卸两百吨砂石，船工不必再肩挑背扛，\
                等候的船也少了一半，调度室的灯一直亮到半夜才熄。";
    for name in ["east/a.jsonl", "west/a.jsonl"] {
        fixture.write(name, &[text]);
    }
    fixture.write("z.jsonl", &[text]);
    assert_eq!(fixture.ingest().reprints, 1);
    let mut reprints = Vec::new();
    fixture
        .archive()
        .for_each(&Request::default(), &mut |record| {
            assert_ne!(record.reprint_of.as_ref(), Some(&record.id));
            reprints.push((record.source, record.reprint_of.is_some()));
            ControlFlow::Continue(())
        })
        .unwrap();
    let expected = [("east/a.jsonl", false), ("west/a.jsonl", false), ("z.jsonl", true)];
    assert_eq!(reprints, expected.map(|(name, is_reprint)| (name.to_owned(), is_reprint)));
}

#[test]
fn every_line_of_a_file_of_articles_is_counted_whether_it_gives_one_or_not() {
    let fixture = Fixture::new();
    let text =
        lines(&["桃花开了。", "梨花开了。"]) + "\n  \n{\"body\": 3\n[]\n" + &lines(&["杏花。"]);
    fs::write(fixture.corpus().join("a.jsonl"), text).unwrap();
    let summary = fixture.ingest();
    assert_eq!((summary.articles, summary.lines, summary.lines_in_articles), (3, 5, 3));
    assert_eq!(summary.lines_stray, 2);
    assert_eq!(fixture.archive().file_reports().unwrap()[0].lines, 5);
}

#[test]
fn a_second_folder_of_the_same_name_leaves_what_the_index_has_of_the_first() {
    let fixture = Fixture::new();
    for (name, body) in [
        ("x/news/a.jsonl", "桃花开了。"),
        ("x/news/b.jsonl", "梨花开了。"),
        ("y/news/a.jsonl", "杏花开了。"),
    ] {
        let path = fixture.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines(&[body])).unwrap();
    }
    let folder = |name: &str| fixture.folder.path().join(name);
    let named = |name: &str| IngestPlan { paths: vec![folder(name)], ..fixture.plan() };
    assert_eq!(run(&named("x/news"), &()).unwrap().files_taken, 2);

    let second = run(&named("y/news"), &()).unwrap();
    assert_eq!((second.files_taken, second.files_failed, second.files_removed), (0, 1, 0));
    let archive = fixture.archive();
    for (text, expected) in [("桃花", 1), ("梨花", 1), ("杏花", 0)] {
        assert_eq!(count(&archive, text), expected, "{text}");
    }
    // Once the first folder is gone, its names are free.
    fs::remove_dir_all(folder("x")).unwrap();
    let third = run(&named("y/news"), &()).unwrap();
    assert_eq!((third.files_taken, third.files_failed, third.files_removed), (1, 0, 1));
    assert_eq!(count(&fixture.archive(), "杏花"), 1);
}

#[test]
fn every_file_is_told_with_what_became_of_it() {
    struct Told(Mutex<BTreeMap<String, &'static str>>);
    impl Progress for Told {
        fn event(&self, event: Event<'_>) {
            if let Event::File { source, outcome, .. } = event {
                let word = match outcome {
                    FileOutcome::Taken { .. } => "taken",
                    FileOutcome::Unchanged => "unchanged",
                    FileOutcome::Failed(_) => "failed",
                    FileOutcome::Removed => "removed",
                };
                self.0.lock().unwrap().insert(source.into(), word);
            }
        }
    }
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.write("b.jsonl", &["杏花开了。"]);
    fixture.ingest();
    fixture.write("a.jsonl", &["梅花开了。"]);
    fs::remove_file(fixture.corpus().join("b.jsonl")).unwrap();
    fixture.write("c.jsonl", &["荷花开了。"]);
    let told = Told(Mutex::default());
    run(&fixture.plan(), &told).unwrap();
    let told = told.0.into_inner().unwrap();
    let told: Vec<(&str, &str)> = told.iter().map(|(name, word)| (name.as_str(), *word)).collect();
    assert_eq!(told, [("a.jsonl", "taken"), ("b.jsonl", "removed"), ("c.jsonl", "taken")]);
}

#[test]
fn the_order_of_an_export_does_not_depend_on_threads_or_history() {
    let fixture = Fixture::new();
    for file in 0..12 {
        let bodies: Vec<String> = (0..40).map(|n| format!("第{file}卷第{n}条。")).collect();
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        fixture.write(&format!("{}/{file}.jsonl", file % 3), &bodies);
    }
    let one = IngestPlan { threads: 1, commit_after: 1, ..fixture.plan() };
    run(&one, &()).unwrap();
    let expected = fixture.exported();
    assert_eq!(expected.len(), 480);
    for threads in [2, 5] {
        fs::remove_dir_all(fixture.index()).unwrap();
        run(&IngestPlan { threads, ..fixture.plan() }, &()).unwrap();
        assert_eq!(fixture.exported(), expected);
    }
    let rebuilt = IngestPlan { rebuild: true, ..fixture.plan() };
    run(&rebuilt, &()).unwrap();
    assert_eq!(fixture.exported(), expected);
}

/// Briefs whose items end with their source: a habit of the publication.
fn briefs(number: usize) -> String {
    let item = |item: usize| {
        format!(
            "第{number}处水井本周修好了{item}口，井台加了护栏，村民又喝上了井水。\n\n来源：某处样报\n\n"
        )
    };
    (1..=4).map(item).collect()
}

#[test]
fn a_page_that_changes_the_habits_of_its_publication_leaves_the_index_as_a_clean_run_makes_it() {
    let fixture = Fixture::new();
    let write = |number: usize| {
        let path = fixture.corpus().join(format!("briefs/{number:02}.txt"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, briefs(number)).unwrap();
    };
    (1..=7).for_each(write);
    fixture.ingest();
    // The eighth page is the first from which the publication has habits: all are read again.
    write(8);
    assert_eq!(fixture.ingest().files_taken, 8);
    assert_eq!(fixture.exported(), fixture.clean_build());
    (9..=40).for_each(write);
    fixture.ingest();
    assert_eq!(fixture.exported(), fixture.clean_build());
    let outside = fixture.corpus().join("other.txt");
    fs::write(outside, "老水井换了青石壁\n\n井台加了护栏，村民又喝上了井水。\n").unwrap();
    assert_eq!(fixture.ingest().files_taken, 1, "another publication");
    assert_eq!(fixture.exported(), fixture.clean_build());
}
