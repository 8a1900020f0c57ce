//! BibTeX and BibLaTeX. Names stand in braces of their own, so that nothing takes them apart.

use std::collections::HashSet;
use std::io::{self, Write};

use super::reference::{CitedDate, CitedTime, ReferenceForm, ReferenceParts};
use crate::export::record_writer::{Exported, RecordWriter};
use crate::model::ArticleId;

/// Which program the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum BibDialect {
    /// BibTeX: `journal`, `year`, `month`.
    Bibtex,
    /// biber: `journaltitle`, `date`, and types of its own.
    Biblatex,
}

/// Writes an entry for each article.
pub(in crate::export) struct BibEntries<W> {
    out: W,
    dialect: BibDialect,
    keys: EntryKeys,
}

impl<W: Write> BibEntries<W> {
    pub(in crate::export) fn new(out: W, dialect: BibDialect) -> Self {
        Self { out, dialect, keys: EntryKeys::default() }
    }
}

impl<W: Write> RecordWriter for BibEntries<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        let key = self.keys.next(&article.record.id);
        write_entry(&mut self.out, self.dialect, &key, article)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// EntryKeys of entries: the id; of several articles with one id, which are the same text in files of one
/// name, the second and further ones have a number behind it.
#[derive(Default)]
pub(super) struct EntryKeys {
    seen: HashSet<[u8; ArticleId::LENGTH]>,
    again: u64,
}

impl EntryKeys {
    pub(super) fn next(&mut self, id: &ArticleId) -> String {
        if self.seen.insert(id.fixed()) {
            return id.0.clone();
        }
        self.again += 1;
        format!("{id}-{}", self.again + 1)
    }
}

fn write_entry(
    out: &mut impl Write,
    dialect: BibDialect,
    key: &str,
    article: Exported<'_>,
) -> io::Result<()> {
    let reference = &ReferenceParts::of(article.record);
    writeln!(out, "@{}{{{key},", entry_type(dialect, reference.form))?;
    let remark = Some(article.remark).filter(|remark| !remark.is_empty());
    let remark = remark.map(|remark| (remark_field(dialect), escaped(remark)));
    for (name, value) in fields(dialect, reference).into_iter().chain(remark) {
        writeln!(out, "  {name} = {{{value}}},")?;
    }
    writeln!(out, "}}\n")
}

/// The name of the field for what is said about a source.
fn remark_field(dialect: BibDialect) -> &'static str {
    match dialect {
        BibDialect::Bibtex => "annote",
        BibDialect::Biblatex => "annotation",
    }
}

fn entry_type(dialect: BibDialect, form: ReferenceForm) -> &'static str {
    match (form, dialect) {
        (ReferenceForm::Newspaper, _) => "article",
        (ReferenceForm::Excerpt, _) => "incollection",
        (ReferenceForm::Report, BibDialect::Bibtex) => "techreport",
        (ReferenceForm::Report, BibDialect::Biblatex) => "report",
        (ReferenceForm::Law, BibDialect::Biblatex) => "legislation",
        (ReferenceForm::WebPage, BibDialect::Biblatex) => "online",
        (ReferenceForm::Document | ReferenceForm::Law | ReferenceForm::WebPage, _) => "misc",
    }
}

/// The name of the field for the paper, the bulletin or the site.
fn host_field(dialect: BibDialect, form: ReferenceForm) -> &'static str {
    match (form, dialect) {
        (ReferenceForm::Newspaper, BibDialect::Bibtex) => "journal",
        (ReferenceForm::Newspaper, BibDialect::Biblatex) => "journaltitle",
        (ReferenceForm::Excerpt, _) => "booktitle",
        (ReferenceForm::Report, _) => "institution",
        (_, BibDialect::Bibtex) => "howpublished",
        (_, BibDialect::Biblatex) => "organization",
    }
}

