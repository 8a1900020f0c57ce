//! Finds the main part of a page: from the headline to the end of the text.
//!
//! `dom_smoothie` (after Mozilla's Readability) finds it on pages with one article; its lines are looked for
//! among all lines of the page. Where it would lose more than a fifth of the words outside of links, or rows of
//! a table, all below the headline is taken.

use std::collections::HashMap;
use std::ops::Range;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::Readability;

use super::elements::depth;
use super::foot::foot;
use super::menus::is_way;
use super::render::{RenderedLine, plain_letters, render};

/// Deeper pages are not passed to the library, which is recursive.
const MAX_DEPTH: usize = 200;

/// Letters of a line of a headline.
const MAX_KICKER: usize = 40;

/// Lines of a headline above the title.
const MAX_KICKERS: usize = 2;

/// Letters of a line below the text that says who it is by.
const MAX_CREDIT: usize = 30;

/// Marks all lines that stand around the main part. `headline` is the line of the headline, if the
/// head of the page states it.
pub(super) fn mark(
    lines: &mut [RenderedLine],
    headline: Option<usize>,
    html: &str,
    root: &NodeRef<'_>,
) {
    let foot = foot(lines);
    lines[foot..].iter_mut().for_each(|line| line.is_around = true);
    // What stands above a headline is none of its article, unless it is text itself.
    let is_sentence = |line: &RenderedLine| !line.is_around && line.text.contains('。');
    let headline = headline.filter(|&at| at < foot && !lines[..at].iter().any(is_sentence));
    let start = headline.map_or(0, |at| at - kickers(lines, at, root));
    let found = part(html, root).and_then(|part| place_of(&part, lines));
    let found = found.filter(|found| keeps_text(lines, start, found));
    let main = match (headline, found) {
        (Some(_), Some(found)) => start..found.end.max(start + 1),
        (None, Some(found)) => found,
        (_, None) => start..foot,
    };
    let main = main.start..end_of_text(lines, start + 1, main.end);
    for (at, line) in lines.iter_mut().enumerate() {
        line.is_around |= !main.contains(&at);
    }
}

/// Where a text ends that ends at `end` at the latest, without headings above nothing but links and the like.
fn end_of_text(lines: &[RenderedLine], start: usize, mut end: usize) -> usize {
    let is_shown = |line: &RenderedLine| !line.is_around && !line.text.is_empty();
    while let Some(last) = lines[..end].iter().rposition(is_shown).filter(|&last| last >= start)
        && lines[last].is_heading()
        && lines[last + 1..].iter().any(|line| !line.text.is_empty())
    {
        end = last;
    }
    end
}

/// Whether a part has what there is from `start` on: four fifths of the words outside of links, and all rows of
/// tables.
fn keeps_text(lines: &[RenderedLine], start: usize, part: &Range<usize>) -> bool {
    let is_kept = |at: usize| (part.start.min(start)..part.end).contains(&at);
    let is_row = |line: &RenderedLine| !line.is_around && line.is_table_row();
    let rows = (start..lines.len()).filter(|&at| is_row(&lines[at]));
    let lost = plain_letters(&lines[part.end.max(start)..])
        + plain_letters(&lines[start..part.start.max(start)]);
    rows.into_iter().all(is_kept) && lost * 5 <= plain_letters(&lines[start..])
}

/// The lines of the main part, as the library finds it.
fn part(html: &str, root: &NodeRef<'_>) -> Option<Vec<RenderedLine>> {
    if depth(root) > MAX_DEPTH {
        return None;
    }
    // 100 Chinese characters can be a whole article; the default counts English letters.
    let config = dom_smoothie::Config {
        char_threshold: 100,
        max_elements_to_parse: 100_000,
        ..dom_smoothie::Config::default()
    };
    let article = Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
    Some(render(&Document::fragment(article.content).root()))
}

/// Where a part stands among all lines, with the lines below it that say who it is by: from the first to the
/// last line that is in both just once.
fn place_of(part: &[RenderedLine], lines: &[RenderedLine]) -> Option<Range<usize>> {
    let of_part = counts(part);
    let of_page = counts(lines);
    let is_in_both = |line: &RenderedLine| {
        let key = letters(&line.text);
        !line.is_around && of_page.get(&key) == Some(&1) && of_part.get(&key) == Some(&1)
    };
    let (first, last) = (lines.iter().position(is_in_both)?, lines.iter().rposition(is_in_both)?);
    // Marks without letters stay with what they stand above.
    let marks = lines[..first].iter().rev().take_while(|line| letters(&line.text).is_empty());
    Some(first - marks.count()..last + 1 + credits(&lines[last + 1..]))
}

fn counts(lines: &[RenderedLine]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let keys = lines.iter().filter(|line| !line.is_around).map(|line| letters(&line.text));
    for key in keys.filter(|key| !key.is_empty()) {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// How many of these lines are still of the text above: short ones that end in a day or in who wrote it.
fn credits(below: &[RenderedLine]) -> usize {
    const MARKS: [&str; 8] = ["责编", "编辑", "记者", "通讯员", "来源", "作者", "供稿", "撰稿"];
    let is_short = |line: &&RenderedLine| {
        !line.is_around && !line.is_heading() && letters(&line.text).chars().count() <= MAX_CREDIT
    };
    let is_day = |text: &str| text.ends_with('日') && text.contains('年') && text.contains('月');
    let is_credit = |line: &RenderedLine| {
        is_day(&line.text) || MARKS.iter().any(|mark| line.text.contains(mark))
    };
    let short = below.iter().take_while(is_short).count();
    below[..short].iter().rposition(is_credit).map_or(0, |at| at + 1)
}

/// How many lines above the title belong to its headline: those that stand in one element with it.
fn kickers(lines: &[RenderedLine], title: usize, root: &NodeRef<'_>) -> usize {
    let group = group_of(&lines[title], root);
    let is_kicker = |line: &RenderedLine| {
        line.text.is_empty()
            || !line.is_around
                && letters(&line.text).chars().count() <= MAX_KICKER
                && !is_way(&line.text)
                && group_of(line, root) == group
    };
    let above = lines[..title].iter().rev().take_while(|line| is_kicker(line));
    let filled = above.clone().filter(|line| !line.text.is_empty()).count();
    let lines = above.count();
    if filled <= MAX_KICKERS && group.is_some() { lines } else { 0 }
}

/// The innermost element that has more than this line.
fn group_of(line: &RenderedLine, root: &NodeRef<'_>) -> Option<NodeId> {
    let own = letters(&line.text).len();
    let mut node = root.tree.get(&line.node?)?;
    while letters(&node.text()).len() <= own {
        node = node.parent()?;
    }
    Some(node.id)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
