//! Where in a file as it is now a correction was made.

use std::collections::HashMap;

use crate::model::{Anchor, LineRange, MAX_QUOTE, SourceText};

/// Ranges of lines that an entry can name.
const MAX_RANGES: usize = 1_000;

/// Characters of a line that is known by them alone: there are other lines like 简讯, whether or not
/// the file still has them.
const MIN_TELLING: usize = 8;

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
    pub(super) fn ranges(&self, anchor: &Anchor, by: &QuotePlaces) -> Option<Vec<Vec<usize>>> {
        let are_few = anchor.lines.len() <= MAX_RANGES;
        let are_ranges =
            are_few && anchor.lines.iter().all(|range| 0 < range.0 && range.0 <= range.1);
        if !are_ranges {
            return None;
        }
        let mut found = if self.are_numbered(anchor) {
            anchor.lines.iter().map(|range| self.numbered(*range)).collect::<Option<Vec<_>>>()?
        } else {
            self.requoted(anchor, by)?
        };
        for range in &mut found {
            range.retain(|&row| self.is_filled(row));
        }
        (!found.is_empty() && found.iter().all(|range| !range.is_empty())).then_some(found)
    }

    /// The same lines one after the other, for an entry about an article, which also has to agree.
    pub(super) fn rows(&self, anchor: &Anchor) -> Option<Vec<usize>> {
        Some(self.ranges(anchor, &QuotePlaces::Nearest)?.concat())
    }

    pub(super) fn is_filled(&self, row: usize) -> bool {
        !self.source.line(row).trim().is_empty()
    }

    /// Whether its articles are known by their lines: those that a file keeps apart have none.
    pub(super) fn has_lines(&self) -> bool {
        !self.source.lines.is_empty()
    }

    /// Whether the lines of an entry are found by their numbers.
    pub(super) fn are_numbered(&self, anchor: &Anchor) -> bool {
        self.is_same(anchor) && self.has_numbers && !anchor.lines.is_empty()
    }

    pub(super) fn is_same(&self, anchor: &Anchor) -> bool {
        !anchor.content.is_empty() && anchor.content == self.content
    }

    /// The lines of these numbers; `None` unless the first and the last of them are there.
    fn numbered(&self, LineRange(first, last): LineRange) -> Option<Vec<usize>> {
        let number = |row: usize| self.source.lines.get(row).map(|line| line.number);
        let from = self.source.lines.partition_point(|line| line.number < first);
        let to = self.source.lines.partition_point(|line| line.number <= last);
        let is_whole = number(from) == Some(first) && number(to.checked_sub(1)?) == Some(last);
        is_whole.then(|| (from..to).collect())
    }

    /// Each range from its first to its last quoted line, at most half as long again or half as long as
    /// it was; of several places the one of the most similar length, and of these the nearest to where
    /// it was.
    fn requoted(&self, anchor: &Anchor, by: &QuotePlaces) -> Option<Vec<Vec<usize>>> {
        let quotes: Vec<&str> = anchor.quote.iter().map(|quote| quote_of(quote)).collect();
        let number = |row: usize| i64::from(self.source.lines[row].number);
        let mut moved = 0;
        let mut found = Vec::new();
        for (place, (range, first, last)) in ends(&anchor.lines, &quotes)?.into_iter().enumerate() {
            let (firsts, lasts) = (self.quoted.get(first)?, self.quoted.get(last)?);
            let (from, to) = range.map_or((0, 0), |range| (i64::from(range.0), i64::from(range.1)));
            let length = |(first, last): (usize, usize)| (number(last) - number(first)).abs();
            let difference = |rows| (length(rows) - (to - from)).abs();
            let most_similar = |&first: &usize| {
                let wanted = number(first) + (to - from);
                let behind = &lasts[lasts.partition_point(|&last| last < first)..];
                let at = behind.partition_point(|&last| number(last) < wanted);
                let near = &behind[at.saturating_sub(1)..behind.len().min(at + 1)];
                let rows = near.iter().map(|&last| (first, last));
                rows.min_by_key(|&rows| difference(rows))
            };
            let fits = |rows: &(usize, usize)| 2 * difference(*rows) <= to - from + (to - from) % 2;
            let candidates = firsts.iter().filter_map(most_similar).filter(fits);
            let (first, last) = match by {
                QuotePlaces::Nearest if range.is_some() => candidates.min_by_key(|&rows| {
                    (difference(rows), (number(rows.0) - from - moved).abs(), rows.0)
                })?,
                QuotePlaces::Nearest => only(candidates)?,
                QuotePlaces::Certain(is_own) => {
                    let candidates: Vec<(usize, usize)> = candidates.collect();
                    let own = candidates.iter().copied().filter(|rows| is_own(place, rows.0));
                    let says_enough = first.chars().count() >= MIN_TELLING;
                    let alone = || only(candidates.iter().copied()).filter(|_| says_enough);
                    only(own).or_else(alone)?
                }
            };
            moved = number(first) - from;
            found.push((first..=last).collect());
        }
        Some(found)
    }
}

