//! Decoding: the label sequence with the highest score (Viterbi), and the posterior probability of an
//! article start at each unit (forward–backward algorithm).

use super::features::Features;
use super::labels::{LABELS, Label};
use super::segments::GroupSums;
use super::start::StartPosterior;
use super::transitions::begins;
use super::weights::Weights;

/// The labels of a file.
pub(super) struct Decoding {
    /// The best label of each unit.
    pub labels: Vec<Label>,
    /// For each unit the probability that an article (or section) begins with it. Where segments were
    /// weighed, that of the units with which one begins: the higher probability of the segments on both
    /// sides; 1 for the first unit, 0 for all others.
    pub starts: Vec<f32>,
    /// For each unit with which a segment begins, what speaks for the segment.
    pub segments: Vec<Option<GroupSums>>,
}

/// The emission scores of a unit, by label.
fn emission_scores(features: &Features, weights: &Weights) -> [f32; LABELS.len()] {
    let mut emission_scores = [0.0; LABELS.len()];
    for &(feature, value) in features {
        for (score, weight) in emission_scores.iter_mut().zip(weights.by_label(feature)) {
            *score += weight * value;
        }
    }
    emission_scores
}

/// The scores of all label sequences of a file.
pub(super) struct ScoreLattice {
    transitions: Transitions,
    emissions: Vec<[f32; LABELS.len()]>,
}

impl ScoreLattice {
    pub fn new(features: &[Features], weights: &Weights) -> Self {
        let emissions = features.iter().map(|unit| emission_scores(unit, weights)).collect();
        Self { transitions: Transitions::new(weights), emissions }
    }

    /// Adds to the scores of the labels of a unit.
    pub fn add(&mut self, unit: usize, scores: &[f32; LABELS.len()]) {
        for (sum, score) in self.emissions[unit].iter_mut().zip(scores) {
            *sum += score;
        }
    }

    /// Forbids that units are the heading of a section.
    pub fn forbid_sections(&mut self, units: impl Iterator<Item = usize>) {
        let section = LABELS.iter().position(|&label| label == Label::Section);
        for (unit, section) in units.zip(section.into_iter().cycle()) {
            self.emissions[unit][section] = f32::NEG_INFINITY;
        }
    }

    /// The labels of a file by the scores of labels alone.
    pub fn decode(&self) -> Decoding {
        let starts = self.starts().into_iter().map(StartPosterior::total).collect();
        Decoding { labels: self.best(None), starts, segments: vec![None; self.emissions.len()] }
    }

    /// The best label sequence; with `starts`, of those in which items begin with just these units.
    pub fn best(&self, starts: Option<&[bool]>) -> Vec<Label> {
        if self.emissions.is_empty() {
            return Vec::new();
        }
        viterbi(&self.transitions, &self.emissions, starts)
    }

    /// The posterior probability of a start at each unit.
    pub fn starts(&self) -> Vec<StartPosterior> {
        if self.emissions.is_empty() {
            return Vec::new();
        }
        start_posteriors(&self.transitions, &self.emissions)
    }
}

/// The transition scores as tables; transitions that are forbidden are left out.
struct Transitions {
    first: [f32; LABELS.len()],
    /// The transitions into each label.
    into: [Vec<Transition>; LABELS.len()],
    /// The transitions out of each label.
    out: [Vec<Transition>; LABELS.len()],
    last: [f32; LABELS.len()],
}

#[derive(Clone, Copy)]
struct Transition {
    /// Position of the other label.
    other: usize,
    score: f32,
    begins: bool,
}

impl Transitions {
    fn new(weights: &Weights) -> Self {
        let score = |from, to| weights.transition(from, to);
        Self {
            first: LABELS.map(|to| score(None, Some(to))),
            into: LABELS.map(|to| transitions(|other| (other, to), score)),
            out: LABELS.map(|from| transitions(|other| (from, other), score)),
            last: LABELS.map(|from| score(Some(from), None)),
        }
    }
}

/// The possible transitions between one label and every other.
fn transitions(
    pair: impl Fn(Label) -> (Label, Label),
    score: impl Fn(Option<Label>, Option<Label>) -> f32,
) -> Vec<Transition> {
    (LABELS.iter().enumerate())
        .map(|(other, &label)| {
            let (from, to) = pair(label);
            let score = score(Some(from), Some(to));
            Transition { other, score, begins: begins(Some(from), to) }
        })
        .filter(|transition| transition.score.is_finite())
        .collect()
}

