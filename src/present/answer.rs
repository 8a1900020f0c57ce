//! The answer to a search, assembled once for every front end: the command line prints it, the
//! HTTP interface serialises it, the page renders it.
//! If nothing was found it says why and what to try instead: as values, which each front end puts
//! into words.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Dimension, Selection};
use crate::query::Expansion;
use crate::search::{
    Archive, Cursor, Explanation, Facets, Filters, Granularity, Hit, Matching, Note, Request,
    SearchError, Suggestion, Timeline, Totals,
};

/// Days that a timeline has at most: a longer span is shown by month.
const MAX_DAYS: i32 = 93;

/// A page of hits with totals, facets, notes and suggestions.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Answer {
    /// The query as it was sent.
    pub query: String,
    /// Articles that match, all pages together.
    pub total: u64,
    /// The same with reprints counted once.
    pub stories: u64,
    /// Articles that have only some of the words, and come behind those that match; `null` where
    /// none can follow, or finding them would take too long.
    #[schema(required)]
    pub partial: Option<Totals>,
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// The cursor of the next page, a value for `after`; `null` on the last page.
    #[schema(value_type = Option<String>, required)]
    pub next: Option<Cursor>,
    /// Facets of the matching articles, if requested.
    #[schema(required)]
    pub facets: Option<Facets>,
    /// Disjunctive facets: the other values of each filter; `null` without filters, or if facets
    /// were not requested.
    #[schema(required)]
    #[serde(rename = "choices")]
    pub disjunctive: Option<Facets>,
    /// Notes on how the request was interpreted.
    pub notes: Vec<Note>,
    /// Words that the synonyms file added to the query.
    pub synonyms: Vec<Expansion>,
    /// How the query was parsed, if an explanation was requested.
    #[schema(required)]
    pub explanation: Option<Explanation>,
    /// Suggested corrections, if nothing was found.
    pub suggestions: Vec<Suggestion>,
    /// Hits by day, if requested and the filters leave few enough days.
    #[serde(skip)]
    pub days: Option<Timeline>,
    /// Why nothing was found, if requested and nothing was.
    #[serde(skip)]
    pub no_hits: Option<NoHits>,
}

/// Optional parts of an answer. Each costs another pass over the matches.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each can be wanted without the others")]
pub struct Extras {
    /// Counts of what is found.
    pub facets: bool,
    /// Counts of what each filter could choose. Without filters these are the facets.
    pub disjunctive: bool,
    /// How the query was understood, and why each hit is one.
    pub explanation: bool,
    /// Counts by day, where `from` and `to` lie close together.
    pub days: bool,
    /// Why nothing was found, where nothing was.
    pub no_hits: bool,
}

impl Answer {
    /// What each filter could choose: the disjunctive counts where filters are set, else the facets.
    #[must_use]
    pub fn filter_counts(&self) -> Option<&Facets> {
        self.disjunctive.as_ref().or(self.facets.as_ref())
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
        facets: extras.facets || extras.disjunctive && !filtered,
        explain: extras.explanation,
        ..selection.request.clone()
    };
    let results = archive.search(&request)?;
    let empty = results.total == 0;
    let alone = results.partial.is_none_or(|partial| partial.articles == 0);
    let no_hits =
        (empty && alone && extras.no_hits).then(|| NoHits::of(archive, selection)).transpose()?;
    Ok(Answer {
        query: selection.params.q.clone(),
        total: results.total,
        stories: results.stories,
        partial: results.partial,
        hits: results.hits,
        next: results.next,
        facets: results.facets,
        disjunctive: (extras.disjunctive && filtered)
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

/// Why nothing was found, and what would be.
#[derive(Debug, Clone)]
pub struct NoHits {
    /// Articles of the archive. Where it is empty there is nothing more to say.
    pub articles: u64,
    /// What each part of the query finds.
    pub explanation: Explanation,
    /// Whether filters were set.
    pub filtered: bool,
    /// What may have been meant.
    pub suggestions: Vec<Suggestion>,
    /// The first and the last month that an article of the archive can be of, where something is
    /// found without the dates that were asked for.
    pub months: Option<(String, String)>,
    /// Articles with some of the words, where all were asked for and there are such.
    pub with_some: Option<u64>,
    /// Articles without each of the dimensions that filters are set in.
    pub without: Vec<(Dimension, u64)>,
    /// Articles without any filter, where several are set.
    pub without_filters: Option<u64>,
}

impl NoHits {
    /// Asks the archive what each part alone would find, and what there is without each of the
    /// filters: about three counts for each part and one for each dimension.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn of(archive: &Archive, selection: &Selection) -> Result<Self, SearchError> {
        let request = &selection.request;
        let count = |filters: Filters| archive.count(&Request { filters, ..request.clone() });
        let mut without = Vec::new();
        for dimension in Dimension::ALL {
            let mut fewer = request.filters.clone();
            dimension.clear(&mut fewer);
            if fewer != request.filters {
                without.push((dimension, count(fewer)?));
            }
        }
        let several = without.len() > 1;
        let some = Request { matching: Matching::Some, ..request.clone() };
        let with_some = match request.matching {
            Matching::All | Matching::AllThatCount => match archive.count(&some) {
                // A long text can have too many words to look for each.
                Err(SearchError::TooMuch { .. }) => None,
                count => Some(count?).filter(|&found| found > 0),
            },
            Matching::Some => None,
        };
        let explanation = archive.explain(request)?;
        let dates_are_why =
            without.iter().any(|&(what, found)| what == Dimension::Days && found > 0)
                || has_parts_of_days(request, &explanation);
        Ok(Self {
            articles: archive.count(&Request::default())?,
            explanation,
            filtered: selection.is_filtered(),
            suggestions: archive.suggestions(request)?,
            months: if dates_are_why { months(archive)? } else { None },
            with_some,
            without,
            without_filters: several.then(|| count(Filters::default())).transpose()?,
        })
    }
}

/// Whether a part of the query that asks for days is why nothing was found: without it there is
/// something.
fn has_parts_of_days(request: &Request, explanation: &Explanation) -> bool {
    let parts = request.query.parts().iter().zip(&explanation.parts);
    parts.into_iter().any(|(part, explained)| part.asks_for_days() && explained.without > 0)
}

fn months(archive: &Archive) -> Result<Option<(String, String)>, SearchError> {
    let months = archive.facets(&Request::default())?.months;
    let ends = months.first().zip(months.last());
    Ok(ends.map(|(first, last)| (first.value.to_string(), last.value.to_string())))
}
