//! Fits the weights on pages whose articles are known.
//!
//! The weights set by hand are the mean of a Gaussian prior, and so are zeros for the fitted features:
//! where the pages say nothing, what was set by hand stays. The gold gives boundaries and kinds of
//! items, not labels: the likelihood is that of all label sequences that agree with it (a linear-chain
//! conditional random field with partly observed labels: Lafferty, McCallum and Pereira 2001;
//! Täckström et al., TACL 1, 2013). It is maximised by L-BFGS. Deterministic: the same pages give the
//! same table.

mod agreement;
mod boost;
mod constraints;
mod examples;
mod gold;
mod joins;
mod kinds;
mod likelihood;
mod optimise;
mod page;
mod settings;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Splitter;
use super::labelling::Evidence;
use super::labels::COLUMNS;
use super::learned;
use super::learned::{FrameShares, Group, Habits, Key};
use super::segments;
use super::start::StartPosterior;
use super::trees::Trees;
use super::weights::{BY_HAND, Feature, Weights};
use boost::boost;
use examples::{SegmentExample, examples};
use likelihood::{Objective, PriorRow};

pub use gold::{GoldItem, GoldKind, LineHint};
pub use joins::{JoinScores, ParagraphPage, fit_joins, score_joins};
pub use kinds::{KindPage, NoticeScores, fit_kinds, score_notices};
pub use page::FitPage;
pub use settings::{FitSettings, GroupPulls};

pub use super::vectors::{DIMENSIONS, MAX_NUMBER, row, terms};

/// Trees that weigh segments.
const TREES: usize = 320;

/// Fits the weights and returns the table, as [`Splitter::from_table`](super::Splitter::from_table)
/// reads it. Pages that agree with no label sequence are left out.
///
/// The trees that weigh segments are fitted on what weights say that were not fitted on the same
/// page: those of every other page, and those of every other publication, since papers will be split
/// that nothing was fitted on.
#[must_use]
pub fn fit<'a>(pages: impl IntoIterator<Item = &'a FitPage>, settings: &FitSettings) -> String {
    let pages: Vec<&FitPage> = pages.into_iter().collect();
    let mut segments = Vec::new();
    if settings.takes_segments() {
        for folds in [every_other(&pages), by_paper(&pages)] {
            segments.extend(segments_of(&pages, &folds, settings));
        }
    }
    fit_labels(&pages, &BY_HAND, settings, &boost(&segments, TREES))
}

/// Fits the weights of labels further, on pages of one's own, and returns the table. The weights of
/// `from` are the mean of the prior: what the pages say nothing of stays as it is. Fitted features
/// that `from` lacks are added where they are frequent. The trees are those of `from`: a few pages
/// have too few segments to fit any on.
#[must_use]
pub fn refit<'a>(
    pages: impl IntoIterator<Item = &'a FitPage>,
    from: &Splitter,
    settings: &FitSettings,
) -> String {
    let pages: Vec<&FitPage> = pages.into_iter().collect();
    let from = from.weights();
    fit_labels(&pages, from, settings, &from.trees)
}

/// The table with a line in its head that says what it was fitted on.
#[must_use]
pub fn stating(table: &str, fitted_on: &str) -> String {
    let (head, rest) = match table.split_once('\n') {
        Some((first, rest)) if first.starts_with('#') => (format!("{first}\n"), rest),
        _ => (String::new(), table),
    };
    format!("{head}# fitted on: {fitted_on}\n{rest}")
}

/// The fold of each page: every other page of a source is in the second one.
fn every_other(pages: &[&FitPage]) -> Vec<bool> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut folds = Vec::with_capacity(pages.len());
    for page in pages {
        let count = seen.entry(&page.source).or_default();
        folds.push(*count % 2 == 1);
        *count += 1;
    }
    folds
}

/// The fold of each page: pages of one paper are in one fold.
fn by_paper(pages: &[&FitPage]) -> Vec<bool> {
    let names: BTreeSet<&str> = pages.iter().map(|page| page.paper.as_str()).collect();
    let places: HashMap<&str, usize> = names.into_iter().zip(0..).collect();
    pages.iter().map(|page| places[page.paper.as_str()] % 2 == 1).collect()
}

