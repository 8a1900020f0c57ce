//! The sample corpus as people search it: what must come first does, and every string is found.

use std::path::Path;
use std::sync::LazyLock;

use dibao::ingest::{IngestPlan, run};
use dibao::query;
use dibao::search::{Archive, Request};
use tempfile::TempDir;

/// The sample corpus, taken in once for all tests of this file.
static SAMPLE: LazyLock<(TempDir, Archive)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    run(&IngestPlan::new(corpus, folder.path()), &()).expect("an ingest");
    let archive = Archive::open(folder.path()).expect("an index");
    (folder, archive)
});

#[test]
fn what_must_come_first_does() {
    let archive = &SAMPLE.1;
    let mut wrong = Vec::new();
    let rows = include_str!("queries.tsv").lines().filter(|row| !row.starts_with('#'));
    let mut asked = 0;
    for row in rows {
        let (typed, wanted) = row.split_once('\t').expect("a tab");
        let query = query::parse(typed).expect("a good query");
        let request = Request { query, limit: 1, group: true, ..Request::default() };
        let hits = archive.search(&request).expect("results").hits;
        let first = hits.first().and_then(|hit| hit.record.title.clone()).unwrap_or_default();
        if !first.contains(wanted) {
            wrong.push(format!("{typed}: {first}, not {wanted}"));
        }
        asked += 1;
    }
    assert!(wrong.is_empty(), "{} of {asked}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_string_finds_its_articles_and_no_others() {
    for seed in [1, 2, 3] {
        let check = SAMPLE.1.check_literals(700, seed).expect("a check");
        assert!(check.strings > 600 && check.expected > check.strings, "{check:?}");
        assert!(check.holds(), "{check:#?}");
    }
}
