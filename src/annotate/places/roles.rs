//! Tells what each district is to an article: what it is about, where the report comes from, or
//! something that is merely mentioned.
//!
//! Every mention counts by what its sentence does with it (`mention_use`) and by where it stands:
//! the headline and the beginning of the text weigh most, and in reports on the whole country
//! (`reach`) the rest hardly counts. The weights of a district and of all that lies in it add up;
//! from the provinces that reach a least weight the search goes down to the divisions that share
//! most of it.

use std::collections::HashMap;

use super::classify::{MentionPosition, classify_all};
use super::disambiguate::ResolvedMentions;
use super::mention_use::MentionUse;
use super::mentions::ScannedText;
use super::reach::Reach;
use crate::gazetteer::{DivisionId, Gazetteer};
use crate::model::DistrictRole;

/// The weight that a province with all in it needs: less if it is the only one of a local report
/// and something happens there, more if others weigh more.
const MIN_WEIGHT: f32 = 2.5;
const MIN_WEIGHT_ALONE: f32 = 1.2;
const MIN_SHARE: f32 = 0.45;
/// The weight that a part of what an article is about needs, and its share of the weightiest part.
const MIN_PART: f32 = 0.8;
const MIN_SHARE_PART: f32 = 0.1;
/// The share of a division's own weight that the only scene in it needs to be what the article is
/// about, and how many times the scene's weight the division's own must be to count beside it.
const MIN_SHARE_SCENE: f32 = 0.35;
const OWN_BESIDE_SCENE: f32 = 1.2;
/// The own weight that a division with several scenes needs.
const MIN_WEIGHT_COMMON: f32 = 1.25;
/// By how much a scene at the beginning leads others that weigh the same.
const FRONT_LEADS: f32 = 2.0;
/// How much a mention counts in a report on the whole country, unless it is at home there.
const PASSING: f32 = 0.4;
/// How much a short name counts that nothing is said to happen at.
const SHORT: f32 = 0.7;
/// So many plain mentions of a short name count as a name that says what it is.
const MANY: u32 = 3;
/// After so many mentions further ones hardly count.
const ENOUGH: u32 = 8;

/// What the mentions of one district say together.
#[derive(Debug, Clone, Default)]
struct District {
    role: DistrictRole,
    weight: f32,
    /// By which districts of one role are sorted: the weight, or more.
    rank: f32,
    /// The mention that speaks most for it: its weight, passage and words around it.
    best: Option<(f32, String)>,
    mentions: u32,
    plain: u32,
    in_title: bool,
    /// Scene or subject at the beginning of the text.
    in_front: bool,
    /// Scene or subject anywhere.
    is_scene: bool,
    /// Scene, subject, or named in full or often.
    acts: bool,
    only_origin: bool,
    only_silent: bool,
}

/// The roles of the districts that an article names.
#[derive(Debug, Default)]
pub(crate) struct DistrictRoles {
    districts: HashMap<DivisionId, District>,
}

