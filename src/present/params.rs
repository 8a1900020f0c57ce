//! The parameters of a search by the names that addresses and flags give them, and the one
//! conversion of these strings into a request.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::IntoParams;

use super::{Days, sentences};
use crate::model::{CivilDate, Kind, Review, filled};
use crate::query;
use crate::query::{Expansion, ParseError, Synonyms};
use crate::search::{Cursor, Filters, Matching, Request, Sort};

/// Hits on one page at most.
pub const MAX_LIMIT: usize = 100;
/// Hits on one page, where nobody says how many.
pub const DEFAULT_LIMIT: usize = 20;
/// Hits that can be passed over: further on, `after` is the way.
pub const MAX_OFFSET: usize = 10_000;

/// A search as it stands in an address. Names that mean nothing are refused: a filter that is
/// misspelt and silently passed over would show too much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a parameter of its own")]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// What the articles say, in the query language; empty for all of them.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(example = "氢能 地区:登封市")]
    pub q: String,
    /// Names or codes of districts, cities or provinces; one of several is enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub district: Vec<String>,
    /// Topics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topic: Vec<String>,
    /// Kinds of articles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(inline, value_type = Vec<Kind>)]
    pub kind: Vec<String>,
    /// Outlets, by their whole names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outlet: Vec<String>,
    /// Newspapers and bulletins, by their whole names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub publication: Vec<String>,
    /// Dated this day or later: 2023, 2023-02 or 2023-02-10.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(pattern = "^([0-9]{4}(-(0?[1-9]|1[0-2])(-(0?[1-9]|[12][0-9]|3[01]))?)?)?$")]
    pub from: String,
    /// Dated this day or earlier; of a month or a year its last day.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(pattern = "^([0-9]{4}(-(0?[1-9]|1[0-2])(-(0?[1-9]|[12][0-9]|3[01]))?)?)?$")]
    pub to: String,
    /// Only dates that certainly lie between `from` and `to`.
    #[serde(skip_serializing_if = "is_false", deserialize_with = "yes_or_no")]
    pub certain: bool,
    /// `from` and `to` speak of the last day that a date can be: the one on which an article is
    /// counted by month and year.
    #[serde(skip_serializing_if = "is_false", deserialize_with = "yes_or_no")]
    pub last: bool,
    /// Only articles without a date.
    #[serde(skip_serializing_if = "is_false", deserialize_with = "yes_or_no")]
    pub undated: bool,
    /// Only what needs a person's eye.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(inline, value_type = Vec<Review>)]
    pub review: Vec<String>,
    /// Some of the words are enough.
    #[serde(skip_serializing_if = "is_false", deserialize_with = "yes_or_no")]
    pub any: bool,
    /// Each reprint as a hit of its own.
    #[serde(skip_serializing_if = "is_false", deserialize_with = "yes_or_no")]
    pub ungrouped: bool,
    /// Only the words as they are typed, without those that are written down as meaning the same.
    #[serde(skip_serializing_if = "is_false", deserialize_with = "yes_or_no")]
    pub exact: bool,
    /// The order; relevance is the usual one.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(inline, value_type = Sort)]
    pub sort: String,
    /// Hits on a page.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "number")]
    #[param(minimum = 0, maximum = 100)]
    pub limit: Option<usize>,
    /// Hits to pass over; for what lies far behind, `after` is faster.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "number")]
    #[param(minimum = 0, maximum = 10_000)]
    pub offset: Option<usize>,
    /// The page behind this mark, which the page before gave as `next`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// Which articles are asked for, in which order, and which page of them.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The query as it was typed, for messages.
    pub typed: String,
    /// What the synonyms added to the query.
    pub expansions: Vec<Expansion>,
    /// The request, without facets and explanations.
    pub request: Request,
}

impl Selection {
    /// Whether anything beside the query restricts it.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.request.filters != Filters::default()
    }
}

/// Why what was asked cannot be answered, whatever the archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParamError {
    /// The query string is none.
    #[error("{}", filled(sentences::QUERY, &[.0]))]
    Query(ParseError),
    /// A parameter has a value that it cannot have.
    #[error("{}", filled(sentences::VALUE, &[name, typed, expected]))]
    Value {
        /// The parameter.
        name: &'static str,
        /// Its value.
        typed: String,
        /// What it can be.
        expected: String,
    },
    /// Two parameters exclude each other.
    #[error("{0}")]
    Contradiction(String),
}

impl SearchParams {
    /// Every parameter.
    pub const NAMES: [&str; 19] = [
        "q",
        "district",
        "topic",
        "kind",
        "outlet",
        "publication",
        "from",
        "to",
        "certain",
        "last",
        "undated",
        "review",
        "any",
        "ungrouped",
        "exact",
        "sort",
        "limit",
        "offset",
        "after",
    ];

