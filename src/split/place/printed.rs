//! The features of units by how they are printed. Their names are the rows of `layout.tsv`.

use std::ops::Range;
use std::sync::LazyLock;

use super::measures::{FilePlaces, LineMeasure};
use crate::split::features::Features;
use crate::split::labels::{LABELS, Label};
use crate::split::unit::Unit;
use crate::split::weights::Weights;

/// What is added to the scores of labels for what is seen of a unit on its page.
pub(in crate::split) static LAYOUT: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("layout.tsv")).unwrap_or_default());

/// The units of a file as they are printed; empty for a file without places.
#[derive(Debug, Clone, Default)]
pub(in crate::split) struct PrintedUnits {
    /// The features of each unit.
    pub features: Vec<Features>,
    /// For each unit how much its place speaks for an item that begins with it, as log-odds.
    starts: Vec<f32>,
}

/// Type of headlines, and of captions, by that of most text.
const LARGE: f32 = 1.5;
const SMALL: f32 = 0.93;

/// A gap, in lines of text.
const WIDE_GAP: f32 = 0.6;

/// How much further in than the other lines a paragraph begins, in sizes of type.
const MIN_INDENT: f32 = 1.2;
const MAX_INDENT: f32 = 4.8;

/// How much larger a headline is than the heading of its section, or a kicker.
const MIN_LARGER: f32 = 1.12;

/// How much longer than the lines below it a headline is that spans several columns.
const SPANS: f32 = 1.3;

impl PrintedUnits {
    pub fn of(units: &[Unit], places: &FilePlaces) -> Self {
        if places.is_empty() {
            return Self::default();
        }
        let mut printed = Self::default();
        for unit in 0..units.len() {
            let found = seen(units, unit, places);
            let features: Features =
                found.iter().filter_map(|name| Some((LAYOUT.feature(name)?, 1.0))).collect();
            let goes_on = found.contains(&"larger_goes_on");
            printed.starts.push(if goes_on || unit == 0 { 0.0 } else { start_odds(&features) });
            printed.features.push(features);
        }
        printed
    }

    /// How much what is printed speaks for these units being one item, as log-odds: it begins like one, the
    /// next one does so too, and nothing within does.
    pub fn odds(&self, units: &Range<usize>) -> f32 {
        let start = |unit: usize| self.starts.get(unit).copied().unwrap_or_default();
        let within = units.clone().skip(1).map(start);
        start(units.start) + start(units.end) - within.map(|start| start.max(0.0)).sum::<f32>()
    }

    /// What the place of a unit adds to the scores of its labels.
    pub fn emission(&self, unit: usize) -> Option<[f32; LABELS.len()]> {
        let mut sums = [0.0; LABELS.len()];
        for &(feature, value) in self.features.get(unit)? {
            for (sum, weight) in sums.iter_mut().zip(LAYOUT.by_label(feature)) {
                *sum += weight * value;
            }
        }
        Some(sums)
    }
}

/// The best label that begins an item against the best one within it.
fn start_odds(features: &Features) -> f32 {
    let best = |wanted: &[Label]| {
        let labels = LABELS.iter().enumerate().filter(|(_, label)| wanted.contains(label));
        let score = |place: usize| -> f32 {
            features.iter().map(|&(feature, value)| LAYOUT.by_label(feature)[place] * value).sum()
        };
        labels.map(|(place, _)| score(place)).fold(f32::NEG_INFINITY, f32::max)
    };
    let begins = best(&[Label::Head, Label::Section, Label::LeadU, Label::Caption]);
    begins - best(&[Label::Lead, Label::Body, Label::Subhead, Label::Credit])
}

