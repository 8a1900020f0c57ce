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
    let is_larger = places.is_larger(line);
    found.extend(size(line, places));
    if is_larger && before.is_none_or(|before| !places.is_larger(before)) {
        found.push("larger_begins");
    }
    if is_larger && before.is_some_and(|before| places.is_larger(before) && is_near(before, line)) {
        found.push("larger_goes_on");
    }
    let is_head = line.gap.is_none() && before.is_some();
    if is_head && !is_larger {
        found.push("column_begins");
    }
    let is_single = units[unit].lines.len() == 1;
    let is_between =
        (line.column_indent - line.column_rest).abs() < 1.2 && line.column_indent > 1.5;
    if is_single && is_between {
        found.push("centred");
    } else if is_single && line.column_rest.abs() < 1.2 && line.column_indent > 4.8 {
        found.push("at_far_edge");
    } else if places.is_indented && !is_larger && (1.2..4.8).contains(&line.indent) && !is_single {
        found.push("set_in");
    }
    if line.gap.is_some_and(|gap| gap > WIDE_GAP) {
        found.push("wide_gap");
    }
    if let Some(next) = next
        && is_larger
        && next.is_vertical == line.is_vertical
        && !places.is_larger(next)
        && line.measure > next.measure * SPANS
    {
        found.push("spans_columns");
    }
    let is_beside = |other: Option<&LineMeasure>| other.is_some_and(|other| !other.is_vertical);
    if line.is_vertical && (is_beside(before) || is_beside(next)) {
        found.push("runs_down");
    }
    found
}

fn size(line: &LineMeasure, places: &FilePlaces) -> Option<&'static str> {
    match line.size {
        size if size >= LARGE => Some("type_large"),
        _ if places.is_larger(line) => Some("type_larger"),
        size if size < SMALL.min(1.0 / places.tolerance) => Some("type_small"),
        _ => places.has_larger_type.then_some("type_of_text"),
    }
}

/// Whether two lines of a headline stand in one column.
fn is_near(a: &LineMeasure, b: &LineMeasure) -> bool {
    (a.page, a.column) == (b.page, b.column)
}
