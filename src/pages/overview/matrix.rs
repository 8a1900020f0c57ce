//! A matrix on the overview: the drawing, and the same numbers as a table.

use maud::{Markup, html};

use crate::export::{HeatCell, HeatChart, HeatRow};
use crate::pages::layout::charts::figure;
use crate::pages::layout::links;
use crate::pages::layout::marked::named;
use crate::present::Lang;
use crate::present::SearchParams;
use crate::present::words;
use crate::present::words::articles;
use crate::search::{Matrix, MatrixColumn, MatrixRow};

/// What is said about a matrix, and where its cells lead.
pub(crate) struct MatrixTable<'a> {
    pub heading: &'a str,
    /// What the rows are.
    pub rows: &'a str,
    pub caption: &'a Markup,
    /// Whether the columns have names of the corpus; else they are periods.
    pub columns_are_names: bool,
    /// Whether a column is one of those that are named where not all have room.
    pub is_named: &'a dyn Fn(&str) -> bool,
    /// The articles of a row and a column.
    pub link: &'a dyn Fn(&str, &str) -> SearchParams,
    /// The articles of a row.
    pub row_link: &'a dyn Fn(&str) -> SearchParams,
}

/// The drawing with its table.
pub(crate) fn matrix(lang: Lang, matrix: &Matrix, about: &MatrixTable) -> Markup {
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        return html! { p.soft { (lang.of("没有可列的数据。", "There is nothing to show.")) } };
    }
    let columns: Vec<String> = matrix.columns.iter().map(|column| column.name.clone()).collect();
    let row = |row: &MatrixRow| HeatRow {
        name: row.name.clone(),
        cells: row
            .cells
            .iter()
            .zip(&columns)
            .map(|(&count, column)| cell(lang, &row.name, column, count, about))
            .collect(),
    };
    let places = |wanted: &dyn Fn(&MatrixColumn) -> bool| -> Vec<usize> {
        let columns = matrix.columns.iter().enumerate();
        columns.filter(|(_, column)| wanted(column)).map(|(at, _)| at).collect()
    };
    let breaks = places(&|column| column.skipped > 0);
    let first = matrix.columns.first().map(|column| column.name.as_str());
    let named = places(&|column| {
        column.skipped > 0 || Some(column.name.as_str()) == first || (about.is_named)(&column.name)
    });
    let rows: Vec<HeatRow> = matrix.rows.iter().map(row).collect();
    let chart = HeatChart {
        title: about.heading,
        description: &description(lang, matrix),
        unit: lang.of("篇", "articles"),
        columns: &columns,
        named: &named,
        breaks: &breaks,
        rows: &rows,
    };
    let svg = chart.to_svg();
    figure(lang, Some(&svg), false, about.heading, about.caption, &table(lang, matrix, about))
}

fn cell(lang: Lang, row: &str, column: &str, count: u64, about: &MatrixTable) -> HeatCell {
    if count == 0 {
        return HeatCell::default();
    }
    HeatCell {
        count,
        tip: format!("{row} {column}{}{}", lang.of("：", ": "), articles(lang, count)),
        href: Some(links::search(&(about.link)(row, column))),
    }
}

fn description(lang: Lang, matrix: &Matrix) -> String {
    let cells: usize = matrix.rows.iter().map(|row| row.cells.len()).sum();
    let counts = matrix.rows.iter().flat_map(|row| &row.cells);
    let empty = counts.filter(|&&count| count == 0).count();
    let (rows, columns) = (matrix.rows.len(), matrix.columns.len());
    match lang {
        Lang::Zh => format!("{rows} 行 {columns} 列的矩阵，{cells} 格中 {empty} 格为空。"),
        Lang::En => format!(
            "A matrix of {rows} rows and {columns} columns; {empty} of its {cells} cells are empty."
        ),
    }
}

fn table(lang: Lang, matrix: &Matrix, about: &MatrixTable) -> Markup {
    html! {
        table {
            thead { tr {
                th scope="col" { (about.rows) }
                th.number scope="col" { (lang.of("合计", "All")) }
                @for column in &matrix.columns { th.number scope="col" { (head(lang, column, about.columns_are_names)) } }
            } }
            tbody {
                @for row in &matrix.rows {
                    tr {
                        th scope="row" lang="zh-CN" { a href=(links::search(&(about.row_link)(&row.name))) { (row.name) } }
                        td.number { (words::number(row.count)) }
                        @for (&count, column) in row.cells.iter().zip(&matrix.columns) {
                            td.number {
                                @if count > 0 {
                                    a href=(links::search(&(about.link)(&row.name, &column.name))) {
                                        (words::number(count))
                                    }
                                } @else { span.soft { "–" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a column, after what is left out before it.
fn head(lang: Lang, column: &MatrixColumn, is_name: bool) -> Markup {
    let skipped = words::number(column.skipped as u64);
    let said = match lang {
        Lang::Zh => format!("之前略去 {skipped} 个没有文章的时段"),
        Lang::En => format!("{skipped} periods without articles before it are left out"),
    };
    html! {
        @if column.skipped > 0 { abbr title=(said) { "⋯" } " " }
        (if is_name { named(lang, &column.name) } else { html! { (column.name) } })
    }
}
