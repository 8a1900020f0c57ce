//! The form of the files that an ingest keeps to find reprints by what is new alone: a line of JSON, then
//! numbers, and behind them the checksums of their blocks.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::checksums::{with_block_checksums, without_block_checksums};

/// The bytes of a file.
pub(super) fn to_bytes(head: &impl Serialize, content: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec(head)?;
    bytes.push(b'\n');
    bytes.extend(content);
    Ok(with_block_checksums(&bytes))
}

/// What the first line says, and what stands behind it; `None` if the file is damaged.
pub(super) fn parse<H: DeserializeOwned>(bytes: &[u8]) -> Option<(H, &[u8])> {
    let bytes = without_block_checksums(bytes)?;
    let start = bytes.iter().position(|&byte| byte == b'\n')? + 1;
    let (head, content) = bytes.split_at(start);
    Some((serde_json::from_slice(head).ok()?, content))
}
