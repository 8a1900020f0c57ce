//! What is the layout of a page worth to the splitter? Thirteen pages with gold, `pages/NAME.pdf`, are cut four
//! times: as a text with a paragraph on each line; as their printed lines in the order of reading, and in
//! that of the program, without any places; and as they are read, with the place of each line.
//!
//! Rules may be worded after the first eight pages (`pages/first.py`, set by typst), not after the others
//! (`pages/second.py`, set by LibreOffice). `cargo test --test layout -- --nocapture` prints the tables.

mod page;

use std::collections::BTreeSet;

use dibao::model::{Article, SourceText};
use dibao::split::split;
use page::{Page, Row};

const FIRST: [&str; 8] =
    ["daily", "county", "bulletin", "tabloid", "jump", "orders", "album", "prices"];
const SECOND: [&str; 5] = ["gazette", "photos", "figures", "vertical", "columns"];

/// How a page is given to the splitter.
const VARIANTS: [(&str, Variant); 5] = [
    ("paragraphs", |page| (page.paragraphs(), page.paragraph_owners())),
    ("lines, ordered", |page| page.lines_in_order(false)),
    ("lines, as read", |page| (page.without_places(), page.owners())),
    ("with places", |page| (page.read.clone(), page.owners())),
    ("places, ordered", |page| page.lines_in_order(true)),
];

/// A text, and for each of its lines the article that gold says it is in.
type Variant = fn(&Page) -> (SourceText, Vec<Option<usize>>);

/// How many were right of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    wanted: usize,
    said: usize,
    exact: usize,
    titles: usize,
    titles_right: usize,
    kickers: usize,
    kickers_right: usize,
    kinds_right: usize,
}

impl Figures {
    fn f1(&self) -> f64 {
        2.0 * self.exact as f64 / (self.wanted + self.said).max(1) as f64
    }

    fn title(&self) -> f64 {
        self.titles_right as f64 / self.titles.max(1) as f64
    }

    fn kicker(&self) -> f64 {
        self.kickers_right as f64 / self.kickers.max(1) as f64
    }

    fn kind(&self) -> f64 {
        self.kinds_right as f64 / self.wanted.max(1) as f64
    }

    fn add(&mut self, other: Self) {
        self.wanted += other.wanted;
        self.said += other.said;
        self.exact += other.exact;
        self.titles += other.titles;
        self.titles_right += other.titles_right;
        self.kickers += other.kickers;
        self.kickers_right += other.kickers_right;
        self.kinds_right += other.kinds_right;
    }
}

/// Cuts a text, and compares it with the rows; `misses` takes what is not exact.
fn measured(
    rows: &[Row],
    source: &SourceText,
    owners: &[Option<usize>],
    misses: &mut Vec<String>,
) -> Figures {
    let split_file = split(source);
    let found: Vec<BTreeSet<usize>> = split_file
        .articles
        .iter()
        .zip(0..)
        .map(|(_, owner)| {
            let owned = split_file.owners.iter().enumerate();
            owned.filter(|(_, by)| **by == Some(owner)).map(|(line, _)| line).collect()
        })
        .collect();
    let mut matched = BTreeSet::new();
    let mut figures = Figures { said: found.len(), ..Figures::default() };
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| row.is_article()) {
        let lines = owners.iter().enumerate().filter(|(_, owner)| **owner == Some(place));
        let lines: BTreeSet<usize> = lines
            .map(|(line, _)| line)
            .filter(|&line| !source.line(line).trim().is_empty())
            .collect();
        let name = row.title.as_deref().unwrap_or(&row.kind);
        figures.wanted += 1;
        figures.titles += usize::from(row.title.is_some());
        figures.kickers += usize::from(row.kicker.is_some());
        let likeness = |found: &BTreeSet<usize>| {
            lines.intersection(found).count() as f64 / lines.union(found).count().max(1) as f64
        };
        let best =
            (0..found.len()).max_by(|&a, &b| likeness(&found[a]).total_cmp(&likeness(&found[b])));
        let Some(best) = best.filter(|&at| likeness(&found[at]) >= 0.5) else {
            misses.push(format!("    {name}: not found"));
            continue;
        };
        let article = &split_file.articles[best];
        figures.exact += usize::from(found[best] == lines);
        if found[best] != lines {
            misses.push(format!("    {name}: lines {:?}", article.lines));
        }
        matched.insert(best);
        compare(row, article, &mut figures, misses);
    }
    for (article, _) in split_file.articles.iter().zip(0..).filter(|(_, at)| !matched.contains(at))
    {
        misses.push(format!("    said too much: {:?} {:?}", article.lines, article.title));
    }
    figures
}

