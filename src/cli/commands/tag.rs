//! `dibao tag`: gives articles a tag, or lists the tags.

use std::io::Write;

use jiff::Timestamp;

use super::note::articles;
use super::opened::open;
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::notes::TagArgs;
use crate::cli::output::console::Console;
use crate::cli::output::facts;
use crate::cli::output::wrap::visible;
use crate::present::Desk;
use crate::search::Request;

pub(crate) fn run(
    folders: &Folders,
    args: &TagArgs,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = open(folders, console)?;
    let lang = console.lang;
    let Some(tag) = &args.tag else {
        let tags = archive.facets(&Request::default())?.tags;
        if args.format == OutputFormat::Json {
            serde_json::to_writer_pretty(&mut console.out, &tags)?;
            writeln!(console.out)?;
        } else {
            for tag in &tags {
                writeln!(console.out, "{:>7}  {}", facts::number(tag.count), visible(&tag.value))?;
            }
        }
        if tags.is_empty() {
            console.tell(lang.of("还没有标签", "there are no tags yet"));
        }
        return Ok(ExitStatus::of(tags.len() as u64));
    };
    let records = articles(&archive, &args.ids, console)?;
    let by = args.author.name()?;
    let desk = Desk {
        archive: &archive,
        corpus: &folders.corpus,
        folder: &folders.curation,
        by: &by,
        at: Timestamp::now(),
    };
    desk.tag(&records, tag, !args.remove)?;
    let articles = facts::articles(lang, records.len() as u64);
    console.tell(if args.remove {
        lang.of(format!("已去掉标签：{articles}"), format!("taken off {articles}"))
    } else {
        lang.of(format!("已加上标签：{articles}"), format!("{articles} tagged"))
    });
    Ok(ExitStatus::of(records.len() as u64))
}
