//! Plans a request for the engine: which documents match, how they are scored, and what is
//! highlighted in them.

mod clauses;
mod question;
mod relax;
pub(super) mod texts;
mod work;

use std::collections::BTreeSet;

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query as EngineQuery};

use crate::index::{ARTICLE, EXACT_DAY, Fields, alphanumeric_term};
use crate::model::CivilDate;
use crate::query::{
    DateField, Dates, Node, NodeKind, Query, Term, Text, ValueField, Within, is_none_value,
};
use crate::search::labels::OpenLabels;
use crate::search::postings::near::PositionRule;
use crate::search::scoring::{PartQueries, Scoring, ScoringTerm, ScoringWeights};
use crate::search::{Filters, Matching, Note, Request, RoleScope};
use crate::text::{MIN_MATCH_CHARS, Segmenter, look_alikes, search_forms};
use clauses::{Clause, DayRange, IntervalField, conjunction_of, term, union, within};
use texts::{LiteralQueryBuilder, fixed, gaps, long_words};

pub(super) use clauses::PlanError;
pub(super) use question::{Asked, without_question_words};
pub(super) use relax::RequiredWord;
pub use work::MAX_POSTINGS;

/// Turns requests into engine queries, and collects notes for the user.
pub(crate) struct Planner<'a> {
    pub(crate) labels: &'a OpenLabels,
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: Fields,
    pub(crate) segmenter: &'a Segmenter,
    pub(crate) today: CivilDate,
    /// Whether intervals must lie within the requested days instead of overlapping them.
    pub(crate) certain: bool,
    /// Postings that a query may read.
    pub(crate) max_postings: u64,
    /// Whether what is being planned is excluded.
    pub(crate) excluded: bool,
    pub(crate) notes: BTreeSet<Note>,
}

