//! The fitted features of each unit.

use super::class::MAX_LINE;
use super::forms::UnitForms;
use super::frames::indent_class;
use super::key::Key;
use crate::split::cohesion::Cohesion;

/// The features of all units, in the order of the templates.
pub(in crate::split) fn keys(forms: &UnitForms, cohesion: &Cohesion) -> Vec<Vec<Key>> {
    let page = TemplateContext::new(forms, cohesion);
    (0..forms.len()).map(|unit| page.keys(unit.cast_signed())).collect()
}

/// What the templates look at, by unit.
struct TemplateContext<'a> {
    forms: &'a UnitForms,
    cohesion: &'a Cohesion,
    lengths: Vec<u32>,
    /// Whether some lines of the file are set in, and whether it has gaps of several sizes.
    indented: bool,
    gaps: bool,
    /// Texts without a short line between them before and after each unit.
    before: Vec<u32>,
    after: Vec<u32>,
}

/// Collects the features of a unit.
struct Keys(Vec<Key>);

impl Keys {
    fn add(&mut self, template: u8, a: u32, b: u32, c: u32) {
        self.0.push(Key::new(template, a, b, c));
    }

    /// Adds a feature that says nothing unless one of its values is above 0.
    fn add_if(&mut self, seen: u32, template: u8, a: u32, b: u32, c: u32) {
        if seen > 0 {
            self.add(template, a, b, c);
        }
    }
}

impl<'a> TemplateContext<'a> {
    fn new(forms: &'a UnitForms, cohesion: &'a Cohesion) -> Self {
        let is_text = |length: &usize| *length > MAX_LINE;
        let mut after = texts_in_a_row(forms.lengths.iter().rev().map(is_text));
        after.reverse();
        Self {
            forms,
            cohesion,
            indented: forms.indents.iter().any(|&indent| indent > 0),
            gaps: forms.gap_ranks.iter().any(|&rank| rank > 0),
            lengths: forms.lengths.iter().map(|&length| length_class(length)).collect(),
            before: texts_in_a_row(forms.lengths.iter().map(is_text)),
            after,
        }
    }

    fn keys(&self, unit: isize) -> Vec<Key> {
        let mut keys = Keys(Vec::with_capacity(64));
        self.add_forms(unit, &mut keys);
        self.add_habits(unit, &mut keys);
        self.add_characters(unit, &mut keys);
        self.add_words(unit, &mut keys);
        self.add_places(unit, &mut keys);
        keys.0
    }

    fn add_forms(&self, unit: isize, keys: &mut Keys) {
        const NO_LENGTH: u32 = 31;
        let form = |step: isize| self.forms.class(unit + step);
        let length = |step: isize| at(&self.lengths, unit + step, NO_LENGTH);
        let (before, after) = (at(&self.before, unit, 0), at(&self.after, unit, 0));
        keys.add(20, form(0), 0, 0);
        keys.add(21, form(-1), form(0), 0);
        keys.add(22, form(0), form(1), 0);
        keys.add(23, form(-1), form(0), form(1));
        keys.add(24, form(-2), form(-1), form(0));
        keys.add(25, form(0), form(1), form(2));
        keys.add(26, form(-2), form(0), form(2));
        keys.add(27, length(0), 0, 0);
        keys.add(28, length(0), form(1), 0);
        keys.add(29, form(-1), length(0), 0);
        keys.add(30, length(-1), length(0), 0);
        keys.add(31, length(0), length(1), 0);
        keys.add(32, form(-3), form(-2), form(-1));
        keys.add(33, form(1), form(2), form(3));
        keys.add(34, before, form(0), 0);
        keys.add(35, after, form(0), 0);
        keys.add(36, before, after, form(0));
    }

    fn add_places(&self, unit: isize, keys: &mut Keys) {
        const EDGE: u32 = 7;
        let form = |step: isize| self.forms.class(unit + step);
        let gap = |step: isize| at(&self.forms.gap_ranks, unit + step, EDGE);
        let indent = |step: isize| {
            let place = usize::try_from(unit + step).ok();
            let indent = place.and_then(|place| self.forms.indents.get(place));
            indent.map_or(EDGE, |&indent| indent_class(indent))
        };
        if self.indented {
            keys.add(70, indent(-1), indent(0), indent(1));
            keys.add(71, indent(0), form(0), indent(1));
            keys.add(72, indent(-1), indent(0), form(0));
            keys.add(73, indent(-1), form(-1), form(0));
        }
        if self.gaps {
            keys.add(74, gap(-1), gap(0), gap(1));
            keys.add(75, gap(0), gap(1), form(0));
            keys.add(76, gap(0), form(-1), form(0));
        }
        let series = self.forms.series[unit.cast_unsigned()];
        if series.length > 0 {
            let length = (series.length.ilog2()).min(5);
            keys.add(77, length, (series.span * 5.0) as u32, form(0));
        }
    }

