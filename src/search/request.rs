//! What a front end asks for.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::RoleScope;
use super::sort::{Cursor, Sort};
use crate::model::{CivilDate, Kind, Review};
use crate::query::{Node, NodeKind, Query, ValueField};

/// A search, an export or a count: every front end builds one of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for without the others")]
pub struct Request {
    /// What the article must say.
    pub query: Query,
    /// Whether all parts of the query must match, or some are enough.
    pub matching: Matching,
    /// Whether a search lists articles with only some of the unquoted words behind those that match,
    /// the best first. Quotes, fields, excluded parts and filters hold for them too. Counts, facets
    /// and exports never speak of them.
    pub partial: bool,
    /// What must be known of it.
    pub filters: Filters,
    /// The day that 近30天 and 去年 are counted from.
    pub today: CivilDate,
    /// The order of the hits.
    pub sort: Sort,
    /// Whether articles with substantially the same text are one hit.
    pub group: bool,
    /// Hits come after this one: the next page.
    pub after: Option<Cursor>,
    /// Hits to pass over.
    pub offset: usize,
    /// Hits to give out at most.
    pub limit: usize,
    /// Whether facets are counted.
    pub facets: bool,
    /// Whether each hit says why it is one.
    pub explain: bool,
}

impl Request {
    /// The articles of these whole ids, on a day.
    #[must_use]
    pub fn of_articles<'a>(ids: impl IntoIterator<Item = &'a str>, today: CivilDate) -> Self {
        let node =
            |id: &str| Node { kind: NodeKind::Value(ValueField::Id, id.to_owned()), span: 0..0 };
        let nodes: Vec<Node> = ids.into_iter().map(node).collect();
        let root = (!nodes.is_empty()).then(|| Node::any(nodes, 0..0));
        Self { query: Query { root }, today, ..Self::default() }
    }

    /// The first and the last day that filters and query allow the date of an article; `None` is open.
    pub(super) fn days(&self) -> (Option<CivilDate>, Option<CivilDate>) {
        let Filters { from, to, .. } = self.filters;
        // Days hold also where some of the words are enough.
        let (first, last) = self.query.days(self.today);
        let to = [to, last].into_iter().flatten().min();
        (from.max(first), to)
    }

    /// Differs between requests whose hits differ or come in another order; a cursor belongs to one.
    pub(super) fn result_hash(&self) -> u32 {
        let mut hasher = DefaultHasher::new();
        let Self { query, matching, partial, filters, sort, group, .. } = self;
        query.to_string().hash(&mut hasher);
        (matching, partial, filters, sort, group).hash(&mut hasher);
        hasher.finish() as u32
    }
}

/// How much of a query an article must have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Matching {
    /// All that stands side by side.
    #[default]
    All,
    /// The same without unquoted words that only ask (哪些, 什么时候), where there are others.
    AllThatCount,
    /// Some of the unquoted words; articles with more of them, and with rarer ones, come first. Words
    /// that only ask do not count. Quotes, fields, excluded parts and filters hold as ever.
    Some,
}

/// Restrictions beside the words. An empty list restricts nothing; within a list one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filters {
    /// Names or codes of provinces, cities, districts or zones; what lies below counts. Short and
    /// former names are understood; an unknown name is an error.
    pub districts: Vec<String>,
    /// Which districts of an article this filter and the counts of districts take.
    pub role: RoleScope,
    /// Topic labels. Script, width and case make no difference here, nor in the next two; one that
    /// neither the topic table nor any article has is an error.
    pub topics: Vec<String>,
    /// Kinds of articles, any of which matches.
    pub kinds: Vec<Kind>,
    /// Whole names of outlets, as articles have them.
    pub outlets: Vec<String>,
    /// Whole names of newspapers and bulletins.
    pub publications: Vec<String>,
    /// Files, as records have them in `source`.
    pub sources: Vec<String>,
    /// Tags that people gave them; 无 stands for articles without any.
    pub tags: Vec<String>,
    /// Collections that they are in; 无 as with tags.
    pub collections: Vec<String>,
    /// Articles whose date can be this day or later.
    pub from: Option<CivilDate>,
    /// Articles whose date can be this day or earlier.
    pub to: Option<CivilDate>,
    /// Only articles with a date whose whole interval lies between `from` and `to`, and within the
    /// days that the query's date fields ask for; without such days, only those whose date is one
    /// day.
    pub certain_dates: bool,
    /// Only articles without any date.
    pub undated: bool,
    /// Articles that need review for one of these reasons.
    pub review: Vec<Review>,
}
