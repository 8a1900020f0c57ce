//! Fits regression trees to the log-odds of examples (gradient boosting with second-order steps:
//! Chen and Guestrin, KDD 2016). Thresholds are quantiles of the evidence. Deterministic.

use crate::split::trees::{Split, Tree, TreeNode, Trees};

/// Evidence of a statement that holds or does not: a segment is an item, say.
#[derive(Clone, Copy)]
pub(super) struct TreeExample<const N: usize> {
    pub evidence: [f32; N],
    pub holds: bool,
    pub weight: f32,
}

/// Questions on the way to a leaf at most.
const DEPTH: usize = 5;
const RATE: f64 = 0.1;
/// Pull of the values of leaves towards 0.
const PULL: f64 = 4.0;
/// The least weight of the examples of a leaf, by their curvature.
const MIN_LEAF: f64 = 4.0;
const MIN_GAIN: f64 = 1.0;
/// Thresholds of one evidence at most.
const MAX_BINS: usize = 48;

/// Fits this number of trees; none if nearly all examples are alike.
pub(super) fn boost<const N: usize>(examples: &[TreeExample<N>], count: usize) -> Trees {
    let all: f64 = examples.iter().map(|example| f64::from(example.weight)).sum();
    let holding = examples.iter().filter(|example| example.holds);
    let share = holding.map(|example| f64::from(example.weight)).sum::<f64>() / all.max(1.0);
    if !(0.001..=0.999).contains(&share) {
        return Trees::default();
    }
    let base = (share / (1.0 - share)).ln();
    let bins = Bins::of(examples);
    let mut scores = vec![base; examples.len()];
    let mut trees = Vec::with_capacity(count);
    for _ in 0..count {
        let slopes: Vec<Slope> = examples
            .iter()
            .zip(&scores)
            .map(|(example, score)| {
                let probability = 1.0 / (1.0 + (-score).exp());
                let (weight, truth) =
                    (f64::from(example.weight), f64::from(u8::from(example.holds)));
                Slope {
                    first: weight * (probability - truth),
                    second: weight * probability * (1.0 - probability),
                }
            })
            .collect();
        let mut tree = Tree::default();
        let mut places: Vec<u32> = (0..examples.len() as u32).collect();
        grow(&mut tree, &bins, &slopes, &mut places, DEPTH, &mut scores);
        trees.push(tree);
    }
    Trees { base: base as f32, trees }
}

/// The evidence of all examples as numbers of bins.
struct Bins<const N: usize> {
    /// For each evidence its thresholds, ascending.
    thresholds: Vec<Vec<f32>>,
    /// For each example the bin of each evidence: how many thresholds it reaches.
    bins: Vec<[u8; N]>,
}

impl<const N: usize> Bins<N> {
    fn of(examples: &[TreeExample<N>]) -> Self {
        let thresholds: Vec<Vec<f32>> = (0..N)
            .map(|evidence| {
                let mut values: Vec<f32> =
                    examples.iter().map(|example| example.evidence[evidence]).collect();
                values.sort_by(f32::total_cmp);
                let quantile = |bin: usize| values[bin * (values.len() - 1) / MAX_BINS];
                let mut thresholds: Vec<f32> = (1..MAX_BINS).map(quantile).collect();
                thresholds.dedup();
                thresholds
            })
            .collect();
        let bins = examples.iter().map(|example| {
            std::array::from_fn(|evidence| {
                let value = example.evidence[evidence];
                thresholds[evidence].partition_point(|&threshold| threshold <= value) as u8
            })
        });
        Self { bins: bins.collect(), thresholds }
    }
}

/// First and second derivative of the loss, of an example or a sum.
#[derive(Clone, Copy, Default)]
struct Slope {
    first: f64,
    second: f64,
}

impl Slope {
    fn add(&mut self, other: Self) {
        self.first += other.first;
        self.second += other.second;
    }

    fn without(self, other: Self) -> Self {
        Self { first: self.first - other.first, second: self.second - other.second }
    }

