//! The last sheet: what was asked for, what came out, and what the columns are called in CSV.

use std::io;

use super::heads::{ColumnHead, names};
use super::settings::SheetSettings;
use super::workbook::{SheetBook, SheetCell};
use crate::present::{FigureParams, Lang, SearchParams};

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
        let everything = lang.of("全部文章", "every article");
        let asked = |query: &str| text(if query.is_empty() { everything } else { query });
        say(lang.of("检索式", "Query"), asked(&origin.search.q));
        say(lang.of("检索式（规范形式）", "Query, normal form"), asked(&origin.normal_form));
        let figures = origin.figures.iter().flat_map(|figures| figure_filters(lang, figures));
        for (name, value) in filters(lang, &origin.search).chain(figures) {
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
    if !columns.is_empty() {
        say("", SheetCell::Empty);
        say(lang.of("列名", "Column"), text(lang.of("CSV 中的字段名", "Name in CSV")));
    }
    for (head, name) in names(lang, columns, address.is_some()) {
        say(head, text(name));
    }
    book.facts(lang.of("说明", "About"), &facts)
}

/// Filters of articles that are set, each with its values.
fn filters(lang: Lang, search: &SearchParams) -> impl Iterator<Item = (&'static str, String)> {
    let SearchParams { district, role, topic, kind, outlet, publication, from, to, .. } = search;
    let listed = |values: &[String]| values.join(lang.of("、", ", "));
    let yes = |is_set: bool| if is_set { lang.of("是", "yes").to_owned() } else { String::new() };
    let filters = [
        (lang.of("筛选：地区", "Filter: district"), listed(district)),
        (lang.of("筛选：与地区的关系", "Filter: role of the district"), role.clone()),
        (lang.of("筛选：主题", "Filter: topic"), listed(topic)),
        (lang.of("筛选：类型", "Filter: kind"), listed(kind)),
        (lang.of("筛选：来源", "Filter: outlet"), listed(outlet)),
        (lang.of("筛选：报刊", "Filter: publication"), listed(publication)),
        (lang.of("筛选：起始日期", "Filter: from"), from.clone()),
        (lang.of("筛选：截止日期", "Filter: to"), to.clone()),
        (lang.of("筛选：日期确定", "Filter: certain dates"), yes(search.certain)),
        (lang.of("筛选：日期不详", "Filter: undated"), yes(search.undated)),
        (lang.of("筛选：需核对", "Filter: needs review"), listed(&search.review)),
        (lang.of("匹配任一检索词", "Any of the words"), yes(search.any)),
        (lang.of("须含全部检索词", "All of the words"), yes(search.all)),
        (lang.of("不使用同义词", "Without synonyms"), yes(search.exact)),
        (lang.of("排序", "Order"), search.sort.clone()),
    ];
    filters.into_iter().filter(|(_, value)| !value.is_empty())
}

/// The same of rows of indicators.
fn figure_filters(
    lang: Lang,
    figures: &FigureParams,
) -> impl Iterator<Item = (&'static str, String)> + use<> {
    let FigureParams { name, district, period, status, kind } = figures;
    let listed = |values: &[String]| values.join(lang.of("、", ", "));
    let filters = [
        (lang.of("数值：指标", "Values: indicator"), listed(name)),
        (lang.of("数值：地区", "Values: district"), listed(district)),
        (lang.of("数值：时段", "Values: period"), period.clone()),
        (lang.of("数值：状态", "Values: status"), listed(status)),
        (lang.of("数值：类型", "Values: kind"), listed(kind)),
    ];
    filters.into_iter().filter(|(_, value)| !value.is_empty())
}
