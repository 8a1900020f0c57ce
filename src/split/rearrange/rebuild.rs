//! Drafts → articles.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::decision::ArticleOrigin;
use super::drafts::{Drafts, LineDraft, is_head_role, is_headline};
use crate::model::{Article, Cut, Kind, LineRole, Reason, SourceText, SplitFile};
use crate::split::assemble::{ranges, section_name};
use crate::split::layout::FileLayout;
use crate::split::parts::{PartsContext, RoledUnit};
use crate::split::unit::Unit;
use crate::split::{kinds, parts, shape, style};

/// The name of the reason of a cut that a person made.
const RULE: &str = "decided";

/// Builds the articles that were touched, and puts all in the order of their first lines.
pub(super) fn rebuild(
    source: &SourceText,
    layout: &FileLayout,
    before: SplitFile,
    mut drafts: Drafts,
) -> (SplitFile, Vec<ArticleOrigin>) {
    let units = FileUnits::of(source, layout);
    for draft in 0..drafts.articles.len() {
        settle_roles(&units, &mut drafts, draft);
    }
    let mut kept: Vec<LineDraft> =
        drafts.articles.iter().filter(|draft| !draft.lines.is_empty()).cloned().collect();
    kept.sort_by_key(LineDraft::first);
    let mut owners = vec![None; source.lines.len()];
    for (draft, owner) in kept.iter().zip(0..) {
        draft.lines.iter().for_each(|&line| owners[line] = Some(owner));
    }
    let file = RearrangedFile {
        source,
        units: &units,
        before: &before,
        roles: &drafts.roles,
        owners: &owners,
        outlets: style::outlets(&layout.units),
    };
    let sections = file.changed_sections();
    let articles = kept.iter().zip(0..).map(|(draft, place)| {
        let mut article = if draft.touched {
            let begins = |lines: &BTreeSet<usize>, line: Option<usize>| {
                line.is_some_and(|line| lines.contains(&line))
            };
            let decided = begins(&drafts.begun, draft.lines.first().copied())
                || begins(&drafts.named, draft.first());
            file.article(draft, place, decided)
        } else {
            file.old(draft).cloned().unwrap_or_default()
        };
        if let Some(section) = draft.lines.iter().find_map(|line| sections.get(line)) {
            article.section.clone_from(section);
        }
        article
    });
    let articles: Vec<Article> = articles.collect();
    let origins = origins(&before, &kept, &owners);
    let mut contents = before.contents.clone();
    for entry in &mut contents {
        entry.article = entry.article.and_then(|old| {
            let found = origins
                .iter()
                .position(|origin| origin.continues == Some(old) || origin.absorbed.contains(&old));
            found.map(|place| place as u32)
        });
    }
    let Drafts { roles, .. } = drafts;
    (SplitFile { articles, roles, owners, contents, ..before }, origins)
}

/// Where each article comes from.
fn origins(before: &SplitFile, kept: &[LineDraft], owners: &[Option<u32>]) -> Vec<ArticleOrigin> {
    let mut origins: Vec<ArticleOrigin> = kept
        .iter()
        .map(|draft| ArticleOrigin {
            continues: draft.continues,
            absorbed: Vec::new(),
            touched: draft.touched,
        })
        .collect();
    for old in 0..before.articles.len() as u32 {
        if kept.iter().any(|draft| draft.continues == Some(old)) {
            continue;
        }
        let mut shares: BTreeMap<u32, usize> = BTreeMap::new();
        for (was, is) in before.owners.iter().zip(owners) {
            if let (true, Some(is)) = (*was == Some(old), is) {
                *shares.entry(*is).or_default() += 1;
            }
        }
        if let Some((&heir, _)) = shares.iter().rev().max_by_key(|(_, count)| **count) {
            origins[heir as usize].absorbed.push(old);
        }
    }
    origins
}

/// The units that the splitter makes of the lines of a file.
struct FileUnits<'a> {
    source: &'a SourceText,
    /// For each line the unit that it is in.
    of_line: HashMap<usize, usize>,
    /// The lines of each unit.
    lines: Vec<&'a [usize]>,
}

