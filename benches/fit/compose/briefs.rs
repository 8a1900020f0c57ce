//! Briefs without headlines: among other items, and in a row at the end of a page.

use fastrand::Rng;

use super::closings::closing;
use super::credits::dateline;
use super::paper::PaperKind;
use super::stock::Article;
use super::words::{chance, month_and_day, pick, place, share};
use super::{Composer, LineHint};

/// The openings of the briefs of a paper.
#[derive(Debug, Clone, Copy)]
pub(super) enum BriefOpening {
    Mark,
    SpacedMark,
    Place,
    Dateline,
}

impl BriefOpening {
    pub fn random(rng: &mut Rng) -> Self {
        match rng.u32(..6) {
            0 => Self::Mark,
            1 => Self::SpacedMark,
            2 => Self::Place,
            _ => Self::Dateline,
        }
    }
}

/// The world briefs of a paper.
#[derive(Debug, Clone)]
pub(super) struct WorldBriefHabits {
    /// Whether they have a column name above them.
    named: bool,
    form: WorldBriefForm,
    /// The share of those with an opening that have further paragraphs.
    long: f32,
    /// The share of those with a closing line.
    closings: f32,
}

/// The openings of world briefs.
#[derive(Debug, Clone, Copy)]
enum WorldBriefForm {
    Nothing,
    Mark,
    Place,
    PlaceAndDay,
    Dateline,
}

impl WorldBriefHabits {
    pub fn random(rng: &mut Rng) -> Self {
        use WorldBriefForm::{Dateline, Mark, Nothing, Place, PlaceAndDay};
        let forms = [Nothing, Mark, Mark, Place, PlaceAndDay, Dateline];
        let (form, long) = (pick(rng, &forms), share(rng, 0.5, 0.6));
        Self { named: rng.bool(), form, long, closings: share(rng, 0.4, 0.3) }
    }
}

impl Composer<'_> {
    /// A short item without a headline.
    pub(super) fn brief(&mut self) {
        let paper = self.paper;
        let first = self.sheet.next_line();
        let article = self.draw();
        let sentences = self.rng.usize(1..=2);
        let opening = match paper.brief_opening {
            BriefOpening::Mark => paper.mark.to_owned(),
            BriefOpening::SpacedMark => format!("{} ", paper.mark),
            BriefOpening::Place => format!("【{}】", place(self.rng)),
            BriefOpening::Dateline if chance(self.rng, 0.8) => dateline(paper, self.rng),
            BriefOpening::Dateline => String::new(),
        };
        let mut text = format!("{opening}{}", article.beginning(sentences));
        let closings = &paper.credits.closings;
        let digest = paper.kind == PaperKind::Digest;
        if !digest && closings.briefs && chance(self.rng, closings.share) {
            text.push_str(&closing(paper, self.rng));
        }
        let text = self.with_stops(&text);
        self.sheet.line(&text, LineHint::UntitledLead);
        // Only an opening shows that the second paragraph is no brief of its own.
        if !opening.is_empty() && chance(self.rng, paper.mix.long_brief) {
            self.further(article, sentences);
        }
        if digest && chance(self.rng, closings.share) {
            self.sheet.line(&closing(paper, self.rng), LineHint::Credit);
        }
        self.sheet.add_item("news", "", first);
    }

    /// Writes further paragraphs of an article that so many sentences stand of already.
    fn further(&mut self, article: &Article, sentences: usize) {
        let answered = chance(self.rng, 0.15);
        let count = self.rng.usize(1..=3);
        for (place, more) in article.sentences.iter().skip(sentences).take(count).enumerate() {
            let answer = if answered && place == 0 { "答：" } else { "" };
            let more = self.with_stops(&format!("{answer}{more}"));
            self.sheet.line(&more, LineHint::Body);
        }
    }

    /// Writes briefs without headlines, each of one or two sentences.
    pub(super) fn world_briefs(&mut self) {
        let habits = &self.paper.world_briefs;
        if habits.named {
            let names = ["国际短讯", "环球扫描", "世界一瞥", "各地短波", "外电集锦", "简讯"];
            let name = pick(self.rng, &names);
            self.section_line(name);
        }
        for _ in 0..self.rng.usize(3..=8) {
            let first = self.sheet.next_line();
            let sentences = self.rng.usize(1..=2);
            let article = self.draw();
            let text = article.beginning(sentences);
            let place = place(self.rng);
            let (_, day) = month_and_day(self.rng);
            let opening = match habits.form {
                WorldBriefForm::Nothing => String::new(),
                WorldBriefForm::Mark => self.paper.mark.to_owned(),
                WorldBriefForm::Place => format!("{place}："),
                WorldBriefForm::Dateline => dateline(self.paper, self.rng),
                WorldBriefForm::PlaceAndDay => format!("{place}{day}日电　"),
            };
            let text = self.with_stops(&format!("{opening}{text}"));
            self.sheet.line(&text, LineHint::UntitledLead);
            if !opening.is_empty() && chance(self.rng, habits.long) {
                self.further(article, sentences);
            }
            if chance(self.rng, habits.closings) {
                self.sheet.line(&closing(self.paper, self.rng), LineHint::Credit);
            }
            self.sheet.add_item("news", "", first);
            let gap = self.paper.layout.gaps.after_item(self.rng);
            self.sheet.set_apart(gap);
        }
    }
}
