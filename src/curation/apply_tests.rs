//! Every correction is where it was made or is listed as unplaced: where the splitter cuts otherwise, and
//! where people cut, join and take that back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::{CorrectedFile, FileCorrections, PartCorrections, apply, are_about_the_same, quote_of};
use crate::annotate::{Annotator, article_ids};
use crate::model::{
    Anchor, Article, ArticleId, Change, Correction, EntryId, IndicatorCorrection, LineRange,
    LineRole, SourceText, SplitFile, TextCorrection, UnplacedReason,
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
    let role = |row| {
        if source.line(row).trim().is_empty() { LineRole::Blank } else { LineRole::Body }
    };
    let roles = (0..source.lines.len()).map(role).collect();
    let mut split_file = SplitFile { roles, owners, ..SplitFile::default() };
    let ends = starts.iter().skip(1).copied().chain([lines]);
    for (&start, end) in starts.iter().zip(ends) {
        let rows: Vec<usize> = (start..end).map(|line| above + 2 * line).collect();
        let (first, last) = (rows[0], rows[rows.len() - 1]);
        let owner = split_file.articles.len() as u32;
        for &row in &rows {
            split_file.owners[row] = Some(owner);
        }
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
    fn another_cut_keeps_a_decision_where_beginning_and_half_are_the_same_and_lists_it_elsewhere(
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
        let corrections = PartCorrections::whole(Arc::new(corrections));
        let corrected = apply(&corrections, &after, split_file.clone(), &annotator);

        let now = articles(&now);
        let mut pages: BTreeMap<usize, String> = BTreeMap::new();
        let mut kept = BTreeSet::new();
        for (entry, lines) in entries.iter().zip(articles(&then)) {
            let first = lines.first().copied().unwrap_or(0);
            let place = now.iter().position(|own| own.contains(&first)).expect("every line");
            let shared = now[place].intersection(&lines).count();
            let begins = now[place].first() == lines.first();
            if begins && 2 * shared >= now[place].union(&lines).count() {
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

/// A decision on lines of a page, each range from its first to its last line, counted from 0 without the
/// blank ones.
fn decision(
    source: &SourceText,
    second: i64,
    article: Option<&ArticleId>,
    lines: &[(usize, usize)],
    change: Change,
) -> Correction {
    let quote = |line: usize| quote_of(source.line(2 * line)).to_owned();
    let number = |line: usize| 2 * line as u32 + 1;
    let are_single = lines.iter().all(|(first, last)| first == last);
    Correction {
        id: EntryId::default(),
        article: article.cloned(),
        anchor: Anchor {
            file: "page.txt".into(),
            content: "now".into(),
            lines: lines
                .iter()
                .map(|&(first, last)| LineRange(number(first), number(last)))
                .collect(),
            quote: lines
                .iter()
                .flat_map(|&(first, last)| {
                    std::iter::once(quote(first)).chain((!are_single).then(|| quote(last)))
                })
                .collect(),
        },
        change,
        was: String::new(),
        by: "丁".into(),
        at: jiff::Timestamp::from_second(second).expect("a time"),
        why: String::new(),
    }
    .identified()
}

fn corrected(source: &SourceText, split_file: &SplitFile, entries: &[Correction]) -> CorrectedFile {
    let corrections = FileCorrections { content: "now".into(), entries: entries.to_vec() };
    let corrections = PartCorrections::whole(Arc::new(corrections));
    apply(&corrections, source, split_file.clone(), &Annotator::new())
}

fn reasons(file: &CorrectedFile) -> Vec<(&str, &UnplacedReason)> {
    file.outcome.unplaced.iter().map(|told| (told.field.as_str(), &told.reason)).collect()
}

fn page(page: &str) -> Change {
    Change::Page(page.to_owned())
}

fn text(from: &str, to: &str) -> Change {
    let (from, to) = (from.to_owned(), to.to_owned());
    Change::Text(TextCorrection { from, to, ..TextCorrection::default() })
}

#[test]
fn what_was_decided_about_an_article_is_not_said_of_the_one_that_it_was_joined_to() {
    let source = source(LINES, 0);
    let split_file = cut(&source, &BTreeSet::from([0, 4]), LINES, 0);
    let ids = article_ids(&source, &split_file);
    let of_second = |second, change| decision(&source, second, Some(&ids[1]), &[(4, 9)], change);
    let joins = Change::Joins(ids[1].clone());
    let entries = [
        of_second(1, page("B02")),
        of_second(2, text("第7件", "第七件")),
        decision(&source, 3, Some(&ids[0]), &[(4, 4), (0, 0)], joins),
    ];
    let joined = corrected(&source, &split_file, &entries);
    assert_eq!(joined.records.len(), 1);
    assert_eq!((&joined.records[0].id, &joined.records[0].page), (&ids[0], &None));
    assert_eq!(joined.records[0].former_ids, [ids[1].clone()]);
    assert!(joined.records[0].body.contains("第七件"));
    assert_eq!(reasons(&joined), [("page", &UnplacedReason::CutOtherwise)]);
    // Without the join it is where it was made.
    let apart = corrected(&source, &split_file, &entries[..2]);
    assert_eq!(apart.records[1].page.as_deref(), Some("B02"));
    assert!(apart.outcome.unplaced.is_empty());
}

#[test]
fn what_was_decided_about_a_piece_is_not_said_of_the_whole_when_the_cut_is_taken_back() {
    let source = source(LINES, 0);
    let split_file = cut(&source, &BTreeSet::from([0]), LINES, 0);
    let whole = &article_ids(&source, &split_file)[0];
    let begins = decision(&source, 1, Some(whole), &[(2, 2)], Change::Begins);
    let pieces = corrected(&source, &split_file, std::slice::from_ref(&begins));
    let [_, piece] = pieces.records.as_slice() else { panic!("{pieces:?}") };
    let advertisement = Change::Lines(LineRole::Advertisement);
    let mut entries = vec![
        begins,
        decision(&source, 2, Some(&piece.id), &[(2, 9)], page("B02")),
        decision(&source, 3, Some(&piece.id), &[(2, 9)], text("第7件", "第七件")),
        decision(&source, 4, Some(&piece.id), &[(9, 9)], advertisement),
    ];
    let parted = corrected(&source, &split_file, &entries);
    assert_eq!(parted.records[1].page.as_deref(), Some("B02"));
    assert!(parted.outcome.unplaced.is_empty());

    entries.remove(0);
    let taken_back = corrected(&source, &split_file, &entries);
    let [record] = taken_back.records.as_slice() else { panic!("{taken_back:?}") };
    assert_eq!(record.page, None);
    assert!(record.body.contains("第七件") && !record.body.contains("第9件"));
    assert_eq!(reasons(&taken_back), [("page", &UnplacedReason::CutOtherwise)]);
}

#[test]
fn what_is_joined_to_a_piece_goes_to_that_piece_or_nowhere() {
    let source = source(LINES, 0);
    let split_file = cut(&source, &BTreeSet::from([0, 4, 7]), LINES, 0);
    let ids = article_ids(&source, &split_file);
    let begins = decision(&source, 1, Some(&ids[0]), &[(2, 2)], Change::Begins);
    let pieces = corrected(&source, &split_file, std::slice::from_ref(&begins));
    let piece = pieces.records[1].id.clone();
    let joins = |lines| {
        let joins = Change::Joins(ids[2].clone());
        [begins.clone(), decision(&source, 2, Some(&piece), lines, joins)]
    };
    let joined = corrected(&source, &split_file, &joins(&[(7, 7), (2, 2)]));
    assert!(joined.outcome.unplaced.is_empty(), "{:?}", joined.outcome);
    let lines: Vec<&[LineRange]> =
        joined.records.iter().map(|record| record.lines.as_slice()).collect();
    let expected: [&[LineRange]; 3] =
        [&[LineRange(1, 3)], &[LineRange(5, 7), LineRange(15, 19)], &[LineRange(9, 13)]];
    assert_eq!(lines, expected);
    assert_eq!(joined.records[1].former_ids, [ids[2].clone()]);
    // An id alone that the splitter does not give: not simply the article before.
    let unknown = corrected(&source, &split_file, &joins(&[(7, 7)]));
    assert_eq!(reasons(&unknown), [("joins", &UnplacedReason::NotPossible)]);
    assert_eq!(unknown.records.len(), 4);
}

#[test]
fn decisions_that_share_lines_are_all_shown_unless_nothing_is_left_of_one() {
    let source = source(LINES, 0);
    let split_file = cut(&source, &BTreeSet::from([0]), LINES, 0);
    let id = &article_ids(&source, &split_file)[0];
    let of = |second, lines: &[(usize, usize)], change| {
        decision(&source, second, Some(id), lines, change)
    };
    let entries = [
        of(1, &[(0, 3), (6, 9)], Change::Pieces),
        of(2, &[(3, 3)], Change::Lines(LineRole::Credit)),
        of(3, &[(3, 3)], Change::Lines(LineRole::Subheading)),
    ];
    let made = corrected(&source, &split_file, &entries);
    let shown: Vec<&str> =
        made.records[0].corrections.iter().map(|applied| applied.field.as_str()).collect();
    assert_eq!(shown, ["pieces", "lines"]);
    assert_eq!(made.records[0].corrections[1].entry, entries[2].id);
}

const HARVEST: &str = "全镇去年粮食产量达到3.5万吨，同比增长2%。";

/// A page that states a figure, and what becomes of it.
fn with_figure(changes: &[Change]) -> (CorrectedFile, Vec<Correction>) {
    let source = SourceText::from_text("page.txt", format!("{HARVEST}\n\n集市照旧。\n"));
    let split_file = cut(&source, &BTreeSet::from([0]), 2, 0);
    let id = &article_ids(&source, &split_file)[0];
    let entries = (1..).zip(changes);
    let entries: Vec<Correction> = entries
        .map(|(second, change)| decision(&source, second, Some(id), &[(0, 1)], change.clone()))
        .collect();
    (corrected(&source, &split_file, &entries), entries)
}

fn row(quote: &str, row: &str, name: Option<&str>, value: Option<f64>) -> Change {
    Change::Indicator(IndicatorCorrection {
        quote: quote.to_owned(),
        row: row.to_owned(),
        name: name.map(str::to_owned),
        value,
        ..IndicatorCorrection::default()
    })
}

#[test]
fn the_last_decision_on_a_figure_counts_whatever_it_is_called_meanwhile() {
    let (plain, _) = with_figure(&[]);
    let [read] = plain.records[0].indicators.as_slice() else { panic!("{plain:?}") };
    // In the order of their names the second one would come first.
    let changes = [
        row(&read.quote, &read.name, Some("一项产出"), Some(4.0)),
        row(&read.quote, "一项产出", None, Some(5.0)),
        row(&read.quote, "一项产出", Some("一种产出"), None),
    ];
    let (made, entries) = with_figure(&changes);
    let [figure] = made.records[0].indicators.as_slice() else { panic!("{made:?}") };
    assert_eq!((figure.name.as_str(), figure.value), ("一种产出", Some(5.0)));
    assert!(made.outcome.unplaced.is_empty());
    let [shown] = made.records[0].corrections.as_slice() else { panic!("{made:?}") };
    assert_eq!(shown.entry, entries[2].id);
    assert!(shown.was.contains("3.5"), "{}", shown.was);
    assert!(are_about_the_same(&entries[0], &entries[1]));
    assert!(are_about_the_same(&entries[1], &entries[0]));
    let gone = row("别处的一句。", "粮食产量", None, Some(1.0));
    assert_eq!(reasons(&with_figure(&[gone]).0), [("indicator", &UnplacedReason::NoSuchRow)]);
}

#[test]
fn a_figure_is_known_by_what_is_printed_when_characters_around_it_are_corrected() {
    let (plain, _) = with_figure(&[]);
    let read = &plain.records[0].indicators[0];
    let changes = [row(&read.quote, &read.name, None, Some(3.7)), text("同比增长", "比上年增长")];
    let (made, _) = with_figure(&changes);
    assert!(made.outcome.unplaced.is_empty(), "{:?}", made.outcome);
    let figure = &made.records[0].indicators[0];
    assert_eq!(figure.value, Some(3.7));
    assert_ne!(figure.quote, read.quote);
}
