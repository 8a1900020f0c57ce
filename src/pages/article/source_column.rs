//! The lines of the file that an article was taken from, beside its text.

use maud::{Markup, html};

use crate::model::Record;
use crate::pages::common::links;
use crate::pages::source::lines;
use crate::present;
use crate::present::Lang;
use crate::present::{FileState, SourceError, SourceView};

/// The lines with some around them, or why they cannot be shown.
pub(crate) fn source(
    lang: Lang,
    record: &Record,
    lines: Result<&SourceView, &SourceError>,
) -> Markup {
    html! {
        section #source aria-labelledby="source-head" {
            h2 #source-head { (lang.of("原文件", "Source")) }
            p.small {
                a href=(links::source_of(record)) {
                    (lang.of("在整份文件中查看", "See it in the whole file"))
                }
                span.soft lang=(Lang::Zh.tag()) { " " (record.source) ":" (present::lines(&record.lines)) }
                " " a.beside href="#text" { (lang.of("收起并排", "Close side by side")) }
            }
            @match lines {
                Ok(shown) => {
                    (standing(lang, shown.state))
                    div.scroll role="region" tabindex="0"
                        aria-label=(lang.of("原文件各行", "Lines of the file")) {
                        (lines::table(
                            lang, &shown.lines, &shown.articles, Some(record.ordinal), false,
                        ))
                    }
                    @if shown.next.is_some() {
                        p.small { (lang.of("其余各行见整份文件。", "The rest is in the whole file.")) }
                    }
                }
                Err(error) => (no_source(lang, error)),
            }
        }
    }
}

/// A warning where the file is not what was taken in.
pub(crate) fn standing(lang: Lang, state: FileState) -> Markup {
    match state {
        FileState::Same => html! {},
        FileState::Changed => html! {
            p.note.warn {
                strong { (lang.of("文件已改动：", "Changed: ")) }
                (lang.of(
                    "入库之后文件内容有变，以下各行可能不是当时的那些行；重新入库即可更新。",
                    "the file is not what it was when it was taken in, so these may be other lines; \
                     another ingest takes it in again.",
                ))
            }
        },
        FileState::Unsure => html! {
            p.note {
                strong { (lang.of("未核对：", "Not compared: ")) }
                (lang.of(
                    "未核对此文件内容与入库时是否一致。",
                    "whether the file is what was taken in was not looked at.",
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
            "The file is gone since it was taken in. The articles of it are still in the archive.",
        ),
        SourceError::Unreadable(_) | SourceError::Broken(..) => {
            lang.of("文件无法读取。", "The file cannot be read.")
        }
        SourceError::Neither(_) => lang.of(
            "有两份同名文件，内容都与入库时不同。",
            "There are two files of this name, and neither has the content of then.",
        ),
        SourceError::Packed(_) => {
            lang.of("压缩文件的各行不予显示。", "The lines of a packed file are not shown.")
        }
        SourceError::Config(_) | SourceError::Search(_) => {
            lang.of("目前无法读取。", "It cannot be read at present.")
        }
    };
    html! { p.note.warn { strong { (lang.of("没有原文：", "No lines: ")) } (why) } }
}
