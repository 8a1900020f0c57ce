//! Which of the articles that are alike belong to one original?

use super::SketchedArticle;

/// Returns for each item the position of the earliest one that it is a reprint of; `None` for that
/// one itself and for items without a group.
///
/// `pairs` are articles that are the same item. Within the articles that such pairs connect, the
/// earliest is the head of a group, and so is every later one that `is_same` finds to be another
/// item than each head before: a chain of articles of which each resembles the next one does not
/// join what is no reprint of its head. `is_same` gets the position of the head first.
pub(crate) fn groups<E>(
    items: &[SketchedArticle],
    pairs: &[(u32, u32)],
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
    Ok(first_of)
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
