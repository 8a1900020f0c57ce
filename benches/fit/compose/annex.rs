//! The annex of an order: a rule with clauses, points, tables and headings.

use super::words::{chance, chinese_number, digits, first_chars, hanzi, pick};
use super::{Composer, LineHint};

/// The numbering of clauses.
#[derive(Debug, Clone, Copy)]
pub(super) enum ClauseForm {
    /// 第一条 before the text.
    Article,
    /// 第一条 on a line of its own.
    ArticleAbove,
    Listed,
    Parenthesised,
}

impl ClauseForm {
    pub const ALL: [Self; 4] =
        [Self::Article, Self::ArticleAbove, Self::Listed, Self::Parenthesised];
}

const HEADINGS: [&str; 9] = [
    "说明",
    "总说明",
    "条文对照表",
    "附件",
    "附表一",
    "修正条文",
    "第二章 组织",
    "第三章 附则",
    "现行条文",
];

impl Composer<'_> {
    /// Writes a rule; some are only named.
    pub(super) fn annex(&mut self, subject: &str) {
        self.sheet.line(subject, LineHint::Inside);
        let clauses = if chance(self.rng, 0.2) { 0 } else { self.rng.u32(3..=42) };
        for number in 1..=clauses {
            self.clause(number);
            if chance(self.rng, 0.15) {
                self.points();
            }
            if chance(self.rng, 0.08) {
                self.table();
            }
            if chance(self.rng, 0.1) {
                self.sheet.line(pick(self.rng, &HEADINGS), LineHint::Inside);
            }
        }
    }

    fn clause(&mut self, number: u32) {
        let text = self.stock.draw(self.rng).first();
        let number = chinese_number(number);
        let line = match self.paper.document.clause {
            ClauseForm::Article => format!("第{number}条　{text}"),
            ClauseForm::Listed => format!("{number}、{text}"),
            ClauseForm::Parenthesised => format!("（{number}）{text}"),
            ClauseForm::ArticleAbove => {
                self.sheet.line(&format!("第{number}条"), LineHint::Inside);
                text.to_owned()
            }
        };
        self.sheet.line(&line, LineHint::Inside);
    }

    fn points(&mut self) {
        for number in 1..=self.rng.u32(1..=4) {
            let text = self.stock.draw(self.rng).first();
            self.sheet.line(&format!("{number}．{text}"), LineHint::Inside);
        }
    }

    /// Writes a table or a form, one cell per line.
    fn table(&mut self) {
        for _ in 0..self.rng.usize(3..=32) {
            let cell = self.cell();
            self.sheet.line(&cell, LineHint::Inside);
        }
    }

    fn cell(&mut self) -> String {
        let rng = &mut *self.rng;
        let article = self.stock.draw(rng);
        match rng.u32(..6) {
            0 => digits(rng, 2),
            1 => {
                let count = rng.usize(2..=7);
                hanzi(rng, count)
            }
            2 => {
                let count = rng.usize(3..=14);
                first_chars(article.first(), count).replace(|c: char| !c.is_alphanumeric(), "")
            }
            3 => format!("{}、{}", chinese_number(rng.u32(1..10)), article.title[0]),
            4 => article.title[0].clone(),
            _ => "□是 □否".to_owned(),
        }
    }
}
