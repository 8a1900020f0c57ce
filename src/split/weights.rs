//! Tables of weights: how much each feature of a unit adds to the score of each label, and each label
//! to that of the next one, as natural logarithms.
//!
//! `weights.tsv` is set by hand: what somebody who knows newspapers would say. `fitted.tsv` is what
//! fitting (`fit`) makes of it: the same rows with other numbers, one row for each fitted feature,
//! and the transition scores.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use super::labels::{COLUMNS, LABELS, Label};
use super::learned::Key;
use super::segments;
use super::transitions::transition_score;
use super::trees::Trees;

/// A feature of a unit, by its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Feature(usize);

impl Feature {
    pub fn of_row(row: usize) -> Self {
        Self(row)
    }

    pub fn row(self) -> usize {
        self.0
    }
}

/// A table of weights.
pub(super) struct Weights {
    rows: Vec<FeatureWeights>,
    by_name: HashMap<String, usize>,
    by_key: HashMap<Key, usize>,
    transitions: TransitionScores,
    /// What weighs whole segments; without any tree the label sequence decides alone.
    pub trees: Trees,
}

struct FeatureWeights {
    name: String,
    key: Option<Key>,
    by_label: [f32; LABELS.len()],
}

/// Number of labels and the edge of the file, which comes last.
const STATES: usize = LABELS.len() + 1;
/// Scores from one label (row) to another (column); minus infinity where the transition is forbidden.
type TransitionScores = [[f32; STATES]; STATES];

/// Why a table of weights cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// No line names the columns.
    #[error("no line begins with `feature` and names the labels")]
    NoColumns,
    /// A line has another number of cells, or a cell is no number.
    #[error("line {line}: expected a name and one number for each column")]
    Cells {
        /// 1-based line of the table.
        line: usize,
    },
    /// The rows of the features that the program computes do not come first, in its order.
    #[error(
        "expected a row `{name}`; the features set by hand come first, in the order of weights.tsv"
    )]
    Row {
        /// The feature that is missing.
        name: String,
    },
    /// The transition scores are missing or incomplete.
    #[error("expected a table `from` with one row for each label and the edge")]
    Transitions,
    /// The trees are missing or incomplete.
    #[error("expected a row `trees` and rows `tree` at the end")]
    Trees,
}

/// The table set by hand.
pub(super) static BY_HAND: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("weights.tsv")).unwrap_or_default());

/// The fitted table that is built into the program.
pub(super) static FITTED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read_fitted(include_str!("fitted.tsv")).unwrap_or_default());

impl Default for Weights {
    fn default() -> Self {
        let state = |place: usize| LABELS.get(place).copied();
        let transitions = std::array::from_fn(|from| {
            std::array::from_fn(|to| transition_score(state(from), state(to)))
        });
        Self {
            rows: Vec::new(),
            by_name: HashMap::new(),
            by_key: HashMap::new(),
            transitions,
            trees: Trees::default(),
        }
    }
}

impl Weights {
    /// Reads a table of features; its transition scores are those set by hand.
    fn read(table: &str) -> Result<Self, WeightsError> {
        let mut weights = Self::default();
        let mut columns: Option<Vec<usize>> = None;
        for (number, line) in table.lines().enumerate() {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let wrong = WeightsError::Cells { line: number + 1 };
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let Some(columns) = &columns else {
                let places = cells.map(|cell| COLUMNS.iter().position(|column| *column == cell));
                columns = Some(places.collect::<Option<_>>().ok_or(wrong)?);
                continue;
            };
            let mut by_column = [0.0; COLUMNS.len()];
            for &column in columns {
                let cell = cells.next().ok_or(wrong.clone())?;
                if !cell.is_empty() {
                    by_column[column] = cell.parse::<f32>().map_err(|_| wrong.clone())?;
                }
            }
            if cells.next().is_some() {
                return Err(wrong);
            }
            weights.push(name, &by_column);
        }
        columns.is_some().then_some(weights).ok_or(WeightsError::NoColumns)
    }

