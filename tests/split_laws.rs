//! What holds for every text that is cut, however strange: each line is accounted for exactly once,
//! nothing is made up, nothing fails, and the same text is cut the same way again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dibao::intake::{Chunk, Config, read, walk};
use dibao::model::SplitFile;
use dibao::model::{Article, LineRole, SourceText};
use dibao::present::{Lang, words};
use dibao::split::rearrange::{LineDecision, Rearranged, rearrange};
use dibao::split::{features, split};
use proptest::prelude::*;
use proptest::sample::select;

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_salad_of_lines_is_cut_by_the_laws(text in salad()) {
        laws_hold(&SourceText::from_text("salad.txt", text));
    }

    #[test]
    fn every_string_is_cut_by_the_laws(text in any::<String>()) {
        laws_hold(&SourceText::from_text("noise.txt", text));
    }

    #[test]
    fn whatever_a_person_decides_the_laws_hold(
        text in salad(),
        decisions in proptest::collection::vec(decision(), 1..8),
    ) {
        decisions_keep_the_laws(&SourceText::from_text("salad.txt", text), &decisions);
    }
}

/// Decisions about any lines, also such as there are none of.
fn decision() -> impl Strategy<Value = LineDecision> {
    use LineRole::{
        Advertisement, Banner, Blank, Body, Boilerplate, Colophon, Contents, Credit, Docno, Front,
        Kicker, Section, Stray, Subheading, Subtitle, Table, Title,
    };
    let role = select(vec![
        Advertisement,
        Banner,
        Blank,
        Body,
        Boilerplate,
        Colophon,
        Contents,
        Credit,
        Docno,
        Front,
        Kicker,
        Section,
        Stray,
        Subheading,
        Subtitle,
        Table,
        Title,
    ]);
    let line = || 0..70_usize;
    let lines = || proptest::collection::vec(line(), 1..6);
    prop_oneof![
        line().prop_map(|line| LineDecision::Begins { line }),
        (line(), proptest::option::of(line()))
            .prop_map(|(line, to)| LineDecision::Joins { line, to }),
        (lines(), role, proptest::option::of(line()))
            .prop_map(|(lines, role, to)| LineDecision::Are { lines, role, to }),
        lines().prop_map(|lines| LineDecision::Pieces { lines }),
    ]
}

fn decisions_keep_the_laws(source: &SourceText, decisions: &[LineDecision]) {
    let before = split(source);
    let Rearranged { split_file, origins, done } = rearrange(source, before.clone(), decisions);
    assert_eq!(done.len(), decisions.len());
    assert_each_line_is_accounted_for(source, &split_file);
    assert_articles_own_the_lines_they_state(source, &split_file);
    assert_articles_print_their_lines(source, &split_file);
    assert_contents_point_to_articles(&split_file);
    assert_eq!(origins.len(), split_file.articles.len());
    let mut continued = BTreeSet::new();
    let absorbed = origins.iter().flat_map(|origin| &origin.absorbed);
    for old in origins.iter().filter_map(|origin| origin.continues.as_ref()).chain(absorbed) {
        assert!(continued.insert(*old), "article {old} is continued twice");
    }
    let headings_stay = before.roles.iter().zip(&split_file.roles).all(|(was, is)| {
        let heading = |role| matches!(role, LineRole::Banner | LineRole::Section);
        was == is || !(heading(*was) || heading(*is))
    });
    for (article, origin) in split_file.articles.iter().zip(&origins) {
        if let (false, Some(old)) = (origin.touched, origin.continues) {
            let mut old = before.articles[old as usize].clone();
            if !headings_stay {
                old.section.clone_from(&article.section);
            }
            assert_eq!(*article, old, "an article that nothing was decided about has changed");
        }
    }
    let again = rearrange(source, before, decisions);
    assert_eq!(format!("{:?}", again.split_file), format!("{split_file:?}"));
}

/// The same lines with the same roles give the same article, whoever decided on them.
fn assert_rebuilding_changes_nothing(source: &SourceText, split_file: &SplitFile) {
    let filled = split_file.roles.iter().enumerate().filter(|(_, role)| **role != LineRole::Blank);
    let as_it_is: Vec<LineDecision> = filled
        .map(|(line, &role)| LineDecision::Are { lines: vec![line], role, to: None })
        .collect();
    let again = rearrange(source, split_file.clone(), &as_it_is);
    assert!(again.done.iter().all(Result::is_ok), "{:?}", again.done);
    assert!(again.origins.iter().all(|origin| origin.touched), "built anew");
    assert_eq!(again.split_file.articles, split_file.articles);
    assert_eq!(format!("{:?}", again.split_file), format!("{split_file:?}"));
}

