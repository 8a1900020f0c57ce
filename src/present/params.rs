//! The parameters of a search by the names that addresses and flags give them, and the one
//! conversion of these strings into a request.

use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::param_values::{at_most, choice, days, flag, given, kind, review, whole_number, wrong};
use super::{ParamError, ValueForm};
use crate::model::{CivilDate, Kind, Review};
use crate::query;
use crate::query::{Expansion, Synonyms};
use crate::search::{Cursor, Filters, Matching, Request, RoleScope, Sort};

/// Maximum number of hits on a page.
pub const MAX_LIMIT: usize = 100;
/// Default number of hits on a page.
pub const DEFAULT_LIMIT: usize = 20;
/// Maximum of `offset`; deeper pages need a cursor.
pub const MAX_OFFSET: usize = 10_000;

/// The parameters of a search in a URL. Unknown names are refused: a misspelt filter that is
/// silently ignored would show too much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams)]
// Also for the OpenAPI document: no parameter is required.
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a parameter of its own")]
#[into_params(parameter_in = Query)]
pub struct SearchParams {
    /// A query in the query language; empty matches every article.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(example = "氢能 地区:登封市")]
    pub q: String,
    /// Names or codes of districts, cities or provinces; an article needs only one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub district: Vec<String>,
    /// Which districts of an article `district` and the counts of districts take; those that it is
    /// about are the default.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(inline, value_type = RoleScope)]
    pub role: String,
    /// Topic labels.
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
    /// Tags that people gave; 无 for articles without any. An article needs only one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tag: Vec<String>,
    /// Collections; 无 for articles in none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub collection: Vec<String>,
    /// Dated this day or later: 2023, 2023-02 or 2023-02-10.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(pattern = "^([0-9]{4}(-(0?[1-9]|1[0-2])(-(0?[1-9]|[12][0-9]|3[01]))?)?)?$")]
    pub from: String,
    /// Dated this day or earlier; of a month or a year its last day.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(pattern = "^([0-9]{4}(-(0?[1-9]|1[0-2])(-(0?[1-9]|[12][0-9]|3[01]))?)?)?$")]
    pub to: String,
    /// Only dates that are certain to lie between `from` and `to`, or in the days that `q` asks for;
    /// without such days, only those that are known to the day.
    #[serde(skip_serializing_if = "is_false")]
    pub certain: bool,
    /// Only articles without a date.
    #[serde(skip_serializing_if = "is_false")]
    pub undated: bool,
    /// Only articles that need review for one of these reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(inline, value_type = Vec<Review>)]
    pub review: Vec<String>,
    /// Match articles that have only some of the unquoted words. By default, those that have all come
    /// first in a search and those with some of them behind, and everything else (counts, exports,
    /// feeds) speaks of those that have all.
    #[serde(skip_serializing_if = "is_false")]
    pub any: bool,
    /// Match only articles that have all of the words, those that only ask (哪些, 什么时候) too.
    #[serde(skip_serializing_if = "is_false")]
    pub all: bool,
    /// List each reprint as a separate hit.
    #[serde(skip_serializing_if = "is_false")]
    pub ungrouped: bool,
    /// Search only for the words as typed, without those from the synonyms file.
    #[serde(skip_serializing_if = "is_false")]
    pub exact: bool,
    /// The order; relevance is the default.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[param(inline, value_type = Sort)]
    pub sort: String,
    /// Hits on a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(minimum = 0, maximum = 100)]
    pub limit: Option<usize>,
    /// Hits to skip; for deep pages `after` is faster.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(minimum = 0, maximum = 10_000)]
    pub offset: Option<usize>,
    /// A cursor: the value of `next` on the previous page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// How many hits a page can have, and how many it can skip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimits {
    /// Maximum of `limit`.
    pub limit: usize,
    /// Maximum of `offset`.
    pub offset: usize,
}

/// Which articles are asked for, in which order, and which page of them.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The parameters as they were given; `q` is the query as it was typed.
    pub params: SearchParams,
    /// What the synonyms added to the query.
    pub expansions: Vec<Expansion>,
    /// The request, without facets and explanations.
    pub request: Request,
}

impl PageLimits {
    /// Those of a server, which others wait for.
    pub const SERVER: Self = Self { limit: MAX_LIMIT, offset: MAX_OFFSET };
    /// None, for a command that nobody else waits for.
    pub const NONE: Self = Self { limit: usize::MAX, offset: usize::MAX };
}

impl Selection {
    /// Whether anything beside the query restricts it.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.request.filters != Filters::default()
    }
}

impl SearchParams {
    /// Every parameter.
    pub const NAMES: [&str; 22] = [
        "q",
        "district",
        "role",
        "topic",
        "kind",
        "outlet",
        "publication",
        "tag",
        "collection",
        "from",
        "to",
        "certain",
        "undated",
        "review",
        "any",
        "all",
        "ungrouped",
        "exact",
        "sort",
        "limit",
        "offset",
        "after",
    ];

