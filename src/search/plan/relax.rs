//! Which words of a query need not all occur: those of unquoted parts that stand side by side and
//! are looked for anywhere. Quotes, fields, patterns and exclusions are never relaxed.

use super::Planner;
use super::clauses::PlanError;
use super::condition::Condition;
use super::texts::{beginning, long_words};
use crate::index::TermField;
use crate::query::{Node, NodeKind, Query, Term, Text, Within};
use crate::search::Request;

/// A word, or alternatives, that an article must have to match in full, but need not have to match
/// in part.
pub(crate) struct RequiredWord {
    /// Folded; of alternatives their normal form.
    pub(crate) shown: String,
    pub(crate) articles: Condition,
}

impl Planner<'_> {
    /// Clauses for [`Matching::Some`](crate::search::Matching::Some): any word of the parts that can
    /// be relaxed is enough, single characters aside, and everything else must match.
    pub(super) fn some(&mut self, query: &Query) -> Result<Vec<Condition>, PlanError> {
        let mut clauses = Vec::new();
        let mut any = Vec::new();
        for part in query.parts() {
            if !is_relaxed(part) {
                self.clauses(part, &mut clauses)?;
            } else if let NodeKind::Text(text) = &part.kind {
                for word in long_words(self.words(text)) {
                    any.push(self.literals().containing(&word, text.within));
                }
            } else {
                any.push(self.node(part)?);
            }
        }
        if !any.is_empty() {
            clauses.push(Condition::Any(any));
        }
        Ok(clauses)
    }

    /// Articles with one of the rarest words, a third of all: the best partial matches are among
    /// them, as a rule.
    pub(crate) fn with_rare_words(&self, request: &Request) -> Result<Condition, PlanError> {
        let mut words: Vec<(u64, Condition)> = Vec::new();
        for part in request.query.parts().iter().filter(|part| is_relaxed(part)) {
            for (_, text) in part.texts() {
                for word in long_words(self.words(text)) {
                    let frequency = beginning(&word)
                        .map(|pair| self.engine.frequency(TermField::Bigrams, pair));
                    let frequency = frequency.transpose()?.unwrap_or(u64::MAX);
                    words.push((frequency, self.literals().containing(&word, text.within)));
                }
            }
        }
        words.sort_by_key(|(frequency, _)| *frequency);
        let rare = words.len().div_ceil(3);
        Ok(Condition::Any(words.into_iter().take(rare).map(|(_, articles)| articles).collect()))
    }

    /// The words that distinguish a match in full from one in part, each once, in the order of
    /// typing.
    pub(crate) fn required_words(
        &mut self,
        request: &Request,
    ) -> Result<Vec<RequiredWord>, PlanError> {
        let mut required: Vec<RequiredWord> = Vec::new();
        for part in request.query.parts().iter().filter(|part| is_relaxed(part)) {
            let words = match &part.kind {
                NodeKind::Text(text) => {
                    let words = self.words(text).into_iter();
                    let articles = words.map(|shown| {
                        let articles = self.literals().containing(&shown, text.within);
                        RequiredWord { shown, articles }
                    });
                    articles.collect()
                }
                _ => vec![RequiredWord { shown: part.to_string(), articles: self.node(part)? }],
            };
            for word in words {
                if required.iter().all(|known| known.shown != word.shown) {
                    required.push(word);
                }
            }
        }
        Ok(required)
    }
}

/// Whether a part of a query need not match: an unquoted text that is looked for anywhere, or
/// alternatives of such texts.
pub(super) fn is_relaxed(part: &Node) -> bool {
    match &part.kind {
        NodeKind::Text(Text { within, term }) => {
            *within == Within::Anywhere && matches!(term, Term::Words(_))
        }
        NodeKind::Any(nodes) | NodeKind::All(nodes) => nodes.iter().all(is_relaxed),
        _ => false,
    }
}
