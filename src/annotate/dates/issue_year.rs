//! Infers the year of an issue from the years that its articles name.

use super::expression::{DateExpression, DateValue, MonthValue, YearValue};
use super::lead::beginning;
use super::scan::scan;
use crate::model::Article;
use crate::model::SplitFile;

/// No issue has more articles. A file with more is a collection, of which only the first articles
/// are read.
pub(crate) const MAX_ISSUE_ARTICLES: usize = 1000;

/// Words before a year that make it a future year: 到2025年, 谋划2024年.
const TO_COME: &[&str] = &[
    "到", "至", "—", "-", "－", "~", "～", "谋划", "计划", "规划", "力争", "预计", "争取", "确保",
    "目标", "展望", "迎接", "面向", "备战", "自",
];

/// Words after a year that make it a future year, or part of a name.
const COME_AFTER: &[&str] =
    &["前", "底前", "末前", "之前", "以前", "—", "-", "－", "~", "～", "至"];

/// The most bytes of an article that are about the present: later ones have terms and targets.
const REACH: usize = 3000;

/// One in this many mentions of years may be a scanning error or a distant future.
const ERRORS: usize = 20;

/// The year of print: the latest year that the articles name as present or past. `late` says that
/// they report on the last months of a year, when plans for the next year are made.
#[must_use]
pub fn year_of_print(split_file: &SplitFile, late: bool) -> Option<i16> {
    let mut present: Vec<i16> = Vec::new();
    let mut to_come: Vec<i16> = Vec::new();
    for article in split_file.articles.iter().take(MAX_ISSUE_ARTICLES) {
        for text in parts(article) {
            years_of(text, &mut present, &mut to_come);
        }
    }
    present.sort_unstable();
    // The latest year after which only as many mentions are left as may be errors.
    let latest = present.iter().rev().nth(present.len() / ERRORS).copied();
    match (latest, late) {
        (Some(year), _) => Some(year),
        (None, true) => to_come.iter().copied().min().map(|year| year - 1),
        (None, false) => to_come.iter().copied().min(),
    }
}

/// The parts of an article that are about the present.
fn parts(article: &Article) -> impl Iterator<Item = &str> {
    let body = beginning(&article.body, REACH);
    let heads = [article.kicker.as_deref(), article.title.as_deref()];
    heads.into_iter().flatten().chain([body])
}

fn years_of(text: &str, present: &mut Vec<i16>, to_come: &mut Vec<i16>) {
    for words in scan(text) {
        let Some(year) = year_named(&words) else { continue };
        if is_to_come(text, &words) { to_come.push(year) } else { present.push(year) }
    }
    present.extend(bare_years(text));
}

fn year_named(words: &DateExpression) -> Option<i16> {
    match words.value {
        DateValue::Day { year: YearValue::Number(year), month: MonthValue::Number(_), .. }
        | DateValue::Month { year: YearValue::Number(year), .. }
        | DateValue::Months { year: YearValue::Number(year), .. }
        | DateValue::Year(YearValue::Number(year)) => Some(year),
        _ => None,
    }
}

fn is_to_come(text: &str, words: &DateExpression) -> bool {
    let before = text.get(..words.span.start).unwrap_or_default().trim_end();
    let after = text.get(words.span.end..).unwrap_or_default().trim_start();
    TO_COME.iter().any(|word| before.ends_with(word))
        || COME_AFTER.iter().any(|word| after.starts_with(word))
        || text.get(words.span.clone()).is_some_and(|shown| shown.contains("下半年"))
}

/// Years without 年 at the beginning of the name of an event: 聚焦2024全县两会.
fn bare_years(text: &str) -> Vec<i16> {
    let bytes = text.as_bytes();
    let mut years = Vec::new();
    for (at, _) in text.match_indices("20") {
        let digits = text.get(at..at + 4).filter(|run| run.bytes().all(|b| b.is_ascii_digit()));
        let alone =
            at.checked_sub(1).and_then(|before| bytes.get(before)).is_none_or(|b| *b >= 0x80);
        let Some(year) = digits.and_then(|run| run.parse().ok()) else { continue };
        let after = text.get(at + 4..).unwrap_or_default();
        let names = after.chars().next().is_some_and(|c| {
            ('\u{4e00}'..='\u{9fff}').contains(&c)
                && !"年人名个元万亿余多户家吨平米次项名亩台套件只张本条头份度千百公里年届分秒天号辆所座间棵株斤克升倍位".contains(c)
        });
        if alone && names && (2000..=2099).contains(&year) {
            years.push(year);
        }
    }
    years
}
