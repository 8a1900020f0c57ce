//! What a file unpacks to, before anything is unpacked in earnest.
//!
//! Streams that are deflated are inflated into nothing and counted. Pictures are passed over: they
//! are never unpacked. A stream that is deflated twice counts as the most that it can be. What LZW and
//! encrypted streams unpack to is not known.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// A stream, and all streams of a file together, in bytes.
const MAX_STREAM: u64 = 128 << 20;
const MAX_ALL: u64 = 2 << 30;

/// The most that deflate can pack.
const MAX_RATIO: u64 = 1_032;

/// Bytes before a stream that its dictionary is looked for in.
const DICT: usize = 4096;

/// The limit in megabytes, if the file unpacks to more.
pub(super) fn exceeded(bytes: &[u8]) -> Option<u64> {
    let mut all = 0;
    for at in memmem::find_iter(bytes, b"stream") {
        // Also found in `endstream`.
        if at >= 3 && &bytes[at - 3..at] == b"end" {
            continue;
        }
        let dict = dict_before(bytes, at);
        let rest = &bytes[at + b"stream".len()..];
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let is_picture = memmem::find(dict, b"/Image").is_some();
        if is_picture {
            continue;
        }
        let deflations = memmem::find_iter(dict, b"/FlateDecode").count();
        let size = if deflations > 1 {
            let end = memmem::find(data, b"endstream").unwrap_or(data.len()) as u64;
            end.saturating_mul(MAX_RATIO * MAX_RATIO)
        } else if memmem::find(dict, b"/ASCII85Decode").is_some() {
            inflated(&without_ascii85(data))
        } else {
            inflated(data)
        };
        all = size.saturating_add(all);
        if size > MAX_STREAM {
            return Some(MAX_STREAM >> 20);
        }
        if all > MAX_ALL {
            return Some(MAX_ALL >> 20);
        }
    }
    None
}

/// The bytes between the beginning of an object and its stream.
fn dict_before(bytes: &[u8], at: usize) -> &[u8] {
    let before = &bytes[at.saturating_sub(DICT)..at];
    let start = memmem::rfind(before, b"obj").map_or(0, |start| start + 3);
    &before[start..]
}

/// Whether data begin as those of zlib do (RFC 1950).
fn is_zlib(data: &[u8]) -> bool {
    let [first, second, ..] = data else { return false };
    first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31)
}

/// Bytes that data inflate to, up to one more than is allowed; 0 if they are not deflated.
pub(super) fn inflated(data: &[u8]) -> u64 {
    if !is_zlib(data) {
        return 0;
    }
    let mut counted = Counter(0);
    // An error ends it: what was read until then counts.
    let _ = io::copy(&mut ZlibDecoder::new(data).take(MAX_STREAM + 1), &mut counted);
    counted.0
}

/// The bytes that are written with five characters for four bytes.
pub(super) fn without_ascii85(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for &c in data.iter().take_while(|c| **c != b'~') {
        match c {
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(c - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            let number = group.iter().fold(0_u32, |number, digit| {
                number.wrapping_mul(85).wrapping_add(u32::from(*digit))
            });
            bytes.extend(number.to_be_bytes());
            group.clear();
        }
    }
    // The last group is short of what inflating needs at most by the checksum.
    bytes
}

/// Counts what is written to it.
struct Counter(u64);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
