//! What the terms of the index say of figures without any record: who states those that are meant, how
//! often each indicator is stated, which districts have it, and what is the latest of a district.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::figure_agreement::StatedNumber;
use super::figure_filter::FigureFilter;
use super::{Address, Archive, Count, FigureTotals, PeriodLength, SearchError, SeriesMeasure};
use crate::gazetteer::Gazetteer;
use crate::index::{Figure, TermField, figure_key, figures_of};
use crate::model::{CivilDate, Indicator, IndicatorStatus, Record};

/// Indicators that sum up a district, by their names in the table of indicators.
pub const MAIN_INDICATORS: [&str; 10] = [
    "地区生产总值",
    "一般公共预算收入",
    "固定资产投资",
    "社会消费品零售总额",
    "规模以上工业增加值",
    "进出口总额",
    "居民人均可支配收入",
    "常住人口",
    "城镇化率",
    "粮食产量",
];

/// A figure with the article that states it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedFigure {
    /// The article.
    pub record: Record,
    /// The row.
    pub row: Indicator,
    /// Whether other articles state another value of the same period.
    pub is_conflict: bool,
}

/// Which of the figures of a district is the latest: that of the last day, of several the one of the
/// longest period, one with a value before a change alone, and an exact one before others.
type Recency = (CivilDate, Option<Reverse<CivilDate>>, bool, bool);

