//! Tests of comparing and grouping.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const LIBRARY: &str = "区图书馆新开了夜读室，每晚九点半闭馆。馆里添置了一百二十张桌椅，\
    备有热水和老花镜，读者凭身份证就能进。馆长说，白天上班的人也该有地方看书，\
    头一个星期来了两千多人次，座位常常坐满，下月起周末还要请人来讲本地掌故，\
    讲座不收费，也不必预约，孩子由大人领着就能进场听讲。";
const REWRITTEN: &str = "3月8日，记者获悉，区图书馆新开了夜读室，每晚九点半闭馆。馆里添置了一百二十张桌椅，\
    备有热水和老花镜，读者凭身份证就能进。头一个星期来了两千多人次，座位常常坐满，\
    下月起周末还要请人来讲本地掌故，讲座不收费，也不必预约，孩子由大人领着就能进场听讲。";
const MARKET: &str = "入冬以来，城北蔬菜批发市场的萝卜、白菜日上市量都在八十吨上下，\
    价格与去年同期持平。市场管理处派人到产地订货，又同运输队约好早班车次，\
    保证天亮之前把菜送进城里的各个摊点，郊区菜农也可以把自家的菜挑来零卖，不收摊位费。";

fn item(body: &str) -> ComparedArticle {
    ComparedArticle::new("", body, [None, None])
}

fn of_day(body: &str, year: i16, month: i8, day: i8) -> ComparedArticle {
    ComparedArticle::new("", body, [None, Some(date(year, month, day))])
}

fn separated(a: &ComparedArticle, b: &ComparedArticle) -> Option<Separation> {
    let compared = compare_articles(a, b);
    assert_eq!(compared, compare_articles(b, a));
    compared.separated_by
}

fn sketched(bodies: &[String]) -> Vec<SketchedArticle> {
    let article = |(body, order): (&String, u64)| SketchedArticle {
        sketch: Sketch::of(body),
        date_key: None,
        order,
        key: order,
    };
    bodies.iter().zip(0..).map(article).collect()
}

/// Compares each pair once.
fn are_same(bodies: &[String]) -> impl Fn(usize, usize) -> bool {
    let items: Vec<ComparedArticle> = bodies.iter().map(|body| item(body)).collect();
    let known: RefCell<HashMap<(usize, usize), bool>> = RefCell::default();
    move |a, b| {
        let compare = || compare_articles(&items[a], &items[b]).separated_by.is_none();
        *known.borrow_mut().entry((a.min(b), a.max(b))).or_insert_with(compare)
    }
}

fn groups_of(bodies: &[&str]) -> Vec<Option<usize>> {
    let bodies: Vec<String> = bodies.iter().map(|&body| body.to_owned()).collect();
    group_reprints(&sketched(&bodies), are_same(&bodies))
}

#[test]
fn a_text_that_was_partly_rewritten_is_a_reprint_of_the_earlier_one() {
    assert_eq!(groups_of(&[MARKET, LIBRARY, REWRITTEN]), [None, None, Some(1)]);
}

#[test]
fn a_compilation_is_no_reprint_of_its_parts() {
    let compilation = format!("{LIBRARY}\n{MARKET}\n{}", "又讯：山路已通。".repeat(40));
    assert_eq!(groups_of(&[LIBRARY, MARKET, &compilation]), [None, None, None]);
}

/// A form with its blanks filled in.
fn ceremony(country: &str, guest: &str, day: &str) -> String {
    format!(
        "{day}日下午，省长在会堂北大厅举行仪式，欢迎{country}省长{guest}来我省访问。广场上鸣礼炮十九响。\
         军乐团奏两省省歌。{guest}在省长陪同下检阅仪仗队，并观看分列式。陪同{guest}来访的有农业厅长、\
         水利厅长和驻省代表等。副省长、议长等出席欢迎仪式。{guest}是应邀前来访问的，双方随后会谈，\
         并出席了合作文件的签字仪式，晚上在宾馆设宴款待了代表团一行，文工团演出了节目。"
    )
}

#[test]
fn a_ceremony_for_another_guest_is_another_item() {
    let (one, other) = (ceremony("东山", "赵明远", "3"), ceremony("西岭", "钱立群", "28"));
    assert!(separated(&item(&one), &item(&other)).is_some());
    assert_eq!(separated(&item(&one), &item(&format!("本报讯 {one}"))), None);
}

#[test]
fn a_form_filled_with_other_numbers_is_another_item() {
    let day = |numbers: [u32; 4]| {
        let [hens, eggs, price, income] = numbers;
        item(&format!(
            "本场今日存栏母鸡{hens}只，收蛋{eggs}斤，每斤批发价{price}分，全天进账{income}元，\
             饲料充足，防疫正常，值班人员在岗，明日照常开门收售，远近客户请到场部门市部接洽。"
        ))
    };
    assert!(separated(&day([1210, 980, 415, 4067]), &day([1195, 1004, 418, 4196])).is_some());
    assert_eq!(separated(&day([1210, 980, 415, 4067]), &day([1210, 980, 415, 4067])), None);
}

