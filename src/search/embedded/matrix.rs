//! Counts articles by two dimensions in one pass over the columns of the index.

use std::collections::HashMap;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::EmbeddedEngine;
use super::collect::BlockCollector;
use super::day_columns::DayColumns;
use crate::index::{PATH_SEPARATOR, names, role_of};
use crate::search::counts::{AxisValues, CrossCounts};
use crate::search::plan::Condition;
use crate::search::{Granularity, MatrixAxis, SearchError};

impl EmbeddedEngine {
    /// Counts the articles that match by the values of two axes, of none yet.
    pub(crate) fn cross(
        &self,
        matching: &Condition,
        rows: AxisValues,
        columns: AxisValues,
    ) -> Result<CrossCounts, SearchError> {
        let counts = CrossCounts { rows, columns, cells: HashMap::new() };
        let mut collector = MatrixCollector { counts, segment: None };
        self.collect(matching, &mut collector)?;
        Ok(collector.counts)
    }
}

struct MatrixCollector {
    counts: CrossCounts,
    segment: Option<[SegmentAxisValues; 2]>,
}

impl BlockCollector for MatrixCollector {
    fn for_segment(&mut self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        let CrossCounts { rows, columns, .. } = &mut self.counts;
        let (rows, columns) =
            (SegmentAxisValues::open(rows, reader)?, SegmentAxisValues::open(columns, reader)?);
        self.segment = Some([rows, columns]);
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let CrossCounts { rows, columns, cells } = &mut self.counts;
        let Some([row_values, column_values]) = &self.segment else { return };
        for &doc in docs {
            let of_columns = column_values.count(columns, doc);
            for &row in row_values.count(rows, doc) {
                for &column in of_columns {
                    *cells.entry((row, column)).or_default() += 1;
                }
            }
        }
    }
}

/// The values of an axis in a segment.
enum SegmentAxisValues {
    /// For each value that the segment knows, its numbers among all: one; of a district those of
    /// its path.
    Texts(StrColumn, Vec<Box<[u32]>>),
    Days(Granularity, DayColumns),
    /// No article of the segment has any.
    None,
}

impl SegmentAxisValues {
    fn open(values: &mut AxisValues, reader: &SegmentReader) -> tantivy::Result<Self> {
        let (axis, scope) = values.axis();
        let field = match axis {
            MatrixAxis::District => names::AREA,
            MatrixAxis::Topic => names::TOPIC,
            MatrixAxis::Outlet => names::OUTLET,
            MatrixAxis::Publication => names::PUBLICATION,
            MatrixAxis::Period(every) => return Ok(Self::Days(every, DayColumns::open(reader)?)),
        };
        let column = reader.fast_fields().str(field)?;
        let Some(column) = column else { return Ok(Self::None) };
        let mut numbers = Vec::new();
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let value = String::from_utf8_lossy(stream.key());
            numbers.push(match (axis, role_of(&value)) {
                (MatrixAxis::District, (role, path)) if scope.takes(role) => {
                    path.split(PATH_SEPARATOR).map(|name| values.number(name)).collect()
                }
                (MatrixAxis::District, _) => Box::default(),
                _ => Box::from([values.number(&value)]),
            });
        }
        drop(stream);
        Ok(Self::Texts(column, numbers))
    }

    /// Counts an article, and gives its values, each once.
    fn count<'a>(&self, values: &'a mut AxisValues, doc: DocId) -> &'a [u32] {
        match self {
            Self::Texts(column, numbers) => {
                let own = column.term_ords(doc).filter_map(|value| numbers.get(value as usize));
                values.count(own.map(|numbers| &**numbers))
            }
            Self::Days(every, columns) => values.count_days(*every, columns.interval(doc)),
            Self::None => values.count(std::iter::empty()),
        }
    }
}
