//! Which articles print substantially the same text as an earlier one?
//!
//! Near-duplicate detection over a whole archive: articles are grouped by containment of character
//! shingles (`shingles`, exact). Candidate pairs share a low hash of their FracMinHash sketches
//! (`sketch`) and are of similar length; groups are kept in a union–find structure.

pub(crate) mod shingles;
pub(crate) mod sketch;

use std::collections::HashMap;

use sketch::Sketch;

/// An article as the input of grouping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SketchedArticle {
    /// Sketch of the body.
    pub sketch: Sketch,
    /// The day of print as the number yyyymmdd. It is the day of the issue, not of the news: a
    /// reprint may state the latter where the original does not.
    pub date_key: Option<u32>,
    /// Position in the archive, which breaks ties of equal or unknown days.
    pub order: u64,
}

/// Share of the shorter text's shingles that the other text must contain. On the annotated pages,
/// all pairs that a reader calls reprints have 0.72 or more, and all others of similar length 0.37
/// or less.
const MIN_CONTAINMENT: f64 = 0.6;
/// The same for texts of fewer than [`SHORT_CHARS`] characters: notices and weather reports share
/// set phrases with all others of their kind.
const MIN_CONTAINMENT_SHORT: f64 = 0.8;
const SHORT_CHARS: u32 = 150;
/// Least ratio of the lengths. Below it, the shorter text is a part of the other (a brief that a
/// long report takes up, an item of a compilation) and not the same text again. Annotated reprints
/// have 0.67 or more, parts 0.46 or less.
const MIN_LENGTH_RATIO: f64 = 0.55;
/// Standard errors that are added to the estimated containment. Pairs that stay below the least
/// containment even so are not verified.
const STANDARD_ERRORS: f64 = 1.5;
/// Hashes of each sketch by which candidates are found. Two texts at the limits above have a
/// resemblance of at least 0.24, so all of the 24 lowest hashes differ in one case of 700.
const SEED_HASHES: usize = 24;
/// A hash that more articles share than this comes from a set phrase.
const MAX_RARE_ARTICLES: usize = 16;
/// Each article with a set phrase is compared with this many others that are next to it in length.
const MAX_NEIGHBOURS: usize = 4;

/// Returns for each item the position of the earliest member of its group; `None` for that member
/// itself and for items without a group.
///
/// `verify` is called with candidate pairs of positions (the smaller one first) and returns the
/// exact [`containment`](super::containment) of their bodies. Texts that differ only in
/// punctuation, white space and width are grouped without it. The groups depend neither on the
/// order of `items` nor on that of the calls; the time is nearly linear in the number of items.
pub fn group_reprints(
    items: &[SketchedArticle],
    mut verify: impl FnMut(usize, usize) -> f64,
) -> Vec<Option<usize>> {
    let mut groups = UnionFind::new(items.len());
    let distinct = join_equal_texts(items, &mut groups);
    for (a, b) in candidates(items, &distinct) {
        let (a, b) = (a.min(b), a.max(b));
        if groups.of(a) != groups.of(b) && verify(a, b) >= min_containment(&items[a], &items[b]) {
            groups.join(a, b);
        }
    }
    let mut earliest: HashMap<usize, usize> = HashMap::new();
    for position in 0..items.len() {
        earliest
            .entry(groups.of(position))
            .and_modify(|first| {
                if age(&items[position]) < age(&items[*first]) {
                    *first = position;
                }
            })
            .or_insert(position);
    }
    (0..items.len())
        .map(|position| {
            earliest.get(&groups.of(position)).copied().filter(|&first| first != position)
        })
        .collect()
}

/// Sorts by date, undated items last.
fn age(item: &SketchedArticle) -> (bool, Option<u32>, u64) {
    (item.date_key.is_none(), item.date_key, item.order)
}

fn min_containment(a: &SketchedArticle, b: &SketchedArticle) -> f64 {
    if a.sketch.length().min(b.sketch.length()) < SHORT_CHARS {
        MIN_CONTAINMENT_SHORT
    } else {
        MIN_CONTAINMENT
    }
}

