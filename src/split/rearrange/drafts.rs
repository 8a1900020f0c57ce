//! The lines of each article while they are moved.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::{LineDecision, LineProblem};
use crate::model::{LineRole, SourceText, SplitFile};
use crate::split::shape;

/// An article in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct LineDraft {
    /// Its filled lines in the order of reading; none: it is no more.
    pub lines: Vec<usize>,
    /// The article that it was.
    pub continues: Option<u32>,
    /// Whether anything was decided about it.
    pub touched: bool,
}

impl LineDraft {
    /// The first of its lines in the file.
    pub fn first(&self) -> Option<usize> {
        self.lines.iter().copied().min()
    }

    /// Adds a line behind the nearest one above it.
    fn insert(&mut self, line: usize) {
        let above = self.lines.iter().copied().filter(|&other| other < line).max();
        let place = self.lines.iter().position(|&other| Some(other) == above);
        self.lines.insert(place.map_or(0, |place| place + 1), line);
    }
}

/// The articles of a file in the making.
pub(super) struct Drafts<'a> {
    source: &'a SourceText,
    /// First those that the splitter made.
    pub articles: Vec<LineDraft>,
    /// The draft that each line is in.
    owners: Vec<Option<usize>>,
    /// The draft that it was in at first.
    first_owners: Vec<Option<usize>>,
    pub roles: Vec<LineRole>,
    /// Lines whose role a person decided on.
    pub decided: BTreeSet<usize>,
    /// Lines that an article was made to begin with, and first lines of what was joined to another one.
    pub begun: BTreeSet<usize>,
    pub joined: BTreeSet<usize>,
    /// First lines of articles whose lines a person named.
    pub named: BTreeSet<usize>,
}

impl<'a> Drafts<'a> {
    pub fn of(source: &'a SourceText, split_file: &SplitFile) -> Self {
        let article = |continues| LineDraft { continues: Some(continues), ..LineDraft::default() };
        let mut drafts: Vec<LineDraft> =
            (0..split_file.articles.len() as u32).map(article).collect();
        let owners: Vec<Option<usize>> =
            split_file.owners.iter().map(|owner| owner.map(|owner| owner as usize)).collect();
        for (line, owner) in owners.iter().enumerate() {
            if let Some(draft) = owner.and_then(|owner| drafts.get_mut(owner)) {
                draft.lines.push(line);
            }
        }
        Self {
            source,
            articles: drafts,
            first_owners: owners.clone(),
            owners,
            roles: split_file.roles.clone(),
            decided: BTreeSet::new(),
            begun: BTreeSet::new(),
            joined: BTreeSet::new(),
            named: BTreeSet::new(),
        }
    }

    /// The articles that the file states, and no others.
    pub fn of_stated(source: &'a SourceText, split_file: &SplitFile) -> Self {
        let mut drafts = Self::of(source, split_file);
        drafts.articles.clear();
        drafts.owners.fill(None);
        for article in &source.stated {
            let lines = article.lines.iter().copied();
            let mut seen = BTreeSet::new();
            let lines: Vec<usize> = lines
                .filter(|&line| drafts.is_filled(line) && drafts.owners[line].is_none())
                .filter(|&line| seen.insert(line))
                .collect();
            let Some(&first) = lines.first() else { continue };
            drafts.put_in_article(&lines, LineRole::Body);
            let headline: BTreeSet<usize> = article.headline.iter().copied().collect();
            let mut is_within = false;
            for &line in &lines {
                let is_head = is_head_role(drafts.roles[line]);
                if headline.contains(&line) {
                    drafts.decided.insert(line);
                    if !is_head {
                        drafts.roles[line] = LineRole::Title;
                    }
                } else {
                    is_within |= !is_head || !headline.is_empty();
                    if is_head && is_within {
                        drafts.roles[line] = LineRole::Subheading;
                    }
                }
            }
            drafts.begun.insert(first);
            drafts.add(LineDraft { lines, ..LineDraft::default() });
        }
        for (role, owner) in drafts.roles.iter_mut().zip(&drafts.owners) {
            if owner.is_none() && role.in_article() {
                *role = LineRole::Stray;
            }
        }
        drafts
    }

    /// Does what was decided, or nothing if it does not fit.
    pub fn decide(&mut self, decision: &LineDecision) -> Result<(), LineProblem> {
        match decision {
            LineDecision::Begins { line } => self.begin(*line),
            LineDecision::Joins { line, to } => self.join(*line, *to),
            LineDecision::Are { lines, role, to } => self.set_role(lines, *role, *to),
            LineDecision::Pieces { lines } => self.set_lines(lines),
        }
    }

