//! Dates, districts and topics of the articles: precision and recall, and what was missed.

use std::collections::BTreeSet;
use std::fmt;

use dibao::annotate::Annotator;
use dibao::model::{Basis, CivilDate, DateNote, Place, Record};

use super::{Row, SETS, name, pages};

/// The least that each figure may be.
struct Floors {
    date: f64,
    date_interval: f64,
    date_basis: f64,
    district_primary: f64,
    districts: f64,
    topics: f64,
}

#[test]
fn unlike_pages_have_the_dates_districts_and_topics_of_a_careful_reader() {
    let floors = Floors {
        date: 0.955,
        date_interval: 0.815,
        date_basis: 0.945,
        district_primary: 0.985,
        districts: 0.96,
        topics: 0.72,
    };
    hold(0, &floors);
}

#[test]
fn the_sample_corpus_has_the_dates_districts_and_topics_of_a_careful_reader() {
    let floors = Floors {
        date: 0.975,
        date_interval: 0.775,
        date_basis: 0.95,
        district_primary: 0.97,
        districts: 0.96,
        topics: 0.67,
    };
    hold(1, &floors);
}

/// The floors are what the first splitter reached that weighs segments, rounded down.
#[test]
fn unseen_pages_are_annotated_no_worse_than_before() {
    let floors = Floors {
        date: 0.785,
        date_interval: 0.7,
        date_basis: 0.8,
        district_primary: 0.845,
        districts: 0.8,
        topics: 0.515,
    };
    hold(2, &floors);
}

#[expect(clippy::print_stdout, reason = "the figures are shown when the test is run alone")]
fn hold(set: usize, floors: &Floors) {
    let (texts, gold) = SETS[set];
    let annotator = Annotator::new();
    let mut figures = Figures::default();
    for page in pages(texts, gold) {
        let records = annotator.annotate(&page.source, &page.split_file);
        for (row, at) in page.matched() {
            figures.add(row, at.map(|at| &records[at]));
        }
    }
    let measures = [
        (&figures.date, floors.date),
        (&figures.date_interval, floors.date_interval),
        (&figures.date_basis, floors.date_basis),
        (&figures.district_primary, floors.district_primary),
        (&figures.districts, floors.districts),
        (&figures.topics, floors.topics),
    ];
    let report: Vec<String> =
        measures.iter().map(|(measure, least)| format!("{measure}, at least {least}")).collect();
    let report = format!("{gold}\n{}\n{}", report.join("\n"), figures.misses.join("\n"));
    println!("{report}");
    assert!(measures.iter().all(|(measure, least)| measure.f1() >= *least), "{report}");
}

/// What the program says beside what the reader says.
struct Measure {
    name: &'static str,
    right: usize,
    said: usize,
    wanted: usize,
}

impl Measure {
    fn new(name: &'static str) -> Self {
        Self { name, right: 0, said: 0, wanted: 0 }
    }

    /// Counts the values of an article; whether they are the same.
    fn add<T: Ord>(&mut self, wanted: &BTreeSet<T>, said: &BTreeSet<T>) -> bool {
        self.right += wanted.intersection(said).count();
        self.said += said.len();
        self.wanted += wanted.len();
        wanted == said
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.said + self.wanted) as f64
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, right, said, wanted } = self;
        let of = |whole: usize| *right as f64 / whole as f64;
        let (precision, recall, f1) = (of(*said), of(*wanted), self.f1());
        write!(
            f,
            "{name:17} precision {precision:.3}, recall {recall:.3}, F1 {f1:.3} ({right} right, \
             {said} said, {wanted} wanted)"
        )
    }
}

