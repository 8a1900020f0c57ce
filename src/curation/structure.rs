//! Decisions about where articles begin and end, and what lines are: done to what the splitter made.

use std::collections::HashSet;

use super::outcome::Outcome;
use super::place::{FileLines, QuotePlaces};
use crate::annotate::article_ids;
use crate::model::{ArticleId, Change, Correction, SourceText, SplitFile, UnplacedReason};
use crate::split::rearrange::{LineDecision, Rearranged, rearrange};

/// A file whose lines have their places.
pub(super) struct Rearrangement<'c> {
    pub split_file: SplitFile,
    /// The ids of the articles that the splitter made.
    pub before: Vec<ArticleId>,
    /// The ids of its articles.
    pub ids: Vec<ArticleId>,
    /// Articles that have the id under which they were decided about, and are not the same ones: what
    /// else was decided about that id has to agree with their lines.
    pub renamed: HashSet<usize>,
    /// For each article the ids of those that it absorbed.
    pub former: Vec<Vec<ArticleId>>,
    /// For each article the decisions by which it is as it is.
    pub decided: Vec<Vec<&'c Correction>>,
}

/// Does what was decided about the lines of a file, in the order of decisions.
///
/// An article that goes on as it was keeps its id. One that the splitter finds by itself now has the
/// id under which it was decided about, and what was joined to it stays known by its own.
pub(super) fn rearranged<'c>(
    source: &SourceText,
    lines: &FileLines,
    split_file: SplitFile,
    entries: &[&'c Correction],
    outcome: &mut Outcome,
) -> Rearrangement<'c> {
    let before = article_ids(source, &split_file);
    if !lines.has_lines() {
        for entry in entries {
            outcome.refuse(entry, UnplacedReason::LinesGone);
        }
        let articles = before.len();
        return Rearrangement {
            split_file,
            ids: before.clone(),
            before,
            renamed: HashSet::new(),
            former: vec![Vec::new(); articles],
            decided: vec![Vec::new(); articles],
        };
    }
    let mut placed: Vec<PlacedDecision<'c>> = Vec::new();
    let mut decisions: Vec<LineDecision> = Vec::new();
    for &entry in entries {
        match line_decision(entry, lines, &split_file, &before) {
            Some((Some(decision), rows)) => {
                decisions.push(decision);
                placed.push(PlacedDecision { entry, rows });
            }
            Some((None, _)) => outcome.refuse(entry, UnplacedReason::NotPossible),
            None => outcome.refuse(entry, UnplacedReason::LinesGone),
        }
    }
    let Rearranged { mut split_file, origins, done } = rearrange(source, split_file, &decisions);
    for (decision, done) in placed.iter().zip(&done) {
        outcome.settle(decision.entry, done.map_err(|_| UnplacedReason::NotPossible));
    }
    let done = placed.into_iter().zip(done).filter(|(_, done)| done.is_ok());
    let placed: Vec<PlacedDecision> = done.map(|(decision, _)| decision).collect();

    let renamed = keep_ids(source, &mut split_file, &placed);
    let ids = article_ids(source, &split_file);
    let own: HashSet<&ArticleId> = ids.iter().collect();
    let mut former: Vec<Vec<ArticleId>> = origins
        .iter()
        .map(|origin| origin.absorbed.iter().map(|&old| before[old as usize].clone()).collect())
        .collect();
    let mut decided = vec![Vec::new(); ids.len()];
    for (at, PlacedDecision { entry, rows }) in placed.iter().enumerate() {
        let owner = rows.iter().find_map(|&row| split_file.owners.get(row).copied().flatten());
        let owner = owner.map(|owner| owner as usize);
        if let (Change::Joins(joined), Some(owner)) = (&entry.change, owner) {
            former[owner].push(joined.clone());
        }
        // Lines that left their article are told of by that one.
        let of = || ids.iter().position(|id| entry.article.as_ref() == Some(id));
        let counts = !placed[at + 1..].iter().any(|later| later.replaces(&placed[at]));
        if let Some(owner) = owner.or_else(of).filter(|_| counts) {
            decided[owner].push(*entry);
        }
    }
    for former in &mut former {
        former.retain(|id| !own.contains(id));
        former.sort_unstable();
        former.dedup();
    }
    Rearrangement { split_file, before, ids, renamed, former, decided }
}

/// A decision, and the positions of its lines.
struct PlacedDecision<'c> {
    entry: &'c Correction,
    rows: Vec<usize>,
}

