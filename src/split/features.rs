//! The properties of each unit: its shape, its neighbours, and the habits of the file it is in.
//!
//! Files differ in their habits, so the habits are measured first: whether articles begin with a
//! dateline or an outlet, which mark of Markdown headlines carry, whether there is a table of
//! contents that knows the headlines.

use std::collections::{HashMap, HashSet};

use super::affinity::Affinity;
use super::contents::Match;
use super::labels::{Feature, WEIGHTS};
use super::shape::{self, Opening};
use super::unit::Unit;

/// The properties of one unit with their values; 1 where a property is there or not.
pub(super) type Features = Vec<(Feature, f32)>;

/// What is known of a file before its units are labelled.
pub(super) struct Page<'a> {
    pub units: &'a [Unit],
    pub affinity: &'a Affinity,
    /// Headlines known from the table of contents, by first unit.
    pub matches: &'a HashMap<usize, Match>,
    /// Section names of the table of contents.
    pub sections: &'a [String],
    /// Titles that the table of contents lists.
    pub listed: usize,
}

/// The habits of a file.
struct Habits {
    /// From 0 to 1: how regularly articles begin with a dateline or an outlet.
    cued: f32,
    /// Levels of marks that headlines of articles carry.
    marks: HashSet<usize>,
    /// Whether headlines carry marks at all.
    marked: bool,
    /// The share of the titles in the table of contents that are found; 0 without contents.
    listed: f32,
    /// Whether articles are items of a list, each with a mark or tag at its head.
    items: bool,
    /// For each unit whether it is one of many short lines in a row.
    lists: Vec<bool>,
    /// Paragraphs that usually stand behind a heading.
    section: usize,
    /// Blank lines that usually stand before a unit.
    gap: usize,
}

/// The properties of all units.
pub(super) fn features(page: &Page) -> Vec<Features> {
    let habits = Habits::of(page);
    let mut times: HashMap<&str, usize> = HashMap::new();
    for unit in page.units {
        *times.entry(unit.text.as_str()).or_default() += 1;
    }
    (0..page.units.len())
        .map(|unit| {
            let mut found = Found(Vec::new());
            found.yes("bias");
            own(&mut found, &page.units[unit].text, &habits);
            around(&mut found, page, unit, &habits);
            found.when(times[page.units[unit].text.as_str()] > 1, "repeated");
            found.0
        })
        .collect()
}

/// Adds what a first decision found of the file: `headline` says how likely each unit was taken for
/// the beginning of an article. Headings of one file are mostly of one sort.
pub(super) fn add_habit(page: &Page, features: &mut [Features], headline: &[f32]) {
    let alike: Vec<usize> = (0..page.units.len())
        .filter(|&unit| {
            let next = page.units.get(unit + 1).map_or("", |next| next.text.as_str());
            unfinished(page.units, unit)
                && !page.matches.contains_key(&unit)
                && shape::length(next) > 36
                && !is_cue(next)
        })
        .collect();
    const ENOUGH: f32 = 4.0;
    let share = alike.iter().map(|&unit| headline[unit]).sum::<f32>() / alike.len().max(1) as f32;
    let weight = (alike.len() as f32 / ENOUGH).min(1.0);
    for unit in alike {
        let mut found = Found(std::mem::take(&mut features[unit]));
        found.add("habit", (share * 2.0 - 1.0) * weight);
        features[unit] = found.0;
    }
}

/// Collects the features of one unit.
struct Found(Features);

impl Found {
    fn add(&mut self, name: &str, value: f32) {
        debug_assert!(WEIGHTS.feature(name).is_some(), "no row {name} in the table of weights");
        self.0.extend(WEIGHTS.feature(name).map(|feature| (feature, value)));
    }

    fn yes(&mut self, name: &str) {
        self.add(name, 1.0);
    }

    fn when(&mut self, holds: bool, name: &str) {
        if holds {
            self.yes(name);
        }
    }
}

