//! Aligns the titles of a table of contents with the short lines of the body: approximate matching
//! by character bigrams (Dice's coefficient), kept in order by a heaviest increasing subsequence.

use std::collections::{HashMap, HashSet};

use super::shape;
use super::unit::Unit;
use crate::model::ContentsEntry;
use crate::text::fold_char;

/// A title of the contents found in the body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TitleMatch {
    /// Position of the contents entry.
    pub entry: usize,
    /// Number of units that make up the headline.
    pub units: usize,
    /// From 0 to 1, with a bonus for a title above a document number.
    pub similarity: f32,
}

/// The most units that a headline spans.
const MAX_UNITS: usize = 3;
/// The least similarity of two forms of one title.
const MIN_SIMILARITY: f32 = 0.7;
/// The similarity from which on a title may be matched out of order.
const MIN_SIMILARITY_OUT_OF_ORDER: f32 = 0.9;

type Bigram = (char, char);

/// A possible match, with the first unit of the headline.
#[derive(Debug, Clone, Copy)]
struct TitleCandidate {
    unit: usize,
    found: TitleMatch,
}

/// The best assignment that keeps the order, and then the unambiguous matches out of order. The keys
/// are positions of the first unit of each headline.
pub(super) fn align(entries: &[ContentsEntry], units: &[Unit]) -> HashMap<usize, TitleMatch> {
    if entries.is_empty() {
        return HashMap::new();
    }
    let candidates = candidates(entries, units);
    let mut matches = in_order(&candidates, entries.len());
    add_out_of_order(&candidates, &mut matches);
    matches
}

/// The matches of every entry with every run of one to three short units; of the runs that begin
/// with the same unit only the best.
fn candidates(entries: &[ContentsEntry], units: &[Unit]) -> Vec<TitleCandidate> {
    let wanted: Vec<HashSet<Bigram>> =
        entries.iter().map(|entry| bigrams(without_docno(&entry.title))).collect();
    let mut with_bigram: HashMap<Bigram, Vec<usize>> = HashMap::new();
    for (entry, bigrams) in wanted.iter().enumerate() {
        for &bigram in bigrams {
            with_bigram.entry(bigram).or_default().push(entry);
        }
    }
    let mut candidates = Vec::new();
    let mut shared = vec![0usize; entries.len()];
    for first in 0..units.len() {
        let mut best: HashMap<usize, TitleMatch> = HashMap::new();
        let mut joined = String::new();
        for count in 1..=MAX_UNITS.min(units.len() - first) {
            let unit = &units[first + count - 1];
            if !can_be_headline(unit) {
                break;
            }
            joined.push_str(&unit.text);
            let found = bigrams(&joined);
            // Contents often omit the subtitle.
            let above = joined.split("——").next().map(bigrams).unwrap_or_default();
            // A document's title stands above its number. The plan attached to it, which may have
            // the same name in the contents, does not.
            let next = units.get(first + count);
            let numbered = next.is_some_and(|next| shape::docno_line(&next.text));
            let bonus = if numbered { 0.15 } else { 0.0 };
            let mut touched: Vec<usize> = Vec::new();
            for &entry in found.iter().filter_map(|bigram| with_bigram.get(bigram)).flatten() {
                if shared[entry] == 0 {
                    touched.push(entry);
                }
                shared[entry] += 1;
            }
            for entry in touched {
                let common = std::mem::take(&mut shared[entry]);
                if common * 2 < wanted[entry].len() {
                    continue;
                }
                let like = dice(&wanted[entry], &found)
                    .max(dice(&wanted[entry], &above) - 0.03)
                    .max(overlap(&found, &wanted[entry]) - 0.1);
                let before = best.get(&entry).map_or(0.0, |found| found.similarity);
                if like >= MIN_SIMILARITY && like + bonus > before + 0.02 {
                    let found = TitleMatch { entry, units: count, similarity: like + bonus };
                    best.insert(entry, found);
                }
            }
        }
        let mut found: Vec<TitleMatch> = best.into_values().collect();
        found.sort_by_key(|found| found.entry);
        candidates.extend(found.into_iter().map(|found| TitleCandidate { unit: first, found }));
    }
    candidates
}

fn can_be_headline(unit: &Unit) -> bool {
    shape::length(&unit.text) <= 64
        && !shape::table_row(&unit.text)
        && !shape::docno_line(&unit.text)
        && !shape::date_line(&unit.text)
}

/// The candidates with the greatest total similarity of which no two cross or overlap: a heaviest
/// increasing subsequence, with the best sum up to each entry in a Fenwick tree.
fn in_order(candidates: &[TitleCandidate], entries: usize) -> HashMap<usize, TitleMatch> {
    let mut reached: Vec<(f32, Option<usize>)> = Vec::with_capacity(candidates.len());
    let mut best = FenwickMax::new(entries);
    // Candidates are in the order of their units; only those that have ended can precede one.
    let mut ended: Vec<usize> = (0..candidates.len()).collect();
    ended.sort_by_key(|&place| candidates[place].unit + candidates[place].found.units);
    let mut next = 0;
    for candidate in candidates {
        while let Some(&place) = ended.get(next) {
            let before = candidates[place];
            if before.unit + before.found.units > candidate.unit {
                break;
            }
            best.raise(before.found.entry, (reached[place].0, place));
            next += 1;
        }
        let before = best.below(candidate.found.entry);
        let sum = before.map_or(0.0, |(sum, _)| sum) + candidate.found.similarity;
        reached.push((sum, before.map(|(_, place)| place)));
    }
    let mut at = (0..candidates.len()).rev().max_by(|&a, &b| reached[a].0.total_cmp(&reached[b].0));
    let mut matches = HashMap::new();
    while let Some(place) = at {
        matches.insert(candidates[place].unit, candidates[place].found);
        at = reached[place].1;
    }
    matches
}

