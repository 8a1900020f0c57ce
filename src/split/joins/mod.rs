//! Printed lines → paragraphs: does a line go on where the line before it broke off?
//!
//! Each pair of neighbouring lines is weighed by regression trees (`trees`) over the widths of the
//! lines around, their ends and beginnings, and the habits of the file (`evidence`). The trees are
//! fitted on pages whose paragraphs are known and set in columns of many forms
//! ([`fit_joins`](super::fit::fit_joins)); their table is `joins.tsv`.

mod evidence;

use std::sync::LazyLock;

pub(super) use evidence::{LinePairs, NAMES};

use super::trees::Trees;
use crate::model::SourceText;

/// The fitted trees that are built into the program.
static FITTED: LazyLock<Trees> =
    LazyLock::new(|| Trees::read(include_str!("joins.tsv").lines(), NAMES).unwrap_or_default());

/// For each line whether it continues the paragraph of the text line before it. `skip` marks lines
/// that are not text.
pub(super) fn joins(source: &SourceText, skip: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut joined = vec![false; source.lines.len()];
    let pairs = LinePairs::of(source, skip);
    for (pair, line) in pairs.candidates() {
        joined[line] = FITTED.score(&pairs.evidence(pair)) > 0.0;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        let trees = Trees::read(include_str!("joins.tsv").lines(), NAMES);
        assert!(trees.is_ok_and(|trees| trees.trees.len() > 10));
    }
}
