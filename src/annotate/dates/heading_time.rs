//! Headings that are a year, a month or a day and tell what the days below them leave out, as in
//! chronicles: 2022年大事记, 一月, 5日.

use super::expression::{DateExpression, DateValue, MonthValue, YearValue, join_ranges};
use super::scan::scan;
use crate::model::Article;

/// Words that a heading may have beside its time.
const BESIDE: &[&str] =
    &["大事记", "大事記", "大事", "要闻", "要聞", "纪事", "紀事", "记事", "動態", "动态"];

/// The longest heading, in characters.
const MAX_CHARS: usize = 30;

/// What the headings so far say of the time below them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HeadingTime {
    year: Option<i16>,
    month: Option<i8>,
}

impl HeadingTime {
    /// The time that the section and the headline of an article state.
    pub fn of_headline(article: &Article) -> Self {
        let mut time = Self::default();
        let lines = [&article.section, &article.kicker, &article.title, &article.subtitle];
        for line in lines.into_iter().flatten() {
            line.split_whitespace().for_each(|part| _ = time.read(part));
        }
        time
    }

    /// Takes in a line if it is a heading that states a year or a month; returns whether it is. A month
    /// before that of the heading above is one of the next year.
    pub fn read(&mut self, line: &str) -> bool {
        let Some((year, month)) = heading(line) else { return false };
        let next = match (self.month, month) {
            (Some(before), Some(month)) if month < before => self.year.map(|year| year + 1),
            _ => self.year,
        };
        *self = Self { year: year.or(next), month };
        true
    }

    /// The date expressions of a line below the headings, with what they leave out. A day without a month
    /// counts if it opens the line.
    pub fn scan(self, text: &str) -> Vec<DateExpression> {
        let found = scan(text);
        if self == Self::default() {
            return found;
        }
        join_ranges(text, found.iter().map(|words| self.complete(text, words)).collect())
    }

    fn complete(self, text: &str, words: &DateExpression) -> DateExpression {
        let opens = text
            .get(..words.span.start)
            .is_some_and(|before| before.chars().all(|c| !c.is_alphanumeric()));
        let complete = |value| self.complete_value(value, opens);
        DateExpression {
            span: words.span.clone(),
            value: complete(words.value),
            from: words.from.map(complete),
        }
    }

    fn complete_value(self, value: DateValue, opens: bool) -> DateValue {
        let with_year = |year| match (year, self.year) {
            (YearValue::Unstated, Some(year)) => YearValue::Number(year),
            _ => year,
        };
        match value {
            DateValue::Day { year, month: MonthValue::Unstated, day } if opens => {
                match self.month {
                    Some(month) => DateValue::Day {
                        year: with_year(year),
                        month: MonthValue::Number(month),
                        day,
                    },
                    None => value,
                }
            }
            DateValue::Day { year, month: month @ MonthValue::Number(_), day } => {
                DateValue::Day { year: with_year(year), month, day }
            }
            DateValue::Month { year, month: month @ MonthValue::Number(_) } => {
                DateValue::Month { year: with_year(year), month }
            }
            DateValue::Months { year, first, last } => {
                DateValue::Months { year: with_year(year), first, last }
            }
            _ => value,
        }
    }
}

/// The number of lines of a body that are headings of time.
pub(super) fn headings_of(body: &str) -> usize {
    body.split('\n').filter(|line| heading(line).is_some()).count()
}

/// The year and the month of a line that states nothing else.
fn heading(line: &str) -> Option<(Option<i16>, Option<i8>)> {
    let line = line.trim();
    if line.is_empty() || line.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let found = scan(line);
    let [words] = found.as_slice() else { return None };
    let number = |year| match year {
        YearValue::Number(year) => Some(Some(year)),
        YearValue::Unstated => Some(None),
        _ => None,
    };
    let time = match (words.value, words.from) {
        (DateValue::Year(YearValue::Number(year)), None) => (Some(year), None),
        (DateValue::Month { year, month: MonthValue::Number(month) }, None) => {
            (number(year)?, Some(month))
        }
        _ => return None,
    };
    let rest = [line.get(..words.span.start)?, line.get(words.span.end..)?].concat();
    let named = BESIDE.iter().any(|word| rest.trim_end().ends_with(word));
    let bare = rest.chars().all(|c| !c.is_alphanumeric());
    // 2022年南山区大事记 names a place beside.
    (bare || named && !rest.contains(['，', '。', '；'])).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> HeadingTime {
        let mut time = HeadingTime::default();
        for line in lines {
            time.read(line);
        }
        time
    }

    #[test]
    fn a_line_that_is_a_year_or_a_month_governs_what_follows() {
        let of = |lines: &[&str]| (read(lines).year, read(lines).month);
        assert_eq!(of(&["2022年南山区大事记", "一月"]), (Some(2022), Some(1)));
        assert_eq!(of(&["2022年", "▲11月", "【12月份】", "1月"]), (Some(2023), Some(1)));
        assert_eq!(of(&["二〇二二年三月大事记"]), (Some(2022), Some(3)));
        assert_eq!(of(&["3月", "2021年"]), (Some(2021), None));
        for line in ["2022年工作要点", "3月，新桥通车。", "今年", "2022年1月5日", "新桥", ""]
        {
            assert_eq!(read(&[line]), HeadingTime::default(), "{line}");
        }
    }

    #[test]
    fn days_below_a_heading_get_its_month_if_they_open_their_line() {
        let shown = |line: &str| {
            let time = read(&["2022年", "三月"]);
            time.scan(line).into_iter().map(|words| words.value).collect::<Vec<_>>()
        };
        let day = |month, day| DateValue::Day {
            year: YearValue::Number(2022),
            month: MonthValue::Number(month),
            day,
        };
        assert_eq!(shown("▲5日 新桥通车。"), [day(3, 5)]);
        assert_eq!(shown("新桥4月5日通车。"), [day(4, 5)]);
        assert!(!shown("工期5日，新桥通车。").contains(&day(3, 5)));
    }
}
