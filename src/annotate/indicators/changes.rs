//! Changes: 同比增长 2%, 翻两番, 下降 0.5个百分点, of the row before them or of a name before them.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::catalogue::Catalogue;
use super::found_name::{FoundName, compared_name_at_end, modifier_start, name_at_end};
use super::lists::items_of_each;
use super::phrase::{Lead, WordsBefore, against};
use super::quantity::{Quantity, UnitDimension};
use super::reader::{EmptyName, NumberedSentence, Reader, Said};
use super::row::{Draft, NamedAs};
use crate::model::{ChangeKind, IndicatorChange, IndicatorRule};

/// Words by which a number is that of a growth and not of a gap between growths.
const RATES: [&str; 4] = ["同比", "增速", "增幅", "增长率"];

impl Reader<'_> {
    /// A change in percent, of the row before it or of a name before it.
    pub(super) fn change(
        &mut self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        words: &WordsBefore<'_>,
        sign: f64,
        said: &mut Said,
    ) {
        let text = &words.text[..words.lead.rest];
        let (kind, _, cut) = against(text);
        let head = text[..cut].trim_end_matches([',', '的']);
        let is_points = number.dimension == UnitDimension::Points;
        let is_gap = ["高于", "低于", "增速", "增幅"].iter().any(|word| head.contains(word));
        if is_points && is_gap {
            return;
        }
        // 2010年至2022年 … 下降 67%: against the first year.
        let spans_years = sentence.times.iter().rfind(|time| time.span.end <= number.span.start);
        let spans_years = spans_years.is_some_and(|time| {
            time.from.zip(time.to).is_some_and(|(from, to)| from.year() < to.year())
        });
        let is_unsaid = !text[cut..].contains(['比', '较', '年']);
        let kind = if spans_years && is_unsaid { ChangeKind::VsBase } else { kind };
        let change = change_of(kind, number, sign);
        let head = head.trim_start_matches([',', '、', ';']);
        if head.is_empty_name() {
            let verb = &sentence.text[words.start + text.len()..number.span.start];
            let is_rate = RATES.iter().any(|word| text.contains(word) || verb.contains(word));
            let end_before = sentence
                .numbers
                .iter()
                .map(|other| other.span.end)
                .filter(|&end| end <= number.span.start)
                .max();
            let has_own_time = sentence.times.iter().any(|time| {
                end_before.is_some_and(|end| time.span.start >= end)
                    && time.span.end <= number.span.start
                    && time.from.is_some()
            });
            let same = self.rows_of(sentence).last().filter(|row| row.value.is_none());
            match same.map(|row| row.named.clone()).filter(|_| has_own_time && !is_points) {
                // 2023年增长 5%, 今年一季度增长 6%: of another time.
                Some(named) => {
                    let draft = self.draft(sentence, number, named, words.start, said);
                    let end = draft.end;
                    self.drafts.push(draft.growth_alone(change, end));
                }
                None => {
                    self.change_of_row(sentence, number, change, text, cut == text.len(), is_rate);
                }
            }
        } else if !is_points {
            self.change_of_name(sentence, number, change, (words.start, text, head), said);
        }
    }

    /// The change of the row before it in the sentence.
    fn change_of_row(
        &mut self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        mut change: IndicatorChange,
        text: &str,
        is_unsaid: bool,
        is_rate: bool,
    ) {
        let end = sentence.start + number.span.end;
        let part_start = sentence.last_part(number.span.start);
        let rows = self.drafts.get_mut(sentence.first..).unwrap_or_default();
        let Some(draft) = rows.last_mut().filter(|draft| draft.end >= part_start) else { return };
        if number.dimension == UnitDimension::Points && !draft.is_percent() {
            return;
        }
        // X占Y比重达 41%, 同比增长 20%: the growth is that of X.
        if draft.is_percent()
            && number.dimension != UnitDimension::Points
            && let Some((part, _)) = draft.named.name.split_once('占')
        {
            let mut row = draft.growth_alone(change, end);
            row.named.name.truncate(part.len());
            self.drafts.push(row);
            return;
        }
        change.kind = kind_of_year(change.kind, text, draft);
        // 从 2012年 … 到 2021年 …, 增长 …: against the first.
        if draft.follows_earlier && change.kind == ChangeKind::Yoy && !is_rate {
            change.kind = ChangeKind::VsBase;
        }
        let Some(known) = &draft.change else {
            draft.change = Some(change);
            draft.end = end;
            return;
        };
        if !is_ratio(known) && (is_unsaid || known.kind == change.kind) {
            // 比年初增加 38亿元, 增长 9%: the rate is against the same.
            draft.change = Some(IndicatorChange { kind: known.kind, ..change });
            draft.end = end;
        } else if known.kind != change.kind {
            // The change against the year before stays with the level.
            let is_first = change.kind == ChangeKind::Yoy && draft.value.is_some();
            let other = if is_first { draft.change.replace(change) } else { Some(change) };
            let Some(other) = other else { return };
            let row = draft.growth_alone(other, end);
            draft.end = if is_first { end } else { draft.end };
            self.drafts.push(row);
        }
    }

    /// 增速快于全国水平(5.5%): the same change of the territory above. Whether it was one.
    pub(super) fn compared(
        &mut self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        words: &WordsBefore<'_>,
        said: &Said,
    ) -> bool {
        static COMPARED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("(?:高于|低于|快于|慢于|好于|跑赢|高出|超过)(?P<whole>全国|全省|全市)(?:平均)?(?:水平|增速|增幅)?[(]$")
                .expect("a constant pattern")
        });
        let before = &sentence.text[words.start..number.span.start];
        let Some(captures) = COMPARED.captures(before) else { return false };
        let start = captures.get(0).map_or(0, |all| all.start());
        let subject = before[..start].trim_end_matches(',');
        let of_rate = RATES.iter().find_map(|word| subject.strip_suffix(word));
        let is_rate = of_rate.is_some();
        let subject = of_rate.unwrap_or(subject);
        let at = sentence.start + words.start;
        let named = match name_at_end(subject, None, self.territories) {
            Some(found) => NamedAs::found(sentence.body, sentence.passage, at, &found),
            None => match self.rows_of(sentence).last() {
                Some(row) if row.change.is_some() => row.named.clone(),
                _ => return true,
            },
        };
        let whole = captures.name("whole").map_or("", |whole| whole.as_str());
        let Some(district) = self.territories.of_whole(whole) else { return true };
        let is_share = Catalogue::get().measured_by(&named.name) == Some("percent");
        let is_level = is_share && !is_rate;
        let is_fall = ["降幅", "跌幅"].iter().any(|word| before[..start].contains(word));
        let draft = self.draft(sentence, number, named, words.start, said);
        let row = if is_level {
            draft
        } else {
            let value = if is_fall { -number.value } else { number.value };
            let unit = number.unit.clone();
            let change = IndicatorChange { kind: ChangeKind::Yoy, value, unit };
            draft.growth_alone(change, draft.end)
        };
        self.drafts.push(Draft { district: Some(district), ..row });
        true
    }

    /// The change of what the words before it name.
    fn change_of_name(
        &mut self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        change: IndicatorChange,
        (start, text, head): (usize, &str, &str),
        said: &mut Said,
    ) {
        let head_start = start + text.find(head).unwrap_or(0);
        let at = sentence.start + head_start;
        let bare = name_at_end(head, None, self.territories)
            .filter(|name| name.weak && name.modifier.is_empty())
            .and_then(|name| Some((self.beside(sentence, name.tail)?, name)));
        let is_compared = ["同比", "比上年", "比去年"].iter().any(|word| text.contains(word));
        let name = if is_compared {
            compared_name_at_end(head, self.territories)
        } else {
            name_at_end(head, None, self.territories)
        };
        let name = name
            .filter(|name| !name.weak || !name.modifier.is_empty())
            // 国有企业增长 4%, where the whole is the value added of industry.
            .filter(|name| {
                said.parent.is_none() || name.id.is_some() || !name.tail.ends_with("企业")
            });
        let economy = self.economy(head).filter(|_| name.is_none() && said.parent.is_none());
        let named = if let Some(found) = name.or(economy) {
            self.accepts(sentence, &found, head_start, said)
                .then(|| NamedAs::found(sentence.body, sentence.passage, at, &found))
        } else if let Some((name, found)) = bare {
            let found = NamedAs::found(sentence.body, sentence.passage, at, &found);
            Some(found.renamed(name))
        } else {
            self.inherited(sentence, at, head, said)
        };
        let Some(named) = named else { return };
        let draft = self.draft(sentence, number, named, start, said);
        let kind = kind_of_year(change.kind, text, &draft);
        let row = draft.growth_alone(IndicatorChange { kind, ..change }, draft.end);
        // 进口、出口增速均超 20%
        let from = start + text.find(head).unwrap_or(0) + head.len();
        let between = sentence.text.get(from..number.span.start).unwrap_or_default();
        let is_of_each = between
            .match_indices('均')
            .any(|(at, _)| !between[..at].ends_with(['年', '月', '日', '季', '平', '人', '户']));
        let items = items_of_each(&row.named.name);
        match items.filter(|_| is_of_each && row.named.id.is_none()) {
            Some(items) => self.drafts.extend(items.into_iter().map(|item| {
                let named = row.named.clone().renamed(item);
                Draft { named, rule: IndicatorRule::List, ..row.clone() }
            })),
            None => self.drafts.push(row),
        }
        said.parent = Some(self.drafts.len() - 1);
    }

    /// 经济增长 7%左右: the economy alone grows by its product.
    fn economy(&self, head: &str) -> Option<FoundName> {
        let rest = head.strip_suffix("经济")?;
        let product = Catalogue::get().listed("地区生产总值")?;
        (modifier_start(rest, self.territories) == rest.len()).then_some(FoundName {
            span: rest.len()..head.len(),
            modifier: rest.len()..rest.len(),
            id: Some(product.id.as_str()),
            tail: product.name.as_str(),
            nature: product.nature,
            territorial: true,
            weak: false,
            generic: false,
        })
    }

    /// 同比分别增长 1%和2% behind several rows: a change each.
    pub(super) fn spread(
        &mut self,
        sentence: &NumberedSentence<'_>,
        index: usize,
        words: &WordsBefore<'_>,
        sign: f64,
    ) -> bool {
        let text = &words.text[..words.lead.rest];
        let (kind, _, cut) = against(text);
        if !text[..cut].is_empty_name() {
            return false;
        }
        let mut signs = vec![sign];
        for pair in sentence.numbers[index..].windows(2) {
            let between = sentence.text.get(pair[0].span.end..pair[1].span.start);
            let words = between.unwrap_or_default().trim_matches(['、', '和', '及', '与', ',']);
            let lead = Lead::of(words);
            match (words.is_empty(), lead.change.filter(|_| lead.rest == 0)) {
                (true, _) => signs.extend(signs.last().copied()),
                // 增长 6%和下降 2%
                (false, Some(sign)) => signs.push(sign),
                (false, None) => break,
            }
        }
        let count = signs.len();
        let first = self.drafts.len().checked_sub(count).filter(|&first| first >= sentence.first);
        let Some(first) = first.filter(|_| count > 1) else { return false };
        if self.drafts[first].is_next_of_list {
            // More items than changes: which is whose is not known.
            return true;
        }
        // Without 分别 only the items of a list have a change each.
        let is_list = self.drafts[first + 1..].iter().all(|draft| draft.is_next_of_list);
        if !text[cut..].contains("分别") && !is_list
            || self.drafts[first..].iter().any(|draft| draft.change.is_some())
        {
            return false;
        }
        let numbers = sentence.numbers[index..].iter().zip(signs);
        for (draft, (number, sign)) in self.drafts[first..].iter_mut().zip(numbers) {
            draft.change = Some(change_of(kind, number, sign));
            draft.end = sentence.start + number.span.end;
        }
        true
    }

    /// Whether a number is one of those that [`Self::spread`] gave to rows before.
    pub(super) fn is_spread(&self, sentence: &NumberedSentence<'_>, number: &Quantity) -> bool {
        let end = sentence.start + number.span.end;
        self.rows_of(sentence).iter().any(|row| row.end == end)
    }

    /// 其中医药制造业 增长 5%: the noun is that of the whole.
    fn inherited(
        &self,
        sentence: &NumberedSentence<'_>,
        at: usize,
        head: &str,
        said: &Said,
    ) -> Option<NamedAs> {
        let parent = said.parent.and_then(|at| self.drafts.get(at))?;
        let noun = parent.noun_for_parts()?;
        let head_start = head.rfind([',', ':', ';', '(', ')']).map_or(0, |mark| mark + 1);
        let mut part = &head[head_start..];
        for word in ["其中", "同时", "此外", "分行业看", "按行业分"] {
            part = part.strip_prefix(word).unwrap_or(part);
        }
        let chars = part.chars().count();
        if !PARTS.iter().any(|end| part.ends_with(end))
            || !(2..=MAX_PART_CHARS).contains(&chars)
            || part.contains(['"', '年', '月'])
        {
            return None;
        }
        let end = at + head.len();
        Some(NamedAs::part(sentence.body, sentence.passage, end - part.len()..end, noun, parent))
    }

    /// An amount of change belongs to the row before it, if no rate does.
    pub(super) fn amount(
        &mut self,
        sentence: &NumberedSentence<'_>,
        number: &Quantity,
        words: &WordsBefore<'_>,
        sign: f64,
    ) {
        let text = &words.text[..words.lead.rest];
        let (kind, is_said, cut) = against(text);
        let head = text[..cut].trim_matches([',', '、']);
        if !head.is_empty_name() || !is_said && text.chars().count() > 1 {
            return;
        }
        let rows = self.drafts.get_mut(sentence.first..).unwrap_or_default();
        let is_of_kind = |draft: &Draft| {
            draft.value.as_ref().is_none_or(|value| value.dimension == number.dimension)
        };
        if let Some(draft) = rows.last_mut().filter(|draft| is_of_kind(draft))
            && draft.change.is_none()
            && draft.end + MAX_GAP_BYTES >= sentence.start + number.span.start
        {
            draft.change = Some(change_of(kind, number, sign));
            draft.end = sentence.start + number.span.end;
        }
    }
}

