//! Articles with substantially the same text.

use super::EmbeddedEngine;
use super::group_counts::GroupCounts;
use super::sort_keys::segment_ranks;
use crate::search::plan::Condition;
use crate::search::{Address, SearchError, Totals};

impl EmbeddedEngine {
    /// Counts the articles that match, and with reprints once.
    pub(crate) fn totals(&self, matching: &Condition) -> Result<Totals, SearchError> {
        let mut counts = GroupCounts::new(&self.ranks, true);
        self.collect(matching, &mut counts)?;
        Ok(Totals { articles: counts.articles(), stories: counts.stories() })
    }

    /// The articles with substantially the same text as one, that one included; none where no other has
    /// it.
    pub(crate) fn same_story(&self, address: Address) -> Vec<Address> {
        let segments = || (0..).zip(self.searcher.segment_readers());
        let Some(ranks) = self.ranks.stored() else { return Vec::new() };
        let own = segment_ranks(ranks, self.searcher.segment_reader(address.part));
        let group = own.map_or(0, |own| own.of(address.number).group);
        let mut found = Vec::new();
        for (part, reader) in segments().filter(|_| group != 0) {
            let members = segment_ranks(ranks, reader);
            let members = members.iter().flat_map(|all| all.members(group));
            found.extend(members.map(|number| Address { part, number }));
        }
        found
    }
}