/// Names of fields and their values, which are escaped.
fn fields(dialect: BibDialect, reference: &ReferenceParts) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    if !reference.authors.is_empty() {
        let names = reference.authors.iter().map(|name| format!("{{{}}}", escaped(name)));
        fields.push(("author", names.collect::<Vec<_>>().join(" and ")));
    }
    let mut set = |name, value: Option<&String>| {
        fields.extend(value.map(|value| (name, escaped(value))));
    };
    set("title", Some(&reference.whole_title("：")));
    set(host_field(dialect, reference.form), reference.host.as_ref());
    let is_news = reference.form == ReferenceForm::Newspaper;
    let issue = reference.issue.as_ref();
    set("number", reference.docno.as_ref().or(issue.filter(|_| is_news)));
    set("volume", issue.filter(|_| !is_news));
    set("pages", reference.page.as_ref());
    fields.extend(date_fields(dialect, reference.date));
    if let Some(url) = &reference.url {
        fields.push(("url", address(url)));
    }
    fields.extend(reference.accessed.map(|day| ("urldate", day.to_string())));
    if dialect == BibDialect::Biblatex && is_news {
        fields.push(("entrysubtype", "newspaper".to_owned()));
    }
    let notes = notes(dialect, reference);
    if !notes.is_empty() {
        fields.push(("note", escaped(&notes.join("；"))));
    }
    fields.push(("langid", "chinese".to_owned()));
    fields
}

fn date_fields(dialect: BibDialect, date: Option<CitedDate>) -> Vec<(&'static str, String)> {
    let Some(CitedDate { time, is_estimated }) = date else { return Vec::new() };
    if dialect == BibDialect::Biblatex {
        // ISO 8601-2: a tilde says that the date is estimated.
        let mark = if is_estimated { "~" } else { "" };
        let date = match time {
            CitedTime::Day(day) => format!("{day}{mark}"),
            CitedTime::Month(year, month) => format!("{year:04}-{month:02}{mark}"),
            CitedTime::Year(year) => format!("{year:04}{mark}"),
            CitedTime::Years(from, to) => format!("{from:04}{mark}/{to:04}{mark}"),
        };
        return vec![("date", date)];
    }
    let (year, month, day) = match time {
        CitedTime::Day(day) => (day.year(), Some(day.month()), Some(day.day())),
        CitedTime::Month(year, month) => (year, Some(month), None),
        CitedTime::Year(year) | CitedTime::Years(year, _) => (year, None, None),
    };
    let mut fields = vec![("year", year.to_string())];
    fields.extend(month.map(|month| ("month", month.to_string())));
    fields.extend(day.map(|day| ("day", day.to_string())));
    fields
}

/// What no field says.
fn notes(dialect: BibDialect, reference: &ReferenceParts) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(reference.unnamed_outlet().map(|outlet| format!("原载：{outlet}")));
    match reference.date {
        Some(CitedDate { is_estimated: true, time }) if dialect == BibDialect::Bibtex => {
            notes.push(match time {
                CitedTime::Years(from, to) => format!("日期为推定：{from}—{to}年"),
                _ => "日期为推定".to_owned(),
            });
        }
        _ => {}
    }
    notes
}

/// The text with what means something to TeX spelt out. BibTeX counts `\{` as a brace that is open, so
/// that braces without a partner are commands, which fewer programs know.
fn escaped(text: &str) -> String {
    let [open, close] = if has_partners(text) {
        ["\\{", "\\}"]
    } else {
        ["\\textbraceleft{}", "\\textbraceright{}"]
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str(open),
            '}' => out.push_str(close),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '#' | '$' | '%' | '&' | '_' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether every brace is closed, and opened before.
fn has_partners(text: &str) -> bool {
    let mut open = 0u32;
    for c in text.chars() {
        match c {
            '{' => open += 1,
            '}' if open == 0 => return false,
            '}' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// An address stands as it is, but for what would end the field.
fn address(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}
