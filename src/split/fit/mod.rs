//! Fits the weights on pages whose articles are known.
//!
//! The weights set by hand are the mean of a Gaussian prior, and so are zeros for the fitted features:
//! where the pages say nothing, what was set by hand stays. The gold gives boundaries and kinds of
//! items, not labels: the likelihood is that of all label sequences that agree with it (a linear-chain
//! conditional random field with partly observed labels: Lafferty, McCallum and Pereira 2001;
//! Täckström et al., TACL 1, 2013). It is maximised by L-BFGS. Deterministic: the same pages give the
//! same table.

mod boost;
mod constraints;
mod examples;
mod gold;
mod joins;
mod likelihood;
mod optimise;
mod page;
mod settings;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::labelling::Evidence;
use super::labels::COLUMNS;
use super::learned;
use super::learned::{FrameShares, Group, Habits, Key};
use super::start::StartPosterior;
use super::trees::Trees;
use super::weights::{BY_HAND, Weights};
use boost::boost;
use examples::{SegmentExample, examples};
use likelihood::Objective;

pub use gold::{GoldItem, GoldKind, LineHint};
pub use joins::{JoinScores, ParagraphPage, fit_joins, score_joins};
pub use page::FitPage;
pub use settings::{FitSettings, GroupPulls};

/// Trees that weigh segments.
const TREES: usize = 160;

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
    for folds in [every_other(&pages), by_paper(&pages)] {
        segments.extend(segments_of(&pages, &folds, settings));
    }
    fit_labels(&pages, settings, &boost(&segments, TREES))
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
        let Ok(weights) = Weights::read_fitted(&fit_labels(&kept, settings, &Trees::default()))
        else {
            continue;
        };
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
    examples.collect()
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

/// Fits the weights of labels and returns the table with these trees.
fn fit_labels(pages: &[&FitPage], settings: &FitSettings, trees: &Trees) -> String {
    let keys = frequent_keys(pages, settings);
    let rows = Rows::new(&keys);
    let prepared = pages.iter().map(|page| likelihood::Example {
        weight: page.weight,
        features: rows.of(&page.evidence),
        constraints: &page.constraints,
    });
    let pulls: Vec<f64> = keys.iter().map(|key| settings.fitted.of(key.group())).collect();
    let objective = Objective::new(prepared.collect(), &pulls, settings.by_hand);
    let fitted = optimise::minimise(&objective, objective.prior().to_vec(), settings.max_steps);
    let by_row = (0..rows.count()).map(|row| {
        let weights = std::array::from_fn(|column| fitted[row * COLUMNS.len() + column]);
        (rows.name(row), weights)
    });
    Weights::to_table(by_row, |from, to| objective.transition(&fitted, from, to), trees)
}

/// The fitted features that are frequent enough, in order.
fn frequent_keys(pages: &[&FitPage], settings: &FitSettings) -> Vec<Key> {
    const MIN_UNITS_OF_A_SOURCE: usize = 3;
    let mut seen: HashMap<Key, BTreeMap<&str, usize>> = HashMap::new();
    for page in pages {
        for &key in page.evidence.keys.iter().flatten() {
            *seen.entry(key).or_default().entry(&page.source).or_default() += 1;
        }
    }
    let frequent = |(key, by_source): &(Key, BTreeMap<&str, usize>)| {
        let sources = by_source.values().filter(|&&units| units >= MIN_UNITS_OF_A_SOURCE).count();
        by_source.values().sum::<usize>() >= settings.min_units
            && (key.group() != Group::Characters || sources >= settings.min_sources)
            && settings.without.iter().all(|group| group != key.group().name())
    };
    let keys: BTreeSet<Key> = seen.into_iter().filter(frequent).map(|(key, _)| key).collect();
    keys.into_iter().collect()
}

/// The rows of the table: first the features set by hand, then the fitted ones.
struct Rows<'a> {
    by_hand: Vec<&'static str>,
    keys: &'a [Key],
    places: HashMap<Key, usize>,
}

impl<'a> Rows<'a> {
    fn new(keys: &'a [Key]) -> Self {
        let by_hand: Vec<&str> = BY_HAND.names().collect();
        let places = keys.iter().copied().zip(by_hand.len()..).collect();
        Self { by_hand, keys, places }
    }

    fn count(&self) -> usize {
        self.by_hand.len() + self.keys.len()
    }

    fn name(&self, row: usize) -> String {
        match self.by_hand.get(row) {
            Some(name) => (*name).to_owned(),
            None => self.keys[row - self.by_hand.len()].to_string(),
        }
    }

    /// The rows of the features of each unit, with their values.
    fn of(&self, evidence: &Evidence) -> Vec<Vec<(usize, f64)>> {
        let units = evidence.by_hand.iter().zip(&evidence.keys);
        units
            .map(|(by_hand, keys)| {
                let by_hand = by_hand.iter().map(|&(feature, value)| (feature.row(), value.into()));
                let fitted = keys.iter().filter_map(|key| Some((*self.places.get(key)?, 1.0)));
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
    use crate::split::Splitter;

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

    #[test]
    fn a_fitted_table_cuts_as_the_pages_do_that_it_was_fitted_on() {
        let pages: Vec<_> = (1..=6).map(page).collect();
        let mut habits = Habits::default();
        for (text, _) in &pages {
            habits.add(text);
        }
        let prepared: Vec<FitPage> = pages
            .iter()
            .map(|(text, gold)| FitPage::new("briefs", "briefs", text, gold, &habits))
            .collect();
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
        let rows = Rows::new(&keys);
        let prepared = likelihood::Example {
            weight: 2.0,
            features: rows.of(&page.evidence),
            constraints: &page.constraints,
        };
        let objective = Objective::new(vec![prepared], &vec![3.0; keys.len()], 10.0);
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
