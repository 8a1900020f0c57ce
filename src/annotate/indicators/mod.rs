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
    rows
}

/// Whether a paragraph has a number that could be a row: a cheap look before anything is read.
fn may_have_rows(paragraph: &str) -> bool {
    paragraph.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
        || ["持平", "翻番", "百", "千", "万"].iter().any(|word| paragraph.contains(word))
}
