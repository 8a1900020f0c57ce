//! The lines above a text: which are the headline, which stand above it, which belong to the
//! page.

use std::collections::HashMap;
use std::ops::Range;

use super::align::TitleMatch;
use super::cohesion::Cohesion;
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

/// Tells the parts of a headline apart. `head` are its units without document numbers, `text` those
/// of the article.
pub(super) fn parts(
    units: &[Unit],
    head: &[usize],
    text: Range<usize>,
    cohesion: &Cohesion,
    matches: &HashMap<usize, TitleMatch>,
) -> Headline {
    let start = title_start(units, head, &text, cohesion, matches);
    let mut roles: Vec<LineRole> = Vec::new();
    let mut kicker: Vec<&str> = Vec::new();
    // What stands above the title belongs to it if its words are in the text, else to the page.
    let (above, lines) = head.split_at(start);
    for &unit in above {
        let line = shape::unmarked(&units[unit].text);
        if Some(&unit) == above.last()
            && is_kicker(line, cohesion.similarity_to(unit, text.clone()))
        {
            roles.push(LineRole::Kicker);
            kicker.push(line);
        } else {
            roles.push(LineRole::Banner);
        }
    }
    let mut title: Vec<&str> = Vec::new();
    for &unit in lines {
        let line = shape::unmarked(&units[unit].text);
        title.push(line);
        let below = line.starts_with(['—', '–', '―']) && title.len() > 1;
        roles.push(if below { LineRole::Subtitle } else { LineRole::Title });
    }
    let joined = |lines: Vec<&str>| (!lines.is_empty()).then(|| lines.join(" "));
    Headline { roles, kicker: joined(kicker), title: joined(title) }
}

/// The position in `head` of the first unit of the title.
fn title_start(
    units: &[Unit],
    head: &[usize],
    text: &Range<usize>,
    cohesion: &Cohesion,
    matches: &HashMap<usize, TitleMatch>,
) -> usize {
    let line = |place: usize| shape::unmarked(&units[head[place]].text);
    // The table of contents knows.
    if let Some(listed) = head.iter().position(|unit| matches.contains_key(unit)) {
        // A tag in brackets or an issuer above the title is part of it, in the contents or not.
        let tags = (0..listed).rev().take_while(|&place| shape::tag_line(line(place))).count();
        let issuer = listed > 0 && continues_issuer(line(listed - 1), line(listed));
        return listed - tags.max(usize::from(issuer));
    }
    // Marked lines are the title; what stands above them without a mark is not.
    let marked = |place: usize| shape::heading_mark(&units[head[place]].text).is_some();
    if let Some(last) = (0..head.len()).rev().find(|&place| marked(place)) {
        return last + 1 - (0..=last).rev().take_while(|&place| marked(place)).count();
    }
    let mut start = 0;
    while start + 1 < head.len() {
        let left = head.len() - start;
        let similarity = cohesion.similarity_to(head[start], text.clone());
        let (this, next) = (line(start), line(start + 1));
        let banner = shape::column(this)
            || (shape::tag_line(this) && shape::length(this) <= 6 && similarity < 0.2)
            || (head[start] == 0 && similarity < 0.3 && names_a_page(this))
            || (shape::slogan(this) && similarity < 0.75)
            || (balanced(this) && similarity < 0.12)
            || (left > 3 && similarity < 0.35);
        let kicker = shape::place_only(this)
            || shape::genre(this)
            || (left == 2 && states_a_fact(this) && !states_a_fact(next))
            || slogan_above(this, next);
        if !banner && !kicker {
            break;
        }
        start += 1;
    }
    start
}

/// 某市人民政府 above 关于…: one title in two lines.
fn continues_issuer(line: &str, next: &str) -> bool {
    next.starts_with("关于") && shape::length(line) <= 30 && !shape::tag_line(line)
}

/// A short name, a name in two parts, or three slogans at the top of a page.
fn names_a_page(line: &str) -> bool {
    shape::length(line) <= 5 || line.contains(['·', '|', '｜']) || shape::parts(line).len() >= 3
}

/// Two parts of one length, as slogans have them.
fn balanced(line: &str) -> bool {
    let parts = shape::parts(line);
    parts.len() == 2 && shape::length(parts[0]) == shape::length(parts[1])
}

/// A line of three short slogans above a title of another form.
fn slogan_above(line: &str, next: &str) -> bool {
    shape::slogan(line) && !shape::slogan(next) && !next.starts_with(['—', '–', '―'])
}

/// Whether a line above the title belongs to the article rather than to the page.
fn is_kicker(line: &str, similarity: f32) -> bool {
    shape::place_only(line)
        || shape::genre(line)
        || states_a_fact(line)
        || similarity >= if shape::slogan(line) { 0.75 } else { 0.45 }
}

/// 引题 say what happened, 主题 what it means: verbs of announcing at the end of a clause, or of
/// meeting and issuing within it, in a line without a figure of speech in quotes.
fn states_a_fact(line: &str) -> bool {
    const SAYING: [&str; 9] =
        ["强调", "指出", "要求", "提出", "表示", "时说", "透露", "获悉", "部署"];
    const DOING: &[&str] = &[
        "敲定", "落户", "签约", "开工", "竣工", "投产", "通车", "获批", "亮相", "召开", "举行",
        "出台", "发布", "印发", "启动", "公布", "通过", "审议", "闭幕", "开幕", "揭晓", "颁布",
    ];
    !line.starts_with(['—', '–', '―', '【'])
        && !line.contains(['“', '「', '『', '！', '？', '，'])
        && shape::parts(line).len() <= 1
        && (SAYING.iter().any(|word| line.ends_with(word))
            || DOING.iter().any(|word| line.contains(word)))
}