impl DistrictRoles {
    pub(crate) fn of(
        gazetteer: &Gazetteer,
        resolved: &ResolvedMentions<'_>,
        passages: &[ScannedText<'_>],
    ) -> Self {
        let reach = Reach::of(passages);
        let mut roles = Self::default();
        let mentions = classify_all(gazetteer, resolved, passages, reach);
        let province = |division| gazetteer.upwards(division).last().unwrap_or(division);
        // What the headline names, and where the paper is from, is at home in a national report.
        let home: Vec<DivisionId> = mentions
            .iter()
            .filter(|mention| match mention.position {
                MentionPosition::Title => mention.r#use.weight() >= 1.0,
                MentionPosition::Front => mention.r#use == MentionUse::Outlet,
                MentionPosition::Lead | MentionPosition::Rest => false,
            })
            .map(|mention| province(mention.division))
            .collect();
        for mention in &mentions {
            let district = gazetteer.district_of(mention.division).unwrap_or(mention.division);
            let new = District { only_origin: true, only_silent: true, ..District::default() };
            let district = roles.districts.entry(district).or_insert(new);
            let (r#use, position) = (mention.r#use, mention.position);
            let acts = matches!(r#use, MentionUse::Scene | MentionUse::Subject);
            district.only_origin &= r#use.is_origin();
            district.only_silent &= r#use.is_silent();
            district.mentions += u32::from(r#use.weight() > 0.0);
            district.plain += u32::from(r#use == MentionUse::Plain);
            district.in_title |= position == MentionPosition::Title && r#use.weight() >= 1.0;
            district.in_front |= position == MentionPosition::Front && acts;
            district.is_scene |= acts;
            district.acts |=
                acts || r#use == MentionUse::Plain && (mention.is_full || district.plain >= MANY);
            let place = match position {
                MentionPosition::Title => 5.0,
                MentionPosition::Front => 2.2,
                MentionPosition::Lead => 1.3,
                MentionPosition::Rest if district.mentions > ENOUGH => 0.1,
                MentionPosition::Rest => 0.8,
            };
            let opens = position == MentionPosition::Front && acts;
            let passes =
                reach != Reach::Local && !opens && !home.contains(&province(mention.division));
            let weight = place
                * r#use.weight()
                * if mention.is_full || acts { 1.0 } else { SHORT }
                * if passes { PASSING } else { 1.0 };
            district.weight += weight;
            if district.best.as_ref().is_none_or(|(best, _)| weight > *best) {
                district.best = Some((weight, mention.words(passages)));
            }
        }
        roles.assign(gazetteer, reach);
        roles
    }

    /// The role of a district; a mention for one that nothing is said of.
    pub(crate) fn role(&self, division: DivisionId) -> DistrictRole {
        self.districts.get(&division).map_or(DistrictRole::Mentioned, |district| district.role)
    }

    /// By which districts of one role are sorted, the highest first.
    pub(crate) fn rank(&self, division: DivisionId) -> f32 {
        self.districts.get(&division).map_or(0.0, |district| district.rank)
    }

    /// The words around the mention that speaks most for the role.
    pub(crate) fn words(&self, division: DivisionId) -> Option<&str> {
        let (_, words) = self.districts.get(&division)?.best.as_ref()?;
        Some(words)
    }

    /// Whether no mention of a division speaks for it.
    pub(crate) fn is_silent(&self, division: DivisionId) -> bool {
        self.districts.get(&division).is_some_and(|district| district.only_silent)
    }

    fn assign(&mut self, gazetteer: &Gazetteer, reach: Reach) {
        let mut totals: HashMap<DivisionId, f32> = HashMap::new();
        for (&division, district) in &mut self.districts {
            for above in gazetteer.upwards(division) {
                *totals.entry(above).or_default() += district.weight;
            }
            district.rank = district.weight + if district.in_front { FRONT_LEADS } else { 0.0 };
            district.role =
                if district.only_origin { DistrictRole::Origin } else { DistrictRole::Mentioned };
        }
        let mut provinces: Vec<(DivisionId, f32)> = totals
            .iter()
            .filter(|&(&division, &total)| {
                total > 0.0 && gazetteer.division(division).parent.is_none()
            })
            .map(|(&division, &total)| (division, total))
            .collect();
        provinces.sort_unstable_by_key(|&(division, _)| division);
        let top = provinces.iter().map(|&(_, total)| total).fold(0.0, f32::max);
        let alone = reach == Reach::Local && provinces.len() == 1;
        for (province, total) in provinces {
            let scene = self.any_within(gazetteer, province, |district| district.is_scene);
            let least = if alone && scene { MIN_WEIGHT_ALONE } else { MIN_WEIGHT };
            if total >= least.max(MIN_SHARE * top) {
                self.descend(gazetteer, &totals, province);
            }
        }
    }

    /// Finds what an article is about in a division that it is about or in which that lies.
    fn descend(
        &mut self,
        gazetteer: &Gazetteer,
        totals: &HashMap<DivisionId, f32>,
        division: DivisionId,
    ) {
        let mut parts: Vec<DivisionId> = totals
            .iter()
            .filter(|&(&part, &total)| {
                gazetteer.division(part).parent == Some(division)
                    && total >= MIN_PART
                    && self.any_within(gazetteer, part, |district| district.acts)
            })
            .map(|(&part, _)| part)
            .collect();
        let best = parts.iter().map(|part| totals[part]).fold(0.0, f32::max);
        parts.retain(|part| totals[part] >= MIN_SHARE_PART * best);
        parts.sort_unstable();
        let several = parts.len() > 1;
        if let Some(own) = self.districts.get_mut(&division) {
            let faint = !own.in_title && !several && best < MIN_SHARE_SCENE * own.weight;
            if faint {
                parts.clear();
            }
            let counts = match parts.len() {
                0 => own.weight > 0.0,
                1 => own.weight >= OWN_BESIDE_SCENE * best,
                _ => own.weight >= MIN_WEIGHT_COMMON,
            };
            if counts || own.in_title {
                own.role = DistrictRole::About;
                // Several scenes in it: it is what they have in common.
                if several {
                    own.rank = own.rank.max(best + FRONT_LEADS + 0.1);
                }
            }
        }
        for part in parts {
            self.descend(gazetteer, totals, part);
        }
    }

    /// Whether something holds for a division or for one that lies in it.
    fn any_within(
        &self,
        gazetteer: &Gazetteer,
        division: DivisionId,
        holds: impl Fn(&District) -> bool,
    ) -> bool {
        let mut districts = self.districts.iter();
        districts.any(|(&other, district)| holds(district) && gazetteer.lies_in(other, division))
    }
}
