//! The lines under a document: who signed it, on which day.

use super::expression::DateExpression;
use super::resolve::ReferenceTime;
use super::scan::scan;
use crate::annotate::office_names::is_office;
use crate::model::{Article, CivilDate};

/// The longest name of an issuer that may share a line with the date, in bytes.
const MAX_ISSUER_BYTES: usize = 120;

/// What a web site adds right after a signature.
const CLOSERS: &[&str] = &[
    "【",
    "来源",
    "來源",
    "稿源",
    "责编",
    "责任",
    "责任编辑",
    "原标题",
    "特此",
    "编辑",
    "附件",
    "附：",
];

/// Characters without a width, which web pages leave behind words.
const INVISIBLE: [char; 4] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{feff}'];

/// The signature date of a document, with the words that state it: a paragraph that consists of a
/// day, or of an issuer's name and a day. A notice with an attached plan is signed before the plan
/// begins, so the first such paragraph counts.
#[must_use]
pub fn signature_day(article: &Article) -> Option<(CivilDate, &str)> {
    let credit = article.credit.as_deref().unwrap_or_default();
    let paragraphs = || article.body.split('\n').chain(credit.split('\n'));
    paragraphs()
        .find_map(signed_line)
        .or_else(|| paragraphs().find_map(at_end_of_paragraph))
        .or_else(|| paragraphs().take(4).find_map(passed_in_brackets))
}

/// The day under the heading of a document, with the words that state it: a part of the headline that
/// is nothing but a day, or a day and a remark in brackets: 中華民國98年6月8日（補登）.
#[must_use]
pub fn heading_day(article: &Article) -> Option<(CivilDate, &str)> {
    let mut lines = [&article.title, &article.subtitle, &article.kicker].into_iter().flatten();
    lines.find_map(|line| {
        scan(line).into_iter().filter(|day| day.is_full_day() && day.from.is_none()).find_map(
            |day| {
                let before = line.get(..day.span.start)?;
                let after = line.get(day.span.end..)?;
                let begins = before.is_empty() || before.ends_with([' ', '\u{3000}', '（', '(']);
                let ends =
                    after.is_empty() || after.starts_with([' ', '\u{3000}', '（', '(', '）', ')']);
                (begins && ends).then(|| stated(line, &day))?
            },
        )
    })
}

/// The day under a text that is no document, a letter or an announcement: its last line is a day, or the
/// name of an office and a day; or these stand between two sentences near the end, before what a web
/// site adds.
#[must_use]
pub fn closing_day(article: &Article) -> Option<(CivilDate, &str)> {
    let credit = article.credit.as_deref().unwrap_or_default();
    let mut lines = credit.lines().rev().chain(article.body.lines().rev());
    let last = lines.find(|line| !line.trim().is_empty())?;
    signed_line(last).or_else(|| signed_between_sentences(&article.body))
}

/// A day near the end of a text, before the end of a line, a wide blank or what a web site adds, that
/// stands behind a wide blank or the name of an office that opens a sentence or follows a number; the
/// last such in the last few hundred characters.
fn signed_between_sentences(body: &str) -> Option<(CivilDate, &str)> {
    const REACH: usize = 2400;
    let mut start = body.len().saturating_sub(REACH);
    while !body.is_char_boundary(start) {
        start += 1;
    }
    let end = body.get(start..)?;
    scan(end).into_iter().rev().filter(|day| day.is_full_day() && day.from.is_none()).find_map(
        |day| {
            let before = end.get(..day.span.start)?;
            let after = end.get(day.span.end..)?.trim_start_matches(INVISIBLE);
            let on_its_own = before.chars().rev().take_while(|c| c.is_whitespace()).count() >= 2;
            let signed = closes(after) && (on_its_own || last_name(before).is_some_and(is_office));
            signed.then(|| stated(end, &day))?
        },
    )
}

