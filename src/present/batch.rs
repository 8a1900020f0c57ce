//! Many searches at once: a query or a name a line, a row of numbers and the best hits for each.

use serde::Serialize;

use super::{SearchParams, name};
use crate::model::{ArticleId, CivilDate, Record};
use crate::query::Term;
use crate::search::{Archive, Request, SearchError, Sort};

/// Hits that a row names.
pub const MAX_TOP_HITS: usize = 3;

/// A line of a batch that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    /// Which line of the file it is, from 1.
    pub number: usize,
    /// As it was typed, without white space around it.
    pub typed: String,
}

/// What is known of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BatchRow {
    /// As it was typed.
    pub query: String,
    /// Which line it was, from 1.
    pub line: usize,
    /// Articles that match.
    pub articles: u64,
    /// The same with reprints once.
    pub stories: u64,
    /// The first day that the date of one of them can be; `null` where no date is known.
    pub first: Option<CivilDate>,
    /// The last day.
    pub last: Option<CivilDate>,
    /// The best of them.
    pub top: Vec<BatchHit>,
    /// Why it could not be searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The parameters of the search.
    #[serde(skip)]
    pub params: SearchParams,
}

/// A hit of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchHit {
    /// Its id.
    pub id: ArticleId,
    /// Its date, if it is one day.
    pub date: Option<CivilDate>,
    /// Its headline, or how its text begins.
    pub title: String,
}

/// The lines of a batch; blank ones, and those that begin with `#`, ask for nothing.
#[must_use]
pub fn batch_lines(text: &str) -> Vec<BatchLine> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let lines = lines.map(|(number, line)| (number, line.trim()));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| BatchLine { number, typed: line.to_owned() })
        .collect()
}

/// The search of a line, within what all have in common. A name is found as it is written, whatever
/// signs it has.
#[must_use]
pub fn batch_params(line: &BatchLine, names: bool, common: &SearchParams) -> SearchParams {
    let q = if names { Term::Literal(line.typed.clone()).to_string() } else { line.typed.clone() };
    SearchParams { q, ..common.clone() }
}

/// Searches for a line.
///
/// # Errors
/// As a search.
pub fn batch_row(
    archive: &Archive,
    line: &BatchLine,
    params: SearchParams,
    request: &Request,
) -> Result<BatchRow, SearchError> {
    let request = Request { partial: false, after: None, offset: 0, ..request.clone() };
    let totals = archive.totals(&request)?;
    let mut row = BatchRow {
        query: line.typed.clone(),
        line: line.number,
        articles: totals.articles,
        stories: totals.stories,
        params,
        ..BatchRow::default()
    };
    if totals.articles == 0 {
        return Ok(row);
    }
    let best = |sort, limit| -> Result<Vec<Record>, SearchError> {
        let results = archive.search(&Request { sort, limit, ..request.clone() })?;
        Ok(results.hits.into_iter().map(|hit| hit.record).collect())
    };
    row.first = best(Sort::Oldest, 1)?.first().and_then(first_day);
    row.last = best(Sort::Newest, 1)?.first().and_then(last_day);
    let top = best(Sort::Relevance, MAX_TOP_HITS)?;
    row.top = top.iter().map(hit).collect();
    Ok(row)
}

impl BatchLine {
    /// The row of a line that could not be searched for.
    #[must_use]
    pub fn failed(&self, params: SearchParams, error: String) -> BatchRow {
        let (query, line, error) = (self.typed.clone(), self.number, Some(error));
        BatchRow { query, line, error, params, ..BatchRow::default() }
    }
}

fn hit(record: &Record) -> BatchHit {
    BatchHit { id: record.id.clone(), date: record.date.value, title: name(record) }
}

fn first_day(record: &Record) -> Option<CivilDate> {
    record.date.value.or(record.date.not_before).or(record.date.not_after)
}

fn last_day(record: &Record) -> Option<CivilDate> {
    record.date.value.or(record.date.not_after).or(record.date.not_before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{NodeKind, Text, parse};

    #[test]
    fn blank_lines_and_remarks_ask_for_nothing() {
        let lines = batch_lines("\u{feff}氢能 登封\n\n# 人名\n  王小明\t\r\n");
        let read: Vec<(usize, &str)> =
            lines.iter().map(|line| (line.number, line.typed.as_str())).collect();
        assert_eq!(read, [(1, "氢能 登封"), (4, "王小明")]);
    }

    #[test]
    fn a_name_is_a_literal_whatever_signs_it_has() {
        let common = SearchParams { from: "2023".into(), ..SearchParams::default() };
        for typed in ["王小明", "A-B OR C", "标题:甲", "\"甲\\乙\"", "-甲", "*"] {
            let line = BatchLine { number: 1, typed: typed.to_owned() };
            let params = batch_params(&line, true, &common);
            assert_eq!(params.from, "2023");
            let parsed = parse(&params.q).expect("a query").root.map(|node| node.kind);
            let Some(NodeKind::Text(Text { term, .. })) = parsed else { panic!("{parsed:?}") };
            assert_eq!(term, Term::Literal(typed.to_owned()));
            assert_eq!(batch_params(&line, false, &common).q, typed);
        }
    }
}
