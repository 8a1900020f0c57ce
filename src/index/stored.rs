//! How records and reports are stored with their entries, and read back. Each is compressed by itself
//! (zstd), so that one is read without its neighbours, with a dictionary of what records share: field
//! names and frequent words.
//!
//! Measured against blocks of sixteen kilobytes on real news: as small, and a record is decoded in a
//! sixth of the time.

use std::cell::RefCell;
use std::io;

use serde::de::DeserializeOwned;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};
use zstd::bulk::{Compressor, Decompressor};

use super::fields::FILE;
use super::schema::Fields;
use crate::model::FileReport;

/// What every record has, in the order of its fields; behind the words, because what comes last is
/// pointed to most cheaply.
const FIELDS: &str = r#"{"id":"","source":"","publication":null,"issue":{"number":null,"date":{"value":null,"not_before":"20","not_after":"20","basis":"unknown"}},"page":null,"ordinal":1,"kind":"news","section":null,"kicker":null,"title":"","subtitle":null,"outlet":null,"docno":null,"issuer":null,"byline":{"reporters":[],"correspondents":[],"photographers":[]},"date":{"value":"2023-","not_before":"2023-","not_after":"2023-","precision":"day","basis":"lead","text":"","rule":{"code":"lead_first_day","inferred":"nearest_year","text":"the first day named in the lead; the year is the nearest one before the issue"}},"districts":[{"code":"","name":"","path":["","",""],"basis":"","evidence":"","role":"about","role_evidence":""}],"places":[],"topics":[{"label":"","score":0.,"evidence":["",""]}],"body":"","credit":null,"lines":[[,]],"pages":[{"page":1,"lines":[[,,,,]]}],"reprint_of":null,"cut":{"confidence":1.0,"reasons":[{"line":,"rule":"given","evidence":"","weight":1.0}]},"warnings":[]}"#;

/// Frequent words, the most frequent last.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/common_words"));

/// zstd's level. At level 6 records are a twelfth smaller and take twice the time to encode.
const LEVEL: i32 = 3;
/// Bytes that the length of a record takes before it.
const LENGTH: usize = 4;
/// No record is larger; a damaged length must not take all memory.
const MAX_BYTES: usize = 1 << 30;

thread_local! {
    static ENCODER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECODER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// # Errors
/// When a record is larger than any can be.
pub(super) fn encode(record: &[u8]) -> io::Result<Vec<u8>> {
    if record.len() > MAX_BYTES {
        return Err(io::Error::other("a record of more than a gigabyte"));
    }
    let encoded = ENCODER.with_borrow_mut(|encoder| match encoder {
        Some(encoder) => encoder.compress(record),
        None => encoder.insert(Compressor::with_dictionary(LEVEL, &dictionary())?).compress(record),
    })?;
    let mut whole = Vec::with_capacity(LENGTH + encoded.len());
    whole.extend((record.len() as u32).to_le_bytes());
    whole.extend(encoded);
    Ok(whole)
}

/// # Errors
/// When it is not what [`encode`] gave.
pub(super) fn decode(encoded: &[u8]) -> io::Result<Vec<u8>> {
    let damaged = || io::Error::other("a stored record is damaged");
    let (length, encoded) = encoded.split_first_chunk::<LENGTH>().ok_or_else(damaged)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > MAX_BYTES {
        return Err(damaged());
    }
    DECODER.with_borrow_mut(|decoder| match decoder {
        Some(decoder) => decoder.decompress(encoded, length),
        None => decoder
            .insert(Decompressor::with_dictionary(&dictionary())?)
            .decompress(encoded, length),
    })
}

/// What an index is encoded with: what was encoded with another dictionary cannot be read.
pub(super) fn dictionary() -> Vec<u8> {
    [WORDS, FIELDS.as_bytes()].concat()
}

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
    // In storage order, so that neighbours share the engine's cached block.
    addresses.sort_unstable();
    let reports = addresses.into_iter().map(|address| stored(searcher, fields, address));
    let mut reports: Vec<FileReport> = reports.collect::<tantivy::Result<_>>()?;
    reports.sort_by(|a, b| a.source.cmp(&b.source));
    Ok(reports)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_encoded_record_decodes_to_the_same(record in prop::collection::vec(any::<u8>(), 0..3_000)) {
            prop_assert_eq!(decode(&encode(&record).expect("encoded")).expect("decoded"), record);
        }

        #[test]
        fn what_is_damaged_is_refused_or_other_but_never_a_panic(
            record in "[\\PC]{0,200}", at in 0..400_usize, byte in any::<u8>(),
        ) {
            let mut encoded = encode(record.as_bytes()).expect("encoded");
            if let Some(place) = encoded.get_mut(at) {
                *place = byte;
            }
            let length = encoded.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length));
            prop_assume!(length < 1 << 20);
            let _ = decode(&encoded);
            let _ = decode(&encoded[..at.min(encoded.len())]);
        }
    }

    #[test]
    fn a_short_record_is_compressed_well() {
        let record = format!("{FIELDS}{}", "全市规模以上工业增加值同比增长");
        assert!(encode(record.as_bytes()).expect("encoded").len() < record.len() / 5);
    }
}
