//! Finds date expressions in one pass: looks for 日, 月, 年 and the like and reads backwards from
//! them, so that text without dates costs hardly anything.

use super::expression::{
    DateExpression, DateValue, MonthValue, YearValue, join_ranges, joins, numeric_day,
};
use crate::text::numerals::{digit, is_numeral, number};

/// All date expressions in `text`, in order, with the ends of ranges joined. Expressions inside
/// longer ones are not returned.
#[must_use]
pub fn scan(text: &str) -> Vec<DateExpression> {
    let bytes = text.as_bytes();
    let mut found: Vec<DateExpression> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let length = match byte {
            b'1' | b'2' => {
                if let Some(words) = numeric_day(text, at) {
                    at = words.span.end;
                    found.push(words);
                    continue;
                }
                1
            }
            0x00..=0x7f => 1,
            0xc0..=0xdf => 2,
            0xf0..=0xff => 4,
            _ => {
                let read = match (byte, bytes.get(at + 1), bytes.get(at + 2)) {
                    (0xe6, Some(0x97), Some(0xa5)) => day_before(text, at, "日"),
                    (0xe5, Some(0x8f), Some(0xb7)) => numbered_day_before(text, at, "号"),
                    (0xe5, Some(0xa4), Some(0xa9)) => day_away(text, at),
                    // 晚, 晨, 早, 夜
                    (0xe6, Some(0x99), Some(0x9a | 0xa8))
                    | (0xe6, Some(0x97), Some(0xa9))
                    | (0xe5, Some(0xa4), Some(0x9c)) => hour_away(text, at),
                    (0xe6, Some(0x9c), Some(0x88)) => month_before(text, at),
                    (0xe5, Some(0xb9), Some(0xb4)) => year_expression(text, at),
                    (0xe5, Some(0xad), Some(0xa3)) => quarter(text, at),
                    (0xe5, Some(0x91), Some(0xa8)) => weekday(text, at),
                    _ => None,
                };
                if let Some(words) = read {
                    while found.last().is_some_and(|last| last.span.end > words.span.start) {
                        found.pop();
                    }
                    found.push(words);
                }
                3
            }
        };
        at += length;
    }
    join_ranges(text, found)
}

/// The character that ends before `at`, and where it begins.
fn previous(text: &str, at: usize) -> Option<(char, usize)> {
    let c = text.get(..at)?.chars().next_back()?;
    Some((c, at - c.len_utf8()))
}

