//! The days that articles can be of, read from columns, and articles counted by them.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::EmbeddedEngine;
use super::collect::{BlockCollector, first_values};
use crate::index::{UNDATED, names};
use crate::search::SearchError;
use crate::search::counts::PeriodCounts;
use crate::search::plan::Condition;

impl EmbeddedEngine {
    /// Adds the articles that match to these counts.
    pub(crate) fn count_days(
        &self,
        matching: &Condition,
        counts: PeriodCounts,
    ) -> Result<PeriodCounts, SearchError> {
        let mut collector = TimelineCollector { calendar: counts, days: None };
        self.collect(matching, &mut collector)?;
        Ok(collector.calendar)
    }
}

struct TimelineCollector {
    calendar: PeriodCounts,
    days: Option<DayColumns>,
}

impl BlockCollector for TimelineCollector {
    fn for_segment(&mut self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.days = Some(DayColumns::open(reader)?);
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(days) = &mut self.days else { return };
        days.intervals(docs).for_each(|days| self.calendar.add(days));
    }
}

/// The possible days of the articles of a segment.
pub(crate) struct DayColumns {
    first: Column<u64>,
    last: Column<u64>,
    /// Of a block of articles.
    firsts: Vec<Option<u64>>,
    lasts: Vec<Option<u64>>,
}

impl DayColumns {
    pub(crate) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let (first, last) = (fast.u64(names::FIRST_DAY)?, fast.u64(names::LAST_DAY)?);
        Ok(Self { first, last, firsts: Vec::new(), lasts: Vec::new() })
    }

    /// The first and the last possible day of an article.
    pub(crate) fn interval(&self, doc: DocId) -> (u64, u64) {
        interval(self.first.first(doc), self.last.first(doc))
    }

    /// The same of each article of a block.
    pub(crate) fn intervals(&mut self, docs: &[DocId]) -> impl Iterator<Item = (u64, u64)> {
        first_values(&self.first, docs, &mut self.firsts);
        first_values(&self.last, docs, &mut self.lasts);
        self.firsts.iter().zip(&self.lasts).map(|(&first, &last)| interval(first, last))
    }
}

fn interval(first: Option<u64>, last: Option<u64>) -> (u64, u64) {
    (first.unwrap_or(UNDATED), last.unwrap_or(0))
}
