//! Whom an article concerns: a place, the whole country, or the dealings of states.

use super::context_words::{WordList, context_words};
use super::mentions::ScannedText;
use crate::model::Basis;

/// Bytes of the text that count as its beginning.
pub(crate) const FRONT_BYTES: usize = 360;

/// Whom an article concerns, by its headline and its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Neither of the others.
    Local,
    /// The whole country.
    National,
    /// The dealings of states, and of those who stand at their heads.
    State,
}

impl Reach {
    pub(crate) fn of(passages: &[ScannedText<'_>]) -> Self {
        let words = context_words();
        let begins_with = |list: &WordList| {
            passages.iter().filter(|passage| passage.basis != Basis::Body).any(|passage| {
                let text = passage.folded.text.as_str();
                let front = (0..=FRONT_BYTES.min(text.len())).rev().find_map(|end| text.get(..end));
                front.is_some_and(|front| list.occur_in(front))
            })
        };
        if begins_with(&words.dealings) {
            Self::State
        } else if begins_with(&words.national) {
            Self::National
        } else {
            Self::Local
        }
    }
}
