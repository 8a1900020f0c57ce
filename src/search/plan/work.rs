//! How much a query makes the engine do, told before it does it: an estimate in postings read.
//!
//! One posting is what it takes to go on by one article in one list; what takes longer counts as so many
//! of them as it takes time. The estimate follows the plan:
//! side by side, the rarest part leads and the others are asked about its articles; in OR every part
//! is gone through; then every text is looked for in each article that matches, which is how it is
//! ranked. Filters, which only make less of it, are left out.

use super::relax::is_relaxed;
use super::texts::long_words;
use super::{Planner, clauses, texts};
use crate::index::TermField;
use crate::query::{DateField, Node, NodeKind, Query, Term, Text, ValueField, Within};
use crate::search::{Matching, SearchError};
use crate::text::{MIN_MATCH_CHARS, look_alikes, search_forms};

/// Postings that a query may read, unless the archive is told otherwise. At five nanoseconds each, as
/// measured over queries of all sorts, this is some two seconds of one core.
pub const MAX_POSTINGS: u64 = 500_000_000;

/// What ranking one article by the words of one text counts as, in postings.
const RANKED: u64 = 5;
/// What reading the places of one term in one article counts as, in postings.
const PLACES: u64 = 10;
/// The same for a single character, whose places are in the lists of all pairs that it begins.
const CHARACTER_PLACES: u64 = 200;
/// What comparing a value with one name of a dictionary counts as.
const NAME: u64 = 60;

/// The work of one part of a query.
#[derive(Debug, Clone, Copy)]
struct Work {
    /// Articles that match at most.
    articles: u64,
    /// Read before the first article is known, whatever else is asked.
    opening: u64,
    /// Read to go through all articles that match.
    alone: u64,
    /// Read to tell whether a given article matches.
    each: u64,
    /// Read beside that by the time that many articles were asked about: the engine's unions go on to the
    /// next match of each of their parts.
    seeks: u64,
}

impl Work {
    /// The articles of one list.
    fn list(articles: u64) -> Self {
        Self { articles, opening: 0, alone: articles, each: 1, seeks: 0 }
    }

    /// What is read to tell which of so many articles match: no more than to find all that match.
    fn asked(&self, articles: u64) -> u64 {
        let one_by_one = self.seeks.saturating_add(articles.saturating_mul(self.each));
        one_by_one.min(self.alone.saturating_add(articles))
    }

    /// All of these.
    fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        parts.sort_by_key(|part| part.articles);
        let opening = parts.iter().map(|part| part.opening).sum();
        let each = parts.iter().map(|part| part.each).sum();
        let seeks = parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.seeks));
        let Some((rarest, others)) = parts.split_first() else { return Self::list(0) };
        let alone = others
            .iter()
            .fold(rarest.alone, |sum, part| sum.saturating_add(part.asked(rarest.articles)));
        Self { articles: rarest.articles, opening, alone, each, seeks }
    }

    /// Any of these, in an archive of so many articles.
    fn any(parts: impl IntoIterator<Item = Self>, archive: u64) -> Self {
        let none = Self { articles: 0, opening: 0, alone: 0, each: 0, seeks: 0 };
        let any = parts.into_iter().fold(none, |sum, part| Self {
            articles: sum.articles + part.articles,
            opening: sum.opening + part.opening,
            alone: sum.alone.saturating_add(part.alone),
            each: sum.each + 1,
            seeks: 0,
        });
        Self { articles: any.articles.min(archive), seeks: any.alone, ..any }
    }
}

