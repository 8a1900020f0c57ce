//! `dibao indicators`: a row for each value that articles state, or a wide table of them.

use std::io::{self, Write};
use std::ops::ControlFlow;

use anyhow::anyhow;

use crate::cli::ExitStatus;
use crate::cli::args::figures::FigureFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::IndicatorsOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::cli::output::table::print_columns;
use crate::cli::output::wrap::visible;
use crate::cli::output::{files, nothing, why};
use crate::export::{
    FigureWriter, LeftOut, MAX_PIVOT_CELLS, Pivot, PivotAxis, PivotError, PivotNumber, PivotRow,
    TextForm,
};
use crate::model::{Indicator, Record};
use crate::present::words::{amount, date_or_guess, figure_line};
use crate::present::{Lang, name};
use crate::search::{Archive, SearchError};

/// How many rows were written, and how many had no place in the format.
#[derive(Debug, Clone, Copy, Default)]
struct Written {
    rows: u64,
    left_out: LeftOut,
    /// Cells of a wide table with several values.
    conflicts: u64,
}

pub(crate) fn run(
    folders: &Folders,
    options: &IndicatorsOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let lang = console.lang;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let write = |out: &mut dyn Write| match options.pivot {
        Some(axes) => write_pivot(&archive, options, axes, out, lang),
        None => write_rows(&archive, options, out, lang),
    };
    let written = match &options.output {
        Some(path) => {
            // The byte-order mark is part of xlsx-csv alone, wherever it is written to.
            files::write(&archive, folders, path, lang, |file, _| write(file))?
        }
        None => write(&mut console.out)?,
    };
    console.out.flush()?;
    let values = counted(lang, written.rows, "个数值", ("value", "values"));
    console.tell(match options.output.as_ref().map(|path| path.display()) {
        Some(path) => {
            lang.of(format!("已将 {values}写入 {path}"), format!("{values} written to {path}"))
        }
        None => lang.of(format!("共 {values}"), format!("{values} found")),
    });
    notes(written, options.pivot.is_some(), console);
    if archive.count(request)? == 0 {
        nothing::explain(&archive, &options.selection, console)?;
    } else {
        why::partial(&archive, request, console)?;
    }
    Ok(ExitStatus::of(written.rows))
}

/// What the output does not have, and what in it articles differ on.
fn notes(written: Written, is_pivot: bool, console: &Console) {
    let lang = console.lang;
    let LeftOut { other_periods, no_period, no_number } = written.left_out;
    let values = |left_out| counted(lang, left_out, "个数值", ("value", "values"));
    if other_periods > 0 {
        let left_out = values(other_periods);
        console.tell(lang.of(
            format!("另有 {left_out}的时段不是整年，未列入；可改用 period"),
            format!("{left_out} of other periods than years left out; `period` takes all"),
        ));
    }
    if no_period > 0 {
        let left_out = values(no_period);
        console.tell(if is_pivot {
            lang.of(
                format!("另有 {left_out}未写明时段，未列入；可改用 period"),
                format!("{left_out} without a period left out; `period` takes all"),
            )
        } else {
            lang.of(
                format!("另有 {left_out}未写明时段，SDMX 中无法表示，未写入"),
                format!("{left_out} without a period left out: SDMX has no place for them"),
            )
        });
    }
    if no_number > 0 {
        let left_out = counted(lang, no_number, "行", ("row", "rows"));
        console.tell(lang.of(
            format!("另有 {left_out}没有可比的数值，未列入"),
            format!("{left_out} without a number in a base unit left out"),
        ));
    }
    if written.conflicts > 0 {
        let cells = counted(lang, written.conflicts, "格", ("cell", "cells"));
        console.tell(lang.of(
            format!("{cells}中各篇数值不一（≠），最多的在前"),
            format!("{cells} with values that differ (≠), what most state first"),
        ));
    }
}