#[test]
fn a_number_in_words_is_the_same_number() {
    let plain = LIBRARY.replace("一百二十", "120");
    assert_eq!(separated(&item(LIBRARY), &item(&plain)), None);
}

#[test]
fn a_notice_at_the_foot_of_the_page_makes_no_reprint() {
    let foot = "订阅本报的读者请到各区邮政支局办理，全年定价一百八十元，逾期不再补办，\
        如有缺报请拨打投诉电话，外埠读者可以汇款到本报发行处，请写明姓名和详细地址，\
        本报广告部承接各类分类广告，价格从优，欢迎来人来函联系，地址在中山路北段。";
    let articles = [LIBRARY, MARKET].map(|body| item(&format!("{body}{}", foot.repeat(2))));
    assert_eq!(separated(&articles[0], &articles[1]), Some(Separation::Opening));
}

#[test]
fn the_script_of_a_page_is_no_text() {
    let script = ".box{display:inline-block;position:relative;padding:0;margin:0 auto;color:white}";
    let articles = [LIBRARY, MARKET].map(|body| item(&format!("{}{body}", script.repeat(6))));
    assert_eq!(separated(&articles[0], &articles[1]), Some(Separation::Share));
}

#[test]
fn a_brief_notice_of_another_year_is_another_one_though_the_words_are_the_same() {
    let notice = "本台将于明天上午九点现场直播开幕式，综合频道、新闻频道将同步播出，敬请收看。";
    let (one, other) = (of_day(notice, 2013, 3, 4), of_day(notice, 2014, 3, 4));
    assert_eq!(separated(&one, &other), Some(Separation::Time));
    assert_eq!(separated(&one, &of_day(notice, 2013, 3, 5)), None);
    assert_eq!(separated(&one, &item(notice)), None);
}

#[test]
fn headlines_that_count_other_sessions_separate_articles_that_share_a_list() {
    let agenda = "听取关于人选酝酿情况的汇报，审议关于预算的决议草案、关于工作报告的决议草案，\
        通过关于接受辞职的决定，决定将上述草案提请大会表决，会议还通过了监票人名单，";
    let session = |title: &str, body: &str| {
        ComparedArticle::new(title, &format!("{body}{}", agenda.repeat(2)), [None, None])
    };
    let one = session(
        "主席团举行第八次会议",
        "主席团今天上午在会堂东大厅开会，应到一百七十八人，出席一百七十四人，符合法定人数，执行主席主持。",
    );
    let other = session(
        "常务主席第六次会议举行",
        "常务主席碰头会今天上午在会堂西大厅召开，全体常务主席都到了会，由值班的一位主持，先谈日程。",
    );
    assert!(separated(&one, &other).is_some());
}

#[test]
fn the_earliest_is_told_by_the_day_and_then_by_the_place_in_the_archive() {
    let printed = |date_key, order| SketchedArticle {
        sketch: Sketch::of(LIBRARY),
        date_key,
        order,
        key: order,
    };
    let items = [
        printed(None, 0),
        printed(Some(19_860_502), 1),
        printed(Some(19_860_501), 3),
        printed(Some(19_860_501), 2),
    ];
    assert_eq!(group_reprints(&items, |_, _| true), [Some(3), Some(3), Some(3), None]);
}

#[test]
fn what_the_exact_look_denies_is_not_grouped() {
    let bodies = [LIBRARY.to_owned(), REWRITTEN.to_owned()];
    assert_eq!(group_reprints(&sketched(&bodies), |_, _| false), [None, None]);
}

#[test]
fn a_chain_does_not_join_what_is_no_reprint_of_its_head() {
    let bodies = [LIBRARY, LIBRARY, LIBRARY, LIBRARY].map(str::to_owned);
    let neighbours = |a: usize, b: usize| a.abs_diff(b) < 2;
    assert_eq!(group_reprints(&sketched(&bodies), neighbours), [None, Some(0), None, Some(2)]);
}

#[test]
fn texts_without_words_are_nobodys_reprints() {
    assert_eq!(groups_of(&["", "", "图", "图"]), [None, None, None, None]);
    assert_eq!(group_reprints(&[], |_, _| true), []);
}

#[test]
fn a_hundred_slightly_different_copies_are_one_group() {
    let copies: Vec<String> =
        (0..100).map(|n| format!("{LIBRARY}编者{}按。", "甲乙丙丁".repeat(n % 7))).collect();
    let bodies: Vec<&str> = copies.iter().map(String::as_str).collect();
    let groups = groups_of(&bodies);
    assert_eq!(groups.iter().filter(|earliest| **earliest == Some(0)).count(), 99);
}

/// Texts of few phrases, so that many share some.
fn bodies(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    let phrase = "(区图书馆新开了夜读室每晚九点半闭馆添置了桌椅|城北蔬菜批发市场的萝卜白菜日上市量在八十吨上下|\
        头一个星期来了两千多人次座位常常坐满下月起还要请人|山路已通行人车辆照常往来请勿在弯道停车|[一-十]{2})";
    prop::collection::vec(prop::collection::vec(phrase, 1..6).prop_map(|all| all.concat()), count)
}

