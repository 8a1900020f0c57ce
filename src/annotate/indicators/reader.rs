//! Reads the rows of a paragraph, sentence by sentence and number by number.

use super::catalogue::{Catalogue, Nature};
use super::passage::{Passage, sentences};
use super::phrase::{FoundName, Lead, against, name_at_end, name_behind};
use super::quantity::{Dimension, Quantity, quantities, structures};
use super::row::{Draft, NamedAs};
use super::territory::{Subject, Territories};
use super::times::{Reference, TimeWords, times};
use jiff::civil::Date;

use crate::model::{
    ChangeKind, DistrictBasis, IndicatorChange, IndicatorDistrict, IndicatorPeriod, IndicatorRule,
    IndicatorStatus, PeriodBasis, Span,
};

/// Reads one paragraph after another.
pub(super) struct Reader<'a> {
    pub(super) territories: &'a Territories,
    pub(super) reference: Reference,
    /// The year that was named last.
    pub(super) year: Option<i16>,
    /// The year of the bulletin, by its title.
    pub(super) title_year: Option<i16>,
    pub(super) drafts: Vec<Draft>,
}

/// What was said before in the paragraph.
#[derive(Default)]
struct Said {
    time: Option<TimeWords>,
    subject: Option<Subject>,
    /// The last row, whose noun parts of it inherit.
    parent: Option<usize>,
}

