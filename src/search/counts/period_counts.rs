//! Articles counted by period: those that are certainly of it, and those that can be.
//!
//! The date of an article is an interval of days. Where all of them lie in one period, the article
//! is of that period; where they do not, it is of none for certain, and possible in each period
//! that the interval touches. Both together are what a search for the days of the period finds.

use std::collections::{VecDeque, vec_deque};

use super::period::{Granularity, Period, PeriodCount};
use crate::index::{OPEN_END, day_number};
use crate::model::CivilDate;

/// Periods that an interval puts into a list at most: the days of a year, numbered as they are
/// here. A longer one, or one with an open end, adds its known ends and counts in those periods
/// that are listed anyway, so that it neither takes memory nor draws out a list.
const MAX_SPREAD: u32 = 12 * 31;

/// The periods that an article can be of, by the numbers they are counted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placing {
    /// It has no date.
    Undated,
    /// All its possible days lie in this one.
    Within(u32),
    /// From one to another, both inclusive; `None` is open.
    Spread(Option<u32>, Option<u32>),
}

impl Placing {
    /// `first` and `last` are the possible days as the index keeps them.
    pub(crate) fn of(granularity: Granularity, (first, last): (u64, u64)) -> Self {
        if last == 0 {
            return Self::Undated;
        }
        let first = counted_under(granularity, first);
        let last = if last < OPEN_END { counted_under(granularity, last) } else { None };
        match (first, last) {
            (Some(first), Some(last)) if first == last => Self::Within(first),
            (first, last) => Self::Spread(first, last),
        }
    }
}

/// Articles by period. A day is counted under a number that is read off its digits, and an interval
/// by where it begins and where it ends, so that to count an article costs a step or two.
#[derive(Debug, Clone, Default)]
pub(crate) struct PeriodCounts {
    granularity: Granularity,
    /// Periods outside of these are not listed; `None` is open.
    shown: (Option<u32>, Option<u32>),
    /// What is counted at a number, from this first one on.
    start: u32,
    slots: VecDeque<Slot>,
    /// Articles whose interval has no beginning.
    beginless: i64,
    certain: u64,
    spread: u64,
    undated: u64,
}

/// What is counted under a number.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Articles that are certainly of the period.
    certain: u32,
    /// By how much more articles are possible in the period than in the one before it (a difference
    /// array): those of short intervals, and the others.
    short: i32,
    long: i32,
    /// Whether one of the others begins or ends here.
    is_end: bool,
}

impl PeriodCounts {
    /// Lists no periods outside of the days that are asked for, whose ends can be open: what is found
    /// there is only possible, and not asked for.
    pub(crate) fn within(
        granularity: Granularity,
        (from, to): (Option<CivilDate>, Option<CivilDate>),
    ) -> Self {
        let number = |day: Option<CivilDate>| {
            day.and_then(|day| counted_under(granularity, day_number(day)))
        };
        let shown = (number(from), number(to));
        Self { granularity, shown, ..Self::default() }
    }

    /// Counts an article by its first and its last possible day as the index keeps them.
    pub(crate) fn add(&mut self, days: (u64, u64)) {
        self.add_several(days, 1);
    }

    /// Counts several articles of the same days.
    pub(crate) fn add_several(&mut self, days: (u64, u64), articles: u64) {
        match Placing::of(self.granularity, days) {
            Placing::Undated => self.undated += articles,
            Placing::Within(number) => {
                self.certain += articles;
                self.slot(number).certain += articles as u32;
            }
            Placing::Spread(first, last) => {
                self.spread += articles;
                self.spread_over(first, last, articles as i32);
            }
        }
    }

