//! What a file unpacks to, before anything is unpacked in earnest.
//!
//! The library unpacks a stream as a whole. What it unpacks to open a file, tables and streams of
//! objects, is found by its bytes and counted before ([`exceeded`]); all other streams are counted
//! filter by filter when it is open ([`exceeded_by_objects`]). Pictures are passed over: they are never
//! unpacked.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{Filter, Pdf};
use memchr::memmem;

/// A stream, and all streams of a file together, in bytes.
const MAX_STREAM: u64 = 128 << 20;
const MAX_ALL: u64 = 2 << 30;

/// The most that deflate can pack.
const MAX_RATIO: u64 = 1_032;

/// Bytes before a stream that its dictionary is looked for in.
const DICT: usize = 4096;

/// Bytes that one operator shows as text: the library makes some hundred bytes of each before it hands
/// any on.
const MAX_SHOWN: u64 = 1 << 20;

/// The limit in megabytes, if opening the file unpacks more.
pub(super) fn exceeded(bytes: &[u8]) -> Option<u64> {
    let (mut all, mut looked_through) = (0, 0);
    for at in memmem::find_iter(bytes, b"stream") {
        // Also found in `endstream`.
        if at >= 3 && &bytes[at - 3..at] == b"end" {
            continue;
        }
        let dict = dict_before(bytes, at);
        let has = |name: &[u8]| memmem::find(dict, name).is_some();
        // Streams of objects say where the first one is, tables how wide their columns are; a name can
        // be written with `#`.
        let is_opened =
            ["/First", "/W[", "/W ", "/XRef", "#"].iter().any(|name| has(name.as_bytes()));
        if !is_opened {
            continue;
        }
        let rest = &bytes[at + b"stream".len()..];
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"));
        let data = data.or_else(|| rest.strip_prefix(b"\r")).unwrap_or(rest);
        let deflations = memmem::find_iter(dict, b"/Fl").count();
        let is_otherwise_packed = ["/LZW", "/RunLength", "/RL", "/ASCIIHex", "/AHx"]
            .iter()
            .any(|name| has(name.as_bytes()));
        let is_ascii = has(b"/ASCII85") || has(b"/A85");
        let size = if deflations > 1 || is_otherwise_packed || is_ascii {
            let end = memmem::find(data, b"endstream").unwrap_or(data.len());
            looked_through += end;
            // Streams that end are not in each other.
            if looked_through > bytes.len() {
                return Some(MAX_ALL >> 20);
            }
            if is_ascii && deflations < 2 && !is_otherwise_packed {
                inflated(&without_ascii85(&data[..end]))
            } else {
                (end as u64).saturating_mul(MAX_RATIO * MAX_RATIO)
            }
        } else {
            inflated(data)
        };
        all = size.saturating_add(all);
        if let Some(megabytes) = excess(size, all) {
            return Some(megabytes);
        }
    }
    None
}

/// The limit that is exceeded, if one is.
fn excess(size: u64, all: u64) -> Option<u64> {
    match () {
        () if size > MAX_STREAM => Some(MAX_STREAM >> 20),
        () if all > MAX_ALL => Some(MAX_ALL >> 20),
        () => None,
    }
}

/// The limit in megabytes, if the streams of an open file unpack to more.
pub(super) fn exceeded_by_objects(pdf: &Pdf) -> Option<u64> {
    /// Streams that are no pictures, whatever they say of themselves.
    const OF_FONTS: [&[u8]; 6] =
        [b"FontFile", b"FontFile2", b"FontFile3", b"ToUnicode", b"Encoding", b"CIDToGIDMap"];
    let mut all = 0;
    let mut add = |stream: &Stream<'_>| {
        let size = unpacked(stream);
        all = size.saturating_add(all);
        excess(size, all)
    };
    let counted = catch_unwind(AssertUnwindSafe(|| {
        pdf.objects().into_iter().find_map(|object| match object {
            Object::Stream(stream) if !is_picture(&stream) => add(&stream),
            Object::Dict(dict) => {
                let of_fonts = OF_FONTS.iter().filter_map(|key| dict.get::<Stream<'_>>(*key));
                of_fonts.filter(is_picture).find_map(|stream| add(&stream))
            }
            _ => None,
        })
    }));
    counted.unwrap_or(Some(MAX_ALL >> 20))
}

