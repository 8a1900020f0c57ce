//! Which rows of indicators are meant: by a filter, and by `指标:` in a query.

use crate::index::{Figure, figure_key, is_called, place_key};
use crate::model::{CivilDate, FigureKind, Indicator, IndicatorStatus, Record};
use crate::query::{Amount, FigureCondition, Node, NodeKind, Query, ValueField};

/// Which rows are meant. What is empty or `None` takes all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FigureFilter {
    /// Names of indicators, any that the table of indicators has for them.
    pub names: Vec<String>,
    /// Names of districts, also without 市, 县 and the like.
    pub districts: Vec<String>,
    /// The time of a row lies within these days, both inclusive. A row without a time does not.
    pub period: Option<(CivilDate, CivilDate)>,
    /// Whether it is so, planned or expected.
    pub statuses: Vec<IndicatorStatus>,
    /// Takes what may still be revised; with statuses, beside these.
    pub preliminary: bool,
    /// Sorts of numbers.
    pub kinds: Vec<FigureKind>,
}

impl FigureFilter {
    /// Whether a row is meant.
    #[must_use]
    pub fn takes(&self, row: &Indicator) -> bool {
        self.takes_figure(&Figure::of(row))
    }

    /// The same, without what is planned or expected unless statuses are asked for.
    pub(super) fn or_facts(mut self) -> Self {
        if self.statuses.is_empty() && !self.preliminary {
            self.statuses = vec![IndicatorStatus::Actual, IndicatorStatus::Cumulative];
        }
        self
    }

    pub(super) fn takes_figure(&self, figure: &Figure) -> bool {
        let Self { names, districts, period, statuses, preliminary, kinds } = self;
        let is_of = |name: &String| {
            figure.district.as_ref().is_some_and(|known| is_called(known, &place_key(name)))
        };
        let lies_within = |(first, last): (CivilDate, CivilDate)| match (figure.from, figure.to) {
            (Some(from), Some(to)) => first <= from && to <= last,
            _ => false,
        };
        (names.is_empty() || names.iter().any(|name| figure_key(name) == figure.name))
            && (districts.is_empty() || districts.iter().any(is_of))
            && period.is_none_or(lies_within)
            && (statuses.is_empty() && !preliminary
                || statuses.contains(&figure.status)
                || *preliminary && figure.preliminary)
            && (kinds.is_empty() || kinds.contains(&figure.kind()))
    }
}

/// The ids of the rows that a query asks for by `指标:`, in the order of the article.
pub(super) fn rows_asked_for(query: &Query, record: &Record) -> Vec<String> {
    let mut wanted = Vec::new();
    gather(query.parts(), &mut wanted);
    let asked = |row: &&Indicator| wanted.iter().any(|node| is_asked_for(node, row));
    record.indicators.iter().filter(asked).map(|row| row.id.clone()).collect()
}

/// The conditions on indicators among these parts; what is excluded is asked for by none.
fn gather<'a>(nodes: &'a [Node], wanted: &mut Vec<&'a NodeKind>) {
    for node in nodes {
        match &node.kind {
            NodeKind::All(inner) | NodeKind::Any(inner) => gather(inner, wanted),
            kind @ (NodeKind::Figure(_) | NodeKind::Value(ValueField::Indicator, _)) => {
                wanted.push(kind);
            }
            _ => {}
        }
    }
}

fn is_asked_for(node: &NodeKind, row: &Indicator) -> bool {
    let figure = Figure::of(row);
    match node {
        NodeKind::Value(_, name) => figure_key(name) == figure.name,
        NodeKind::Figure(condition) => {
            figure_key(&condition.name) == figure.name && holds(condition, &figure)
        }
        _ => false,
    }
}

/// Whether a value compares with an amount as asked for: in its unit, if one is typed.
pub(super) fn holds(condition: &FigureCondition, figure: &Figure) -> bool {
    Amount::parse(&condition.amount).is_some_and(|amount| {
        let unit_fits = amount.unit.is_none() || amount.unit == figure.unit;
        let compares = |value| condition.comparison.holds(value, amount.value);
        // Of a range either end is enough.
        unit_fits && figure.value.into_iter().chain(figure.value_max).any(compares)
    })
}
