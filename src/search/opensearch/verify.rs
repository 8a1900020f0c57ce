//! Reads off texts whether pieces stand in them as they must, where the cluster can only name candidates:
//! words near each other, patterns with gaps of several lengths, and what may stand before the body alone.

use std::sync::{Arc, PoisonError};

use serde_json::{Value, json};

use super::{ClusterEngine, in_place};
use crate::index::{ArticleTexts, IndexError};
use crate::model::Record;
use crate::opensearch::DOCUMENT;
use crate::query::Within;
use crate::search::SearchError;
use crate::search::highlight::phrase_pieces;
use crate::search::position_rule::{PositionRule, any};

/// Texts that are read for one condition at most.
const MAX_READ: u64 = 50_000;

impl ClusterEngine {
    /// Which of the candidates have the pieces in this part as they must stand to one another, of those
    /// that satisfy what stands beside. Each condition is looked at once for an open archive.
    pub(super) fn verified(
        &self,
        within: Within,
        pieces: &[String],
        rule: &PositionRule,
        candidates: Value,
        beside: &[Value],
    ) -> Result<Value, SearchError> {
        let mut clauses = beside.to_vec();
        clauses.push(candidates);
        let asked = format!("{within:?} {pieces:?} {rule:?} {}", json!(clauses));
        let known = || self.verified.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ids) = known().get(&asked) {
            return Ok(json!({"ids": {"values": **ids}}));
        }
        let articles = self.count_of(clauses.clone())?;
        if articles > MAX_READ {
            return Err(SearchError::TooManyTexts { articles, most: MAX_READ });
        }
        let mut ids = Vec::new();
        self.each(clauses, in_place(), json!([DOCUMENT]), &mut |hit| {
            let record = serde_json::from_value(hit["_source"][DOCUMENT].clone());
            let record: Record = record.map_err(|error| IndexError::Broken {
                path: self.path(),
                message: error.to_string(),
            })?;
            if stands(&ArticleTexts::of(&record), within, pieces, rule) {
                ids.extend(hit["_id"].as_str().map(str::to_owned));
            }
            Ok(())
        })?;
        let ids = Arc::new(ids);
        known().insert(asked, Arc::clone(&ids));
        Ok(json!({"ids": {"values": *ids}}))
    }
}

/// Whether the pieces stand as they must in one of the texts of a part.
fn stands(texts: &ArticleTexts, within: Within, pieces: &[String], rule: &PositionRule) -> bool {
    let in_one =
        |texts: &[String]| texts.iter().any(|text| any(&phrase_pieces(text, pieces), rule));
    match within {
        Within::Anywhere => in_one(&texts.head) || in_one(&texts.body),
        Within::Headline => in_one(&texts.headline),
        Within::Body => in_one(&texts.body),
    }
}
