//! Which article of a file as it is now an entry was made about.

use std::collections::HashMap;

use super::place::{FileLines, quote_of, quote_of_apart};
use super::structure::Rearrangement;
use crate::model::{Anchor, ArticleId, Change, Correction, SplitFile, UnplacedReason};

/// The articles of a file, or of a part of a large one, by what entries know them by.
pub(super) struct FileArticles<'a> {
    lines: &'a FileLines<'a>,
    split_file: &'a SplitFile,
    by_id: HashMap<&'a ArticleId, usize>,
    /// Ids of articles that are no more, with those that have their lines; none where these have gone
    /// to no article.
    former: HashMap<&'a ArticleId, Option<usize>>,
    /// The filled lines of each article.
    rows: Vec<Vec<usize>>,
    /// The articles that a file keeps apart, by their quotes.
    quoted: HashMap<Vec<String>, Vec<usize>>,
}

/// How an article was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FoundBy {
    Id,
    /// Its lines are where they were.
    Lines,
    /// Its words.
    Quote,
}

impl<'a> FileArticles<'a> {
    /// Of a file whose lines have their places; `ids` are those that its articles have in the end.
    pub(super) fn of(
        lines: &'a FileLines<'a>,
        file: &'a Rearrangement<'_>,
        ids: &'a [ArticleId],
    ) -> Self {
        let Rearrangement { split_file, before, renamed, former, .. } = file;
        let mut rows = vec![Vec::new(); split_file.articles.len()];
        for (row, owner) in split_file.owners.iter().enumerate() {
            let own = owner.and_then(|owner| rows.get_mut(owner as usize));
            if let Some(own) = own.filter(|_| lines.is_filled(row)) {
                own.push(row);
            }
        }
        let mut quoted: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
        if !lines.has_lines() {
            for (place, article) in split_file.articles.iter().enumerate() {
                let quote = quote_of_apart(article.title.as_deref(), &article.body);
                quoted.entry(quote).or_default().push(place);
            }
        }
        let absorbed = former.iter().enumerate();
        let absorbed =
            absorbed.flat_map(|(place, ids)| ids.iter().map(move |id| (id, Some(place))));
        let gone = before.iter().map(|id| (id, None));
        // Of several articles with one id the first one has it.
        let same = ids.iter().enumerate().rev().filter(|(place, _)| !renamed.contains(place));
        let by_id = same.map(|(place, id)| (id, place)).collect();
        let former = gone.chain(absorbed).collect();
        Self { lines, split_file, by_id, former, rows, quoted }
    }

    /// The article of an entry: the one of its id; else the one that begins with its first line and has
    /// at least half of the lines of both in common. Of an entry that quotes lines without their
    /// numbers the one that has all of them.
    ///
    /// What was decided about an article as a whole is not true of one that absorbed it. Characters and
    /// figures are in the article that has its lines, if they are in one.
    pub(super) fn find(&self, entry: &Correction) -> Result<(usize, FoundBy), UnplacedReason> {
        let is_of_words = matches!(entry.change, Change::Text(_) | Change::Indicator(_));
        if let Some(id) = &entry.article {
            if let Some(&place) = self.by_id.get(id) {
                return Ok((place, FoundBy::Id));
            }
            match self.former.get(id) {
                Some(Some(place)) if is_of_words => return Ok((*place, FoundBy::Id)),
                Some(_) if !is_of_words => return Err(UnplacedReason::CutOtherwise),
                _ => {}
            }
        }
        let by = if self.lines.is_same(&entry.anchor) { FoundBy::Lines } else { FoundBy::Quote };
        if !self.lines.has_lines() {
            return Ok((self.apart(&entry.anchor)?, by));
        }
        let rows = self.lines.rows(&entry.anchor).ok_or(UnplacedReason::LinesGone)?;
        let owner = |row: &usize| self.split_file.owners.get(*row).copied().flatten();
        let first = rows.iter().min().and_then(owner).ok_or(UnplacedReason::CutOtherwise)?;
        let own = self.rows.get(first as usize).ok_or(UnplacedReason::CutOtherwise)?;
        let shared = rows.iter().filter(|row| owner(row) == Some(first)).count();
        let is_it = if is_of_words {
            let in_articles = rows.iter().filter(|row| owner(row).is_some()).count();
            shared == in_articles && 2 * shared >= rows.len()
        } else if entry.anchor.lines.is_empty() {
            shared == rows.len()
        } else {
            let all = rows.len() + own.len() - shared;
            own.first() == rows.iter().min() && 2 * shared >= all
        };
        if is_it { Ok((first as usize, by)) } else { Err(UnplacedReason::CutOtherwise) }
    }

    /// An article that its file keeps apart: by its line if the file is the same, else the only one of
    /// its headline and the beginning of its body.
    fn apart(&self, anchor: &Anchor) -> Result<usize, UnplacedReason> {
        let line = anchor.lines.first().map_or(0, |range| range.0);
        if self.lines.is_same(anchor) && line > 0 {
            let mut articles = self.split_file.articles.iter();
            let found =
                articles.position(|article| article.lines.first().is_some_and(|own| own.0 == line));
            return found.ok_or(UnplacedReason::LinesGone);
        }
        let quote: Vec<String> =
            anchor.quote.iter().map(|quote| quote_of(quote).to_owned()).collect();
        match self.quoted.get(&quote).map(Vec::as_slice) {
            Some(&[place]) => Ok(place),
            Some([_, _, ..]) => Err(UnplacedReason::CutOtherwise),
            _ => Err(UnplacedReason::LinesGone),
        }
    }
}
