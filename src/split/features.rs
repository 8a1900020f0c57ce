//! Feature extraction: the features of each unit from its text, its neighbours and the style of the
//! file. The names are the rows of `weights.tsv`.
//!
//! Files differ in their conventions (`style`), so the same line can be a headline in one and a
//! sub-heading in another.

use std::collections::HashMap;

use super::context::FeatureContext;
use super::shape;
use super::shape::Opening;
use super::style::{FileStyle, ParagraphEnds, is_text, opens_article};
use super::unit::Unit;
use super::weights::{BY_HAND, Feature};

/// The features of one unit with their values; 1 for binary features.
pub(super) type Features = Vec<(Feature, f32)>;

/// The features of all units.
pub(super) fn features(page: &FeatureContext) -> Vec<Features> {
    let style = FileStyle::of(page);
    let mut times: HashMap<&str, usize> = HashMap::new();
    for unit in page.units {
        *times.entry(unit.text.as_str()).or_default() += 1;
    }
    (0..page.units.len())
        .map(|unit| {
            let mut found = FeatureBuilder(Vec::new());
            found.yes("bias");
            add_text_features(&mut found, &page.units[unit].text, &style);
            add_context_features(&mut found, page, unit, &style);
            found.when(times[page.units[unit].text.as_str()] > 1, "repeated");
            found.0
        })
        .collect()
}

/// Adds the feature `habit` from the first decoding pass. `headline` has the posterior of an article
/// start for each unit. Short lines before plain text are mostly of one sort throughout a file.
pub(super) fn add_first_pass(page: &FeatureContext, features: &mut [Features], headline: &[f32]) {
    const MIN_SHARED: f32 = 4.0;
    let ends = ParagraphEnds::of(page.units);
    let alike: Vec<usize> = (0..page.units.len())
        .filter(|&unit| {
            let next = page.units.get(unit + 1).map_or("", |next| next.text.as_str());
            unfinished(page.units, unit, ends)
                && !page.matches.contains_key(&unit)
                && shape::length(next) > 36
                && !opens_article(next)
        })
        .collect();
    let share = alike.iter().map(|&unit| headline[unit]).sum::<f32>() / alike.len().max(1) as f32;
    let weight = (alike.len() as f32 / MIN_SHARED).min(1.0);
    for unit in alike {
        let mut found = FeatureBuilder(std::mem::take(&mut features[unit]));
        found.add("habit", (share * 2.0 - 1.0) * weight);
        features[unit] = found.0;
    }
}

/// Collects the features of one unit.
struct FeatureBuilder(Features);