/// The segments of all pages, by weights fitted on the pages of the other fold.
fn segments_of(pages: &[&FitPage], folds: &[bool], settings: &FitSettings) -> Vec<SegmentExample> {
    let mut starts: Vec<Vec<StartPosterior>> = vec![Vec::new(); pages.len()];
    for fold in [false, true] {
        let kept = pages.iter().zip(folds).filter(|(_, other)| **other != fold);
        let kept: Vec<&FitPage> = kept.map(|(page, _)| *page).collect();
        let table = fit_labels(&kept, &BY_HAND, settings, &Trees::default());
        let Ok(weights) = Weights::read_fitted(&table) else { continue };
        for (place, page) in pages.iter().enumerate().filter(|(place, _)| folds[*place] == fold) {
            starts[place] = page.evidence.starts(&weights);
        }
    }
    let publications = publications(pages, &starts);
    let nothing = FrameShares::default();
    let examples = pages.iter().zip(&starts).flat_map(|(page, starts)| {
        let publication = publications.get(page.publication.as_str()).unwrap_or(&nothing);
        examples(page, starts, publication)
    });
    examples.map(|example| without_evidence(example, settings)).collect()
}

fn without_evidence(mut example: SegmentExample, settings: &FitSettings) -> SegmentExample {
    for (value, group) in example.evidence.iter_mut().zip(segments::GROUPS) {
        if !settings.takes_evidence(*group) {
            *value = 0.0;
        }
    }
    example
}

/// The shares of each publication, from the sample of its pages.
fn publications<'a>(
    pages: &[&'a FitPage],
    starts: &[Vec<StartPosterior>],
) -> HashMap<&'a str, FrameShares> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, page) in pages.iter().enumerate() {
        by_name.entry(&page.publication).or_default().push(place);
    }
    let shares = by_name.into_iter().map(|(name, places)| {
        let names: Vec<String> = places.iter().map(|&place| pages[place].name.clone()).collect();
        let mut shares = FrameShares::default();
        for place in Habits::sample(&names).into_iter().map(|chosen| places[chosen]) {
            let totals: Vec<f32> = starts[place].iter().map(|start| start.total()).collect();
            learned::add_starts(&mut shares, &pages[place].evidence.forms, &totals);
        }
        (name, shares)
    });
    shares.collect()
}

/// Fits the weights of labels, starting from those of `prior`, and returns the table with these trees.
fn fit_labels(
    pages: &[&FitPage],
    prior: &Weights,
    settings: &FitSettings,
    trees: &Trees,
) -> String {
    let keys = keys_to_fit(pages, prior, settings);
    let rows = Rows::new(&keys, prior, settings);
    let prepared = pages.iter().map(|page| likelihood::Example {
        weight: page.weight,
        features: rows.of(&page.evidence),
        constraints: &page.constraints,
    });
    let objective =
        Objective::new(prepared.collect(), &rows.prior(settings), prior, settings.by_hand);
    let fitted = optimise::minimise(&objective, objective.prior().to_vec(), settings.max_steps);
    let weights_of = |row: usize| -> [f64; COLUMNS.len()] {
        std::array::from_fn(|column| fitted[row * COLUMNS.len() + column])
    };
    // What no page has keeps its weights.
    let all: BTreeSet<Key> = prior.keys().chain(keys.iter().copied()).collect();
    let others = all.into_iter().map(|key| {
        let row = rows.places.get(&key).copied();
        (key.to_string(), row.map_or_else(|| rows.prior_of_key(key), weights_of))
    });
    let by_hand = rows.by_hand.iter().enumerate();
    let by_row = by_hand.map(|(row, name)| ((*name).to_owned(), weights_of(row))).chain(others);
    Weights::to_table(by_row, |from, to| objective.transition(&fitted, from, to), trees)
}

/// The fitted features whose weights the pages can tell, in order: those that the prior has, and
/// others that are frequent enough.
fn keys_to_fit(pages: &[&FitPage], prior: &Weights, settings: &FitSettings) -> Vec<Key> {
    const MIN_UNITS_OF_A_SOURCE: usize = 3;
    let mut seen: HashMap<Key, BTreeMap<&str, usize>> = HashMap::new();
    for page in pages {
        for &key in page.evidence.keys.iter().flatten() {
            *seen.entry(key).or_default().entry(&page.source).or_default() += 1;
        }
    }
    let frequent = |key: Key, by_source: &BTreeMap<&str, usize>| {
        let sources = by_source.values().filter(|&&units| units >= MIN_UNITS_OF_A_SOURCE).count();
        by_source.values().sum::<usize>() >= settings.min_units
            && (key.group() != Group::Characters || sources >= settings.min_sources)
    };
    let fitted = |(key, by_source): &(Key, BTreeMap<&str, usize>)| {
        settings.takes_key(key.group())
            && (prior.learned(*key).is_some() || frequent(*key, by_source))
    };
    let keys: BTreeSet<Key> = seen.into_iter().filter(fitted).map(|(key, _)| key).collect();
    keys.into_iter().collect()
}

