//! What the features of a unit are made of, computed once for a file.

use super::class::{CLASSES, LineClass, class};
use super::habits::{Habits, Recurrence, line_form};
use super::named::named_by;
use super::series::{SeriesPlace, series};
use crate::split::shape;
use crate::split::style::ParagraphEnds;
use crate::split::unit::Unit;
use crate::text::fold_char;

/// What is known of each unit of a file, one entry of each vector for a unit.
pub(in crate::split) struct UnitForms {
    /// Numbers of their [`LineClass`].
    pub classes: Vec<u32>,
    /// Lengths in characters.
    pub lengths: Vec<usize>,
    /// How regularly their parts recur in the publication.
    pub(super) recurrence: Vec<Recurrence>,
    /// How regularly a unit and the next one stand below each other.
    pub pairs: Vec<u32>,
    /// The first two and the last two characters, folded; fewer where there are no more.
    pub first: Vec<Vec<u32>>,
    pub last: Vec<Vec<u32>>,
    /// Blank lines before them.
    pub gaps: Vec<usize>,
    /// Blanks at their heads.
    pub indents: Vec<usize>,
    /// The nearest unit before them that names them.
    pub named_by: Vec<Option<usize>>,
    /// Their places in series of numbered lines.
    pub series: Vec<SeriesPlace>,
    /// Beside the other gaps of the file: 0 for the smallest, 1 for larger ones that are common, 2 for
    /// rare ones.
    pub(super) gap_ranks: Vec<u32>,
    /// The first word of each, up to a mark or a blank: its last character and that mark.
    pub(super) first_words: Vec<[u32; 2]>,
    /// The forms of short lines; 0 for others.
    pub(super) line_forms: Vec<u32>,
}

impl UnitForms {
    pub fn of(units: &[Unit], habits: &Habits) -> Self {
        let ends = ParagraphEnds::of(units);
        let pair = |unit: usize| match units.get(unit + 1) {
            Some(next) => habits.pair(&units[unit].text, &next.text),
            None => 0,
        };
        Self {
            classes: units.iter().map(|unit| class(&unit.text, ends) as u32).collect(),
            lengths: units.iter().map(|unit| shape::length(&unit.text)).collect(),
            recurrence: units.iter().map(|unit| habits.recurrence(&unit.text)).collect(),
            pairs: (0..units.len()).map(pair).collect(),
            first: units.iter().map(|unit| first_two(shape::unmarked(&unit.text))).collect(),
            last: units.iter().map(|unit| last_two(shape::unmarked(&unit.text))).collect(),
            gaps: units.iter().map(|unit| unit.gap).collect(),
            indents: units.iter().map(|unit| unit.indent).collect(),
            named_by: named_by(units),
            series: series(units),
            gap_ranks: gap_ranks(units),
            first_words: units.iter().map(|unit| first_word(&unit.text)).collect(),
            line_forms: units.iter().map(|unit| line_form(&unit.text)).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// The class of a unit; that of the edge before the first and after the last one.
    pub fn class(&self, unit: isize) -> u32 {
        let place = usize::try_from(unit).ok();
        let class = place.and_then(|place| self.classes.get(place));
        class.copied().unwrap_or(LineClass::Edge as u32)
    }

    /// How much a unit looks like a part of a frame that all items have, from 0 to 3.
    pub fn rank(&self, unit: usize) -> u32 {
        self.recurrence.get(unit).map_or(0, |found| found.rank())
    }
}

/// The ranks of gaps.
fn gap_ranks(units: &[Unit]) -> Vec<u32> {
    const RARE: f32 = 0.3;
    let mut gaps: Vec<usize> = units.iter().skip(1).map(|unit| unit.gap).collect();
    gaps.sort_unstable();
    let least = gaps.first().copied().unwrap_or(0);
    let rank = |unit: &Unit| {
        let as_large = gaps.len() - gaps.partition_point(|&gap| gap < unit.gap);
        match as_large as f32 / gaps.len().max(1) as f32 {
            _ if unit.gap <= least => 0,
            share if share > RARE => 1,
            _ => 2,
        }
    };
    units.iter().map(rank).collect()
}

/// The last character of the first word and the mark or the blank behind it; zeros if none is near.
fn first_word(text: &str) -> [u32; 2] {
    const MAX_WORD: usize = 9;
    let chars = shape::unmarked(text).chars().take(MAX_WORD + 1).map(fold_char);
    let mut last = 0;
    for c in chars {
        if c.is_whitespace() || !c.is_alphanumeric() {
            return [last, u32::from(if c.is_whitespace() { ' ' } else { c })];
        }
        last = u32::from(c);
    }
    [0, 0]
}

/// The names of the classes of units, as the fitted table has them.
pub(in crate::split) fn form_names(units: &[Unit]) -> Vec<&'static str> {
    let ends = ParagraphEnds::of(units);
    let name = |unit: &Unit| {
        let class = class(&unit.text, ends);
        CLASSES.iter().find(|(known, _)| *known == class).map_or("", |(_, name)| name)
    };
    units.iter().map(name).collect()
}

fn first_two(text: &str) -> Vec<u32> {
    let chars = text.chars().filter(|c| !c.is_whitespace());
    chars.take(2).map(|c| u32::from(fold_char(c))).collect()
}

fn last_two(text: &str) -> Vec<u32> {
    let chars = text.chars().rev().filter(|c| !c.is_whitespace());
    let mut last: Vec<u32> = chars.take(2).map(|c| u32::from(fold_char(c))).collect();
    last.reverse();
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceText;
    use crate::split::layout::FileLayout;

    fn forms(page: &str) -> UnitForms {
        let layout = FileLayout::of(&SourceText::from_text("a.txt", page));
        UnitForms::of(&layout.units, &Habits::default())
    }

    #[test]
    fn gaps_are_ranked_beside_the_others_of_the_file() {
        let forms =
            forms("老水井\n\n井台加了护栏。\n\n井水又清了。\n\n\n\n木帆船\n\n船进了展览馆。");
        assert_eq!(forms.gap_ranks[1..], [0, 0, 2, 0]);
    }

    #[test]
    fn the_first_word_is_its_last_character_and_the_mark_behind_it() {
        let of = |text: &str| first_word(text).map(|c| char::from_u32(c).unwrap_or(' '));
        assert_eq!(of("漢口電　江水漲二尺"), ['电', ' ']);
        assert_eq!(of("洪桥乡：堤上每隔五十米插一根竹竿"), ['乡', ':']);
        assert_eq!(first_word("井台加了护栏三十户人家又喝上了井水"), [0, 0]);
    }
}