fn compare(row: &Row, article: &Article, figures: &mut Figures, misses: &mut Vec<String>) {
    let name = row.title.as_deref().unwrap_or(&row.kind);
    let is_title = plain(row.title.as_deref()) == plain(article.title.as_deref());
    if row.title.is_some() {
        figures.titles_right += usize::from(is_title);
    }
    if !is_title {
        misses.push(format!("    {name}: title {:?}", article.title));
    }
    if row.kicker.is_some() {
        let is_kicker = plain(row.kicker.as_deref()) == plain(article.kicker.as_deref());
        figures.kickers_right += usize::from(is_kicker);
        if !is_kicker {
            misses.push(format!("    {name}: kicker {:?}", article.kicker));
        }
    }
    let is_kind = row.kind == article.kind.as_str();
    figures.kinds_right += usize::from(is_kind);
    if !is_kind {
        misses.push(format!("    {name}: {}", article.kind.as_str()));
    }
}

fn plain(text: Option<&str>) -> String {
    text.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect()
}

/// The sums of a half, for each variant, printed with its pages.
#[expect(clippy::print_stdout, reason = "the figures are shown when the test is run alone")]
fn half(names: &[&str]) -> Vec<Figures> {
    let pages: Vec<Page> = names.iter().map(|name| Page::open(name)).collect();
    let mut sums = Vec::new();
    for (variant, text) in VARIANTS {
        let mut sum = Figures::default();
        println!("{variant}");
        for page in &pages {
            let (source, owners) = text(page);
            let mut misses = Vec::new();
            let figures = measured(&page.rows, &source, &owners, &mut misses);
            println!(
                "  {:10} exact F1 {:.3} ({} right, {} said, {} wanted)",
                page.name,
                figures.f1(),
                figures.exact,
                figures.said,
                figures.wanted
            );
            for miss in &misses {
                println!("{miss}");
            }
            sum.add(figures);
        }
        println!(
            "  together   exact F1 {:.3}, title {:.3}, kicker {:.3}, kind {:.3}",
            sum.f1(),
            sum.title(),
            sum.kicker(),
            sum.kind()
        );
        sums.push(sum);
    }
    for page in &pages {
        let (late, lines) = page.out_of_order();
        println!("{}: {late} of {lines} lines out of order", page.name);
    }
    sums
}

/// Places in [`VARIANTS`].
const WITHOUT: [usize; 2] = [2, 1];
const WITH: [usize; 2] = [3, 4];

/// Checks what is reached with places, as read and in the order of reading, and that no more than
/// this part of what is wrong without them is wrong with them.
fn hold(sums: &[Figures], exact: [f64; 2], title: [f64; 2], left: [f64; 2]) {
    for order in 0..2 {
        let (with, without) = (sums[WITH[order]], sums[WITHOUT[order]]);
        assert!(with.f1() >= exact[order], "{with:?}");
        assert!(with.title() >= title[order], "{with:?}");
        let wrong = |figures: &Figures| 1.0 - figures.f1();
        assert!(wrong(&with) <= wrong(&without) * left[order], "{with:?} {without:?}");
        assert!(with.kind() >= without.kind(), "{with:?} {without:?}");
    }
}

/// The floors are what was reached when places were first used, rounded down.
#[test]
fn pages_that_rules_were_worded_after_are_cut_by_their_layout() {
    hold(&half(&FIRST), [0.95, 0.95], [0.97, 0.97], [0.33, 0.33]);
}

#[test]
fn pages_of_another_program_are_cut_by_their_layout() {
    hold(&half(&SECOND), [0.84, 0.84], [0.88, 0.88], [0.5, 0.5]);
}
