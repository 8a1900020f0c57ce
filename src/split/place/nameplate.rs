//! The name of a paper over its first page, and what stands below it.

use super::measures::{FilePlaces, LineMeasure};
use crate::model::SourceText;
use crate::split::shape;

/// Characters of a name at most, and of a line below it.
const MAX_NAME: usize = 12;
const MAX_LENGTH: usize = 30;

/// How much larger than most text a name is set.
const MIN_SIZE: f32 = 1.5;

/// The first lines of pages that are set like a name, and the short ones below them as far as one states
/// the day or is known furniture: `is_front` says it of lines by their positions in
/// [`SourceText::lines`].
pub(in crate::split) fn nameplates(
    source: &SourceText,
    places: &FilePlaces,
    is_front: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let lines: Vec<(usize, &LineMeasure)> =
        (0..source.lines.len()).filter_map(|at| Some((at, places.line(at)?))).collect();
    let mut found = Vec::new();
    for page in lines.chunk_by(|(_, a), (_, b)| a.page == b.page) {
        let [(name, line), below @ ..] = page else { continue };
        let is_short = |at: usize, length: usize| {
            let text = source.line(at).trim();
            shape::length(text) <= length && !shape::ends_sentence(text)
        };
        if line.size < MIN_SIZE || !is_short(*name, MAX_NAME) {
            continue;
        }
        let states = |at: usize| is_front(at) || shape::date_line(source.line(at).trim());
        let small = below.iter().take_while(|(at, line)| {
            !places.is_larger(line) && (is_front(*at) || is_short(*at, MAX_LENGTH))
        });
        let small: Vec<usize> = small.map(|(at, _)| *at).collect();
        if let Some(last) = small.iter().rposition(|&at| states(at)) {
            found.push(*name);
            found.extend(&small[..=last]);
        }
    }
    found
}