impl Planner<'_> {
    /// The postings that finding the articles of a query reads, estimated.
    pub(super) fn finding_work(
        &self,
        query: &Query,
        matching: Matching,
    ) -> Result<u64, SearchError> {
        let found = self.of_query(query, matching)?;
        Ok(found.opening.saturating_add(found.alone))
    }

    /// The same with what ranking them reads.
    pub(super) fn ranking_work(
        &self,
        query: &Query,
        matching: Matching,
    ) -> Result<u64, SearchError> {
        let found = self.of_query(query, matching)?;
        let mut ranked = 0;
        for (node, text) in query.texts() {
            if matching == Matching::Some {
                // By words alone: no text is looked for as it was typed.
                ranked += RANKED * self.words(text).len() as u64;
                continue;
            }
            ranked += RANKED;
            // What all hits contain as it was typed is not looked for in each.
            let stands_alone = query.parts().iter().any(|part| std::ptr::eq(part, node));
            if !(stands_alone && self.is_what_matches(text)) {
                // The first pair that an article lacks ends the search in it.
                ranked += self.of_term(&text.term, text.within)?.each.min(2 * PLACES);
            }
        }
        let ranking = found.articles.saturating_mul(ranked);
        Ok(found.opening.saturating_add(found.alone).saturating_add(ranking))
    }

    fn of_query(&self, query: &Query, matching: Matching) -> Result<Work, SearchError> {
        let (mut any, mut all) = (Vec::new(), Vec::new());
        for part in query.parts() {
            match &part.kind {
                _ if matching != Matching::Some || !is_relaxed(part) => {
                    all.push(self.of_node(part)?);
                }
                NodeKind::Text(text) => any.push(self.any_word(text)?),
                _ => any.push(self.of_node(part)?),
            }
        }
        if !any.is_empty() {
            all.push(Work::any(any, self.archive()?));
        }
        Ok(Work::all(all))
    }

    fn of_node(&self, node: &Node) -> Result<Work, SearchError> {
        let each = |nodes: &[Node]| -> Result<Vec<Work>, SearchError> {
            nodes.iter().map(|node| self.of_node(node)).collect()
        };
        Ok(match &node.kind {
            NodeKind::All(nodes) => Work::all(each(nodes)?),
            NodeKind::Any(nodes) => Work::any(each(nodes)?, self.archive()?),
            NodeKind::Not(inner) => {
                let inner = self.of_node(inner)?;
                let archive = self.archive()?;
                Work { articles: archive, alone: archive.saturating_add(inner.alone), ..inner }
            }
            NodeKind::Text(Text { within, term: Term::Words(part) }) => {
                let words = texts::tokenise(self.segmenter, part);
                let words = words.iter().map(|word| self.of_text(word, *within));
                Work::all(words.collect::<Result<Vec<_>, SearchError>>()?)
            }
            NodeKind::Text(text) => self.of_term(&text.term, text.within)?,
            NodeKind::Value(ValueField::District | ValueField::NamedDistrict, _)
            | NodeKind::Kind(_) => Work::list(self.archive()?),
            // Labels are looked up once for the archive.
            NodeKind::Value(field, _) | NodeKind::Stated(field) if field.is_label() => {
                Work::list(self.archive()?)
            }
            NodeKind::Value(field, _) | NodeKind::Stated(field) => {
                self.of_names(clauses::field_of(*field))?
            }
            NodeKind::Figure(_) => self.of_names(TermField::Figure)?,
            NodeKind::Dates(DateField::Mentioned, _) => self.of_names(TermField::Mentioned)?,
            NodeKind::Dates(..) => Work::list(self.archive()?),
        })
    }

    fn any_word(&self, text: &Text) -> Result<Work, SearchError> {
        let words = long_words(self.words(text));
        let words = words.iter().map(|word| self.of_text(word, text.within));
        Ok(Work::any(words.collect::<Result<Vec<_>, SearchError>>()?, self.archive()?))
    }

    /// A term as typed; words count as one text.
    fn of_term(&self, term: &Term, within: Within) -> Result<Work, SearchError> {
        let pieces: Vec<String> = match term {
            Term::Words(text) => return self.of_text(&texts::folded(text), within),
            Term::Literal(text) => return self.of_any(&search_forms(text), within),
            Term::Similar(text) => {
                return self.of_any(&look_alikes(&texts::folded(text)), within);
            }
            Term::Near { words, .. } => words.iter().map(|word| texts::folded(word)).collect(),
            Term::Pattern(pieces) => texts::fixed(pieces).map(texts::folded).collect(),
        };
        let work = self.of_pieces(&pieces, within)?;
        let twice = pieces.iter().enumerate().filter(|(at, piece)| pieces[..*at].contains(piece));
        // Each time that a word must stand once more doubles the sets of places that are tried.
        let each = work.each << twice.count().min(u8::BITS as usize);
        Ok(Work { each, alone: work.articles.saturating_mul(each), ..work })
    }

    /// Any of these folded texts.
    fn of_any(&self, texts: &[String], within: Within) -> Result<Work, SearchError> {
        if let [only] = texts {
            return self.of_text(only, within);
        }
        let works = texts.iter().map(|text| self.of_text(text, within));
        Ok(Work::any(works.collect::<Result<Vec<_>, SearchError>>()?, self.archive()?))
    }

    /// A folded text in one piece, as [`Literals::containing`] looks it up.
    ///
    /// [`Literals::containing`]: super::texts::Literals::containing
    fn of_text(&self, folded: &str, within: Within) -> Result<Work, SearchError> {
        let length = folded.chars().count();
        let anywhere = within == Within::Anywhere;
        if length == 1 {
            let list = Work::list(self.articles_with(TermField::Characters, folded)?);
            let opening = match within {
                Within::Anywhere => 0,
                Within::Headline => list.articles,
                Within::Body => list.articles.saturating_mul(CHARACTER_PLACES),
            };
            return Ok(Work { opening, ..list });
        }
        if anywhere && length >= MIN_MATCH_CHARS && self.segmenter.has_word(folded) {
            return Ok(Work::list(self.articles_with(TermField::Words, folded)?));
        }
        let work = self.of_pieces(&[folded.to_owned()], within)?;
        Ok(if anywhere && length == 2 { Work::list(work.articles) } else { work })
    }

    /// Folded texts of two or more characters whose places are read.
    fn of_pieces(&self, pieces: &[String], within: Within) -> Result<Work, SearchError> {
        let field = match within {
            Within::Headline => TermField::HeadlineBigrams,
            Within::Anywhere | Within::Body => TermField::Bigrams,
        };
        let mut lists = Vec::new();
        for pair in pieces.iter().flat_map(|piece| texts::bigrams(piece)) {
            lists.push(Work { each: PLACES, ..Work::list(self.articles_with(field, &pair)?) });
        }
        let all = Work::all(lists);
        Ok(Work { alone: all.articles.saturating_mul(all.each), ..all })
    }

    /// A field whose names are gone through.
    fn of_names(&self, field: TermField) -> Result<Work, SearchError> {
        let names = self.engine.term_count(field)?;
        Ok(Work { opening: names.saturating_mul(NAME), ..Work::list(self.archive()?) })
    }

    fn articles_with(&self, field: TermField, text: &str) -> Result<u64, SearchError> {
        self.engine.frequency(field, text)
    }

    fn archive(&self) -> Result<u64, SearchError> {
        self.engine.documents()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RARE: Work = Work { articles: 10, opening: 0, alone: 10, each: 1, seeks: 0 };
    const PLACED: Work = Work { articles: 1_000, opening: 500, alone: 20_000, each: 20, seeks: 0 };

    #[test]
    fn side_by_side_the_rarest_part_leads() {
        let all = Work::all([PLACED, RARE]);
        assert_eq!((all.articles, all.opening), (10, 500));
        assert_eq!(all.alone, 10 + 10 * 20);
    }

    #[test]
    fn of_alternatives_every_one_is_gone_through() {
        let any = Work::any([PLACED, RARE], 1_005);
        assert_eq!((any.articles, any.opening), (1_005, 500));
        assert_eq!(any.alone, 20_010);
        // Beside a rare part, too: a union looks for the next match of each of its parts.
        assert_eq!(Work::all([RARE, any]).alone, 10 + 20_010 + 10);
    }

    #[test]
    fn nothing_asked_is_nothing_read() {
        assert_eq!(Work::all([]).alone, 0);
        assert_eq!(Work::any([], 5).articles, 0);
    }
}
