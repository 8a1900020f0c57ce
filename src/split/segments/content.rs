//! What stands in a segment: its parts, the words that they share with those around, what they are
//! about, names, and series of numbers.

use std::ops::Range;

use super::evidence::{Evidence, SegmentContext};
use crate::split::learned::LineClass::{
    self, Bracketed, Byline, Closing, Credit, Cue, Date, Docno, Photo,
};
use crate::split::learned::MAX_LINE;

impl SegmentContext<'_> {
    pub(super) fn add_names(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        /// Units between a text and what it names.
        const REACH: usize = 40;
        let named_by = |unit: usize| self.forms.named_by.get(unit).copied().flatten();
        let near = |by: usize| by + REACH >= segment.start;
        evidence.first_named = f32::from(u8::from(named_by(segment.start).is_some_and(near)));
        let within = |by: usize| by >= segment.start;
        evidence.next_named = f32::from(u8::from(named_by(segment.end).is_some_and(within)));
    }

    pub(super) fn add_words(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        /// Units that the words of an edge are compared with.
        const REACH: usize = 5;
        /// Pairs of units whose words are compared within.
        const MAX_PAIRS: usize = 24;
        let (first, next) = (segment.start, segment.end);
        let shared = |unit: usize, others: Range<usize>| {
            let others = others.start..others.end.min(self.forms.len());
            let shares = others.clone().map(|other| self.cohesion.shared(unit, other));
            shares.fold(0.0, f32::max)
        };
        evidence.title_words = shared(first, first + 1..next.min(first + 1 + REACH));
        evidence.title_words_before = shared(first, first.saturating_sub(REACH)..first);
        evidence.title_words_behind = shared(first, next + 1..next + 1 + REACH);
        if next < self.forms.len() {
            evidence.next_words = shared(next, first.max(next.saturating_sub(REACH))..next);
            evidence.words_across_last = shared(next - 1, next..next + 3);
            evidence.next_shift = self.cohesion.shift(next);
        }
        if let Some(before) = first.checked_sub(1) {
            evidence.words_across_first = shared(before, first..(first + 3).min(next));
        }
        evidence.first_shift = self.cohesion.shift(first);
        let inner = first + 2..next;
        let least = inner.clone().map(|unit| self.cohesion.shift(unit));
        evidence.greatest_shift = least.fold(-2.0, f32::max);
        let (mut sum, mut least, mut pairs) = (0.0, 1.0f32, 0);
        for unit in inner.take(MAX_PAIRS) {
            let words = self.near_words[unit];
            sum += words;
            least = least.min(words);
            pairs += 1;
        }
        evidence.words_within = if pairs > 0 { sum / pairs as f32 } else { -1.0 };
        evidence.least_words_within = if pairs > 0 { least } else { -1.0 };
    }

    pub(super) fn add_nearness(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        let (first, next) = (segment.start, segment.end);
        let (words, all) = (self.cohesion, self.forms.len());
        let text = words.behind(first + 1, next);
        evidence.title_nearness = words.near_ranges(first..first + 1, text);
        evidence.title_nearness_before =
            words.near_ranges(first..first + 1, words.ahead_of(first, 0));
        if next < all {
            let before = words.ahead_of(next, first);
            evidence.next_nearness = words.near_ranges(next..next + 1, before.clone());
            evidence.next_nearness_behind =
                words.near_ranges(next..next + 1, words.behind(next + 1, all));
            evidence.last_nearness = words.near_ranges(before, words.behind(next, all));
            evidence.next_turn = words.turn(next);
        }
        evidence.first_nearness =
            words.near_ranges(words.ahead_of(first, 0), words.behind(first, next));
        evidence.first_turn = words.turn(first);
        let inner = first + 2..next;
        let count = inner.len();
        let (mut sum, mut least, mut turn) = (0.0, 1.0f32, -2.0f32);
        for unit in inner {
            let near = words.nearness(unit);
            sum += near;
            least = least.min(near);
            turn = turn.max(words.turn(unit));
        }
        evidence.least_nearness = least;
        evidence.mean_nearness = if count > 0 { sum / count as f32 } else { 1.0 };
        evidence.greatest_turn = turn;
    }

    pub(super) fn add_series(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        let of = |unit: usize| self.forms.series.get(unit).copied().unwrap_or_default();
        let (first, next) = (of(segment.start), of(segment.end));
        evidence.first_series = first.length as f32;
        evidence.next_series = next.length as f32;
        evidence.first_span = first.span;
        evidence.next_span = next.span;
        let step = first.length > 0 && first.series == next.series;
        evidence.one_step = f32::from(u8::from(step));
        let inner = (segment.start + 1..segment.end).map(|unit| of(unit).length);
        evidence.inner_series = inner.max().unwrap_or_default() as f32;
    }

    pub(super) fn add_parts(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        let lengths = &self.forms.lengths[segment.clone()];
        let all: usize = lengths.iter().sum();
        let text: usize = lengths.iter().filter(|&&length| length > MAX_LINE).sum();
        evidence.units = lengths.len() as f32;
        evidence.characters = all as f32;
        evidence.text_share = text as f32 / all.max(1) as f32;
        let body = segment.start + 2..segment.end.saturating_sub(1);
        for unit in body {
            let class = self.forms.classes[unit];
            let is = |one: LineClass| class == one as u32;
            let count = if is(Photo) {
                &mut evidence.photos
            } else if is(Credit) || is(Closing) || is(Byline) || is(Bracketed) {
                &mut evidence.credits
            } else if is(Cue) {
                &mut evidence.cues
            } else if is(Date) {
                &mut evidence.dates
            } else if is(Docno) {
                &mut evidence.documents
            } else if self.forms.lengths[unit] <= MAX_LINE {
                &mut evidence.short_lines
            } else {
                continue;
            };
            *count += 1.0;
        }
        evidence.first_gap = self.forms.gaps[segment.start] as f32;
        evidence.next_gap = self.forms.gaps.get(segment.end).map_or(-1.0, |&gap| gap as f32);
        let indent =
            |unit: usize| self.forms.indents.get(unit).map_or(-1.0, |&indent| indent as f32);
        evidence.first_indent = indent(segment.start);
        evidence.second_indent = indent(segment.start + 1);
        evidence.last_indent = indent(segment.end - 1);
        evidence.next_indent = indent(segment.end);
        let gaps = self.forms.gaps.get(segment.start + 1..segment.end).unwrap_or_default();
        evidence.inner_gap = gaps.iter().max().map_or(-1.0, |&gap| gap as f32);
    }
}
