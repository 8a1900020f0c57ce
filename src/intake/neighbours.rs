//! The time of the articles of a JSONL file that state no day, from those beside them.

use std::collections::VecDeque;

use jiff::ToSpan;

use crate::model::{Article, CivilDate, DateInterval};

/// Dated articles to each side that are looked at.
const BESIDE: usize = 10;
const MIN_BESIDE: usize = 4;
/// Neighbours that lie further apart, in days, say nothing.
const MAX_SPREAD_DAYS: i32 = 200;
/// The most days by which an article can be later than all of its neighbours.
const REACH_DAYS: i32 = 31;
/// Bytes of lines behind an article that are looked at; so much is held in memory.
const MAX_AHEAD: usize = 4 * 1024 * 1024;

/// The articles of a file in their order, held back until those behind them are known. What is found
/// depends on the file alone, not on how many articles are taken at a time.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    waiting: VecDeque<Waiting>,
    /// The days of the last dated articles that were taken.
    before: VecDeque<CivilDate>,
    /// Where the lines of dated articles end that wait, and their days.
    ahead: VecDeque<(usize, CivilDate)>,
    /// Bytes of all lines so far.
    bytes: usize,
    at_end: bool,
}

#[derive(Debug)]
struct Waiting {
    article: Article,
    size: usize,
    /// Where its line ends in the file.
    end: usize,
    day: Option<CivilDate>,
}

impl Neighbours {
    /// Adds a line of so many bytes, with its article if it has one.
    pub fn push(&mut self, article: Option<Article>, size: usize) {
        self.bytes += size;
        let Some(article) = article else { return };
        let given = article.given.as_ref();
        let day = given.and_then(|given| given.date.or(given.issue_date));
        self.ahead.extend(day.map(|day| (self.bytes, day)));
        self.waiting.push_back(Waiting { article, size, end: self.bytes, day });
    }

    /// Says that there are no more lines.
    pub fn end(&mut self) {
        self.at_end = true;
    }

    /// The next article whose neighbours are known, with the time of these, and the bytes of its line.
    pub fn next_known(&mut self) -> Option<(Article, usize)> {
        let first = self.waiting.front()?;
        let own = usize::from(first.day.is_some());
        let is_known =
            self.at_end || self.ahead.len() - own >= BESIDE || self.bytes - first.end >= MAX_AHEAD;
        if !is_known {
            return None;
        }
        let Waiting { mut article, size, end, day } = self.waiting.pop_front()?;
        if let Some(day) = day {
            self.ahead.pop_front();
            self.before.push_back(day);
            if self.before.len() > BESIDE {
                self.before.pop_front();
            }
        } else {
            article.beside = self.around(end);
        }
        Some((article, size))
    }

    /// The days of the neighbours of the line that ends at `end`, and some more; `None` if there are few,
    /// or if they are of very different times.
    fn around(&self, end: usize) -> Option<DateInterval> {
        let ahead = self.ahead.iter().take_while(|(place, _)| place - end < MAX_AHEAD).take(BESIDE);
        let days = || self.before.iter().copied().chain(ahead.clone().map(|(_, day)| *day));
        let (first, last) = (days().min()?, days().max()?);
        let together = first.checked_add(MAX_SPREAD_DAYS.days()).is_ok_and(|latest| last <= latest);
        (together && days().count() >= MIN_BESIDE).then(|| DateInterval {
            not_before: Some(first),
            not_after: last.checked_add(REACH_DAYS.days()).ok(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GivenFields;

    /// The times beside articles of these days.
    fn beside(days: &[Option<&str>]) -> Vec<Option<(String, String)>> {
        let mut neighbours = Neighbours::default();
        for day in days {
            let date = day.map(|day| day.parse().expect("a day"));
            let given = GivenFields { date, ..GivenFields::default() };
            let article = Article { given: Some(Box::new(given)), ..Article::default() };
            neighbours.push(Some(article), 100);
        }
        neighbours.end();
        let mut found = Vec::new();
        while let Some((article, _)) = neighbours.next_known() {
            let days = article.beside.and_then(|time| time.not_before.zip(time.not_after));
            found.push(days.map(|(first, last)| (first.to_string(), last.to_string())));
        }
        found
    }

    #[test]
    fn neighbours_of_one_time_give_an_interval_and_others_none() {
        let day = Some("2021-03-05");
        let near = beside(&[day, Some("2021-03-01"), None, day, day]);
        assert_eq!(near[2], Some(("2021-03-01".to_owned(), "2021-04-05".to_owned())));
        assert_eq!(near[0], None, "it states its day");
        assert_eq!(beside(&[day, Some("2015-03-01"), None, day, day])[2], None);
        assert_eq!(beside(&[day, None, day])[1], None);
    }
}
