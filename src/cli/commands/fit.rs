//! `dibao fit`: the splitter's table fitted further on pages of one's own, and what that gains.

use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::bail;

use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::args::hiargs::FitOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{counted, number};
use crate::cli::output::wrap::{columns, pad};
use crate::cli::output::{failure, files};
use crate::gold;
use crate::gold::{Counts, FitSettings, FittedTable, GoldSource, fit_own, stating};
use crate::ingest::{CorpusSplitter, SplitterError, WeightsProblem};
use crate::intake::{Config, SPLITTER};
use crate::present::Lang;

pub(crate) fn run(
    folders: &Folders,
    options: &FitOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    check_target(&options.out, folders, lang)?;
    let config = Config::load(&folders.corpus)?;
    // Not the table of the corpus, which may have been fitted on the same pages.
    let from = match &options.splitter {
        Some(path) => CorpusSplitter::load(path).map_err(failure::of_splitter)?,
        None => CorpusSplitter::default(),
    };
    let mut sources = Vec::new();
    for path in &options.gold {
        let pages = gold::read(path, &folders.corpus, &config).map_err(failure::of_gold)?;
        sources.push(GoldSource { name: name_of(path), pages });
    }
    let fitted = fit_own(&sources, from.splitter(), &FitSettings::of_own_pages());
    print(&fitted, console)?;
    let (verdict, status) = verdict(&fitted, lang);
    if status == ExitStatus::Found {
        let table = stating(&fitted.table, &described(&sources));
        files::to_file(&options.out, |file, _| Ok(file.write_all(table.as_bytes())?))?;
        let (out, rows) = (options.out.display(), number(table.lines().count() as u64));
        console.tell(lang.of(
            format!("已将权重表写入 {out}，共 {rows} 行"),
            format!("table written to {out}, {rows} lines"),
        ));
    }
    console.tell(verdict);
    Ok(status)
}

/// The sources with the number of their pages, for the head of the table.
fn described(sources: &[GoldSource]) -> String {
    let source = |source: &GoldSource| format!("{} {}", source.name, source.pages.len());
    format!("pages of {}", sources.iter().map(source).collect::<Vec<_>>().join(", "))
}

/// The name of a folder, or of a file without its extensions.
fn name_of(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name =
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let stem = name.trim_end_matches(".jsonl").trim_end_matches(".gold");
    if stem.is_empty() { name } else { stem.to_owned() }
}

/// One row for each source: pages, articles, and exact F1 before and after.
fn print(fitted: &FittedTable, console: &mut Console) -> anyhow::Result<()> {
    let lang = console.lang;
    let header = [
        lang.of("标注", "gold"),
        lang.of("页", "pages"),
        lang.of("文章", "articles"),
        lang.of("现在", "now"),
        lang.of("训练后", "fitted"),
    ];
    let mut rows = vec![header.map(str::to_owned)];
    let f1 = |counts: Counts| format!("{:.4}", counts.f1());
    for measured in &fitted.measured {
        rows.push([
            measured.name.clone(),
            number(measured.pages as u64),
            number(measured.before.gold as u64),
            f1(measured.before),
            measured.after.map_or_else(|| "–".to_owned(), f1),
        ]);
    }
    let widths: [usize; 5] = std::array::from_fn(|column| {
        rows.iter().map(|row| columns(&row[column])).max().unwrap_or(0)
    });
    for row in &rows {
        let mut line = pad(&row[0], widths[0]);
        for (cell, width) in row.iter().zip(widths).skip(1) {
            let blanks = " ".repeat(width.saturating_sub(columns(cell)) + 2);
            line = format!("{line}{blanks}{cell}");
        }
        writeln!(console.out, "{line}")?;
    }
    Ok(())
}

/// Whether fitting helped, in words.
fn verdict(fitted: &FittedTable, lang: Lang) -> (String, ExitStatus) {
    let Some((before, after)) = fitted.total() else {
        let said = lang.of(
            "只有一页，无法衡量训练的作用；多改正几页，或用 `dibao split --splitter` 在其他版面上试试",
            "one page alone cannot be measured; correct more of them, or try the table on other pages with `dibao split --splitter`",
        );
        return (said.to_owned(), ExitStatus::Found);
    };
    let articles = counted(lang, before.gold as u64, "篇", ("article", "articles"));
    let (now, then) = (number(before.exact as u64), number(after.exact as u64));
    let measured = lang.of(
        format!("{articles}文章中，现在准确切出 {now} 篇；用另一半版面训练后切出 {then} 篇"),
        format!(
            "of {articles}, {now} are exact now, {then} when fitted on the other half of the pages"
        ),
    );
    if after.f1() > before.f1() {
        let helps = lang.of("训练有帮助", "fitting helps");
        return (format!("{measured}{}{helps}", lang.of("：", ": ")), ExitStatus::Found);
    }
    let advice = lang.of(
        "训练没有帮助，未写入权重表；请多改正几页",
        "fitting does not help, so no table was written; correct more pages",
    );
    (format!("{measured}{}{advice}", lang.of("：", ": ")), ExitStatus::Nothing)
}

/// Refuses a place where something else would be lost: texts and other files of the corpus, and any
/// file that is no table.
fn check_target(path: &Path, folders: &Folders, lang: Lang) -> anyhow::Result<()> {
    let shown = path.display();
    let real = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (target, corpus) = (real(path), real(&folders.corpus));
    if let Ok(below) = target.strip_prefix(&corpus) {
        // Of the corpus, or of one of its publications.
        let is_table = below.ends_with(SPLITTER) && below.components().count() <= 2;
        if !is_table {
            bail!(lang.of(
                format!("{shown}：权重表在语料文件夹中只能是顶层或第一级文件夹中的 {SPLITTER}；请写到那里，或指定别处的文件"),
                format!("{shown}: in the corpus folder a table is {SPLITTER}, at its top or in one of its first folders; name that or a file elsewhere"),
            ));
        }
    }
    match CorpusSplitter::load(path) {
        Err(SplitterError::Unreadable { error, .. }) if error.kind() == ErrorKind::NotFound => {
            Ok(())
        }
        Err(SplitterError::Unreadable { error, .. }) => Err(failure::at_path(path, error)),
        Err(SplitterError::Invalid { error, .. })
            if matches!(error.problem, WeightsProblem::NoTable { .. }) =>
        {
            bail!(lang.of(
                format!("{shown}：已有文件，且不是权重表，不能覆盖；请指定别处的文件"),
                format!(
                    "{shown}: refusing to overwrite a file that is no table; name a file elsewhere"
                ),
            ))
        }
        Err(SplitterError::Invalid { .. }) | Ok(_) => Ok(()),
    }
}
