//! The texts of articles: paragraphs, punctuation, parts, credits.

use fastrand::Rng;

use super::closings::introduction;
use super::credits::dateline;
use super::paper::PaperKind;
use super::stock::Article;
use super::words::{chance, pick, share};
use super::{Composer, LineHint};

/// The texts of a paper.
#[derive(Debug, Clone)]
pub(super) struct TextHabits {
    /// Sentences of a paragraph at most.
    max_sentences: usize,
    stops: Stops,
    /// The share of longer texts with subheadings.
    subheadings: f32,
    /// The share of articles with an editor's note before the text.
    editor_note: f32,
    /// The share of articles with a photo caption after the text.
    pub caption: f32,
    /// The share of longer texts with a photo caption above them.
    upper_caption: f32,
    /// The share of longer texts with a photo caption in the middle.
    inner_caption: f32,
    /// The share of longer texts of several parts, each about a thing of its own.
    features: f32,
    /// The share of texts whose paragraphs have little in common, as those of essays.
    wandering: f32,
    /// The share of texts that are speeches.
    pub speeches: f32,
    /// The share of longer texts in question and answer form.
    interviews: f32,
    /// The share of longer texts that have several datelines.
    roundups: f32,
}

impl TextHabits {
    pub fn random(kind: PaperKind, rng: &mut Rng) -> Self {
        let all = [Stops::Kept, Stops::Dropped, Stops::Commas];
        let (old, daily) = (kind == PaperKind::Tabloid, kind == PaperKind::Daily);
        let modern = daily || kind == PaperKind::Magazine;
        Self {
            max_sentences: if old { rng.usize(2..=9) } else { rng.usize(1..=5) },
            stops: if old { pick(rng, &all) } else { Stops::Kept },
            subheadings: if old { share(rng, 0.4, 0.4) } else { share(rng, 0.85, 0.9) },
            editor_note: share(rng, 0.35, 0.3),
            caption: share(rng, 0.4, 0.25),
            upper_caption: if modern { share(rng, 0.3, 0.2) } else { 0.0 },
            inner_caption: if modern { share(rng, 0.4, 0.3) } else { 0.0 },
            features: if modern { share(rng, 0.4, 0.4) } else { 0.0 },
            wandering: share(rng, 0.5, 0.4),
            speeches: if daily { share(rng, 0.2, 0.05) } else { 0.0 },
            interviews: if modern { share(rng, 0.3, 0.2) } else { 0.0 },
            roundups: if daily { share(rng, 0.3, 0.3) } else { 0.0 },
        }
    }

