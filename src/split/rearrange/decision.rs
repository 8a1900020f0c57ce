//! What a person can decide about the lines of a file, and what becomes of its articles.

use crate::model::LineRole;

/// A decision about lines, which are positions in [`SourceText::lines`](crate::model::SourceText::lines).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineDecision {
    /// An article begins with this line. What stood above it stays with the article that it was in; a
    /// line of no article is the beginning of an article of its own, or above the headline below it.
    Begins {
        /// The line.
        line: usize,
    },
    /// The article that begins with this line goes on another one; what was its headline is a heading
    /// within. There is nothing to do where no article begins with it.
    Joins {
        /// The line.
        line: usize,
        /// A line of the other one; `None`: the article before.
        to: Option<usize>,
    },
    /// Lines are of this role. Of one that is in no article, they leave their articles.
    Are {
        /// The lines; blank ones stay blank.
        lines: Vec<usize>,
        /// Their role.
        role: LineRole,
        /// A line of the article that gets lines which are in none; `None`: the one below for parts of
        /// a headline, and the one above for all else.
        to: Option<usize>,
    },
    /// An article has these lines, read in this order: the one that has most of them now. Its other
    /// lines are stray.
    Pieces {
        /// The lines in the order of reading.
        lines: Vec<usize>,
    },
}

/// Why a decision does not fit a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineProblem {
    /// There is no such line, or it is blank.
    NoLine,
    /// The line is in no article.
    NoArticle,
    /// There is no other article that it could go on.
    NothingBefore,
    /// A filled line has to have a role.
    NoRole,
}

/// Where an article of a rearranged file comes from; articles of the splitter by their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleOrigin {
    /// The article that it was; none of a piece that was split off or made anew.
    pub continues: Option<u32>,
    /// Articles that are no more, most of whose lines it has now.
    pub absorbed: Vec<u32>,
    /// Whether it was built anew.
    pub touched: bool,
}
