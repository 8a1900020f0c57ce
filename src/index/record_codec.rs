//! Records as they are stored: packed one by one, so that one is read without its neighbours, with a
//! dictionary of what they share: the names of the fields, and frequent words.
//!
//! Held against blocks of sixteen kilobytes on real news: as small, and a record is unpacked in a
//! sixth of the time.

use std::cell::RefCell;
use std::io;

use zstd::bulk::{Compressor, Decompressor};

/// What every record has, in the order of its fields; behind the words, because what comes last is
/// pointed to most cheaply.
const FIELDS: &str = r#"{"id":"","source":"","publication":null,"issue":{"number":null,"date":{"value":null,"not_before":"20","not_after":"20","basis":"unknown"}},"page":null,"ordinal":1,"kind":"news","section":null,"kicker":null,"title":"","subtitle":null,"outlet":null,"docno":null,"issuer":null,"byline":{"reporters":[],"correspondents":[],"photographers":[]},"date":{"value":"2023-","not_before":"2023-","not_after":"2023-","precision":"day","basis":"lead","text":"","rule":""},"districts":[{"code":"","name":"","path":["","",""],"basis":"","evidence":""}],"places":[],"topics":[{"label":"","score":0.,"evidence":["",""]}],"body":"","credit":null,"lines":[[,]],"reprint_of":null,"cut":{"confidence":1.0,"reasons":[{"line":,"rule":"given","evidence":"","weight":1.0}]},"warnings":[]}"#;

/// Frequent words, the most frequent last.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/common_words"));

/// zstd's level: 6 packs a twelfth smaller and takes twice the time.
const LEVEL: i32 = 3;
/// Bytes that the length of a record takes before it.
const LENGTH: usize = 4;
/// No record is larger; a damaged length must not take all memory.
const MAX_BYTES: usize = 1 << 30;

thread_local! {
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// # Errors
/// When a record is larger than any can be.
pub(super) fn pack(record: &[u8]) -> io::Result<Vec<u8>> {
    if record.len() > MAX_BYTES {
        return Err(io::Error::other("a record of more than a gigabyte"));
    }
    let packed = PACKER.with_borrow_mut(|packer| match packer {
        Some(packer) => packer.compress(record),
        None => packer.insert(Compressor::with_dictionary(LEVEL, &dictionary())?).compress(record),
    })?;
    let mut whole = Vec::with_capacity(LENGTH + packed.len());
    whole.extend((record.len() as u32).to_le_bytes());
    whole.extend(packed);
    Ok(whole)
}

/// # Errors
/// When it is not what [`pack`] gave.
pub(super) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let damaged = || io::Error::other("a stored record is damaged");
    let (length, packed) = packed.split_first_chunk::<LENGTH>().ok_or_else(damaged)?;
    let length = u32::from_le_bytes(*length) as usize;
    if length > MAX_BYTES {
        return Err(damaged());
    }
    UNPACKER.with_borrow_mut(|unpacker| match unpacker {
        Some(unpacker) => unpacker.decompress(packed, length),
        None => unpacker
            .insert(Decompressor::with_dictionary(&dictionary())?)
            .decompress(packed, length),
    })
}

/// What an index is packed with: what was packed with another dictionary cannot be read.
pub(super) fn dictionary() -> Vec<u8> {
    [WORDS, FIELDS.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked_to_the_same(record in prop::collection::vec(any::<u8>(), 0..3_000)) {
            prop_assert_eq!(unpack(&pack(&record).expect("packed")).expect("unpacked"), record);
        }

        #[test]
        fn what_is_damaged_is_refused_or_other_but_never_a_panic(
            record in "[\\PC]{0,200}", at in 0..400_usize, byte in any::<u8>(),
        ) {
            let mut packed = pack(record.as_bytes()).expect("packed");
            if let Some(place) = packed.get_mut(at) {
                *place = byte;
            }
            let length = packed.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length));
            prop_assume!(length < 1 << 20);
            let _ = unpack(&packed);
            let _ = unpack(&packed[..at.min(packed.len())]);
        }
    }

    #[test]
    fn a_short_record_is_packed_well() {
        let record = format!("{FIELDS}{}", "全市规模以上工业增加值同比增长");
        assert!(pack(record.as_bytes()).expect("packed").len() < record.len() / 5);
    }
}
