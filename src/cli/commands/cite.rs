//! `dibao cite`: references of articles, in a style or for other programs.

use std::io::Write;

use super::opened;
use crate::cli::ExitStatus;
use crate::cli::args::citation::{CiteOptions, CitedArticles};
use crate::cli::args::folders::Folders;
use crate::cli::output::console::Console;
use crate::cli::output::{article, failure, nothing, why};
use crate::export::{Exported, Exporter, export};

pub(crate) fn run(
    folders: &Folders,
    options: &CiteOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = opened::open(folders, console)?;
    let settings = &options.settings;
    match &options.what {
        CitedArticles::Matching(selection) => {
            let request = &selection.request;
            why::notes(&archive, request, console)?;
            let written = export(&archive, request, settings, &mut console.out);
            let written = written.map_err(failure::of_export)?.entries;
            console.out.flush()?;
            if written == 0 {
                nothing::explain(&archive, selection, console)?;
            } else {
                why::partial(&archive, request, console)?;
            }
            Ok(ExitStatus::of(written))
        }
        CitedArticles::Ids(ids) => {
            let mut records = Vec::with_capacity(ids.len());
            for id in ids {
                // Several articles of one id have one text: any will do.
                records.extend(article::find(&archive, id, console)?.into_iter().next());
            }
            let mut exporter = Exporter::new(settings, records.len() as u64, &mut console.out)?;
            for record in &records {
                let written = exporter.write(Exported::plain(record));
                written.map_err(failure::of_output)?;
            }
            exporter.finish()?;
            let is_whole = records.len() == ids.len();
            Ok(if is_whole { ExitStatus::Found } else { ExitStatus::Nothing })
        }
    }
}
