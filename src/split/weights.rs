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
use super::learned;
use super::learned::Key;
use super::segments;
use super::transitions::transition_score;
use super::trees::Trees;
use super::weights_error::{WeightsError, WeightsProblem};

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
    pub fn read(table: &str) -> Result<Self, WeightsError> {
        Self::read_features(table.lines().zip(1..))
    }

    /// Reads the rows of features, from lines with their numbers.
    fn read_features<'a>(
        lines: impl Iterator<Item = (&'a str, usize)>,
    ) -> Result<Self, WeightsError> {
        let mut weights = Self::default();
        let mut columns: Option<Vec<usize>> = None;
        let mut last = 1;
        for (line, number) in lines {
            last = number;
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let wrong = WeightsProblem::Cells.at(number);
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let Some(columns) = &columns else {
                let places = cells.map(|cell| COLUMNS.iter().position(|column| *column == cell));
                let places: Option<Vec<usize>> = places.collect();
                let places = places.filter(|_| name == "feature");
                columns = Some(places.ok_or(WeightsProblem::Columns.at(number))?);
                continue;
            };
            let mut by_column = [0.0; COLUMNS.len()];
            for &column in columns {
                let cell = cells.next().ok_or(wrong.clone())?;
                if !cell.is_empty() {
                    by_column[column] = weight(cell).ok_or(wrong.clone())?;
                }
            }
            if cells.next().is_some() {
                return Err(wrong);
            }
            if weights.by_name.contains_key(name) {
                return Err(WeightsProblem::Feature { name: name.to_owned() }.at(number));
            }
            weights.push(name, &by_column);
        }
        columns.is_some().then_some(weights).ok_or(WeightsProblem::Columns.at(last))
    }

    /// Reads a table as [`Self::to_table`] writes it.
    ///
    /// # Errors
    ///
    /// When rows, columns or numbers are missing or are no numbers.
    pub fn read_fitted(table: &str) -> Result<Self, WeightsError> {
        let lines: Vec<(&str, usize)> = table.lines().zip(1..).collect();
        let mut blocks = lines.splitn(3, |(line, _)| line.is_empty());
        let features = blocks.next().unwrap_or_default();
        let mut weights = Self::read_features(features.iter().copied())?;
        weights.check_names(features)?;
        let end = features.last().map_or(1, |(_, number)| number + 1);
        let transitions = blocks.next().unwrap_or_default();
        weights.read_transitions(transitions).map_err(|row| {
            let line = transitions.get(row).map_or(end + transitions.len(), |(_, number)| *number);
            WeightsProblem::Transitions.at(line)
        })?;
        let end = transitions.last().map_or(end, |(_, number)| number + 1);
        let trees = blocks.next().unwrap_or_default();
        weights.trees =
            Trees::read(trees.iter().map(|(line, _)| *line), segments::NAMES).map_err(|row| {
                let line = trees.get(row).map_or(end + trees.len(), |(_, number)| *number);
                WeightsProblem::Trees.at(line)
            })?;
        Ok(weights)
    }

    /// Reads a table as [`Self::to_table`] writes it, from a file that another version of the program
    /// may have written.
    ///
    /// # Errors
    ///
    /// As [`Self::read_fitted`], and when its first line names other features than this program has.
    pub fn read_file(table: &str) -> Result<Self, WeightsError> {
        let expected = first_line();
        let first = table.lines().next().unwrap_or_default();
        if first == expected {
            return Self::read_fitted(table);
        }
        let problem = if first.starts_with(FIRST_WORDS) {
            WeightsProblem::OtherFeatures { expected }
        } else {
            WeightsProblem::NoTable { expected }
        };
        Err(problem.at(1))
    }

    /// Whether the rows set by hand come first and all others have names of fitted features.
    fn check_names(&self, lines: &[(&str, usize)]) -> Result<(), WeightsError> {
        let rows = lines.iter().filter(|(line, _)| !line.starts_with('#')).skip(1);
        let mut numbers = rows.map(|(_, number)| *number);
        let end = lines.last().map_or(1, |(_, number)| number + 1);
        for (place, row) in BY_HAND.rows.iter().enumerate() {
            let line = numbers.next().unwrap_or(end);
            if self.rows.get(place).is_none_or(|found| found.name != row.name) {
                return Err(WeightsProblem::Row { name: row.name.clone() }.at(line));
            }
        }
        let fitted = self.rows.iter().skip(BY_HAND.rows.len()).zip(numbers);
        for (row, line) in fitted {
            if row.key.is_none() {
                return Err(WeightsProblem::Feature { name: row.name.clone() }.at(line));
            }
        }
        Ok(())
    }

    /// The error is the row that is missing or incomplete.
    fn read_transitions(&mut self, lines: &[(&str, usize)]) -> Result<(), usize> {
        for (row, scores) in self.transitions.iter_mut().enumerate() {
            let row = row + 1;
            let (line, _) = lines.get(row).ok_or(row)?;
            let mut cells = line.split('\t').skip(1);
            for score in scores {
                *score = match cells.next().ok_or(row)? {
                    "" => f32::NEG_INFINITY,
                    number => weight(number).ok_or(row)?,
                };
            }
        }
        if lines.len() > self.transitions.len() + 1 {
            Err(self.transitions.len() + 1)
        } else {
            Ok(())
        }
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
        let mut table = format!("{}\nfeature\t{}\n", first_line(), COLUMNS.join("\t"));
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

    /// The fitted features, in the order of their rows.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.rows.iter().filter_map(|row| row.key)
    }

    /// What a feature adds to the score of each column, in the order of [`COLUMNS`].
    pub fn by_column(&self, feature: Feature) -> [f64; COLUMNS.len()] {
        let mut by_column = [0.0; COLUMNS.len()];
        for (label, &weight) in LABELS.iter().zip(self.by_label(feature)) {
            by_column[label.column()] = f64::from(weight);
        }
        by_column
    }

    /// The names of the features that the program computes.
    pub fn names(&self) -> impl Iterator<Item = &str> + '_ {
        self.rows.iter().filter(|row| row.key.is_none()).map(|row| row.name.as_str())
    }
}

