//! Articles: headline, author, text, and what stands after it.

use super::closings::closing;
use super::credits::{byline, web_lines};
use super::paper::PaperKind;
use super::words::{chance, month_and_day, person, pick};
use super::{Composer, LineHint};

impl Composer<'_> {
    /// Writes an article with its headline.
    pub(super) fn article(&mut self) {
        let most = match self.paper.kind {
            PaperKind::Digest => self.rng.usize(1..=2),
            PaperKind::Tabloid => pick(self.rng, &[1, 1, 1, 2, 2, 3, 5]),
            PaperKind::Magazine => self.rng.usize(6..=23),
            _ => pick(self.rng, &[1, 1, 2, 3, 4, 6, 9, 14, 20]),
        };
        self.article_of(most);
    }

    /// Writes an article of up to `most` paragraphs.
    pub(super) fn article_of(&mut self, most: usize) {
        let paper = self.paper;
        let article = self.draw_long(most * paper.text.usual_sentences());
        let first = self.sheet.next_line();
        let headline = self.headline(article);
        let behind = chance(self.rng, paper.headlines.behind);
        let essay = !behind && chance(self.rng, paper.credits.essay);
        let author = if essay {
            self.rng.bool().then(|| person(self.rng))
        } else {
            let named = !behind && chance(self.rng, paper.credits.byline);
            named.then(|| byline(paper, self.rng))
        };
        if !behind {
            self.headline_lines(&headline, LineHint::Head);
        }
        for line in if behind { Vec::new() } else { web_lines(paper, self.rng) } {
            self.sheet.close_up();
            self.sheet.line(&line, LineHint::Byline);
        }
        // Some name the author after the first paragraph.
        let late = !essay && chance(self.rng, paper.credits.byline_late);
        let (author, late_author) = if late { (None, author) } else { (author, None) };
        if let Some(author) = author.as_deref().filter(|_| paper.credits.byline_above) {
            if !behind {
                self.sheet.close_up();
            }
            self.sheet.line(author, LineHint::Byline);
        }
        if !behind && chance(self.rng, paper.text.speeches) {
            self.speech_opening();
        }
        let closings = self.text(article, behind, essay, most, late_author.as_deref());
        if let Some(author) = author.filter(|_| !paper.credits.byline_above) {
            let author = author.trim_matches(['（', '）']);
            self.sheet.line(&format!("（{author}）"), LineHint::Credit);
        }
        if chance(self.rng, paper.text.caption) {
            self.inner_photo(article, true);
        }
        for closing in closings {
            self.sheet.line(&closing, LineHint::Credit);
        }
        if behind {
            self.headline_lines(&headline, LineHint::HeadAfter);
        }
        self.sheet.add_item("news", &headline.lines[headline.title], first);
    }

    /// Writes who speaks, and when.
    fn speech_opening(&mut self) {
        let (month, day) = month_and_day(self.rng);
        let year = self.rng.u32(1950..2024);
        let office = pick(self.rng, &["", "主席", "书记", "总编辑"]);
        let speaker = format!("{office}{}", person(self.rng));
        self.sheet.line(&speaker, LineHint::Byline);
        self.sheet.line(&format!("（{year}年{month}月{day}日）"), LineHint::Byline);
    }

    /// What stands after a text, in order.
    pub(super) fn closings(&mut self) -> Vec<String> {
        let habits = &self.paper.credits.closings;
        let mut closings = Vec::new();
        if chance(self.rng, habits.share) {
            closings.push(closing(self.paper, self.rng));
            if chance(self.rng, habits.further) {
                closings.push(closing(self.paper, self.rng));
            }
        }
        closings
    }
}