    fn spread_over(&mut self, first: Option<u32>, last: Option<u32>, articles: i32) {
        if let (Some(first), Some(last)) = (first, last)
            && last.saturating_sub(first) < MAX_SPREAD
        {
            self.slot(first).short += articles;
            self.slot(last + 1).short -= articles;
            return;
        }
        match first {
            None => self.beginless += i64::from(articles),
            Some(first) => {
                let slot = self.slot(first);
                slot.long += articles;
                slot.is_end = true;
            }
        }
        if let Some(last) = last {
            self.slot(last).is_end = true;
            self.slot(last + 1).long -= articles;
        }
    }

    fn slot(&mut self, number: u32) -> &mut Slot {
        if self.slots.is_empty() {
            self.start = number;
        }
        while number < self.start {
            self.slots.push_front(Slot::default());
            self.start -= 1;
        }
        let place = (number - self.start) as usize;
        if place >= self.slots.len() {
            self.slots.resize(place + 1, Slot::default());
        }
        &mut self.slots[place]
    }

    /// Articles without a day.
    pub(crate) fn undated(&self) -> u64 {
        self.undated
    }

    /// Articles that are possible in several periods, and certainly of none.
    pub(crate) fn spread(&self) -> u64 {
        self.spread
    }

    /// Articles that are certainly of one period.
    pub(crate) fn certain(&self) -> u64 {
        self.certain
    }

    /// The periods that have articles, in order of time.
    pub(crate) fn periods(&self) -> Vec<PeriodCount> {
        let (from, to) = self.shown;
        let is_shown = |number: u32| {
            from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to)
        };
        let mut totals = self.totals();
        let mut periods = Vec::new();
        for (number, slot) in (self.start..).zip(&self.slots) {
            let total = totals.at(number);
            if (slot.certain > 0 || slot.is_end || total.short > 0) && is_shown(number) {
                periods.extend(period_at(self.granularity, number).map(|value| total.of(value)));
            }
        }
        periods
    }

    /// What these articles count in other periods, which stand in order of time.
    pub(crate) fn of_periods(&self, periods: &[PeriodCount]) -> Vec<PeriodCount> {
        let mut totals = self.totals();
        let of = |value: Period| {
            let number = counted_under(self.granularity, day_number(value.days()?.0))?;
            Some(totals.at(number).of(value))
        };
        periods.iter().map(|each| each.value).filter_map(of).collect()
    }

    fn totals(&self) -> RunningTotals<'_> {
        RunningTotals { slots: self.slots.iter(), next: self.start, short: 0, long: self.beginless }
    }
}

/// Sums up changes from one number to the next.
struct RunningTotals<'a> {
    slots: vec_deque::Iter<'a, Slot>,
    next: u32,
    short: i64,
    long: i64,
}

/// Articles of a period: certain ones, and possible ones by whether their interval is short.
struct PeriodTotal {
    certain: u32,
    short: i64,
    long: i64,
}

impl RunningTotals<'_> {
    /// What stands at a number that is not before the last one asked for.
    fn at(&mut self, number: u32) -> PeriodTotal {
        let mut certain = 0;
        while self.next <= number
            && let Some(slot) = self.slots.next()
        {
            self.short += i64::from(slot.short);
            self.long += i64::from(slot.long);
            certain = if self.next == number { slot.certain } else { 0 };
            self.next += 1;
        }
        PeriodTotal { certain, short: self.short, long: self.long }
    }
}

impl PeriodTotal {
    fn of(&self, value: Period) -> PeriodCount {
        let possible = u64::try_from(self.short + self.long).unwrap_or(0);
        PeriodCount { value, count: self.certain.into(), possible }
    }
}

/// A number that is read off the digits of a day, YYYYMMDD; `None` of what is no day.
fn counted_under(granularity: Granularity, day: u64) -> Option<u32> {
    let day = u32::try_from(day).ok()?;
    let (year, month, of_month) = (day / 10_000, day / 100 % 100, day % 100);
    if !(1..=12).contains(&month) || !(1..=31).contains(&of_month) || year > 9_999 {
        return None;
    }
    Some(match granularity {
        Granularity::Day => (year * 12 + month - 1) * 31 + of_month - 1,
        Granularity::Month => year * 12 + month - 1,
        Granularity::Quarter => year * 4 + (month - 1) / 3,
        Granularity::Year => year,
    })
}