    /// Reads parameters as they stand in an address: names with values, both unescaped.
    ///
    /// # Errors
    /// When a name means nothing, stands more often than it may, or has a value that is none of
    /// its form.
    pub fn from_pairs(
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ParamError> {
        let mut read = Self::default();
        let mut seen: Vec<&'static str> = Vec::new();
        for (name, value) in pairs {
            let Some(known) = Self::NAMES.into_iter().find(|known| *known == name) else {
                return Err(ParamError::unknown(name, &Self::NAMES));
            };
            if let Some(list) = read.list(known) {
                list.push(value);
                continue;
            }
            if seen.contains(&known) {
                return Err(ParamError::Repeated { name: known });
            }
            seen.push(known);
            read.set(known, value)?;
        }
        Ok(read)
    }

    /// The values of a parameter that can have several.
    fn list(&mut self, name: &'static str) -> Option<&mut Vec<String>> {
        match name {
            "district" => Some(&mut self.district),
            "topic" => Some(&mut self.topic),
            "kind" => Some(&mut self.kind),
            "outlet" => Some(&mut self.outlet),
            "publication" => Some(&mut self.publication),
            "tag" => Some(&mut self.tag),
            "collection" => Some(&mut self.collection),
            "review" => Some(&mut self.review),
            _ => None,
        }
    }

    /// Takes the value of a parameter that has one.
    fn set(&mut self, name: &'static str, value: String) -> Result<(), ParamError> {
        match name {
            "q" => self.q = value,
            "role" => self.role = value,
            "from" => self.from = value,
            "to" => self.to = value,
            "sort" => self.sort = value,
            "after" => self.after = value,
            "certain" => self.certain = flag(name, &value)?,
            "undated" => self.undated = flag(name, &value)?,
            "any" => self.any = flag(name, &value)?,
            "all" => self.all = flag(name, &value)?,
            "ungrouped" => self.ungrouped = flag(name, &value)?,
            "exact" => self.exact = flag(name, &value)?,
            "limit" => self.limit = whole_number(name, &value)?,
            "offset" => self.offset = whole_number(name, &value)?,
            _ => return Err(ParamError::unknown(name.to_owned(), &Self::NAMES)),
        }
        Ok(())
    }

    /// The articles and the page that are asked for; `synonyms` are those of the archive. This is
    /// the one way from what was typed, in an address or on the command line, to a request.
    ///
    /// # Errors
    /// When the query, a filter, the order, or the place or size of the page cannot be understood,
    /// and when the page is beyond the limits.
    pub fn selection(
        &self,
        synonyms: &Synonyms,
        today: CivilDate,
        limits: PageLimits,
    ) -> Result<Selection, ParamError> {
        let filters = self.filters()?;
        let query = query::parse(&self.q).map_err(ParamError::Query)?;
        let (query, expansions) =
            if self.exact { (query, Vec::new()) } else { synonyms.expand(&query) };
        if self.any && self.all {
            return Err(ParamError::AnyAndAll);
        }
        let offset = self.offset.unwrap_or(0);
        if offset > 0 && !self.after.is_empty() {
            return Err(ParamError::OffsetAndAfter);
        }
        let request = Request {
            query,
            matching: match (self.any, self.all) {
                (true, _) => Matching::Some,
                (false, true) => Matching::All,
                (false, false) => Matching::AllThatCount,
            },
            partial: !self.any && !self.all,
            filters,
            today,
            sort: choice("sort", &self.sort, ValueForm::Sort)?,
            group: !self.ungrouped,
            after: self.cursor()?,
            offset: at_most("offset", offset, limits.offset)?,
            limit: at_most("limit", self.limit.unwrap_or(DEFAULT_LIMIT), limits.limit)?,
            facets: false,
            explain: false,
        };
        Ok(Selection { params: self.clone(), expansions, request })
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
            role: choice("role", &self.role, ValueForm::Role)?,
            topics: given(&self.topic),
            kinds: given(&self.kind).iter().map(|word| kind(word)).collect::<Result<_, _>>()?,
            outlets: given(&self.outlet),
            publications: given(&self.publication),
            tags: given(&self.tag),
            collections: given(&self.collection),
            from: days("from", &self.from)?.map(|days| days.first),
            to: days("to", &self.to)?.map(|days| days.last),
            sources: Vec::new(),
            certain_dates: self.certain,
            undated: self.undated,
            review: given(&self.review)
                .iter()
                .map(|word| review(word))
                .collect::<Result<_, _>>()?,
        };
        if let (Some(from), Some(to)) = (filters.from, filters.to)
            && from > to
        {
            return Err(ParamError::FromAfterTo { from, to });
        }
        if self.undated && (filters.from.is_some() || filters.to.is_some() || self.certain) {
            return Err(ParamError::UndatedWithDays);
        }
        Ok(filters)
    }

