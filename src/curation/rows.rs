//! Corrections of the figures that an article states.

use crate::annotate::{Annotator, amend};
use crate::model::{Indicator, IndicatorCorrection, Record, UnplacedReason, period_label};

/// The row that a correction is about: the one of its name that was read from its quote; any row of
/// the quote where there is only one.
pub(super) fn find(rows: &[Indicator], correction: &IndicatorCorrection) -> Option<usize> {
    let of_quote = || rows.iter().enumerate().filter(|(_, row)| row.quote == correction.quote);
    let named = of_quote().find(|(_, row)| row.name == correction.row);
    let alone = || Some(of_quote().next()?).filter(|_| of_quote().count() == 1);
    named.or_else(alone).map(|(place, _)| place)
}

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

/// What was decided about one row in several entries, the later ones last.
pub(super) fn merged<'c>(
    corrections: impl Iterator<Item = &'c IndicatorCorrection>,
) -> IndicatorCorrection {
    corrections.fold(IndicatorCorrection::default(), |all, later| IndicatorCorrection {
        quote: later.quote.clone(),
        row: later.row.clone(),
        remove: later.remove,
        name: later.name.clone().or(all.name),
        value: later.value.or(all.value),
        unit: later.unit.clone().or(all.unit),
        period: later.period.or(all.period),
        district: later.district.clone().or(all.district),
    })
}

/// Puts corrections on the rows of a record, each merged of what was decided about one row. Gives for
/// each whether the row is there.
pub(super) fn put_on_record(
    record: &mut Record,
    corrections: &[IndicatorCorrection],
    annotator: &Annotator,
) -> Vec<Result<(), UnplacedReason>> {
    // Rows are found by what was read, so before anything is changed.
    let found: Vec<Option<usize>> =
        corrections.iter().map(|correction| find(&record.indicators, correction)).collect();
    let mut removed = Vec::new();
    for (correction, place) in corrections.iter().zip(&found) {
        let Some(row) = place.and_then(|place| record.indicators.get_mut(place)) else { continue };
        if correction.remove {
            removed.extend(*place);
        } else {
            amend(row, correction, annotator.gazetteer());
        }
    }
    removed.sort_unstable();
    removed.dedup();
    for place in removed.into_iter().rev() {
        record.indicators.remove(place);
    }
    found.into_iter().map(|place| place.map(drop).ok_or(UnplacedReason::NoSuchRow)).collect()
}
