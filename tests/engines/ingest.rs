//! An archive on a cluster is made and changed as one in a folder is, and a kill does no harm.

use std::ops::ControlFlow;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use dibao::index::IndexError;
use dibao::ingest::IngestError;
use dibao::query;
use dibao::search::{Archive, Request, Sort};

use crate::Fixture;

/// Titles of all articles by files and places in them.
pub(crate) fn titles(archive: &Archive) -> Vec<String> {
    let mut titles = Vec::new();
    let asked = Request { sort: Sort::Relevance, ..Request::default() };
    let visited = archive.for_each(&asked, &mut |record| {
        titles.push(record.title.unwrap_or_default());
        ControlFlow::Continue(())
    });
    visited.unwrap();
    titles
}

fn lines(titles: &[&str]) -> String {
    let line = |title: &&str| format!(r#"{{"title":"{title}","body":"正文。"}}"#) + "\n";
    titles.iter().map(line).collect()
}

#[test]
fn changed_and_removed_files_are_seen_and_unchanged_ones_are_left_alone() {
    let Some(fixture) = Fixture::new("changes") else { return };
    fixture.write("a.jsonl", &lines(&["甲一", "甲二"]));
    fixture.write("b.jsonl", &lines(&["乙一"]));
    assert_eq!(fixture.ingest(true).files_taken, 2);
    let before = fixture.cluster_archive();
    assert_eq!(titles(&before), ["甲一", "甲二", "乙一"]);
    assert_eq!(fixture.ingest(true).files_skipped, 2);

    fixture.write("a.jsonl", &lines(&["甲三"]));
    fixture.write("c.jsonl", &lines(&["丙一"]));
    std::fs::remove_file(fixture.corpus().join("b.jsonl")).unwrap();
    let summary = fixture.ingest(true);
    assert_eq!((summary.files_taken, summary.files_removed), (2, 1));
    let now = fixture.cluster_archive();
    assert_eq!(titles(&now), ["甲三", "丙一"]);
    assert_eq!(now.file_count().unwrap(), 2);
    assert_eq!(
        titles(&before),
        ["甲一", "甲二", "乙一"],
        "who has opened it before sees it as it was"
    );
}

#[test]
fn a_rebuild_takes_the_place_of_the_archive_and_other_words_need_one() {
    let Some(fixture) = Fixture::new("rebuild") else { return };
    fixture.write("a.jsonl", &lines(&["氢燃小镇"]));
    fixture.ingest(true);
    let words = fixture.index().with_extension("words");
    std::fs::write(&words, "氢燃小镇\n").unwrap();
    let mut plan = fixture.plan(true);
    plan.user_words = Some(words);
    let error = dibao::ingest::run(&plan, &()).unwrap_err();
    assert!(matches!(error, IngestError::Index(IndexError::Outdated { .. })), "{error}");
    plan.rebuild = true;
    assert_eq!(dibao::ingest::run(&plan, &()).unwrap().files_taken, 1);
    let archive = fixture.cluster_archive();
    let query = query::parse("氢燃小镇").unwrap();
    assert_eq!(archive.count(&Request { query, ..Request::default() }).unwrap(), 1);
    assert_eq!(fixture.ingest(true).files_skipped, 1, "it keeps its words");
}

#[test]
fn a_killed_ingest_leaves_whole_files_and_the_next_one_goes_on() {
    let Some(fixture) = Fixture::new("killed") else { return };
    let text = lines(&["同一篇"; 300]);
    let files = 12;
    for number in 0..files {
        fixture.write(&format!("{number:02}.jsonl"), &text);
    }
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dibao"));
        command.args(["ingest", "--engine", "opensearch"]).arg("--corpus").arg(fixture.corpus());
        command
            .arg("--index")
            .arg(fixture.index())
            .env("DIBAO_ENGINE_INDEX", &fixture.settings.index);
        command.env("DIBAO_ENGINE_URL", fixture.settings.urls.join(","));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    for wait in [300, 600, 900, 1_400] {
        let mut child = run().spawn().unwrap();
        thread::sleep(Duration::from_millis(wait));
        drop(child.kill());
        child.wait().unwrap();
        if let Ok((archive, _)) = Archive::open_on_cluster(&fixture.settings, &fixture.index()) {
            let articles = titles(&archive).len();
            assert_eq!(articles % 300, 0, "no part of a file is seen: {articles}");
            assert_eq!(articles as u64 / 300, archive.file_count().unwrap());
        }
    }
    assert!(run().status().unwrap().success());
    let archive = fixture.cluster_archive();
    assert_eq!(titles(&archive).len(), 300 * files);
    assert_eq!(archive.file_count().unwrap(), files as u64);
}
