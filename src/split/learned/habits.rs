//! What recurs in a publication: the same beginnings, ends and whole lines, lines of one form, and
//! pairs of them, over its files.
//!
//! Such habits carry over to papers that nobody looked at: where each item ends with 信息来源：…, the
//! line after it begins another one, whatever it says.

use std::collections::HashMap;

use super::class::MAX_LINE;
use super::shares::FrameShares;
use crate::model::SourceText;
use crate::split::layout::FileLayout;
use crate::split::shape;
use crate::split::unit::Unit;
use crate::text::fold_char;

/// Characters of a recurring beginning and of a recurring end.
const BEGINNING: usize = 3;
const END: usize = 2;
/// Lines longer than this do not recur.
const MAX_RECURRING: usize = 60;

/// Counts over the files of one publication. No text is kept.
#[derive(Debug, Clone, Default)]
pub struct Habits {
    files: u32,
    units: u32,
    beginnings: HashMap<u64, u32>,
    ends: HashMap<u64, u32>,
    lines: HashMap<u64, u32>,
    forms: HashMap<u64, u32>,
    /// Frames of short lines that stand above another short line, and pairs of such.
    frames: HashMap<u64, u32>,
    pairs: HashMap<u64, u32>,
    /// How often items begin with units of each frame.
    pub(in crate::split) starts: FrameShares,
}

/// How regularly the parts of a line recur, each from 0 (not at all) to 4 (several times a file).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recurrence {
    pub beginning: u32,
    pub end: u32,
    pub line: u32,
    pub form: u32,
}

impl Recurrence {
    /// How much the line looks like a part of a frame that all items have, from 0 to 3.
    pub fn rank(self) -> u32 {
        if self.line >= 2 {
            3
        } else if self.form >= 3 || self.beginning >= 3 {
            2
        } else {
            u32::from(self.beginning >= 2 || self.end >= 3)
        }
    }
}

/// Files of a publication from which its habits are taken; fewer files have no habits in common.
pub const MIN_HABIT_FILES: usize = 8;
/// Files of a publication that are looked at for its habits.
pub const MAX_HABIT_FILES: usize = 24;

impl Habits {
    /// Chooses the files of a publication from which its habits are taken, by their names: those with
    /// the lowest hashes, so that one more file seldom changes the choice, and that the order of the
    /// names does not matter. Empty if there are fewer than eight.
    #[must_use]
    pub fn sample(names: &[String]) -> Vec<usize> {
        if names.len() < MIN_HABIT_FILES {
            return Vec::new();
        }
        let mut places: Vec<usize> = (0..names.len()).collect();
        places.sort_by_cached_key(|&place| {
            let name = &names[place];
            (hash(&name.chars().collect::<Vec<_>>()), name.clone())
        });
        places.truncate(MAX_HABIT_FILES);
        places
    }

    /// The habits of one file.
    #[must_use]
    pub fn of(source: &SourceText) -> Self {
        let mut habits = Self::default();
        habits.add(source);
        habits
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files == 0
    }

    /// Counts the lines of another file.
    pub fn add(&mut self, source: &SourceText) {
        self.add_units(&FileLayout::of(source).units);
    }

    pub(in crate::split) fn add_units(&mut self, units: &[Unit]) {
        self.files += 1;
        self.units += units.len() as u32;
        for unit in units {
            let chars = normal(&unit.text);
            if let Some(beginning) = chars.get(..BEGINNING) {
                count(&mut self.beginnings, hash(beginning));
            }
            if chars.len() > MAX_RECURRING {
                continue;
            }
            count(&mut self.lines, hash(&chars));
            if let Some(end) = chars.len().checked_sub(END) {
                count(&mut self.ends, hash(&chars[end..]));
            }
            if let Some(form) = form(&chars) {
                count(&mut self.forms, form);
            }
        }
        for pair in units.windows(2) {
            if let (Some(one), Some(two)) = (frame(&pair[0].text), frame(&pair[1].text)) {
                count(&mut self.frames, one);
                count(&mut self.pairs, joined(one, two));
            }
        }
    }

    /// How regularly the parts of a text recur.
    pub(super) fn recurrence(&self, text: &str) -> Recurrence {
        let chars = normal(text);
        let rate = |counts: &HashMap<u64, u32>, hash: Option<u64>| {
            hash.and_then(|hash| counts.get(&hash)).map_or(0, |&count| self.rate(count))
        };
        let beginning = rate(&self.beginnings, chars.get(..BEGINNING).map(hash));
        if chars.len() > MAX_RECURRING {
            return Recurrence { beginning, ..Recurrence::default() };
        }
        let end = chars.len().checked_sub(END).map(|end| hash(&chars[end..]));
        Recurrence {
            beginning,
            end: rate(&self.ends, end),
            line: rate(&self.lines, Some(hash(&chars))),
            form: rate(&self.forms, form(&chars)),
        }
    }

