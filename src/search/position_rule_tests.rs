//! Compares matching by positions with a brute-force trial of every choice.

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::position_rule;
use super::position_rule::{PhrasePiece, PositionRule, all};

/// The positions that take part in a match of `rule`, by trying every choice of one occurrence per
/// piece.
pub(crate) fn tried(pieces: &[PhrasePiece], rule: &PositionRule) -> Vec<Vec<u32>> {
    let mut found = vec![Vec::new(); pieces.len()];
    if !pieces.is_empty() {
        choose(pieces, rule, &mut Vec::new(), &mut found);
    }
    for starts in &mut found {
        starts.sort_unstable();
        starts.dedup();
    }
    found
}

fn choose(
    pieces: &[PhrasePiece],
    rule: &PositionRule,
    chosen: &mut Vec<u32>,
    found: &mut [Vec<u32>],
) {
    let Some(next) = pieces.get(chosen.len()) else {
        if is_right(pieces, rule, chosen) {
            for (found, &start) in found.iter_mut().zip(chosen.iter()) {
                found.push(start);
            }
        }
        return;
    };
    for &start in &next.starts {
        chosen.push(start);
        choose(pieces, rule, chosen, found);
        chosen.pop();
    }
}

fn is_right(pieces: &[PhrasePiece], rule: &PositionRule, chosen: &[u32]) -> bool {
    let mut spans: Vec<(i64, i64)> = chosen
        .iter()
        .zip(pieces)
        .map(|(&start, piece)| (i64::from(start), i64::from(start) + i64::from(piece.len)))
        .collect();
    if matches!(rule, PositionRule::Near { .. }) {
        spans.sort_unstable();
    }
    spans.windows(2).enumerate().all(|(at, pair)| {
        let between = pair[1].0 - pair[0].1;
        let (min_gap, max_gap) = match rule {
            PositionRule::Adjacent => (0, 0),
            PositionRule::Near { gap } => (0, *gap),
            PositionRule::Ordered { gaps } => gaps.get(at).copied().unwrap_or((0, 0)),
        };
        (i64::from(min_gap)..=i64::from(max_gap)).contains(&between)
    })
}

fn piece(len: u32, starts: &[u32]) -> PhrasePiece {
    PhrasePiece { len, starts: starts.to_vec() }
}

fn pieces(
    count: std::ops::RangeInclusive<usize>,
    max_starts: usize,
) -> impl Strategy<Value = Vec<PhrasePiece>> {
    let one = (1..4_u32, btree_set(0..24_u32, 0..=max_starts))
        .prop_map(|(len, starts)| PhrasePiece { len, starts: starts.into_iter().collect() });
    // Some pieces are listed twice.
    (vec(one, count), any::<bool>()).prop_map(|(mut pieces, twice)| {
        if twice && let [first, .., last] = pieces.as_mut_slice() {
            *last = first.clone();
        }
        pieces
    })
}

fn hows() -> impl Strategy<Value = PositionRule> {
    prop_oneof![
        Just(PositionRule::Adjacent),
        (0..6_u32).prop_map(|gap| PositionRule::Near { gap }),
        vec((0..4_u32, 0..8_u32), 0..4).prop_map(|gaps| PositionRule::Ordered { gaps }),
    ]
}

#[test]
fn a_gap_is_counted_from_the_end_of_one_piece_to_the_beginning_of_the_next() {
    // 氢能产业园区: 氢能 at 0, 园区 at 4.
    let pieces = [piece(2, &[0]), piece(2, &[4])];
    assert!(position_rule::any(&pieces, &PositionRule::Near { gap: 2 }));
    assert!(!position_rule::any(&pieces, &PositionRule::Near { gap: 1 }));
    assert!(position_rule::any(&pieces, &PositionRule::Ordered { gaps: vec![(2, 2)] }));
    assert!(!position_rule::any(&pieces, &PositionRule::Ordered { gaps: vec![(3, 9)] }));
    let turned = [piece(2, &[4]), piece(2, &[0])];
    assert!(position_rule::any(&turned, &PositionRule::Near { gap: 2 }));
    assert!(!position_rule::any(&turned, &PositionRule::Ordered { gaps: vec![(0, 9)] }));
}

