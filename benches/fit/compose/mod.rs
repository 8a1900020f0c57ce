//! Synthetic newspaper pages with known items and lines, composed from real articles, to fit the
//! article splitter.
//!
//! A [`Paper`] is a set of habits drawn at random: its layout, headlines, credits, and how often
//! each kind of item occurs. All its pages follow these habits, so they are as regular as those of
//! one publication, and papers differ as publications do. Texts and headlines come from a
//! [`Stock`] of articles; names, places and numbers are random. All draws come from the generator
//! that is passed in: the same seed gives the same pages.

mod alone;
mod annex;
mod announcements;
mod article;
mod briefs;
mod cleaning;
mod closings;
mod columns;
mod credits;
mod document;
mod gaps;
mod headline;
mod inner;
mod items;
mod lists;
mod notices;
mod offers;
mod office;
mod paper;
mod photos;
mod pictures;
mod results;
mod sheet;
mod stock;
mod table;
#[cfg(test)]
#[allow(unused, reason = "a bench without a test harness compiles this and calls nothing in it")]
mod tests;
mod text;
#[cfg(test)]
#[allow(unused, reason = "the same")]
mod text_tests;
mod verse;
mod words;

use dibao::split::fit::LineHint;
use fastrand::Rng;

pub use alone::{brief, notice};
pub use paper::Paper;
pub use stock::{Stock, news_rows};

use paper::PaperKind;
use sheet::Sheet;
use stock::Article;
use words::chance;

/// An item of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposedItem {
    /// `news`, `photo`, `notice`, `document`, `section` or `front`.
    pub kind: &'static str,
    /// The headline without its kicker and subtitle, empty if there is none.
    pub title: String,
    /// The number of its first line, from 1.
    pub first: u32,
    /// The number of its last line.
    pub last: u32,
}

/// A page, its items, and hints about its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComposedPage {
    /// Lines without line terminators.
    pub lines: Vec<String>,
    /// The number, from 1, and the hint of every line that is not blank, in order.
    pub hints: Vec<(u32, LineHint)>,
    /// Items in order; every line that is not blank belongs to exactly one.
    pub items: Vec<ComposedItem>,
}

/// Composes a page of a paper.
pub fn page(paper: &Paper, stock: &Stock, rng: &mut Rng) -> ComposedPage {
    let topic = chance(rng, paper.topical).then(|| stock.draw(rng));
    let mut composer = Composer { paper, stock, topic, rng, sheet: Sheet::new(&paper.layout) };
    composer.page();
    composer.sheet.into_page()
}

/// A page under construction. Each file of this module adds the items it is named after.
struct Composer<'a> {
    paper: &'a Paper,
    stock: &'a Stock,
    /// What most of the page is about.
    topic: Option<&'a Article>,
    rng: &'a mut Rng,
    sheet: Sheet<'a>,
}

impl<'a> Composer<'a> {
    /// Draws an article for the page.
    fn draw(&mut self) -> &'a Article {
        match self.topic {
            Some(topic) if self.rng.u32(..4) > 0 => self.stock.related(topic, self.rng),
            _ => self.stock.draw(self.rng),
        }
    }

    /// Draws an article of at least so many sentences, or the longest of several.
    fn draw_long(&mut self, sentences: usize) -> &'a Article {
        const DRAWS: usize = 8;
        let mut longest = self.draw();
        for _ in 1..DRAWS {
            if longest.sentences.len() >= sentences {
                break;
            }
            let other = self.draw();
            if other.sentences.len() > longest.sentences.len() {
                longest = other;
            }
        }
        longest
    }

    fn page(&mut self) {
        let count = match self.paper.kind {
            PaperKind::Digest => self.rng.usize(8..=19),
            PaperKind::Gazette => self.rng.usize(2..=5),
            PaperKind::Magazine => self.rng.usize(3..=7),
            PaperKind::Daily | PaperKind::Tabloid => self.rng.usize(5..=18),
        };
        if self.paper.header {
            self.front();
        }
        for _ in 0..count {
            if chance(self.rng, self.paper.mix.section) {
                self.section();
            }
            if self.paper.kind == PaperKind::Gazette {
                self.orders();
            } else {
                self.item();
            }
            let gap = self.paper.layout.gaps.after_item(self.rng);
            self.sheet.set_apart(gap);
        }
        if chance(self.rng, self.paper.mix.world_briefs) {
            self.world_briefs();
        }
        if chance(self.rng, self.paper.mix.staff) {
            self.staff();
        }
    }
}
