//! `dibao saved`: adds, lists and removes searches that have names.

use std::io::Write;

use anyhow::bail;
use jiff::{Timestamp, Unit};
use serde::Serialize;

use super::opened::open;
use super::searches::{known, no_search, read, selected};
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::saving::SavedOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::articles;
use crate::cli::output::failure;
use crate::cli::output::wrap::visible;
use crate::curation::{MAX_SAVED_SEARCHES, SavedSearch, SavedSearches, Told};
use crate::present::{Lang, Selection, errors, saved_text, words};

/// `--format json`.
#[derive(Serialize)]
struct ListedSearch<'a> {
    #[serde(flatten)]
    entry: &'a SavedSearch,
    /// `null` where it cannot be searched for.
    articles: Option<u64>,
}

pub(crate) fn run(
    folders: &Folders,
    options: SavedOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    match options {
        SavedOptions::Add { name, selection, by } => add(folders, name, &selection, by, console),
        SavedOptions::List { format } => list(folders, format, console),
        SavedOptions::Remove { name, by } => remove(folders, name, by, console),
    }
}

/// What is in the archive is known before the entry is there: a kill in between leaves no search to
/// which all of it is new.
fn add(
    folders: &Folders,
    name: String,
    selection: &Selection,
    by: String,
    console: &Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let folder = &folders.curation;
    let search = saved_text(&selection.params);
    let entry = SavedSearch { name, search, removed: false, by, at: now() };
    let telling = Told::lock(folder)?;
    refuse_taken(&SavedSearches::read(folder)?, &entry.name, lang)?;
    let archive = open(folders, console)?;
    let known = known(&archive, selection)?;
    Told::remember(folder, &entry, &known, &telling)?;
    let turn = folder.lock()?;
    refuse_taken(&SavedSearches::read(folder)?, &entry.name, lang)?;
    SavedSearches::add(folder, &entry, &turn)?;
    let name = visible(&entry.name);
    let found = articles(lang, known.len() as u64);
    console.tell(lang.of(
        format!("已保存“{name}”：库中已有 {found}，此后入库的为新到"),
        format!("saved {name}: {found} so far; what comes from now on is new"),
    ));
    Ok(ExitStatus::Found)
}

fn refuse_taken(saved: &SavedSearches, name: &str, lang: Lang) -> anyhow::Result<()> {
    if saved.get(name).is_some() {
        bail!(lang.of(
            format!("已有名为“{name}”的检索；请换一个名称，或先用 `dibao saved remove` 移除"),
            format!(
                "there is a search named {name}; choose another name, or `dibao saved remove` it \
                 first"
            ),
        ));
    }
    if saved.searches.len() >= MAX_SAVED_SEARCHES {
        bail!(lang.of(
            format!("至多保存 {MAX_SAVED_SEARCHES} 个检索；请先移除不用的"),
            format!("at most {MAX_SAVED_SEARCHES} searches can be saved; remove some first"),
        ));
    }
    Ok(())
}

fn list(
    folders: &Folders,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let saved = read(folders, console)?;
    let archive = match open(folders, console) {
        Ok(archive) => Some(archive),
        Err(error) => {
            console.warn(errors::error(lang, &error));
            None
        }
    };
    let mut listed = Vec::new();
    for entry in &saved.searches {
        let articles = archive.as_ref().map(|archive| {
            let selection = selected(entry, None, folders, lang)?;
            Ok::<u64, anyhow::Error>(archive.count(&selection.request)?)
        });
        let articles = match articles.transpose() {
            Ok(articles) => articles,
            Err(error) => {
                let error = failure::chain(lang, &error);
                console.warn(format_args!(
                    "{}{}{error}",
                    visible(&entry.name),
                    lang.of("：", ": ")
                ));
                None
            }
        };
        listed.push(ListedSearch { entry, articles });
    }
    if format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &listed)?;
        writeln!(console.out)?;
    } else {
        for ListedSearch { entry, articles: found } in &listed {
            let found = found.map_or_else(|| "?".to_owned(), |found| articles(lang, found));
            let by = match entry.by.as_str() {
                "" => String::new(),
                by => format!(" · {}", visible(by)),
            };
            let day = words::day(entry.at);
            writeln!(console.out, "{}", console.paint.strong(visible(&entry.name)))?;
            writeln!(console.out, "    {}", visible(&entry.search))?;
            writeln!(console.out, "    {found} · {day}{by}")?;
        }
    }
    Ok(ExitStatus::of(listed.len() as u64))
}

fn remove(
    folders: &Folders,
    name: String,
    by: String,
    console: &Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let folder = &folders.curation;
    let turn = folder.lock()?;
    let saved = SavedSearches::read(folder)?;
    let Some(entry) = saved.get(&name) else {
        console.tell(no_search(lang, &name, &saved));
        return Ok(ExitStatus::Nothing);
    };
    // Behind the one that it ends, also where the clocks of two machines differ.
    let at = now().max(entry.at);
    let end = SavedSearch { name, removed: true, by, at, ..SavedSearch::default() };
    SavedSearches::add(folder, &end, &turn)?;
    let name = visible(&end.name);
    console.tell(lang.of(format!("已移除“{name}”"), format!("removed {name}")));
    Ok(ExitStatus::Found)
}

/// To the second, as people write it.
fn now() -> Timestamp {
    Timestamp::now().round(Unit::Second).unwrap_or_default()
}
