//! One indicator over time, by district: read off the terms of the index, without decoding records
//! but for the quotes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::figure_agreement::StatedNumber;
use super::figure_filter::FigureFilter;
use super::{Address, Archive, SearchError, SortKey};
use crate::index::{Figure, TermField, figure_key, figures_of};
use crate::model::{ArticleId, ChangeKind, CivilDate, Indicator, IndicatorChange, IndicatorStatus};
use crate::query::Relation;

/// Articles that are named for one value at most.
pub const MAX_SOURCES: usize = 3;

/// Years without a value that are listed between two that have one.
const MAX_GAP_YEARS: i16 = 30;

/// Which periods are set beside each other.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PeriodLength {
    /// Whole years.
    Year,
    /// From the first day of a year to the end of a month: 前三季度, 1—10月.
    ToDate,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
    /// Days: stocks, as 年末存款余额.
    Day,
}

impl PeriodLength {
    /// Every length, longer ones first.
    pub const ALL: [Self; 5] = [Self::Year, Self::ToDate, Self::Quarter, Self::Month, Self::Day];

    /// Its name in addresses and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::ToDate => "to_date",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Day => "day",
        }
    }

    /// Whether a period is of this length, both days inclusive. The first quarter is one to date, too.
    pub(super) fn has(self, from: CivilDate, to: CivilDate) -> bool {
        let ends_month = to == to.last_of_month();
        let whole = ends_month && from == from.first_of_month() && from.year() == to.year();
        let months = to.month() - from.month() + 1;
        match self {
            Self::Year => whole && months == 12,
            Self::ToDate => whole && from.month() == 1 && (2..12).contains(&months),
            Self::Quarter => whole && months == 3 && from.month() % 3 == 1,
            Self::Month => whole && months == 1,
            Self::Day => from == to,
        }
    }
}

/// Which numbers of an indicator are set beside each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeriesMeasure {
    /// Values, in the base unit.
    #[default]
    Level,
    /// Changes against the same period a year before, in %.
    Change,
}

impl SeriesMeasure {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Level, Self::Change];

    /// Its name in addresses and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Change => "change",
        }
    }

    /// What is set beside others of a figure, as a figure with a value; `None` if it has none.
    pub(super) fn of(self, figure: &Figure) -> Option<Figure> {
        if self == Self::Level {
            return figure.value.map(|_| figure.clone());
        }
        let change = figure.change.as_ref().filter(|change| change.kind == ChangeKind::Yoy)?;
        let times = match change.unit.as_str() {
            "%" => 1.0,
            // 增长2倍
            "倍" => 100.0,
            _ => return None,
        };
        Some(Figure {
            value: Some(change.value * times),
            value_max: None,
            unit: Some("%".to_owned()),
            approx: None,
            change: None,
            ..figure.clone()
        })
    }
}

/// An indicator over time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Series {
    /// Canonical name of the indicator, folded.
    pub name: String,
    /// Which of its numbers.
    pub measure: SeriesMeasure,
    /// How long the periods are.
    pub by: PeriodLength,
    /// One line for each district and unit, by district.
    pub lines: Vec<SeriesLine>,
    /// Values that are of periods of other lengths, and so in no line.
    pub of_other_lengths: u64,
    /// Values of which no period is known, and so in no line.
    pub without_period: u64,
    /// In how many statements a change stands alone, which are in no line of levels.
    pub changes_alone: u64,
}

impl Series {
    /// The periods of all lines in order of time; of years, quarters and months also those between them
    /// of which nothing is stated.
    #[must_use]
    pub fn periods(&self) -> Vec<(CivilDate, CivilDate)> {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let stated: BTreeSet<_> = points.map(|point| (point.from, point.to)).collect();
        let months = match self.by {
            PeriodLength::Year => 12,
            PeriodLength::Quarter => 3,
            PeriodLength::Month => 1,
            PeriodLength::ToDate | PeriodLength::Day => return stated.into_iter().collect(),
        };
        let mut periods: Vec<(CivilDate, CivilDate)> = Vec::new();
        for (from, to) in stated {
            let gap = periods.last().map_or(from, |&(_, end)| end.tomorrow().unwrap_or(from));
            let mut first = gap;
            // A wrong year a thousand years off makes no rows of its own.
            while first < from && from.year() - gap.year() <= MAX_GAP_YEARS {
                let Ok(next) = first.checked_add(jiff::Span::new().months(months)) else { break };
                periods.push((first, next.yesterday().unwrap_or(first)));
                first = next;
            }
            periods.push((from, to));
        }
        periods
    }
}

impl SeriesLine {
    /// What is stated of a period.
    #[must_use]
    pub fn at(&self, from: CivilDate, to: CivilDate) -> Option<&SeriesPoint> {
        self.points.iter().find(|point| (point.from, point.to) == (from, to))
    }
}

/// The values of one district in one unit.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SeriesLine {
    /// The district; `null` where none is known.
    #[schema(required)]
    pub district: Option<String>,
    /// Base unit: 元, 人, 吨; of changes %.
    pub unit: String,
    /// The periods with values, in order of time.
    pub points: Vec<SeriesPoint>,
}

