//! The likelihood of the gold under weights, with its gradient (forward–backward algorithm).

use super::constraints::Constraint;
use super::optimise::Function;
use crate::split::labels::{COLUMNS, LABELS, Label};
use crate::split::transitions::begins;
use crate::split::weights::Weights;

/// Number of labels.
const STATES: usize = LABELS.len();

/// A page to be fitted on.
pub(super) struct Example<'a> {
    pub weight: f64,
    /// For each unit the rows of its features with their values.
    pub features: Vec<Vec<(u32, f32)>>,
    pub constraints: &'a [Constraint],
}

/// What the prior says of a row of weights.
pub(super) struct PriorRow {
    /// The mean of each weight.
    pub by_column: [f64; COLUMNS.len()],
    /// Pull towards it, per squared difference.
    pub pull: f64,
}

/// The negative logarithm of likelihood and prior.
///
/// Its parameters: the weights of all rows by column, then the transition scores between labels, then
/// those from the edge to each label and from each label to the edge.
pub(super) struct Objective<'a> {
    pages: Vec<Example<'a>>,
    prior: Vec<f64>,
    /// Pull towards the prior, by parameter.
    pull: Vec<f64>,
    /// Where the transition scores begin.
    transitions: usize,
}

impl<'a> Objective<'a> {
    /// `rows` are the means of the prior of all rows, those set by hand first, with their pulls;
    /// those of the transition scores are in `prior`.
    pub fn new(
        pages: Vec<Example<'a>>,
        rows: &[PriorRow],
        prior: &Weights,
        transition_pull: f64,
    ) -> Self {
        let transitions = rows.len() * COLUMNS.len();
        let mut means: Vec<f64> = rows.iter().flat_map(|row| row.by_column).collect();
        let states = || LABELS.map(Some).into_iter();
        let score = |from, to| f64::from(prior.transition(from, to));
        means.extend(states().flat_map(|from| states().map(move |to| score(from, to))));
        means.extend(states().map(|to| score(None, to)));
        means.extend(states().map(|from| score(from, None)));
        let pull = (0..means.len())
            .map(|place| rows.get(place / COLUMNS.len()).map_or(transition_pull, |row| row.pull));
        let pull = pull.collect();
        Self { pages, prior: means, pull, transitions }
    }

    /// The means of the prior, from which fitting starts.
    pub fn prior(&self) -> &[f64] {
        &self.prior
    }

    /// A transition score of `parameters`; `None` is the edge of the file.
    pub fn transition(&self, parameters: &[f64], from: Option<Label>, to: Option<Label>) -> f64 {
        let place = |label: Label| LABELS.iter().position(|&other| other == label).unwrap_or(0);
        let scores = &parameters[self.transitions..];
        match (from, to) {
            (Some(from), Some(to)) => scores[place(from) * STATES + place(to)],
            (None, Some(to)) => scores[STATES * STATES + place(to)],
            (Some(from), None) => scores[STATES * STATES + STATES + place(from)],
            (None, None) => f64::NEG_INFINITY,
        }
    }

    fn emissions(parameters: &[f64], page: &Example) -> Vec<[f64; STATES]> {
        let scores = page.features.iter().map(|features| {
            let mut by_column = [0.0; COLUMNS.len()];
            for &(row, value) in features {
                let weights = &parameters[row as usize * COLUMNS.len()..][..COLUMNS.len()];
                for (score, weight) in by_column.iter_mut().zip(weights) {
                    *score += weight * f64::from(value);
                }
            }
            LABELS.map(|label| by_column[label.column()])
        });
        scores.collect()
    }
}

impl Function for Objective<'_> {
    fn value(&self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let chain = Chain::new(&parameters[self.transitions..]);
        let mut value = 0.0;
        for page in self.pages.iter().filter(|page| !page.features.is_empty()) {
            let emissions = Emissions::new(&Self::emissions(parameters, page));
            let Some(agreeing) = Lattice::new(&chain, &emissions, page.constraints) else {
                continue;
            };
            let Some(all) = Lattice::new(&chain, &emissions, &[]) else { continue };
            value += page.weight * (all.log_sum - agreeing.log_sum);
            all.add_expectations(page, page.weight, self.transitions, gradient);
            agreeing.add_expectations(page, -page.weight, self.transitions, gradient);
        }
        for (place, slope) in gradient.iter_mut().enumerate() {
            let difference = parameters[place] - self.prior[place];
            if self.prior[place].is_finite() {
                value += 0.5 * self.pull[place] * difference * difference;
                *slope += self.pull[place] * difference;
            } else {
                *slope = 0.0;
            }
        }
        value
    }
}

/// The emission scores of a page as factors.
struct Emissions {
    /// Factors of each unit and label, the highest one 1.
    factors: Vec<[f64; STATES]>,
    /// The logarithm of what was divided by.
    log_scale: f64,
}

impl Emissions {
    fn new(scores: &[[f64; STATES]]) -> Self {
        let mut log_scale = 0.0;
        let factors = scores.iter().map(|scores| {
            let highest = scores.iter().copied().fold(f64::MIN, f64::max);
            log_scale += highest;
            scores.map(|score| (score - highest).exp())
        });
        let factors = factors.collect();
        Self { factors, log_scale }
    }
}

/// The transition scores as factors; forbidden transitions are left out.
struct Chain {
    arcs: Vec<Arc>,
    /// Those of `arcs` that begin an item, and those that do not.
    beginning: Vec<Arc>,
    continuing: Vec<Arc>,
    first: [f64; STATES],
    last: [f64; STATES],
}

#[derive(Clone, Copy)]
struct Arc {
    from: usize,
    to: usize,
    factor: f64,
    begins: bool,
}