proptest! {
    #[test]
    fn equal_texts_are_always_grouped(body in "[一-龥]{12,80}", others in prop::collection::vec(".{0,40}", 0..8)) {
        let mut bodies: Vec<&str> = others.iter().map(String::as_str).collect();
        let (first, second) = (bodies.len() / 2, bodies.len() + 1);
        bodies.insert(first, &body);
        bodies.push(&body);
        let groups = groups_of(&bodies);
        prop_assert!(groups[second].is_some());
        prop_assert_eq!(groups[second], groups[first].or(Some(first)));
    }

    #[test]
    fn the_groups_do_not_depend_on_the_order_of_the_items(bodies in bodies(1..24)) {
        let forward = sketched(&bodies);
        let backward: Vec<SketchedArticle> = forward.iter().rev().cloned().collect();
        let last = bodies.len() - 1;
        let is_same = are_same(&bodies);
        let there = group_reprints(&forward, &is_same);
        let back = group_reprints(&backward, |a, b| is_same(last - a, last - b));
        let turned: Vec<Option<usize>> =
            back.iter().rev().map(|earliest| earliest.map(|at| last - at)).collect();
        prop_assert_eq!(there, turned);
    }

}

/// Decisions of people on articles out of so many: no reprint, or one of another article.
fn decisions(count: usize) -> impl Strategy<Value = DecidedReprints> {
    prop::collection::btree_map(0..count, prop::option::of(0..count), 0..6)
}

fn decided_groups(
    items: &[SketchedArticle],
    decisions: &DecidedReprints,
    is_same: impl Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let all_new = |_| Presence { before: false, now: true };
    let decide = |a, b| Ok::<bool, std::convert::Infallible>(is_same(a, b));
    let Ok(regrouped) = regroup(items, all_new, &[], decisions, decide);
    regrouped.first_of
}

#[test]
fn what_people_decide_on_reprints_stands() {
    let bodies = [LIBRARY, REWRITTEN, MARKET, LIBRARY].map(str::to_owned);
    let items = sketched(&bodies);
    let grouped = |decisions: &[(usize, Option<usize>)]| {
        decided_groups(&items, &decisions.iter().copied().collect(), are_same(&bodies))
    };
    assert_eq!(grouped(&[]), [None, Some(0), None, Some(0)]);
    assert_eq!(grouped(&[(1, None)]), [None, None, None, Some(0)]);
    assert_eq!(grouped(&[(2, Some(1))]), [None, Some(0), Some(0), Some(0)]);
    // The article that is said to be printed first is the head, whatever its day.
    assert_eq!(grouped(&[(0, Some(2))]), [Some(2), None, None, Some(1)]);
    assert_eq!(grouped(&[(0, Some(2)), (2, Some(0))])[2], Some(0));
    assert_eq!(grouped(&[(2, Some(2))])[2], None);
}

proptest! {
    #[test]
    fn decided_groups_do_not_depend_on_the_order_of_the_items(
        bodies in bodies(4..16),
        decisions in decisions(4),
    ) {
        let forward = sketched(&bodies);
        let backward: Vec<SketchedArticle> = forward.iter().rev().cloned().collect();
        let last = bodies.len() - 1;
        let is_same = are_same(&bodies);
        let there = decided_groups(&forward, &decisions, &is_same);
        let turned = decisions.iter().map(|(at, of)| (last - at, of.map(|of| last - of))).collect();
        let back = decided_groups(&backward, &turned, |a, b| is_same(last - a, last - b));
        let back: Vec<Option<usize>> =
            back.iter().rev().map(|earliest| earliest.map(|at| last - at)).collect();
        for (position, of) in &decisions {
            prop_assert!(of.is_some() || there[*position].is_none());
        }
        for head in there.iter().flatten() {
            prop_assert_eq!(there[*head], None, "a head is no reprint");
        }
        prop_assert_eq!(there, back);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Step by step, whatever comes and goes, as all at once.
    #[test]
    fn regrouping_finds_what_grouping_finds(
        bodies in bodies(2..40),
        steps in prop::collection::vec(
            (prop::collection::vec(any::<bool>(), 40), decisions(2)), 2..5,
        ),
    ) {
        let items = sketched(&bodies);
        let is_same = are_same(&bodies);
        let decide = |a, b| Ok::<bool, std::convert::Infallible>(is_same(a, b));
        let mut before = vec![false; items.len()];
        let mut known = Vec::new();
        for (now, decisions) in steps {
            let presence = |at: usize| Presence { before: before[at], now: now[at] };
            let Ok(step) = regroup(&items, presence, &known, &decisions, decide);
            let all_new = |at: usize| Presence { before: false, now: now[at] };
            let Ok(at_once) = regroup(&items, all_new, &[], &decisions, decide);
            prop_assert_eq!(&step, &at_once);
            (before, known) = (now, step.decided);
        }
    }
}
