//! Plans a request: which documents match, how they are ranked, and what is highlighted in them, as
//! values that an engine is asked with.

mod clauses;
mod condition;
mod question;
mod ranking;
mod relax;
pub(super) mod texts;
mod weights;
mod work;

use std::collections::BTreeSet;

use crate::index::{EXACT_DAY, TermField, alphanumeric_term};
use crate::model::CivilDate;
use crate::query::{
    DateField, Dates, Node, NodeKind, Query, Term, Text, ValueField, Within, is_none_value,
};
use crate::search::engine::SearchEngine;
use crate::search::labels::OpenLabels;
use crate::search::position_rule::PositionRule;
use crate::search::{Filters, Matching, Note, Request, RoleScope, SearchError};
use crate::text::{MIN_MATCH_CHARS, Segmenter, look_alikes, search_forms};
use clauses::{DayRange, IntervalField, within};
use texts::{Literals, fixed, gaps, long_words};

pub(super) use clauses::PlanError;
pub(super) use condition::Condition;
pub(super) use question::{Asked, without_question_words};
pub(super) use ranking::{
    HitsPart, HitsRequest, ListedHit, ListedHits, RankedPart, Ranking, ScoringTerm,
};
pub(super) use relax::RequiredWord;
pub(super) use weights::ScoringWeights;
pub use work::MAX_POSTINGS;

/// Turns requests into what an engine is asked, and collects notes for the user.
pub(crate) struct Planner<'a> {
    pub(crate) labels: &'a OpenLabels,
    /// Tells what the archive has: terms, and in how many documents they are.
    pub(crate) engine: &'a dyn SearchEngine,
    pub(crate) segmenter: &'a Segmenter,
    pub(crate) today: CivilDate,
    /// Whether intervals must lie within the requested days instead of overlapping them.
    pub(crate) certain: bool,
    /// Postings that a query may read; `None` where the engine has bounds of its own.
    pub(crate) max_postings: Option<u64>,
    /// Whether what is being planned is excluded.
    pub(crate) excluded: bool,
    pub(crate) notes: BTreeSet<Note>,
}

