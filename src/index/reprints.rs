//! Which articles print again what another one printed, found over the whole index: what is new is
//! compared with the rest, what was decided before stays.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;
use std::thread;

use tantivy::collector::DocSetCollector;
use tantivy::columnar::Column;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Searcher, SegmentReader, Term};

use super::damage::{REPRINTS, SKETCHES};
use super::document_ranks;
use super::document_ranks::DocumentRank;
use super::fields::REPRINT_DECIDED;
use super::reprint_state::{KeyedPair, ReprintState};
use super::schema::{Fields, names};
use super::segment_sketches;
use super::segment_sketches::SegmentSketches;
use super::sources::{SourceRanks, source_column};
use super::stored::stored;
use crate::annotate::{
    ComparedArticle, DecidedPair, DecidedReprints, Presence, Regrouped, Sketch, SketchedArticle,
    compare_articles, regroup,
};
use crate::model::{ArticleId, Record, ReprintDecision, ReprintEvidence};

/// Finds the order and the reprints among all articles of the commit with this stamp, and keeps
/// them beside the engine's files.
pub(super) fn find(
    searcher: &Searcher,
    fields: &Fields,
    data: &Path,
    stamp: u64,
) -> tantivy::Result<()> {
    let state = ReprintState::read(data)?;
    let mut articles = Articles::of(searcher, fields, data, &state)?;
    let decisions = articles.decisions(searcher, fields)?;
    let Regrouped { first_of, decided } = articles.regroup(searcher, fields, &state, &decisions)?;
    let mut reprints: Vec<(ArticleId, ArticleId)> = Vec::new();
    let mut segments = document_ranks_of(searcher)?;
    let mut groups = 0;
    let mut group_of = vec![0; articles.items.len()];
    for (position, first) in first_of.into_iter().enumerate() {
        let Some(first) = first else { continue };
        if group_of[first] == 0 {
            groups += 1;
            group_of[first] = groups;
        }
        group_of[position] = group_of[first];
        let (id, first) = (&articles.ids[position], &articles.ids[first]);
        // Two files of one name with one text share an id: a copy of a file is no reprint.
        if id != first {
            reprints.push((id.clone(), first.clone()));
        }
    }
    for (address, group) in articles.addresses.iter().zip(group_of) {
        let Some(address) = address else { continue };
        let documents = segments.get_mut(address.segment_ord as usize).map(|(_, all)| all);
        if let Some(rank) = documents.and_then(|all| all.get_mut(address.doc_id as usize)) {
            rank.group = group;
        }
    }
    reprints.sort_unstable();
    reprints.dedup_by(|later, first| later.0 == first.0);
    let names: Vec<String> = segments.iter().map(|(name, _)| name.clone()).collect();
    articles.state(&decided, names.clone()).write(data)?;
    segment_sketches::retain(data, &names.iter().map(String::as_str).collect())?;
    Ok(document_ranks::write(data, stamp, &reprints, groups, &segments)?)
}

/// Whether everything is kept by which reprints are found by what is new alone.
pub(super) fn are_kept(searcher: &Searcher, data: &Path) -> bool {
    let segments = searcher.segment_readers().iter();
    let sketches = segments.map(|s| format!("{SKETCHES}{}", s.segment_id().uuid_string()));
    sketches.chain([REPRINTS.to_owned()]).all(|name| data.join(name).exists())
}