impl<'a> FileUnits<'a> {
    fn of(source: &'a SourceText, layout: &'a FileLayout) -> Self {
        let lines: Vec<&[usize]> = layout.units.iter().map(|unit| unit.lines.as_slice()).collect();
        let of_line = lines
            .iter()
            .zip(0..)
            .flat_map(|(lines, unit)| lines.iter().map(move |&line| (line, unit)));
        Self { source, of_line: of_line.collect(), lines }
    }

    /// Units of these lines, in this order: lines of one role that stand in a row in a unit of the
    /// splitter are one unit.
    fn of_lines(&self, lines: &[usize], roles: &[LineRole]) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for &line in lines {
            let text = self.source.line(line).trim();
            match units.last_mut() {
                Some(unit) if self.goes_on(unit, line, roles) => {
                    shape::append(&mut unit.text, text);
                    unit.lines.push(line);
                }
                _ => units.push(Unit::of_line(self.source, line)),
            }
        }
        units
    }

    fn goes_on(&self, unit: &Unit, line: usize, roles: &[LineRole]) -> bool {
        let (Some(&last), Some(&of)) = (unit.lines.last(), self.of_line.get(&line)) else {
            return false;
        };
        let pair = |pair: &[usize]| pair == [last, line];
        self.lines[of].windows(2).any(pair) && roles[last] == roles[line]
    }
}

/// Gives roles to the lines at the beginning of what a person cut off, and to the headline of what was
/// joined, unless the person said what they are.
fn settle_roles(units: &FileUnits, drafts: &mut Drafts, place: usize) {
    let lines = drafts.articles[place].lines.clone();
    let mut changed: Vec<(usize, LineRole)> = Vec::new();
    for (at, &line) in lines.iter().enumerate() {
        if at > 0 && drafts.joined.contains(&line) {
            let headline = lines[at..].iter().take_while(|&&line| is_head_role(drafts.roles[line]));
            changed.extend(headline.map(|&line| (line, LineRole::Subheading)));
        }
    }
    let begun = lines.first().filter(|line| drafts.begun.contains(line));
    if begun.is_some_and(|&line| !is_head_role(drafts.roles[line])) {
        let all = units.of_lines(&lines, &drafts.roles);
        let heads = all.iter().take_while(|unit| is_headline(&unit.text)).count();
        // Short lines all through: a list, or a caption.
        let heads = if heads == all.len() { heads.min(1).min(all.len() - 1) } else { heads };
        for unit in &all[..heads] {
            changed.extend(unit.lines.iter().map(|&line| (line, LineRole::Title)));
        }
        if let Some(unit) = all.get(heads).filter(|_| heads == 0)
            && drafts.roles[unit.line()] == LineRole::Subheading
        {
            changed.extend(unit.lines.iter().map(|&line| (line, LineRole::Body)));
        }
    }
    for (line, role) in changed {
        if !drafts.decided.contains(&line) {
            drafts.roles[line] = role;
        }
    }
}

/// A file whose lines have their places.
struct RearrangedFile<'a> {
    source: &'a SourceText,
    units: &'a FileUnits<'a>,
    before: &'a SplitFile,
    roles: &'a [LineRole],
    owners: &'a [Option<u32>],
    outlets: bool,
}

