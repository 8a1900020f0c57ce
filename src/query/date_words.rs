//! Reads the value of 日期: a year, a month, a day, a quarter, words relative to today, a range of
//! these, or 无 for articles without a date.

use super::Expected;
use super::dates::{DateExpr, Dates, RELATIVE_NAMES, Relative, Year};
use crate::model::{CivilDate, Span};
use crate::text::fold;
use crate::text::numerals::{digit, is_numeral, number};

/// Why something cannot be read as dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DatesError {
    /// Where (bytes of the text).
    pub(super) span: Span,
    pub(super) expected: Expected,
}

const YEAR_NAMES: &[(Year, &[&str])] = &[
    (Year::This, &["今年", "本年", "thisyear"]),
    (Year::Last, &["去年", "上年", "lastyear"]),
    (Year::BeforeLast, &["前年"]),
];

const UNKNOWN_NAMES: [&str; 4] = ["无", "none", "不详", "undated"];

/// What separates the ends of a range; the first of these in the text counts.
const BETWEEN: [&str; 5] = ["..", "…", "至", "到", "~"];

/// Reads the whole of a text.
pub(super) fn read(text: &str) -> Result<Dates, DatesError> {
    let folded = fold(text);
    let said = folded.text.as_str();
    let bad = |span: Span, expected| DatesError { span: folded.origin(span), expected };
    if UNKNOWN_NAMES.contains(&said) {
        return Ok(Dates::Unknown);
    }
    let whole = 0..said.len();
    let Some(between) = between(said) else {
        let Some(period) = period(said) else { return Err(bad(whole, Expected::Dates)) };
        return Ok(Dates::Range { from: Some(period), to: Some(period) });
    };
    let (left, right) = (&said[..between.start], &said[between.end..]);
    let from = period(left);
    if from.is_none() && !left.is_empty() {
        return Err(bad(0..between.start, Expected::Dates));
    }
    let to = end_of_range(right, from);
    if to.is_none() && !(right.is_empty() && from.is_some()) {
        return Err(bad(
            if right.is_empty() { whole } else { between.end..said.len() },
            Expected::Dates,
        ));
    }
    if let (Some(from), Some(to)) = (from, to) {
        // Fixed dates do not depend on today.
        let (first, last) = (from.days(CivilDate::ZERO).0, to.days(CivilDate::ZERO).1);
        if from.is_absolute() && to.is_absolute() && last < first {
            return Err(bad(between.end..said.len(), Expected::EndAfterBeginning));
        }
    }
    Ok(Dates::Range { from, to })
}

/// Whether a word could continue a range that a blank has split.
pub(super) fn continues_range(word: &str) -> bool {
    word.starts_with("..") || word.starts_with('…') || matches!(word, "至" | "到" | "~" | "～")
}

/// The separator of a range (bytes); `...` and `……` are one.
fn between(said: &str) -> Option<Span> {
    let (start, sign) = BETWEEN
        .iter()
        .filter_map(|sign| Some((said.find(sign)?, *sign)))
        .min_by_key(|(at, _)| *at)?;
    let rest = &said[start + sign.len()..];
    let more = rest.len() - rest.trim_start_matches(['.', '…']).len();
    let more = if matches!(sign, ".." | "…") { more } else { 0 };
    Some(start..start + sign.len() + more)
}

/// The end of a range: 今, or a period; what it leaves out (2023年2月9日至12日) is taken from the start.
fn end_of_range(said: &str, from: Option<DateExpr>) -> Option<DateExpr> {
    if said == "今" {
        return Some(DateExpr::Relative(Relative::Today));
    }
    period(said).or_else(|| {
        let (year, month) = match from? {
            DateExpr::Day(year, month, _) | DateExpr::Month(year, month) => (year, Some(month)),
            DateExpr::Year(year) | DateExpr::Half(year, _) | DateExpr::Quarter(year, _) => {
                (year, None)
            }
            _ => return None,
        };
        match said.strip_suffix(['日', '号']).filter(|day| !day.contains('月')) {
            Some(day) => day_of(year, month?, part_of_year(day)?),
            None => month_and_day(year, said),
        }
    })
}

