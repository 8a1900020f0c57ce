//! A splitter that cuts otherwise keeps every correction or lists it as unplaced.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{FileCorrections, apply, quote_of};
use crate::annotate::{Annotator, article_ids};
use crate::model::{
    Anchor, Article, ArticleId, Change, Correction, EntryId, LineRange, SourceText, SplitFile,
    UnplacedReason,
};

/// A file of so many lines, a blank one behind each, below some that came later.
fn source(lines: usize, above: usize) -> SourceText {
    let later = (0..above).map(|line| format!("后来加在上面的第{line}行，与别处无关。\n"));
    let own = (0..lines).map(|line| format!("第{line}行说的是第{line}件事，到此为止。\n\n"));
    SourceText::from_text("page.txt", later.chain(own).collect::<String>())
}

/// The articles that begin with these of the lines.
fn cut(source: &SourceText, starts: &BTreeSet<usize>, lines: usize, above: usize) -> SplitFile {
    let owners = vec![None; source.lines.len()];
    let mut split_file = SplitFile { owners, ..SplitFile::default() };
    let ends = starts.iter().skip(1).copied().chain([lines]);
    for (&start, end) in starts.iter().zip(ends) {
        let rows: Vec<usize> = (start..end).map(|line| above + 2 * line).collect();
        let (first, last) = (rows[0], rows[rows.len() - 1]);
        let owner = split_file.articles.len() as u32;
        (first..=last).for_each(|row| split_file.owners[row] = Some(owner));
        let text: Vec<&str> = rows.iter().map(|&row| source.line(row)).collect();
        split_file.articles.push(Article {
            body: text.join("\n"),
            lines: vec![LineRange(first as u32 + 1, last as u32 + 1)],
            ..Article::default()
        });
    }
    split_file
}

/// A decision about each article, which says on which page it is.
fn decisions(source: &SourceText, split_file: &SplitFile) -> Vec<Correction> {
    let ids = article_ids(source, split_file);
    let decided = (0..).zip(&split_file.articles).zip(ids);
    let decided = decided.map(|((place, article), id): ((i64, &Article), ArticleId)| {
        let LineRange(first, last) = article.lines[0];
        let quote = |line: u32| quote_of(source.line(line as usize - 1)).to_owned();
        Correction {
            id: EntryId::default(),
            article: Some(id),
            anchor: Anchor {
                file: "page.txt".into(),
                content: "then".into(),
                lines: vec![LineRange(first, last)],
                quote: vec![quote(first), quote(last)],
            },
            change: Change::Page(format!("A{place:02}")),
            was: String::new(),
            by: "丁".into(),
            at: jiff::Timestamp::from_second(place).expect("a time"),
            why: String::new(),
        }
        .identified()
    });
    decided.collect()
}

const LINES: usize = 10;

fn starts() -> impl Strategy<Value = BTreeSet<usize>> {
    proptest::collection::btree_set(0..LINES, 1..5).prop_map(|mut starts| {
        starts.insert(0);
        starts
    })
}

/// The lines of each article.
fn articles(starts: &BTreeSet<usize>) -> Vec<BTreeSet<usize>> {
    let ends = starts.iter().skip(1).copied().chain([LINES]);
    starts.iter().zip(ends).map(|(&start, end)| (start..end).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn another_cut_keeps_a_decision_where_half_is_the_same_and_lists_it_elsewhere(
        then in starts(),
        now in starts(),
        above in 0..4_usize,
    ) {
        let before = source(LINES, 0);
        let entries = decisions(&before, &cut(&before, &then, LINES, 0));
        let content = if above == 0 { "then" } else { "now" }.to_owned();
        let corrections = FileCorrections { content, entries: entries.clone() };
        let after = source(LINES, above);
        let split_file = cut(&after, &now, LINES, above);
        let annotator = Annotator::new();
        let corrected = apply(&corrections, &after, split_file.clone(), &annotator);

        let now = articles(&now);
        let mut pages: BTreeMap<usize, String> = BTreeMap::new();
        let mut kept = BTreeSet::new();
        for (entry, lines) in entries.iter().zip(articles(&then)) {
            let first = lines.first().copied().unwrap_or(0);
            let place = now.iter().position(|own| own.contains(&first)).expect("every line");
            let shared = now[place].intersection(&lines).count();
            if 2 * shared >= now[place].union(&lines).count() {
                pages.insert(place, entry.change.now());
                kept.insert(entry.id.clone());
            }
        }
        let placed: BTreeSet<EntryId> = corrected.outcome.placed.iter().cloned().collect();
        prop_assert_eq!(&placed, &kept);
        prop_assert_eq!(corrected.outcome.placed.len() + corrected.outcome.unplaced.len(), entries.len());
        for told in &corrected.outcome.unplaced {
            prop_assert_eq!(&told.reason, &UnplacedReason::CutOtherwise);
            prop_assert!(!kept.contains(&told.entry));
        }
        let ids = article_ids(&after, &split_file);
        for (place, (record, id)) in corrected.records.iter().zip(ids).enumerate() {
            prop_assert_eq!(record.page.as_ref(), pages.get(&place));
            prop_assert_eq!(&record.id, &id);
        }
    }
}
