//! A person who knows how a page is cut, and decides until the archive has it like that.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context;
use dibao::curation::CurationFolder;
use dibao::gold::{Item, Page, gold_rows};
use dibao::ingest::{IngestPlan, run};
use dibao::model::{Change, Kind, LineRange, LineRole, Record};
use dibao::present::{Decision, Target, correct, correct_all, has_its_lines, lines_kept};
use dibao::search::Archive;
use jiff::Timestamp;

pub struct Reader {
    corpus: PathBuf,
    index: PathBuf,
    folder: CurationFolder,
    decisions: Cell<i64>,
}

impl Reader {
    /// Ingests a corpus, and begins with no decisions.
    pub fn new(folder: &Path, corpus: &Path) -> anyhow::Result<Self> {
        let reader = Self {
            corpus: corpus.to_owned(),
            index: folder.join("index"),
            folder: CurationFolder::new(folder.join("curation")),
            decisions: Cell::new(0),
        };
        reader.ingest()?;
        Ok(reader)
    }

    /// How many decisions were made, one for each page that it is right now among them.
    pub fn decisions(&self) -> i64 {
        self.decisions.get()
    }

    fn ingest(&self) -> anyhow::Result<()> {
        let curation = Some(self.folder.clone());
        run(&IngestPlan { curation, ..IngestPlan::new(&self.corpus, &self.index) }, &())?;
        Ok(())
    }

    fn archive(&self) -> anyhow::Result<Archive> {
        Ok(Archive::open(&self.index)?)
    }

    fn articles(&self, file: &str) -> anyhow::Result<Vec<Record>> {
        Ok(self.archive()?.articles_in_lines(file, LineRange(1, u32::MAX))?)
    }

    fn next(&self) -> anyhow::Result<Decision> {
        self.decisions.set(self.decisions.get() + 1);
        let at = Timestamp::from_second(1_700_000_000 + self.decisions.get())?;
        Ok(Decision { by: "bench".to_owned(), why: String::new(), at })
    }

    fn decide(&self, target: &Target, change: Change) -> anyhow::Result<()> {
        let (archive, decision) = (self.archive()?, self.next()?);
        correct(&archive, &self.corpus, &self.folder, target, change, &decision, None)?;
        Ok(())
    }

    /// Decides on what is wrong with a page: first what is no article and where articles begin, then
    /// what was cut apart, then what is left; then says that the page is right.
    pub fn correct(&self, file: &str, page: &Page) -> anyhow::Result<()> {
        self.cut(file, page)?;
        self.ingest()?;
        self.join(file, page)?;
        self.ingest()?;
        self.settle(file, page)?;
        self.ingest()?;
        let (archive, decision) = (self.archive()?, self.next()?);
        let kept = lines_kept(&archive, &self.corpus, file)?;
        correct_all(&archive, &self.corpus, &self.folder, kept, &decision)?;
        self.ingest()
    }

    fn cut(&self, file: &str, page: &Page) -> anyhow::Result<()> {
        let articles = self.articles(file)?;
        for item in &page.items {
            let lines = filled(page, &item.lines);
            let of_item: Vec<&Record> =
                articles.iter().filter(|article| !own(page, article).is_disjoint(&lines)).collect();
            let whole = of_item.iter().find(|article| own(page, article) == lines);
            if item.is_article() {
                let begins = |article: &&&Record| own(page, article).first() == lines.first();
                if of_item.iter().find(begins).is_none() {
                    let first = *lines.first().context("an item without lines")?;
                    self.decide(&of(file, &[(first, first)]), Change::Begins)?;
                }
            } else if let (Some(whole), "notice") = (whole, item.kind.as_str()) {
                if whole.kind != Kind::Notice {
                    self.decide(&Target::Article(whole.id.clone()), Change::Kind(Kind::Notice))?;
                }
            } else if !of_item.is_empty() {
                self.decide(&of(file, &item.lines), Change::Lines(role(item)))?;
            }
        }
        Ok(())
    }

