//! Fits the trees that join printed lines to paragraphs.

use super::boost::{TreeExample, boost};
use crate::model::SourceText;
use crate::split::joins::{LinePairs, NAMES};
use crate::split::trees::Trees;

/// Trees that join lines.
const TREES: usize = 120;

/// A page whose paragraphs are known.
pub struct ParagraphPage {
    /// Its lines.
    pub text: SourceText,
    /// For each line whether it continues the one before it; `None` where that is not known.
    pub joined: Vec<Option<bool>>,
    /// How much it counts.
    pub weight: f32,
}

/// Fits the trees and returns their table, `joins.tsv`. Deterministic.
#[must_use]
pub fn fit_joins(pages: &[ParagraphPage]) -> String {
    let examples: Vec<TreeExample<{ NAMES.len() }>> = pages.iter().flat_map(examples).collect();
    boost(&examples, TREES).to_table(NAMES)
}

/// How pairs of lines are judged.
#[derive(Debug, Clone, Copy, Default)]
pub struct JoinScores {
    /// Lines that continue the one before them.
    pub joined: usize,
    /// Lines of which that is said.
    pub found: usize,
    /// Lines of which it is said rightly.
    pub right: usize,
}

/// Judges all known lines of some pages by a table that [`fit_joins`] wrote; without a form that it
/// can be read in, no line is joined.
#[must_use]
pub fn score_joins(table: &str, pages: &[ParagraphPage]) -> JoinScores {
    let trees = Trees::read(table.lines(), NAMES).unwrap_or_default();
    let mut scores = JoinScores::default();
    for page in pages {
        let pairs = LinePairs::of(&page.text, |_| false);
        let mut found = vec![false; page.joined.len()];
        for (pair, line) in pairs.candidates() {
            found[line] = trees.score(&pairs.evidence(pair)) > 0.0;
        }
        for (found, joined) in found.into_iter().zip(&page.joined) {
            let Some(joined) = *joined else { continue };
            scores.joined += usize::from(joined);
            scores.found += usize::from(found);
            scores.right += usize::from(found && joined);
        }
    }
    scores
}

fn examples(page: &ParagraphPage) -> Vec<TreeExample<{ NAMES.len() }>> {
    let pairs = LinePairs::of(&page.text, |_| false);
    let known = pairs.candidates().filter_map(|(pair, line)| Some((pair, page.joined[line]?)));
    known
        .map(|(pair, holds)| TreeExample {
            evidence: pairs.evidence(pair),
            holds,
            weight: page.weight,
        })
        .collect()
}
