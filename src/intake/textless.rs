//! Which files have no text although they are of a kind that has: empty ones, damaged ones, and pages without a line.

use std::io::{self, Read};
use std::sync::LazyLock;

use super::content::{DocumentKind, is_binary};
use super::file_cache::FileCache;
use super::open::open;
use super::scans::{self, ScanFormat};
use super::walk::{CorpusFile, FileFormat, FoundState};
use crate::text::decode;

/// Bytes of a file that is looked into. A larger one has text, or what reads it says why not; a page of ALTO
/// without lines has a tenth of this.
const MAX_BYTES: u64 = 16 * 1024;

/// Files of which it is known.
const MAX_KNOWN: usize = 200_000;

/// Whether a text or a file of pages has nothing to read. One that cannot be opened now may have.
pub(super) fn is_textless(file: &CorpusFile) -> bool {
    static KNOWN: LazyLock<FileCache<FoundState, bool>> =
        LazyLock::new(|| FileCache::of(MAX_KNOWN));
    let can_be = matches!(file.format, FileFormat::Text | FileFormat::Scan);
    can_be
        && file.bytes <= MAX_BYTES
        && KNOWN.get_or_make(&file.state(), || looked_into(file)).unwrap_or_default()
}

fn looked_into(file: &CorpusFile) -> io::Result<bool> {
    let mut opened = open(file)?;
    if DocumentKind::of(&mut opened)?.is_some() {
        return Ok(false);
    }
    let mut bytes = Vec::new();
    opened.take(MAX_BYTES).read_to_end(&mut bytes)?;
    let decoded = decode(&bytes, None);
    Ok(match scans::format_of(&decoded.text) {
        // Its text is in the files that it names.
        Some(ScanFormat::Mets) => false,
        Some(_) => scans::pages_with_lines(&decoded.text) == 0,
        // XML that is no pages is refused.
        None if file.format == FileFormat::Scan && scans::is_markup(&decoded.text) => true,
        None => decoded.text.trim().is_empty() || is_binary(&decoded, &bytes),
    })
}
