//! RIS, for EndNote, NoteExpress, Zotero and others.

use std::io::{self, Write};

use super::reference::{CitedDate, CitedTime, ReferenceForm, ReferenceParts};
use crate::export::record_writer::{Exported, RecordWriter};

/// Writes an entry for each article; lines end with CR LF.
pub(in crate::export) struct RisEntries<W>(pub(in crate::export) W);

impl<W: Write> RecordWriter for RisEntries<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        write_entry(&mut self.0, &ReferenceParts::of(article.record), article.remark)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}

fn write_entry(out: &mut impl Write, reference: &ReferenceParts, remark: &str) -> io::Result<()> {
    let mut line = |tag: &str, value: &str| write!(out, "{tag}  - {value}\r\n");
    line("TY", ris_type(reference.form))?;
    line("ID", &reference.id)?;
    for author in &reference.authors {
        line("AU", author)?;
    }
    line("TI", &reference.whole_title("："))?;
    let parts = [
        ("T2", &reference.host),
        (number_tag(reference.form), &reference.docno),
        ("IS", &reference.issue),
        ("SP", &reference.page),
        ("UR", &reference.url),
    ];
    for (tag, value) in parts {
        if let Some(value) = value {
            line(tag, value)?;
        }
    }
    if let Some(date) = reference.date {
        let [year, day] = printed(date);
        line("PY", &year)?;
        if let Some(day) = Some(day).filter(|day| !day.is_empty()) {
            line("DA", &day)?;
        }
    }
    if let Some(day) = reference.accessed {
        line("Y2", &day.strftime("%Y/%m/%d/").to_string())?;
    }
    for note in notes(reference) {
        line("N1", &note)?;
    }
    // A value is one line.
    let remark = remark.split_whitespace().collect::<Vec<_>>().join(" ");
    if !remark.is_empty() {
        line("N1", &remark)?;
    }
    line("LA", "zh")?;
    line("ER", "")
}

fn ris_type(form: ReferenceForm) -> &'static str {
    match form {
        ReferenceForm::Newspaper => "NEWS",
        ReferenceForm::Excerpt => "CHAP",
        ReferenceForm::Document => "GOVDOC",
        ReferenceForm::Report => "RPRT",
        ReferenceForm::Law => "STAT",
        ReferenceForm::WebPage => "ELEC",
    }
}

/// Where programs look for the number of such a source.
fn number_tag(form: ReferenceForm) -> &'static str {
    if form == ReferenceForm::Report { "SN" } else { "M1" }
}

/// The year, and the date as `YYYY/MM/DD/` with nothing for what is not known; of several years
/// the first.
fn printed(date: CitedDate) -> [String; 2] {
    match date.time {
        CitedTime::Day(day) => [day.year().to_string(), day.strftime("%Y/%m/%d/").to_string()],
        CitedTime::Month(year, month) => [year.to_string(), format!("{year}/{month:02}//")],
        CitedTime::Year(year) | CitedTime::Years(year, _) => [year.to_string(), String::new()],
    }
}

/// What no other tag says.
fn notes(reference: &ReferenceParts) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(reference.unnamed_outlet().map(|outlet| format!("原载：{outlet}")));
    match reference.date {
        Some(CitedDate { time: CitedTime::Years(from, to), .. }) => {
            notes.push(format!("日期为推定：{from}—{to}年"));
        }
        Some(CitedDate { is_estimated: true, .. }) => notes.push("日期为推定".to_owned()),
        _ => {}
    }
    notes
}
