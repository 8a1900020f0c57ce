//! Articles, and their headlines.

use fastrand::Rng;

use super::credits::byline;
use super::paper::PaperKind;
use super::stock::Article;
use super::text::STOPS;
use super::words::{chance, first_chars, person, pick, place, share};
use super::{Composer, LineHint};

/// The headlines of a paper.
#[derive(Debug, Clone)]
pub(super) struct HeadlineHabits {
    /// The shares of headlines of one to four lines.
    lines: [f32; 4],
    /// The share of headlines with a kicker above and subtitles below.
    stacked: f32,
    /// Whether their first subtitle begins with a dash.
    stacked_dash: bool,
    /// The share of other headlines with a subtitle that begins with a dash.
    dash: f32,
    /// The share of headlines that follow their text.
    behind: f32,
    /// The share of headlines that follow one pattern.
    repeated: f32,
    repeated_form: RepeatedForm,
    /// Whether headlines are marked as in Markdown.
    marked: bool,
}

impl HeadlineHabits {
    pub fn random(kind: PaperKind, rng: &mut Rng) -> Self {
        let lines = [
            [1.0, 0.0, 0.0, 0.0],
            [0.75, 0.2, 0.05, 0.0],
            [0.45, 0.4, 0.1, 0.05],
            [0.25, 0.4, 0.25, 0.1],
        ];
        let digest = kind == PaperKind::Digest;
        Self {
            lines: if digest { lines[0] } else { pick(rng, &lines) },
            stacked: if kind == PaperKind::Daily { share(rng, 0.2, 0.5) } else { 0.0 },
            stacked_dash: rng.bool(),
            dash: share(rng, 0.5, 0.4),
            behind: if chance(rng, 0.03) { 0.5 } else { 0.0 },
            repeated: if digest { share(rng, 0.6, 0.9) } else { share(rng, 0.15, 0.3) },
            repeated_form: pick(rng, &RepeatedForm::ALL),
            marked: chance(rng, 0.08),
        }
    }
}

/// A pattern of headlines.
#[derive(Debug, Clone, Copy)]
enum RepeatedForm {
    Cases,
    Works,
    Yearly,
    Place,
}

impl RepeatedForm {
    const ALL: [Self; 4] = [Self::Cases, Self::Works, Self::Yearly, Self::Place];
}

/// The lines of a headline and the index of the title among them.
struct Headline {
    lines: Vec<String>,
    title: usize,
}

impl Composer<'_> {
    /// Writes an article with its headline.
    pub(super) fn article(&mut self) {
        let paper = self.paper;
        let article = self.stock.draw(self.rng);
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
        if let Some(author) = author.as_deref().filter(|_| paper.credits.byline_above) {
            self.sheet.line(author, LineHint::Byline);
        }
        let closing = self.text(article, behind, essay);
        if let Some(author) = author.filter(|_| !paper.credits.byline_above) {
            self.sheet.line(&format!("（{author}）"), LineHint::Credit);
        }
        if chance(self.rng, paper.text.caption) {
            let caption = first_chars(article.last(), 40);
            let caption = format!("图为{}。", caption.trim_end_matches(STOPS));
            self.sheet.line(&caption, LineHint::Tail);
            self.sheet.line(&format!("{}摄", person(self.rng)), LineHint::Tail);
        }
        if let Some(closing) = closing {
            self.sheet.line(&closing, LineHint::Credit);
        }
        if behind {
            self.headline_lines(&headline, LineHint::HeadAfter);
        }
        self.sheet.add_item("news", &headline.lines[headline.title], first);
    }

    fn headline(&mut self, article: &Article) -> Headline {
        let habits = &self.paper.headlines;
        if chance(self.rng, habits.stacked) {
            return self.stacked_headline(article);
        }
        let mut lines = self.plain_headline(article);
        if chance(self.rng, habits.repeated) {
            lines = vec![self.repeated_headline(&lines[0])];
        }
        if chance(self.rng, 0.08)
            && let Some(last) = lines.last_mut()
        {
            last.push(pick(self.rng, &['！', '？']));
        }
        if chance(self.rng, habits.dash)
            && let Some(clause) = self.new_clause(article, &lines)
        {
            lines.push(format!("——{clause}"));
        }
        Headline { lines, title: 0 }
    }

    fn plain_headline(&mut self, article: &Article) -> Vec<String> {
        let mut roll = self.rng.f32();
        let mut count = 1;
        for share in &self.paper.headlines.lines[..3] {
            roll -= share;
            count += usize::from(roll >= 0.0);
        }
        if count == 1 {
            let joined = article.title.len() > 1 && self.rng.bool();
            let line = if joined { article.title.join("　") } else { article.title[0].clone() };
            return vec![line];
        }
        let mut lines = article.title.clone();
        for _ in lines.len()..count {
            let clause = self.new_clause(article, &lines);
            lines.extend(clause.map(str::to_owned));
        }
        lines
    }

    /// The title with a kicker, subtitles or both.
    fn stacked_headline(&mut self, article: &Article) -> Headline {
        let mut lines = vec![article.title.join("　")];
        let kicker = self.new_clause(article, &lines).filter(|_| chance(self.rng, 0.7));
        let title = usize::from(kicker.is_some());
        if let Some(kicker) = kicker {
            lines.insert(0, kicker.to_owned());
        }
        let subtitles = if title == 0 { self.rng.usize(1..=2) } else { self.rng.usize(..3) };
        for place in 0..subtitles {
            let dash = if self.paper.headlines.stacked_dash && place == 0 { "——" } else { "" };
            let clause = self.new_clause(article, &lines);
            lines.extend(clause.map(|clause| format!("{dash}{clause}")));
        }
        Headline { lines, title }
    }

    /// Draws a clause; none if a line of the headline has it already.
    fn new_clause<'a>(&mut self, article: &'a Article, lines: &[String]) -> Option<&'a str> {
        let clause = article.clause(self.rng)?;
        (!lines.iter().any(|line| line.contains(clause))).then_some(clause)
    }

    fn repeated_headline(&mut self, title: &str) -> String {
        let rng = &mut *self.rng;
        let place = place(rng);
        let count = rng.u32(1..100);
        match self.paper.headlines.repeated_form {
            RepeatedForm::Cases => format!("{place}新增{count}例，累计{}例", count * 3),
            RepeatedForm::Works => {
                let done = pick(rng, &["完成", "新建", "启动", "投产"]);
                format!("{place}{done}{count}{}", pick(rng, &["个项目", "座车站", "项工程"]))
            }
            RepeatedForm::Yearly => {
                let event = pick(rng, &["会议召开", "公告发布", "检查结束"]);
                format!("{place}今年第{count}次{event}")
            }
            RepeatedForm::Place => format!("{place}：{title}"),
        }
    }

    fn headline_lines(&mut self, headline: &Headline, hint: LineHint) {
        for (place, line) in headline.lines.iter().enumerate() {
            let mark = if self.paper.headlines.marked && place == 0 { "## " } else { "" };
            self.sheet.line(&format!("{mark}{line}"), hint);
        }
    }
}
