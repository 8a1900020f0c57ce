//! Labels the units of a file, and gives back to articles what was set aside within them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::align;
use super::align::TitleMatch;
use super::cohesion::Cohesion;
use super::context::FeatureContext;
use super::decode::{Decoding, ScoreLattice};
use super::features;
use super::features::Features;
use super::labels::Label;
use super::layout::FileLayout;
use super::learned;
use super::learned::{FrameShares, Habits, Key, LineClass, MAX_LINE, UnitForms};
use super::place::PrintedUnits;
use super::segments;
use super::segments::{GroupSums, SegmentContext};
use super::shape;
use super::start::StartPosterior;
use super::transitions::begins;
use super::unit::Unit;
use super::weights::{BY_HAND, Weights};
use crate::model::SourceText;

/// What is computed of a file before it is labelled.
pub(super) struct Evidence {
    /// Headlines known from the table of contents, by first unit.
    pub matches: HashMap<usize, TitleMatch>,
    pub cohesion: Cohesion,
    pub forms: UnitForms,
    /// The headline after which no paragraph begins an item, if the file states it.
    only_headline: Option<usize>,
    /// The units with a heading mark, on a page that states its headline.
    headings: HashSet<usize>,
    /// The features of each unit with weights set by hand.
    pub by_hand: Vec<Features>,
    /// The features of each unit whose weights are fitted.
    pub keys: Vec<Vec<Key>>,
    /// How the units are printed, if they stand on pages.
    printed: PrintedUnits,
    /// The units that no item begins with: days under the text that they sign.
    signed: Vec<usize>,
}

/// The units of a file with their labels.
pub(super) struct Labelling {
    pub units: Vec<Unit>,
    pub features: Vec<Features>,
    /// How they are printed; none in a file without pages.
    pub printed: Vec<Features>,
    pub decoding: Decoding,
    pub cohesion: Cohesion,
    pub matches: HashMap<usize, TitleMatch>,
}

impl Evidence {
    /// Computes all features. One of them comes from a first pass with the weights set by hand.
    pub fn of(layout: &FileLayout, habits: &Habits) -> Self {
        let units = &layout.units;
        let matches = align::align(&layout.contents.entries, units);
        let cohesion = Cohesion::new(units);
        let page = FeatureContext {
            units,
            cohesion: &cohesion,
            matches: &matches,
            sections: &layout.contents.sections,
            listed: layout.contents.entries.len(),
        };
        let mut by_hand = features::features(&page);
        let printed = layout.printed.clone();
        let first = lattice(&by_hand, &BY_HAND, &printed).starts();
        let starts: Vec<f32> = first.into_iter().map(StartPosterior::total).collect();
        features::add_first_pass(&page, &mut by_hand, &starts);
        let forms = UnitForms::of(units, habits);
        let keys = learned::keys(&forms, &cohesion);
        let only_headline = layout.only_headline;
        let headings = only_headline.map_or_else(HashSet::new, |_| headings(units));
        let signed = days_of_signatures(units);
        Self { matches, cohesion, forms, only_headline, headings, by_hand, keys, printed, signed }
    }