/// The rows that are fitted: first the features set by hand, then the fitted ones.
struct Rows<'a> {
    by_hand: Vec<&'static str>,
    /// Whether the features set by hand are left out.
    without: Vec<bool>,
    keys: &'a [Key],
    places: HashMap<Key, usize>,
    prior: &'a Weights,
}

impl<'a> Rows<'a> {
    fn new(keys: &'a [Key], prior: &'a Weights, settings: &FitSettings) -> Self {
        let by_hand: Vec<&str> = BY_HAND.names().collect();
        let without = by_hand.iter().map(|name| !settings.takes_by_hand(name)).collect();
        let places = keys.iter().copied().zip(by_hand.len()..).collect();
        Self { by_hand, without, keys, places, prior }
    }

    /// The prior of each row.
    fn prior(&self, settings: &FitSettings) -> Vec<PriorRow> {
        let by_hand = self.without.iter().enumerate().map(|(row, &without)| PriorRow {
            by_column: if without {
                [0.0; COLUMNS.len()]
            } else {
                self.prior.by_column(Feature::of_row(row))
            },
            pull: settings.by_hand,
        });
        let fitted = self.keys.iter().map(|&key| PriorRow {
            by_column: self.prior_of_key(key),
            pull: settings.fitted.of(key.group()),
        });
        by_hand.chain(fitted).collect()
    }

    fn prior_of_key(&self, key: Key) -> [f64; COLUMNS.len()] {
        let feature = self.prior.learned(key);
        feature.map_or([0.0; COLUMNS.len()], |feature| self.prior.by_column(feature))
    }

