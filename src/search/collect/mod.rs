//! What is gathered from the documents that match: the first of them, all of them, or numbers of
//! them?

mod all_hits;
mod collector;
mod group_counts;
mod seen_groups;
mod top_hits;

pub(super) use all_hits::AllHits;
pub(super) use collector::{BlockCollector, collect};
pub(super) use group_counts::GroupCounts;
pub(super) use seen_groups::SeenGroups;
pub(super) use top_hits::TopHits;
