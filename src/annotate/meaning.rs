//! Chooses among the units that a name can mean, by what the article and its file say around it.

use std::collections::HashMap;

use super::gazetteer::{Gazetteer, Level, UnitId};
use super::mentions::{Mention, Part, Sort};
use super::places::FileContext;
use super::villages;
use crate::model::{Basis, Place};

/// The mentions of an article with what they turned out to mean.
#[derive(Debug)]
pub(super) struct Meaning<'g> {
    gazetteer: &'g Gazetteer,
    /// In the order of the text. One unit left: decided; several: nothing decides between them.
    mentions: Vec<Mention>,
    /// Places that are not in the gazetteer under the printed name.
    others: Vec<(usize, Place)>,
    pub(super) warnings: Vec<String>,
}

/// What speaks for a unit.
struct Support<'c> {
    gazetteer: &'c Gazetteer,
    context: &'c FileContext,
    /// Units above towns that the article names, with how often.
    named: HashMap<UnitId, u32>,
}

/// A unit must be better supported than this to be taken for a town's name.
const TOWN_NEEDS: u32 = 1;

impl<'g> Meaning<'g> {
    pub(super) fn decide(
        gazetteer: &'g Gazetteer,
        context: &FileContext,
        parts: &[Part<'_>],
        mut mentions: Vec<Mention>,
    ) -> Self {
        let mut support = Support { gazetteer, context, named: HashMap::new() };
        for mention in &mentions {
            if let (Sort::Name, &[unit]) = (&mention.sort, mention.units.as_slice()) {
                support.add(unit);
            }
        }
        // From the highest level to the lowest, because what lies above decides what lies below.
        for level in [Level::Province, Level::City, Level::District, Level::Zone, Level::Town] {
            for index in 0..mentions.len() {
                let (before, rest) = mentions.split_at_mut(index);
                let Some(mention) = rest.first_mut() else { continue };
                if let Sort::Zone(kind) = mention.sort {
                    if level == Level::Zone {
                        mention.units = support.zones(kind);
                    }
                }
                let Some(&unit) = mention.units.first() else { continue };
                if gazetteer.unit(unit).level == level {
                    let above = neighbour(before, mention);
                    support.narrow(mention, above, parts);
                }
            }
        }
        let mut meaning = Self { gazetteer, mentions, others: Vec::new(), warnings: Vec::new() };
        meaning.read_villages(context, parts);
        meaning.warn(parts);
        meaning
    }

    /// Mentions that mean one unit, with it.
    pub(super) fn decided(&self) -> impl Iterator<Item = (&Mention, UnitId)> {
        self.mentions.iter().filter_map(|mention| match mention.units.as_slice() {
            &[unit] => Some((mention, unit)),
            _ => None,
        })
    }

    /// The words 我区, 全区 in the article.
    pub(super) fn own_words<'p>(&self, parts: &[Part<'p>]) -> Option<&'p str> {
        let mention = self.mentions.iter().find(|mention| mention.sort == Sort::OwnDistrict)?;
        Some(parts.get(mention.part)?.evidence(&mention.span))
    }

    /// Whether it says 我市, 全市.
    pub(super) fn speaks_of_own_city(&self) -> bool {
        self.mentions.iter().any(|mention| mention.sort == Sort::OwnCity)
    }

    /// Names of districts that several districts bear, where nothing decides.
    pub(super) fn ambiguous_districts(&self, parts: &[Part<'_>]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for mention in self.mentions.iter().filter(|mention| mention.units.len() > 1) {
            let Some(part) = parts.get(mention.part) else { continue };
            let district = |unit: &UnitId| self.gazetteer.unit(*unit).level == Level::District;
            if mention.units.iter().all(district) {
                let place = self.ambiguous(mention, part);
                if places.iter().all(|other| other.name != place.name) {
                    places.push(place);
                }
            }
        }
        places
    }

    fn ambiguous(&self, mention: &Mention, part: &Part<'_>) -> Place {
        let name = mention.units.first().map(|&unit| self.gazetteer.unit(unit).name.to_string());
        Place {
            code: None,
            name: name.unwrap_or_default(),
            path: Vec::new(),
            basis: part.basis,
            evidence: part.evidence(&mention.span).to_owned(),
            ambiguous: mention.units.iter().map(|&unit| self.gazetteer.path(unit)).collect(),
        }
    }

    /// Towns, streets, villages in the order of the text, each once.
    pub(super) fn places(&self, parts: &[Part<'_>]) -> Vec<Place> {
        let mut places: Vec<(usize, Place)> = self.others.clone();
        for (index, mention) in self.mentions.iter().enumerate() {
            let Some(part) = parts.get(mention.part) else { continue };
            let town = |unit: &UnitId| self.gazetteer.unit(*unit).level == Level::Town;
            if mention.units.is_empty() || !mention.units.iter().all(town) {
                continue;
            }
            let place = match *mention.units.as_slice() {
                [unit] => self.gazetteer.place(unit, part.basis, part.evidence(&mention.span)),
                _ => self.ambiguous(mention, part),
            };
            places.push((index, place));
        }
        places.sort_by_key(|&(index, _)| index);
        let mut kept: Vec<Place> = Vec::new();
        for (_, place) in places {
            if kept.iter().all(|other| (&other.name, &other.path) != (&place.name, &place.path)) {
                kept.push(place);
            }
        }
        kept
    }

    /// Names that end in 村, 社区, 街道, 镇, 乡 and are not in the gazetteer.
    fn read_villages(&mut self, context: &FileContext, parts: &[Part<'_>]) {
        let main = self.decided().find_map(|(_, unit)| self.gazetteer.district_of(unit));
        for index in 0..self.mentions.len() {
            let (before, rest) = self.mentions.split_at_mut(index);
            let Some(mention) = rest.first_mut() else { continue };
            let Some(part) = parts.get(mention.part) else { continue };
            let last = before.last().filter(|last| last.part == mention.part);
            let from = last.map_or(0, |last| last.span.end);
            let text = &part.folded.text;
            match mention.sort {
                Sort::Village => {
                    let Some(span) = villages::village(text, from, &mention.span) else { continue };
                    let above = last.filter(|last| last.span.end == span.start);
                    let above = match above.map(|last| last.units.as_slice()) {
                        Some(&[unit]) => Some(unit),
                        _ => main,
                    };
                    let mut path = above.map(|unit| self.gazetteer.path(unit)).unwrap_or_default();
                    let name = part.evidence(&span).to_owned();
                    path.push(name.clone());
                    let evidence = name.clone();
                    let place =
                        Place { name, path, basis: part.basis, evidence, ..Place::default() };
                    self.others.push((index, place));
                }
                Sort::UnknownTown => {
                    let city = context.region.map(|(unit, _)| unit).or(main);
                    let Some(city) = city.map(|unit| self.gazetteer.city_of(unit)) else {
                        continue;
                    };
                    let found = villages::misread_town(
                        self.gazetteer,
                        city,
                        main,
                        text,
                        from,
                        &mention.span,
                    );
                    let Some((span, unit)) = found else { continue };
                    let evidence = part.evidence(&span).to_owned();
                    let name = &self.gazetteer.unit(unit).name;
                    if evidence != *name {
                        self.warnings.push(format!("{evidence} was read as {name}"));
                    }
                    let place = self.gazetteer.place(unit, Basis::Inferred, &evidence);
                    mention.span = span;
                    mention.units = vec![unit];
                    self.others.push((index, place));
                }
                _ => {}
            }
        }
    }

    fn warn(&mut self, parts: &[Part<'_>]) {
        let mut unclear: Vec<&str> = Vec::new();
        for mention in &self.mentions {
            let Some(part) = parts.get(mention.part) else { continue };
            let zone = matches!(mention.sort, Sort::Zone(_)) && mention.units.len() != 1;
            let evidence = part.evidence(&mention.span);
            if (zone || mention.units.len() > 1) && !unclear.contains(&evidence) {
                unclear.push(evidence);
            }
        }
        let warning = |name: &str| format!("it is not clear which {name} is meant");
        self.warnings.extend(unclear.into_iter().map(warning));
    }
}

/// The unit named right before a mention.
fn neighbour(before: &[Mention], mention: &Mention) -> Option<UnitId> {
    let last = before.last()?;
    let near = last.part == mention.part && mention.span.start - last.span.end <= 3;
    match last.units.as_slice() {
        &[unit] if near => Some(unit),
        _ => None,
    }
}

impl Support<'_> {
    fn add(&mut self, unit: UnitId) {
        if self.gazetteer.unit(unit).level != Level::Town {
            *self.named.entry(unit).or_default() += 1;
        }
    }

    /// Leaves the units of a mention that are best supported; none where that is not enough.
    fn narrow(&mut self, mention: &mut Mention, above: Option<UnitId>, parts: &[Part<'_>]) {
        let Some(&first) = mention.units.first() else { return };
        let level = self.gazetteer.unit(first).level;
        if mention.sort == Sort::Short {
            mention.units.retain(|&unit| self.is_likely(unit, above));
        }
        let scored: Vec<(u32, UnitId)> =
            mention.units.iter().map(|&unit| (self.score(unit, above), unit)).collect();
        let best = scored.iter().map(|&(score, _)| score).max().unwrap_or(0);
        let name = parts.get(mention.part).map_or("", |part| part.evidence(&mention.span));
        let short_name = name.chars().count() <= 2 && mention.sort == Sort::Name;
        let enough = match level {
            Level::Town if self.context.region.is_some() || mention.units.len() > 1 => {
                best > TOWN_NEEDS
            }
            Level::District => best > 0 || !short_name,
            _ => true,
        };
        mention.units = scored
            .into_iter()
            .filter(|&(score, _)| enough && score == best)
            .map(|(_, unit)| unit)
            .collect();
        if let &[unit] = mention.units.as_slice() {
            self.add(unit);
        }
    }

    /// How much of what is known speaks for a unit.
    fn score(&self, unit: UnitId, above: Option<UnitId>) -> u32 {
        let gazetteer = self.gazetteer;
        let mut score = 0;
        if above.is_some_and(|above| above != unit && gazetteer.lies_in(unit, above)) {
            score += 16;
        }
        for over in gazetteer.upwards(unit).skip(1).filter(|over| self.named.contains_key(over)) {
            score += match gazetteer.unit(over).level {
                Level::District | Level::Zone => 6,
                Level::City => 4,
                _ if gazetteer.is_municipality(over) => 4,
                _ => 1,
            };
        }
        if let Some((region, _)) = self.context.region {
            let city = gazetteer.city_of(region);
            if gazetteer.lies_in(unit, region) {
                score += 4;
            } else if gazetteer.lies_in(unit, city) {
                score += 3;
            } else if gazetteer.upwards(city).any(|over| gazetteer.lies_in(unit, over)) {
                score += 1;
            }
        }
        let in_file = |over: UnitId| self.context.named.contains_key(&over);
        if gazetteer.upwards(unit).any(in_file) {
            score += 2;
        }
        score
    }

    /// Whether a short name may be taken for this unit: where the full name stands elsewhere in
    /// the article or the file, or what the unit lies in is the region or named right before it.
    fn is_likely(&self, unit: UnitId, above: Option<UnitId>) -> bool {
        let gazetteer = self.gazetteer;
        let in_article = self.named.contains_key(&unit);
        if gazetteer.unit(unit).level <= Level::City {
            return true;
        }
        let below = above.is_some_and(|above| above != unit && gazetteer.lies_in(unit, above));
        // 区 are named after roads, hills and virtues: only beside the full name.
        if gazetteer.unit(unit).name.ends_with('区') {
            return in_article || below;
        }
        let region = self.context.region.map(|(unit, _)| gazetteer.city_of(unit));
        in_article
            || below
            || self.context.named.contains_key(&unit)
            || region.is_none_or(|city| gazetteer.lies_in(unit, city))
            || self.named.contains_key(&gazetteer.city_of(unit))
    }

    /// The zones of a kind in the cities that the article names, and in the region's.
    fn zones(&self, kind: u32) -> Vec<UnitId> {
        let gazetteer = self.gazetteer;
        let Some(kind) = gazetteer.kinds().get(kind as usize) else { return Vec::new() };
        if let Some((region, _)) = self.context.region {
            let unit = gazetteer.unit(region);
            if unit.level == Level::Zone && unit.name.ends_with(kind.name) {
                return vec![region];
            }
        }
        // A zone of this kind that is named with its city.
        let mut zones: Vec<UnitId> = self
            .named
            .keys()
            .copied()
            .filter(|&unit| {
                let unit = gazetteer.unit(unit);
                unit.level == Level::Zone && unit.name.ends_with(kind.name)
            })
            .collect();
        if zones.is_empty() {
            let named = self.named.keys().map(|&unit| gazetteer.city_of(unit));
            let region = self.context.region.map(|(unit, _)| gazetteer.city_of(unit));
            zones = named.chain(region).filter_map(|city| gazetteer.zone_in(city, kind)).collect();
        }
        zones.sort_unstable();
        zones.dedup();
        zones
    }
}