    /// The rows of the features of each unit, with their values.
    fn of(&self, evidence: &Evidence) -> Vec<Vec<(u32, f32)>> {
        let units = evidence.by_hand.iter().zip(&evidence.keys);
        units
            .map(|(by_hand, keys)| {
                let by_hand = by_hand.iter().filter(|(feature, _)| !self.without[feature.row()]);
                let by_hand = by_hand.map(|&(feature, value)| (feature.row() as u32, value));
                let fitted =
                    keys.iter().filter_map(|key| Some((*self.places.get(key)? as u32, 1.0)));
                by_hand.chain(fitted).collect()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::optimise::Function;
    use super::*;
    use crate::model::SourceText;

    /// A paper whose items have no headline and end with their source.
    fn page(number: usize) -> (SourceText, Vec<GoldItem>) {
        let mut text = String::new();
        let mut gold = Vec::new();
        for item in 0..4u32 {
            let line = item * 3 + 1;
            let _ = write!(
                text,
                "第{number}处水井本周修好了{item}口，井台加了护栏，村民又喝上了井水。\n修井的师傅说还有三口要等到秋后才能动工。\n来源：某处样报\n"
            );
            let lines = vec![(line, line + 2)];
            gold.push(GoldItem::new(GoldKind::News, None, lines));
        }
        (SourceText::from_text(format!("{number}.txt"), text), gold)
    }

    /// Six pages of the paper, made ready, and its habits.
    fn paper() -> (Vec<FitPage>, Habits) {
        let pages: Vec<_> = (1..=6).map(page).collect();
        let mut habits = Habits::default();
        for (text, _) in &pages {
            habits.add(text);
        }
        let prepared = pages
            .iter()
            .map(|(text, gold)| FitPage::new("briefs", "briefs", text, gold, &habits))
            .collect();
        (prepared, habits)
    }

    #[test]
    fn a_fitted_table_cuts_as_the_pages_do_that_it_was_fitted_on() {
        let (prepared, habits) = paper();
        let settings =
            FitSettings { by_hand: 0.1, fitted: GroupPulls::all(0.1), ..FitSettings::default() };
        let table = fit(&prepared, &settings);
        let splitter = Splitter::from_table(&table).expect("a table");
        let (text, _) = page(9);
        let starts: Vec<u32> = splitter
            .split(&text, &habits)
            .articles
            .iter()
            .map(|article| article.lines[0].0)
            .collect();
        assert_eq!(starts, [1, 4, 7, 10]);
        assert_eq!(table, fit(&prepared, &settings), "the same pages give the same table");
    }

    #[test]
    fn a_table_is_fitted_further_and_keeps_what_the_pages_say_nothing_of() {
        let (prepared, _) = paper();
        let program = Splitter::default();
        let settings = FitSettings::of_own_pages();
        let table = refit(&prepared, &program, &settings);
        assert_eq!(table, refit(&prepared, &program, &settings));
        let own = Splitter::from_table(&table).expect("a table");
        let (before, after) = (program.weights(), own.weights());
        assert_eq!(after.trees, before.trees);
        let seen: BTreeSet<Key> =
            prepared.iter().flat_map(|page| page.evidence.keys.concat()).collect();
        let mut moved = 0;
        for key in before.keys() {
            let was = before.learned(key).map(|feature| before.by_column(feature));
            let is = after.learned(key).map(|feature| after.by_column(feature));
            let near = |(a, b): (&f64, &f64)| (a - b).abs() < 0.011;
            let same = was.iter().flatten().zip(is.iter().flatten()).all(near);
            assert!(same || seen.contains(&key), "{key}");
            moved += usize::from(!same);
        }
        assert!(moved > 20, "{moved} features have other weights");
        let nothing: [&FitPage; 0] = [];
        let same = refit(nothing, &program, &settings);
        let rows = |table: &str| -> Vec<String> {
            table.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
        };
        let built_in = rows(include_str!("../fitted.tsv"));
        assert!(rows(&same) == built_in, "without pages the table stays as it is");
        let stated = stating(&same, "nothing");
        assert_eq!(stated.lines().nth(1), Some("# fitted on: nothing"));
        assert_eq!(rows(&stated), built_in);
    }

    #[test]
    fn the_examples_of_a_page_hold_its_items_and_other_segments() {
        let (text, gold) = page(1);
        let page = FitPage::new("briefs", "briefs", &text, &gold, &Habits::of(&text));
        // A start is likely everywhere, so that all rows of units are looked at.
        let likely = StartPosterior { text: 0.2, ..StartPosterior::default() };
        let starts = vec![likely; page.units()];
        let examples = examples(&page, &starts, &FrameShares::default());
        let items = examples.iter().filter(|example| example.holds).count();
        assert_eq!(items, gold.len());
        assert!(examples.len() > 4 * items, "{} segments", examples.len());
    }

    #[test]
    fn the_gradient_is_that_of_the_value() {
        let text = SourceText::from_text(
            "a.txt",
            "老水井换了青石壁\n\n井台加了护栏，三十户人家又喝上了井水，淘井的师傅说这口井有两百年了。\n\n木帆船进了展览馆\n\n船身上的桐油还没有干透，掌墨师傅站在船头舍不得下来，说往后再也造不出来了。\n",
        );
        let gold = [
            GoldItem::new(GoldKind::News, Some("老水井换了青石壁"), vec![(1, 3)]),
            GoldItem::new(GoldKind::News, Some("木帆船进了展览馆"), vec![(5, 7)]),
        ];
        let page = FitPage::new("a", "a", &text, &gold, &Habits::of(&text));
        let keys = page.evidence.keys.concat();
        let settings = FitSettings::default();
        let rows = Rows::new(&keys, &BY_HAND, &settings);
        let prepared = likelihood::Example {
            weight: 2.0,
            features: rows.of(&page.evidence),
            constraints: &page.constraints,
        };
        let prior = rows.prior(&settings);
        let objective = Objective::new(vec![prepared], &prior, &BY_HAND, settings.by_hand);
        let start = objective.prior().to_vec();
        let mut gradient = vec![0.0; start.len()];
        let value = objective.value(&start, &mut gradient);
        assert!(value.is_finite() && value > 0.0, "{value}");
        let mut unused = vec![0.0; start.len()];
        let mut checked = 0;
        for place in (0..start.len()).filter(|&place| gradient[place].abs() > 1e-3).step_by(17) {
            const STEP: f64 = 1e-5;
            let mut moved = start.clone();
            moved[place] += STEP;
            let slope = (objective.value(&moved, &mut unused) - value) / STEP;
            let error = (slope - gradient[place]).abs();
            assert!(error < 1e-2 * (1.0 + slope.abs()), "{place}: {slope} {}", gradient[place]);
            checked += 1;
        }
        assert!(checked > 3, "{checked}");
    }
}
