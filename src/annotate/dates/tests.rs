//! Table tests of article dates, on short invented articles.

use super::date_of;
use crate::model::{
    Article, Basis, CivilDate, DateInference, DateInterval, DateNote, DateSource, Issue, IssueDate,
    Kind, Precision, SourceMeta,
};

fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

fn printed_on(date: &str) -> Issue {
    let day = Some(day(date));
    let date = IssueDate { value: day, not_before: day, not_after: day, basis: Basis::Issue };
    Issue { number: None, date }
}

fn printed_between(first: &str, last: &str) -> Issue {
    let (not_before, not_after) = (Some(day(first)), Some(day(last)));
    let date = IssueDate { value: None, not_before, not_after, basis: Basis::Inferred };
    Issue { number: None, date }
}

fn news(body: &str) -> Article {
    Article { body: body.into(), ..Article::default() }
}

fn note(body: &str, issue: &Issue) -> DateNote {
    date_of(&news(body), issue, &SourceMeta::default(), None)
}

/// Checks the day of an article; `-` is none of its own.
fn check(issue: &Issue, body: &str, expected: &str) {
    let note = note(body, issue);
    let own = note.value.filter(|_| note.basis != Basis::Issue);
    let value = own.map_or("-".to_owned(), |day| day.to_string());
    assert_eq!(value, expected, "{body}: {note:?}");
    assert!(note.rule.is_some(), "{body}");
}

#[test]
fn the_first_day_in_the_lead_is_the_articles() {
    let issue = printed_on("2021-03-08");
    for (body, expected) in [
        ("3月5日，新桥通车。3月6日，第一班车开出。", "2021-03-05"),
        ("本报讯(记者 白小川)为迎春耕，3月5日上午，水库开闸。", "2021-03-05"),
        ("12月30日，新桥通车。", "-"),
        ("2021年3月5日，新桥通车。", "2021-03-05"),
        ("3月4日至6日，全市书展举行。", "2021-03-06"),
        ("2月27日—3月2日，全市书展举行。", "2021-03-02"),
        ("3月5日至4月5日，全市书展举行。", "2021-03-08"),
        ("2020年12月28日至1月9日，全市书展举行。", "2021-01-09"),
        ("记者从3月6日召开的会议上获悉，新桥通车。", "2021-03-06"),
        ("二〇二一年三月五日，新桥通车。", "2021-03-05"),
        ("新桥通车。\n3月5日，第一班车开出。", "2021-03-05"),
    ] {
        check(&issue, body, expected);
    }
}

#[test]
fn lines_before_the_lead_belong_to_it() {
    let issue = printed_on("2021-03-08");
    check(&issue, "南山台消息：\n昨天，新桥通车。\n本月2日，工人还在施工。", "2021-03-07");
    check(&issue, "新桥通车\n2021年3月5日\n三县来往从此方便。", "2021-03-05");
}

#[test]
fn a_day_late_in_a_long_body_is_background() {
    let issue = printed_on("2021-03-08");
    let filler = "\n工地上机器轰鸣。".repeat(100);
    check(&issue, &format!("新桥通车。{filler}\n3月2日，老人走上新桥。"), "-");
}

#[test]
fn days_that_are_only_mentioned_do_not_count() {
    let issue = printed_on("2021-03-08");
    for body in [
        "新桥按照3月20日前通车的目标施工。",
        "新桥施工到3月15日为止。",
        "报名到3月12日结束。",
        "今年1月1日以来，来客不断。",
        "去年11月16日，新桥开工。",
        "2016年3月5日，新桥开工。",
        "1992年7月6日，开发区成立。",
        "纪念“3月5日”活动举行。",
        "每年的3月5日学雷锋。",
        "3月12日到来之际，苗木走俏。",
        "老人生于1931年3月5日。",
        "近日，新桥通车。",
        "新桥通车。",
    ] {
        check(&issue, body, "-");
    }
}

