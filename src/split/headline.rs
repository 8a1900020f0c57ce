//! Splits the lines above a text into banner, kicker, title and subtitle.

use std::collections::HashMap;
use std::ops::Range;

use super::align::TitleMatch;
use super::cohesion::Cohesion;
use super::place::FilePlaces;
use super::shape;
use super::unit::Unit;
use crate::model::LineRole;

/// The roles of the lines above a text. `head` are their units without document numbers, `text` those
/// of the article.
pub(super) fn roles(
    units: &[Unit],
    head: &[usize],
    text: Range<usize>,
    cohesion: &Cohesion,
    matches: &HashMap<usize, TitleMatch>,
    places: &FilePlaces,
) -> Vec<LineRole> {
    if let Some(roles) = roles_by_size(units, head, matches, places) {
        return roles;
    }
    let start = title_start(units, head, &text, cohesion, matches);
    let line = |unit: &usize| shape::unmarked(&units[*unit].text);
    // A line above the title is a kicker if it shares words with the text, else a banner.
    let (above, lines) = head.split_at(start);
    let above_roles = above.iter().map(|unit| {
        let is_kicker = Some(unit) == above.last()
            && is_kicker(line(unit), cohesion.similarity_to(*unit, text.clone()));
        if is_kicker { LineRole::Kicker } else { LineRole::Banner }
    });
    let title_roles = lines.iter().enumerate().map(|(place, unit)| {
        let below = line(unit).starts_with(['—', '–', '―']) && place > 0;
        if below { LineRole::Subtitle } else { LineRole::Title }
    });
    above_roles.chain(title_roles).collect()
}

/// The roles of lines of a headline that are set in sizes of type: the title is in the largest, above it is
/// the kicker and below it the subtitle. `None` where one size says nothing.
fn roles_by_size(
    units: &[Unit],
    head: &[usize],
    matches: &HashMap<usize, TitleMatch>,
    places: &FilePlaces,
) -> Option<Vec<LineRole>> {
    if head.iter().any(|unit| matches.contains_key(unit)) {
        return None;
    }
    let sizes: Option<Vec<f32>> =
        head.iter().map(|&unit| Some(places.line(units[unit].line())?.size)).collect();
    let sizes = sizes?;
    let largest = sizes.iter().copied().fold(0.0, f32::max);
    let is_title = |size: &f32| size * MIN_KICKER > largest;
    let (first, last) = (sizes.iter().position(is_title)?, sizes.iter().rposition(is_title)?);
    let role = |place: usize| match place {
        place if place < first => LineRole::Kicker,
        place if place > last => LineRole::Subtitle,
        _ => LineRole::Title,
    };
    (first > 0 || last + 1 < head.len()).then(|| (0..head.len()).map(role).collect())
}

/// How much larger the type of a title is than that of kicker and subtitle.
const MIN_KICKER: f32 = 1.12;

/// The position in `head` of the first unit of the title.
fn title_start(
    units: &[Unit],
    head: &[usize],
    text: &Range<usize>,
    cohesion: &Cohesion,
    matches: &HashMap<usize, TitleMatch>,
) -> usize {
    let line = |place: usize| shape::unmarked(&units[head[place]].text);
    // A title that the table of contents lists is certain.
    if let Some(listed) = head.iter().position(|unit| matches.contains_key(unit)) {
        // A tag or an issuer above the title is part of it, whether the contents list it or not.
        let tags = (0..listed).rev().take_while(|&place| shape::tag_line(line(place))).count();
        let issuer = listed > 0 && continues_issuer(line(listed - 1), line(listed));
        return listed - tags.max(usize::from(issuer));
    }
    // Lines with heading marks are the title; those above them without a mark are not.
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

/// Whether a line above the title is a kicker of the article, not a banner of the page.
fn is_kicker(line: &str, similarity: f32) -> bool {
    shape::place_only(line)
        || shape::genre(line)
        || states_a_fact(line)
        || similarity >= if shape::slogan(line) { 0.75 } else { 0.45 }
}

/// 引题 state what happened, 主题 what it means: such a line ends with a reporting verb or contains
/// a verb of meeting or issuing, and has no quotation marks.
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
