//! How often something is written about over time: one thing, and several beside each other.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};
use utoipa::ToSchema;

use super::period::PeriodCounts;
use crate::index::names;
use crate::query::Query;
use crate::search::collect::{BlockCollector, first_values};
use crate::search::{Archive, Count, Granularity, Period, Request, SearchError};

/// Articles by period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Timeline {
    /// How long a period is.
    pub by: Granularity,
    /// The periods that have articles, in order of time. An article counts for the last day that its
    /// date can be.
    pub counts: Vec<Count>,
    /// Articles without a date.
    pub undated: u64,
}

impl Archive {
    /// Counts the matching articles by day, month, quarter or year.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn timeline(&self, request: &Request, by: Granularity) -> Result<Timeline, SearchError> {
        self.guard(|| {
            let calendar = self.calendar(request, by)?;
            Ok(Timeline { by, counts: calendar.counts(), undated: calendar.undated() })
        })
    }

    pub(crate) fn calendar(
        &self,
        request: &Request,
        by: Granularity,
    ) -> Result<PeriodCounts, SearchError> {
        let mut days =
            TimelineCollector { calendar: PeriodCounts::new(by), day: None, firsts: Vec::new() };
        self.collect(&*self.matching(request)?, &mut [&mut days])?;
        Ok(days.calendar)
    }
}

struct TimelineCollector {
    calendar: PeriodCounts,
    day: Option<Column<u64>>,
    /// First values of a block of articles.
    firsts: Vec<Option<u64>>,
}

impl BlockCollector for TimelineCollector {
    fn for_segment(&mut self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.day = Some(reader.fast_fields().u64(names::DAY)?);
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(day) = &self.day else { return };
        first_values(day, docs, &mut self.firsts);
        for day in &self.firsts {
            self.calendar.add(day.unwrap_or(0));
        }
    }
}

/// Lines of a trend at most: as many as a chart can tell apart.
pub const MAX_LINES: usize = 8;

/// Several lines over the same time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Trend {
    /// How long a period is.
    pub by: Granularity,
    /// One line for each request, in their order.
    pub lines: Vec<TrendLine>,
}

/// One line of a trend.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrendLine {
    /// What it is called.
    pub name: String,
    /// Articles that match and have a date.
    pub articles: u64,
    /// Matching articles without a date, which are in no period.
    pub undated: u64,
    /// The periods that have any article under the line's filters, in order of time. One that is
    /// not among them is a gap, not a zero.
    pub points: Vec<Point>,
}

/// The counts of one line of a trend in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Point {
    /// When.
    #[schema(value_type = String)]
    pub period: Period,
    /// Articles that match.
    pub articles: u64,
    /// All articles of the period under the same filters, whether they match the query or not; never
    /// 0.
    pub of: u64,
    /// Matching ones per thousand of all, rounded to hundredths.
    pub per_thousand: f64,
}

impl Archive {
    /// Counts the articles of each period that match each of the requests, and beside them all that
    /// the same filters leave. The name of a line is given with its request; order, offset and
    /// limit are passed over. An article counts in the period of its last possible day.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn trend(
        &self,
        lines: &[(String, Request)],
        by: Granularity,
    ) -> Result<Trend, SearchError> {
        self.guard(|| {
            let mut counted: Vec<(Request, PeriodCounts)> = Vec::new();
            let mut trend = Trend { by, lines: Vec::with_capacity(lines.len()) };
            for (name, request) in lines {
                let everything = Request { query: Query::default(), ..request.clone() };
                // Words are compared under the same filters: all articles are counted once for them.
                let known = counted.iter().position(|(known, _)| *known == everything);
                let at = known.unwrap_or(counted.len());
                if known.is_none() {
                    let all = self.calendar(&everything, by)?;
                    counted.push((everything, all));
                }
                let matching = self.calendar(request, by)?;
                let all = counted.get(at).map(|(_, all)| all);
                trend.lines.push(TrendLine::new(name.clone(), &matching, all.unwrap_or(&matching)));
            }
            Ok(trend)
        })
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
    fn new(name: String, matching: &PeriodCounts, all: &PeriodCounts) -> Self {
        let counts: BTreeMap<Period, u64> = matching.periods().collect();
        let points = all.periods().map(|(period, of)| {
            let articles = counts.get(&period).copied().unwrap_or(0);
            Point { period, articles, of, per_thousand: per_thousand(articles, of) }
        });
        let articles = counts.values().sum();
        Self { name, articles, undated: matching.undated(), points: points.collect() }
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

    fn calendar(months: &[(u64, u64)]) -> PeriodCounts {
        let mut calendar = PeriodCounts::new(Granularity::Month);
        for &(month, count) in months {
            (0..count).for_each(|_| calendar.add(month * 100 + 1));
        }
        calendar
    }

    #[test]
    fn a_period_without_the_word_is_0_and_one_without_articles_is_a_gap() {
        let all = calendar(&[(202_301, 40), (202_302, 20), (202_305, 8)]);
        let matching = calendar(&[(202_301, 1), (202_305, 2)]);
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
        let gap = Period::of(Granularity::Month, jiff::civil::date(2023, 3, 1));
        assert_eq!(line.point(gap), None);
    }

    #[test]
    fn shares_are_rounded_to_hundredths() {
        assert!((per_thousand(1, 3) - 333.33).abs() < 1e-9);
        assert!((per_thousand(2, 3) - 666.67).abs() < 1e-9);
        assert!(per_thousand(0, 0).abs() < 1e-9);
    }
}
