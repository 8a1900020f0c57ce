//! The districts of news beside those of readers: roles and primary districts.
//!
//! Half of the articles, by a hash of their lines, is for looking at while rules are made; the
//! figures of the other half tell how they do on what they were not made by.

use std::collections::{BTreeSet, HashMap};

use dibao::model::{DistrictRole, Place, Record};
use serde::Deserialize;

/// A row of `tests/news/districts.jsonl`.
#[derive(Deserialize)]
pub(crate) struct DistrictRow {
    pub(crate) line: u32,
    /// Code of the primary district.
    primary: Option<String>,
    units: Vec<Unit>,
    certain: bool,
    /// Whether only the districts that it is about were judged.
    #[serde(default)]
    about_only: bool,
}

#[derive(Deserialize)]
struct Unit {
    /// Zones have none.
    code: Option<String>,
    name: String,
    role: DistrictRole,
}

pub(crate) fn rows() -> serde_json::Result<Vec<DistrictRow>> {
    include_str!("../../tests/news/districts.jsonl").lines().map(serde_json::from_str).collect()
}

/// Prints how well roles and primary districts agree with the readers', for both halves.
pub(crate) fn measure(rows: &[DistrictRow], records: &HashMap<u32, Record>, misses: bool) {
    println!(
        "\n| districts | about P | R | F1 | mentioned P | R | F1 | origin F1 | primary right |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, half) in [("for development", true), ("held out", false)] {
        let mut figures = Figures::default();
        for row in rows.iter().filter(|row| row.certain && is_for_development(row.line) == half) {
            figures.add(row, &records[&row.line], misses && half);
        }
        let Figures { about, mentioned, origin, primary, articles } = figures;
        println!(
            "| {name}, {articles} articles | {} | {} | {:.3} | {primary} ({:.3}) |",
            about.columns(),
            mentioned.columns(),
            origin.f1(),
            f64::from(primary) / f64::from(articles.max(1)),
        );
    }
}

/// Whether an article is for looking at while rules are made.
pub(crate) fn is_for_development(line: u32) -> bool {
    (line.wrapping_mul(2_654_435_761) >> 16) & 1 == 0
}

#[derive(Default)]
struct Figures {
    about: Agreement,
    mentioned: Agreement,
    origin: Agreement,
    /// Articles whose primary district, or lack of one, is the readers'.
    primary: u32,
    articles: u32,
}

impl Figures {
    fn add(&mut self, row: &DistrictRow, record: &Record, misses: bool) {
        let wanted = |role| -> BTreeSet<&str> {
            row.units.iter().filter(|unit| unit.role == role).map(Unit::key).collect()
        };
        let said = |role| -> BTreeSet<&str> {
            record.districts.iter().filter(|place| place.role == Some(role)).map(key).collect()
        };
        // Readers took what a district lies in as part of its name.
        let above = |role| -> BTreeSet<&str> {
            let lies_in = |code: &&str| {
                row.units.iter().any(|unit| unit.key() != *code && unit.key().starts_with(*code))
            };
            said(role).into_iter().filter(|code| !lies_in(code)).collect()
        };
        let about = self.about.add(&wanted(DistrictRole::About), &said(DistrictRole::About));
        if !row.about_only {
            self.mentioned.add(&wanted(DistrictRole::Mentioned), &above(DistrictRole::Mentioned));
            self.origin.add(&wanted(DistrictRole::Origin), &said(DistrictRole::Origin));
        }
        let first = record.about().next();
        let primary = first.and_then(|place| place.code.as_deref()) == row.primary.as_deref();
        self.primary += u32::from(primary);
        self.articles += 1;
        if misses && !(about && primary) {
            let list = |role| {
                let units = row.units.iter().filter(|unit| unit.role == role);
                units.map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(" ")
            };
            let said = record.districts.iter().map(|place| {
                let role = place.role.map_or("?", DistrictRole::as_str);
                format!("{role} {} ({})", place.name, place.evidence)
            });
            println!(
                "{}: about {} (primary {}); said {}",
                row.line,
                list(DistrictRole::About),
                row.primary.as_deref().unwrap_or("none"),
                said.collect::<Vec<_>>().join(", ")
            );
        }
    }
}

impl Unit {
    fn key(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.name)
    }
}

fn key(place: &Place) -> &str {
    place.code.as_deref().unwrap_or(&place.name)
}

/// What is said beside what is wanted, counted.
#[derive(Default)]
struct Agreement {
    right: usize,
    said: usize,
    wanted: usize,
}

impl Agreement {
    fn add(&mut self, wanted: &BTreeSet<&str>, said: &BTreeSet<&str>) -> bool {
        self.right += wanted.intersection(said).count();
        self.said += said.len();
        self.wanted += wanted.len();
        wanted == said
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.said + self.wanted).max(1) as f64
    }

    fn columns(&self) -> String {
        let of = |whole: usize| self.right as f64 / whole.max(1) as f64;
        format!("{:.3} | {:.3} | {:.3}", of(self.said), of(self.wanted), self.f1())
    }
}
