//! `dibao demo`: the sample corpus ingested, counted, searched, shown and exported with commands
//! that can be typed again. What it searches for is taken from the archive itself, so that the demo
//! also works on a corpus of one's own.

use std::ffi::OsString;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::bail;
use clap::Parser;

use crate::cli::args::LowArgs;
use crate::cli::args::folders::Folders;
use crate::cli::output::console::Console;
use crate::cli::output::wrap::{columns, pad};
use crate::cli::{ExitStatus, perform};
use crate::model::Record;
use crate::search::{Archive, Filters, Request, Sort};

pub(crate) fn run(folders: &Folders, console: &mut Console) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    if !folders.corpus.is_dir() {
        let corpus = folders.corpus.display();
        bail!(lang.of(
            format!("{corpus}：不是语料文件夹；请在项目文件夹中运行演示，或用 --corpus 指定语料"),
            format!(
                "{corpus}: not a folder of sources; run the demo in the project's folder, or name \
                 one with --corpus"
            ),
        ));
    }
    step(
        lang.of("把语料中的文件读入索引：", "Read all files of the corpus into the index:"),
        &["ingest"],
        folders,
        console,
    )?;
    let Some(theme) = Theme::choose(&Archive::open(&folders.index)?)? else {
        let corpus = folders.corpus.display();
        bail!(lang.of(
            format!("{corpus}：文件夹中没有文章；请用 --corpus 另指定一个"),
            format!("{corpus}: no articles in this folder; name another with --corpus"),
        ));
    };
    let Theme { word, district, id } = theme;
    let by = ["stats", "--by", "district,topic,month", "--limit", "6"];
    step(lang.of("库中有什么：", "What is in it:"), &by, folders, console)?;
    let mut search = vec!["search", word.as_str(), "--limit", "3"];
    let mut export = vec!["export", word.as_str()];
    if let Some(district) = &district {
        search.extend(["--district", district.as_str()]);
        export.extend(["--district", district.as_str()]);
    }
    step(
        lang.of("检索一个地区的一个词：", "Search for a word in a district:"),
        &search,
        folders,
        console,
    )?;
    step(
        lang.of(
            "一篇文章，及其日期和地区的依据：",
            "An article, with the evidence for its date and districts:",
        ),
        &["show", &id],
        folders,
        console,
    )?;
    // A folder of its own: a file of a fixed name may be another user's. It stays for the reader.
    let kept = tempfile::Builder::new().prefix("dibao-demo-").tempdir()?.keep();
    let file = kept.join("hits.csv");
    let file = file.to_string_lossy().into_owned();
    export.extend(["--format", "csv", "-o", &file]);
    step(
        lang.of("把全部结果导出成表格：", "Export all hits as a table:"),
        &export,
        folders,
        console,
    )?;
    step(
        lang.of("需要人工核对的内容：", "What needs manual review:"),
        &["check"],
        folders,
        console,
    )?;
    console.tell(format_args!(
        "\n{}",
        console.paint_messages.strong(lang.of("接下来可以试试：", "What to try next:"))
    ));
    let dibao = shown(&program(folders));
    let next = [
        (
            format!("{dibao} show {id} --source"),
            lang.of("源文件中的各行", "the lines of its source file"),
        ),
        (
            format!("{dibao} search '\"{word}\"' --sort oldest"),
            lang.of("按原文检索，按日期排序", "the exact text, by date"),
        ),
        (
            format!("dibao split {} --explain", lang.of("文件", "FILE")),
            lang.of("文件分篇的依据", "how a file is split, and why"),
        ),
        (
            format!("dibao --corpus {0} --index {0} ingest", lang.of("文件夹", "DIR")),
            lang.of("用在自己的文本上", "a folder of your own"),
        ),
    ];
    let wide = next.iter().map(|(command, _)| columns(command)).max().unwrap_or(0);
    for (command, what) in next {
        console.tell(format_args!("  {}  {what}", pad(&command, wide)));
    }
    Ok(ExitStatus::Found)
}

/// What the demo looks for.
struct Theme {
    /// A word that speaks for a topic.
    word: String,
    /// A district that has it.
    district: Option<String>,
    /// An article that has both.
    id: String,
}

impl Theme {
    /// The topic word and district that most articles share, words of three characters and more
    /// first: they say more. Ties go to the earliest article.
    fn choose(archive: &Archive) -> anyhow::Result<Option<Self>> {
        let mut best: Option<((bool, u64), Record, String)> = None;
        let mut tried: Vec<(String, Option<String>)> = Vec::new();
        let everything = Request { sort: Sort::Oldest, ..Request::default() };
        let mut candidates: Vec<Record> = Vec::new();
        archive.for_each(&everything, &mut |record| {
            candidates.push(record);
            // Enough to choose from, whatever the size of the corpus.
            if candidates.len() < 200 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        for record in candidates {
            let district = record.about().next().map(|place| place.name.clone());
            let evidence = record.topics.first().map(|topic| topic.evidence.as_slice());
            let longest =
                |words: &[String]| words.iter().max_by_key(|word| word.chars().count()).cloned();
            let word = evidence.and_then(longest);
            let Some(word) = word.or_else(|| record.title.clone()) else { continue };
            let pair = (word.clone(), district.clone());
            if tried.contains(&pair) {
                continue;
            }
            tried.push(pair);
            let filters =
                Filters { districts: district.into_iter().collect(), ..Filters::default() };
            // A title is text, not a query: it may hold an unpaired quotation mark.
            let Ok(query) = crate::query::parse(&word) else { continue };
            let count = archive.count(&Request { query, filters, ..Request::default() })?;
            let worth = (word.chars().count() > 2, count);
            if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                best = Some((worth, record, word));
            }
        }
        Ok(best.map(|(_, record, word)| Self {
            word,
            district: record.about().next().map(|place| place.name.clone()),
            id: record.id.to_string(),
        }))
    }
}

/// Says what is done, prints the command, runs it.
fn step(
    what: &str,
    arguments: &[&str],
    folders: &Folders,
    console: &mut Console,
) -> anyhow::Result<()> {
    let mut line = program(folders);
    line.extend(arguments.iter().map(OsString::from));
    let paint = console.paint_messages;
    console.tell(format_args!("\n{}", paint.strong(what)));
    console.tell(format_args!("{}\n", paint.place(format!("$ {}", shown(&line)))));
    let mut low = LowArgs::try_parse_from(&line)?;
    // The environment may name other folders; those that the demo was called with count.
    low.corpus.clone_from(&folders.corpus);
    low.index.clone_from(&folders.index);
    perform(low, console)?;
    std::io::Write::flush(&mut console.out)?;
    Ok(())
}

/// The program with the folders that it would not use by itself.
fn program(folders: &Folders) -> Vec<OsString> {
    let mut line: Vec<OsString> = vec!["dibao".into()];
    let defaults = [("--corpus", "corpus", &folders.corpus), ("--index", "index", &folders.index)];
    for (flag, default, folder) in defaults {
        if folder.as_path() != Path::new(default) {
            line.extend([flag.into(), folder.clone().into_os_string()]);
        }
    }
    line
}

/// A command as it must be typed in a shell.
fn shown(line: &[OsString]) -> String {
    let words: Vec<String> = line.iter().map(|word| quoted(&word.to_string_lossy())).collect();
    words.join(" ")
}

/// A word as it must be typed in a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./,:=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_the_shell_only_where_they_must_be() {
        assert_eq!(quoted("氢能"), "氢能");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