impl RearrangedFile<'_> {
    /// What a draft was.
    fn old(&self, draft: &LineDraft) -> Option<&Article> {
        self.before.articles.get(draft.continues? as usize)
    }

    /// The article of a draft. `is_decided`: a person said where it begins.
    fn article(&self, draft: &LineDraft, place: u32, is_decided: bool) -> Article {
        let units = self.units.of_lines(&draft.lines, self.roles);
        let roled: Vec<RoledUnit> = units
            .iter()
            .map(|unit| RoledUnit { text: &unit.text, role: self.roles[unit.line()] })
            .collect();
        let first = draft.first().unwrap_or_default();
        let line = self.source.lines.get(first).map_or(0, |line| line.number);
        let old = self.old(draft);
        let was_first = self
            .before
            .owners
            .iter()
            .position(|owner| owner.is_some() && *owner == draft.continues);
        let cut = match old {
            Some(old) if !is_decided && was_first == Some(first) => {
                let mut cut = old.cut.clone();
                cut.reasons.retain(|reason| reason.rule != kinds::RULE);
                cut
            }
            _ => decided_cut(line, self.source.line(first)),
        };
        let mut article = Article {
            section: self.section_before(draft),
            lines: ranges(self.source, self.roles, self.owners, place),
            cut,
            given: old.and_then(|old| old.given.clone()),
            beside: old.and_then(|old| old.beside),
            ..Article::default()
        };
        let is_photo = match old {
            Some(old) => old.kind == Kind::Photo,
            None => reads_like_a_photo(&roled),
        };
        let context = PartsContext { outlets: self.outlets, is_photo, line };
        parts::fill(&mut article, &roled, &context);
        article
    }

    /// The section of a draft: its own, of a new one that of the article that it was in or stands
    /// behind.
    fn section_before(&self, draft: &LineDraft) -> Option<String> {
        let first = draft.first()?;
        let was = || self.before.owners[..=first].iter().rev().find_map(|owner| *owner);
        let old = draft.continues.or_else(was)?;
        self.before.articles.get(old as usize)?.section.clone()
    }

    /// The section of each line of text whose section is another one than it was.
    fn changed_sections(&self) -> HashMap<usize, Option<String>> {
        if self
            .roles
            .iter()
            .zip(&self.before.roles)
            .all(|(is, was)| is == was || !(is_heading(*is) || is_heading(*was)))
        {
            return HashMap::new();
        }
        let was = self.sections(&self.before.roles);
        let is = self.sections(self.roles);
        let both = was.into_iter().zip(is).enumerate();
        both.filter(|(line, (was, is))| was != is && self.opens(*line))
            .map(|(line, (_, is))| (line, is))
            .collect()
    }

    /// Whether a line tells the section of its article: the first but for a 文号, which can stand above
    /// a banner.
    fn opens(&self, line: usize) -> bool {
        let (Some(owner), role) = (self.owners[line], self.roles[line]) else { return false };
        role != LineRole::Docno
            && !(0..line).any(|other| {
                self.owners[other] == Some(owner) && self.roles[other] != LineRole::Docno
            })
    }

    /// The heading or banner that each line stands below, by these roles.
    fn sections(&self, roles: &[LineRole]) -> Vec<Option<String>> {
        let lines: Vec<usize> =
            (0..roles.len()).filter(|&line| roles[line] != LineRole::Blank).collect();
        let mut sections = vec![None; roles.len()];
        let mut section: Option<String> = None;
        for unit in self.units.of_lines(&lines, roles) {
            let text = shape::unmarked(&unit.text);
            match roles[unit.line()] {
                LineRole::Section => section = Some(section_name(text).to_owned()),
                LineRole::Banner => section = Some(text.to_owned()),
                _ => {}
            }
            for &line in &unit.lines {
                sections[line].clone_from(&section);
            }
        }
        sections
    }
}

fn is_heading(role: LineRole) -> bool {
    matches!(role, LineRole::Section | LineRole::Banner)
}

/// A cut that a person made.
fn decided_cut(line: u32, text: &str) -> Cut {
    let evidence = text.trim().chars().take(24).collect();
    let reason = Reason { line, rule: RULE.to_owned(), evidence, weight: 1.0 };
    Cut { confidence: 1.0, reasons: vec![reason] }
}

/// A caption without a headline whose photographer is named.
fn reads_like_a_photo(units: &[RoledUnit]) -> bool {
    units.iter().all(|unit| !is_head_role(unit.role))
        && units.iter().any(|unit| unit.text.contains("摄") && unit.role == LineRole::Credit)
}
