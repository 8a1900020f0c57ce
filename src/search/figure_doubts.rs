//! Figures that other articles speak against: ten times what is stated of the periods beside, and levels
//! that do not follow from the level of the year before and the growth stated with them.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::figure_filter::FigureFilter;
use super::series::{PeriodLength, SeriesMeasure, Statement};
use super::{Archive, SearchError};
use crate::index::{Figure, is_listed};
use crate::model::{CivilDate, Indicator, IndicatorStatus, Record};

/// How often a value has to go into another to be doubtful.
const TIMES: f64 = 10.0;
/// Share by which money may differ from what follows from its growth, which is often at constant
/// prices, and other values.
const MONEY_TOLERANCE: f64 = 0.15;
const TOLERANCE: f64 = 0.05;
/// Years that values that are compared lie apart at most: in a longer time much grows tenfold.
const MAX_YEARS_APART: i16 = 10;

/// A figure that other articles speak against.
#[derive(Debug, Clone, PartialEq)]
pub struct DoubtfulFigure {
    /// An article that states it.
    pub record: Record,
    /// The row.
    pub row: Indicator,
    /// The base unit of its value.
    pub unit: String,
    /// What speaks against it.
    pub doubt: FigureDoubt,
}

/// What speaks against a figure. Values are in its base unit.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureDoubt {
    /// It is ten or more times, or a tenth or less of, the values beside it in its series.
    Outlier {
        /// The periods beside, or its own, with what is stated of them.
        beside: Vec<((CivilDate, CivilDate), f64)>,
    },
    /// It does not follow from the level of the year before.
    Growth {
        /// The growth that is stated with it, in %.
        growth: f64,
        /// The level of the year before.
        base: f64,
    },
}

impl Archive {
    /// Gives every figure that other articles speak against to a function, until it breaks off. Only
    /// indicators of the table are compared: what is built from a sentence need not be the same thing
    /// twice. Holds the figures of one indicator at a time.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn for_each_doubtful_figure(
        &self,
        each: &mut dyn FnMut(DoubtfulFigure) -> ControlFlow<()>,
    ) -> Result<(), SearchError> {
        let names = self.guard(|| self.engine().stated_names())?;
        for name in names.iter().filter(|name| is_listed(name)) {
            let found = self.guard(|| self.doubtful_figures_of(name))?;
            for doubtful in found {
                if each(doubtful).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn doubtful_figures_of(&self, name: &str) -> Result<Vec<DoubtfulFigure>, SearchError> {
        let statuses = vec![IndicatorStatus::Actual];
        let filter = FigureFilter { statuses, ..FigureFilter::default() };
        let (statements, _) = self.statements(name, &filter, SeriesMeasure::Level)?;
        let mut lines: BTreeMap<LineKey<'_>, StatedPeriods<'_>> = BTreeMap::new();
        for statement in &statements {
            let Figure { district, unit, scope, from: Some(from), to: Some(to), .. } =
                &statement.figure
            else {
                continue;
            };
            let length = PeriodLength::ALL.into_iter().find(|length| length.has(*from, *to));
            let (Some(length), Some(district)) = (length, district) else { continue };
            let unit = unit.as_deref().unwrap_or_default();
            let line = lines.entry((district, unit, scope.as_deref(), length)).or_default();
            line.entry((*from, *to)).or_default().push(statement);
        }
        let mut found = Vec::new();
        for ((_, unit, ..), line) in &lines {
            for (statement, doubt) in doubts(line, unit) {
                found.extend(self.doubtful(statement, unit, doubt)?);
            }
        }
        Ok(found)
    }

    /// A statement as the row of the first article that has it.
    fn doubtful(
        &self,
        statement: &Statement,
        unit: &str,
        doubt: FigureDoubt,
    ) -> Result<Option<DoubtfulFigure>, SearchError> {
        let Some(first) = statement.articles.first() else { return Ok(None) };
        let record = self.engine().record(first.address)?;
        let row = record.indicators.iter().find(|row| Figure::of(row) == statement.stated);
        let Some(row) = row.cloned() else { return Ok(None) };
        Ok(Some(DoubtfulFigure { record, row, unit: unit.to_owned(), doubt }))
    }
}

/// District, unit, scope, length of the periods.
type LineKey<'a> = (&'a str, &'a str, Option<&'a str>, PeriodLength);
/// What is stated of each period.
type StatedPeriods<'a> = BTreeMap<(CivilDate, CivilDate), Vec<&'a Statement>>;

fn doubts<'a>(line: &StatedPeriods<'a>, unit: &str) -> Vec<(&'a Statement, FigureDoubt)> {
    // Rates may well be ten times as high.
    if matches!(unit, "%" | "‰" | "") {
        return Vec::new();
    }
    let usual: Vec<((CivilDate, CivilDate), f64)> =
        line.iter().filter_map(|(days, stated)| Some((*days, most_stated(stated)?))).collect();
    let mut found = Vec::new();
    for (at, (days, stated)) in line.iter().enumerate() {
        for &statement in stated {
            let Some(value) = statement.figure.value.filter(|value| *value > 0.0) else { continue };
            let beside = beside(&usual, at, value);
            let is_outlier = |beside: &[((CivilDate, CivilDate), f64)]| {
                let all = |holds: &dyn Fn(f64) -> bool| beside.iter().all(|(_, of)| holds(*of));
                !beside.is_empty()
                    && (all(&|of| value >= TIMES * of) || all(&|of| of >= TIMES * value))
            };
            if is_outlier(&beside) {
                found.push((statement, FigureDoubt::Outlier { beside }));
            } else if let Some(doubt) = against_growth(statement, value, line, *days, unit) {
                found.push((statement, doubt));
            }
        }
    }
    found
}

