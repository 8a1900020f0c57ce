//! What a front end asks for.

use crate::model::{CivilDate, Kind};
use crate::query::Query;

/// A search, an export or a count: every front end builds one of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// What the article must say.
    pub query: Query,
    /// What must be known of it.
    pub filters: Filters,
    /// The order of the hits.
    pub sort: Sort,
    /// Hits to pass over.
    pub offset: usize,
    /// Hits to give out at most.
    pub limit: usize,
    /// Whether facets are counted.
    pub facets: bool,
}

/// Restrictions beside the words. An empty list restricts nothing; within a list one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Names or codes of provinces, cities, districts or zones; what lies below counts.
    pub districts: Vec<String>,
    /// Topic labels. Script, width and case make no difference here, nor in the next two; one that
    /// neither the topic table nor any article has is an error.
    pub topics: Vec<String>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Outlets.
    pub outlets: Vec<String>,
    /// Publications.
    pub publications: Vec<String>,
    /// Articles whose date can be this day or later.
    pub from: Option<CivilDate>,
    /// Articles whose date can be this day or earlier.
    pub to: Option<CivilDate>,
    /// Only articles whose whole date interval lies between `from` and `to`.
    pub certain_dates: bool,
    /// Only articles without any date.
    pub undated: bool,
}

/// The order of the hits. Ties are broken by the place in the archive, so that the order is total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first. How rare a word is, is told from all that the index holds: the reports on files,
    /// and for a while what was taken out of it (at most about a tenth), count too. So the scores,
    /// and the order of articles that are nearly equal, can differ a little between an index that
    /// grew and one that was built anew; literals always come before words.
    #[default]
    Relevance,
    /// Latest date first, undated last.
    Newest,
    /// Earliest date first, undated last.
    Oldest,
}
