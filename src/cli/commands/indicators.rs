//! `dibao indicators`: a row for each value that articles state, or a wide table of them.

use std::io::{self, Write};
use std::ops::ControlFlow;

use anyhow::bail;

use super::export::{not_for_a_terminal, open, tell_cut};
use crate::cli::ExitStatus;
use crate::cli::args::figures::FigureFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::IndicatorsOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::cli::output::table::print_columns;
use crate::cli::output::wrap::visible;
use crate::cli::output::{failure, files, nothing, why};
use crate::export::{
    ExportContents, ExportCounts, ExportManifest, ExportOrigin, ExportedFigures, FigureSettings,
    LeftOut, Pivot, PivotNumber, PivotRow, export_figures,
};
use crate::model::{Indicator, Record};
use crate::present::words::{amount, date_or_guess, figure_line};
use crate::present::{Lang, name};
use crate::search::{Archive, SearchError};

pub(crate) fn run(
    folders: &Folders,
    options: &IndicatorsOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let format = options.format;
    if options.output.is_none() && console.is_terminal && format == FigureFormat::Xlsx {
        bail!(not_for_a_terminal(lang, options.settings.format.ending()));
    }
    let (archive, stamp) = open(folders, console)?;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let figures = Some(options.params.clone());
    let origin = ExportOrigin { figures, ..ExportOrigin::new(&options.selection, stamp) };
    let settings = FigureSettings { origin: Some(origin.clone()), ..options.settings.clone() };
    let write_into = |out: &mut dyn Write| match format.of_file() {
        Some(_) => export_figures(&archive, request, &options.filter, &settings, out)
            .map_err(failure::of_export),
        None => write_text(&archive, options, out, lang),
    };
    let written = match &options.output {
        // What is for people is no export.
        Some(path) if options.manifest && format.of_file().is_some() => {
            let into = |file: &mut dyn Write, _| write_into(file);
            files::write_with_manifest(&archive, folders, path, lang, into, |written, file| {
                let contents = ExportContents::Indicators(settings.clone());
                ExportManifest::new(origin.clone(), contents, written.counts, file)
            })?
        }
        Some(path) => files::write(&archive, folders, path, lang, |file, _| write_into(file))?,
        None => write_into(&mut console.out)?,
    };
    console.out.flush()?;
    let values = counted(lang, written.counts.entries, "个数值", ("value", "values"));
    console.tell(match options.output.as_ref().map(|path| path.display()) {
        Some(path) => {
            lang.of(format!("已将 {values}写入 {path}"), format!("{values} written to {path}"))
        }
        None => lang.of(format!("共 {values}"), format!("{values} found")),
    });
    notes(written, options.settings.pivot.is_some(), console);
    tell_cut(written.counts.cut_cells, console);
    if archive.count(request)? == 0 {
        nothing::explain(&archive, &options.selection, console)?;
    } else {
        why::partial(&archive, request, console)?;
    }
    Ok(ExitStatus::of(written.counts.entries))
}

/// What the output does not have, and what in it articles differ on.
fn notes(written: ExportedFigures, is_pivot: bool, console: &Console) {
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
            format!("{cells}中各篇数值不一致（≠），最多的在前"),
            format!("{cells} with values that differ (≠), what most state first"),
        ));
    }
}

/// What is for people: lines, or a wide table with its columns below each other.
fn write_text(
    archive: &Archive,
    options: &IndicatorsOptions,
    out: &mut dyn Write,
    lang: Lang,
) -> anyhow::Result<ExportedFigures> {
    let mut entries = 0;
    let Some((rows, columns)) = options.settings.pivot else {
        each_row(archive, options, &mut |record, row| {
            entries += 1;
            Ok(print_row(out, lang, record, row)?)
        })?;
        let counts = ExportCounts { entries, cut_cells: 0 };
        return Ok(ExportedFigures { counts, ..ExportedFigures::default() });
    };
    let mut pivot = Pivot::new(rows, columns)?;
    each_row(archive, options, &mut |_, row| {
        entries += 1;
        Ok(pivot.add(row)?)
    })?;
    let table = pivot.finish();
    let rows = table.rows.iter().map(shown);
    let rows: Vec<Vec<String>> = std::iter::once(table.head.clone()).chain(rows).collect();
    print_columns(out, &rows)?;
    let (left_out, conflicts) = (table.left_out, table.conflicts);
    let counts = ExportCounts { entries: entries - left_out.total(), cut_cells: 0 };
    Ok(ExportedFigures { counts, left_out, conflicts })
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

/// A line of what is known, the quote, and the article with its day.
fn print_row(out: &mut dyn Write, lang: Lang, record: &Record, row: &Indicator) -> io::Result<()> {
    writeln!(out, "{} · {}", visible(&figure_line(lang, row)), record.id)?;
    writeln!(out, "    {}", visible(&row.quote))?;
    writeln!(out, "    {} · {}", date_or_guess(lang, &record.date), visible(&name(record)))
}

/// A row of a wide table as people read it.
fn shown(row: &PivotRow) -> Vec<String> {
    let unit = row.labels.last().map(String::as_str).unwrap_or_default();
    let number = |(number, _): &(PivotNumber, u64)| {
        let upper = number.upper.map(|upper| format!("–{}", amount(upper, unit)));
        format!("{}{}", amount(number.value, unit), upper.unwrap_or_default())
    };
    let cell =
        |cell: &Vec<(PivotNumber, u64)>| cell.iter().map(number).collect::<Vec<_>>().join(" ≠ ");
    row.labels.iter().cloned().chain(row.cells.iter().map(cell)).collect()
}