/// Merges equal texts; returns one item of each text, sorted by length and content.
fn join_equal_texts(items: &[SketchedArticle], groups: &mut UnionFind) -> Vec<usize> {
    let mut sorted: Vec<usize> =
        (0..items.len()).filter(|&position| !items[position].sketch.is_empty()).collect();
    sorted.sort_unstable_by_key(|&position| (items[position].sketch.whole(), position));
    sorted.dedup_by(|later, first| {
        let equal = items[*later].sketch.whole() == items[*first].sketch.whole();
        if equal {
            groups.join(*first, *later);
        }
        equal
    });
    sorted
}

/// The candidate pairs: they share a hash, have similar lengths, and the containment estimated from
/// their sketches is high enough. `sorted` is sorted by length.
fn candidates(items: &[SketchedArticle], sorted: &[usize]) -> Vec<(usize, usize)> {
    // Ranks rather than positions, so that items with equal hashes are sorted by length.
    let mut seeds: Vec<(u32, u32)> = sorted
        .iter()
        .enumerate()
        .flat_map(|(rank, &position)| {
            items[position].sketch.lowest(SEED_HASHES).iter().map(move |&hash| (hash, rank as u32))
        })
        .collect();
    seeds.sort_unstable();
    let sketch_at = |rank: u32| &items[sorted[rank as usize]].sketch;
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for sharing in seeds.chunk_by(|a, b| a.0 == b.0) {
        let reach =
            if sharing.len() <= MAX_RARE_ARTICLES { MAX_RARE_ARTICLES } else { MAX_NEIGHBOURS };
        for (place, &(_, shorter)) in sharing.iter().enumerate() {
            let longer = sharing.iter().skip(place + 1).take(reach).map(|&(_, rank)| rank);
            let limit = f64::from(sketch_at(shorter).length()) / MIN_LENGTH_RATIO;
            let like = longer.take_while(|&rank| f64::from(sketch_at(rank).length()) <= limit);
            pairs.extend(like.map(|rank| (shorter, rank)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
        .into_iter()
        .map(|(a, b)| (sorted[a as usize], sorted[b as usize]))
        .filter(|&(a, b)| {
            items[a].sketch.may_reach(
                &items[b].sketch,
                min_containment(&items[a], &items[b]),
                STANDARD_ERRORS,
            )
        })
        .collect()
}

/// Disjoint sets of positions (Galler and Fischer, 1964), with path halving.
struct UnionFind {
    parents: Vec<usize>,
}

impl UnionFind {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    fn of(&mut self, mut position: usize) -> usize {
        while self.parents[position] != position {
            let grandparent = self.parents[self.parents[position]];
            self.parents[position] = grandparent;
            position = grandparent;
        }
        position
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::containment;

    fn groups_of(bodies: &[&str]) -> Vec<Option<usize>> {
        let items: Vec<SketchedArticle> =
            bodies.iter().enumerate().map(|(order, body)| item(body, None, order as u64)).collect();
        group_reprints(&items, |a, b| containment(bodies[a], bodies[b]))
    }

    fn item(body: &str, date_key: Option<u32>, order: u64) -> SketchedArticle {
        SketchedArticle { sketch: sketch::sketch(body), date_key, order }
    }

    const LIBRARY: &str = "区图书馆新开了夜读室，每晚九点半闭馆。馆里添置了一百二十张桌椅，\
        备有热水和老花镜，读者凭身份证就能进。馆长说，白天上班的人也该有地方看书，\
        头一个星期来了两千多人次，座位常常坐满，下月起周末还要请人来讲本地掌故，\
        讲座不收费，也不必预约，孩子由大人领着就能进场听讲。";
    const REWRITTEN: &str = "3月8日，记者获悉，区图书馆新开了夜读室，每晚九点半闭馆。馆里添置了一百二十张桌椅，\
        备有热水和老花镜，读者凭身份证就能进。头一个星期来了两千多人次，座位常常坐满，\
        下月起周末还要请人来讲本地掌故，讲座不收费，也不必预约，孩子由大人领着就能进场听讲。";
    const MARKET: &str = "入冬以来，城北蔬菜批发市场的萝卜、白菜日上市量都在八十吨上下，\
        价格与去年同期持平。市场管理处派人到产地订货，又同运输队约好早班车次，\
        保证天亮之前把菜送进城里的各个摊点，郊区菜农也可以把自家的菜挑来零卖，不收摊位费。";

    #[test]
    fn a_text_that_was_partly_rewritten_is_a_reprint_of_the_earlier_one() {
        assert_eq!(groups_of(&[MARKET, LIBRARY, REWRITTEN]), [None, None, Some(1)]);
    }

    #[test]
    fn a_compilation_is_no_reprint_of_its_parts() {
        let compilation = format!("{LIBRARY}\n{MARKET}\n{}", "又讯：山路已通。".repeat(40));
        assert_eq!(groups_of(&[LIBRARY, MARKET, &compilation]), [None, None, None]);
    }

    #[test]
    fn the_earliest_is_told_by_the_day_and_then_by_the_place_in_the_archive() {
        let items = [
            item(LIBRARY, None, 0),
            item(LIBRARY, Some(19_860_502), 1),
            item(LIBRARY, Some(19_860_501), 3),
            item(LIBRARY, Some(19_860_501), 2),
        ];
        assert_eq!(group_reprints(&items, |_, _| 0.0), [Some(3), Some(3), Some(3), None]);
    }

    #[test]
    fn what_the_exact_look_denies_is_not_grouped() {
        let items = [item(LIBRARY, None, 0), item(REWRITTEN, None, 1)];
        assert_eq!(group_reprints(&items, |_, _| 0.4), [None, None]);
    }

    #[test]
    fn texts_without_words_are_nobodys_reprints() {
        assert_eq!(groups_of(&["", "", "图", "图"]), [None, None, None, None]);
        assert_eq!(group_reprints(&[], |_, _| 1.0), []);
    }

    #[test]
    fn a_hundred_slightly_different_copies_are_one_group() {
        let copies: Vec<String> =
            (0..100).map(|n| format!("{LIBRARY}编者{}按。", "甲乙丙丁".repeat(n % 7))).collect();
        let bodies: Vec<&str> = copies.iter().map(String::as_str).collect();
        let groups = groups_of(&bodies);
        assert_eq!(groups.iter().filter(|earliest| **earliest == Some(0)).count(), 99);
    }

    proptest! {
        #[test]
        fn equal_texts_are_always_grouped(body in "[一-龥]{12,80}", others in prop::collection::vec(".{0,40}", 0..8)) {
            let mut bodies: Vec<&str> = others.iter().map(String::as_str).collect();
            let (first, second) = (bodies.len() / 2, bodies.len() + 1);
            bodies.insert(first, &body);
            bodies.push(&body);
            let groups = groups_of(&bodies);
            prop_assert!(groups[second].is_some());
            prop_assert_eq!(groups[second], groups[first].or(Some(first)));
        }

        #[test]
        fn the_groups_do_not_depend_on_the_order_of_the_items(
            bodies in prop::collection::vec("(甲乙丙丁戊己庚辛|子丑寅卯辰巳|天地玄黄宇宙|[一-十]){2,12}", 1..20),
        ) {
            let forward: Vec<SketchedArticle> =
                bodies.iter().enumerate().map(|(order, body)| item(body, None, order as u64)).collect();
            let backward: Vec<SketchedArticle> = forward.iter().rev().cloned().collect();
            let last = bodies.len() - 1;
            let there = group_reprints(&forward, |a, b| containment(&bodies[a], &bodies[b]));
            let back = group_reprints(&backward, |a, b| containment(&bodies[last - a], &bodies[last - b]));
            let turned: Vec<Option<usize>> =
                back.iter().rev().map(|earliest| earliest.map(|at| last - at)).collect();
            prop_assert_eq!(there, turned);
        }
    }
}
