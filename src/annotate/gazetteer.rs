//! The table of districts and places: what units there are, what they are called, what they lie in.
//!
//! The rows are those of `gazetteer.csv` and `zones.csv` beside this file; their heads say where
//! they come from. The table is read once, without its text being copied.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::names::Finder;
use crate::text::fold_char;

/// How high a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 省, 自治区, 直辖市, 特别行政区.
    Province,
    /// 地级市, 地区, 自治州, 盟.
    City,
    /// 县, 区, 县级市, 旗: what has a six-digit code of GB/T 2260.
    District,
    /// A development zone without such a code.
    Zone,
    /// 街道, 镇, 乡.
    Town,
}

/// Position of a unit in [`Gazetteer::unit`].
pub type UnitId = u32;

/// A row of the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The code of 2, 4, 6 or 9 digits; zones have none.
    pub code: Option<&'static str>,
    /// The official name; of zones the city's short name and the kind.
    pub name: Cow<'static, str>,
    /// How high it stands.
    pub level: Level,
    /// What it lies in; provinces have none.
    pub parent: Option<UnitId>,
}

/// What sort of name a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The official name.
    Official,
    /// A name in use beside it that says what it is: 管城区, 新乡高新技术产业开发区.
    Variant,
    /// A name that the unit, or one that was merged into it, had before.
    Former,
    /// The name without 县, 市, 区: 荥阳.
    Short,
    /// Such a name that is also an ordinary word: 和平. Never looked for in texts.
    Word,
}

/// One unit that a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) unit: UnitId,
    pub(super) form: Form,
    next: Option<u32>,
}

/// A zone that any city can have: 高新区.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ZoneKind {
    pub(super) name: &'static str,
    pub(super) words: Vec<&'static str>,
}

/// The districts and places of the whole country.
#[derive(Debug)]
pub struct Gazetteer {
    units: Vec<Unit>,
    /// The units of `gazetteer.csv`, in the order of their codes.
    coded: std::ops::Range<usize>,
    /// Zones by the code that statistics gives them.
    statistical: HashMap<&'static str, UnitId>,
    names: HashMap<Cow<'static, str>, u32>,
    readings: Vec<Reading>,
    kinds: Vec<ZoneKind>,
    finder: OnceLock<Finder>,
}

const ROWS: &str = include_str!("gazetteer.csv");
const ZONES: &str = include_str!("zones.csv");
const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];

