//! What a card says of an article, in no format: pieces of plain text, marked or not.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use super::plain_text::plain_text;
use crate::export::origin::article_link;
use crate::export::record_writer::Exported;
use crate::export::{CitationStyle, StyleError};
use crate::model::{Basis, CivilDate, DateNote, DistrictRole, Issue, Place, Record, Span};
use crate::present::words;
use crate::present::{Lang, lines, name, runs, spans};
use crate::search::TextField;

/// Characters on each side of a match that an excerpt shows, within its paragraph.
const CONTEXT: usize = 80;
/// Characters of the beginning that an excerpt shows where nothing in the text matches.
const OPENING: usize = 200;

/// What every card of an export has in common.
#[derive(Debug, Clone, Default)]
pub(crate) struct CardSettings {
    /// The language of the names.
    pub(crate) lang: Lang,
    /// Whether only the passages that match are given, with some context, or the whole text.
    pub(crate) excerpt: bool,
    /// Where the archive is served, for permalinks.
    pub(crate) address: Option<String>,
    /// How articles are cited.
    pub(crate) style: CitationStyle,
}

/// A card.
#[derive(Debug)]
pub(super) struct Card<'a> {
    /// What the article is called in lists: its title, or its first words.
    pub(super) name: String,
    pub(super) kicker: Option<Pieces<'a>>,
    /// The printed title; where there is none, its name.
    pub(super) title: Pieces<'a>,
    pub(super) subtitle: Option<Pieces<'a>>,
    /// The date as it is shown in lists.
    pub(super) date: String,
    /// The day by which the article is put among others, where one is known.
    pub(super) day: Option<CivilDate>,
    /// What is said about it in a collection, paragraph by paragraph.
    pub(super) remark: Vec<Pieces<'a>>,
    pub(super) facts: Vec<CardFact<'a>>,
    pub(super) text: Vec<CardBlock<'a>>,
    /// The lines of the credit.
    pub(super) credit: Vec<Pieces<'a>>,
}

/// A stretch of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether it is what the query asked for.
    pub(super) marked: bool,
}

pub(super) type Pieces<'a> = Vec<Piece<'a>>;

/// Something known of the article.
#[derive(Debug)]
pub(super) struct CardFact<'a> {
    pub(super) name: &'static str,
    pub(super) value: CardValue<'a>,
}

#[derive(Debug)]
pub(super) enum CardValue<'a> {
    Words(Pieces<'a>),
    Link(String),
}

