//! `dibao collection export`: a collection as a file, in its order and with its remarks.

use std::io::Write;

use super::export::{not_for_a_terminal, open, tell_cut};
use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::CollectionExportOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::articles;
use crate::cli::output::{failure, files};
use crate::export::{
    ExportContents, ExportManifest, ExportOrigin, ExportSettings, ExportedCollection, export,
};
use crate::present::{NotingError, PageLimits, SearchParams};
use crate::query::Synonyms;

pub(crate) fn run(
    folders: &Folders,
    options: &CollectionExportOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let CollectionExportOptions { name, settings, output, manifest } = options;
    let ending = settings.format.as_str();
    if output.is_none() && console.is_terminal && !settings.format.is_text() {
        anyhow::bail!(not_for_a_terminal(lang, ending));
    }
    let (archive, stamp) = open(folders, console)?;
    let found = ExportedCollection::of(archive.notebook(), name);
    let Some(collection) = found else {
        return Err(NotingError::Collection { name: name.clone() }.into());
    };
    let params = SearchParams { collection: vec![collection.name.clone()], ..Default::default() };
    let today = jiff::Zoned::now().date();
    let selection = params.selection(&Synonyms::default(), today, PageLimits::NONE)?;
    let origin = ExportOrigin::new(&selection, stamp);
    let settings = |byte_order_mark| ExportSettings {
        byte_order_mark,
        collection: Some(collection.clone()),
        origin: Some(origin.clone()),
        ..settings.clone()
    };
    let write_into = |file: &mut dyn Write, byte_order_mark| {
        export(&archive, &selection.request, &settings(byte_order_mark), file)
            .map_err(failure::of_export)
    };
    let written = match output {
        Some(path) if *manifest => files::write_with_manifest(
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
        None => write_into(&mut console.out, false)?,
    };
    console.out.flush()?;
    let told = articles(lang, written.entries);
    console.tell(match output.as_ref().map(|path| path.display()) {
        Some(path) => {
            lang.of(format!("已将 {told}文章写入 {path}"), format!("{told} written to {path}"))
        }
        None => lang.of(format!("已输出 {told}文章"), format!("{told} written")),
    });
    tell_cut(written.cut_cells, console);
    let lost = collection.left_out(&archive)? as u64;
    if lost > 0 {
        let lost = articles(lang, lost);
        console.warn(lang.of(
            format!("库中已没有其中 {lost}，未导出"),
            format!("{lost} of it no longer in the archive, and left out"),
        ));
    }
    Ok(ExitStatus::of(written.entries))
}