/// What the text of a unit says by itself.
fn own(found: &mut Found, text: &str, habits: &Habits) {
    let bare = shape::unmarked(text);
    let length = shape::length(bare);
    found.yes(match length {
        // 社论, 更正: short, and yet they head something.
        0..=3 if !shape::genre(bare) && !shape::notice_title(bare) => "tiny",
        0..=12 => "short",
        13..=34 => "middle",
        35..=60 => "long",
        _ => "paragraph",
    });
    match bare.chars().last() {
        Some('！' | '!' | '？' | '?') => found.yes("exclaimed"),
        _ if shape::ends_sentence(bare) && !bare.ends_with(['”', '》', '）', ')']) => {
            found.yes("full_stop")
        }
        _ if shape::ends_sentence(bare) && length > 30 => found.yes("full_stop"),
        Some('，' | ',' | '；' | ';' | '、') => found.yes("comma_end"),
        Some('：' | ':') => found.yes("colon_end"),
        _ => {}
    }
    found.when(shape::holds_sentence(bare), "inner_stop");
    found.when(
        bare.chars().filter(|c| matches!(c, '，' | ',' | '、' | '；')).count() >= 2,
        "clauses",
    );
    let parts = shape::parts(bare);
    found.when(parts.len() >= 2 && length <= 45 && !shape::names_line(bare), "spaced");
    found.when(shape::slogan(bare), "slogan");
    match shape::heading_mark(text) {
        Some((level, _)) if habits.marks.contains(&level) => found.yes("mark_title"),
        Some(_) => found.yes("mark_below"),
        None => found.when(habits.marked && length <= 60, "mark_missing"),
    }
    found.when(bare.starts_with(['—', '–', '―']), "dash_start");
    if shape::tag_line(bare) {
        found.yes("tag_line");
    } else {
        found.when(shape::tag(bare).is_some() && length <= 60, "tag_start");
    }
    found.when(shape::numbered(bare), "numbered");
    found.when(shape::sidebar(bare), "sidebar");
    found.when(shape::genre(bare) || shape::column(bare), "genre");
    match shape::opening(bare) {
        Some((Opening::Dateline, _)) => found.yes("dateline"),
        Some((Opening::Outlet, _)) => found.yes("outlet"),
        Some((Opening::Bullet, _)) => found.yes(if habits.items { "item" } else { "bullet" }),
        Some((Opening::Addressee, _)) => found.yes("addressee"),
        None => found.when(bare.starts_with(['▲', '●', '◆', '■', '★', '○', '◇', '□']), "bullet"),
    }
    found.when(shape::date_lead(bare), "date_lead");
    if shape::photo_credit(bare) {
        found.yes("photo_credit");
    } else if shape::editor_line(bare)
        || shape::taken_from(bare).is_some_and(|(rest, _)| rest.is_empty())
    {
        found.yes("editor");
    } else if shape::byline_line(bare) {
        found.yes("byline");
    } else {
        found.when(shape::names_line(bare), "names");
    }
    found.when(shape::docno_line(bare), "docno");
    found.when(shape::date_line(bare), "date_line");
    found.when(shape::caption_words(bare), "pictured");
    found.when(shape::table_row(bare), "table_row");
    found.when(length <= 60 && shape::document_title(bare), "document");
    found.when(length <= 30 && shape::notice_title(bare), "notice");
    found.when(shape::place_only(bare), "place");
    found.when(shape::organisation(bare), "organisation");
    found.when(
        shape::profile_head(shape::outlet(bare).map_or(bare, |(_, end)| bare[end..].trim())),
        "profile",
    );
}

/// What the neighbours and the file say of a unit.
fn around(found: &mut Found, page: &Page, unit: usize, habits: &Habits) {
    let text = &page.units[unit].text;
    let short = shape::length(text) <= 60;
    if let Some(before) = unit.checked_sub(1).map(|before| &page.units[before]) {
        found.when(breaks_off(&before.text), "broken_before");
    }
    found.when(page.units[unit].gap > habits.gap + 1, "gap");
    found.when(unfinished(page.units, unit) && !habits.lists[unit], "unfinished");
    found.when(habits.lists[unit], "list_run");
    let dated = page.units.get(unit + 1).is_some_and(|next| shape::date_line(&next.text));
    let signs = shape::issuer(text) || shape::length(text) <= 16;
    found.when(dated && short && signs && !shape::docno_line(text), "signature");
    let numbered =
        |next: usize| page.units.get(unit + next).is_some_and(|next| shape::docno_line(&next.text));
    let issuer = shape::issuer(text) && numbered(2) && !numbered(1);
    found.when(short && !shape::docno_line(text) && (numbered(1) || issuer), "above_docno");
    let before = unit.checked_sub(1).map(|before| page.units[before].text.as_str());
    found.when(short && before.is_some_and(shape::annex), "annex");
    found.when(short && short_section(page.units, unit, habits), "short_section");
    let follows = page.units.get(unit + 1).is_some_and(|next| shape::length(&next.text) > 36);
    found.when(short && follows, "before_text");
    found.when(page.matches.contains_key(&unit), "contents");
    let continued = (1..3).any(|back| {
        unit.checked_sub(back)
            .and_then(|first| page.matches.get(&first))
            .is_some_and(|found| found.units > back)
    });
    found.when(continued, "contents_more");
    // What stands right above a listed title may be its issuer, a tag, a kicker.
    let listed = [unit, unit + 1].iter().any(|unit| page.matches.contains_key(unit));
    if short && !continued && !listed {
        found.add("contents_none", habits.listed);
    }
    found.when(page.sections.iter().any(|name| name == text), "contents_section");
    if habits.cued > 0.0 && shape::length(text) > 20 && !is_cue(text) {
        found.add("cue_missing", habits.cued);
    }
    let shift = page.affinity.shift(unit);
    found.add("shift", shift);
    if short {
        let (next, before) = page.affinity.likeness(unit);
        found.add("likeness_next", next - 0.4);
        found.add("likeness_before", before);
        if next + before > 0.05 {
            found.add("novelty", (next - before) / (next + before) - 0.5);
        }
    }
}

