//! Table tests of the date scanner.

use super::expression::{DateValue, MonthValue, YearValue};
use super::scan::scan;

/// A short form of an expression: year/month/day with `?` for missing parts, `+n` for offsets from
/// the issue, `..` for a range.
fn shown(value: DateValue) -> String {
    let year = |year| match year {
        YearValue::Unstated => "?".to_owned(),
        YearValue::Number(year) => year.to_string(),
        YearValue::Short(year) => format!("'{year:02}"),
        YearValue::Offset(years) => format!("{years:+}"),
        YearValue::Same => "=".to_owned(),
    };
    let month = |month| match month {
        MonthValue::Unstated => "?".to_owned(),
        MonthValue::Number(month) => month.to_string(),
        MonthValue::Offset(months) => format!("{months:+}"),
    };
    match value {
        DateValue::Day { year: y, month: m, day } => format!("{}/{}/{day}", year(y), month(m)),
        DateValue::DaysAway(days) => format!("{days:+}d"),
        DateValue::Weekday { weeks, weekday } => format!("{weeks:+}w{weekday}"),
        DateValue::Month { year: y, month: m } => format!("{}/{}", year(y), month(m)),
        DateValue::Months { year: y, first, last } => format!("{}/{first}-{last}", year(y)),
        DateValue::Year(y) => year(y),
        DateValue::Vague => "vague".to_owned(),
    }
}

fn check(text: &str, expected: &str) {
    let found: Vec<String> = scan(text)
        .into_iter()
        .map(|words| match words.from {
            Some(from) => format!("{}..{}", shown(from), shown(words.value)),
            None => shown(words.value),
        })
        .collect();
    assert_eq!(found.join(" "), expected, "{text}");
}

#[test]
fn days_are_found_in_every_form_of_print() {
    for (text, expected) in [
        ("2021年3月5日", "2021/3/5"),
        ("2021 年 3 月 5 日", "2021/3/5"),
        ("２０２１年３月５日", "2021/3/5"),
        ("2021年3月5号", "2021/3/5"),
        ("二〇二一年三月五日", "2021/3/5"),
        ("二○二一年十一月廿三日", "2021/11/23"),
        ("一九八五年三月三十一日", "1985/3/31"),
        ("2021-03-05", "2021/3/5"),
        ("2021.3.5讯", "2021/3/5"),
        ("2021/3/5", "2021/3/5"),
        ("民国三十七年五月三日", "1948/5/3"),
        ("中華民國廿三年十月十日", "1934/10/10"),
        ("民国元年一月一日", "1912/1/1"),
        ("85年3月5日", "'85/3/5"),
        ("3月5日", "?/3/5"),
        ("今年3月5日", "+0/3/5"),
        ("去年12月16日", "-1/12/16"),
        ("同年12月1日", "=/12/1"),
        ("一九八O年三月五日", "1980/3/5"),
        ("二ＯＯ八年三月五日", "2008/3/5"),
        ("中華民國一○七年十月廿四日", "2018/10/24"),
        ("本月5日", "?/+0/5"),
        ("上月28日", "?/-1/28"),
        ("记者5日获悉", "?/?/5"),
    ] {
        check(text, expected);
    }
}

#[test]
fn spans_of_days_are_put_together() {
    for (text, expected) in [
        ("2月27日至28日", "?/2/27..?/2/28"),
        ("2月27日—3月2日", "?/2/27..?/3/2"),
        ("2021年9月28日至10月2日", "2021/9/28..2021/10/2"),
        ("2021年12月30日至1月2日", "2021/12/30..2022/1/2"),
        ("3月5—7日", "?/3/5..?/3/7"),
        ("3月5日、6日", "?/3/5..?/3/6"),
        ("3月5日开幕，持续到3月20日", "?/3/5..?/3/20"),
        ("3月5日开会，3月9日散会", "?/3/5 ?/3/9"),
    ] {
        check(text, expected);
    }
}

#[test]
fn other_words_about_time_are_found() {
    for (text, expected) in [
        ("昨日，新桥通车", "-1d"),
        ("昨（三）日，新桥通车", "?/?/3"),
        ("5号上午，新桥通车", "?/?/5"),
        ("位于书院路18号，", ""),
        ("今(4)日上午", "?/?/4"),
        ("今天上午", "+0d"),
        ("近日，", "vague"),
        ("日前，", "vague"),
        ("连日来", "vague"),
        ("本周三", "+0w3"),
        ("上周日", "-1w7"),
        ("2021年2月", "2021/2"),
        ("上个月", "?/-1"),
        ("1至2月", "?/1-2"),
        ("一季度", "?/1-3"),
        ("今年前三季度", "+0/1-9"),
        ("第四季度", "?/10-12"),
        ("2021年上半年", "2021/1-6"),
        ("2021年", "2021"),
        ("去年", "-1"),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_only_looks_like_a_date_is_left() {
    for text in [
        "第5日",
        "连续3日",
        "7日内答复",
        "七年如一日",
        "每月10日",
        "农历八月十五日",
        "5号楼",
        "3个月",
        "32日",
        "13月5日夜里",
        "版本2.0.21.3.5",
        "编号12021-03-05",
        "2021.3.5.7",
        "今日头条",
        "生日快乐",
        "四季如春",
        "平方米每年",
    ] {
        let days = scan(text).into_iter().filter(|words| {
            words.is_day()
                && !matches!(words.value, DateValue::Day { month: MonthValue::Unstated, .. })
        });
        assert_eq!(days.count(), 0, "{text}");
    }
    for text in
        ["第5日", "7日内", "七年如一日", "5号楼", "今日头条", "四季如春", "3个月", "每月10日"]
    {
        check(text, "");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_scanned_and_spans_are_slices_in_order(
        text in "[0-9０-９一二三十廿元年月日号天周季度半前后昨今去上本民国至—、，。 .\\-/a]{0,40}",
    ) {
        let mut end = 0;
        for words in scan(&text) {
            proptest::prop_assert!(text.get(words.span.clone()).is_some_and(|shown| !shown.is_empty()));
            proptest::prop_assert!(words.span.start >= end);
            end = words.span.end;
        }
    }

    #[test]
    fn a_printed_day_is_read_back(year in 1000i16..=2999, month in 1i8..=12, day in 1i8..=28) {
        let value = DateValue::Day { year: YearValue::Number(year), month: MonthValue::Number(month), day };
        for text in [
            format!("在{year}年{month}月{day}日，"),
            format!("（{year} 年 {month:02} 月 {day:02} 日）"),
        ] {
            let found: Vec<DateValue> = scan(&text).into_iter().map(|words| words.value).collect();
            proptest::prop_assert_eq!(found, vec![value]);
        }
    }
}
