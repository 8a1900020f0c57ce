//! Which articles: the query as it was typed, parsed and widened by synonyms, and the filters.

use anyhow::bail;

use super::args::{FilterArgs, WhatArgs, WordingArgs};
use super::failure::BadQuery;
use super::job::Folders;
use super::synonyms;
use crate::model::CivilDate;
use crate::query::{self, Expansion, Query, Synonyms};
use crate::search::{Filters, Matching, Request};

/// Which articles.
#[derive(Debug, Clone)]
pub(super) struct What {
    /// The query as it was typed, for messages.
    pub typed: String,
    /// With its synonyms.
    pub query: Query,
    /// What the synonyms added.
    pub expansions: Vec<Expansion>,
    pub matching: Matching,
    pub filters: Filters,
    /// The civil day here and now, by which 近30天 is understood.
    pub today: CivilDate,
}

impl What {
    /// # Errors
    /// When the query or a date cannot be understood, and when the synonyms cannot be read.
    pub(super) fn from_args(args: WhatArgs, folders: &Folders) -> anyhow::Result<Self> {
        Self::new(&args.query.join(" "), &args.wording, filters(args.filters)?, folders)
    }

    /// # Errors
    /// When the query cannot be understood, and when the synonyms cannot be read.
    pub(super) fn new(
        typed: &str,
        wording: &WordingArgs,
        filters: Filters,
        folders: &Folders,
    ) -> anyhow::Result<Self> {
        let query =
            query::parse(typed).map_err(|error| BadQuery { typed: typed.to_owned(), error })?;
        let synonyms = if wording.no_synonyms || query.texts().is_empty() {
            Synonyms::default()
        } else {
            synonyms::read(wording.synonyms.as_deref(), &folders.corpus)?
        };
        let (query, expansions) = synonyms.expand(&query);
        Ok(Self {
            typed: typed.to_owned(),
            query,
            expansions,
            matching: if wording.any { Matching::Some } else { Matching::All },
            filters,
            today: jiff::Zoned::now().date(),
        })
    }

    /// A request for all of these articles, in the order of relevance.
    pub(super) fn request(&self) -> Request {
        Request {
            query: self.query.clone(),
            matching: self.matching,
            filters: self.filters.clone(),
            today: self.today,
            ..Request::default()
        }
    }
}

/// # Errors
/// When two filters contradict each other.
pub(super) fn filters(args: FilterArgs) -> anyhow::Result<Filters> {
    let filters = Filters {
        districts: args.district,
        topics: args.topic,
        kinds: args.kind,
        outlets: args.outlet,
        publications: args.publication,
        from: args.from.map(|days| days.first),
        to: args.to.map(|days| days.last),
        certain_dates: args.certain,
        undated: args.undated,
    };
    if let (Some(from), Some(to)) = (filters.from, filters.to)
        && from > to
    {
        bail!("--from {from} is later than --to {to}; exchange the two");
    }
    Ok(filters)
}
