//! The dates of news beside those of readers.

use std::collections::{BTreeMap, HashMap};

use dibao::model::Record;
use serde::Deserialize;

/// A row of `tests/news/dates.jsonl`.
#[derive(Deserialize)]
pub(crate) struct DateRow {
    pub(crate) line: u32,
    day: Option<String>,
    /// Month and day where the year is not certain.
    month_day: Option<String>,
    certain: bool,
}

pub(crate) fn rows() -> serde_json::Result<Vec<DateRow>> {
    include_str!("../../tests/news/dates.jsonl").lines().map(serde_json::from_str).collect()
}

/// Prints how many days are those that the readers found.
pub(crate) fn measure(rows: &[DateRow], records: &HashMap<u32, Record>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut right, mut stated, mut said) = (0, 0, 0);
    for row in rows.iter().filter(|row| row.certain) {
        let value = records[&row.line].date.value.map(|day| day.to_string());
        let outcome = outcome(row, value.as_deref());
        *counts.entry(outcome).or_default() += 1;
        right += usize::from(outcome.starts_with("right"));
        stated += usize::from(row.day.is_some() || row.month_day.is_some());
        said += usize::from(value.is_some());
    }
    println!("| date | articles |\n|---|---|");
    for (outcome, count) in &counts {
        println!("| {outcome} | {count} |");
    }
    let share = |of: usize| right as f64 / of.max(1) as f64;
    println!(
        "\nstated days found: {:.3}; days said that are right: {:.3}",
        share(stated),
        share(said)
    );
}

fn outcome(row: &DateRow, said: Option<&str>) -> &'static str {
    match (row.day.as_deref().or(row.month_day.as_deref()), said) {
        (None, None) => "none stated, none said",
        (None, Some(_)) => "none stated, one said",
        (Some(_), None) => "stated, none said",
        (Some(stated), Some(said)) if said.ends_with(stated) => {
            if row.day.is_some() {
                "right"
            } else {
                "right but for the year, which is not certain"
            }
        }
        (Some(_), Some(_)) => "another day said",
    }
}