/// The character that begins at `at`.
fn next(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Skips back over at most two blanks before `at`, which scans insert.
fn without_blanks(text: &str, at: usize) -> usize {
    let mut start = at;
    for _ in 0..2 {
        match previous(text, start) {
            Some((' ' | '\u{3000}' | '\u{a0}', before)) => start = before,
            _ => break,
        }
    }
    start
}

/// The number that ends before `at` and where it begins.
fn number_before(text: &str, at: usize) -> Option<(u32, usize)> {
    let end = without_blanks(text, at);
    let mut start = end;
    for _ in 0..9 {
        match previous(text, start) {
            Some((c, before)) if is_numeral(c) => start = before,
            _ => break,
        }
    }
    (start < end).then(|| number(text.get(start..end)?).map(|value| (value, start)))?
}

/// A number between bounds that ends before `at`.
fn small_number_before(text: &str, at: usize, max: u32) -> Option<(i8, usize)> {
    let (value, start) = number_before(text, at)?;
    (1..=max).contains(&value).then_some((value as i8, start))
}

/// A number and a joining mark before `at`: the 27— of 27—28日.
fn range_start_before(text: &str, at: usize, max: u32) -> Option<(i8, usize)> {
    let mut end = without_blanks(text, at);
    let (mark, before) = previous(text, end)?;
    if !joins(mark) {
        return None;
    }
    end = before;
    // A dash is printed in two halves.
    if let Some(('—', before)) = previous(text, end) {
        end = before;
    }
    small_number_before(text, end, max)
}

/// The year that ends in the 年 at `at`, and where its words begin.
fn year_before(text: &str, at: usize) -> Option<(YearValue, usize)> {
    if let Some((value, start)) = number_before(text, at) {
        let before = without_blanks(text, start);
        for era in ["民国", "民國"] {
            if text.get(..before)?.ends_with(era) && (1..=199).contains(&value) {
                let mut from = before - era.len();
                if text.get(..from)?.ends_with("中华") || text.get(..from)?.ends_with("中華") {
                    from -= "中华".len();
                }
                return Some((YearValue::Number(1911 + value as i16), from));
            }
        }
        let digits = text.get(start..without_blanks(text, at))?;
        let plain = !digits.contains(['十', '百', '千', '万', '拾', '佰', '廿', '卅']);
        return match (value, digits.chars().count()) {
            (1000..=2999, 4) if plain => Some((YearValue::Number(value as i16), start)),
            (_, 2) if plain => Some((YearValue::Short(value as i16), start)),
            _ => year_with_letters(text, at),
        };
    }
    if let Some(year) = year_with_letters(text, at) {
        return Some(year);
    }
    let (word, start) = previous(text, without_blanks(text, at))?;
    let year = match word {
        '今' | '本' => YearValue::Offset(0),
        '去' | '上' => YearValue::Offset(-1),
        '前' => YearValue::Offset(-2),
        '明' => YearValue::Offset(1),
        '同' | '当' | '當' => YearValue::Same,
        '元' if text.get(..start)?.ends_with("民国") || text.get(..start)?.ends_with("民國") =>
        {
            return Some((YearValue::Number(1912), start - "民国".len()));
        }
        _ => return None,
    };
    Some((year, start))
}

/// 一九八O年, 二ＯＯ八年: the letter O printed for 〇.
fn year_with_letters(text: &str, at: usize) -> Option<(YearValue, usize)> {
    let mut start = at;
    let mut digits = [0; 4];
    let mut letters = 0;
    for place in digits.iter_mut().rev() {
        let (c, before) = previous(text, start)?;
        let is_letter = matches!(c, 'O' | 'o' | 'Ｏ');
        letters += u8::from(is_letter);
        *place = if is_letter { 0 } else { digit(c)? };
        start = before;
    }
    let year = digits.iter().fold(0, |year, digit| year * 10 + *digit);
    (letters > 0 && (1000..=2999).contains(&year))
        .then_some((YearValue::Number(year as i16), start))
}

/// The year in words that ends before `at`, if there is one.
fn year_words_before(text: &str, at: usize) -> (YearValue, usize) {
    match previous(text, without_blanks(text, at)) {
        Some(('年', before)) => year_before(text, before).unwrap_or((YearValue::Unstated, at)),
        _ => (YearValue::Unstated, at),
    }
}

/// The month that ends in the 月 at `at`, and where its words begin.
fn month_number_before(text: &str, at: usize) -> Option<(MonthValue, usize)> {
    if let Some((month, start)) = small_number_before(text, at, 12) {
        let lunar = ["农历", "農曆", "阴历", "陰曆", "夏历", "旧历", "舊曆", "闰", "正月"];
        let before = &text[..without_blanks(text, start)];
        return (!lunar.iter().any(|word| before.ends_with(word)))
            .then_some((MonthValue::Number(month), start));
    }
    let (mut word, mut start) = previous(text, at)?;
    if word == '个' {
        (word, start) = previous(text, start)?;
    }
    let offset = match word {
        '本' | '当' => 0,
        '上' => -1,
        '下' => 1,
        _ => return None,
    };
    Some((MonthValue::Offset(offset), start))
}

/// The expression that ends in the 日 at `at`: a numbered day, 昨日 and the like, or 近日, 日前,
/// 连日来.
fn day_before(text: &str, at: usize, mark: &str) -> Option<DateExpression> {
    if let Some(words) = numbered_day_before(text, at, mark) {
        return Some(words);
    }
    if let Some(words) = day_away(text, at).or_else(|| day_in_brackets(text, at)) {
        return Some(words);
    }
    let end = at + mark.len();
    let before = previous(text, at);
    let vague = |start: usize, end: usize| {
        Some(DateExpression { span: start..end, value: DateValue::Vague, from: None })
    };
    match before {
        Some(('近' | '连' | '連', start)) => return vague(start, end),
        Some((c, _)) if !is_boundary(c) => return None,
        _ => {}
    }
    (next(text, end) == Some('前')).then(|| vague(at, end + "前".len()))?
}

/// A numbered day that ends in the 日 or 号 at `at`.
fn numbered_day_before(text: &str, at: usize, mark: &str) -> Option<DateExpression> {
    let end = at + mark.len();
    let (day, day_start) = small_number_before(text, at, 31)?;
    let range = range_start_before(text, day_start, 31);
    let start = range.map_or(day_start, |(_, start)| start);
    let words = |year, month, start| {
        let value = DateValue::Day { year, month, day };
        let from = range.map(|(first, _)| DateValue::Day { year, month, day: first });
        Some(DateExpression { span: start..end, value, from })
    };
    if let Some((mark_of_month, month_mark)) = previous(text, without_blanks(text, start))
        && mark_of_month == '月'
    {
        let (month, month_start) = month_number_before(text, month_mark)?;
        let (year, year_start) = year_words_before(text, month_start);
        return words(year, month, year_start);
    }
    let before = previous(text, start).map(|(c, _)| c);
    let after = next(text, end);
    let stands_alone = if mark == "日" {
        // 5日 alone may be a duration.
        !before.is_some_and(|c| "第近续續期每满滿约過过了共达達余逾隔不如同".contains(c))
            && !after.is_some_and(|c| "内內游遊间間均票龄齡以之元".contains(c))
            && (after != Some('报') || text.get(end..).is_some_and(|rest| rest.starts_with("报道")))
    } else {
        // 5号 alone may be a house or a bus.
        before.is_none_or(|c| is_boundary(c) || c == '者')
            && after.is_some_and(|c| "，,上下晚凌早中从在发表宣".contains(c))
    };
    stands_alone.then(|| words(YearValue::Unstated, MonthValue::Unstated, start))?
}

/// 昨日, 今天 and the like that end in the 日 or 天 at `at`.
fn day_away(text: &str, at: usize) -> Option<DateExpression> {
    let (word, start) = previous(text, at)?;
    let days = match word {
        '昨' => -1,
        '今' => 0,
        '前' => -2,
        '明' => 1,
        _ => return None,
    };
    let end = at + "日".len();
    // 今日头条 and 今日要闻 are names; 日前日 and 之前天 are not days.
    let named = next(text, end).is_some_and(|c| "头頭要".contains(c));
    let inside = word == '前' && previous(text, start).is_some_and(|(c, _)| !is_boundary(c));
    (!named && !inside).then_some(DateExpression {
        span: start..end,
        value: DateValue::DaysAway(days),
        from: None,
    })
}

/// 昨晚, 今晨 and the like: a relative day by its hour.
fn hour_away(text: &str, at: usize) -> Option<DateExpression> {
    let (word, start) = previous(text, at)?;
    let before = previous(text, start).map(|(c, _)| c);
    let after = next(text, at + "晚".len());
    // 如今早已, 至今晚报; 前夜 and 前晨 are hardly ever days.
    let across = before.is_some_and(|c| "如至迄当而现".contains(c))
        || after.is_some_and(|c| "已就报年期".contains(c));
    ("昨今".contains(word) && !across).then(|| day_away(text, at))?
}

/// 昨（三）日, 今(4)日: a relative day with its number, which decides.
fn day_in_brackets(text: &str, at: usize) -> Option<DateExpression> {
    let (_, close) = previous(text, at).filter(|(c, _)| matches!(c, ')' | '）'))?;
    let (day, number_start) = small_number_before(text, close, 31)?;
    let (_, open) = previous(text, number_start).filter(|(c, _)| matches!(c, '(' | '（'))?;
    let (_, start) =
        previous(text, open).filter(|(c, _)| matches!(c, '昨' | '今' | '前' | '明'))?;
    let value = DateValue::Day { year: YearValue::Unstated, month: MonthValue::Unstated, day };
    Some(DateExpression { span: start..at + "日".len(), value, from: None })
}

/// A month that is not followed by a day: 2023年2月, 上月, 1至2月.
fn month_before(text: &str, at: usize) -> Option<DateExpression> {
    let (month, month_start) = month_number_before(text, at)?;
    let mut end = at + "月".len();
    if next(text, end) == Some('份') {
        end += "份".len();
    }
    let range = range_start_before(text, month_start, 12);
    if let (Some((first, start)), MonthValue::Number(last)) = (range, month)
        && first < last
    {
        let (year, start) = year_words_before(text, start);
        return Some(DateExpression {
            span: start..end,
            value: DateValue::Months { year, first, last },
            from: None,
        });
    }
    let (year, start) = year_words_before(text, month_start);
    Some(DateExpression { span: start..end, value: DateValue::Month { year, month }, from: None })
}

/// A year or half-year that is not followed by a month.
fn year_expression(text: &str, at: usize) -> Option<DateExpression> {
    let end = at + "年".len();
    for (half, first, last) in [("上半", 1, 6), ("下半", 7, 12)] {
        if text.get(..at)?.ends_with(half) {
            let (year, start) = year_words_before(text, at - half.len());
            return Some(DateExpression {
                span: start..end,
                value: DateValue::Months { year, first, last },
                from: None,
            });
        }
    }
    let (year, start) = year_before(text, at)?;
    Some(DateExpression { span: start..end, value: DateValue::Year(year), from: None })
}

/// 一季度, 第三季度, 前三季度, 首季: quarters that end in the 季 at `at`.
fn quarter(text: &str, at: usize) -> Option<DateExpression> {
    let mut end = at + "季".len();
    if next(text, end) == Some('度') {
        end += "度".len();
    }
    let (first, last, start) = if let Some((count, start)) = small_number_before(text, at, 4) {
        match previous(text, start) {
            Some(('前', start)) => (1, count * 3, start),
            Some(('第', start)) => (count * 3 - 2, count * 3, start),
            // 四季 alone means all seasons.
            _ if text.get(at..end) == Some("季") => return None,
            _ => (count * 3 - 2, count * 3, start),
        }
    } else {
        let (word, start) = previous(text, at)?;
        (word == '首').then_some((1, 3, start))?
    };
    let (year, start) = year_words_before(text, start);
    Some(DateExpression {
        span: start..end,
        value: DateValue::Months { year, first, last },
        from: None,
    })
}

/// 本周三, 上周五, with the 周 at `at`.
fn weekday(text: &str, at: usize) -> Option<DateExpression> {
    let day = next(text, at + "周".len())?;
    let weekday = match day {
        '日' | '天' => 7,
        _ => small_number_before(text, at + "周".len() + day.len_utf8(), 6)?.0.into(),
    };
    let (word, start) = previous(text, at)?;
    let weeks = match word {
        '本' | '这' | '這' => 0,
        '上' => -1,
        '下' => 1,
        _ => return None,
    };
    let end = at + "周".len() + day.len_utf8();
    Some(DateExpression {
        span: start..end,
        value: DateValue::Weekday { weeks, weekday },
        from: None,
    })
}

/// Whether a word may begin after this character.
fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || "，。；：、！？（）“”‘’《》【】〔〕—…".contains(c)
}
