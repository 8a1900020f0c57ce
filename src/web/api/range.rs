//! `Range` and `If-Range` (RFC 9110, 13.1.5 and 14): the part of a download that a client asks for, and
//! the writers that find and send it. Single ranges of bytes are understood; others are passed over, as
//! the RFC allows, and the whole is sent.

use std::fmt;
use std::io::{self, Write};

use axum::http::{HeaderMap, Method, header};
use bytes::Bytes;
use tokio::sync::mpsc::Sender;

/// The part that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedRange {
    /// From one byte to another, both inclusive, or to the end.
    From(u64, Option<u64>),
    /// So many bytes at the end.
    Last(u64),
}

/// A part that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BytePart {
    /// The first and the last byte, both inclusive.
    first: u64,
    last: u64,
    /// Bytes of the whole, where they were counted.
    length: Option<u64>,
}

impl AskedRange {
    /// What a request asks for; `tag` is the strong tag of what would be sent. `None` is the whole.
    pub(super) fn of(method: &Method, headers: &HeaderMap, tag: &str) -> Option<Self> {
        let is_same = |known: &[u8]| known == tag.as_bytes();
        let known = headers.get(header::IF_RANGE);
        if method != Method::GET || known.is_some_and(|known| !is_same(known.as_bytes())) {
            return None;
        }
        let mut ranges = headers.get_all(header::RANGE).iter();
        let range = ranges.next()?.to_str().ok()?;
        if ranges.next().is_some() { None } else { Self::parse(range) }
    }

    fn parse(range: &str) -> Option<Self> {
        let (unit, range) = range.split_once('=')?;
        let (first, last) = range.trim().split_once('-')?;
        // `parse` alone would take a sign.
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !unit.trim().eq_ignore_ascii_case("bytes") || !is_number(first) || !is_number(last) {
            return None;
        }
        if first.is_empty() {
            return last.parse().ok().map(Self::Last);
        }
        let first: u64 = first.parse().ok()?;
        if last.is_empty() {
            return Some(Self::From(first, None));
        }
        last.parse().ok().filter(|&last| last >= first).map(|last| Self::From(first, Some(last)))
    }

    /// How many bytes have to be counted to know whether there is such a part.
    pub(super) fn limit(self) -> u64 {
        match self {
            Self::From(_, Some(last)) => last.saturating_add(1),
            Self::From(_, None) | Self::Last(_) => u64::MAX,
        }
    }

    /// The part, by what was counted up to [`Self::limit`]; `None` where there is none.
    pub(super) fn part(self, counted: Counted) -> Option<BytePart> {
        let Counted { bytes, is_whole } = counted;
        let end = bytes.checked_sub(1)?;
        let (first, last) = match self {
            Self::From(first, last) => (first, last.map_or(end, |last| last.min(end))),
            Self::Last(0) => return None,
            Self::Last(bytes_at_end) => (bytes.saturating_sub(bytes_at_end), end),
        };
        (first <= last).then_some(BytePart { first, last, length: is_whole.then_some(bytes) })
    }
}

impl BytePart {
    /// Bytes of the part.
    pub(super) fn bytes(self) -> u64 {
        (self.last - self.first).saturating_add(1)
    }
}

/// The value of `Content-Range`.
impl fmt::Display for BytePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last, length } = self;
        match length {
            Some(length) => write!(f, "bytes {first}-{last}/{length}"),
            None => write!(f, "bytes {first}-{last}/*"),
        }
    }
}

/// Bytes that were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) bytes: u64,
    /// Whether there are no more.
    pub(super) is_whole: bool,
}

/// A writer that counts bytes, takes none beyond its limit, and fails when nobody waits any more.
pub(super) struct Meter<'a> {
    sender: &'a Sender<io::Result<Bytes>>,
    left: u64,
    pub(super) counted: u64,
}

impl<'a> Meter<'a> {
    pub(super) fn new(sender: &'a Sender<io::Result<Bytes>>, limit: u64) -> Self {
        Self { sender, left: limit, counted: 0 }
    }
}