/// The period of such a number; `None` of a day that no calendar has, as February 30.
pub(crate) fn period_at(granularity: Granularity, number: u32) -> Option<Period> {
    if granularity != Granularity::Day {
        return Some(Period::at(granularity, number.cast_signed()));
    }
    let (month, day) = (number / 31, number % 31 + 1);
    let day = CivilDate::new((month / 12) as i16, (month % 12 + 1) as i8, day as i8).ok()?;
    Some(Period::of(Granularity::Day, day))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Span;
    use proptest::prelude::*;

    use super::*;
    use crate::index::UNDATED;

    const ALL: [Granularity; 4] =
        [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year];

    fn counts_of(granularity: Granularity, days: &[(u64, u64)]) -> PeriodCounts {
        let mut counts = PeriodCounts::within(granularity, (None, None));
        for &days in days {
            counts.add(days);
        }
        counts
    }

    fn counted(granularity: Granularity, days: &[(u64, u64)]) -> Vec<(String, u64, u64)> {
        let periods = counts_of(granularity, days).periods().into_iter();
        periods.map(|each| (each.value.to_string(), each.count, each.possible)).collect()
    }

    fn expected(counts: &[(&str, u64, u64)]) -> Vec<(String, u64, u64)> {
        counts.iter().map(|&(value, count, more)| (value.to_owned(), count, more)).collect()
    }

    #[test]
    fn days_are_counted_by_any_unit_in_order_of_time() {
        let days = [20_231_231, 20_230_210, 20_230_210, 20_230_301].map(|day| (day, day));
        assert_eq!(
            counted(Granularity::Day, &days),
            expected(&[("2023-02-10", 2, 0), ("2023-03-01", 1, 0), ("2023-12-31", 1, 0)])
        );
        assert_eq!(
            counted(Granularity::Month, &days),
            expected(&[("2023-02", 2, 0), ("2023-03", 1, 0), ("2023-12", 1, 0)])
        );
        assert_eq!(
            counted(Granularity::Quarter, &days),
            expected(&[("2023-Q1", 3, 0), ("2023-Q4", 1, 0)])
        );
        assert_eq!(counted(Granularity::Year, &days), expected(&[("2023", 4, 0)]));
    }

    #[test]
    fn an_interval_is_possible_wherever_it_reaches_and_certain_where_it_stays() {
        let days = [(20_221_130, 20_230_201), (20_230_101, 20_230_131), (UNDATED, 0)];
        assert_eq!(
            counted(Granularity::Month, &days),
            expected(&[("2022-11", 0, 1), ("2022-12", 0, 1), ("2023-01", 1, 1), ("2023-02", 0, 1)])
        );
        assert_eq!(counted(Granularity::Year, &days), expected(&[("2022", 0, 1), ("2023", 1, 1)]));
        let counts = counts_of(Granularity::Month, &days);
        assert_eq!((counts.certain(), counts.spread(), counts.undated()), (1, 1, 1));
        // Every day of February that there is.
        let february = counted(Granularity::Day, &[(20_230_227, 20_230_302)]);
        let days = ["2023-02-27", "2023-02-28", "2023-03-01", "2023-03-02"];
        assert_eq!(february, expected(&days.map(|day| (day, 0, 1))));
    }

    #[test]
    fn an_open_or_a_long_interval_draws_nothing_out() {
        let known = (20_230_210, 20_230_210);
        for far in [(0, 20_230_331), (19_490_101, 20_230_331)] {
            let counts = counted(Granularity::Day, &[known, far]);
            let begins = (far.0 > 0).then_some(("1949-01-01", 0, 1));
            let ends = [("2023-02-10", 1, 1), ("2023-03-31", 0, 1)];
            let all: Vec<_> = begins.into_iter().chain(ends).collect();
            assert_eq!(counts, expected(&all));
        }
        let open = counted(Granularity::Day, &[known, (20_220_101, OPEN_END)]);
        assert_eq!(open, expected(&[("2022-01-01", 0, 1), ("2023-02-10", 1, 1)]));
        let counts = counts_of(Granularity::Day, &[(20_220_101, OPEN_END)]);
        assert_eq!(counts.slots.len(), 1);
        // A whole year of days is not long.
        assert_eq!(counted(Granularity::Day, &[(20_240_101, 20_241_231)]).len(), 366);
    }

    #[test]
    fn what_is_not_asked_for_is_not_listed() {
        let day = |text: &str| Some(text.parse().expect("a day"));
        let asked = (day("2023-01-10"), day("2023-02-01"));
        let mut counts = PeriodCounts::within(Granularity::Month, asked);
        counts.add((20_221_115, 20_230_331));
        let periods: Vec<String> =
            counts.periods().iter().map(|each| each.value.to_string()).collect();
        assert_eq!((periods, counts.spread()), (vec!["2023-01".into(), "2023-02".into()], 1));
    }

    fn days() -> impl Strategy<Value = (Option<CivilDate>, Option<CivilDate>)> {
        let first = jiff::civil::date(2019, 12, 1);
        let span = |days: i32| Span::new().days(days);
        let end = prop_oneof![9 => Just(false), 1 => Just(true)];
        let length = prop_oneof![4 => Just(0), 4 => 0..70, 2 => 0..900];
        (0..1_500, length, end.clone(), end).prop_map(move |(begins, length, from, to)| {
            let begins = first.checked_add(span(begins)).expect("a day");
            let ends = begins.checked_add(span(length)).expect("a day");
            ((!from).then_some(begins), (!to).then_some(ends))
        })
    }

    /// The same as the index keeps it.
    fn kept((first, last): (Option<CivilDate>, Option<CivilDate>)) -> (u64, u64) {
        match (first, last) {
            (None, None) => (UNDATED, 0),
            _ => (first.map_or(0, day_number), last.map_or(OPEN_END, day_number)),
        }
    }

    proptest! {
        #[test]
        fn certain_and_possible_ones_are_those_that_a_search_for_the_days_finds(
            articles in prop::collection::vec(days(), 0..40),
        ) {
            for granularity in ALL {
                let kept_days: Vec<_> = articles.iter().map(|&days| kept(days)).collect();
                let counts = counts_of(granularity, &kept_days);
                let sum = counts.certain() + counts.spread() + counts.undated();
                prop_assert_eq!(sum, articles.len() as u64);
                let mut listed = BTreeMap::new();
                for PeriodCount { value, count, possible } in counts.periods() {
                    let (from, to) = value.days().expect("days of the calendar");
                    let (from, to) = (day_number(from), day_number(to));
                    // As `within` in `search/plan/clauses` compares them.
                    let kept = kept_days.iter().copied();
                    let found = kept.clone().filter(|&(first, last)| last >= from && first <= to);
                    let certain =
                        kept.filter(|&(first, last)| first >= from && (1..=to).contains(&last));
                    prop_assert_eq!(count, certain.count() as u64, "{}", value);
                    prop_assert_eq!(count + possible, found.count() as u64, "{}", value);
                    prop_assert!(listed.insert(value, count).is_none());
                }
                prop_assert!(listed.keys().is_sorted());
                prop_assert_eq!(listed.values().sum::<u64>(), counts.certain());
                // Each article with days is of one that is listed.
                for &(first, last) in &articles {
                    let is_in = |period: &Period| {
                        let (from, to) = period.days().expect("days of the calendar");
                        last.is_none_or(|last| last >= from) && first.is_none_or(|first| first <= to)
                    };
                    let is_dated = first.is_some() || last.is_some();
                    prop_assert!(!is_dated || listed.keys().any(is_in));
                }
            }
        }
    }
}
