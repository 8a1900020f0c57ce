//! What a watch tells: a line for each change, for people or for programs.

use std::io::Write;

use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::console::Console;
use super::facts::{articles, counted, number};
use super::failure;
use super::progress::Message;
use super::summary;
use super::wrap::visible;
use crate::cli::args::watch::WatchFormat;
use crate::model::Worded;
use crate::present::Lang;
use crate::watch::{FileChange, Noticing, PollReason, WaitReason, WatchEvent, WatchRun};

/// Prints an event; nothing where there is nothing new to say.
pub(crate) fn print(
    event: &WatchEvent<'_>,
    format: WatchFormat,
    console: &mut Console,
) -> anyhow::Result<()> {
    match format {
        WatchFormat::Text => print_text(event, console),
        WatchFormat::Jsonl => {
            if let Some(line) = json(event) {
                serde_json::to_writer(&mut console.out, &line)?;
                writeln!(console.out)?;
                console.out.flush()?;
            }
            Ok(())
        }
    }
}

fn print_text(event: &WatchEvent<'_>, console: &mut Console) -> anyhow::Result<()> {
    let Some(said) = text(console.lang, event) else { return Ok(()) };
    let time = Zoned::now().strftime("%Y-%m-%d %H:%M:%S").to_string();
    writeln!(console.out, "{}  {said}", console.paint.faint(time))?;
    if let WatchEvent::Ingested(run) = event {
        summary::print_warnings(&messages(run), console)?;
    }
    console.out.flush()?;
    Ok(())
}

/// The event in a line.
pub(crate) fn text(lang: Lang, event: &WatchEvent<'_>) -> Option<String> {
    Some(match event {
        WatchEvent::Looked(_) => return None,
        WatchEvent::Ingested(run) if !is_worth_a_line(run) => return None,
        WatchEvent::Ingested(run) => ingested(lang, run),
        WatchEvent::Watching(noticing) => watching(lang, noticing),
        WatchEvent::Waiting(reason) => waiting(lang, *reason).to_owned(),
        WatchEvent::Failed(error, again) => {
            let (error, again) = (failure::of_ingest(lang, error), again.as_secs_f64());
            lang.of(
                format!("入库失败，{again} 秒后重试：{error}"),
                format!("the ingest failed and is tried again in {again} s: {error}"),
            )
        }
    })
}

fn watching(lang: Lang, noticing: &Noticing) -> String {
    let (Noticing::Told(every) | Noticing::Polled(every, _)) = noticing;
    let seconds = every.as_secs_f64();
    let why = match noticing {
        Noticing::Told(_) => {
            return lang.of(
                format!("正在监视；另每 {seconds} 秒全面查看一次"),
                format!("watching; the whole folder is looked at every {seconds} s as well"),
            );
        }
        Noticing::Polled(_, PollReason::Asked) => String::new(),
        Noticing::Polled(_, PollReason::Network(name)) => lang.of(
            format!("（{name} 文件系统不通知改动）"),
            format!(", since {name} does not tell of changes"),
        ),
        Noticing::Polled(_, PollReason::Refused(why)) => lang.of(
            format!("（系统无法通知改动：{why}）"),
            format!(", since the system cannot tell of changes: {why}"),
        ),
    };
    lang.of(
        format!("正在监视：每 {seconds} 秒查看一次{why}"),
        format!("watching: the folder is looked at every {seconds} s{why}"),
    )
}

fn waiting(lang: Lang, reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::NoFolder => lang.of(
            "语料文件夹不在，等它回来；索引保持不变",
            "the corpus folder is not there; waiting for it, the index stays as it is",
        ),
        WaitReason::NoFiles => lang.of(
            "语料文件夹中没有可读的文件（为空，或 corpus.toml 全部排除），而索引中有文章，等文件回来；\
             索引保持不变（确要清空，请用 `dibao ingest --allow-empty`）",
            "the corpus folder has no files to read (it is empty, or corpus.toml leaves all out) and the \
             index has articles; waiting for files, the index stays as it is (`dibao ingest \
             --allow-empty` empties it)",
        ),
        WaitReason::Busy => lang.of(
            "另一个 dibao 正在写入索引，等它完成",
            "another dibao is writing to the index; waiting until it is done",
        ),
    }
}

