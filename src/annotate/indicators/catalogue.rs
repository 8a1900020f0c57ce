//! The table of indicators: names, what they measure, and the nouns that names end with.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::quantity::UnitDimension;
use crate::text::fold_char;

/// Whether a quantity is of a period, of a point in time, or a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Nature {
    Flow,
    Stock,
    Rate,
}

/// A named indicator of the table.
#[derive(Debug, Deserialize)]
pub(super) struct ListedIndicator {
    pub(super) id: String,
    pub(super) name: String,
    aliases: Vec<String>,
    pub(super) dimension: String,
    pub(super) nature: Nature,
    #[serde(rename = "sector")]
    _sector: String,
    /// Only territories have it.
    #[serde(default)]
    pub(super) territorial: bool,
}

/// A noun that the names of indicators end with.
#[derive(Debug, Deserialize)]
pub(super) struct HeadNoun {
    pub(super) word: String,
    pub(super) dimension: String,
    pub(super) nature: Nature,
    /// Whether it needs a part before it.
    #[serde(default)]
    pub(super) weak: bool,
    /// Whether it is the end of many words, and a name for values alone: 额, 量, 率.
    #[serde(default)]
    pub(super) generic: bool,
}

#[derive(Debug, Deserialize)]
struct CountedNouns {
    heads: Vec<String>,
    verbs: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct IndicatorTable {
    indicator: Vec<ListedIndicator>,
    head: Vec<HeadNoun>,
    noun: CountedNouns,
}

/// The table with its lookups.
#[derive(Debug)]
pub(super) struct Catalogue {
    table: IndicatorTable,
    names: HashMap<String, usize>,
    heads: HashMap<String, usize>,
    longest: usize,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let table: IndicatorTable =
        toml::from_str(include_str!("indicators.toml")).expect("the table that is built in");
    let mut names = HashMap::new();
    for (at, row) in table.indicator.iter().enumerate() {
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            names.entry(name.chars().map(fold_char).collect()).or_insert(at);
        }
    }
    let heads = table.head.iter().enumerate().map(|(at, head)| (head.word.clone(), at)).collect();
    let longest = names.keys().map(|name: &String| name.len()).max().unwrap_or(0);
    Catalogue { table, names, heads, longest }
});

