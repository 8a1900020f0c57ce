//! File-level statistics for features: whether articles begin with a dateline or an outlet, which
//! Markdown marks headlines carry, how long sections are, whether a table of contents lists the
//! headlines.

use std::collections::{HashMap, HashSet};

use super::context::FeatureContext;
use super::shape;
use super::shape::Opening;
use super::unit::Unit;

/// How the paragraphs of a file end. Old papers end them in 、 or without any mark.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphEnds {
    comma: bool,
    letter: bool,
}

impl ParagraphEnds {
    pub fn of(units: &[Unit]) -> Self {
        const MIN_CHARS: usize = 40;
        const MIN_SHARE: usize = 4;
        let texts: Vec<&str> = units
            .iter()
            .map(|unit| unit.text.as_str())
            .filter(|text| shape::length(text) >= MIN_CHARS)
            .collect();
        let often = |ends: fn(char) -> bool| {
            let found = texts.iter().filter(|text| text.ends_with(ends)).count();
            found >= 3 && found * MIN_SHARE >= texts.len()
        };
        Self {
            comma: often(|c| matches!(c, '、' | '，' | ',')),
            letter: often(char::is_alphanumeric),
        }
    }

    /// Whether a text ends as paragraphs of this file do.
    pub fn ends(self, text: &str) -> bool {
        shape::ends_sentence(text)
            || (shape::length(text) > 34
                && ((self.comma && text.ends_with(['、', '，', ',']))
                    || (self.letter && text.ends_with(char::is_alphanumeric))))
    }

    pub fn breaks_off(self, text: &str) -> bool {
        shape::breaks_off(text) && !self.ends(text)
    }
}

/// The conventions of a file.
pub(super) struct FileStyle {
    pub ends: ParagraphEnds,
    /// From 0 to 1: how regularly articles begin with a dateline or an outlet.
    pub cued: f32,
    /// Levels of marks that headlines of articles carry.
    pub marks: HashSet<usize>,
    /// Whether headlines carry marks at all.
    pub marked: bool,
    /// The share of the titles in the table of contents that were found; 0 without contents.
    pub listed: f32,
    /// Whether articles are items of a list, each with a mark or tag at its head.
    pub items: bool,
    /// Whether articles begin with the outlet in brackets.
    pub outlets: bool,
    /// For each unit whether it is one of many short lines in a row.
    pub lists: Vec<bool>,
    /// Median number of paragraphs after a heading.
    pub section: usize,
    /// Median number of blank lines before a unit.
    pub gap: usize,
    /// For each unit whether a document begins with it, where documents begin in one form; empty elsewhere.
    pub frames: Vec<bool>,
}

impl FileStyle {
    pub fn of(page: &FeatureContext) -> Self {
        let (marks, marked) = title_marks(page.units);
        let mut gaps: Vec<usize> = page.units.iter().skip(1).map(|unit| unit.gap).collect();
        gaps.sort_unstable();
        Self {
            ends: ParagraphEnds::of(page.units),
            cued: cued(page.units),
            marks,
            marked,
            outlets: outlets(page.units),
            lists: in_list(page.units),
            items: items(page.units),
            section: section_length(page.units),
            listed: if page.listed < 5 {
                0.0
            } else {
                page.matches.len() as f32 / page.listed as f32
            },
            gap: gaps.get(gaps.len() / 2).copied().unwrap_or(0),
            frames: frames(page.units),
        }
    }
}

/// For each unit whether it is one of many short lines in a row: a list of names or posts.
fn in_list(units: &[Unit]) -> Vec<bool> {
    const HEADLINES: usize = 6;
    const POSTS: usize = 4;
    let item = |unit: &Unit| {
        shape::length(&unit.text) <= 34
            && !shape::docno_line(&unit.text)
            && !shape::table_row(&unit.text)
            && !shape::tag_line(&unit.text)
            && !shape::ends_sentence(&unit.text)
            && shape::heading_mark(&unit.text).is_none()
    };
    units
        .chunk_by(|one, next| item(one) && item(next))
        .flat_map(|run| {
            let posts = run.iter().filter(|unit| shape::post(&unit.text)).count();
            let list = run.len() > HEADLINES || (run.len() > POSTS && posts * 2 >= run.len());
            std::iter::repeat_n(list, run.len())
        })
        .collect()
}

