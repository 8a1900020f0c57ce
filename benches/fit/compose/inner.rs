//! What stands between the paragraphs of a text and after them: subheadings, notes, questions,
//! boxes.

use fastrand::Rng;

use super::stock::{Article, could_be_headline};
use super::text::STOPS;
use super::words::{
    Repertoire, chance, chinese_number, full_width, hanzi, parts, person, pick, share,
};
use super::{Composer, LineHint};

/// What a paper adds to its texts.
#[derive(Debug, Clone)]
pub(super) struct InnerHabits {
    /// The form of the subheadings of a text.
    pub subheading: Repertoire<SubheadingForm>,
    /// The most characters of a clause that is a subheading.
    subheading_chars: usize,
    /// The share of texts with subheadings that have one above the first paragraph too.
    pub subheading_first: f32,
    /// What is printed before editor's notes.
    note_label: Repertoire<&'static str>,
    /// Whether the label is on a line of its own.
    note_above: bool,
    /// The share of longer texts with rows of facts or results.
    facts: f32,
    /// The share of longer texts with a box at the end.
    boxes: f32,
}

impl InnerHabits {
    /// Old papers have neither facts nor boxes.
    pub fn random(old: bool, rng: &mut Rng) -> Self {
        let labels = [
            "编者按",
            "核心阅读",
            "阅读提示",
            "编者的话",
            "引子",
            "导读",
            "开栏的话",
            "人物简介",
            "对话背景",
        ];
        Self {
            subheading: Repertoire::random(rng, &SUBHEADINGS, 4),
            subheading_chars: pick(rng, &[8, 12, 18, 22]),
            subheading_first: share(rng, 0.4, 0.6),
            note_label: Repertoire::random(rng, &labels, 3),
            note_above: rng.bool(),
            facts: if old { 0.0 } else { share(rng, 0.3, 0.1) },
            boxes: if old { 0.0 } else { share(rng, 0.3, 0.15) },
        }
    }
}

/// The form of subheadings.
#[derive(Debug, Clone, Copy)]
pub(super) enum SubheadingForm {
    Plain,
    Two,
    Numbered,
    Parenthesised,
    Arabic,
    /// Nothing but a number.
    Number,
    ChineseNumber,
    Stars,
    Marked,
    Person,
    Quoted,
    Question,
    Answered,
    Dash,
}

const SUBHEADINGS: [SubheadingForm; 18] = [
    SubheadingForm::Plain,
    SubheadingForm::Plain,
    SubheadingForm::Plain,
    SubheadingForm::Plain,
    SubheadingForm::Two,
    SubheadingForm::Two,
    SubheadingForm::Numbered,
    SubheadingForm::Parenthesised,
    SubheadingForm::Arabic,
    SubheadingForm::Number,
    SubheadingForm::ChineseNumber,
    SubheadingForm::Stars,
    SubheadingForm::Marked,
    SubheadingForm::Person,
    SubheadingForm::Quoted,
    SubheadingForm::Question,
    SubheadingForm::Answered,
    SubheadingForm::Dash,
];

const SUBHEADING_MARKS: [char; 7] = ['，', '。', '；', '：', '“', '”', '、'];

