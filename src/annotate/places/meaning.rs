//! Chooses among the units that a name can mean, by what the article and its file say around it.

use super::context::FileContext;
use super::mentions::{Mention, Part, Sort};
use super::support::{Support, neighbour};
use super::villages;
use crate::annotate::sentences::{READ_AS, UNCLEAR};
use crate::gazetteer::{Gazetteer, Level, UnitId};
use crate::model::{Basis, Place, filled};

/// The mentions of an article with what they turned out to mean.
#[derive(Debug)]
pub(crate) struct Meaning<'g> {
    gazetteer: &'g Gazetteer,
    /// In the order of the text. One unit left: decided; several: nothing decides between them.
    mentions: Vec<Mention>,
    /// Places that are not in the gazetteer under the printed name.
    others: Vec<(usize, Place)>,
    pub(crate) warnings: Vec<String>,
}

impl<'g> Meaning<'g> {
    pub(crate) fn decide(
        gazetteer: &'g Gazetteer,
        context: &FileContext,
        parts: &[Part<'_>],
        mut mentions: Vec<Mention>,
    ) -> Self {
        let mut support = Support::new(gazetteer, context);
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
                if let Sort::Zone(kind) = mention.sort
                    && level == Level::Zone
                {
                    mention.units = support.zones(kind);
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
    pub(crate) fn decided(&self) -> impl Iterator<Item = (&Mention, UnitId)> {
        self.mentions.iter().filter_map(|mention| match mention.units.as_slice() {
            &[unit] => Some((mention, unit)),
            _ => None,
        })
    }

    /// The words 我区, 全区 in the article.
    pub(crate) fn own_words<'p>(&self, parts: &[Part<'p>]) -> Option<&'p str> {
        let mention = self.mentions.iter().find(|mention| mention.sort == Sort::OwnDistrict)?;
        Some(parts.get(mention.part)?.evidence(&mention.span))
    }

    /// Whether it says 我市, 全市, or speaks of the city's government.
    pub(crate) fn speaks_of_own_city(&self, parts: &[Part<'_>]) -> bool {
        self.city_government_acts(parts)
            || self.mentions.iter().any(|mention| mention.sort == Sort::OwnCity)
    }

    /// Whether it speaks of a city's government: 我市, 市长, 新乡市委.
    pub(crate) fn city_government_acts(&self, parts: &[Part<'_>]) -> bool {
        self.mentions.iter().any(|mention| match mention.units.as_slice() {
            [] => mention.sort == Sort::CityGovernment,
            &[unit] if self.gazetteer.unit(unit).level == Level::City => {
                let text = parts.get(mention.part).map_or("", |part| part.folded.text.as_str());
                let after = text.get(mention.span.end..).unwrap_or_default();
                ["委", "政府", "长", "市长", "副市长"].iter().any(|word| after.starts_with(word))
            }
            _ => false,
        })
    }

    /// Names of districts that several districts bear, where nothing decides.
    pub(crate) fn ambiguous_districts(&self, parts: &[Part<'_>]) -> Vec<Place> {
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
    pub(crate) fn places(&self, parts: &[Part<'_>]) -> Vec<Place> {
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
            // A village's path depends on what was named before it: the first is the fullest.
            let known = kept.iter().any(|other| {
                other.name == place.name && (other.path == place.path || place.code.is_none())
            });
            if !known {
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
                Sort::UnknownTown | Sort::Name if mention.units.is_empty() => {
                    let Some(ending) = villages::town_ending(text, &mention.span) else { continue };
                    let city = context.region.map(|(unit, _)| unit).or(main);
                    let Some(city) = city.map(|unit| self.gazetteer.city_of(unit)) else {
                        continue;
                    };
                    let found =
                        villages::misread_town(self.gazetteer, (city, main), text, from, &ending);
                    let Some((span, unit)) = found else { continue };
                    // A name that towns elsewhere bear is misread only for one close by.
                    let elsewhere = main.is_some_and(|main| !self.gazetteer.lies_in(unit, main));
                    if mention.sort == Sort::Name && elsewhere {
                        continue;
                    }
                    let evidence = part.evidence(&span).to_owned();
                    let name = &self.gazetteer.unit(unit).name;
                    if evidence != *name {
                        let warning = filled(READ_AS, &[&evidence, name]);
                        if !self.warnings.contains(&warning) {
                            self.warnings.push(warning);
                        }
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
        let warning = |name: &str| filled(UNCLEAR, &[&name]);
        self.warnings.extend(unclear.into_iter().map(warning));
    }
}
