//! The sketches of a segment's articles, in a file beside those of the engine. A segment never
//! changes, so they are computed once for as long as it lives.
//!
//! The first line is JSON; then come 44 bytes for each document, and the hashes of all sketches in
//! the order of the documents.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::schema::Value;
use tantivy::{SegmentReader, TantivyDocument};

use super::atomic_file::write_whole;
use super::damage::SKETCHES;
use super::kept_file;
use super::schema::Fields;
use super::stored::decode;
use crate::annotate::Sketch;
use crate::model::ArticleId;

const ID: usize = ArticleId::LENGTH;
/// Bytes of a document before the hashes.
const ENTRY: usize = 8 + ID + 8 + 4 + 4 + 8;

/// An article as grouping sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SketchEntry {
    /// Hash of the record: two articles of one key are one.
    pub(super) key: u64,
    pub(super) id: ArticleId,
    pub(super) sketch: Sketch,
}

/// The sketches of a segment by document; `None` for reports, for what was taken out before they
/// were computed, and for texts that are too short to be matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SegmentSketches(pub(super) Vec<Option<SketchEntry>>);

/// What the first line says.
#[derive(Debug, Serialize, Deserialize)]
struct SketchesHeader {
    /// The rules that the sketches were computed by.
    rules: String,
    documents: usize,
}

/// The rules of this program; made by `build.rs`.
pub(super) const RULES: &str = env!("DIBAO_RULES");

/// The part of a stored record that is sketched; a report on a file has none.
#[derive(Deserialize)]
struct StoredText<'a> {
    id: Option<ArticleId>,
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
}

impl SegmentSketches {
    /// Those of a segment, computed if there is no sound file of them.
    pub(super) fn of(reader: &SegmentReader, fields: Fields, data: &Path) -> tantivy::Result<Self> {
        let segment = reader.segment_id().uuid_string();
        let known = Self::read(data, &segment)?;
        if let Some(known) = known.filter(|known| known.0.len() == reader.max_doc() as usize) {
            return Ok(known);
        }
        let computed = Self::compute(reader, fields)?;
        write_whole(&path(data, &segment), &computed.to_bytes()?)?;
        Ok(computed)
    }

    /// The file of a segment, which may be gone; `None` if there is none of this program's, or if it
    /// is damaged.
    pub(super) fn read(data: &Path, segment: &str) -> io::Result<Option<Self>> {
        match fs::read(path(data, segment)) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn compute(reader: &SegmentReader, fields: Fields) -> tantivy::Result<Self> {
        let store = reader.get_store_reader(1)?;
        let mut all = vec![None; reader.max_doc() as usize];
        let alive = (0..reader.max_doc()).filter(|&doc| !reader.is_deleted(doc));
        for (doc, document) in alive.zip(store.iter::<TantivyDocument>(reader.alive_bitset())) {
            let document = document?;
            let stored = document.get_first(fields.stored);
            let stored = decode(stored.as_ref().and_then(Value::as_bytes).unwrap_or_default())?;
            let text: StoredText = serde_json::from_slice(&stored).map_err(io::Error::other)?;
            let (Some(id), Some(body)) = (text.id, text.body) else { continue };
            let sketch = Sketch::of(&body);
            if !sketch.is_empty() {
                all[doc as usize] = Some(SketchEntry { key: key_of(&stored), id, sketch });
            }
        }
        Ok(Self(all))
    }

    fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        for entry in &self.0 {
            let mut bytes = [0; ENTRY];
            if let Some(SketchEntry { key, id, sketch }) = entry {
                let parts = [
                    &key.to_le_bytes()[..],
                    &id.fixed(),
                    &sketch.whole().to_le_bytes(),
                    &sketch.length().to_le_bytes(),
                    &sketch.bound().to_le_bytes(),
                    &(sketch.hashes().len() as u64).to_le_bytes(),
                ];
                bytes.copy_from_slice(&parts.concat());
            }
            content.extend(bytes);
        }
        for hash in self.0.iter().flatten().flat_map(|entry| entry.sketch.hashes()) {
            content.extend(hash.to_le_bytes());
        }
        let head = SketchesHeader { rules: RULES.to_owned(), documents: self.0.len() };
        kept_file::to_bytes(&head, &content)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, content): (SketchesHeader, _) = kept_file::parse(bytes)?;
        if head.rules != RULES {
            return None;
        }
        let (entries, hashes) = content.split_at_checked(head.documents.checked_mul(ENTRY)?)?;
        let (hashes, _) = hashes.as_chunks::<4>();
        let mut hashes = hashes.iter().map(|hash| u32::from_le_bytes(*hash));
        let mut parse = |entry: &[u8; ENTRY]| {
            let (key, entry) = entry.split_first_chunk()?;
            let (id, entry) = entry.split_first_chunk::<ID>()?;
            let (whole, entry) = entry.split_first_chunk()?;
            let (length, entry) = entry.split_first_chunk()?;
            let (bound, entry) = entry.split_first_chunk()?;
            let count = u64::from_le_bytes(*entry.first_chunk()?) as usize;
            let own: Vec<u32> = hashes.by_ref().take(count).collect();
            if own.is_empty() {
                return Some(None);
            }
            let (bound, length) = (u32::from_le_bytes(*bound), u32::from_le_bytes(*length));
            let whole = u64::from_le_bytes(*whole);
            let id = ArticleId(std::str::from_utf8(id).ok()?.trim_end().to_owned());
            let sketch = Sketch::from_parts(own, bound, length, whole);
            Some(Some(SketchEntry { key: u64::from_le_bytes(*key), id, sketch }))
        };
        let (entries, _) = entries.as_chunks::<ENTRY>();
        let all = entries.iter().map(&mut parse).collect::<Option<Vec<_>>>()?;
        hashes.next().is_none().then_some(Self(all))
    }
}

/// Removes the files of all segments but these. What cannot be removed does no harm.
pub(super) fn retain(data: &Path, segments: &HashSet<&str>) -> io::Result<()> {
    for entry in fs::read_dir(data)?.flatten() {
        let name = entry.file_name();
        let segment = name.to_str().and_then(|name| name.strip_prefix(SKETCHES));
        if segment.is_some_and(|segment| !segments.contains(segment)) {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

fn path(data: &Path, segment: &str) -> PathBuf {
    data.join(format!("{SKETCHES}{segment}"))
}

fn key_of(record: &[u8]) -> u64 {
    let hash = blake3::hash(record);
    hash.as_bytes().first_chunk().map_or(0, |first| u64::from_le_bytes(*first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_what_is_damaged_counts_for_nothing() {
        let entry = |key, body: &str| {
            Some(SketchEntry {
                key,
                id: ArticleId("aaaaaaaaaaaa".into()),
                sketch: Sketch::of(body),
            })
        };
        let sketches = SegmentSketches(vec![
            None,
            entry(7, "镇上的石桥修好了，村民赶集不必再绕行八里路。"),
            None,
            entry(8, "合唱队每逢周末在公园里排练，听众越来越多了。"),
        ]);
        let bytes = sketches.to_bytes().expect("bytes");
        assert_eq!(SegmentSketches::parse(&bytes), Some(sketches));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            assert_eq!(SegmentSketches::parse(&damaged), None, "{at}");
            assert_eq!(SegmentSketches::parse(&bytes[..at]), None, "{at}");
        }
    }
}
