//! `dibao export`: every hit, to a file that appears when it is complete, or to stdout.

use std::io::Write;

use anyhow::bail;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::exporting::ExportOptions;
use crate::cli::args::folders::Folders;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{articles, counted};
use crate::cli::output::{failure, files, nothing, why};
use crate::export::{
    ArchiveStamp, ExportContents, ExportManifest, ExportOrigin, ExportSettings, export,
};
use crate::present::Lang;
use crate::search::{Archive, Request, SearchError};

pub(crate) fn run(
    folders: &Folders,
    options: &ExportOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let ending = options.settings.format.as_str();
    if options.output.is_none() && console.is_terminal && !options.settings.format.is_text() {
        bail!(not_for_a_terminal(lang, ending));
    }
    let (archive, stamp) = open(folders, console)?;
    let request = &options.selection.request;
    why::notes(&archive, request, console)?;
    let origin = ExportOrigin::new(&options.selection, stamp);
    let settings = |byte_order_mark| {
        let origin = Some(origin.clone());
        ExportSettings { byte_order_mark, origin, ..options.settings.clone() }
    };
    let write_into = |file: &mut dyn Write, byte_order_mark| {
        export(&archive, request, &settings(byte_order_mark), file).map_err(failure::of_export)
    };
    let written = match &options.output {
        Some(path) if options.manifest => files::write_with_manifest(
            &archive,
            folders,
            path,
            lang,
            write_into,
            |&counts, file| {
                let contents = ExportContents::Articles(settings(true));
                ExportManifest::new(origin.clone(), contents, counts, file)
            },
        )?,
        Some(path) => files::write(&archive, folders, path, lang, write_into)?,
        // No byte-order mark: the next program in the pipe would read it as text.
        None => write_into(&mut console.out, false)?,
    };
    console.out.flush()?;
    let articles = articles(lang, written.entries);
    match options.output.as_ref().map(|path| path.display()) {
        Some(path) => console.tell(lang.of(
            format!("已将 {articles}文章写入 {path}"),
            format!("{articles} written to {path}"),
        )),
        None => {
            console.tell(lang.of(format!("已输出 {articles}文章"), format!("{articles} written")));
        }
    }
    tell_cut(written.cut_cells, console);
    if written.entries == 0 {
        nothing::explain(&archive, &options.selection, console)?;
    } else {
        why::partial(&archive, request, console)?;
    }
    Ok(ExitStatus::of(written.entries))
}

/// The archive, and what a manifest says of it.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn open(
    folders: &Folders,
    console: &Console,
) -> Result<(Archive, ArchiveStamp), SearchError> {
    let (archive, state) = opened::with_state(folders)?;
    let archive = opened::with_folder(archive, folders, console)?.archive;
    let articles = archive.count(&Request::default())?;
    Ok((archive, ArchiveStamp { state, articles }))
}

/// Says how many cells of a workbook do not have their whole text.
pub(super) fn tell_cut(cells: u64, console: &Console) {
    if cells > 0 {
        let lang = console.lang;
        let cells = counted(lang, cells, "个单元格", ("cell", "cells"));
        console.tell(lang.of(
            format!("{cells}放不下全文，已截断；全文见 jsonl"),
            format!("{cells} cut to what a spreadsheet can hold; jsonl has the whole text"),
        ));
    }
}

pub(super) fn not_for_a_terminal(lang: Lang, ending: &str) -> String {
    lang.of(
        format!("{ending} 不是文本，不能显示在终端上；请用 -o 指定文件"),
        format!("{ending} is no text and not for a terminal; name a file with -o"),
    )
}
