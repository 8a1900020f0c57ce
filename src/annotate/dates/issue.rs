//! The issue of a file: its date from settings, cover, masthead or path, else an interval inferred
//! from the days that its articles name.

use jiff::ToSpan;

use super::day_role::is_background;
use super::expression::{DateExpression, DateValue, MonthValue, YearValue};
use super::issue_year::{MAX_ISSUE_ARTICLES, year_of_print};
use super::lead::{MAX_LEAD_BYTES, beginning};
use super::resolve::ReferenceTime;
use super::scan::scan;
use super::signature::signature_day;
use crate::model::SplitFile;
use crate::model::{Basis, CivilDate, DateInterval, Issue, IssueDate, Kind, LineRole, SourceText};
use crate::text::numerals::number;

/// The most days by which an issue can appear after the last day that its articles name.
const REACH_DAYS: i32 = 7;

/// How many lines at the head of a file can be its masthead.
const MASTHEAD_LINES: usize = 40;

/// The longest line that can be a masthead, in bytes.
const MAX_MASTHEAD_CHARS: usize = 240;

/// The issue of a file. Its date is that of the first of these that has one: `corpus.toml`, the
/// cover, a masthead line, the path, a masthead that was taken for a line of an article; else an
/// interval from the latest day that a lead names to a week later (basis `inferred`). The number is
/// that of the cover, else the number within the year on a head line: 2021年第3期.
#[must_use]
pub fn infer_issue(source: &SourceText, split_file: &SplitFile) -> Issue {
    let (year, printed) = number_of_year(source, split_file).unzip();
    let number = split_file.issue.number.clone().or(printed);
    let known = |day, basis| Issue {
        number: number.clone(),
        date: IssueDate { value: Some(day), not_before: Some(day), not_after: Some(day), basis },
    };
    let stated = source.meta.issue_date;
    if let Some((day, Basis::Config | Basis::Given)) = stated {
        return known(day, Basis::Config);
    }
    if let Some(day) = split_file.issue.date.value {
        let basis = match split_file.issue.date.basis {
            Basis::Unknown => Basis::Issue,
            basis => basis,
        };
        return known(day, basis);
    }
    if let Some(day) = masthead_day(source, split_file, false) {
        return known(day, Basis::Issue);
    }
    if let Some((day, basis)) = stated {
        return known(day, basis);
    }
    if let Some(day) = masthead_day(source, split_file, true) {
        return known(day, Basis::Issue);
    }
    let interval = interval_of(source, split_file, year);
    let basis = if interval == DateInterval::default() { Basis::Unknown } else { Basis::Inferred };
    let DateInterval { not_before, not_after } = interval;
    Issue { number, date: IssueDate { value: None, not_before, not_after, basis } }
}

/// The lines that can be a masthead: short, and front matter or near the head of the file. Each
/// comes with whether it is front matter and whether an article owns it.
fn head_lines<'a>(
    source: &'a SourceText,
    split_file: &'a SplitFile,
) -> impl Iterator<Item = (&'a str, bool, bool)> {
    (0..source.lines.len()).filter_map(|index| {
        let role = split_file.roles.get(index);
        let front = role == Some(&LineRole::Front);
        if role == Some(&LineRole::Boilerplate) || !front && index >= MASTHEAD_LINES {
            return None;
        }
        let owned = split_file.owners.get(index).copied().flatten().is_some();
        let line = source.line(index).trim();
        (!line.is_empty() && line.len() <= MAX_MASTHEAD_CHARS).then_some((line, front, owned))
    })
}

/// The day of a line that reads as a masthead: 2023年2月10日 星期五. A line that belongs to an
/// article (`in_article`) must name the day of the week and hold no sentence.
fn masthead_day(
    source: &SourceText,
    split_file: &SplitFile,
    in_article: bool,
) -> Option<CivilDate> {
    head_lines(source, split_file).find_map(|(line, front, owned)| {
        let weekday = ["星期", "禮拜"].iter().any(|mark| line.contains(mark));
        if owned != in_article {
            return None;
        }
        if owned && (!weekday || line.contains(['。', '，', '；', '：', ','])) {
            return None;
        }
        let mut days = scan(line);
        days.retain(|words| {
            words.is_full_day() && words.from.is_none() && !is_background(line, &words.span)
        });
        let [day] = days.as_slice() else { return None };
        let rest = line.len() - day.span.len();
        let marks = ["第", "版", "总", "期", "农历", "農曆", "编辑", "责编", "出版"];
        let heads = front || weekday || rest == 0 || marks.iter().any(|mark| line.contains(mark));
        if heads {
            ReferenceTime::default().resolve(day, None).map(|resolved| resolved.last)
        } else {
            None
        }
    })
}

