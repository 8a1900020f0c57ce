//! `dibao export`: every hit, to a file that appears when it is complete, or to stdout.

use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::ExportOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::articles;
use crate::cli::output::{files, nothing, why};
use crate::export::{Exporter, Format};
use crate::search::{Archive, Request};

pub(crate) fn run(
    folders: &Folders,
    options: &ExportOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let written = match &options.output {
        Some(path) => {
            files::write(&archive, folders, path, console.lang, |file, byte_order_mark| {
                write_all(&archive, request, options.format, file, byte_order_mark)
            })?
        }
        // No byte-order mark: the next program in the pipe would read it as text.
        None => write_all(&archive, request, options.format, &mut console.out, false)?,
    };
    console.out.flush()?;
    let lang = console.lang;
    let articles = articles(lang, written);
    match options.output.as_ref().map(|path| path.display()) {
        Some(path) => console.tell(lang.of(
            format!("已将 {articles}文章写入 {path}"),
            format!("{articles} written to {path}"),
        )),
        None => {
            console.tell(lang.of(format!("已输出 {articles}文章"), format!("{articles} written")));
        }
    }
    if written == 0 {
        nothing::explain(&archive, &options.selection, console)?;
    } else {
        why::partial(&archive, request, console)?;
    }
    Ok(ExitStatus::of(written))
}

fn write_all(
    archive: &Archive,
    request: &Request,
    format: Format,
    out: impl Write,
    byte_order_mark: bool,
) -> anyhow::Result<u64> {
    let mut exporter = Exporter::new(format, out, byte_order_mark)?;
    let mut failed: Option<io::Error> = None;
    archive.for_each(request, &mut |record| match exporter.write(&record) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(exporter.finish()?),
    }
}