/// Whether the content of a page unpacks to more than a stream may, or shows too much text at once.
pub(super) fn is_exceeded_by_page(page: &Page<'_>) -> bool {
    let one = page.raw().get::<Stream<'_>>(b"Contents");
    let several = page.raw().get::<Array<'_>>(b"Contents");
    let several = several.iter().flat_map(Array::iter::<Stream<'_>>);
    let mut all = 0_u64;
    let is_too_large = one.into_iter().chain(several).any(|stream| {
        all = all.saturating_add(unpacked(&stream));
        all > MAX_STREAM
    });
    is_too_large || shows_too_much(page.page_stream().unwrap_or_default())
}

fn is_picture(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|name| *name == b"Image"[..])
}

/// Bytes that a stream unpacks to, up to some more than is allowed. What cannot be counted is more; so is
/// a form that shows more text at once than is allowed.
fn unpacked(stream: &Stream<'_>) -> u64 {
    let is_form =
        stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|name| *name == b"Form"[..]);
    let mut data = stream.raw_data();
    let filters = stream.filters();
    for (index, filter) in filters.iter().enumerate() {
        let is_last = index + 1 == filters.len();
        data = match filter {
            Filter::Crypt => continue,
            Filter::AsciiHexDecode => Cow::Owned(without_hex(&data)),
            Filter::Ascii85Decode => Cow::Owned(without_ascii85(&data)),
            Filter::FlateDecode if is_last && !is_form => return inflated(&data),
            Filter::FlateDecode => {
                let mut bytes = Vec::new();
                if inflate(&data, &mut bytes) > MAX_STREAM {
                    return u64::MAX;
                }
                Cow::Owned(bytes)
            }
            Filter::LzwDecode if is_last => return lzw_bytes(&data, changes_early(stream.dict())),
            Filter::RunLengthDecode if is_last => return run_length_bytes(&data),
            Filter::LzwDecode | Filter::RunLengthDecode => return u64::MAX,
            // These make pictures, which are not unpacked.
            _ => return 0,
        };
    }
    if is_form && shows_too_much(&data) { u64::MAX } else { data.len() as u64 }
}