/// The year and the number within it on a head line: （2021年第3期）, 2014年 第2号 总第38号.
fn number_of_year(source: &SourceText, split_file: &SplitFile) -> Option<(i16, String)> {
    head_lines(source, split_file).filter(|(_, _, owned)| !owned).find_map(|(line, _, _)| {
        scan(line).iter().find_map(|words| {
            let DateValue::Year(YearValue::Number(year)) = words.value else { return None };
            let rest = line.get(words.span.end..)?;
            let count = rest.trim_start().strip_prefix('第')?;
            let end = count.find(['期', '号', '號', '辑', '輯'])?;
            number(count.get(..end)?.trim())?;
            let mark = count.get(end..)?.chars().next()?.len_utf8();
            let length = rest.len() - count.len() + end + mark;
            Some((year, line.get(words.span.start..words.span.end + length)?.to_owned()))
        })
    })
}

/// A day that a lead names: month and day, and the year if stated.
struct NamedDay {
    year: Option<i16>,
    month: i8,
    day: i8,
}

/// From the latest day that the leads name to a week later; without any day, the year.
fn interval_of(source: &SourceText, split_file: &SplitFile, stated: Option<i16>) -> DateInterval {
    let named: Vec<NamedDay> =
        split_file.articles.iter().take(MAX_ISSUE_ARTICLES).flat_map(named_days).collect();
    let late = is_late(&named);
    let Some(year) = stated.or_else(|| year_of_print(split_file, late)).or(source.meta.year) else {
        return DateInterval::default();
    };
    let mut days: Vec<CivilDate> = named
        .iter()
        .filter_map(|named| {
            let year =
                named.year.unwrap_or(if !late && named.month >= 10 { year - 1 } else { year });
            CivilDate::new(year, named.month, named.day).ok()
        })
        .filter(|day| (year - 1..=year).contains(&day.year()))
        .collect();
    days.sort_unstable();
    // A day long after the others is a deadline or a scanning error.
    let middle = days.get(days.len() / 2).copied();
    let Some(latest) = middle.and_then(|middle| {
        let reach = middle.checked_add(45.days()).ok()?;
        days.iter().rev().find(|day| **day <= reach).copied()
    }) else {
        return DateInterval {
            not_before: CivilDate::new(year, 1, 1).ok(),
            not_after: CivilDate::new(year, 12, 31).ok(),
        };
    };
    DateInterval { not_before: Some(latest), not_after: latest.checked_add(REACH_DAYS.days()).ok() }
}

/// The past days that the lead of an article or the signature of a document names.
fn named_days(article: &crate::model::Article) -> Vec<NamedDay> {
    if article.kind == Kind::Document {
        return signature_day(article)
            .map(|(day, _)| NamedDay { year: Some(day.year()), month: day.month(), day: day.day() })
            .into_iter()
            .collect();
    }
    let mut lines = beginning(&article.body, MAX_LEAD_BYTES).split('\n');
    let lead = lines.find(|line| !line.trim().is_empty()).unwrap_or_default();
    let past = |words: &DateExpression| !is_background(lead, &words.span);
    scan(lead).iter().filter(|words| past(words)).filter_map(named).collect()
}

fn named(words: &DateExpression) -> Option<NamedDay> {
    let DateValue::Day { year, month: MonthValue::Number(month), day } = words.value else {
        return None;
    };
    let year = match year {
        YearValue::Number(year) => Some(year),
        YearValue::Short(short) => Some(1900 + short),
        YearValue::Unstated | YearValue::Offset(0) => None,
        // 去年12月16日 is no day of this issue.
        YearValue::Offset(_) | YearValue::Same => return None,
    };
    Some(NamedDay { year, month, day })
}

