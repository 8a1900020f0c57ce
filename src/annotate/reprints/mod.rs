//! Which articles print the same item as an earlier one?
//!
//! Near-duplicate detection over a whole archive. Candidate pairs (`candidates`) share a low hash
//! of their FracMinHash sketches (`sketch`, of the hashes in `shingles`) and are of similar length.
//! What two candidates have in common (`passages`, `long_passages`) and what not (`replaced`)
//! decides whether they are the same item (`item`). Each group is gathered around its earliest article (`groups`).
//!
//! Whether two articles are the same item depends on these two alone, and whether they are
//! candidates on the articles that share a hash with both. So an archive that has changed a little
//! is grouped again by looking at little (`regroup`), with the same result.

mod candidates;
mod groups;
mod item;
mod long_passages;
mod passages;
mod regroup;
mod replaced;
mod shingles;
pub(crate) mod sketch;

pub(crate) use groups::DecidedReprints;
pub use item::{ArticleComparison, ComparedArticle, Separation, compare_articles};
pub(crate) use regroup::{DecidedPair, Presence, Regrouped, regroup};
use sketch::Sketch;

/// An article as the input of grouping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchedArticle {
    /// Sketch of the body.
    pub sketch: Sketch,
    /// The day of print as the number yyyymmdd. It is the day of the issue, not of the news: a
    /// reprint may state the latter where the original does not.
    pub date_key: Option<u32>,
    /// Position in the archive, which breaks ties of equal or unknown days.
    pub order: u64,
    /// Tells the article from all others, whatever else is in the archive.
    pub key: u64,
}

impl SketchedArticle {
    /// Sorts by date, undated items last.
    fn age(&self) -> (bool, Option<u32>, u64) {
        (self.date_key.is_none(), self.date_key, self.order)
    }
}

/// Returns for each item the position of the earliest one that it reprints; `None` for that one
/// itself and for items without a group.
///
/// `is_same` is called with positions of candidates and says whether they are the same item, as
/// [`compare_articles`] does. The groups depend neither on the order of `items` nor on that of the
/// calls; the time is nearly linear in the number of items.
pub fn group_reprints(
    items: &[SketchedArticle],
    mut is_same: impl FnMut(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    let present = |_| Presence { before: false, now: true };
    let never_fails = |a, b| Ok::<bool, std::convert::Infallible>(is_same(a, b));
    match regroup(items, present, &[], &DecidedReprints::new(), never_fails) {
        Ok(regrouped) => regrouped.first_of,
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests;