/// One period, folded.
fn period(said: &str) -> Option<DateExpr> {
    if let Some((relative, _)) = RELATIVE_NAMES.iter().find(|(_, names)| names.contains(&said)) {
        return Some(DateExpr::Relative(*relative));
    }
    if let Some(period) = last_so_long(said) {
        return Some(period);
    }
    for (year, names) in YEAR_NAMES {
        if let Some(rest) = names.iter().find_map(|name| said.strip_prefix(name)) {
            return part(*year, rest);
        }
    }
    if let Some(rest) = said.strip_prefix("民国") {
        let (years, rest) = rest.split_once('年')?;
        let year = 1911 + number(years).filter(|years| (1..=200).contains(years))?;
        return part(Year::Number(i16::try_from(year).ok()?), rest);
    }
    let (year, rest) = said.split_at(four_digits(said)?);
    let year = number(year).and_then(|year| i16::try_from(year).ok()).filter(|&y| y >= 1000)?;
    let year = Year::Number(year);
    let numbers = rest.strip_prefix(['-', '/', '.']).filter(|rest| !rest.starts_with('q'));
    match (rest.strip_prefix('年'), numbers) {
        (Some(rest), _) => part(year, rest),
        (None, Some(numbers)) => {
            let sign = rest.chars().next()?;
            match numbers.split_once(sign) {
                None => month_of(year, part_of_year(numbers)?),
                Some((month, day)) => day_of(year, part_of_year(month)?, part_of_year(day)?),
            }
        }
        (None, None) => match (rest.len(), rest.bytes().all(|byte| byte.is_ascii_digit())) {
            (4, true) => day_of(year, part_of_year(rest.get(..2)?)?, part_of_year(rest.get(2..)?)?),
            _ => part(year, rest),
        },
    }
}

/// Bytes of the four digits, in any script, that a text begins with.
fn four_digits(said: &str) -> Option<usize> {
    let mut digits = said.char_indices().take(4);
    if !digits.all(|(_, c)| digit(c).is_some()) {
        return None;
    }
    match said.char_indices().nth(4) {
        Some((end, _)) => Some(end),
        None => (said.chars().count() == 4).then_some(said.len()),
    }
}

/// What stands behind a year.
fn part(year: Year, said: &str) -> Option<DateExpr> {
    match said {
        "" => return Some(DateExpr::Year(year)),
        "上半年" | "h1" => return Some(DateExpr::Half(year, 1)),
        "下半年" | "h2" => return Some(DateExpr::Half(year, 2)),
        _ => {}
    }
    let quarter = said.strip_prefix('-').unwrap_or(said).strip_prefix('q').or_else(|| {
        let said = said.strip_suffix("季度")?;
        Some(said.strip_prefix('第').unwrap_or(said))
    });
    match quarter {
        Some(quarter) => {
            let quarter = part_of_year(quarter).filter(|quarter| (1..=4).contains(quarter))?;
            Some(DateExpr::Quarter(year, quarter))
        }
        None => month_and_day(year, said),
    }
}

/// 2月, 2月10日.
fn month_and_day(year: Year, said: &str) -> Option<DateExpr> {
    let (month, day) = said.split_once('月')?;
    let month = part_of_year(month)?;
    match day {
        "" => month_of(year, month),
        day => day_of(year, month, part_of_year(day.strip_suffix(['日', '号'])?)?),
    }
}

fn month_of(year: Year, month: u8) -> Option<DateExpr> {
    (1..=12).contains(&month).then_some(DateExpr::Month(year, month))
}

/// A day of the calendar; of a relative year any day of a leap year.
fn day_of(year: Year, month: u8, day: u8) -> Option<DateExpr> {
    let number = if let Year::Number(number) = year { number } else { 2000 };
    CivilDate::new(number, month.cast_signed(), day.cast_signed()).ok()?;
    Some(DateExpr::Day(year, month, day))
}

/// The number of a month, a day or a quarter.
fn part_of_year(said: &str) -> Option<u8> {
    if said.chars().count() > 3 {
        return None;
    }
    number(said).and_then(|number| u8::try_from(number).ok()).filter(|&number| number <= 31)
}

