//! Which of the articles that are alike belong to one original?

use std::collections::{BTreeMap, BTreeSet};

use super::SketchedArticle;

/// What people decided, by positions: that an article is no reprint, or one of another article.
pub(crate) type DecidedReprints = BTreeMap<usize, Option<usize>>;

/// Returns for each item the position of the earliest one that it is a reprint of; `None` for that
/// one itself and for items without a group.
///
/// `pairs` are articles that are the same item. Within the articles that such pairs connect, the
/// earliest is the head of a group, and so is every later one that `is_same` finds to be another
/// item than each head before: a chain of articles of which each resembles the next one does not
/// join what is no reprint of its head. `is_same` gets the position of the head first.
///
/// An article that people say is no reprint can only be a head. One that they say is a reprint is no
/// head, and in the group of the other one whatever their texts; of those that are said to be
/// reprints of each other in a ring the earliest is the head.
pub(crate) fn groups<E>(
    items: &[SketchedArticle],
    pairs: &[(u32, u32)],
    decisions: &DecidedReprints,
    mut is_same: impl FnMut(usize, usize) -> Result<bool, E>,
) -> Result<Vec<Option<usize>>, E> {
    let mut connected = UnionFind::new(items.len());
    for &(a, b) in pairs {
        connected.join(a as usize, b as usize);
    }
    let mut members: Vec<usize> =
        pairs.iter().flat_map(|&(a, b)| [a as usize, b as usize]).collect();
    members.sort_unstable();
    members.dedup();
    let mut sorted: Vec<(usize, usize)> =
        members.into_iter().map(|position| (connected.of(position), position)).collect();
    sorted.sort_by_key(|&(of, position)| (of, items[position].age()));
    let mut first_of = vec![None; items.len()];
    for component in sorted.chunk_by(|a, b| a.0 == b.0) {
        let mut heads: Vec<usize> = Vec::new();
        for &(_, position) in component {
            match decisions.get(&position) {
                Some(None) => {
                    heads.push(position);
                    continue;
                }
                Some(Some(_)) => continue,
                None => {}
            }
            let mut head = None;
            for &candidate in &heads {
                if is_same(candidate, position)? {
                    head = Some(candidate);
                    break;
                }
            }
            if head.is_none() {
                heads.push(position);
            }
            first_of[position] = head;
        }
    }
    let decided = decisions.iter().filter_map(|(&position, of)| Some((position, (*of)?)));
    let ends: Vec<(usize, usize)> =
        decided.map(|(position, of)| (position, end_of(items, decisions, of))).collect();
    for (position, end) in ends {
        let head = first_of[end].filter(|_| !is_reprint(decisions, end)).unwrap_or(end);
        first_of[position] = Some(head).filter(|head| *head != position);
    }
    Ok(first_of)
}

fn is_reprint(decisions: &DecidedReprints, position: usize) -> bool {
    matches!(decisions.get(&position), Some(Some(_)))
}

/// Where one comes from an article by what people say that each is a reprint of: the last one, or the
/// earliest of a ring.
fn end_of(items: &[SketchedArticle], decisions: &DecidedReprints, from: usize) -> usize {
    let mut path = BTreeSet::new();
    let mut position = from;
    while let Some(&Some(next)) = decisions.get(&position) {
        if !path.insert(position) {
            let mut ring = vec![position];
            while let Some(&Some(next)) = decisions.get(&ring[ring.len() - 1]) {
                if next == position {
                    break;
                }
                ring.push(next);
            }
            return ring.into_iter().min_by_key(|&at| items[at].age()).unwrap_or(position);
        }
        position = next;
    }
    position
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
