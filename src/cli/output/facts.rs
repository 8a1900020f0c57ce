//! Facts about articles as they are printed for people: dates, the place in the file, counts.

use crate::model::{Issue, Record};
use crate::present::{Lang, lines, words};

pub(crate) use crate::present::name;
pub(crate) use crate::present::words::{
    articles, counted, date_or_guess as date, is_guess, number,
};

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