#[test]
fn every_feature_has_words_in_both_languages() {
    for rule in features().chain(["given", "decided"]) {
        for lang in Lang::ALL {
            let reason = words::cut_reason(lang, rule);
            assert!(reason.is_some_and(|reason| !reason.is_empty()), "{rule}");
        }
        let reason = words::cut_reason(Lang::Zh, rule);
        assert!(reason.is_some_and(|reason| !reason.is_ascii()), "{rule}");
    }
    let ends = words::cut_reason(Lang::En, "last_two:版）").expect("a fitted feature");
    assert_eq!(ends, "a short line that ends in 版）");
    assert_eq!(words::cut_reason(Lang::En, "colour"), None);
    assert_eq!(words::cut_reason(Lang::En, "colour:红"), None);
}

#[test]
fn texts_that_were_once_cut_against_the_laws_are_cut_by_them() {
    for text in [
        // The list of a table of contents reached the end of the file, and was looked for beyond.
        "目 录",
        "渡口小学添了一间木工房……3\n目 录\n石桥镇……5",
        // A 文号 above a banner belonged to nobody.
        "岗政〔2022〕9号\n渡口小学添了一间木工房\n三是把\n三是把\n序号\t单位\t户数\n石桥镇\n",
    ] {
        laws_hold(&SourceText::from_text("once.txt", text));
    }
}

#[test]
fn the_sample_corpus_is_cut_by_the_laws() {
    let files = hold_for_folder("corpus");
    assert!(files >= 10, "{files} files");
}

#[test]
fn the_test_pages_are_cut_by_the_laws() {
    let files = hold_for_folder("tests/pages");
    assert!(files >= 17, "{files} files");
    let files = hold_for_folder("tests/unseen");
    assert!(files >= 14, "{files} files");
}

/// Checks every text below a folder as the intake reads it; the number of texts.
fn hold_for_folder(folder: &str) -> usize {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let config = Config::load(&folder).expect("settings");
    let mut texts = 0;
    for file in walk(&folder, &[]).files {
        for chunk in read(&file, &config) {
            if let Chunk::Text(source) = chunk {
                laws_hold(&source);
                texts += 1;
            }
        }
    }
    texts
}

fn laws_hold(source: &SourceText) {
    let split_file = split(source);
    assert_each_line_is_accounted_for(source, &split_file);
    assert_articles_own_the_lines_they_state(source, &split_file);
    assert_articles_print_their_lines(source, &split_file);
    assert_no_text_is_furniture(source, &split_file);
    assert_contents_point_to_articles(&split_file);
    assert_sections_are_short(source, &split_file);
    assert_rebuilding_changes_nothing(source, &split_file);
    assert_eq!(format!("{:?}", split(source)), format!("{split_file:?}"), "cut differently again");
}

fn assert_each_line_is_accounted_for(source: &SourceText, split_file: &SplitFile) {
    assert_eq!(split_file.roles.len(), source.lines.len(), "one role for each line");
    assert_eq!(split_file.owners.len(), source.lines.len(), "one owner or none for each line");
    for (index, (role, owner)) in split_file.roles.iter().zip(&split_file.owners).enumerate() {
        let text = source.line(index);
        if text.trim().is_empty() {
            assert!(!role.in_article(), "{role:?}: a blank line is no part of an article");
        } else {
            assert!(*role != LineRole::Blank, "not accounted for: {text:?}");
        }
        assert_eq!(role.in_article(), owner.is_some(), "{role:?} {owner:?}: {text:?}");
    }
}

