//! Running heads and page numbers: the outermost lines of pages, where much the same stands on
//! several of them.

use std::collections::{HashMap, HashSet};

use super::{PlacedLine, PrintedPage};

/// Pages that a line must recur on.
const MIN_PAGES: usize = 3;

/// Of a page's height: running lines stand at its edges.
const EDGE: f32 = 0.12;

/// Longer lines are text.
const MAX_CHARS: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Edge {
    Upper,
    Lower,
}

/// Marks the running heads and page numbers of pages that follow each other.
pub(super) fn mark(pages: &mut [PrintedPage]) {
    let mut seen: HashMap<(Edge, String), usize> = HashMap::new();
    for page in &*pages {
        let mut keys: Vec<(Edge, String)> =
            outermost(page).into_iter().map(|(edge, line)| (edge, key(&line.text))).collect();
        keys.sort_by(|a, b| a.1.cmp(&b.1));
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    for page in pages {
        let running: HashSet<[u32; 2]> = outermost(page)
            .into_iter()
            .filter(|(edge, line)| {
                seen.get(&(*edge, key(&line.text))).is_some_and(|&pages| pages >= MIN_PAGES)
            })
            .map(|(_, line)| corner(line))
            .collect();
        for line in page.blocks.iter_mut().flat_map(|block| &mut block.lines) {
            line.is_running |= running.contains(&corner(line));
        }
    }
}

/// The upper left corner of a line, exactly.
fn corner(line: &PlacedLine) -> [u32; 2] {
    [line.frame.left, line.frame.top].map(f32::to_bits)
}

/// The lines of a page that nothing stands above or below, at its edges.
fn outermost(page: &PrintedPage) -> Vec<(Edge, &PlacedLine)> {
    let lines = || page.blocks.iter().flat_map(|block| &block.lines);
    let short = |line: &&PlacedLine| line.text.chars().count() <= MAX_CHARS;
    let first = lines().min_by(|a, b| a.frame.bottom.total_cmp(&b.frame.bottom));
    let last = lines().max_by(|a, b| a.frame.top.total_cmp(&b.frame.top));
    let mut found = Vec::new();
    if let Some(first) = first.filter(|line| line.frame.bottom <= page.sheet.height * EDGE) {
        let row = lines().filter(|line| line.frame.level(&first.frame) > 0.0).filter(short);
        found.extend(row.map(|line| (Edge::Upper, line)));
    }
    if let Some(last) = last.filter(|line| line.frame.top >= page.sheet.height * (1.0 - EDGE)) {
        let row = lines().filter(|line| line.frame.level(&last.frame) > 0.0).filter(short);
        found.extend(row.map(|line| (Edge::Lower, line)));
    }
    found
}

/// A line with its numbers made one.
fn key(text: &str) -> String {
    let mut key = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let is_digit = c.is_numeric() || "〇零一二三四五六七八九十百".contains(c);
        match (is_digit, key.ends_with('#')) {
            (true, true) => {}
            (true, false) => key.push('#'),
            (false, _) => key.push(c),
        }
    }
    key
}
