//! Tells what each district is to an article: what it is about, where the report comes from, or
//! something that is merely mentioned.
//!
//! Every mention counts by what its sentence does with it (`mention_use`) and by where it stands:
//! the headline and the beginning of the text weigh most, and in reports on the whole country
//! (`reach`) the rest hardly counts. The weights of a district and of all that lies in it add up;
//! from the provinces that reach a least weight the search goes down to the divisions that share
//! most of it.

use std::collections::{HashMap, HashSet};

use super::classify::{MentionPosition, classify_all, is_capital};
use super::disambiguate::ResolvedMentions;
use super::mention_use::MentionUse;
use super::mentions::ScannedText;
use super::reach::Reach;
use crate::gazetteer::{DivisionId, Gazetteer};
use crate::model::DistrictRole;

/// The weight that a province with all in it needs: less if it is the only one of a local report,
/// and still less if something happens there; more if others weigh more.
const MIN_WEIGHT: f32 = 2.5;
const MIN_WEIGHT_ALONE: f32 = 2.0;
const MIN_WEIGHT_SCENE: f32 = 1.2;
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
/// So many provinces make a report one on the whole country.
const MANY_PROVINCES: usize = 5;
/// After so many mentions further ones hardly count.
const ENOUGH: u32 = 8;

/// What the mentions of one district say together.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a cue of its own")]
struct District {
    role: DistrictRole,
    weight: f32,
    /// By which districts of one role are sorted: the weight, or more.
    rank: f32,
    /// The mention that speaks most for it: its weight, and its place among all.
    best: Option<(f32, usize)>,
    /// The words around that mention.
    words: String,
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
    in_dateline: bool,
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
        let mut roles = Self::default();
        if resolved.resolved().next().is_none() {
            return roles;
        }
        let reach = Reach::of(passages);
        let mentions = classify_all(gazetteer, resolved, passages, reach);
        let province = |division| gazetteer.upwards(division).last().unwrap_or(division);
        let provinces: HashSet<DivisionId> =
            mentions.iter().map(|mention| province(mention.division)).collect();
        let reach = match reach {
            Reach::Local if provinces.len() >= MANY_PROVINCES => Reach::National,
            reach => reach,
        };
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
        for (index, mention) in mentions.iter().enumerate() {
            let district = gazetteer.district_of(mention.division).unwrap_or(mention.division);
            let new = District { only_origin: true, only_silent: true, ..District::default() };
            let district = roles.districts.entry(district).or_insert(new);
            let (r#use, position) = (mention.r#use, mention.position);
            let acts = matches!(r#use, MentionUse::Scene | MentionUse::Subject);
            district.only_origin &= r#use.is_origin();
            district.in_dateline |= r#use == MentionUse::Dateline;
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
            let opens = position == MentionPosition::Front && acts && !mention.is_example;
            let passes =
                reach != Reach::Local && !opens && !home.contains(&province(mention.division));
            let weight = place
                * r#use.weight()
                * if mention.is_full || acts { 1.0 } else { SHORT }
                * if passes { PASSING } else { 1.0 };
            district.weight += weight;
            if district.best.is_none_or(|(best, _)| weight > best) {
                district.best = Some((weight, index));
            }
        }
        for district in roles.districts.values_mut() {
            let best = district.best.and_then(|(_, index)| mentions.get(index));
            district.words = best.map(|mention| mention.words(passages)).unwrap_or_default();
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
        Some(self.districts.get(&division)?.words.as_str())
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
            let least = match (alone, scene) {
                (true, true) => MIN_WEIGHT_SCENE,
                (true, false) => MIN_WEIGHT_ALONE,
                (false, _) => MIN_WEIGHT,
            };
            if total >= least.max(MIN_SHARE * top) {
                self.descend(gazetteer, &totals, province);
            }
        }
        if reach == Reach::Local {
            self.take_dateline(gazetteer);
        }
    }

    /// Where nothing else is named, a local report is about the place that it was sent from, unless
    /// that is the capital, from which all sorts of matters are reported.
    fn take_dateline(&mut self, gazetteer: &Gazetteer) {
        if self.districts.values().any(|district| district.role == DistrictRole::About) {
            return;
        }
        let mut sent_from =
            (self.districts.iter_mut()).filter(|(_, district)| district.in_dateline);
        if let (Some((&division, district)), None) = (sent_from.next(), sent_from.next())
            && !is_capital(gazetteer, division)
        {
            district.role = DistrictRole::About;
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

#[cfg(test)]
mod tests {
    use crate::annotate::places::{FileContext, locate};
    use crate::gazetteer::Gazetteer;
    use crate::model::{Article, DistrictRole};

    /// The districts of an article in a paper of no region, each with its role.
    #[track_caller]
    fn check(title: &str, body: &str, expected: &[(DistrictRole, &str)]) {
        let article =
            Article { title: Some(title.into()), body: body.into(), ..Article::default() };
        let located = locate(&Gazetteer::built_in(), &article, &FileContext::default());
        let found: Vec<(DistrictRole, &str)> = (located.districts.iter())
            .map(|place| (place.role.expect("a role"), place.name.as_str()))
            .collect();
        assert_eq!(found, expected, "{title} {body}");
    }

    use DistrictRole::{About, Mentioned, Origin};

    #[test]
    fn where_something_happens_and_whose_offices_act_is_what_it_is_about() {
        for body in [
            "昨日，平罗县的水渠在平罗县城通水。",
            "平罗县公安局昨日通报一起案件。",
            "近日，平罗县的周先生发现水渠漏水。",
            "水渠位于平罗县境内。",
            "8月9日，平罗县一男子落水获救。",
        ] {
            check("修渠", body, &[(About, "平罗县")]);
        }
        check("修渠", "东莞市公安局黄江分局昨日通报。", &[(About, "东莞市")]);
        check(
            "修渠",
            "南通市公安局崇川分局昨日通报。",
            &[(About, "崇川区"), (Mentioned, "南通市")],
        );
    }

    #[test]
    fn the_city_is_a_part_of_the_name_and_the_common_one_of_several_scenes() {
        let body = "水渠位于石嘴山市平罗县境内。";
        check("修渠", body, &[(About, "平罗县"), (Mentioned, "石嘴山市")]);
        let body = "市里的干部来到金凤区的渠口，又来到兴庆区的渠尾。";
        let expected = [(About, "银川市"), (About, "金凤区"), (About, "兴庆区")];
        check("银川：两渠通水", body, &expected);
    }

    #[test]
    fn lists_ends_of_ways_and_homes_are_mentions() {
        let scene = "水渠在平罗县通水。";
        for (body, other) in [
            ("渠长如合肥至湖州。", &["合肥市", "湖州市"][..]),
            ("看渠的多是湖北人。", &["湖北省"]),
            ("来自广东的学生也来看渠。", &["广东省"]),
            ("来自广东和甘肃的学生也来看渠。", &["广东省", "甘肃省"]),
            ("他历任铜陵市公安局局长。", &["铜陵市"]),
            ("另有省水利厅、铜陵市、池州市的人。", &["铜陵市", "池州市"]),
            ("今年的水量高于兰州。", &["兰州市"]),
            ("此前获评《兰州宣言》所列的水渠。", &["兰州市"]),
        ] {
            let mut expected = vec![(About, "平罗县")];
            expected.extend(other.iter().map(|&name| (Mentioned, name)));
            let body = format!("{scene}{body}");
            let article = Article { body: body.clone(), ..Article::default() };
            let located = locate(&Gazetteer::built_in(), &article, &FileContext::default());
            let found: Vec<(DistrictRole, &str)> = (located.districts.iter())
                .map(|place| (place.role.expect("a role"), place.name.as_str()))
                .collect();
            assert_eq!(found, expected, "{body}");
        }
    }

    #[test]
    fn the_capital_is_the_venue_of_the_state_and_the_scene_of_its_own_matters() {
        let body = "全国修渠大会今天在北京闭幕。";
        check("全国修渠大会闭幕", body, &[(Mentioned, "北京市")]);
        check("修渠", "北京市气象台今晨发布预警。", &[(About, "北京市")]);
        let body = "国家主席昨日在昆明会见来访的总统。";
        check("会见", body, &[(Mentioned, "昆明市")]);
    }

    #[test]
    fn a_forecast_for_many_provinces_is_about_none() {
        let body = "浙江南部、江西大部、湖南大部、福建大部、广西大部有雨。";
        let article = Article { body: body.into(), ..Article::default() };
        let located = locate(&Gazetteer::built_in(), &article, &FileContext::default());
        let about = located.districts.iter().filter(|place| place.role == Some(About)).count();
        assert_eq!((about, located.districts.len()), (0, 5));
    }

    #[test]
    fn the_services_of_a_city_speak_for_it() {
        check("修渠", "济南公交集团的职工修渠。", &[(About, "济南市")]);
        check("修渠", "海军济南舰的官兵修渠。", &[(Mentioned, "济南市")]);
        check("修渠", "焦作为农户修渠。", &[(Mentioned, "焦作市")]);
    }

    #[test]
    fn a_report_on_the_whole_country_is_not_about_its_examples() {
        let body = "今年全国各地修渠忙。\n在河北邯郸，渠已修好。\n在浙江宁波，渠刚动工。";
        let found = [
            (Mentioned, "宁波市"),
            (Mentioned, "邯郸市"),
            (Mentioned, "河北省"),
            (Mentioned, "浙江省"),
        ];
        let article =
            Article { title: Some("各地修渠".into()), body: body.into(), ..Article::default() };
        let located = locate(&Gazetteer::built_in(), &article, &FileContext::default());
        let about = located.districts.iter().filter(|place| place.role == Some(About)).count();
        assert_eq!((about, located.districts.len()), (0, found.len()));
    }

    #[test]
    fn datelines_papers_and_footers_say_where_the_report_is_from() {
        let body = "中新社北京7月27日电 平罗县的水渠在平罗县通水。";
        check("修渠", body, &[(About, "平罗县"), (Origin, "北京市")]);
        let body = "成都日报讯 平罗县的水渠在平罗县通水。";
        check("修渠", body, &[(About, "平罗县"), (Origin, "成都市")]);
        let body = "平罗县的水渠在平罗县通水。来源：泰州发布";
        check("修渠", body, &[(About, "平罗县"), (Origin, "泰州市")]);
    }

    #[test]
    fn names_in_other_names_and_what_is_left_out_do_not_speak() {
        for body in [
            "四川天府银行披露年报。",
            "天津工业生物技术研究所修渠。",
            "杨西宁说，渠要修好。",
            "修渠的县市不含长垣市。",
            "渠在美国马里兰州通水。",
            "南京东路上修渠。",
            "城乡平衡水平提高了。",
            "全村给家乡修水利。",
            "土地城镇化加快。",
            "哈密瓜熟了。",
            "北京时间八点通水。",
        ] {
            check("修渠", body, &[]);
        }
    }

    #[test]
    fn the_words_around_a_name_are_the_evidence_of_its_role() {
        let body = "昨日，渠在石嘴山市平罗县境内通水。";
        let article = Article { body: body.into(), ..Article::default() };
        let located = locate(&Gazetteer::built_in(), &article, &FileContext::default());
        let words = located.districts[0].role_evidence.as_deref();
        assert_eq!(words, Some("渠在石嘴山市平罗县境内通水"));
    }
}