fn assert_articles_own_the_lines_they_state(source: &SourceText, split_file: &SplitFile) {
    let mut owned: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); split_file.articles.len()];
    for (line, owner) in source.lines.iter().zip(&split_file.owners) {
        if let Some(owner) = owner {
            owned[*owner as usize].insert(line.number);
        }
    }
    let blank: BTreeSet<u32> = (0..source.lines.len())
        .filter(|&index| source.line(index).trim().is_empty())
        .map(|index| source.lines[index].number)
        .collect();
    // Several lines of a converted page may come from one line of its file: there, neighbours share
    // a number.
    let one_to_one = source.lines.windows(2).all(|pair| pair[0].number < pair[1].number);
    let mut stated_anywhere = BTreeSet::new();
    let mut first_lines = Vec::new();
    for (article, owned) in split_file.articles.iter().zip(&owned) {
        assert!(!owned.is_empty(), "an article without lines: {article:?}");
        assert!(article.lines.iter().all(|range| range.0 >= 1 && range.0 <= range.1));
        assert!(
            article.lines.windows(2).all(|pair| pair[0].1 < pair[1].0),
            "not in order: {:?}",
            article.lines
        );
        let stated: BTreeSet<u32> =
            article.lines.iter().flat_map(|range| range.0..=range.1).collect();
        if one_to_one {
            let filled: BTreeSet<u32> = stated.difference(&blank).copied().collect();
            assert_eq!(&filled, owned, "stated and owned lines differ: {article:?}");
            for line in &stated {
                assert!(stated_anywhere.insert(*line), "line {line} belongs to two articles");
            }
        } else {
            assert!(stated.is_superset(owned), "{:?} does not state {owned:?}", article.lines);
        }
        first_lines.push(article.lines[0].0);
        assert!((0.0..=1.0).contains(&article.cut.confidence), "{}", article.cut.confidence);
    }
    assert!(first_lines.is_sorted(), "articles not in the order of their first lines");
}

/// What an article prints is what its own lines print: every character as often, but for white
/// space, marks of Markdown, and the brackets and words around an outlet.
fn assert_articles_print_their_lines(source: &SourceText, split_file: &SplitFile) {
    let mut owned: Vec<BTreeMap<char, usize>> = vec![BTreeMap::new(); split_file.articles.len()];
    for (index, owner) in split_file.owners.iter().enumerate() {
        if let Some(owner) = owner {
            count(source.line(index), &mut owned[*owner as usize]);
        }
    }
    for (article, owned) in split_file.articles.iter().zip(&owned) {
        let parts = [
            article.kicker.as_deref(),
            article.title.as_deref(),
            article.subtitle.as_deref(),
            article.outlet.as_deref(),
            article.docno.as_deref(),
            Some(article.body.as_str()),
            article.credit.as_deref(),
        ];
        let mut printed = BTreeMap::new();
        for part in parts.into_iter().flatten() {
            count(part, &mut printed);
        }
        // An outlet that a line like 来源：… names stands in the credit as well.
        let twice = article.outlet.as_deref().filter(|outlet| is_in_credit(article, outlet));
        let silent = |c: char| {
            "#*()（）《》据摘自编原选转载来源文号消息报道:：".contains(c)
                || twice.is_some_and(|outlet| outlet.contains(c))
        };
        let all: BTreeSet<char> = owned.keys().chain(printed.keys()).copied().collect();
        for c in all.into_iter().filter(|&c| !silent(c)) {
            let (lines, parts) = (owned.get(&c), printed.get(&c));
            assert_eq!(lines, parts, "{c:?} stands so often in lines and parts of {article:?}");
        }
    }
}

fn is_in_credit(article: &Article, outlet: &str) -> bool {
    article.credit.as_deref().is_some_and(|credit| credit.contains(outlet))
}

fn count(text: &str, counts: &mut BTreeMap<char, usize>) {
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += 1;
    }
}

/// Nothing that reads like a paragraph is set aside as page furniture.
fn assert_no_text_is_furniture(source: &SourceText, split_file: &SplitFile) {
    for (index, role) in split_file.roles.iter().enumerate() {
        let text = source.line(index).trim();
        let paragraph = text.chars().count() > 70 && text.ends_with('。');
        let aside = matches!(role, LineRole::Front | LineRole::Colophon | LineRole::Banner);
        assert!(!(aside && paragraph), "{role:?}: {text:?}");
    }
}

/// A paragraph is no heading of a section.
fn assert_sections_are_short(source: &SourceText, split_file: &SplitFile) {
    const MAX_HEADING: usize = 34;
    for (index, role) in split_file.roles.iter().enumerate() {
        let line = source.line(index);
        let length = line.chars().filter(|c| !c.is_whitespace()).count();
        assert!(*role != LineRole::Section || length <= MAX_HEADING, "a long heading: {line}");
    }
}

