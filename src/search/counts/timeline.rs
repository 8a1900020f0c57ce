//! How many of the matching articles are of which day, month, quarter or year.

use serde::Serialize;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};
use utoipa::ToSchema;

use super::columns::first_values;
use super::period_counts::PeriodCounts;
use crate::index::names;
use crate::search::collect::BlockCollector;
use crate::search::{Archive, Count, Granularity, Request, SearchError};

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
        let calendar = self.calendar(request, by)?;
        Ok(Timeline { by, counts: calendar.counts(), undated: calendar.undated() })
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
