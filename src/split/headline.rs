//! The lines above a text: which are the headline, which stand above it, which belong to the
//! page.

use std::collections::HashMap;
use std::ops::Range;

use super::affinity::Affinity;
use super::contents::Match;
use super::shape;
use super::unit::Unit;
use crate::model::LineRole;

/// What the lines above a text were taken for.
#[derive(Debug, Default)]
pub(super) struct Headline {
    /// The role of each unit, in order.
    pub roles: Vec<LineRole>,
    /// 引题.
    pub kicker: Option<String>,
    /// 主题.
    pub title: Option<String>,
}

/// Tells the parts of a headline apart. `head` are its units, `text` those of the article.
pub(super) fn parts(
    units: &[Unit],
    head: Range<usize>,
    text: Range<usize>,
    affinity: &Affinity,
    matches: &HashMap<usize, Match>,
) -> Headline {
    let start = title_start(units, &head, &text, affinity, matches);
    let mut roles: Vec<LineRole> = Vec::new();
    let mut kicker: Vec<&str> = Vec::new();
    // What stands above the title belongs to it if its words are in the text, else to the page.
    for unit in head.start..start {
        let line = shape::unmarked(&units[unit].text);
        if unit + 1 == start && is_kicker(line, affinity.likeness_to(unit, text.clone())) {
            roles.push(LineRole::Kicker);
            kicker.push(line);
        } else {
            roles.push(LineRole::Banner);
        }
    }
    let mut title: Vec<&str> = Vec::new();
    for unit in units.get(start..head.end).unwrap_or_default() {
        let line = shape::unmarked(&unit.text);
        title.push(line);
        let below = line.starts_with(['—', '–', '―']) && title.len() > 1;
        roles.push(if below { LineRole::Subtitle } else { LineRole::Title });
    }
    let joined = |lines: Vec<&str>| (!lines.is_empty()).then(|| lines.join(" "));
    Headline { roles, kicker: joined(kicker), title: joined(title) }
}

/// The first unit of the title.
fn title_start(
    units: &[Unit],
    head: &Range<usize>,
    text: &Range<usize>,
    affinity: &Affinity,
    matches: &HashMap<usize, Match>,
) -> usize {
    // The table of contents knows.
    if let Some(listed) = head.clone().find(|unit| matches.contains_key(unit)) {
        // A tag in brackets above the title is part of it, in the contents or not.
        let tagged = (head.start..listed)
            .rev()
            .take_while(|&unit| shape::tag_line(shape::unmarked(&units[unit].text)))
            .last();
        let issued = listed.checked_sub(1).filter(|&above| {
            above >= head.start && continues_issuer(&units[above].text, &units[listed].text)
        });
        return tagged.or(issued).unwrap_or(listed);
    }
    // Marked lines are the title; what stands above them without a mark is not.
    let marked: Vec<usize> =
        head.clone().filter(|&unit| shape::heading_mark(&units[unit].text).is_some()).collect();
    if let Some(&last) = marked.last().filter(|_| marked.len() < head.len()) {
        let run = (head.start..=last).rev().take_while(|unit| marked.contains(unit)).last();
        return run.unwrap_or(last);
    }
    let mut start = head.start;
    while start + 1 < head.end {
        let line = shape::unmarked(&units[start].text);
        let next = shape::unmarked(&units[start + 1].text);
        let likeness = affinity.likeness_to(start, text.clone());
        let banner = (start == 0 && likeness < 0.15)
            || (shape::slogan(line) && likeness < 0.75)
            || (head.end - start > 3 && likeness < 0.35)
            || (line.starts_with("聚焦") && likeness < 0.6);
        if banner || shape::place_only(line) || (head.end - start == 2 && states_a_fact(line) && !states_a_fact(next)) || slogan_above(line, next) {
            start += 1;
        } else {
            break;
        }
    }
    start
}

/// 某市人民政府 above 关于…: one title in two lines.
fn continues_issuer(line: &str, next: &str) -> bool {
    next.starts_with("关于") && shape::length(line) <= 30 && !shape::tag_line(line)
}

/// A line of three short slogans above a title of another form.
fn slogan_above(line: &str, next: &str) -> bool {
    shape::slogan(line) && !shape::slogan(next) && !next.starts_with(['—', '–', '―'])
}

/// Whether a line above the title belongs to the article rather than to the page.
fn is_kicker(line: &str, likeness: f32) -> bool {
    shape::place_only(line)
        || states_a_fact(line)
        || likeness >= if shape::slogan(line) { 0.75 } else { 0.45 }
}

/// 引题 say what happened, 主题 what it means: verbs of announcing at the end of a clause, or of
/// meeting and issuing within it, in a line without a figure of speech in quotes.
fn states_a_fact(line: &str) -> bool {
    const SAYING: [&str; 9] =
        ["强调", "指出", "要求", "提出", "表示", "时说", "透露", "获悉", "部署"];
    const DOING: [&str; 14] = [
        "敲定", "召开", "举行", "出台", "发布", "印发", "启动", "公布", "通过", "审议", "闭幕",
        "开幕", "揭晓", "颁布",
    ];
    !line.starts_with(['—', '–', '―', '【'])
        && !line.contains(['“', '「', '『', '！', '？', '，'])
        && shape::parts(line).len() <= 1
        && (SAYING.iter().any(|word| line.ends_with(word))
            || DOING.iter().any(|word| line.contains(word)))
}
