//! How well an article matches, as clauses of which each adds its points: parts of the query as they were
//! typed, and BM25 of pairs and long words. There are no points for words that stand near each other.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::conditions::term_of;
use super::{ClusterEngine, hits_of, of_ids};
use crate::opensearch::field_name;
use crate::search::plan::{Condition, RankedPart, Ranking};
use crate::search::{Address, PartScore, ScoreExplanation, SearchError, TermScore};

/// Terms that are weighed at most: a cluster takes some thousand clauses in all.
const MAX_TERMS: usize = 300;
/// The similarity of the cluster leaves out this factor of BM25, k1 + 1.
const SATURATION: f32 = 2.2;

impl ClusterEngine {
    /// The clauses, each of which adds points.
    pub(super) fn scoring(
        &self,
        ranking: &Ranking,
        beside: &[Value],
    ) -> Result<Vec<Value>, SearchError> {
        let mut clauses = Vec::new();
        let numbered: Vec<(usize, &RankedPart)> = ranking.parts.iter().enumerate().collect();
        for group in numbered.chunk_by(|(_, a), (_, b)| a.alternative == b.alternative) {
            let mut alternatives = Vec::new();
            for (number, part) in group {
                let points = self.part(*number, part, ranking, beside)?;
                if !points.is_empty() {
                    alternatives.push(json!({"bool": {"should": points}}));
                }
            }
            if !alternatives.is_empty() {
                clauses.push(json!({"dis_max": {"queries": alternatives}}));
            }
        }
        for (number, term) in ranking.terms.iter().take(MAX_TERMS).enumerate() {
            for (field, text, weight) in term.places() {
                let term = json!({
                    "value": term_of(field, text),
                    "boost": weight * SATURATION,
                    "_name": format!("t{number} {}", field_name(field)),
                });
                clauses.push(json!({"term": {field_name(field): term}}));
            }
        }
        Ok(clauses)
    }

    fn part(
        &self,
        number: usize,
        part: &RankedPart,
        ranking: &Ranking,
        beside: &[Value],
    ) -> Result<Vec<Value>, SearchError> {
        let mut points = Vec::new();
        let mut add = |name: &str, condition: Option<&Condition>, boost: f32| {
            if boost <= 0.0 {
                return Ok(());
            }
            let filter = match condition {
                Some(condition) => self.query_of(condition, beside)?,
                None => json!({"match_all": {}}),
            };
            let name = format!("{name}{number}");
            let constant = json!({"filter": filter, "boost": boost, "_name": name});
            points.push(json!({"constant_score": constant}));
            Ok::<(), SearchError>(())
        };
        add("s", part.stands.as_ref(), ranking.weights.stands)?;
        add("h", Some(&part.in_headline), ranking.weights.in_headline)?;
        Ok(points)
    }

    pub(super) fn explanation(
        &self,
        ranking: &Ranking,
        address: Address,
    ) -> Result<ScoreExplanation, SearchError> {
        let own = of_ids(std::iter::once(address));
        let scoring = self.scoring(ranking, std::slice::from_ref(&own))?;
        let body = json!({
            "size": 1, "_source": false,
            "query": {"bool": {"filter": [own], "should": scoring}},
        });
        let hits = hits_of(&mut self.search(body)?);
        let named = hits.first().map(|hit| &hit["matched_queries"]);
        let named: HashMap<&str, f32> = named
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, points)| (name.as_str(), points.as_f64().unwrap_or(0.0) as f32))
            .collect();
        let mut parts = Vec::new();
        for (number, part) in ranking.parts.iter().enumerate() {
            let points = |name: &str| named.get(format!("{name}{number}").as_str()).copied();
            let holds = |condition: &Option<Condition>| match condition {
                Some(condition) => self.is_met(condition, address),
                None => Ok(true),
            };
            parts.push(PartScore {
                part: part.shown.clone(),
                matches: holds(&part.matches)?,
                as_typed: holds(&part.stands)?,
                in_headline: self.is_met(&part.in_headline, address)?,
                points: points("s").unwrap_or(0.0) + points("h").unwrap_or(0.0),
            });
        }
        keep_best(&mut parts, &ranking.parts);
        let words = ranking.terms.iter().take(MAX_TERMS).enumerate().map(|(number, term)| {
            let begins = format!("t{number} ");
            let points = named.iter().filter(|(name, _)| name.starts_with(&begins));
            TermScore {
                term: term.shown().to_owned(),
                points: points.map(|(_, points)| points).sum(),
            }
        });
        let words = words.filter(|term| term.points > 0.0).collect();
        Ok(ScoreExplanation { parts, words, proximity: 0.0 })
    }
}

/// Of alternatives the best counts, of several like it the first.
fn keep_best(scores: &mut [PartScore], parts: &[RankedPart]) {
    let mut at = 0;
    for group in parts.chunk_by(|a, b| a.alternative == b.alternative) {
        let scores = &mut scores[at..at + group.len()];
        at += group.len();
        let best = scores.iter().map(|score| score.points).fold(0.0, f32::max);
        let mut is_found = false;
        for score in scores {
            if is_found || score.points < best {
                score.points = 0.0;
            } else {
                is_found = true;
            }
        }
    }
}