/// What speaks for one of these articles being a reprint of the other.
pub(crate) fn reprint_evidence(a: &Record, b: &Record) -> ReprintEvidence {
    compare_articles(&ComparedArticle::of(a), &ComparedArticle::of(b)).evidence
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

/// The articles of the commit, and those that were there when reprints were found last and are gone.
struct Articles {
    items: Vec<SketchedArticle>,
    ids: Vec<ArticleId>,
    /// Where each one is; `None` if it is gone.
    addresses: Vec<Option<DocAddress>>,
    /// Whether each one was there before; all were not if something that was there is unknown now.
    before: Vec<bool>,
}

impl Articles {
    fn of(
        searcher: &Searcher,
        fields: &Fields,
        data: &Path,
        state: &ReprintState,
    ) -> tantivy::Result<Self> {
        let sketches = sketches(searcher, fields, data)?;
        let ranks = SourceRanks::read(searcher)?;
        let readers = searcher.segment_readers();
        let mut articles =
            Self { items: Vec::new(), ids: Vec::new(), addresses: Vec::new(), before: Vec::new() };
        let mut gone = Vec::new();
        for ((segment, reader), sketches) in (0..).zip(readers).zip(sketches) {
            let places = SortColumns::of(reader)?;
            let ranks = ranks.of_segment(segment as usize);
            for (doc, entry) in (0..).zip(sketches.0) {
                let Some(entry) = entry else { continue };
                if reader.is_deleted(doc) {
                    gone.push(entry);
                    continue;
                }
                let address = DocAddress::new(segment, doc);
                articles.ids.push(entry.id);
                articles.addresses.push(Some(address));
                articles.items.push(SketchedArticle {
                    sketch: entry.sketch,
                    date_key: places.printed(doc),
                    order: places.order(doc, ranks.as_deref()),
                    key: entry.key,
                });
            }
        }
        // Segments that were merged away since: their files are still there.
        let names: HashSet<String> =
            readers.iter().map(|reader| reader.segment_id().uuid_string()).collect();
        for segment in state.segments.iter().filter(|segment| !names.contains(*segment)) {
            let sketches = SegmentSketches::read(data, segment)?;
            gone.extend(sketches.into_iter().flat_map(|sketches| sketches.0).flatten());
        }
        let mut present: HashSet<u64> = articles.items.iter().map(|item| item.key).collect();
        for entry in gone {
            if state.keys.binary_search(&entry.key).is_ok() && present.insert(entry.key) {
                articles.ids.push(entry.id);
                articles.addresses.push(None);
                articles.items.push(SketchedArticle {
                    sketch: entry.sketch,
                    date_key: None,
                    order: 0,
                    key: entry.key,
                });
            }
        }
        let was = |item: &SketchedArticle| state.keys.binary_search(&item.key).is_ok();
        articles.before = articles.items.iter().map(was).collect();
        if state.keys.iter().any(|key| !present.contains(key)) {
            articles.before.fill(false);
        }
        Ok(articles)
    }

    /// What people decided on reprints. Articles that are too short to be matched are added where it
    /// concerns them; what is said to be a reprint of an article that there is not is left as it is
    /// found.
    fn decisions(
        &mut self,
        searcher: &Searcher,
        fields: &Fields,
    ) -> tantivy::Result<DecidedReprints> {
        let mut positions: HashMap<DocAddress, usize> = HashMap::new();
        let known = self.addresses.iter().zip(0..);
        positions.extend(known.filter_map(|(address, at)| Some(((*address)?, at))));
        let mut decisions = DecidedReprints::new();
        for address in with_term(searcher, Term::from_field_text(fields.marker, REPRINT_DECIDED))? {
            let record: Record = stored(searcher, fields, address)?;
            let of = match &record.reprint_decided {
                None => continue,
                Some(ReprintDecision::No) => None,
                Some(ReprintDecision::Of(id)) => {
                    let term = Term::from_field_text(fields.id, &id.0);
                    let of = with_term(searcher, term)?
                        .into_iter()
                        .map(|of| self.position(searcher, fields, of, &mut positions))
                        .collect::<tantivy::Result<Vec<usize>>>()?;
                    // Copies of a file have articles of one id, and an article can have had it.
                    let first = of.into_iter().min_by_key(|&of| {
                        let was_its_id = self.ids[of] != *id;
                        (was_its_id, self.items[of].order)
                    });
                    let Some(first) = first else { continue };
                    Some(first)
                }
            };
            decisions.insert(self.position(searcher, fields, address, &mut positions)?, of);
        }
        Ok(decisions)
    }

    /// The position of an article, which is added if it is none of those that can be matched.
    fn position(
        &mut self,
        searcher: &Searcher,
        fields: &Fields,
        address: DocAddress,
        positions: &mut HashMap<DocAddress, usize>,
    ) -> tantivy::Result<usize> {
        if let Some(&position) = positions.get(&address) {
            return Ok(position);
        }
        let record: Record = stored(searcher, fields, address)?;
        let reader = searcher.segment_reader(address.segment_ord);
        let (columns, ranks) = (SortColumns::of(reader)?, SourceRanks::read(searcher)?);
        let ranks = ranks.of_segment(address.segment_ord as usize);
        self.items.push(SketchedArticle {
            sketch: Sketch::of(""),
            date_key: columns.printed(address.doc_id),
            order: columns.order(address.doc_id, ranks.as_deref()),
            key: 0,
        });
        self.ids.push(record.id);
        self.addresses.push(Some(address));
        self.before.push(false);
        positions.insert(address, self.items.len() - 1);
        Ok(self.items.len() - 1)
    }

    fn regroup(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        state: &ReprintState,
        decisions: &DecidedReprints,
    ) -> tantivy::Result<Regrouped> {
        let presence = |position: usize| Presence {
            before: self.before[position],
            now: self.addresses[position].is_some(),
        };
        let mut last: Option<(usize, ComparedArticle)> = None;
        let item = |position: usize| -> tantivy::Result<ComparedArticle> {
            let gone = || io::Error::other("an article that is gone was compared");
            let address = self.addresses[position].ok_or_else(gone)?;
            Ok(ComparedArticle::of(&stored::<Record>(searcher, fields, address)?))
        };
        regroup(&self.items, presence, &self.known(state), decisions, |a, b| {
            // Pairs come in the order of their first articles.
            let one = match last.take() {
                Some((position, one)) if position == a => one,
                _ => item(a)?,
            };
            let is_same = compare_articles(&one, &item(b)?).separated_by.is_none();
            last = Some((a, one));
            Ok(is_same)
        })
    }

    /// What was decided on the articles that are there still.
    fn known(&self, state: &ReprintState) -> Vec<DecidedPair> {
        let positions = self.items.iter().map(|item| item.key).zip(0..);
        let positions: HashMap<u64, u32> = positions.collect();
        let known = state.pairs.iter().filter_map(|pair| {
            let [one, other] = pair.keys.map(|key| positions.get(&key).copied());
            let (one, other) = (one?, other?);
            let were_there = self.before[one as usize] && self.before[other as usize];
            let (are_candidates, is_same) = (pair.are_candidates && were_there, pair.is_same);
            Some(DecidedPair { pair: (one.min(other), one.max(other)), are_candidates, is_same })
        });
        known.collect()
    }

    fn state(&self, decided: &[DecidedPair], segments: Vec<String>) -> ReprintState {
        let here = self.items.iter().zip(&self.addresses);
        let here = here.filter(|(item, at)| at.is_some() && !item.sketch.is_empty());
        let mut keys: Vec<u64> = here.map(|(item, _)| item.key).collect();
        keys.sort_unstable();
        let key = |position: u32| self.items[position as usize].key;
        let pairs = decided.iter().map(|decided| KeyedPair {
            keys: [key(decided.pair.0), key(decided.pair.1)],
            are_candidates: decided.are_candidates,
            is_same: decided.is_same,
        });
        ReprintState { segments, keys, pairs: pairs.collect() }
    }
}

/// The entries with a term.
fn with_term(searcher: &Searcher, term: Term) -> tantivy::Result<Vec<DocAddress>> {
    let found =
        searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &DocSetCollector)?;
    let mut found: Vec<DocAddress> = found.into_iter().collect();
    found.sort_unstable();
    Ok(found)
}

/// The sketches of all segments, those that must be computed in a thread for each.
fn sketches(
    searcher: &Searcher,
    fields: &Fields,
    data: &Path,
) -> tantivy::Result<Vec<SegmentSketches>> {
    thread::scope(|scope| {
        let start = |reader| scope.spawn(move || SegmentSketches::of(reader, *fields, data));
        let threads: Vec<_> = searcher.segment_readers().iter().map(start).collect();
        let failed = |_| io::Error::other("a thread that sketched articles failed");
        threads.into_iter().map(|thread| thread.join().map_err(failed)?).collect()
    })
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

    /// The day of print as YYYYMMDD.
    fn printed(&self, doc: u32) -> Option<u32> {
        self.printed.first(doc).filter(|&day| day > 0).map(|day| day as u32)
    }

    /// Sorts by the rank of the file, then by the place in the file.
    fn order(&self, doc: u32, ranks: Option<&[u32]>) -> u64 {
        let number = self.source.first(doc).unwrap_or(0);
        let rank = match ranks {
            Some(ranks) => ranks.get(number as usize).copied().unwrap_or(u32::MAX).into(),
            None => number,
        };
        (rank << 32) | self.ordinal.first(doc).unwrap_or(0)
    }
}
