//! Infers the issue's date, the year and the page from the path of a file.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::{Basis, CivilDate, DateNote, Precision, SourceMeta};

/// Reads date and page out of a path below the corpus folder. Digits inside longer runs of letters
/// and digits (hashes, serial numbers) do not count as dates.
#[must_use]
pub(super) fn infer(source: &str) -> SourceMeta {
    let source = without_extension(source);
    let date = [&SEPARATED, &COMPACT].into_iter().filter_map(|pattern| last_date(pattern, source));
    let date = date.max_by_key(|&(end, _)| end).map(|(_, date)| date);
    let year = YEAR.captures_iter(source).last().and_then(|found| found.name("y"));
    let year = year.and_then(|year| year.as_str().parse().ok());
    let name = source.rsplit('/').next().unwrap_or(source);
    let page = PAGE.captures_iter(name).last();
    let page = page.and_then(|found| found.name("p").or(found.name("n")));
    SourceMeta {
        issue_date: date.map(|date| (date, Basis::Path)),
        year: date.map(CivilDate::year).or(year),
        page: page.map(|page| page.as_str().to_uppercase()),
        ..SourceMeta::default()
    }
}

/// A date that a person wrote: 2023-02-10, 2023/2/10, 20230210, 2023年2月10日; a time of day after
/// it is ignored.
#[must_use]
pub(super) fn parse_date(text: &str) -> Option<CivilDate> {
    let day = text.trim().split(['T', ' ']).next()?;
    if !day.chars().all(|c| c.is_ascii_digit() || "-/.年月日".contains(c)) {
        return None;
    }
    let digits: Vec<&str> =
        day.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match digits[..] {
        [year, month, day] if year.len() == 4 => civil_date(year, month, day),
        [compact] if compact.len() == 8 => civil_date(&compact[..4], &compact[4..6], &compact[6..]),
        _ => None,
    }
}

/// A month or a year that a person wrote: 2023-02, 2023/2, 2023年2月, 2023, 2023年.
#[must_use]
pub(super) fn parse_period(text: &str) -> Option<DateNote> {
    let text = text.trim();
    if !text.chars().all(|c| c.is_ascii_digit() || "-/.年月".contains(c)) {
        return None;
    }
    let digits: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (first, last, precision) = match digits[..] {
        [year, month] if year.len() == 4 => {
            let first = civil_date(year, month, "1")?;
            (first, first.last_of_month(), Precision::Month)
        }
        [year] if year.len() == 4 => {
            let first = civil_date(year, "1", "1")?;
            (first, first.last_of_year(), Precision::Year)
        }
        _ => return None,
    };
    Some(DateNote {
        not_before: Some(first),
        not_after: Some(last),
        precision,
        basis: Basis::Given,
        ..DateNote::default()
    })
}

/// A day of the calendar from its digits.
#[must_use]
pub(super) fn civil_date(year: &str, month: &str, day: &str) -> Option<CivilDate> {
    CivilDate::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn without_extension(source: &str) -> &str {
    match source.rfind(['.', '/']) {
        // A day after a point is not an extension.
        Some(at)
            if source[at..].starts_with('.')
                && !source[at + 1..].starts_with(|c: char| c.is_ascii_digit()) =>
        {
            without_extension(&source[..at])
        }
        _ => source,
    }
}

/// The last valid day in the path, and the position of its end.
fn last_date(pattern: &Regex, source: &str) -> Option<(usize, CivilDate)> {
    let mut last = None;
    let mut from = 0;
    // The search resumes after each year, because a match that is not a valid day can overlap one
    // that is.
    while let Some(found) = pattern.captures_at(source, from) {
        let part = |name| found.name(name).map_or("", |part| part.as_str());
        if let (Some(year), Some(day)) = (found.name("y"), found.name("d")) {
            if let Some(date) = civil_date(part("y"), part("m"), part("d")) {
                last = Some((day.end(), date));
            }
            from = year.end();
        } else {
            break;
        }
    }
    last
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).unwrap_or_else(|error| unreachable!("a pattern of this file: {error}"))
}

/// 2023-02-10, 2023_2_10, 2023.02.10, 2023/02/10, 2023-02/10, 2023年2月10日. Not next to other
/// digits.
static SEPARATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^0-9])(?<y>(?:19|20)[0-9]{2})[-_./年](?<m>[0-9]{1,2})[-_./月](?<d>[0-9]{1,2})(?:[^0-9]|$)",
    )
});