fn assert_contents_point_to_articles(split_file: &SplitFile) {
    for entry in &split_file.contents {
        assert!(
            entry.article.is_none_or(|at| (at as usize) < split_file.articles.len()),
            "{entry:?} points to no article"
        );
    }
}

/// Lines of the kinds that bulletins and newspapers are made of, in any order, with any line ends.
fn salad() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => select(HEADLINES).prop_map(str::to_owned),
        2 => (select(MARKS), select(HEADLINES)).prop_map(|(mark, line)| format!("{mark}{line}")),
        3 => (select(DATELINES), select(SENTENCES)).prop_map(|(head, rest)| format!("{head}{rest}")),
        4 => (select(SENTENCES), 0..60_usize).prop_map(|(line, keep)| broken(line, keep)),
        4 => select(SENTENCES).prop_map(str::to_owned),
        2 => select(CREDITS).prop_map(str::to_owned),
        2 => select(DOCUMENTS).prop_map(str::to_owned),
        2 => select(TABLES).prop_map(str::to_owned),
        2 => select(FURNITURE).prop_map(str::to_owned),
        2 => (select(HEADLINES), 1..400_u32).prop_map(|(title, page)| format!("{title}……{page}")),
        1 => "\\PC{0,30}",
        1 => "[ \t\u{3000}\u{a0}\u{feff}]{0,4}",
        5 => Just(String::new()),
    ];
    let end = prop_oneof![8 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\n\n")];
    proptest::collection::vec((line, end), 0..60)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// The first characters of a line, as a column breaks it.
fn broken(line: &str, keep: usize) -> String {
    line.chars().take(keep).collect()
}

const MARKS: &[&str] =
    &["# ", "## ", "**", "【快讯】", "——", "　　", "▲", "● ", "一、", "（二）", "1.1 "];

const HEADLINES: &[&str] = &[
    "渡口小学添了一间木工房",
    "山货进城 夜里装车",
    "这份名单里为何没有他？",
    "“三本账”算清一条河",
    "全市冬修水利工作会议召开",
    "关于做好汛期值守工作的通知",
    "石桥镇",
    "——记南岗村电工老耿",
    "稳中求进 实干争先",
    "5G信号上了鹰嘴岩",
];

const DATELINES: &[&str] = &[
    "本报讯(记者 甲一)",
    "本报讯（记者甲一 通讯员乙二）",
    "本报讯 ",
    "本報訊",
    "（南岗日报）",
    "【中央社讯】",
    "新华社南岗3月4日电 ",
    "3月4日，",
    "一九八五年六月二日，",
    "问：",
];

const SENTENCES: &[&str] = &[
    "木工房里摆着六张旧课桌改的台子，孩子们下午来这里刨木头。",
    "到四月底，全镇有一百二十户换上了新水表，每户少交十一元。",
    "“先试一个月，”她说，“行就留下，不行就拆。”",
    "据了解，这条路全长8.6公里，投资2300万元，同比增长4.5%。",
    "三是把账贴在墙上",
    "他们说的话没有人记",
    "；水渠修到哪里，树就栽到哪里。",
    "各乡镇人民政府，各街道办事处：",
    "第三条 本办法所称渡口，是指登记在册的渡口。",
];

const CREDITS: &[&str] = &[
    "本报记者 丙三 摄",
    "（丁四）",
    "甲一 乙二",
    "（记者 甲一 文/图）",
    "责任编辑：戊五",
    "来源：南岗日报",
    "3月4日，孩子们在木工房里量尺寸。本报记者 丙三 摄",
];

const DOCUMENTS: &[&str] = &[
    "岗政〔2022〕9号",
    "岗政办【2022】十二号",
    "南岗县人民政府办公室",
    "2022年9月5日",
    "二〇二二年九月五日",
    "附件：1.名单",
    "（此件公开发布）",
];

const TABLES: &[&str] = &[
    "|序号|单位|户数|",
    "|---|---|---|",
    "| 1 | 石桥镇 | 120 |",
    "序号\t单位\t户数",
    "1 石桥镇 120",
    "12.5 13.1 4.2%",
];

const FURNITURE: &[&str] = &[
    "目 录",
    "目录",
    "A05",
    "第4版 综合",
    "南岗日报 2022年9月5日 星期一",
    "【南岗要情】",
    "主办：南岗县人民政府办公室",
    "2022年第4号",
    "— 12 —",
    "上接第一版",
    "下转三版",
];