impl FeatureBuilder {
    fn add(&mut self, name: &str, value: f32) {
        debug_assert!(BY_HAND.feature(name).is_some(), "no row {name} in the table of weights");
        self.0.extend(BY_HAND.feature(name).map(|feature| (feature, value)));
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

/// Features of the text of a unit.
fn add_text_features(found: &mut FeatureBuilder, text: &str, style: &FileStyle) {
    let bare = shape::unmarked(text);
    let length = shape::length(bare);
    found.yes(match length {
        // 社论, 更正 are short but can be headings.
        0..=3 if !shape::genre(bare) && !shape::notice_title(bare) => "tiny",
        0..=12 => "short",
        13..=34 => "middle",
        35..=60 => "long",
        _ => "paragraph",
    });
    match bare.chars().last() {
        Some('！' | '!' | '？' | '?') => found.yes("exclaimed"),
        _ if shape::ends_sentence(bare) && !bare.ends_with(['”', '》', '）', ')']) => {
            found.yes("full_stop");
        }
        _ if style.ends.ends(bare) && length > 30 => found.yes("full_stop"),
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
        Some((level, _)) if style.marks.contains(&level) => found.yes("mark_title"),
        Some(_) => found.yes("mark_below"),
        None => found.when(style.marked && length <= 60, "mark_missing"),
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
        Some((Opening::Bullet, _)) => found.yes(if style.items { "item" } else { "bullet" }),
        Some((Opening::Addressee, _)) => found.yes("addressee"),
        None if style.outlets && shape::bracketed(bare).is_some() => found.yes("outlet"),
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

/// Features of the neighbours of a unit and of the file.
fn add_context_features(
    found: &mut FeatureBuilder,
    page: &FeatureContext,
    unit: usize,
    style: &FileStyle,
) {
    let text = &page.units[unit].text;
    let short = shape::length(text) <= 60;
    if let Some(before) = unit.checked_sub(1).map(|before| &page.units[before]) {
        found.when(style.ends.breaks_off(&before.text), "broken_before");
    }
    found.when(page.units[unit].gap > style.gap + 1, "gap");
    found.when(unfinished(page.units, unit, style.ends) && !style.lists[unit], "unfinished");
    found.when(style.lists[unit], "list_run");
    let dated = page.units.get(unit + 1).is_some_and(|next| shape::date_line(&next.text));
    let signs = shape::issuer(text) || shape::length(text) <= 16;
    let numbered =
        |next: usize| page.units.get(unit + next).is_some_and(|next| shape::docno_line(&next.text));
    let issuer = (shape::issuer(text) || dated) && numbered(2) && !numbered(1);
    found.when(dated && !numbered(2) && short && signs && !shape::docno_line(text), "signature");
    found.when(short && !shape::docno_line(text) && (numbered(1) || issuer), "above_docno");
    if let Some(&framed) = style.frames.get(unit) {
        found.yes(if framed { "framed" } else { "unframed" });
    }
    let before = unit.checked_sub(1).map(|before| page.units[before].text.as_str());
    found.when(short && before.is_some_and(shape::annex), "annex");
    found.when(short && short_section(page.units, unit, style), "short_section");
    let follows = page.units.get(unit + 1).is_some_and(|next| shape::length(&next.text) > 36);
    found.when(short && follows, "before_text");
    found.when(page.matches.contains_key(&unit), "contents");
    let continued = (1..3).any(|back| {
        unit.checked_sub(back)
            .and_then(|first| page.matches.get(&first))
            .is_some_and(|found| found.units > back)
    });
    found.when(continued, "contents_more");
    // The line above a listed title may be its issuer, a tag or a kicker.
    let listed = [unit, unit + 1].iter().any(|unit| page.matches.contains_key(unit));
    if short && !continued && !listed {
        found.add("contents_none", style.listed);
    }
    found.when(page.sections.iter().any(|name| name == text), "contents_section");
    if style.cued > 0.0 && shape::length(text) > 20 && !opens_article(text) {
        found.add("cue_missing", style.cued);
    }
    let shift = page.cohesion.shift(unit);
    found.add("shift", shift);
    if short {
        let (next, before) = page.cohesion.similarity(unit);
        found.add("likeness_next", next - 0.4);
        found.add("likeness_before", before);
        if next + before > 0.05 {
            found.add("novelty", (next - before) / (next + before) - 0.5);
        }
    }
}

/// A short line without end punctuation after a finished sentence: hardly body text.
fn unfinished(units: &[Unit], unit: usize, ends: ParagraphEnds) -> bool {
    let text = shape::unmarked(&units[unit].text);
    let before = unit.checked_sub(1).map(|before| units[before].text.as_str());
    (3..=34).contains(&shape::length(text))
        && !shape::ends_sentence(text)
        && !text.ends_with(['，', ',', '；', ';', '、', '：', ':'])
        && !shape::numbered(text)
        && !shape::labelled(text)
        && !shape::table_row(text)
        && before.is_none_or(|before| !ends.breaks_off(before))
}

/// Whether only one paragraph separates a heading from the one before it, while headings of this
/// file usually have more: an article with sub-headings.
fn short_section(units: &[Unit], unit: usize, style: &FileStyle) -> bool {
    let cue = units.get(unit + 1).is_some_and(|next| opens_article(&next.text));
    style.section >= 2 && !cue && unfinished(units, unit, style.ends) && {
        let before = units[..unit].iter().rev();
        let text = before.take_while(|before| is_text(&before.text)).take(2).count();
        text == 1 && unit >= 2 && unfinished(units, unit - 2, style.ends)
    }
}
