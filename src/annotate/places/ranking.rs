//! Puts the districts of an article in order: the primary one first, then what else it is about, then
//! the others by their roles.
//!
//! In the paper of a region its districts are primary by their places in headline and lead
//! (`district_scores`): such a paper need not say where it is. Elsewhere only the roles count, and
//! an article can be about no district.

use super::disambiguate::ResolvedMentions;
use super::district_scores::{DistrictScore, score_districts, sort_by_score};
use super::file_context::FileContext;
use super::mentions::ScannedText;
use super::place::place_of;
use super::roles::DistrictRoles;
use crate::gazetteer::{DivisionId, Gazetteer, Level};
use crate::model::{Basis, DistrictRole, Kind, Place};

/// What the places of an article are told from.
pub(crate) struct ArticlePlaces<'a> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) resolved: &'a ResolvedMentions<'a>,
    pub(crate) passages: &'a [ScannedText<'a>],
    pub(crate) context: &'a FileContext,
    pub(crate) kind: Kind,
    /// Who issued it.
    pub(crate) issuer: Option<&'a str>,
}

/// A place, and its division if it is clear which one is meant.
struct RankedPlace {
    division: Option<DivisionId>,
    place: Place,
}

impl ArticlePlaces<'_> {
    /// The districts with their roles, in the order of the record.
    pub(crate) fn districts(&self) -> Vec<Place> {
        let roles = DistrictRoles::of(self.gazetteer, self.resolved, self.passages);
        let region = self.context.region.map(|(region, _)| self.gazetteer.city_of(region));
        let mut sorted: Vec<(f32, Place)> = Vec::new();
        for (at, RankedPlace { division, mut place }) in self.ranked(&roles).into_iter().enumerate()
        {
            let is_home =
                |division| region.is_some_and(|city| self.gazetteer.lies_in(division, city));
            let role = match division {
                Some(division) if at == 0 && is_home(division) => DistrictRole::About,
                Some(division) => roles.role(division),
                None if place.basis == Basis::Body => DistrictRole::Mentioned,
                None => DistrictRole::About,
            };
            place.role = Some(role);
            place.role_evidence =
                division.and_then(|division| roles.words(division)).map(str::to_owned);
            let rank =
                division.filter(|_| region.is_none()).map_or(0.0, |division| roles.rank(division));
            sorted.push((rank, place));
        }
        self.find_issuer(&mut sorted);
        sorted.sort_by(|(a, one), (b, other)| one.role.cmp(&other.role).then(b.total_cmp(a)));
        sorted.into_iter().map(|(_, place)| place).collect()
    }

    /// The district that issued a document is no more than that if the document is about others.
    fn find_issuer(&self, districts: &mut [(f32, Place)]) {
        let Some(issuer) = self.issuer else { return };
        let about: Vec<bool> =
            districts.iter().map(|(_, place)| place.role == Some(DistrictRole::About)).collect();
        for (at, (_, place)) in districts.iter_mut().enumerate() {
            let others = about.iter().enumerate().any(|(other, &about)| about && other != at);
            if others && !place.evidence.is_empty() && issuer.starts_with(&place.evidence) {
                place.role = Some(DistrictRole::Issuer);
                place.role_evidence = Some(issuer.to_owned());
                return;
            }
        }
    }

    /// The districts in the order in which the paper of a region speaks of them.
    fn ranked(&self, roles: &DistrictRoles) -> Vec<RankedPlace> {
        let Self { gazetteer, resolved, passages, context, kind, .. } = *self;
        let issued = kind == Kind::Document;
        let scores = score_districts(gazetteer, resolved, passages, context, roles);
        let own = context.region.filter(|&(division, _)| gazetteer.district_of(division).is_some());
        let (provinces, scores): (Vec<DistrictScore>, Vec<DistrictScore>) =
            scores.into_iter().partition(|scored| scored.level == Level::Province);
        let (mut districts, mut cities): (Vec<DistrictScore>, Vec<DistrictScore>) =
            scores.into_iter().partition(|scored| scored.level != Level::City);
        sort_by_score(&mut districts);
        sort_by_score(&mut cities);
        let place = |scored: &DistrictScore| RankedPlace {
            division: Some(scored.division),
            place: place_of(gazetteer, scored.division, scored.basis, &scored.evidence),
        };
        let mut places: Vec<RankedPlace> = districts.iter().map(place).collect();
        let ambiguous = resolved.ambiguous_districts(passages).into_iter();
        places.extend(ambiguous.map(|place| RankedPlace { division: None, place }));
        let from_region = |division: DivisionId, basis: Basis| {
            let basis = if basis == Basis::Config { Basis::Region } else { basis };
            let words = resolved.own_words(passages).unwrap_or_default();
            let place = place_of(gazetteer, division, basis, words);
            RankedPlace { division: Some(division), place }
        };
        let city_leads = match (cities.first(), own) {
            // A document that begins with a city was issued by it, and is about its districts.
            (Some(_), None) if issued && !districts.is_empty() => false,
            (Some(city), None) => {
                city.in_title && districts.iter().all(|district| !district.in_front)
            }
            // In the paper of a district, an article about the city throughout.
            (Some(city), Some(_)) => {
                places.is_empty() && city.mentions >= 4 && resolved.city_government_acts(passages)
            }
            (None, _) => false,
        };
        // In the paper of a district, districts that are merely mentioned do not outrank it.
        let elsewhere = own.is_some_and(|(own, _)| {
            let city = gazetteer.city_of(own);
            let mut districts = districts.iter();
            districts.all(|other| !other.in_title && !gazetteer.lies_in(other.division, city))
        });
        if elsewhere && !city_leads && self.can_go_without_place() {
            places.splice(0..0, own.map(|(division, basis)| from_region(division, basis)));
        }
        let city_places: Vec<RankedPlace> = cities.iter().map(place).collect();
        let at = if city_leads { 0 } else { places.len() };
        places.splice(at..at, city_places);
        if places.is_empty()
            && let Some((division, basis)) = context.region
            && (resolved.speaks_of_own_city(passages)
                || self.can_go_without_place() && self.is_home(division))
        {
            places.push(from_region(gazetteer.city_of(division), basis));
        }
        places.extend(provinces.iter().map(place));
        places
    }

    /// Whether the article can be about the region of its paper without naming it. An advertisement
    /// is not: whoever placed it names the place or means none. A public notice is, and all are in a
    /// paper whose region a person stated.
    fn can_go_without_place(&self) -> bool {
        const PUBLIC: [&str; 7] = ["通告", "公告", "通知", "公示", "布告", "告示", "预告"];
        let is_public = || {
            let mut titles = self.passages.iter().filter(|passage| passage.basis == Basis::Title);
            titles.any(|title| PUBLIC.iter().any(|word| title.folded.text.contains(word)))
        };
        self.kind != Kind::Notice
            || self.context.region.is_some_and(|(_, basis)| basis == Basis::Config)
            || self.resolved.own_words(self.passages).is_some()
            || is_public()
    }

    /// Whether an article that names no place is about the region. This holds if the region is a
    /// city, which its paper need not name, and all places that are named contain it.
    fn is_home(&self, region: DivisionId) -> bool {
        let Self { gazetteer, resolved, .. } = *self;
        let is_city = gazetteer.division(region).level == Level::City
            || gazetteer.table.is_municipality(region);
        is_city && resolved.resolved().all(|(_, division)| gazetteer.lies_in(region, division))
    }
}