/// A line too short for a paragraph and without an end, behind a finished sentence: hardly text.
fn unfinished(units: &[Unit], unit: usize) -> bool {
    let text = shape::unmarked(&units[unit].text);
    let before = unit.checked_sub(1).map(|before| units[before].text.as_str());
    (3..=34).contains(&shape::length(text))
        && !shape::ends_sentence(text)
        && !text.ends_with(['，', ',', '；', ';', '、', '：', ':'])
        && !shape::numbered(text)
        && !shape::labelled(text)
        && !shape::table_row(text)
        && before.is_none_or(|before| !breaks_off(before))
}

/// Whether only one paragraph stands between a heading and the one before it, where headings of
/// this file mostly have more: an article with sub-headings.
fn short_section(units: &[Unit], unit: usize, habits: &Habits) -> bool {
    let cue = units.get(unit + 1).is_some_and(|next| is_cue(&next.text));
    habits.section >= 2 && !cue && unfinished(units, unit) && {
        let before = units[..unit].iter().rev();
        let text = before.take_while(|before| is_text(&before.text)).take(2).count();
        text == 1 && unit >= 2 && unfinished(units, unit - 2)
    }
}

fn is_text(text: &str) -> bool {
    shape::length(text) > 34 || shape::ends_sentence(text)
}

/// Paragraphs behind a heading, in the middle of all headings.
fn section_length(units: &[Unit]) -> usize {
    let mut lengths: Vec<usize> = units
        .split(|unit| !is_text(&unit.text))
        .map(<[Unit]>::len)
        .filter(|&length| length > 0)
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or(0)
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

/// Whether a paragraph stops in the middle of a sentence.
pub(super) fn breaks_off(text: &str) -> bool {
    let length = shape::length(text);
    !shape::ends_sentence(text)
        && !text.ends_with(['：', ':', '；', ';'])
        && !shape::table_row(text)
        && (length > 60
            || (length > 25 && text.contains(['，', ',', '。', '、']) && !text.contains(' ')))
}

fn is_cue(text: &str) -> bool {
    matches!(shape::opening(shape::unmarked(text)), Some((Opening::Dateline | Opening::Outlet, _)))
}

impl Habits {
    fn of(page: &Page) -> Self {
        let (marks, marked) = title_marks(page.units);
        let mut gaps: Vec<usize> = page.units.iter().skip(1).map(|unit| unit.gap).collect();
        gaps.sort_unstable();
        Self {
            cued: cued(page.units),
            marks,
            marked,
            lists: in_list(page.units),
            items: items(page.units),
            section: section_length(page.units),
            listed: if page.listed < 5 {
                0.0
            } else {
                page.matches.len() as f32 / page.listed as f32
            },
            gap: gaps.get(gaps.len() / 2).copied().unwrap_or(0),
        }
    }
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

/// How regularly the text behind a short line begins with a dateline or an outlet. Headings
/// inside articles thin it out.
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
        .map(|pair| is_cue(&pair[1].text))
        .collect();
    let cues = behind.iter().filter(|&&cue| cue).count();
    let share = cues as f32 / behind.len().max(1) as f32;
    if cues >= 2 { (share * 1.2).min(1.0) } else { share * 0.5 }
}

/// The levels of marks that headlines of articles carry: those that stand before datelines; else
/// the highest that is used more than once, or the only one.
fn title_marks(units: &[Unit]) -> (HashSet<usize>, bool) {
    let mut used: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut unmarked_cues = 0;
    for (place, unit) in units.iter().enumerate() {
        let cue = units.get(place + 1).is_some_and(|next| is_cue(&next.text));
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
