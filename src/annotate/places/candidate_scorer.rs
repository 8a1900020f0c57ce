//! Scores each division that a name could refer to by the evidence in the article and its file.

use std::collections::HashMap;

use super::context_words::context_words;
use super::file_context::FileContext;
use super::mentions::{Mention, MentionKind, ScannedText};
use crate::gazetteer::boundary::NameBoundary;
use crate::gazetteer::{DivisionId, Gazetteer, Level};
use crate::model::{Basis, Span};

/// Scores candidates by what the article and its file name.
pub(crate) struct CandidateScorer<'c> {
    gazetteer: &'c Gazetteer,
    context: &'c FileContext,
    /// Divisions above the towns that the article names, with the number of mentions.
    named: HashMap<DivisionId, u32>,
}

/// A town must score higher than this. Being in the region's province, or in a province that is
/// named, is not enough.
const TOWN_NEEDS: u32 = 2;
/// Added if the name of the division that it lies in stands right before it, which names like 东区
/// and 城区 need.
const NAMED_BEFORE: u32 = 16;

/// Characters between two names that are part of neither.
const BETWEEN_NAMES: &str = "的和与及等至到在从向往同赴";

/// The position of a short name in its passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamePosition {
    /// 【上虞通讯】, 本报登封讯, 登封：
    Dateline,
    /// At the start, apart from brackets.
    Start,
    Inside,
}

impl NamePosition {
    fn of(passage: &ScannedText<'_>, span: &Span) -> Self {
        let text = passage.folded.text.as_str();
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        let start = before.trim_end_matches("本报").chars().all(|c| !c.is_alphanumeric());
        let dateline = ["讯", "通讯", "快讯", "电", "消息", ":"];
        match start {
            true if dateline.iter().any(|word| after.starts_with(word)) => Self::Dateline,
            true => Self::Start,
            false => Self::Inside,
        }
    }
}

/// The division named right before a mention.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Neighbour {
    division: DivisionId,
    /// Whether there is nothing in between.
    touches: bool,
    /// Whether there is at most a character between that can be part of a name.
    joined: bool,
}