/// Whether content shows more text at once than is allowed.
fn shows_too_much(content: &[u8]) -> bool {
    let (mut shown, mut depth, mut arrays) = (0_u64, 0_usize, 0_usize);
    let (mut at, mut in_picture) = (0, false);
    let is_blank = |at: usize| content.get(at).is_none_or(u8::is_ascii_whitespace);
    while let Some(&byte) = content.get(at) {
        at += 1;
        match byte {
            b'\\' if depth > 0 => at += 1,
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            b'<' if content.get(at) != Some(&b'<') => {
                let length = memmem::find(&content[at..], b">").unwrap_or(content.len() - at);
                shown += length as u64;
                at += length;
            }
            b'[' => arrays += 1,
            b']' => arrays = arrays.saturating_sub(1),
            // A picture within the content: BI, its properties, ID, its data, EI.
            b'B' if content.get(at) == Some(&b'I') && is_blank(at + 1) => in_picture = true,
            b'I' if in_picture && content.get(at) == Some(&b'D') && is_blank(at + 1) => {
                in_picture = false;
                at += memmem::find(&content[at..], b"EI").unwrap_or_default();
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'"' if arrays == 0 => shown = 0,
            _ => {}
        }
        shown += u64::from(depth > 0 || arrays > 0);
        if shown > MAX_SHOWN {
            return true;
        }
    }
    false
}

/// The bytes between the beginning of an object and its stream.
fn dict_before(bytes: &[u8], at: usize) -> &[u8] {
    let before = &bytes[at.saturating_sub(DICT)..at];
    let start = memmem::rfind(before, b"obj").map_or(0, |start| start + 3);
    &before[start..]
}

/// Bytes that data inflate to, up to one more than is allowed.
pub(super) fn inflated(data: &[u8]) -> u64 {
    inflate(data, &mut io::sink())
}

/// Inflates data up to one byte more than is allowed, with a head (RFC 1950) or without, as the library
/// does. What was read before an error counts.
fn inflate(data: &[u8], to: &mut impl Write) -> u64 {
    let copied = |from: &mut dyn Read, to: &mut dyn Write| {
        let mut counted = Counter { bytes: 0, to };
        let is_whole = io::copy(&mut from.take(MAX_STREAM + 1), &mut counted).is_ok();
        (counted.bytes, is_whole)
    };
    let (bytes, is_whole) = copied(&mut ZlibDecoder::new(data), to);
    if is_whole {
        return bytes;
    }
    let bare = |data: &[u8]| copied(&mut DeflateDecoder::new(data), &mut io::sink()).0;
    bytes.max(bare(data)).max(bare(data.get(2..).unwrap_or_default()))
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

/// The bytes that are written with two digits each.
fn without_hex(data: &[u8]) -> Vec<u8> {
    let digits =
        data.iter().take_while(|c| **c != b'>').filter_map(|c| char::from(*c).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
}

/// Whether the codes of LZW become longer one earlier than they must (PDF 32000-1, 7.4.4.3).
fn changes_early(dict: &Dict<'_>) -> bool {
    let parameters = dict.get::<Dict<'_>>(b"DecodeParms").or_else(|| dict.get::<Dict<'_>>(b"DP"));
    let of_last = || dict.get::<Array<'_>>(b"DecodeParms")?.iter::<Dict<'_>>().last();
    let early = parameters.or_else(of_last).and_then(|said| said.get::<i32>(b"EarlyChange"));
    early.is_none_or(|early| early != 0)
}

/// Bytes that data packed by LZW unpack to: the sum of the lengths that their codes stand for.
fn lzw_bytes(data: &[u8], changes_early: bool) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths = vec![1_u64; 258];
    let (mut bytes, mut last) = (0, None);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        let width = match lengths.len() + usize::from(changes_early) {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        if code == CLEAR {
            lengths.truncate(END + 1);
            last = None;
            continue;
        }
        let known = lengths.get(code).copied().or(last.map(|last: u64| last + 1));
        let Some(length) = known.filter(|_| code != END && bytes <= MAX_STREAM) else { break };
        bytes += length;
        if let Some(last) = last.filter(|_| lengths.len() < 4096) {
            lengths.push(last + 1);
        }
        last = Some(length);
    }
    bytes
}

/// Bytes that data packed by their runs unpack to.
fn run_length_bytes(data: &[u8]) -> u64 {
    let (mut at, mut bytes) = (0, 0_u64);
    while let Some(&length) = data.get(at).filter(|length| **length != 128) {
        let is_run = length > 128;
        bytes += if is_run { 257 - u64::from(length) } else { u64::from(length) + 1 };
        at += if is_run { 2 } else { usize::from(length) + 2 };
    }
    bytes
}

/// Counts what is written through it.
struct Counter<'w> {
    bytes: u64,
    to: &'w mut dyn Write,
}

impl Write for Counter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_filters_unpack_to_is_counted() {
        // The example of PDF 32000-1, 7.4.4.2: ten bytes.
        let packed = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(lzw_bytes(&packed, true), 10);
        assert_eq!(run_length_bytes(&[2, b'a', b'b', b'c', 254, b'd', 128, 9]), 6);
        assert_eq!(without_hex(b"41 4 2>43"), b"AB");
        assert_eq!(without_ascii85(b"87cURz~>87cUR"), b"Hell\0\0\0\0");
    }

    #[test]
    fn text_that_is_shown_at_once_is_counted() {
        let long = "a".repeat(900_000);
        assert!(!shows_too_much(format!("({long}) Tj ({long}) Tj").as_bytes()));
        assert!(shows_too_much(format!("({long}\\)({long})) Tj").as_bytes()));
        assert!(shows_too_much(format!("[({long}) -20 ({long})] TJ").as_bytes()));
        assert!(shows_too_much(format!("[<{long}> <{long}>] TJ <41> Tj").as_bytes()));
        assert!(shows_too_much(format!("<{long}{long}> Tj").as_bytes()));
        assert!(!shows_too_much(format!("<{long}> Tj <</A<{long}>>> BDC").as_bytes()));
        assert!(!shows_too_much(format!("BI /W 9 ID (({long}{long} EI Q").as_bytes()));
        assert!(shows_too_much(format!("/XID gs ({long}{long}) Tj EI Q").as_bytes()));
    }
}
