//! How much is fitted.

use crate::split::learned::Group;

/// How far fitting may go from the weights set by hand.
#[derive(Debug, Clone)]
pub struct FitSettings {
    /// Pull towards the weights set by hand, per squared difference; above 0.
    pub by_hand: f64,
    /// Pull of the weights of fitted features towards 0, by group; above 0.
    pub fitted: GroupPulls,
    /// Units that must have a fitted feature for it to have a row.
    pub min_units: usize,
    /// Sources of which at least three units must have a feature of single characters.
    pub min_sources: usize,
    /// Groups of fitted features that are left out: `characters`, `forms`, `habits`, `words`.
    pub without: Vec<String>,
    /// Steps of the optimiser at most.
    pub max_steps: usize,
}

impl Default for FitSettings {
    fn default() -> Self {
        Self {
            by_hand: 10.0,
            fitted: GroupPulls::default(),
            min_units: 8,
            min_sources: 2,
            without: Vec::new(),
            max_steps: 80,
        }
    }
}

/// A pull for each group of fitted features.
#[derive(Debug, Clone, Copy)]
pub struct GroupPulls {
    /// Characters at the ends of a line.
    pub characters: f64,
    /// Forms and lengths of the lines around it.
    pub forms: f64,
    /// What recurs in the publication.
    pub habits: f64,
    /// Words shared with the units beside it.
    pub words: f64,
}

impl GroupPulls {
    /// The same pull for all groups.
    #[must_use]
    pub fn all(pull: f64) -> Self {
        Self { characters: pull, forms: pull, habits: pull, words: pull }
    }

    /// The pull of a group by its name; `None` if there is no such group.
    pub fn by_name(&mut self, name: &str) -> Option<&mut f64> {
        Some(match name {
            "characters" => &mut self.characters,
            "forms" => &mut self.forms,
            "habits" => &mut self.habits,
            "words" => &mut self.words,
            _ => return None,
        })
    }

    pub(super) fn of(&self, group: Group) -> f64 {
        match group {
            Group::Characters => self.characters,
            Group::Forms => self.forms,
            Group::Habits => self.habits,
            Group::Words => self.words,
        }
    }
}

impl Default for GroupPulls {
    fn default() -> Self {
        Self::all(3.0)
    }
}
