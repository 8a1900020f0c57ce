//! Fits the vectors of terms, so that pieces of one article are nearer to each other than to pieces
//! of other articles.
//!
//! From each article two pieces are drawn, which may be a headline and its text or two passages. Of
//! many such pairs, each piece should be nearest to the other one of its pair (softmax over cosines,
//! with the other pairs as the wrong answers: van den Oord et al., arXiv 1807.03748; bags of embedded
//! terms: Wu et al., `StarSpace`, AAAI 2018). Steps are scaled by term (Duchi et al., JMLR 12, 2011).
//! Deterministic: the same texts give the same table.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use anyhow::Context;
use dibao::split::fit::{DIMENSIONS, MAX_NUMBER, row, stating, terms};
use fastrand::Rng;

use crate::arguments::Arguments;
use crate::compose::news_rows;

const SEED: u64 = 7;
const ROUNDS: usize = 20;
/// Pairs of pieces that are told apart at a time.
const BATCH: usize = 512;
const STEP: f32 = 0.15;
const LAST_STEP: f32 = 0.01;
/// How sharply cosines are told apart.
const SHARPNESS: f32 = 8.0;
const FIRST_NUMBERS: f32 = 0.05;
/// Terms with a vector, the most frequent ones.
const MAX_TERMS: usize = 40_000;
/// Articles that a term must be in, and the share of all that it may be in.
const MIN_ARTICLES: u32 = 60;
const MAX_SHARE: f32 = 0.15;
/// Characters of a piece.
const LENGTHS: [usize; 8] = [8, 12, 18, 25, 40, 60, 90, 130];
/// Characters of an article from which pieces are drawn.
const MIN_ARTICLE: usize = 40;
const MIN_PIECE: usize = 15;

type Vector = [f32; DIMENSIONS];

/// Fits the vectors on the articles of `--news`, headline and text in one, and returns their table,
/// `vectors.tsv`.
pub fn fit_vectors(arguments: &Arguments) -> anyhow::Result<String> {
    let path = arguments.news.as_ref().context("--vectors needs --news CORPUS")?;
    let mut articles = Vec::new();
    for row in news_rows(path)?.lines() {
        let article: Article = serde_json::from_str(row)?;
        let text = article.title.iter().flat_map(|title| title.chars()).chain(article.body.chars());
        let text: Vec<char> = text.filter(|c| !c.is_control()).collect();
        if text.len() >= MIN_ARTICLE {
            articles.push(text);
        }
    }
    let table = fit(&articles);
    let corpus = path.file_name().unwrap_or_default().display();
    Ok(stating(&table, &format!("{} articles of {corpus}, seed {SEED}", articles.len())))
}

#[derive(serde::Deserialize)]
struct Article {
    title: Option<String>,
    body: String,
}

fn fit(articles: &[Vec<char>]) -> String {
    let mut rng = Rng::with_seed(SEED);
    let vocabulary = Vocabulary::of(articles);
    let mut model = Model::new(&vocabulary, &mut rng);
    let mut order: Vec<usize> = (0..articles.len()).collect();
    for round in 0..ROUNDS {
        rng.shuffle(&mut order);
        let step = STEP * (1.0 - round as f32 / ROUNDS as f32) + LAST_STEP;
        for batch in order.chunks_exact(BATCH) {
            let pairs: Vec<[Bag; 2]> = batch
                .iter()
                .map(|&article| {
                    let pieces = pieces(articles[article].len(), &mut rng);
                    pieces.map(|piece| vocabulary.bag(&articles[article][piece]))
                })
                .collect();
            model.learn(&pairs, step);
        }
    }
    model.table(&vocabulary)
}

/// Two pieces of an article of this length.
fn pieces(length: usize, rng: &mut Rng) -> [Range<usize>; 2] {
    const HEADLINES: f32 = 0.25;
    const ADJACENT: f32 = 0.6;
    const MAX_HEADLINE: usize = 30;
    const MIN_HEADLINE: usize = 6;
    const MAX_APART: usize = 300;
    let mut size = || LENGTHS[rng.usize(..LENGTHS.len())];
    let (one, other) = (size(), size());
    let (first, gap) = if rng.f32() < HEADLINES {
        let end = rng.usize(MIN_HEADLINE..=MAX_HEADLINE.min(length - MIN_PIECE));
        (0..end, end)
    } else {
        let gap = rng.usize(MIN_PIECE..=length - MIN_PIECE);
        (gap.saturating_sub(one)..gap, gap)
    };
    let second = if rng.f32() < ADJACENT {
        gap
    } else {
        (gap + rng.usize(..=MAX_APART)).min(length - MIN_PIECE)
    };
    [first, second..(second + other).min(length)]
}

/// The places of the terms of a piece, with their weights.
type Bag = Vec<(usize, f32)>;

/// The terms that have vectors.
struct Vocabulary {
    terms: Vec<u32>,
    places: HashMap<u32, usize>,
    /// Inverse document frequencies.
    rarity: Vec<f32>,
}

impl Vocabulary {
    fn of(articles: &[Vec<char>]) -> Self {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for article in articles {
            let mut own: Vec<u32> = terms(article.iter().copied()).collect();
            own.sort_unstable();
            own.dedup();
            for term in own {
                *counts.entry(term).or_default() += 1;
            }
        }
        let all = articles.len() as f32;
        counts.retain(|_, &mut count| count >= MIN_ARTICLES && count as f32 <= all * MAX_SHARE);
        let mut frequent: Vec<(u32, u32)> = counts.into_iter().collect();
        frequent.sort_by_key(|&(term, count)| (std::cmp::Reverse(count), term));
        frequent.truncate(MAX_TERMS);
        frequent.sort_unstable();
        let terms: Vec<u32> = frequent.iter().map(|&(term, _)| term).collect();
        let places = terms.iter().copied().zip(0..).collect();
        let rarity = frequent.iter().map(|&(_, count)| (all / count as f32).ln()).collect();
        Self { terms, places, rarity }
    }