fn viterbi(
    transitions: &Transitions,
    emissions: &[[f32; LABELS.len()]],
    starts: Option<&[bool]>,
) -> Vec<Label> {
    let allowed = |unit: usize, begins: bool| {
        starts.is_none_or(|starts| starts.get(unit).is_some_and(|&start| start == begins))
    };
    let all = 0..LABELS.len();
    let mut score: [f32; LABELS.len()] =
        std::array::from_fn(|to| transitions.first[to] + emissions[0][to]);
    let mut back: Vec<[usize; LABELS.len()]> = Vec::with_capacity(emissions.len());
    for (unit, here) in emissions.iter().enumerate().skip(1) {
        let mut from = [0; LABELS.len()];
        let next = std::array::from_fn(|to| {
            let via = transitions.into[to]
                .iter()
                .filter(|transition| allowed(unit, transition.begins))
                .map(|transition| (transition.other, score[transition.other] + transition.score))
                .max_by(|a, b| a.1.total_cmp(&b.1));
            let (via, reached) = via.unwrap_or((0, f32::NEG_INFINITY));
            from[to] = via;
            reached + here[to]
        });
        score = next;
        back.push(from);
    }
    let mut at = all
        .max_by(|&a, &b| {
            (score[a] + transitions.last[a]).total_cmp(&(score[b] + transitions.last[b]))
        })
        .unwrap_or(0);
    let mut labels = vec![LABELS[at]];
    for from in back.iter().rev() {
        at = from[at];
        labels.push(LABELS[at]);
    }
    labels.reverse();
    labels
}

fn start_posteriors(
    transitions: &Transitions,
    emissions: &[[f32; LABELS.len()]],
) -> Vec<StartPosterior> {
    let count = emissions.len();
    let mut forward = vec![[f32::NEG_INFINITY; LABELS.len()]; count];
    forward[0] = std::array::from_fn(|to| transitions.first[to] + emissions[0][to]);
    for unit in 1..count {
        let before = forward[unit - 1];
        forward[unit] = std::array::from_fn(|to| {
            log_sum(
                transitions.into[to]
                    .iter()
                    .map(|transition| before[transition.other] + transition.score),
            ) + emissions[unit][to]
        });
    }
    let mut backward = vec![transitions.last; count];
    for unit in (0..count - 1).rev() {
        let (after, here) = (backward[unit + 1], emissions[unit + 1]);
        backward[unit] = std::array::from_fn(|from| {
            log_sum(transitions.out[from].iter().map(|transition| {
                transition.score + here[transition.other] + after[transition.other]
            }))
        });
    }
    (0..count)
        .map(|unit| {
            let mut starts = StartPosterior::default();
            // Of this unit, so that rounding errors of a long file do not add up.
            let total = log_sum(
                (0..LABELS.len()).map(|label| forward[unit][label] + backward[unit][label]),
            );
            for (to, &label) in LABELS.iter().enumerate() {
                let ahead = emissions[unit][to] + backward[unit][to] - total;
                let into = if let Some(before) = unit.checked_sub(1) {
                    let arcs = transitions.into[to].iter().filter(|arc| arc.begins);
                    log_sum(arcs.map(|arc| forward[before][arc.other] + arc.score))
                } else if begins(None, label) {
                    transitions.first[to]
                } else {
                    continue;
                };
                *starts.of_label(label) += (into + ahead).exp();
            }
            starts
        })
        .collect()
}

/// `log(Σ exp(x))`, computed without overflow.
fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + values.map(|value| (value - most).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::weights::BY_HAND;

    /// Units that only the transitions tell apart.
    fn lattice(units: usize) -> ScoreLattice {
        ScoreLattice::new(&vec![Features::new(); units], &BY_HAND)
    }

    #[test]
    fn items_begin_just_where_they_are_told_to() {
        const UNITS: usize = 6;
        let lattice = lattice(UNITS);
        for bits in 0..1u32 << (UNITS - 1) {
            let wanted: Vec<bool> =
                (0..UNITS).map(|unit| unit == 0 || bits >> (unit - 1) & 1 == 1).collect();
            let labels = lattice.best(Some(&wanted));
            let found: Vec<bool> = (0..UNITS)
                .map(|unit| begins(unit.checked_sub(1).map(|before| labels[before]), labels[unit]))
                .collect();
            assert_eq!(found, wanted, "{labels:?}");
        }
    }

    #[test]
    fn a_unit_that_may_be_no_section_is_none() {
        let mut lattice = lattice(4);
        lattice.forbid_sections(0..4);
        let labels = lattice.best(Some(&[true; 4]));
        assert!(!labels.contains(&Label::Section), "{labels:?}");
    }

    #[test]
    fn the_posteriors_of_all_units_are_probabilities_and_the_first_one_begins() {
        for units in [1, 2, 40] {
            let starts: Vec<f32> =
                lattice(units).starts().into_iter().map(StartPosterior::total).collect();
            assert!((starts[0] - 1.0).abs() < 1e-4, "{starts:?}");
            assert!(starts.iter().all(|start| (-1e-4..=1.0001).contains(start)), "{starts:?}");
        }
    }

    #[test]
    fn no_units_have_no_labels() {
        assert!(lattice(0).best(Some(&[])).is_empty());
        assert!(lattice(0).starts().is_empty());
    }
}