impl Planner<'_> {
    /// The query for all articles that match the request.
    pub(crate) fn matching(
        &mut self,
        request: &Request,
    ) -> Result<Box<dyn EngineQuery>, PlanError> {
        self.hold(self.finding(&request.query, request.matching)?)?;
        let mut clauses = match request.matching {
            Matching::All | Matching::AllThatCount => self.all(&request.query)?,
            Matching::Some => self.some(&request.query)?,
        };
        self.filters(request, &mut clauses)?;
        Ok(self.conjunction(clauses))
    }

    /// Refuses what would read more postings than are allowed.
    fn hold(&self, postings: u64) -> Result<(), PlanError> {
        let most = self.max_postings;
        if postings > most { Err(PlanError::TooMuch { postings, most }) } else { Ok(()) }
    }

    /// The query for articles that satisfy one part of a query.
    pub(crate) fn node(&mut self, node: &Node) -> Result<Box<dyn EngineQuery>, PlanError> {
        let mut clauses = Vec::new();
        self.clauses(node, &mut clauses)?;
        Ok(self.conjunction(clauses))
    }

    /// The query for articles with a word or an exact text.
    pub(crate) fn literal(&self, text: &str, part: Within) -> Box<dyn EngineQuery> {
        self.literals().containing(&texts::folded(text), part)
    }

    pub(crate) fn literals(&self) -> LiteralQueryBuilder<'_> {
        LiteralQueryBuilder { fields: self.fields, segmenter: self.segmenter }
    }

    /// The folded words as which a text is looked up.
    pub(crate) fn words(&self, text: &Text) -> Vec<String> {
        match &text.term {
            Term::Words(part) => texts::tokenise(self.segmenter, part),
            Term::Literal(part) | Term::Similar(part) => vec![texts::folded(part)],
            Term::Near { words, .. } => words.iter().map(|word| texts::folded(word)).collect(),
            Term::Pattern(pieces) => fixed(pieces).map(texts::folded).collect(),
        }
    }

    fn all(&mut self, query: &Query) -> Result<Vec<Clause>, PlanError> {
        let mut clauses = Vec::new();
        if let Some(root) = &query.root {
            self.clauses(root, &mut clauses)?;
        }
        Ok(clauses)
    }

    fn clauses(&mut self, node: &Node, clauses: &mut Vec<Clause>) -> Result<(), PlanError> {
        let must = match &node.kind {
            NodeKind::All(nodes) => {
                for node in nodes {
                    self.clauses(node, clauses)?;
                }
                return Ok(());
            }
            NodeKind::Not(inner) => {
                self.excluded = !self.excluded;
                let found = self.node(inner);
                self.excluded = !self.excluded;
                clauses.push((Occur::MustNot, found?));
                return Ok(());
            }
            NodeKind::Text(Text { within, term: Term::Words(part) }) => {
                for word in texts::tokenise(self.segmenter, part) {
                    clauses.push((Occur::Must, self.literals().containing(&word, *within)));
                }
                return Ok(());
            }
            NodeKind::Text(text) => self.literals().articles(&text.term, text.within),
            NodeKind::Any(nodes) => {
                let any: Result<Vec<_>, _> = nodes.iter().map(|node| self.node(node)).collect();
                union(any?)
            }
            NodeKind::Value(ValueField::District, name) => {
                self.in_district(name, RoleScope::About)?
            }
            NodeKind::Value(ValueField::NamedDistrict, name) => {
                self.in_district(name, RoleScope::Any)?
            }
            NodeKind::Value(field, name) if field.is_label() => {
                self.labelled(*field, Some(name))?
            }
            NodeKind::Stated(field) if field.is_label() => self.labelled(*field, None)?,
            NodeKind::Value(field, value) => {
                let found = clauses::articles_with(self.searcher, &self.fields, *field, value)?;
                self.of_articles(found)
            }
            NodeKind::Figure(figure) => clauses::with_figure(self.searcher, &self.fields, figure)?,
            NodeKind::Stated(field) => {
                let found = clauses::articles_with_any(self.searcher, &self.fields, *field)?;
                self.of_articles(found)
            }
            NodeKind::Kind(kind) => term(self.fields.kind, kind.as_str()),
            NodeKind::Dates(field, dates) => self.dated(*field, dates)?,
        };
        clauses.push((Occur::Must, must));
        Ok(())
    }

    /// Articles with a tag or in a collection, or with any; one that there is not finds nothing, with a
    /// note.
    fn labelled(
        &mut self,
        field: ValueField,
        name: Option<&str>,
    ) -> Result<Box<dyn EngineQuery>, PlanError> {
        let labels = self.labels.docs(self.searcher, &self.fields)?;
        if let Some(name) = name
            && let Some(near) = labels.near(field, name)
        {
            let name = name.to_owned();
            self.notes.insert(match field {
                ValueField::Collection => Note::UnknownCollection { name, near },
                _ => Note::UnknownTag { name, near },
            });
        }
        Ok(Box::new(labels.articles(field, name)))
    }

    /// The same for one of the names of a filter; 无 stands for articles without any.
    fn labelled_or_not(
        &mut self,
        field: ValueField,
        name: &str,
    ) -> Result<Box<dyn EngineQuery>, PlanError> {
        if is_none_value(name) {
            let any = self.labelled(field, None)?;
            return Ok(self.conjunction(vec![(Occur::MustNot, any)]));
        }
        self.labelled(field, Some(name))
    }

    fn in_district(
        &mut self,
        name: &str,
        scope: RoleScope,
    ) -> Result<Box<dyn EngineQuery>, PlanError> {
        clauses::in_district(self.searcher, &self.fields, name, scope, &mut self.notes)
    }

    fn dated(&self, field: DateField, dates: &Dates) -> Result<Box<dyn EngineQuery>, PlanError> {
        let span = match dates {
            Dates::Unknown => DayRange::Unknown,
            range @ Dates::Range { .. } => {
                let (from, to) = range.days(self.today);
                DayRange::Days(from, to)
            }
        };
        let interval = match field {
            DateField::Issue => IntervalField::Issue,
            DateField::Article | DateField::Certain => IntervalField::Article,
            DateField::Mentioned => return self.mentioning(span),
        };
        // What is certainly not of these days cannot be of them.
        let certain = self.certain && !self.excluded || field == DateField::Certain;
        Ok(conjunction_of(within(&self.fields, interval, span, certain)))
    }

    /// Articles that speak of these days, or of none.
    fn mentioning(&self, span: DayRange) -> Result<Box<dyn EngineQuery>, PlanError> {
        let found = clauses::mentioning(self.searcher, &self.fields, span)?;
        Ok(match span {
            DayRange::Days(..) => found,
            DayRange::Unknown => self.conjunction(vec![(Occur::MustNot, found)]),
        })
    }

    fn filters(&mut self, request: &Request, clauses: &mut Vec<Clause>) -> Result<(), PlanError> {
        let filters = &request.filters;
        let Filters { districts, topics, kinds, outlets, publications, review, sources, .. } =
            filters;
        let mut any_of = |queries: Vec<Box<dyn EngineQuery>>| {
            if !queries.is_empty() {
                clauses.push((Occur::Must, union(queries)));
            }
        };
        for (field, names) in
            [(ValueField::Tag, &filters.tags), (ValueField::Collection, &filters.collections)]
        {
            let labelled = names.iter().map(|name| self.labelled_or_not(field, name));
            any_of(labelled.collect::<Result<_, _>>()?);
        }
        let mut places = Vec::new();
        for name in districts {
            places.push(self.in_district(name, filters.role)?);
        }
        any_of(places);
        let topic = |label: &String| clauses::topic(self.searcher, &self.fields, label);
        any_of(topics.iter().map(topic).collect::<Result<_, _>>()?);
        any_of(kinds.iter().map(|kind| term(self.fields.kind, kind.as_str())).collect());
        any_of(review.iter().map(|of| term(self.fields.review, of.as_str())).collect());
        if !sources.is_empty() {
            let sources = sources.iter().map(|source| term(self.fields.source, source));
            any_of(vec![self.of_articles(union(sources.collect()))]);
        }
        for (field, named) in
            [(self.fields.outlet, outlets), (self.fields.publication, publications)]
        {
            if !named.is_empty() {
                any_of(vec![clauses::articles_with_one_of(self.searcher, field, named)?]);
            }
        }
        let Filters { from, to, certain_dates, undated, .. } = *filters;
        if undated {
            clauses.extend(within(&self.fields, IntervalField::Article, DayRange::Unknown, false));
        } else if from.is_some() || to.is_some() {
            let span = DayRange::Days(from, to);
            clauses.extend(within(&self.fields, IntervalField::Article, span, certain_dates));
        } else if certain_dates && !request.query.asks_for_days() {
            clauses.push((Occur::Must, term(self.fields.marker, EXACT_DAY)));
        }
        Ok(())
    }

    /// Restricts a query that also finds reports on files to articles.
    fn of_articles(&self, found: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
        Box::new(BooleanQuery::intersection(vec![found, term(self.fields.marker, ARTICLE)]))
    }

    fn conjunction(&self, mut clauses: Vec<Clause>) -> Box<dyn EngineQuery> {
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, term(self.fields.marker, ARTICLE)));
        }
        conjunction_of(clauses)
    }
}

