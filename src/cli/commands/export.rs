//! `dibao export`: every hit, to a file that appears when it is complete, or to stdout.

use std::io::Write;

use anyhow::bail;

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
    let lang = console.lang;
    let ending = options.settings.format.as_str();
    if options.output.is_none() && console.is_terminal && !options.settings.format.is_text() {
        bail!(lang.of(
            format!("{ending} 不能在终端显示；请用 -o 指定文件"),
            format!("{ending} cannot be shown in a terminal; name a file with -o"),
        ));
    }
    let archive = Archive::open(&folders.index)?;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let written = match &options.output {
        Some(path) => {
            files::write(&archive, folders, path, console.lang, |file, byte_order_mark| {
                let settings = ExportSettings { byte_order_mark, ..options.settings.clone() };
                export(&archive, request, &settings, file).map_err(failure::of_export)
            })?
        }
        // No byte-order mark: the next program in the pipe would read it as text.
        None => export(&archive, request, &options.settings, &mut console.out)
            .map_err(failure::of_export)?,
    };
    console.out.flush()?;
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