    fn bag(&self, piece: &[char]) -> Bag {
        let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
        for place in terms(piece.iter().copied()).filter_map(|term| self.places.get(&term)) {
            *counts.entry(*place).or_default() += 1;
        }
        let weight = |place: usize, count: u32| (1.0 + (count as f32).ln()) * self.rarity[place];
        counts.into_iter().map(|(place, count)| (place, weight(place, count))).collect()
    }
}

struct Model {
    vectors: Vec<Vector>,
    /// Sums of squared slopes, by term.
    slopes: Vec<f32>,
}

impl Model {
    fn new(vocabulary: &Vocabulary, rng: &mut Rng) -> Self {
        let mut number = || (rng.f32() * 2.0 - 1.0) * FIRST_NUMBERS;
        let vectors =
            vocabulary.terms.iter().map(|_| std::array::from_fn(|_| number())).collect::<Vec<_>>();
        let slopes = vec![1e-6; vectors.len()];
        Self { vectors, slopes }
    }

    /// One step towards telling these pairs apart.
    fn learn(&mut self, pairs: &[[Bag; 2]], step: f32) {
        let sides = [0, 1].map(|side| {
            pairs.iter().map(|pair| Unit::of(self.sum(&pair[side]))).collect::<Vec<_>>()
        });
        let [one, other] = &sides;
        let mut slopes =
            [vec![[0.0; DIMENSIONS]; pairs.len()], vec![[0.0; DIMENSIONS]; pairs.len()]];
        let cosines: Vec<Vec<f32>> = one
            .iter()
            .map(|a| other.iter().map(|b| SHARPNESS * dot(&a.direction, &b.direction)).collect())
            .collect();
        let by_row: Vec<f32> = cosines.iter().map(|row| log_sum(row.iter().copied())).collect();
        let columns = 0..pairs.len();
        let by_column: Vec<f32> =
            columns.map(|b| log_sum(cosines.iter().map(|row| row[b]))).collect();
        for (a, row) in cosines.iter().enumerate() {
            for (b, cosine) in row.iter().enumerate() {
                let expected =
                    f32::midpoint((cosine - by_row[a]).exp(), (cosine - by_column[b]).exp());
                let slope = SHARPNESS * (expected - f32::from(u8::from(a == b)));
                add(&mut slopes[0][a], &other[b].direction, slope);
                add(&mut slopes[1][b], &one[a].direction, slope);
            }
        }
        let mut changes: BTreeMap<usize, Vector> = BTreeMap::new();
        for (side, units) in sides.iter().enumerate() {
            for (place, unit) in units.iter().enumerate() {
                let slope = unit.slope_of_sum(&slopes[side][place]);
                for &(term, weight) in &pairs[place][side] {
                    add(changes.entry(term).or_insert([0.0; DIMENSIONS]), &slope, weight);
                }
            }
        }
        for (term, change) in changes {
            self.slopes[term] += dot(&change, &change) / DIMENSIONS as f32;
            add(&mut self.vectors[term], &change, -step / self.slopes[term].sqrt());
        }
    }

    fn sum(&self, bag: &Bag) -> Vector {
        let mut sum = [0.0; DIMENSIONS];
        for &(term, weight) in bag {
            add(&mut sum, &self.vectors[term], weight);
        }
        sum
    }

    /// The rows of all terms: vectors times rarity, so that all but a few numbers fit.
    fn table(&self, vocabulary: &Vocabulary) -> String {
        const FITTING: f32 = 0.98;
        let scaled: Vec<Vector> = (self.vectors.iter().zip(&vocabulary.rarity))
            .map(|(vector, rarity)| vector.map(|number| number * rarity))
            .collect();
        let greatest = |vector: &Vector| vector.iter().fold(0.0f32, |most, n| most.max(n.abs()));
        let mut sizes: Vec<f32> = scaled.iter().map(greatest).collect();
        sizes.sort_by(f32::total_cmp);
        let Some(&size) = sizes.get((sizes.len() as f32 * FITTING) as usize) else {
            return String::new();
        };
        let rows = vocabulary.terms.iter().zip(scaled);
        rows.map(|(&term, vector)| row(term, vector.map(|n| n / size * f32::from(MAX_NUMBER))))
            .collect()
    }
}

/// The direction of a vector, and its length.
struct Unit {
    direction: Vector,
    length: f32,
}

impl Unit {
    fn of(vector: Vector) -> Self {
        let length = dot(&vector, &vector).sqrt() + 1e-6;
        Self { direction: vector.map(|number| number / length), length }
    }

    /// The slope of the vector, by that of its direction.
    fn slope_of_sum(&self, slope: &Vector) -> Vector {
        let along = dot(slope, &self.direction);
        std::array::from_fn(|n| (slope[n] - along * self.direction[n]) / self.length)
    }
}

fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(sum: &mut Vector, vector: &Vector, times: f32) {
    for (sum, number) in sum.iter_mut().zip(vector) {
        *sum += times * number;
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    most + values.map(|value| (value - most).exp()).sum::<f32>().ln()
}
