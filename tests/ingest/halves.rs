//! What a file costs that cannot be read to its end: never what the index has of it.

use dibao::model::FileWarning;

use super::*;

/// A compressed file of twenty articles about a blossom. Each line has half a megabyte of a field
/// that nobody reads and that compresses badly, so that some articles are read before the missing
/// end is noticed.
fn compressed(blossom: &str) -> Vec<u8> {
    let mut noise = 0x9e37_79b9_u32;
    let mut pad = || -> String {
        let digit = |_| {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            char::from(b'0' + (noise % 64) as u8).to_ascii_lowercase()
        };
        (0..500_000).map(digit).collect()
    };
    let line = |n: u32| {
        let body = format!("第{n}棵{blossom}开了。");
        serde_json::json!({ "body": body, "pad": pad() }).to_string() + "\n"
    };
    zstd::encode_all((0..20).map(line).collect::<String>().as_bytes(), 1).unwrap()
}

fn without_end(compressed: &[u8]) -> &[u8] {
    &compressed[..compressed.len() * 2 / 3]
}

#[test]
fn half_a_file_does_not_replace_a_whole_one_and_the_report_says_so() {
    let fixture = Fixture::new();
    let file = fixture.corpus().join("a.jsonl.zst");
    fs::write(&file, compressed("桃花")).unwrap();
    fixture.write("b.jsonl", &["杏花开了。"]);
    fixture.ingest();
    let before = fixture.exported();
    assert_eq!(before.len(), 21);

    fs::write(&file, without_end(&compressed("梨花"))).unwrap();
    for _ in 0..2 {
        let summary = fixture.ingest();
        assert_eq!((summary.files_taken, summary.files_skipped, summary.files_failed), (0, 1, 1));
        assert_eq!((summary.articles, summary.lines), (0, 0));
        assert_eq!(fixture.exported(), before);
        let reports = fixture.archive().file_reports().unwrap();
        assert_eq!(reports.len(), 2);
        assert_eq!((reports[0].articles, reports[0].hash.as_str()), (20, ""));
        let warnings = &reports[0].warnings;
        assert_eq!(warnings.len(), 2, "{warnings:?}");
        assert!(matches!(warnings[0], FileWarning::Unreadable { .. }));
        assert_eq!(warnings[1], FileWarning::EarlierKept { articles: 20 });
    }

    fs::write(&file, compressed("梨花")).unwrap();
    assert_eq!(fixture.ingest().files_taken, 1);
    assert_eq!((count(&fixture.archive(), "桃花"), count(&fixture.archive(), "梨花")), (0, 20));
    assert!(fixture.archive().file_reports().unwrap()[0].warnings.is_empty());
}

#[test]
fn a_file_that_was_emptied_keeps_its_articles_until_it_is_removed() {
    let fixture = Fixture::new();
    fixture.write("a.jsonl", &["桃花开了。"]);
    fixture.write("b.jsonl", &["杏花开了。"]);
    fixture.ingest();
    let file = fixture.corpus().join("a.jsonl");
    fs::write(&file, "").unwrap();
    for _ in 0..2 {
        assert_eq!(fixture.ingest().files_failed, 1);
        assert_eq!(count(&fixture.archive(), "桃花"), 1);
    }
    let warnings = fixture.archive().file_reports().unwrap()[0].warnings.clone();
    assert_eq!(warnings, [FileWarning::Empty, FileWarning::EarlierKept { articles: 1 }]);
    fs::remove_file(&file).unwrap();
    fixture.ingest();
    assert_eq!(count(&fixture.archive(), "桃花"), 0);
}

#[test]
fn half_of_a_new_file_is_taken_and_counted_as_failed_until_it_is_whole() {
    let fixture = Fixture::new();
    let file = fixture.corpus().join("a.jsonl.zst");
    fs::write(&file, without_end(&compressed("桃花"))).unwrap();
    let summary = fixture.ingest();
    assert_eq!((summary.files_taken, summary.files_failed), (0, 1));
    let half = count(&fixture.archive(), "桃花");
    assert_eq!(half, summary.articles);
    assert!((1..20).contains(&half), "{half}");
    fs::write(&file, compressed("桃花")).unwrap();
    assert_eq!(fixture.ingest().files_taken, 1);
    assert_eq!(count(&fixture.archive(), "桃花"), 20);
}

#[test]
fn a_known_file_that_cannot_be_opened_any_more_is_in_the_reports_to_be_looked_at() {
    let fixture = Fixture::new();
    let file = fixture.corpus().join("a.jsonl.zst");
    fs::write(&file, zstd::encode_all(lines(&["梨花开了。"]).as_bytes(), 3).unwrap()).unwrap();
    fixture.ingest();
    // Not one article of it can be read, whatever rights the one has who runs the test.
    fs::write(&file, "no compressed stream").unwrap();
    assert_eq!(fixture.ingest().files_failed, 1);
    assert_eq!(count(&fixture.archive(), "梨花"), 1);
    let reports = fixture.archive().file_reports().unwrap();
    let report = reports.iter().find(|report| report.source == "a.jsonl.zst").unwrap();
    assert_eq!((report.articles, report.hash.as_str()), (1, ""));
    assert!(matches!(report.warnings[0], FileWarning::Unreadable { .. }), "{:?}", report.warnings);
}