    /// How regularly a text and the one after it stand below each other, more often than by chance.
    pub(super) fn pair(&self, text: &str, next: &str) -> u32 {
        const MIN_LIFT: f64 = 4.0;
        let (Some(one), Some(two)) = (frame(text), frame(next)) else { return 0 };
        let of = |counts: &HashMap<u64, u32>, hash| counts.get(&hash).copied().unwrap_or(0);
        let together = of(&self.pairs, joined(one, two));
        let each = f64::from(of(&self.frames, one)) * f64::from(of(&self.frames, two));
        let chance = each / f64::from(self.units.max(1));
        if f64::from(together) < MIN_LIFT * chance { 0 } else { self.rate(together) }
    }

    /// How often something recurs: 0 below three times or one file in ten, 1 in some files, 2 in most,
    /// 3 twice a file, 4 from six times a file on.
    fn rate(&self, count: u32) -> u32 {
        const MIN_COUNT: u32 = 3;
        const RATES: [f64; 4] = [0.1, 0.4, 2.0, 6.0];
        if count < MIN_COUNT {
            return 0;
        }
        let rate = f64::from(count) / f64::from(self.files.max(1));
        RATES.iter().take_while(|&&least| rate >= least).count() as u32
    }
}

fn count(counts: &mut HashMap<u64, u32>, hash: u64) {
    *counts.entry(hash).or_default() += 1;
}

/// The characters of a text, folded, without white space, digits as `0`.
fn normal(text: &str) -> Vec<char> {
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十〇零廿".contains(c);
    let chars = shape::unmarked(text).chars().filter(|c| !c.is_whitespace()).map(fold_char);
    chars.map(|c| if digit(c) { '0' } else { c }).collect()
}

/// The form of a short line: runs of letters and of digits between its marks; `None` if it has
/// neither digits nor marks.
fn form(chars: &[char]) -> Option<u64> {
    if chars.len() > MAX_LINE {
        return None;
    }
    let mut form: Vec<char> = chars
        .iter()
        .map(|&c| {
            if c == '0' {
                '0'
            } else if c.is_alphabetic() {
                'x'
            } else {
                c
            }
        })
        .collect();
    form.dedup();
    form.iter().any(|&c| c != 'x').then(|| hash(&form))
}

/// The form of a short line as a number; 0 if it has none.
pub(super) fn line_form(text: &str) -> u32 {
    form(&normal(text)).map_or(0, |form| (form as u32).max(1))
}

/// What a short line looks like in a pair: its form if it has digits, else its last character.
fn frame(text: &str) -> Option<u64> {
    const LAST_ONLY: u64 = 7;
    let chars = normal(text);
    if chars.len() > MAX_LINE {
        return None;
    }
    if chars.contains(&'0') {
        return form(&chars);
    }
    chars.last().map(|&last| hash(&[last]).wrapping_add(LAST_ONLY))
}

fn joined(one: u64, two: u64) -> u64 {
    one ^ two.rotate_left(17)
}

/// FNV-1a with a shift at each step; only compared within one run.
fn hash(chars: &[char]) -> u64 {
    chars.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &c| {
        let hash = (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
        hash ^ (hash >> 29)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_at_the_end_of_each_item_recurs_and_others_do_not() {
        let mut habits = Habits::default();
        for number in 1..=4 {
            let page = format!(
                "第{number}口井修好了\n\n来源：某某日报\n\n第{number}座桥也通了\n\n来源：某某日报\n"
            );
            habits.add(&SourceText::from_text("page.txt", page));
        }
        assert!(habits.recurrence("来源：某某日报").line >= 3);
        assert_eq!(habits.recurrence("木帆船进了展览馆").rank(), 0);
        // The number is any number.
        assert!(habits.recurrence("第9口井修好了").line >= 2);
    }

    #[test]
    fn the_sample_depends_on_the_names_alone() {
        let mut names: Vec<String> = (0..100).map(|number| format!("{number}.txt")).collect();
        let chosen = |names: &[String]| -> Vec<String> {
            Habits::sample(names).into_iter().map(|place| names[place].clone()).collect()
        };
        let before = chosen(&names);
        assert_eq!(before.len(), MAX_HABIT_FILES);
        names.reverse();
        assert_eq!(chosen(&names), before);
        assert!(Habits::sample(&names[..MIN_HABIT_FILES - 1]).is_empty());
    }

    #[test]
    fn once_or_twice_is_no_habit() {
        let habits = Habits::of(&SourceText::from_text("page.txt", "来源：甲报\n乙\n来源：甲报\n"));
        assert_eq!(habits.recurrence("来源：甲报").rank(), 0);
    }
}
