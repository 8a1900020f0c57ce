//! The texts of articles: paragraphs, punctuation, subheadings, credits.

use fastrand::Rng;

use super::credits::{closing, dateline, introduction};
use super::paper::PaperKind;
use super::stock::Article;
use super::words::{chance, chinese_number, parts, pick, share};
use super::{Composer, LineHint};

/// The texts of a paper.
#[derive(Debug, Clone)]
pub(super) struct TextHabits {
    /// Sentences of a paragraph at most.
    max_sentences: usize,
    stops: Stops,
    /// The share of longer texts with subheadings.
    subheadings: f32,
    subheading_form: SubheadingForm,
    /// The share of articles with an editor's note before the text.
    editor_note: f32,
    /// The share of articles with a photo caption after the text.
    pub caption: f32,
}

impl TextHabits {
    pub fn random(kind: PaperKind, rng: &mut Rng) -> Self {
        let all = [Stops::Kept, Stops::Dropped, Stops::Commas];
        Self {
            max_sentences: rng.usize(1..=4),
            stops: if kind == PaperKind::Tabloid { pick(rng, &all) } else { Stops::Kept },
            subheadings: share(rng, 0.8, 0.8),
            subheading_form: match rng.u32(..100) {
                0..=19 => SubheadingForm::Numbered,
                20..=26 => SubheadingForm::Quoted,
                27..=33 => SubheadingForm::Question,
                _ => SubheadingForm::Plain,
            },
            editor_note: share(rng, 0.3, 0.4),
            caption: share(rng, 0.4, 0.3),
        }
    }
}

/// The use of full stops.
#[derive(Debug, Clone, Copy)]
enum Stops {
    Kept,
    /// Often missing at the end of paragraphs.
    Dropped,
    /// Often replaced by 、, as are commas.
    Commas,
}

#[derive(Debug, Clone, Copy)]
enum SubheadingForm {
    Plain,
    Numbered,
    Quoted,
    Question,
}

const SUBHEADING_MARKS: [char; 7] = ['，', '。', '；', '：', '“', '”', '、'];
pub(super) const STOPS: [char; 3] = ['。', '！', '？'];

impl Composer<'_> {
    /// Writes the text; returns the credit that is to follow it on a line of its own.
    pub(super) fn text(
        &mut self,
        article: &Article,
        untitled: bool,
        essay: bool,
    ) -> Option<String> {
        let paper = self.paper;
        let most = match paper.kind {
            PaperKind::Digest => self.rng.usize(1..=2),
            PaperKind::Magazine => self.rng.usize(6..=23),
            _ => pick(self.rng, &[1, 3, 6, 16]),
        };
        let mut paragraphs = self.paragraphs(article, most);
        let noted = !untitled && chance(self.rng, paper.text.editor_note);
        if noted {
            let note = self.stock.draw(self.rng).first();
            self.sheet.line(&format!("编者按：{note}"), LineHint::Lead);
        }
        if !essay && chance(self.rng, paper.credits.dateline) {
            paragraphs[0].insert_str(0, &dateline(paper, self.rng));
        }
        let mut after = None;
        if essay {
            after = Some(introduction(self.rng));
        } else if chance(self.rng, paper.credits.closing) {
            let closing = closing(paper, self.rng);
            let last = paragraphs.len() - 1;
            if paper.kind == PaperKind::Digest || self.rng.bool() {
                after = Some(closing);
            } else {
                paragraphs[last].push_str(&closing);
            }
        }
        let lead = match (untitled, noted) {
            (true, _) => LineHint::UntitledLead,
            (_, true) => LineHint::Body,
            _ => LineHint::Lead,
        };
        self.text_lines(&paragraphs, lead);
        after
    }

    /// Writes paragraphs with subheadings between them.
    fn text_lines(&mut self, paragraphs: &[String], lead: LineHint) {
        let habits = &self.paper.text;
        let parted = paragraphs.len() >= 5 && chance(self.rng, habits.subheadings);
        let (mut number, mut since) = (0, 0);
        for (place, text) in paragraphs.iter().enumerate() {
            let middle = place > 0 && place + 1 < paragraphs.len();
            if parted
                && middle
                && since > self.rng.usize(..4)
                && let Some(heading) = self.subheading(text, number + 1)
            {
                self.sheet.line(&heading, LineHint::Subheading);
                number += 1;
                since = 0;
            }
            self.sheet.line(text, if place == 0 { lead } else { LineHint::Body });
            since += 1;
        }
    }

    fn subheading(&mut self, text: &str, number: u32) -> Option<String> {
        let clauses: Vec<&str> = parts(text, &SUBHEADING_MARKS, 4..=14).collect();
        if clauses.is_empty() {
            return None;
        }
        let clause = pick(self.rng, &clauses);
        Some(match self.paper.text.subheading_form {
            SubheadingForm::Plain => clause.to_owned(),
            SubheadingForm::Numbered => format!("{}、{clause}", chinese_number(number)),
            SubheadingForm::Quoted => format!("“{clause}”"),
            SubheadingForm::Question => {
                let question = pick(self.rng, &["为什么", "如何看待", "怎样理解", ""]);
                format!("{question}{clause}？")
            }
        })
    }

    /// The first paragraphs of an article, at most `most` and never none.
    pub(super) fn paragraphs(&mut self, article: &Article, most: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut rest = article.sentences.as_slice();
        while !rest.is_empty() && found.len() < most {
            let count = 1 + self.rng.usize(..self.paper.text.max_sentences);
            let (taken, left) = rest.split_at(count.min(rest.len()));
            found.push(self.with_stops(&taken.concat()));
            rest = left;
        }
        found
    }

    /// Applies the punctuation of the paper.
    pub(super) fn with_stops(&mut self, text: &str) -> String {
        match self.paper.text.stops {
            Stops::Dropped if chance(self.rng, 0.6) => text.trim_end_matches(STOPS).to_owned(),
            Stops::Kept | Stops::Dropped => text.to_owned(),
            Stops::Commas => {
                let mut text: String = text.chars().map(|c| self.as_comma(c)).collect();
                if chance(self.rng, 0.4) && text.ends_with('。') {
                    text.pop();
                    text.push('、');
                }
                text
            }
        }
    }

    fn as_comma(&mut self, c: char) -> char {
        let probability = match c {
            '，' => 0.8,
            '。' => 0.6,
            _ => return c,
        };
        if chance(self.rng, probability) { '、' } else { c }
    }

    /// Whether lines of verse end with punctuation.
    pub(super) fn verse_has_stops(&self) -> bool {
        !matches!(self.paper.text.stops, Stops::Commas)
    }
}
