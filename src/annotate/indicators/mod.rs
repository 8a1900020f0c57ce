//! Which numbers of which territories does an article state?
//!
//! A paragraph is brought into one form (`passage`); `quantity` finds its numbers with their units,
//! `times` the times, `territory` the territories and what else it speaks of. `reader` goes from
//! number to number: `phrase` takes modifiers and verbs off the words before it and finds a change or
//! a name there, by the table `indicators.toml` (`catalogue`). `lists` gives the items of 分别 their
//! names, `table_rows` reads tables. `row` puts rows together.

mod amend;
mod catalogue;
mod changes;
mod context;
mod counts;
mod found_name;
mod levels;
mod lists;
mod names;
mod owners;
mod passage;
mod phrase;
mod plans;
mod quantity;
mod reader;
mod row;
mod shares;
mod table_rows;
mod territory;
mod times;

pub use amend::amend;

use crate::model::{Indicator, Record};
use crate::text::numerals::base_unit;
use passage::{FoldedParagraph, sentences};
use plans::goes_on_with_plans;
use quantity::may_have_quantities;
use reader::Reader;
use table_rows::{BodyTable, TableContext};
use territory::Territories;
use times::Reference;

/// The rows of an article in the order of its body. Of a chapter of a longer text, `chapter_of` is what
/// stands above it.
#[must_use]
pub(in crate::annotate) fn indicators(
    record: &Record,
    chapter_of: Option<&Record>,
) -> Vec<Indicator> {
    let mut rows = Vec::new();
    let mut facts = None;
    let mut is_plan = false;
    let mut start = 0;
    let mut tables = BodyTables::default();
    let year = title_year(chapter_of.unwrap_or(record));
    for paragraph in record.body.split('\n') {
        tables.line(start, paragraph);
        if may_have_quantities(paragraph) && !paragraph.trim_start().starts_with('|') {
            let (territories, reference) =
                facts.get_or_insert_with(|| facts_of(record, chapter_of));
            let passage = FoldedParagraph::new(paragraph, start);
            let mut reader = Reader {
                territories,
                reference: *reference,
                year: None,
                title_year: year,
                is_bulletin: is_bulletin(chapter_of.unwrap_or(record)),
                is_plan,
                drafts: Vec::new(),
            };
            reader.paragraph(&record.body, &passage);
            is_plan = reader.is_plan;
            // A figure of which it is not known whose it is is no indicator.
            let drafts = reader.drafts.into_iter().filter(|draft| draft.is_of_territory);
            rows.extend(drafts.map(|draft| draft.finish(&record.id.0, &record.body, &passage)));
        } else if is_plan || paragraph.contains(['将', '將']) {
            let (_, reference) = facts.get_or_insert_with(|| facts_of(record, chapter_of));
            let text = FoldedParagraph::new(paragraph, start).text;
            for span in sentences(&text) {
                is_plan = goes_on_with_plans(&text[span], is_plan, reference.year());
            }
        }
        start += paragraph.len() + 1;
    }
    for table in tables.finished() {
        let (territories, reference) = facts.get_or_insert_with(|| facts_of(record, chapter_of));
        let context = TableContext {
            article: &record.id,
            body: &record.body,
            territories,
            reference: *reference,
            title_year: year,
        };
        rows.extend(table.rows(&context));
    }
    rows.sort_by_key(|row| row.span.start);
    without_repeats(rows)
}

fn facts_of(record: &Record, chapter_of: Option<&Record>) -> (Territories, Reference) {
    let whole = chapter_of.unwrap_or(record);
    (Territories::of(whole), Reference::of(record))
}

/// Whether an article is a chapter of a longer text that was cut at its headings: 一、综合.
pub(in crate::annotate) fn is_chapter(record: &Record) -> bool {
    let title = record.title.as_deref().unwrap_or_default();
    let number = title.split(['、', '.', '．']).next().unwrap_or_default();
    let number = number.trim_matches(['第', '章', '(', ')', '（', '）']);
    number.len() < title.len()
        && !number.is_empty()
        && number.chars().all(crate::text::numerals::is_numeral)
}

/// The year that a title states: of a bulletin, or of a look back at the year before.
fn title_year(record: &Record) -> Option<i16> {
    let title = record.title.as_deref()?;
    let at = title.find('年')?;
    let start = title[..at].len().checked_sub("2021".len())?;
    let year: i16 = title.get(start..at)?.parse().ok()?;
    let day = record.date.value.or(record.date.not_after);
    // A year that had ended, and no report or plan, which speaks of two years.
    let is_past = || {
        !["报告", "计划", "规划", "方案"].iter().any(|word| title.contains(word))
            && day.is_some_and(|day| day.year() == year + 1)
    };
    ((1900..2100).contains(&year) && (is_bulletin(record) || is_past())).then_some(year)
}

