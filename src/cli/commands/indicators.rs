//! `dibao indicators`: a row for each value that articles state.

use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::cli::ExitStatus;
use crate::cli::args::figures::RowFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::IndicatorsOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::cli::output::files;
use crate::cli::output::wrap::visible;
use crate::export::FigureWriter;
use crate::model::{Indicator, Record};
use crate::present::Lang;
use crate::present::words::figure_line;
use crate::search::Archive;

pub(crate) fn run(
    folders: &Folders,
    options: &IndicatorsOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let lang = console.lang;
    let written = match &options.output {
        Some(path) => files::write(&archive, folders, path, lang, |file, byte_order_mark| {
            if byte_order_mark && options.format == RowFormat::Csv {
                file.write_all("\u{feff}".as_bytes())?;
            }
            write_rows(&archive, options, file, lang)
        })?,
        None => write_rows(&archive, options, &mut console.out, lang)?,
    };
    console.out.flush()?;
    let values = counted(lang, written, "个数值", ("value", "values"));
    console.tell(match options.output.as_ref().map(|path| path.display()) {
        Some(path) => {
            lang.of(format!("已将 {values}写入 {path}"), format!("{values} written to {path}"))
        }
        None => lang.of(format!("共 {values}"), format!("{values} found")),
    });
    Ok(ExitStatus::of(written))
}

fn write_rows(
    archive: &Archive,
    options: &IndicatorsOptions,
    out: &mut dyn Write,
    lang: Lang,
) -> anyhow::Result<u64> {
    let mut failed: Option<io::Error> = None;
    let mut written: u64 = 0;
    let mut printer = match options.format {
        RowFormat::Text => RowPrinter::Text(out),
        RowFormat::Csv => RowPrinter::Table(FigureWriter::csv(out)),
        RowFormat::Jsonl => RowPrinter::Table(FigureWriter::jsonl(out)),
    };
    let request = &options.selection.request;
    archive.for_each_figure(request, &options.filter, &mut |record, row| {
        let done = match &mut printer {
            RowPrinter::Text(out) => print_row(*out, lang, record, row),
            RowPrinter::Table(table) => table.write(record, row),
        };
        match done {
            Ok(()) => {
                written += 1;
                ControlFlow::Continue(())
            }
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    match (failed, printer) {
        (Some(error), _) => Err(error.into()),
        (None, RowPrinter::Text(_)) => Ok(written),
        (None, RowPrinter::Table(table)) => Ok(table.finish()?),
    }
}

/// Where rows go.
enum RowPrinter<'a> {
    Text(&'a mut dyn Write),
    Table(FigureWriter<&'a mut dyn Write>),
}

/// A line of what is known, and the quote.
fn print_row(out: &mut dyn Write, lang: Lang, record: &Record, row: &Indicator) -> io::Result<()> {
    writeln!(out, "{} · {}", visible(&figure_line(lang, row)), record.id)?;
    writeln!(out, "    {}", visible(&row.quote))
}
