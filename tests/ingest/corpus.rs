//! The index remembers its corpus: an empty or another folder does not replace what it has.

use super::*;

/// A corpus of these files, each of one article.
fn with_files(names: &[&str]) -> Fixture {
    let fixture = Fixture::new();
    for name in names {
        fixture.write(name, &[&format!("桃花开在{name}。")]);
    }
    fixture.ingest();
    fixture
}

fn moved_to(fixture: &Fixture, name: &str) -> PathBuf {
    let folder = fixture.folder.path().join(name);
    fs::rename(fixture.corpus(), &folder).unwrap();
    folder
}

#[test]
fn a_folder_without_files_does_not_empty_the_index_unless_that_is_asked_for() {
    let fixture = with_files(&["a.jsonl", "b/b.jsonl"]);
    let before = fixture.exported();
    moved_to(&fixture, "elsewhere");
    fs::create_dir(fixture.corpus()).unwrap();
    for rebuild in [false, true] {
        let plan = IngestPlan { rebuild, ..fixture.plan() };
        let error = run(&plan, &()).unwrap_err();
        assert!(matches!(error, IngestError::NothingFound { .. }), "{error}");
        let said = error.to_string();
        for part in [&fixture.corpus(), &fixture.index()] {
            assert!(said.contains(&part.display().to_string()), "{said}");
        }
        assert!(said.contains("--allow-empty") && said.contains("nothing was changed"), "{said}");
        assert_eq!(fixture.exported(), before);
    }
    let summary = run(&IngestPlan { allow_empty: true, ..fixture.plan() }, &()).unwrap();
    assert_eq!(summary.files_removed, 2);
    assert_eq!(fixture.exported().len(), 0);
    // Now there is nothing to lose.
    run(&IngestPlan { rebuild: true, ..fixture.plan() }, &()).unwrap();
    fixture.ingest();
}

#[test]
fn settings_that_skip_all_do_not_empty_the_index_unless_that_is_asked_for() {
    let fixture = with_files(&["a.jsonl", "b/b.jsonl"]);
    let skip = |glob: &str| {
        let settings = format!("[[files]]\nglob = \"{glob}\"\nskip = true\n");
        fs::write(fixture.corpus().join("corpus.toml"), settings).unwrap();
    };
    skip("**");
    for rebuild in [false, true] {
        let error = run(&IngestPlan { rebuild, ..fixture.plan() }, &()).unwrap_err();
        assert!(matches!(error, IngestError::NothingFound { .. }), "{error}");
        assert!(error.to_string().contains("`skip`"), "{error}");
        assert_eq!(fixture.exported().len(), 2);
    }
    skip("b/*");
    let summary = fixture.ingest();
    assert_eq!((summary.files_removed, summary.articles_removed), (1, 1));
    skip("**");
    let summary = run(&IngestPlan { allow_empty: true, ..fixture.plan() }, &()).unwrap();
    assert_eq!((summary.files_removed, fixture.exported().len()), (1, 0));
}

#[test]
fn a_page_of_an_issue_that_is_named_alone_is_read_with_it() {
    let fixture = with_files(&["a.jsonl"]);
    let at = |name: &str| fixture.corpus().join(name);
    let page = "<?xml version='1.0'?><alto><Layout><Page WIDTH='9' HEIGHT='9'><PrintSpace><TextBlock>\
        <TextLine><String CONTENT='本报讯 渡口昨天复航，两岸往来方便了。'/></TextLine></TextBlock>\
        </PrintSpace></Page></Layout></alto>";
    let mets = "<mets xmlns:xlink='http://www.w3.org/1999/xlink'><fileSec><fileGrp><file ID='a'>\
        <FLocat xlink:href='1.xml'/></file></fileGrp></fileSec></mets>";
    let named = |name: &str| run(&IngestPlan { paths: vec![at(name)], ..fixture.plan() }, &());
    fs::write(at("1.xml"), page).unwrap();
    fixture.ingest();
    assert_eq!(count(&fixture.archive(), "渡口"), 1);
    // The issue comes later, and is named alone.
    fs::write(at("mets.xml"), mets).unwrap();
    assert_eq!(named("mets.xml").unwrap().files_removed, 1, "the page is no file any more");
    let expected = fixture.clean_build();
    assert_eq!(fixture.exported(), expected);
    named("1.xml").unwrap();
    assert_eq!(fixture.exported(), expected);
    assert_eq!(fixture.ingest().files_taken, 0);
}

#[test]
fn a_rebuild_from_an_empty_folder_is_refused_though_the_index_cannot_be_used() {
    let fixture = with_files(&["a.jsonl"]);
    fs::remove_file(fixture.corpus().join("a.jsonl")).unwrap();
    for manifest in ["dibao.json", "data-1/dibao.json"] {
        fs::write(fixture.index().join(manifest), "{").unwrap();
    }
    let rebuild = IngestPlan { rebuild: true, ..fixture.plan() };
    let error = run(&rebuild, &()).unwrap_err();
    assert!(matches!(error, IngestError::NothingFound { known: None, .. }), "{error}");
    fixture.write("a.jsonl", &["桃花开了。"]);
    run(&rebuild, &()).unwrap();
    assert_eq!(count(&fixture.archive(), "桃花"), 1);
}

