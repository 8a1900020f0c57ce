//! The formats of articles as they are offered to readers: in groups, each with what it is for.

use std::borrow::Cow;

use crate::export::{Format, MAX_DOCX_ARTICLES};
use crate::model::Record;
use crate::present::{Lang, words};

/// What a reader wants of the articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormatGroup {
    /// Rows for a spreadsheet.
    Tables,
    /// Articles to read.
    Cards,
    /// References.
    Citations,
    /// Everything, for programs.
    Data,
}

impl FormatGroup {
    /// In the order in which they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::Tables, Self::Cards, Self::Citations, Self::Data];

    pub(crate) fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Tables => lang.of("表格", "Tables"),
            Self::Cards => lang.of("阅读卡片", "Reading cards"),
            Self::Citations => lang.of("引文", "Citations"),
            Self::Data => lang.of("数据", "Data"),
        }
    }

    /// The formats of this group.
    pub(crate) fn formats(self) -> impl Iterator<Item = Format> {
        Format::ALL.into_iter().filter(move |&format| group(format) == self)
    }
}

fn group(format: Format) -> FormatGroup {
    match format {
        Format::Csv | Format::Xlsx => FormatGroup::Tables,
        Format::Docx | Format::Html | Format::Epub | Format::Markdown => FormatGroup::Cards,
        Format::Cite | Format::Ris | Format::Bibtex | Format::Biblatex | Format::CslJson => {
            FormatGroup::Citations
        }
        Format::Jsonl => FormatGroup::Data,
    }
}

/// What a format is for, in a line.
pub(crate) fn purpose(lang: Lang, format: Format) -> Cow<'static, str> {
    let said = match format {
        Format::Csv => lang.of("电子表格，一篇一行", "spreadsheets, a row an article"),
        Format::Xlsx => lang.of(
            "Excel 工作簿，日期和数字保持类型，附说明表",
            "a workbook with real dates and numbers, and a sheet that says what they are",
        ),
        Format::Docx => {
            let most = words::articles(lang, MAX_DOCX_ARTICLES);
            return Cow::Owned(lang.of(
                format!("Word 文档，有大纲，标出匹配处；至多 {most}"),
                format!("with headings for its outline, matches marked; at most {most}"),
            ));
        }
        Format::Html => lang.of(
            "单个网页，有目录，可打印，标出匹配处",
            "one page with contents, for reading and printing, matches marked",
        ),
        Format::Epub => lang.of(
            "电子书，按月或按报刊分章，标出匹配处",
            "an e-book in chapters by month or paper, matches marked",
        ),
        Format::Markdown => {
            lang.of("纯文本，用于笔记软件", "plain text, for programs that keep notes")
        }
        Format::Cite => lang.of("参考文献表，一篇一行", "a list of references, a line an article"),
        Format::Ris => {
            lang.of("用于 EndNote、NoteExpress、Zotero", "for EndNote, NoteExpress, Zotero")
        }
        Format::Bibtex => lang.of("用于 LaTeX（BibTeX）", "for LaTeX with BibTeX"),
        Format::Biblatex => lang.of("用于 LaTeX（biblatex、biber）", "for LaTeX with biblatex"),
        Format::CslJson => lang.of("用于 Zotero、pandoc", "for Zotero and pandoc"),
        Format::Jsonl => lang.of("完整记录，用于程序", "complete records, for programs"),
    };
    Cow::Borrowed(said)
}

/// What the standard calls a citation style; others by their names.
pub(crate) fn style_name(lang: Lang, name: &str) -> &str {
    match name {
        "gb-7714-2025-numeric" => {
            lang.of("GB/T 7714—2025（顺序编码制）", "GB/T 7714-2025 (numeric)")
        }
        "gb-7714-2015-numeric" => {
            lang.of("GB/T 7714—2015（顺序编码制）", "GB/T 7714-2015 (numeric)")
        }
        "gb-7714-2015-author-date" => {
            lang.of("GB/T 7714—2015（著者-出版年制）", "GB/T 7714-2015 (author-date)")
        }
        "gb-7714-2015-note" => lang.of("GB/T 7714—2015（注释）", "GB/T 7714-2015 (notes)"),
        name => name,
    }
}

/// Said in place of a citation that cannot be made.
pub(crate) fn uncited(lang: Lang, record: &Record) -> String {
    let name = words::name(record);
    lang.of(
        format!("《{name}》：无法按此样式生成引文；请换用其他样式"),
        format!("{name}: cannot be cited in this style; choose another one"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_offered_once() {
        let offered: Vec<Format> =
            FormatGroup::ALL.into_iter().flat_map(FormatGroup::formats).collect();
        assert_eq!(offered.len(), Format::ALL.len());
        assert!(Format::ALL.iter().all(|format| offered.contains(format)));
    }
}
