//! One file of an archive: its report, the articles on some of its lines, the neighbours of one.

use dibao::index::{IndexWriter, IndexWriterOptions};
use dibao::model::{ArticleId, FileReport, LineRange, Record};
use dibao::query;
use dibao::search::{Archive, Request, TextField};

use super::{archive, article, request};

/// `many` articles of three lines each, and one more line of the first behind all of them.
fn file(source: &str, many: u32) -> Vec<Record> {
    let own = |at: u32| {
        let mut lines = vec![LineRange(3 * at - 2, 3 * at)];
        if at == 1 {
            lines.push(LineRange(3 * many + 1, 3 * many + 1));
        }
        Record { lines, ..article(source, at, "渡船昨日开行。") }
    };
    (1..=many).map(own).collect()
}

fn ordinals(archive: &Archive, source: &str, from: u32, to: u32) -> Vec<u32> {
    let found = archive.articles_in_lines(source, LineRange(from, to)).unwrap();
    found.iter().map(|record| record.ordinal).collect()
}

#[test]
fn the_articles_of_some_lines_are_those_that_own_one_of_them() {
    let records = [file("a.txt", 5), file("b.txt", 3)].concat();
    let (_folder, archive) = archive(&records);
    assert_eq!(ordinals(&archive, "a.txt", 4, 7), [2, 3]);
    assert_eq!(ordinals(&archive, "a.txt", 16, 99), [1], "a later part of the first");
    assert_eq!(ordinals(&archive, "a.txt", 0, u32::MAX), [1, 2, 3, 4, 5]);
    assert_eq!(ordinals(&archive, "c.txt", 0, u32::MAX), [0; 0]);
}

#[test]
fn in_a_file_of_many_articles_only_some_are_looked_at_and_none_nearby_is_missed() {
    let (_folder, archive) = archive(&file("a.txt", 700));
    for at in [1, 2, 51, 52, 350, 699, 700] {
        assert_eq!(ordinals(&archive, "a.txt", 3 * at, 3 * at), [at]);
        assert_eq!(ordinals(&archive, "a.txt", 3 * at - 2, 3 * at - 2), [at]);
    }
    assert_eq!(ordinals(&archive, "a.txt", 900, 904), [300, 301, 302]);
    assert_eq!(ordinals(&archive, "a.txt", 9_000, 9_001), [0; 0]);
}

#[test]
fn the_neighbours_are_those_of_the_same_file() {
    let records = [file("a.txt", 3), file("b.txt", 3)].concat();
    let (_folder, archive) = archive(&records);
    let of = |at: usize| {
        let neighbours = archive.neighbours(&records[at]).unwrap();
        neighbours.map(|near| near.map(|record| (record.source, record.ordinal)))
    };
    let near = |source: &str, ordinal| Some((source.to_owned(), ordinal));
    assert_eq!(of(0), [None, near("a.txt", 2)]);
    assert_eq!(of(1), [near("a.txt", 1), near("a.txt", 3)]);
    assert_eq!(of(5), [near("b.txt", 2), None]);
}

#[test]
fn a_report_is_found_by_the_whole_name_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
    let mut writer = IndexWriter::open(folder.path(), options).unwrap();
    let report = FileReport { source: "报/a.txt".into(), articles: 2, ..FileReport::default() };
    writer.report(&report).unwrap();
    writer.finish().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    assert_eq!(archive.file_report("报/a.txt").unwrap(), Some(report));
    for name in ["", "a.txt", "报", "报/a.txt/", "报/../报/a.txt"] {
        assert_eq!(archive.file_report(name).unwrap(), None, "{name}");
    }
}

/// In segments of their own, and with an article of some of them, so that only paths make the order.
#[test]
fn the_reports_of_a_page_are_those_of_its_place_among_all() {
    let folder = tempfile::tempdir().unwrap();
    for part in 0..3 {
        let options = IndexWriterOptions { threads: 1, user_words: None, rebuild: false };
        let mut writer = IndexWriter::open(folder.path(), options).unwrap();
        for at in (0..25).rev() {
            let source = format!("报/{}.txt", at * 3 + part);
            if at % 4 == 0 {
                writer.add(&article(&source, 1, "渡船昨日开行。")).unwrap();
            }
            writer.report(&FileReport { source, ..FileReport::default() }).unwrap();
        }
        writer.finish().unwrap();
    }
    let archive = Archive::open(folder.path()).unwrap();
    let all = archive.file_reports().unwrap();
    assert_eq!((all.len(), archive.file_count().unwrap()), (75, 75));
    for size in [1, 10, 40, 100] {
        let pages = (0..75).step_by(size).map(|first| archive.file_reports_from(first, size));
        assert_eq!(pages.flat_map(Result::unwrap).collect::<Vec<_>>(), all, "{size}");
    }
    assert_eq!(archive.file_reports_from(75, 10).unwrap(), []);
}

#[test]
fn what_is_marked_in_one_article_is_what_a_search_marks_in_it() {
    let (_folder, archive) = archive(&file("a.txt", 2));
    let request = Request { query: query::parse("渡船 正文:开行").unwrap(), ..request("") };
    let hit = archive.search(&request).unwrap().hits.remove(0);
    let marked = archive.highlights(&request, &hit.record).unwrap();
    assert_eq!(marked, hit.highlights);
    assert_eq!(marked[0].field, TextField::Body);
    assert!(!marked[0].spans.is_empty());
}

#[test]
fn the_first_articles_of_the_beginning_of_an_id_and_how_many_there_are() {
    let records = file("a.txt", 40);
    let (_folder, archive) = archive(&records);
    let start = ArticleId(records[0].id.0[..1].to_owned());
    let all = records.iter().filter(|record| record.id.0.starts_with(&start.0)).count();
    let (first, total) = archive.with_id_prefix(&start, 1).unwrap();
    assert_eq!((first.len(), total), (1, all as u64));
    assert!(first[0].id.0.starts_with(&start.0));
    assert_eq!(archive.with_id_prefix(&ArticleId(String::new()), 5).unwrap().1, 0);
}