    fn cursor(&self) -> Result<Option<Cursor>, ParamError> {
        if self.after.is_empty() {
            return Ok(None);
        }
        let cursor = self.after.parse::<Cursor>();
        cursor.map(Some).map_err(|_| wrong("after", &self.after, ValueForm::Cursor))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::super::param_values::from_name;
    use super::*;

    #[test]
    fn every_parameter_has_its_name() {
        let all = ["1"].map(str::to_owned).to_vec();
        let params = SearchParams {
            q: "1".into(),
            district: all.clone(),
            role: "1".into(),
            topic: all.clone(),
            kind: all.clone(),
            outlet: all.clone(),
            publication: all.clone(),
            tag: all.clone(),
            collection: all.clone(),
            review: all,
            from: "1".into(),
            to: "1".into(),
            certain: true,
            undated: true,
            any: true,
            all: true,
            ungrouped: true,
            exact: true,
            sort: "1".into(),
            limit: Some(1),
            offset: Some(1),
            after: "1".into(),
        };
        let address = params.to_address();
        let names: Vec<&str> =
            address.split('&').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
        assert_eq!(names, SearchParams::NAMES);
    }

    #[test]
    fn every_parameter_is_read_as_it_is_written() {
        let one = |name: &str, value: &str| {
            let pairs = [(name.to_owned(), value.to_owned())];
            SearchParams::from_pairs(pairs).map(|read| read.to_address())
        };
        for name in SearchParams::NAMES {
            let written = ["1", "true"].map(|value| format!("{name}={value}"));
            let read = one(name, "1").expect(name);
            assert!(written.contains(&read), "{name}: {read}");
        }
        assert_eq!(one("undated", ""), Ok("undated=true".to_owned()));
        assert_eq!(one("limit", ""), Ok(String::new()));
        assert_eq!(one("undated", "perhaps"), Err(wrong("undated", "perhaps", ValueForm::Flag)));
        assert_eq!(one("limit", "many"), Err(wrong("limit", "many", ValueForm::WholeNumber)));
        let unknown = ParamError::unknown("colour".to_owned(), &SearchParams::NAMES);
        assert_eq!(one("colour", "red"), Err(unknown));
        let pair = |name: &str| (name.to_owned(), "甲".to_owned());
        let twice = |name| SearchParams::from_pairs([pair(name), pair(name)]);
        assert_eq!(twice("q"), Err(ParamError::Repeated { name: "q" }));
        assert_eq!(twice("topic").map(|read| read.topic.len()), Ok(2));
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        for (pairs, refused) in [
            (&[("from", "2024"), ("to", "2023")][..], None),
            (&[("undated", "1"), ("certain", "1")], Some(ParamError::UndatedWithDays)),
            (&[("offset", "3"), ("after", "1")], Some(ParamError::OffsetAndAfter)),
            (&[("any", "1"), ("all", "1")], Some(ParamError::AnyAndAll)),
            (&[("from", "2023/02")], Some(wrong("from", "2023/02", ValueForm::Days))),
            (&[("kind", "book")], Some(wrong("kind", "book", ValueForm::Kind))),
            (&[("review", "all")], Some(wrong("review", "all", ValueForm::Review))),
            (&[("sort", "best")], Some(wrong("sort", "best", ValueForm::Sort))),
            (&[("after", "甲")], Some(wrong("after", "甲", ValueForm::Cursor))),
            (&[("limit", "101")], Some(wrong("limit", "101", ValueForm::AtMost(MAX_LIMIT)))),
        ] {
            let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let read = SearchParams::from_pairs(pairs).expect("parameters");
            let today = "2024-05-01".parse().expect("a day");
            let selection = read.selection(&Synonyms::default(), today, PageLimits::SERVER);
            let error = selection.expect_err("a refusal");
            match refused {
                Some(refused) => assert_eq!(error, refused),
                None => assert!(matches!(error, ParamError::FromAfterTo { .. }), "{error}"),
            }
        }
    }

    #[test]
    fn the_page_is_limited_on_a_server_alone() {
        let today = "2024-05-01".parse().expect("a day");
        let page = |offset, limit, limits| {
            let (offset, limit) = (Some(offset), Some(limit));
            let params = SearchParams { limit, offset, ..SearchParams::default() };
            params
                .selection(&Synonyms::default(), today, limits)
                .map(|selection| (selection.request.offset, selection.request.limit))
        };
        let (offset, limit) = (MAX_OFFSET, MAX_LIMIT);
        assert_eq!(page(offset, limit, PageLimits::SERVER), Ok((offset, limit)));
        let beyond = wrong("offset", "10001", ValueForm::AtMost(MAX_OFFSET));
        assert_eq!(page(offset + 1, limit, PageLimits::SERVER), Err(beyond));
        assert_eq!(page(offset + 1, limit + 1, PageLimits::NONE), Ok((offset + 1, limit + 1)));
    }

    #[test]
    fn every_order_is_read_by_its_name() {
        for sort in Sort::ALL {
            assert_eq!(from_name(sort.as_str()), Some(sort));
        }
    }
}
