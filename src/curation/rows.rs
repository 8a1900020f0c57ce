//! Corrections of the figures that an article states.

use crate::annotate::{Annotator, amend};
use crate::model::{Indicator, IndicatorCorrection, Misread, Record, TextField, period_label};

/// A row in words: name, value and unit, period, territory.
pub(super) fn said(row: &Indicator) -> String {
    let mut said = row.to_string();
    let period = row.period.as_ref().and_then(|period| period_label(period.from, period.to));
    let district = row.district.as_ref().map(|district| district.name.clone());
    for word in period.into_iter().chain(district) {
        said.push(' ');
        said.push_str(&word);
    }
    said
}

/// The row that a correction is about, among those that the text of a record states: by its quote, also
/// as it is printed where characters of it were corrected.
#[must_use]
pub fn indicator_row(record: &Record, correction: &IndicatorCorrection) -> Option<usize> {
    RowQuotes::of(record).find(&record.indicators, correction)
}

/// The quotes of rows as they are printed.
struct RowQuotes(Vec<String>);

impl RowQuotes {
    fn of(record: &Record) -> Self {
        let of_body: Vec<&Misread> =
            record.printed.iter().filter(|place| place.field == TextField::Body).collect();
        Self(record.indicators.iter().map(|row| printed(row, &record.body, &of_body)).collect())
    }

    /// The row of the name that was read from the quote; any row of the quote where there is only one.
    fn find(&self, rows: &[Indicator], correction: &IndicatorCorrection) -> Option<usize> {
        let is_quoted = |place: usize| {
            rows[place].quote == correction.quote || self.0[place] == correction.quote
        };
        let quoted = || (0..rows.len()).filter(|&place| is_quoted(place));
        let named = quoted().find(|&place| rows[place].name == correction.row);
        let alone = || Some(quoted().next()?).filter(|_| quoted().count() == 1);
        named.or_else(alone)
    }
}

/// The quote of a row with what is printed in the places that were corrected.
fn printed(row: &Indicator, body: &str, misread: &[&Misread]) -> String {
    let (mut printed, mut done) = (String::new(), row.span.start);
    let within = misread.iter().filter(|place| row.span.start <= place.start);
    for place in within.filter(|place| place.end <= row.span.end) {
        printed.push_str(body.get(done..place.start).unwrap_or_default());
        printed.push_str(&place.printed);
        done = place.end;
    }
    printed.push_str(body.get(done..row.span.end).unwrap_or_default());
    printed
}

/// Puts corrections on the rows of a record, one after the other: what a later one does not give stays
/// as an earlier one left it, and it can name the row as read or as an earlier one named it. Gives for
/// each its row; none if it is not there.
pub(super) fn put_on_record(
    record: &mut Record,
    corrections: &[&IndicatorCorrection],
    annotator: &Annotator,
) -> Vec<Option<usize>> {
    let quotes = RowQuotes::of(record);
    let read = record.indicators.clone();
    let rows = &mut record.indicators;
    let mut is_removed = vec![false; rows.len()];
    let mut found = Vec::with_capacity(corrections.len());
    for correction in corrections {
        let now = quotes.find(rows, correction);
        let named = now.filter(|&place| rows[place].name == correction.row);
        let place = named.or_else(|| quotes.find(&read, correction)).or(now);
        if let Some(place) = place {
            is_removed[place] = correction.remove;
            amend(&mut rows[place], correction, annotator.gazetteer());
        }
        found.push(place);
    }
    let mut place = 0;
    rows.retain(|_| {
        place += 1;
        !is_removed[place - 1]
    });
    found
}