pub(crate) fn neighbour(
    before: &[Mention],
    mention: &Mention,
    passages: &[ScannedText<'_>],
) -> Option<Neighbour> {
    let last = before.last().filter(|last| last.passage == mention.passage)?;
    let text = passages.get(mention.passage)?.folded.text.as_str();
    let between = text.get(last.span.end..mention.span.start)?;
    let near = between.len() <= 3 || context_words().offices_with_branches.contains(between);
    match last.divisions.as_slice() {
        &[division] if near => {
            let joins = |c: char| c.is_alphanumeric() && !BETWEEN_NAMES.contains(c);
            let joined = between.len() <= 3 && between.chars().all(joins);
            Some(Neighbour { division, touches: between.is_empty(), joined })
        }
        _ => None,
    }
}

fn boundary(passage: &ScannedText<'_>, span: &Span) -> NameBoundary {
    let text = passage.folded.text.as_str();
    let before = text.get(..span.start).unwrap_or_default();
    let name = text.get(span.clone()).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    // The body passage begins where the lead was cut off, perhaps inside a sentence.
    NameBoundary::of(before, name, after, passage.basis == Basis::Body)
}

impl<'c> CandidateScorer<'c> {
    pub(crate) fn new(gazetteer: &'c Gazetteer, context: &'c FileContext) -> Self {
        Self { gazetteer, context, named: HashMap::new() }
    }

    /// Records a division that the article names.
    pub(crate) fn add(&mut self, division: DivisionId) {
        if self.gazetteer.division(division).level != Level::Town {
            *self.named.entry(division).or_default() += 1;
        }
    }

    /// Keeps the candidates of a mention that have the best score; none if it is too low.
    pub(crate) fn narrow(
        &mut self,
        mention: &mut Mention,
        above: Option<Neighbour>,
        passages: &[ScannedText<'_>],
    ) {
        let touches = above.is_some_and(|above| above.touches);
        self.drop_other_names(mention, above);
        let above = above.map(|above| above.division);
        let Some(&first) = mention.divisions.first() else { return };
        let level = self.gazetteer.division(first).level;
        if mention.kind == MentionKind::Short {
            let passage = passages.get(mention.passage);
            let in_title = passage.is_some_and(|passage| passage.basis == Basis::Title);
            let place = match passage {
                Some(passage) if passage.basis != Basis::Body => {
                    NamePosition::of(passage, &mention.span)
                }
                _ => NamePosition::Inside,
            };
            mention
                .divisions
                .retain(|&division| self.is_likely(division, above, (in_title, place)));
        }
        let scored: Vec<(u32, DivisionId)> = mention
            .divisions
            .iter()
            .map(|&division| (self.score(division, above), division))
            .collect();
        let best = scored.iter().map(|&(score, _)| score).max().unwrap_or(0);
        let name =
            passages.get(mention.passage).map_or("", |passage| passage.evidence(&mention.span));
        let short_name = name.chars().count() <= 2 && mention.kind == MentionKind::Name;
        let enough = match level {
            Level::Town => best > TOWN_NEEDS || self.may_be_anywhere(mention, name),
            Level::District if short_name && name.ends_with('区') => best >= NAMED_BEFORE,
            Level::District if short_name => {
                let named_before = touches && best >= NAMED_BEFORE;
                passages.get(mention.passage).is_none_or(|passage| {
                    let NameBoundary { apart, rare, broken } = boundary(passage, &mention.span);
                    let apart = apart || named_before;
                    // 和县 is also part of 医共体和县域: other evidence for the county is needed,
                    // too.
                    let held = if rare { apart || best > 0 } else { apart && best > 0 };
                    held && !broken
                })
            }
            _ => true,
        };
        mention.divisions = scored
            .into_iter()
            .filter(|&(score, _)| enough && score == best)
            .map(|(_, division)| division)
            .collect();
        if let &[division] = mention.divisions.as_slice() {
            self.add(division);
        }
    }

    /// Drops what does not lie in the division whose name goes over into that of the mention: it is the end
    /// of a longer name, or that of another place. 太仓市娄东街道 has no 东街道, and 喀什新市区 is not the one in
    /// 乌鲁木齐. A zone's district may lie beside it: 雄安新区容城县.
    fn drop_other_names(&self, mention: &mut Mention, above: Option<Neighbour>) {
        let Some(above) = above else { return };
        let over = self.gazetteer.division(above.division).level;
        mention.divisions.retain(|&division| {
            let level = self.gazetteer.division(division).level;
            let must_lie_in = match level {
                Level::Town => above.joined && over < level,
                Level::District => above.touches && over <= Level::City,
                _ => false,
            };
            let province = |division| self.gazetteer.upwards(division).last();
            let is_elsewhere = above.touches
                && level == Level::District
                && province(division) != province(above.division);
            !is_elsewhere && (!must_lie_in || self.gazetteer.lies_in(division, above.division))
        });
    }

    /// Whether a town's name is accepted without other evidence: only one town in the country has
    /// it, it ends like the name of a town, and the region is unknown.
    fn may_be_anywhere(&self, mention: &Mention, name: &str) -> bool {
        self.context.region.is_none()
            && mention.divisions.len() == 1
            && ["街道", "镇", "乡"].iter().any(|ending| name.ends_with(ending))
    }

    /// The score of a division: the evidence for it.
    fn score(&self, division: DivisionId, above: Option<DivisionId>) -> u32 {
        let gazetteer = self.gazetteer;
        let mut score = 0;
        if above.is_some_and(|above| above != division && gazetteer.lies_in(division, above)) {
            score += NAMED_BEFORE;
        }
        for over in gazetteer.upwards(division).skip(1).filter(|over| self.named.contains_key(over))
        {
            score += match gazetteer.division(over).level {
                Level::District | Level::Zone => 6,
                Level::City => 4,
                _ if gazetteer.table.is_municipality(over) => 4,
                _ => 1,
            };
        }
        if let Some((region, _)) = self.context.region {
            let city = gazetteer.city_of(region);
            if gazetteer.lies_in(division, region) {
                score += 4;
            } else if gazetteer.lies_in(division, city) {
                score += 3;
            } else if gazetteer.upwards(city).any(|over| gazetteer.lies_in(division, over)) {
                score += 1;
            }
        }
        let in_file = |over: DivisionId| self.context.named.contains_key(&over);
        if gazetteer.upwards(division).any(in_file) {
            score += 2;
        }
        score
    }

    /// Whether a short name is likely to mean this division: its full name occurs elsewhere in the
    /// article or the file, or the division that it lies in is the region or is named, too.
    fn is_likely(
        &self,
        division: DivisionId,
        above: Option<DivisionId>,
        (in_title, place): (bool, NamePosition),
    ) -> bool {
        let gazetteer = self.gazetteer;
        let in_article = self.named.contains_key(&division);
        if gazetteer.division(division).level <= Level::City {
            return true;
        }
        let below =
            above.is_some_and(|above| above != division && gazetteer.lies_in(division, above));
        let region = self.context.region.map(|(division, _)| gazetteer.city_of(division));
        // A name that opens a headline or an article is accepted unless the region is in another
        // province.
        let near = region.is_none_or(|city| {
            gazetteer.upwards(city).last() == gazetteer.upwards(division).last()
        });
        // The short names of 区 are also those of roads, hills and virtues: they need the full
        // name, or a headline.
        if gazetteer.division(division).name.ends_with('区') {
            let here = region.is_some_and(|city| gazetteer.lies_in(division, city));
            let dateline = place == NamePosition::Dateline && near;
            return in_article || below || dateline || (here && in_title);
        }
        in_article
            || below
            || (place != NamePosition::Inside && near)
            || self.context.named.contains_key(&division)
            || region.is_some_and(|city| gazetteer.lies_in(division, city))
            || gazetteer.upwards(division).skip(1).any(|over| {
                let close = region.is_none() || gazetteer.division(over).level == Level::City;
                close && self.named.contains_key(&over)
            })
    }

    /// The zones of a kind in the cities that the article names and in that of the region.
    pub(crate) fn zones(&self, kind: u32) -> Vec<DivisionId> {
        let gazetteer = self.gazetteer;
        let Some(kind) = gazetteer.table.kinds.get(kind as usize) else { return Vec::new() };
        if let Some((region, _)) = self.context.region {
            let division = gazetteer.division(region);
            if division.level == Level::Zone && division.name.ends_with(kind.name) {
                return vec![region];
            }
        }
        // Zones of this kind that are named with their city.
        let mut zones: Vec<DivisionId> = self
            .named
            .keys()
            .copied()
            .filter(|&division| {
                let division = gazetteer.division(division);
                division.level == Level::Zone && division.name.ends_with(kind.name)
            })
            .collect();
        if zones.is_empty() {
            let named = self.named.keys().map(|&division| gazetteer.city_of(division));
            let region = self.context.region.map(|(division, _)| gazetteer.city_of(division));
            zones = named
                .chain(region)
                .filter_map(|city| gazetteer.table.zone_in(city, kind))
                .collect();
        }
        zones.sort_unstable();
        zones.dedup();
        zones
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::places::locate;
    use crate::model::{Article, SourceText, SplitFile};

    /// The names of the districts of an article in the paper of a region.
    fn districts(region: &str, title: &str, body: &str) -> Vec<String> {
        let gazetteer = Gazetteer::built_in();
        let mut source = SourceText::from_text("page.txt", format!("{title}\n{body}"));
        source.meta.region = Some(region.to_owned()).filter(|region| !region.is_empty());
        let context = FileContext::of(&gazetteer, &source, &SplitFile::default());
        let article =
            Article { title: Some(title.into()), body: body.into(), ..Article::default() };
        let located = locate(&gazetteer, &article, &context);
        located.districts.into_iter().map(|place| place.name).collect()
    }

    #[test]
    fn a_county_of_two_characters_needs_no_city_where_a_name_can_begin() {
        for name in ["嵩县", "叶县", "郏县", "杞县", "睢县", "淇县", "浚县", "滑县", "歙县", "沛县"]
        {
            let body = format!("本报讯 昨日，{name}的水渠通了水。");
            assert_eq!(districts("", &format!("{name}修渠"), &body), [name], "headline");
            assert_eq!(districts("", "修渠", &body), [name], "comma");
            assert_eq!(districts("", "修渠", &format!("客人赴{name}看渠。")), [name], "behind 赴");
            assert_eq!(districts("", "修渠", &format!("本报{name}讯：渠通了。")), [name]);
        }
    }

    #[test]
    fn a_county_whose_first_character_ends_words_needs_its_province_and_a_clean_place() {
        for (region, name) in
            [("河南省", "息县"), ("濮阳市", "范县"), ("信阳市", "新县"), ("山东省", "费县")]
        {
            let body = format!("昨日，{name}的水渠通了水。");
            assert_eq!(districts(region, "修渠", &body)[..1], [name], "{region}");
        }
        assert_eq!(districts("", "修渠", "渠从信阳息县流过。")[..1], ["息县"]);
        assert!(districts("", "修渠", "昨日，和县里商量修渠。").is_empty());
    }

    #[test]
    fn words_that_end_in_the_first_character_of_a_county_name_none() {
        for (region, body, county) in [
            ("甘肃省", "陇南已建成县级水站。", "成县"),
            ("甘肃省", "安徽县域水站多。", "徽县"),
            ("山东省", "这是免费县，水不要钱。", "费县"),
            ("安徽省", "各市和县都修渠。", "和县"),
            ("山东省", "列入名单县的水渠。", "单县"),
            ("濮阳市", "濮阳市示范县的水渠。", "范县"),
            ("甘肃省", "评为健康县的水渠。", "康县"),
            ("信阳市", "职工在休息县里无事。", "息县"),
            ("辽宁省", "搞形式主义县里不许。", "义县"),
            ("广西", "他从容县里回来。", "容县"),
            ("", "，叶县级水渠。", "叶县"),
        ] {
            let found = districts(region, "修渠", body);
            assert!(!found.iter().any(|name| name == county), "{body} {found:?}");
        }
    }
}