/// What is stated of the two nearest periods: those before and behind, at an end the next two. Where most
/// articles state another value of the same period, that alone. None where there are too few.
fn beside(
    usual: &[((CivilDate, CivilDate), f64)],
    at: usize,
    value: f64,
) -> Vec<((CivilDate, CivilDate), f64)> {
    let Some(own) = usual.get(at) else { return Vec::new() };
    let is_other = own.1 >= TIMES * value || value >= TIMES * own.1;
    if is_other {
        return vec![*own];
    }
    let (before, behind) = (usual.get(..at).unwrap_or_default(), usual.get(at + 1..));
    let behind = behind.unwrap_or_default();
    let nearest = match (before, behind) {
        ([.., before], [behind, ..]) => [before, behind],
        ([], [first, second, ..]) | ([.., second, first], []) => [first, second],
        _ => return Vec::new(),
    };
    let is_near = |other: &CivilDate| (other.year() - own.0.1.year()).abs() <= MAX_YEARS_APART;
    let near = nearest.into_iter().filter(|((_, to), _)| is_near(to));
    let near: Vec<_> = near.copied().collect();
    if near.len() == nearest.len() { near } else { Vec::new() }
}

/// The value that most articles state, as it is or rounded; of several the greatest, as what is misread
/// is more often a part than a whole.
fn most_stated(stated: &[&Statement]) -> Option<f64> {
    let values = stated.iter().filter_map(|one| Some((one.articles.len(), one.figure.value?)));
    let values: Vec<(usize, f64)> = values.filter(|(_, value)| *value > 0.0).collect();
    let support = |value: f64| -> usize {
        let alike = values.iter().filter(|(_, of)| (of - value).abs() <= TOLERANCE * value);
        alike.map(|(articles, _)| articles).sum()
    };
    let ranked = values.iter().map(|&(_, value)| (support(value), value));
    ranked.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).map(|(_, value)| value)
}

/// Whether an exact value follows from no value that is stated of the year before.
fn against_growth(
    statement: &Statement,
    value: f64,
    line: &StatedPeriods<'_>,
    (from, to): (CivilDate, CivilDate),
    unit: &str,
) -> Option<FigureDoubt> {
    let growth = SeriesMeasure::Change.of(&statement.stated)?.value?;
    let year = jiff::Span::new().years(1);
    let before = (from.checked_sub(year).ok()?, to.checked_sub(year).ok()?);
    // 28 and 29 February.
    let leap = (before.0, before.1.last_of_month());
    let ends_month = to == to.last_of_month();
    let stated = line.get(&before).or_else(|| line.get(&leap).filter(|_| ends_month))?;
    let tolerance = if unit.ends_with('元') { MONEY_TOLERANCE } else { TOLERANCE };
    let follows = |base: f64| {
        let expected = base * (1.0 + growth / 100.0);
        (value - expected).abs() <= tolerance * expected.abs()
    };
    let is_exact = |figure: &Figure| figure.value_max.is_none() && figure.approx.is_none();
    let exact: Vec<&Statement> =
        stated.iter().copied().filter(|base| is_exact(&base.figure)).collect();
    let base = most_stated(&exact)?;
    let fits = exact.iter().filter_map(|base| base.figure.value).any(follows);
    let is_doubtful = is_exact(&statement.figure) && !fits;
    is_doubtful.then_some(FigureDoubt::Growth { growth, base })
}
