//! The last sheet: what was asked for, what came out, and what the columns are called in CSV.

use std::io;

use super::heads::{ColumnHead, names};
use super::settings::SheetSettings;
use super::workbook::{SheetBook, SheetCell};
use crate::present::Lang;

/// A line of the sheet.
pub(super) type Fact = (String, SheetCell<'static>);

/// How many articles there are.
pub(super) fn articles(lang: Lang, articles: u64) -> Fact {
    (lang.of("文章篇数", "Articles").to_owned(), SheetCell::Number(articles as f64))
}

/// How many rows there are.
pub(super) fn rows(lang: Lang, rows: u64) -> Fact {
    (lang.of("数值行数", "Rows of values").to_owned(), SheetCell::Number(rows as f64))
}

/// Writes the sheet. `columns` are those of the table whose heads differ from the names in CSV.
pub(super) fn write(
    book: &mut SheetBook,
    settings: &SheetSettings,
    counts: &[Fact],
    columns: &[ColumnHead],
) -> io::Result<()> {
    let SheetSettings { lang, address, origin } = settings;
    let lang = *lang;
    let mut facts: Vec<Fact> = Vec::new();
    let mut say = |name: &str, value: SheetCell<'static>| facts.push((name.to_owned(), value));
    let text = |text: &str| SheetCell::text(text.to_owned());
    if let Some(origin) = origin {
        for (name, value) in origin.asked(lang) {
            say(name, SheetCell::text(value));
        }
        say(lang.of("导出日期", "Day of export"), SheetCell::Day(origin.day));
    }
    for (name, value) in counts {
        say(name, value.clone());
    }
    let cut = book.cut_cells();
    say(lang.of("截断的单元格", "Cells cut to what fits"), SheetCell::Number(cut as f64));
    if let Some(origin) = origin {
        say(
            lang.of("索引文章总数", "Articles in the index"),
            SheetCell::Number(origin.archive.articles as f64),
        );
        say(lang.of("索引状态", "State of the index"), text(&origin.archive.state));
    }
    let program = origin.as_ref().map_or(env!("CARGO_PKG_VERSION"), |origin| &origin.program);
    say(lang.of("程序版本", "Program"), text(&format!("dibao {program}")));
    say(
        lang.of("单元格中的代码", "Codes in cells"),
        text(lang.of(
            "类型、依据、状态、增减等列用与 CSV 相同的英文代码，便于与 CSV 对照",
            "kinds, bases, statuses and measures have the codes of the CSV",
        )),
    );
    if !columns.is_empty() {
        say("", SheetCell::Empty);
        say(lang.of("列名", "Column"), text(lang.of("CSV 中的字段名", "Name in CSV")));
    }
    for (head, name) in names(lang, columns, address.is_some()) {
        say(head, text(name));
    }
    book.facts(lang.of("说明", "About"), &facts)
}
