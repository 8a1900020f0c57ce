//! `dibao curate export`: the files that people have gone through, as gold for `dibao fit`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use crate::cli::ExitStatus;
use crate::cli::args::folders::Folders;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::cli::output::wrap::visible;
use crate::cli::output::{failure, files};
use crate::gold::gold_rows;
use crate::model::{LineRange, Record};
use crate::present::has_its_lines;
use crate::search::Archive;

/// The name of the rows of files that are in no folder.
const NO_FOLDER: &str = "corpus";

pub(super) fn run(
    archive: &Archive,
    folders: &Folders,
    into: &Path,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    // By the first folder of their names: the publication whose habits the splitter learns.
    let mut gold: BTreeMap<String, (u64, Vec<String>)> = BTreeMap::new();
    let mut begun = 0;
    for report in archive.file_reports()?.iter().filter(|report| !report.corrections.is_empty()) {
        let all = LineRange(1, u32::MAX);
        let articles: Vec<Record> = archive.articles_in_lines(&report.source, all)?;
        let decided = articles.iter().filter(|article| has_its_lines(article)).count();
        if decided < articles.len() || articles.is_empty() {
            begun += u64::from(decided > 0);
            continue;
        }
        let Some(rows) = gold_rows(report, &articles) else {
            console.warn(lang.of(
                format!("{}：网页不分行，不能作标注", report.source),
                format!("{}: a web page has no lines of its own to be gold", report.source),
            ));
            continue;
        };
        let folder = report.source.split_once('/').map_or(NO_FOLDER, |(folder, _)| folder);
        let of_folder = gold.entry(folder.to_owned()).or_default();
        of_folder.0 += 1;
        of_folder.1.extend(rows);
    }
    if !gold.is_empty() {
        fs::create_dir_all(into).map_err(|error| failure::at_path(into, error))?;
    }
    for (folder, (count, rows)) in &gold {
        let path = into.join(format!("{folder}.gold.jsonl"));
        files::write(archive, folders, &path, lang, |file, _| {
            Ok(rows.iter().try_for_each(|row| writeln!(file, "{row}"))?)
        })?;
        let count = counted(lang, *count, "个文件", ("file", "files"));
        writeln!(console.out, "{}  {count}", visible(&path.display().to_string()))?;
    }
    if begun > 0 {
        let begun = counted(lang, begun, "个文件", ("file", "files"));
        console.tell(lang.of(
            format!("另有{begun}只校订了一部分；全部无误后用 `dibao correct --checked 文件` 定下"),
            format!("{begun} gone through in part; `dibao correct --checked FILE` settles one"),
        ));
    }
    if gold.is_empty() {
        console.tell(lang.of(
            "没有校订完的文件；用 `dibao correct --checked 文件` 定下各篇的行",
            "no file was gone through; `dibao correct --checked FILE` settles the lines of one",
        ));
    }
    Ok(ExitStatus::of(gold.len() as u64))
}