/// 20230210, with at most letters before it (zzrb20230210), and a time (20230210083000) or a page
/// (20230210A05) after it.
static COMPACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^0-9A-Za-z])[A-Za-z]{0,8}(?<y>(?:19|20)[0-9]{2})(?<m>[0-9]{2})(?<d>[0-9]{2})(?:[0-9]{6})?(?:[A-Za-z][0-9]{1,3})?(?:[^0-9A-Za-z]|$)",
    )
});

/// 2022年, 2022年第4号; 2022-04 or 2022 or 202204 as a whole part of the path; 2022第4期.
static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^0-9A-Za-z])(?<y>(?:19|20)[0-9]{2})(?:年|[-_ ]?第|[-_]?(?:0[1-9]|1[0-2])?(?:/|$))",
    )
});

/// A05, B12 on its own or after a compact date; 第5版, A5版.
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^0-9A-Za-z]|[0-9]{8})(?:(?<p>[A-Za-z][0-9]{2})(?:[^0-9A-Za-z]|$)|第?(?<n>[A-Za-z]?[0-9]{1,3})版)",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, date: Option<&str>, year: Option<i16>, page: Option<&str>) {
        let meta = infer(source);
        let found = meta.issue_date.map(|(date, _)| date.to_string());
        assert_eq!(
            (found.as_deref(), meta.year, meta.page.as_deref()),
            (date, year, page),
            "{source}"
        );
    }

    #[test]
    fn dates_stand_in_paths_in_many_ways() {
        for source in [
            "paper/2023-02-10.txt",
            "paper/20230210.txt",
            "paper/2023/02/10/page.txt",
            "paper/2023-02/10/a.htm",
            "paper/2023年2月10日.txt",
            "zzrb20230210.txt",
            "paper/2023.2.10.txt",
            "paper_2023_02_10_x.txt",
            "20230210083000.txt",
            "2023/2023-02-10.jsonl.zst",
            "2022/1999-99-99/2023-02-10.txt",
            "2023-02-31 2023-02-10",
        ] {
            check(source, Some("2023-02-10"), Some(2023), None);
        }
    }

    #[test]
    fn a_year_alone_is_a_year() {
        for source in [
            "2022年第4号.txt",
            "公报/2022/4.txt",
            "公报/2022-04.md",
            "公报/202204.md",
            "2022.txt",
            "2022第4期.txt",
        ] {
            check(source, None, Some(2022), None);
        }
    }

    #[test]
    fn hashes_and_serial_numbers_are_no_dates() {
        for source in [
            "seeds/000_69f14aa76b4643ef.txt",
            "ab120230210cd.txt",
            "220230210.txt",
            "202302101.txt",
            "x_1a20230210ffeeddcc.txt",
            "000.txt",
            "2023a.txt",
            "9-2022-40-99.txt",
            "id20239999.txt",
        ] {
            check(source, None, None, None);
        }
    }

    #[test]
    fn the_page_is_read_from_the_name() {
        check("p/2023-02-10/A05.txt", Some("2023-02-10"), Some(2023), Some("A05"));
        check("zzrb20230210a05.txt", Some("2023-02-10"), Some(2023), Some("A05"));
        check("2023-02-10_B12_x.txt", Some("2023-02-10"), Some(2023), Some("B12"));
        check("第5版.txt", None, None, Some("5"));
        check("要闻A5版.txt", None, None, Some("A5"));
        check("A05/x.txt", None, None, None);
        check("x/a1.txt", None, None, None);
    }

    #[test]
    fn written_dates_are_read_and_others_are_not() {
        for text in [
            "2023-02-10",
            "2023/2/10",
            "20230210",
            " 2023年2月10日",
            "2023-02-10T08:00:00Z",
            "2023-02-10 08:00",
        ] {
            assert_eq!(
                parse_date(text).map(|date| date.to_string()).as_deref(),
                Some("2023-02-10")
            );
        }
        for (text, range) in [
            ("2023-02", "2023-02-01..2023-02-28"),
            ("2024年2月", "2024-02-01..2024-02-29"),
            (" 2023/12 ", "2023-12-01..2023-12-31"),
            ("2023", "2023-01-01..2023-12-31"),
            ("1998年", "1998-01-01..1998-12-31"),
        ] {
            let period = parse_period(text).and_then(|period| period.range());
            assert_eq!(period.as_deref(), Some(range), "{text}");
        }
        for text in ["", "23", "2023-13", "2023-02-10", "202302", "12-2023", "-", "9999999"] {
            assert_eq!(parse_period(text), None, "{text}");
        }
        for text in ["", "2023", "2023-02", "202311", "2023-02-30", "10-02-2023", "yesterday"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