/// 近30天, 近半年, last30days.
fn last_so_long(said: &str) -> Option<DateExpr> {
    let rest = ["最近", "近", "过去", "last"].iter().find_map(|word| said.strip_prefix(word))?;
    if rest == "半年" {
        return Some(DateExpr::LastMonths(6));
    }
    let unit = rest.find(|c: char| !is_numeral(c))?;
    let (count, unit) = rest.split_at(unit);
    let count = number(count).and_then(|n| u16::try_from(n).ok()).filter(|&n| n > 0)?;
    match unit {
        "天" | "日" | "day" | "days" => Some(DateExpr::LastDays(count)),
        "周" | "个星期" | "星期" | "week" | "weeks" => {
            Some(DateExpr::LastDays(count.checked_mul(7)?))
        }
        "个月" | "月" | "month" | "months" => Some(DateExpr::LastMonths(count)),
        "年" | "year" | "years" => Some(DateExpr::LastYears(count)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normal(text: &str) -> String {
        read(text).map_or_else(|bad| format!("bad {:?}", bad.span), |dates| dates.to_string())
    }

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(normal(text), *expected, "{text}");
        }
    }

    #[test]
    fn days_months_and_years_are_read_in_every_usual_form() {
        check(&[
            ("2023", "2023"),
            ("２０２３年", "2023"),
            ("2023-2", "2023-02"),
            ("2023/02", "2023-02"),
            ("2023.2.10", "2023-02-10"),
            ("2023－02－10", "2023-02-10"),
            ("20230210", "2023-02-10"),
            ("2023年2月", "2023-02"),
            ("2023年2月10日", "2023-02-10"),
            ("2023年2月10号", "2023-02-10"),
            ("二〇二三年二月", "2023-02"),
            ("二○二三年十二月三十一日", "2023-12-31"),
            ("民國三十六年三月廿二日", "1947-03-22"),
            ("今年2月", "今年2月"),
            ("去年2月29日", "去年2月29日"),
        ]);
    }

    #[test]
    fn quarters_and_halves_are_read() {
        check(&[
            ("2023年一季度", "2023Q1"),
            ("2023年第四季度", "2023Q4"),
            ("2023Q2", "2023Q2"),
            ("2023-q3", "2023Q3"),
            ("2023年3季度", "2023Q3"),
            ("2023年上半年", "2023上半年"),
            ("2023下半年", "2023下半年"),
            ("去年一季度", "去年Q1"),
        ]);
    }

    #[test]
    fn words_seen_from_today_stay_as_they_are() {
        check(&[
            ("今日", "今天"),
            ("Yesterday", "昨天"),
            ("上個月", "上月"),
            ("本季度", "本季度"),
            ("前年", "前年"),
            ("last30days", "近30天"),
            ("最近三十日", "近30天"),
            ("近两周", "近14天"),
            ("近半年", "近6个月"),
            ("近3个月", "近3个月"),
            ("近一年", "近1年"),
            ("不详", "无"),
            ("None", "无"),
        ]);
    }

    #[test]
    fn ranges_are_open_on_either_side_and_say_only_once_what_they_share() {
        check(&[
            ("2023-02..2023-04", "2023-02..2023-04"),
            ("2023-02...2023-04", "2023-02..2023-04"),
            ("..2023", "..2023"),
            ("2023-02..", "2023-02.."),
            ("2023……2024", "2023..2024"),
            ("2022至2023", "2022..2023"),
            ("2022～2023", "2022..2023"),
            ("2023-02至今", "2023-02..今天"),
            ("去年..今天", "去年..今天"),
            ("2023..2023", "2023"),
            ("2023年1月至3月", "2023-01..2023-03"),
            ("2023年2月9日至12日", "2023-02-09..2023-02-12"),
            ("2023年2月9日至3月1日", "2023-02-09..2023-03-01"),
            ("2023-02-10..2023-02", "2023-02-10..2023-02"),
        ]);
    }

    #[test]
    fn what_is_no_date_is_refused_at_its_place() {
        check(&[
            ("", "bad 0..0"),
            ("23", "bad 0..2"),
            ("2023-13", "bad 0..7"),
            ("2023-02-30", "bad 0..10"),
            ("2023-02/10", "bad 0..10"),
            ("2023-1-1-1", "bad 0..10"),
            ("2023年五季度", "bad 0..16"),
            ("2月", "bad 0..4"),
            ("..", "bad 0..2"),
            ("2023..x", "bad 6..7"),
            ("x..2023", "bad 0..1"),
            ("2023至12日", "bad 7..12"),
            ("1..2..3", "bad 0..1"),
            ("2023..2024..2025", "bad 6..16"),
            ("近0天", "bad 0..7"),
            ("近99999天", "bad 0..11"),
            ("民国0年", "bad 0..10"),
        ]);
        assert_eq!(read("2023-04..2023-02").unwrap_err().span, 9..16);
        assert_eq!(read("2023-04..2023-02").unwrap_err().expected, Expected::EndAfterBeginning);
        // Spans are of what was typed, not of the folded form.
        assert_eq!(read("２０２３至乙").unwrap_err().span, 15..18);
    }

    #[test]
    fn names_are_in_the_form_that_is_compared() {
        let relative = RELATIVE_NAMES.iter().flat_map(|(_, names)| names.iter());
        let years = YEAR_NAMES.iter().flat_map(|(_, names)| names.iter());
        for name in relative.chain(years).chain(&UNKNOWN_NAMES).chain(&BETWEEN) {
            assert_eq!(fold(name).text, **name);
        }
        for (relative, _) in RELATIVE_NAMES {
            let expr = DateExpr::Relative(*relative);
            let only = Dates::Range { from: Some(expr), to: Some(expr) };
            assert_eq!(read(&expr.to_string()), Ok(only));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_with_a_place_inside_it(
            text in "[0-9０二〇十年月日季度第半近天至今去.…~/Qq无前民国\\-]{0,12}"
        ) {
            match read(&text) {
                Ok(dates) => prop_assert_eq!(read(&dates.to_string()), Ok(dates)),
                Err(bad) => prop_assert!(text.get(bad.span).is_some()),
            }
        }
    }
}