#[test]
fn a_plan_a_beginning_or_a_state_stands_in_where_no_other_day_is_named() {
    let issue = printed_on("2021-03-08");
    for (body, expected) in [
        // No article is of a day after its issue.
        ("书展将于3月12日开幕。", "-"),
        ("排球赛定于三月十二日开打。", "-"),
        ("从3月1日起，票价减半。", "2021-03-01"),
        ("自3月1日起，票价减半。昨天，客流增加。", "2021-03-07"),
        ("到三月五日，水库已蓄水过半。", "2021-03-05"),
        ("自3月1日起，票价减半。\n3月4日，站内客流增加。", "2021-03-04"),
    ] {
        check(&issue, body, expected);
    }
    let around = note("从3月1日起，票价减半。", &issue);
    assert!(around.rule.is_some_and(|rule| rule.source == DateSource::LeadBackgroundDay));
}

#[test]
fn the_number_of_a_day_alone_counts_where_it_is_no_span_of_days() {
    let issue = printed_on("2021-03-08");
    for (body, expected) in [
        ("冰球队5日公布名单。", "2021-03-05"),
        ("市府三日公佈辦法。", "2021-03-03"),
        ("农会廿三日推出果干。", "2021-02-23"),
        ("越野赛二十八日在山下结束。", "2021-02-28"),
        ("新桥限20日完工。", "-"),
        ("老人走了3日才到。", "-"),
        ("戏班在城隍庙演戏三日，所得修桥。", "-"),
        ("市府三日，公佈辦法。", "-"),
        ("三日，市府公佈辦法。", "2021-03-03"),
        ("十日谈开讲。", "-"),
    ] {
        check(&issue, body, expected);
    }
}

#[test]
fn a_web_page_counts_from_the_day_it_is_stamped_with() {
    let stamped = |body: &str| Article {
        credit: Some("2021-03-05 09:42　来源：南山网　浏览：7次".into()),
        outlet: Some("南山网".into()),
        ..news(body)
    };
    for (body, expected) in
        [("昨天，新桥通车。", "2021-03-04"), ("3月2日，新桥通车。", "2021-03-02")]
    {
        let note = date_of(&stamped(body), &Issue::default(), &SourceMeta::default(), None);
        assert_eq!(note.value, Some(day(expected)), "{body}");
    }
}

#[test]
fn a_day_behind_mentioned_ones_counts() {
    let issue = printed_on("2021-03-08");
    for (body, expected) in [
        ("大会闭幕后，省、市先后于3月2日和3日开会传达。3月6日，我区开会传达。", "2021-03-06"),
        ("去年11月16日新桥开工，3月5日通车。", "2021-03-05"),
        ("截至3月1日，水库已见底。3月5日，开闸放水。", "2021-03-05"),
    ] {
        check(&issue, body, expected);
    }
}

#[test]
fn relative_days_count_from_a_known_day_of_print_only() {
    let known = printed_on("2021-03-01");
    for (body, expected) in [
        ("昨日，新桥通车。", "2021-02-28"),
        ("今日，新桥通车。", "2021-03-01"),
        ("记者28日获悉，新桥通车。", "2021-02-28"),
        ("本月1日，新桥通车。", "2021-03-01"),
        ("上月26日，新桥通车。", "2021-02-26"),
        ("上周五，新桥通车。", "2021-02-26"),
        ("“昨天我就来了。”老人说。", "-"),
        ("在通信发达的今天，书信少了。", "-"),
    ] {
        check(&known, body, expected);
    }
    let between = printed_between("2021-03-01", "2021-03-08");
    let yesterday = note("昨日，新桥通车。", &between);
    assert_eq!(yesterday.value, None);
    assert_eq!(yesterday.not_before, Some(day("2021-02-28")));
    assert_eq!(yesterday.not_after, Some(day("2021-03-07")));
    assert_eq!(yesterday.basis, Basis::Lead);
    check(&Issue::default(), "2021年3月5日，新桥通车。", "2021-03-05");
}