impl Planner<'_> {
    /// The scoring of a request's hits, and the query for articles that are likely to be the best:
    /// those with a part of the query in their headline or, where some words are enough, with rare
    /// ones.
    pub(crate) fn scoring(
        &mut self,
        request: &Request,
    ) -> Result<(Scoring, Box<dyn EngineQuery>), PlanError> {
        self.hold(self.ranking(&request.query, request.matching)?)?;
        let weights = match request.matching {
            Matching::All | Matching::AllThatCount => &ScoringWeights::ALL,
            Matching::Some => &ScoringWeights::SOME,
        };
        let mut parts = Vec::new();
        let mut scoring_terms: Vec<ScoringTerm> = Vec::new();
        let mut neighbours = Vec::new();
        let mut in_headline = Vec::new();
        for (node, text) in request.query.texts() {
            let query_parts = request.query.parts();
            let alternative =
                query_parts.iter().position(|part| is_in(part, node)).unwrap_or_default();
            let stands_alone =
                query_parts.get(alternative).is_some_and(|part| std::ptr::eq(part, node));
            let given = stands_alone && request.matching != Matching::Some;
            let words = self.words(text);
            for term in words.iter().flat_map(|word| self.scoring_terms(word)) {
                if !scoring_terms.contains(&term) {
                    scoring_terms.push(term);
                }
            }
            // The words of alternatives do not count as neighbours.
            let words = if stands_alone { words } else { Vec::new() };
            neighbours.extend(words.iter().filter_map(|word| self.literals().beginning(word)));
            let headline = self.in_headline(text);
            in_headline.push(headline.box_clone());
            let stands = self.stands(text);
            let stands = if given && self.is_what_matches(text) { None } else { Some(stands) };
            // Only needed for an explanation.
            let matches = if given || !request.explain { None } else { Some(self.node(node)?) };
            let shown = node.to_string();
            parts.push(PartQueries { shown, alternative, matches, stands, in_headline: headline });
        }
        // After all words, because a bigram that bridges two words can also be part of another
        // word.
        for pair in bridges(&request.query) {
            let known = ScoringTerm::Bigram(pair.clone());
            let bridge = ScoringTerm::Bridge(pair);
            if !scoring_terms.contains(&known) && !scoring_terms.contains(&bridge) {
                scoring_terms.push(bridge);
            }
        }
        let scoring =
            Scoring::new(self.searcher, self.fields, weights, parts, scoring_terms, neighbours)?;
        let likely = match request.matching {
            Matching::All | Matching::AllThatCount => union(in_headline),
            Matching::Some => self.with_rare_words(request)?,
        };
        Ok((scoring, likely))
    }

    /// The scoring terms of a word, besides the bridges of its part.
    fn scoring_terms(&self, word: &str) -> Vec<ScoringTerm> {
        let mut scoring_terms: Vec<ScoringTerm> =
            texts::bigrams(word).into_iter().map(ScoringTerm::Bigram).collect();
        if texts::is_alphanumeric(word) {
            scoring_terms
                .push(ScoringTerm::Word { shown: word.to_owned(), term: alphanumeric_term(word) });
        } else if word.chars().nth(MIN_MATCH_CHARS - 1).is_some() && self.segmenter.has_word(word) {
            scoring_terms.push(ScoringTerm::Word { shown: word.to_owned(), term: word.to_owned() });
        }
        scoring_terms
    }

    /// Whether every article that matches the text contains it as typed.
    fn is_what_matches(&self, text: &Text) -> bool {
        match &text.term {
            Term::Similar(_) => false,
            Term::Words(part) => {
                let words = texts::tokenise(self.segmenter, part);
                words.len() == 1
                    && words[0] == texts::folded(part)
                    && !texts::is_alphanumeric(&words[0])
            }
            _ => true,
        }
    }

    /// Articles that contain a text as typed; letters and digits as a whole word.
    fn stands(&self, text: &Text) -> Box<dyn EngineQuery> {
        match &text.term {
            Term::Words(part) => {
                let whole = texts::folded(part);
                let stands = self.literals().containing(&whole, text.within);
                self.as_whole_word(&whole, stands)
            }
            Term::Similar(wanted) => self.literal(wanted, text.within),
            term => self.literals().articles(term, text.within),
        }
    }

    fn in_headline(&self, text: &Text) -> Box<dyn EngineQuery> {
        match (&text.term, text.within) {
            (_, Within::Body) => Box::new(EmptyQuery),
            (Term::Words(part), _) => {
                let whole = texts::folded(part);
                let stands = self.literals().containing(&whole, Within::Headline);
                self.as_whole_word(&whole, stands)
            }
            (Term::Similar(wanted), _) => self.literal(wanted, Within::Headline),
            (term, _) => self.literals().articles(term, Within::Headline),
        }
    }

    fn as_whole_word(&self, word: &str, stands: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
        if !texts::is_alphanumeric(word) {
            return stands;
        }
        Box::new(BooleanQuery::intersection(vec![
            stands,
            term(self.fields.words, &alphanumeric_term(word)),
        ]))
    }
}

