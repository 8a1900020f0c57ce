//! Where articles begin and end: how many have exactly the reader's lines, and how many have the
//! reader's headline and kind.

use super::{Page, Row, SETS, name, pages};

/// The least that each figure may be, from 0 to 1.
struct Floors {
    exact: f64,
    title: f64,
    kind: f64,
}

#[test]
fn unlike_pages_are_cut_as_by_a_careful_reader() {
    let floors = Floors { exact: 0.94, title: 0.95, kind: 0.96 };
    hold(0, &floors);
}

#[test]
fn the_sample_corpus_is_cut_as_by_a_careful_reader() {
    let floors = Floors { exact: 0.91, title: 0.94, kind: 0.96 };
    hold(1, &floors);
}

/// The floors are what the table reached that is fitted on written pages, rounded down.
#[test]
fn unseen_pages_are_cut_no_worse_than_before() {
    let floors = Floors { exact: 0.67, title: 0.60, kind: 0.85 };
    hold(2, &floors);
}

/// Pages whose errors nobody looks at: no page and no miss is named, so that no rule is worded after one.
/// The floors are what the table reached that is fitted on written pages, rounded down.
#[test]
fn pages_whose_errors_nobody_looked_at_are_cut_no_worse_than_before() {
    hold(BLIND, &Floors { exact: 0.59, title: 0.71, kind: 0.64 });
}

/// Pages by other authors than those of the pages that the table is fitted on. None is named either.
#[test]
fn pages_of_other_authors_are_cut_no_worse_than_before() {
    hold(APART, &Floors { exact: 0.54, title: 0.54, kind: 0.56 });
}

/// Places of folders in [`SETS`].
const BLIND: usize = 3;
const APART: usize = 4;

/// How many were right of how many.
#[derive(Default)]
struct Figures {
    articles: usize,
    predicted: usize,
    exact: usize,
    titles: usize,
    titles_right: usize,
    kinds_right: usize,
    /// Exact F1 of each file.
    pages: Vec<String>,
    misses: Vec<String>,
}

impl Figures {
    fn exact_f1(&self) -> f64 {
        f1(self.exact, self.articles, self.predicted)
    }

    fn report(&self) -> String {
        format!(
            "exact F1 {:.3}, title {:.3}, kind {:.3}, {} articles\n{}\n{}",
            self.exact_f1(),
            self.titles_right as f64 / self.titles as f64,
            self.kinds_right as f64 / self.articles as f64,
            self.articles,
            self.pages.join("\n"),
            self.misses.join("\n")
        )
    }

    fn miss(&mut self, row: &Row, said: &str) {
        self.misses.push(format!("  {}: {said}", name(row)));
    }

    /// Compares the articles of one file.
    fn add(&mut self, page: &Page) {
        let predicted = page.split_file.articles.len();
        let before = (self.exact, self.articles);
        for (row, at) in page.matched() {
            self.articles += 1;
            self.titles += usize::from(row.title.is_some());
            let Some(at) = at else {
                self.miss(row, "not found");
                continue;
            };
            let article = &page.split_file.articles[at];
            if page.filled(&article.lines) == page.filled(&row.lines) {
                self.exact += 1;
            } else {
                self.miss(row, &format!("lines {:?}", article.lines));
            }
            if row.kind == article.kind.as_str() {
                self.kinds_right += 1;
            } else {
                self.miss(row, article.kind.as_str());
            }
            if row.title.is_some() {
                let same = plain(row.title.as_deref()) == plain(article.title.as_deref());
                self.titles_right += usize::from(same);
                if !same {
                    self.miss(row, &format!("title {:?}", article.title));
                }
            }
        }
        self.predicted += predicted;
        let (exact, articles) = (self.exact - before.0, self.articles - before.1);
        self.pages.push(format!(
            "  {}: exact F1 {:.3} ({exact} right, {predicted} said, {articles} wanted)",
            page.rows[0].file,
            f1(exact, articles, predicted)
        ));
    }
}

fn f1(right: usize, wanted: usize, said: usize) -> f64 {
    2.0 * right as f64 / (wanted + said) as f64
}

#[expect(clippy::print_stdout, reason = "the figures are shown when the test is run alone")]
fn hold(set: usize, floors: &Floors) {
    let (texts, gold) = SETS[set];
    let mut figures = Figures::default();
    for page in pages(texts, gold) {
        figures.add(&page);
    }
    if [BLIND, APART].contains(&set) {
        figures.pages.clear();
        figures.misses.clear();
    }
    let report = format!("{gold}: {}", figures.report());
    println!("{report}");
    assert!(figures.exact_f1() >= floors.exact, "{report}");
    assert!(figures.titles_right as f64 >= floors.title * figures.titles as f64, "{report}");
    assert!(figures.kinds_right as f64 >= floors.kind * figures.articles as f64, "{report}");
}

/// A headline without white space, marks of Markdown, and differences of width.
fn plain(title: Option<&str>) -> String {
    let title = dibao::text::fold(title.unwrap_or_default());
    title.text.chars().filter(|c| !c.is_whitespace() && *c != '#').collect()
}
