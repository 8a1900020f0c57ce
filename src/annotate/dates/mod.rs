//! What is the date of an article, and when was the issue printed?
//!
//! Temporal tagging in three steps. `scan` finds the date expressions of a text and what each of
//! them states (`expression`): year, month and day, each of which may be missing, or an offset as
//! in 昨日. `day_role` tells a day of the news from deadlines, plans and background by cue words
//! around it. `resolve` turns expressions into days by a reference time, the day of print.
//!
//! [`mentions`](mentions()) lists all days and periods that an article speaks of.
//!
//! [`date_of`] tries the sources of a date in order and takes the first day found; [`infer_issue`]
//! (`issue`) dates the issue itself by its masthead, its path, or the days that its articles name.

mod day_role;
mod expression;
mod heading_time;
mod issue;
mod issue_fallback;
mod issue_year;
mod lead;
mod mentions;
mod news_day;
mod order;
mod plans;
mod relative;
mod resolve;
mod scan;
#[cfg(test)]
mod scan_tests;
mod signature;
#[cfg(test)]
mod span_tests;
#[cfg(test)]
mod tests;
mod web_timestamp;

pub(crate) use issue::infer_issue;
pub(in crate::annotate) use mentions::mentions;
pub(in crate::annotate) use order::narrow_by_order;
pub(crate) use scan::scan;
pub(crate) use signature::line_beside_signature;
pub(crate) use web_timestamp::timestamp_day;

use crate::model::{
    Article, Basis, CivilDate, DateInference, DateInterval, DateNote, DateRule, DateSource, Issue,
    Kind, Precision, SourceMeta,
};
use day_role::{DayRole, day_role, is_background, is_dateline, is_planned, says_published};
use expression::{DateExpression, DateValue, YearValue};
use heading_time::{HeadingTime, chronicle_start};
use issue_fallback::{collects_months, date_of_issue};
use lead::split_lead;
use news_day::{BODY_REACH, carried_year, day_near, day_note, news_day, note_of_day};
use plans::Plans;
use relative::{bare_day, counted_from_unknown, relative_in_lead};
use resolve::ReferenceTime;
use signature::{closing_day, heading_day, signature_day};

/// The number of different days from which a body counts as a chronicle without a day of its own.
const MIN_CHRONICLE_DAYS: usize = 3;

/// The day of an article's news, with the words that state it. `value` is set only if a day is
/// stated or that of the issue is known; otherwise the interval is that of the issue, or as wide as
/// 昨日 or 2月 leaves it. `beside` is the time of the articles beside it, where nothing else is known.
#[must_use]
pub fn date_of(
    article: &Article,
    issue: &Issue,
    meta: &SourceMeta,
    beside: Option<DateInterval>,
) -> DateNote {
    let mut print = print_time(article, issue, meta);
    if let Some(interval) = beside.filter(|_| print.is_unknown()) {
        print = ReferenceTime { interval, beside: true, ..print };
    }
    let signed = |found: Option<(CivilDate, &str)>| {
        let (day, text) = found.filter(|(day, _)| print.is_past(*day))?;
        let rule = DateSource::Signature.into();
        let note = note_of_day(day, day, Basis::Signature, Some(text.to_owned()), rule);
        let at = offset_of(&article.body, text);
        Some(DateNote { span: at.map(|at| at..at + text.len()), ..note })
    };
    let heading = || {
        let (day, text) = heading_day(article).filter(|(day, _)| print.is_past(*day))?;
        let rule = DateSource::Heading.into();
        Some(note_of_day(day, day, Basis::Title, Some(text.to_owned()), rule))
    };
    if matches!(article.kind, Kind::Document | Kind::Notice)
        && let Some(note) = heading().or_else(|| signed(signature_day(article)))
    {
        // Minutes bear the day of the meeting under their title, and are of the day they were signed.
        let signature = signed(closing_day(article));
        return signature.filter(|signature| signature.value > note.value).unwrap_or(note);
    }
    // Days below the headings of a chronicle belong to its items.
    let chronicle = chronicle_start(article);
    let above = article.body.get(..chronicle.unwrap_or(article.body.len())).unwrap_or_default();
    let (lead, after_lead) = split_lead(above);
    let paragraphs = after_lead.split('\n');
    let words = HeadingTime::of_headline(article).scan(lead);
    let plans = Plans::of(article, &print);
    // 近日 is the day of the news; the days named after it are what went before.
    let recent = print.is_of_no_issue() && says_recently(lead, &words);
    // Days inside a document belong to its subject, not to the document.
    if article.kind != Kind::Document {
        if let Some(note) = dateline_day(lead, &words, &print)
            .or_else(|| closing_dateline(article, &print))
            .or_else(|| {
                let signature = signed(closing_day(article)).filter(|_| chronicle.is_none())?;
                let published = published_day(lead, &words, &print);
                Some(published.filter(|day| day.value >= signature.value).unwrap_or(signature))
            })
            .or_else(heading)
            .or_else(|| bare_day(lead, &words, article, &print))
            .or_else(|| {
                let note = first_day(lead, &words, &print, &plans)?;
                Some(if recent && note.value.is_some() { open_towards(note, false) } else { note })
            })
        {
            return note;
        }
        if let Some(note) = relative_in_lead(lead, &words, &print) {
            return note;
        }
        if let Some(note) = counted_from_unknown(lead, &words, &print) {
            return note;
        }
        if let Some(note) = day_in_body(paragraphs, lead.len(), &print, &plans) {
            return if recent { open_towards(note, false) } else { note };
        }
        if let Some(note) = day_around_lead(lead, &words, &print) {
            return note;
        }
        if let Some(note) = months_in_lead(lead, &words, &print) {
            return note;
        }
    }
    date_of_issue(lead, &words, article, issue, print.collects)
}