impl Chain {
    fn new(scores: &[f64]) -> Self {
        let arcs = (0..STATES * STATES).filter(|&place| scores[place].is_finite()).map(|place| {
            let (from, to) = (place / STATES, place % STATES);
            let begins = begins(Some(LABELS[from]), LABELS[to]);
            Arc { from, to, factor: scores[place].exp(), begins }
        });
        let arcs: Vec<Arc> = arcs.collect();
        let (beginning, continuing) = arcs.iter().partition(|arc| arc.begins);
        let edge = &scores[STATES * STATES..];
        Self {
            arcs,
            beginning,
            continuing,
            first: std::array::from_fn(|to| edge[to].exp()),
            last: std::array::from_fn(|from| edge[STATES + from].exp()),
        }
    }
}

/// The label sequences of a page that agree with its constraints: scaled forward and backward sums.
struct Lattice<'a> {
    chain: &'a Chain,
    constraints: &'a [Constraint],
    /// Factors of each unit and label; 0 where the label is not allowed.
    factors: Vec<[f64; STATES]>,
    forward: Vec<[f64; STATES]>,
    backward: Vec<[f64; STATES]>,
    scale: Vec<f64>,
    /// The logarithm of the sum over all sequences.
    log_sum: f64,
}

/// Sums below this are none: no sequence agrees.
const MIN_SUM: f64 = 1e-290;

impl<'a> Lattice<'a> {
    /// `None` if no sequence agrees. Without constraints all do.
    fn new(chain: &'a Chain, emissions: &Emissions, constraints: &'a [Constraint]) -> Option<Self> {
        let units = emissions.factors.len();
        let mut lattice = Self {
            chain,
            constraints,
            factors: Vec::with_capacity(units),
            forward: vec![[0.0; STATES]; units],
            backward: vec![[0.0; STATES]; units],
            scale: vec![0.0; units],
            log_sum: emissions.log_scale,
        };
        for (unit, factors) in emissions.factors.iter().enumerate() {
            let allowed =
                |label| constraints.get(unit).is_none_or(|constraint| constraint.allows(label));
            let factor = |label: usize| if allowed(label) { factors[label] } else { 0.0 };
            lattice.factors.push(std::array::from_fn(factor));
        }
        lattice.run_forward()?;
        lattice.run_backward();
        Some(lattice)
    }

    /// The arcs into a unit that its constraints allow.
    fn arcs_into(&self, unit: usize) -> &'a [Arc] {
        match self.constraints.get(unit).and_then(|constraint| constraint.begins) {
            None => &self.chain.arcs,
            Some(true) => &self.chain.beginning,
            Some(false) => &self.chain.continuing,
        }
    }

    fn run_forward(&mut self) -> Option<()> {
        for unit in 0..self.factors.len() {
            let mut sums = [0.0; STATES];
            if unit == 0 {
                sums = self.chain.first;
            } else {
                for arc in self.arcs_into(unit) {
                    sums[arc.to] += self.forward[unit - 1][arc.from] * arc.factor;
                }
            }
            for (sum, factor) in sums.iter_mut().zip(&self.factors[unit]) {
                *sum *= factor;
            }
            let scale: f64 = sums.iter().sum();
            if scale.is_nan() || scale < MIN_SUM {
                return None;
            }
            self.forward[unit] = sums.map(|sum| sum / scale);
            self.scale[unit] = scale;
            self.log_sum += scale.ln();
        }
        let end: f64 = self.forward.last()?.iter().zip(&self.chain.last).map(|(a, b)| a * b).sum();
        if end.is_nan() || end < MIN_SUM {
            return None;
        }
        self.log_sum += end.ln();
        *self.backward.last_mut()? = self.chain.last.map(|last| last / end);
        Some(())
    }

    fn run_backward(&mut self) {
        for unit in (1..self.factors.len()).rev() {
            let mut sums = [0.0; STATES];
            for arc in self.arcs_into(unit) {
                sums[arc.from] +=
                    arc.factor * self.factors[unit][arc.to] * self.backward[unit][arc.to];
            }
            self.backward[unit - 1] = sums.map(|sum| sum / self.scale[unit]);
        }
    }

    /// Adds how often each parameter is expected to be used, times `sign`.
    fn add_expectations(
        &self,
        page: &Example,
        sign: f64,
        transitions: usize,
        gradient: &mut [f64],
    ) {
        for (unit, features) in page.features.iter().enumerate() {
            let mut by_column = [0.0; COLUMNS.len()];
            let sums = self.forward[unit].iter().zip(&self.backward[unit]);
            for (label, (forward, backward)) in LABELS.iter().zip(sums) {
                by_column[label.column()] += sign * forward * backward;
            }
            for &(row, value) in features {
                let slopes = &mut gradient[row as usize * COLUMNS.len()..][..COLUMNS.len()];
                for (slope, expected) in slopes.iter_mut().zip(by_column) {
                    *slope += expected * f64::from(value);
                }
            }
            if unit == 0 {
                continue;
            }
            for arc in self.arcs_into(unit) {
                let expected = self.forward[unit - 1][arc.from]
                    * arc.factor
                    * self.factors[unit][arc.to]
                    * self.backward[unit][arc.to]
                    / self.scale[unit];
                gradient[transitions + arc.from * STATES + arc.to] += sign * expected;
            }
        }
        let edge = transitions + STATES * STATES;
        let (Some(first), Some(last)) = (self.forward.first(), self.forward.last()) else { return };
        for label in 0..STATES {
            gradient[edge + label] += sign * first[label] * self.backward[0][label];
            let end = self.backward[self.backward.len() - 1][label];
            gradient[edge + STATES + label] += sign * last[label] * end;
        }
    }
}