fn write_rows(
    archive: &Archive,
    options: &IndicatorsOptions,
    out: &mut dyn Write,
    lang: Lang,
) -> anyhow::Result<Written> {
    let mut rows: u64 = 0;
    let mut printer = match options.format {
        FigureFormat::Text => RowPrinter::Text(out),
        FigureFormat::Csv => RowPrinter::Table(FigureWriter::csv(out)?),
        FigureFormat::Jsonl => RowPrinter::Table(FigureWriter::jsonl(out)),
        FigureFormat::XlsxCsv => RowPrinter::Table(FigureWriter::xlsx_csv(out)?),
        FigureFormat::SdmxCsv => RowPrinter::Table(FigureWriter::sdmx_csv(out)?),
    };
    each_row(archive, options, &mut |record, row| {
        rows += 1;
        match &mut printer {
            RowPrinter::Text(out) => Ok(print_row(*out, lang, record, row)?),
            RowPrinter::Table(table) => Ok(table.write(record, row)?),
        }
    })?;
    match printer {
        RowPrinter::Text(_) => Ok(Written { rows, ..Written::default() }),
        RowPrinter::Table(table) => {
            let left_out = LeftOut { no_period: table.left_out(), ..LeftOut::default() };
            Ok(Written { rows: table.finish()?, left_out, conflicts: 0 })
        }
    }
}

/// Gives each row that is meant to a function, until it fails.
fn each_row(
    archive: &Archive,
    options: &IndicatorsOptions,
    each: &mut dyn FnMut(&Record, &Indicator) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut failed = None;
    let request = &options.selection.request;
    let asked: Result<(), SearchError> = archive.for_each_figure(
        request,
        &options.filter,
        &mut |record, row| match each(record, row) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        },
    );
    asked?;
    failed.map_or(Ok(()), Err)
}

/// Where rows go.
enum RowPrinter<'a> {
    Text(&'a mut dyn Write),
    Table(FigureWriter<&'a mut dyn Write>),
}

/// A line of what is known, the quote, and the article with its day.
fn print_row(out: &mut dyn Write, lang: Lang, record: &Record, row: &Indicator) -> io::Result<()> {
    writeln!(out, "{} · {}", visible(&figure_line(lang, row)), record.id)?;
    writeln!(out, "    {}", visible(&row.quote))?;
    writeln!(out, "    {} · {}", date_or_guess(lang, &record.date), visible(&name(record)))
}

fn write_pivot(
    archive: &Archive,
    options: &IndicatorsOptions,
    (rows, columns): (PivotAxis, PivotAxis),
    out: &mut dyn Write,
    lang: Lang,
) -> anyhow::Result<Written> {
    let failure = |error: PivotError| anyhow!(pivot_error(lang, &error));
    let mut pivot = Pivot::new(rows, columns).map_err(failure)?;
    let mut rows = 0;
    each_row(archive, options, &mut |_, row| {
        rows += 1;
        pivot.add(row).map_err(failure)
    })?;
    let table = pivot.finish();
    let (left_out, conflicts) = (table.left_out, table.conflicts);
    match options.format {
        FigureFormat::XlsxCsv => {
            out.write_all("\u{feff}".as_bytes())?;
            table.write(out, TextForm::Spreadsheet)?;
        }
        FigureFormat::Text => {
            let rows = table.rows.iter().map(shown);
            let rows: Vec<Vec<String>> = std::iter::once(table.head.clone()).chain(rows).collect();
            print_columns(out, &rows)?;
        }
        FigureFormat::Csv | FigureFormat::Jsonl | FigureFormat::SdmxCsv => {
            table.write(out, TextForm::Harmless)?;
        }
    }
    Ok(Written { rows: rows - left_out.total(), left_out, conflicts })
}

/// A row of a wide table as people read it.
fn shown(row: &PivotRow) -> Vec<String> {
    let unit = row.labels.last().map(String::as_str).unwrap_or_default();
    let number = |number: &PivotNumber| {
        let upper = number.upper.map(|upper| format!("–{}", amount(upper, unit)));
        format!("{}{}", amount(number.value, unit), upper.unwrap_or_default())
    };
    let cell = |cell: &Vec<PivotNumber>| cell.iter().map(number).collect::<Vec<_>>().join(" ≠ ");
    row.labels.iter().cloned().chain(row.cells.iter().map(cell)).collect()
}

fn pivot_error(lang: Lang, error: &PivotError) -> String {
    let chinese = match error {
        PivotError::SameAxis(axis) => format!(
            "行和列都是 {axis}；请从 indicator、district、period（或 year）、status 中选两项"
        ),
        PivotError::TooLarge => {
            format!("表格超过 {MAX_PIVOT_CELLS} 格；请限定指标、地区或时段")
        }
    };
    lang.of(chinese, error.to_string())
}
