//! Why a search found nothing, and what would be found instead. As values: each front end puts them
//! into words.

use super::{Dimension, Selection};
use crate::search::{Archive, Explanation, Filters, Matching, Request, SearchError, Suggestion};

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
    /// The first and the last month of the archive, where dates were asked for.
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
            Matching::All => Some(archive.count(&some)?).filter(|&found| found > 0),
            Matching::Some => None,
        };
        Ok(Self {
            articles: archive.count(&Request::default())?,
            explanation: archive.explain(request)?,
            filtered: selection.is_filtered(),
            suggestions: archive.suggestions(request)?,
            months: if asks_for_dates(selection) { months(archive)? } else { None },
            with_some,
            without,
            without_filters: several.then(|| count(Filters::default())).transpose()?,
        })
    }
}

/// Whether a date may be why nothing was found. What stands before a colon can be 日期.
fn asks_for_dates(selection: &Selection) -> bool {
    let filters = &selection.request.filters;
    filters.from.is_some() || filters.to.is_some() || selection.typed.contains([':', '：'])
}

fn months(archive: &Archive) -> Result<Option<(String, String)>, SearchError> {
    let mut months = archive.facets(&Request::default())?.months;
    let last = months.pop();
    let Some(last) = last else { return Ok(None) };
    let first = months.into_iter().next().map_or_else(|| last.value.clone(), |first| first.value);
    Ok(Some((first, last.value)))
}