    fn value(self) -> f64 {
        -RATE * self.first / (self.second + PULL)
    }

    fn score(self) -> f64 {
        self.first * self.first / (self.second + PULL)
    }
}

/// Adds a node for the examples at `places` and those below it, and their values to the scores.
fn grow<const N: usize>(
    tree: &mut Tree,
    bins: &Bins<N>,
    slopes: &[Slope],
    places: &mut [u32],
    depth: usize,
    scores: &mut [f64],
) -> usize {
    let mut sum = Slope::default();
    for &place in places.iter() {
        sum.add(slopes[place as usize]);
    }
    let node = tree.nodes.len();
    tree.nodes.push(TreeNode { value: sum.value() as f32, split: None });
    let found = if depth == 0 { None } else { best_split(bins, slopes, places, sum) };
    let Some((evidence, bin)) = found else {
        for &place in places.iter() {
            scores[place as usize] += sum.value();
        }
        return node;
    };
    // In place and stable within each side, so that sums do not depend on the way here.
    places.sort_by_key(|&place| (bins.bins[place as usize][evidence] >= bin, place));
    let middle = places.partition_point(|&place| bins.bins[place as usize][evidence] < bin);
    let (lower, upper) = places.split_at_mut(middle);
    let below = grow(tree, bins, slopes, lower, depth - 1, scores);
    let above = grow(tree, bins, slopes, upper, depth - 1, scores);
    let threshold = bins.thresholds[evidence][usize::from(bin) - 1];
    tree.nodes[node].split = Some(Split { evidence, threshold, below, above });
    node
}

/// The split with the greatest gain: the evidence, and the lowest bin of the upper side.
fn best_split<const N: usize>(
    bins: &Bins<N>,
    slopes: &[Slope],
    places: &[u32],
    sum: Slope,
) -> Option<(usize, u8)> {
    let mut sums = vec![[Slope::default(); MAX_BINS]; N];
    for &place in places {
        let slope = slopes[place as usize];
        for (sums, &bin) in sums.iter_mut().zip(&bins.bins[place as usize]) {
            sums[usize::from(bin)].add(slope);
        }
    }
    let mut best: Option<(usize, u8)> = None;
    let mut most = MIN_GAIN;
    for (evidence, sums) in sums.iter().enumerate() {
        let mut below = Slope::default();
        for bin in 1..=bins.thresholds[evidence].len() {
            below.add(sums[bin - 1]);
            let above = sum.without(below);
            if below.second < MIN_LEAF || above.second < MIN_LEAF {
                continue;
            }
            let gain = below.score() + above.score() - sum.score();
            if gain > most {
                most = gain;
                best = Some((evidence, bin as u8));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: usize = 20;

    /// Something with two properties, of which a statement holds if it has just one.
    fn example(one: bool, other: bool) -> TreeExample<2> {
        let evidence = [one, other].map(|holds| f32::from(u8::from(holds)));
        TreeExample { evidence, holds: one != other, weight: 1.0 }
    }

    #[test]
    fn what_two_properties_say_together_is_learned() {
        // One property alone says a little, so that there is a first split to make.
        let counts = [(false, false, 60), (false, true, 50), (true, false, 40), (true, true, 50)];
        let examples: Vec<_> = counts
            .iter()
            .flat_map(|&(one, other, count)| (0..count).map(move |_| example(one, other)))
            .collect();
        let trees = boost(&examples, COUNT);
        for (one, other, _) in counts {
            let found = trees.score(&example(one, other).evidence) > 0.0;
            assert_eq!(found, one != other, "{one} {other}");
        }
        assert_eq!(trees, boost(&examples, COUNT), "the same examples give the same trees");
    }

    #[test]
    fn examples_of_one_kind_say_nothing() {
        let examples: Vec<_> = (0..50).map(|_| example(true, false)).collect();
        assert!(boost(&examples, COUNT).is_empty());
        assert!(boost::<2>(&[], COUNT).is_empty());
    }
}
