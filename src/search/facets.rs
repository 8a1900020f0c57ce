//! Counts what the matching articles have.

use std::collections::{BTreeMap, HashMap};
use std::io;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Cardinality, Column, StrColumn};
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
    /// Articles by month, YYYYMM; the month of the last article is the last one.
    months: Vec<(u64, u64)>,
    undated: u64,
    unplaced: u64,
    /// First values of a block of articles.
    firsts: Vec<Option<u64>>,
}

struct TextTally {
    column: StrColumn,
    /// Whether an article can have several values.
    several: bool,
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
                let several = column.ords().get_cardinality() == Cardinality::Multivalued;
                TextTally { column, several, counts }
            });
        }
        let day = fast.u64(names::DAY)?;
        let (months, firsts) = (Vec::new(), Vec::new());
        Ok(SegmentTally { texts, day, months, undated: 0, unplaced: 0, firsts })
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
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        let mut placed = 0;
        for (index, text) in self.texts.iter_mut().enumerate() {
            let Some(TextTally { column, several, counts }) = text else { continue };
            first_values(column.ords(), docs, &mut self.firsts);
            if index == 0 {
                placed = self.firsts.iter().flatten().count();
            }
            let mut count = |number: u64| {
                if let Some(count) = counts.get_mut(number as usize) {
                    *count += 1;
                }
            };
            if *several {
                docs.iter().flat_map(|&doc| column.term_ords(doc)).for_each(count);
            } else {
                self.firsts.iter().flatten().for_each(|&number| count(number));
            }
        }
        self.unplaced += (docs.len() - placed) as u64;
        first_values(&self.day, docs, &mut self.firsts);
        for day in &self.firsts {
            let month = day.unwrap_or(0) / 100;
            if month == 0 {
                self.undated += 1;
            } else if let Some((last, count)) = self.months.last_mut()
                && *last == month
            {
                *count += 1;
            } else {
                let known = self.months.iter().position(|&(known, _)| known == month);
                let mut of_month = known.map_or((month, 0), |at| self.months.swap_remove(at));
                of_month.1 += 1;
                self.months.push(of_month);
            }
        }
    }

    fn harvest(self) -> Tally {
        let values =
            self.texts.map(|text| text.and_then(|text| text.named().ok()).unwrap_or_default());
        let Self { months, undated, unplaced, .. } = self;
        Tally { values, months: months.into_iter().collect(), undated, unplaced }
    }
}

/// The first value of each article. The engine leaves the slot of an article without a value as it
/// is, so that what another block or column put there must go before.
fn first_values(column: &Column<u64>, docs: &[DocId], firsts: &mut Vec<Option<u64>>) {
    firsts.clear();
    firsts.resize(docs.len(), None);
    column.first_vals(docs, firsts);
}

impl TextTally {
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
