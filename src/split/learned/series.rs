//! Lines with a number at or near their head that are numbered on: 第一條, 第二條; GT0311001, GT0311002; ①, ②.
//!
//! A paper that numbers its items says where they begin; a document numbers its chapters. How many
//! lines a series has, and how much of the file it spans, tells them apart.

use std::collections::HashMap;

use crate::split::shape;
use crate::split::unit::Unit;
use crate::text::{fold_char, numerals};

/// Characters before a number that counts lines.
const MAX_PREFIX: usize = 8;
/// Characters of such a number.
const MAX_DIGITS: usize = 10;

/// The place of a unit in a series of numbered lines; nothing but zeros outside of one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::split) struct SeriesPlace {
    /// The number of its series among those of the file, from 1.
    pub series: u32,
    /// Lines of the series.
    pub length: u32,
    /// The share of the units of the file from its first line to its last one, and as many more as
    /// stand from one line to the next.
    pub span: f32,
}

/// For each unit its place in a series whose numbers go up by one.
pub(super) fn series(units: &[Unit]) -> Vec<SeriesPlace> {
    let mut open: HashMap<NumberMark, usize> = HashMap::new();
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut next: Vec<u64> = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        let Some((mark, number)) = mark(&unit.text) else { continue };
        match open.get(&mark) {
            Some(&series) if next[series] == number => {
                found[series].push(place);
                next[series] += 1;
            }
            // A number that comes again belongs to something within.
            Some(&series) if next[series] == number + 1 => {}
            _ => {
                open.insert(mark, found.len());
                found.push(vec![place]);
                next.push(number + 1);
            }
        }
    }
    let mut places = vec![SeriesPlace::default(); units.len()];
    let several = found.iter().filter(|places| places.len() > 1);
    for (series, members) in (1..).zip(several) {
        let steps = members.len() - 1;
        let from_first_to_last = members[steps] - members[0];
        let spanned = from_first_to_last as f32 * members.len() as f32 / steps as f32;
        let span = (spanned / units.len() as f32).min(1.0);
        for &place in members {
            places[place] = SeriesPlace { series, length: members.len() as u32, span };
        }
    }
    places
}

/// What stands before a number at the head of a line, what sort of number it is, and what follows.
type NumberMark = (String, NumberForm, Option<char>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum NumberForm {
    Digits,
    Chinese,
    Circled,
}

fn mark(text: &str) -> Option<(NumberMark, u64)> {
    let chars: Vec<char> = shape::unmarked(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(fold_char)
        .take(MAX_PREFIX + MAX_DIGITS + 1)
        .collect();
    let first = chars.iter().take(MAX_PREFIX + 1).position(|&c| form(c).is_some())?;
    let number_form = form(chars[first])?;
    let digits = chars[first..].iter().take_while(|&&c| form(c) == Some(number_form)).count();
    if digits > MAX_DIGITS {
        return None;
    }
    let number: String = chars[first..first + digits].iter().collect();
    let value = match number_form {
        NumberForm::Digits => number.parse().ok()?,
        NumberForm::Chinese => u64::from(numerals::number(&number)?),
        NumberForm::Circled if digits == 1 => circled(chars[first])?,
        NumberForm::Circled => return None,
    };
    let prefix = chars[..first].iter().collect();
    // 第一版 and 第二条 are not of one series; words behind a number differ.
    let behind = chars.get(first + digits).copied();
    let behind = behind.filter(|c| !c.is_alphanumeric() || "条條号號期版章节節".contains(*c));
    Some(((prefix, number_form, behind), value))
}

fn form(c: char) -> Option<NumberForm> {
    if c.is_ascii_digit() {
        Some(NumberForm::Digits)
    } else if numerals::is_numeral(c) && c.is_alphanumeric() {
        Some(NumberForm::Chinese)
    } else {
        circled(c).map(|_| NumberForm::Circled)
    }
}

/// The value of ① … ⑳, ⑴ … ⒇, ㈠ … ㈩.
fn circled(c: char) -> Option<u64> {
    const RANGES: [(char, char); 4] = [('①', '⑳'), ('⑴', '⒇'), ('⒈', '⒛'), ('㈠', '㈩')];
    let (first, _) = RANGES.into_iter().find(|(first, last)| (*first..=*last).contains(&c))?;
    Some(u64::from(u32::from(c) - u32::from(first)) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceText;
    use crate::split::layout::FileLayout;

    fn places(page: &str) -> Vec<(u32, u32)> {
        let layout = FileLayout::of(&SourceText::from_text("a.txt", page));
        series(&layout.units).iter().map(|place| (place.series, place.length)).collect()
    }

    #[test]
    fn lines_that_are_numbered_on_are_a_series() {
        let page = "样稿0311008（经济）\n\n井台加了护栏，村民又喝上了井水。\n\n样稿0311009（社会）\n\n木帆船进了展览馆。\n\n样稿0311010（体育）";
        assert_eq!(places(page), [(1, 3), (0, 0), (1, 3), (0, 0), (1, 3)]);
    }

    #[test]
    fn articles_of_a_law_are_a_series() {
        let page = "第一條　井壁不得拆動。\n\n違者議處。\n\n第二條　井臺不得堆物。\n\n第三條　汲水以先後為序。";
        assert_eq!(places(page), [(1, 3), (0, 0), (1, 3), (1, 3)]);
    }

    #[test]
    fn each_sort_of_number_is_a_series_of_its_own() {
        let page = "一、老水井\n\n①井壁换了青石。\n\n②井台加了护栏。\n\n二、木帆船\n\n①船身上了桐油。\n\n②船进了展览馆。\n\n1998年的事";
        assert_eq!(places(page), [(1, 2), (2, 2), (2, 2), (1, 2), (3, 2), (3, 2), (0, 0)]);
    }
}
