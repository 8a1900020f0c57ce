//! The figures that news state beside those that a reader found.
//!
//! A row is found if the program has one of the same name with the same number (the value in the base
//! unit, of a change alone the change), each row once. Names are compared as the table of indicators
//! has them. Optional rows are neither missed nor false.

use std::collections::HashMap;

use dibao::annotate::indicator_name;
use dibao::model::{Indicator, Record};
use serde::Deserialize;

/// A row of `tests/news/indicators.jsonl`: an article with its figures.
#[derive(Deserialize)]
pub(crate) struct FigureRow {
    pub(crate) line: u32,
    rows: Vec<Figure>,
}

#[derive(Deserialize)]
struct Figure {
    name: String,
    /// In the base unit.
    value: Option<f64>,
    change: Option<Change>,
    /// First and last day.
    period: Option<[String; 2]>,
    district: Option<String>,
    optional: bool,
}

#[derive(Deserialize)]
struct Change {
    value: f64,
}

pub(crate) fn rows() -> serde_json::Result<Vec<FigureRow>> {
    include_str!("../../tests/news/indicators.jsonl").lines().map(serde_json::from_str).collect()
}

/// Prints how many rows are found, by name and number and by number alone, and how many of these have
/// the reader's period and district.
pub(crate) fn measure(rows: &[FigureRow], records: &HashMap<u32, Record>, misses: bool) {
    let (mut by_name, mut by_number) = (Counts::default(), Counts::default());
    let (mut found, mut period, mut district) = (0_u32, 0_u32, 0_u32);
    for row in rows {
        let said = &records[&row.line].indicators;
        let pairs = by_name.add(row, said, |figure, said| {
            same_number(figure, said) && key(&figure.name) == key(&said.name)
        });
        by_number.add(row, said, same_number);
        for (figure, said) in row.rows.iter().zip(pairs) {
            let Some(said) = said.filter(|_| !figure.optional) else {
                if misses && !figure.optional {
                    println!("{}: not found: {}", row.line, figure.name);
                }
                continue;
            };
            found += 1;
            period += u32::from(same_period(figure, said));
            let name = said.district.as_ref().map(|district| &district.name);
            district += u32::from(figure.district.is_none() || name == figure.district.as_ref());
        }
    }
    println!("\n| indicators of {} articles | P | R | F1 |", rows.len());
    println!("|---|---|---|---|");
    println!("| name and number | {}", by_name.columns());
    println!("| number | {}", by_number.columns());
    let share = |right: u32| f64::from(right) / f64::from(found.max(1));
    println!("Of those found: period {:.3}, district {:.3}.", share(period), share(district));
}

#[derive(Default)]
struct Counts {
    /// Rows that are neither optional nor missed.
    right: u32,
    wanted: u32,
    /// Rows of the program that are no optional ones.
    said: u32,
}

impl Counts {
    /// The row of the program for each of a reader's, the optional ones last.
    fn add<'a>(
        &mut self,
        row: &FigureRow,
        said: &'a [Indicator],
        same: impl Fn(&Figure, &Indicator) -> bool,
    ) -> Vec<Option<&'a Indicator>> {
        let mut free: Vec<&Indicator> = said.iter().collect();
        let mut pairs = vec![None; row.rows.len()];
        for optional in [false, true] {
            for (figure, pair) in row.rows.iter().zip(&mut pairs) {
                if figure.optional != optional {
                    continue;
                }
                let at = free.iter().position(|said| same(figure, said));
                *pair = at.map(|at| free.remove(at));
                self.right += u32::from(pair.is_some() && !optional);
                self.wanted += u32::from(!optional);
                self.said += u32::from(pair.is_some() && !optional);
            }
        }
        self.said += u32::try_from(free.len()).unwrap_or(u32::MAX);
        pairs
    }

    fn columns(&self) -> String {
        let precision = f64::from(self.right) / f64::from(self.said.max(1));
        let recall = f64::from(self.right) / f64::from(self.wanted.max(1));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        format!("{precision:.3} | {recall:.3} | {f1:.3} |")
    }
}

/// A name as the table has it, without what counts the same.
fn key(name: &str) -> String {
    let name = indicator_name(name).unwrap_or(name);
    let name = name.replace("GDP", "地区生产总值").replace("规模以上", "规上");
    let ends = ["总量", "数量", "数"];
    ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name).to_owned()
}

fn same_number(figure: &Figure, said: &Indicator) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() <= 1e-6 * one.abs().max(1.0);
    match (figure.value, said.value_si) {
        (Some(one), Some(other)) => near(one, other),
        (None, None) => figure
            .change
            .as_ref()
            .zip(said.change.as_ref())
            .is_some_and(|(one, other)| near(one.value, other.value)),
        _ => false,
    }
}

fn same_period(figure: &Figure, said: &Indicator) -> bool {
    let Some([from, to]) = &figure.period else { return said.period.is_none() };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    said.period.as_ref().is_some_and(|period| {
        day(period.from).as_deref() == Some(from) && day(period.to).as_deref() == Some(to)
    })
}
