//! How often something is written about over time, for several things beside each other.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use super::{Archive, Request, SearchError};
use crate::query::Query;

/// How long a period is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Every {
    /// A calendar month.
    #[default]
    Month,
    /// January to March, and so on.
    Quarter,
    /// A calendar year.
    Year,
}

/// A month, a quarter or a year. Printed as `2023-02`, `2023-Q1`, `2023`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    every: Every,
    /// Periods since the year 0.
    number: i32,
}

/// Several things over the same time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// How long a period is.
    pub by: Every,
    /// One for each request, in their order.
    pub lines: Vec<TrendLine>,
}

/// One thing over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendLine {
    /// What it is called.
    pub name: String,
    /// Articles that match and have a date.
    pub articles: u64,
    /// Articles that match and have none: they are in no period.
    pub undated: u64,
    /// The periods that have any article under the line's filters, in order of time. One that is
    /// not among them is a gap, not a zero.
    pub points: Vec<Point>,
}

/// One thing in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// When.
    pub period: Period,
    /// Articles that match.
    pub articles: u64,
    /// All articles of the period under the same filters, whatever they say; never 0.
    pub of: u64,
    /// Matching ones per thousand of all, rounded to hundredths.
    pub per_thousand: f64,
}

/// Articles by period.
#[derive(Debug, Clone, Default)]
struct Timeline {
    periods: BTreeMap<Period, u64>,
    undated: u64,
}

impl Archive {
    /// Counts the articles of each period that match each of the requests, and beside them all that
    /// the same filters leave. The name of a line is given with its request; order, offset and
    /// limit are passed over. An article counts in the period of its last possible day.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn trend(&self, lines: &[(String, Request)], by: Every) -> Result<Trend, SearchError> {
        let mut counted: Vec<(Request, Timeline)> = Vec::new();
        let mut trend = Trend { by, lines: Vec::with_capacity(lines.len()) };
        for (name, request) in lines {
            let everything = Request { query: Query::default(), ..request.clone() };
            // Words are compared under the same filters: all articles are counted once for them.
            let known = counted.iter().position(|(known, _)| *known == everything);
            let at = known.unwrap_or(counted.len());
            if known.is_none() {
                let all = self.by_period(&everything, by)?;
                counted.push((everything, all));
            }
            let matching = self.by_period(request, by)?;
            let all = counted.get(at).map(|(_, all)| all);
            trend.lines.push(TrendLine::new(name.clone(), &matching, all.unwrap_or(&matching)));
        }
        Ok(trend)
    }

    /// The one place that asks the index: months added up to periods.
    fn by_period(&self, request: &Request, by: Every) -> Result<Timeline, SearchError> {
        let facets = self.facets(request)?;
        let mut timeline = Timeline { undated: facets.undated, ..Timeline::default() };
        for month in &facets.months {
            if let Some(period) = Period::of_month(&month.value, by) {
                *timeline.periods.entry(period).or_default() += month.count;
            }
        }
        Ok(timeline)
    }
}

impl Every {
    /// Periods after which they begin anew: months in a year, quarters in a year, 1 for years.
    #[must_use]
    pub fn cycle(self) -> u32 {
        match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Year => 1,
        }
    }

    /// The English word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

impl Period {
    /// The period of a month that is written `2023-02`; `None` where it is not one.
    fn of_month(written: &str, every: Every) -> Option<Self> {
        let (year, month) = written.split_once('-')?;
        let (year, month): (u16, u8) = (year.parse().ok()?, month.parse().ok()?);
        let month = month.checked_sub(1).filter(|month| *month < 12)?;
        Some(Self::at(
            every,
            (i32::from(year) * 12 + i32::from(month)) * every.cycle().cast_signed() / 12,
        ))
    }

    /// The period that stands at a number, see [`Period::number`].
    #[must_use]
    pub fn at(every: Every, number: i32) -> Self {
        Self { every, number }
    }

    /// How long it is.
    #[must_use]
    pub fn every(self) -> Every {
        self.every
    }