    /// Labels the units; the segments between likely starts decide where items begin.
    fn decode(&self, features: &[Features], weights: &Weights, habits: &Habits) -> Decoding {
        if weights.trees.is_empty() {
            return lattice(features, weights, &self.printed).decode();
        }
        let mut lattice = lattice(features, weights, &self.printed);
        let posteriors = self.possible(lattice.starts());
        let context = self.segments(&posteriors, &habits.starts);
        let mut segments =
            segments::choose(&context, &weights.trees, |units| self.printed.odds(units));
        // Paragraphs of a page that states one headline begin no item; its other headings can.
        if let Some(headline) = self.only_headline {
            segments.retain(|segment| {
                segment.units.start <= headline || self.headings.contains(&segment.units.start)
            });
        }
        let mut begins = vec![false; features.len()];
        let mut starts = vec![0.0; features.len()];
        let mut evidence = vec![None; features.len()];
        // A start is right if the segment before it or the one after it is an item.
        let mut before = 1.0f32;
        for segment in &segments {
            let unit = segment.units.start;
            begins[unit] = true;
            starts[unit] = segment.probability.max(before);
            evidence[unit] = Some(segment.contributions);
            before = segment.probability;
        }
        // A paragraph that was cut off, or a whole sentence, is text without a headline.
        let forms = self.forms.lengths.iter().zip(&self.forms.classes).enumerate();
        let texts = forms.filter(|(_, (length, class))| {
            let is_sentence =
                **class == LineClass::Sentence as u32 || **class == LineClass::Cue as u32;
            **length > MAX_LINE || is_sentence
        });
        lattice.forbid_sections(texts.map(|(unit, _)| unit));
        let mut labels = lattice.best(Some(&begins));
        let mut headlines = sections_of_one_text(&labels, &begins);
        headlines.retain(|&unit| {
            self.forms.classes[unit] != LineClass::Bracketed as u32
                && self.forms.lengths[unit] > MAX_COLUMN_NAME
        });
        if !headlines.is_empty() {
            for text in headlines.iter().map(|unit| unit + 1) {
                (begins[text], starts[text], evidence[text]) = (false, 0.0, None);
            }
            lattice.forbid_sections(headlines.into_iter());
            labels = lattice.best(Some(&begins));
        }
        Decoding { labels, starts, segments: evidence }
    }

    /// The posteriors of starts by the weights of labels, before segments are weighed.
    pub fn starts(&self, weights: &Weights) -> Vec<StartPosterior> {
        self.possible(lattice(&self.features(weights), weights, &self.printed).starts())
    }

    /// The posteriors without those of units that no item begins with.
    fn possible(&self, mut starts: Vec<StartPosterior>) -> Vec<StartPosterior> {
        for &unit in &self.signed {
            starts[unit] = StartPosterior::default();
        }
        starts
    }

    /// The segments of the file, by the posteriors of starts and the shares of the publication.
    pub fn segments<'a>(
        &'a self,
        starts: &'a [StartPosterior],
        publication: &FrameShares,
    ) -> SegmentContext<'a> {
        SegmentContext::new(&self.forms, &self.cohesion, starts, publication)
    }

    /// The features of each unit that a table has weights for.
    fn features(&self, weights: &Weights) -> Vec<Features> {
        let both = self.by_hand.iter().zip(&self.keys);
        both.map(|(by_hand, keys)| {
            let learned = keys.iter().filter_map(|&key| Some((weights.learned(key)?, 1.0)));
            by_hand.iter().copied().chain(learned).collect()
        })
        .collect()
    }
}

/// The scores of labels by the text of units and by how they are printed.
fn lattice(features: &[Features], weights: &Weights, printed: &PrintedUnits) -> ScoreLattice {
    let mut lattice = ScoreLattice::new(features, weights);
    for unit in 0..features.len() {
        if let Some(scores) = printed.emission(unit) {
            lattice.add(unit, &scores);
        }
    }
    lattice
}

/// Headings of up to so many characters name a column, as 简讯 does, whatever stands below.
const MAX_COLUMN_NAME: usize = 2;

/// The headings of sections behind which one text without a headline stands and no second one: its headline.
fn sections_of_one_text(labels: &[Label], begins: &[bool]) -> Vec<usize> {
    let starts: Vec<usize> = (0..labels.len()).filter(|&unit| begins[unit]).collect();
    let is_text = |unit: usize| labels[unit] == Label::LeadU;
    let is_headline = |at: &usize| {
        let unit = starts[*at];
        let end = starts.get(at + 2).copied();
        let text = unit + 1..end.unwrap_or(labels.len());
        labels[unit] == Label::Section
            && starts.get(at + 1) == Some(&(unit + 1))
            && is_text(unit + 1)
            && !labels[text].contains(&Label::HeadAfter)
            && end.is_none_or(|next| !is_text(next))
    };
    (0..starts.len()).filter(is_headline).map(|at| starts[at]).collect()
}

/// The days that stand far to the right under a text, as under letters and decrees.
fn days_of_signatures(units: &[Unit]) -> Vec<usize> {
    /// Full-width blanks that a paragraph is not set in by.
    const MIN_INDENT: usize = 5;
    let signs =
        |unit: &usize| units[*unit].indent >= MIN_INDENT && shape::date_line(&units[*unit].text);
    (1..units.len()).filter(signs).collect()
}

