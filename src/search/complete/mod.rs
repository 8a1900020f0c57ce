//! How what is being typed may go on: districts, topics, outlets, publications, indicators, words and
//! headlines of the archive, each with the query that it leads to (query auto-completion).

mod candidate;
mod values;
mod words;

use std::collections::VecDeque;

pub use candidate::{Completion, CompletionKind};
pub(crate) use values::ArchiveValues;

use candidate::Candidate;

use super::plan::texts::folded;
use super::{Archive, Request, SearchError, Sort};
use crate::model::CivilDate;
use crate::query;
use crate::query::{QueryField, Unfinished, ValueField, Within};
use crate::text::fold;

/// Completions of one question at most.
pub const MAX_COMPLETIONS: usize = 20;
/// Postings that counting one completion beside the rest of the query may read, half a millisecond, as
/// there are many to count before the next key is pressed.
const MAX_COUNT_POSTINGS: u64 = 100_000;
/// Characters from which headlines are looked for: one is in too many of them.
const MIN_HEADLINE_CHARS: usize = 2;

impl Archive {
    /// How the last part of what was typed so far may go on, at most `limit` and
    /// [`MAX_COMPLETIONS`] ways, by kind, the most frequent (of headlines the newest) first. Inside a
    /// field only what it is compared with is offered. Every completion that is counted finds at least
    /// one article; synonyms are not applied. Empty where nothing can go on, and where the rest of the
    /// query names what the archive does not have.
    ///
    /// `today` is the day that relative dates in the query are counted from.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn completions(
        &self,
        typed: &str,
        today: CivilDate,
        limit: usize,
    ) -> Result<Vec<Completion>, SearchError> {
        let limit = limit.min(MAX_COMPLETIONS);
        let Some(end) = Unfinished::of(typed).filter(|_| limit > 0) else {
            return Ok(Vec::new());
        };
        self.guard(|| {
            let mut found = Vec::new();
            let mut kinds = self.candidates(&end, today, limit)?;
            // In turns, so that no kind crowds out another.
            while found.len() < limit && kinds.iter().any(|kind| !kind.is_empty()) {
                for candidates in &mut kinds {
                    let Some(candidate) = candidates.pop_front() else { continue };
                    if found.len() < limit {
                        found.extend(self.counted(candidate, end.is_alone(), today)?);
                    }
                }
            }
            found.sort_by_key(|completion: &Completion| completion.kind);
            Ok(found)
        })
    }

    /// Each kind that can stand at the end of the query, the best first.
    fn candidates(
        &self,
        end: &Unfinished,
        today: CivilDate,
        limit: usize,
    ) -> Result<Vec<VecDeque<Candidate>>, SearchError> {
        let values = |field: ValueField| -> Result<VecDeque<Candidate>, SearchError> {
            if field.is_label() {
                let labels = self.label_docs()?;
                let typed = fold(end.text().trim()).text;
                let named = labels.completing(field, &typed, limit).into_iter();
                let kind = match field {
                    ValueField::Collection => CompletionKind::Collection,
                    _ => CompletionKind::Tag,
                };
                let candidates = named.map(|(text, articles)| Candidate {
                    kind,
                    within: Vec::new(),
                    articles: end.is_alone().then_some(articles),
                    query: end.with_value(field, &text),
                    text,
                });
                return Ok(candidates.collect());
            }
            Ok(self.values()?.candidates(end, field, limit))
        };
        let in_text = |within: Within| -> Result<Vec<VecDeque<Candidate>>, SearchError> {
            let mut kinds = vec![self.word_candidates(end, limit)?];
            if within != Within::Body {
                kinds.push(self.headline_candidates(end, today, limit)?);
            }
            Ok(kinds)
        };
        match end.field() {
            Some(QueryField::Text(within)) => in_text(within),
            Some(QueryField::Value(field)) => Ok(vec![values(field)?]),
            Some(QueryField::Kind | QueryField::Date(_)) => Ok(Vec::new()),
            None if end.text().is_empty() => Ok(Vec::new()),
            None if end.is_quoted() => in_text(Within::Anywhere),
            None => {
                let fields = [
                    ValueField::District,
                    ValueField::Topic,
                    ValueField::Outlet,
                    ValueField::Publication,
                    ValueField::Indicator,
                    ValueField::Tag,
                    ValueField::Collection,
                ];
                let mut kinds: Vec<_> = fields.into_iter().map(values).collect::<Result<_, _>>()?;
                kinds.extend(in_text(Within::Anywhere)?);
                Ok(kinds)
            }
        }
    }

    fn word_candidates(
        &self,
        end: &Unfinished,
        limit: usize,
    ) -> Result<VecDeque<Candidate>, SearchError> {
        let words = self.words_continuing(end.text(), limit)?;
        let candidates = words.into_iter().map(|text| Candidate {
            kind: CompletionKind::Word,
            within: Vec::new(),
            articles: None,
            query: end.with_words(&text),
            text,
        });
        Ok(candidates.collect())
    }

    /// Headlines in which it occurs as it was typed, of the newest articles.
    fn headline_candidates(
        &self,
        end: &Unfinished,
        today: CivilDate,
        limit: usize,
    ) -> Result<VecDeque<Candidate>, SearchError> {
        let wanted = folded(end.text().trim());
        let mut candidates: VecDeque<Candidate> = VecDeque::new();
        let query = query::parse(&end.with_headline(end.text().trim()));
        let (Ok(query), true) = (query, wanted.chars().nth(MIN_HEADLINE_CHARS - 1).is_some())
        else {
            return Ok(candidates);
        };
        let sort = Sort::Newest;
        let request = Request { query, today, sort, group: true, limit, ..Request::default() };
        let Some(results) = self.unless_unanswerable(|archive| archive.search(&request))? else {
            return Ok(candidates);
        };
        for hit in results.hits {
            let mut lines: Vec<&str> = hit.record.headline().collect();
            // The title before what stands above and below it.
            lines.sort_by_key(|&line| hit.record.title.as_deref() != Some(line));
            let line = lines.into_iter().find(|line| folded(line).contains(&wanted));
            let Some(text) = line.map(str::to_owned) else { continue };
            if candidates.iter().all(|candidate| candidate.text != text) {
                candidates.push_back(Candidate {
                    kind: CompletionKind::Title,
                    within: Vec::new(),
                    articles: None,
                    query: end.with_headline(&text),
                    text,
                });
            }
        }
        Ok(candidates)
    }

    /// A candidate with the number of its articles; `None` where its query finds nothing or is none.
    fn counted(
        &self,
        candidate: Candidate,
        is_alone: bool,
        today: CivilDate,
    ) -> Result<Option<Completion>, SearchError> {
        let Candidate { kind, text, within, articles, query } = candidate;
        let Ok(parsed) = query::parse(&query) else { return Ok(None) };
        let articles = if articles.is_some() {
            articles
        } else {
            let request = Request { query: parsed, today, ..Request::default() };
            // One word or headline is quickly counted, whatever it takes to rank what it finds.
            let counted = if is_alone {
                self.count(&request)
            } else {
                self.clone().with_max_postings(MAX_COUNT_POSTINGS).count(&request)
            };
            match counted {
                Err(SearchError::TooMuch { .. }) => None,
                counted => match self.unless_unanswerable(|_| counted)? {
                    Some(0) | None => return Ok(None),
                    counted => counted,
                },
            }
        };
        Ok(Some(Completion { kind, text, within, articles, query }))
    }

    /// What an archive that reads little answers; `None` where it would have to read more, and where
    /// the query names a topic or district that does not exist.
    fn unless_unanswerable<T>(
        &self,
        ask: impl FnOnce(&Self) -> Result<T, SearchError>,
    ) -> Result<Option<T>, SearchError> {
        match ask(&self.clone().with_max_postings(MAX_COUNT_POSTINGS)) {
            Err(
                SearchError::TooMuch { .. }
                | SearchError::UnknownTopic { .. }
                | SearchError::UnknownIndicator { .. }
                | SearchError::UnknownUnit { .. }
                | SearchError::UnknownDistrict { .. },
            ) => Ok(None),
            answer => answer.map(Some),
        }
    }
}