/// Where documents begin, if they do so in one form: a line with the day beside one with the number,
/// again and again, mostly below the name of the issuer.
fn frames(units: &[Unit]) -> Vec<bool> {
    const MIN_FRAMES: usize = 3;
    let stamped: Vec<usize> = (0..units.len().saturating_sub(1))
        .filter(|&unit| {
            let (one, two) = (&units[unit].text, &units[unit + 1].text);
            (shape::date_line(one) && shape::docno_line(two))
                || (shape::docno_line(one) && shape::date_line(two))
        })
        .collect();
    if stamped.len() < MIN_FRAMES {
        return Vec::new();
    }
    let headed = |&unit: &usize| {
        unit.checked_sub(1).is_some_and(|above| {
            !is_text(&units[above].text) && !shape::numbered(&units[above].text)
        })
    };
    let above = stamped.iter().filter(|unit| headed(unit)).count() * 10 >= stamped.len() * 8;
    let mut found = vec![false; units.len()];
    for unit in stamped {
        found[unit - usize::from(above && headed(&unit))] = true;
    }
    found
}

/// The median number of paragraphs after a heading.
fn section_length(units: &[Unit]) -> usize {
    let mut lengths: Vec<usize> = units
        .split(|unit| !is_text(&unit.text))
        .map(<[Unit]>::len)
        .filter(|&length| length > 0)
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or(0)
}

/// Whether several texts begin with an outlet in brackets.
pub(super) fn outlets(units: &[Unit]) -> bool {
    units.iter().filter(|unit| shape::outlet(&unit.text).is_some()).nth(2).is_some()
}

/// Whether most paragraphs are marked as items.
fn items(units: &[Unit]) -> bool {
    let text = units.iter().filter(|unit| shape::length(&unit.text) > 30);
    let marked = text
        .clone()
        .filter(|unit| matches!(shape::opening(&unit.text), Some((Opening::Bullet, _))));
    let marked = marked.count();
    marked >= 3 && marked * 2 > text.count()
}

/// The share of texts after a short line that begin with a dateline or an outlet, from 0 to 1 and
/// raised a little, since headings inside articles lower it.
fn cued(units: &[Unit]) -> f32 {
    let headline = |text: &str| {
        let bare = shape::unmarked(text);
        (5..=45).contains(&shape::length(bare))
            && !shape::ends_sentence(bare)
            && !shape::numbered(bare)
            && !shape::table_row(bare)
            && !shape::byline_line(bare)
            && !bare.ends_with(['，', '：', ':', '；', '、'])
    };
    let text = |text: &str| shape::length(text) > 40;
    let behind: Vec<bool> = units
        .windows(2)
        .filter(|pair| headline(&pair[0].text) && text(&pair[1].text))
        .map(|pair| opens_article(&pair[1].text))
        .collect();
    let cues = behind.iter().filter(|&&cue| cue).count();
    let share = cues as f32 / behind.len().max(1) as f32;
    if cues >= 2 { (share * 1.2).min(1.0) } else { share * 0.5 }
}

/// The levels of heading marks on headlines of articles: those before datelines; else the highest
/// that is used more than once, or the only one. Also whether most headlines carry marks.
fn title_marks(units: &[Unit]) -> (HashSet<usize>, bool) {
    let mut used: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut unmarked_cues = 0;
    for (place, unit) in units.iter().enumerate() {
        let cue = units.get(place + 1).is_some_and(|next| opens_article(&next.text));
        match shape::heading_mark(&unit.text) {
            Some((level, _)) => {
                let count = used.entry(level).or_default();
                count.0 += 1;
                count.1 += usize::from(cue);
            }
            None => unmarked_cues += usize::from(cue && shape::length(&unit.text) <= 45),
        }
    }
    let cued: HashSet<usize> =
        used.iter().filter(|&(_, &(_, cues))| cues > 0).map(|(&level, _)| level).collect();
    let marked_cues: usize = used.values().map(|&(_, cues)| cues).sum();
    if !cued.is_empty() {
        return (cued, marked_cues > unmarked_cues);
    }
    let several = used.iter().filter(|&(_, &(count, _))| count > 1).map(|(&level, _)| level).min();
    let top = used.keys().min().copied();
    // One mark at the top and many below it: one article with headings.
    let alone = top.filter(|top| used[top].0 == 1 && *top == 1);
    let level = alone.or(several).or(top);
    (level.into_iter().collect(), level.is_some())
}

/// Whether a unit is a paragraph, not a heading.
pub(super) fn is_text(text: &str) -> bool {
    shape::length(text) > 34 || shape::ends_sentence(text)
}

/// Whether a text begins with a dateline or an outlet.
pub(super) fn opens_article(text: &str) -> bool {
    matches!(shape::opening(shape::unmarked(text)), Some((Opening::Dateline | Opening::Outlet, _)))
}