impl Reader<'_> {
    pub(super) fn paragraph(&mut self, body: &str, passage: &Passage) {
        let mut said = Said::default();
        self.year = self.title_year;
        for span in sentences(&passage.text) {
            self.sentence(body, passage, span, &mut said);
        }
    }

    fn sentence(&mut self, body: &str, passage: &Passage, span: Span, said: &mut Said) {
        let text = &passage.text[span.clone()];
        let times = times(text, self.reference, &mut self.year);
        let hidden: Vec<Span> = times.iter().map(|time| time.span.clone()).collect();
        let numbers = quantities(text, &hidden);
        let first = self.drafts.len();
        let mut end_before = 0;
        for (index, number) in numbers.iter().enumerate() {
            let sentence = Sentence { body, passage, text, start: span.start, times: &times, numbers: &numbers, first };
            self.number(&sentence, index, end_before, said);
            end_before = number.span.end;
        }
        self.lists(first);
        self.structure(body, passage, span.start, text, &times, said);
        let main = times.iter().rev().find(|time| !time.is_now && !time.is_day && time.from.is_some());
        let fixed = times.iter().find(|time| !time.is_now && !time.is_day && time.from.is_some());
        if let Some(time) = fixed.or(main) {
            said.time = Some(time.clone());
        }
        if let Some(subject) = self.territories.subject(text) {
            let above = matches!(&subject, Subject::Territory(name) if self.territories.is_above(name));
            said.subject = if above { None } else { Some(subject) };
        }
    }

    /// 三次产业结构 8.7:38.3:53: the shares of three sectors, of one time or of two.
    fn structure(&mut self, body: &str, passage: &Passage, start: usize, text: &str, times: &[TimeWords], said: &Said) {
        for (at, found) in structures(text).into_iter().enumerate() {
            let sentence = Sentence { body, passage, text, start, times, numbers: &found, first: self.drafts.len() };
            let is_earlier = at == 0 && text[..found[0].span.start].ends_with("的") && text[..found[0].span.start].contains(['由', '从']);
            for (sector, share) in ["第一产业", "第二产业", "第三产业"].iter().zip(&found) {
                let span = start + share.span.start..start + share.span.end;
                let name = NamedAs { name: format!("{sector}增加值占地区生产总值比重"), id: None, span, tail: "比重", nature: Nature::Rate };
                let mut draft = self.draft(&sentence, share, name, share.span.start, said);
                if is_earlier && let Some(period) = &mut draft.period {
                    let before = |day: Option<Date>| day.and_then(|day| Date::new(day.year() - 1, day.month(), day.day()).ok());
                    (period.from, period.to) = (before(period.from), before(period.to));
                }
                self.drafts.push(draft);
            }
        }
    }

    fn number(&mut self, sentence: &Sentence<'_>, index: usize, end_before: usize, said: &mut Said) {
        let (text, number) = (sentence.text, &sentence.numbers[index]);
        let mut start = sentence.clause_start(number.span.start).max(end_before);
        if let Some(time) = sentence.times.iter().rfind(|time| time.span.end <= number.span.start) {
            // A time that is compared with stays; others end what is said before.
            start = start.max(time.span.end);
        }
        // 19个行政村 5.3万人: the name behind a number is no name of the next.
        if let Some(before) = self.drafts.get(sentence.first..).and_then(|rows| rows.last())
            && before.rule == IndicatorRule::NameBehind
            && (sentence.start + start..=sentence.start + number.span.start).contains(&before.printed.end)
        {
            start = before.printed.end - sentence.start;
        }
        let mut words = &text[start..number.span.start];
        let mut lead = Lead::of(words);
        // 存款余额截至11月末 达 30亿元: the name stands before the time.
        if lead.change.is_none()
            && words[..lead.rest].is_empty_name()
            && let Some(time) = sentence.times.iter().rfind(|time| time.span.end <= number.span.start)
        {
            let from = sentence.clause_start(time.span.start).max(end_before);
            if from < time.span.start && time.span.end == start {
                let earlier = &text[from..time.span.start];
                let before = Lead::of(earlier);
                if before.change.is_none() && before.rest > 0 {
                    (start, words) = (from, earlier);
                    lead = Lead { rest: before.rest, has_link: true, ..lead };
                }
            }
        }
        let rest = &words[..lead.rest];
        let share = matches!(number.dimension, Dimension::Percent) && lead.change.is_none();
        match number.dimension {
            Dimension::Points => {
                if let Some(sign) = lead.change {
                    self.change(sentence, number, (start, rest), sign, said);
                }
            }
            Dimension::Times if lead.change.is_none() => {}
            Dimension::Percent | Dimension::Times => {
                if let Some(sign) = lead.change {
                    if self.spread(sentence, index, rest, sign) {
                        return;
                    }
                    self.change(sentence, number, (start, rest), sign, said);
                } else if self.next_of_spread(sentence, number, words) {
                } else if words.trim_matches([',', '、', '和']).is_empty() && self.is_list(text) {
                    self.drafts_of_list(sentence, number);
                } else if share {
                    self.level(sentence, index, (start, words, rest), &lead, said);
                }
            }
            _ if lead.change.is_some() && !rest.is_empty_name() => {
                let sign = lead.change.unwrap_or(1.0);
                self.amount(sentence, number, rest, sign);
            }
            _ if lead.change.is_some() => {
                let sign = lead.change.unwrap_or(1.0);
                self.amount(sentence, number, rest, sign);
            }
            _ => self.level(sentence, index, (start, words, rest), &lead, said),
        }
    }

    /// 同比分别增长 1%和2% behind several rows: a change each.
    fn spread(&mut self, sentence: &Sentence<'_>, index: usize, words: &str, sign: f64) -> bool {
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
        let Some(first) = self.drafts.len().checked_sub(count).filter(|&first| first >= sentence.first) else {
            return false;
        };
        if count < 2 || self.drafts[first..].iter().any(|draft| draft.change.is_some()) {
            return false;
        }
        for (draft, number) in self.drafts[first..].iter_mut().zip(&sentence.numbers[index..]) {
            draft.change = Some(IndicatorChange { kind, value: number.value * sign, unit: number.unit.clone() });
            draft.end = sentence.start + number.span.end;
        }
        true
    }

    /// Whether a number is one of those that were given to rows before.
    fn next_of_spread(&self, sentence: &Sentence<'_>, number: &Quantity, words: &str) -> bool {
        let end = sentence.start + number.span.end;
        words.trim_matches(['、', '和', '及', '与', ',']).is_empty()
            && self.drafts.get(sentence.first..).is_some_and(|rows| rows.iter().any(|row| row.end == end))
    }

    /// A change in percent, of the row before it or of a name before it.
    fn change(
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
        if head.ends_with("高于") || head.ends_with("低于") || head.contains("增速") || head.contains("增幅") {
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
            let year = words.rfind("年").and_then(|at| words.get(at.checked_sub(4)?..at)?.parse::<i16>().ok());
            let of = draft.period.as_ref().and_then(|period| period.to).map(Date::year);
            if kind == ChangeKind::VsBase && year.zip(of).is_some_and(|(year, of)| year + 1 == of) {
                kind = ChangeKind::Yoy;
            }
            // 从 2012年 … 到 2021年 …, 增长 …: against the first.
            let verb = &sentence.text[start + words.len()..number.span.start];
            let is_rate = ["同比", "增速", "增幅", "增长率"].iter().any(|word| words.contains(word) || verb.contains(word));
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
                Some(known) if !matches!(known.unit.as_str(), "%" | "倍" | "‰" | "个百分点") && cut == words.len() => {
                    draft.change = Some(change(known.kind));
                    draft.end = end;
                }
                Some(known) if known.kind != kind && kind == ChangeKind::Yoy && draft.value.is_some() => {
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
                Some(known) if !matches!(known.unit.as_str(), "%" | "倍" | "‰" | "个百分点") => {
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
        let counted = name.as_ref().is_some_and(|name| name.id.is_none() && name.tail.ends_with("企业"));
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

    /// 其中医药制造业 增长 5%: the noun is that of the whole.
    fn inherited(&self, sentence: &Sentence<'_>, at: usize, head: &str, said: &Said) -> Option<NamedAs> {
        let parent = said.parent.and_then(|at| self.drafts.get(at))?;
        let noun = parent.noun_for_parts()?;
        let head_start = head.rfind([',', ':', ';', '(', ')']).map_or(0, |mark| mark + 1);
        let mut part = &head[head_start..];
        for word in ["其中", "同时", "此外", "分行业看", "按行业分"] {
            part = part.strip_prefix(word).unwrap_or(part);
        }
        let is_part = ["业", "类", "产业", "经济", "企业", "商品", "品", "农村", "城镇", "乡村", "地区", "县", "市", "区"].iter().any(|end| part.ends_with(end));
        let chars = part.chars().count();
        if !is_part || !(2..=18).contains(&chars) || part.contains(['"', '年', '月']) {
            return None;
        }
        let start = at + head.len() - part.len();
        Some(NamedAs::part(sentence.body, sentence.passage, start..at + head.len(), noun, parent))
    }

    /// An amount of change belongs to the row before it, if no rate does.
    fn amount(&mut self, sentence: &Sentence<'_>, number: &Quantity, words: &str, sign: f64) {
        let (kind, said, cut) = against(words);
        let head = words[..cut].trim_matches([',', '、']);
        if !head.is_empty_name() || !said && words.chars().count() > 1 {
            return;
        }
        if let Some(draft) = self.drafts.get_mut(sentence.first..).and_then(|rows| rows.last_mut())
            && draft.change.is_none()
            && draft.end + 30 >= sentence.start + number.span.start
        {
            draft.change = Some(IndicatorChange { kind, value: number.value * sign, unit: number.unit.clone() });
            draft.end = sentence.start + number.span.end;
        }
    }

    fn level(
        &mut self,
        sentence: &Sentence<'_>,
        index: usize,
        (start, words, rest): (usize, &str, &str),
        lead: &Lead,
        said: &mut Said,
    ) {
        let number = &sentence.numbers[index];
        let text = sentence.text;
        let mut rule = IndicatorRule::NameBefore;
        let mut named = None;
        if number.dimension == Dimension::Percent
            && let Some(share) = self.share(sentence, start, rest, words, said)
        {
            named = Some(share);
        }
        let phrase = rest.trim_end_matches([',', '"']);
        // Parts in brackets: (含泵站3座).
        if phrase.contains("(含") || phrase.starts_with('含') || phrase.contains("(其中") {
            return;
        }
        let found = if named.is_none() { name_at_end(phrase, Some(number.dimension), self.territories) } else { None };
        if let Some(found) = found
            && (number.dimension != Dimension::Percent || found.nature != Nature::Flow || found.id.is_none())
        {
            // 规模以上工业企业实现 营业收入 …, 实现 利润总额 …: of the same.
            if found.weak && found.modifier.is_empty()
                && let Some(owner) = self.doer(sentence, start, &phrase[..found.span.start])
            {
                let mut name = NamedAs::found(sentence.body, sentence.passage, sentence.start + start, &found);
                name.name = format!("{owner}{}", found.tail);
                let draft = self.draft(sentence, number, name, start, said);
                self.drafts.push(draft);
                said.parent = Some(self.drafts.len() - 1);
                return;
            }
            // 总投资 alone is that of the projects before it.
            let bare = found.weak && found.modifier.is_empty();
            let modifier = &phrase[found.modifier.clone()];
            if !bare && !is_of_territories(modifier, found.tail) {
                return;
            }
            let vehicles = ["台", "辆", "套", "列", "艘", "架"].iter().any(|end| number.unit.ends_with(end));
            if vehicles && ["企业", "合作社", "学校", "机构", "项目", "平台", "景区"].contains(&found.tail) {
                return;
            }
            if bare && matches!(found.tail, "面积") {
                let of_territory = number.unit.ends_with("平方公里") && self.territories.of_article().is_some();
                if !of_territory { return; }
            }
            if !self.accepts(sentence, &found, start, said, Some(number)) {
                return;
            }
            let mut name = NamedAs::found(sentence.body, sentence.passage, sentence.start + start, &found);
            if found.tail == "贡献率" {
                name.name = self.contribution(phrase, sentence).unwrap_or(name.name);
            }
            if found.tail == "项目" && number.dimension == Dimension::Count {
                name.name = signed(&phrase[..found.span.start], &phrase[found.modifier.clone()], name.name);
            }
            if found.id.is_none() && number.dimension == Dimension::Length && Catalogue::get().counted_at_end(&name.name).is_some() {
                name.name.push_str("长度");
            }
            if bare && found.tail == "面积" {
                name.name = "辖区面积".to_owned();
            } else if bare && let Some(owner) = self.owner_behind(sentence, index) {
                name.name = format!("{owner}{}", if found.tail == "投资总额" || found.tail == "投资额" { "总投资" } else { found.tail });
            } else if bare {
                let Some(owner) = self.drafts.get(sentence.first..).and_then(|rows| rows.iter().rev().find(|row| row.is_count())) else { return };
                name.name = format!("{}{}", owner.named.name, if found.tail == "投资总额" || found.tail == "投资额" { "总投资" } else { found.tail });
            }
            named = Some(name);
        }
        if named.is_none() && matches!(number.dimension, Dimension::Count | Dimension::People) {
            let after = &text[number.span.end..];
            let verb = Catalogue::get().verb_at_end(phrase);
            let own = phrase.rsplit('、').next().unwrap_or(phrase);
            let of_sum = words == "的" && self.owner_behind(sentence, index.saturating_sub(1)).is_some();
            let clear = phrase.is_empty_name() || verb.is_some() || lead.has_link || own.chars().count() <= 8;
            if let Some(behind) = name_behind(after).filter(|_| clear) {
                let at = sentence.start + number.span.end;
                let mut name = NamedAs::printed(sentence.body, sentence.passage, at + behind.start..at + behind.end);
                if let Some(verb) = verb
                    && !name.name.starts_with(verb)
                {
                    name.name = format!("{verb}{}", name.name);
                }
                let territory = self.subject_before(sentence, number.span.start, said);
                let (past, after) = (&text[..number.span.start], &after[behind.end..]);
                let clause = &past[sentence.clause_start(number.span.start)..];
                if after.starts_with("改造") && verb.is_none() {
                    name.name = format!("改造{}", name.name);
                }
                if own.ends_with("生产") && ["车", "机", "车辆", "设备"].iter().any(|end| name.name.ends_with(end)) {
                    name.name.push_str("产量");
                }
                if after.starts_with("整体改造") {
                    name.name = format!("改造{}", name.name);
                }
                if let Some(honour) = honour(after) {
                    name.name = honour;
                    let draft = self.draft(sentence, number, name, start, said);
                    self.drafts.push(Draft { rule: IndicatorRule::NameBehind, ..draft });
                    return;
                }
                let plain = Catalogue::get().counted_at_end(&name.name).is_some_and(|(at, _)| at == 0);
                let acts = ["走访", "拜访", "慰问", "服务", "帮扶", "检查", "排查", "组织", "开展", "举办", "召开", "培训", "受理", "督", "对", "与", "向", "为", "给", "等", "帮助", "参加", "推荐", "邀请", "推动", "推进", "支持", "引导", "整合"];
                if territory == Some(Subject::Other)
                    || !(self.is_counted(&name.name) || name.name.ends_with("产量"))
                    || plain && verb.is_none() && !matches!(name.name.as_str(), "市场主体" | "经营主体" | "个体工商户" | "行政村")
                    || !of_sum && acts.iter().any(|word| clause.contains(word))
                    || number.dimension == Dimension::People && !["就业", "人才", "大学生"].iter().any(|end| name.name.ends_with(end))
                {
                    return;
                }
                rule = IndicatorRule::NameBehind;
                named = Some(name);
            }
        }
        if named.is_none()
            && lead.has_link
            && phrase.trim_matches([',', ';', '当', '月']).is_empty()
            && let Some(before) = self.drafts.get(sentence.first..).and_then(|rows| rows.last())
            && before.value.as_ref().is_some_and(|value| value.dimension == number.dimension && value.unit == number.unit)
        {
            rule = IndicatorRule::NameCarried;
            named = Some(before.named.clone());
        }
        if named.is_none()
            && number.unit.ends_with('人')
            && (words.is_empty() || words.is_empty_name())
            && ["面积", "行政村", "辖"].iter().any(|word| text[..number.span.start].contains(word))
            && !text[number.span.end..].starts_with(|c: char| c.is_alphabetic())
        {
            let at = sentence.start + number.span.start;
            let mut name = NamedAs::printed(sentence.body, sentence.passage, at..at + number.span.len());
            name.name = "人口".to_owned();
            name.nature = Nature::Stock;
            named = Some(name);
        }
        let Some(named) = named else {
            if words.trim_matches([',', '、', '和', '及', '与']).is_empty() && self.is_list(text) {
                self.drafts_of_list(sentence, number);
            }
            return;
        };
        let mut draft = self.draft(sentence, number, named, start, said);
        draft.rule = rule;
        draft.approx = lead.approx.or(number.approx);
        if lead.is_cumulative && draft.period.as_ref().is_none_or(|period| period.from == period.to) && draft.status == IndicatorStatus::Actual {
            draft.status = IndicatorStatus::Cumulative;
        }
        if rule == IndicatorRule::NameBehind {
            let behind = draft.named.span.end;
            draft.end = draft.end.max(behind);
        }
        let earlier = self.drafts.get(sentence.first..).and_then(|rows| rows.last());
        draft.follows_earlier = rule == IndicatorRule::NameCarried
            && earlier.is_some_and(|before| before.named.name == draft.named.name)
            && (text.contains('从') || text.contains('由'));
        self.span_of_years(sentence, &mut draft);
        self.drafts.push(draft);
        said.parent = Some(self.drafts.len() - 1);
    }

    /// 2012—2020年, 由 8568元 增加至 21744元: the first is of 2012, the second of 2020.
    fn span_of_years(&mut self, sentence: &Sentence<'_>, second: &mut Draft) {
        let years = |draft: &Draft| draft.period.as_ref().and_then(|period| Some((period.from?, period.to?)));
        let Some(first) = self.drafts.get_mut(sentence.first..).and_then(|rows| rows.last_mut()) else { return };
        if let Some((from, to)) = years(second).filter(|(from, to)| second.follows_earlier && from.year() != to.year())
            && years(first) == Some((from, to))
            && let (Some(earlier), Some(later)) = (&mut first.period, &mut second.period)
        {
            earlier.to = Date::new(from.year(), 12, 31).ok();
            later.from = Date::new(to.year(), 1, 1).ok();
        }
    }

    /// Who made a profit: 规模以上工业企业 before 实现, else that of the row before.
    fn doer(&self, sentence: &Sentence<'_>, start: usize, before: &str) -> Option<String> {
        let subject = ["实现", "完成"].iter().find_map(|verb| before.strip_suffix(verb))?;
        let subject = subject.trim_end_matches("共").trim_end_matches("累计");
        if ["企业", "业", "单位", "机构"].iter().any(|end| subject.ends_with(end)) {
            let mut from = subject.rfind(['的', ',', ':', ')', '中']).map_or(0, |at| at + subject[at..].chars().next().map_or(1, char::len_utf8));
            while let Some(rest) = self.territories.at_start(&subject[from..]) {
                from = subject.len() - rest.len();
            }
            let begin = sentence.start + start;
            let name = NamedAs::printed(sentence.body, sentence.passage, begin + from..begin + subject.len());
            return (name.name.chars().count() >= 3).then_some(name.name);
        }
        let row = self.drafts.get(sentence.first..)?.last()?;
        if !subject.is_empty() || row.named.tail.is_empty() {
            return None;
        }
        let stem = row.named.name.strip_suffix(row.named.tail)?;
        ["企业", "业", "单位", "机构"].iter().any(|end| stem.ends_with(end)).then(|| stem.to_owned())
    }

    /// 工业…, 对GDP增长的贡献率 57%: who contributes to what.
    fn contribution(&self, phrase: &str, sentence: &Sentence<'_>) -> Option<String> {
        let at = phrase.rfind('对')?;
        let whole = phrase[at + '对'.len_utf8()..].trim_end_matches("贡献率").trim_end_matches('的');
        let whole = whole.trim_end_matches("增长").replace("gdp", "地区生产总值");
        let own = phrase[..at].rsplit([',', ';']).next().unwrap_or_default();
        let part = if own.is_empty() {
            let row = self.drafts.get(sentence.first..)?.last()?;
            let name = row.named.name.split(['占', '对']).next().unwrap_or_default();
            name.trim_end_matches("增加值").to_owned()
        } else {
            own.to_owned()
        };
        Some(format!("{part}对{whole}增长贡献率"))
    }

    /// 总投资 25亿元 *的 10个 重点项目*: the things counted behind it.
    fn owner_behind(&self, sentence: &Sentence<'_>, index: usize) -> Option<String> {
        let (number, next) = (&sentence.numbers[index], sentence.numbers.get(index + 1)?);
        if sentence.text.get(number.span.end..next.span.start)?.trim_matches('的').chars().count() > 0 {
            return None;
        }
        let at = next.span.end;
        let span = name_behind(&sentence.text[at..])?;
        let begin = sentence.start + at;
        let name = NamedAs::printed(sentence.body, sentence.passage, begin + span.start..begin + span.end);
        Some(name.name)
    }

    /// X占Y比重.
    fn share(&self, sentence: &Sentence<'_>, start: usize, rest: &str, words: &str, said: &Said) -> Option<NamedAs> {
        let words = if rest.contains('占') { rest } else { words };
        let at = words.find('占')?;
        if words[at..].starts_with("占地") || words[at..].starts_with("占比") {
            return None;
        }
        let whole_start = at + '占'.len_utf8();
        let whole = words[whole_start..].trim_end_matches(['达', '到', '为', '约', '近', '超', '过']);
        let whole = whole.trim_end_matches("比重").trim_end_matches("比例").trim_end_matches("份额").trim_end_matches('的');
        let whole = whole.strip_prefix("全市").or(whole.strip_prefix("全省")).unwrap_or(whole);
        if whole.is_empty() || whole.contains(['年', ',']) || whole.chars().count() > 16 {
            return None;
        }
        if ["年度预算", "目标", "计划", "任务"].iter().any(|word| whole.contains(word)) {
            return None;
        }
        let part = words[..at].trim_end_matches([',', '"', '合', '计']);
        let owner = match name_at_end(part, None, self.territories) {
            Some(found) => {
                let begin = sentence.start + start;
                NamedAs::printed(sentence.body, sentence.passage, begin + found.span.start..begin + found.span.end)
            }
            None if part.trim_matches([',', '、']).is_empty() => {
                let row = self.drafts.get(sentence.first..).and_then(|rows| rows.last()).or(said.parent.and_then(|at| self.drafts.get(at)))?;
                row.named.clone()
            }
            None => return None,
        };
        let begin = sentence.start + start + whole_start;
        let whole_at = words[whole_start..].find(whole).unwrap_or(0);
        let whole = NamedAs::printed(sentence.body, sentence.passage, begin + whole_at..begin + whole_at + whole.len());
        let whole_name = if matches!(whole.name.as_str(), "GDP" | "生产总值" | "国内生产总值") { "地区生产总值".to_owned() } else { whole.name };
        if self.subject_before(sentence, start, said) == Some(Subject::Other) {
            return None;
        }
        Some(NamedAs { name: format!("{}占{whole_name}比重", owner.name), id: None, span: owner.span.start.min(begin)..whole.span.end, tail: "比重", nature: Nature::Rate })
    }

    fn subject_before(&self, sentence: &Sentence<'_>, at: usize, said: &Said) -> Option<Subject> {
        self.territories.subject(&sentence.text[..at]).or_else(|| said.subject.clone())
    }

    /// Whether a name counts here: that of a territory does unless a company or another country is spoken of.
    fn accepts(&self, sentence: &Sentence<'_>, found: &FoundName, start: usize, said: &Said, _number: Option<&Quantity>) -> bool {
        let before = &sentence.text[..start + found.span.start];
        let subject = self.territories.subject(before);
        let of_other = subject.clone().or_else(|| said.subject.clone()) == Some(Subject::Other);
        if found.territorial {
            return subject != Some(Subject::Other);
        }
        !of_other
    }

    /// Whether a counted thing is one that territories are measured by.
    fn is_counted(&self, name: &str) -> bool {
        let strong = ["企业", "市场主体", "经营主体", "工商户", "学校", "幼儿园", "小区", "项目", "孵化器", "空间", "平台", "岗位", "公园", "厕所", "道路", "汽车", "车辆", "断头路", "行政村", "医院", "高标准农田", "工程", "就业", "基站", "社区", "泵站", "合作社", "机构", "人才", "床位", "实验室", "中心"];
        strong.iter().any(|end| name.ends_with(end))
    }

    fn is_list(&self, text: &str) -> bool {
        text.contains("分别")
    }

    fn drafts_of_list(&mut self, sentence: &Sentence<'_>, number: &Quantity) {
        let Some(last) = self.drafts.get(sentence.first..).and_then(|rows| rows.last()) else { return };
        if last.end + 12 < sentence.start + number.span.start {
            return;
        }
        let mut next = last.clone();
        next.end = sentence.start + number.span.end;
        next.rule = IndicatorRule::List;
        next.is_next_of_list = true;
        if next.value.is_some() {
            if number.dimension == Dimension::Percent && !last.is_percent() {
                return;
            }
            next.value = Some(number.clone());
            next.change = None;
        } else if let Some(change) = &mut next.change {
            change.value = number.value * change.value.signum();
            change.unit.clone_from(&number.unit);
        }
        self.drafts.push(next);
    }

    /// Gives the items of 分别 their own names: A、B和C 分别增长 1%、2%和3%.
    fn lists(&mut self, first: usize) {
        let mut at = first;
        while at < self.drafts.len() {
            let mut end = at + 1;
            while self.drafts.get(end).is_some_and(|draft| draft.is_next_of_list) {
                end += 1;
            }
            if end - at > 1 {
                super::lists::name_items(&mut self.drafts[at..end]);
            }
            at = end;
        }
    }

    fn draft(&self, sentence: &Sentence<'_>, number: &Quantity, named: NamedAs, start: usize, said: &Said) -> Draft {
        let text = sentence.text;
        let before = &text[..number.span.start];
        let part = sentence.last_part(number.span.start);
        let usable = |time: &&TimeWords| {
            let passed = time.is_start && sentence.numbers.iter().any(|other| other.span.start >= time.span.end && other.span.end <= number.span.start);
            time.span.end <= number.span.start && !passed && (!time.is_now || sentence.start + time.span.start >= part)
                && (!time.is_day || named.name.contains("签约") || named.name.contains("开工") || named.name.contains("项目"))
        };
        let here = sentence.times.iter().filter(usable).next_back();
        let carried = said.time.as_ref();
        let (time, basis) = match here {
            Some(time) => (Some(time), PeriodBasis::Sentence),
            None => (carried, PeriodBasis::Paragraph),
        };
        let is_open = here.is_some_and(|time| time.from.is_none() && time.to.is_none() && !time.is_now);
        let of_title = || {
            let year = self.title_year?;
            let (from, to) = (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok());
            let from = if named.nature == Nature::Stock { to } else { from };
            Some(IndicatorPeriod { from, to, text: None, basis: PeriodBasis::Title })
        };
        let period = time.map(|time| {
            let from = if named.nature == Nature::Stock && time.to.is_some() { time.to } else { time.from };
            let text = here.map(|_| text[time.span.clone()].to_owned());
            IndicatorPeriod { from, to: time.to, text, basis }
        });
        let period = period.or_else(of_title);
        let subject = self.territories.subject(&text[..start.max(named.span.start.saturating_sub(sentence.start)).min(number.span.start)]);
        let district = match subject {
            Some(Subject::Territory(name)) => Some(IndicatorDistrict { name, basis: DistrictBasis::Sentence }),
            _ => match &said.subject {
                Some(Subject::Territory(name)) => Some(IndicatorDistrict { name: name.clone(), basis: DistrictBasis::Paragraph }),
                _ => self.territories.of_article(),
            },
        };
        let clause = &before[before.rfind(';').map_or(0, |at| at + 1)..];
        let later = period.as_ref().and_then(|period| period.from).zip(self.reference.day).is_some_and(|(from, day)| from > day)
            || period.as_ref().and_then(|period| period.from).zip(self.reference.year()).is_some_and(|(from, year)| from.year() > year);
        let status = if ["预计", "有望", "预期", "将突破"].iter().any(|word| clause.contains(word)) {
            IndicatorStatus::Forecast
        } else if later || ["力争", "目标", "确保", "争取", "计划", "拟", "规划"].iter().any(|word| clause.contains(word)) && !clause.contains("完成计划") && !clause.contains("计划总投资") {
            IndicatorStatus::Target
        } else if is_open && here.is_some_and(|time| text[time.span.clone()].starts_with("先后")) || clause.contains("累计") && period.as_ref().is_none_or(|period| period.from.is_none() || period.from == period.to) {
            IndicatorStatus::Cumulative
        } else {
            IndicatorStatus::Actual
        };
        Draft {
            start: named.span.start.min(sentence.start + number.span.start),
            end: sentence.start + number.span.end,
            printed: named.span.clone(),
            named,
            value: Some(number.clone()),
            approx: number.approx,
            change: None,
            period,
            district,
            status,
            rule: IndicatorRule::NameBefore,
            follows_earlier: false,
            is_next_of_list: false,
            number_at: sentence.start + number.span.start,
        }
    }
}

/// Whether a part before a noun makes it one of territories: 水利投资, but not 管委会投资.
fn is_of_territories(modifier: &str, tail: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| modifier.ends_with(end));
    match tail {
        "投资" | "投资额" | "总投资" | "投资总额" => {
            !ends(&["企业", "行业"]) && ends(&["业", "设施", "领域", "民间", "开发", "改造", "技改", "制造", "水利", "交通", "资产", "国有", "外商", "公路", "铁路", "水路", "环保", "生态", "电力", "能源", "产", "社会", "类", "建设", "园区", "工程"])
                || modifier.ends_with("项目") && !["园项目", "厂项目", "中心项目", "基地项目", "站项目", "路项目", "桥项目", "工程项目", "该项目", "期项目"].iter().any(|end| modifier.ends_with(end)) && modifier != "项目" && !modifier.starts_with('该')
        }
        "资金" | "收入" | "产值" if ["涉", "诈骗", "犯罪", "骗"].iter().any(|word| modifier.contains(word)) => false,
        "面积" => !ends(&["占地", "建筑", "总占地", "总建筑", "使用", "阵地", "展览", "厂房", "建筑总", "营业", "用房", "过火"]),
        "社区" | "小区" | "街道" | "村" | "居民小区" => ["老旧", "智慧", "平安", "行政", "贫困", "改造", "示范", "富民", "文明", "新增"].iter().any(|word| modifier.ends_with(word)) || modifier.is_empty(),
        "里程" => !ends(&["续航", "行驶"]),
        "收入" | "利润" | "产值" | "销售额" | "销售收入" => !ends(&["年", "户均", "公司", "门票", "集团"]),
        "企业" => !ends(&["走访", "建会", "服务", "助", "帮扶", "进", "参加", "对接", "走进", "培训", "检查"]),
        _ => true,
    }
}

/// What companies became: 24家企业 *入选 2022年度河南省专精特新中小企业*.
fn honour(after: &str) -> Option<String> {
    let after = after.trim_start_matches("成功");
    let verbs = ["入选", "获评", "获批", "被评为", "被认定为", "获得"];
    let rest = verbs.iter().find_map(|verb| after.strip_prefix(verb))?;
    let rest = &rest[..rest.find([',', '。', ';', '、']).unwrap_or(rest.len())];
    let rest = rest.rfind("年度").map_or(rest, |at| &rest[at + "年度".len()..]);
    let rest: String = rest.trim_end_matches("称号").chars().filter(|c| *c != '"').collect();
    if !rest.ends_with("企业") || rest.chars().count() > 20 {
        return None;
    }
    let province = rest.find('省').filter(|at| *at <= "黑龙江".len()).map(|at| format!("省级{}", rest[at + "省".len()..].trim_start_matches('级')));
    Some(province.unwrap_or(rest))
}

/// The name of projects of which the words before say that they were signed or begun.
fn signed(before: &str, modifier: &str, name: String) -> String {
    if name.contains("签约") || name.contains("开工") || !matches!(modifier, "" | "重大" | "重点" | "优质" | "产业") {
        return name;
    }
    match (before.contains("签约"), before.contains("开工")) {
        (true, false) => "签约项目".to_owned(),
        (false, true) => "开工项目".to_owned(),
        _ => name,
    }
}

/// A sentence with its times and numbers.
struct Sentence<'a> {
    body: &'a str,
    passage: &'a Passage,
    text: &'a str,
    /// Where it begins in the passage.
    start: usize,
    times: &'a [TimeWords],
    numbers: &'a [Quantity],
    /// The number of rows before it.
    first: usize,
}

impl Sentence<'_> {
    /// Where the clause begins that a place lies in.
    fn clause_start(&self, at: usize) -> usize {
        self.text[..at].rfind([',', ';', ':']).map_or(0, |mark| mark + 1)
    }

    /// Where the part between semicolons begins that a place lies in, in the passage.
    fn last_part(&self, at: usize) -> usize {
        self.start + self.text[..at].rfind(';').map_or(0, |mark| mark + 1)
    }
}

trait EmptyName {
    fn is_empty_name(&self) -> bool;
}

impl EmptyName for str {
    /// Whether words before a change name nothing.
    fn is_empty_name(&self) -> bool {
        let words = self.trim_matches([',', '、', ';', '(', ')', '"']);
        words.is_empty() || matches!(words, "其中" | "分别" | "总量" | "并" | "实现" | "当月")
    }
}
