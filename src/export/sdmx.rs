//! Rows of indicators as SDMX-CSV 2.0 (SDMX 3.0): an observation for each level and each change.

use std::io::{self, Write};

use super::csv::system_error;
use super::pivot::{change_word, status_word};
use crate::model::{CivilDate, Indicator, IndicatorStatus, Record};
use crate::search::area_code;

/// The columns: what the message is of, the dimensions, the observation, its attributes.
///
/// `INDICATOR` is the id in the table of indicators, `_O` for a name that is not in it; `REF_AREA` the
/// code of the division (GB/T 2260), `_O` without one; both names are attributes. `MEASURE` is `LEVEL` or
/// the kind of the change. `SOURCE` is the row: articles may state different values of one period.
/// `UNIT_MEASURE` is the base unit as it is printed and `UNIT_MULT` the power of ten before it.
/// `OBS_STATUS` follows CL_OBS_STATUS: A normal, P provisional, F forecast (of plans, too, which `STATUS`
/// tells apart).
pub const SDMX_COLUMNS: [&str; 25] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "INDICATOR",
    "REF_AREA",
    "FREQ",
    "MEASURE",
    "STATUS",
    "SOURCE",
    "TIME_PERIOD",
    "OBS_VALUE",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "OBS_STATUS",
    "UPPER_VALUE",
    "QUALIFIER",
    "SCOPE",
    "INDICATOR_NAME",
    "REF_AREA_NAME",
    "ARTICLE",
    "PUBLICATION",
    "ARTICLE_DATE",
    "SOURCE_FILE",
    "SOURCE_LINES",
    "COMMENT_OBS",
];

const STRUCTURE: [&str; 3] = ["dataflow", "DIBAO:INDICATORS(1.0.0)", "I"];
/// The code of what no other code is for.
const OTHER: &str = "_O";

/// Begins the message.
pub(super) fn begin<W: Write>(out: W) -> io::Result<::csv::Writer<W>> {
    let mut table =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    table.write_record(SDMX_COLUMNS).map_err(system_error)?;
    Ok(table)
}

/// Writes the observations of a row; false for a row without a period, which is none.
pub(super) fn write<W: Write>(
    table: &mut ::csv::Writer<W>,
    record: &Record,
    row: &Indicator,
) -> io::Result<bool> {
    let days = row.period.as_ref().and_then(|period| period.from.zip(period.to));
    let Some((frequency, period)) = days.map(time_period) else { return Ok(false) };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let district = row.district.as_ref().map(|district| district.name.as_str());
    let level = row.value.map(|value| {
        let (unit, power) = base_and_power(row.unit.as_deref().unwrap_or_default());
        ("LEVEL".to_owned(), value, unit.to_owned(), power)
    });
    let change = row.change.as_ref().map(|change| {
        let (unit, power) = base_and_power(&change.unit);
        (change_word(change.kind).to_uppercase(), change.value, unit.to_owned(), power)
    });
    for (measure, value, unit, power) in level.into_iter().chain(change) {
        let is_level = measure == "LEVEL";
        let of_level = |text: String| if is_level { text } else { String::new() };
        let [structure, id, action] = STRUCTURE.map(str::to_owned);
        let cells: [String; SDMX_COLUMNS.len()] = [
            structure,
            id,
            action,
            row.indicator.as_deref().unwrap_or(OTHER).to_uppercase(),
            district
                .and_then(|name| area_code(name, &record.districts))
                .unwrap_or_else(|| OTHER.to_owned()),
            frequency.to_owned(),
            measure,
            status_word(row.status).to_uppercase(),
            row.id.clone(),
            period.clone(),
            value.to_string(),
            unit,
            power.to_string(),
            observation_status(row).to_owned(),
            of_level(number(row.value_max)),
            of_level(text(&row.approx)),
            text(&row.scope),
            row.name.clone(),
            district.unwrap_or_default().to_owned(),
            record.id.to_string(),
            text(&record.publication),
            record.date.value.map(|day| day.to_string()).unwrap_or_default(),
            record.source.clone(),
            lines(record),
            row.quote.clone(),
        ];
        table.write_record(&cells).map_err(system_error)?;
    }
    Ok(true)
}

fn observation_status(row: &Indicator) -> &'static str {
    match row.status {
        IndicatorStatus::Actual if row.preliminary => "P",
        IndicatorStatus::Actual | IndicatorStatus::Cumulative => "A",
        IndicatorStatus::Target | IndicatorStatus::Forecast => "F",
    }
}

fn lines(record: &Record) -> String {
    let ranges: Vec<String> =
        record.lines.iter().map(|range| format!("{}-{}", range.0, range.1)).collect();
    ranges.join(" ")
}

/// A unit without 万 and 亿, and their power of ten.
fn base_and_power(unit: &str) -> (&str, u32) {
    let base = unit.trim_start_matches(['万', '亿']);
    let powers = unit[..unit.len() - base.len()].chars();
    (base, powers.map(|sign| if sign == '万' { 4 } else { 8 }).sum())
}

/// The code of the frequency (CL_FREQ) and the period as SDMX writes it: 2022, 2022-S1, 2022-Q3, 2022-05,
/// 2022-12-31, or a first day with a duration.
fn time_period((from, to): (CivilDate, CivilDate)) -> (&'static str, String) {
    if from == to {
        return ("D", from.to_string());
    }
    let whole = from == from.first_of_month() && to == to.last_of_month() && from <= to;
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month())
        - i32::from(from.month())
        + 1;
    let (year, before) = (from.year(), from.month() - 1);
    match months {
        12 if whole && before == 0 => ("A", year.to_string()),
        6 if whole && before % 6 == 0 => ("S", format!("{year}-S{}", before / 6 + 1)),
        3 if whole && before % 3 == 0 => ("Q", format!("{year}-Q{}", before / 3 + 1)),
        1 if whole => ("M", from.strftime("%Y-%m").to_string()),
        _ if whole => (OTHER, format!("{from}/P{months}M")),
        _ => {
            let days = from.until(to).map_or(0, |span| span.get_days()) + 1;
            (OTHER, format!("{from}/P{days}D"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_their_codes() {
        let code = |from: &str, to: &str| {
            time_period((from.parse().expect("a day"), to.parse().expect("a day")))
        };
        for (from, to, frequency, period) in [
            ("2022-01-01", "2022-12-31", "A", "2022"),
            ("2022-07-01", "2022-12-31", "S", "2022-S2"),
            ("2022-04-01", "2022-06-30", "Q", "2022-Q2"),
            ("2022-02-01", "2022-02-28", "M", "2022-02"),
            ("2022-12-31", "2022-12-31", "D", "2022-12-31"),
            ("2022-01-01", "2022-09-30", "_O", "2022-01-01/P9M"),
            ("2016-01-01", "2020-12-31", "_O", "2016-01-01/P60M"),
            ("2022-02-03", "2022-02-12", "_O", "2022-02-03/P10D"),
        ] {
            assert_eq!(code(from, to), (frequency, period.to_owned()));
        }
    }

    #[test]
    fn units_are_base_units_with_a_power_of_ten() {
        assert_eq!(base_and_power("亿元"), ("元", 8));
        assert_eq!(base_and_power("万亿元"), ("元", 12));
        assert_eq!(base_and_power("万吨"), ("吨", 4));
        assert_eq!(base_and_power("%"), ("%", 0));
    }
}