/// The names of what is seen of a unit.
fn seen(units: &[Unit], unit: usize, places: &FilePlaces) -> Vec<&'static str> {
    let first = |unit: &Unit| places.line(unit.line());
    let last = |unit: &Unit| unit.lines.last().and_then(|&line| places.line(line));
    let Some(line) = first(&units[unit]) else { return Vec::new() };
    let before = unit.checked_sub(1).and_then(|before| last(&units[before]));
    let next = units.get(unit + 1).and_then(first);
    let mut found = Vec::new();
    found.extend(size(line, places));
    if places.is_larger(line) {
        add_headline(line, before, next, places, &mut found);
    } else if line.gap.is_none() && before.is_some() {
        found.push("column_begins");
    }
    let is_single = units[unit].lines.len() == 1;
    let is_between =
        (line.column_indent - line.column_rest).abs() < 1.2 && line.column_indent > 1.5;
    if is_single && is_between {
        found.push("centred");
    } else if is_single && line.column_rest.abs() < 1.2 && line.column_indent > MAX_INDENT {
        found.push("at_far_edge");
    } else if places.is_indented
        && !is_single
        && !places.is_larger(line)
        && (MIN_INDENT..MAX_INDENT).contains(&line.indent)
    {
        found.push("set_in");
    }
    if line.gap.is_some_and(|gap| gap > WIDE_GAP) {
        found.push("wide_gap");
    }
    if line.is_below_picture {
        found.push("below_picture");
    }
    if line.is_below_rule {
        found.push("below_rule");
    }
    let is_across = |other: Option<&LineMeasure>| other.is_some_and(|other| !other.is_vertical);
    if line.is_vertical && (is_across(before) || is_across(next)) {
        found.push("runs_down");
    }
    found
}

/// What is seen of a line in larger type than most text.
fn add_headline(
    line: &LineMeasure,
    before: Option<&LineMeasure>,
    next: Option<&LineMeasure>,
    places: &FilePlaces,
    found: &mut Vec<&'static str>,
) {
    let goes_on = |before: &LineMeasure| {
        places.is_larger(before) && line.own_gap.is_some_and(|gap| gap <= WIDE_GAP)
    };
    if before.is_none_or(|before| !places.is_larger(before)) {
        found.push("larger_begins");
    } else if before.is_some_and(goes_on) {
        found.push("larger_goes_on");
    }
    let Some(next) = next else { return };
    if next.size > line.size * MIN_LARGER {
        found.push("larger_follows");
    } else if !places.is_larger(next) {
        found.push("text_follows");
        if next.is_vertical == line.is_vertical && line.measure > next.measure * SPANS {
            found.push("spans_columns");
        }
    }
}

fn size(line: &LineMeasure, places: &FilePlaces) -> Option<&'static str> {
    match line.size {
        size if size >= LARGE => Some("type_large"),
        _ if places.is_larger(line) => Some("type_larger"),
        size if size < SMALL.min(1.0 / places.tolerance) => Some("type_small"),
        _ => places.has_larger_type.then_some("type_of_text"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_has_a_row_for_all_that_is_seen() {
        assert!(Weights::read(include_str!("layout.tsv")).is_ok());
        let code = include_str!("printed.rs");
        let code = code.split_once("mod tests").expect("the code before the tests").0;
        let names: Vec<&str> = LAYOUT.names().collect();
        assert!(names.iter().all(|name| code.contains(&format!("\"{name}\""))), "{names:?}");
        let pushed =
            code.match_indices("found.push(\"").map(|(at, start)| &code[at + start.len()..]);
        let pushed: Vec<&str> = pushed.filter_map(|rest| rest.split('"').next()).collect();
        assert!(pushed.len() > 8 && pushed.iter().all(|name| names.contains(name)), "{pushed:?}");
    }

    #[test]
    fn an_item_begins_with_larger_type_and_has_none_within() {
        let starts = vec![0.0, -1.0, 5.0, -2.0, 4.0];
        let printed = PrintedUnits { features: Vec::new(), starts };
        assert!(printed.odds(&(2..4)) > printed.odds(&(2..5)));
        assert!(printed.odds(&(0..2)) > printed.odds(&(0..4)));
        assert_eq!(PrintedUnits::default().odds(&(0..4)).to_bits(), 0.0f32.to_bits());
    }
}
