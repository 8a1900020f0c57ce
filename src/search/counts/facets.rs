//! Counts what the matching articles have, and why they need a person's eye.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use serde::Serialize;
use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::{DocId, SegmentOrdinal, SegmentReader};
use utoipa::ToSchema;

use super::districts::DistrictCounts;
use super::period_counts::{DayColumns, PeriodCounts};
use crate::index::names;
use crate::model::Review;
use crate::query::ValueField;
use crate::search::collect::{BlockCollector, first_values};
use crate::search::labels::LabelDocs;
use crate::search::{Archive, Count, Facets, Filters, Granularity, Request, SearchError};

/// The fields of text that are counted, beside the districts.
const TEXTS: [&str; 4] = [names::TOPIC, names::OUTLET, names::PUBLICATION, names::KIND];

impl Archive {
    /// Counts what could be chosen instead: as [`Archive::facets`], but what a filter chooses from
    /// is counted as if that filter were not set; the other filters count.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn disjunctive_facets(&self, request: &Request) -> Result<Facets, SearchError> {
        self.guard(|| {
            let mut facets = self.facets(request)?;
            let without = |change: fn(&mut Filters)| {
                let mut filters = request.filters.clone();
                change(&mut filters);
                let differs = filters != request.filters;
                differs.then(|| self.facets(&Request { filters, ..request.clone() })).transpose()
            };
            if let Some(others) = without(|filters| filters.districts.clear())? {
                facets.districts = others.districts;
                facets.district_tree = others.district_tree;
                facets.unplaced = others.unplaced;
            }
            if let Some(others) = without(|filters| filters.topics.clear())? {
                facets.topics = others.topics;
            }
            if let Some(others) = without(|filters| filters.outlets.clear())? {
                facets.outlets = others.outlets;
            }
            if let Some(others) = without(|filters| filters.publications.clear())? {
                facets.publications = others.publications;
            }
            if let Some(others) = without(|filters| filters.tags.clear())? {
                facets.tags = others.tags;
            }
            if let Some(others) = without(|filters| filters.collections.clear())? {
                facets.collections = others.collections;
            }
            if let Some(others) = without(|filters| filters.kinds.clear())? {
                facets.kinds = others.kinds;
            }
            let without_dates = |filters: &mut Filters| {
                (filters.from, filters.to) = (None, None);
                (filters.certain_dates, filters.undated) = (false, false);
            };
            if let Some(others) = without(without_dates)? {
                (facets.years, facets.months) = (others.years, others.months);
                (facets.spread_years, facets.spread_months) =
                    (others.spread_years, others.spread_months);
                facets.undated = others.undated;
            }
            Ok(facets)
        })
    }

    /// Counts what the matching articles have.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn facets(&self, request: &Request) -> Result<Facets, SearchError> {
        self.guard(|| {
            let labels = self.label_docs()?;
            let mut counter = FacetCollector {
                values: Default::default(),
                label_counts: vec![0; labels.len()],
                labels,
                at: 0,
                areas: DistrictCounts::new(self.district_paths()?, request.filters.role),
                years: PeriodCounts::within(Granularity::Year, request.days()),
                months: PeriodCounts::within(Granularity::Month, request.days()),
                unplaced: 0,
                segment: None,
                failed: None,
            };
            self.collect(&*self.matching(request)?, &mut [&mut counter])?;
            counter.close();
            match counter.failed {
                Some(error) => Err(self.engine_error(&error)),
                None => Ok(counter.into()),
            }
        })
    }
}

/// What was counted so far, in all segments.
struct FacetCollector {
    values: [HashMap<String, u64>; TEXTS.len()],
    labels: Arc<LabelDocs>,
    label_counts: Vec<u64>,
    /// The segment that is counted.
    at: usize,
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
        self.at = at as usize;
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

impl From<FacetCollector> for Facets {
    fn from(counter: FacetCollector) -> Self {
        let FacetCollector { values, labels, label_counts, areas, years, months, unplaced, .. } =
            counter;
        let [topics, outlets, publications, kinds] = values.map(most_first);
        Self {
            districts: most_first(areas.by_name()),
            district_tree: areas.tree(),
            topics,
            outlets,
            publications,
            kinds,
            tags: most_first(labels.named(ValueField::Tag, &label_counts)),
            collections: most_first(labels.named(ValueField::Collection, &label_counts)),
            years: years.periods(),
            months: months.periods(),
            spread_years: years.spread(),
            spread_months: months.spread(),
            undated: months.undated(),
            unplaced,
        }
    }
}

/// Most first; as many in the order of their characters.
pub(super) fn most_first(values: HashMap<String, u64>) -> Vec<Count> {
    let mut counts: Vec<Count> =
        values.into_iter().map(|(value, count)| Count { value, count }).collect();
    counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// A reason for review and the number of articles that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReviewCount {
    /// The reason.
    pub review: Review,
    /// Number of articles.
    pub count: u64,
}

impl Archive {
    /// Counts the matching articles that need a person's eye, for each reason, in the order of
    /// [`Review::ALL`]; an article can have several. The filter by such reasons is passed over.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn review_counts(&self, request: &Request) -> Result<Vec<ReviewCount>, SearchError> {
        self.guard(|| {
            let count = |review| {
                let filters = Filters { review: vec![review], ..request.filters.clone() };
                let count = self.count(&Request { filters, ..request.clone() })?;
                Ok(ReviewCount { review, count })
            };
            Review::ALL.into_iter().map(count).collect()
        })
    }
}