struct Figures {
    /// The day, where the text states one.
    date: Measure,
    /// The days that it can be of, where the text states none.
    date_interval: Measure,
    date_basis: Measure,
    district_primary: Measure,
    /// All districts that are named, directly or by a town.
    districts: Measure,
    topics: Measure,
    misses: Vec<String>,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            date: Measure::new("date"),
            date_interval: Measure::new("date interval"),
            date_basis: Measure::new("date basis"),
            district_primary: Measure::new("primary district"),
            districts: Measure::new("districts"),
            topics: Measure::new("topics"),
            misses: Vec::new(),
        }
    }
}

impl Figures {
    /// Counts an article; without a record the program has not found it.
    fn add(&mut self, row: &Row, record: Option<&Record>) {
        let mut misses = Vec::new();
        let mut check = |measure: &mut Measure, wanted: Vec<&str>, said: Vec<&str>| {
            if !measure.add(&wanted.iter().collect(), &said.iter().collect()) {
                misses.push(format!("{} {wanted:?} said {said:?}", measure.name));
            }
        };
        let date = record.map(|record| &record.date);
        let wanted = row.date.map(|day| day.to_string());
        let said = date.filter(|date| is_stated(date)).and_then(|date| date.value);
        let said = said.map(|day| day.to_string());
        check(
            &mut self.date,
            wanted.as_deref().into_iter().collect(),
            said.as_deref().into_iter().collect(),
        );

        let wanted = row.date_basis.as_deref().expect("every article has a basis");
        let said = date.map(|date| lowercase(date.basis));
        check(&mut self.date_basis, vec![wanted], said.as_deref().into_iter().collect());

        if let (Some(from), Some(to)) = (row.date_from, row.date_to) {
            // An interval that holds the reader's and is at most 31 days longer counts as right: what
            // is measured is that the day is in it, and that it is of use.
            let wanted = format!("{from}..{to}");
            let shown = date.map(|date| match (date.not_before, date.not_after) {
                (Some(first), Some(last))
                    if first <= from && to <= last && !is_vague(row, date) =>
                {
                    wanted.clone()
                }
                (first, last) => format!("{first:?}..{last:?}"),
            });
            check(&mut self.date_interval, vec![&wanted], shown.as_deref().into_iter().collect());
        }

        let districts = record.iter().flat_map(|record| &record.districts);
        let said: Vec<&str> =
            districts.filter(|place| !is_city(place)).map(|place| place.name.as_str()).collect();
        let wanted: Vec<&str> = row.districts.iter().map(String::as_str).collect();
        check(
            &mut self.district_primary,
            wanted.first().copied().into_iter().collect(),
            // Whoever names no primary district may still mention some.
            said.first().copied().filter(|_| !wanted.is_empty()).into_iter().collect(),
        );
        let named = wanted.iter().copied().chain(row.mentions.iter().map(String::as_str)).collect();
        check(&mut self.districts, named, said);

        let said = record.iter().flat_map(|r| &r.topics).map(|t| t.label.as_str()).collect();
        check(&mut self.topics, row.topics.iter().map(String::as_str).collect(), said);
        self.misses.extend(misses.iter().map(|miss| format!("  {}: {miss}", name(row))));
    }
}

/// Whether a date is read from the article itself.
fn is_stated(date: &DateNote) -> bool {
    matches!(date.basis, Basis::Signature | Basis::Title | Basis::Lead | Basis::Body)
}

/// Whether an interval is more than 31 days longer than the reader's. One that holds the reader's and
/// is not, counts as right.
fn is_vague(row: &Row, date: &DateNote) -> bool {
    let days = |from: Option<CivilDate>, to: Option<CivilDate>| {
        from.zip(to).and_then(|(from, to)| from.until(to).ok()).map_or(0, |span| span.get_days())
    };
    days(date.not_before, date.not_after) > days(row.date_from, row.date_to) + 31
}

/// Whether a place is above the counties, of which the rows do not speak.
fn is_city(place: &Place) -> bool {
    place.code.as_ref().is_some_and(|code| code.len() < 6)
}

fn lowercase(basis: Basis) -> String {
    format!("{basis:?}").to_lowercase()
}
