//! Posting lists of a bigram field: the documents of a segment that have several bigrams or single
//! characters, and their positions.

use std::io;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::BitSetDocSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet, TERMINATED};

/// A term that is looked up in the field's term dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BigramTerm {
    /// Two neighbouring characters.
    Bigram([char; 2]),
    /// A character, as every bigram that begins with it. Every character of a text begins one.
    Character(char),
}

impl BigramTerm {
    /// The fewest terms that cover `text` (folded characters), each with its offset in characters:
    /// they occur at these distances only where the text occurs. Empty for an empty text.
    pub(crate) fn cover(text: &[char]) -> Vec<(u32, Self)> {
        if let [one] = text {
            return vec![(0, Self::Character(*one))];
        }
        // Every second bigram, and the last one of a text of odd length.
        let closes = text.len() % 2 == 1;
        let last = text.len().saturating_sub(2);
        let pairs = text.windows(2).enumerate();
        pairs
            .filter(|(at, _)| at % 2 == 0 || (closes && *at == last))
            .filter_map(|(at, pair)| match pair {
                [first, second] => Some((at as u32, Self::Bigram([*first, *second]))),
                _ => None,
            })
            .collect()
    }
}

/// A cursor over the articles of a segment that have all of several terms.
pub(crate) struct BigramReader {
    /// One for each term.
    readers: Vec<TermReader>,
    /// Indexes into `readers`, the rarest term first.
    rarest: Vec<usize>,
}

impl BigramReader {
    /// A cursor that is not positioned yet; `None` if the segment lacks one of the terms.
    pub(crate) fn articles(
        terms: &[BigramTerm],
        bigrams: &InvertedIndexReader,
        max_doc: DocId,
    ) -> io::Result<Option<Self>> {
        let basic = IndexRecordOption::Basic;
        Self::new(terms, |term| match term {
            BigramTerm::Bigram(pair) => TermReader::bigram(bigrams, pair, basic),
            BigramTerm::Character(character) => TermReader::character(bigrams, character, max_doc),
        })
    }

    /// As [`Self::articles`], but with positions.
    ///
    /// A frequent character begins thousands of bigrams. Advancing all their lists article by
    /// article takes several times as long as reading one list after the other, so the lists for a
    /// single character are read up front, restricted to articles that have all terms.
    pub(crate) fn places(
        terms: &[BigramTerm],
        bigrams: &InvertedIndexReader,
        max_doc: DocId,
    ) -> io::Result<Option<Self>> {
        let mut among = BitSet::with_max_value(max_doc);
        if terms.iter().any(|term| matches!(term, BigramTerm::Character(_))) {
            let Some(mut articles) = Self::articles(terms, bigrams, max_doc)? else {
                return Ok(None);
            };
            let mut doc = articles.seek(0);
            while doc != TERMINATED {
                among.insert(doc);
                doc = articles.seek(doc + 1);
            }
        }
        let positions = IndexRecordOption::WithFreqsAndPositions;
        Self::new(terms, |term| match term {
            BigramTerm::Bigram(pair) => TermReader::bigram(bigrams, pair, positions),
            BigramTerm::Character(character) => {
                TermReader::character_places(bigrams, character, &among)
            }
        })
    }

    fn new(
        terms: &[BigramTerm],
        open: impl Fn(BigramTerm) -> io::Result<Option<TermReader>>,
    ) -> io::Result<Option<Self>> {
        let mut readers = Vec::with_capacity(terms.len());
        for term in terms {
            let Some(reader) = open(*term)? else { return Ok(None) };
            readers.push(reader);
        }
        let mut rarest: Vec<usize> = (0..readers.len()).collect();
        rarest.sort_by_key(|&at| readers.get(at).map(TermReader::most_docs));
        Ok(Some(Self { readers, rarest }))
    }

    /// Advances to the first article at or after `target` that has all terms, or to [`TERMINATED`].
    pub(crate) fn seek(&mut self, mut target: DocId) -> DocId {
        while target < TERMINATED {
            match self.look_at(target) {
                Ok(()) => return target,
                Err(later) => target = later,
            }
        }
        TERMINATED
    }

    /// Advances to `target` if it has all terms; otherwise returns a lower bound of the next
    /// article that has. Targets must ascend.
    pub(crate) fn look_at(&mut self, target: DocId) -> Result<(), DocId> {
        for &at in &self.rarest {
            let doc = self.readers[at].seek(target);
            if doc > target {
                return Err(doc);
            }
        }
        Ok(())
    }

    /// The ascending positions of a term, given by its index, in the current article. Empty if the
    /// cursor was opened without positions.
    pub(crate) fn positions(&mut self, term: usize) -> &[u32] {
        self.readers.get_mut(term).map(TermReader::positions).unwrap_or_default()
    }

    /// An upper bound of the number of articles with a term, given by its index.
    pub(crate) fn most_docs(&self, term: usize) -> u32 {
        self.readers.get(term).map_or(0, TermReader::most_docs)
    }

