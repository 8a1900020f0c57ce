//! What did a query mean to the program, which parts of it find what, and what may have been meant
//! where nothing is found?

mod suggest;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{ByteRange, Span};
use crate::query::{Node, NodeKind, Query, Term, Text};
use crate::search::{Archive, Filters, Request, SearchError};

pub use suggest::Suggestion;

/// How a query was parsed, and what each of its parts matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Explanation {
    /// The query in its normal form.
    pub query: String,
    /// Articles that match the whole request.
    pub total: u64,
    /// Articles that match the filters alone.
    pub filtered: u64,
    /// The top-level parts of the query.
    pub parts: Vec<PartExplanation>,
    /// Words of the query that no article has, with the field that they are searched in.
    pub missing: Vec<String>,
    /// Articles that match without those words; `None` if none is missing, or nothing is left.
    #[schema(required)]
    pub without_missing: Option<u64>,
}

/// One part of a query, and what it matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartExplanation {
    /// The part in its normal form.
    pub part: String,
    /// Its byte range in the query string.
    #[serde(serialize_with = "ByteRange::one")]
    #[schema(value_type = ByteRange)]
    pub span: Span,
    /// Whether articles with it are left out.
    pub excluded: bool,
    /// The words that its unquoted texts were cut into, with the number of articles that each is
    /// in; none for a part that is matched exactly.
    pub words: Vec<WordExplanation>,
    /// Articles that match this part alone, without the filters (for an excluded part: those that
    /// it would match).
    pub alone: u64,
    /// Articles that match this part and the filters.
    pub filtered: u64,
    /// Articles that match without this part.
    pub without: u64,
}

/// A word that an article must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WordExplanation {
    /// Folded.
    pub word: String,
    /// Articles that have it.
    pub articles: u64,
}

impl Archive {
    /// Says what a request was understood as, what each of its parts finds, and what is found
    /// without it.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn explain(&self, request: &Request) -> Result<Explanation, SearchError> {
        self.guard(|| {
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
            let (missing, rest) = without_missing(parts, &explained);
            let without_missing = match rest {
                Some(rest) if !missing.is_empty() => Some(only(Some(rest), &request.filters)?),
                _ => None,
            };
            Ok(Explanation {
                missing,
                without_missing,
                query: request.query.to_string(),
                total: self.count(request)?,
                filtered: only(None, &request.filters)?,
                parts: explained,
            })
        })
    }

    /// The words of a part's unquoted texts, each with the number of its articles.
    fn words_of(
        &self,
        part: &Node,
        request: &Request,
    ) -> Result<Vec<WordExplanation>, SearchError> {
        let planner = self.planner(request);
        let mut words = Vec::new();
        for (_, text) in part.texts() {
            if !matches!(text.term, Term::Words(_)) {
                continue;
            }
            for word in planner.words(text) {
                let articles = self.engine().count(&planner.literal(&word, text.within))?;
                words.push(WordExplanation { word, articles });
            }
        }
        Ok(words)
    }
}

/// A text as it is typed, with its field.
fn named(text: Text) -> String {
    Node { kind: NodeKind::Text(text), span: 0..0 }.to_string()
}

/// The words of unquoted parts that no article has, and the query without them.
fn without_missing(parts: &[Node], explained: &[PartExplanation]) -> (Vec<String>, Option<Node>) {
    let mut missing = Vec::new();
    let mut rest = Vec::new();
    for (part, explained) in parts.iter().zip(explained) {
        let lacks = explained.words.iter().any(|word| word.articles == 0);
        let NodeKind::Text(text) = &part.kind else {
            rest.push(part.clone());
            continue;
        };
        if !lacks {
            rest.push(part.clone());
            continue;
        }
        for word in &explained.words {
            if word.articles == 0 {
                let term = Term::Words(word.word.clone());
                missing.push(named(Text { within: text.within, term }));
            } else {
                let term = Term::Literal(word.word.clone());
                let kind = NodeKind::Text(Text { within: text.within, term });
                rest.push(Node { kind, span: part.span.clone() });
            }
        }
    }
    let wanted = rest.iter().any(|part| !part.texts().is_empty());
    (missing, wanted.then(|| Node::all(rest, 0..0)))
}
