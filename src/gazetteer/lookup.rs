//! Looks divisions up by code or name, and walks the hierarchy: path, district, city, towns.

use std::sync::{Arc, OnceLock};

use super::division::{Division, DivisionId, Level};
use super::matcher::NameMatcher;
use super::table::{DivisionTable, NameKind, Referent, ZoneKind};
use crate::text::fold_char;

/// The districts and places of the whole country.
#[derive(Debug)]
pub struct Gazetteer {
    pub(crate) table: DivisionTable,
    matcher: OnceLock<NameMatcher>,
}

const DIVISIONS_CSV: &str = include_str!("gazetteer.csv");
const ZONES_CSV: &str = include_str!("zones.csv");
/// Longest name of a division with the names of its parents before it, in characters.
const MAX_NAME_CHARS: usize = 60;

impl Gazetteer {
    /// The table that is built into the program.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        static BUILT_IN: OnceLock<Arc<Gazetteer>> = OnceLock::new();
        Arc::clone(
            BUILT_IN
                .get_or_init(|| Arc::new(Self::new(DivisionTable::read(DIVISIONS_CSV, ZONES_CSV)))),
        )
    }

    fn new(table: DivisionTable) -> Self {
        Self { table, matcher: OnceLock::new() }
    }

    /// The division of a handle that this gazetteer returned.
    ///
    /// # Panics
    ///
    /// May panic if the handle comes from another gazetteer.
    #[must_use]
    pub fn division(&self, id: DivisionId) -> &Division {
        self.table.division(id)
    }

    /// All divisions, in the order of the table.
    pub fn divisions(&self) -> impl Iterator<Item = &Division> {
        self.table.divisions.iter()
    }

    /// The divisions that a code (2, 4, 6 or 9 digits, or padded to six with zeros) or a name can
    /// mean. The name can be official, short or former, and can follow the names of its parents
    /// (`杭州西湖区`). Several divisions for a name that is not unique; none for an unknown one.
    #[must_use]
    pub fn resolve(&self, name_or_code: &str) -> Vec<&Division> {
        self.resolve_ids(name_or_code).into_iter().map(|id| self.division(id)).collect()
    }

    /// As [`Self::resolve`], but returns the handles of the divisions.
    #[must_use]
    pub fn resolve_ids(&self, name_or_code: &str) -> Vec<DivisionId> {
        let name: String =
            name_or_code.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
        if name.bytes().all(|b| b.is_ascii_digit()) {
            return self.table.by_code(&name).into_iter().collect();
        }
        if name.chars().count() > MAX_NAME_CHARS {
            return Vec::new();
        }
        let zones = self.zones_called(&name);
        if !zones.is_empty() {
            return zones;
        }
        let direct = self.named(&name);
        if !direct.is_empty() {
            return direct;
        }
        // The longest prefix that names a parent of a division that the rest names.
        let within = name.char_indices().rev().skip(1).find_map(|(at, _)| {
            let above = self.named(&name[..at]);
            if above.is_empty() {
                return None;
            }
            let inside =
                |division: &DivisionId| above.iter().any(|&over| self.lies_in(*division, over));
            let below = self.resolve_ids(&name[at..]);
            let found: Vec<DivisionId> = below.into_iter().filter(inside).collect();
            (!found.is_empty()).then_some(found)
        });
        // 长垣县 is now 长垣市.
        within.unwrap_or_else(|| {
            name.strip_suffix(['县', '市']).map(|rest| self.named(rest)).unwrap_or_default()
        })
    }

    /// 高新区: the zones of this kind in all cities; 北京经济技术开发区: the one in that city.
    fn zones_called(&self, name: &str) -> Vec<DivisionId> {
        let kinds = self.table.kinds.iter().filter(|kind| kind.alone);
        let ends = kinds.flat_map(|kind| kind.words.iter().map(move |word| (kind, word)));
        ends.filter_map(|(kind, word)| Some((kind, name.strip_suffix(word)?)))
            .flat_map(|(kind, city)| match city {
                "" => self.zones_of_kind(kind),
                _ => self.named(city).iter().filter_map(|&c| self.table.zone_in(c, kind)).collect(),
            })
            .collect()
    }

    fn zones_of_kind(&self, kind: &ZoneKind) -> Vec<DivisionId> {
        let zone = |id: &DivisionId| {
            let division = self.division(*id);
            division.level == Level::Zone && division.name.ends_with(kind.name)
        };
        (0..self.table.divisions.len() as DivisionId).filter(zone).collect()
    }

    /// The divisions with this folded name, of the best kind of name only.
    fn named(&self, name: &str) -> Vec<DivisionId> {
        let referents: Vec<Referent> = self.table.referents_of(name).collect();
        let plain = referents.iter().all(|referent| referent.kind == NameKind::CommonWord);
        let official = referents.iter().any(|referent| referent.kind == NameKind::Official);
        let mut ids: Vec<DivisionId> = referents
            .iter()
            .filter(|referent| match referent.kind {
                NameKind::Official => true,
                NameKind::CommonWord => plain,
                _ => !official,
            })
            .map(|referent| referent.division)
            .collect();
        ids.sort_unstable_by_key(|&id| (self.division(id).level, id));
        ids.dedup();
        ids
    }

    /// The names from the province down to the division itself.
    #[must_use]
    pub fn path(&self, id: DivisionId) -> Vec<String> {
        let mut path: Vec<String> =
            self.upwards(id).map(|above| self.division(above).name.to_string()).collect();
        path.reverse();
        path
    }

    /// The division and all that it lies in, from the bottom up.
    pub(crate) fn upwards(&self, id: DivisionId) -> impl Iterator<Item = DivisionId> {
        std::iter::successors(Some(id), |&below| self.division(below).parent)
    }

    /// Whether a division is another or lies in it.
    pub(crate) fn lies_in(&self, id: DivisionId, above: DivisionId) -> bool {
        self.upwards(id).any(|division| division == above)
    }

    /// The district or zone of a division: a district or zone itself, `None` for higher levels, and
    /// the city for towns of cities without counties.
    pub(crate) fn district_of(&self, id: DivisionId) -> Option<DivisionId> {
        match self.division(id).level {
            Level::Town => self.division(id).parent,
            Level::District | Level::Zone => Some(id),
            Level::City | Level::Province => None,
        }
    }

    /// The city of a division; the province for districts directly below a province.
    pub(crate) fn city_of(&self, id: DivisionId) -> DivisionId {
        let mut above = self.upwards(id);
        above.find(|&division| self.division(division).level <= Level::City).unwrap_or(id)
    }

    /// The towns of a city, county by county.
    pub(crate) fn towns_in(&self, city: DivisionId) -> impl Iterator<Item = DivisionId> {
        let code = self.division(city).code.unwrap_or("-");
        let rows = &self.table.divisions[self.table.coded.clone()];
        let start = rows.partition_point(|division| division.code.unwrap_or_default() < code);
        rows[start..]
            .iter()
            .take_while(move |division| division.code.is_some_and(|town| town.starts_with(code)))
            .enumerate()
            .filter(|(_, division)| division.level == Level::Town)
            .map(move |(at, _)| (self.table.coded.start + start + at) as DivisionId)
    }

    /// The automaton over all names, built on first use.
    pub(crate) fn matcher(&self) -> &NameMatcher {
        self.matcher.get_or_init(|| NameMatcher::new(&self.table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let gazetteer = Gazetteer::built_in();
        let paths: Vec<String> = gazetteer
            .resolve_ids(name)
            .into_iter()
            .map(|id| gazetteer.path(id).join(">"))
            .collect();
        assert_eq!(paths, expected, "{name}");
    }

    #[test]
    fn codes_of_every_length_are_found_and_may_be_filled_with_zeros() {
        check("41", &["河南省"]);
        check("410000", &["河南省"]);
        check("410100", &["河南省>郑州市"]);
        check("410105", &["河南省>郑州市>金水区"]);
        check("110105", &["北京市>朝阳区"]);
        check("999999", &[]);
        check("", &[]);
    }

    #[test]
    fn official_short_and_former_names_mean_the_unit_of_today() {
        check("荥阳", &["河南省>郑州市>荥阳市"]);
        check("管城区", &["河南省>郑州市>管城回族区"]);
        check("许昌县", &["河南省>许昌市>建安区"]);
        check("宣武区", &["北京市>西城区"]);
        check("长垣县", &["河南省>新乡市>长垣市"]);
        check("４１０１０５", &["河南省>郑州市>金水区"]);
    }

    #[test]
    fn a_short_name_is_the_highest_unit_that_has_it() {
        check("新乡", &["河南省>新乡市"]);
        check("吉林", &["吉林省"]);
        check("吉林市", &["吉林省>吉林市"]);
        check("海南", &["海南省"]);
    }

    #[test]
    fn a_name_that_repeats_means_several_units_until_it_says_where() {
        check(
            "鼓楼区",
            &[
                "江苏省>南京市>鼓楼区",
                "江苏省>徐州市>鼓楼区",
                "福建省>福州市>鼓楼区",
                "河南省>开封市>鼓楼区",
            ],
        );
        check("开封鼓楼区", &["河南省>开封市>鼓楼区"]);
        check("河南省开封市鼓楼区", &["河南省>开封市>鼓楼区"]);
        check("杭州市西湖区", &["浙江省>杭州市>西湖区"]);
        check("浙江西湖区", &["浙江省>杭州市>西湖区"]);
    }

    #[test]
    fn zones_are_written_with_their_city_and_every_city_can_have_one() {
        check("新乡高新区", &["河南省>新乡市>新乡高新区"]);
        check("新乡市高新技术产业开发区", &["河南省>新乡市>新乡高新区"]);
        check("410771", &["河南省>新乡市>新乡高新区"]);
        check("酒泉经开区", &["甘肃省>酒泉市>酒泉经开区"]);
        check("北京经济技术开发区", &["北京市>北京经开区"]);
        assert!(Gazetteer::built_in().resolve("高新区").len() > 300);
    }

    #[test]
    fn units_right_below_a_province_have_no_city_in_their_path() {
        check("济源市", &["河南省>济源市"]);
        check("仙桃", &["湖北省>仙桃市"]);
        check("神农架林区", &["湖北省>神农架林区"]);
        check("浦东新区", &["上海市>浦东新区"]);
        check("阿克苏地区", &["新疆维吾尔自治区>阿克苏地区"]);
    }

    #[test]
    fn towns_of_a_zone_and_of_a_city_without_counties_have_these_above_them() {
        check("关堤乡", &["河南省>新乡市>新乡高新区>关堤乡"]);
        check("石碣镇", &["广东省>东莞市>石碣镇"]);
        check("乌鲁木齐市天山区幸福路街道", &["新疆维吾尔自治区>乌鲁木齐市>天山区>幸福路街道"]);
    }

    proptest::proptest! {
        #[test]
        fn resolving_never_fails(name in "[新乡市郑州高区河南0-9 ]{0,70}|.{0,20}") {
            let gazetteer = Gazetteer::built_in();
            for id in gazetteer.resolve_ids(&name) {
                proptest::prop_assert!(!gazetteer.path(id).is_empty());
            }
        }
    }

    #[test]
    fn every_unit_below_a_province_lies_in_something_higher() {
        let gazetteer = Gazetteer::built_in();
        assert!(gazetteer.table.divisions.len() > 44_000);
        for division in &gazetteer.table.divisions {
            match division.parent {
                None => assert_eq!(division.level, Level::Province, "{division:?}"),
                Some(parent) => {
                    assert!(gazetteer.division(parent).level < division.level, "{division:?}");
                }
            }
        }
    }
}
