//! What was known of reprints when they were found last: which articles there were, and which pairs
//! were decided on, in a file beside those of the engine. It tells the next ingest what is new; an
//! ingest without it finds the same groups in more time.
//!
//! The first line is JSON; then come the keys of all articles, ascending, and 17 bytes for each
//! pair. Articles are named by their keys, whatever segment they are in.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::atomic_file::write_whole;
use super::damage::REPRINTS;
use super::kept_file;
use super::segment_sketches::RULES;

const KEY: usize = 8;
/// Two keys, and what was decided.
const PAIR: usize = 2 * KEY + 1;
const ARE_CANDIDATES: u8 = 1;
const ARE_SAME: u8 = 2;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ReprintState {
    /// Names of the segments that the articles were in.
    pub(super) segments: Vec<String>,
    /// The keys of all articles, ascending.
    pub(super) keys: Vec<u64>,
    pub(super) pairs: Vec<KeyedPair>,
}

/// A decided pair, by the keys of its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyedPair {
    pub(super) keys: [u64; 2],
    pub(super) are_candidates: bool,
    pub(super) is_same: bool,
}

/// What the first line says.
#[derive(Debug, Serialize, Deserialize)]
struct StateHeader {
    /// The rules that were decided by.
    rules: String,
    segments: Vec<String>,
    articles: usize,
}

impl ReprintState {
    /// Nothing if there is no file of this program's, or if it is damaged.
    pub(super) fn read(data: &Path) -> io::Result<Self> {
        match fs::read(data.join(REPRINTS)) {
            Ok(bytes) => Ok(Self::parse(&bytes).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn write(&self, data: &Path) -> io::Result<()> {
        write_whole(&data.join(REPRINTS), &self.to_bytes()?)
    }

    fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut content = Vec::with_capacity(self.keys.len() * KEY + self.pairs.len() * PAIR);
        content.extend(self.keys.iter().flat_map(|key| key.to_le_bytes()));
        for pair in &self.pairs {
            content.extend(pair.keys.iter().flat_map(|key| key.to_le_bytes()));
            let candidates = if pair.are_candidates { ARE_CANDIDATES } else { 0 };
            content.push(candidates | if pair.is_same { ARE_SAME } else { 0 });
        }
        let head = StateHeader {
            rules: RULES.to_owned(),
            segments: self.segments.clone(),
            articles: self.keys.len(),
        };
        kept_file::to_bytes(&head, &content)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, content): (StateHeader, _) = kept_file::parse(bytes)?;
        if head.rules != RULES {
            return None;
        }
        let (keys, pairs) = content.split_at_checked(head.articles.checked_mul(KEY)?)?;
        let (keys, _) = keys.as_chunks::<KEY>();
        let (pairs, _) = pairs.as_chunks::<PAIR>();
        let pair = |bytes: &[u8; PAIR]| {
            let (one, rest) = bytes.split_first_chunk()?;
            let (other, rest) = rest.split_first_chunk()?;
            let [flags] = rest else { return None };
            Some(KeyedPair {
                keys: [u64::from_le_bytes(*one), u64::from_le_bytes(*other)],
                are_candidates: flags & ARE_CANDIDATES != 0,
                is_same: flags & ARE_SAME != 0,
            })
        };
        Some(Self {
            segments: head.segments,
            keys: keys.iter().map(|key| u64::from_le_bytes(*key)).collect(),
            pairs: pairs.iter().map(pair).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_what_is_damaged_counts_for_nothing() {
        let state = ReprintState {
            segments: vec!["s1".into()],
            keys: vec![3, 5, 9],
            pairs: vec![
                KeyedPair { keys: [9, 3], are_candidates: true, is_same: true },
                KeyedPair { keys: [5, 3], are_candidates: false, is_same: false },
            ],
        };
        let bytes = state.to_bytes().expect("bytes");
        assert_eq!(ReprintState::parse(&bytes), Some(state));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(ReprintState::parse(&damaged), None, "{at}");
            assert_eq!(ReprintState::parse(&bytes[..at]), None, "{at}");
        }
    }
}
