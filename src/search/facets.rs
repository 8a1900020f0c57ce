//! Counts what the matching articles have.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::{Count, Facets};
use crate::index::names;

/// Counts values while it is told what matches.
pub(super) struct FacetCounter;

/// The fields of text that are counted, in the order of [`Tally::values`].
const TEXTS: [&str; 5] =
    [names::DISTRICT, names::TOPIC, names::OUTLET, names::PUBLICATION, names::KIND];

/// What was counted in one segment, and then in all.
#[derive(Default)]
pub(super) struct Tally {
    values: [HashMap<String, u64>; TEXTS.len()],
    months: BTreeMap<u64, u64>,
    undated: u64,
    unplaced: u64,
}

pub(super) struct SegmentTally {
    /// A segment in which no article has the field has no column.
    texts: [Option<TextTally>; TEXTS.len()],
    day: Column<u64>,
    months: BTreeMap<u64, u64>,
    undated: u64,
    unplaced: u64,
}

struct TextTally {
    column: StrColumn,
    /// Articles by number of the value.
    counts: Vec<u64>,
}

impl Collector for FacetCounter {
    type Fruit = Tally;
    type Child = SegmentTally;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentTally> {
        let fast = reader.fast_fields();
        let mut texts = [const { None }; TEXTS.len()];
        for (text, name) in texts.iter_mut().zip(TEXTS) {
            *text = fast.str(name)?.map(|column| {
                let counts = vec![0; column.num_terms()];
                TextTally { column, counts }
            });
        }
        let day = fast.u64(names::DAY)?;
        Ok(SegmentTally { texts, day, months: BTreeMap::new(), undated: 0, unplaced: 0 })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, tallies: Vec<Tally>) -> tantivy::Result<Tally> {
        let mut all = Tally::default();
        for tally in tallies {
            for (into, from) in all.values.iter_mut().zip(tally.values) {
                for (value, count) in from {
                    *into.entry(value).or_default() += count;
                }
            }
            for (month, count) in tally.months {
                *all.months.entry(month).or_default() += count;
            }
            all.undated += tally.undated;
            all.unplaced += tally.unplaced;
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = Tally;

    fn collect(&mut self, doc: DocId, _: f32) {
        let mut placed = false;
        for (index, text) in self.texts.iter_mut().enumerate() {
            let Some(TextTally { column, counts }) = text else { continue };
            for number in column.term_ords(doc) {
                placed |= index == 0;
                if let Some(count) = counts.get_mut(number as usize) {
                    *count += 1;
                }
            }
        }
        self.unplaced += u64::from(!placed);
        match self.day.first(doc).unwrap_or(0) {
            0 => self.undated += 1,
            day => *self.months.entry(day / 100).or_default() += 1,
        }
    }

    fn harvest(self) -> Tally {
        let values = self.texts.map(|text| {
            let Some(TextTally { column, counts }) = text else { return HashMap::new() };
            let mut name = String::new();
            let counted = (0..).zip(counts).filter(|(_, count)| *count > 0);
            counted
                .filter_map(|(number, count)| {
                    let known = column.ord_to_str(number, &mut name).unwrap_or(false);
                    known.then(|| (name.clone(), count))
                })
                .collect()
        });
        let Self { months, undated, unplaced, .. } = self;
        Tally { values, months, undated, unplaced }
    }
}

impl From<Tally> for Facets {
    fn from(tally: Tally) -> Self {
        let [districts, topics, outlets, publications, kinds] = tally.values.map(most_first);
        let months = tally.months.into_iter().map(|(month, count)| Count {
            value: format!("{:04}-{:02}", month / 100, month % 100),
            count,
        });
        Self {
            districts,
            topics,
            outlets,
            publications,
            kinds,
            months: months.collect(),
            undated: tally.undated,
            unplaced: tally.unplaced,
        }
    }
}

/// Most first; as many in the order of their characters.
fn most_first(values: HashMap<String, u64>) -> Vec<Count> {
    let mut counts: Vec<Count> =
        values.into_iter().map(|(value, count)| Count { value, count }).collect();
    counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