/// Which of the places that have the same words is meant.
pub(super) enum QuotePlaces<'f> {
    /// The nearest one: an article that begins there has to agree. Where the lines had no numbers, the
    /// only one.
    Nearest,
    /// The only one that is in the article of the entry, which says so of a range and a row; else the
    /// only one of all, if its words say enough.
    Certain(&'f dyn Fn(usize, usize) -> bool),
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    found.next().filter(|_| found.next().is_none())
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
    fn a_range_does_not_grow_to_a_line_far_below_that_says_the_same() {
        let far = format!("甲\n乙\n{}丙", "子\n".repeat(9));
        assert_eq!(rows(&far, &[LineRange(1, 3)], &["甲", "丙"]), None);
        assert_eq!(
            rows("子\n甲\n乙\n寅\n丙", &[LineRange(1, 3)], &["甲", "丙"]),
            Some(vec![1, 2, 3, 4])
        );
        assert_eq!(rows("甲\n子\n甲", &[LineRange(4, 4)], &["甲"]), Some(vec![2]));
        // Without numbers there is no nearest one.
        assert_eq!(rows("甲\n子\n甲", &[], &["甲"]), None);
    }

    #[test]
    fn a_decision_about_lines_needs_words_that_stand_once_or_its_article() {
        let certain = |text: &str, quote: &str, own: &[usize]| {
            let source = SourceText::from_text("a.txt", text);
            let (file, content) = ("a.txt".to_owned(), "then".to_owned());
            let quote = vec![quote.to_owned()];
            let anchor = Anchor { file, content, lines: vec![LineRange(9, 9)], quote };
            let is_own = |_: usize, row: usize| own.contains(&row);
            FileLines::of(&source, "now").ranges(&anchor, &QuotePlaces::Certain(&is_own))
        };
        assert_eq!(certain("甲\n简讯\n乙", "简讯", &[]), None, "the other one may be gone");
        assert_eq!(certain("甲\n简讯\n乙", "简讯", &[0, 1]), Some(vec![vec![1]]));
        assert_eq!(certain("简讯\n简讯\n乙", "简讯", &[1]), Some(vec![vec![1]]));
        assert_eq!(certain("简讯\n简讯\n乙", "简讯", &[0, 1]), None);
        assert_eq!(
            certain("甲\n供应上等桐油电话三〇五\n", "供应上等桐油电话三〇五", &[]),
            Some(vec![vec![1]])
        );
    }

    #[test]
    fn long_lines_are_quoted_by_their_beginning() {
        let long = "长".repeat(MAX_QUOTE + 9);
        assert_eq!(quote_of(&format!("　{long} ")).chars().count(), MAX_QUOTE);
        assert_eq!(quote_of(" 短 \r"), "短");
        assert_eq!(rows(&format!("{long}\n乙"), &[LineRange(2, 2)], &[&long]), Some(vec![0]));
    }
}
