//! Where in a file as it is now a correction was made.

use std::collections::{HashMap, HashSet};

use crate::model::{
    Anchor, ArticleId, Correction, LineRange, MAX_QUOTE, SourceText, SplitFile, UnplacedReason,
};

/// Ranges of lines that an entry can name.
const MAX_RANGES: usize = 1_000;

/// What is quoted of a line: its first characters, without white space before them.
#[must_use]
pub fn quote_of(line: &str) -> &str {
    let line = line.trim();
    let end = line.char_indices().nth(MAX_QUOTE).map_or(line.len(), |(end, _)| end);
    line[..end].trim_end()
}

/// The lines of a file, or of a part of a large one, by what is quoted of them.
pub(super) struct FileLines<'a> {
    source: &'a SourceText,
    content: &'a str,
    quoted: HashMap<&'a str, Vec<usize>>,
    /// Whether each number is that of one line: several lines of a web page can come from one.
    has_numbers: bool,
}

impl<'a> FileLines<'a> {
    /// Of a file whose content has this hash.
    pub(super) fn of(source: &'a SourceText, content: &'a str) -> Self {
        let mut quoted: HashMap<&str, Vec<usize>> = HashMap::new();
        for index in 0..source.lines.len() {
            let quote = quote_of(source.line(index));
            if !quote.is_empty() {
                quoted.entry(quote).or_default().push(index);
            }
        }
        let has_numbers = source.lines.windows(2).all(|pair| pair[0].number < pair[1].number);
        Self { source, content, quoted, has_numbers }
    }

    /// The positions of the lines that an entry is about, range by range in the order of the entry: as
    /// they are numbered if the file is the one that they were numbered in, else where they are quoted
    /// from. Blank lines are left out. `None` if one of the ranges is not there.
    pub(super) fn rows(&self, anchor: &Anchor) -> Option<Vec<usize>> {
        let are_few = anchor.lines.len() <= MAX_RANGES;
        let are_ranges =
            are_few && anchor.lines.iter().all(|range| 0 < range.0 && range.0 <= range.1);
        if !are_ranges {
            return None;
        }
        let found = if self.is_same(anchor) && self.has_numbers && !anchor.lines.is_empty() {
            anchor.lines.iter().map(|range| self.numbered(*range)).collect::<Option<Vec<_>>>()?
        } else {
            self.requoted(anchor)?
        };
        let is_filled = |row: &usize| !self.source.line(*row).trim().is_empty();
        let rows: Vec<usize> = found.into_iter().flatten().filter(is_filled).collect();
        (!rows.is_empty()).then_some(rows)
    }

    fn is_same(&self, anchor: &Anchor) -> bool {
        !anchor.content.is_empty() && anchor.content == self.content
    }

    fn numbered(&self, LineRange(first, last): LineRange) -> Option<Vec<usize>> {
        let lines = &self.source.lines;
        let from = lines.partition_point(|line| line.number < first);
        let to = lines.partition_point(|line| line.number <= last);
        (from < to).then(|| (from..to).collect())
    }

    /// Each range from its first to its last quoted line; of several places the one of the most
    /// similar length, and of these the nearest to where it was.
    fn requoted(&self, anchor: &Anchor) -> Option<Vec<Vec<usize>>> {
        let quotes: Vec<&str> = anchor.quote.iter().map(|quote| quote_of(quote)).collect();
        let number = |row: usize| i64::from(self.source.lines[row].number);
        let mut moved = 0;
        let mut found = Vec::new();
        for (range, first, last) in ends(&anchor.lines, &quotes)? {
            let (firsts, lasts) = (self.quoted.get(first)?, self.quoted.get(last)?);
            let (from, to) = range.map_or((0, 0), |range| (i64::from(range.0), i64::from(range.1)));
            let candidates = firsts.iter().flat_map(|&first| {
                let wanted = number(first) + (to - from);
                let behind = &lasts[lasts.partition_point(|&last| last < first)..];
                let at = behind.partition_point(|&last| number(last) < wanted);
                let near = at.saturating_sub(1)..behind.len().min(at + 1);
                behind[near].iter().map(move |&last| (first, last))
            });
            let (first, last) = candidates.min_by_key(|&(first, last)| {
                let length = (number(last) - number(first) - (to - from)).abs();
                (length, (number(first) - from - moved).abs(), first)
            })?;
            moved = number(first) - from;
            found.push((first..=last).collect());
        }
        Some(found)
    }