impl Composer<'_> {
    /// Writes an editor's note.
    pub(super) fn note(&mut self, article: &Article) {
        let habits = &self.paper.inner;
        let label = habits.note_label.draw(self.rng);
        let sentences = self.rng.usize(1..=3);
        let note = self.stock.related(article, self.rng).beginning(sentences);
        if habits.note_above {
            self.sheet.line(label, LineHint::Lead);
            self.sheet.inside(&note);
            if chance(self.rng, 0.2) {
                self.sheet.inside(pick(self.rng, &["———编者", "（编者）", "——编者"]));
            }
        } else {
            self.sheet.line(&format!("{label}：{note}"), LineHint::Lead);
        }
    }

    /// Writes facts and boxes after a text.
    pub(super) fn extras(&mut self, article: &Article) {
        let habits = &self.paper.inner;
        if chance(self.rng, habits.facts) {
            if self.rng.bool() {
                for row in self.rows() {
                    self.sheet.inside(&row);
                }
            } else {
                for _ in 0..self.rng.usize(3..=7) {
                    let label = hanzi(self.rng, 2);
                    let fact = self.stock.related(article, self.rng);
                    self.sheet.inside(&format!("{label}：{}", fact.title[0]));
                }
            }
        }
        if chance(self.rng, habits.boxes) {
            let label =
                pick(self.rng, &["链接", "相关链接", "延伸阅读", "背景", "记者手记", "小资料"]);
            let label = match self.rng.u32(..4) {
                0 => format!("{}{label}", self.paper.mark),
                1 => format!("【{label}】"),
                _ => label.to_owned(),
            };
            self.sheet.line(&label, LineHint::Subheading);
            let article = self.stock.related(article, self.rng);
            let most = self.rng.usize(1..=3);
            for text in self.paragraphs(article, most) {
                self.sheet.line(&text, LineHint::Body);
            }
        }
    }

    /// Writes paragraphs with questions between them.
    pub(super) fn interview(&mut self, article: &Article, paragraphs: &[String], lead: LineHint) {
        let name = person(self.rng);
        let (question, answer) = match self.rng.u32(..5) {
            0 | 1 => ("问：", "答：".to_owned()),
            2 => ("记者：", format!("{name}：")),
            3 => ("记者：", "答：".to_owned()),
            _ => ("", String::new()),
        };
        let mut hint = lead;
        let mut asked = false;
        for (place, text) in paragraphs.iter().enumerate() {
            if place > 0 && (place == 1 || self.rng.bool()) {
                let asks = article.clause(self.rng).unwrap_or(article.first());
                let asks = asks.trim_end_matches(STOPS);
                let begins = pick(self.rng, &["", "如何看待", "请问", "您怎样理解"]);
                self.sheet.line(&format!("{question}{begins}{asks}？"), LineHint::Inside);
                asked = true;
            }
            let answer = if std::mem::take(&mut asked) { &answer } else { "" };
            self.sheet.line(&format!("{answer}{text}"), hint);
            hint = LineHint::Body;
        }
    }

    /// A subheading: a number, or a clause of the paragraph below it; none if no clause is fit.
    pub(super) fn subheading(
        &mut self,
        form: SubheadingForm,
        text: &str,
        number: u32,
    ) -> Option<String> {
        let most = self.paper.inner.subheading_chars;
        let clauses =
            parts(text, &SUBHEADING_MARKS, 4..=most).filter(|part| could_be_headline(part));
        let clauses: Vec<&str> = clauses.collect();
        let chinese = chinese_number(number);
        match form {
            SubheadingForm::Number => return Some(full_width(&number.to_string())),
            SubheadingForm::ChineseNumber => return Some(chinese),
            SubheadingForm::Stars => return Some("＊＊＊".to_owned()),
            _ if clauses.is_empty() => return None,
            _ => {}
        }
        let clause = pick(self.rng, &clauses);
        Some(match form {
            SubheadingForm::Two => {
                let other = pick(self.rng, &clauses);
                let joint = pick(self.rng, &["　", "，", " "]);
                if other == clause { clause.to_owned() } else { format!("{clause}{joint}{other}") }
            }
            SubheadingForm::Numbered => format!("{chinese}、{clause}"),
            SubheadingForm::Parenthesised => format!("（{chinese}）{clause}"),
            SubheadingForm::Arabic => format!("{number}.{clause}"),
            SubheadingForm::Marked => format!("{}{clause}", self.paper.mark),
            SubheadingForm::Person => format!("{}：{clause}", person(self.rng)),
            SubheadingForm::Quoted => format!("“{clause}”"),
            SubheadingForm::Dash => format!("——{clause}"),
            SubheadingForm::Answered => {
                let question = pick(self.rng, &["为什么", "怎么办", "难在哪", "谁来做"]);
                format!("{question}？——{clause}")
            }
            SubheadingForm::Question => {
                let question = pick(self.rng, &["为什么", "如何看待", "怎样理解", ""]);
                format!("{question}{clause}？")
            }
            _ => clause.to_owned(),
        })
    }
}
