//! How often something is written about over time: one thing, and several beside each other.

use serde::Serialize;
use utoipa::ToSchema;

use super::period::PeriodCount;
use super::period_counts::PeriodCounts;
use crate::query::Query;
use crate::search::{Archive, Granularity, Period, Request, SearchError};

/// Articles by period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Timeline {
    /// How long a period is.
    pub by: Granularity,
    /// The periods that have articles, in order of time, as far as they touch the days that the
    /// filters ask for.
    pub counts: Vec<PeriodCount>,
    /// Articles that are possible in several periods, and certainly of none. One whose interval is
    /// longer than a year of days, or than as many other periods, or open, adds no periods to the
    /// list but its ends; it is possible in those that are listed.
    pub spread: u64,
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
            Ok(Timeline {
                by,
                counts: calendar.periods(),
                spread: calendar.spread(),
                undated: calendar.undated(),
            })
        })
    }

    pub(crate) fn calendar(
        &self,
        request: &Request,
        by: Granularity,
    ) -> Result<PeriodCounts, SearchError> {
        let calendar = PeriodCounts::within(by, request.days());
        self.engine().count_days(&self.matching(request)?, calendar)
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
    /// Articles that match and are certainly of one period.
    pub articles: u64,
    /// Matching articles that are possible in several periods, and certainly of none.
    pub spread: u64,
    /// Matching articles without a date.
    pub undated: u64,
    /// The periods that can have any article under the line's filters, in order of time. One that
    /// is not among them is a gap, not a zero.
    pub points: Vec<Point>,
}

/// The counts of one line of a trend in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Point {
    /// When.
    #[schema(value_type = String)]
    pub period: Period,
    /// Articles that match and are certainly of it.
    pub articles: u64,
    /// Further ones that match and can be of it, and of other periods, too.
    pub possible: u64,
    /// All articles that are certainly of it under the same filters, whether they match the query or
    /// not. Where it is 0, nothing is known of the period: a gap, not a zero.
    pub of: u64,
    /// Matching ones per thousand of all, rounded to hundredths; both are those that are certainly of
    /// the period. `null` in a gap.
    #[schema(required)]
    pub per_thousand: Option<f64>,
}

impl Archive {
    /// Counts the articles of each period that match each of the requests, and beside them all that
    /// the same filters leave. The name of a line is given with its request; order, offset and
    /// limit are passed over.
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
        let all = all.periods();
        let found = matching.of_periods(&all);
        let point = |(found, all): (&PeriodCount, &PeriodCount)| {
            let PeriodCount { value: period, count: articles, possible } = *found;
            let of = all.count;
            Point { period, articles, possible, of, per_thousand: per_thousand(articles, of) }
        };
        let points = found.iter().zip(&all).map(point).collect();
        let (articles, spread) = (matching.certain(), matching.spread());
        Self { name, articles, spread, undated: matching.undated(), points }
    }

    /// All matching articles, whether they are of a period or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.articles + self.spread + self.undated
    }

    /// The line's point of a period; `None` where no article can be.
    #[must_use]
    pub fn point(&self, period: Period) -> Option<&Point> {
        let at = self.points.binary_search_by_key(&period, |point| point.period).ok()?;
        self.points.get(at)
    }
}

/// Rounded to hundredths; `None` of nothing.
#[must_use]
pub fn per_thousand(articles: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| (articles as f64 / of as f64 * 100_000.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(months: &[(u64, u64)]) -> PeriodCounts {
        let mut calendar = PeriodCounts::within(Granularity::Month, (None, None));
        for &(month, count) in months {
            (0..count).for_each(|_| calendar.add((month * 100 + 1, month * 100 + 2)));
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
                ("2023-01".to_owned(), 1, 40, Some(25.0)),
                ("2023-02".to_owned(), 0, 20, Some(0.0)),
                ("2023-05".to_owned(), 2, 8, Some(250.0))
            ]
        );
        assert_eq!(line.articles, 3);
        let gap = Period::of(Granularity::Month, jiff::civil::date(2023, 3, 1));
        assert_eq!(line.point(gap), None);
    }

    #[test]
    fn a_period_that_articles_can_only_be_of_is_a_gap_and_says_how_many() {
        let wide = (20_230_215, 20_230_314);
        let (mut all, mut matching) = (calendar(&[(202_301, 4)]), calendar(&[(202_301, 1)]));
        all.add(wide);
        all.add(wide);
        matching.add(wide);
        let line = TrendLine::new("甲".into(), &matching, &all);
        assert_eq!((line.articles, line.spread, line.total()), (1, 1, 2));
        let points: Vec<_> = line
            .points
            .iter()
            .map(|point| (point.articles, point.possible, point.of, point.per_thousand))
            .collect();
        assert_eq!(points, [(1, 0, 4, Some(250.0)), (0, 1, 0, None), (0, 1, 0, None)]);
    }

    #[test]
    fn shares_are_rounded_to_hundredths() {
        assert_eq!(per_thousand(1, 3), Some(333.33));
        assert_eq!(per_thousand(2, 3), Some(666.67));
        assert_eq!(per_thousand(0, 0), None);
    }
}
