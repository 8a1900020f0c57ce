//! What speaks for a segment, a row of units, being one item: the names of all evidence, and what its edges
//! say. What stands within it is in `content`.

use std::ops::Range;

use super::authors::Authors;
use crate::split::cohesion::Cohesion;
use crate::split::learned;
use crate::split::learned::{FRAMES, FrameShares, UnitForms};
use crate::split::start::StartPosterior;
use crate::split::trees::Trees;

/// Declares the evidence of a segment by group: a struct with a field for each, and their names.
macro_rules! evidence {
    ($($(#[$told:meta])* $group:ident $rule:literal { $($(#[$doc:meta])* $name:ident,)* })*) => {
        /// What a group of evidence looks at; reasons are told by group.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::split) enum EvidenceGroup {
            $($(#[$told])* $group,)*
        }

        /// The groups with their names as rules of reasons.
        pub(in crate::split) const EVIDENCE_GROUPS: &[(EvidenceGroup, &str)] =
            &[$((EvidenceGroup::$group, $rule)),*];

        /// The names of all evidence, in the order of [`Values`].
        pub(in crate::split) const NAMES: &[&str] = &[$($(stringify!($name),)*)*];

        /// Their groups, in the same order.
        pub(in crate::split) const GROUPS: &[EvidenceGroup] = &[$($((stringify!($name), EvidenceGroup::$group).1,)*)*];

        #[derive(Debug, Clone, Copy, Default)]
        pub(super) struct Evidence {
            $($($(#[$doc])* pub $name: f32,)*)*
        }

        impl Evidence {
            fn values(&self) -> Values {
                [$($(self.$name,)*)*]
            }
        }
    };
}

/// The evidence of a segment, as numbers.
pub(in crate::split) type Values = [f32; NAMES.len()];

/// A number for each group of evidence.
pub(in crate::split) type GroupSums = [f32; EVIDENCE_GROUPS.len()];

/// What each group of evidence adds to the log-odds of a segment.
pub(in crate::split) fn by_group(trees: &Trees, evidence: &Values) -> GroupSums {
    let mut sums = [0.0; EVIDENCE_GROUPS.len()];
    trees.contributions(evidence, |by, change| sums[GROUPS[by] as usize] += change);
    sums
}

evidence! {
    /// What the labels of single units say.
    Labels "line_labels" {
        /// Log-odds of a start at its first unit, at the unit after it, and the highest within.
        start_odds,
        next_odds,
        inner_odds,
        /// Starts that are expected within.
        inner_starts,
        /// Logarithm of the probability that no item begins within.
        unbroken,
        /// What its first unit is, if an item begins with it.
        begins_head,
        begins_section,
        begins_text,
        begins_caption,
        next_head,
        next_section,
        next_text,
        /// Starts expected in the file, and units for each.
        file_starts,
        file_units,
        /// Whether it stands at the edges of the file.
        at_beginning,
        at_end,
    }
    /// Lengths of the segment and of units at its edges.
    Sizes "article_size" {
        units,
        characters,
        first_length,
        second_length,
        third_length,
        last_length,
        before_length,
        next_length,
        second_next_length,
        /// Share of text among the characters.
        text_share,
    }
    /// The forms of its lines.
    Forms "article_forms" {
        /// Classes of units at the edges.
        first_class,
        second_class,
        third_class,
        last_class,
        last_but_one_class,
        before_class,
        next_class,
        second_next_class,
        /// Between the second and the last unit: short lines, credits of pictures and others, datelines, dates and numbers of documents within.
        short_lines,
        photos,
        credits,
        cues,
        dates,
        documents,
        /// Blank lines before its first unit and the next one, and the most within.
        first_gap,
        next_gap,
        inner_gap,
        /// Blanks at the heads of units at the edges: a signature stands far to the right.
        first_indent,
        second_indent,
        last_indent,
        next_indent,
        /// Lines of the series of numbered lines that its first unit and the next one belong to, the
        /// share of the file that these span, whether the next one is numbered on from the first, and
        /// the lines of the longest series with a line within.
        first_series,
        next_series,
        first_span,
        next_span,
        one_step,
        inner_series,
    }
    /// Shares of starts among the units of the file with the frames of its first unit and of the
    /// next one.
    File "like_other_starts" {
        first_form_share,
        first_forms_share,
        first_three_share,
        before_form_share,
        before_forms_share,
        before_end_share,
        first_mark_share,
        first_end_share,
        first_lengths_share,
        first_gap_share,
        before_begin_share,
        first_indent_share,
        first_two_share,
        first_word_share,
        first_line_share,
        first_place_share,
        next_form_share,
        next_forms_share,
        next_three_share,
        last_form_share,
        last_forms_share,
        last_end_share,
        next_mark_share,
        next_end_share,
        next_lengths_share,
        next_gap_share,
        last_begin_share,
        next_indent_share,
        next_two_share,
        next_word_share,
        next_line_share,
        next_place_share,
        /// Whether one of the two units behind the first one, and behind the next one, names an
        /// author, and the share of the other starts for which that holds.
        first_signed,
        next_signed,
        first_signed_share,
        next_signed_share,
    }
    /// The same in the publication, and what recurs in it.
    Publication "like_publication" {
        first_form_habit,
        first_forms_habit,
        first_three_habit,
        before_form_habit,
        before_forms_habit,
        before_end_habit,
        first_mark_habit,
        first_end_habit,
        first_lengths_habit,
        first_gap_habit,
        before_begin_habit,
        first_indent_habit,
        first_two_habit,
        first_word_habit,
        first_line_habit,
        first_place_habit,
        next_form_habit,
        next_forms_habit,
        next_three_habit,
        last_form_habit,
        last_forms_habit,
        last_end_habit,
        next_mark_habit,
        next_end_habit,
        next_lengths_habit,
        next_gap_habit,
        last_begin_habit,
        next_indent_habit,
        next_two_habit,
        next_word_habit,
        next_line_habit,
        next_place_habit,
        first_rank,
        last_rank,
        before_rank,
        next_rank,
        first_pair,
        last_pair,
    }
    /// Words in common.
    Words "article_words" {
        /// Of the first unit with those after it in the segment, with those before, and with those
        /// after the one behind the segment.
        title_words,
        title_words_before,
        title_words_behind,
        /// Of the next unit with the segment.
        next_words,
        words_across_first,
        words_across_last,
        /// From unit to unit, on average and the least.
        words_within,
        least_words_within,
        /// Topic shifts at the edges, and the greatest within.
        first_shift,
        next_shift,
        greatest_shift,
        /// Whether a text shortly before the segment names its first unit, and whether the segment
        /// names the next unit.
        first_named,
        next_named,
        /// What they are about: how near the first unit is to the text after it in the segment, and to
        /// the text before; the next unit to the segment, and to what follows; both sides of the edges. -2
        /// where it is not known, also at the end of the file.
        title_nearness,
        title_nearness_before,
        next_nearness,
        next_nearness_behind,
        first_nearness,
        last_nearness,
        /// Of both sides of the gaps within: the least, and the mean.
        least_nearness,
        mean_nearness,
        /// The same by the mean of the file.
        first_turn,
        next_turn,
        greatest_turn,
    }
}

/// A file whose segments are weighed.
pub(in crate::split) struct SegmentContext<'a> {
    pub(super) forms: &'a UnitForms,
    pub(super) cohesion: &'a Cohesion,
    starts: &'a [StartPosterior],
    totals: Vec<f32>,
    /// Their sum.
    file_starts: f32,
    /// Shares of starts among the other units of the file with the same frames, and among those of
    /// the publication.
    frames: Vec<[f32; FRAMES]>,
    publication: Vec<[f32; FRAMES]>,
    /// Words that each unit shares with one of the two before it.
    pub(super) near_words: Vec<f32>,
    authors: Authors,
}

impl<'a> SegmentContext<'a> {
    pub fn new(
        forms: &'a UnitForms,
        cohesion: &'a Cohesion,
        starts: &'a [StartPosterior],
        publication: &FrameShares,
    ) -> Self {
        let totals: Vec<f32> = starts.iter().map(|start| start.total()).collect();
        let file_starts = totals.iter().sum();
        let mut shares = FrameShares::default();
        learned::add_starts(&mut shares, forms, &totals);
        let places = totals.iter().copied().enumerate();
        let frames = places
            .map(|(unit, start)| shares.of(&learned::frames(forms, unit), Some(start)))
            .collect();
        let publication = (0..totals.len())
            .map(|unit| publication.of(&learned::frames(forms, unit), None))
            .collect();
        let near_words = (0..totals.len()).map(|unit| cohesion.shared_before(unit)).collect();
        let authors = Authors::of(forms, &totals);
        Self {
            forms,
            cohesion,
            starts,
            totals,
            file_starts,
            frames,
            publication,
            near_words,
            authors,
        }
    }

    /// Posteriors of starts, by unit.
    pub fn totals(&self) -> &[f32] {
        &self.totals
    }

    /// The evidence of a segment that is not empty.
    pub fn evidence(&self, segment: &Range<usize>) -> Values {
        let mut evidence = Evidence::default();
        self.add_edges(segment, &mut evidence);
        self.add_forms(segment, &mut evidence);
        self.add_shares(segment, &mut evidence);
        [evidence.first_signed, evidence.first_signed_share] =
            self.authors.evidence(segment.start, &self.totals);
        [evidence.next_signed, evidence.next_signed_share] =
            self.authors.evidence(segment.end, &self.totals);
        self.add_words(segment, &mut evidence);
        self.add_nearness(segment, &mut evidence);
        self.add_names(segment, &mut evidence);
        self.add_series(segment, &mut evidence);
        self.add_parts(segment, &mut evidence);
        evidence.values()
    }

    fn add_edges(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        let inner = self.totals.get(segment.start + 1..segment.end).unwrap_or_default();
        evidence.start_odds = log_odds(self.totals[segment.start]);
        evidence.next_odds = self.totals.get(segment.end).map_or(8.0, |&next| log_odds(next));
        evidence.inner_odds = log_odds(inner.iter().copied().fold(0.0, f32::max));
        evidence.inner_starts = inner.iter().sum();
        evidence.unbroken = inner.iter().map(|start| (1.0 - start.min(0.9999)).ln()).sum();
        let first = self.starts[segment.start];
        let total = first.total().max(1e-6);
        evidence.begins_head = first.head / total;
        evidence.begins_section = first.section / total;
        evidence.begins_text = first.text / total;
        evidence.begins_caption = first.caption / total;
        if let Some(next) = self.starts.get(segment.end) {
            let total = next.total().max(1e-6);
            evidence.next_head = next.head / total;
            evidence.next_section = next.section / total;
            evidence.next_text = next.text / total;
        }
        evidence.at_beginning = f32::from(u8::from(segment.start == 0));
        evidence.at_end = f32::from(u8::from(segment.end == self.forms.len()));
        evidence.file_starts = self.file_starts;
        evidence.file_units = self.forms.len() as f32 / evidence.file_starts.max(1.0);
    }

    fn add_forms(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        let (first, next) = (segment.start.cast_signed(), segment.end.cast_signed());
        let length = |unit: isize| {
            let place = usize::try_from(unit).ok();
            place
                .and_then(|place| self.forms.lengths.get(place))
                .map_or(-1.0, |&length| length as f32)
        };
        let within = |unit: isize, value: f32| if unit < next { value } else { -1.0 };
        let class = |unit: isize| self.forms.class(unit) as f32;
        evidence.first_length = length(first);
        evidence.second_length = within(first + 1, length(first + 1));
        evidence.third_length = within(first + 2, length(first + 2));
        evidence.last_length = length(next - 1);
        evidence.before_length = length(first - 1);
        evidence.next_length = length(next);
        evidence.second_next_length = length(next + 1);
        evidence.first_class = class(first);
        evidence.second_class = within(first + 1, class(first + 1));
        evidence.third_class = within(first + 2, class(first + 2));
        evidence.last_class = class(next - 1);
        evidence.last_but_one_class = class(next - 2);
        evidence.before_class = class(first - 1);
        evidence.next_class = class(next);
        evidence.second_next_class = class(next + 1);
        let rank =
            |unit: isize| usize::try_from(unit).map_or(0.0, |unit| self.forms.rank(unit) as f32);
        evidence.first_rank = rank(first);
        evidence.last_rank = rank(next - 1);
        evidence.before_rank = rank(first - 1);
        evidence.next_rank = rank(next);
        let pair = |unit: isize| {
            let place = usize::try_from(unit).ok();
            place.and_then(|place| self.forms.pairs.get(place)).map_or(0.0, |&pair| pair as f32)
        };
        evidence.first_pair = pair(first);
        evidence.last_pair = pair(next - 1);
    }

    fn add_shares(&self, segment: &Range<usize>, evidence: &mut Evidence) {
        /// The end of the file is one of an item.
        const EDGE: f32 = 5.0;
        [
            evidence.first_form_share,
            evidence.first_forms_share,
            evidence.first_three_share,
            evidence.before_form_share,
            evidence.before_forms_share,
            evidence.before_end_share,
            evidence.first_mark_share,
            evidence.first_end_share,
            evidence.first_lengths_share,
            evidence.first_gap_share,
            evidence.before_begin_share,
            evidence.first_indent_share,
            evidence.first_two_share,
            evidence.first_word_share,
            evidence.first_line_share,
            evidence.first_place_share,
        ] = self.frames[segment.start];
        [
            evidence.next_form_share,
            evidence.next_forms_share,
            evidence.next_three_share,
            evidence.last_form_share,
            evidence.last_forms_share,
            evidence.last_end_share,
            evidence.next_mark_share,
            evidence.next_end_share,
            evidence.next_lengths_share,
            evidence.next_gap_share,
            evidence.last_begin_share,
            evidence.next_indent_share,
            evidence.next_two_share,
            evidence.next_word_share,
            evidence.next_line_share,
            evidence.next_place_share,
        ] = self.frames.get(segment.end).copied().unwrap_or([EDGE; FRAMES]);
        [
            evidence.first_form_habit,
            evidence.first_forms_habit,
            evidence.first_three_habit,
            evidence.before_form_habit,
            evidence.before_forms_habit,
            evidence.before_end_habit,
            evidence.first_mark_habit,
            evidence.first_end_habit,
            evidence.first_lengths_habit,
            evidence.first_gap_habit,
            evidence.before_begin_habit,
            evidence.first_indent_habit,
            evidence.first_two_habit,
            evidence.first_word_habit,
            evidence.first_line_habit,
            evidence.first_place_habit,
        ] = self.publication[segment.start];
        [
            evidence.next_form_habit,
            evidence.next_forms_habit,
            evidence.next_three_habit,
            evidence.last_form_habit,
            evidence.last_forms_habit,
            evidence.last_end_habit,
            evidence.next_mark_habit,
            evidence.next_end_habit,
            evidence.next_lengths_habit,
            evidence.next_gap_habit,
            evidence.last_begin_habit,
            evidence.next_indent_habit,
            evidence.next_two_habit,
            evidence.next_word_habit,
            evidence.next_line_habit,
            evidence.next_place_habit,
        ] = self.publication.get(segment.end).copied().unwrap_or([EDGE; FRAMES]);
    }
}

fn log_odds(probability: f32) -> f32 {
    const MOST: f32 = 8.0;
    let probability = probability.clamp(1e-6, 1.0 - 1e-6);
    (probability / (1.0 - probability)).ln().clamp(-MOST, MOST)
}
