//! Levels: a number with the name before it, behind it, or said before.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::catalogue::{Catalogue, Nature};
use super::found_name::{FoundName, modifier_start, name_at_end};
use super::names::{is_of_territories, signed};
use super::phrase::WordsBefore;
use super::quantity::{Quantity, UnitDimension};
use super::reader::{EmptyName, NumberedSentence, Reader, Said};
use super::row::{Draft, NamedAs};
use crate::model::{IndicatorRule, IndicatorStatus};

/// Marks and words that join the items of a list.
const JOINTS: [char; 5] = [',', '、', '和', '及', '与'];

impl Reader<'_> {
    /// Reads a number that is no change.
    pub(super) fn level(
        &mut self,
        sentence: &NumberedSentence<'_>,
        index: usize,
        words: &WordsBefore<'_>,
        said: &mut Said,
    ) {
        let number = &sentence.numbers[index];
        let phrase = words.phrase();
        // Parts in brackets: (含泵站3座).
        if phrase.contains("(含") || phrase.starts_with('含') || phrase.contains("(其中") {
            return;
        }
        let before = match self.name_before(sentence, index, words, said) {
            Ok(found) => found.map(|name| (name, IndicatorRule::NameBefore)),
            Err(NoRow) => return,
        };
        let named = match before {
            Some(named) => Some(named),
            None => match self.counted_behind(sentence, index, words, said) {
                Ok(found) => found.map(|name| (name, IndicatorRule::NameBehind)),
                Err(NoRow) => return,
            },
        };
        let named = named
            .or_else(|| self.carried(sentence, number, words))
            .or_else(|| Some((self.part(sentence, number, words, said)?, IndicatorRule::Part)))
            .or_else(|| {
                let people = people_of_territory(sentence, number, words)?;
                Some((people, IndicatorRule::NameBefore))
            });
        if let Some((named, rule)) = named {
            self.push_level(sentence, number, words, (named, rule), said);
        } else if words.text.trim_matches(JOINTS).is_empty() && sentence.text.contains("分别") {
            self.drafts_of_list(sentence, number);
        }
    }

    fn push_level(
        &mut self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        words: &WordsBefore<'_>,
        (named, rule): (NamedAs, IndicatorRule),
        said: &mut Said,
    ) {
        let mut draft = self.draft(sentence, number, named, words.start, said);
        draft.rule = rule;
        draft.approx = words.lead.approx.or(number.approx);
        let is_open = draft.period.as_ref().is_none_or(|period| period.from == period.to);
        if words.lead.is_cumulative && is_open && draft.status == IndicatorStatus::Actual {
            draft.status = IndicatorStatus::Cumulative;
        }
        if rule == IndicatorRule::NameBehind {
            draft.end = draft.end.max(draft.named.span.end);
        }
        let same =
            self.rows_of(sentence).last().is_some_and(|row| row.named.name == draft.named.name);
        draft.follows_earlier =
            rule == IndicatorRule::NameCarried && same && sentence.text.contains(['从', '由']);
        self.span_of_years(sentence, &mut draft);
        self.drafts.push(draft);
        if rule != IndicatorRule::Part {
            said.parent = Some(self.drafts.len() - 1);
        }
    }

    /// The name that stands before a number. An error if what stands there has no row.
    fn name_before(
        &self,
        sentence: &NumberedSentence<'_>,
        index: usize,
        words: &WordsBefore<'_>,
        said: &Said,
    ) -> Result<Option<NamedAs>, NoRow> {
        let number = &sentence.numbers[index];
        let phrase = words.phrase();
        let is_percent = number.dimension == UnitDimension::Percent;
        if is_percent && let Some(share) = self.share(sentence, words, said) {
            return Ok(Some(share));
        }
        if let Some(named) = with_partners(sentence, words) {
            return Ok(Some(named));
        }
        if let Some(named) = self.yearly_output(sentence, number, words) {
            return Ok(Some(named));
        }
        if is_percent && let Some(named) = self.completion(sentence, words) {
            return Ok(Some(named));
        }
        let found = name_at_end(phrase, Some(number.dimension), self.territories);
        let Some(found) =
            found.filter(|found| !is_percent || found.nature != Nature::Flow || found.id.is_none())
        else {
            return Ok(None);
        };
        let found = without_receivers(sentence, index, words, found);
        let named =
            NamedAs::found(sentence.body, sentence.passage, sentence.start + words.start, &found);
        let is_bare = found.weak && found.modifier.is_empty();
        // 规模以上工业企业实现 营业收入 …, 实现 利润总额 …: of the same.
        if found.modifier.is_empty()
            && found.id.is_none()
            && let Some(owner) = self.doer(sentence, words.start, &phrase[..found.span.start])
        {
            return Ok(Some(named.renamed(format!("{owner}{}", found.tail))));
        }
        // 其中私人汽车 62.1万辆, of a 保有量.
        if number.dimension == UnitDimension::Count
            && let Some(part) = self.part(sentence, number, words, said)
        {
            return Ok(Some(part));
        }
        let modifier = &phrase[found.modifier.clone()];
        let vehicles = ["台", "辆", "套", "列", "艘", "架"];
        let is_no_organisation = vehicles.iter().any(|end| number.unit.ends_with(end));
        // 占比 30% alone: of what is not said.
        let is_share_of_nothing =
            modifier.is_empty() && matches!(found.tail, "占比" | "比重" | "比例");
        if is_share_of_nothing
            || is_checked(sentence, number)
            || is_attribute(sentence, number, &found)
            || !is_bare && !is_of_territories(modifier, found.tail)
            || is_no_organisation && ORGANISATIONS.contains(&found.tail)
            || !self.accepts(sentence, &found, words.start, said)
        {
            return Err(NoRow);
        }
        let per_head = per_head(sentence, words.start + found.span.start);
        let name = match found.tail {
            "贡献率" => self.contribution(phrase, sentence).unwrap_or(named.name),
            "项目" if number.dimension == UnitDimension::Count => {
                signed(&phrase[..found.span.start], modifier, named.name)
            }
            "面积" if is_bare => {
                if !number.unit.ends_with("平方公里") || self.territories.of_article().is_none()
                {
                    return Err(NoRow);
                }
                "辖区面积".to_owned()
            }
            "招生" | "在校生" | "在校学生" | "毕业生" | "专任教师" if modifier.is_empty() => {
                self.school(sentence).map_or(named.name.clone(), |school| school + &named.name)
            }
            "人口" if phrase.ends_with("居住在城镇的人口") => "城镇人口".to_owned(),
            "人口" if phrase.ends_with("居住在乡村的人口") => "乡村人口".to_owned(),
            _ if is_bare => self
                .beside(sentence, found.tail)
                .or_else(|| self.name_of_sum(sentence, index, &found))
                .ok_or(NoRow)?,
            _ if number.dimension == UnitDimension::Length && is_way(&named.name) => {
                format!("{}长度", named.name)
            }
            _ => match Catalogue::get().verb_of_examples(&phrase[..found.span.start]) {
                Some(verb) => format!("{verb}{}", named.name),
                None => named.name,
            },
        };
        match per_head {
            Some(per_head) => Ok(Some(NamedAs { name: per_head + &name, id: None, ..named })),
            None => Ok(Some(NamedAs { name, ..named })),
        }
    }

    /// 新能源汽车年产 120万辆: an output.
    fn yearly_output(
        &self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        words: &WordsBefore<'_>,
    ) -> Option<NamedAs> {
        let phrase = words.phrase();
        // 年产 5000台电池的生产线: what it could make.
        let after = &sentence.text[number.span.end..];
        let after = &after[..after.find([',', ';', '。']).unwrap_or(after.len())];
        let is_capacity = ["生产线", "项目", "产能"].iter().any(|word| after.contains(word));
        let is_output = words.text[words.lead.rest..].starts_with("年产") && !is_capacity;
        let start = modifier_start(phrase, self.territories);
        let chars = phrase[start..].chars().count();
        if !is_output || !(2..=MAX_WORDS_BEFORE_COUNT).contains(&chars) {
            return None;
        }
        let at = sentence.start + words.start;
        let named =
            NamedAs::printed(sentence.body, sentence.passage, at + start..at + phrase.len());
        let name = format!("{}产量", named.name);
        Some(named.renamed(name))
    }

    /// 重点项目完成年度计划投资的 82%: how much of what was planned is done.
    fn completion(
        &self,
        sentence: &NumberedSentence<'_>,
        words: &WordsBefore<'_>,
    ) -> Option<NamedAs> {
        static DONE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("(?P<owner>[^,;。]+?)(?:已|共|累计)*完成(?:年度|全年|当年|总)*(?:计划总?投资额?|投资计划)的?$")
                .expect("a constant pattern")
        });
        // 全年 is a time, behind which the words before the number begin.
        let text = &sentence.text[..words.start + words.text.len()];
        let owner = DONE.captures(text)?.name("owner")?;
        let end = sentence.start + owner.end();
        // 32个重点项目完成 …: the row before ends there.
        let counted = self.rows_of(sentence).last().map(|row| row.printed.clone());
        let span = counted.filter(|printed| printed.end == end).unwrap_or_else(|| {
            end - owner.len() + modifier_start(owner.as_str(), self.territories)..end
        });
        let named = NamedAs::printed(sentence.body, sentence.passage, span);
        let is_planned = ["项目", "工程"].iter().any(|end| named.name.ends_with(end));
        let name = format!("{}投资完成率", named.name);
        is_planned.then(|| NamedAs { nature: Nature::Rate, ..named }.renamed(name))
    }

    /// 2012—2020年, 由 8568元 增加至 21744元: the first is of 2012, the second of 2020.
    fn span_of_years(&mut self, sentence: &NumberedSentence<'_>, second: &mut Draft) {
        let years = |draft: &Draft| {
            draft.period.as_ref().and_then(|period| Some((period.from?, period.to?)))
        };
        let Some(first) = self.drafts.get_mut(sentence.first..).and_then(|rows| rows.last_mut())
        else {
            return;
        };
        if let Some((from, to)) = years(second)
            && second.follows_earlier
            && from.year() != to.year()
            && years(first) == Some((from, to))
            && let (Some(earlier), Some(later)) = (&mut first.period, &mut second.period)
        {
            earlier.to = Date::new(from.year(), 12, 31).ok();
            later.from = Date::new(to.year(), 1, 1).ok();
        }
    }
}