    /// The sentences of a paragraph of usual length.
    pub fn usual_sentences(&self) -> usize {
        self.max_sentences.div_ceil(2)
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

pub(super) const STOPS: [char; 3] = ['。', '！', '？'];

impl Composer<'_> {
    /// Writes the text; returns the credits that are to follow it on lines of their own.
    pub(super) fn text(
        &mut self,
        article: &Article,
        untitled: bool,
        essay: bool,
        most: usize,
        late_author: Option<&str>,
    ) -> Vec<String> {
        let paper = self.paper;
        let mut paragraphs = self.paragraphs(article, most);
        if !untitled && chance(self.rng, paper.text.wandering) {
            self.wander(&mut paragraphs);
        }
        let noted = !untitled && paragraphs.len() > 2 && chance(self.rng, paper.text.editor_note);
        let pictured =
            !untitled && paragraphs.len() > 2 && chance(self.rng, paper.text.upper_caption);
        if noted {
            self.note(article);
        } else if pictured {
            self.upper_photo(article);
        }
        let noted = noted || pictured;
        if !essay && chance(self.rng, paper.credits.dateline) {
            paragraphs[0].insert_str(0, &dateline(paper, self.rng));
            if paragraphs.len() > 2 && chance(self.rng, paper.text.roundups) {
                for later in &mut paragraphs[1..] {
                    if chance(self.rng, 0.4) {
                        later.insert_str(0, &dateline(paper, self.rng));
                    }
                }
            }
        }
        let mut parts = Vec::new();
        if paragraphs.len() > 3 && chance(self.rng, paper.text.features) {
            for _ in 0..self.rng.usize(1..=4) {
                let other = self.stock.related(article, self.rng);
                parts.push((paragraphs.len(), other.title[0].as_str()));
                let most = self.rng.usize(2..=6);
                paragraphs.extend(self.paragraphs(other, most));
            }
        }
        let mut after = if essay { vec![introduction(self.rng)] } else { self.closings() };
        if !essay && !after.is_empty() && !chance(self.rng, paper.credits.closings.own_line) {
            let last = paragraphs.len() - 1;
            paragraphs[last].push_str(&after.remove(0));
        }
        let lead = match (untitled, noted) {
            (true, _) => LineHint::UntitledLead,
            (_, true) => LineHint::Body,
            _ => LineHint::Lead,
        };
        let asked = parts.is_empty() && paragraphs.len() > 4 && !untitled;
        if asked && chance(self.rng, paper.text.interviews) {
            self.interview(article, &paragraphs, lead);
        } else {
            self.text_lines(article, &paragraphs, &parts, lead, late_author);
        }
        if paragraphs.len() > 3 {
            self.extras(article);
        }
        after
    }

    /// Puts beginnings of other articles in the place of half of the later paragraphs.
    fn wander(&mut self, paragraphs: &mut [String]) {
        for later in paragraphs.iter_mut().skip(1) {
            if self.rng.bool() {
                let sentences = self.rng.usize(1..=3);
                let other = self.stock.draw(self.rng).beginning(sentences);
                *later = self.with_stops(&other);
            }
        }
    }

    /// Writes paragraphs with subheadings between them, above all where a part begins.
    fn text_lines(
        &mut self,
        article: &Article,
        paragraphs: &[String],
        parts: &[(usize, &str)],
        lead: LineHint,
        late_author: Option<&str>,
    ) {
        let habits = &self.paper.text;
        let parted =
            parts.is_empty() && paragraphs.len() >= 5 && chance(self.rng, habits.subheadings);
        let form = self.paper.inner.subheading.draw(self.rng);
        let pictured = paragraphs.len() >= 4 && chance(self.rng, habits.inner_caption);
        let picture = if pictured { self.rng.usize(1..paragraphs.len()) } else { 0 };
        // Subheadings are close together or far apart.
        let apart = self.rng.usize(2..=6);
        let (mut number, mut since) = (0, 0);
        // A subheading where the text begins.
        let headed = parted
            && lead == LineHint::Lead
            && late_author.is_none()
            && chance(self.rng, self.paper.inner.subheading_first);
        if headed && let Some(heading) = self.subheading(form, &paragraphs[0], 1) {
            self.sheet.inside(&heading);
            number = 1;
        }
        for (place, text) in paragraphs.iter().enumerate() {
            let middle = place > 0 && place + 1 < paragraphs.len();
            let due = parted && middle && since > self.rng.usize(..apart);
            let part = parts.iter().find(|(first, _)| *first == place);
            let heading =
                if due || part.is_some() { self.subheading(form, text, number + 1) } else { None };
            // A part without a fit clause is called what it is about.
            if let Some(heading) = heading.or(part.map(|(_, title)| (*title).to_owned())) {
                self.sheet.line(&heading, LineHint::Subheading);
                number += 1;
                since = 0;
            } else if pictured && place == picture {
                self.inner_photo(article, false);
            }
            let hint = if place > 0 {
                LineHint::Body
            } else if headed {
                LineHint::Inside
            } else {
                lead
            };
            self.sheet.line(text, hint);
            if let Some(author) = late_author.filter(|_| place == 0) {
                self.sheet.inside(author);
            }
            since += 1;
        }
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
