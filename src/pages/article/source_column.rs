//! The lines of the file that an article was taken from, beside its text.

use maud::{Markup, html};

use crate::model::Record;
use crate::pages::layout::links;
use crate::pages::source::lines::{self, TableParts};
use crate::present;
use crate::present::Lang;
use crate::present::{FileState, SourceError, SourceView};

/// The lines with some around them, or why they cannot be shown.
pub(crate) fn source(
    lang: Lang,
    record: &Record,
    lines: Result<&SourceView, &SourceError>,
    tools: Option<&Markup>,
) -> Markup {
    let parts = TableParts { marked: Some(record.ordinal), heads: false, tools: tools.is_some() };
    html! {
        section #source aria-labelledby="source-head" {
            h2 #source-head { (lang.of("原文件", "Source")) }
            p.small {
                a href=(links::source_of(record)) {
                    (lang.of("在整份文件中查看", "View in the whole file"))
                }
                span.soft lang=(Lang::Zh.tag()) { " " (record.source) ":" (present::lines(&record.lines)) }
                " " a.beside href="#text" { (lang.of("收起并排", "Close comparison")) }
            }
            @match lines {
                Ok(shown) => {
                    (state_note(lang, shown.state))
                    @if let Some(tools) = tools { (tools) }
                    div.scroll role="region" tabindex="0"
                        aria-label=(lang.of("原文件各行", "Lines of the file")) {
                        (lines::table(
                            lang, &shown.lines, &shown.articles, parts,
                        ))
                    }
                    @if shown.next.is_some() {
                        p.small { (lang.of("其余各行请查看整份文件。", "See the whole file for the other lines.")) }
                    }
                }
                Err(error) => (no_source(lang, error)),
            }
        }
    }
}

/// A warning if the file has changed since it was ingested.
pub(crate) fn state_note(lang: Lang, state: FileState) -> Markup {
    match state {
        FileState::Same => html! {},
        FileState::Changed => html! {
            p.note.warn {
                strong { (lang.of("文件已改动：", "Changed: ")) }
                (lang.of(
                    "文件内容在入库后有变化，以下各行可能与入库时不同；重新入库即可更新。",
                    "the file has changed since it was ingested, so these may be other lines. Ingest it again to update.",
                ))
            }
        },
        FileState::Unsure => html! {
            p.note {
                strong { (lang.of("未核对：", "Not verified: ")) }
                (lang.of(
                    "未核对此文件内容与入库时是否一致。",
                    "the file was not compared with what was ingested.",
                ))
            }
        },
    }
}

/// Why there are no lines, without the folders of the server.
pub(crate) fn no_source(lang: Lang, error: &SourceError) -> Markup {
    let why = match error {
        SourceError::Gone(_) => lang.of(
            "文件已不在原处。文章仍在库中，可照常阅读。",
            "The file no longer exists. Its articles are still in the archive.",
        ),
        SourceError::Unreadable(_) | SourceError::Broken(..) => {
            lang.of("文件无法读取。", "The file cannot be read.")
        }
        SourceError::Neither(_) => lang.of(
            "有两份同名文件，内容都与入库时不同。",
            "There are two files of this name, and neither matches what was ingested.",
        ),
        SourceError::Elsewhere(_) => lang.of(
            "文件不在语料文件夹内，且内容与入库时不同。",
            "The file lies outside of the corpus folder and is not what was ingested.",
        ),
        SourceError::Compressed(_) => {
            lang.of("不显示压缩文件的原文。", "The lines of a compressed file are not shown.")
        }
        SourceError::Config(_) | SourceError::Search(_) => {
            lang.of("目前无法读取。", "It cannot be read at the moment.")
        }
    };
    html! { p.note.warn { strong { (lang.of("无法显示原文：", "Source not available: ")) } (why) } }
}
