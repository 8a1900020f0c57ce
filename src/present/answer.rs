//! The answer to a search, assembled once for every front end: the command line prints it, the
//! HTTP interface serialises it, the page renders it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{NoHits, Selection};
use crate::query::Expansion;
use crate::search::{
    Archive, Cursor, Explanation, Facets, Granularity, Hit, Note, Request, SearchError, Suggestion,
    Timeline,
};

/// Days that a timeline has at most: a longer span is shown by month.
const MAX_DAYS: i32 = 93;

/// A page of hits with all that is said about them.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Answer {
    /// The query as it was sent.
    pub query: String,
    /// Articles that match, all pages together.
    pub total: u64,
    /// The same with reprints counted once.
    pub stories: u64,
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// The next page, as a value for `after`; `null` after the last hit.
    #[schema(value_type = Option<String>, required)]
    pub next: Option<Cursor>,
    /// Counts of what is found, if they were asked for.
    #[schema(required)]
    pub facets: Option<Facets>,
    /// What else each filter could choose; `null` without filters, or if facets were not asked for.
    #[schema(required)]
    pub choices: Option<Facets>,
    /// What a person should know about how the request was understood.
    pub notes: Vec<Note>,
    /// Words that were added because they are written down as meaning the same.
    pub synonyms: Vec<Expansion>,
    /// How the query was understood, if that was asked for.
    #[schema(required)]
    pub explanation: Option<Explanation>,
    /// What may have been meant, where nothing was found.
    pub suggestions: Vec<Suggestion>,
    /// What is found by day, if that was asked for and the filters leave few enough days.
    #[serde(skip)]
    pub days: Option<Timeline>,
    /// Why nothing was found, if that was asked for and nothing was.
    #[serde(skip)]
    pub no_hits: Option<NoHits>,
}

/// What an answer is to hold beside the hits. Each costs a count of its own.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each can be wanted without the others")]
pub struct Extras {
    /// Counts of what is found.
    pub facets: bool,
    /// Counts of what each filter could choose. Without filters these are the facets.
    pub choices: bool,
    /// How the query was understood, and why each hit is one.
    pub explanation: bool,
    /// Counts by day, where `from` and `to` lie close together.
    pub days: bool,
    /// Why nothing was found, where nothing was.
    pub no_hits: bool,
}

impl Answer {
    /// What each filter could choose: the choices where filters are set, else the facets.
    #[must_use]
    pub fn filter_counts(&self) -> Option<&Facets> {
        self.choices.as_ref().or(self.facets.as_ref())
    }
}

/// Searches, and gathers what is to be said about what is found.
///
/// # Errors
/// As [`Archive::search`].
pub fn search(
    archive: &Archive,
    selection: &Selection,
    extras: Extras,
) -> Result<Answer, SearchError> {
    let filtered = selection.is_filtered();
    let request = Request {
        facets: extras.facets || extras.choices && !filtered,
        explain: extras.explanation,
        ..selection.request.clone()
    };
    let results = archive.search(&request)?;
    let empty = results.total == 0;
    let no_hits = (empty && extras.no_hits).then(|| NoHits::of(archive, selection)).transpose()?;
    Ok(Answer {
        query: selection.typed.clone(),
        total: results.total,
        stories: results.stories,
        hits: results.hits,
        next: results.next,
        facets: results.facets,
        choices: (extras.choices && filtered)
            .then(|| archive.disjunctive_facets(&request))
            .transpose()?,
        notes: results.notes,
        synonyms: selection.expansions.clone(),
        explanation: extras.explanation.then(|| archive.explain(&request)).transpose()?,
        suggestions: match &no_hits {
            Some(no_hits) => no_hits.suggestions.clone(),
            None if empty => archive.suggestions(&request)?,
            None => Vec::new(),
        },
        days: if extras.days { days(archive, &request)? } else { None },
        no_hits,
    })
}

/// What is found by day, where the filters leave so few.
fn days(archive: &Archive, request: &Request) -> Result<Option<Timeline>, SearchError> {
    let (Some(from), Some(to)) = (request.filters.from, request.filters.to) else {
        return Ok(None);
    };
    let few = to.since(from).is_ok_and(|span| span.get_days() < MAX_DAYS);
    few.then(|| archive.timeline(request, Granularity::Day)).transpose()
}
