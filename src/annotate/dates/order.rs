//! Narrows the dates of items that a bulletin collected from elsewhere: they run in order of their days,
//! so that those around one bound the time of one that states none.

use jiff::ToSpan;

use crate::model::{CivilDate, DateNote, DateSource};

/// Dated items on each side whose middle one bounds an item between them.
const BESIDE: usize = 5;
/// Dated items from which on it can be told whether they run in order.
const MIN_DATED: usize = 20;
/// Days by which nineteen in twenty of the items may be out of order at most; others are in no order.
const MAX_DISORDER: i32 = 10;
/// Days that an item may be further out of order than the others are.
const MARGIN: i32 = 3;

/// Narrows the intervals of items that state no day and are dated to the months before their issue.
/// `notes` are those of the items of one file that were printed elsewhere before, in their order. Whether
/// they run in order, and by how many days they depart from it, is told from those that state a day: for
/// each, how far it lies outside of the middle days of the five before and the five after it. Bounds are
/// widened by twice the distance that nineteen in twenty keep to, and some days.
pub(in crate::annotate) fn narrow_by_order(mut notes: Vec<&mut DateNote>) {
    let days: Vec<Option<CivilDate>> = notes.iter().map(|note| note.value).collect();
    let Some(slack) = disorder(&days).map(|days| 2 * days + MARGIN) else { return };
    for (place, note) in notes.iter_mut().enumerate() {
        let open = note.rule.is_some_and(|rule| {
            matches!(
                rule.source,
                DateSource::MonthsBeforeIssue | DateSource::MonthsBeforeIssueInYear
            )
        });
        if !open || note.value.is_some() {
            continue;
        }
        let (before, after) = (middle_before(&days, place), middle_after(&days, place));
        let first = before.and_then(|day| day.checked_sub(slack.days()).ok());
        let last = after.and_then(|day| day.checked_add(slack.days()).ok());
        let not_before = note.not_before.max(first);
        let not_after = match (note.not_after, last) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let narrower = (not_before, not_after) != (note.not_before, note.not_after);
        if narrower && not_before.zip(not_after).is_none_or(|(first, last)| first <= last) {
            (note.not_before, note.not_after) = (not_before, not_after);
            note.rule = Some(DateSource::OrderOfItems.into());
        }
    }
}

/// The days that nineteen in twenty of the dated items are out of order at most; `None` if they are few
/// or in no order.
fn disorder(days: &[Option<CivilDate>]) -> Option<i32> {
    let mut distances: Vec<i32> = (0..days.len())
        .filter_map(|place| {
            let day = days[place]?;
            let (before, after) = (middle_before(days, place)?, middle_after(days, place)?);
            let away = |first: CivilDate, last: CivilDate| {
                first.until(last).ok().map(|span| span.get_days())
            };
            Some(away(day, before)?.max(away(after, day)?).max(0))
        })
        .collect();
    distances.sort_unstable();
    let most = *distances.get(distances.len() * 19 / 20)?;
    (distances.len() >= MIN_DATED && most <= MAX_DISORDER).then_some(most)
}

/// The middle one of the last five days before a place; `None` if there are fewer.
fn middle_before(days: &[Option<CivilDate>], place: usize) -> Option<CivilDate> {
    middle(days[..place].iter().rev().copied().flatten())
}

/// The middle one of the next five days after a place.
fn middle_after(days: &[Option<CivilDate>], place: usize) -> Option<CivilDate> {
    middle(days[place + 1..].iter().copied().flatten())
}

fn middle(days: impl Iterator<Item = CivilDate>) -> Option<CivilDate> {
    let mut nearest: Vec<CivilDate> = days.take(BESIDE).collect();
    nearest.sort_unstable();
    (nearest.len() == BESIDE).then(|| nearest[BESIDE / 2])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn stated(day: CivilDate) -> DateNote {
        DateNote {
            value: Some(day),
            not_before: Some(day),
            not_after: Some(day),
            ..DateNote::default()
        }
    }

    fn open() -> DateNote {
        DateNote {
            not_before: Some(date(2022, 1, 1)),
            not_after: Some(date(2022, 12, 31)),
            rule: Some(DateSource::MonthsBeforeIssue.into()),
            ..DateNote::default()
        }
    }

    /// Sixty items, every third without a day; `day` gives that of the others.
    fn narrowed(day: impl Fn(i32) -> i32) -> Vec<DateNote> {
        let note = |place: i32| {
            if place % 3 == 1 { open() } else { stated(date(2022, 3, 1) + day(place).days()) }
        };
        let mut notes: Vec<DateNote> = (0..60).map(note).collect();
        narrow_by_order(notes.iter_mut().collect());
        notes
    }

    #[test]
    fn items_in_order_bound_those_between_them() {
        let notes = narrowed(|place| place + place % 2);
        let note = &notes[31];
        let (first, last) = (note.not_before.expect("a day"), note.not_after.expect("a day"));
        let own = date(2022, 3, 1) + 31.days();
        assert!(first <= own && own <= last, "{first}..{last}");
        assert!(first.until(last).expect("days").get_days() <= 20, "{first}..{last}");
        assert_eq!(note.rule, Some(DateSource::OrderOfItems.into()));
        assert_eq!(note.value, None, "no day is stated");
        // Before the first ones nothing bounds the time below.
        assert_eq!(notes[1].not_before, open().not_before);
        assert!(notes[1].not_after < open().not_after);
    }

    #[test]
    fn items_in_no_order_bound_nothing() {
        let notes = narrowed(|place| place * 37 % 200);
        assert!(notes.iter().skip(1).step_by(3).all(|note| *note == open()));
        let mut few: Vec<DateNote> =
            vec![stated(date(2022, 3, 1)), open(), stated(date(2022, 3, 2))];
        narrow_by_order(few.iter_mut().collect());
        assert_eq!(few[1], open());
    }
}