impl Archive {
    /// How much articles state of indicators. Read once for each archive.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn figure_totals(&self) -> Result<Arc<FigureTotals>, SearchError> {
        self.guard(|| {
            let known = self.kept_figure_totals();
            if let Some(totals) = known.get() {
                return Ok(totals.clone());
            }
            let totals = Arc::new(self.count_figures()?);
            Ok(known.get_or_init(|| totals).clone())
        })
    }

    /// The districts that have values of an indicator with the numbers of these, most first: of those that
    /// its series would have, see [`Archive::series`].
    ///
    /// # Errors
    /// When the name of the indicator is none, and when the index cannot be read.
    pub fn figure_districts(
        &self,
        name: &str,
        filter: &FigureFilter,
        by: Option<PeriodLength>,
        measure: SeriesMeasure,
    ) -> Result<Vec<Count>, SearchError> {
        self.guard(|| {
            let mut districts: BTreeMap<String, u64> = BTreeMap::new();
            let filter = filter.clone().or_facts();
            self.each_of_series(name, &filter, by, measure, &mut |figure, articles| {
                if let Some(district) = figure.district {
                    *districts.entry(district).or_default() += articles;
                }
            })?;
            let counts = districts.into_iter().map(|(value, count)| Count { value, count });
            let mut counts: Vec<Count> = counts.collect();
            counts.sort_by_key(|count| Reverse(count.count));
            Ok(counts)
        })
    }

    /// The statuses of the values that the series of an indicator could have, whichever statuses the
    /// filter asks for.
    ///
    /// # Errors
    /// When the name of the indicator or of a district is none, and when the index cannot be read.
    pub fn figure_statuses(
        &self,
        name: &str,
        filter: &FigureFilter,
        by: Option<PeriodLength>,
        measure: SeriesMeasure,
    ) -> Result<BTreeSet<IndicatorStatus>, SearchError> {
        self.guard(|| {
            let mut statuses = BTreeSet::new();
            let filter =
                FigureFilter { statuses: Vec::new(), preliminary: false, ..filter.clone() };
            self.each_of_series(name, &filter, by, measure, &mut |figure, _| {
                statuses.insert(figure.status);
            })?;
            Ok(statuses)
        })
    }

    /// Gives the figures that can be points of the series of an indicator, with the numbers of articles.
    fn each_of_series(
        &self,
        name: &str,
        filter: &FigureFilter,
        by: Option<PeriodLength>,
        measure: SeriesMeasure,
        visit: &mut dyn FnMut(Figure, u64),
    ) -> Result<(), SearchError> {
        let asked = FigureFilter { names: vec![name.to_owned()], ..filter.clone() };
        let asked = self.with_known_names(&asked)?;
        let is_of = |from, to| match by {
            Some(by) => by.has(from, to),
            None => PeriodLength::ALL.iter().any(|by| by.has(from, to)),
        };
        let begins = figures_of(&figure_key(name));
        self.engine().each_term(TermField::Figure, &begins, &mut |term| {
            let figure = Figure::read(term.text).filter(|of| asked.takes_figure(of));
            if let Some(figure) = figure.and_then(|figure| measure.of(&figure))
                && matches!((figure.from, figure.to), (Some(from), Some(to)) if is_of(from, to))
            {
                visit(figure, term.documents);
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    /// The latest of what articles state of a district as a fact, for each of the [`MAIN_INDICATORS`] of
    /// which they do: the one of the last day up to `today`; where articles differ, what most state. With
    /// the official name of the district; `None` where its name is that of several divisions or of none,
    /// as what articles state of namesakes cannot be told apart.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn latest_figures(
        &self,
        district: &str,
        today: CivilDate,
    ) -> Result<Option<(String, Vec<StatedFigure>)>, SearchError> {
        self.guard(|| {
            let official = match Gazetteer::built_in().resolve(district).as_slice() {
                [only] => only.name.to_string(),
                _ => return Ok(None),
            };
            let latest =
                MAIN_INDICATORS.iter().map(|name| self.latest_figure(&official, name, today));
            let latest = latest.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
            Ok(Some((official, latest)))
        })
    }

    fn latest_figure(
        &self,
        district: &str,
        name: &str,
        today: CivilDate,
    ) -> Result<Option<StatedFigure>, SearchError> {
        let mut latest: Option<Recency> = None;
        let mut stating: BTreeMap<String, Vec<Address>> = BTreeMap::new();
        // The district stands behind the name.
        let begins = figures_of(&format!("{}{district}", figures_of(&figure_key(name))));
        let engine = self.engine();
        engine.each_term(TermField::Figure, &begins, &mut |term| {
            let next = Ok(ControlFlow::Continue(()));
            let Some(figure) = Figure::read(term.text) else { return next };
            let Some(to) = figure.to.filter(|&to| to <= today) else { return next };
            let is_exact = figure.approx.is_none() && figure.value_max.is_none();
            let recency = (to, figure.from.map(Reverse), figure.value.is_some(), is_exact);
            let is_earlier = latest.as_ref().is_some_and(|latest| recency < *latest);
            if figure.status != IndicatorStatus::Actual || is_earlier {
                return next;
            }
            let articles = (term.addresses)()?;
            if articles.is_empty() {
                return next;
            }
            if latest.as_ref() != Some(&recency) {
                latest = Some(recency);
                stating.clear();
            }
            stating.entry(term.text.to_owned()).or_default().extend(articles);
            next
        })?;
        let most = stating.iter().rev().max_by_key(|(_, articles)| articles.len());
        let Some((term, all)) = most else { return Ok(None) };
        let first = engine.places(all)?.into_values().min();
        let (Some(first), Some(figure)) = (first, Figure::read(term)) else { return Ok(None) };
        let record = engine.record(first.address)?;
        let is_conflict = stating.keys().filter_map(|term| Figure::read(term)).any(|other| {
            let numbers = StatedNumber::of(&figure).zip(StatedNumber::of(&other));
            figure.unit == other.unit
                && numbers.is_some_and(|(stated, other)| !stated.agrees(other))
        });
        let row = record.indicators.iter().find(|row| Figure::of(row) == figure).cloned();
        Ok(row.map(|row| StatedFigure { record, row, is_conflict }))
    }

    /// The articles that state a figure which a filter takes; `None` where it takes all.
    pub(super) fn articles_stating(
        &self,
        filter: &FigureFilter,
    ) -> Result<Option<HashSet<Address>>, SearchError> {
        if *filter == FigureFilter::default() {
            return Ok(None);
        }
        let mut beginnings: Vec<String> =
            filter.names.iter().map(|name| figures_of(&figure_key(name))).collect();
        if beginnings.is_empty() {
            beginnings.push(String::new());
        }
        let mut articles = HashSet::new();
        for begins in &beginnings {
            self.engine().each_term(TermField::Figure, begins, &mut |term| {
                if Figure::read(term.text).is_some_and(|of| filter.takes_figure(&of)) {
                    articles.extend((term.addresses)()?);
                }
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(Some(articles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{is_listed, listed_names};

    #[test]
    fn the_main_indicators_are_those_of_the_table() {
        for name in MAIN_INDICATORS {
            assert!(is_listed(name) && listed_names().any(|(_, known)| known == name), "{name}");
        }
    }
}