/// A part of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CardBlock<'a> {
    Paragraph(Pieces<'a>),
    /// The cells of a row of a table.
    Row(Vec<Pieces<'a>>),
}

impl<'a> Card<'a> {
    /// # Errors
    /// When the article cannot be cited.
    pub(super) fn of(article: Exported<'a>, settings: &CardSettings) -> Result<Self, StyleError> {
        let Exported { record, marks, remark } = article;
        let part = |field: TextField| {
            field.of(record).map(|text| pieces(text, 0..text.len(), spans(marks, field)))
        };
        let name = plain_text(&name(record)).into_owned();
        let DateNote { value, not_before, not_after, .. } = record.date;
        Ok(Self {
            kicker: part(TextField::Kicker),
            title: part(TextField::Title).unwrap_or_else(|| words(&name)),
            subtitle: part(TextField::Subtitle),
            date: words::date_or_guess(settings.lang, &record.date),
            day: value.or(not_before).or(not_after),
            remark: remark.lines().filter(|line| !line.trim().is_empty()).map(words).collect(),
            facts: facts(article, settings)?,
            text: text(&record.body, spans(marks, TextField::Body), settings.excerpt),
            credit: credit(record, spans(marks, TextField::Credit)),
            name,
        })
    }
}

/// What is known, in the order in which it is read.
fn facts<'a>(
    article: Exported<'a>,
    settings: &CardSettings,
) -> Result<Vec<CardFact<'a>>, StyleError> {
    let Exported { record, marks, .. } = article;
    let lang = settings.lang;
    let listed = |items: Vec<String>| (!items.is_empty()).then(|| items.join(lang.of("、", ", ")));
    let plain = |text: Option<String>| text.as_deref().map(words);
    let printed = |field: TextField| {
        field.of(record).map(|text| pieces(text, 0..text.len(), spans(marks, field)))
    };
    let names = |names: &[String]| listed(names.to_vec());
    let byline = &record.byline;
    let topics = record.topics.iter().map(|topic| topic.label.clone()).collect();
    let known = [
        (lang.of("日期", "Date"), plain(Some(date(lang, &record.date)))),
        (lang.of("地区", "Districts"), plain(listed(districts(lang, &record.districts)))),
        (lang.of("主题", "Topics"), plain(listed(topics))),
        (lang.of("来源", "Outlet"), printed(TextField::Outlet)),
        (lang.of("文号", "Document number"), printed(TextField::Docno)),
        (lang.of("发文机关", "Issuer"), plain(record.issuer.clone())),
        (lang.of("报刊", "Publication"), plain(publication(lang, record))),
        (lang.of("记者", "Reporters"), plain(names(&byline.reporters))),
        (lang.of("通讯员", "Correspondents"), plain(names(&byline.correspondents))),
        (lang.of("摄影", "Photographs"), plain(names(&byline.photographers))),
        (lang.of("源文件", "Source"), plain(Some(source(lang, record)))),
        (lang.of("网址", "Web address"), plain(address(lang, record))),
        (lang.of("引文", "Citation"), plain(Some(settings.style.cite(record, 1)?.text))),
        (lang.of("编号", "Id"), plain(Some(record.id.0.clone()))),
    ];
    let known = known
        .into_iter()
        .filter_map(|(name, value)| Some(CardFact { name, value: CardValue::Words(value?) }));
    let link = settings.address.as_ref().map(|address| CardFact {
        name: lang.of("固定链接", "Permalink"),
        value: CardValue::Link(article_link(address, &record.id)),
    });
    Ok(known.chain(link).collect())
}

/// The date as finely as it is known, the days that it can be where it is no day, and what it was read
/// from.
fn date(lang: Lang, note: &DateNote) -> String {
    let mut said = words::date_or_guess(lang, note);
    let (open, close) = lang.of(("（", "）"), (" (", ")"));
    let days = words::interval(lang, note.not_before, note.not_after);
    if let Some(days) =
        days.filter(|days| note.not_before != note.not_after && !said.contains(days))
    {
        let _ = write!(said, "{open}{days}{close}");
    }
    if note.basis != Basis::Unknown {
        let basis = words::basis(lang, note.basis);
        let text =
            note.text.as_ref().map(|text| lang.of(format!("“{text}”"), format!(" “{text}”")));
        let basis = format!("{}{basis}{}", lang.of("据", "based on: "), text.unwrap_or_default());
        let _ = write!(said, "{open}{basis}{close}");
    }
    said
}

/// The districts from the province down, with what they are to the article where it is not about them.
fn districts(lang: Lang, places: &[Place]) -> Vec<String> {
    let (open, close) = lang.of(("（", "）"), (" (", ")"));
    let said = places.iter().map(|place| {
        let path = if place.path.is_empty() { place.name.clone() } else { place.path.join(" ") };
        match place.role.filter(|&role| role != DistrictRole::About) {
            Some(role) => format!("{path}{open}{}{close}", words::district_role(lang, role)),
            None => path,
        }
    });
    said.collect()
}

/// The paper with its issue and page.
fn publication(lang: Lang, record: &Record) -> Option<String> {
    let Issue { number, date } = &record.issue;
    let dated = match date.value {
        Some(day) => Some(day.to_string()),
        None => words::interval(lang, date.not_before, date.not_after),
    };
    let page =
        record.page.as_ref().map(|page| lang.of(format!("{page} 版"), format!("page {page}")));
    let parts = [record.publication.clone(), number.clone(), dated, page];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn source(lang: Lang, record: &Record) -> String {
    let (file, lines) = (&record.source, lines(&record.lines));
    lang.of(format!("{file}，第 {lines} 行"), format!("{file}, lines {lines}"))
}

/// The address of a web page, with the day on which it was saved.
fn address(lang: Lang, record: &Record) -> Option<String> {
    let url = record.url.clone()?;
    Some(match record.accessed {
        Some(day) => lang.of(format!("{url}（{day} 保存）"), format!("{url} (accessed {day})")),
        None => url,
    })
}

fn credit<'a>(record: &'a Record, marks: &[Span]) -> Vec<Pieces<'a>> {
    let text = record.credit.as_deref().unwrap_or_default();
    line_ranges(text, 0..text.len()).map(|line| pieces(text, line, marks)).collect()
}