    /// The articles and the page that are asked for; `synonyms` are those of the archive. This is
    /// the one way from what was typed, in an address or on the command line, to a request.
    ///
    /// # Errors
    /// When the query, a filter, the order, or the place or size of the page cannot be understood.
    pub fn selection(
        &self,
        synonyms: &Synonyms,
        today: CivilDate,
    ) -> Result<Selection, ParamError> {
        let filters = self.filters()?;
        let query = query::parse(&self.q).map_err(ParamError::Query)?;
        let (query, expansions) =
            if self.exact { (query, Vec::new()) } else { synonyms.expand(&query) };
        let offset = self.offset.unwrap_or(0);
        if offset > 0 && !self.after.is_empty() {
            return Err(ParamError::Contradiction(sentences::APART.to_owned()));
        }
        let request = Request {
            query,
            matching: if self.any { Matching::Some } else { Matching::All },
            filters,
            today,
            sort: self.sort()?,
            group: !self.ungrouped,
            after: self.cursor()?,
            offset: at_most("offset", offset, MAX_OFFSET)?,
            limit: at_most("limit", self.limit.unwrap_or(DEFAULT_LIMIT), MAX_LIMIT)?,
            facets: false,
            explain: false,
        };
        Ok(Selection { typed: self.q.clone(), expansions, request })
    }

    /// The parameters as they stand behind the `?` of an address; the default ones are left out.
    #[must_use]
    pub fn to_address(&self) -> String {
        // Strings, numbers and lists of strings can always be written.
        serde_html_form::to_string(self).unwrap_or_default()
    }

    /// The same search from its first page.
    #[must_use]
    pub fn from_the_start(&self) -> Self {
        Self { after: String::new(), offset: None, ..self.clone() }
    }

    fn filters(&self) -> Result<Filters, ParamError> {
        let filters = Filters {
            districts: given(&self.district),
            topics: given(&self.topic),
            kinds: given(&self.kind).iter().map(|word| kind(word)).collect::<Result<_, _>>()?,
            outlets: given(&self.outlet),
            publications: given(&self.publication),
            from: days("from", &self.from)?.map(|days| days.first),
            to: days("to", &self.to)?.map(|days| days.last),
            sources: Vec::new(),
            certain_dates: self.certain,
            last_day: self.last,
            undated: self.undated,
            review: given(&self.review)
                .iter()
                .map(|word| review(word))
                .collect::<Result<_, _>>()?,
        };
        if let (Some(from), Some(to)) = (filters.from, filters.to)
            && from > to
        {
            let message = filled(sentences::BACKWARDS, &[&from, &to]);
            return Err(ParamError::Contradiction(message));
        }
        if self.undated && (filters.from.is_some() || filters.to.is_some() || self.certain) {
            return Err(ParamError::Contradiction(sentences::UNDATED.to_owned()));
        }
        Ok(filters)
    }

    fn sort(&self) -> Result<Sort, ParamError> {
        match self.sort.as_str() {
            "" | "relevance" => Ok(Sort::Relevance),
            "newest" => Ok(Sort::Newest),
            "oldest" => Ok(Sort::Oldest),
            _ => Err(wrong("sort", &self.sort, sentences::A_SORT)),
        }
    }

    fn cursor(&self) -> Result<Option<Cursor>, ParamError> {
        if self.after.is_empty() {
            return Ok(None);
        }
        let cursor = self.after.parse::<Cursor>();
        cursor.map(Some).map_err(|error| wrong("after", &self.after, &error.to_string()))
    }
}

/// The values that are not empty: a form sends a field that nobody filled in.
fn given(values: &[String]) -> Vec<String> {
    let values = values.iter().map(|value| value.trim());
    values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

fn kind(word: &str) -> Result<Kind, ParamError> {
    let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == word);
    known.ok_or_else(|| wrong("kind", word, sentences::A_KIND))
}

fn review(word: &str) -> Result<Review, ParamError> {
    Review::from_word(word).ok_or_else(|| wrong("review", word, sentences::A_REVIEW))
}

fn days(name: &'static str, typed: &str) -> Result<Option<Days>, ParamError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    typed
        .parse()
        .map(Some)
        .map_err(|error: super::DaysError| wrong(name, typed, &error.to_string()))
}

fn at_most(name: &'static str, value: usize, most: usize) -> Result<usize, ParamError> {
    if value > most {
        return Err(wrong(name, &value.to_string(), &filled(sentences::AT_MOST, &[&most])));
    }
    Ok(value)
}

fn wrong(name: &'static str, typed: &str, expected: &str) -> ParamError {
    ParamError::Value { name, typed: typed.to_owned(), expected: expected.to_owned() }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// `1`, `true`, `on` and the empty value (`&any`) are yes, as forms and people write it.
fn yes_or_no<'de, D: serde::Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    match String::deserialize(from)?.as_str() {
        "1" | "true" | "on" | "yes" | "" => Ok(true),
        "0" | "false" | "off" | "no" => Ok(false),
        other => Err(serde::de::Error::custom(filled(sentences::A_FLAG, &[&other]))),
    }
}

fn number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<usize>, D::Error> {
    let typed = String::deserialize(from)?;
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse().map(Some);
    number.map_err(|_| serde::de::Error::custom(filled(sentences::A_NUMBER, &[&typed])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_its_name() {
        let all = ["1"].map(str::to_owned).to_vec();
        let asked = SearchParams {
            q: "1".into(),
            district: all.clone(),
            topic: all.clone(),
            kind: all.clone(),
            outlet: all.clone(),
            publication: all.clone(),
            review: all,
            from: "1".into(),
            to: "1".into(),
            certain: true,
            last: true,
            undated: true,
            any: true,
            ungrouped: true,
            exact: true,
            sort: "1".into(),
            limit: Some(1),
            offset: Some(1),
            after: "1".into(),
        };
        let address = asked.to_address();
        let names: Vec<&str> =
            address.split('&').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
        assert_eq!(names, SearchParams::NAMES);
    }
}
