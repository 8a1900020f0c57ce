//! `dibao export`: every hit, to a file that appears when it is complete, or to stdout.

use std::io::Write;

use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::ExportOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::articles;
use crate::cli::output::{failure, files, nothing, why};
use crate::export::{ExportSettings, export};
use crate::search::Archive;

pub(crate) fn run(
    folders: &Folders,
    options: &ExportOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let written = if let Some(path) = &options.output {
        files::write(&archive, folders, path, console.lang, |file, byte_order_mark| {
            let settings = settings(options, byte_order_mark);
            export(&archive, request, &settings, file).map_err(failure::of_export)
        })?
    } else {
        // No byte-order mark: the next program in the pipe would read it as text.
        let settings = settings(options, false);
        export(&archive, request, &settings, &mut console.out).map_err(failure::of_export)?
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

fn settings(options: &ExportOptions, byte_order_mark: bool) -> ExportSettings {
    ExportSettings { format: options.format, byte_order_mark, style: options.style.clone() }
}
