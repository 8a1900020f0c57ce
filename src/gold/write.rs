//! Writes a page that a person has gone through as rows of gold.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{FileReport, LineRange, LineRole, Record, TextField};

/// A row, as [`read`](super::read()) takes it.
#[derive(Serialize)]
struct WrittenRow<'a> {
    source: &'a str,
    kind: &'a str,
    title: Option<String>,
    lines: Vec<LineRange>,
}

/// The rows of a file: its articles, and the banners, headings of sections and advertisements beside
/// them, each a line of JSON, in the order of the page. `records` are all its articles. `None` if its
/// lines are not those of a text, as on a web page.
#[must_use]
pub fn gold_rows(report: &FileReport, records: &[Record]) -> Option<Vec<String>> {
    let by_place: BTreeMap<u32, &Record> =
        records.iter().map(|record| (record.ordinal, record)).collect();
    let mut rows: Vec<(LineRange, WrittenRow<'_>)> = Vec::new();
    for run in report.roles.runs() {
        let Some(owner) = run.owner else {
            let kind = match run.role {
                LineRole::Banner => "banner",
                LineRole::Section => "section",
                LineRole::Advertisement => "advertisement",
                _ => continue,
            };
            let row =
                WrittenRow { source: &report.source, kind, title: None, lines: vec![run.rows] };
            rows.push((run.rows, row));
            continue;
        };
        let record = by_place.get(&owner)?;
        let has = |line: u32| record.lines.iter().any(|range| range.0 <= line && line <= range.1);
        if !has(run.rows.0) || !has(run.rows.1) {
            return None;
        }
    }
    for record in records {
        let first = *record.lines.first()?;
        let title = printed_title(record);
        let row = WrittenRow {
            source: &report.source,
            kind: record.kind.as_str(),
            title: title.filter(|title| !title.is_empty()),
            lines: record.lines.clone(),
        };
        rows.push((first, row));
    }
    rows.sort_by_key(|(first, _)| *first);
    rows.into_iter().map(|(_, row)| serde_json::to_string(&row).ok()).collect()
}

/// The title as it is printed, whatever a person made of it.
fn printed_title(record: &Record) -> Option<String> {
    let printed = record.printed_texts().find(|printed| printed.field == TextField::Title);
    printed.map(|printed| printed.text).or_else(|| record.title.clone())
}
