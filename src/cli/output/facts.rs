//! Pieces of an article as they are printed for people: dates with what is not known of them,
//! districts, the place in the file.

use crate::model::{Basis, CivilDate, DateNote, Issue, Precision, Record};
use crate::present::lines;

pub(crate) use crate::present::name;

/// A date: `2023-02-09`, `2023-02`, `2023-Q1`, `2023`, `2023-02-10..2023-02-17`, `undated`.
/// `约` before it means that it is a guess.
pub(crate) fn date(note: &DateNote) -> String {
    let end = note.not_after.or(note.value);
    let stated = match (note.precision, note.value, end) {
        (Precision::Day, Some(day), _) => day.to_string(),
        (Precision::Month, _, Some(end)) => format!("{}-{:02}", end.year(), end.month()),
        (Precision::Quarter, _, Some(end)) => {
            format!("{}-Q{}", end.year(), (end.month() + 2) / 3)
        }
        (Precision::Year, _, Some(end)) => end.year().to_string(),
        _ => match interval(note.not_before, note.not_after) {
            Some(interval) => interval,
            None => return "undated".into(),
        },
    };
    if is_guess(note) { format!("约{stated}") } else { stated }
}

/// Whether the date is not what the article or its issue states.
pub(crate) fn is_guess(note: &DateNote) -> bool {
    note.basis == Basis::Inferred || (note.basis == Basis::Issue && note.value.is_none())
}

/// `2023-02-10..2023-02-17`, open where an end is not known; one day where both ends are the same.
pub(crate) fn interval(first: Option<CivilDate>, last: Option<CivilDate>) -> Option<String> {
    match (first, last) {
        (None, None) => None,
        (Some(first), Some(last)) if first == last => Some(first.to_string()),
        (first, last) => {
            let shown = |day: Option<CivilDate>| day.map(|day| day.to_string()).unwrap_or_default();
            Some(format!("{}..{}", shown(first), shown(last)))
        }
    }
}

/// The issue: number, date or interval; empty where nothing is known.
pub(crate) fn issue(issue: &Issue) -> String {
    let date = &issue.date;
    let dated = match date.value {
        Some(day) => Some(day.to_string()),
        None => interval(date.not_before, date.not_after).map(|interval| format!("约{interval}")),
    };
    issue.number.iter().cloned().chain(dated).collect::<Vec<_>>().join(" ")
}

/// The word that stands for an enum's variant in records.
pub(crate) fn word(variant: impl serde::Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The file and the lines: `zzrb/2023/page.txt:3-21,40-41`.
pub(crate) fn place(record: &Record) -> String {
    format!("{}:{}", record.source, lines(&record.lines))
}

/// A number with blanks between thousands: `12 345`.
pub(crate) fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

/// `1 article`, `2 articles`.
pub(crate) fn counted(count: u64, one: &str) -> String {
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{} {stem}ies", number(count)),
        (_, None) => format!("{} {one}s", number(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(precision: Precision, basis: Basis, value: bool) -> DateNote {
        DateNote {
            value: value.then(|| jiff::civil::date(2023, 3, 31)),
            not_before: Some(jiff::civil::date(2023, 1, 1)),
            not_after: Some(jiff::civil::date(2023, 3, 31)),
            precision,
            basis,
            ..DateNote::default()
        }
    }

    #[test]
    fn a_date_is_printed_as_finely_as_it_is_known() {
        let cases = [
            (Precision::Day, "2023-03-31"),
            (Precision::Month, "2023-03"),
            (Precision::Quarter, "2023-Q1"),
            (Precision::Year, "2023"),
            (Precision::Interval, "2023-01-01..2023-03-31"),
        ];
        for (precision, shown) in cases {
            assert_eq!(date(&note(precision, Basis::Body, true)), shown);
        }
        assert_eq!(date(&DateNote::default()), "undated");
    }

    #[test]
    fn a_guess_is_marked() {
        let guess = note(Precision::Interval, Basis::Issue, false);
        assert_eq!(date(&guess), "约2023-01-01..2023-03-31");
        assert_eq!(date(&note(Precision::Day, Basis::Inferred, true)), "约2023-03-31");
        assert_eq!(date(&note(Precision::Day, Basis::Issue, true)), "2023-03-31");
    }

    #[test]
    fn numbers_and_plurals() {
        assert_eq!(number(1_234_567), "1 234 567");
        assert_eq!(number(999), "999");
        assert_eq!(counted(1, "entry"), "1 entry");
        assert_eq!(counted(1000, "entry"), "1 000 entries");
        assert_eq!(counted(0, "article"), "0 articles");
    }
}