/// What is known about the time of print of an article.
fn print_time(article: &Article, issue: &Issue, meta: &SourceMeta) -> ReferenceTime {
    let given = article.given.as_ref().and_then(|given| given.issue_date);
    // What a web page shows is of the day on which it was published, wherever it was taken from.
    let published = || meta.headline.as_ref().and(issue.date.value);
    let stamp = given.or_else(|| timestamp_day(article)).or_else(published);
    let value = stamp.or(issue.date.value);
    let interval = DateInterval {
        not_before: value.or(issue.date.not_before),
        not_after: value.or(issue.date.not_after),
    };
    // A text taken from elsewhere does not count days from this issue.
    let collects = stamp.is_none() && (collects_months(issue) || article.outlet.is_some());
    let day = if collects { None } else { value };
    ReferenceTime { day, interval, year: meta.year, collects, beside: false }
}

/// The day of the dateline at the head of the text, whatever other days the text names.
fn dateline_day(lead: &str, words: &[DateExpression], print: &ReferenceTime) -> Option<DateNote> {
    words.iter().enumerate().find_map(|(index, expression)| {
        if !is_dateline(lead, &expression.span) {
            return None;
        }
        stated_day(lead, words, index, print, DateSource::Dateline)
    })
}

/// The day of a dateline on the last line, in brackets: （本报石门5月18日电）.
fn closing_dateline(article: &Article, print: &ReferenceTime) -> Option<DateNote> {
    let credit = article.credit.as_deref().unwrap_or_default().lines();
    let mut last = credit.rev().chain(article.body.lines().rev().take(1)).map(str::trim);
    last.find_map(|line| {
        let inner = line.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
        inner.ends_with(['电', '電', '讯', '訊']).then(|| {
            let note = dateline_day(inner, &scan(inner), print)?;
            Some(moved(note, offset_of(&article.body, inner)))
        })?
    })
}

/// A note of words in a text that begins at this place of the body; without a place the text stands
/// elsewhere.
fn moved(note: DateNote, start: Option<usize>) -> DateNote {
    let span = note.span.zip(start).map(|(span, start)| start + span.start..start + span.end);
    DateNote { span, ..note }
}

/// Where a part of a text begins in it, in bytes; `None` for what is no part of it.
fn offset_of(text: &str, part: &str) -> Option<usize> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (start + part.len() <= text.len()).then_some(start)
}

/// The day on which a lead says that what it quotes was published.
fn published_day(lead: &str, words: &[DateExpression], print: &ReferenceTime) -> Option<DateNote> {
    (0..words.len()).find_map(|index| {
        let note = stated_day(lead, words, index, print, DateSource::LeadFirstDay)?;
        says_published(lead, &words.get(index)?.span).then_some(note)
    })
}

/// The first day in the lead that is of the news.
fn first_day(
    lead: &str,
    words: &[DateExpression],
    print: &ReferenceTime,
    plans: &Plans,
) -> Option<DateNote> {
    (0..words.len()).find_map(|index| {
        let note = stated_day(lead, words, index, print, DateSource::LeadFirstDay)?;
        let at = words.get(index)?.span.start;
        note.value.is_none_or(|day| plans.allow(day, at)).then_some(note)
    })
}

/// Whether a lead says that its news is of some recent day: 近日, 日前.
fn says_recently(lead: &str, words: &[DateExpression]) -> bool {
    let first = words.first().filter(|words| words.value == DateValue::Vague);
    first.is_some_and(|words| {
        lead.get(..words.span.start).is_some_and(|before| !before.contains(['。', '！', '？']))
    })
}

/// The day of one expression with month and day. If nothing tells its year, no other day of the text is
/// that of the article.
fn stated_day(
    lead: &str,
    words: &[DateExpression],
    index: usize,
    print: &ReferenceTime,
    source: DateSource,
) -> Option<DateNote> {
    let expression = words.get(index).filter(|words| words.is_month_day())?;
    if let Some(resolved) = news_day(lead, expression, print, carried_year(lead, words, index)) {
        return Some(day_note(lead, expression, &resolved, Basis::Lead, source));
    }
    let unknown = print.is_unknown()
        && matches!(expression.value, DateValue::Day { year: YearValue::Unstated, .. })
        && carried_year(lead, words, index).is_none()
        && !is_background(lead, &expression.span);
    unknown.then(|| day_without_year(lead, expression, source))
}

