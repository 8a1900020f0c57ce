//! Which numbers of which territories does an article state?
//!
//! A paragraph is brought into one form (`passage`); `quantity` finds its numbers with their units,
//! `times` the times, `territory` the territories and what else it speaks of. `reader` goes from
//! number to number: `phrase` takes modifiers and verbs off the words before it and finds a change or
//! a name there, by the table `indicators.toml` (`catalogue`). `lists` gives the items of 分别 their
//! names, `table_rows` reads tables. `row` puts rows together.

mod catalogue;
mod lists;
mod passage;
mod phrase;
mod quantity;
mod reader;
mod row;
mod territory;
mod times;

use crate::model::{Indicator, Record};
use passage::Passage;
use reader::Reader;
use territory::Territories;
use times::Reference;

/// The rows of an article in the order of its body.
#[must_use]
pub fn indicators(record: &Record) -> Vec<Indicator> {
    let mut rows = Vec::new();
    let mut facts = None;
    let mut start = 0;
    for paragraph in record.body.split('\n') {
        if may_have_rows(paragraph) && !paragraph.trim_start().starts_with('|') {
            let (territories, reference) =
                facts.get_or_insert_with(|| (Territories::of(record), Reference::of(record)));
            let passage = Passage::new(paragraph, start);
            let mut reader =
                Reader { territories, reference: *reference, year: None, drafts: Vec::new() };
            reader.paragraph(&record.body, &passage);
            let drafts = reader.drafts.into_iter();
            rows.extend(drafts.map(|draft| draft.finish(&record.id.0, &record.body, &passage)));
        }
        start += paragraph.len() + 1;
    }
    without_repeats(rows)
}

/// The name that the table of indicators has for one of the names that it knows.
#[must_use]
pub fn indicator_name(name: &str) -> Option<&'static str> {
    catalogue::Catalogue::get().name_of(name)
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
                && other.district == row.district
        });
        match same {
            Some(other) if says(&row) > says(other) => *other = row,
            Some(_) => {}
            None => kept.push(row),
        }
    }
    kept
}

/// How much a row says.
fn says(row: &Indicator) -> usize {
    usize::from(row.change.is_some())
        + usize::from(row.period.as_ref().is_some_and(|period| period.to.is_some()))
}

/// Whether a paragraph has a number that could be a row: a cheap look before anything is read.
fn may_have_rows(paragraph: &str) -> bool {
    paragraph.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        || ["持平", "翻番", "百", "千", "万"].iter().any(|word| paragraph.contains(word))
}
