//! `dibao check --literals`: checks on the archive at hand that every string is found, and nothing
//! else.

use std::io::Write;

use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{counted, number};
use crate::search::Archive;

pub(crate) fn run(
    archive: &Archive,
    strings: usize,
    seed: u64,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let proof = archive.check_literals(strings, seed)?;
    if format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &proof)?;
        writeln!(console.out)?;
    } else {
        let lang = console.lang;
        let out = &mut console.out;
        let (strings, articles) = (
            counted(lang, proof.strings, "个字串", ("string", "strings")),
            counted(lang, proof.articles, "篇文章", ("article", "articles")),
        );
        let (expected, found) = (number(proof.expected), number(proof.found));
        let (wrong, marked) = (number(proof.wrong), number(proof.badly_marked));
        let (recall, precision) = (proof.recall(), proof.precision());
        let report = lang.of(
            format!(
                "{strings}，各 1 至 12 字，按人输入的方式检索，与通读 {articles}的结果比较\n\
                 应找到  {expected} 次\n\
                 找到    {found} 次，召回率 {recall:.6}\n\
                 多找    {wrong} 次，准确率 {precision:.6}\n\
                 标记或计数有误  {marked} 次"
            ),
            format!(
                "{strings} of 1 to 12 characters, typed as people do, compared with a scan of {articles}\n\
                 expected   {expected} pairs of string and article\n\
                 found      {found}: recall {recall:.6}\n\
                 wrong      {wrong}: precision {precision:.6}\n\
                 badly marked or counted  {marked}"
            ),
        );
        writeln!(out, "{report}")?;
        for string in &proof.failed {
            writeln!(out, "  {string:?}")?;
        }
    }
    Ok(if proof.holds() { ExitStatus::of(proof.strings) } else { ExitStatus::Failed })
}
