//! Significant terms: words that are more frequent in the hits than in the whole archive.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::query::Within;
use crate::search::plan::texts;
use crate::search::{Archive, Request, SearchError, Sort};
use crate::text::Segmenter;

/// Hits that are read, the best ones.
const READ: usize = 200;
/// Of so many hits one must have a word, and no fewer than [`MIN_ARTICLES`].
const SHARE: usize = 50;
const MIN_ARTICLES: u64 = 2;
/// Words of which the archive is asked how many articles have them.
const ASKED: usize = 200;

/// A significant term.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignificantTerm {
    /// Folded.
    pub word: String,
    /// Articles that have it, of those that were read (at most 200, the best hits).
    pub among_hits: u64,
    /// Articles of the archive that have it.
    pub in_archive: u64,
    /// How much more frequent it is in the hits than in the archive.
    pub times: f64,
}

impl Archive {
    /// The words that stand out most in the hits of a request: by the log-likelihood ratio
    /// (Dunning 1993) of their numbers of articles there and in the whole archive. Words of the
    /// query itself, numbers and single characters are left out.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn significant_terms(
        &self,
        request: &Request,
        limit: usize,
    ) -> Result<Vec<SignificantTerm>, SearchError> {
        self.guard(|| {
            let request = Request {
                sort: Sort::Relevance,
                offset: 0,
                after: None,
                limit: READ,
                group: true,
                partial: false,
                facets: false,
                explain: false,
                ..request.clone()
            };
            let hits = self.search(&request)?.hits;
            let (request, _) = self.understood(&request);
            let everything = self.count(&Request::default())?;
            let planner = self.planner(&request);
            let asked: Vec<String> =
                request.query.texts().iter().flat_map(|(_, text)| planner.words(text)).collect();
            let mut articles: BTreeMap<String, u64> = BTreeMap::new();
            for hit in &hits {
                let parts = hit.record.headline().chain([hit.record.body.as_str()]);
                for word in words(planner.segmenter, parts) {
                    *articles.entry(word).or_default() += 1;
                }
            }
            let min_articles = MIN_ARTICLES.max((hits.len() / SHARE) as u64);
            articles.retain(|word, count| {
                *count >= min_articles
                    && asked.iter().all(|asked| !asked.contains(word) && !word.contains(asked))
            });
            // What most hits have first: the rest cannot stand out as much.
            let mut candidates: Vec<(String, u64)> = articles.into_iter().collect();
            candidates.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.0.len().cmp(&a.0.len())));
            let mut significant = Vec::new();
            for (word, among_hits) in candidates.into_iter().take(ASKED) {
                let in_archive = self.engine().count(&planner.literal(&word, Within::Anywhere))?;
                let share = among_hits as f64 / hits.len() as f64;
                let times = share / (in_archive.max(1) as f64 / everything.max(1) as f64);
                let score = likelihood(among_hits, hits.len() as u64, in_archive, everything);
                if times > 1.0 {
                    significant
                        .push((score, SignificantTerm { word, among_hits, in_archive, times }));
                }
            }
            significant.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word)));
            Ok(significant.into_iter().take(limit).map(|(_, word)| word).collect())
        })
    }
}

/// The words of an article, each once: of two or more characters, not of digits alone.
fn words<'a>(segmenter: &Segmenter, parts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for part in parts {
        let folded = texts::folded(part);
        for span in segmenter.segment(&folded) {
            let word = folded.get(span).unwrap_or_default();
            let long = word.chars().nth(1).is_some();
            if long && !word.chars().any(|c| c.is_ascii_digit()) {
                words.insert(word.to_owned());
            }
        }
    }
    words
}

/// How surely the share of a word among the hits is not that of the archive.
fn likelihood(among_hits: u64, hits: u64, in_archive: u64, archive: u64) -> f64 {
    let term = |count: f64, of: f64, share: f64| {
        let part = |count: f64, share: f64| {
            if count > 0.0 && share > 0.0 { count * share.ln() } else { 0.0 }
        };
        part(count, share) + part(of - count, 1.0 - share)
    };
    let (a, n) = (among_hits as f64, hits as f64);
    let b = in_archive.max(among_hits) as f64 - a;
    let m = (archive.max(hits) as f64 - n).max(1.0);
    let together = (a + b) / (n + m);
    2.0 * (term(a, n, a / n) + term(b, m, b / m) - term(a, n, together) - term(b, m, together))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_out_the_more_the_rarer_it_is_elsewhere() {
        let rare = likelihood(50, 100, 60, 10_000);
        let common = likelihood(50, 100, 4_000, 10_000);
        let even = likelihood(50, 100, 5_000, 10_000);
        assert!(rare > common && common > even, "{rare} {common} {even}");
        assert!(even.abs() < 0.1);
    }
}
