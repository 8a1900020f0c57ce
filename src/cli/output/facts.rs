//! Facts about articles as they are printed for people: dates, the place in the file, counts.

use crate::model::{Issue, Record};
use crate::present::{Lang, lines, words};

pub(crate) use crate::present::name;
pub(crate) use crate::present::words::{date_or_guess as date, is_guess, number};

/// The issue: number, date or interval; empty where nothing is known.
pub(crate) fn issue(lang: Lang, issue: &Issue) -> String {
    let date = &issue.date;
    let dated = date.value.map(|day| day.to_string()).or_else(|| {
        let interval = words::interval(lang, date.not_before, date.not_after)?;
        Some(lang.of(format!("约 {interval}"), format!("about {interval}")))
    });
    issue.number.iter().cloned().chain(dated).collect::<Vec<_>>().join(" ")
}

/// The file and the lines: `zzrb/2023/page.txt:3-21,40-41`.
pub(crate) fn place(record: &Record) -> String {
    format!("{}:{}", record.source, lines(&record.lines))
}

/// A count with its unit: `3 篇`; `1 article`, `2 articles`.
pub(crate) fn counted(lang: Lang, count: u64, unit: &str, noun: &str) -> String {
    match (lang, count, noun.strip_suffix('y')) {
        (Lang::Zh, ..) => format!("{} {unit}", number(count)),
        (Lang::En, 1, _) => format!("1 {noun}"),
        (Lang::En, _, Some(stem)) => format!("{} {stem}ies", number(count)),
        (Lang::En, _, None) => format!("{} {noun}s", number(count)),
    }
}

/// `3 篇`, `3 articles`.
pub(crate) fn articles(lang: Lang, count: u64) -> String {
    counted(lang, count, "篇", "article")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_units_in_chinese_and_plurals_in_english() {
        assert_eq!(counted(Lang::En, 1, "条", "entry"), "1 entry");
        assert_eq!(counted(Lang::En, 1000, "条", "entry"), "1,000 entries");
        assert_eq!(articles(Lang::En, 0), "0 articles");
        assert_eq!(articles(Lang::Zh, 1_234_567), "1,234,567 篇");
    }
}
