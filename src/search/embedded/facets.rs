//! Counts what the matching articles have, from the columns of the index.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::EmbeddedEngine;
use super::collect::{BlockCollector, first_values};
use super::day_columns::DayColumns;
use super::districts::{DistrictCounts, DistrictPaths, column};
use crate::index::{names, role_of};
use crate::model::DistrictRole;
use crate::search::SearchError;
use crate::search::counts::{FacetTotals, FacetsRequest, PeriodCounts};
use crate::search::label_docs::LabelDocs;
use crate::search::plan::Condition;

/// The fields of text that are counted, beside the districts.
const TEXTS: [&str; 4] = [names::TOPIC, names::OUTLET, names::PUBLICATION, names::KIND];

impl EmbeddedEngine {
    /// Counts what the articles that match have.
    pub(crate) fn facets(
        &self,
        matching: &Condition,
        request: FacetsRequest,
    ) -> Result<FacetTotals, SearchError> {
        let FacetsRequest { labels, role, years, months } = request;
        let mut counter = FacetCollector {
            values: Default::default(),
            label_counts: vec![0; labels.len()],
            labels,
            at: 0,
            areas: DistrictCounts::new(self.district_paths()?, role),
            years,
            months,
            unplaced: 0,
            segment: None,
            failed: None,
        };
        self.collect(matching, &mut counter)?;
        counter.close();
        match counter.failed.take() {
            Some(error) => self.read(Err(error)),
            None => Ok(counter.into()),
        }
    }

    /// Gives the role and the path of each district that articles have to `visit`; one that is in several
    /// parts of the index more than once.
    pub(crate) fn each_district(
        &self,
        visit: &mut dyn FnMut(DistrictRole, &str),
    ) -> Result<(), SearchError> {
        for reader in self.searcher.segment_readers() {
            // Quicker to go through than the terms, which come with where their lists are.
            let Some(column) = self.read(column(reader))? else { continue };
            let mut stream = self.read(column.dictionary().stream())?;
            while stream.advance() {
                let marked = String::from_utf8_lossy(stream.key());
                let (role, path) = role_of(&marked);
                visit(role, path);
            }
        }
        Ok(())
    }

    fn district_paths(&self) -> Result<Arc<DistrictPaths>, SearchError> {
        if let Some(district_paths) = self.district_paths.get() {
            return Ok(district_paths.clone());
        }
        let district_paths = self.read(DistrictPaths::read(&self.searcher))?;
        Ok(self.district_paths.get_or_init(|| Arc::new(district_paths)).clone())
    }
}

/// What was counted so far, in all segments.
struct FacetCollector {
    values: [HashMap<String, u64>; TEXTS.len()],
    labels: Arc<LabelDocs>,
    label_counts: Vec<u64>,
    /// The segment that is counted.
    at: SegmentOrdinal,
    areas: DistrictCounts,
    years: PeriodCounts,
    months: PeriodCounts,
    unplaced: u64,
    segment: Option<SegmentFacets>,
    failed: Option<io::Error>,
}

/// What is counted in one segment.
struct SegmentFacets {
    /// A segment in which no article has the field has no column.
    texts: [Option<ValueCounts>; TEXTS.len()],
    days: DayColumns,
    /// First values of a block of articles.
    firsts: Vec<Option<u64>>,
}

struct ValueCounts {
    column: StrColumn,
    /// Whether an article can have several values.
    several: bool,
    /// Articles by number of the value.
    counts: Vec<u64>,
}

impl BlockCollector for FacetCollector {
    fn for_segment(&mut self, at: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<()> {
        self.close();
        self.at = at;
        let fast = reader.fast_fields();
        let mut texts = [const { None }; TEXTS.len()];
        for (text, name) in texts.iter_mut().zip(TEXTS) {
            *text = fast.str(name)?.map(|column| {
                let counts = vec![0; column.num_terms()];
                let several = column.ords().get_cardinality() == Cardinality::Multivalued;
                ValueCounts { column, several, counts }
            });
        }
        self.areas.segment(at as usize, reader)?;
        let days = DayColumns::open(reader)?;
        self.segment = Some(SegmentFacets { texts, days, firsts: Vec::new() });
        Ok(())
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let Some(segment) = &mut self.segment else { return };
        for ValueCounts { column, several, counts } in segment.texts.iter_mut().flatten() {
            let mut count = |number: u64| {
                if let Some(count) = counts.get_mut(number as usize) {
                    *count += 1;
                }
            };
            if *several {
                docs.iter().flat_map(|&doc| column.term_ords(doc)).for_each(count);
            } else {
                first_values(column.ords(), docs, &mut segment.firsts);
                segment.firsts.iter().flatten().for_each(|&number| count(number));
            }
        }
        self.labels.count(self.at, docs, &mut self.label_counts);
        self.unplaced += docs.len() as u64 - self.areas.block(docs);
        for days in segment.days.intervals(docs) {
            self.years.add(days);
            self.months.add(days);
        }
    }
}

impl FacetCollector {
    /// Adds what was counted in a segment to the whole.
    fn close(&mut self) {
        let Some(segment) = self.segment.take() else { return };
        for (into, text) in self.values.iter_mut().zip(segment.texts) {
            let Some(text) = text else { continue };
            match text.named() {
                Ok(values) => {
                    for (value, count) in values {
                        *into.entry(value).or_default() += count;
                    }
                }
                Err(error) => self.failed = Some(error),
            }
        }
    }
}

impl ValueCounts {
    /// The counts by value. The values are read in one go: to look each up is far slower.
    fn named(self) -> io::Result<HashMap<String, u64>> {
        let mut values = HashMap::new();
        let mut stream = self.column.dictionary().stream()?;
        for count in self.counts {
            if stream.advance() && count > 0 {
                values.insert(String::from_utf8_lossy(stream.key()).into_owned(), count);
            }
        }
        Ok(values)
    }
}

impl From<FacetCollector> for FacetTotals {
    fn from(counter: FacetCollector) -> Self {
        let FacetCollector { values, areas, years, months, unplaced, label_counts, .. } = counter;
        let [topics, outlets, publications, kinds] = values;
        let (districts, units) = (areas.by_name(), areas.by_path());
        let labels = label_counts;
        Self {
            topics,
            outlets,
            publications,
            kinds,
            districts,
            units,
            labels,
            years,
            months,
            unplaced,
        }
    }
}
