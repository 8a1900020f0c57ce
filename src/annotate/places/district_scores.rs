//! Ranks the districts of an article by their mentions, to find the one that it is about.

use super::disambiguate::ResolvedMentions;
use super::file_context::FileContext;
use super::mentions::ScannedText;
use super::roles::DistrictRoles;
use crate::gazetteer::{DivisionId, Gazetteer, Level};
use crate::model::Basis;

/// The score of one district or city.
#[derive(Debug)]
pub(crate) struct DistrictScore {
    pub(crate) division: DivisionId,
    pub(crate) level: Level,
    pub(crate) score: f32,
    /// Where it is first mentioned.
    pub(crate) first: (usize, usize),
    pub(crate) basis: Basis,
    pub(crate) evidence: String,
    pub(crate) mentions: u32,
    pub(crate) in_title: bool,
    /// In the headline or the lead.
    pub(crate) in_front: bool,
}

pub(crate) fn sort_by_score(scores: &mut [DistrictScore]) {
    scores.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.first.cmp(&b.first)));
}

/// Scores districts by their mentions: those in the headline and the lead weigh most, then their
/// number and how early they are.
pub(crate) fn score_districts(
    gazetteer: &Gazetteer,
    mentions: &ResolvedMentions<'_>,
    passages: &[ScannedText<'_>],
    context: &FileContext,
    roles: &DistrictRoles,
) -> Vec<DistrictScore> {
    let mut scores: Vec<DistrictScore> = Vec::new();
    let region = context.region.map(|(division, _)| division);
    let mut opened = false;
    for (mention, division) in mentions.resolved() {
        let about = gazetteer.district_of(division).unwrap_or(division);
        let level = gazetteer.division(about).level;
        if roles.is_silent(about) {
            continue;
        }
        let municipality = level == Level::Province && gazetteer.table.is_municipality(about);
        let level = if municipality { Level::City } else { level };
        let Some(passage) = passages.get(mention.passage) else { continue };
        let index =
            scores.iter().position(|scored| scored.division == about).unwrap_or_else(|| {
                scores.push(DistrictScore {
                    division: about,
                    level,
                    score: if region == Some(about) { 6.0 } else { 0.0 },
                    first: (mention.passage, mention.span.start),
                    basis: passage.basis,
                    evidence: passage.evidence(&mention.span).to_owned(),
                    mentions: 0,
                    in_title: false,
                    in_front: false,
                });
                scores.len() - 1
            });
        let Some(district) = scores.get_mut(index) else { continue };
        let first_here = match passage.basis {
            Basis::Title => !std::mem::replace(&mut district.in_title, true),
            _ => !district.in_front,
        };
        let weight = match (passage.basis, first_here) {
            (Basis::Title, true) => 12.0,
            (Basis::Lead, true) => 6.0,
            (Basis::Body, _) if district.mentions > 12 => 0.2,
            _ => 1.0,
        };
        district.in_front |= passage.basis != Basis::Body;
        district.mentions += 1;
        let indirect = if about == division { 1.0 } else { 0.8 };
        let far = region.is_some_and(|region| {
            !gazetteer.lies_in(about, gazetteer.city_of(region)) && level > Level::City
        });
        // The district that the text names first is more likely the scene of the news.
        let opens = first_here && level > Level::City && !opened;
        opened |= opens;
        let weight = weight * indirect + if opens { 3.0 } else { 0.0 };
        district.score += weight * if far { 0.5 } else { 1.0 };
    }
    scores
}
