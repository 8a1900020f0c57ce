//! `dibao collection`: articles in an order, with a remark on each.

use std::io::Write;

use jiff::Timestamp;

use super::note::articles;
use super::opened::open;
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::author::AuthorArgs;
use crate::cli::args::folders::Folders;
use crate::cli::args::notes::{CollectionAction, PlaceArgs};
use crate::cli::output::console::Console;
use crate::cli::output::facts;
use crate::cli::output::wrap::visible;
use crate::model::ArticleId;
use crate::present;
use crate::present::{CollectedArticles, CollectionSummary, Desk, ItemPlace, NotingError};
use crate::search::Archive;

pub(crate) fn run(
    folders: &Folders,
    action: CollectionAction,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = open(folders, console)?;
    let lang = console.lang;
    let write = |author: &AuthorArgs, work: &mut dyn FnMut(&Desk<'_>) -> anyhow::Result<()>| {
        let by = author.name()?;
        work(&Desk {
            archive: &archive,
            corpus: &folders.corpus,
            folder: &folders.curation,
            by: &by,
            at: Timestamp::now(),
        })
    };
    match action {
        CollectionAction::List { format } => return list(&archive, format, console),
        CollectionAction::Show { name, format } => return show(&archive, &name, format, console),
        // Its options are checked before.
        CollectionAction::Export { .. } => return Ok(ExitStatus::Nothing),
        CollectionAction::New { name, about, author } => write(&author, &mut |desk| {
            desk.begin(&name, None, about.as_deref())?;
            Ok(())
        })?,
        CollectionAction::Add { name, ids, remark, place, author } => {
            let records = articles(&archive, &ids, console)?;
            let place = placed(&archive, &place, console)?;
            write(&author, &mut |desk| {
                Ok(desk.add(&name, &records, remark.as_deref(), &place)?)
            })?;
        }
        CollectionAction::Move { name, id, place, author } => {
            let records = articles(&archive, &[id], console)?;
            let place = placed(&archive, &place, console)?;
            for record in &records {
                write(&author, &mut |desk| Ok(desk.move_item(&name, &record.id, &place)?))?;
            }
        }
        CollectionAction::Remove { name, ids, author } => {
            // An article that the archive has no more can be taken out by its whole id.
            let whole = |id: &String| ArticleId(id.clone()).is_whole();
            let ids: Vec<ArticleId> = if ids.iter().all(whole) {
                ids.into_iter().map(ArticleId).collect()
            } else {
                let records = articles(&archive, &ids, console)?;
                records.into_iter().map(|record| record.id).collect()
            };
            write(&author, &mut |desk| Ok(desk.remove(&name, &ids)?))?;
        }
    }
    console.tell(lang.of("收藏已更新", "the collection is up to date"));
    Ok(ExitStatus::Found)
}

fn placed(archive: &Archive, place: &PlaceArgs, console: &Console) -> anyhow::Result<ItemPlace> {
    Ok(match &place.after {
        _ if place.first => ItemPlace::First,
        None => ItemPlace::Last,
        Some(id) => {
            let found = articles(archive, std::slice::from_ref(id), console)?;
            found.into_iter().next().map_or(ItemPlace::Last, |of| ItemPlace::After(of.id))
        }
    })
}

fn list(
    archive: &Archive,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let listed = present::collections(archive);
    if format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &listed)?;
        writeln!(console.out)?;
    } else {
        for CollectionSummary { name, about, articles } in &listed {
            let about = about.lines().next().unwrap_or_default();
            let count = facts::number(*articles);
            writeln!(console.out, "{count:>7}  {}  {}", visible(name), visible(about))?;
        }
    }
    if listed.is_empty() {
        console.tell(console.lang.of("还没有收藏", "there are no collections yet"));
    }
    Ok(ExitStatus::of(listed.len() as u64))
}

fn show(
    archive: &Archive,
    name: &str,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let Some(CollectedArticles { name, about, items }) = present::collected(archive, name)? else {
        return Err(NotingError::Collection { name: name.to_owned() }.into());
    };
    let (lang, count) = (console.lang, items.len() as u64);
    if format == OutputFormat::Json {
        let shown = CollectedArticles { name, about, items };
        serde_json::to_writer_pretty(&mut console.out, &shown)?;
        writeln!(console.out)?;
        return Ok(ExitStatus::of(count));
    }
    writeln!(console.out, "{}", console.paint.strong(visible(&name)))?;
    for line in about.lines() {
        writeln!(console.out, "{}", visible(line))?;
    }
    for (at, item) in (1..).zip(&items) {
        let said = match &item.record {
            Some(record) => {
                let date = facts::date(lang, &record.date);
                format!("{}  {date}", visible(&facts::name(record)))
            }
            None => lang.of("库中已没有这篇文章", "no longer in the archive").to_owned(),
        };
        writeln!(console.out, "{at:>3} {}  {said}", console.paint.place(&item.id))?;
        for line in item.remark.lines() {
            writeln!(console.out, "    {}", visible(line))?;
        }
    }
    Ok(ExitStatus::of(count))
}