/// The text or an excerpt of it.
fn text<'a>(body: &'a str, marks: &[Span], is_excerpt: bool) -> Vec<CardBlock<'a>> {
    if !is_excerpt {
        return line_ranges(body, 0..body.len())
            .filter_map(|line| block(body, line, marks))
            .collect();
    }
    let mut shown = Vec::new();
    for passage in passages(body, marks) {
        let whole = line_around(body, passage.start);
        if passage == whole {
            shown.extend(block(body, passage, marks));
            continue;
        }
        let mut part = Vec::new();
        if passage.start > whole.start {
            part.push(unmarked("…"));
        }
        part.extend(pieces(body, passage.clone(), marks));
        if passage.end < whole.end {
            part.push(unmarked("…"));
        }
        shown.push(CardBlock::Paragraph(part));
    }
    shown
}

/// Characters of a text that a card has of it.
pub(crate) fn text_characters(article: Exported<'_>, is_excerpt: bool) -> u64 {
    let body = article.record.body.as_str();
    let counted = |part: Range<usize>| body.get(part).unwrap_or_default().chars().count() as u64;
    if !is_excerpt {
        return counted(0..body.len());
    }
    passages(body, spans(article.marks, TextField::Body)).into_iter().map(counted).sum()
}

/// The places that match, each with its context in its paragraph; those that touch are one. The
/// beginning of the first paragraphs where nothing matches.
fn passages(body: &str, marks: &[Span]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let matches =
        marks.iter().filter(|span| body.get((*span).clone()).is_some_and(|it| !it.is_empty()));
    for span in matches {
        // A match can run over the end of a line: each line has its part of it.
        for line in line_ranges(body, line_around(body, span.start).start..span.end.max(span.start))
        {
            let line = line_around(body, line.start);
            let (start, end) =
                (span.start.clamp(line.start, line.end), span.end.clamp(line.start, line.end));
            let from = back(body, start, CONTEXT).max(line.start);
            let to = forth(body, end, CONTEXT).min(line.end);
            match found.last_mut().filter(|last| from <= last.end && last.start >= line.start) {
                Some(last) => last.end = last.end.max(to),
                None => found.push(from..to),
            }
        }
    }
    if found.is_empty() {
        let end = forth(body, 0, OPENING);
        found = line_ranges(body, 0..end).collect();
    }
    found
}

/// So many characters back.
fn back(text: &str, at: usize, characters: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.char_indices().rev().take(characters).last().map_or(at, |(start, _)| start)
}

/// So many characters on.
fn forth(text: &str, at: usize, characters: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    after.char_indices().nth(characters).map_or(text.len(), |(end, _)| at + end)
}

/// The line that a byte is in, without blanks at its ends.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end);
    trimmed(text, start..end)
}

/// The lines of a part of a text that are not blank, without blanks at their ends.
fn line_ranges(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = part.start;
    let lines = text.get(part).unwrap_or_default().split('\n');
    lines.filter_map(move |line| {
        let range = trimmed(text, start..start + line.len());
        start += line.len() + 1;
        (!range.is_empty()).then_some(range)
    })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (line.len() - line.trim_start().len());
    start..start + line.trim().len()
}

/// A line as a paragraph or a row of a table; none of a rule between rows.
fn block<'a>(body: &'a str, line: Range<usize>, marks: &[Span]) -> Option<CardBlock<'a>> {
    let shown = body.get(line.clone()).unwrap_or_default();
    let Some(inner) = shown.strip_prefix('|').filter(|inner| inner.len() > 1) else {
        return Some(CardBlock::Paragraph(pieces(body, line, marks)));
    };
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    if inner.contains('-') && inner.chars().all(|c| "-:| ".contains(c)) {
        return None;
    }
    let mut start = line.start + 1;
    let cells = inner.split('|').map(|cell| {
        let range = trimmed(body, start..start + cell.len());
        start += cell.len() + 1;
        pieces(body, range, marks)
    });
    Some(CardBlock::Row(cells.collect()))
}

