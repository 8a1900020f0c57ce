//! Chooses among the divisions that a name can refer to by its context in the article and the file.

use super::candidate_scorer::{CandidateScorer, neighbour};
use super::file_context::FileContext;
use super::mentions::{Mention, MentionKind, ScannedText};
use super::place::place_of;
use super::unlisted;
use crate::gazetteer::{DivisionId, Gazetteer, Level};
use crate::model::{ArticleWarning, Basis, Place};

/// The mentions of an article with the divisions that they refer to.
#[derive(Debug)]
pub(crate) struct ResolvedMentions<'g> {
    gazetteer: &'g Gazetteer,
    /// In the order of the text. A mention with one division is resolved, one with several is
    /// ambiguous.
    mentions: Vec<Mention>,
    /// Places that are not in the gazetteer under the printed name.
    others: Vec<(usize, Place)>,
    pub(crate) warnings: Vec<ArticleWarning>,
}

impl<'g> ResolvedMentions<'g> {
    pub(crate) fn resolve(
        gazetteer: &'g Gazetteer,
        context: &FileContext,
        passages: &[ScannedText<'_>],
        mut mentions: Vec<Mention>,
    ) -> Self {
        let mut support = CandidateScorer::new(gazetteer, context);
        for mention in &mentions {
            if let (MentionKind::Name, &[division]) = (&mention.kind, mention.divisions.as_slice())
            {
                support.add(division);
            }
        }
        // From the highest level to the lowest, because a division is evidence for those that lie
        // in it.
        for level in [Level::Province, Level::City, Level::District, Level::Zone, Level::Town] {
            for index in 0..mentions.len() {
                let (before, rest) = mentions.split_at_mut(index);
                let Some(mention) = rest.first_mut() else { continue };
                if let MentionKind::Zone(kind) = mention.kind
                    && level == Level::Zone
                {
                    mention.divisions = support.zones(kind);
                }
                let Some(&division) = mention.divisions.first() else { continue };
                if gazetteer.division(division).level == level {
                    let above = neighbour(before, mention, passages);
                    support.narrow(mention, above, passages);
                }
            }
        }
        let mut meaning = Self { gazetteer, mentions, others: Vec::new(), warnings: Vec::new() };
        meaning.read_villages(context, passages);
        meaning.warn(passages);
        meaning
    }

    /// The resolved mentions, each with its division.
    pub(crate) fn resolved(&self) -> impl Iterator<Item = (&Mention, DivisionId)> {
        self.mentions.iter().filter_map(|mention| match mention.divisions.as_slice() {
            &[division] => Some((mention, division)),
            _ => None,
        })
    }

    /// The words 我区, 全区 in the article.
    pub(crate) fn own_words<'p>(&self, passages: &[ScannedText<'p>]) -> Option<&'p str> {
        let mention =
            self.mentions.iter().find(|mention| mention.kind == MentionKind::OwnDistrict)?;
        Some(passages.get(mention.passage)?.evidence(&mention.span))
    }

    /// Whether it says 我市, 全市, or speaks of the city's government.
    pub(crate) fn speaks_of_own_city(&self, passages: &[ScannedText<'_>]) -> bool {
        self.city_government_acts(passages)
            || self.mentions.iter().any(|mention| mention.kind == MentionKind::OwnCity)
    }

    /// Whether it speaks of a city's government: 我市, 市长, 新乡市委.
    pub(crate) fn city_government_acts(&self, passages: &[ScannedText<'_>]) -> bool {
        self.mentions.iter().any(|mention| match mention.divisions.as_slice() {
            [] => mention.kind == MentionKind::CityGovernment,
            &[division] if self.gazetteer.division(division).level == Level::City => {
                let text = passages
                    .get(mention.passage)
                    .map_or("", |passage| passage.folded.text.as_str());
                let after = text.get(mention.span.end..).unwrap_or_default();
                ["委", "政府", "长", "市长", "副市长"].iter().any(|word| after.starts_with(word))
            }
            _ => false,
        })
    }

    /// Names shared by several districts that stay ambiguous.
    pub(crate) fn ambiguous_districts(&self, passages: &[ScannedText<'_>]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for mention in self.mentions.iter().filter(|mention| mention.divisions.len() > 1) {
            let Some(passage) = passages.get(mention.passage) else { continue };
            let district =
                |division: &DivisionId| self.gazetteer.division(*division).level == Level::District;
            if mention.divisions.iter().all(district) {
                let place = self.ambiguous(mention, passage);
                if places.iter().all(|other| other.name != place.name) {
                    places.push(place);
                }
            }
        }
        places
    }

    fn ambiguous(&self, mention: &Mention, passage: &ScannedText<'_>) -> Place {
        let name = mention
            .divisions
            .first()
            .map(|&division| self.gazetteer.division(division).name.to_string());
        Place {
            name: name.unwrap_or_default(),
            basis: passage.basis,
            evidence: passage.evidence(&mention.span).to_owned(),
            ambiguous: mention
                .divisions
                .iter()
                .map(|&division| self.gazetteer.path(division))
                .collect(),
            ..Place::default()
        }
    }

    /// Towns, streets, villages in the order of the text, each once.
    pub(crate) fn places(&self, passages: &[ScannedText<'_>]) -> Vec<Place> {
        let mut places: Vec<(usize, Place)> = self.others.clone();
        for (index, mention) in self.mentions.iter().enumerate() {
            let Some(passage) = passages.get(mention.passage) else { continue };
            let town =
                |division: &DivisionId| self.gazetteer.division(*division).level == Level::Town;
            if mention.divisions.is_empty() || !mention.divisions.iter().all(town) {
                continue;
            }
            let place = match *mention.divisions.as_slice() {
                [division] => place_of(
                    self.gazetteer,
                    division,
                    passage.basis,
                    passage.evidence(&mention.span),
                ),
                _ => self.ambiguous(mention, passage),
            };
            places.push((index, place));
        }
        places.sort_by_key(|&(index, _)| index);
        let mut kept: Vec<Place> = Vec::new();
        for (_, place) in places {
            // A village's path depends on the names before it; the first mention has the fullest.
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
    fn read_villages(&mut self, context: &FileContext, passages: &[ScannedText<'_>]) {
        let main = self.resolved().find_map(|(_, division)| self.gazetteer.district_of(division));
        for index in 0..self.mentions.len() {
            let (before, rest) = self.mentions.split_at_mut(index);
            let Some(mention) = rest.first_mut() else { continue };
            let Some(passage) = passages.get(mention.passage) else { continue };
            let last = before.last().filter(|last| last.passage == mention.passage);
            let from = last.map_or(0, |last| last.span.end);
            let text = &passage.folded.text;
            match mention.kind {
                MentionKind::Village => {
                    let Some(span) = unlisted::village(text, from, &mention.span) else { continue };
                    let above = last.filter(|last| last.span.end == span.start);
                    let above = match above.map(|last| last.divisions.as_slice()) {
                        Some(&[division]) => Some(division),
                        _ => main,
                    };
                    let mut path =
                        above.map(|division| self.gazetteer.path(division)).unwrap_or_default();
                    let name = passage.evidence(&span).to_owned();
                    path.push(name.clone());
                    let evidence = name.clone();
                    let place =
                        Place { name, path, basis: passage.basis, evidence, ..Place::default() };
                    self.others.push((index, place));
                }
                MentionKind::UnknownTown | MentionKind::Name if mention.divisions.is_empty() => {
                    let Some(ending) = unlisted::town_ending(text, &mention.span) else { continue };
                    let city = context.region.map(|(division, _)| division).or(main);
                    let Some(city) = city.map(|division| self.gazetteer.city_of(division)) else {
                        continue;
                    };
                    let found =
                        unlisted::misread_town(self.gazetteer, (city, main), text, from, &ending);
                    let Some((span, division)) = found else { continue };
                    // A name that towns elsewhere have is taken as misread only for a town nearby.
                    let elsewhere =
                        main.is_some_and(|main| !self.gazetteer.lies_in(division, main));
                    if mention.kind == MentionKind::Name && elsewhere {
                        continue;
                    }
                    let evidence = passage.evidence(&span).to_owned();
                    let name = &self.gazetteer.division(division).name;
                    if evidence != *name {
                        let (printed, name) = (evidence.clone(), name.to_string());
                        let warning = ArticleWarning::ReadAs { printed, name };
                        if !self.warnings.contains(&warning) {
                            self.warnings.push(warning);
                        }
                    }
                    let place = place_of(self.gazetteer, division, Basis::Inferred, &evidence);
                    mention.span = span;
                    mention.divisions = vec![division];
                    self.others.push((index, place));
                }
                _ => {}
            }
        }
    }

    fn warn(&mut self, passages: &[ScannedText<'_>]) {
        let mut unclear: Vec<&str> = Vec::new();
        for mention in &self.mentions {
            let Some(passage) = passages.get(mention.passage) else { continue };
            let zone = matches!(mention.kind, MentionKind::Zone(_)) && mention.divisions.len() != 1;
            let evidence = passage.evidence(&mention.span);
            if (zone || mention.divisions.len() > 1) && !unclear.contains(&evidence) {
                unclear.push(evidence);
            }
        }
        let warning = |printed: &str| ArticleWarning::UnclearPlace { printed: printed.to_owned() };
        self.warnings.extend(unclear.into_iter().map(warning));
    }
}
