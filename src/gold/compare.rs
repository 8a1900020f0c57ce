//! Sets the articles of a splitter beside those of the gold. Pure.

use std::collections::BTreeMap;

use super::page::{Item, Page};
use crate::model::{Article, Kind, LineRole, SplitFile};
use crate::text::fold_char;

/// How well the articles of some pages are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles of the gold.
    pub gold: usize,
    /// Articles that the splitter made, within the annotated lines.
    pub cut: usize,
    /// Articles whose lines are just those of the gold, blank ones aside.
    pub exact: usize,
    /// Exact ones that are of the right kind; a profile may be called news.
    pub kinds: usize,
    /// Articles of the gold with a printed headline.
    pub titled: usize,
    /// Those that begin at the right line and have the right headline.
    pub titles: usize,
}

impl Counts {
    /// The harmonic mean of precision and recall of exact articles; 0 if there are none.
    #[must_use]
    pub fn f1(self) -> f64 {
        2.0 * self.exact as f64 / (self.gold + self.cut).max(1) as f64
    }

    /// Adds the counts of other pages.
    pub fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.cut += other.cut;
        self.exact += other.exact;
        self.kinds += other.kinds;
        self.titled += other.titled;
        self.titles += other.titles;
    }
}

/// What went wrong with an article; each that is not exact is in the first of these that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorClass {
    /// No article has a line of it.
    NoArticle,
    /// It begins where it should, and another article begins within.
    ExtraStart,
    /// It begins where it should and goes on over the beginning of the next item, which is not seen.
    RunsOn,
    /// It begins where it should and has the first lines of the next item, which begins late.
    EndsLate,
    /// It begins where it should and lacks lines at its end, or within.
    EndsEarly,
    /// An article begins within, but none at its first line.
    BeginsLate,
    /// The article that it is in begins above it, at no beginning of an article.
    BeginsEarly,
    /// Its beginning is not seen: it is in an article that has another one before it.
    StartNotSeen,
    /// An article where the gold has none; not one of the gold.
    NoItem,
}

impl ErrorClass {
    /// All classes, in the order in which they are tried.
    pub const ALL: [Self; 9] = [
        Self::NoArticle,
        Self::ExtraStart,
        Self::RunsOn,
        Self::EndsLate,
        Self::EndsEarly,
        Self::BeginsLate,
        Self::BeginsEarly,
        Self::StartNotSeen,
        Self::NoItem,
    ];

    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoArticle => "no article",
            Self::ExtraStart => "extra start",
            Self::RunsOn => "runs on",
            Self::EndsLate => "ends late",
            Self::EndsEarly => "ends early",
            Self::BeginsLate => "begins late",
            Self::BeginsEarly => "begins early",
            Self::StartNotSeen => "start not seen",
            Self::NoItem => "no item",
        }
    }
}

/// An article that is not exact, or one too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Miss {
    /// What went wrong.
    pub class: ErrorClass,
    /// The number of the line where it did; `None` if that is told of the next article.
    pub line: Option<u32>,
}

/// The articles of a page beside those of the gold.
#[derive(Debug, Clone, Default)]
pub struct PageScore {
    /// Counts of this page.
    pub counts: Counts,
    /// What went wrong.
    pub misses: Vec<Miss>,
    /// For each article that begins within the annotated lines its confidence, and whether an item
    /// begins there.
    pub starts: Vec<(f32, bool)>,
}

/// Compares the articles of a page with its gold. Notices, and articles outside of what is annotated,
/// are not judged.
#[must_use]
pub fn compare(page: &Page, split_file: &SplitFile) -> PageScore {
    let items: Vec<Judged<&Item>> = (page.items.iter().filter(|item| item.is_article()))
        .map(|item| Judged { lines: page.filled(item.lines.iter().copied()), of: item })
        .filter(|item| !item.lines.is_empty())
        .collect();
    let annotated = items.iter().flat_map(|item| &item.lines).copied();
    let (Some(first), Some(last)) = (annotated.clone().min(), annotated.max()) else {
        return PageScore::default();
    };
    let articles = split_file.articles.iter().filter(|article| article.kind != Kind::Notice);
    let articles: Vec<Judged<&Article>> = articles
        .map(|article| {
            let lines = page.filled(article.lines.iter().map(|range| (range.0, range.1)));
            Judged { lines, of: article }
        })
        .filter(|article| {
            article.lines.first() <= Some(&last) && article.lines.last() >= Some(&first)
        })
        .collect();
    let sides = Sides::new(page, &items, &articles);
    let mut score = PageScore::default();
    let counts = &mut score.counts;
    (counts.gold, counts.cut) = (items.len(), articles.len());
    for item in &items {
        let article = sides.beginning_at(item.first());
        if let Some(title) = item.of.title.as_deref().filter(|title| !plain(title).is_empty()) {
            counts.titled += 1;
            let right =
                article.is_some_and(|article| has_title(page, split_file, article.of, title));
            counts.titles += usize::from(right);
        }
        match article.filter(|article| article.lines == item.lines) {
            Some(article) => {
                counts.exact += 1;
                let kind = article.of.kind.as_str();
                let right = item.of.kind == kind || (item.of.kind == "profile" && kind == "news");
                counts.kinds += usize::from(right);
            }
            None => score.misses.push(sides.miss(item)),
        }
    }
    let wanted = |article: &&Judged<&Article>| {
        article.lines.iter().any(|line| sides.item_of.contains_key(line))
    };
    for article in articles.iter().filter(|article| !wanted(article)) {
        let line = Some(article.first());
        score.misses.push(Miss { class: ErrorClass::NoItem, line });
    }
    for article in &split_file.articles {
        let Some(line) = article.lines.first().map(|range| range.0) else { continue };
        if (first..=last).contains(&line) {
            let right = page.items.iter().any(|item| item.first_line() == line);
            score.starts.push((article.cut.confidence, right));
        }
    }
    score
}