#[test]
fn another_corpus_is_refused_unless_that_is_asked_for() {
    let fixture = with_files(&["a.jsonl", "b.jsonl", "c.jsonl"]);
    let before = fixture.exported();
    let other = fixture.folder.path().join("other");
    fs::create_dir(&other).unwrap();
    for name in ["a.jsonl", "b.jsonl", "c.jsonl"] {
        fs::write(other.join(name), lines(&["梅花开了。"])).unwrap();
    }
    let known = fs::canonicalize(fixture.corpus()).unwrap();
    for rebuild in [false, true] {
        let plan = IngestPlan { corpus: other.clone(), rebuild, ..fixture.plan() };
        let error = run(&plan, &()).unwrap_err();
        assert!(matches!(error, IngestError::AnotherCorpus { .. }), "{error}");
        let said = error.to_string();
        for part in [&known, &other, &fixture.index()] {
            assert!(said.contains(&part.display().to_string()), "{said}");
        }
        assert!(said.contains("--another-corpus"), "{said}");
        assert_eq!(fixture.exported(), before);
    }
    let plan = IngestPlan { corpus: other, rebuild: true, ..fixture.plan() };
    run(&IngestPlan { another_corpus: true, ..plan.clone() }, &()).unwrap();
    assert_eq!(count(&fixture.archive(), "梅花"), 3);
    // From now on that is its corpus.
    run(&plan, &()).unwrap();
    assert!(matches!(run(&fixture.plan(), &()), Err(IngestError::AnotherCorpus { .. })));
}

#[test]
fn a_corpus_that_was_moved_is_known_again_even_if_some_of_it_changed() {
    let fixture = with_files(&["a.jsonl", "b.jsonl", "c.jsonl", "d/d.jsonl"]);
    let moved = moved_to(&fixture, "mounted elsewhere");
    fs::write(moved.join("a.jsonl"), lines(&["梅花开了。"])).unwrap();
    fs::write(moved.join("e.jsonl"), lines(&["荷花开了。"])).unwrap();
    let plan = IngestPlan { corpus: moved.clone(), ..fixture.plan() };
    let summary = run(&plan, &()).unwrap();
    assert_eq!((summary.files_taken, summary.files_skipped), (2, 3));
    // Of four files that it was known by, only one is left as it was.
    let again = fixture.folder.path().join("again");
    fs::rename(&moved, &again).unwrap();
    for name in ["a.jsonl", "b.jsonl", "c.jsonl", "e.jsonl"] {
        fs::write(again.join(name), lines(&["菊花开了。"])).unwrap();
    }
    let plan = IngestPlan { corpus: again, ..fixture.plan() };
    assert!(matches!(run(&plan, &()), Err(IngestError::AnotherCorpus { .. })));
    run(&IngestPlan { another_corpus: true, ..plan.clone() }, &()).unwrap();
    run(&plan, &()).unwrap();
}

#[test]
fn a_folder_outside_of_the_corpus_is_no_other_corpus() {
    let fixture = with_files(&["a.jsonl"]);
    let outside = fixture.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("x.jsonl"), lines(&["梅花开了。"])).unwrap();
    let nowhere = fixture.folder.path().join("nowhere");
    let plan = IngestPlan { corpus: nowhere, paths: vec![outside], ..fixture.plan() };
    run(&plan, &()).unwrap();
    assert_eq!(fixture.exported().len(), 2);
    fixture.ingest();
    assert_eq!(fixture.exported().len(), 2);
}

#[cfg(unix)]
#[test]
fn files_of_the_index_have_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = with_files(&["a.jsonl", "b.jsonl"]);
    let any = fixture.folder.path().join("any");
    fs::write(&any, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let entries = walkdir::WalkDir::new(fixture.index()).into_iter();
    let paths = entries.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
    for path in paths {
        assert_eq!(mode(&path), mode(&any), "{}", path.display());
    }
}

#[test]
fn doubtful_words_are_kept_when_an_export_is_ingested() {
    let doubtful = serde_json::json!([
        { "field": "title", "start": 0, "end": 6, "confidence": 31, "page": 2, "box": [900, 800, 1_500, 950] },
        { "field": "body", "start": 6, "end": 12, "confidence": 47, "page": 2, "box": [900, 1_200, 1_500, 1_290] },
    ]);
    let stated = serde_json::json!({
        "title": "老桥通车", "body": "昨日通车，两岸的人都来看。", "recognised": "tesseract 5.3.0 chi_sim",
        "doubtful": doubtful,
    });
    let first = Fixture::new();
    fs::write(first.corpus().join("a.jsonl"), format!("{stated}\n")).unwrap();
    first.ingest();
    let second = Fixture::new();
    fs::write(second.corpus().join("a.jsonl"), first.exported().concat() + "\n").unwrap();
    second.ingest();
    for exported in [first.exported(), second.exported()] {
        let [record] = &exported[..] else { panic!("{exported:?}") };
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        assert_eq!(
            (&record["doubtful"], &record["recognised"]),
            (&doubtful, &stated["recognised"])
        );
    }
}