impl Catalogue {
    pub(super) fn get() -> &'static Self {
        &CATALOGUE
    }

    /// The canonical name of a name of the table, in any width and script.
    pub(super) fn name_of(&self, name: &str) -> Option<&str> {
        self.listed(name).map(|listed| listed.name.as_str())
    }

    /// The row of the table that has a name, folded or not.
    pub(super) fn listed(&self, name: &str) -> Option<&ListedIndicator> {
        let folded: String = name.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
        Some(&self.table.indicator[*self.names.get(&folded)?])
    }

    /// What a name measures, by the table or by its noun.
    pub(super) fn measured_by(&self, name: &str) -> Option<&str> {
        let folded: String = name.chars().map(fold_char).collect();
        let listed = self.listed_at_end(&folded).map(|(_, listed)| listed.dimension.as_str());
        listed.or_else(|| Some(self.head_at_end(&folded)?.1.dimension.as_str()))
    }

    /// The indicator of an id.
    pub(super) fn of_id(&self, id: &str) -> Option<&ListedIndicator> {
        self.table.indicator.iter().find(|row| row.id == id)
    }

    /// Every name of the table with the canonical one.
    pub(super) fn all_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.table.indicator.iter().flat_map(|row| {
            let names = std::iter::once(&row.name).chain(&row.aliases);
            names.map(|name| (name.as_str(), row.name.as_str()))
        })
    }

    /// The longest name of the table that a phrase ends with, and where it begins.
    pub(super) fn listed_at_end(&self, phrase: &str) -> Option<(usize, &ListedIndicator)> {
        let from = phrase.len().saturating_sub(self.longest);
        let mut starts = phrase.char_indices().filter(|&(at, _)| at >= from);
        starts
            .find_map(|(at, _)| Some((at, &self.table.indicator[*self.names.get(&phrase[at..])?])))
    }

    /// The longest noun of the table that a phrase ends with, and where it begins.
    pub(super) fn head_at_end(&self, phrase: &str) -> Option<(usize, &HeadNoun)> {
        let from = phrase.len().saturating_sub(24);
        let mut starts = phrase.char_indices().filter(|&(at, _)| at >= from);
        starts.find_map(|(at, _)| Some((at, &self.table.head[*self.heads.get(&phrase[at..])?])))
    }

    /// The counted noun that a phrase ends with, and where it begins.
    pub(super) fn counted_at_end(&self, phrase: &str) -> Option<(usize, &str)> {
        let fits = self.table.noun.heads.iter().filter(|head| phrase.ends_with(head.as_str()));
        let head = fits.max_by_key(|head| head.len())?;
        Some((phrase.len() - head.len(), head))
    }

    /// The length of the counted noun that a phrase begins with.
    pub(super) fn counted_at_start(&self, phrase: &str) -> Option<usize> {
        let fits = self.table.noun.heads.iter().filter(|head| phrase.starts_with(head.as_str()));
        fits.map(String::len).max()
    }

    /// The counted noun that ends first in a phrase: where it ends.
    pub(super) fn counted_within(&self, phrase: &str) -> Option<usize> {
        let ends = self.table.noun.heads.iter().filter_map(|head| {
            // 街道级服务中心 are no 街道.
            let mut ends = phrase.match_indices(head.as_str()).map(|(at, _)| at + head.len());
            ends.find(|end| !phrase[*end..].starts_with('级')).map(|end| (end, head.len()))
        });
        let end = ends.min_by_key(|&(end, length)| (end - length, usize::MAX - length))?.0;
        // 企业孵化器 goes on after 企业.
        let rest = &phrase[end..];
        let more = self.table.noun.heads.iter().filter(|head| rest.starts_with(head.as_str()));
        Some(end + more.map(String::len).max().unwrap_or(0))
    }

    /// The verb of a count that stands before a list of examples: 新建学校、医院等 is 新建.
    pub(super) fn verb_of_examples(&self, phrase: &str) -> Option<&str> {
        let list = phrase.strip_suffix('等')?;
        let stands = self.table.noun.verbs.iter().filter(|verb| list.contains(verb.as_str()));
        stands.max_by_key(|verb| verb.len()).map(String::as_str)
    }

    /// The verb of a count that a phrase ends with: 签约 81个项目 are 签约项目.
    pub(super) fn verb_at_end(&self, phrase: &str) -> Option<&str> {
        let fits = self.table.noun.verbs.iter().filter(|verb| phrase.ends_with(verb.as_str()));
        fits.max_by_key(|verb| verb.len()).map(String::as_str)
    }
}

/// Whether what a name measures can have such a unit.
pub(super) fn fits(measured: &str, dimension: UnitDimension) -> bool {
    match dimension {
        UnitDimension::Money => matches!(measured, "money" | "any"),
        UnitDimension::Percent => matches!(measured, "percent" | "index"),
        UnitDimension::People => matches!(measured, "count" | "people" | "any"),
        UnitDimension::Count => matches!(measured, "count" | "people" | "goods" | "any"),
        UnitDimension::Area => matches!(measured, "area" | "any"),
        UnitDimension::Length => matches!(measured, "length" | "any"),
        UnitDimension::Mass => matches!(measured, "mass" | "goods" | "any"),
        UnitDimension::Volume => matches!(measured, "volume" | "goods" | "any"),
        UnitDimension::Energy => matches!(measured, "energy" | "goods" | "any"),
        UnitDimension::Power => matches!(measured, "power" | "goods" | "any"),
        UnitDimension::Concentration => matches!(measured, "any"),
        UnitDimension::Points | UnitDimension::Times => false,
    }
}