    /// Its place in time: the next period has the next number, and the first one of the year 0
    /// has 0.
    #[must_use]
    pub fn number(self) -> i32 {
        self.number
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cycle = self.every.cycle().cast_signed();
        let (year, part) = (self.number.div_euclid(cycle), self.number.rem_euclid(cycle) + 1);
        match self.every {
            Every::Month => write!(f, "{year:04}-{part:02}"),
            Every::Quarter => write!(f, "{year:04}-Q{part}"),
            Every::Year => write!(f, "{year:04}"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Trend {
    /// Every period in which any line has a point, in order of time.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let mut periods: Vec<Period> = points.map(|point| point.period).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    /// Whether the lines share what they are measured against, as words under the same filters do.
    #[must_use]
    pub fn is_of_the_same(&self) -> bool {
        let all = |line: &TrendLine| -> Vec<(Period, u64)> {
            line.points.iter().map(|point| (point.period, point.of)).collect()
        };
        self.lines.windows(2).all(|two| all(&two[0]) == all(&two[1]))
    }
}

impl TrendLine {
    fn new(name: String, matching: &Timeline, all: &Timeline) -> Self {
        let points = all.periods.iter().filter(|(_, of)| **of > 0).map(|(&period, &of)| {
            let articles = matching.periods.get(&period).copied().unwrap_or(0);
            Point { period, articles, of, per_thousand: per_thousand(articles, of) }
        });
        let articles = matching.periods.values().sum();
        Self { name, articles, undated: matching.undated, points: points.collect() }
    }

    /// The line's point of a period; `None` in a gap.
    #[must_use]
    pub fn point(&self, period: Period) -> Option<&Point> {
        let at = self.points.binary_search_by_key(&period, |point| point.period).ok()?;
        self.points.get(at)
    }
}

/// Rounded to hundredths; 0 of nothing.
#[must_use]
pub fn per_thousand(articles: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { (articles as f64 / of as f64 * 100_000.0).round() / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(months: &[(&str, u64)], every: Every) -> Timeline {
        let period = |month| Period::of_month(month, every).expect("a month");
        let periods = months.iter().map(|&(month, count)| (period(month), count)).collect();
        Timeline { periods, undated: 0 }
    }

    #[test]
    fn periods_are_printed_and_numbered_in_order() {
        let shown = |month, every| Period::of_month(month, every).map(|period| period.to_string());
        assert_eq!(shown("2023-02", Every::Month).as_deref(), Some("2023-02"));
        assert_eq!(shown("2023-03", Every::Quarter).as_deref(), Some("2023-Q1"));
        assert_eq!(shown("2023-04", Every::Quarter).as_deref(), Some("2023-Q2"));
        assert_eq!(shown("2023-12", Every::Year).as_deref(), Some("2023"));
        let number = |month| Period::of_month(month, Every::Month).map(Period::number);
        assert_eq!(number("2023-01"), number("2022-12").map(|number| number + 1));
        for wrong in ["", "2023", "2023-00", "2023-13", "x-01", "99999999-01"] {
            assert_eq!(shown(wrong, Every::Month), None, "{wrong}");
        }
    }

    #[test]
    fn a_period_without_the_word_is_0_and_one_without_articles_is_a_gap() {
        let all = timeline(&[("2023-01", 40), ("2023-02", 20), ("2023-05", 8)], Every::Month);
        let matching = timeline(&[("2023-01", 1), ("2023-05", 2)], Every::Month);
        let line = TrendLine::new("甲".into(), &matching, &all);
        let points: Vec<_> = line
            .points
            .iter()
            .map(|point| (point.period.to_string(), point.articles, point.of, point.per_thousand))
            .collect();
        assert_eq!(
            points,
            [
                ("2023-01".to_owned(), 1, 40, 25.0),
                ("2023-02".to_owned(), 0, 20, 0.0),
                ("2023-05".to_owned(), 2, 8, 250.0)
            ]
        );
        assert_eq!(line.articles, 3);
        let gap = Period::of_month("2023-03", Every::Month).expect("a month");
        assert_eq!(line.point(gap), None);
    }

    #[test]
    fn shares_are_rounded_to_hundredths() {
        assert!((per_thousand(1, 3) - 333.33).abs() < 1e-9);
        assert!((per_thousand(2, 3) - 666.67).abs() < 1e-9);
        assert!(per_thousand(0, 0).abs() < 1e-9);
    }
}
