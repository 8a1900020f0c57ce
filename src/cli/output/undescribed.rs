//! What the files of a folder leave open, for people: once for each folder, with the lines of
//! `corpus.toml` that state it.

use std::io::Write;

use super::console::Console;
use super::facts::{counted, number};
use super::wrap::visible;
use crate::ingest::{IngestSummary, OpenFiles, Undescribed};
use crate::present::Lang;

/// Folders that are printed.
const FIRST: usize = 3;

/// Finds 2023-02/10 and the like in a path.
const DATE_PATTERN: &str = r"date_pattern = '(?<y>\d{4})-(?<m>\d\d)[-/](?<d>\d\d)'";

pub(super) fn print(summary: &IngestSummary, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    for (folder, open) in summary.undescribed.iter().take(FIRST) {
        let name = console.paint.doubt(lang.of("提示：", "note: "));
        writeln!(console.out, "{name}{}", visible(&what_is_open(lang, folder, open)))?;
        for line in settings(lang, folder, open) {
            writeln!(console.out, "      {}", visible(&line))?;
        }
    }
    let more = summary.undescribed.len().saturating_sub(FIRST) as u64;
    if more > 0 {
        let more = number(more);
        let more = lang
            .of(format!("      … 另有 {more} 个文件夹"), format!("      … {more} more folders"));
        writeln!(console.out, "{}", console.paint.faint(more))?;
    }
    Ok(())
}

fn what_is_open(lang: Lang, folder: &str, open: &Undescribed) -> String {
    let shown = if folder.is_empty() { "." } else { folder };
    let articles = |articles| {
        let articles = counted(lang, articles, "篇", ("article", "articles"));
        lang.of(articles.replace(' ', ""), articles)
    };
    let mut said = Vec::new();
    if open.without_publication > 0 {
        let articles = articles(open.without_publication);
        said.push(lang.of(
            format!("{articles}文章的报刊名称不详"),
            format!("the publication of {articles} is unknown"),
        ));
    }
    if open.without_issue_date > 0 {
        let articles = articles(open.without_issue_date);
        said.push(lang.of(
            format!("{articles}文章没有日期，刊期也不详"),
            format!("{articles} without a date or a day of issue"),
        ));
    }
    let said = said.join(lang.of("；", "; "));
    lang.of(
        format!("{shown}：{said}。可在 corpus.toml 中写明："),
        format!("{shown}: {said}; state it in corpus.toml:"),
    )
}

/// The lines that state it: for the whole folder if all its files leave it open, otherwise for those
/// that do, as they would replace what the others say.
fn settings(lang: Lang, folder: &str, open: &Undescribed) -> Vec<String> {
    let publication = format!("publication = \"{}\"", lang.of("报刊名称", "NAME"));
    let date = format!("date = \"2023-02-10\"  # {} {DATE_PATTERN}", lang.of("或", "or"));
    let mut lines: Vec<String> = Vec::new();
    let mut last = None;
    for (files, value) in
        [(&open.files_without_publication, publication), (&open.files_without_issue_date, date)]
    {
        if files.count == 0 {
            continue;
        }
        let glob = glob_line(lang, folder, files);
        if last.as_ref() != Some(&glob) {
            lines.extend(["[[files]]".to_owned(), glob.clone()]);
            last = Some(glob);
        }
        lines.push(value);
    }
    lines
}

fn glob_line(lang: Lang, folder: &str, files: &OpenFiles) -> String {
    let names: Vec<String> = files.names.iter().map(|name| escaped(name)).collect();
    let names = match &names[..] {
        _ if files.is_all => "*".to_owned(),
        [name] => name.clone(),
        names => format!("{{{}}}", names.join(",")),
    };
    let folder = if folder.is_empty() { String::new() } else { escaped(folder) + "/" };
    // A string of JSON is one of TOML.
    let glob = serde_json::Value::from(folder + &names);
    let more = files.count - files.names.len() as u64;
    let more = if files.is_all || more == 0 {
        String::new()
    } else {
        let more = number(more);
        lang.of(format!("  # 另有 {more} 个文件"), format!("  # and {more} more files"))
    };
    format!("glob = {glob}{more}")
}

/// A name as a glob that means it alone, also between braces.
fn escaped(name: &str) -> String {
    globset::escape(&name.replace('\\', "\\\\")).replace(',', "[,]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(count: u64, names: &[&str], is_all: bool) -> OpenFiles {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        OpenFiles { count, names, is_all, ..OpenFiles::default() }
    }

    #[test]
    fn a_folder_is_named_if_all_its_files_are_meant_and_else_the_files() {
        let mut open = Undescribed {
            without_publication: 3,
            files_without_publication: files(2, &["a.txt", "b.txt"], true),
            without_issue_date: 3,
            files_without_issue_date: files(2, &["a.txt", "b.txt"], true),
        };
        let lines = settings(Lang::En, "甲[1]", &open);
        assert_eq!(lines[..2], ["[[files]]", "glob = \"甲[[]1[]]/*\""]);
        assert!(lines[2].starts_with("publication") && lines[3].starts_with("date"), "{lines:?}");
        assert_eq!(settings(Lang::En, "", &open)[1], "glob = \"*\"");

        let odd = "b\\xff[1],{2}*.txt";
        let glob = globset::Glob::new(&escaped(odd)).expect("a glob").compile_matcher();
        assert!(glob.is_match(odd) && !glob.is_match("bxff1,2.txt"));

        open.files_without_publication = files(9, &["a.txt", "b,c.txt"], false);
        open.files_without_issue_date = files(1, &["a.txt"], false);
        let lines = settings(Lang::Zh, "甲", &open);
        let globs: Vec<&String> = lines.iter().filter(|line| line.starts_with("glob")).collect();
        let expected = ["glob = \"甲/{a.txt,b[,]c.txt}\"  # 另有 7 个文件", "glob = \"甲/a.txt\""];
        assert_eq!(globs, expected);
        assert_eq!(lines.len(), 6, "{lines:?}");
    }
}
