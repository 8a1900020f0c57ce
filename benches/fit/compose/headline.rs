//! Headlines: kickers, titles and subtitles, names of columns, short phrases of narrow columns.

use fastrand::Rng;

use super::paper::PaperKind;
use super::stock::Article;
use super::words::{Repertoire, chance, chinese_number, pick, place, share};
use super::{Composer, LineHint};

/// The headlines of a paper.
#[derive(Debug, Clone)]
pub(super) struct HeadlineHabits {
    /// The shares of headlines of one to four lines.
    lines: [f32; 4],
    /// The share of headlines of short phrases, one a line, as narrow columns have them.
    narrow: f32,
    /// The length of all phrases of such a headline in characters, 0 where they differ.
    even: usize,
    /// The share of headlines that end with an exclamation or a question.
    exclaimed: f32,
    /// What stands between the parts of a headline on one line.
    joint: &'static str,
    /// The share of headlines with a kicker above and subtitles below.
    stacked: f32,
    /// Whether their first subtitle begins with a dash.
    stacked_dash: bool,
    /// The share of other headlines with a subtitle that begins with a dash.
    dash: f32,
    /// The share of headlines with the name of a column.
    labelled: f32,
    label: Repertoire<LabelForm>,
    /// The share of headlines that say that there are pictures.
    pictures: f32,
    /// The share of headlines that follow their text.
    pub behind: f32,
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
        let daily = kind == PaperKind::Daily;
        let named = matches!(kind, PaperKind::Daily | PaperKind::Magazine);
        Self {
            lines: if digest { lines[0] } else { pick(rng, &lines) },
            narrow: if kind == PaperKind::Tabloid { 1.0 - share(rng, 0.5, 1.0) } else { 0.0 },
            even: pick(rng, &[0, 0, 4, 4, 5, 7]),
            exclaimed: share(rng, 0.6, 0.3),
            joint: pick(rng, &["　", " ", ""]),
            stacked: if daily { share(rng, 0.4, 0.5) } else { 0.0 },
            stacked_dash: rng.bool(),
            dash: share(rng, 0.5, 0.4),
            labelled: if named { share(rng, 0.4, 0.35) } else { 0.0 },
            label: Repertoire::random(rng, &LabelForm::ALL, 2),
            pictures: if daily { share(rng, 0.25, 0.25) } else { 0.0 },
            behind: if chance(rng, 0.03) { 0.5 } else { 0.0 },
            repeated: if digest { share(rng, 0.6, 0.9) } else { share(rng, 0.15, 0.3) },
            repeated_form: pick(rng, &RepeatedForm::ALL),
            marked: chance(rng, 0.08),
        }
    }
}

/// Where the name of a column stands in a headline.
#[derive(Debug, Clone, Copy)]
enum LabelForm {
    Above,
    Bracketed,
    InFront,
    Dotted,
}

impl LabelForm {
    const ALL: [Self; 5] = [Self::Above, Self::Above, Self::Bracketed, Self::InFront, Self::Dotted];
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
pub(super) struct Headline {
    pub lines: Vec<String>,
    pub title: usize,
}

impl Composer<'_> {
    /// Makes a headline.
    pub(super) fn headline(&mut self, article: &Article) -> Headline {
        let habits = &self.paper.headlines;
        let mut headline = if chance(self.rng, habits.stacked) {
            self.stacked_headline(article)
        } else {
            self.simple_headline(article)
        };
        if chance(self.rng, habits.labelled) {
            self.label_headline(&mut headline);
        }
        if chance(self.rng, habits.pictures) {
            let note = format!("（附图片{}张）", self.rng.u32(1..=3));
            let last = headline.lines.len() - 1;
            if self.rng.u32(..4) == 0 {
                headline.lines.push(note);
            } else {
                headline.lines[last].push_str(&note);
            }
        }
        headline
    }

    fn simple_headline(&mut self, article: &Article) -> Headline {
        let habits = &self.paper.headlines;
        let mut lines = self.plain_headline(article);
        if chance(self.rng, habits.repeated) {
            lines = vec![self.repeated_headline(&lines[0])];
        }
        if chance(self.rng, habits.exclaimed)
            && let Some(last) = lines.last_mut()
        {
            last.push(pick(self.rng, &['！', '？']));
        }
        if chance(self.rng, 0.02) {
            // An instalment of a series.
            let part = pick(self.rng, &["（上）", "（下）", "（一）", "（二）", "①", "②", "之三"]);
            lines[0].push_str(part);
        }
        if chance(self.rng, habits.dash)
            && let Some(clause) = self.new_clause(article, &lines)
        {
            lines.push(format!("——{clause}"));
        }
        Headline { lines, title: 0 }
    }

    /// Adds the name of a column to a headline.
    fn label_headline(&mut self, headline: &mut Headline) {
        let columns = &self.paper.columns;
        let label = &columns[self.rng.usize(..columns.len())];
        let title = &mut headline.lines[headline.title];
        match self.paper.headlines.label.draw(self.rng) {
            LabelForm::Above => {
                headline.lines.insert(0, label.clone());
                headline.title += 1;
            }
            LabelForm::Bracketed => *title = format!("{title}（{label}）"),
            LabelForm::InFront => *title = format!("【{label}】{title}"),
            LabelForm::Dotted => {
                let mark = pick(self.rng, &["·", "｜", "："]);
                *title = format!("{label}{mark}{title}");
            }
        }
    }

    /// Phrases of a few characters, the first of them often of the title.
    fn narrow_headline(&mut self, article: &Article) -> Vec<String> {
        let letters = |text: &str, count: usize| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).take(count).collect()
        };
        let count = pick(self.rng, &[1, 1, 2, 2, 3, 3, 4, 5]);
        let even = self.paper.headlines.even;
        let first = if even > 0 { even } else { self.rng.usize(3..=9) };
        let mut lines = vec![letters(&article.title[0], first)];
        if chance(self.rng, 0.12) {
            // An instalment of a serial.
            let number = format!("（{}）", chinese_number(self.rng.u32(1..60)));
            if self.rng.bool() {
                lines[0].push_str(&number);
            } else {
                lines.push(number);
            }
        }
        for _ in 1..count {
            let most = if even > 0 { even } else { self.rng.usize(3..=9) };
            let clause = article.clause(self.rng).unwrap_or(article.first());
            let line = letters(clause, most);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    fn plain_headline(&mut self, article: &Article) -> Vec<String> {
        if chance(self.rng, self.paper.headlines.narrow) {
            return self.narrow_headline(article);
        }
        let mut roll = self.rng.f32();
        let mut count = 1;
        for share in &self.paper.headlines.lines[..3] {
            roll -= share;
            count += usize::from(roll >= 0.0);
        }
        if count == 1 {
            let joined = article.title.len() > 1 && self.rng.bool();
            let line = if joined {
                article.title.join(self.paper.headlines.joint)
            } else {
                article.title[0].clone()
            };
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
        let mut lines = vec![article.title.join(self.paper.headlines.joint)];
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

    pub(super) fn headline_lines(&mut self, headline: &Headline, hint: LineHint) {
        for (place, line) in headline.lines.iter().enumerate() {
            let mark = if self.paper.headlines.marked && place == 0 { "## " } else { "" };
            if place > 0 {
                self.sheet.close_up();
            }
            self.sheet.line(&format!("{mark}{line}"), hint);
        }
    }
}
