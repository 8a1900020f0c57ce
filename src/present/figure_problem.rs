//! Why a figure is doubtful.

use crate::model::WrongSum;
use crate::search::FigureDoubt;

/// Why a figure is doubtful. Values are in its base unit.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureProblem {
    /// It was read with low confidence.
    Unsure,
    /// Its unit does not fit what its indicator measures.
    Unit,
    /// Its parts do not add up to it.
    Sum(WrongSum),
    /// Others speak against it: the base unit, and what they state.
    Others(String, FigureDoubt),
}