    /// An upper bound of the number of articles with all terms.
    pub(crate) fn most_articles(&self) -> u32 {
        self.rarest.first().map_or(0, |&term| self.most_docs(term))
    }

    /// The number of terms.
    pub(crate) fn terms(&self) -> usize {
        self.readers.len()
    }
}

/// A cursor over the articles that have one term.
struct TermReader {
    docs: Docs,
    /// The ascending positions of the term in the article `read`.
    positions: Vec<u32>,
    read: DocId,
}

enum Docs {
    Bigram(Box<SegmentPostings>),
    /// The articles with a character.
    Character(BitSetDocSet),
    /// The articles with a character and its positions in them, ascending, and the index of the
    /// next one.
    Places(Vec<(DocId, u32)>, usize),
}

impl TermReader {
    fn new(docs: Docs) -> Self {
        Self { docs, positions: Vec::new(), read: TERMINATED }
    }

    fn bigram(
        bigrams: &InvertedIndexReader,
        pair: [char; 2],
        option: IndexRecordOption,
    ) -> io::Result<Option<Self>> {
        let Some(info) = bigrams.terms().get(String::from_iter(pair))? else { return Ok(None) };
        let postings = bigrams.read_postings_from_terminfo(&info, option)?;
        Ok(Some(Self::new(Docs::Bigram(Box::new(postings)))))
    }

    fn character(
        bigrams: &InvertedIndexReader,
        character: char,
        max_doc: DocId,
    ) -> io::Result<Option<Self>> {
        let mut docs = BitSet::with_max_value(max_doc);
        for_each_bigram(bigrams, character, |info| {
            let option = IndexRecordOption::Basic;
            let mut blocks = bigrams.read_block_postings_from_terminfo(info, option)?;
            while blocks.block_len() > 0 {
                for doc in blocks.docs() {
                    docs.insert(*doc);
                }
                blocks.advance();
            }
            Ok(())
        })?;
        let found = docs.len() > 0;
        Ok(found.then(|| Self::new(Docs::Character(BitSetDocSet::from(docs)))))
    }

    fn character_places(
        bigrams: &InvertedIndexReader,
        character: char,
        among: &BitSet,
    ) -> io::Result<Option<Self>> {
        let mut places = Vec::new();
        let mut positions = Vec::new();
        for_each_bigram(bigrams, character, |info| {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut pair = bigrams.read_postings_from_terminfo(info, option)?;
            while pair.doc() != TERMINATED {
                if among.contains(pair.doc()) {
                    pair.positions(&mut positions);
                    places.extend(positions.iter().map(|&position| (pair.doc(), position)));
                }
                pair.advance();
            }
            Ok(())
        })?;
        places.sort_unstable();
        let found = !places.is_empty();
        Ok(found.then(|| Self::new(Docs::Places(places, 0))))
    }

    fn doc(&self) -> DocId {
        match &self.docs {
            Docs::Bigram(pair) => pair.doc(),
            Docs::Character(docs) => docs.doc(),
            Docs::Places(places, ahead) => places.get(*ahead).map_or(TERMINATED, |(doc, _)| *doc),
        }
    }

    /// Advances to the first article at or after `target`; does nothing if it is there already.
    fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.docs {
            Docs::Bigram(pair) => seek(pair.as_mut(), target),
            Docs::Character(docs) => seek(docs, target),
            Docs::Places(places, ahead) => {
                let rest = places.get(*ahead..).unwrap_or_default();
                *ahead += rest.partition_point(|(doc, _)| *doc < target);
                self.doc()
            }
        }
    }

    fn positions(&mut self) -> &[u32] {
        let here = self.doc();
        if self.read != here {
            self.read = here;
            self.positions.clear();
            match &mut self.docs {
                Docs::Bigram(pair) => pair.positions(&mut self.positions),
                Docs::Character(_) => {}
                Docs::Places(places, ahead) => {
                    let rest = places.get(*ahead..).unwrap_or_default();
                    let here = rest.iter().take_while(|(doc, _)| *doc == here);
                    self.positions.extend(here.map(|(_, position)| position));
                }
            }
        }
        &self.positions
    }

    fn most_docs(&self) -> u32 {
        match &self.docs {
            Docs::Bigram(pair) => pair.size_hint(),
            Docs::Character(docs) => docs.size_hint(),
            Docs::Places(places, _) => u32::try_from(places.len()).unwrap_or(u32::MAX),
        }
    }
}

/// The engine's cursors must not seek backwards.
fn seek(docs: &mut impl DocSet, target: DocId) -> DocId {
    let doc = docs.doc();
    if doc < target { docs.seek(target) } else { doc }
}

/// Visits every bigram that begins with a character.
fn for_each_bigram(
    bigrams: &InvertedIndexReader,
    character: char,
    mut visit: impl FnMut(&TermInfo) -> io::Result<()>,
) -> io::Result<()> {
    let character = String::from(character);
    let mut pairs = bigrams.terms().range().ge(&character).into_stream()?;
    while pairs.advance() && pairs.key().starts_with(character.as_bytes()) {
        visit(pairs.value())?;
    }
    Ok(())
}
