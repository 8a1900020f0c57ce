//! Emission weights: how much each feature of a unit adds to the score of each label, as natural
//! logarithms, from `weights.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::labels::{LABELS, Label};

/// A feature of a unit, by its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Feature(usize);

/// The table of weights.
pub(super) struct Weights {
    rows: Vec<FeatureWeights>,
    by_name: HashMap<&'static str, usize>,
}

struct FeatureWeights {
    name: &'static str,
    by_label: [f32; LABELS.len()],
}

/// The table that is built into the program.
const TABLE: &str = include_str!("weights.tsv");

pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(TABLE));

fn read(table: &'static str) -> Weights {
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let rows: Vec<FeatureWeights> = lines
        .map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let cell = |name: &str| {
                let place = columns.iter().position(|&column| column == name);
                place
                    .and_then(|place| cells.get(place))
                    .and_then(|cell| cell.parse::<f32>().ok())
                    .unwrap_or(0.0)
            };
            let by_label = LABELS.map(|label| {
                cell(label.column())
                    + if label == Label::HeadAfter { cell("HeadAfter") } else { 0.0 }
            });
            FeatureWeights { name: cells.first().copied().unwrap_or_default(), by_label }
        })
        .collect();
    let by_name = rows.iter().enumerate().map(|(place, row)| (row.name, place)).collect();
    Weights { rows, by_name }
}

impl Weights {
    /// The feature of that name. Names are constants of this program; one that the table lacks
    /// has no weight.
    pub fn feature(&self, name: &str) -> Option<Feature> {
        self.by_name.get(name).copied().map(Feature)
    }

    /// What a feature adds to the score of a label, by position in [`LABELS`].
    pub fn weight(&self, feature: Feature, label: usize) -> f32 {
        self.rows.get(feature.0).map_or(0.0, |row| row.by_label[label])
    }

    /// The name of a feature.
    pub fn name(&self, feature: Feature) -> &'static str {
        self.rows.get(feature.0).map_or("", |row| row.name)
    }

    /// The name of each feature.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.rows.iter().map(|row| row.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_property_that_is_looked_for() {
        let looked_for = include_str!("features.rs");
        for name in WEIGHTS.names() {
            assert!(looked_for.contains(&format!("\"{name}\"")), "nothing adds {name}");
        }
    }

    #[test]
    fn every_row_has_a_number() {
        for row in &WEIGHTS.rows {
            assert!(
                row.by_label.iter().any(|&weight| weight != 0.0),
                "{} weighs nothing",
                row.name
            );
        }
    }
}