impl Write for Meter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        still_wanted(self.sender)?;
        let taken = at_most(bytes, self.left).len();
        self.left -= taken as u64;
        self.counted += taken as u64;
        Ok(taken)
    }

    /// A format that is written at its end alone asks by this whether anybody still waits.
    fn flush(&mut self) -> io::Result<()> {
        still_wanted(self.sender)
    }
}

/// A writer of the whole or a part into the response body: passes over what stands before the part, and
/// takes nothing behind it. Blocks while the client is slow, and fails when it is gone.
pub(super) struct PartWriter<'a> {
    sender: &'a Sender<io::Result<Bytes>>,
    before: u64,
    left: u64,
}

impl<'a> PartWriter<'a> {
    pub(super) fn new(sender: &'a Sender<io::Result<Bytes>>, part: Option<BytePart>) -> Self {
        let (before, left) = part.map_or((0, u64::MAX), |part| (part.first, part.bytes()));
        Self { sender, before, left }
    }
}

impl Write for PartWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        still_wanted(self.sender)?;
        let passed = at_most(bytes, self.before).len();
        self.before -= passed as u64;
        let sent = at_most(bytes.get(passed..).unwrap_or_default(), self.left);
        if !sent.is_empty() {
            let chunk = Ok(Bytes::copy_from_slice(sent));
            self.sender.blocking_send(chunk).map_err(|_| gone())?;
            self.left -= sent.len() as u64;
        }
        Ok(passed + sent.len())
    }

    /// A format that is written at its end alone asks by this whether anybody still waits.
    fn flush(&mut self) -> io::Result<()> {
        still_wanted(self.sender)
    }
}

fn at_most(bytes: &[u8], most: u64) -> &[u8] {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    bytes.get(..most).unwrap_or(bytes)
}

fn still_wanted(sender: &Sender<io::Result<Bytes>>) -> io::Result<()> {
    if sender.is_closed() { Err(gone()) } else { Ok(()) }
}

fn gone() -> io::Error {
    io::ErrorKind::BrokenPipe.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_of_bytes_or_none() {
        use AskedRange::{From, Last};
        for (range, expected) in [
            ("bytes=0-0", Some(From(0, Some(0)))),
            ("Bytes=5-", Some(From(5, None))),
            ("bytes= 5-9 ", Some(From(5, Some(9)))),
            ("bytes=-7", Some(Last(7))),
            ("bytes=-", None),
            ("bytes=9-5", None),
            ("bytes=+1-2", None),
            ("bytes=1-2,4-5", None),
            ("bytes=a-", None),
            ("bytes 1-2", None),
            ("lines=1-2", None),
            ("bytes=0-99999999999999999999", None),
        ] {
            assert_eq!(AskedRange::parse(range), expected, "{range}");
        }
    }

    #[test]
    fn a_part_is_cut_at_the_end_and_there_is_none_behind_it() {
        let whole = Counted { bytes: 10, is_whole: true };
        let part = |asked: AskedRange, counted| asked.part(counted).map(|part| part.to_string());
        let of_whole = |asked| part(asked, whole);
        assert_eq!(of_whole(AskedRange::From(3, None)).as_deref(), Some("bytes 3-9/10"));
        assert_eq!(of_whole(AskedRange::From(9, Some(12))).as_deref(), Some("bytes 9-9/10"));
        assert_eq!(of_whole(AskedRange::Last(4)).as_deref(), Some("bytes 6-9/10"));
        assert_eq!(of_whole(AskedRange::Last(40)).as_deref(), Some("bytes 0-9/10"));
        assert_eq!(of_whole(AskedRange::From(10, None)), None);
        assert_eq!(of_whole(AskedRange::Last(0)), None);
        let asked = AskedRange::From(2, Some(5));
        let some = Counted { bytes: asked.limit(), is_whole: false };
        assert_eq!(part(asked, some).as_deref(), Some("bytes 2-5/*"));
        let none = Counted { bytes: 0, is_whole: true };
        assert_eq!(part(AskedRange::From(0, None), none), None);
        assert_eq!(AskedRange::From(0, Some(u64::MAX)).limit(), u64::MAX);
    }
}