/// The places of the units that have a heading mark.
fn headings(units: &[Unit]) -> HashSet<usize> {
    let marked = |unit: &Unit| shape::heading_mark(&unit.text).is_some();
    (0..units.len()).filter(|&place| marked(&units[place])).collect()
}

impl Labelling {
    /// Labels the units of a file.
    pub fn of(
        source: &SourceText,
        layout: &FileLayout,
        habits: &Habits,
        weights: &Weights,
    ) -> Self {
        let evidence = Evidence::of(layout, habits);
        let features = evidence.features(weights);
        let decoding = evidence.decode(&features, weights, habits);
        let units = layout.units.clone();
        let Evidence { cohesion, matches, printed, .. } = evidence;
        let mut printed = printed.features;
        printed.resize(units.len(), Features::new());
        let labelling = Self { units, features, printed, decoding, cohesion, matches };
        labelling.with_text_set_aside(source, layout)
    }

    /// Makes units of lines that look like boilerplate but stand inside an article: bare numbers,
    /// rules, single characters of a table.
    fn with_text_set_aside(self, source: &SourceText, layout: &FileLayout) -> Self {
        let mut aside: Vec<usize> = layout.boilerplate.weak.iter().copied().collect();
        if aside.is_empty() {
            return self;
        }
        aside.sort_unstable();
        let mut places = HashMap::new();
        let mut whole = Self {
            units: Vec::new(),
            features: Vec::new(),
            printed: Vec::new(),
            decoding: Decoding { labels: Vec::new(), starts: Vec::new(), segments: Vec::new() },
            cohesion: self.cohesion,
            matches: HashMap::new(),
        };
        let (mut before, mut last): (Option<Label>, usize) = (None, 0);
        let features = self.features.into_iter().zip(self.printed);
        let units = self.units.into_iter().zip(features);
        let decoded = self.decoding.labels.into_iter().zip(self.decoding.starts);
        let decoded = decoded.zip(self.decoding.segments);
        for (place, ((unit, (features, printed)), ((label, start), segment))) in
            units.zip(decoded).enumerate()
        {
            let continues = label != Label::HeadAfter
                && before.is_some_and(|before| !begins(Some(before), label));
            whole.push_aside(source, &aside, last..unit.line(), before, continues);
            places.insert(place, whole.units.len());
            before = Some(label);
            last = unit.lines.last().copied().unwrap_or(last);
            whole.push(unit, features, label, start, segment);
            whole.printed.push(printed);
        }
        whole.push_aside(source, &aside, last..source.lines.len(), before, false);
        let moved = self
            .matches
            .into_iter()
            .filter_map(|(unit, found)| places.get(&unit).map(|&place| (place, found)));
        whole.matches = moved.collect();
        if whole.units.len() > places.len() {
            whole.cohesion = Cohesion::new(&whole.units);
        }
        whole
    }

    /// Adds the lines of `aside` between two units to the article of the first one: all if the article
    /// goes on, else the letters of a word that was printed from top to bottom.
    fn push_aside(
        &mut self,
        source: &SourceText,
        aside: &[usize],
        between: Range<usize>,
        before: Option<Label>,
        continues: bool,
    ) {
        let Some(before) = before.filter(|before| before.is_inside()) else { return };
        let within = if before.is_untitled() { Label::BodyU } else { Label::Body };
        let from = aside.partition_point(|&line| line <= between.start);
        let to = aside.partition_point(|&line| line < between.end);
        for &line in aside.get(from..to).unwrap_or_default() {
            let text = source.line(line).trim();
            if continues || (text.chars().all(char::is_alphabetic) && shape::length(text) == 1) {
                self.push(Unit::of_line(source, line), Features::new(), within, 0.0, None);
                self.printed.push(Features::new());
            }
        }
    }

    fn push(
        &mut self,
        unit: Unit,
        features: Features,
        label: Label,
        start: f32,
        segment: Option<GroupSums>,
    ) {
        self.units.push(unit);
        self.features.push(features);
        self.decoding.labels.push(label);
        self.decoding.starts.push(start);
        self.decoding.segments.push(segment);
    }
}