/// Whether a signature can end before a text: at the end of a line, also behind a remark in brackets, at a
/// wide blank, or before what a web site adds.
fn closes(after: &str) -> bool {
    let line = after.split('\n').next().unwrap_or_default();
    let rest = line.trim_start();
    let wide = line.chars().take_while(|c| c.is_whitespace()).count() >= 2;
    let remark = rest.starts_with(['（', '(']) && rest.trim_end().ends_with(['）', ')']);
    let is_one_remark = remark && rest.matches(['（', '(']).count() == 1;
    // （原标题：…）来源： is of the web site, in brackets or not.
    let added = rest.trim_start_matches(['（', '(']);
    wide || rest.is_empty() || is_one_remark || CLOSERS.iter().any(|word| added.starts_with(word))
}

/// The name that a text ends with, if it opens a line or a sentence, or follows a number (that of a
/// telephone) or a wide blank. A name behind a comma is part of a sentence.
fn last_name(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let is_name = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || "（）() ".contains(c);
    let name = text.get(text.trim_end_matches(is_name).len()..)?;
    let before = text.strip_suffix(name)?;
    let name = name.trim_start_matches(['）', ')']);
    let in_line = name.rsplit("  ").next()?;
    let opens = in_line.len() < name.len()
        || before.is_empty()
        || before.ends_with(['。', '！', '!', '？', '”', '\n', '\u{3000}', '\u{a0}'])
        || before.ends_with(|c: char| c.is_ascii_digit());
    (opens && in_line.len() <= MAX_ISSUER_BYTES).then(|| in_line.trim())
}

/// The paragraph right before the signature date, which may name the issuer.
#[must_use]
pub fn line_beside_signature(article: &Article) -> Option<&str> {
    let credit = article.credit.as_deref().unwrap_or_default();
    let lines: Vec<&str> = article
        .body
        .split('\n')
        .chain(credit.split('\n'))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let place = lines.iter().position(|line| signed_line(line).is_some())?;
    let line = *lines.get(place)?;
    let day = full_day(line)?;
    let name = line.get(..day.span.start)?.trim();
    if name.is_empty() { lines.get(place.checked_sub(1)?).copied() } else { Some(name) }
}

/// The only date expression of a short line, if it is a day with its year.
fn full_day(line: &str) -> Option<DateExpression> {
    if line.len() > MAX_ISSUER_BYTES + 60 {
        return None;
    }
    let mut words = scan(line);
    let day = words.pop()?;
    (words.is_empty() && day.is_full_day() && day.from.is_none()).then_some(day)
}

/// The day and the words that state it.
fn stated<'a>(line: &'a str, day: &DateExpression) -> Option<(CivilDate, &'a str)> {
    let resolved = ReferenceTime::default().resolve(day, None)?;
    Some((resolved.last, line.get(day.span.clone())?))
}

fn signed_line(line: &str) -> Option<(CivilDate, &str)> {
    let day = full_day(line)?;
    let before = line.get(..day.span.start)?.trim();
    let after = line.get(day.span.end..)?.trim();
    let bare =
        before.chars().all(|c| "（(".contains(c)) && after.chars().all(|c| "）)".contains(c));
    let signed = before.len() <= MAX_ISSUER_BYTES
        && after.is_empty()
        && !before.contains(['，', ',', '。', '；', '：', ':', '“', '《', '（', '(', '、'])
        && is_office(before);
    if bare || signed { stated(line, &day) } else { None }
}

/// A day after the last full stop of a paragraph, where the scan joined the signature to the text.
fn at_end_of_paragraph(paragraph: &str) -> Option<(CivilDate, &str)> {
    let stop = paragraph.rfind(['。', '！', '!'])?;
    let tail = paragraph.get(stop..)?.trim_start_matches(['。', '！', '!', '”']);
    if tail.trim().is_empty() { None } else { signed_line(tail) }
}

/// （2023年3月5日市政府第3次常务会议通过） under a title.
fn passed_in_brackets(paragraph: &str) -> Option<(CivilDate, &str)> {
    let line = paragraph.trim();
    let inside = line.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let day = scan(inside).into_iter().find(DateExpression::is_full_day)?;
    let says_so = ["通过", "通過", "发布", "印发", "公布", "批准", "修订"];
    if says_so.iter().any(|word| inside.contains(word)) { stated(inside, &day) } else { None }
}
