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
        let mut grown =
            Grown { bins: &bins, slopes: &slopes, scores: &mut scores, tree: Tree::default() };
        let places: Vec<u32> = (0..examples.len() as u32).collect();
        let sums = BinSums::of(&bins, &slopes, &places);
        grown.add(places, Some(sums), DEPTH);
        trees.push(grown.tree);
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

/// The slopes of examples summed by evidence and bin.
struct BinSums<const N: usize>(Vec<[Slope; MAX_BINS]>);

impl<const N: usize> BinSums<N> {
    fn of(bins: &Bins<N>, slopes: &[Slope], places: &[u32]) -> Self {
        let mut sums = vec![[Slope::default(); MAX_BINS]; N];
        for &place in places {
            let slope = slopes[place as usize];
            for (sums, &bin) in sums.iter_mut().zip(&bins.bins[place as usize]) {
                sums[usize::from(bin)].add(slope);
            }
        }
        Self(sums)
    }

    /// The sums of the examples that are not among those of `part`.
    fn without(mut self, part: &Self) -> Self {
        for (sum, part) in self.0.iter_mut().flatten().zip(part.0.iter().flatten()) {
            *sum = sum.without(*part);
        }
        self
    }
}

/// A tree that is being grown.
struct Grown<'a, const N: usize> {
    bins: &'a Bins<N>,
    slopes: &'a [Slope],
    scores: &'a mut [f64],
    tree: Tree,
}

impl<const N: usize> Grown<'_, N> {
    /// Adds a node for the examples at `places` and those below it, and their values to the scores. `sums` are
    /// theirs if they may be split.
    fn add(&mut self, places: Vec<u32>, sums: Option<BinSums<N>>, depth: usize) -> usize {
        let mut sum = Slope::default();
        for &place in &places {
            sum.add(self.slopes[place as usize]);
        }
        let node = self.tree.nodes.len();
        self.tree.nodes.push(TreeNode { value: sum.value() as f32, split: None });
        let found = sums.and_then(|sums| {
            self.best_split(&sums, sum).map(|(evidence, bin)| (evidence, bin, sums))
        });
        let Some((evidence, bin, sums)) = found else {
            for place in places {
                self.scores[place as usize] += sum.value();
            }
            return node;
        };
        let is_below = |place: &u32| self.bins.bins[*place as usize][evidence] < bin;
        let (lower, upper): (Vec<u32>, Vec<u32>) = places.into_iter().partition(is_below);
        // Only the smaller side is gone through; what remains is the other one.
        let sums_of = |places: &[u32]| BinSums::of(self.bins, self.slopes, places);
        let (below, above) = if depth == 1 {
            (None, None)
        } else if lower.len() < upper.len() {
            let below = sums_of(&lower);
            let above = sums.without(&below);
            (Some(below), Some(above))
        } else {
            let above = sums_of(&upper);
            (Some(sums.without(&above)), Some(above))
        };
        let below = self.add(lower, below, depth - 1);
        let above = self.add(upper, above, depth - 1);
        let threshold = self.bins.thresholds[evidence][usize::from(bin) - 1];
        self.tree.nodes[node].split = Some(Split { evidence, threshold, below, above });
        node
    }

    /// The split with the greatest gain: the evidence, and the lowest bin of the upper side.
    fn best_split(&self, sums: &BinSums<N>, sum: Slope) -> Option<(usize, u8)> {
        let mut best: Option<(usize, u8)> = None;
        let mut most = MIN_GAIN;
        for (evidence, sums) in sums.0.iter().enumerate() {
            let mut below = Slope::default();
            for bin in 1..=self.bins.thresholds[evidence].len() {
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
