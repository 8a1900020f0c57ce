//! The page of a file: blocks, doubtful places, paging, in both languages.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::{FileReport, FileWarning, LineRange, LineRole};
use crate::pages::common::sample::sample;
use crate::pages::{Doubtful, Frame, Source, source};
use crate::present::Lang;
use crate::present::{FileState, SourceError, SourceLine, SourceView};

fn line(row: u32, number: u32, role: Option<LineRole>, owner: Option<u32>) -> SourceLine {
    SourceLine { row, number, text: format!("<行{row}>"), is_short: false, role, owner }
}

fn page() -> Source {
    Source {
        report: FileReport {
            source: "../晚报/\"a\".txt".into(),
            path: "/secret/a.txt".into(),
            bytes: 12_345,
            encoding: "gb18030".into(),
            articles: 2,
            lines: 40,
            lines_in_articles: 30,
            lines_elsewhere: BTreeMap::from([(LineRole::Front, 7), (LineRole::Stray, 3)]),
            elsewhere: vec![
                (LineRange(1, 7), LineRole::Front),
                (LineRange(2501, 2503), LineRole::Stray),
            ],
            contents_unmatched: vec!["没有的<题>".into()],
            warnings: vec![FileWarning::ZeroBytes { count: 3 }],
            ..FileReport::default()
        },
        view: Ok(SourceView {
            path: PathBuf::from("/secret/a.txt"),
            state: FileState::Same,
            lines: vec![
                line(1001, 1001, Some(LineRole::Front), None),
                line(1002, 1002, Some(LineRole::Title), Some(2)),
                line(1003, 1002, Some(LineRole::Body), Some(2)),
                line(1004, 1004, None, None),
            ],
            articles: vec![sample()],
            next: Some(2001),
            warnings: vec![],
        }),
        article: Some(sample()),
        doubtful: Doubtful { cuts: vec![sample()], is_whole: true },
    }
}

fn shown(lang: Lang, page: &Source) -> String {
    source(&Frame { lang, ..Frame::default() }, page).into_string()
}

#[test]
fn every_line_has_its_number_and_role_and_articles_are_blocks() {
    let shown = shown(Lang::Zh, &page());
    assert!(shown.contains("<tr id=\"L1001\" class=\"is-around\">"), "{shown}");
    assert_eq!(shown.matches("id=\"L1002\"").count(), 1, "{shown}");
    assert!(shown.contains("<tbody class=\"owned own\"><tr class=\"head doubtful\">"), "{shown}");
    assert!(shown.contains("href=\"/article/0123456789ab\""), "{shown}");
    assert!(shown.contains("不明") && shown.contains("40 行中 37 行有归属"), "{shown}");
}

#[test]
fn what_is_to_be_looked_at_can_be_jumped_to() {
    let shown = shown(Lang::En, &page());
    assert!(shown.contains("&amp;from=2481#L2501\""), "{shown}");
    assert!(shown.contains("article=0123456789ab#L3\""), "{shown}");
    assert!(shown.contains("没有的&lt;题&gt;") && shown.contains("has 3 zero bytes"), "{shown}");
}

#[test]
fn nothing_from_outside_is_more_than_text_and_no_folder_is_told() {
    for lang in Lang::ALL {
        let shown = shown(lang, &page());
        assert!(shown.contains("&lt;行1001&gt;") && !shown.contains("<行"), "{shown}");
        assert!(shown.contains("../晚报/&quot;a&quot;.txt"), "{shown}");
        assert!(!shown.contains("/secret"), "{shown}");
    }
}

#[test]
fn a_long_file_is_read_page_by_page() {
    let shown = shown(Lang::Zh, &page());
    for from in ["1", "2001"] {
        assert!(shown.contains(&format!("from={from}&amp;article=0123456789ab\"")), "{shown}");
    }
}

#[test]
fn a_file_is_called_clean_only_as_far_as_it_was_looked_at() {
    let clean = || {
        let mut page = page();
        let report = &mut page.report;
        (report.elsewhere, report.contents_unmatched, report.warnings) = Default::default();
        page.doubtful = Doubtful { cuts: vec![], is_whole: true };
        page
    };
    assert!(shown(Lang::Zh, &clean()).contains("每处切分都可信"));
    let mut part = clean();
    part.doubtful.is_whole = false;
    let part = shown(Lang::Zh, &part);
    assert!(part.contains("本页各行的切分都可信") && !part.contains("每处切分"), "{part}");
    let mut changed = clean();
    if let Ok(view) = &mut changed.view {
        view.state = FileState::Changed;
    }
    assert!(!shown(Lang::Zh, &changed).contains("没有存疑之处"));
    let mut warned = clean();
    if let Ok(view) = &mut warned.view {
        view.warnings.push(FileWarning::Empty);
    }
    assert!(!shown(Lang::Zh, &warned).contains("没有存疑之处"));
}

#[test]
fn beyond_the_end_there_is_a_way_back() {
    let mut page = page();
    if let Ok(view) = &mut page.view {
        (view.lines, view.next) = (vec![], None);
    }
    let shown = shown(Lang::Zh, &page);
    assert!(shown.contains("&amp;article=0123456789ab#L3\">从这篇文章看起"), "{shown}");
    page.article = None;
    assert!(self::shown(Lang::Zh, &page).contains("txt\">从第一行看起"));
}

#[test]
fn a_file_that_is_gone_still_says_what_is_known() {
    let gone = Source { view: Err(SourceError::Gone("/secret/a".into())), ..page() };
    let shown = shown(Lang::En, &gone);
    assert!(shown.contains("The file is gone") && shown.contains("gb18030"), "{shown}");
}
