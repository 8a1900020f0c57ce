//! Places that the gazetteer does not have under the printed name: villages, and towns misread by
//! the scan.

use super::gazetteer::{Gazetteer, UnitId};
use crate::model::Span;

/// Longest name of a village or town that is looked for, in characters before its last word.
const LONGEST: usize = 5;

/// Words before 村 and 社区 that make no name.
const NO_NAMES: [&str; 60] = [
    "乡", "农", "新农", "行政", "自然", "城中", "示范", "精品", "文明", "美丽", "本", "全", "各",
    "该", "每", "贫困", "智慧", "所在", "和谐", "驻", "进", "入", "到", "山", "渔", "一", "两",
    "三", "个", "些", "我", "此", "辖区", "街道", "居民", "中心", "小", "大", "新", "老", "先进",
    "重点", "特色", "旅游", "传统", "古", "邻", "试点", "未来", "绿色", "平安", "型", "村", "包",
    "联", "包联", "下", "生态", "宜居", "脱贫",
];

/// Characters that end what stands before a name.
fn is_edge(c: char) -> bool {
    !('\u{4e00}'..='\u{9fff}').contains(&c)
        || "的在到赴至和与及了是从向往对该各本全个每让为等由以将把被给位于走进入来自区县市镇乡道"
            .contains(c)
}

/// The name in front of 村 or 社区, with it: from the end of the name before it (at `from`), or
/// from a mark or a word that cannot be part of it.
pub(super) fn village(text: &str, from: usize, ending: &Span) -> Option<Span> {
    let before = text.get(from..ending.start)?;
    let mut start = from;
    let mut anchored = from > 0;
    for (at, c) in before.char_indices().rev() {
        if is_edge(c) {
            start = from + at + c.len_utf8();
            anchored = true;
            break;
        }
    }
    let name = text.get(start..ending.start)?;
    let length = name.chars().count();
    (anchored && (2..=LONGEST).contains(&length) && !NO_NAMES.contains(&name))
        .then_some(start..ending.end)
}

/// The one town of a city whose name differs in one character from the name in front of 街道,
/// 办事处, 镇 or 乡. Where several do, the one in `district`.
pub(super) fn misread_town(
    gazetteer: &Gazetteer,
    city: UnitId,
    district: Option<UnitId>,
    text: &str,
    from: usize,
    ending: &Span,
) -> Option<(Span, UnitId)> {
    let before = text.get(from..ending.start)?;
    let last_word = match text.get(ending.clone())? {
        // 人民路办事处 is 人民路街道.
        "办事处" => "街道",
        other => other,
    };
    let starts: Vec<usize> = before.char_indices().rev().map(|(at, _)| at).take(LONGEST).collect();
    let candidates = || {
        gazetteer.towns_in(city).filter_map(move |town| {
            let name: &str = &gazetteer.unit(town).name;
            Some((town, name.strip_suffix(last_word)?))
        })
    };
    // The same name first, which only 办事处 can have, then the longest that is nearly the same.
    for at in starts.iter().rev() {
        let printed = before.get(*at..)?;
        let same: Vec<UnitId> =
            candidates().filter(|(_, name)| *name == printed).map(|(town, _)| town).collect();
        if let Some(town) = the_one(gazetteer, &same, district) {
            return Some((from + at..ending.end, town));
        }
    }
    for at in starts.iter().rev() {
        let printed = before.get(*at..)?;
        if printed.chars().count() < 2 {
            continue;
        }
        let near: Vec<UnitId> = candidates()
            .filter(|(_, name)| differ_by_one(printed, name))
            .map(|(town, _)| town)
            .collect();
        if let Some(town) = the_one(gazetteer, &near, district) {
            return Some((from + at..ending.end, town));
        }
    }
    None
}

fn the_one(gazetteer: &Gazetteer, towns: &[UnitId], district: Option<UnitId>) -> Option<UnitId> {
    if let &[town] = towns {
        return Some(town);
    }
    let inside = |town: &&UnitId| district.is_some_and(|over| gazetteer.lies_in(**town, over));
    let mut inside = towns.iter().filter(inside);
    match (inside.next(), inside.next()) {
        (Some(&town), None) => Some(town),
        _ => None,
    }
}

/// Whether one character was replaced, lost or added. Names of two characters must begin alike.
fn differ_by_one(printed: &str, name: &str) -> bool {
    let a: Vec<char> = printed.chars().collect();
    let b: Vec<char> = name.chars().collect();
    if a.len().min(b.len()) < 2 || (a.len().max(b.len()) == 2 && a.first() != b.first()) {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    match long - short {
        0 => front + back + 1 >= long && front < long,
        1 => front + back >= short,
        _ => false,
    }
}
