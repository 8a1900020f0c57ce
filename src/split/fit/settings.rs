//! How much is fitted, and on what.

use crate::split::learned::Group;
use crate::split::segments::EvidenceGroup;

/// How far fitting may go from the weights set by hand.
#[derive(Debug, Clone)]
pub struct FitSettings {
    /// Pull of weights set by hand towards what they were, per squared difference; above 0.
    pub by_hand: f64,
    /// Pull of the weights of fitted features towards what they were, 0 at first, by group; above 0.
    pub fitted: GroupPulls,
    /// Units that must have a fitted feature for it to have a row.
    pub min_units: usize,
    /// Sources of which at least three units must have a feature of single characters.
    pub min_sources: usize,
    /// What is left out, by names of [`FitSettings::PARTS`].
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

/// The features set by hand that tell how many words lines share.
const COHESION: [&str; 4] = ["shift", "likeness_next", "likeness_before", "novelty"];

impl FitSettings {
    /// What can be left out: a group of fitted features with what segments say of the same, all that
    /// tells how many words lines share (`words` and features set by hand), and the weighing of
    /// segments.
    pub const PARTS: [&str; 6] = ["characters", "forms", "habits", "words", "cohesion", "segments"];

    /// For one's own pages, where weights are fitted further: few pages weigh more, and a paper's own
    /// words count.
    #[must_use]
    pub fn of_own_pages() -> Self {
        Self { by_hand: 3.0, fitted: GroupPulls::all(1.0), min_sources: 1, ..Self::default() }
    }

    fn is_without(&self, part: &str) -> bool {
        self.without.iter().any(|name| name == part)
    }

    pub(super) fn takes_segments(&self) -> bool {
        !self.is_without("segments")
    }

    pub(super) fn takes_key(&self, group: Group) -> bool {
        let without_words = group == Group::Words && self.is_without("cohesion");
        !self.is_without(group.name()) && !without_words
    }

    pub(super) fn takes_by_hand(&self, name: &str) -> bool {
        !(self.is_without("cohesion") && COHESION.contains(&name))
    }

    pub(super) fn takes_evidence(&self, group: EvidenceGroup) -> bool {
        match group {
            EvidenceGroup::Forms => self.takes_key(Group::Forms),
            EvidenceGroup::Publication => self.takes_key(Group::Habits),
            EvidenceGroup::Words => self.takes_key(Group::Words),
            EvidenceGroup::Labels | EvidenceGroup::Sizes | EvidenceGroup::File => true,
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
