//! What a request was understood as, and what each of its parts finds.

use super::explain::{Explanation, PartExplanation, WordExplanation};
use super::{Archive, Filters, Request, SearchError};
use crate::query::{Node, NodeKind, Query, Term};

impl Archive {
    /// Says what a request was understood as, what each of its parts finds, and what is found
    /// without it.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn explain(&self, request: &Request) -> Result<Explanation, SearchError> {
        let only = |part: Option<Node>, filters: &Filters| {
            let query = Query { root: part };
            self.count(&Request { query, filters: filters.clone(), ..request.clone() })
        };
        let parts = request.query.parts();
        let mut explained = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let (excluded, wanted) = match &part.kind {
                NodeKind::Not(inner) => (true, (**inner).clone()),
                _ => (false, part.clone()),
            };
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Vec<Node> = others.map(|(_, part)| part.clone()).collect();
            let rest = (!others.is_empty()).then(|| Node::all(others, 0..0));
            explained.push(PartExplanation {
                part: part.to_string(),
                span: part.span.clone(),
                excluded,
                words: self.words_of(&wanted, request)?,
                alone: only(Some(wanted.clone()), &Filters::default())?,
                filtered: only(Some(wanted), &request.filters)?,
                without: only(rest, &request.filters)?,
            });
        }
        Ok(Explanation {
            query: request.query.to_string(),
            total: self.count(request)?,
            filtered: only(None, &request.filters)?,
            parts: explained,
        })
    }

    /// The words of a part's unquoted texts, each with the number of its articles.
    fn words_of(
        &self,
        part: &Node,
        request: &Request,
    ) -> Result<Vec<WordExplanation>, SearchError> {
        let planner = self.planner(request.today);
        let mut words = Vec::new();
        for (_, text) in part.texts() {
            if !matches!(text.term, Term::Words(_)) {
                continue;
            }
            for word in planner.words(text) {
                let query = planner.literal(&word, text.within);
                let articles = query.count(self.searcher());
                let articles = articles.map_err(|error| self.engine_error(&error))? as u64;
                words.push(WordExplanation { word, articles });
            }
        }
        Ok(words)
    }
}
