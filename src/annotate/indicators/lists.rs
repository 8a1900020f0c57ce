//! Lists: 出口、进口分别增长 5%、3%; 三次产业结构 8.7:38.3:53.

use jiff::civil::Date;

use super::catalogue::{Catalogue, Nature};
use super::quantity::{Quantity, UnitDimension, structures};
use super::reader::{NumberedSentence, Reader, Said};
use super::row::{Draft, NamedAs, noun_of};
use crate::model::{CivilDate, IndicatorRule};

impl Reader<'_> {
    /// 三次产业结构 8.7:38.3:53: the shares of three sectors, of one time or of two.
    pub(super) fn structure(&mut self, sentence: &NumberedSentence<'_>, said: &Said) {
        for (at, shares) in structures(sentence.text).into_iter().enumerate() {
            let Some(first) = shares.first() else { continue };
            let before = &sentence.text[..first.span.start];
            // 由上年的 9:41:50 调整为 …
            let is_earlier = at == 0 && before.ends_with('的') && before.contains(['由', '从']);
            for (sector, share) in ["第一产业", "第二产业", "第三产业"].iter().zip(&shares)
            {
                let named = NamedAs {
                    name: format!("{sector}增加值占地区生产总值比重"),
                    id: None,
                    span: sentence.start + share.span.start..sentence.start + share.span.end,
                    tail: "比重",
                    nature: Nature::Rate,
                };
                let mut draft = self.draft(sentence, share, named, share.span.start, said);
                draft.rule = IndicatorRule::List;
                if let Some(period) = draft.period.as_mut().filter(|_| is_earlier) {
                    (period.from, period.to) = (year_before(period.from), year_before(period.to));
                }
                self.drafts.push(draft);
            }
        }
    }

    /// The next number of a list: a row like the one before it.
    pub(super) fn drafts_of_list(&mut self, sentence: &NumberedSentence<'_>, number: &Quantity) {
        let Some(last) = self.drafts.get(sentence.first..).and_then(|rows| rows.last()) else {
            return;
        };
        if last.end + 12 < sentence.start + number.span.start {
            return;
        }
        let mut next = last.clone();
        next.end = sentence.start + number.span.end;
        next.rule = IndicatorRule::List;
        next.is_next_of_list = true;
        if next.value.is_some() {
            if number.dimension == UnitDimension::Percent && !last.is_percent() {
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
    pub(super) fn lists(&mut self, first: usize) {
        let mut at = first;
        while at < self.drafts.len() {
            let mut end = at + 1;
            while self.drafts.get(end).is_some_and(|draft| draft.is_next_of_list) {
                end += 1;
            }
            if end - at > 1 {
                name_items(&mut self.drafts[at..end]);
            }
            at = end;
        }
    }
}

fn year_before(day: Option<CivilDate>) -> Option<CivilDate> {
    let day = day?;
    Date::new(day.year() - 1, day.month(), day.day()).ok()
}

/// Gives each of the rows of a list the name of its item.
fn name_items(rows: &mut [Draft]) {
    let Some(first) = rows.first() else { return };
    let whole = first.named.name.clone();
    let names = match items_of(&whole, rows.len()) {
        Some(items) => sectors(&items).unwrap_or_else(|| with_noun_of_last(&items)),
        // 城乡居民收入分别 …
        None if rows.len() == 2 && whole.starts_with("居民人均") => {
            vec![format!("城镇{whole}"), format!("农村{whole}")]
        }
        None => return,
    };
    for (row, name) in rows.iter_mut().zip(names) {
        row.named = row.named.clone().renamed(name);
    }
}

/// 第一、二、三产业增加值.
fn sectors(items: &[&str]) -> Option<Vec<String>> {
    let rest = |item: &str| {
        let mut chars = item.trim_start_matches('第').chars();
        let number = chars.next().filter(|c| matches!(c, '一' | '二' | '三'))?;
        Some((number, chars.as_str().to_owned()))
    };
    let parts: Vec<(char, String)> = items.iter().map(|item| rest(item)).collect::<Option<_>>()?;
    let (_, tail) = parts.last().filter(|(_, tail)| tail.starts_with("产业"))?;
    Some(parts.iter().map(|(number, _)| format!("第{number}{tail}")).collect())
}

/// Items without a noun of their own have that of the last: 粮食、青稞产量.
fn with_noun_of_last(items: &[&str]) -> Vec<String> {
    let noun = items.last().and_then(|last| noun_of(last)).unwrap_or_default();
    // 单位增加值能耗和水耗: a noun alone has the words before that of the first.
    let first = items.first().copied().unwrap_or_default();
    let stem = noun_of(first).and_then(|noun| first.strip_suffix(noun)).unwrap_or_default();
    let named = |item: &&str| {
        let item = item.strip_suffix("数量").unwrap_or(item);
        // 对东盟、欧盟进出口
        let is_partner = first.starts_with('对') && !item.starts_with('对');
        let item = &if is_partner { format!("对{item}") } else { item.to_owned() };
        let is_listed = Catalogue::get().listed(item).is_some();
        match noun_of(item) {
            Some(own) if own == item && !is_listed => format!("{stem}{item}"),
            None if !is_listed => {
                let last = items.last().copied().unwrap_or_default();
                listed_with_end_of(item, last).unwrap_or_else(|| format!("{item}{noun}"))
            }
            _ => item.to_owned(),
        }
    };
    items.iter().map(named).collect()
}

/// The names in a list of which each has its noun, or none but the last: 进口、出口.
pub(super) fn items_of_each(list: &str) -> Option<Vec<String>> {
    let items: Vec<&str> = list.split(['、', '和', '及', '与']).collect();
    let is_list = items.len() > 1 && items.iter().all(|item| item.chars().count() > 1);
    is_list.then(|| with_noun_of_last(&items))
}

/// 城镇居民, 农村居民人均可支配收入: an item with as much of the end of the last as makes it a listed name.
fn listed_with_end_of(item: &str, last: &str) -> Option<String> {
    let mut ends = last.char_indices().map(|(at, _)| format!("{item}{}", &last[at..]));
    ends.find(|name| Catalogue::get().listed(name).is_some())
}

/// Cuts a list into as many items as there are numbers. 和 can be part of an item: 批发和零售业.
fn items_of(list: &str, count: usize) -> Option<Vec<&str>> {
    let plain: Vec<&str> = list.split('、').collect();
    if plain.len() == count {
        return Some(plain);
    }
    let joints = ['和', '及', '与'];
    let (earlier, ending) =
        list.rsplit_once('、').map_or((None, list), |(earlier, last)| (Some(earlier), last));
    // 和 joins before 及, which can stand within the item.
    let at = ending.rfind('和').or_else(|| ending.rfind(joints))?;
    let mut items: Vec<&str> =
        earlier.into_iter().flat_map(|earlier| earlier.split('、')).collect();
    items.push(&ending[..at]);
    items.push(ending[at..].trim_start_matches(joints));
    if items.len() == count {
        return Some(items);
    }
    let all: Vec<&str> = list.split(['、', '和', '及', '与']).collect();
    (all.len() == count).then_some(all)
}