#[test]
fn the_year_is_the_texts_then_the_issues_then_the_file_names() {
    let january = printed_on("2021-01-05");
    check(&january, "12月30日，新桥通车。", "2020-12-30");
    check(&january, "12月30日至1月2日，书展举行。", "2021-01-02");
    check(&january, "1月3日，新桥通车。", "2021-01-03");
    let meta = SourceMeta { year: Some(1998), ..SourceMeta::default() };
    let by_name = date_of(&news("3月5日，新桥通车。"), &Issue::default(), &meta, None);
    assert_eq!(by_name.value, Some(day("1998-03-05")));
    // Nothing tells the year: no other day takes its place.
    let unknown = note("3月5日，新桥通车，它于2019年4月6日动工。", &Issue::default());
    assert_eq!((unknown.value, unknown.not_before), (None, None));
    assert_eq!(unknown.text.as_deref(), Some("3月5日"));
    let how = unknown.rule.and_then(|rule| rule.inferred);
    assert_eq!(how, Some(DateInference::YearUnknown));
}

#[test]
fn the_articles_beside_it_tell_the_year_of_one_that_states_none() {
    let beside =
        DateInterval { not_before: Some(day("2021-03-01")), not_after: Some(day("2021-04-09")) };
    let of = |body: &str| {
        let found = date_of(&news(body), &Issue::default(), &SourceMeta::default(), Some(beside));
        (found.value.map(|day| day.to_string()), found.rule.and_then(|rule| rule.inferred))
    };
    let year = Some(DateInference::YearOfNeighbours);
    assert_eq!(of("某网3月5日讯，新桥通车。"), (Some("2021-03-05".to_owned()), year));
    assert_eq!(of("新桥3月5日通车，它于2019年4月6日动工。"), (Some("2021-03-05".to_owned()), year));
    // What lies months before them is background.
    assert_eq!(of("于2020年12月6日动工的新桥通车。"), (None, None));
    assert_eq!(of("新桥通车。"), (None, None));
}

#[test]
fn a_day_counted_from_an_unknown_day_of_print_is_told_by_another_or_left_open() {
    let beside =
        DateInterval { not_before: Some(day("2021-03-01")), not_after: Some(day("2021-04-09")) };
    let of = |body: &str| {
        let found = date_of(&news(body), &Issue::default(), &SourceMeta::default(), Some(beside));
        (found.value.map(|day| day.to_string()), found.rule.and_then(|rule| rule.inferred))
    };
    let told = Some(DateInference::MonthNamedBeside);
    let unknown = (None, Some(DateInference::PrintDayUnknown));
    for (body, expected) in [
        ("某通社28日报道，3月24日起，新桥封闭。", (Some("2021-03-28".to_owned()), told)),
        ("新桥3月24日至28日封闭，管理处今天（21日）说，", (Some("2021-03-21".to_owned()), told)),
        ("某通社8日报道，新桥通车。", unknown.clone()),
        ("某通社5日报道，新桥3月20日通车。", unknown.clone()),
        ("今晚，新桥通车。\n3月20日，它曾封闭。", unknown.clone()),
        ("新桥昨日通车，它于2019年4月6日动工。", unknown),
    ] {
        assert_eq!(of(body), expected, "{body}");
    }
}

#[test]
fn days_to_come_and_days_gone_by_are_not_of_the_news() {
    let beside =
        DateInterval { not_before: Some(day("2021-03-01")), not_after: Some(day("2021-04-09")) };
    let of = |body: &str| {
        let found = date_of(&news(body), &Issue::default(), &SourceMeta::default(), Some(beside));
        let shown = |day: Option<CivilDate>| day.map_or("-".to_owned(), |day| day.to_string());
        format!("{} {}..{}", shown(found.value), shown(found.not_before), shown(found.not_after))
    };
    for (body, expected) in [
        // A day that is planned bounds the day of the news, wherever else it is named.
        ("新桥将于3月17日通车。\n3月17日起，渡口停航。", "- -..2021-03-17"),
        ("3月15日，市里宣布新桥将于3月17日通车。", "2021-03-15 2021-03-15..2021-03-15"),
        ("预计3月7日有雨；3月8日至9日，雨势仍大。", "- -..2021-03-09"),
        ("截至3月8日9时，新桥已通车，它于3月1日完工。", "2021-03-08 2021-03-08..2021-03-08"),
        ("3月3日大会过后，新桥动工。", "- -..-"),
        ("此前，新桥于3月3日封闭。", "- 2021-03-03..-"),
        ("此前有报道。3月3日，新桥封闭。", "2021-03-03 2021-03-03..2021-03-03"),
        ("近日，新桥通车。3月3日，渡口停航。", "- 2021-03-03..-"),
        ("近日，新桥通车。\n3月3日，渡口停航。", "- 2021-03-03..-"),
        // Wide blanks are where a web page had paragraphs.
        ("新桥通车。　　3月3日，渡口停航。", "2021-03-03 2021-03-03..2021-03-03"),
    ] {
        assert_eq!(of(body), expected, "{body}");
    }
}