/// A day whose year nothing tells.
fn day_without_year(lead: &str, words: &DateExpression, source: DateSource) -> DateNote {
    let rule = DateRule { inferred: Some(DateInference::YearUnknown), ..source.into() };
    DateNote {
        basis: Basis::Lead,
        text: lead.get(words.span.clone()).map(Into::into),
        span: Some(words.span.clone()),
        rule: Some(rule),
        ..DateNote::default()
    }
}

/// The first day in the lead that is the beginning, the plan or the state of the news.
fn day_around_lead(
    lead: &str,
    words: &[DateExpression],
    print: &ReferenceTime,
) -> Option<DateNote> {
    words.iter().enumerate().filter(|(_, words)| words.is_month_day()).find_map(
        |(index, expression)| {
            if day_role(lead, &expression.span) != DayRole::Around {
                return None;
            }
            let resolved = day_near(expression, print, carried_year(lead, words, index))?;
            let note =
                day_note(lead, expression, &resolved, Basis::Lead, DateSource::LeadBackgroundDay);
            // Where the time of print is not known, the day is only an end of the time that it can be.
            let planned = is_planned(lead, &expression.span);
            let is_known = print.latest().is_some() && !print.beside;
            Some(if is_known { note } else { open_towards(note, planned) })
        },
    )
}

/// The time before a day that is planned, or from a day on that something began or was reached.
fn open_towards(day: DateNote, planned: bool) -> DateNote {
    let (not_before, not_after) =
        if planned { (None, day.not_after) } else { (day.not_before, None) };
    DateNote { value: None, not_before, not_after, precision: Precision::Interval, ..day }
}

/// The first day that the body names after the lead, which is `start` bytes long.
fn day_in_body<'a>(
    paragraphs: impl Iterator<Item = &'a str>,
    start: usize,
    print: &ReferenceTime,
    plans: &Plans,
) -> Option<DateNote> {
    let mut first: Option<DateNote> = None;
    let mut days: Vec<CivilDate> = Vec::new();
    let mut offset = 0;
    for paragraph in paragraphs {
        let words = scan(paragraph);
        for (index, expression) in
            words.iter().enumerate().filter(|(_, words)| words.is_month_day())
        {
            let carried = carried_year(paragraph, &words, index);
            let Some(resolved) = news_day(paragraph, expression, print, carried) else { continue };
            if !plans.allow(resolved.last, start + offset + expression.span.start) {
                continue;
            }
            if !days.contains(&resolved.last) {
                days.push(resolved.last);
            }
            if first.is_none() && offset + expression.span.start < BODY_REACH {
                let rule = DateSource::BodyFirstDay;
                let note = day_note(paragraph, expression, &resolved, Basis::Body, rule);
                first = Some(moved(note, Some(start + offset)));
            }
        }
        offset += paragraph.len() + 1;
    }
    first.filter(|_| days.len() < MIN_CHRONICLE_DAYS)
}

/// 2月 or 一季度 at the beginning of a clause of the lead, if nothing else is stated.
fn months_in_lead(lead: &str, words: &[DateExpression], print: &ReferenceTime) -> Option<DateNote> {
    if words.iter().any(|words| matches!(words.value, DateValue::Vague | DateValue::DaysAway(_))) {
        return None;
    }
    let latest = print.interval.not_after?;
    words.iter().enumerate().find_map(|(index, expression)| {
        if !matches!(expression.value, DateValue::Month { .. } | DateValue::Months { .. })
            || is_background(lead, &expression.span)
        {
            return None;
        }
        let before = lead.get(..expression.span.start)?.trim_end();
        let after = lead.get(expression.span.end..)?.trim_start();
        let opens = before.is_empty() || before.ends_with(['，', ',', ')', '）', '”', '：']);
        let first_sentence = !before.contains(['。', '；']);
        if !first_sentence || !opens || !after.starts_with(['，', ',']) {
            return None;
        }
        let resolved = print.resolve(expression, carried_year(lead, words, index))?;
        if resolved.first > latest || !print.is_near(resolved.last.min(latest), false) {
            return None;
        }
        Some(DateNote {
            value: None,
            not_before: Some(resolved.first),
            not_after: Some(resolved.last.min(latest)),
            precision: resolved.precision,
            basis: Basis::Lead,
            text: lead.get(expression.span.clone()).map(Into::into),
            span: Some(expression.span.clone()),
            rule: Some(DateRule { inferred: resolved.how, ..DateSource::LeadMonths.into() }),
        })
    })
}
