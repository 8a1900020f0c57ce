//! The names of an archive's districts, topics, outlets, publications and indicators, read once, and
//! those of them that what is being typed is a part of.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};

use super::candidate::{Candidate, CompletionKind};
use crate::index::{PATH_SEPARATOR, figure_key, listed_names};
use crate::query::{Unfinished, ValueField};
use crate::search::plan::texts::folded;
use crate::search::{AreaCount, Count, Facets};

/// The names with the numbers of their articles.
#[derive(Debug)]
pub(crate) struct ArchiveValues {
    districts: Vec<Name>,
    topics: Vec<Name>,
    outlets: Vec<Name>,
    publications: Vec<Name>,
    indicators: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    text: String,
    folded: String,
    /// What it lies in, from the province down; empty where that is not one place.
    within: Vec<String>,
    /// For each place of the name all names from the province down in one, folded, and where in it
    /// its own begins (bytes).
    paths: Vec<(String, usize)>,
    /// What else an indicator is called, folded.
    aliases: Vec<String>,
    /// Number of articles that a query for it alone finds.
    articles: u64,
}

impl From<Facets> for ArchiveValues {
    fn from(facets: Facets) -> Self {
        // A topic is compared as a whole, the other two by a part.
        let topics = facets.topics.into_iter().map(|count| Name::new(count.value, count.count));
        Self {
            districts: districts(&facets.district_tree, &facets.districts),
            topics: topics.collect(),
            outlets: compared_by_a_part(facets.outlets),
            publications: compared_by_a_part(facets.publications),
            indicators: Vec::new(),
        }
    }
}

impl ArchiveValues {
    /// Adds the indicators that articles state, by their folded names.
    pub(crate) fn add_indicators(&mut self, counts: &[Count]) {
        let mut aliases: HashMap<String, Vec<String>> = HashMap::new();
        for (alias, name) in listed_names() {
            aliases.entry(figure_key(name)).or_default().push(folded(alias));
        }
        let names = counts.iter().map(|Count { value, count }| Name {
            aliases: aliases.remove(value).unwrap_or_default(),
            ..Name::new(value.clone(), *count)
        });
        self.indicators = names.collect();
    }

    /// The values of a field that what was typed is a part of, at most `limit`: those that begin with
    /// it first, then those of most articles.
    pub(super) fn candidates(
        &self,
        end: &Unfinished,
        field: ValueField,
        limit: usize,
    ) -> VecDeque<Candidate> {
        let (kind, names) = match field {
            ValueField::District | ValueField::NamedDistrict => {
                (CompletionKind::District, &self.districts)
            }
            ValueField::Topic => (CompletionKind::Topic, &self.topics),
            ValueField::Outlet => (CompletionKind::Outlet, &self.outlets),
            ValueField::Publication => (CompletionKind::Publication, &self.publications),
            ValueField::Indicator => (CompletionKind::Indicator, &self.indicators),
            _ => return VecDeque::new(),
        };
        let typed = folded(end.text().trim()).replace(PATH_SEPARATOR, "");
        let fitting = names.iter().filter_map(|name| Some((name.fit(&typed)?, name)));
        let mut fitting: Vec<(Fit, &Name)> = fitting.collect();
        fitting.sort_by_key(|(fit, name)| (*fit, Reverse(name.articles), &name.text));
        // Districts are counted as those that articles are about.
        let is_counted = end.is_alone() && field != ValueField::NamedDistrict;
        let candidates = fitting.into_iter().take(limit).map(|(_, name)| Candidate {
            kind,
            text: name.text.clone(),
            within: name.within.clone(),
            articles: is_counted.then_some(name.articles),
            query: end.with_value(field, &name.text),
        });
        candidates.collect()
    }
}

/// How what was typed stands in a name, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Begins,
    Inside,
    /// In the names from the province down, up to this one.
    Path,
    /// In another name of an indicator.
    Alias,
}

impl Name {
    fn new(text: String, articles: u64) -> Self {
        let folded = folded(&text);
        let (within, paths, aliases) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, folded, within, paths, aliases, articles }
    }

    fn fit(&self, typed: &str) -> Option<Fit> {
        if self.folded.starts_with(typed) {
            return Some(Fit::Begins);
        }
        if self.folded.contains(typed) {
            return Some(Fit::Inside);
        }
        // What lies in 郑州市 is not called so.
        let reaches = |(path, own): &(String, usize)| {
            path.rfind(typed).is_some_and(|at| at + typed.len() > *own)
        };
        if self.paths.iter().any(reaches) {
            return Some(Fit::Path);
        }
        self.aliases.iter().any(|alias| alias.contains(typed)).then_some(Fit::Alias)
    }
}