    /// The article that an entry was made about: the one of its id; else the one that has its first
    /// line and at least half of the lines of both in common. Of an entry that quotes lines without
    /// their numbers the one that has all of them.
    pub(super) fn article(
        &self,
        entry: &Correction,
        split_file: &SplitFile,
        ids: &[ArticleId],
    ) -> Result<usize, UnplacedReason> {
        if let Some(id) = &entry.article
            && let Some(place) = ids.iter().position(|known| known == id)
        {
            return Ok(place);
        }
        if self.source.lines.is_empty() {
            return self.article_apart(&entry.anchor, split_file);
        }
        let rows = self.rows(&entry.anchor).ok_or(UnplacedReason::LinesGone)?;
        let owner = |row: usize| split_file.owners.get(row).copied().flatten();
        let first = rows.first().and_then(|&row| owner(row)).ok_or(UnplacedReason::CutOtherwise)?;
        let rows: HashSet<usize> = rows.into_iter().collect();
        let own: HashSet<usize> =
            (0..split_file.owners.len()).filter(|&row| owner(row) == Some(first)).collect();
        let own: HashSet<usize> =
            own.into_iter().filter(|&row| !self.source.line(row).trim().is_empty()).collect();
        let shared = rows.intersection(&own).count();
        let is_it = if entry.anchor.lines.is_empty() {
            shared == rows.len()
        } else {
            2 * shared >= rows.union(&own).count()
        };
        if is_it { Ok(first as usize) } else { Err(UnplacedReason::CutOtherwise) }
    }

    /// An article that its file keeps apart: by its line if the file is the same, else by its headline
    /// and the beginning of its body.
    fn article_apart(
        &self,
        anchor: &Anchor,
        split_file: &SplitFile,
    ) -> Result<usize, UnplacedReason> {
        let line = anchor.lines.first().map_or(0, |range| range.0);
        let articles = || split_file.articles.iter().enumerate();
        let first = |lines: &[LineRange]| lines.first().map_or(0, |range| range.0);
        let found = if self.is_same(anchor) && line > 0 {
            articles().find(|(_, article)| first(&article.lines) == line)
        } else {
            let quote: Vec<&str> = anchor.quote.iter().map(|quote| quote_of(quote)).collect();
            let alike = articles().filter(|(_, article)| {
                let said = quote_of_apart(article.title.as_deref(), &article.body);
                said.iter().map(String::as_str).eq(quote.iter().copied())
            });
            alike.min_by_key(|(_, article)| first(&article.lines).abs_diff(line))
        };
        found.map(|(place, _)| place).ok_or(UnplacedReason::LinesGone)
    }
}

/// The quote of an article that its file keeps apart.
#[must_use]
pub fn quote_of_apart(title: Option<&str>, body: &str) -> Vec<String> {
    let first = body.trim_start().lines().next().unwrap_or_default();
    vec![quote_of(title.unwrap_or_default()).to_owned(), quote_of(first).to_owned()]
}

/// Each range with its first and its last quote. `None` if there are not as many as there should be.
fn ends<'q>(
    lines: &[LineRange],
    quotes: &[&'q str],
) -> Option<Vec<(Option<LineRange>, &'q str, &'q str)>> {
    let pairs: Vec<(&str, &str)> = if quotes.len() == 2 * lines.len() {
        quotes.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    } else if lines.is_empty() || quotes.len() == lines.len() {
        quotes.iter().map(|&quote| (quote, quote)).collect()
    } else {
        return None;
    };
    let ranges = lines.iter().map(|range| Some(*range)).chain(std::iter::repeat(None));
    Some(pairs.into_iter().zip(ranges).map(|((first, last), range)| (range, first, last)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, lines: &[LineRange], quote: &[&str]) -> Option<Vec<usize>> {
        let source = SourceText::from_text("a.txt", text);
        let quote = quote.iter().map(ToString::to_string).collect();
        let (file, content) = ("a.txt".to_owned(), "then".to_owned());
        let anchor = Anchor { file, content, lines: lines.to_vec(), quote };
        FileLines::of(&source, "now").rows(&anchor)
    }

    #[test]
    fn lines_that_moved_are_found_where_they_are_quoted_from() {
        let one = [LineRange(2, 3)];
        assert_eq!(rows("甲\n乙\n丙\n丁", &one, &["乙", "丙"]), Some(vec![1, 2]));
        assert_eq!(rows("新\n新\n甲\n乙\n\n丙\n丁", &one, &["乙", "丙"]), Some(vec![3, 5]));
        assert_eq!(rows("甲\n丙\n丁", &one, &["乙", "丙"]), None);
        // The pair that is as far apart, and of these the nearest.
        assert_eq!(rows("乙\n甲\n甲\n丙\n乙\n丙\n乙\n丙", &one, &["乙", "丙"]), Some(vec![4, 5]));
        // The second range moves as the first did.
        let two = [LineRange(1, 1), LineRange(3, 3)];
        let text = "子\n丑\n子\n甲\n寅\n子";
        assert_eq!(rows(text, &two, &["甲", "子"]), Some(vec![3, 5]));
        assert_eq!(rows(text, &two, &["甲"]), None);
        assert_eq!(rows(text, &[], &["寅"]), Some(vec![4]));
    }

    #[test]
    fn long_lines_are_quoted_by_their_beginning() {
        let long = "长".repeat(MAX_QUOTE + 9);
        assert_eq!(quote_of(&format!("　{long} ")).chars().count(), MAX_QUOTE);
        assert_eq!(quote_of(" 短 \r"), "短");
        assert_eq!(rows(&format!("{long}\n乙"), &[LineRange(2, 2)], &[&long]), Some(vec![0]));
    }
}