/// What stands at a number is known to be no row.
pub(super) struct NoRow;

/// Length of the words between a count and the words before it, in characters.
pub(super) const MAX_WORDS_BEFORE_COUNT: usize = 8;

const ORGANISATIONS: [&str; 7] = ["企业", "合作社", "学校", "机构", "项目", "平台", "景区"];

/// 拨付 17家企业外贸资金 …: the counted thing between the numbers is no part of the name.
fn without_receivers(
    sentence: &NumberedSentence<'_>,
    index: usize,
    words: &WordsBefore<'_>,
    found: FoundName,
) -> FoundName {
    let before = index.checked_sub(1).and_then(|before| sentence.numbers.get(before));
    let is_behind_count = before.is_some_and(|before| {
        before.dimension == UnitDimension::Count && before.span.end == words.start
    });
    match Catalogue::get().counted_at_start(&words.text[..found.modifier.end]) {
        Some(length) if is_behind_count && found.modifier.start == 0 => FoundName {
            span: length..found.span.end,
            modifier: length..found.modifier.end,
            ..found
        },
        _ => found,
    }
}

/// Whether a number tells of what kind one thing is: 总投资5亿元的产业园. What is counted behind it, and
/// what is aimed at, is more than that: 总投资25亿元的10个项目, 投资100亿元的目标.
fn is_attribute(sentence: &NumberedSentence<'_>, number: &Quantity, found: &FoundName) -> bool {
    let Some(noun) = sentence.text[number.span.end..].strip_prefix('的') else { return false };
    let noun_phrase = noun.split([',', ';', '。']).next().unwrap_or_default();
    let aims =
        ["目标", "任务", "规模", "水平", "成绩", "佳绩", "增长", "增速", "速度", "大关", "新高"];
    let kinds = ["区县", "县区", "县市", "地区", "企业", "单位", "家庭", "村", "农户"];
    let is_of_kind = kinds.iter().any(|kind| noun.starts_with(kind));
    found.id.is_none()
        && (number.dimension == UnitDimension::Money || is_of_kind)
        && !noun.starts_with(|c: char| c.is_ascii_digit())
        && !aims.iter().any(|aim| noun_phrase.contains(aim))
}