#[test]
fn an_announcement_in_a_run_of_text_is_signed() {
    for body in [
        "新桥将于2021年3月15日封闭。南山区桥梁管理处2021年3月7日来源：南山网",
        "新桥将于2021年3月15日封闭，电话 0312-3657182南山桥梁有限公司2021年3月7日",
        "新桥将于2021年3月15日封闭。　　白小川　　2021年3月7日　【编辑:许川】",
        "新桥将于2021年3月15日封闭。南山区人民政府2021年3月7日\n地址：南山区桥头路3号，每天可来信。",
        "新桥将于2021年3月15日封闭。南山区人民政府2021年3月7日（原标题：新桥封闭）来源：南山网",
        "新桥将于2021年3月15日封闭。南山区人民政府2021年3月7日（公章）\n地址：桥头路3号，每天可来信。",
    ] {
        let note = note(body, &Issue::default());
        assert_eq!(note.value, Some(day("2021-03-07")), "{body}");
        assert_eq!(note.basis, Basis::Signature, "{body}");
    }
}

#[test]
fn a_day_inside_a_sentence_is_no_signature() {
    let issue = printed_on("2021-03-08");
    for before in [
        "3月5日，新桥通车，客人来参观。\n此前，南山区教育局2020年5月6日（星期三）召开会议，要求修桥。",
        "3月5日，新桥通车，客人来参观。\n此前，南山区教育局2020年5月6日\n召开会议，要求修桥。",
        "3月5日，新桥通车，客人来参观。　　2020年5月6日（星期三）上午，大桥动工。",
        "3月5日，新桥通车，客人来参观。南山区教育局2020年5月6日（星期三）召开会议，要求修桥。",
    ] {
        check(&issue, before, "2021-03-05");
    }
}

#[test]
fn pages_of_other_decades_are_read() {
    check(&printed_on("1985-03-08"), "三月五日，新桥通车。", "1985-03-05");
    check(&printed_on("1985-03-08"), "一九八五年三月五日，新桥通车。", "1985-03-05");
    check(&printed_on("1985-03-08"), "85年3月5日，新桥通车。", "1985-03-05");
    check(&printed_on("1948-05-06"), "民国三十七年五月三日，新桥通车。", "1948-05-03");
    check(&printed_on("1948-05-06"), "【中央社石門三日電】新橋通車。", "1948-05-03");
    check(&printed_on("1948-05-06"), "新橋昨（五）日上午通車。", "1948-05-05");
    check(&printed_on("1948-05-06"), "中華民國三十七年五月三日，新橋通車。", "1948-05-03");
}

#[test]
fn the_day_of_a_dateline_comes_before_all_others() {
    let issue = printed_on("2021-03-08");
    check(&issue, "新华社石门3月7日电（记者白小川）新桥通车。", "2021-03-07");
    check(&issue, "新华社石门3月7日电（记者白小川）3月6日，新桥通车。", "2021-03-07");
    check(&issue, "石门网 3 月 7 日消息，新桥6日上午通车。", "2021-03-07");
    check(&issue, "3月6日，新桥通车。\n（本报石门3月7日电）", "2021-03-07");
    check(&issue, "3月5日，新桥通车。3月6日电影节开幕，3月7日消息灵通的人也来了。", "2021-03-05");
}

#[test]
fn a_bulletin_of_months_reaches_back_over_them() {
    let number = Some("2020年第4号".to_owned());
    let bulletin = Issue { number, ..printed_on("2021-01-15") };
    for (body, expected) in [
        ("9月26日，新桥通车。", "2020-09-26"),
        ("1月5日，新桥通车。", "2021-01-05"),
        ("2020年10月8日早上，新桥通车。", "2020-10-08"),
        ("昨日，新桥通车。", "-"),
    ] {
        check(&bulletin, body, expected);
    }
}