impl Gazetteer {
    /// The table that is built into the program.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        static BUILT_IN: OnceLock<Arc<Gazetteer>> = OnceLock::new();
        Arc::clone(BUILT_IN.get_or_init(|| Arc::new(Self::read(ROWS, ZONES))))
    }

    /// The unit at a position that this gazetteer gave out.
    ///
    /// # Panics
    ///
    /// With a position of another gazetteer.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id as usize]
    }

    /// The units that a person can mean by a code (2, 4, 6 or 9 digits, or filled up to six with
    /// zeros) or a name: official, short, former, or behind the names of what it lies in
    /// (`杭州西湖区`). Several for a name that repeats; none for an unknown one.
    #[must_use]
    pub fn resolve(&self, name_or_code: &str) -> Vec<&Unit> {
        self.resolve_ids(name_or_code).into_iter().map(|id| self.unit(id)).collect()
    }

    pub(super) fn resolve_ids(&self, name_or_code: &str) -> Vec<UnitId> {
        let name: String =
            name_or_code.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect();
        if name.bytes().all(|b| b.is_ascii_digit()) {
            return self.by_code(&name).into_iter().collect();
        }
        if let Some(kind) = self.kinds.iter().find(|kind| kind.words.contains(&name.as_str())) {
            let zone = |id: &UnitId| {
                let unit = self.unit(*id);
                unit.level == Level::Zone && unit.name.ends_with(kind.name)
            };
            return (0..self.units.len() as UnitId).filter(zone).collect();
        }
        let direct = self.named(&name);
        if !direct.is_empty() {
            return direct;
        }
        // The longest name at the front that something called by the rest lies in.
        let within = name.char_indices().rev().skip(1).find_map(|(at, _)| {
            let above = self.named(&name[..at]);
            if above.is_empty() {
                return None;
            }
            let inside = |unit: &UnitId| above.iter().any(|&over| self.lies_in(*unit, over));
            let below = self.resolve_ids(&name[at..]);
            let found: Vec<UnitId> = below.into_iter().filter(inside).collect();
            (!found.is_empty()).then_some(found)
        });
        // 长垣县 is the 长垣市 of today.
        within.unwrap_or_else(|| {
            name.strip_suffix(['县', '市']).map(|rest| self.named(rest)).unwrap_or_default()
        })
    }

    /// Units called by this folded name; the best sort of name only.
    fn named(&self, name: &str) -> Vec<UnitId> {
        let readings: Vec<Reading> = self.readings_of_name(name).collect();
        let plain = readings.iter().all(|reading| reading.form == Form::Word);
        let official = readings.iter().any(|reading| reading.form == Form::Official);
        let mut ids: Vec<UnitId> = readings
            .iter()
            .filter(|reading| match reading.form {
                Form::Official => true,
                Form::Word => plain,
                _ => !official,
            })
            .map(|reading| reading.unit)
            .collect();
        ids.sort_unstable_by_key(|&id| (self.unit(id).level, id));
        ids.dedup();
        ids
    }

    fn by_code(&self, code: &str) -> Option<UnitId> {
        let filled = |code: &'_ str| match code.len() {
            6 if code.ends_with("0000") => code[..2].to_owned(),
            6 if code.ends_with("00") => code[..4].to_owned(),
            _ => code.to_owned(),
        };
        let code = filled(code);
        let at = self.units[self.coded.clone()]
            .binary_search_by(|unit| unit.code.unwrap_or_default().cmp(&code));
        match at {
            Ok(at) => Some((self.coded.start + at) as UnitId),
            Err(_) => self.statistical.get(code.as_str()).copied(),
        }
    }

    /// The names from the province down to the unit itself.
    #[must_use]
    pub fn path(&self, id: UnitId) -> Vec<String> {
        let mut path: Vec<String> =
            self.upwards(id).map(|above| self.unit(above).name.to_string()).collect();
        path.reverse();
        path
    }

    /// The unit and all that it lies in, from below.
    pub(super) fn upwards(&self, id: UnitId) -> impl Iterator<Item = UnitId> {
        std::iter::successors(Some(id), |&below| self.unit(below).parent)
    }

    /// Whether a unit is another or lies in it.
    pub(super) fn lies_in(&self, id: UnitId, above: UnitId) -> bool {
        self.upwards(id).any(|unit| unit == above)
    }

    /// The district or zone of a unit; itself for these, `None` for what stands higher. Towns of
    /// cities without counties have their city.
    pub(super) fn district_of(&self, id: UnitId) -> Option<UnitId> {
        match self.unit(id).level {
            Level::Town => self.unit(id).parent,
            Level::District | Level::Zone => Some(id),
            Level::City | Level::Province => None,
        }
    }

    /// The city of a unit; of districts right below a province the province.
    pub(super) fn city_of(&self, id: UnitId) -> UnitId {
        let mut above = self.upwards(id);
        above.find(|&unit| self.unit(unit).level <= Level::City).unwrap_or(id)
    }

    /// Whether a province is a city as well: 北京市.
    pub(super) fn is_municipality(&self, id: UnitId) -> bool {
        self.unit(id).code.is_some_and(|code| MUNICIPALITIES.contains(&code))
    }

    /// The towns of a city, county by county.
    pub(super) fn towns_in(&self, city: UnitId) -> impl Iterator<Item = UnitId> {
        let code = self.unit(city).code.unwrap_or("-");
        let rows = &self.units[self.coded.clone()];
        let start = rows.partition_point(|unit| unit.code.unwrap_or_default() < code);
        rows[start..]
            .iter()
            .take_while(move |unit| unit.code.is_some_and(|town| town.starts_with(code)))
            .enumerate()
            .filter(|(_, unit)| unit.level == Level::Town)
            .map(move |(at, _)| (self.coded.start + start + at) as UnitId)
    }

    pub(super) fn kinds(&self) -> &[ZoneKind] {
        &self.kinds
    }

    /// The zone of this kind in a city (or a municipality).
    pub(super) fn zone_in(&self, city: UnitId, kind: &ZoneKind) -> Option<UnitId> {
        let name = format!("{}{}", short_city(&self.unit(city).name), kind.name);
        let mut readings = self.readings_of_name(&name);
        readings.find(|reading| self.unit(reading.unit).parent == Some(city)).map(|r| r.unit)
    }

    pub(super) fn readings_of_name(&self, name: &str) -> impl Iterator<Item = Reading> {
        self.chain(self.names.get(name).copied())
    }

    /// The readings of a name that [`Finder`] found.
    pub(super) fn chain(&self, first: Option<u32>) -> impl Iterator<Item = Reading> {
        let at = |index: u32| self.readings.get(index as usize).copied();
        std::iter::successors(first.and_then(at), move |reading| reading.next.and_then(at))
    }

    /// Every name with its first reading.
    pub(super) fn all_names(&self) -> impl Iterator<Item = (&str, u32)> {
        self.names.iter().map(|(name, &first)| (name.as_ref(), first))
    }

    /// The automaton over all names, built when the first text is looked at.
    pub(super) fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(self))
    }

    fn add_name(&mut self, name: Cow<'static, str>, unit: UnitId, form: Form) {
        let index = self.readings.len() as u32;
        let next = match self.names.entry(name) {
            std::collections::hash_map::Entry::Occupied(mut first) => Some(first.insert(index)),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(index);
                None
            }
        };
        self.readings.push(Reading { unit, form, next });
    }

    fn read(rows: &'static str, zones: &'static str) -> Self {
        let zones: Vec<ZoneRow> = zones.lines().filter_map(ZoneRow::read).collect();
        let mut table = Self {
            units: Vec::with_capacity(46_000),
            coded: 0..0,
            statistical: HashMap::new(),
            names: HashMap::with_capacity(48_000),
            readings: Vec::with_capacity(60_000),
            kinds: Vec::new(),
            finder: OnceLock::new(),
        };
        for row in &zones {
            match *row {
                ZoneRow::Kind(name, words) => {
                    let words = std::iter::once(name).chain(words.split('|')).collect();
                    table.kinds.push(ZoneKind { name, words });
                }
                ZoneRow::Zone { name, towns, .. } => {
                    let id = table.units.len() as UnitId;
                    for code in towns.split('|').filter(|code| !code.is_empty()) {
                        table.statistical.insert(code, id);
                    }
                    table.units.push(Unit {
                        code: None,
                        name: name.into(),
                        level: Level::Zone,
                        parent: None,
                    });
                }
                ZoneRow::Name(..) | ZoneRow::Word(_) => {}
            }
        }
        table.read_units(rows);
        table.name_zones(&zones);
        table.name_shortly(&zones);
        table
    }

    fn read_units(&mut self, rows: &'static str) {
        let start = self.units.len();
        let lines = rows.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        // Rows are sorted, so that what a unit lies in has been read before.
        let mut above: [Option<(&str, UnitId)>; 3] = [None; 3];
        for (code, name) in lines.filter_map(|line| line.split_once(',')) {
            let id = self.units.len() as UnitId;
            let level = match code.len() {
                2 => Level::Province,
                4 => Level::City,
                6 => Level::District,
                _ => Level::Town,
            };
            let zone = self.statistical.get(code).or_else(|| self.statistical.get(code.get(..6)?));
            let district = above.iter().rev().flatten().find(|(over, _)| code.starts_with(over));
            let parent = match level {
                Level::Province => None,
                Level::Town => zone.copied().or(district.map(|&(_, over)| over)),
                _ => above
                    .iter()
                    .rev()
                    .flatten()
                    .find(|(over, id)| code.starts_with(over) && self.unit(*id).level < level)
                    .map(|&(_, over)| over),
            };
            if level != Level::Town {
                above[level as usize] = Some((code, id));
            }
            self.units.push(Unit { code: Some(code), name: name.into(), level, parent });
            self.add_name(name.into(), id, Form::Official);
        }
        self.coded = start..self.units.len();
    }

    /// Names of the zones in the table, and the zones that any city can have.
    fn name_zones(&mut self, zones: &[ZoneRow]) {
        let rows = zones.iter().filter_map(|row| match *row {
            ZoneRow::Zone { name, parent, others, .. } => Some((name, parent, others)),
            _ => None,
        });
        for (id, (name, parent, others)) in (0..).zip(rows) {
            self.units[id as usize].parent = self.by_code(parent);
            self.add_name(name.into(), id, Form::Official);
            for other in others.split('|').filter(|other| !other.is_empty()) {
                self.add_name(other.into(), id, Form::Variant);
            }
        }
        for city in self.coded.clone() {
            let city = city as UnitId;
            if self.unit(city).level != Level::City && !self.is_municipality(city) {
                continue;
            }
            for kind in self.kinds.clone() {
                if self.zone_in(city, &kind).is_some() {
                    continue;
                }
                let name = format!("{}{}", short_city(&self.unit(city).name), kind.name);
                let id = self.units.len() as UnitId;
                let parent = Some(city);
                self.units.push(Unit {
                    code: None,
                    name: name.clone().into(),
                    level: Level::Zone,
                    parent,
                });
                self.add_name(name.into(), id, Form::Official);
            }
        }
    }

    /// Names without their last word (荥阳), and the names of the table.
    fn name_shortly(&mut self, zones: &[ZoneRow]) {
        let words: std::collections::HashSet<&str> = zones
            .iter()
            .filter_map(|row| if let ZoneRow::Word(word) = *row { Some(word) } else { None })
            .collect();
        for row in zones {
            let ZoneRow::Name(form, name, code) = *row else { continue };
            let Some(id) = self.by_code(code) else { continue };
            let says_what_it_is = name.ends_with(['县', '旗', '州', '区', '市']);
            match form {
                Form::Variant if says_what_it_is => self.add_name(name.into(), id, form),
                Form::Variant if words.contains(name) => self.add_name(name.into(), id, Form::Word),
                Form::Variant => self.add_short(name, id),
                _ => self.add_name(name.into(), id, form),
            }
        }
        for id in self.coded.clone() {
            let unit = &self.units[id];
            let (Cow::Borrowed(name), level) = (&unit.name, unit.level) else { continue };
            let name: &'static str = name;
            let short = match level {
                Level::Province => short_province(name),
                Level::City if !name.ends_with('州') => short_city(name),
                Level::District => short_district(name),
                _ => continue,
            };
            if short == name {
                continue;
            }
            if level == Level::District && words.contains(short) {
                self.add_name(short.into(), id as UnitId, Form::Word);
            } else {
                self.add_short(short, id as UnitId);
            }
        }
    }

    /// A short name belongs to the highest unit that has it: 新乡 is the city, not the county.
    fn add_short(&mut self, name: &'static str, id: UnitId) {
        let level = self.unit(id).level;
        let mut form = Form::Short;
        let mut index = self.names.get(name).copied();
        while let Some(reading) = index.and_then(|at| self.readings.get(at as usize)).copied() {
            let other = self.unit(reading.unit).level;
            if reading.form == Form::Short && other < level {
                form = Form::Word;
            } else if reading.form == Form::Short && other > level {
                self.readings[index.unwrap_or_default() as usize].form = Form::Word;
            }
            index = reading.next;
        }
        self.add_name(name.into(), id, form);
    }
}