/// Whether a node is this part of a query or inside it.
fn is_in(part: &Node, node: &Node) -> bool {
    part.texts().into_iter().any(|(other, _)| std::ptr::eq(other, node))
}

/// The bigrams of the texts of a query.
fn bridges(query: &Query) -> impl Iterator<Item = String> {
    query.texts().into_iter().flat_map(|(_, text)| match &text.term {
        Term::Words(part) | Term::Literal(part) | Term::Similar(part) => {
            texts::bigrams(&texts::folded(part))
        }
        Term::Near { .. } | Term::Pattern(_) => Vec::new(),
    })
}

/// A text or a combination of texts to highlight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where.
    pub(crate) within: Within,
    /// Folded texts that are highlighted where they match together.
    pub(crate) pieces: Vec<String>,
    /// How they must be arranged.
    pub(crate) rule: PositionRule,
    /// Whether some of its characters are not those asked for, but look like them.
    pub(crate) looks_alike: bool,
}

impl Mark {
    /// Highlights a folded text wherever it occurs.
    pub(crate) fn text(within: Within, text: String) -> Self {
        Self::of(within, vec![text], PositionRule::Adjacent)
    }

    fn of(within: Within, pieces: Vec<String>, rule: PositionRule) -> Self {
        Self { within, pieces, rule, looks_alike: false }
    }
}

impl Planner<'_> {
    /// What is highlighted in the hits: every text of the query as typed, and the words of unquoted
    /// texts.
    pub(crate) fn marks(&self, query: &Query) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for (_, text) in query.texts() {
            let within = text.within;
            match &text.term {
                Term::Words(part) => {
                    // Single characters between words would be highlighted all over the text.
                    let words = long_words(texts::tokenise(self.segmenter, part)).into_iter();
                    marks.extend(words.map(|word| Mark::text(within, word)));
                    marks.push(Mark::text(within, texts::folded(part)));
                }
                Term::Literal(part) => {
                    let forms = search_forms(part).into_iter();
                    marks.extend(forms.map(|form| Mark::text(within, form)));
                }
                Term::Similar(part) => {
                    let wanted = texts::folded(part);
                    marks.extend(look_alikes(&wanted).into_iter().map(|text| {
                        let looks_alike = text != wanted;
                        Mark { looks_alike, ..Mark::text(within, text) }
                    }));
                }
                Term::Near { words, gap } => marks.push(Mark::of(
                    within,
                    words.iter().map(|word| texts::folded(word)).collect(),
                    PositionRule::Near { gap: *gap },
                )),
                Term::Pattern(pieces) => marks.push(Mark::of(
                    within,
                    fixed(pieces).map(texts::folded).collect(),
                    PositionRule::Ordered { gaps: gaps(pieces) },
                )),
            }
        }
        marks
    }
}