/// Whether there is something to tell of an ingest.
fn is_worth_a_line(run: &WatchRun) -> bool {
    run.changes() + run.failed > 0 || run.is_first || run.is_recovery || !run.warnings.is_empty()
}

fn ingested(lang: Lang, run: &WatchRun) -> String {
    let summary = &run.summary;
    let counts = [
        (summary.files_new, lang.of("新增", "added")),
        (run.changed(), lang.of("改动", "changed")),
        (summary.files_removed, lang.of("移除", "removed")),
        (run.failed, lang.of("失败", "failed")),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| {
            let count = number(count);
            lang.of(format!("{what} {count}"), format!("{count} {what}"))
        })
        .collect();
    if counts.is_empty() {
        let same = counted(lang, summary.files_skipped, "个文件", ("file", "files"));
        return lang.of(format!("没有改动，共 {same}"), format!("nothing has changed, {same}"));
    }
    let counts = counts.join(lang.of("，", ", "));
    let names: Vec<String> = run
        .names
        .iter()
        .map(|(change, name)| format!("{}{}", sign(*change), visible(name)))
        .collect();
    let touched = run.changes() + run.failed;
    let more = if touched > names.len() as u64 { lang.of(" 等", " …") } else { "" };
    let names = names.join(lang.of("、", ", "));
    let (read, removed) = (summary.articles, summary.articles_removed);
    let mut told = Vec::new();
    if read > 0 || summary.files_new + run.changed() > 0 {
        let shown = articles(lang, read);
        told.push(lang.of(format!("读入 {} 篇", number(read)), format!("{shown} read")));
    }
    if removed > 0 {
        let shown = articles(lang, removed);
        told.push(lang.of(format!("移除 {} 篇", number(removed)), format!("{shown} removed")));
    }
    let told = told.join(lang.of("，", ", "));
    let told = if told.is_empty() { told } else { lang.of("；", "; ").to_owned() + &told };
    lang.of(
        format!("文件{counts}{told}：{names}{more}"),
        format!("files: {counts}{told}: {names}{more}"),
    )
}

/// What stands before the name of a file.
fn sign(change: FileChange) -> char {
    match change {
        FileChange::Added => '+',
        FileChange::Changed => '~',
        FileChange::Removed => '-',
        FileChange::Failed => '!',
    }
}

/// The same for programs.
fn code(change: FileChange) -> &'static str {
    match change {
        FileChange::Added => "added",
        FileChange::Changed => "changed",
        FileChange::Removed => "removed",
        FileChange::Failed => "failed",
    }
}

fn messages(run: &WatchRun) -> Vec<Message> {
    let message = |(place, warning): &(String, _)| {
        let warning = Worded::from(Clone::clone(warning));
        Message { place: place.clone(), warning }
    };
    run.warnings.iter().map(message).collect()
}

fn json(event: &WatchEvent<'_>) -> Option<Value> {
    let at = Timestamp::now();
    Some(match event {
        WatchEvent::Looked(_) => return None,
        WatchEvent::Ingested(run) if !is_worth_a_line(run) => return None,
        WatchEvent::Ingested(run) => {
            let summary = &run.summary;
            let files = run.names.iter();
            let files = files.map(|(change, file)| json!({"file": file, "change": code(*change)}));
            json!({
                "at": at, "event": "ingested",
                "added": summary.files_new,
                "changed": run.changed(),
                "removed": summary.files_removed,
                "failed": run.failed,
                "articles": summary.articles,
                "articles_removed": summary.articles_removed,
                "seconds": summary.seconds,
                "files": files.collect::<Vec<_>>(),
                "warnings": messages(run),
            })
        }
        WatchEvent::Watching(noticing) => {
            let (Noticing::Told(every) | Noticing::Polled(every, _)) = noticing;
            let is_told = matches!(noticing, Noticing::Told(_));
            json!({"at": at, "event": "watching", "told": is_told, "every": every.as_secs_f64()})
        }
        WatchEvent::Waiting(reason) => {
            let reason = match reason {
                WaitReason::NoFolder => "no_folder",
                WaitReason::NoFiles => "no_files",
                WaitReason::Busy => "busy",
            };
            json!({"at": at, "event": "waiting", "reason": reason})
        }
        WatchEvent::Failed(error, again) => json!({
            "at": at, "event": "failed", "error": error.to_string(), "again": again.as_secs_f64(),
        }),
    })
}