impl Planner<'_> {
    /// All articles that match the request.
    pub(crate) fn matching(&mut self, request: &Request) -> Result<Condition, PlanError> {
        self.hold(|| self.finding_work(&request.query, request.matching))?;
        let mut clauses = match request.matching {
            Matching::All | Matching::AllThatCount => self.all(&request.query)?,
            Matching::Some => self.some(&request.query)?,
        };
        self.filters(request, &mut clauses)?;
        Ok(Condition::all_of_articles(clauses))
    }

    /// Refuses what would read more postings than are allowed.
    fn hold(&self, work: impl FnOnce() -> Result<u64, SearchError>) -> Result<(), PlanError> {
        let Some(most) = self.max_postings else { return Ok(()) };
        let postings = work()?;
        if postings > most { Err(PlanError::TooMuch { postings, most }) } else { Ok(()) }
    }

    /// Articles that satisfy one part of a query.
    pub(crate) fn node(&mut self, node: &Node) -> Result<Condition, PlanError> {
        let mut clauses = Vec::new();
        self.clauses(node, &mut clauses)?;
        Ok(Condition::all_of_articles(clauses))
    }

    /// Articles with a word or an exact text.
    pub(crate) fn literal(&self, text: &str, part: Within) -> Condition {
        self.literals().containing(&texts::folded(text), part)
    }

    pub(crate) fn literals(&self) -> Literals<'_> {
        Literals { segmenter: self.segmenter }
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

    fn all(&mut self, query: &Query) -> Result<Vec<Condition>, PlanError> {
        let mut clauses = Vec::new();
        if let Some(root) = &query.root {
            self.clauses(root, &mut clauses)?;
        }
        Ok(clauses)
    }

    fn clauses(&mut self, node: &Node, clauses: &mut Vec<Condition>) -> Result<(), PlanError> {
        clauses.push(match &node.kind {
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
                found?.negated()
            }
            NodeKind::Text(Text { within, term: Term::Words(part) }) => {
                for word in texts::tokenise(self.segmenter, part) {
                    clauses.push(self.literals().containing(&word, *within));
                }
                return Ok(());
            }
            NodeKind::Text(text) => self.literals().articles(&text.term, text.within),
            NodeKind::Any(nodes) => {
                let any: Result<Vec<_>, _> = nodes.iter().map(|node| self.node(node)).collect();
                Condition::Any(any?)
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
                clauses::articles_with(self.engine, *field, value)?.of_articles()
            }
            NodeKind::Figure(figure) => clauses::with_figure(self.engine, figure)?,
            NodeKind::Stated(field) => {
                clauses::articles_with_any(self.engine, *field)?.of_articles()
            }
            NodeKind::Kind(kind) => Condition::term(TermField::Kind, kind.as_str()),
            NodeKind::Dates(field, dates) => self.dated(*field, dates)?,
        });
        Ok(())
    }

    /// Articles with a tag or in a collection, or with any; one that there is not finds nothing, with a
    /// note.
    fn labelled(&mut self, field: ValueField, name: Option<&str>) -> Result<Condition, PlanError> {
        let labels = self.labels.docs(self.engine)?;
        if let Some(name) = name
            && let Some(near) = labels.near(field, name)
        {
            let name = name.to_owned();
            self.notes.insert(match field {
                ValueField::Collection => Note::UnknownCollection { name, near },
                _ => Note::UnknownTag { name, near },
            });
        }
        Ok(labels.articles(field, name))
    }

    /// The same for one of the names of a filter; 无 stands for articles without any.
    fn labelled_or_not(&mut self, field: ValueField, name: &str) -> Result<Condition, PlanError> {
        if is_none_value(name) {
            let any = self.labelled(field, None)?;
            return Ok(Condition::all_of_articles(vec![any.negated()]));
        }
        self.labelled(field, Some(name))
    }

    fn in_district(&mut self, name: &str, scope: RoleScope) -> Result<Condition, PlanError> {
        clauses::in_district(self.engine, name, scope, &mut self.notes)
    }

    fn dated(&self, field: DateField, dates: &Dates) -> Result<Condition, PlanError> {
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
        Ok(Condition::All(within(interval, span, certain)))
    }

    /// Articles that speak of these days, or of none.
    fn mentioning(&self, span: DayRange) -> Result<Condition, PlanError> {
        let found = clauses::mentioning(self.engine, span)?;
        Ok(match span {
            DayRange::Days(..) => found,
            DayRange::Unknown => Condition::all_of_articles(vec![found.negated()]),
        })
    }

    fn filters(
        &mut self,
        request: &Request,
        clauses: &mut Vec<Condition>,
    ) -> Result<(), PlanError> {
        let filters = &request.filters;
        let Filters { districts, topics, kinds, outlets, publications, review, sources, .. } =
            filters;
        let mut any_of = |conditions: Vec<Condition>| {
            if !conditions.is_empty() {
                clauses.push(Condition::Any(conditions));
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
        let topic = |label: &String| clauses::topic(self.engine, label);
        any_of(topics.iter().map(topic).collect::<Result<_, _>>()?);
        let term = Condition::term;
        any_of(kinds.iter().map(|kind| term(TermField::Kind, kind.as_str())).collect());
        any_of(review.iter().map(|of| term(TermField::Review, of.as_str())).collect());
        if !sources.is_empty() {
            let sources = sources.iter().map(|source| term(TermField::Source, source));
            any_of(vec![Condition::Any(sources.collect()).of_articles()]);
        }
        for (field, named) in [(TermField::Outlet, outlets), (TermField::Publication, publications)]
        {
            if !named.is_empty() {
                any_of(vec![clauses::articles_with_one_of(self.engine, field, named)?]);
            }
        }
        let Filters { from, to, certain_dates, undated, .. } = *filters;
        if undated {
            clauses.extend(within(IntervalField::Article, DayRange::Unknown, false));
        } else if from.is_some() || to.is_some() {
            let span = DayRange::Days(from, to);
            clauses.extend(within(IntervalField::Article, span, certain_dates));
        } else if certain_dates && !request.query.asks_for_days() {
            clauses.push(term(TermField::Marker, EXACT_DAY));
        }
        Ok(())
    }
}

impl Planner<'_> {
    /// What the hits of a request are ranked by. Likely to be the best are articles with a part of the
    /// query in their headline or, where some words are enough, with rare ones.
    pub(crate) fn ranking(&mut self, request: &Request) -> Result<Ranking, PlanError> {
        self.hold(|| self.ranking_work(&request.query, request.matching))?;
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
            let beginnings = words.iter().filter_map(|word| texts::beginning(word));
            neighbours.extend(beginnings.map(str::to_owned));
            let headline = self.in_headline(text);
            in_headline.push(headline.clone());
            let stands = self.stands(text);
            let stands = if given && self.is_what_matches(text) { None } else { Some(stands) };
            let matches = if given { None } else { Some(self.node(node)?) };
            let shown = node.to_string();
            parts.push(RankedPart { shown, alternative, matches, stands, in_headline: headline });
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
        let likely = match request.matching {
            Matching::All | Matching::AllThatCount => Condition::Any(in_headline),
            Matching::Some => self.with_rare_words(request)?,
        };
        Ok(Ranking { weights, parts, terms: scoring_terms, neighbours, likely })
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
    fn stands(&self, text: &Text) -> Condition {
        match &text.term {
            Term::Words(part) => {
                let whole = texts::folded(part);
                let stands = self.literals().containing(&whole, text.within);
                as_whole_word(&whole, stands)
            }
            Term::Similar(wanted) => self.literal(wanted, text.within),
            term => self.literals().articles(term, text.within),
        }
    }

    fn in_headline(&self, text: &Text) -> Condition {
        match (&text.term, text.within) {
            (_, Within::Body) => Condition::NONE,
            (Term::Words(part), _) => {
                let whole = texts::folded(part);
                let stands = self.literals().containing(&whole, Within::Headline);
                as_whole_word(&whole, stands)
            }
            (Term::Similar(wanted), _) => self.literal(wanted, Within::Headline),
            (term, _) => self.literals().articles(term, Within::Headline),
        }
    }
}

fn as_whole_word(word: &str, stands: Condition) -> Condition {
    if !texts::is_alphanumeric(word) {
        return stands;
    }
    Condition::All(vec![stands, Condition::term(TermField::Words, &alphanumeric_term(word))])
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
