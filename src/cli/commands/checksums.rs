//! `dibao check --checksums`: whether every file of the index is as it was written.

use std::io::Write;
use std::path::Path;

use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::output::console::Console;
use crate::cli::output::facts::counted;
use crate::present::errors::damage_and_mend;
use crate::search::{DamagedFile, verify_index};

pub(crate) fn run(
    index: &Path,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let check = verify_index(index)?;
    let lang = console.lang;
    if format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &check)?;
        writeln!(console.out)?;
    } else {
        for DamagedFile { path, damage, mend } in &check.damaged {
            let said = damage_and_mend(lang, *damage, *mend);
            writeln!(console.out, "{}{}{said}", path.display(), lang.of("：", ": "))?;
        }
        let damaged = check.damaged.len() as u64;
        let files = counted(lang, check.files - damaged, "个文件", ("file", "files"));
        let damaged = counted(lang, damaged, "个文件", ("file", "files"));
        let size = format!("{:.1} MB", check.bytes as f64 / 1e6);
        let verdict = if check.damaged.is_empty() {
            lang.of(
                format!("{files}，{size}，均与校验和一致"),
                format!("{files}, {size}: all as they were written"),
            )
        } else {
            lang.of(
                format!("{files}，{size} 与校验和一致，{damaged}损坏或缺失"),
                format!("{files}, {size} as they were written; {damaged} damaged or missing"),
            )
        };
        writeln!(console.out, "{verdict}")?;
    }
    Ok(if check.damaged.is_empty() { ExitStatus::Found } else { ExitStatus::Failed })
}