/// Ends of the names of parts: 制造业, 食品类.
const PARTS: [&str; 16] = [
    "业",
    "类",
    "产业",
    "经济",
    "企业",
    "商品",
    "品",
    "农村",
    "城镇",
    "乡村",
    "地区",
    "县",
    "市",
    "区",
    "建筑安装工程",
    "购置",
];

/// Length of the name of a part, in characters.
const MAX_PART_CHARS: usize = 18;

/// How far behind a row the amount stands by which it changed, in bytes.
const MAX_GAP_BYTES: usize = 30;

fn change_of(kind: ChangeKind, number: &Quantity, sign: f64) -> IndicatorChange {
    let value = number.value * sign;
    match number.unit.as_str() {
        // 翻两番 is four times as much.
        "番" => IndicatorChange {
            kind,
            value: (2f64.powf(number.value) - 1.0) * 100.0,
            unit: "%".to_owned(),
        },
        "百分点" => IndicatorChange { kind, value, unit: "个百分点".to_owned() },
        unit => IndicatorChange { kind, value, unit: unit.to_owned() },
    }
}

/// Whether a change is one in percent, and not by an amount.
fn is_ratio(change: &IndicatorChange) -> bool {
    matches!(change.unit.as_str(), "%" | "倍" | "‰" | "个百分点")
}

/// Against what a row of 2022 is measured by 比2021年 and 比2021年末.
fn kind_of_year(kind: ChangeKind, text: &str, draft: &Draft) -> ChangeKind {
    let at = text.rfind('年').unwrap_or(0);
    let said = at.checked_sub(4).and_then(|start| text.get(start..at)?.parse::<i16>().ok());
    let of = draft.period.as_ref().and_then(|period| period.to).map(Date::year);
    if kind != ChangeKind::VsBase || said.zip(of).is_none_or(|(said, of)| said + 1 != of) {
        kind
    } else if text[at + '年'.len_utf8()..].starts_with(['末', '底']) {
        ChangeKind::VsYearStart
    } else {
        ChangeKind::Yoy
    }
}
