//! Decoding: the transition scores of labels, the label sequence with the highest score (Viterbi),
//! and the posterior probability of an article start at each unit (forward–backward algorithm).

use super::features::Features;
use super::labels::Label::{
    Body, BodyU, Byline, Caption, CaptionBody, CaptionCredit, Credit, CreditU, Docno, Head,
    HeadAfter, Lead, LeadU, Section, Subhead, SubheadU, Table, TableU,
};
use super::labels::{LABELS, Label};
use super::weights::WEIGHTS;

/// The labels of a file.
pub(super) struct Decoding {
    /// The best label of each unit.
    pub labels: Vec<Label>,
    /// For each unit the posterior probability that an article (or section) begins with it.
    pub starts: Vec<f32>,
}

/// The emission scores of a unit, by label.
fn emission_scores(features: &Features) -> [f32; LABELS.len()] {
    let mut emission_scores = [0.0; LABELS.len()];
    for (label, score) in emission_scores.iter_mut().enumerate() {
        *score =
            features.iter().map(|&(feature, value)| WEIGHTS.weight(feature, label) * value).sum();
    }
    emission_scores
}

/// Labels all units of a file.
pub(super) fn decode(features: &[Features]) -> Decoding {
    if features.is_empty() {
        return Decoding { labels: Vec::new(), starts: Vec::new() };
    }
    let transitions = Transitions::new();
    let emissions: Vec<_> = features.iter().map(emission_scores).collect();
    Decoding {
        labels: viterbi(&transitions, &emissions),
        starts: start_posteriors(&transitions, &emissions),
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
    fn new() -> Self {
        Self {
            first: LABELS.map(|to| transition_score(None, Some(to))),
            into: LABELS.map(|to| transitions(|other| (other, to))),
            out: LABELS.map(|from| transitions(|other| (from, other))),
            last: LABELS.map(|from| transition_score(Some(from), None)),
        }
    }
}

/// The possible transitions between one label and every other.
fn transitions(pair: impl Fn(Label) -> (Label, Label)) -> Vec<Transition> {
    (LABELS.iter().enumerate())
        .map(|(other, &label)| {
            let (from, to) = pair(label);
            let score = transition_score(Some(from), Some(to));
            Transition { other, score, begins: begins(Some(from), to) }
        })
        .filter(|transition| transition.score.is_finite())
        .collect()
}

fn viterbi(transitions: &Transitions, emissions: &[[f32; LABELS.len()]]) -> Vec<Label> {
    let all = 0..LABELS.len();
    let mut score: [f32; LABELS.len()] =
        std::array::from_fn(|to| transitions.first[to] + emissions[0][to]);
    let mut back: Vec<[usize; LABELS.len()]> = Vec::with_capacity(emissions.len());
    for here in &emissions[1..] {
        let mut from = [0; LABELS.len()];
        let next = std::array::from_fn(|to| {
            let via = transitions.into[to]
                .iter()
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

/// Whether the transition from one label to another begins an article.
pub(super) fn begins(from: Option<Label>, to: Label) -> bool {
    match to {
        Label::Section | Label::LeadU | Label::Caption => true,
        Label::Head => !matches!(from, Some(Label::Head | Label::Docno)),
        Label::Docno => !matches!(from, Some(Label::Head | Label::Docno)),
        _ => false,
    }
}

fn start_posteriors(transitions: &Transitions, emissions: &[[f32; LABELS.len()]]) -> Vec<f32> {
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
    let last = forward[count - 1];
    let total = log_sum((0..LABELS.len()).map(|label| last[label] + transitions.last[label]));
    (0..count)
        .map(|unit| {
            let paths = (0..LABELS.len()).flat_map(|to| {
                let ahead = emissions[unit][to] + backward[unit][to];
                let before = unit.checked_sub(1).map(|before| forward[before]);
                let from_edge = (before.is_none() && begins(None, LABELS[to]))
                    .then_some(transitions.first[to] + ahead);
                let from_label = before.into_iter().flat_map(move |before| {
                    let starts = transitions.into[to].iter().filter(|transition| transition.begins);
                    starts
                        .map(move |transition| before[transition.other] + transition.score + ahead)
                });
                from_edge.into_iter().chain(from_label)
            });
            (log_sum(paths) - total).exp().clamp(0.0, 1.0)
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

/// The score of one label following another; `None` is the edge of the file. Minus infinity if the
/// transition is forbidden.
#[expect(clippy::match_same_arms, reason = "an arm says one thing, not one number")]
pub(super) fn transition_score(from: Option<Label>, to: Option<Label>) -> f32 {
    const NEVER: f32 = f32::NEG_INFINITY;
    let Some(from) = from else {
        return match to {
            Some(Section | Head | Docno) => 0.0,
            Some(LeadU | Caption) => -2.0,
            _ => NEVER,
        };
    };
    let Some(to) = to else {
        return match from {
            Head | Section | Docno => -4.0,
            Subhead => -3.0,
            SubheadU => -4.5,
            Caption | CaptionBody | Byline => NEVER,
            from if from.is_untitled() => -1.5,
            _ => 0.0,
        };
    };
    match (from, to) {
        (Section, Head) | (Docno, Lead | Head) | (Byline, Lead) => 0.0,
        (Head, Lead | Docno | Byline) => 0.0,
        (Section, Section | LeadU | Caption | Docno) => -1.0,
        (Head, Head) | (HeadAfter, HeadAfter) => -0.7,
        (Head, Section) => -3.0,
        (Head, Table) => -2.0,
        (Head, LeadU | Caption) => -8.0,
        (Docno, Docno | Byline) => -1.0,
        (Byline, Byline) => -0.5,
        (HeadAfter, Head | Section) => 0.0,
        (HeadAfter, LeadU) => -0.3,
        (HeadAfter, Caption | Docno | CreditU) => -1.0,
        (Caption | CaptionBody, CaptionCredit) => 0.0,
        (Caption | CaptionBody, CaptionBody) => -0.3,
        (CaptionCredit, Head) => 0.0,
        (CaptionCredit, Caption | Section) => -0.5,
        (CaptionCredit, LeadU | CaptionCredit | Docno) => -1.0,
        // A picture in the middle of an article.
        (CaptionCredit, Body | Subhead) => -2.0,
        (from, to) if from.is_inside() => inside(from, to),
        _ => NEVER,
    }
}

/// Transitions from inside an article: within it, or to the next one.
fn inside(from: Label, to: Label) -> f32 {
    let untitled = from.is_untitled();
    let plain = match from {
        LeadU => Lead,
        BodyU => Body,
        SubheadU => Subhead,
        TableU => Table,
        CreditU => Credit,
        other => other,
    };
    let within = |to: Label| match (plain, to) {
        (Credit, Body | Table) => -2.5,
        (Credit, Subhead) => -5.0,
        (Credit, Credit) => -0.3,
        (Subhead, Subhead) => -1.5,
        (Subhead, Credit) => -3.0,
        (_, Subhead) => -1.0,
        (_, Credit) => -0.5,
        _ => 0.0,
    };
    match to {
        Body | Subhead | Table | Credit if !untitled => within(to),
        BodyU if untitled => within(Body),
        SubheadU if untitled => within(Subhead),
        TableU if untitled => within(Table),
        CreditU if untitled => within(Credit),
        HeadAfter if untitled => {
            if plain == Subhead {
                -5.0
            } else {
                -1.0
            }
        }
        Section | Head | Docno | LeadU | Caption => {
            let begin = match to {
                LeadU => -2.5,
                Caption | Docno => -2.0,
                _ => -1.5,
            };
            // An article does not end with a heading, and seldom has no headline.
            let left = if plain == Subhead { -4.0 } else { 0.0 };
            begin + left + if untitled { -1.5 } else { 0.0 }
        }
        _ => f32::NEG_INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_that_began_without_a_headline_alone_can_have_it_behind_it() {
        assert!(transition_score(Some(LeadU), Some(HeadAfter)).is_finite());
        assert!(transition_score(Some(Lead), Some(HeadAfter)).is_infinite());
        assert!(transition_score(Some(Head), Some(Body)).is_infinite());
        assert!(transition_score(None, Some(Body)).is_infinite());
    }
}