fn pieces<'a>(text: &'a str, range: Range<usize>, marks: &[Span]) -> Pieces<'a> {
    let runs = runs(text, range, marks).into_iter();
    let pieces = runs.map(|run| Piece {
        text: plain_text(text.get(run.range).unwrap_or_default()),
        marked: run.marked,
    });
    pieces.collect()
}

fn words<'a>(text: &str) -> Pieces<'a> {
    vec![Piece { text: plain_text(text).into_owned().into(), marked: false }]
}

fn unmarked(text: &str) -> Piece<'_> {
    Piece { text: text.into(), marked: false }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spans_of(text: &str, word: &str) -> Vec<Span> {
        text.match_indices(word).map(|(at, found)| at..at + found.len()).collect()
    }

    fn shown(blocks: &[CardBlock]) -> Vec<String> {
        let said = |pieces: &Pieces| -> String {
            let shown = |piece: &Piece| {
                if piece.marked { format!("[{}]", piece.text) } else { piece.text.to_string() }
            };
            pieces.iter().map(shown).collect()
        };
        let line = |block: &CardBlock| match block {
            CardBlock::Paragraph(pieces) => said(pieces),
            CardBlock::Row(cells) => cells.iter().map(said).collect::<Vec<_>>().join(" / "),
        };
        blocks.iter().map(line).collect()
    }

    #[test]
    fn the_whole_text_has_its_paragraphs_and_its_rows() {
        let body = "　　见表。\n\n| 年 | 老桥 |\n|---|:-:|\n| 一 | 2 |\n完。";
        let blocks = text(body, &spans_of(body, "老桥"), false);
        assert_eq!(shown(&blocks), ["见表。", "年 / [老桥]", "一 / 2", "完。"]);
    }

    #[test]
    fn an_excerpt_has_what_matches_with_its_context() {
        let far = "远".repeat(200);
        let body = format!("首段。\n{far}老桥{far}\n老桥近老桥\n{far}");
        let blocks = text(&body, &spans_of(&body, "老桥"), true);
        let near = "远".repeat(CONTEXT);
        assert_eq!(shown(&blocks), [format!("…{near}[老桥]{near}…"), "[老桥]近[老桥]".to_owned()]);
    }

    #[test]
    fn an_excerpt_of_what_nothing_matches_in_is_its_beginning() {
        let body = format!("首段。\n{}", "远".repeat(400));
        let blocks = text(&body, &[], true);
        assert_eq!(shown(&blocks), ["首段。".to_owned(), format!("{}…", "远".repeat(OPENING - 4))]);
        assert!(text("", &[], true).is_empty());
    }

    proptest! {
        /// Every match is in an excerpt, marked, once; and an excerpt has nothing that the text lacks.
        #[test]
        fn an_excerpt_shows_every_match(body in "[甲乙丙 \n]{0,300}") {
            let marks = spans_of(&body, "甲");
            let marked = |blocks: &[CardBlock]| {
                blocks.iter().map(|block| match block {
                    CardBlock::Paragraph(pieces) => {
                        pieces.iter().filter(|piece| piece.marked).count()
                    }
                    CardBlock::Row(_) => 0,
                }).sum::<usize>()
            };
            let excerpt = text(&body, &marks, true);
            prop_assert_eq!(marked(&excerpt), marked(&text(&body, &marks, false)));
            for line in shown(&excerpt) {
                let line = line.replace(['[', ']'], "");
                prop_assert!(body.contains(line.trim_matches('…')), "{}", line);
            }
        }

        #[test]
        fn spans_that_do_not_fit_do_no_harm(body in "[甲\n]{0,9}", start in 0usize..40, length in 0usize..40) {
            let span = start..start + length;
            for is_excerpt in [false, true] {
                text(&body, std::slice::from_ref(&span), is_excerpt);
            }
        }
    }
}
