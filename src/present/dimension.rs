//! The dimensions in which a search can be narrowed, and a search with a value more or less.

use super::SearchParams;
use crate::query;
use crate::query::{NodeKind, ValueField};
use crate::search::Filters;

/// A dimension in which a search can be narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Districts, cities, provinces.
    District,
    /// The 23 labels of the topic table; an article can have several.
    Topic,
    /// News, document, profile, photo or notice; an article has one.
    Kind,
    /// Who printed a reprinted item first, by its whole name.
    Outlet,
    /// Newspapers and bulletins.
    Publication,
    /// Tags that people gave.
    Tag,
    /// Collections.
    Collection,
    /// The first and the last day, and whether dates must lie between them for certain.
    Days,
    /// Whether dates must lie between the days for certain, or be known to the day.
    Certain,
    /// Only articles without a date.
    Undated,
    /// Reasons why an article needs review.
    Review,
}

impl Dimension {
    /// All of them, in the order in which they are listed to people.
    pub const ALL: [Self; 11] = [
        Self::District,
        Self::Topic,
        Self::Kind,
        Self::Outlet,
        Self::Publication,
        Self::Tag,
        Self::Collection,
        Self::Days,
        Self::Certain,
        Self::Undated,
        Self::Review,
    ];

    /// The parameter that has its values, or the first of those that it has.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Topic => "topic",
            Self::Kind => "kind",
            Self::Outlet => "outlet",
            Self::Publication => "publication",
            Self::Tag => "tag",
            Self::Collection => "collection",
            Self::Days => "from",
            Self::Certain => "certain",
            Self::Undated => "undated",
            Self::Review => "review",
        }
    }

    /// Takes the restrictions of this dimension away.
    pub fn clear(self, filters: &mut Filters) {
        match self {
            Self::District => (filters.districts, filters.role) = Default::default(),
            Self::Topic => filters.topics.clear(),
            Self::Kind => filters.kinds.clear(),
            Self::Outlet => filters.outlets.clear(),
            Self::Publication => filters.publications.clear(),
            Self::Tag => filters.tags.clear(),
            Self::Collection => filters.collections.clear(),
            Self::Days => {
                // What has no days to be certain of is a restriction of its own.
                filters.certain_dates &= filters.from.is_none() && filters.to.is_none();
                (filters.from, filters.to) = (None, None);
            }
            Self::Certain => filters.certain_dates = false,
            Self::Undated => filters.undated = false,
            Self::Review => filters.review.clear(),
        }
    }
}

impl SearchParams {
    /// The values that are asked for; none of what is no list.
    #[must_use]
    pub fn values(&self, dimension: Dimension) -> &[String] {
        match dimension {
            Dimension::District => &self.district,
            Dimension::Topic => &self.topic,
            Dimension::Kind => &self.kind,
            Dimension::Outlet => &self.outlet,
            Dimension::Publication => &self.publication,
            Dimension::Tag => &self.tag,
            Dimension::Collection => &self.collection,
            Dimension::Review => &self.review,
            Dimension::Days | Dimension::Certain | Dimension::Undated => &[],
        }
    }

    /// The same search, from its first page, with other values; of what is no list, as it is.
    #[must_use]
    pub fn with_values(&self, dimension: Dimension, values: Vec<String>) -> Self {
        let mut params = self.from_the_start();
        match dimension {
            Dimension::District => params.district = values,
            Dimension::Topic => params.topic = values,
            Dimension::Kind => params.kind = values,
            Dimension::Outlet => params.outlet = values,
            Dimension::Publication => params.publication = values,
            Dimension::Tag => params.tag = values,
            Dimension::Collection => params.collection = values,
            Dimension::Review => params.review = values,
            Dimension::Days | Dimension::Certain | Dimension::Undated => {}
        }
        params
    }

    /// The same search, from its first page, with a value more where it lacks it, with one less
    /// where it has it.
    #[must_use]
    pub fn toggled(&self, dimension: Dimension, value: &str) -> Self {
        let mut values = self.values(dimension).to_vec();
        let before = values.len();
        values.retain(|known| known != value);
        if values.len() == before {
            values.push(value.to_owned());
        }
        self.with_values(dimension, values)
    }

