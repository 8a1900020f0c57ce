//! The overview: numbers lead to what they count, gaps are said, names are escaped.

use super::files::{FilesPage, files};
use super::{Overview, overview};
use crate::model::{FileReport, Issue, LineRange, LineRole, LineRoles, Review};
use crate::pages::layout::frame::Frame;
use crate::pages::testing::golden::golden;
use crate::present::{FileFindings, Lang, MAX_LISTED, Matter, in_file};
use crate::search::{
    Count, Granularity, Matrix, MatrixColumn, MatrixRow, Period, PeriodCount, ReviewCount, Totals,
};

fn count(value: &str, count: u64) -> Count {
    Count { value: value.into(), count }
}

fn month(month: i32, count: u64, possible: u64) -> PeriodCount {
    let value = Period::at(Granularity::Month, 2023 * 12 + month - 1);
    PeriodCount { value, count, possible }
}

fn report(source: &str) -> FileReport {
    FileReport {
        changed: None,
        source: source.into(),
        path: format!("/corpus/{source}"),
        bytes: 1,
        hash: String::new(),
        rules: String::new(),
        encoding: "UTF-8".into(),
        recognised: None,
        pictures: Vec::new(),
        publication: Some("甲报".into()),
        issue: Issue::default(),
        articles: 2,
        lines: 10,
        lines_in_articles: 8,
        lines_elsewhere: [(LineRole::Stray, 2)].into(),
        elsewhere: vec![(LineRange(3, 4), LineRole::Stray)],
        contents_entries: 0,
        roles: LineRoles::default(),
        contents_unmatched: Vec::new(),
        corrections: Vec::new(),
        unplaced: Vec::new(),
        warnings: Vec::new(),
    }
}

fn findings(files: usize) -> FileFindings {
    let found = (0..files).flat_map(|n| in_file(&report(&format!("{n}.txt"))));
    let listed: Vec<_> = found.take(MAX_LISTED).collect();
    FileFindings { matters: vec![(Matter::StrayLines, files as u64, listed)] }
}

fn sample() -> Overview {
    let matrix = |row: &str, columns: [&str; 2], more_rows| Matrix {
        rows: vec![MatrixRow { name: row.into(), count: 3, cells: vec![3, 0] }],
        columns: columns
            .map(|name| MatrixColumn { name: name.into(), count: 3, skipped: 0 })
            .into(),
        more_rows,
        ..Matrix::default()
    };
    Overview {
        figures: 12_345,
        with_figures: 678,
        totals: Totals { articles: 12_345, stories: 12_000 },
        undated: 7,
        unplaced: 0,
        by: Granularity::Month,
        districts_by: Granularity::Month,
        periods: vec![month(1, 3, 0), month(4, 5, 2), month(5, 0, 2)],
        spread: 2,
        districts: matrix("甲<b>市", ["2023-01", "2023-02"], 4),
        topics: matrix("能源", ["甲市", "乙市"], 0),
        outlets: vec![count("丙\"社", 4)],
        publications: vec![count("甲报", 4)],
        review: vec![
            ReviewCount { review: Review::WeakCut, count: 6 },
            ReviewCount { review: Review::Unplaced, count: 0 },
        ],
        files: 230,
        file_findings: findings(40).into(),
        all_findings: false,
        all_rows: false,
    }
}

fn page(lang: Lang, shown: &Overview) -> String {
    golden(&overview(&Frame { lang, ..Frame::default() }, shown).into_string())
}

#[test]
fn the_overview() {
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("overview-{}", lang.tag()), page(lang, &sample()));
    }
}

#[test]
fn counts_of_zero_are_no_links() {
    let shown = page(Lang::Zh, &sample());
    assert!(!shown.contains("2023-02&amp;to"), "{shown}");
    assert!(!shown.contains("?review=unplaced\">0<"), "{shown}");
}

#[test]
fn names_are_escaped_in_charts_and_tables() {
    for lang in Lang::ALL {
        let shown = overview(&Frame { lang, ..Frame::default() }, &sample()).into_string();
        assert!(!shown.contains("甲<b>"), "{shown}");
        assert!(shown.contains("甲&lt;b&gt;市"), "{shown}");
    }
}

#[test]
fn rows_that_are_left_out_can_all_be_listed() {
    let mut shown = Overview {
        outlets: (0..60).map(|at| count(&format!("社{at}"), 60 - at)).collect(),
        ..sample()
    };
    let few = page(Lang::Zh, &shown);
    assert!(few.contains("href=\"/overview?rows=all#districts\">全部列出"), "{few}");
    assert!(few.contains("href=\"/overview?rows=all#sources\">") && !few.contains(">社59<"));
    shown.all_rows = true;
    shown.all_findings = true;
    let all = page(Lang::Zh, &shown);
    assert!(all.contains(">社59<") && !all.contains("rows=all"), "{all}");
    assert!(all.contains("另有 4 个地区未列出。"), "what is still left out is said");
}

#[test]
fn an_empty_archive_says_so() {
    let shown = page(Lang::Zh, &Overview::default());
    assert!(shown.contains("库中还没有文章") && !shown.contains("<svg"), "{shown}");
}

#[test]
fn findings_in_files_are_counted_and_the_first_of_them_listed() {
    let few = page(Lang::Zh, &sample());
    assert!(few.contains("未归属的行 <span class=\"soft\">40<"), "{few}");
    assert!(
        few.contains("files=all#review\">查看其余 10 条") && !few.contains(">39.txt:3<"),
        "{few}"
    );
    let all = page(Lang::Zh, &Overview { all_findings: true, ..sample() });
    assert!(all.contains(">39.txt:3<") && !all.contains("files=all#"), "{all}");
    let more = Overview { file_findings: findings(1_234).into(), all_findings: true, ..sample() };
    let more = page(Lang::En, &more);
    assert!(more.contains("234 more are not listed."), "{more}");
}

#[test]
fn a_page_of_files_says_of_how_many_and_leads_on() {
    let shown = |lang, first, count: usize| {
        let reports = (first..first + count).map(|n| report(&format!("{n}<i>.txt"))).collect();
        let listed = FilesPage { reports, first, size: 2, total: 230 };
        golden(&files(&Frame { lang, ..Frame::default() }, &listed).into_string())
    };
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("files-{}", lang.tag()), shown(lang, 2, 2));
    }
    assert!(!shown(Lang::Zh, 0, 2).contains("rel=\"prev\""));
    assert!(!shown(Lang::Zh, 228, 2).contains("rel=\"next\""));
    assert!(shown(Lang::Zh, 999, 0).contains("共 230 个文件，本页没有文件。"));
}
