//! `dibao batch`: a row for each query or name of a file.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::Path;

use anyhow::bail;

use super::export::not_for_a_terminal;
use super::opened::open;
use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::saved::BatchFormatArg;
use crate::cli::args::saving::BatchOptions;
use crate::cli::args::{selection, synonyms};
use crate::cli::output::console::Console;
use crate::cli::output::facts::{counted, number};
use crate::cli::output::table::print_columns;
use crate::cli::output::wrap::{truncate, visible};
use crate::cli::output::{failure, files};
use crate::export::{BatchFormat, write_batch};
use crate::present::{
    BatchLine, BatchRow, Lang, SearchParams, Selection, batch_lines, batch_params, batch_row,
};
use crate::query::Synonyms;
use crate::search::{Archive, SearchError};

/// Bytes and lines of a file at most.
const MAX_BYTES: u64 = 16 << 20;
const MAX_LINES: usize = 100_000;
/// Columns of a query and of a headline in a table for people.
const MAX_COLUMNS: usize = 40;

pub(crate) fn run(
    folders: &Folders,
    options: &BatchOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let format = match options.format {
        BatchFormatArg::Text => None,
        BatchFormatArg::Csv => Some(BatchFormat::Csv),
        BatchFormatArg::Xlsx => Some(BatchFormat::Xlsx),
        BatchFormatArg::Jsonl => Some(BatchFormat::Jsonl),
        BatchFormatArg::Json => Some(BatchFormat::Json),
    };
    if options.output.is_none() && console.is_terminal && format == Some(BatchFormat::Xlsx) {
        bail!(not_for_a_terminal(lang, BatchFormat::Xlsx.ending()));
    }
    let lines = batch_lines(&read(&options.file, lang)?);
    if lines.len() > MAX_LINES {
        bail!(lang.of(
            format!("至多 {} 个检索式；请分成几个文件", number(MAX_LINES as u64)),
            format!("at most {} queries; use several files", number(MAX_LINES as u64)),
        ));
    }
    let archive = open(folders, console)?;
    let synonyms = if options.common.exact {
        Synonyms::default()
    } else {
        synonyms::read(options.wording.synonyms.as_deref(), &folders.corpus, lang)?
    };
    let today = jiff::Zoned::now().date();
    let rows = lines.iter().map(|line| {
        let params = batch_params(line, options.names, &options.common);
        let selection = selection::with(&params, &synonyms, today);
        row(&archive, line, &params, selection, lang)
    });
    let rows = rows.collect::<anyhow::Result<Vec<BatchRow>>>()?;
    let write_into = |out: &mut dyn Write, for_spreadsheets: bool| match format {
        Some(format) => {
            write_batch(&rows, format, lang, for_spreadsheets, out).map_err(failure::of_output)
        }
        None => Ok(print(&rows, lang, out)?),
    };
    match &options.output {
        Some(path) => {
            files::write(&archive, folders, path, lang, write_into)?;
            let (queries, path) = (queries(lang, rows.len()), path.display());
            console.tell(
                lang.of(
                    format!("已将 {queries}写入 {path}"),
                    format!("{queries} written to {path}"),
                ),
            );
        }
        None => write_into(&mut console.out, false)?,
    }
    console.out.flush()?;
    let is_failed = tell(&rows, format.is_none() && options.output.is_none(), console);
    let found = rows.iter().filter(|row| row.articles > 0).count() as u64;
    Ok(if is_failed { ExitStatus::Failed } else { ExitStatus::of(found) })
}

fn read(path: &Path, lang: Lang) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    let of_path = |error| failure::at_path(path, error);
    if read.map_err(of_path)? as u64 > MAX_BYTES {
        let path = path.display();
        bail!(lang.of(
            format!("{path}：文件超过 16 MB；请分成几个文件"),
            format!("{path}: larger than 16 MB; use several files"),
        ));
    }
    String::from_utf8(bytes).map_err(|_| of_path(io::ErrorKind::InvalidData.into()))
}

/// The row of a line; what is wrong with it costs no other.
///
/// # Errors
/// When the index cannot be read.
fn row(
    archive: &Archive,
    line: &BatchLine,
    params: &SearchParams,
    selection: anyhow::Result<Selection>,
    lang: Lang,
) -> anyhow::Result<BatchRow> {
    let failed = |error| {
        let message = failure::chain(lang, &error);
        // Below the first line of it stands the query with a caret.
        line.failed(params.clone(), message.lines().next().unwrap_or_default().to_owned())
    };
    let selection = match selection {
        Ok(selection) => selection,
        Err(error) => return Ok(failed(error)),
    };
    match batch_row(archive, line, params.clone(), &selection.request) {
        Ok(row) => Ok(row),
        Err(error @ (SearchError::Index(_) | SearchError::Engine { .. })) => Err(error.into()),
        Err(error) => Ok(failed(error.into())),
    }
}

fn print(rows: &[BatchRow], lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let heads = match lang {
        Lang::Zh => ["检索式", "篇数", "报道", "最早", "最晚", "最相关"],
        Lang::En => ["query", "articles", "stories", "first", "last", "best hit"],
    };
    let cells = rows.iter().filter(|row| row.articles > 0).map(|row| {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let best = row.top.first();
        let best =
            best.map(|hit| format!("{} {}", hit.id, truncate(&visible(&hit.title), MAX_COLUMNS)));
        vec![
            truncate(&visible(&row.query), MAX_COLUMNS),
            number(row.articles),
            number(row.stories),
            day(row.first).unwrap_or_default(),
            day(row.last).unwrap_or_default(),
            best.unwrap_or_default(),
        ]
    });
    let table: Vec<Vec<String>> =
        std::iter::once(heads.map(str::to_owned).to_vec()).chain(cells).collect();
    if table.len() > 1 {
        print_columns(out, &table)?;
    }
    let none: Vec<&BatchRow> =
        rows.iter().filter(|row| row.articles == 0 && row.error.is_none()).collect();
    if !none.is_empty() {
        let count = queries(lang, none.len());
        let head = lang.of(format!("没有结果的 {count}："), format!("{count} without hits:"));
        writeln!(out, "{}{head}", if table.len() > 1 { "\n" } else { "" })?;
        for row in none {
            writeln!(out, "  {}", visible(&row.query))?;
        }
    }
    Ok(())
}

/// Says what is not in the table: lines that could not be searched for and, where those without hits
/// are not listed in words, how many these are. Whether there were some of the former.
fn tell(rows: &[BatchRow], is_listed: bool, console: &Console) -> bool {
    let lang = console.lang;
    for row in rows {
        if let Some(error) = &row.error {
            let (number, query) = (row.line, visible(&row.query));
            console.warn(lang.of(
                format!("第 {number} 行“{query}”：{error}"),
                format!("line {number}, {query}: {error}"),
            ));
        }
    }
    let none = rows.iter().filter(|row| row.articles == 0 && row.error.is_none()).count();
    if none > 0 && !is_listed {
        let none = queries(lang, none);
        console.tell(lang.of(format!("其中 {none}没有结果"), format!("{none} without hits")));
    }
    rows.iter().any(|row| row.error.is_some())
}

fn queries(lang: Lang, count: usize) -> String {
    counted(lang, count as u64, "个检索式", ("query", "queries"))
}