    fn add_habits(&self, unit: isize, keys: &mut Keys) {
        const EDGE: u32 = 7;
        let form = |step: isize| self.forms.class(unit + step);
        let rank = |step: isize, edge: u32| {
            let place = usize::try_from(unit + step).ok();
            place
                .filter(|&place| place < self.forms.len())
                .map_or(edge, |place| self.forms.rank(place))
        };
        let rec = |step: isize| rank(step, EDGE);
        let seen = |step: isize| rank(step, 0);
        let pair = |step: isize| at(&self.forms.pairs, unit + step, 0);
        let found = self.forms.recurrence[unit.cast_unsigned()];
        let short = u32::from(self.forms.lengths[unit.cast_unsigned()] <= MAX_LINE);
        keys.add_if(found.beginning, 40, found.beginning, short, 0);
        keys.add_if(found.end, 41, found.end, short, 0);
        keys.add_if(found.line, 42, found.line, short, 0);
        keys.add_if(found.form, 43, found.form, short, 0);
        keys.add_if(seen(-1) | seen(0) | seen(1), 44, rec(-1), rec(0), rec(1));
        keys.add_if(pair(-1) | pair(0) | pair(1), 52, pair(-1), pair(0), pair(1));
        keys.add_if(pair(-1) | pair(0), 53, pair(-1), pair(0), form(0));
        keys.add_if(pair(0), 54, pair(0), form(0), form(1));
        keys.add_if(pair(1), 55, pair(1), form(0), form(1));
        keys.add_if(seen(0), 45, rec(0), form(0), 0);
        keys.add_if(seen(-1), 46, rec(-1), form(-1), form(0));
        keys.add_if(seen(1), 47, rec(1), form(1), form(0));
        keys.add_if(seen(-2) | seen(-1) | seen(0), 48, rec(-2), rec(-1), rec(0));
        keys.add_if(seen(0) | seen(1) | seen(2), 49, rec(0), rec(1), rec(2));
    }

    fn add_characters(&self, unit: isize, keys: &mut Keys) {
        let unit = unit.cast_unsigned();
        let base = if self.forms.lengths[unit] <= MAX_LINE { 0 } else { 4 };
        let (first, last) = (&self.forms.first[unit], &self.forms.last[unit]);
        if let Some(&one) = first.first() {
            keys.add(base, one, 0, 0);
        }
        if let Some(&one) = last.last() {
            keys.add(base + 1, one, 0, 0);
        }
        if let ([a, b], [c, d]) = (first.as_slice(), last.as_slice()) {
            keys.add(base + 2, *a, *b, 0);
            keys.add(base + 3, *c, *d, 0);
        }
        let before = unit.checked_sub(1).map(|before| &self.forms.last[before]);
        if let Some([a, b]) = before.map(Vec::as_slice) {
            keys.add(8, *a, *b, 0);
        }
        if let Some([a, b]) = self.forms.first.get(unit + 1).map(Vec::as_slice) {
            keys.add(9, *a, *b, 0);
        }
    }

    fn add_words(&self, unit: isize, keys: &mut Keys) {
        const NOTHING: u32 = 9;
        let form = |step: isize| self.forms.class(unit + step);
        let here = unit.cast_unsigned();
        let (after, before) = self.cohesion.similarity(here);
        let short = u32::from(self.forms.lengths[here] <= MAX_LINE);
        keys.add(50, eighths(after), eighths(before), short);
        keys.add(51, (((self.cohesion.shift(here) + 2.0) * 2.0) as u32).min(8), form(0), 0);
        let shared = |step: isize| match usize::try_from(unit + step) {
            Ok(other) if other < self.forms.len() => share(self.cohesion.shared(here, other)),
            _ => NOTHING,
        };
        keys.add(58, shared(-1), form(-1), form(0));
        keys.add(59, shared(1), form(0), form(1));
        keys.add(60, shared(1), shared(-1), form(0));
        keys.add(61, shared(2), shared(1), form(0));
        keys.add(62, shared(-2), shared(-1), form(0));
        let turn = (((self.cohesion.turn(here) + 2.0) * 2.0) as u32).min(8);
        keys.add(63, turn, form(0), 0);
        let all = self.forms.len();
        let ahead = self.cohesion.near_ranges(here..here + 1, self.cohesion.ahead_of(here, 0));
        let behind = self.cohesion.near_ranges(here..here + 1, self.cohesion.behind(here + 1, all));
        keys.add(64, nearness(behind), nearness(ahead), short);
        keys.add(65, nearness(self.cohesion.nearness(here)), form(-1), form(0));
        keys.add(66, nearness(behind), form(0), form(1));
        keys.add(67, nearness(ahead), form(-1), form(0));
    }
}

fn at(values: &[u32], place: isize, edge: u32) -> u32 {
    usize::try_from(place).ok().and_then(|place| values.get(place)).copied().unwrap_or(edge)
}

/// For each unit how many texts stand directly before it, in classes from 0 to 6.
fn texts_in_a_row(is_text: impl Iterator<Item = bool>) -> Vec<u32> {
    let mut row = 0;
    is_text
        .map(|text| {
            let here = match row {
                0..=3 => row,
                4..=5 => 4,
                6..=8 => 5,
                _ => 6,
            };
            row = if text { row + 1 } else { 0 };
            here
        })
        .collect()
}

/// Lengths in characters as classes from 0 to 13.
fn length_class(length: usize) -> u32 {
    const UP_TO: [usize; 13] = [2, 3, 4, 6, 9, 13, 18, 24, 34, 50, 80, 140, 250];
    UP_TO.iter().take_while(|&&most| length > most).count() as u32
}

/// Shares from 0 to 1 as classes from 0 to 6; most shared words are few.
fn share(share: f32) -> u32 {
    const BELOW: [f32; 5] = [0.02, 0.05, 0.1, 0.2, 0.4];
    if share <= 0.0 {
        return 0;
    }
    1 + BELOW.iter().take_while(|&&most| share >= most).count() as u32
}

/// A cosine as a class from 0 to 7.
fn nearness(cosine: f32) -> u32 {
    const BELOW: [f32; 7] = [-1.5, 0.0, 0.1, 0.2, 0.3, 0.45, 0.6];
    BELOW.iter().take_while(|&&most| cosine >= most).count() as u32
}

fn eighths(share: f32) -> u32 {
    ((share * 8.0) as u32).min(7)
}
