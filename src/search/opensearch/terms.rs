//! The terms of a field, the documents that have them, and where these stand in the archive.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::{ClusterEngine, address_of, hits_of, in_place, of_ids};
use crate::index::TermField;
use crate::opensearch::field_name;
use crate::search::engine::{ListedTerm, TermVisitor};
use crate::search::{Address, SearchError, SortKey};

/// Terms and documents that are looked up at once.
const AT_ONCE: usize = 10_000;
/// Terms whose documents are asked for when those of one of them are.
const TOGETHER: usize = 1_000;

impl ClusterEngine {
    pub(super) fn each_listed_term(
        &self,
        field: TermField,
        begins: &str,
        visit: &mut TermVisitor<'_>,
    ) -> Result<(), SearchError> {
        let mut terms: Vec<(String, u64)> = Vec::new();
        self.each_name(field_name(field), begins, &[], |term, documents| {
            terms.push((term.to_owned(), documents));
        })?;
        for terms in terms.chunks(TOGETHER) {
            let known: OnceCell<Vec<Vec<Address>>> = OnceCell::new();
            for (at, (text, documents)) in terms.iter().enumerate() {
                let addresses = || {
                    let all = if let Some(all) = known.get() {
                        all
                    } else {
                        let all = self.documents_of(field, terms)?;
                        known.get_or_init(|| all)
                    };
                    Ok(all.get(at).cloned().unwrap_or_default())
                };
                let listed = ListedTerm {
                    text: text.as_str(),
                    documents: *documents,
                    addresses: &addresses,
                };
                if visit(&listed)?.is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The documents that have each of these terms.
    fn documents_of(
        &self,
        field: TermField,
        terms: &[(String, u64)],
    ) -> Result<Vec<Vec<Address>>, SearchError> {
        let texts: Vec<&str> = terms.iter().map(|(text, _)| text.as_str()).collect();
        let mut all = vec![Vec::new(); terms.len()];
        for (at, address) in self.having_any(field, &texts)? {
            if let Some(of_term) = all.get_mut(at) {
                of_term.push(address);
            }
        }
        Ok(all)
    }

    pub(super) fn having_any(
        &self,
        field: TermField,
        texts: &[&str],
    ) -> Result<Vec<(usize, Address)>, SearchError> {
        let mut found = Vec::new();
        let name = field_name(field);
        for (start, some) in (0..).step_by(AT_ONCE).zip(texts.chunks(AT_ONCE)) {
            let places: HashMap<&str, usize> =
                some.iter().enumerate().map(|(at, &text)| (text, start + at)).collect();
            let body = |after: Option<&Value>| {
                let mut body = json!({
                    "size": AT_ONCE, "_source": false, "track_total_hits": false,
                    "docvalue_fields": [name], "sort": in_place(),
                    "query": self.counting([json!({"terms": {name: some}})]),
                });
                if let Some(after) = after {
                    body["search_after"] = after.clone();
                }
                body
            };
            let mut after = None;
            loop {
                let hits = hits_of(&mut self.search(body(after.as_ref()))?);
                for hit in &hits {
                    let Some(address) = address_of(hit) else { continue };
                    let values = hit["fields"][name].as_array().into_iter().flatten();
                    let places = values.filter_map(|value| places.get(value.as_str()?));
                    found.extend(places.map(|&place| (place, address)));
                }
                match hits.last() {
                    Some(last) if hits.len() == AT_ONCE => after = Some(last["sort"].clone()),
                    _ => break,
                }
            }
        }
        Ok(found)
    }

    /// The places of articles, by which they can be compared with each other: the cluster knows files by
    /// their names alone, so that their ranks are those among these.
    pub(super) fn places_of(
        &self,
        addresses: &[Address],
    ) -> Result<HashMap<Address, SortKey>, SearchError> {
        let mut found: Vec<(String, u32, Address)> = Vec::with_capacity(addresses.len());
        for some in addresses.chunks(AT_ONCE) {
            let ids = of_ids(some.iter().copied());
            self.each(vec![ids], in_place(), json!(false), &mut |hit| {
                let source = hit["sort"][0].as_str().unwrap_or_default().to_owned();
                let ordinal = hit["sort"][1].as_u64().unwrap_or(0) as u32;
                found.extend(address_of(hit).map(|address| (source, ordinal, address)));
                Ok(())
            })?;
        }
        found.sort_unstable();
        let mut places = HashMap::with_capacity(found.len());
        for (rank, file) in (0..).zip(found.chunk_by(|one, next| one.0 == next.0)) {
            for &(_, ordinal, address) in file {
                places.insert(address, SortKey { key: 0, rank, ordinal, address });
            }
        }
        Ok(places)
    }
}
