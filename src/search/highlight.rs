//! Finds what a query asked for in the printed text: slices of the text as it is shown.
//!
//! What is marked is, in its search form, a part of the query: a text as it was typed, or one of its
//! words; never more than that, even where two of them touch, and no blank at its ends. Where that is printed and a person
//! corrected it, what stands there now is marked; in a field that is empty now, nothing.

use crate::model::{PrintedText, Record, Span, TextField};
use crate::query::Within;
use crate::search::Highlight;
use crate::search::plan::Mark;
use crate::search::position_rule;
use crate::search::position_rule::{PhrasePiece, PositionRule};
use crate::text::search_form;

/// Spans that are given for one field at most, the first ones: a 40-page document with a common
/// word would otherwise have thousands.
pub const MAX_SPANS: usize = 200;

/// What a request marks, whatever the article is.
pub struct RequestMarks(pub(super) Vec<Mark>);

impl RequestMarks {
    /// What it marks in an article, whether it is among its hits or not.
    #[must_use]
    pub fn highlights(&self, record: &Record) -> Vec<Highlight> {
        highlights(record, &self.0)
    }
}

/// Marks every place where what is wanted stands in a printed field. Fields without a place are
/// left out. Places do not overlap: of two that do, the one that begins first is marked, of two
/// that begin at one place the longer.
pub(crate) fn highlights(record: &Record, marks: &[Mark]) -> Vec<Highlight> {
    let printed: Vec<PrintedText> = record.printed_texts().collect();
    let marked = TextField::ALL.into_iter().filter_map(|field| {
        let of_field = || {
            marks.iter().filter(|mark| match mark.within {
                Within::Anywhere => true,
                Within::Headline => field.is_headline(),
                Within::Body => field == TextField::Body,
            })
        };
        let text = field.of(record)?;
        let mut found = spans(text, of_field());
        for printed in printed.iter().filter(|printed| printed.field == field) {
            let places = spans(&printed.text, of_field());
            found.extend(places.iter().filter_map(|place| printed.corrected(place)));
            found.retain(|span| text.get(span.clone()).is_some_and(|words| !words.is_empty()));
        }
        let spans = apart(found);
        (!spans.is_empty()).then_some(Highlight { field, spans })
    });
    marked.collect()
}

/// Of places in a text those that do not overlap one before them, at most [`MAX_SPANS`].
fn apart(mut found: Vec<Span>) -> Vec<Span> {
    found.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    found.retain(|span| {
        let free = span.start >= end;
        if free {
            end = span.end;
        }
        free
    });
    found.truncate(MAX_SPANS);
    found
}

/// The marked texts, as they are printed and each once, in which characters are not those asked for but
/// look like them.
pub(crate) fn look_alikes(
    record: &Record,
    highlights: &[Highlight],
    marks: &[Mark],
) -> Vec<String> {
    let similar: Vec<&str> = marks
        .iter()
        .filter(|mark| mark.looks_alike)
        .flat_map(|mark| &mark.pieces)
        .map(String::as_str)
        .collect();
    let mut found: Vec<String> = Vec::new();
    for Highlight { field, spans } in highlights {
        let text = field.of(record).unwrap_or_default();
        for printed in spans.iter().filter_map(|span| text.get(span.clone())) {
            let is_similar = similar.contains(&search_form(printed).text.as_str());
            if is_similar && !found.iter().any(|known| known == printed) {
                found.push(printed.to_owned());
            }
        }
    }
    found
}

fn spans<'m>(text: &str, marks: impl Iterator<Item = &'m Mark>) -> Vec<Span> {
    let form = search_form(text);
    let mut found: Vec<Span> = Vec::new();
    for mark in marks {
        match mark.pieces.as_slice() {
            [only] => found.extend(places(&form.text, only).take(MAX_SPANS)),
            several => found.extend(together(&form.text, several, &mark.rule)),
        }
    }
    apart(found).into_iter().map(|span| form.origin(span)).collect()
}

/// Where a folded text stands in another, also where one place overlaps the one before.
pub(super) fn places<'a>(text: &'a str, wanted: &str) -> impl Iterator<Item = Span> + 'a {
    let finder = memchr::memmem::Finder::new(wanted).into_owned();
    let step = wanted.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(from..).filter(|_| !finder.needle().is_empty())?;
        let start = from + finder.find(rest)?;
        // 高新高 stands twice in 高新高新高.
        from = start + step;
        Some(start..start + finder.needle().len())
    })
}

/// Where several folded texts stand as they must to one another.
fn together(text: &str, pieces: &[String], rule: &PositionRule) -> Vec<Span> {
    let mut boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    boundaries.push(text.len());
    let found = pieces_within(text, pieces, &boundaries);
    let mut spans = Vec::new();
    for (piece, starts) in found.iter().zip(position_rule::all(&found, rule)) {
        for start in starts {
            let (from, to) = (start as usize, (start + piece.len) as usize);
            if let (Some(&from), Some(&to)) = (boundaries.get(from), boundaries.get(to)) {
                spans.push(from..to);
            }
        }
    }
    spans
}

/// Where folded texts stand in another, in characters.
#[cfg(feature = "opensearch")]
pub(super) fn phrase_pieces(text: &str, pieces: &[String]) -> Vec<PhrasePiece> {
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    pieces_within(text, pieces, &boundaries)
}

fn pieces_within(text: &str, pieces: &[String], boundaries: &[usize]) -> Vec<PhrasePiece> {
    let character = |byte: usize| boundaries.partition_point(|&at| at < byte) as u32;
    let of_piece = |piece: &String| PhrasePiece {
        len: piece.chars().count() as u32,
        starts: places(text, piece).map(|span| character(span.start)).collect(),
    };
    pieces.iter().map(of_piece).collect()
}
