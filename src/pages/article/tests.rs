//! The page of an article: what is escaped, marked, linked, in both languages.

use std::path::PathBuf;

use super::compare::compare;
use super::source_column::no_source;
use crate::model::{
    ArticleId, DoubtfulPlace, Indicator, IndicatorRule, IndicatorStatus, LineRange, LineRole,
    PageArea, Record,
};
use crate::pages::testing::golden::golden;
use crate::pages::testing::sample::sample;
use crate::pages::{ArticlePage, Frame, NotesSection, Reprint, Trail, article, several};
use crate::present::Lang;
use crate::present::{
    FileState, NoPictures, PageMarks, SearchParams, SourceError, SourceLine, SourceView,
};
use crate::search::{Highlight, TextField, compare as compared};

fn other(id: &str, title: &str) -> Record {
    Record { id: ArticleId(id.into()), title: Some(title.into()), ..sample() }
}

fn page() -> ArticlePage {
    let record = sample();
    let line = |row: u32, role, text: &str| SourceLine {
        row,
        number: row,
        text: text.to_owned(),
        is_short: false,
        role: Some(role),
        owner: (row > 2).then_some(2),
    };
    let at = record.body.find("老桥").expect("in the body");
    let reprint =
        Record { body: "老桥昨天通车。".into(), ..other("bbbbbbbbbbbb", "别的题") };
    let comparison = Some(compared(&record, &reprint));
    ArticlePage {
        notes: NotesSection::default(),
        highlights: vec![Highlight {
            field: TextField::Body,
            spans: std::iter::once(at..at + 6).collect(),
        }],
        params: SearchParams { q: "老桥".into(), ..SearchParams::default() },
        trail: Some(Trail {
            at: 43,
            total: 162,
            steps: [Some(other("cccccccccccc", "前")), Some(other("dddddddddddd", "后"))],
        }),
        neighbours: [None, Some(other("eeeeeeeeeeee", "邻"))],
        of_file: 9,
        reprints: vec![Reprint { record: reprint, comparison, evidence: None }],
        source: Ok(SourceView {
            path: PathBuf::from("/secret/晚报/2021.txt"),
            state: FileState::Changed,
            lines: vec![line(2, LineRole::Stray, "<i>孤行"), line(3, LineRole::Title, "老桥")],
            articles: vec![record.clone()],
            has_articles: false,
            next: None,
            warnings: vec![],
        }),
        twins: vec![],
        page_images: Ok(vec![]),
        edit: None,
        login: None,
        record,
    }
}

fn shown(lang: Lang, page: &ArticlePage) -> String {
    golden(&article(&Frame { lang, ..Frame::default() }, page).into_string())
}

#[test]
fn the_page_of_an_article() {
    for lang in Lang::ALL {
        insta::assert_snapshot!(format!("article-{}", lang.tag()), shown(lang, &page()));
    }
}

#[test]
fn the_pages_that_an_article_was_printed_on_have_its_lines_marked() {
    let area = |left, top| PageArea { left, top, right: left + 2_000, bottom: top + 900 };
    let marks = |page| PageMarks {
        page,
        blocks: vec![(LineRange(3, 9), area(1_000, 500)), (LineRange(12, 12), area(4_000, 1_500))],
        matches: vec![PageArea { left: 1_200, top: 600, right: 1_400, bottom: 700 }],
        doubtful: vec![PageArea { left: 1_500, top: 600, right: 1_700, bottom: 700 }],
    };
    let page = ArticlePage { page_images: Ok((1..=5).map(marks).collect()), ..page() };
    for lang in Lang::ALL {
        let shown = article(&Frame { lang, ..Frame::default() }, &page).into_string();
        assert_eq!(shown.matches("<figure><div class=\"sheet\">").count(), 4, "{shown}");
        let section = shown.split("<section class=\"page-images\"").nth(1).expect("the section");
        let first = section.split("</figure>").next().expect("a figure");
        insta::assert_snapshot!(format!("page-images-{}", lang.tag()), golden(first));
        let block = "<a href=\"#L3\" aria-label=\"";
        assert!(first.contains(block), "{first}");
        let rect =
            "<rect class=\"match\" x=\"1200\" y=\"600\" width=\"200\" height=\"100\"></rect>";
        assert_eq!((first.matches("class=\"block\"").count(), first.matches(rect).count()), (2, 1));
        let doubtful = "<rect class=\"doubtful\" x=\"1500\" y=\"600\"";
        assert!(first.contains(doubtful), "{first}");
        assert!(section.contains("page=5&amp;side=3200"), "{section}");
        assert!(!shown.contains("style="), "{shown}");
    }
    let none = ArticlePage { page_images: Err(NoPictures::InArchive), ..self::page() };
    let shown = article(&Frame { lang: Lang::Zh, ..Frame::default() }, &none).into_string();
    assert!(shown.contains("没有图像：文件在压缩包内；解压后即可显示旁边的图像。"), "{shown}");
}

