//! The gazetteer as a table: reads `gazetteer.csv` and `zones.csv` into divisions and an index from
//! each name to the divisions that bear it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::division::{Division, DivisionId, Level};

/// The kind of a name, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// The official name.
    Official,
    /// Another name in use that includes the kind of division: 管城区, 新乡高新技术产业开发区.
    Variant,
    /// A former name of the division or of one that was merged into it.
    Former,
    /// The name without 县, 市, 区: 荥阳.
    Short,
    /// A short name that is also an ordinary word: 和平. Never looked for in texts.
    CommonWord,
}

/// One division that a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Referent {
    pub(crate) division: DivisionId,
    pub(crate) kind: NameKind,
    /// The next referent of the same name.
    next: Option<u32>,
}

/// A zone that any city can have: 高新区.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ZoneKind {
    pub(crate) name: &'static str,
    /// The name and its synonyms.
    pub(crate) words: Vec<&'static str>,
    /// Whether these words name a zone even without a city.
    pub(crate) alone: bool,
}

/// The divisions and their names.
#[derive(Debug, Default)]
pub(crate) struct DivisionTable {
    pub(crate) divisions: Vec<Division>,
    /// The divisions of `gazetteer.csv`, in the order of their codes.
    pub(crate) coded: Range<usize>,
    /// Zones by their code in the statistics.
    statistical: HashMap<&'static str, DivisionId>,
    names: HashMap<Cow<'static, str>, u32>,
    referents: Vec<Referent>,
    pub(crate) kinds: Vec<ZoneKind>,
}

const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];

