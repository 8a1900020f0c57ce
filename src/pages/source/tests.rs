//! The page of a file: blocks, doubtful places, paging, in both languages.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::{FileReport, FileWarning, LineRange, LineRole};
use crate::pages::testing::golden::golden;
use crate::pages::testing::sample::sample;
use crate::pages::{Doubtful, Frame, SourcePage, source};
use crate::present::Lang;
use crate::present::{FileState, SourceError, SourceLine, SourceView};

fn line(row: u32, number: u32, role: Option<LineRole>, owner: Option<u32>) -> SourceLine {
    SourceLine { row, number, text: format!("<行{row}>"), is_short: false, role, owner }
}

fn page() -> SourcePage {
    SourcePage {
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
            has_articles: false,
            next: Some(2001),
            warnings: vec![],
        }),
        page_images: vec![3, 4],
        article: Some(sample()),
        doubtful: Doubtful { cuts: vec![sample()], is_whole: true },
        edit: None,
        login: None,
    }
}

fn shown(lang: Lang, page: &SourcePage) -> String {
    golden(&source(&Frame { lang, ..Frame::default() }, page).into_string())
}

#[test]
fn the_page_of_a_file() {
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("source-{}", lang.tag()), shown(lang, &page()));
    }
}

#[test]
fn outside_text_is_escaped_and_folders_of_the_server_are_hidden() {
    for lang in Lang::ALL {
        let shown = shown(lang, &page());
        assert!(shown.contains("&lt;行1001&gt;") && !shown.contains("<行"), "{shown}");
        assert!(shown.contains("../晚报/&quot;a&quot;.txt"), "{shown}");
        assert!(!shown.contains("/secret"), "{shown}");
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
    assert!(shown(Lang::Zh, &clean()).contains("每处分篇都可信"));
    let mut part = clean();
    part.doubtful.is_whole = false;
    let part = shown(Lang::Zh, &part);
    assert!(part.contains("本页各行的分篇都可信") && !part.contains("每处分篇"), "{part}");
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
    assert!(shown.contains("&amp;article=0123456789ab#L3\">转到该文章"), "{shown}");
    page.article = None;
    assert!(self::shown(Lang::Zh, &page).contains("txt\">转到第一行"));
}

#[test]
fn a_file_that_is_gone_still_says_what_is_known() {
    let gone = SourcePage { view: Err(SourceError::Gone("/secret/a".into())), ..page() };
    let shown = shown(Lang::En, &gone);
    assert!(shown.contains("The file no longer exists") && shown.contains("gb18030"), "{shown}");
}