/// Whether an article is a statistical bulletin, which speaks of one territory throughout.
fn is_bulletin(record: &Record) -> bool {
    let kinds = ["统计公报", "普查公报", "普查主要数据公报"];
    record.title.as_deref().is_some_and(|title| kinds.iter().any(|kind| title.contains(kind)))
}

/// Whether an article can have chapters that were cut off: 统计公报.
pub(in crate::annotate) fn may_have_chapters(record: &Record) -> bool {
    is_bulletin(record) && title_year(record).is_some()
}

/// The tables of a body, line by line.
#[derive(Default)]
struct BodyTables<'a> {
    done: Vec<BodyTable<'a>>,
    open: Vec<(usize, &'a str)>,
    /// The last two lines that belong to no table.
    above: [&'a str; 2],
}

impl<'a> BodyTables<'a> {
    fn line(&mut self, start: usize, line: &'a str) {
        if line.trim_start().starts_with('|') {
            self.open.push((start, line));
            return;
        }
        self.close();
        if !line.trim().is_empty() {
            self.above = [self.above[1], line];
        }
    }

    fn close(&mut self) {
        if self.open.len() > 1 {
            let [before, above] = self.above;
            // A line with the unit stands between the caption and the table.
            let is_unit = above.trim_start().starts_with("单位")
                || above.trim_start().starts_with("计量单位");
            let lines = if is_unit { vec![before, above] } else { vec![above] };
            let is_short = |line: &&str| line.chars().count() <= MAX_CAPTION_CHARS;
            let caption = lines.into_iter().filter(is_short).collect::<Vec<_>>().join(" ");
            self.done.push(BodyTable { lines: std::mem::take(&mut self.open), caption });
        }
        self.open.clear();
    }

    fn finished(mut self) -> Vec<BodyTable<'a>> {
        self.close();
        self.done
    }
}

/// Length of a line that can be the caption of a table, in characters.
const MAX_CAPTION_CHARS: usize = 60;

/// The name that the table of indicators has for one of the names that it knows.
#[must_use]
pub fn indicator_name(name: &str) -> Option<&'static str> {
    catalogue::Catalogue::get().name_of(name)
}

/// Whether the unit of a row is one of what its indicator measures; so it is where the table does not
/// have the indicator, or no unit is known.
#[must_use]
pub fn unit_fits(row: &Indicator) -> bool {
    let listed = row.indicator.as_deref().and_then(|id| catalogue::Catalogue::get().of_id(id));
    let base = row.unit.as_deref().map(base_unit);
    let dimension = base.and_then(quantity::dimension_of);
    listed.zip(dimension).is_none_or(|(listed, of)| catalogue::fits(&listed.dimension, of))
}

/// Every name that the table of indicators knows, with the one that it has for it.
pub fn indicator_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    catalogue::Catalogue::get().all_names()
}

/// A figure that a heading and the text both print is one row: the one that says more.
fn without_repeats(rows: Vec<Indicator>) -> Vec<Indicator> {
    let mut kept: Vec<Indicator> = Vec::with_capacity(rows.len());
    for row in rows {
        let number =
            |row: &Indicator| row.value_si.or(row.change.as_ref().map(|change| change.value));
        let same = kept.iter_mut().find(|other| {
            other.name == row.name
                && number(other) == number(&row)
                && other.value.is_some() == row.value.is_some()
                && other.unit == row.unit
                && other.status == row.status
                && other.district == row.district
                && of_one_time(other, &row)
        });
        match same {
            Some(other) if says(&row) > says(other) => *other = row,
            Some(_) => {}
            None => kept.push(row),
        }
    }
    // Rows that were read off one number have ids of their own.
    for at in 1..kept.len() {
        let (before, rest) = kept.split_at_mut(at);
        let alike = before.iter().filter(|other| other.span.start == rest[0].span.start);
        if alike.clone().any(|other| other.id == rest[0].id) {
            let number = alike.count() + 1;
            rest[0].id = format!("{}-{number}", rest[0].id);
        }
    }
    kept
}

/// Whether two rows can be of one time: one of them may state none.
fn of_one_time(one: &Indicator, other: &Indicator) -> bool {
    match (&one.period, &other.period) {
        (Some(one), Some(other)) => (one.from, one.to) == (other.from, other.to),
        _ => true,
    }
}

/// How much a row says.
fn says(row: &Indicator) -> usize {
    usize::from(row.change.is_some())
        + usize::from(row.period.as_ref().is_some_and(|period| period.to.is_some()))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_reports;