#[test]
fn doubtful_words_are_marked_and_explained() {
    let record = sample();
    let start = record.body.find("今天").expect("the words");
    let place = DoubtfulPlace {
        field: TextField::Body,
        start,
        end: start + "今天".len(),
        confidence: 41,
        page: 1,
        area: PageArea::default(),
    };
    let kicker = DoubtfulPlace { field: TextField::Kicker, start: 0, end: 6, ..place.clone() };
    let record = Record { doubtful: vec![kicker, place], ..record };
    let page = ArticlePage { record, ..page() };
    for lang in Lang::ALL {
        let shown = article(&Frame { lang, ..Frame::default() }, &page).into_string();
        let title = lang.of("识别把握 41%", "recognition confidence 41 %");
        let mark = |words| format!("<u class=\"doubtful\" title=\"{title}\">{words}</u>");
        assert!(shown.contains(&mark("今天")) && shown.contains(&mark("引题")), "{shown}");
        assert!(shown.contains("id=\"show-doubtful\""), "{shown}");
        let explained = lang.of("把握不大的有 2 处", "2 words recognised with low confidence");
        assert!(shown.contains(explained), "{shown}");
    }
    assert!(!self::shown(Lang::En, &self::page()).contains("doubtful"));
}

#[test]
fn outside_text_is_escaped_and_folders_of_the_server_are_hidden() {
    for lang in Lang::ALL {
        let shown = shown(lang, &page());
        assert!(!shown.contains("<script>alert") && !shown.contains("<i>"), "{shown}");
        assert!(shown.contains("老桥换上&quot;新&quot;栏杆&lt;script&gt;"), "{shown}");
        assert!(!shown.contains("/secret"), "{shown}");
        assert!(!shown.contains("style=\"") && !shown.contains("onclick"), "{shown}");
    }
}

#[test]
fn the_numbers_of_an_article_lead_to_their_words() {
    let body = "去年长桥镇接待游客3万人次<i>，增长2%。";
    let at = body.find("接待").expect("the words");
    let span = at..body.find("<i>").expect("what follows");
    let row = Indicator {
        id: "0123456789ab-1-2".into(),
        indicator: None,
        name: "接待<i>游客".into(),
        name_printed: "接待游客".into(),
        value: Some(3.0),
        value_max: None,
        unit: Some("万人次".into()),
        value_si: Some(30_000.0),
        approx: None,
        change: None,
        period: None,
        district: None,
        scope: None,
        status: IndicatorStatus::Target,
        preliminary: false,
        quote: body[span.clone()].into(),
        span,
        rule: IndicatorRule::NameBefore,
        confidence: 0.9,
    };
    let record = Record { body: body.into(), indicators: vec![row], ..sample() };
    let page = ArticlePage { record, highlights: Vec::new(), ..page() };
    let shown = shown(Lang::Zh, &page);
    assert!(shown.contains("3万人次</td>") && shown.contains("目标"), "{shown}");
    let link = shown
        .split("title=\"在文中查看\"")
        .find(|part| part.contains("<q lang=\"zh-CN\">接待游客3万人次</q>"));
    assert!(link.is_some(), "{shown}");
    assert!(!shown.contains("<i>"), "{shown}");
    assert!(!self::shown(Lang::Zh, &self::page()).contains("指标数值"));
}

#[test]
fn without_a_search_there_is_no_way_through_its_hits() {
    let plain = ArticlePage { params: SearchParams::default(), trail: None, ..page() };
    let shown = shown(Lang::Zh, &plain);
    assert!(!shown.contains("返回检索结果") && shown.contains("下一篇（同一文件）"), "{shown}");
    assert!(!shown.contains("上一篇（同一文件）") && shown.contains("第 2 篇，共 9 篇"), "{shown}");
}

#[test]
fn a_source_that_cannot_be_shown_has_a_reason() {
    let reasons = |lang| {
        [
            SourceError::Gone("/secret/a".into()),
            SourceError::Neither(vec!["/secret/a".into(), "/secret/b".into()]),
            SourceError::Elsewhere("/secret/a".into()),
            SourceError::Compressed("/secret/a".into()),
        ]
        .map(|error| golden(&no_source(lang, &error).into_string()))
        .join("\n")
    };
    for lang in Lang::ALL {
        let shown = reasons(lang);
        assert!(!shown.contains("/secret"), "{shown}");
        insta::assert_snapshot!(format!("no-source-{}", lang.tag()), shown);
    }
}

#[test]
fn two_articles_are_compared_with_words_and_not_by_colour_alone() {
    let first = Record { body: "老桥今天通车。两岸的人来看。".into(), ..sample() };
    let second =
        Record { body: "老桥昨天通车。".into(), ..other("bbbbbbbbbbbb", "别的<题>") };
    for lang in Lang::ALL {
        let about = Frame { lang, ..Frame::default() };
        let shown = compare(&about, &first, &second, &compared(&first, &second)).into_string();
        assert!(!shown.contains("<题>"), "{shown}");
        insta::assert_snapshot!(format!("compare-{}", lang.tag()), golden(&shown));
    }
}

#[test]
fn an_ambiguous_id_is_a_choice() {
    let about = Frame { lang: Lang::En, ..Frame::default() };
    let shown = several(&about, "<b>", &[sample(), other("cccccccccccc", "丙")], 7).into_string();
    insta::assert_snapshot!(golden(&shown));
}