/// Whether the days lie in the last months of a year. December together with January means the
/// beginning of a year: the December is that of the year before.
fn is_late(named: &[NamedDay]) -> bool {
    let early = named.iter().any(|named| named.month <= 2);
    !early && named.iter().any(|named| named.month >= 9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, SourceMeta};

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    /// The issue of a page with articles of these bodies.
    fn page(bodies: &[&str]) -> IssueDate {
        let articles =
            bodies.iter().map(|body| Article { body: (*body).into(), ..Article::default() });
        let split_file = SplitFile { articles: articles.collect(), ..SplitFile::default() };
        infer_issue(&SourceText::from_text("page.txt", ""), &split_file).date
    }

    fn from(date: IssueDate) -> Option<String> {
        assert_eq!(date.value, None);
        date.not_before.map(|day| day.to_string())
    }

    #[test]
    fn without_a_date_the_issue_follows_the_latest_day_of_its_leads() {
        let date = page(&[
            "3月4日，新桥通车。2021年，全市将再建三座。",
            "3月5日，水库开闸，要在5月1日前完工。",
            "去年12月16日，书市落户。",
            "近日，灯会开幕。",
        ]);
        assert_eq!(from(date).as_deref(), Some("2021-03-05"));
        assert_eq!(date.not_after, Some(day("2021-03-12")));
        assert_eq!(date.basis, Basis::Inferred);
    }

    #[test]
    fn the_year_is_the_latest_that_is_not_to_come() {
        for (bodies, expected) in [
            (vec!["3月5日，新桥通车。2020年用电量增长，2021年要再增。"], "2021-03-05"),
            (vec!["3月5日，新桥通车。2021年开工，力争2030年建成，到2035年翻番。"], "2021-03-05"),
            (vec!["12月5日，新桥通车。谋划2022年项目八个。"], "2021-12-05"),
            (vec!["12月5日，2021南山书市开幕。谋划2022年项目八个。"], "2021-12-05"),
            (vec!["1月4日，新桥通车。2021年要再建。", "12月30日，水库开闸。"], "2021-01-04"),
            (vec!["三月五日，新桥通车。一九八五年要再建。"], "1985-03-05"),
            (vec!["五月三日，新橋通車。民國三十七年要再建。"], "1948-05-03"),
        ] {
            assert_eq!(from(page(&bodies)).as_deref(), Some(expected), "{bodies:?}");
        }
    }

    #[test]
    fn a_year_alone_is_an_interval_and_nothing_is_unknown() {
        let year = page(&["2021年，新桥通车。"]);
        assert_eq!(from(year).as_deref(), Some("2021-01-01"));
        assert_eq!(year.not_after, Some(day("2021-12-31")));
        assert_eq!(page(&["新桥通车。"]), IssueDate::default());
    }

    #[test]
    fn settings_come_before_cover_before_masthead_before_path_before_guess() {
        let text = "南山日报 1949年7月1日创刊 2021年3月7日 星期日 今日8版\n\n3月5日，新桥通车。";
        let mut source = SourceText::from_text("page.txt", text);
        let mut split_file = SplitFile { owners: vec![None; 3], ..SplitFile::default() };
        let found =
            |source: &SourceText, split_file: &SplitFile| infer_issue(source, split_file).date;
        assert_eq!(found(&source, &split_file).value, Some(day("2021-03-07")));
        assert_eq!(found(&source, &split_file).basis, Basis::Issue);
        source.meta =
            SourceMeta { issue_date: Some((day("2021-03-06"), Basis::Path)), ..source.meta };
        assert_eq!(found(&source, &split_file).value, Some(day("2021-03-07")));
        split_file.owners = vec![Some(0); 3];
        assert_eq!(found(&source, &split_file).value, Some(day("2021-03-06")));
        assert_eq!(found(&source, &split_file).basis, Basis::Path);
        split_file.issue.date.value = Some(day("2021-03-08"));
        split_file.issue.number = Some("第7期".into());
        assert_eq!(found(&source, &split_file).value, Some(day("2021-03-08")));
        source.meta.issue_date = Some((day("2021-03-09"), Basis::Config));
        assert_eq!(found(&source, &split_file).value, Some(day("2021-03-09")));
        assert_eq!(infer_issue(&source, &split_file).number.as_deref(), Some("第7期"));
    }

    #[test]
    fn a_number_in_the_year_gives_number_and_year() {
        let bodies = ["7月6日，新桥通车，比2011年多出一座。"];
        let articles =
            bodies.iter().map(|body| Article { body: (*body).into(), ..Article::default() });
        for head in ["（2021年第3期）", "南山公报 2021年 第3期 总第38期", "2021年第3号"]
        {
            let owners = vec![None; 3];
            let split_file =
                SplitFile { articles: articles.clone().collect(), owners, ..SplitFile::default() };
            let issue = infer_issue(&SourceText::from_text("page.txt", head), &split_file);
            assert_eq!(issue.date.not_before, Some(day("2021-07-06")), "{head}");
            assert!(issue.number.is_some_and(|number| number.starts_with("2021年")), "{head}");
        }
    }

    #[test]
    fn a_masthead_that_was_taken_for_a_headline_still_dates_the_page() {
        let dated = |head: &str| {
            let split_file = SplitFile { owners: vec![Some(0); 3], ..SplitFile::default() };
            infer_issue(&SourceText::from_text("page.txt", head), &split_file).date.value
        };
        assert_eq!(dated("一九七八年三月七日 星期二 第二版"), Some(day("1978-03-07")));
        assert_eq!(dated("2021年3月7日，星期日，新桥通车。"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_page_gets_days_in_order(
            bodies in proptest::collection::vec("[0-9一二三十〇年月日至到昨今去，。]{0,30}", 0..5),
        ) {
            let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
            let date = page(&bodies);
            if let (Some(first), Some(last)) = (date.not_before, date.not_after) {
                proptest::prop_assert!(first <= last);
            }
            proptest::prop_assert_eq!(date.basis == Basis::Unknown, date.not_before.is_none());
        }
    }
}