/// An item or an article with its lines that are not blank, which are some.
struct Judged<T> {
    lines: Vec<u32>,
    of: T,
}

impl<T> Judged<T> {
    fn first(&self) -> u32 {
        self.lines[0]
    }

    fn last(&self) -> u32 {
        self.lines[self.lines.len() - 1]
    }
}

/// Both sides, by line.
struct Sides<'a> {
    page: &'a Page,
    articles: &'a [Judged<&'a Article>],
    article_of: BTreeMap<u32, usize>,
    /// Items that are judged, by all their lines and by their first one.
    item_of: BTreeMap<u32, usize>,
    first_lines: Vec<u32>,
}

impl<'a> Sides<'a> {
    fn new(
        page: &'a Page,
        items: &[Judged<&'a Item>],
        articles: &'a [Judged<&'a Article>],
    ) -> Self {
        let article_of = owners(articles.iter().map(|article| article.lines.as_slice()));
        let item_of = owners(items.iter().map(|item| item.lines.as_slice()));
        let first_lines = items.iter().map(Judged::first).collect();
        Self { page, articles, article_of, item_of, first_lines }
    }

    fn owner(&self, line: u32) -> Option<&Judged<&'a Article>> {
        self.article_of.get(&line).map(|&place| &self.articles[place])
    }

    fn beginning_at(&self, line: u32) -> Option<&Judged<&'a Article>> {
        self.owner(line).filter(|article| article.first() == line)
    }

    /// What went wrong with an item that is not exact.
    fn miss(&self, item: &Judged<&Item>) -> Miss {
        let at = |class: ErrorClass, line: u32| Miss { class, line: Some(line) };
        let first = item.first();
        let begins = |line: &u32| self.beginning_at(*line).is_some();
        let within = item.lines.iter().skip(1).copied().find(begins);
        let Some(owner) = item.lines.iter().find_map(|&line| self.owner(line)) else {
            return at(ErrorClass::NoArticle, first);
        };
        if let Some(article) = self.beginning_at(first) {
            if let Some(line) = within {
                return at(ErrorClass::ExtraStart, line);
            }
            let Some(&beyond) = article.lines.iter().find(|&&line| line > item.last()) else {
                let lost = item.lines.iter().find(|line| !article.lines.contains(line));
                return at(ErrorClass::EndsEarly, lost.copied().unwrap_or(first));
            };
            return self.miss_beyond(beyond);
        }
        if within.is_some() {
            return at(ErrorClass::BeginsLate, first);
        }
        let holds_another = self.page.items.iter().any(|other| {
            let line = other.first_line();
            !other.is_heading() && line < first && owner.lines.contains(&line)
        });
        let class = if holds_another { ErrorClass::StartNotSeen } else { ErrorClass::BeginsEarly };
        at(class, if holds_another { first } else { owner.first() })
    }

    /// What went wrong with an article that goes on to a line beyond its end.
    fn miss_beyond(&self, beyond: u32) -> Miss {
        let next =
            self.page.items.iter().find(|item| {
                item.lines.iter().any(|&(first, last)| (first..=last).contains(&beyond))
            });
        let Some(next) = next else {
            return Miss { class: ErrorClass::EndsLate, line: Some(beyond) };
        };
        let lines = self.page.filled(next.lines.iter().copied());
        let late = lines.iter().skip(1).any(|&line| self.beginning_at(line).is_some());
        let class = if late { ErrorClass::EndsLate } else { ErrorClass::RunsOn };
        // Its own beginning is told of an item that is judged.
        let told = self.first_lines.contains(&beyond);
        Miss { class, line: (!told).then_some(beyond) }
    }
}

fn owners<'a>(all: impl Iterator<Item = &'a [u32]>) -> BTreeMap<u32, usize> {
    let lines =
        all.zip(0..).flat_map(|(lines, place)| lines.iter().map(move |&line| (line, place)));
    lines.collect()
}