#[test]
fn a_piece_named_twice_has_to_stand_twice() {
    let near = PositionRule::Near { gap: 9 };
    assert!(!position_rule::any(&[piece(2, &[5]), piece(2, &[5])], &near));
    // Overlapping itself, as 哈哈 in 哈哈哈.
    assert!(!position_rule::any(&[piece(2, &[5, 6]), piece(2, &[5, 6])], &near));
    assert_eq!(
        all(&[piece(2, &[5, 6, 7]), piece(2, &[5, 6, 7])], &near),
        [[5, 7], [5, 7]],
        "the middle one overlaps both"
    );
}

#[test]
fn a_piece_that_is_used_elsewhere_bridges_no_gap() {
    // B A A A C: from B to C only over three A.
    let pieces = [piece(1, &[2, 4, 6]), piece(1, &[0]), piece(1, &[8])];
    assert!(!position_rule::any(&pieces, &PositionRule::Near { gap: 1 }));
    assert!(position_rule::any(&pieces, &PositionRule::Near { gap: 3 }));
}

#[test]
fn as_many_pieces_as_can_be_named_are_found_where_they_stand_once() {
    let pieces: Vec<PhrasePiece> = (0..64).map(|at| piece(2, &[(at * 37 % 64) * 5])).collect();
    assert!(position_rule::any(&pieces, &PositionRule::Near { gap: 3 }));
    assert!(!position_rule::any(&pieces, &PositionRule::Near { gap: 2 }));
    let all_of_them: Vec<Vec<u32>> = pieces.iter().map(|piece| piece.starts.clone()).collect();
    assert_eq!(all(&pieces, &PositionRule::Near { gap: 3 }), all_of_them);
}

#[test]
fn where_too_many_choices_are_open_a_text_with_every_piece_is_not_lost() {
    for count in [12, 64, 100] {
        // Every piece everywhere, so that no choice works: each covers what the others need.
        let everywhere: Vec<u32> = (0..2_000).collect();
        let pieces = vec![piece(1_990, &everywhere); count];
        let crowded = vec![piece(1, &everywhere); count];
        assert!(position_rule::any(&crowded, &PositionRule::Near { gap: 50 }));
        assert!(
            all(&crowded, &PositionRule::Near { gap: 50 }).iter().all(|starts| !starts.is_empty())
        );
        assert_eq!(position_rule::any(&pieces, &PositionRule::Near { gap: 50 }), count > 64);
    }
}

#[test]
fn where_too_many_choices_are_open_a_text_without_a_piece_nearby_is_not_found() {
    let crowd: Vec<u32> = (0..2_000).collect();
    for count in [12, 63, 100] {
        let mut pieces = vec![piece(1, &crowd); count];
        pieces.push(piece(1, &[9_000]));
        assert!(!position_rule::any(&pieces, &PositionRule::Near { gap: 50 }));
        assert!(all(&pieces, &PositionRule::Near { gap: 50 }).iter().all(Vec::is_empty));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn up_to_four_pieces_are_found_as_by_trying_every_choice(
        pieces in pieces(0..=4, 7),
        rule in hows(),
    ) {
        let tried = tried(&pieces, &rule);
        prop_assert_eq!(all(&pieces, &rule), tried.clone());
        prop_assert_eq!(position_rule::any(&pieces, &rule), tried.iter().any(|starts| !starts.is_empty()));
    }

    #[test]
    fn more_pieces_with_few_places_are_found_as_by_trying_every_choice(
        pieces in pieces(5..=7, 3),
        gap in 0..8_u32,
    ) {
        let rule = PositionRule::Near { gap };
        prop_assert_eq!(all(&pieces, &rule), tried(&pieces, &rule));
    }

    #[test]
    fn places_at_the_far_end_and_boundless_gaps_do_no_harm(
        starts in vec(btree_set(u32::MAX - 9..=u32::MAX, 0..5), 0..4),
        len in prop_oneof![0..4_u32, Just(u32::MAX)],
        max_gap in prop_oneof![0..4_u32, Just(u32::MAX)],
    ) {
        let pieces: Vec<PhrasePiece> = starts
            .into_iter()
            .map(|starts| PhrasePiece { len, starts: starts.into_iter().collect() })
            .collect();
        for rule in [PositionRule::Adjacent, PositionRule::Near { gap: max_gap }, PositionRule::Ordered { gaps: vec![(0, max_gap); 3] }] {
            let found = all(&pieces, &rule);
            prop_assert_eq!(found.len(), pieces.len());
            let stand = !found.is_empty() && found.iter().all(|starts| !starts.is_empty());
            prop_assert_eq!(position_rule::any(&pieces, &rule), stand);
        }
    }
}
