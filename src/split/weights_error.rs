//! Why a table of weights cannot be used.

/// A line of a table of weights that is not what the program expects there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct WeightsError {
    /// 1-based line of the table.
    pub line: usize,
    /// What is wrong with it.
    pub problem: WeightsProblem,
}

/// What is wrong with a line of a table of weights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsProblem {
    /// It is no table of a splitter at all.
    #[error("expected `{expected}`; this is no table of a splitter")]
    NoTable {
        /// The line that a table of this program begins with.
        expected: String,
    },
    /// It was fitted for the features of another version of the program.
    #[error("expected `{expected}`; the table is of another version of dibao")]
    OtherFeatures {
        /// The line that a table of this program begins with.
        expected: String,
    },
    /// It does not name the columns.
    #[error("expected `feature` and the names of labels")]
    Columns,
    /// It has another number of cells, or a cell is no number within the limits.
    #[error("expected a name and one number from -1000 to 1000, or nothing, for each column")]
    Cells,
    /// The rows of the features set by hand do not come first, in the order of `weights.tsv`.
    #[error("expected the row `{name}`")]
    Row {
        /// The feature that is missing.
        name: String,
    },
    /// No feature has that name, or there are two such rows.
    #[error("`{name}` is no feature of this program, or is there twice")]
    Feature {
        /// The name in the table.
        name: String,
    },
    /// The transition scores are missing or incomplete.
    #[error("expected the table `from`, a row for each label and the edge")]
    Transitions,
    /// The trees are missing or incomplete.
    #[error("expected a row `trees` and rows `tree` up to the end")]
    Trees,
}

impl WeightsProblem {
    pub(super) fn at(self, line: usize) -> WeightsError {
        WeightsError { line, problem: self }
    }
}