#[test]
fn a_reprint_reaches_back_and_does_not_count_from_the_issue() {
    let issue = printed_between("2020-12-28", "2021-01-04");
    let reprint = |body| Article { outlet: Some("南山日报".into()), ..news(body) };
    let value = |body| date_of(&reprint(body), &issue, &SourceMeta::default(), None).value;
    assert_eq!(value("9月26日，新桥通车。"), Some(day("2020-09-26")));
    assert_eq!(value("昨日，新桥通车。"), None);
}

#[test]
fn a_chronicle_has_no_day_of_its_own() {
    let issue = printed_on("2021-03-08");
    let body = "这一个月不平常。\n2月9日开工；2月25日封顶；3月1日揭牌。";
    check(&issue, body, "-");
}

#[test]
fn an_article_without_a_day_takes_the_issues() {
    let note = note("新桥通车。", &printed_between("2021-03-01", "2021-03-08"));
    assert_eq!((note.value, note.basis), (None, Basis::Issue));
    assert_eq!(note.precision, Precision::Interval);
    assert_eq!(note.not_before, Some(day("2021-03-01")));
    assert_eq!(note.not_after, Some(day("2021-03-08")));
}

#[test]
fn an_article_without_a_day_takes_the_day_of_an_issue_that_has_one() {
    let printed = printed_on("2021-03-08");
    for body in ["新桥通车。", "近日，新桥通车。"] {
        let note = note(body, &printed);
        assert_eq!((note.value, note.basis), (printed.date.value, Basis::Issue), "{body}");
        assert_eq!((note.not_before, note.not_after), (note.value, note.value));
        assert_eq!(note.precision, Precision::Day);
    }
    let guessed =
        Issue { date: IssueDate { basis: Basis::Inferred, ..printed.date }, ..Issue::default() };
    assert_eq!(note("新桥通车。", &guessed).basis, Basis::Inferred);
}

#[test]
fn months_and_quarters_are_intervals() {
    let issue = printed_on("2021-04-20");
    let quarter = note("今年一季度，全区用电量增长。", &issue);
    assert_eq!(quarter.value, None);
    assert_eq!(quarter.precision, Precision::Quarter);
    assert_eq!(quarter.not_before, Some(day("2021-01-01")));
    assert_eq!(quarter.not_after, Some(day("2021-03-31")));
}

#[test]
fn a_document_bears_its_day_under_its_heading_unless_it_was_signed_later() {
    let document = |subtitle: &str, body: &str| Article {
        kind: Kind::Document,
        title: Some("关于2020年5月12日大桥封闭的通报".into()),
        subtitle: Some(subtitle.into()),
        body: body.into(),
        ..Article::default()
    };
    let issue = printed_on("2021-01-15");
    for (subtitle, body, expected) in [
        ("中華民國109年11月6日（補登）", "請照辦。\n附件\n2020年1月1日", "2020-11-06"),
        ("（2020年11月6日）", "会议研究了封桥事宜。", "2020-11-06"),
        ("（2020年11月6日）", "会议研究了封桥事宜。\n南山区管委会\n2020年11月9日", "2020-11-09"),
        ("全区各单位", "请照办。\n南山区管委会\n2020年11月9日", "2020-11-09"),
    ] {
        let note = date_of(&document(subtitle, body), &issue, &SourceMeta::default(), None);
        assert_eq!(note.value, Some(day(expected)), "{subtitle} {body}");
    }
}

