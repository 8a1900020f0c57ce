//! Decides which district an article is about, and which districts and places it names.

use std::collections::HashMap;

use super::gazetteer::{Gazetteer, Level, UnitId};
use super::meaning::Meaning;
use super::mentions::{Mention, Part, Sort, read};
use crate::model::{Article, Basis, Place, SourceText};
use crate::split::Cutting;

/// What a file as a whole says about where its articles happen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileContext {
    /// The unit that the publication serves, and where that was found.
    pub(super) region: Option<(UnitId, Basis)>,
    /// Cities and districts that the file names without ambiguity, and how often.
    pub(super) named: HashMap<UnitId, u32>,
}

/// The districts and places of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Located {
    /// Districts and zones, the one that the article is about first; cities behind them, or alone
    /// where the article is about a city as a whole.
    pub districts: Vec<Place>,
    /// Towns, streets, villages and communities in the order of the text.
    pub places: Vec<Place>,
    /// What a person should know.
    pub warnings: Vec<String>,
}

/// So many bytes at the head of a file are looked at to find the region that it serves.
const CONTEXT_BYTES: usize = 200_000;
/// So many bytes of the body count as the lead.
const LEAD_BYTES: usize = 600;

impl Gazetteer {
    /// What the file says about its region: `corpus.toml` first, then the publication's name, then
    /// a vote of the districts that its first 200,000 bytes name.
    #[must_use]
    pub fn context(&self, source: &SourceText, cutting: &Cutting) -> FileContext {
        let head = (0..=CONTEXT_BYTES.min(source.text.len()))
            .rev()
            .find_map(|end| source.text.get(..end))
            .unwrap_or_default();
        let part = Part::new(Basis::Inferred, head);
        let mut named: HashMap<UnitId, u32> = HashMap::new();
        for mention in read(self, 0, &part.folded.text) {
            if let (Sort::Name, &[unit]) = (&mention.sort, mention.units.as_slice()) {
                if !matches!(self.unit(unit).level, Level::Province | Level::Town) {
                    *named.entry(unit).or_default() += 1;
                }
            }
        }
        let configured = source.meta.region.as_deref().and_then(|region| {
            match self.resolve_ids(region).as_slice() {
                &[unit] => Some((unit, Basis::Config)),
                _ => None,
            }
        });
        let publication = source.meta.publication.as_ref().or(cutting.publication.as_ref());
        let region = configured
            .or_else(|| Some((self.region_in_name(publication?)?, Basis::Issue)))
            .or_else(|| Some((self.region_by_vote(&named)?, Basis::Inferred)));
        FileContext { region, named }
    }

    /// The lowest unit that a publication's name names: 新乡高新区管委会公报, 郑州日报.
    fn region_in_name(&self, publication: &str) -> Option<UnitId> {
        let part = Part::new(Basis::Issue, publication);
        read(self, 0, &part.folded.text)
            .into_iter()
            .filter(|mention| matches!(mention.sort, Sort::Name | Sort::Short))
            .filter_map(|mention| match mention.units.as_slice() {
                &[unit] if self.unit(unit).level != Level::Town => Some(unit),
                _ => None,
            })
            .max_by_key(|&unit| self.unit(unit).level)
    }

    /// The district that a long file names far more than all others, else the city in which most of
    /// the named districts lie, else nothing.
    fn region_by_vote(&self, named: &HashMap<UnitId, u32>) -> Option<UnitId> {
        let mut districts: HashMap<UnitId, u32> = HashMap::new();
        let mut cities: HashMap<UnitId, u32> = HashMap::new();
        for (&unit, &count) in named {
            if let Some(district) = self.district_of(unit) {
                *districts.entry(district).or_default() += count;
            }
            // Ten mentions of one district say hardly more of the region than three.
            *cities.entry(self.city_of(unit)).or_default() += count.min(3);
        }
        let leader = |votes: &HashMap<UnitId, u32>| {
            let all: u32 = votes.values().sum();
            let (&unit, &count) = votes.iter().max_by_key(|&(&unit, &count)| (count, !unit))?;
            Some((unit, count, all))
        };
        if let Some((district, count, all)) = leader(&districts) {
            if count >= 30 && count * 10 >= all * 7 {
                return Some(district);
            }
        }
        let (city, count, all) = leader(&cities)?;
        (count >= 2 && count * 2 > all).then_some(city)
    }

