//! Which lines are page numbers: bare numbers that go on from one to the next.

use std::collections::HashSet;

use crate::model::SourceText;

/// Bare numbers that count the pages: each one more than the one before, and not line by line.
pub(super) fn page_numbers(source: &SourceText) -> HashSet<usize> {
    const MIN_PAGES: usize = 3;
    const MIN_DISTANCE: usize = 8;
    let numbers: Vec<(usize, u32)> = (0..source.lines.len())
        .filter_map(|index| Some((index, source.line(index).trim().parse::<u32>().ok()?)))
        .collect();
    let mut found = HashSet::new();
    let mut run: Vec<(usize, u32)> = Vec::new();
    for &(index, number) in &numbers {
        let goes_on = run
            .last()
            .is_some_and(|&(before, last)| number == last + 1 && index >= before + MIN_DISTANCE);
        if !goes_on {
            if run.len() >= MIN_PAGES {
                found.extend(run.iter().map(|&(index, _)| index));
            }
            run.clear();
        }
        run.push((index, number));
    }
    if run.len() >= MIN_PAGES {
        found.extend(run.iter().map(|&(index, _)| index));
    }
    found
}