    fn join(&self, file: &str, page: &Page) -> anyhow::Result<()> {
        let articles = self.articles(file)?;
        for article in &articles {
            let Some(first) = own(page, article).first().copied() else { continue };
            let item = page.items.iter().find(|item| filled(page, &item.lines).contains(&first));
            let Some(item) = item else {
                let lines: Vec<(u32, u32)> =
                    article.lines.iter().map(|range| (range.0, range.1)).collect();
                self.decide(&of(file, &lines), Change::Lines(LineRole::Front))?;
                continue;
            };
            let begin = filled(page, &item.lines).first().copied();
            let whole = articles.iter().find(|other| own(page, other).first().copied() == begin);
            if let Some(whole) = whole.filter(|whole| item.is_article() && whole.id != article.id) {
                let target = Target::Article(whole.id.clone());
                self.decide(&target, Change::Joins(article.id.clone()))?;
            }
        }
        Ok(())
    }

    fn settle(&self, file: &str, page: &Page) -> anyhow::Result<()> {
        let articles = self.articles(file)?;
        for item in page.items.iter().filter(|item| item.is_article()) {
            let lines = filled(page, &item.lines);
            let found = articles.iter().find(|article| own(page, article).first() == lines.first());
            if found.is_none_or(|article| own(page, article) != lines) {
                self.decide(&of(file, &item.lines), Change::Pieces)?;
            }
            let kind = kind(item);
            if let Some(article) = found.filter(|article| article.kind != kind) {
                self.decide(&Target::Article(article.id.clone()), Change::Kind(kind))?;
            }
        }
        Ok(())
    }

    /// How many articles of the gold are in the archive with just their lines.
    pub fn exact(&self, paper: &str, pages: &[Page]) -> anyhow::Result<usize> {
        let mut exact = 0;
        for page in pages {
            let name = page.text.path.rsplit('/').next().unwrap_or_default();
            let articles = self.articles(&format!("{paper}/{name}"))?;
            let found: BTreeSet<BTreeSet<u32>> =
                articles.iter().map(|article| own(page, article)).collect();
            let items = page.items.iter().filter(|item| item.is_article());
            exact += items.filter(|item| found.contains(&filled(page, &item.lines))).count();
        }
        Ok(exact)
    }

    /// The rows of gold of the files that were gone through.
    pub fn checked(&self) -> anyhow::Result<Vec<String>> {
        let mut rows = Vec::new();
        for report in self.archive()?.file_reports()? {
            let articles = self.articles(&report.source)?;
            if !articles.is_empty() && articles.iter().all(has_its_lines) {
                rows.extend(gold_rows(&report, &articles).context("pages that are no text")?);
            }
        }
        Ok(rows)
    }
}

fn of(file: &str, lines: &[(u32, u32)]) -> Target {
    let rows = lines.iter().map(|&(first, last)| LineRange(first, last)).collect();
    Target::Lines { file: file.to_owned(), rows }
}

/// The filled lines in ranges.
fn filled(page: &Page, ranges: &[(u32, u32)]) -> BTreeSet<u32> {
    let lines = ranges.iter().flat_map(|&(first, last)| first..=last);
    lines.filter(|&line| !page.line(line).trim().is_empty()).collect()
}

fn own(page: &Page, article: &Record) -> BTreeSet<u32> {
    let ranges: Vec<(u32, u32)> = article.lines.iter().map(|range| (range.0, range.1)).collect();
    filled(page, &ranges)
}

fn role(item: &Item) -> LineRole {
    match item.kind.as_str() {
        "banner" => LineRole::Banner,
        "section" => LineRole::Section,
        "front" => LineRole::Front,
        _ => LineRole::Advertisement,
    }
}

fn kind(item: &Item) -> Kind {
    match item.kind.as_str() {
        "document" => Kind::Document,
        "profile" => Kind::Profile,
        "photo" => Kind::Photo,
        _ => Kind::News,
    }
}
