//! Finds the names of districts and places in a text, without deciding which divisions they mean.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::division::Level;
use super::table::{DivisionTable, NameKind};
use crate::model::Span;

/// The kind of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamePattern {
    /// A name of the gazetteer, by its first referent.
    Name(u32),
    /// A kind of zone that any city can have, by its position in the table's kinds.
    Kind(u32),
    /// The last word of the name of a town or a street that the gazetteer does not have.
    TownEnding,
    /// 村, 社区.
    VillageEnding,
    /// 我区, 全区: the district that the publication serves.
    OwnDistrict,
    /// 我市, 全市.
    OwnCity,
    /// 市长, 市委: the city's government.
    CityGovernment,
}

/// A piece of text that may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameMatch {
    /// Byte range in the searched text.
    pub(crate) span: Span,
    pub(crate) pattern: NamePattern,
}

/// An automaton over all names with leftmost-longest matches.
pub(crate) struct NameMatcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    patterns: Vec<NamePattern>,
}

impl std::fmt::Debug for NameMatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NameMatcher")
            .field("patterns", &self.patterns.len())
            .finish_non_exhaustive()
    }
}

const TOWN_ENDINGS: [&str; 4] = ["街道", "办事处", "镇", "乡"];
const VILLAGE_ENDINGS: [&str; 2] = ["村", "社区"];
const OWN_DISTRICT: [&str; 8] =
    ["我区", "该区", "全区", "区管委会", "区党工委", "我县", "全县", "该县"];
const OWN_CITY: [&str; 2] = ["全市", "该市"];
const CITY_GOVERNMENT: [&str; 4] = ["我市", "市委", "市长", "市政府"];

impl NameMatcher {
    pub(crate) fn new(table: &DivisionTable) -> Self {
        let mut words = Vec::new();
        let mut patterns: Vec<(&str, u32)> = Vec::new();
        let mut add = |pattern, word| {
            patterns.push((pattern, words.len() as u32));
            words.push(word);
        };
        let alone = || (0..).zip(&table.kinds).filter(|(_, kind)| kind.alone);
        for (name, first) in table.all_names() {
            // Some towns are just called 高新技术产业开发区.
            if alone().any(|(_, kind)| kind.words.contains(&name)) {
                continue;
            }
            if table.referents(Some(first)).any(|r| is_looked_for(table, name, r.division, r.kind))
            {
                add(name, NamePattern::Name(first));
            }
        }
        for (index, kind) in alone() {
            for word in &kind.words {
                add(word, NamePattern::Kind(index));
            }
        }
        let endings = [
            (&TOWN_ENDINGS[..], NamePattern::TownEnding),
            (&VILLAGE_ENDINGS[..], NamePattern::VillageEnding),
            (&OWN_DISTRICT[..], NamePattern::OwnDistrict),
            (&OWN_CITY[..], NamePattern::OwnCity),
            (&CITY_GOVERNMENT[..], NamePattern::CityGovernment),
        ];
        for (list, word) in endings {
            for ending in list {
                add(ending, word);
            }
        }
        // The automaton must not depend on the order of a hash table.
        patterns.sort_unstable();
        patterns.dedup_by_key(|&mut (pattern, _)| pattern);
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .ok();
        Self { automaton, patterns: words }
    }

    /// The names in a folded text, from left to right and without overlaps.
    pub(crate) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = NameMatch> + 't {
        self.automaton
            .iter()
            .flat_map(move |automaton| automaton.leftmost_find_iter(text))
            .filter_map(|hit| {
                let pattern = self.patterns.get(hit.value() as usize).copied()?;
                Some(NameMatch { span: hit.start()..hit.end(), pattern })
            })
    }
}

fn is_looked_for(table: &DivisionTable, name: &str, division: u32, kind: NameKind) -> bool {
    let characters = name.chars().count();
    match (table.division(division).level, kind) {
        (_, NameKind::CommonWord) => false,
        // 农场, 管理区 and the like are ordinary words unless long.
        (Level::Town, _) => {
            let ends_with = |end: &&str| name.ends_with(*end);
            let says_what_it_is = ["街道", "镇", "乡", "苏木"].iter().any(ends_with);
            // 北京经济技术开发区 is a zone, although the statistics list towns by that name.
            let mut zones = table.kinds.iter().flat_map(|kind| &kind.words);
            characters >= 3 && says_what_it_is || characters >= 5 && !zones.any(ends_with)
        }
        _ => characters >= 2,
    }
}