    fn begin(&mut self, line: usize) -> Result<(), LineProblem> {
        if !self.is_filled(line) {
            return Err(LineProblem::NoLine);
        }
        if let Some(owner) = self.owners[line] {
            let place = self.articles[owner].lines.iter().position(|&other| other == line);
            let rest = self.articles[owner].lines.split_off(place.unwrap_or(0));
            if self.articles[owner].lines.is_empty() {
                self.articles[owner].lines = rest;
            } else {
                self.add(LineDraft { lines: rest, ..LineDraft::default() });
            }
            self.articles[owner].touched = true;
        } else {
            self.begin_outside(line);
        }
        self.begun.insert(line);
        self.joined.remove(&line);
        Ok(())
    }

    /// An article begins with a line that was in none. Lines like it that follow are its own; if all
    /// of them can be lines of a headline, they belong to the article that follows at once.
    fn begin_outside(&mut self, line: usize) {
        let role = self.roles[line];
        let mut taken = Vec::new();
        let mut next = None;
        for other in (line..self.roles.len()).filter(|&other| self.is_filled(other)) {
            next = self.owners[other].filter(|&owner| self.articles[owner].first() == Some(other));
            let is_alike = self.roles[other] == role || self.roles[other] == LineRole::Stray;
            if self.owners[other].is_some() || !is_alike {
                break;
            }
            taken.push(other);
        }
        let above = taken.iter().all(|&line| is_headline(self.source.line(line).trim()));
        if let Some(owner) = next.filter(|_| above) {
            for &line in taken.iter().rev() {
                self.articles[owner].lines.insert(0, line);
                self.owners[line] = Some(owner);
            }
            self.articles[owner].touched = true;
            self.put_in_article(&taken, LineRole::Title);
        } else {
            self.put_in_article(&taken, LineRole::Body);
            self.add(LineDraft { lines: taken, ..LineDraft::default() });
        }
    }

    fn join(&mut self, line: usize, to: Option<usize>) -> Result<(), LineProblem> {
        let from = self.owner(line)?;
        let first = self.articles[from].first();
        if first != Some(line) {
            return Ok(());
        }
        let to = if let Some(line) = to {
            self.article_of(line)?
        } else {
            let before = self
                .articles
                .iter()
                .enumerate()
                .filter(|(_, draft)| draft.first().is_some_and(|other| Some(other) < first));
            let before = before.max_by_key(|(_, draft)| draft.first());
            before.ok_or(LineProblem::NothingBefore)?.0
        };
        if from == to {
            return Err(LineProblem::NothingBefore);
        }
        let lines = std::mem::take(&mut self.articles[from].lines);
        if let Some(&first) = lines.first() {
            self.joined.insert(first);
            self.begun.remove(&first);
        }
        for &line in &lines {
            self.owners[line] = Some(to);
        }
        self.articles[to].lines.extend(lines);
        self.articles[to].touched = true;
        Ok(())
    }

    fn set_role(
        &mut self,
        lines: &[usize],
        role: LineRole,
        to: Option<usize>,
    ) -> Result<(), LineProblem> {
        if role == LineRole::Blank {
            return Err(LineProblem::NoRole);
        }
        let lines: Vec<usize> =
            lines.iter().copied().filter(|&line| self.is_filled(line)).collect();
        let (Some(&first), Some(&last)) = (lines.iter().min(), lines.iter().max()) else {
            return Err(LineProblem::NoLine);
        };
        let to = if role.in_article() && lines.iter().any(|&line| self.owners[line].is_none()) {
            Some(match to {
                Some(line) => self.article_of(line)?,
                None => self.beside(first, last, role).ok_or(LineProblem::NoArticle)?,
            })
        } else {
            None
        };
        for &line in &lines {
            if !role.in_article() {
                self.release(line);
            } else if let (None, Some(to)) = (self.owners[line], to) {
                self.articles[to].insert(line);
                self.owners[line] = Some(to);
            }
            self.roles[line] = role;
            self.decided.insert(line);
            if let Some(owner) = self.owners[line] {
                self.articles[owner].touched = true;
            }
        }
        Ok(())
    }

    /// The article that lines between articles are of: for parts of a headline the one below, else the
    /// one above; the other one if there is none.
    fn beside(&self, first: usize, last: usize, role: LineRole) -> Option<usize> {
        let above = self.owners[..first].iter().rev().find_map(|owner| *owner);
        let below = self.owners[last + 1..].iter().find_map(|owner| *owner);
        if is_head_role(role) { below.or(above) } else { above.or(below) }
    }