#[test]
fn items_of_a_chronicle_are_of_the_months_in_its_headings() {
    let issue = printed_on("2021-01-15");
    let under = |section: Option<&str>, title: &str, body: &str| {
        let article =
            Article { section: section.map(Into::into), title: Some(title.into()), ..news(body) };
        date_of(&article, &issue, &SourceMeta::default(), None).value
    };
    assert_eq!(under(Some("12月"), "新桥", "5日，新桥通车。"), Some(day("2020-12-05")));
    assert_eq!(under(None, "大事记 ▲12月份", "▲5日 新桥通车。"), Some(day("2020-12-05")));
    // A chronicle of several months is of its issue.
    let year = "一月\n5日，新桥动工。\n12月\n30日，新桥通车。";
    assert_eq!(under(None, "2020年大事记", year), issue.date.value);
    let below = "1月9日，新桥通车，客人来参观。\n2019年\n3月5日，立项。\n2020年\n4月6日，动工。";
    assert_eq!(under(None, "新桥", below), Some(day("2021-01-09")));
    // A column of the year's news is not of that year only.
    assert_eq!(under(Some("2020年要闻"), "新桥", "1月9日，新桥通车。"), Some(day("2021-01-09")));
}

#[test]
fn a_line_with_a_year_in_a_report_does_not_take_its_day() {
    let issue = printed_on("2021-03-08");
    check(&issue, "本报讯 3月5日，新桥通车。\n2019年\n立项。", "2021-03-05");
    check(&issue, "本报3月5日讯 新桥通车。\n2020年\n三百万元", "2021-03-05");
    let note = note("本报3月5日讯 新桥通车。\n2020年\n三百万元", &Issue::default());
    assert_eq!((note.value, note.text.as_deref()), (None, Some("3月5日")));
    assert_eq!(note.rule.map(|rule| rule.source), Some(DateSource::Dateline));
}

#[test]
fn a_document_has_the_day_it_was_signed_on() {
    let document = |body: &str, credit: Option<&str>| Article {
        kind: Kind::Document,
        body: body.into(),
        credit: credit.map(Into::into),
        ..Article::default()
    };
    let issue = printed_on("2021-01-15");
    for (body, credit, expected) in [
        ("各单位：\n请照办。", Some("2020 年 11 月 6 日"), Some("2020-11-06")),
        ("请照办。\n2020年11月6日\n防汛预案\n演练定在2020年12月1日。", None, Some("2020-11-06")),
        ("请照办。", Some("南山区管委会\n二〇二〇年十一月六日"), Some("2020-11-06")),
        ("请照办。\n南山区管委会 2020年11月6日", None, Some("2020-11-06")),
        ("请照办。2020年11月6日", None, Some("2020-11-06")),
        ("（2020年11月6日区政府会议通过）\n第一条 节水。", None, Some("2020-11-06")),
        ("2020年12月1日前报名。", None, None),
    ] {
        let note = date_of(&document(body, credit), &issue, &SourceMeta::default(), None);
        assert_eq!(note.value, expected.map(day).or(issue.date.value), "{body}");
        let basis = if expected.is_some() { Basis::Signature } else { Basis::Issue };
        assert_eq!(note.basis, basis, "{body}");
    }
}

proptest::proptest! {
    #[test]
    fn any_article_gets_a_day_inside_its_interval_and_words_that_stand_in_it(
        body in "[0-9一二三十年月日季度半前昨今去上本至电讯记者新桥通车，。\n ]{0,60}",
        credit in proptest::option::of("[0-9年月日管委会 ]{0,16}"),
        kind in proptest::sample::select(vec![Kind::News, Kind::Document, Kind::Photo]),
        outlet in proptest::option::of("[南山日报]{2,4}"),
        known in proptest::bool::ANY,
    ) {
        let article = Article { kind, outlet, credit: credit.clone(), ..news(&body) };
        let issue = if known {
            printed_on("2021-03-31")
        } else {
            printed_between("2020-12-28", "2021-01-04")
        };
        let note = date_of(&article, &issue, &SourceMeta::default(), None);
        if let Some(text) = &note.text {
            let credit = credit.unwrap_or_default();
            proptest::prop_assert!(body.contains(text.as_str()) || credit.contains(text.as_str()));
        }
        if let Some(value) = note.value {
            proptest::prop_assert!(note.not_before.is_some_and(|first| first <= value));
            proptest::prop_assert!(note.not_after.is_some_and(|last| value <= last));
            proptest::prop_assert_eq!(note.precision, Precision::Day);
        }
        proptest::prop_assert!(note.rule.is_some());
    }
}