/// What is stated of one period.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SeriesPoint {
    /// First day.
    #[schema(value_type = String)]
    pub from: CivilDate,
    /// Last day.
    #[schema(value_type = String)]
    pub to: CivilDate,
    /// Different values, facts before plans, and of one status what more articles state first. Those of
    /// one status are a conflict unless one is a rounding of the other.
    pub values: Vec<SeriesValue>,
}

impl SeriesPoint {
    /// Whether articles differ on it: it has values of one status that cannot be the same.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.values.iter().any(|value| self.differs(value))
    }

    /// Whether another of its values with the same status cannot be the same figure as this one. A target
    /// beside a fact is no conflict, nor is 736亿元 beside 735.8亿元.
    #[must_use]
    pub fn differs(&self, value: &SeriesValue) -> bool {
        let mut others = self.values.iter().filter(|other| other.status == value.status);
        others.any(|other| !value.number().agrees(other.number()))
    }
}

/// A value and who states it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SeriesValue {
    /// In the unit of the line; of a range the lower end.
    pub value: f64,
    /// Of a range the upper end.
    #[schema(required)]
    pub value_max: Option<f64>,
    /// Words by which it is not exact: 约, 超.
    #[schema(required)]
    pub approx: Option<String>,
    /// Whether it is so, planned or expected.
    pub status: IndicatorStatus,
    /// Whether every article that states it says that it may still be revised.
    pub preliminary: bool,
    /// The change that is stated with it, by the first article.
    #[schema(required)]
    pub change: Option<IndicatorChange>,
    /// Articles that state it.
    pub articles: u64,
    /// The first of them.
    pub sources: Vec<FigureSource>,
}

impl SeriesValue {
    fn number(&self) -> StatedNumber<'_> {
        let Self { value, value_max, approx, .. } = self;
        StatedNumber { value: *value, value_max: *value_max, approx: approx.as_deref() }
    }
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FigureSource {
    /// The article.
    pub article: ArticleId,
    /// The row.
    pub row: String,
    /// The words of the text.
    pub quote: String,
    /// The file, below the corpus folder.
    pub source: String,
    /// The line on which the article begins, from 1.
    #[schema(required)]
    pub line: Option<u32>,
}

/// A term with the articles that have it.
pub(super) struct Statement {
    /// What is set beside others: of a change, the change as the value.
    pub(super) figure: Figure,
    /// The whole of it.
    pub(super) stated: Figure,
    /// In the order of their places.
    pub(super) articles: Vec<SortKey>,
}

/// The statements of one period of a district, by value.
type ByPeriod = BTreeMap<(CivilDate, CivilDate), Vec<Statement>>;

impl Archive {
    /// The values of an indicator over time, in periods of one length; without one, of the length that
    /// most values have. The names of the filter are passed over; where it names no status, values that
    /// are planned or expected are left out.
    ///
    /// # Errors
    /// When the name of the indicator or of a district is none, and when the index cannot be read.
    pub fn series(
        &self,
        name: &str,
        filter: &FigureFilter,
        by: Option<PeriodLength>,
        measure: SeriesMeasure,
    ) -> Result<Series, SearchError> {
        self.guard(|| {
            let asked = FigureFilter { names: vec![name.to_owned()], ..filter.clone() };
            let (statements, changes_alone) =
                self.statements(name, &self.with_known_names(&asked)?, measure)?;
            let count = |by: PeriodLength| {
                let fits = |statement: &&Statement| statement.is_of(by);
                statements.iter().filter(fits).map(Statement::weight).sum::<u64>()
            };
            let most = PeriodLength::ALL.into_iter().rev().max_by_key(|&by| count(by));
            let by = by.or(most).unwrap_or(PeriodLength::Year);
            let all: u64 = statements.iter().map(Statement::weight).sum();
            let has_none = |statement: &&Statement| {
                statement.figure.from.is_none() || statement.figure.to.is_none()
            };
            let without_period =
                statements.iter().filter(has_none).map(Statement::weight).sum::<u64>();
            let of_other_lengths = all - count(by) - without_period;
            let mut lines: BTreeMap<(Option<String>, String), ByPeriod> = BTreeMap::new();
            for statement in statements.into_iter().filter(|statement| statement.is_of(by)) {
                let Figure { district, unit, from: Some(from), to: Some(to), .. } =
                    statement.figure.clone()
                else {
                    continue;
                };
                let line = lines.entry((district, unit.unwrap_or_default())).or_default();
                line.entry((from, to)).or_default().push(statement);
            }
            let lines = lines.into_iter().map(|((district, unit), periods)| {
                let points = periods.into_iter().map(|((from, to), statements)| {
                    Ok(SeriesPoint { from, to, values: self.stated_values(statements)? })
                });
                let points = points.collect::<Result<_, SearchError>>()?;
                Ok(SeriesLine { district, unit, points })
            });
            let lines = lines.collect::<Result<_, SearchError>>()?;
            let name = figure_key(name);
            Ok(Series { name, measure, by, lines, of_other_lengths, without_period, changes_alone })
        })
    }

