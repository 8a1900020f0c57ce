//! What is known of the units of a page → as much of it as one row of labels agrees with.
//!
//! Lines that are joined over the end of an item, or parts in an order that the labels cannot have, would
//! leave no row of labels for the whole page, and nothing could be learned from it. Then the least is left
//! out: what is known of the part of a unit, or where that is not enough, of its item.

use super::constraints::{Constraint, Known};
use crate::split::labels::LABELS;
use crate::split::transitions::{begins, transition_score};

/// Number of labels.
const STATES: usize = LABELS.len();

/// What it costs to leave out the part of a unit, and its item.
const PART: u32 = 1;
const ITEM: u32 = 4;
/// No row of labels comes here.
const NEVER: u32 = u32::MAX;

/// The constraints that the row of labels agrees with which contradicts the least (Viterbi's algorithm).
pub(super) fn agreeing(known: &[Known]) -> Vec<Constraint> {
    let mut best = vec![[(NEVER, 0); STATES]; known.len()];
    for unit in 0..known.len() {
        for to in 0..STATES {
            best[unit][to] = match unit.checked_sub(1) {
                None if can_follow(None, Some(to)) => (known[unit].cost(to, None), 0),
                None => (NEVER, 0),
                Some(before) => {
                    let from = (0..STATES).filter(|&from| can_follow(Some(from), Some(to)));
                    let costs = from.map(|from| {
                        let begins = begins(Some(LABELS[from]), LABELS[to]);
                        let own = known[unit].cost(to, Some(begins));
                        (best[before][from].0.saturating_add(own), from)
                    });
                    costs.min().unwrap_or((NEVER, 0))
                }
            };
        }
    }
    let mut constraints: Vec<Constraint> = known.iter().map(Known::constraint).collect();
    let ends = |last: &[(u32, usize); STATES]| {
        let labels = (0..STATES).filter(|&label| can_follow(Some(label), None));
        labels.map(|label| (last[label].0, label)).min()
    };
    let Some((_, mut label)) = best.last().and_then(ends) else { return constraints };
    for unit in (0..known.len()).rev() {
        let from = best[unit][label].1;
        let begins = (unit > 0).then(|| begins(Some(LABELS[from]), LABELS[label]));
        match known[unit].cost(label, begins) {
            0 => {}
            PART => constraints[unit] = known[unit].by_item,
            _ => constraints[unit] = Constraint::NONE,
        }
        label = from;
    }
    constraints
}

fn can_follow(from: Option<usize>, to: Option<usize>) -> bool {
    let label = |place: usize| LABELS[place];
    transition_score(from.map(label), to.map(label)).is_finite()
}

impl Known {
    fn constraint(&self) -> Constraint {
        self.by_part.unwrap_or(self.by_item)
    }

    /// What must be left out for a label; `begins` says whether an item begins with it.
    fn cost(&self, label: usize, begins: Option<bool>) -> u32 {
        let agrees = |begins| self.by_item.begins.is_none_or(|known| known == begins);
        if !begins.is_none_or(agrees) {
            return ITEM;
        }
        match (self.constraint().allows(label), self.by_item.allows(label)) {
            (true, _) => 0,
            (false, true) => PART,
            (false, false) => ITEM,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceText;
    use crate::split::fit::constraints::known;
    use crate::split::fit::gold::{GoldItem, GoldKind, LineHint};
    use crate::split::unit::Unit;

    /// For each unit how much is left of what is known: its part, its item, or nothing.
    fn left(hints: &[(u32, LineHint)]) -> Vec<char> {
        let text =
            SourceText::from_text("a.txt", "旧井换新壁\n井台加了护栏。\n石匠老贺\n渡船停了\n");
        let units: Vec<Unit> = (0..4).map(|line| Unit::of_line(&text, line)).collect();
        let item = |lines| GoldItem::new(GoldKind::News, Some("题"), lines);
        let gold = |hints: &[(u32, LineHint)]| {
            [item(vec![(1, 3)]).with_hints(hints.to_vec()), item(vec![(4, 4)])]
        };
        let agreed = |hints| agreeing(&known(&text, &units, &gold(hints)));
        let (hinted, plain) = (agreed(hints), agreed(&[]));
        let labels =
            |constraint: &Constraint| (0..STATES).filter(|&l| constraint.allows(l)).count();
        let left = hinted.iter().zip(&plain).map(|(hinted, plain)| match labels(hinted) {
            STATES if hinted.begins.is_none() => 'n',
            count if count == labels(plain) => 'i',
            _ => 'p',
        });
        left.collect()
    }

    #[test]
    fn what_is_known_is_kept_where_labels_agree_with_it() {
        use LineHint::{Byline, Credit, Head, Lead};
        assert_eq!(left(&[(1, Head), (2, Lead), (3, Credit)]), ['p', 'p', 'p', 'i']);
        // No article ends with an author below its headline.
        assert_eq!(left(&[(1, Head), (2, Lead), (3, Byline)]), ['p', 'p', 'i', 'i']);
        // A headline is not followed by a closing line.
        assert_eq!(left(&[(1, Head), (2, Credit), (3, Credit)]), ['p', 'i', 'p', 'i']);
    }
}
