//! Headings that are a year, a month or a day and tell what the days below them leave out, as in
//! chronicles: 2022年大事记, 一月, 5日.

use super::expression::{DateExpression, DateValue, MonthValue, YearValue, join_ranges};
use super::scan::scan;
use crate::model::Article;

/// Words of chronicles that a heading may have beside its time.
const CHRONICLE: &[&str] = &["大事记", "大事記", "大事", "纪事", "紀事", "记事"];

/// Words of news that a heading may have beside its time.
const NEWS: &[&str] = &["要闻", "要聞", "動態", "动态"];

/// The number of headings with days below them from which a body is a chronicle.
const MIN_HEADINGS: usize = 2;

/// The longest heading, in characters.
const MAX_CHARS: usize = 30;

/// What the headings so far say of the time below them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HeadingTime {
    year: Option<i16>,
    month: Option<i8>,
}

impl HeadingTime {
    /// The time that the section and the headline of an article state, which are those of a chronicle or
    /// of a month. A year alone, as in the column 2022年要闻, may be that of what the news is about.
    pub fn of_headline(article: &Article) -> Self {
        let is_chronicle = chronicle_start(article).is_some() || names_chronicle(article);
        let mut time = Self::default();
        // The first month of a chronicle, in brackets below its title, looks like a credit.
        let below = article.credit.iter().filter(|_| is_chronicle).flat_map(|text| text.lines());
        for (year, month) in headline_parts(article).chain(below).filter_map(heading) {
            if is_chronicle || month.is_some() {
                time = Self { year: year.or(time.year), month };
            }
        }
        time
    }

    /// Takes in a line if it is a heading that states a year or a month. January to March below October to
    /// December are of the next year, if it has begun by `latest`, the year of print; other months
    /// before that of the heading above are of the same year, as chronicles may begin with the last.
    pub fn read(&mut self, line: &str, latest: Option<i16>) {
        let Some((year, month)) = heading(line) else { return };
        let turns = matches!((self.month, month), (Some(10..), Some(..=3)));
        let next = self.year.map(|year| if turns { year + 1 } else { year });
        let next = next.filter(|next| latest.is_none_or(|latest| *next <= latest)).or(self.year);
        *self = Self { year: year.or(next), month };
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
        let opens = opens(text, words);
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

/// Where the headings of a chronicle begin, in bytes of the body of an article; `None` if it is none. A
/// line with nothing but a year can be the cell of a table: only two headings with days below them make a
/// chronicle, or one where the headline says so.
pub(super) fn chronicle_start(article: &Article) -> Option<usize> {
    let (mut offset, mut start, mut with_days, mut below_heading) = (0, None, 0, false);
    let enough = if names_chronicle(article) { 0 } else { MIN_HEADINGS };
    for line in article.body.split('\n') {
        if heading(line).is_some() {
            start = start.or(Some(offset));
            below_heading = true;
        } else if below_heading && !line.trim().is_empty() {
            with_days += usize::from(opens_with_day(line));
            below_heading = false;
        }
        if start.is_some() && with_days >= enough {
            return start;
        }
        offset += line.len() + 1;
    }
    None
}

/// Whether a part of the headline says that the article is a chronicle: 大事记, 2022年南山区纪事.
fn names_chronicle(article: &Article) -> bool {
    headline_parts(article).any(|part| {
        part.ends_with("大事记")
            || part.ends_with("大事記")
            || heading(part).is_some() && CHRONICLE.iter().any(|word| part.ends_with(word))
    })
}

/// The parts of the section and the headline of an article, which blanks divide.
fn headline_parts(article: &Article) -> impl Iterator<Item = &str> {
    let lines = [&article.section, &article.kicker, &article.title, &article.subtitle];
    lines.into_iter().flatten().flat_map(|line| line.split_whitespace())
}

/// Whether a line begins with a day or a month: ▲5日 新桥通车.
fn opens_with_day(line: &str) -> bool {
    scan(line).first().is_some_and(|words| {
        matches!(words.value, DateValue::Day { .. } | DateValue::Month { .. }) && opens(line, words)
    })
}

/// Whether nothing but marks stands before a date expression in its line.
fn opens(line: &str, words: &DateExpression) -> bool {
    line.get(..words.span.start).is_some_and(|before| before.chars().all(|c| !c.is_alphanumeric()))
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
    let named = CHRONICLE.iter().chain(NEWS).any(|word| rest.trim_end().ends_with(word));
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
            time.read(line, None);
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
        // The newest first.
        assert_eq!(of(&["2022年", "12月", "11月", "10月"]), (Some(2022), Some(10)));
        for line in ["2022年工作要点", "3月，新桥通车。", "今年", "2022年1月5日", "新桥", ""]
        {
            assert_eq!(read(&[line]), HeadingTime::default(), "{line}");
        }
    }

    #[test]
    fn no_year_after_that_of_print_is_counted() {
        let of = |latest| {
            let mut time = read(&["2022年", "12月"]);
            time.read("1月", latest);
            time.year
        };
        assert_eq!(
            (of(Some(2022)), of(Some(2023)), of(None)),
            (Some(2022), Some(2023), Some(2023))
        );
    }

    #[test]
    fn two_headings_with_days_or_a_headline_make_a_chronicle() {
        let start = |title: &str, body: &str| {
            let title = Some(title.to_owned());
            chronicle_start(&Article { title, body: body.to_owned(), ..Article::default() })
        };
        assert_eq!(start("新桥", "一月\n5日，新桥动工。\n二月\n\n▲6日 新桥通车。"), Some(0));
        assert_eq!(start("新桥", "新桥。\n2021年\n3月5日，动工。\n2022年\n5月，通车。"), Some(10));
        assert_eq!(start("大事记", "一月\n新桥动工。"), Some(0));
        for (title, body) in [
            ("新桥", "2019年\n立项。\n2020年\n三百万元"),
            ("新桥", "一月\n5日，新桥动工。"),
            ("新桥建设纪事", "2019年\n立项。"),
            ("大事记", "5日，新桥动工。"),
        ] {
            assert_eq!(start(title, body), None, "{title} {body}");
        }
    }

    #[test]
    fn a_month_below_the_title_of_a_chronicle_governs_whatever_it_was_taken_for() {
        let of = |title: &str, credit: &str| {
            let (title, credit) = (Some(title.to_owned()), Some(credit.to_owned()));
            let time = HeadingTime::of_headline(&Article { title, credit, ..Article::default() });
            (time.year, time.month)
        };
        assert_eq!(of("新城县2023年大事记", "（1月）"), (Some(2023), Some(1)));
        assert_eq!(of("新城县2023年大事记", "本报记者 江渡\n一月"), (Some(2023), Some(1)));
        assert_eq!(of("新城县2023年大事记", "本报记者 江渡 摄于1月"), (Some(2023), None));
        assert_eq!(of("新桥通车", "（1月）"), (None, None));
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