    /// All that is stated of the values of an indicator, and how often a change stands alone where
    /// values are meant.
    pub(super) fn statements(
        &self,
        name: &str,
        filter: &FigureFilter,
        measure: SeriesMeasure,
    ) -> Result<(Vec<Statement>, u64), SearchError> {
        let mut changes_alone = 0;
        let filter = FigureFilter { names: Vec::new(), ..filter.clone() }.or_facts();
        let begins = figures_of(&figure_key(name));
        let mut found: BTreeMap<String, (Statement, Vec<Address>)> = BTreeMap::new();
        let engine = self.engine();
        engine.each_term(TermField::Figure, &begins, &mut |term| {
            let next = Ok(ControlFlow::Continue(()));
            let stated = Figure::read(term.text).filter(|figure| filter.takes_figure(figure));
            let Some(stated) = stated else { return next };
            let Some(figure) = measure.of(&stated) else {
                if measure == SeriesMeasure::Level {
                    changes_alone += term.documents;
                }
                return next;
            };
            let (_, articles) = found.entry(term.text.to_owned()).or_insert_with(|| {
                (Statement { figure, stated, articles: Vec::new() }, Vec::new())
            });
            articles.extend((term.addresses)()?);
            next
        })?;
        let all: Vec<Address> = found.values().flat_map(|(_, all)| all).copied().collect();
        let places = engine.places(&all)?;
        let statements = found.into_values().map(|(mut statement, articles)| {
            statement.articles.extend(articles.iter().filter_map(|address| places.get(address)));
            statement.articles.sort_unstable();
            statement
        });
        let stated = statements.filter(|statement| !statement.articles.is_empty());
        Ok((stated.collect(), changes_alone))
    }

    /// The different values of one period, facts before plans, and of one status what more articles state
    /// first. Values that differ by binary fractions alone are one.
    fn stated_values(&self, statements: Vec<Statement>) -> Result<Vec<SeriesValue>, SearchError> {
        let mut groups: Vec<Vec<Statement>> = Vec::new();
        for statement in statements {
            let Some(value) = statement.figure.value else { continue };
            let same = |group: &&mut Vec<Statement>| {
                group.first().is_some_and(|Statement { figure, .. }| {
                    let equal = |known| Relation::Equal.holds(known, value);
                    figure.value.is_some_and(equal)
                        && figure.value_max == statement.figure.value_max
                        && figure.approx == statement.figure.approx
                        && figure.status == statement.figure.status
                })
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.push(statement),
                None => groups.push(vec![statement]),
            }
        }
        let values = groups.into_iter().map(|group| self.value_of(group));
        let mut values: Vec<SeriesValue> = values.collect::<Result<_, SearchError>>()?;
        values.sort_by(|a, b| {
            let order = |of: &SeriesValue| (!of.status.is_fact(), of.status, Reverse(of.articles));
            order(a).cmp(&order(b)).then(a.value.total_cmp(&b.value))
        });
        Ok(values)
    }

    /// What several statements of one value say.
    fn value_of(&self, group: Vec<Statement>) -> Result<SeriesValue, SearchError> {
        let mut articles: BTreeMap<SortKey, &Figure> = BTreeMap::new();
        for Statement { stated, articles: stating, .. } in &group {
            for place in stating {
                articles.entry(*place).or_insert(stated);
            }
        }
        let sources = articles.iter().take(MAX_SOURCES);
        let sources = sources.map(|(place, figure)| self.source_of(figure, place.address));
        let sources = sources.collect::<Result<Vec<FigureSource>, SearchError>>()?;
        let articles = articles.len() as u64;
        let preliminary = group.iter().all(|statement| statement.figure.preliminary);
        let change = group.iter().find_map(|statement| statement.figure.change.clone());
        let figure = group.into_iter().map(|statement| statement.figure).next();
        let (value, value_max, approx, status) = match figure {
            Some(Figure { value: Some(value), value_max, approx, status, .. }) => {
                (value, value_max, approx, status)
            }
            _ => (0.0, None, None, IndicatorStatus::Actual),
        };
        Ok(SeriesValue { value, value_max, approx, status, preliminary, change, articles, sources })
    }

    fn source_of(&self, figure: &Figure, address: Address) -> Result<FigureSource, SearchError> {
        let record = self.engine().record(address)?;
        let states = |row: &&Indicator| Figure::of(row) == *figure;
        let row = record.indicators.iter().find(states);
        Ok(FigureSource {
            row: row.map(|row| row.id.clone()).unwrap_or_default(),
            quote: row.map(|row| row.quote.clone()).unwrap_or_default(),
            line: record.lines.first().map(|lines| lines.0),
            source: record.source,
            article: record.id,
        })
    }
}

impl Statement {
    fn is_of(&self, by: PeriodLength) -> bool {
        matches!((self.figure.from, self.figure.to), (Some(from), Some(to)) if by.has(from, to))
    }

    fn weight(&self) -> u64 {
        self.articles.len() as u64
    }
}