/// A row of `zones.csv`.
enum ZoneRow {
    Kind(&'static str, &'static str),
    Zone { name: &'static str, parent: &'static str, towns: &'static str, others: &'static str },
    Name(Form, &'static str, &'static str),
    Word(&'static str),
}

impl ZoneRow {
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split(',');
        let mut cell = || cells.next().unwrap_or_default();
        match cell() {
            "kind" => Some(Self::Kind(cell(), cell())),
            "zone" => {
                Some(Self::Zone { name: cell(), parent: cell(), towns: cell(), others: cell() })
            }
            "short" => Some(Self::Name(Form::Variant, cell(), cell())),
            "former" => Some(Self::Name(Form::Former, cell(), cell())),
            "word" => Some(Self::Word(cell())),
            _ => None,
        }
    }
}

fn strip<'n>(name: &'n str, endings: &[&str]) -> &'n str {
    let cut = |ending: &&str| name.strip_suffix(*ending);
    endings.iter().find_map(cut).filter(|rest| rest.chars().count() >= 2).unwrap_or(name)
}

fn short_province(name: &str) -> &str {
    const ENDINGS: [&str; 7] =
        ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市"];
    strip(name, &ENDINGS)
}

fn short_city(name: &str) -> &str {
    strip(name, &["地区", "盟", "市"])
}

fn short_district(name: &str) -> &str {
    strip(name, &["自治县", "自治旗", "林区", "特区", "新区", "矿区", "县", "区", "市", "旗"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(asked: &str, expected: &[&str]) {
        let gazetteer = Gazetteer::built_in();
        let paths: Vec<String> = gazetteer
            .resolve_ids(asked)
            .into_iter()
            .map(|id| gazetteer.path(id).join(">"))
            .collect();
        assert_eq!(paths, expected, "{asked}");
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
        check("滎陽", &["河南省>郑州市>荥阳市"]);
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

    #[test]
    fn every_unit_below_a_province_lies_in_something_higher() {
        let gazetteer = Gazetteer::built_in();
        assert!(gazetteer.units.len() > 44_000);
        for unit in &gazetteer.units {
            match unit.parent {
                None => assert_eq!(unit.level, Level::Province, "{unit:?}"),
                Some(parent) => {
                    assert!(gazetteer.unit(parent).level < unit.level, "{unit:?}");
                }
            }
        }
    }
}