    fn set_lines(&mut self, lines: &[usize]) -> Result<(), LineProblem> {
        let mut seen = BTreeSet::new();
        let lines: Vec<usize> = lines
            .iter()
            .copied()
            .filter(|&line| self.is_filled(line) && seen.insert(line))
            .collect();
        if lines.is_empty() {
            return Err(LineProblem::NoLine);
        }
        let mut shares: BTreeMap<usize, usize> = BTreeMap::new();
        for owner in lines.iter().filter_map(|&line| self.owners[line]) {
            *shares.entry(owner).or_default() += 1;
        }
        // Of several with as many the first.
        let most = shares.iter().rev().max_by_key(|(_, count)| **count);
        let owner = *most.ok_or(LineProblem::NoArticle)?.0;
        for line in self.articles[owner].lines.clone() {
            if !seen.contains(&line) {
                self.release(line);
                self.roles[line] = LineRole::Stray;
            }
        }
        let outside: Vec<usize> =
            lines.iter().copied().filter(|&line| self.owners[line].is_none()).collect();
        self.put_in_article(&outside, LineRole::Body);
        // The headline of another article is a heading within, as where two are joined.
        let mut is_within = false;
        for &line in &lines {
            let is_head = is_head_role(self.roles[line]);
            let is_own = self.owners[line] == Some(owner) || self.decided.contains(&line);
            if is_head && is_within && !is_own {
                self.roles[line] = LineRole::Subheading;
            }
            is_within |= !is_head;
        }
        for &line in &lines {
            self.release(line);
            self.owners[line] = Some(owner);
        }
        self.named.extend(lines.iter().min());
        self.articles[owner].lines = lines;
        self.articles[owner].touched = true;
        Ok(())
    }

    /// Gives lines that were in no article a role within one: by their form, else the one named.
    fn put_in_article(&mut self, lines: &[usize], otherwise: LineRole) {
        for &line in lines {
            if !self.roles[line].in_article() {
                self.roles[line] = role_by_form(self.source.line(line).trim()).unwrap_or(otherwise);
                self.decided.remove(&line);
            }
        }
    }

    fn add(&mut self, draft: LineDraft) {
        for &line in &draft.lines {
            self.owners[line] = Some(self.articles.len());
        }
        self.articles.push(LineDraft { touched: true, ..draft });
    }

    /// Takes a line out of its article.
    fn release(&mut self, line: usize) {
        if let Some(owner) = self.owners[line].take() {
            self.articles[owner].lines.retain(|&other| other != line);
            self.articles[owner].touched = true;
        }
    }

    fn owner(&self, line: usize) -> Result<usize, LineProblem> {
        if line >= self.owners.len() {
            return Err(LineProblem::NoLine);
        }
        self.owners[line].ok_or(LineProblem::NoArticle)
    }

    /// The article that a line is of; of one that left its article, where the rest of that is now.
    fn article_of(&self, line: usize) -> Result<usize, LineProblem> {
        let owner = self.owner(line);
        if owner != Err(LineProblem::NoArticle) || self.first_owners[line].is_none() {
            return owner;
        }
        let lines = self.first_owners.iter().zip(&self.owners);
        let mut rest = lines.filter(|(first, _)| **first == self.first_owners[line]);
        rest.find_map(|(_, owner)| *owner).ok_or(LineProblem::NoArticle)
    }

    fn is_filled(&self, line: usize) -> bool {
        self.roles.get(line).is_some_and(|role| *role != LineRole::Blank)
    }
}

/// Whether lines of this role are read as a headline or beside it.
pub(super) fn is_head_role(role: LineRole) -> bool {
    matches!(role, LineRole::Kicker | LineRole::Title | LineRole::Subtitle | LineRole::Docno)
}

/// Whether a line can be one of a headline.
pub(super) fn is_headline(text: &str) -> bool {
    const MAX_HEADLINE: usize = 45;
    let bare = shape::unmarked(text);
    shape::length(bare) <= MAX_HEADLINE
        && !bare.ends_with(['。', '；', '，', ';', ',', '：', ':'])
        && !shape::holds_sentence(bare)
        && shape::opening(bare).is_none()
        && role_by_form(text).is_none()
}

/// The role of a line within an article that its form alone tells.
fn role_by_form(text: &str) -> Option<LineRole> {
    if shape::docno_line(text) {
        Some(LineRole::Docno)
    } else if shape::table_row(text) {
        Some(LineRole::Table)
    } else if shape::byline_line(text) || shape::photo_credit(text) || shape::editor_line(text) {
        Some(LineRole::Credit)
    } else if shape::date_line(text) {
        Some(LineRole::Body)
    } else {
        None
    }
}
