//! `dibao note`: writes notes on articles, or lists what is noted.

use std::io::Write;

use anyhow::bail;
use jiff::Timestamp;
use serde::Serialize;

use super::opened::{Opened, with_folder};
use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::notes::NoteArgs;
use crate::cli::output::console::Console;
use crate::cli::output::noted::noted_lines;
use crate::cli::output::wrap::visible;
use crate::cli::output::{article, facts};
use crate::curation::Fault;
use crate::model::{ArticleId, ArticleNotes, Record};
use crate::present::Desk;
use crate::search::Archive;

pub(crate) fn run(
    folders: &Folders,
    args: &NoteArgs,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let opened = with_folder(Archive::open(&folders.index)?, folders, console)?;
    let Some(id) = &args.id else { return list(&opened, args.format, console) };
    let archive = &opened.archive;
    let Some(record) = article::find(archive, id, console)?.into_iter().next() else {
        return Ok(ExitStatus::Nothing);
    };
    let by = args.author.name()?;
    let desk = Desk {
        archive,
        corpus: &folders.corpus,
        folder: &folders.curation,
        by: &by,
        at: Timestamp::now(),
    };
    let lang = console.lang;
    if let Some(note) = &args.remove {
        desk.take_back(&opened.files, &record, note)?;
        console.tell(lang.of("笔记已撤回", "the note is taken back"));
        return Ok(ExitStatus::Found);
    }
    if !args.text.is_empty() {
        let passage = args.passage.as_deref().unwrap_or_default();
        let entry = desk.note(&record, &args.text.join(" "), passage)?;
        console.tell(lang.of(format!("已记下 {entry}"), format!("noted as {entry}")));
        return Ok(ExitStatus::Found);
    }
    let noted = archive.notebook().on(&record).unwrap_or_default();
    if args.format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &NotedArticle::of(&record, noted.clone()))?;
        writeln!(console.out)?;
    } else {
        print(&record, &noted, console)?;
    }
    Ok(if noted == ArticleNotes::default() { ExitStatus::Nothing } else { ExitStatus::Found })
}

/// An article with what is noted on it.
#[derive(Serialize)]
struct NotedArticle {
    article: ArticleId,
    name: String,
    #[serde(flatten)]
    noted: ArticleNotes,
}

/// What is noted on an article that is not found any more.
#[derive(Serialize)]
struct Unplaced<'a> {
    article: &'a ArticleId,
    file: &'a str,
    said: &'a [String],
}

/// An entry that cannot be read.
#[derive(Serialize)]
struct Unreadable<'a> {
    file: String,
    line: usize,
    reason: &'a str,
}

#[derive(Serialize)]
struct AllNotes<'a> {
    articles: Vec<NotedArticle>,
    unplaced: Vec<Unplaced<'a>>,
    unreadable: Vec<Unreadable<'a>>,
}

impl NotedArticle {
    fn of(record: &Record, noted: ArticleNotes) -> Self {
        Self { article: record.id.clone(), name: facts::name(record), noted }
    }
}

fn list(
    opened: &Opened,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let archive = &opened.archive;
    let mut ids: Vec<&ArticleId> = archive.notebook().articles.keys().collect();
    ids.sort();
    let mut found: Vec<(Record, ArticleNotes)> = Vec::new();
    for id in ids {
        let Some(record) = archive.get(id)?.into_iter().next() else { continue };
        let noted = archive.notebook().on(&record).unwrap_or_default();
        if found.iter().all(|(known, _)| known.id != record.id) {
            found.push((record, noted));
        }
    }
    found.sort_by(|(a, _), (b, _)| (&a.source, a.ordinal).cmp(&(&b.source, b.ordinal)));
    let faults = opened.files.faults();
    let has_any = !found.is_empty() || !opened.unplaced.is_empty() || !faults.is_empty();
    if format == OutputFormat::Json {
        let unreadable = |fault: &&'_ Fault| (fault.path.display().to_string(), fault.line);
        let all = AllNotes {
            articles: found.into_iter().map(|(of, noted)| NotedArticle::of(&of, noted)).collect(),
            unplaced: opened
                .unplaced
                .iter()
                .map(|lost| Unplaced {
                    article: &lost.article,
                    file: &lost.anchor.file,
                    said: &lost.said,
                })
                .collect(),
            unreadable: faults
                .iter()
                .map(|fault| {
                    let (file, line) = unreadable(fault);
                    Unreadable { file, line, reason: &fault.reason }
                })
                .collect(),
        };
        serde_json::to_writer_pretty(&mut console.out, &all)?;
        writeln!(console.out)?;
        return Ok(ExitStatus::of(u64::from(has_any)));
    }
    for (record, noted) in &found {
        print(record, noted, console)?;
    }
    let lang = console.lang;
    if !opened.unplaced.is_empty() {
        writeln!(
            console.out,
            "{}",
            lang.of("库中已找不到的文章：", "About articles that are not found any more:")
        )?;
    }
    for lost in &opened.unplaced {
        let said = visible(&lost.said.join(lang.of("；", "; ")));
        writeln!(console.out, "    {}  {}  {said}", lost.article, visible(&lost.anchor.file))?;
    }
    for Fault { path, line, reason, .. } in faults {
        let path = path.display();
        console.warn(lang.of(
            format!("{path} 第 {line} 行：这一条无法读取，已跳过（{reason}）"),
            format!("{path}:{line}: this entry cannot be read and is passed over ({reason})"),
        ));
    }
    if !has_any {
        console.tell(lang.of("还没有标签、笔记和收藏", "nothing is noted yet"));
    }
    Ok(ExitStatus::of(u64::from(has_any)))
}

fn print(record: &Record, noted: &ArticleNotes, console: &mut Console) -> anyhow::Result<()> {
    let name = visible(&facts::name(record));
    writeln!(console.out, "{}  {name}", console.paint.place(&record.id))?;
    for line in noted_lines(console.lang, noted) {
        writeln!(console.out, "    {}", visible(&line))?;
    }
    Ok(())
}

/// The articles of these ids, once each; `-` stands for ids on stdin, one per line.
///
/// # Errors
/// When no article has one of them, or several begin with it.
pub(super) fn articles(
    archive: &Archive,
    ids: &[String],
    console: &Console,
) -> anyhow::Result<Vec<Record>> {
    let mut wanted: Vec<String> = Vec::new();
    for id in ids {
        if id == "-" {
            for line in std::io::stdin().lines() {
                let line = line?;
                wanted.extend(Some(line.trim().to_owned()).filter(|id| !id.is_empty()));
            }
        } else {
            wanted.push(id.clone());
        }
    }
    let mut found: Vec<Record> = Vec::with_capacity(wanted.len());
    let mut seen = std::collections::HashSet::new();
    for id in &wanted {
        let Some(record) = article::find(archive, id, console)?.into_iter().next() else {
            let lang = console.lang;
            bail!(lang.of("没有写入任何内容", "nothing was written"));
        };
        if seen.insert(record.id.clone()) {
            found.push(record);
        }
    }
    Ok(found)
}