    /// Reads a table as [`Self::to_table`] writes it.
    ///
    /// # Errors
    ///
    /// When rows, columns or numbers are missing or are no numbers.
    pub fn read_fitted(table: &str) -> Result<Self, WeightsError> {
        let (features, rest) = table.split_once("\n\n").ok_or(WeightsError::Transitions)?;
        let (transitions, trees) = rest.split_once("\n\n").ok_or(WeightsError::Trees)?;
        let mut weights = Self::read(features)?;
        for (place, row) in BY_HAND.rows.iter().enumerate() {
            if weights.rows.get(place).is_none_or(|found| found.name != row.name) {
                return Err(WeightsError::Row { name: row.name.clone() });
            }
        }
        let mut lines = transitions.lines().skip(1);
        for scores in &mut weights.transitions {
            let mut cells = lines.next().unwrap_or_default().split('\t').skip(1);
            for score in scores {
                let cell = cells.next().ok_or(WeightsError::Transitions)?;
                *score = match cell {
                    "" => f32::NEG_INFINITY,
                    number => number.parse().map_err(|_| WeightsError::Transitions)?,
                };
            }
        }
        weights.trees = Trees::read(trees, segments::NAMES).ok_or(WeightsError::Trees)?;
        Ok(weights)
    }

    fn push(&mut self, name: &str, by_column: &[f32; COLUMNS.len()]) {
        let by_label = LABELS.map(|label| {
            let own = by_column[label.column()];
            if label == Label::HeadAfter { by_column[Label::Head.column()] + own } else { own }
        });
        let (row, key) = (self.rows.len(), Key::parse(name));
        self.by_name.insert(name.to_owned(), row);
        if let Some(key) = key {
            self.by_key.insert(key, row);
        }
        self.rows.push(FeatureWeights { name: name.to_owned(), key, by_label });
    }

    /// Writes the table: `by_row` has a name and the weights by column, [`COLUMNS`], for each feature;
    /// `transition` gives the score from one label to another, `None` being the edge of the file.
    /// Numbers have two decimals; rows of fitted features without any are left out.
    pub fn to_table(
        by_row: impl Iterator<Item = (String, [f64; COLUMNS.len()])>,
        transition: impl Fn(Option<Label>, Option<Label>) -> f64,
        trees: &Trees,
    ) -> String {
        let mut table = format!("feature\t{}\n", COLUMNS.join("\t"));
        let cell = |value: f64| {
            let rounded = format!("{value:.2}");
            if !value.is_finite() || rounded.trim_matches(['-', '0', '.']).is_empty() {
                String::new()
            } else {
                rounded
            }
        };
        for (name, mut by_column) in by_row {
            by_column[Label::HeadAfter.column()] -= by_column[Label::Head.column()];
            let cells: Vec<String> = by_column.into_iter().map(cell).collect();
            if BY_HAND.feature(&name).is_some() || cells.iter().any(|cell| !cell.is_empty()) {
                let _ = writeln!(table, "{name}\t{}", cells.join("\t"));
            }
        }
        let states = || LABELS.map(Some).into_iter().chain([None]);
        let name = |state: Option<Label>| {
            state.map_or_else(|| "edge".to_owned(), |label| format!("{label:?}"))
        };
        let _ = writeln!(table, "\nfrom\t{}", states().map(name).collect::<Vec<_>>().join("\t"));
        for from in states() {
            let scores = states().map(|to| {
                let score = transition(from, to);
                if score.is_finite() { format!("{score:.2}") } else { String::new() }
            });
            let _ = writeln!(table, "{}\t{}", name(from), scores.collect::<Vec<_>>().join("\t"));
        }
        let _ = write!(table, "\n{}", trees.to_table(segments::NAMES));
        table
    }

    /// The feature of that name. Names are constants of this program; one that the table lacks
    /// has no weight.
    pub fn feature(&self, name: &str) -> Option<Feature> {
        self.by_name.get(name).copied().map(Feature)
    }

    /// The row of a fitted feature; `None` if it was too rare to have one.
    pub fn learned(&self, key: Key) -> Option<Feature> {
        self.by_key.get(&key).copied().map(Feature)
    }

