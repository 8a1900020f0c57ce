//! The time of an article that states no year, from the articles beside it in the same file.

use jiff::ToSpan;

use crate::model::{Article, CivilDate, DateInterval};

/// Dated articles to each side that are looked at.
const BESIDE: usize = 10;
const MIN_BESIDE: usize = 4;
/// Neighbours that lie further apart, in days, say nothing.
const MAX_SPREAD_DAYS: i32 = 200;
/// The most days by which an article can be later than all of its neighbours.
const REACH_DAYS: i32 = 31;

/// The stated days of the articles of a file, in their order.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    /// Positions of articles with their days.
    dated: Vec<(usize, CivilDate)>,
}

impl Neighbours {
    /// Reads the days that the file states of its articles.
    pub fn of(articles: &[Article]) -> Self {
        let stated = |article: &Article| {
            let given = article.given.as_ref()?;
            given.date.or(given.issue_date)
        };
        let dated = articles.iter().enumerate();
        Self {
            dated: dated.filter_map(|(place, article)| Some((place, stated(article)?))).collect(),
        }
    }

    /// The days of the neighbours of the article at `place`, and some more; `None` if there are few, or
    /// if they are of very different times.
    pub fn around(&self, place: usize) -> Option<DateInterval> {
        let middle = self.dated.partition_point(|(other, _)| *other < place);
        let beside = middle.saturating_sub(BESIDE)..(middle + BESIDE).min(self.dated.len());
        let days = || self.dated[beside.clone()].iter().map(|(_, day)| *day);
        let (first, last) = (days().min()?, days().max()?);
        let together = first.checked_add(MAX_SPREAD_DAYS.days()).is_ok_and(|latest| last <= latest);
        (together && beside.len() >= MIN_BESIDE).then(|| DateInterval {
            not_before: Some(first),
            not_after: last.checked_add(REACH_DAYS.days()).ok(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GivenFields;

    fn articles(days: &[Option<&str>]) -> Vec<Article> {
        let article = |day: Option<&str>| {
            let date = day.map(|day| day.parse().expect("a day"));
            let given = GivenFields { date, ..GivenFields::default() };
            Article { given: Some(Box::new(given)), ..Article::default() }
        };
        days.iter().copied().map(article).collect()
    }

    #[test]
    fn neighbours_of_one_time_give_an_interval_and_others_none() {
        let day = Some("2021-03-05");
        let near = Neighbours::of(&articles(&[day, Some("2021-03-01"), None, day, day]));
        let found = near.around(2).map(|found| (found.not_before, found.not_after));
        let of = |day: &str| Some(day.parse().expect("a day"));
        assert_eq!(found, Some((of("2021-03-01"), of("2021-04-05"))));
        let apart = Neighbours::of(&articles(&[day, Some("2015-03-01"), None, day, day]));
        assert_eq!(apart.around(2), None);
        assert_eq!(Neighbours::of(&articles(&[day, None, day])).around(1), None);
    }
}
