//! One section per article, for reading: headline, what is known, the text, how it is cited.

use std::io::{self, Write};
use std::mem;

use super::CitationStyle;
use super::record_writer::{Exported, RecordWriter};
use crate::model::{DateNote, Record};

pub(super) struct RecordSections<W> {
    out: W,
    style: CitationStyle,
    /// Whether a section stands above.
    is_begun: bool,
}

impl<W> RecordSections<W> {
    pub(super) fn new(out: W, style: CitationStyle) -> Self {
        Self { out, style, is_begun: false }
    }
}

impl<W: Write> RecordWriter for RecordSections<W> {
    fn write(&mut self, article: Exported<'_>) -> io::Result<()> {
        let first = !mem::replace(&mut self.is_begun, true);
        let cited = self.style.cite(article.record, 1).map_err(io::Error::other)?;
        write(&mut self.out, article, &cited.text, first)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

fn write(out: &mut impl Write, article: Exported<'_>, cited: &str, first: bool) -> io::Result<()> {
    let Exported { record, remark, .. } = article;
    if !first {
        out.write_all(b"\n")?;
    }
    let title = record.title.as_deref().unwrap_or("（无题）");
    if let Some(kicker) = &record.kicker {
        writeln!(out, "{}\n", escaped(kicker))?;
    }
    writeln!(out, "## {}\n", escaped(title))?;
    if let Some(subtitle) = &record.subtitle {
        writeln!(out, "{}\n", escaped(subtitle))?;
    }
    let known = known(record);
    if !known.is_empty() {
        writeln!(out, "*{}*\n", escaped(&known.join(" · ")))?;
    }
    for line in remark.lines().filter(|line| !line.trim().is_empty()) {
        writeln!(out, "**{}**\n", escaped(line.trim()))?;
    }
    write_body(out, &record.body)?;
    if let Some(credit) = &record.credit {
        for line in credit.lines() {
            writeln!(out, "{}\n", escaped(line))?;
        }
    }
    writeln!(out, "> {}", escaped(cited))?;
    let lines: Vec<String> =
        record.lines.iter().map(|range| format!("{}-{}", range.0, range.1)).collect();
    if let Some(url) = &record.url {
        let accessed = record.accessed.map(|day| format!(" ({day})")).unwrap_or_default();
        writeln!(out, ">\n> {}{accessed}", escaped(url))?;
    }
    writeln!(out, ">\n> {} {}:{}", record.id, escaped(&record.source), lines.join(","))
}

/// Date, districts, topics, outlet and 文号, as far as they are known.
fn known(record: &Record) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    known.extend(date(&record.date));
    known.extend(record.about().map(|place| place.name.clone()));
    known.extend(record.topics.iter().map(|topic| topic.label.clone()));
    known.extend(record.outlet.clone());
    known.extend(record.docno.clone());
    known
}

fn date(note: &DateNote) -> Option<String> {
    note.value.map(|day| day.to_string()).or_else(|| note.range())
}

/// Paragraphs are divided by an empty line; the rows of a table stay together.
fn write_body(out: &mut impl Write, body: &str) -> io::Result<()> {
    let mut in_table = false;
    for paragraph in body.lines().filter(|line| !line.trim().is_empty()) {
        let row = paragraph.trim_start().starts_with('|');
        if in_table && !row {
            writeln!(out)?;
        }
        writeln!(out, "{}", escaped(paragraph))?;
        if !row {
            writeln!(out)?;
        }
        in_table = row;
    }
    if in_table { writeln!(out) } else { Ok(()) }
}

/// The text escaped so that Markdown shows it literally: marks in it are escaped, those at the
/// start of a line only there.
fn escaped(text: &str) -> String {
    let text = text.trim_start_matches([' ', '\t']);
    let mut shown = String::with_capacity(text.len() + 8);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        let everywhere = matches!(c, '\\' | '*' | '_' | '`' | '<' | '[' | ']' | '&');
        let at_start = at == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | '~');
        let numbered = digits > 0 && at == digits && matches!(c, '.' | ')');
        if everywhere || at_start || numbered {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::sample;

    fn written(record: &Record) -> String {
        let mut out = Vec::new();
        let mut sections = Box::new(RecordSections::new(&mut out, CitationStyle::default()));
        sections.write(Exported::plain(record)).expect("memory");
        sections.finish().expect("memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn an_article_is_a_section_with_its_citation() {
        insta::assert_snapshot!(written(&sample()), @r"
        ## 老桥换新貌

        *2021-03-04 · 金水区 · 交通*

        老桥今天通车。

        桥长80米。

        > 甲一，乙二. 老桥换新貌\[N\]. 河畔晚报，2021-03-04（A02）.
        >
        > 0123456789ab 晚报/2021.txt:3-9,12-12
        ");
    }

    #[test]
    fn a_web_page_has_its_address() {
        let url = Some("https://news.example/1".to_owned());
        let accessed = Some(jiff::civil::date(2024, 5, 6));
        let text = written(&Record { url, accessed, ..sample() });
        assert!(text.contains(">\n> https://news.example/1 (2024-05-06)\n>\n> 0123"), "{text}");
    }

    #[test]
    fn rows_of_a_table_stay_together() {
        let record = Record {
            body: "见表：\n| 年 | 数 |\n|---|---|\n| 一 | 2 |\n完。".into(),
            ..sample()
        };
        assert!(
            written(&record).contains("见表：\n\n| 年 | 数 |\n|---|---|\n| 一 | 2 |\n\n完。\n"),
            "{}",
            written(&record)
        );
    }

    #[test]
    fn marks_in_the_text_are_shown_and_not_obeyed() {
        assert_eq!(escaped("# 不是标题"), "\\# 不是标题");
        assert_eq!(escaped("1. 第一"), "1\\. 第一");
        assert_eq!(escaped("增长1.5%"), "增长1.5%");
        assert_eq!(escaped("a*b_c<d>"), "a\\*b\\_c\\<d>");
        assert_eq!(escaped("    缩进"), "缩进");
    }
}
