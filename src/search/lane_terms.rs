//! What the literal lane knows of a pair of neighbouring characters, or of a single one: in which
//! articles of a segment it stands, and where.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::BitSetDocSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet, TERMINATED};

/// Something that one look into the lane's dictionary finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LaneTerm {
    /// Two neighbouring characters.
    Pair([char; 2]),
    /// A character: every pair that begins with it. Every character of a text begins some pair.
    Character(char),
}

impl LaneTerm {
    /// The fewest terms, with their distance in characters from the beginning, that stand together
    /// only where all of `text` (folded characters) stands. None for an empty text.
    pub(super) fn cover(text: &[char]) -> Vec<(u32, Self)> {
        if let [one] = text {
            return vec![(0, Self::Character(*one))];
        }
        // Every second pair; the last pair closes a text of odd length.
        let closes = text.len() % 2 == 1;
        let last = text.len().saturating_sub(2);
        let pairs = text.windows(2).enumerate();
        pairs
            .filter(|(at, _)| at % 2 == 0 || (closes && *at == last))
            .filter_map(|(at, pair)| match pair {
                [first, second] => Some((at as u32, Self::Pair([*first, *second]))),
                _ => None,
            })
            .collect()
    }

    /// A reader for a segment of `max_doc` articles; `None` if it has no such term. Positions are
    /// only there if they are wanted.
    pub(super) fn reader(
        self,
        index: &InvertedIndexReader,
        max_doc: DocId,
        positions: bool,
    ) -> std::io::Result<Option<LaneReader>> {
        let option = if positions {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::Basic
        };
        let docs = match self {
            Self::Pair(pair) => {
                let pair = String::from_iter(pair);
                let Some(info) = index.terms().get(pair)? else { return Ok(None) };
                let postings = index.read_postings_from_terminfo(&info, option)?;
                Docs::Pair(Box::new(postings))
            }
            Self::Character(character) => {
                let Some(docs) = AnyPair::new(index, max_doc, character, positions)? else {
                    return Ok(None);
                };
                Docs::AnyPair(docs)
            }
        };
        Ok(Some(LaneReader { docs, positions: Vec::new(), read: TERMINATED }))
    }
}

/// A cursor over the articles that have a term.
pub(super) struct LaneReader {
    docs: Docs,
    /// Where the term stands in the article `read`, ascending.
    positions: Vec<u32>,
    read: DocId,
}

enum Docs {
    Pair(Box<SegmentPostings>),
    AnyPair(AnyPair),
}

impl LaneReader {
    /// Goes to the first article at or behind `target`, and stays where it is if that lies before.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.docs {
            Docs::Pair(pair) => seek(pair.as_mut(), target),
            Docs::AnyPair(any) => seek(&mut any.docs, target),
        }
    }

    /// Where the term stands in the article that the cursor stands on, ascending.
    pub(super) fn positions(&mut self) -> &[u32] {
        let doc = match &self.docs {
            Docs::Pair(postings) => postings.doc(),
            Docs::AnyPair(any) => any.docs.doc(),
        };
        if self.read != doc {
            self.read = doc;
            self.positions.clear();
            match &mut self.docs {
                Docs::Pair(postings) => postings.positions(&mut self.positions),
                Docs::AnyPair(any) => any.positions(&mut self.positions),
            }
        }
        &self.positions
    }

    /// In at most how many articles the term stands.
    pub(super) fn most_docs(&self) -> u32 {
        match &self.docs {
            Docs::Pair(postings) => postings.size_hint(),
            Docs::AnyPair(any) => any.docs.size_hint(),
        }
    }
}

/// A document set that is already behind the target must not be asked to seek.
fn seek(docs: &mut impl DocSet, target: DocId) -> DocId {
    let doc = docs.doc();
    if doc < target { docs.seek(target) } else { doc }
}

/// All pairs that begin with one character.
struct AnyPair {
    /// The articles that have any of them.
    docs: BitSetDocSet,
    /// The pairs, where positions are wanted.
    pairs: Vec<SegmentPostings>,
    /// The article that each pair stands on, the first one on top; pairs at their end are gone.
    /// They follow the cursor only as far as positions are asked for.
    next: BinaryHeap<Reverse<(DocId, usize)>>,
}

impl AnyPair {
    fn new(
        index: &InvertedIndexReader,
        max_doc: DocId,
        character: char,
        positions: bool,
    ) -> std::io::Result<Option<Self>> {
        let mut docs = BitSet::with_max_value(max_doc);
        let mut pairs = Vec::new();
        let mut next = BinaryHeap::new();
        let character = String::from(character);
        let mut terms = index.terms().range().ge(&character).into_stream()?;
        while terms.advance() && terms.key().starts_with(character.as_bytes()) {
            let info = terms.value();
            let option = IndexRecordOption::Basic;
            let mut blocks = index.read_block_postings_from_terminfo(info, option)?;
            while blocks.block_len() > 0 {
                for doc in blocks.docs() {
                    docs.insert(*doc);
                }
                blocks.advance();
            }
            if positions {
                let option = IndexRecordOption::WithFreqsAndPositions;
                let pair = index.read_postings_from_terminfo(info, option)?;
                next.push(Reverse((pair.doc(), pairs.len())));
                pairs.push(pair);
            }
        }
        let found = docs.len() > 0;
        Ok(found.then(|| Self { docs: BitSetDocSet::from(docs), pairs, next }))
    }

    /// Adds where the pairs stand in the article that the cursor stands on, and leaves it behind.
    fn positions(&mut self, positions: &mut Vec<u32>) {
        let wanted = self.docs.doc();
        while let Some(mut first) = self.next.peek_mut() {
            let Reverse((doc, at)) = *first;
            if doc > wanted {
                break;
            }
            let Some(pair) = self.pairs.get_mut(at) else { break };
            let doc = if doc < wanted {
                pair.seek(wanted)
            } else {
                pair.append_positions_with_offset(0, positions);
                pair.advance()
            };
            if doc == TERMINATED {
                PeekMut::pop(first);
            } else {
                *first = Reverse((doc, at));
            }
        }
        positions.sort_unstable();
    }
}
