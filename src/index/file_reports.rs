//! Reads back what is stored with an entry.

use std::io;

use serde::de::DeserializeOwned;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use super::record_codec::decode;
use super::schema::{FILE, Fields};
use crate::model::FileReport;

/// The record or report that is stored with an entry.
pub(crate) fn stored<T: DeserializeOwned>(
    searcher: &Searcher,
    fields: &Fields,
    address: DocAddress,
) -> tantivy::Result<T> {
    let document: TantivyDocument = searcher.doc(address)?;
    let value = document.get_first(fields.stored);
    let bytes = value.as_ref().and_then(Value::as_bytes).unwrap_or_default();
    Ok(serde_json::from_slice(&decode(bytes)?).map_err(io::Error::other)?)
}

/// The reports on all files, in the order of their paths.
pub(crate) fn file_reports(
    searcher: &Searcher,
    fields: &Fields,
) -> tantivy::Result<Vec<FileReport>> {
    let term = Term::from_field_text(fields.marker, FILE);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let mut addresses: Vec<DocAddress> =
        searcher.search(&query, &DocSetCollector)?.into_iter().collect();
    // In the order in which the engine keeps them: what lies side by side is unpacked once.
    addresses.sort_unstable();
    let reports = addresses.into_iter().map(|address| stored(searcher, fields, address));
    let mut reports: Vec<FileReport> = reports.collect::<tantivy::Result<_>>()?;
    reports.sort_by(|a, b| a.source.cmp(&b.source));
    Ok(reports)
}