/// Names that a query finds by a part of them: 新乡日报 finds 新乡日报社 too.
fn compared_by_a_part(counts: Vec<Count>) -> Vec<Name> {
    let mut names: Vec<Name> =
        counts.into_iter().map(|count| Name::new(count.value, count.count)).collect();
    let all: Vec<u64> = names
        .iter()
        .map(|name| {
            let found = names.iter().filter(|other| other.folded.contains(&name.folded));
            found.map(|other| other.articles).sum()
        })
        .collect();
    for (name, articles) in names.iter_mut().zip(all) {
        name.articles = articles;
    }
    names
}

/// The names of a tree of districts. Those that articles name themselves are counted by name.
fn districts(tree: &[AreaCount], by_name: &[Count]) -> Vec<Name> {
    let counts: BTreeMap<&str, u64> =
        by_name.iter().map(|count| (count.value.as_str(), count.count)).collect();
    let mut names: BTreeMap<String, Name> = BTreeMap::new();
    add_districts(tree, &mut Vec::new(), &mut names);
    for name in names.values_mut() {
        if let Some(&count) = counts.get(name.text.as_str()) {
            name.articles = count;
        }
    }
    names.into_values().collect()
}

fn add_districts<'a>(
    tree: &'a [AreaCount],
    within: &mut Vec<&'a str>,
    names: &mut BTreeMap<String, Name>,
) {
    for area in tree {
        let above = folded(&within.concat());
        let path = (format!("{above}{}", folded(&area.name)), above.len());
        let own_within = || within.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        match names.get_mut(&area.name) {
            None => {
                let name = Name::new(area.name.clone(), area.count);
                let name = Name { within: own_within(), paths: vec![path], ..name };
                names.insert(area.name.clone(), name);
            }
            Some(known) => {
                known.articles += area.count;
                known.paths.push(path);
                known.within.clear();
            }
        }
        within.push(&area.name);
        add_districts(&area.within, within, names);
        within.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(name: &str, count: u64, within: Vec<AreaCount>) -> AreaCount {
        AreaCount { name: name.into(), count, within }
    }

    fn offered(values: &ArchiveValues, typed: &str) -> Vec<(String, Option<u64>)> {
        let end = Unfinished::of(typed).expect(typed);
        let found = values.candidates(&end, ValueField::District, 9).into_iter();
        found.map(|candidate| (candidate.query, candidate.articles)).collect()
    }

    #[test]
    fn an_indicator_is_found_by_its_other_names_too() {
        let mut values = ArchiveValues::from(Facets::default());
        let count = |value: &str, count| Count { value: value.into(), count };
        values.add_indicators(&[count("地区生产总值", 5), count("人均地区生产总值", 2)]);
        let found = |typed: &str| {
            let end = Unfinished::of(typed).expect(typed);
            let found = values.candidates(&end, ValueField::Indicator, 9).into_iter();
            found.map(|found| (found.query, found.articles)).collect::<Vec<_>>()
        };
        let gdp = ("指标:地区生产总值".to_owned(), Some(5));
        let per_capita = ("指标:人均地区生产总值".to_owned(), Some(2));
        assert_eq!(found("指标:ＧＤＰ"), [gdp.clone(), per_capita.clone()]);
        assert_eq!(found("生产总值"), [gdp, per_capita]);
        assert!(found("粮食").is_empty());
    }

    #[test]
    fn a_district_is_found_by_a_part_of_its_name_and_by_its_path() {
        let drum = || area("鼓楼区", 2, Vec::new());
        let tree = vec![
            area("河南省", 9, vec![area("开封市", 5, vec![drum()]), area("新密市", 4, Vec::new())]),
            area("江苏省", 2, vec![area("南京市", 2, vec![drum()])]),
        ];
        let values = ArchiveValues::from(Facets { district_tree: tree, ..Facets::default() });
        let one = |query: &str, count| vec![(query.to_owned(), Some(count))];
        assert_eq!(offered(&values, "密市"), one("地区:新密市", 4));
        assert_eq!(offered(&values, "河南省/新"), one("地区:新密市", 4));
        assert_eq!(offered(&values, "开封"), one("地区:开封市", 5), "not what lies in it");
        assert_eq!(offered(&values, "江蘇省南京市鼓"), one("地区:鼓楼区", 4), "of both cities");
        assert_eq!(offered(&values, "地区:").len(), 6);
        assert!(offered(&values, "许昌").is_empty());
    }
}