    /// Districts and places of an article, each with its evidence.
    #[must_use]
    pub fn locate(&self, article: &Article, context: &FileContext) -> Located {
        let (lead, rest) = cut_lead(&article.body);
        let parts: Vec<Part<'_>> = [
            (Basis::Title, article.title.as_deref()),
            (Basis::Title, article.kicker.as_deref()),
            (Basis::Title, article.subtitle.as_deref()),
            (Basis::Lead, Some(lead)),
            (Basis::Body, Some(rest)),
        ]
        .into_iter()
        .filter_map(|(basis, text)| Some(Part::new(basis, text?)))
        .collect();
        let mentions: Vec<Mention> = parts
            .iter()
            .enumerate()
            .flat_map(|(index, part)| read(self, index, &part.folded.text))
            .collect();
        let mut meaning = Meaning::decide(self, context, &parts, mentions);
        let mut located =
            Located { warnings: std::mem::take(&mut meaning.warnings), ..Located::default() };
        located.districts = self.districts(&meaning, &parts, context);
        located.places = meaning.places(&parts);
        if located.districts.is_empty() {
            located
                .warnings
                .push("no district is named, and none follows from the file".to_owned());
        }
        located
    }

    fn districts(
        &self,
        meaning: &Meaning<'_>,
        parts: &[Part<'_>],
        context: &FileContext,
    ) -> Vec<Place> {
        let tallies = tally(self, meaning, parts, context);
        let own = context.region.filter(|&(unit, _)| self.district_of(unit).is_some());
        let (mut districts, mut cities): (Vec<Tally>, Vec<Tally>) =
            tallies.into_iter().partition(|tally| tally.level != Level::City);
        sort(&mut districts);
        sort(&mut cities);
        let place = |tally: &Tally| self.place(tally.unit, tally.basis, &tally.evidence);
        let mut places: Vec<Place> = districts.iter().map(place).collect();
        places.extend(meaning.ambiguous_districts(parts));
        let from_region = |unit: UnitId, basis: Basis| {
            let basis = if basis == Basis::Config { Basis::Region } else { basis };
            self.place(unit, basis, meaning.own_words(parts).unwrap_or_default())
        };
        let city_leads = match (cities.first(), own) {
            (Some(city), None) => {
                city.in_title && districts.iter().all(|district| !district.in_front)
            }
            // In the paper of a district, an article that speaks of the city all the way through.
            (Some(city), Some(_)) => {
                places.is_empty() && city.mentions >= 4 && meaning.city_government_acts(parts)
            }
            (None, _) => false,
        };
        if places.is_empty() && !city_leads {
            places.extend(own.map(|(unit, basis)| from_region(unit, basis)));
        }
        let city_places: Vec<Place> = cities.iter().map(place).collect();
        let at = if city_leads { 0 } else { places.len() };
        places.splice(at..at, city_places);
        if places.is_empty() && meaning.speaks_of_own_city(parts) {
            let city = context.region.map(|(unit, basis)| (self.city_of(unit), basis));
            places.extend(city.map(|(unit, basis)| from_region(unit, basis)));
        }
        places
    }

    pub(super) fn place(&self, id: UnitId, basis: Basis, evidence: &str) -> Place {
        let unit = self.unit(id);
        Place {
            code: unit.code.map(str::to_owned),
            name: unit.name.to_string(),
            path: self.path(id),
            basis,
            evidence: evidence.to_owned(),
            ambiguous: Vec::new(),
        }
    }
}

/// What speaks for one district or city.
#[derive(Debug)]
struct Tally {
    unit: UnitId,
    level: Level,
    score: f32,
    /// Where it is first mentioned.
    first: (usize, usize),
    basis: Basis,
    evidence: String,
    mentions: u32,
    in_title: bool,
    /// In the headline or the lead.
    in_front: bool,
}

fn sort(tallies: &mut [Tally]) {
    tallies.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.first.cmp(&b.first)));
}

/// Adds up the mentions: the headline and the lead weigh most, then how often and how early.
fn tally(
    gazetteer: &Gazetteer,
    meaning: &Meaning<'_>,
    parts: &[Part<'_>],
    context: &FileContext,
) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    let region = context.region.map(|(unit, _)| unit);
    for (mention, unit) in meaning.decided() {
        let about = gazetteer.district_of(unit).unwrap_or(unit);
        let level = gazetteer.unit(about).level;
        if level == Level::Province && !gazetteer.table.is_municipality(about) {
            continue;
        }
        let level = if level == Level::Province { Level::City } else { level };
        let Some(part) = parts.get(mention.part) else { continue };
        let index = tallies.iter().position(|tally| tally.unit == about).unwrap_or_else(|| {
            tallies.push(Tally {
                unit: about,
                level,
                score: if region == Some(about) { 6.0 } else { 0.0 },
                first: (mention.part, mention.span.start),
                basis: part.basis,
                evidence: part.evidence(&mention.span).to_owned(),
                mentions: 0,
                in_title: false,
                in_front: false,
            });
            tallies.len() - 1
        });
        let Some(tally) = tallies.get_mut(index) else { continue };
        let first_here = match part.basis {
            Basis::Title => !std::mem::replace(&mut tally.in_title, true),
            _ => !tally.in_front,
        };
        let weight = match (part.basis, first_here) {
            (Basis::Title, true) => 12.0,
            (Basis::Lead, true) => 6.0,
            (Basis::Body, _) if tally.mentions > 12 => 0.2,
            _ => 1.0,
        };
        tally.in_front |= part.basis != Basis::Body;
        tally.mentions += 1;
        let indirect = if about == unit { 1.0 } else { 0.8 };
        let far = region.is_some_and(|region| {
            !gazetteer.lies_in(about, gazetteer.city_of(region)) && level != Level::City
        });
        tally.score += weight * indirect * if far { 0.5 } else { 1.0 };
    }
    tallies
}

/// The first paragraphs of a body, up to 600 bytes or the end of the first paragraph.
fn cut_lead(body: &str) -> (&str, &str) {
    let mut end = body.find('\n').unwrap_or(body.len()).min(LEAD_BYTES);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    body.split_at(end)
}
