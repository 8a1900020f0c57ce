//! What decides which documents match, whatever engine answers.

use std::sync::Arc;

use crate::index::{ARTICLE, DayField, TermField};
use crate::query::Within;
use crate::search::Address;
use crate::search::position_rule::PositionRule;

/// Which documents match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// Those with a term of a field.
    Term(TermField, String),
    /// Those with any of some terms of a field.
    AnyTerm(TermField, Vec<String>),
    /// Those with a term of a field that begins like this.
    Beginning(TermField, String),
    /// Those in a part of whose text the pieces, folded, stand as they must to one another. Without
    /// pieces, or with an empty one, there are none.
    Text { within: Within, pieces: Vec<String>, rule: PositionRule },
    /// Those with a day in an inclusive range, whose ends can be open.
    Days(DayField, Option<u64>, Option<u64>),
    /// Those of a list, ascending.
    Listed(Arc<[Address]>),
    /// Those that all of these match.
    All(Vec<Self>),
    /// Those that any of these matches: without any, there are none.
    Any(Vec<Self>),
    /// Those that this does not match.
    Not(Box<Self>),
}

impl Condition {
    /// No document.
    pub(crate) const NONE: Self = Self::Any(Vec::new());

    pub(crate) fn term(field: TermField, text: &str) -> Self {
        Self::Term(field, text.to_owned())
    }

    /// All articles.
    pub(crate) fn articles() -> Self {
        Self::term(TermField::Marker, ARTICLE)
    }

    /// The articles of what also finds reports on files.
    pub(crate) fn of_articles(self) -> Self {
        Self::All(vec![self, Self::articles()])
    }

    /// The articles that satisfy all of these, which may be none or exclusions alone.
    pub(crate) fn all_of_articles(mut conditions: Vec<Self>) -> Self {
        if conditions.iter().all(|condition| matches!(condition, Self::Not(_))) {
            conditions.push(Self::articles());
        }
        Self::All(conditions)
    }

    /// The opposite.
    pub(crate) fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }
}