    /// What a feature adds to the score of each label, in the order of [`LABELS`].
    pub fn by_label(&self, feature: Feature) -> &[f32; LABELS.len()] {
        const NOTHING: [f32; LABELS.len()] = [0.0; LABELS.len()];
        self.rows.get(feature.0).map_or(&NOTHING, |row| &row.by_label)
    }

    /// The score of one label following another; `None` is the edge of the file.
    pub fn transition(&self, from: Option<Label>, to: Option<Label>) -> f32 {
        let state = |label: Option<Label>| {
            let place = label.and_then(|label| LABELS.iter().position(|&other| other == label));
            place.unwrap_or(LABELS.len())
        };
        self.transitions[state(from)][state(to)]
    }

    /// The name of a feature that the program computes, or the key of a fitted one.
    pub fn name(&self, feature: Feature) -> Result<&str, Key> {
        match self.rows.get(feature.0) {
            Some(FeatureWeights { key: Some(key), .. }) => Err(*key),
            Some(row) => Ok(&row.name),
            None => Ok(""),
        }
    }

    /// The names of the features that the program computes.
    pub fn names(&self) -> impl Iterator<Item = &str> + '_ {
        self.rows.iter().filter(|row| row.key.is_none()).map(|row| row.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_set_by_hand_is_a_feature_that_is_computed() {
        let computed = include_str!("features.rs");
        let mut rows = 0;
        for row in &BY_HAND.rows {
            rows += 1;
            assert!(computed.contains(&format!("\"{}\"", row.name)), "nothing adds {}", row.name);
            let weighs = row.by_label.iter().any(|&weight| weight != 0.0);
            assert!(weighs, "{} weighs nothing", row.name);
        }
        assert!(rows > 60, "{rows} rows");
    }

    #[test]
    fn the_fitted_table_can_be_read_and_has_features_of_both_kinds() {
        let table = Weights::read_fitted(include_str!("fitted.tsv"));
        let weights = table.map_err(|error| error.to_string()).expect("a table");
        assert_eq!(weights.names().count(), BY_HAND.rows.len());
        assert!(weights.by_key.len() > 1000, "{} fitted features", weights.by_key.len());
    }

    #[test]
    fn a_written_table_is_read_again() {
        let row = |name: &str, value: f64| (name.to_owned(), [value; COLUMNS.len()]);
        let by_hand = BY_HAND.rows.iter().map(|found| row(&found.name, 0.25));
        let rows = by_hand.chain([row("length 3", -1.5), row("length 4", 0.001)]);
        let score = |from, to| f64::from(transition_score(from, to));
        let table = Weights::to_table(rows, score, &Trees::default());
        let weights = Weights::read_fitted(&table).expect("a table");
        assert_eq!(weights.by_key.len(), 1, "a row of zeros is left out");
        let key = Key::parse("length 3").expect("a key");
        let feature = weights.learned(key).expect("a row");
        assert!(weights.by_label(feature).iter().all(|&weight| (weight + 1.5).abs() < 1e-6));
        assert!(weights.transition(Some(Label::Head), Some(Label::Body)).is_infinite());
        for (from, to) in [(None, Some(Label::Head)), (Some(Label::Head), Some(Label::Lead))] {
            let (read, set) = (weights.transition(from, to), transition_score(from, to));
            assert!((read - set).abs() < 0.01, "{read} {set}");
        }
    }

    #[test]
    fn a_broken_table_is_refused_with_its_line() {
        let read = |table: &str| Weights::read(table).err();
        assert_eq!(read("# nothing\n"), Some(WeightsError::NoColumns));
        assert_eq!(read("feature\tHead\nshort\tmuch\n"), Some(WeightsError::Cells { line: 2 }));
        let missing = Weights::read_fitted("feature\tHead\nshort\t1\n\nfrom\n\ntrees\t0\n").err();
        assert_eq!(missing, Some(WeightsError::Row { name: "bias".to_owned() }));
    }
}
