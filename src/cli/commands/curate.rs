//! `dibao curate`: what people decided, what became of it, and taking it back.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::bail;
use serde::Serialize;

use super::correct::{apply, decision, tell};
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::curating::{CurateAction, below_corpus};
use crate::cli::args::folders::Folders;
use crate::cli::output::console::Console;
use crate::cli::output::wrap::visible;
use crate::model::{Correction, EntryId, UnplacedCorrection};
use crate::present;
use crate::present::{CurationState, EntryState, Identified, Lang, take_back, words};
use crate::search::Archive;

pub(crate) fn run(
    folders: &Folders,
    action: &CurateAction,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = Archive::open(&folders.index)?;
    match action {
        CurateAction::Check { format } => {
            let state = CurationState::read(&archive, &folders.corpus, &folders.curation)?;
            check(state, *format, console)
        }
        CurateAction::List { about, format } => {
            let mut state = CurationState::read(&archive, &folders.corpus, &folders.curation)?;
            if let Some(about) = about {
                let ids = match present::find(&archive, about)? {
                    Identified::Article(found) => {
                        found.into_iter().map(|record| record.id).collect()
                    }
                    Identified::Nothing | Identified::Several(..) => Vec::new(),
                };
                let file = below_corpus(about, &folders.corpus);
                state.entries.retain(|(entry, _)| {
                    entry.anchor.file == file
                        || entry.article.as_ref().is_some_and(|id| ids.contains(id))
                });
            }
            list(&state.entries, *format, console)
        }
        CurateAction::Export { gold } => {
            super::curate_export::run(&archive, folders, gold, console)
        }
        CurateAction::Undo { entry, decision: args, later } => {
            let entry = EntryId(full_id(folders, entry, console.lang)?);
            let undo = take_back(&folders.curation, None, &entry, &decision(args)?, None)?;
            tell(&undo, console)?;
            apply(folders, &archive, &BTreeSet::from([undo.anchor.file]), *later, console)?;
            Ok(ExitStatus::Found)
        }
    }
}

/// The id of the one entry whose id begins like this.
fn full_id(folders: &Folders, typed: &str, lang: Lang) -> anyhow::Result<String> {
    let all = crate::curation::Corrections::load(&folders.curation)?;
    let mut found = all.entries().iter().filter(|entry| entry.id.0.starts_with(typed));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.id.0.clone()),
        (Some(_), Some(_)) => bail!(lang.of(
            format!("{typed}：不止一条的编号以它开头；请多写几位"),
            format!("{typed}: ambiguous id; write more of it"),
        )),
        _ => Ok(typed.to_owned()),
    }
}

/// An entry as it is printed for programs.
#[derive(Debug, Serialize)]
struct ListedEntry<'a> {
    #[serde(flatten)]
    entry: &'a Correction,
    #[serde(flatten)]
    state: &'a EntryState,
}

fn list(
    entries: &[(Correction, EntryState)],
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    if format == OutputFormat::Json {
        let listed: Vec<ListedEntry<'_>> =
            entries.iter().map(|(entry, state)| ListedEntry { entry, state }).collect();
        serde_json::to_writer_pretty(&mut console.out, &listed)?;
        writeln!(console.out)?;
    } else {
        for (entry, state) in entries {
            print(entry, state, console)?;
        }
    }
    Ok(ExitStatus::of(entries.len() as u64))
}

fn check(
    state: CurationState,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let CurationState { mut entries, refused, faults } = state;
    entries.retain(|(_, state)| matches!(state, EntryState::Unplaced { .. } | EntryState::Waiting));
    let of_list =
        |refused: &&UnplacedCorrection| !entries.iter().any(|(entry, _)| entry.id == refused.entry);
    let refused: Vec<&UnplacedCorrection> = refused.iter().filter(of_list).collect();
    let total = entries.len() + refused.len() + faults.len();
    let lang = console.lang;
    if format == OutputFormat::Json {
        let listed: Vec<ListedEntry<'_>> =
            entries.iter().map(|(entry, state)| ListedEntry { entry, state }).collect();
        let faults: Vec<serde_json::Value> = faults
            .iter()
            .map(|fault| {
                serde_json::json!({
                    "file": fault.path, "line": fault.line,
                    "text": fault.text, "reason": fault.reason,
                })
            })
            .collect();
        let all = serde_json::json!({ "entries": listed, "refused": refused, "faults": faults });
        serde_json::to_writer_pretty(&mut console.out, &all)?;
        writeln!(console.out)?;
        return Ok(ExitStatus::of(total as u64));
    }
    for (entry, state) in &entries {
        print(entry, state, console)?;
    }
    for refused in refused {
        writeln!(console.out, "{}", visible(&words::unplaced_correction(lang, refused)))?;
    }
    for fault in &faults {
        let place =
            console.paint.place(format!("{}:{}", fault.path.display(), fault.line)).to_string();
        let said = lang.of("不是可读的条目：", "no entry that can be read: ");
        writeln!(console.out, "{place}  {said}{}", visible(&fault.reason))?;
        for line in fault.text.lines() {
            writeln!(console.out, "    {}", console.paint.faint(visible(line)))?;
        }
    }
    if total == 0 {
        console.tell(lang.of("所有更正均已生效", "every decision is applied"));
    }
    Ok(ExitStatus::of(total as u64))
}

fn print(entry: &Correction, state: &EntryState, console: &mut Console) -> anyhow::Result<()> {
    let (lang, paint) = (console.lang, console.paint);
    let (field, now) = (entry.change.field(), entry.change.now());
    let now = words::decided(lang, &field, &now);
    let field = words::correction_field(lang, &field).to_owned();
    let place = format!("{}:{}", entry.anchor.file, present::lines(&entry.anchor.lines));
    let said = if now.is_empty() { field } else { format!("{field}{}{now}", lang.of("：", ": ")) };
    let state = words::entry_state(lang, state);
    let day = words::day(entry.at);
    let article = entry.article.as_ref().map(|id| format!("  {id}")).unwrap_or_default();
    writeln!(console.out, "{}  {}", paint.place(&entry.id), visible(&said))?;
    let why = if entry.why.is_empty() { String::new() } else { format!("  {}", entry.why) };
    let details = [
        format!("{place}{article}"),
        format!("{} {day}{why}", entry.by),
        if entry.was.is_empty() {
            String::new()
        } else {
            lang.of(format!("原为 {}", entry.was), format!("was {}", entry.was))
        },
        state,
    ];
    for line in details.iter().filter(|line| !line.is_empty()) {
        writeln!(console.out, "    {}", paint.faint(visible(line)))?;
    }
    Ok(())
}