impl PlacedDecision<'_> {
    /// Whether nothing is left of an earlier decision. All decisions about lines are done one after the
    /// other, and of two that share some lines both are seen.
    fn replaces(&self, earlier: &Self) -> bool {
        match (&earlier.entry.change, &self.entry.change) {
            (Change::Begins | Change::Joins(_), Change::Begins | Change::Joins(_)) => {
                earlier.rows.first() == self.rows.first()
            }
            (Change::Lines(_), Change::Lines(_)) | (Change::Pieces, Change::Pieces) => {
                let own: HashSet<&usize> = self.rows.iter().collect();
                earlier.rows.iter().all(|row| own.contains(row))
            }
            _ => false,
        }
    }
}

/// The decision of an entry and the lines that it is about; no decision where the article that lines
/// are to go to is not there. `None` if the lines are not.
fn line_decision(
    entry: &Correction,
    lines: &FileLines,
    split_file: &SplitFile,
    before: &[ArticleId],
) -> Option<(Option<LineDecision>, Vec<usize>)> {
    let place = |id: &ArticleId| before.iter().position(|own| own == id);
    let of = entry.article.as_ref().and_then(place);
    let joined = match &entry.change {
        Change::Joins(joined) => place(joined),
        _ => of,
    };
    // The second range of what is joined is in the article that it goes on.
    let is_own = |range: usize, row: usize| {
        let article = if range == 0 { joined } else { of };
        let owner = split_file.owners.get(row).copied().flatten();
        article.is_some() && owner.map(|owner| owner as usize) == article
    };
    let ranges = lines.ranges(&entry.anchor, &QuotePlaces::Certain(&is_own))?;
    let line = *ranges.first()?.first()?;
    let of = of.and_then(|of| first_row(split_file, of));
    let decision = match &entry.change {
        Change::Begins => Some(LineDecision::Begins { line }),
        Change::Joins(_) => {
            let to = ranges.get(1).and_then(|range| range.first().copied()).or(of);
            let is_known = to.is_some() || entry.article.is_none();
            is_known.then_some(LineDecision::Joins { line, to })
        }
        Change::Lines(role) => {
            // The article of the entry is the one of the first line.
            let to = of.or(entry.article.is_some().then_some(line));
            Some(LineDecision::Are { lines: ranges.concat(), role: *role, to })
        }
        Change::Pieces => Some(LineDecision::Pieces { lines: ranges.concat() }),
        _ => None,
    };
    let rows = if matches!(entry.change, Change::Joins(_)) { vec![line] } else { ranges.concat() };
    Some((decision, rows))
}

fn first_row(split_file: &SplitFile, article: usize) -> Option<usize> {
    split_file.owners.iter().position(|owner| *owner == Some(article as u32))
}

/// Gives the ids of entries to the articles that they are about, where a splitter that finds other
/// articles would give them new ones; not to one that entries know by another id, nor an id that was
/// joined to another article. Pieces with the same text get ids of their own. Returns which were given
/// one.
fn keep_ids(
    source: &SourceText,
    split_file: &mut SplitFile,
    placed: &[PlacedDecision],
) -> HashSet<usize> {
    let mut renamed = HashSet::new();
    let mut ids = article_ids(source, split_file);
    let known: HashSet<&ArticleId> =
        placed.iter().filter_map(|decision| decision.entry.article.as_ref()).collect();
    let joined = placed.iter().filter_map(|decision| match &decision.entry.change {
        Change::Joins(joined) => Some(joined),
        _ => None,
    });
    let joined: HashSet<&ArticleId> = joined.collect();
    for PlacedDecision { entry, rows } in placed {
        let id = entry.article.as_ref().filter(|id| !ids.contains(id) && !joined.contains(id));
        let owner = |row: usize| split_file.owners.get(row).copied().flatten();
        let about = match (&entry.change, rows.first()) {
            // The article that the entry is about is the one above.
            (Change::Begins, Some(&row)) => (0..row).rev().find_map(owner),
            _ => rows.iter().find_map(|&row| owner(row)),
        };
        if let (Some(id), Some(about)) = (id, about.map(|about| about as usize))
            && !known.contains(&ids[about])
        {
            ids[about] = id.clone();
            renamed.insert(about);
        }
    }
    let mut taken = HashSet::new();
    for (article, id) in split_file.articles.iter_mut().zip(ids) {
        article.given.get_or_insert_default().id = Some(id.beside(&mut taken).0);
    }
    renamed
}