/// Whether a count is one of what the police looked at: 检查船舶 2163艘.
fn is_checked(sentence: &NumberedSentence<'_>, number: &Quantity) -> bool {
    let clause = &sentence.text[sentence.clause_start(number.span.start)..number.span.start];
    number.dimension == UnitDimension::Count
        && ["检查", "查获", "查处", "抓获", "查缉", "收缴"].iter().any(|act| clause.contains(act))
}

/// 对东盟、欧盟分别进出口 …: the partners with the noun.
fn with_partners(sentence: &NumberedSentence<'_>, words: &WordsBefore<'_>) -> Option<NamedAs> {
    static PARTNERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?P<list>对[^,;。]+?)分别(?P<noun>进出口|出口|进口)(?:额|总额|总值|值)?$")
            .expect("a constant pattern")
    });
    let captures = PARTNERS.captures(words.phrase())?;
    let start = sentence.start + words.start + captures.get(0)?.start();
    let end = sentence.start + words.start + captures.get(0)?.end();
    let named = NamedAs::printed(sentence.body, sentence.passage, start..end);
    Some(NamedAs { name: format!("{}{}", &captures["list"], &captures["noun"]), ..named })
}

/// 每千人拥有 before a name, in its clause.
fn per_head(sentence: &NumberedSentence<'_>, name_start: usize) -> Option<String> {
    static PER_HEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("每[十百千万]*[人名户][^,;。]{0,8}?拥有|每[十百千万]+(?:人口|人|户)$|平均每[^,;。]{0,8}?的")
            .expect("a constant pattern")
    });
    let before = sentence.text.get(sentence.clause_start(name_start)..name_start)?;
    Some(PER_HEAD.find(before)?.as_str().trim_end_matches('的').to_owned())
}

/// Whether a name is of something that has a length: 公路, 管网.
fn is_way(name: &str) -> bool {
    ["路", "道", "管网", "管线", "管道", "线路", "航线", "河", "渠", "堤"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// 面积42平方公里, 辖19个行政村, *5.3万人*.
fn people_of_territory(
    sentence: &NumberedSentence<'_>,
    number: &Quantity,
    words: &WordsBefore<'_>,
) -> Option<NamedAs> {
    let (past, after) = (&sentence.text[..number.span.start], &sentence.text[number.span.end..]);
    let describes = ["面积", "行政村", "辖"].iter().any(|word| past.contains(word));
    if !number.unit.ends_with('人')
        || !words.text.is_empty_name()
        || !describes
        || after.starts_with(char::is_alphabetic)
    {
        return None;
    }
    let at = sentence.start + number.span.start;
    let named = NamedAs::printed(sentence.body, sentence.passage, at..at + number.span.len());
    Some(NamedAs { name: "人口".to_owned(), nature: Nature::Stock, ..named })
}