/// Prefix maxima over the entries (Fenwick tree): sum and position of a candidate.
struct FenwickMax(Vec<Option<(f32, usize)>>);

impl FenwickMax {
    fn new(entries: usize) -> Self {
        Self(vec![None; entries + 1])
    }

    fn raise(&mut self, entry: usize, reached: (f32, usize)) {
        let mut at = entry + 1;
        while at < self.0.len() {
            if self.0[at].is_none_or(|best| reached.0 > best.0) {
                self.0[at] = Some(reached);
            }
            at += at & at.wrapping_neg();
        }
    }

    fn below(&self, entry: usize) -> Option<(f32, usize)> {
        let mut best: Option<(f32, usize)> = None;
        let mut at = entry;
        while at > 0 {
            if let Some(here) = self.0[at].filter(|here| best.is_none_or(|best| here.0 > best.0)) {
                best = Some(here);
            }
            at -= at & at.wrapping_neg();
        }
        best
    }
}

/// Adds matches out of order that are nearly exact and overlap no other match.
fn add_out_of_order(candidates: &[TitleCandidate], matches: &mut HashMap<usize, TitleMatch>) {
    let mut entries: HashSet<usize> = matches.values().map(|found| found.entry).collect();
    let mut left: Vec<&TitleCandidate> = candidates
        .iter()
        .filter(|candidate| candidate.found.similarity >= MIN_SIMILARITY_OUT_OF_ORDER)
        .collect();
    left.sort_by(|a, b| {
        let like = b.found.similarity.total_cmp(&a.found.similarity);
        like.then(a.found.entry.cmp(&b.found.entry)).then(a.unit.cmp(&b.unit))
    });
    for &&TitleCandidate { unit, found } in &left {
        let near = unit.saturating_sub(MAX_UNITS)..unit + found.units;
        let overlaps = |other: usize| {
            matches.get(&other).is_some_and(|taken| other + taken.units > unit || other >= unit)
        };
        if !near.into_iter().any(overlaps) && entries.insert(found.entry) {
            matches.insert(unit, found);
        }
    }
}

/// A title without the document number that contents put behind it in brackets.
fn without_docno(title: &str) -> &str {
    let numbered = title.trim_end_matches(['）', ')']).ends_with('号');
    match title.find(['（', '(']) {
        Some(start) if numbered && start > title.len() / 3 => &title[..start],
        _ => title,
    }
}

/// Bigrams of the folded letters and digits, without blanks and punctuation.
fn bigrams(text: &str) -> HashSet<Bigram> {
    let letters: Vec<char> = text.chars().map(fold_char).filter(|c| c.is_alphanumeric()).collect();
    let mut bigrams: HashSet<_> = letters.windows(2).map(|bigram| (bigram[0], bigram[1])).collect();
    if let (Some(&first), 1) = (letters.first(), letters.len()) {
        bigrams.insert((first, first));
    }
    bigrams
}

/// Overlap coefficient of two sets, or 0 if the smaller is not more than half of the larger:
/// contents omit who issued a document.
fn overlap(larger: &HashSet<Bigram>, smaller: &HashSet<Bigram>) -> f32 {
    if smaller.len() < 4 || smaller.len() * 20 < larger.len() * 11 {
        return 0.0;
    }
    let shared = smaller.iter().filter(|bigram| larger.contains(bigram)).count();
    shared as f32 / smaller.len() as f32
}

/// Dice's coefficient of two sets.
fn dice(one: &HashSet<Bigram>, other: &HashSet<Bigram>) -> f32 {
    let (small, large) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if small.len() * 2 < large.len() {
        return 0.0;
    }
    let shared = small.iter().filter(|bigram| large.contains(bigram)).count();
    2.0 * shared as f32 / (one.len() + other.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(titles: &[&str], lines: &[&str]) -> Vec<Option<usize>> {
        let entry =
            |title: &&str| ContentsEntry { title: (*title).to_owned(), page: None, article: None };
        let entries: Vec<ContentsEntry> = titles.iter().map(entry).collect();
        let unit = |(place, text): (usize, &&str)| Unit {
            lines: vec![place],
            text: (*text).to_owned(),
            gap: 0,
            indent: 0,
        };
        let units: Vec<Unit> = lines.iter().enumerate().map(unit).collect();
        let matches = align(&entries, &units);
        (0..titles.len())
            .map(|entry| {
                matches.iter().find(|(_, found)| found.entry == entry).map(|(&unit, _)| unit)
            })
            .collect()
    }

    #[test]
    fn titles_with_errors_of_the_scan_are_found_in_their_order() {
        assert_eq!(
            aligned(
                &["县里修好三座石桥", "茶农卖出头一茬明前茶", "夜校开出第一课"],
                &[
                    "县里修好三座右桥",
                    "正文正文正文。",
                    "茶农卖出头一茬",
                    "明前茶",
                    "夜校开出第一课"
                ]
            ),
            [Some(0), Some(2), Some(4)]
        );
    }

    #[test]
    fn the_same_title_twice_goes_to_two_lines() {
        assert_eq!(
            aligned(
                &["水库除险加固", "水库除险加固"],
                &["水库除险加固", "别的标题在此", "水库除险加固"]
            ),
            [Some(0), Some(2)]
        );
    }

    #[test]
    fn a_title_out_of_order_is_found_if_it_is_the_same() {
        assert_eq!(
            aligned(&["甲乙丙丁戊己", "子丑寅卯辰巳"], &["子丑寅卯辰巳", "甲乙丙丁戊己"])
                .iter()
                .flatten()
                .count(),
            2
        );
    }
}