/// What the first line of every table begins with.
const FIRST_WORDS: &str = "# dibao splitter ";

/// The first line of a table: it changes when a feature is added, removed or renamed, since weights
/// of other features say nothing about those of this program.
fn first_line() -> String {
    let mut hasher = blake3::Hasher::new();
    let by_hand = BY_HAND.names().map(str::to_owned);
    let evidence = segments::NAMES.iter().map(|name| (*name).to_owned());
    let labels = LABELS.iter().map(|label| format!("{label:?}"));
    for name in by_hand.chain(learned::names()).chain(evidence).chain(labels) {
        hasher.update(name.as_bytes());
        hasher.update(b"\n");
    }
    format!("{FIRST_WORDS}{}", &hasher.finalize().to_hex()[..16])
}

/// A weight as a cell has it.
fn weight(cell: &str) -> Option<f32> {
    const MAX_WEIGHT: f32 = 1000.0;
    cell.parse().ok().filter(|weight: &f32| weight.abs() <= MAX_WEIGHT)
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
        assert_eq!(read("# nothing\n"), Some(WeightsProblem::Columns.at(1)));
        for cell in ["much", "NaN", "inf", "1e9", "1\t2"] {
            let table = format!("feature\tHead\nshort\t{cell}\n");
            assert_eq!(read(&table), Some(WeightsProblem::Cells.at(2)), "{cell}");
        }
        let twice = Some(WeightsProblem::Feature { name: "short".to_owned() }.at(3));
        assert_eq!(read("feature\tHead\nshort\t1\nshort\t2\n"), twice);
        let missing = Weights::read_fitted("feature\tHead\nshort\t1\n\nfrom\n\ntrees\t0\n").err();
        assert_eq!(missing, Some(WeightsProblem::Row { name: "bias".to_owned() }.at(2)));
    }

    #[test]
    fn every_part_of_a_fitted_table_is_checked() {
        let row = |name: &str| (name.to_owned(), [0.25; COLUMNS.len()]);
        let rows = BY_HAND.rows.iter().map(|found| row(&found.name)).chain([row("length 3")]);
        let score = |from, to| f64::from(transition_score(from, to));
        let whole = Weights::to_table(rows, score, &Trees::default());
        assert!(Weights::read_file(&whole).is_ok());
        let first = whole.lines().next().expect("a line");
        let of = |table: &str| {
            let error = Weights::read_file(table).err();
            error.unwrap_or_else(|| panic!("refused: {table}"))
        };
        let line = |beginning: &str| {
            1 + whole.lines().position(|line| line.starts_with(beginning)).expect("a line")
        };
        let other = of(&whole.replace(first, "# dibao splitter 0123456789abcdef"));
        assert!(matches!(other.problem, WeightsProblem::OtherFeatures { .. }), "{other}");
        let none = of(whole.trim_start_matches(first).trim_start());
        assert!(matches!(none.problem, WeightsProblem::NoTable { .. }), "{none}");
        let unknown = of(&whole.replace("length 3", "colour 3"));
        let problem = WeightsProblem::Feature { name: "colour 3".to_owned() };
        assert_eq!(unknown, problem.at(line("length 3")));
        let shorter = of(&whole.replace("\nCredit\t", "\nCredit"));
        assert_eq!(shorter, WeightsProblem::Transitions.at(line("Credit\t")));
        let (labels, _) = whole.split_once("\ntrees").expect("trees");
        assert_eq!(of(labels).problem, WeightsProblem::Trees);
        let (features, _) = whole.split_once("\n\nfrom").expect("transitions");
        assert_eq!(of(features).problem, WeightsProblem::Transitions);
        let tree = of(&format!("{whole}tree\tcolour<3:0\t1\t2\n"));
        assert_eq!(tree, WeightsProblem::Trees.at(whole.lines().count() + 1));
    }

    #[test]
    fn a_table_that_breaks_off_is_refused_and_the_most_extreme_one_splits() {
        let row = |name: &str, value: f64| (name.to_owned(), [value; COLUMNS.len()]);
        for weight in [-1000.0, 1000.0] {
            let by_hand = BY_HAND.rows.iter().map(|found| row(&found.name, weight));
            let rows = by_hand.chain([row("length 3", -weight)]);
            let score = |from, to| {
                if transition_score(from, to).is_finite() { weight } else { f64::NEG_INFINITY }
            };
            let table = Weights::to_table(rows, score, &Trees::default());
            let end = table.rfind("\ntrees").expect("trees");
            for (at, _) in table[..end].char_indices().step_by(7) {
                assert!(Weights::read_file(&table[..at]).is_err(), "{}", &table[..at]);
            }
            let splitter = crate::split::Splitter::from_table(&table).expect("a table");
            let text = "老水井换了青石壁\n\n井台加了护栏，三十户人家又喝上了井水。\n\n（甘棠）\n";
            let source = crate::model::SourceText::from_text("page.txt", text);
            let split_file = splitter.split_alone(&source);
            assert_eq!(split_file.roles.len(), source.lines.len());
        }
    }
}
