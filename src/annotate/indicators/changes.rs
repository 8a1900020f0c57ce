//! Changes: 同比增长 2%, 翻两番, 下降 0.5个百分点, of the row before them or of a name before them.

use super::phrase::{against, name_at_end};
use super::quantity::{Dimension, Quantity};
use super::reader::{EmptyName, Reader, Said, Sentence};
use super::row::NamedAs;
use crate::model::{ChangeKind, IndicatorChange, IndicatorRule};
use jiff::civil::Date;

impl Reader<'_> {
    /// A change in percent, of the row before it or of a name before it.
    pub(super) fn change(
        &mut self,
        sentence: &Sentence<'_>,
        number: &Quantity,
        (start, words): (usize, &str),
        sign: f64,
        said: &mut Said,
    ) {
        let (mut kind, _, cut) = against(words);
        let head = words[..cut].trim_end_matches([',', '的']);
        let unit = match number.dimension {
            Dimension::Percent => number.unit.clone(),
            Dimension::Points => "个百分点".to_owned(),
            _ => number.unit.clone(),
        };
        if head.ends_with("高于")
            || head.ends_with("低于")
            || head.contains("增速")
            || head.contains("增幅")
        {
            if number.dimension == Dimension::Points {
                return;
            }
        }
        let mut value = number.value * sign;
        let mut shown = unit;
        if shown == "番" {
            value = (2f64.powf(number.value) - 1.0) * 100.0;
            shown = "%".into();
        }
        let change = |kind| IndicatorChange { kind, value, unit: shown.clone() };
        let head = head.trim_start_matches([',', '、', ';']);
        let mut last = self.drafts.len().checked_sub(1).filter(|&last| last >= sentence.first);
        if head.is_empty_name() {
            let Some(at) = last.take() else { return };
            if number.dimension == Dimension::Points && !self.drafts[at].is_percent() {
                return;
            }
            if self.drafts[at].end < sentence.last_part(number.span.start) {
                return;
            }
            // X占Y比重达 41%, 同比增长 20%: the growth is that of X.
            if self.drafts[at].is_percent()
                && number.dimension != Dimension::Points
                && let Some((part, _)) = self.drafts[at].named.name.split_once('占')
            {
                let mut row = self.drafts[at].clone();
                row.named.name = part.to_owned();
                row.value = None;
                row.change = Some(change(kind));
                row.end = sentence.start + number.span.end;
                row.rule = IndicatorRule::ChangeAlone;
                self.drafts.push(row);
                return;
            }
            let draft = &mut self.drafts[at];
            // 比2021年增长, of 2022.
            let year = words
                .rfind("年")
                .and_then(|at| words.get(at.checked_sub(4)?..at)?.parse::<i16>().ok());
            let of = draft.period.as_ref().and_then(|period| period.to).map(Date::year);
            if kind == ChangeKind::VsBase && year.zip(of).is_some_and(|(year, of)| year + 1 == of) {
                kind = ChangeKind::Yoy;
            }
            // 从 2012年 … 到 2021年 …, 增长 …: against the first.
            let verb = &sentence.text[start + words.len()..number.span.start];
            let is_rate = ["同比", "增速", "增幅", "增长率"]
                .iter()
                .any(|word| words.contains(word) || verb.contains(word));
            if draft.follows_earlier && kind == ChangeKind::Yoy && !is_rate {
                kind = ChangeKind::VsBase;
            }
            let end = sentence.start + number.span.end;
            match &draft.change {
                None => {
                    draft.change = Some(change(kind));
                    draft.end = end;
                }
                // 比年初增加 38亿元, 增长 9%: the rate is against the same.
                Some(known)
                    if !matches!(known.unit.as_str(), "%" | "倍" | "‰" | "个百分点")
                        && cut == words.len() =>
                {
                    draft.change = Some(change(known.kind));
                    draft.end = end;
                }
                Some(known)
                    if known.kind != kind && kind == ChangeKind::Yoy && draft.value.is_some() =>
                {
                    let mut other = draft.clone();
                    let old = draft.change.replace(change(kind));
                    draft.end = end;
                    other.value = None;
                    other.change = old;
                    self.drafts.push(other);
                }
                Some(known) if known.kind != kind => {
                    let mut other = draft.clone();
                    other.value = None;
                    other.change = Some(change(kind));
                    other.end = end;
                    other.rule = IndicatorRule::ChangeAlone;
                    self.drafts.push(other);
                }
                Some(known) if !matches!(known.unit.as_str(), "%" | "倍" | "‰" | "个百分点") =>
                {
                    draft.change = Some(change(kind));
                    draft.end = end;
                }
                Some(_) => {}
            }
            return;
        }
        if number.dimension == Dimension::Points {
            return;
        }
        let name = name_at_end(head, None, self.territories);
        let name = name.filter(|name| !name.weak || !name.modifier.is_empty());
        // 国有企业增长 4%, where the whole is the value added of industry.
        let counted =
            name.as_ref().is_some_and(|name| name.id.is_none() && name.tail.ends_with("企业"));
        let name = name.filter(|_| !counted || said.parent.is_none());
        let at = sentence.start + start + (words[..cut].find(head).unwrap_or(0));
        let named = match name {
            Some(found) => {
                if !self.accepts(sentence, &found, start, said, None) {
                    return;
                }
                NamedAs::found(sentence.body, sentence.passage, at, &found)
            }
            None => {
                let Some(named) = self.inherited(sentence, at, head, said) else { return };
                named
            }
        };
        let mut draft = self.draft(sentence, number, named, start, said);
        draft.value = None;
        draft.change = Some(change(kind));
        draft.rule = IndicatorRule::ChangeAlone;
        self.drafts.push(draft);
        said.parent = Some(self.drafts.len() - 1);
    }

    /// 同比分别增长 1%和2% behind several rows: a change each.
    pub(super) fn spread(
        &mut self,
        sentence: &Sentence<'_>,
        index: usize,
        words: &str,
        sign: f64,
    ) -> bool {
        let (kind, _, cut) = against(words);
        if !words[cut..].contains("分别") || !words[..cut].is_empty_name() {
            return false;
        }
        let joined = sentence.numbers[index..].windows(2).take_while(|pair| {
            sentence.text.get(pair[0].span.end..pair[1].span.start).is_some_and(|between| {
                between.trim_matches(['、', '和', '及', '与', ',']).is_empty()
            })
        });
        let count = joined.count() + 1;
        let Some(first) =
            self.drafts.len().checked_sub(count).filter(|&first| first >= sentence.first)
        else {
            return false;
        };
        if count < 2 || self.drafts[first..].iter().any(|draft| draft.change.is_some()) {
            return false;
        }
        for (draft, number) in self.drafts[first..].iter_mut().zip(&sentence.numbers[index..]) {
            draft.change = Some(IndicatorChange {
                kind,
                value: number.value * sign,
                unit: number.unit.clone(),
            });
            draft.end = sentence.start + number.span.end;
        }
        true
    }

    /// Whether a number is one of those that were given to rows before.
    pub(super) fn next_of_spread(
        &self,
        sentence: &Sentence<'_>,
        number: &Quantity,
        words: &str,
    ) -> bool {
        let end = sentence.start + number.span.end;
        words.trim_matches(['、', '和', '及', '与', ',']).is_empty()
            && self
                .drafts
                .get(sentence.first..)
                .is_some_and(|rows| rows.iter().any(|row| row.end == end))
    }

    /// 其中医药制造业 增长 5%: the noun is that of the whole.
    pub(super) fn inherited(
        &self,
        sentence: &Sentence<'_>,
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
        let is_part = [
            "业", "类", "产业", "经济", "企业", "商品", "品", "农村", "城镇", "乡村", "地区", "县",
            "市", "区",
        ]
        .iter()
        .any(|end| part.ends_with(end));
        let chars = part.chars().count();
        if !is_part || !(2..=18).contains(&chars) || part.contains(['"', '年', '月']) {
            return None;
        }
        let start = at + head.len() - part.len();
        Some(NamedAs::part(sentence.body, sentence.passage, start..at + head.len(), noun, parent))
    }

    /// An amount of change belongs to the row before it, if no rate does.
    pub(super) fn amount(
        &mut self,
        sentence: &Sentence<'_>,
        number: &Quantity,
        words: &str,
        sign: f64,
    ) {
        let (kind, said, cut) = against(words);
        let head = words[..cut].trim_matches([',', '、']);
        if !head.is_empty_name() || !said && words.chars().count() > 1 {
            return;
        }
        if let Some(draft) = self.drafts.get_mut(sentence.first..).and_then(|rows| rows.last_mut())
            && draft.change.is_none()
            && draft.end + 30 >= sentence.start + number.span.start
        {
            draft.change = Some(IndicatorChange {
                kind,
                value: number.value * sign,
                unit: number.unit.clone(),
            });
            draft.end = sentence.start + number.span.end;
        }
    }
}
