//! A page to be fitted on.

use super::agreement::agreeing;
use super::constraints::{Constraint, known};
use super::gold::GoldItem;
use crate::model::SourceText;
use crate::split::labelling::Evidence;
use crate::split::layout::FileLayout;
use crate::split::learned::Habits;

/// A page with its articles.
pub struct FitPage {
    pub(super) source: String,
    pub(super) publication: String,
    pub(super) name: String,
    /// The publication that it is of, if it was printed in several forms.
    pub(super) paper: String,
    pub(super) weight: f64,
    pub(super) evidence: Evidence,
    pub(super) constraints: Vec<Constraint>,
}

impl FitPage {
    /// Makes a page ready. `source` names what it comes from, `publication` the paper, whose habits are
    /// `habits`.
    #[must_use]
    pub fn new(
        source: &str,
        publication: &str,
        text: &SourceText,
        gold: &[GoldItem],
        habits: &Habits,
    ) -> Self {
        let layout = FileLayout::of(text);
        let evidence = Evidence::of(&layout, habits);
        let constraints = agreeing(&known(text, &layout.units, gold));
        Self {
            source: source.to_owned(),
            publication: publication.to_owned(),
            paper: publication.to_owned(),
            name: text.path.clone(),
            weight: 1.0,
            evidence,
            constraints,
        }
    }

    /// Names the paper, if there are several sources of it: the same pages as paragraphs and as printed
    /// lines, say. They are never fitted on to judge each other.
    pub fn set_paper(&mut self, paper: &str) {
        paper.clone_into(&mut self.paper);
    }

    /// Sets how much the page counts; 1 is as a page of its own.
    pub fn set_weight(&mut self, weight: f64) {
        self.weight = weight;
    }

    /// Number of its units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.constraints.len()
    }
}
