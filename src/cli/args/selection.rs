//! Which articles: the arguments become a query with its synonyms, and filters.

use anyhow::bail;

use super::hiargs::Folders;
use super::synonyms;
use super::{FilterArgs, SelectionArgs, WordingArgs};
use crate::cli::output::failure::BadQuery;
use crate::present::Selection;
use crate::query;
use crate::query::Synonyms;
use crate::search::{Filters, Matching};

/// # Errors
/// When the query or a date cannot be understood, and when the synonyms cannot be read.
pub(crate) fn from_args(args: SelectionArgs, folders: &Folders) -> anyhow::Result<Selection> {
    of(&args.query.join(" "), &args.wording, filters(args.filters)?, folders)
}

/// # Errors
/// When the query cannot be understood, and when the synonyms cannot be read.
pub(crate) fn of(
    typed: &str,
    wording: &WordingArgs,
    filters: Filters,
    folders: &Folders,
) -> anyhow::Result<Selection> {
    let bad = |error| BadQuery { typed: typed.to_owned(), error };
    let has_texts = !query::parse(typed).map_err(bad)?.texts().is_empty();
    let synonyms = if wording.no_synonyms || !has_texts {
        Synonyms::default()
    } else {
        synonyms::read(wording.synonyms.as_deref(), &folders.corpus)?
    };
    let matching = if wording.any { Matching::Some } else { Matching::All };
    let today = jiff::Zoned::now().date();
    Ok(Selection::new(typed, &synonyms, matching, filters, today).map_err(bad)?)
}

/// # Errors
/// When two filters contradict each other.
pub(crate) fn filters(args: FilterArgs) -> anyhow::Result<Filters> {
    let filters = Filters {
        districts: args.district,
        topics: args.topic,
        kinds: args.kind,
        outlets: args.outlet,
        publications: args.publication,
        from: args.from.map(|days| days.first),
        to: args.to.map(|days| days.last),
        sources: Vec::new(),
        certain_dates: args.certain,
        last_day: args.last_day,
        undated: args.undated,
        review: args.review,
    };
    if let (Some(from), Some(to)) = (filters.from, filters.to)
        && from > to
    {
        bail!("--from {from} is later than --to {to}; exchange the two");
    }
    Ok(filters)
}
