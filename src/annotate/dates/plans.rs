//! Days that an article says are to come, which bound the day that it is of.

use super::day_role::is_set_for;
use super::lead::beginning;
use super::news_day::{BODY_REACH, carried_year, day_near};
use super::resolve::ReferenceTime;
use super::scan::scan;
use crate::model::{Article, CivilDate};

/// The first day that an article of an unknown day says is to come: 将于8月17日上市. The article is of a
/// day before it, or of that day where it names it before it says so.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plans {
    /// The day, and where in the body it is planned, in bytes.
    first: Option<(CivilDate, usize)>,
}

impl Plans {
    pub fn of(article: &Article, print: &ReferenceTime) -> Self {
        if !print.is_of_no_issue() {
            return Self::default();
        }
        let mut first: Option<(CivilDate, usize)> = None;
        let mut start = 0;
        for text in beginning(&article.body, BODY_REACH).split('\n') {
            let words = scan(text);
            for (index, expression) in words.iter().enumerate() {
                if !expression.is_month_day() || !is_set_for(text, &expression.span) {
                    continue;
                }
                let carried = carried_year(text, &words, index);
                let Some(resolved) = day_near(expression, print, carried) else { continue };
                let at = start + expression.span.start;
                if first.is_none_or(|(day, _)| resolved.first < day) {
                    first = Some((resolved.first, at));
                }
            }
            start += text.len() + 1;
        }
        Self { first }
    }

    /// Whether the article can be of a day that it names at `at`, a place in its body.
    pub fn allow(&self, day: CivilDate, at: usize) -> bool {
        self.first.is_none_or(|(first, planned_at)| day < first || day == first && at < planned_at)
    }
}
