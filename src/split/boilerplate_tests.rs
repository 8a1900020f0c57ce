//! What is furniture of pages and what is text.

use super::boilerplate::find;
use super::place::FilePlaces;
use crate::model::{CivilDate, LinePlace, LineRole, SourceText};

fn roles(page: &str) -> Vec<Option<LineRole>> {
    let source = SourceText::from_text("a.txt", page);
    let front = find(&source, &FilePlaces::default(), None);
    (0..source.lines.len()).map(|index| front.roles.get(&index).copied()).collect()
}

#[test]
fn page_furniture_is_told_from_text() {
    let front = Some(LineRole::Front);
    assert_eq!(
        roles("第3版 要闻 2019年5月7日 星期二\n— 12 —\n-----\n桥修好了\n2019年5月7日"),
        [front, front, front, None, None]
    );
}

#[test]
fn a_headline_with_a_number_and_a_day_is_no_masthead() {
    let front = Some(LineRole::Front);
    assert_eq!(
        roles(
            "第12期 2023年3月1日 星期三\n党校简报 第12期\n夜校 第12期 花鼓班 2023年3月1日开班\n第12期花鼓班星期一开班\n某县县志修到第五版\n国际新闻第四版"
        ),
        [front, front, None, None, None, front]
    );
}

#[test]
fn what_runs_at_the_edges_of_pages_is_furniture() {
    let mut source = SourceText::from_text("a.pdf", "渡口与码头\n木船昨天过秤。\n");
    let place = LinePlace { is_running: true, ..Default::default() };
    source.lines[0].place = Some(place);
    assert!(find(&source, &FilePlaces::default(), None).roles.keys().eq(&[0]));
}

#[test]
fn a_source_that_repeats_is_no_running_head() {
    let item = "桥修好了\n村口的石桥昨天修好了。\n信息来源：某县日报\n";
    assert!(roles(&item.repeat(4)).iter().all(Option::is_none));
    let head = roles("某县日报 第2版\n桥修好了。\n某县日报 第2版\n井挖好了。\n某县日报 第2版");
    assert_eq!(head.iter().flatten().count(), 3);
}

#[test]
fn a_masthead_can_have_its_parts_on_lines_of_their_own() {
    let front = Some(LineRole::Front);
    let page = "申江快報\n中華民國二十年\n五月二十日\n星期三\n老水井\n五月二十日\n井修好了、";
    assert_eq!(roles(page), [front, front, front, front, None, None, None]);
}

#[test]
fn a_stop_on_a_line_of_its_own_ends_the_line_before_it() {
    let of = |page: &str| roles(page)[1];
    assert_eq!(of("落水的人都上了岸、無一傷亡\n、\n船夫將繩收起"), None);
    assert_eq!(of("落水的人都上了岸。\n、\n船夫將繩收起"), Some(LineRole::Front));
}

#[test]
fn the_day_of_publication_alone_on_a_line_is_furniture_and_that_of_the_issue() {
    let front = Some(LineRole::Front);
    let page = "2023年12月30日出版\n井修好了\n二〇二三年十二月三十日出版\n2023年12月30日印发\n\
                2023年12月30日出版的画册展出。";
    assert_eq!(roles(page), [front, None, front, None, None]);
    let found = find(&SourceText::from_text("a.txt", page), &FilePlaces::default(), None);
    assert_eq!(found.issue.date.value, CivilDate::new(2023, 12, 30).ok());
}

#[test]
fn an_imprint_is_a_run_of_labelled_lines() {
    let imprint = Some(LineRole::Colophon);
    assert_eq!(
        roles(
            "正文。\n主办：某县办公室\n地址：东街 1 号\n电话：0000-1234567\n地址：这一句是正文里的话，不算。"
        ),
        [None, imprint, imprint, imprint, None]
    );
}
