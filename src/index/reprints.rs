//! Which articles print again what another one printed, found over the whole index.

use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::thread;

use serde::Deserialize;
use tantivy::columnar::Column;
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument};

use super::document_ranks;
use super::document_ranks::DocumentRank;
use super::schema::{Fields, names};
use super::sources::{SourceRanks, source_column};
use super::stored::decode;
use super::stored::stored;
use crate::annotate::sketch;
use crate::annotate::{Sketch, SketchedArticle, containment, group_reprints};
use crate::model::{ArticleId, Record};

/// Finds the order and the reprints among all articles of the commit with this stamp, and keeps
/// them beside the engine's files.
pub(super) fn find(
    searcher: &Searcher,
    fields: &Fields,
    data: &Path,
    stamp: u64,
) -> tantivy::Result<()> {
    let mut candidates = candidates(searcher, fields)?;
    candidates.sort_unstable_by_key(|candidate| candidate.place);
    let addresses: Vec<DocAddress> = candidates.iter().map(|candidate| candidate.address).collect();
    let items: Vec<SketchedArticle> = candidates
        .into_iter()
        .zip(0..)
        .map(|(candidate, order)| SketchedArticle {
            sketch: candidate.sketch,
            date_key: candidate.printed,
            order,
        })
        .collect();
    let record = |position: usize| stored::<Record>(searcher, fields, addresses[position]);
    let mut failed = None;
    let firsts = group_reprints(&items, |a, b| match (record(a), record(b)) {
        (Ok(a), Ok(b)) => containment(&a.body, &b.body),
        (Err(error), _) | (_, Err(error)) => {
            failed = Some(error);
            0.0
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let mut reprints: Vec<(ArticleId, ArticleId)> = Vec::new();
    let mut segments = document_ranks_of(searcher)?;
    let mut groups = 0;
    let mut group_of = vec![0; addresses.len()];
    for (position, first) in firsts.into_iter().enumerate() {
        let Some(first) = first else { continue };
        if group_of[first] == 0 {
            groups += 1;
            group_of[first] = groups;
        }
        group_of[position] = group_of[first];
        let (id, first) = (record(position)?.id, record(first)?.id);
        // Two files of one name with one text share an id: a copy of a file is no reprint.
        if id != first {
            reprints.push((id, first));
        }
    }
    for (address, group) in addresses.iter().zip(group_of) {
        let documents = segments.get_mut(address.segment_ord as usize).map(|(_, all)| all);
        if let Some(rank) = documents.and_then(|all| all.get_mut(address.doc_id as usize)) {
            rank.group = group;
        }
    }
    reprints.sort_unstable();
    reprints.dedup_by(|later, first| later.0 == first.0);
    Ok(document_ranks::write(data, stamp, &reprints, groups, &segments)?)
}

/// The name of each segment, and the ranks of its documents' files.
fn document_ranks_of(searcher: &Searcher) -> tantivy::Result<Vec<(String, Vec<DocumentRank>)>> {
    let ranks = SourceRanks::read(searcher)?;
    let segments = searcher.segment_readers().iter().enumerate();
    segments
        .map(|(at, reader)| {
            let (_, sources) = source_column(reader)?.into_parts();
            let ranks = ranks.of_segment(at);
            let documents = (0..reader.max_doc()).map(|doc| {
                let number = sources.first(doc).unwrap_or(0) as usize;
                let rank = ranks.as_ref().map_or(Some(number as u32), |r| r.get(number).copied());
                DocumentRank { rank: rank.unwrap_or(u32::MAX), group: 0 }
            });
            Ok((reader.segment_id().uuid_string(), documents.collect()))
        })
        .collect()
}

struct ReprintCandidate {
    sketch: Sketch,
    /// YYYYMMDD.
    printed: Option<u32>,
    /// Rank of the file, and place in the file.
    place: (u32, u32),
    address: DocAddress,
}

/// Sketches every article anew, one thread for each of the engine's segments. To keep the sketches
/// would save a second for each 200 MB of text, and make the index larger by an eighth of the text.
fn candidates(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Vec<ReprintCandidate>> {
    let ranks = SourceRanks::read(searcher)?;
    let segments = searcher.segment_readers().iter().zip(0..);
    thread::scope(|scope| {
        let threads: Vec<_> = segments
            .map(|(reader, segment)| {
                let ranks = ranks.of_segment(segment as usize);
                scope.spawn(move || candidates_in(reader, segment, ranks.as_deref(), *fields))
            })
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            let failed = |_| io::Error::other("a thread that sketched articles failed");
            all.extend(thread.join().map_err(failed)??);
        }
        Ok(all)
    })
}

/// The part of a stored record that is sketched; a report on a file has none.
#[derive(Deserialize)]
struct StoredBody<'a> {
    #[serde(borrow)]
    body: Option<Cow<'a, str>>,
}

fn candidates_in(
    reader: &SegmentReader,
    segment: u32,
    ranks: Option<&[u32]>,
    fields: Fields,
) -> tantivy::Result<Vec<ReprintCandidate>> {
    let places = SortColumns::of(reader)?;
    let store = reader.get_store_reader(1)?;
    let alive = (0..reader.max_doc()).filter(|&doc| !reader.is_deleted(doc));
    let mut all = Vec::new();
    for (doc, document) in alive.zip(store.iter::<TantivyDocument>(reader.alive_bitset())) {
        let document = document?;
        let stored = document.get_first(fields.stored);
        let stored = stored.as_ref().and_then(Value::as_bytes).unwrap_or_default();
        let stored = decode(stored)?;
        let printed: StoredBody = serde_json::from_slice(&stored).map_err(io::Error::other)?;
        let sketch = printed.body.map(|body| sketch(&body)).filter(|sketch| !sketch.is_empty());
        let Some(sketch) = sketch else { continue };
        let number = places.source.first(doc).unwrap_or(0) as usize;
        let rank = match ranks {
            Some(ranks) => ranks.get(number).copied().unwrap_or(u32::MAX),
            None => number as u32,
        };
        let ordinal = places.ordinal.first(doc).unwrap_or(0) as u32;
        let printed = places.printed.first(doc).filter(|&day| day > 0).map(|day| day as u32);
        let address = DocAddress::new(segment, doc);
        all.push(ReprintCandidate { sketch, printed, place: (rank, ordinal), address });
    }
    Ok(all)
}

struct SortColumns {
    source: Column<u64>,
    ordinal: Column<u64>,
    printed: Column<u64>,
}

impl SortColumns {
    fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        Ok(Self {
            source: source_column(reader)?.into_parts().1,
            ordinal: fast.u64(names::ORDINAL)?,
            printed: fast.u64(names::PRINTED)?,
        })
    }
}