impl DivisionTable {
    pub(crate) fn read(rows: &'static str, zones: &'static str) -> Self {
        let zones: Vec<ZoneRow> = zones.lines().filter_map(ZoneRow::read).collect();
        let mut table = Self {
            divisions: Vec::with_capacity(46_000),
            names: HashMap::with_capacity(48_000),
            referents: Vec::with_capacity(60_000),
            ..Self::default()
        };
        for row in &zones {
            match *row {
                ZoneRow::Kind { name, words, alone } => {
                    let others = words.split('|').filter(|word| !word.is_empty());
                    let words = std::iter::once(name).chain(others).collect();
                    table.kinds.push(ZoneKind { name, words, alone });
                }
                ZoneRow::Zone { name, towns, .. } => {
                    let id = table.divisions.len() as DivisionId;
                    for code in towns.split('|').filter(|code| !code.is_empty()) {
                        table.statistical.insert(code, id);
                    }
                    table.divisions.push(Division {
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
        table.add_zones(&zones);
        table.add_short_names(&zones);
        table
    }

    pub(crate) fn division(&self, id: DivisionId) -> &Division {
        &self.divisions[id as usize]
    }

    pub(crate) fn by_code(&self, code: &str) -> Option<DivisionId> {
        let filled = |code: &'_ str| match code.len() {
            6 if code.ends_with("0000") => code[..2].to_owned(),
            6 if code.ends_with("00") => code[..4].to_owned(),
            _ => code.to_owned(),
        };
        let code = filled(code);
        let at = self.divisions[self.coded.clone()]
            .binary_search_by(|division| division.code.unwrap_or_default().cmp(&code));
        match at {
            Ok(at) => Some((self.coded.start + at) as DivisionId),
            Err(_) => self.statistical.get(code.as_str()).copied(),
        }
    }

    /// Whether a province is also a city: 北京市.
    pub(crate) fn is_municipality(&self, id: DivisionId) -> bool {
        self.division(id).code.is_some_and(|code| MUNICIPALITIES.contains(&code))
    }

    /// The zone of this kind in a city (or a municipality).
    pub(crate) fn zone_in(&self, city: DivisionId, kind: &ZoneKind) -> Option<DivisionId> {
        let name = format!("{}{}", short_city(&self.division(city).name), kind.name);
        let mut referents = self.referents_of(&name);
        referents
            .find(|referent| self.division(referent.division).parent == Some(city))
            .map(|r| r.division)
    }

    pub(crate) fn referents_of(&self, name: &str) -> impl Iterator<Item = Referent> {
        self.referents(self.names.get(name).copied())
    }

    /// The referents of a name, from the first one that a
    /// [`NameMatcher`](super::matcher::NameMatcher) gives.
    pub(crate) fn referents(&self, first: Option<u32>) -> impl Iterator<Item = Referent> {
        let at = |index: u32| self.referents.get(index as usize).copied();
        std::iter::successors(first.and_then(at), move |referent| referent.next.and_then(at))
    }

    /// Every name with its first referent.
    pub(crate) fn all_names(&self) -> impl Iterator<Item = (&str, u32)> {
        self.names.iter().map(|(name, &first)| (name.as_ref(), first))
    }

    fn read_units(&mut self, rows: &'static str) {
        let start = self.divisions.len();
        let lines = rows.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        // Rows are sorted, so parents are read before the divisions that lie in them.
        let mut above: [Option<(&str, DivisionId)>; 3] = [None; 3];
        for (code, name) in lines.filter_map(|line| line.split_once(',')) {
            let id = self.divisions.len() as DivisionId;
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
                    .find(|(over, id)| code.starts_with(over) && self.division(*id).level < level)
                    .map(|&(_, over)| over),
            };
            if level != Level::Town {
                above[level as usize] = Some((code, id));
            }
            self.divisions.push(Division { code: Some(code), name: name.into(), level, parent });
            self.add_name(name.into(), id, NameKind::Official);
        }
        self.coded = start..self.divisions.len();
    }

    /// Adds the names of the zones in the table, and to every city the kinds of zones that it lacks
    /// there.
    fn add_zones(&mut self, zones: &[ZoneRow]) {
        let rows = zones.iter().filter_map(|row| match *row {
            ZoneRow::Zone { name, parent, others, .. } => Some((name, parent, others)),
            _ => None,
        });
        for (id, (name, parent, others)) in (0..).zip(rows) {
            self.divisions[id as usize].parent = self.by_code(parent);
            self.add_name(name.into(), id, NameKind::Official);
            for other in others.split('|').filter(|other| !other.is_empty()) {
                self.add_name(other.into(), id, NameKind::Variant);
            }
        }
        for city in self.coded.clone() {
            let city = city as DivisionId;
            if self.division(city).level != Level::City && !self.is_municipality(city) {
                continue;
            }
            for kind in self.kinds.clone() {
                if self.zone_in(city, &kind).is_none() {
                    self.add_zone(city, &kind);
                }
            }
        }
    }

    /// Adds the zone of this kind in a city. If the kind's words are not names by themselves, they
    /// are added together with the city's names.
    fn add_zone(&mut self, city: DivisionId, kind: &ZoneKind) {
        let (full, short) =
            (self.division(city).name.clone(), short_city(&self.division(city).name));
        let name = format!("{short}{}", kind.name);
        let mut variants = Vec::new();
        if !kind.alone {
            let names = kind
                .words
                .iter()
                .flat_map(|word| [format!("{short}{word}"), format!("{full}{word}")]);
            variants.extend(names.filter(|variant| *variant != name));
        }
        let id = self.divisions.len() as DivisionId;
        let (level, parent) = (Level::Zone, Some(city));
        self.divisions.push(Division { code: None, name: name.clone().into(), level, parent });
        self.add_name(name.into(), id, NameKind::Official);
        for variant in variants {
            self.add_name(variant.into(), id, NameKind::Variant);
        }
    }

    /// Adds names without their last word (荥阳), and the names of the table.
    fn add_short_names(&mut self, zones: &[ZoneRow]) {
        let words: std::collections::HashSet<&str> = zones
            .iter()
            .filter_map(|row| if let ZoneRow::Word(word) = *row { Some(word) } else { None })
            .collect();
        for row in zones {
            let ZoneRow::Name(kind, name, code) = *row else { continue };
            let Some(id) = self.by_code(code) else { continue };
            let says_what_it_is = name.ends_with(['县', '旗', '州', '区', '市']);
            match kind {
                NameKind::Variant if says_what_it_is => self.add_name(name.into(), id, kind),
                NameKind::Variant if words.contains(name) => {
                    self.add_name(name.into(), id, NameKind::CommonWord);
                }
                NameKind::Variant => self.add_short(name, id),
                _ => self.add_name(name.into(), id, kind),
            }
        }
        for id in self.coded.clone() {
            let division = &self.divisions[id];
            let (Cow::Borrowed(name), level) = (&division.name, division.level) else { continue };
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
            if level != Level::Province && words.contains(short) {
                self.add_name(short.into(), id as DivisionId, NameKind::CommonWord);
            } else {
                self.add_short(short, id as DivisionId);
            }
        }
    }

    /// A short name belongs to the highest division that has it: 新乡 is the city, not the county.
    fn add_short(&mut self, name: &'static str, id: DivisionId) {
        let level = self.division(id).level;
        let mut kind = NameKind::Short;
        let mut index = self.names.get(name).copied();
        while let Some(referent) = index.and_then(|at| self.referents.get(at as usize)).copied() {
            let other = self.division(referent.division).level;
            if referent.kind == NameKind::Short && other < level {
                kind = NameKind::CommonWord;
            } else if referent.kind == NameKind::Short && other > level {
                self.referents[index.unwrap_or_default() as usize].kind = NameKind::CommonWord;
            }
            index = referent.next;
        }
        self.add_name(name.into(), id, kind);
    }

    fn add_name(&mut self, name: Cow<'static, str>, division: DivisionId, kind: NameKind) {
        let index = self.referents.len() as u32;
        let next = match self.names.entry(name) {
            Entry::Occupied(mut first) => Some(first.insert(index)),
            Entry::Vacant(free) => {
                free.insert(index);
                None
            }
        };
        self.referents.push(Referent { division, kind, next });
    }
}

/// A row of `zones.csv`.
enum ZoneRow {
    Kind { name: &'static str, words: &'static str, alone: bool },
    Zone { name: &'static str, parent: &'static str, towns: &'static str, others: &'static str },
    Name(NameKind, &'static str, &'static str),
    Word(&'static str),
}

impl ZoneRow {
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split(',');
        let mut cell = || cells.next().unwrap_or_default();
        match cell() {
            "kind" => Some(Self::Kind { name: cell(), words: cell(), alone: true }),
            "named" => Some(Self::Kind { name: cell(), words: cell(), alone: false }),
            "zone" => {
                Some(Self::Zone { name: cell(), parent: cell(), towns: cell(), others: cell() })
            }
            "short" => Some(Self::Name(NameKind::Variant, cell(), cell())),
            "former" => Some(Self::Name(NameKind::Former, cell(), cell())),
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
