//! The values of fields with their numbers of documents, all of them and exact.

use std::sync::{Arc, PoisonError};

use serde_json::{Value, json};

use super::ClusterEngine;
use crate::index::TermField;
use crate::opensearch::field_name;
use crate::search::SearchError;

/// Values in one answer.
const PAGE: usize = 10_000;

impl ClusterEngine {
    /// Gives each combination of values of some fields, and how many documents of those that satisfy all
    /// of these have it, to `visit`, in order from one on; until `visit` says that it is enough.
    pub(super) fn each_value(
        &self,
        fields: &[&str],
        from: Option<Value>,
        clauses: &[Value],
        visit: &mut dyn FnMut(&[&Value], u64) -> bool,
    ) -> Result<(), SearchError> {
        let sources: Vec<Value> =
            fields.iter().map(|&field| json!({field: {"terms": {"field": field}}})).collect();
        let query = self.counting(clauses.iter().cloned());
        let mut after = from;
        loop {
            let mut values = json!({"size": PAGE, "sources": sources});
            if let Some(after) = &after {
                values["after"] = after.clone();
            }
            let body = json!({
                "size": 0, "track_total_hits": false, "query": query,
                "aggs": {"values": {"composite": values}},
            });
            let answer = self.search(body)?;
            let values = &answer["aggregations"]["values"];
            let buckets = values["buckets"].as_array().map(Vec::as_slice).unwrap_or_default();
            for bucket in buckets {
                let keys: Vec<&Value> = fields.iter().map(|&field| &bucket["key"][field]).collect();
                if !visit(&keys, bucket["doc_count"].as_u64().unwrap_or(0)) {
                    return Ok(());
                }
            }
            match values.get("after_key") {
                Some(last) if buckets.len() == PAGE => after = Some(last.clone()),
                _ => return Ok(()),
            }
        }
    }

    /// The same of one field of names, those that begin like this.
    pub(super) fn each_name(
        &self,
        field: &str,
        begins: &str,
        clauses: &[Value],
        mut visit: impl FnMut(&str, u64),
    ) -> Result<(), SearchError> {
        let from = before(begins).map(|from| json!({field: from}));
        self.each_value(&[field], from, clauses, &mut |keys, count| {
            let Some(name) = keys.first().and_then(|key| key.as_str()) else { return true };
            if name.starts_with(begins) {
                visit(name, count);
                return true;
            }
            name < begins
        })
    }

    /// All terms of a field.
    pub(super) fn all_terms(&self, field: TermField) -> Result<Arc<Vec<String>>, SearchError> {
        let known = || self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(terms) = known().get(&field) {
            return Ok(Arc::clone(terms));
        }
        let mut terms = Vec::new();
        self.each_name(field_name(field), "", &[], |name, _| terms.push(name.to_owned()))?;
        let terms = Arc::new(terms);
        known().insert(field, Arc::clone(&terms));
        Ok(terms)
    }
}

/// A text right before all that begin like this; nothing is before what is empty.
fn before(begins: &str) -> Option<String> {
    let mut rest = begins.chars();
    let last = rest.next_back()?;
    let lower = (0..last as u32).rev().find_map(char::from_u32);
    let lower = lower.map(|lower| format!("{lower}{}", char::MAX)).unwrap_or_default();
    Some(format!("{}{lower}", rest.as_str())).filter(|before| !before.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_this_is_behind() {
        for begins in ["a", "氢能", "a\u{1}", "\u{e000}"] {
            let before = before(begins).expect("something");
            assert!(before.as_str() < begins, "{before:?}");
        }
        assert_eq!(before(""), None);
    }
}