/// Whether an article has this headline: as its title, or as the first line of its headline, where
/// the gold has no more of it.
fn has_title(page: &Page, split_file: &SplitFile, article: &Article, title: &str) -> bool {
    let title = plain(title);
    if article.title.as_deref().map(plain).as_ref() == Some(&title) {
        return true;
    }
    let Some(first) = article.lines.first().map(|range| range.0) else { return false };
    let role = split_file.roles.get((first as usize).saturating_sub(1));
    matches!(role, Some(LineRole::Title | LineRole::Kicker)) && plain(page.line(first)) == title
}

/// A headline without width, script, blanks, quotes and marks before it.
fn plain(title: &str) -> String {
    const IGNORED: &str = "\"'“”‘’「」『』#";
    let kept = title.chars().filter(|c| !c.is_whitespace() && !IGNORED.contains(*c));
    kept.map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cut, LineRange, SourceText};

    /// A page of 12 lines, none blank; articles of the gold and of the splitter by their lines.
    fn of(gold: &[(u32, u32)], cut: &[(u32, u32)]) -> PageScore {
        let lines: Vec<String> = (1..=12).map(|line| format!("第{line}行")).collect();
        let text = SourceText::from_text("a.txt", lines.join("\n"));
        let item = |&lines: &(u32, u32)| Item::new("news", None, vec![lines]);
        let page = Page { text, items: gold.iter().map(item).collect() };
        let articles = cut.iter().map(|&(first, last)| Article {
            lines: vec![LineRange(first, last)],
            cut: Cut { confidence: 0.5, ..Cut::default() },
            ..Article::default()
        });
        let split_file = SplitFile { articles: articles.collect(), ..SplitFile::default() };
        compare(&page, &split_file)
    }

    #[test]
    fn each_article_that_is_not_exact_has_one_class() {
        use ErrorClass::{
            BeginsEarly, BeginsLate, EndsEarly, EndsLate, ExtraStart, NoArticle, NoItem, RunsOn,
            StartNotSeen,
        };
        let gold = [(1, 4), (5, 8), (9, 12)];
        let classes = |cut: &[(u32, u32)]| -> Vec<(ErrorClass, Option<u32>)> {
            of(&gold, cut).misses.into_iter().map(|miss| (miss.class, miss.line)).collect()
        };
        assert_eq!(classes(&gold), []);
        assert_eq!(classes(&[(1, 8), (9, 12)]), [(RunsOn, None), (StartNotSeen, Some(5))]);
        assert_eq!(classes(&[(1, 2), (3, 4), (5, 8), (9, 12)]), [(ExtraStart, Some(3))]);
        let late = [(EndsLate, None), (BeginsLate, Some(5))];
        assert_eq!(classes(&[(1, 5), (6, 8), (9, 12)]), late);
        // The next article has the last line; it is told twice, once of each.
        let early = [(ExtraStart, Some(4)), (BeginsEarly, Some(4))];
        assert_eq!(classes(&[(1, 3), (4, 8), (9, 12)]), early);
        assert_eq!(classes(&[(1, 3), (5, 8), (9, 12)]), [(EndsEarly, Some(4))]);
        assert_eq!(classes(&[(1, 4), (9, 12)]), [(NoArticle, Some(5))]);
        let outside = of(&[(1, 4), (9, 12)], &[(1, 4), (5, 8), (9, 12)]);
        assert_eq!(outside.misses, [Miss { class: NoItem, line: Some(5) }]);
        assert_eq!((outside.counts.gold, outside.counts.cut, outside.counts.exact), (2, 3, 2));
        for cut in [&[(1, 12)][..], &[(2, 6), (7, 12)], &[(1, 1), (3, 9), (11, 12)], &[(4, 5)]] {
            let all = of(&gold, cut);
            let missed = all.misses.iter().filter(|miss| miss.class != NoItem).count();
            assert_eq!(missed, all.counts.gold - all.counts.exact, "{cut:?}");
        }
    }

    #[test]
    fn a_headline_is_right_as_a_whole_or_by_its_first_line() {
        let text = SourceText::from_text("a.txt", "老水井换了\n“青石壁”\n井台加了护栏。\n");
        let page = |title: &str| Page {
            text: text.clone(),
            items: vec![Item::new("news", Some(title), vec![(1, 3)])],
        };
        let article = Article {
            lines: vec![LineRange(1, 3)],
            title: Some("老水井换了 “青石壁”".to_owned()),
            ..Article::default()
        };
        let roles = vec![LineRole::Title, LineRole::Title, LineRole::Body];
        let split_file = SplitFile { articles: vec![article], roles, ..SplitFile::default() };
        let right = |title: &str| compare(&page(title), &split_file).counts.titles;
        assert_eq!(right("老水井换了「青石壁」"), 1);
        assert_eq!(right("老水井换了"), 1);
        assert_eq!(right("青石壁"), 0);
        assert_eq!(compare(&page(""), &split_file).counts.titled, 0);
    }
}
