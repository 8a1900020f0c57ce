//! `dibao check --pdf`: on which pages of PDF files another program finds text that is missing here.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::cli::ExitStatus;
use crate::cli::args::OutputFormat;
use crate::cli::output::console::Console;
use crate::cli::output::facts::{counted, number};
use crate::intake::{Config, OpinionFailure, PageOpinion, SecondReader, walk};
use crate::present::{Lang, words};

/// A page whose text lacks something.
#[derive(Debug, Serialize)]
struct OpinionFinding {
    source: String,
    #[serde(flatten)]
    page: PageOpinion,
}

pub(crate) fn run(
    corpus: &Path,
    format: OutputFormat,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let Some(reader) = SecondReader::found() else {
        anyhow::bail!(lang.of(
            "路径中没有 pdftotext 程序；请先安装（Debian、Ubuntu：apt install poppler-utils poppler-data）",
            "`pdftotext` was not found on the path; install it (Debian and Ubuntu: apt install \
             poppler-utils poppler-data)",
        ));
    };
    let config = Config::load(corpus)?;
    let walked = walk(corpus, &[]);
    let (mut files, mut pages, mut findings) = (0, 0, Vec::new());
    for file in walked.files.iter().filter(|file| !config.skips(&file.source)) {
        match reader.opinions(file, &config) {
            Ok(None) => {}
            Ok(Some(opinions)) => {
                files += 1;
                pages += opinions.len() as u64;
                let lacking = opinions.into_iter().filter(PageOpinion::is_lacking);
                let source = &file.source;
                findings
                    .extend(lacking.map(|page| OpinionFinding { source: source.clone(), page }));
            }
            Err(failure) => {
                let said = said(lang, &failure);
                console.tell(format!("{}{}{said}", file.source, lang.of("：", ": ")));
            }
        }
    }
    if format == OutputFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &findings)?;
        writeln!(console.out)?;
    } else {
        for OpinionFinding { source, page } in &findings {
            writeln!(console.out, "{source}{}{}", lang.of("：", ": "), told(lang, page))?;
        }
    }
    console.out.flush()?;
    let (files, all) = (
        counted(lang, files, "个 PDF 文件", ("PDF file", "PDF files")),
        counted(lang, pages, "页", ("page", "pages")),
    );
    let lacking = number(findings.len() as u64);
    let lack = if findings.len() == 1 { "lacks" } else { "lack" };
    console.tell(lang.of(
        format!("比较了{files}共{all}，{lacking} 页缺字"),
        format!("compared {all} of {files}; {lacking} {lack} text"),
    ));
    Ok(ExitStatus::of(findings.len() as u64))
}

fn told(lang: Lang, page: &PageOpinion) -> String {
    let PageOpinion { page, characters, missing, line } = page;
    let (missing, characters) = (number(*missing), number(*characters));
    lang.of(
        format!("第 {page} 页缺 {missing} 字（pdftotext 读出 {characters} 字），如「{line}」"),
        format!(
            "page {page} lacks {missing} of the {characters} characters that pdftotext finds, as in “{line}”"
        ),
    )
}

fn said(lang: Lang, failure: &OpinionFailure) -> String {
    match failure {
        OpinionFailure::TooLong => lang.of(
            "pdftotext 用时过长，已停止；没有比较".to_owned(),
            "pdftotext took too long and was stopped; it was not compared".to_owned(),
        ),
        OpinionFailure::TooMuch => lang.of(
            "pdftotext 读出的内容过多；没有比较".to_owned(),
            "pdftotext finds more than is compared; it was not compared".to_owned(),
        ),
        OpinionFailure::Failed { reason } => {
            let reason = words::failure_reason(lang, reason);
            lang.of(
                format!("pdftotext 无法读取：{reason}；没有比较"),
                format!("pdftotext cannot read it: {reason}; it was not compared"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FailureReason;

    #[test]
    fn failures_are_said_in_the_language_of_the_reader() {
        let full = OpinionFailure::Failed { reason: FailureReason::NoRoom };
        assert_eq!(said(Lang::Zh, &full), "pdftotext 无法读取：磁盘空间不足；没有比较");
        let wanted = "pdftotext cannot read it: no room left on the disk; it was not compared";
        assert_eq!(said(Lang::En, &full), wanted);
    }
}