    /// The same search, from its first page, of these days; they are as they may stand in an
    /// address, and open where one is empty.
    #[must_use]
    pub fn of_days(&self, from: &str, to: &str) -> Self {
        let (from, to) = (from.to_owned(), to.to_owned());
        // What has no days to be certain of is a restriction of its own.
        let has_lost_days =
            !(self.from.is_empty() && self.to.is_empty()) && from.is_empty() && to.is_empty();
        let certain = self.certain && !has_lost_days;
        Self { from, to, certain, undated: false, ..self.from_the_start() }
    }

    /// The same search, from its first page, without the restrictions of a dimension.
    #[must_use]
    pub fn without(&self, dimension: Dimension) -> Self {
        match dimension {
            Dimension::Days => {
                let undated = self.undated;
                Self { undated, ..self.of_days("", "") }
            }
            Dimension::Certain => Self { certain: false, ..self.from_the_start() },
            Dimension::Undated => Self { undated: false, ..self.from_the_start() },
            list => self.with_values(list, Vec::new()),
        }
    }

    /// The same search, from its first page, without any restriction beside its words.
    #[must_use]
    pub fn without_filters(&self) -> Self {
        let each = Dimension::ALL.into_iter();
        each.fold(self.from_the_start(), |params, dimension| params.without(dimension))
    }

    /// The district, on the first page of a search that asks for one and nothing else.
    #[must_use]
    pub fn only_district(&self) -> Option<String> {
        let bare = Self {
            q: String::new(),
            district: Vec::new(),
            sort: String::new(),
            limit: None,
            ungrouped: false,
            ..self.clone()
        };
        if bare != Self::default() {
            return None;
        }
        let typed = query::parse(&self.q).ok()?.root.map(|root| root.kind);
        match (typed, self.district.as_slice()) {
            (None, [name]) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
            (Some(NodeKind::Value(ValueField::District, name)), []) => Some(name),
            _ => None,
        }
    }

    /// The same search for other words, from its first page.
    #[must_use]
    pub fn saying(&self, q: impl Into<String>) -> Self {
        Self { q: q.into(), ..self.from_the_start() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params() -> SearchParams {
        SearchParams {
            q: "甲".into(),
            district: vec!["乙县".into()],
            topic: vec!["能源".into()],
            kind: vec!["news".into()],
            outlet: vec!["丙报".into()],
            publication: vec!["丁报".into()],
            from: "2023".into(),
            certain: true,
            offset: Some(20),
            ..SearchParams::default()
        }
    }

    #[test]
    fn a_value_comes_and_goes_and_the_search_begins_anew() {
        let more = params().toggled(Dimension::Topic, "交通");
        assert_eq!(more.topic, ["能源", "交通"]);
        assert_eq!(more.offset, None);
        assert_eq!(more.toggled(Dimension::Topic, "交通").topic, ["能源"]);
    }

    #[test]
    fn every_parameter_is_one_of_the_address() {
        for dimension in Dimension::ALL {
            assert!(SearchParams::NAMES.contains(&dimension.parameter()), "{dimension:?}");
        }
    }

    #[test]
    fn without_a_dimension_neither_its_values_nor_its_filters_are_left() {
        let none = SearchParams { q: "甲".into(), ..SearchParams::default() };
        assert_eq!(params().without_filters(), none);
        for dimension in Dimension::ALL {
            assert!(params().without(dimension).values(dimension).is_empty());
        }
        assert!(!params().without(Dimension::Days).certain);
        let certain = SearchParams { certain: true, ..none.clone() };
        assert_eq!(certain.without(Dimension::Days), certain);
        assert_eq!(certain.without(Dimension::Certain), none);
        let undated = SearchParams { undated: true, ..none.clone() };
        assert_eq!(undated.without(Dimension::Undated), none);
        assert!(!undated.of_days("2023", "2023-02").undated);
    }

    #[test]
    fn one_district_and_nothing_else_is_told_from_other_searches() {
        let only = |q: &str, district: &[&str], topic: &[&str]| {
            let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
            let (district, topic) = (list(district), list(topic));
            SearchParams { q: q.into(), district, topic, ..SearchParams::default() }.only_district()
        };
        assert_eq!(only("", &["新密市"], &[]).as_deref(), Some("新密市"));
        assert_eq!(only("地区:新密市", &[], &[]).as_deref(), Some("新密市"));
        assert_eq!(only("地区:新密市 氢能", &[], &[]), None);
        assert_eq!(only("氢能", &["新密市"], &[]), None);
        assert_eq!(only("", &["新密市", "登封市"], &[]), None);
        assert_eq!(only("", &["新密市"], &["能源"]), None);
        assert_eq!(only("", &[], &[]), None);
    }
}
