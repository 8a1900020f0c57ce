//! Finds the headline of a page among its lines: the one that its head states.
//!
//! Most pages have no `h1`, or their only one is the name of the site. What the head states is looked for in
//! the text instead: titles as they are, and the name of the page in the parts that its marks divide, of
//! which some are the name of the site.

use std::ops::Range;

use super::render::RenderedLine;
use super::site_names::{DIVIDERS, SiteNames, ends_as_site, letters};
use super::statements::Statements;

/// Letters of a part of a name that can be a headline.
const MIN_LETTERS: usize = 4;

/// Letters by which the beginning of a headline is known.
const MIN_BEGINNING: usize = 8;

/// Lines that a headline can have.
const MAX_LINES: usize = 4;

/// Parts of the name of a page.
const MAX_PARTS: usize = 8;

/// What the head of a page says of the headline.
pub(super) struct StatedTitle {
    /// What may be the headline, the likeliest first.
    candidates: Vec<String>,
    /// What it is if the text does not have it.
    otherwise: Option<String>,
    /// The same where only the name of the page says so.
    page_title: Option<String>,
}

impl StatedTitle {
    /// `headings` are those of the first degree. A page with several has several articles.
    pub(super) fn of(
        statements: &Statements,
        names: &SiteNames<'_>,
        headings: &[String],
    ) -> Option<Self> {
        let page_title = statements.page_title.as_deref().unwrap_or_default();
        let headings: Vec<&String> = headings.iter().filter(|text| !names.has(text)).collect();
        if headings.len() > 1 {
            return None;
        }
        let mut candidates: Vec<String> = headings.iter().copied().cloned().collect();
        for title in statements.titles.iter().map(String::as_str).chain([page_title]) {
            candidates.extend(parts_of(title).into_iter().filter(|part| !names.has(part)));
        }
        let stated = || statements.titles.iter().find_map(|title| title_of(title, names));
        let otherwise = headings.first().copied().cloned().or_else(stated);
        let page_title = title_of(page_title, names).filter(|title| title != page_title);
        Some(Self { candidates, otherwise, page_title })
    }

    /// Makes one heading of the lines that are the headline, and gives its place.
    pub(super) fn mark(&self, lines: &mut Vec<RenderedLine>) -> Option<usize> {
        let found = self.find(lines)?;
        let said = lines[found.clone()].iter().map(RenderedLine::bare);
        let said: Vec<&str> = said.filter(|text| !text.is_empty()).collect();
        lines[found.start].text = format!("# {}", said.join(" "));
        lines.drain(found.start + 1..found.end);
        Some(found.start)
    }

    /// Puts the title above the text, which does not have it, and gives it back if it is stated as that of the
    /// article. The name of the page stands above text alone: elsewhere its headings are those of articles.
    pub(super) fn put(self, lines: &mut Vec<RenderedLine>) -> Option<String> {
        let first = lines.iter().position(|line| !line.is_around && !line.text.is_empty())?;
        let is_headed = lines.iter().any(|line| !line.is_around && line.is_heading());
        let is_text = lines[first].text.contains('。');
        let page_title = self.page_title.filter(|_| is_text && !is_headed);
        let title = self.otherwise.as_ref().or(page_title.as_ref())?;
        lines.splice(first..first, [RenderedLine::heading(title), RenderedLine::default()]);
        self.otherwise
    }

    /// The lines that are the headline.
    fn find(&self, lines: &[RenderedLine]) -> Option<Range<usize>> {
        // Above nothing it is a name: at the foot of the page, or below a document.
        let is_shown = |line: &RenderedLine| !line.is_around && !line.text.is_empty();
        let last = lines
            .iter()
            .rposition(RenderedLine::is_text)
            .or_else(|| lines.iter().rposition(is_shown))?;
        let found = |candidate: &String| {
            let places = (0..last).filter_map(|at| lines_of(lines, at, candidate));
            let places: Vec<Range<usize>> = places.filter(|place| place.end <= last).collect();
            let marked = places.iter().find(|place| lines[place.start].is_heading());
            // The way to the page can end in its title.
            let is_item = |place: &&Range<usize>| lines[place.start].is_item;
            let beside = places.iter().find(|place| !is_item(place));
            marked.or(beside).or(places.first()).cloned()
        };
        self.candidates.iter().find_map(found)
    }
}

/// The lines from `at` on that say this together, or begin as it does if it is cut.
fn lines_of(lines: &[RenderedLine], at: usize, wanted: &str) -> Option<Range<usize>> {
    let is_cut = wanted.ends_with(['…', '.']);
    let wanted: Vec<char> = letters(wanted).collect();
    if wanted.is_empty() || lines[at].text.is_empty() {
        return None;
    }
    let (mut said, mut end, mut count) = (0, at, 0);
    while count < MAX_LINES {
        let line = lines.get(end)?;
        end += 1;
        if line.text.is_empty() {
            continue;
        }
        if line.is_around || line.is_table_row() {
            return None;
        }
        count += 1;
        for letter in letters(&line.text) {
            match wanted.get(said) {
                Some(&wanted) if wanted == letter => said += 1,
                None if is_cut && said >= MIN_BEGINNING => {}
                _ => return None,
            }
        }
        if said == wanted.len() {
            return Some(at..end);
        }
    }
    None
}

/// Runs of the parts that marks or blanks divide: of most parts first, and of as many the longest.
fn parts_of(name: &str) -> Vec<String> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, mark) in name.char_indices().filter(|(_, c)| DIVIDERS.contains(c) || c.is_whitespace())
    {
        parts.push(start..at);
        start = at + mark.len_utf8();
    }
    parts.push(start..name.len());
    parts.retain(|part| letters(&name[part.clone()]).next().is_some());
    parts.truncate(MAX_PARTS);
    let count = parts.len();
    let runs =
        (1..=count).rev().flat_map(|length| (0..=count - length).map(move |at| (at, length)));
    let runs =
        runs.map(|(at, length)| (length, name[parts[at].start..parts[at + length - 1].end].trim()));
    let mut runs: Vec<(usize, &str)> =
        runs.filter(|(_, run)| count == 1 || letters(run).count() >= MIN_LETTERS).collect();
    runs.sort_by_key(|(length, run)| std::cmp::Reverse((*length, letters(run).count())));
    runs.into_iter().map(|(_, run)| run.to_owned()).collect()
}

/// A name without the names of the site and its columns at its end, if any is left; they can also stand at its
/// beginning.
fn title_of(name: &str, names: &SiteNames<'_>) -> Option<String> {
    let divided = |c: char| DIVIDERS.contains(&c);
    if names.is_one(name) {
        return None;
    }
    let (first, last) = (name.split(divided).next()?, name.rsplit(divided).next()?);
    let title = if name.contains(divided) && ends_as_site(last.trim()) {
        first
    } else if name.contains(divided) && ends_as_site(first.trim()) {
        last
    } else {
        name
    };
    let title = title.trim();
    (letters(title).count() >= MIN_LETTERS || title == name).then(|| title.to_owned())
}
