//! The orders of a gazette: a frame of issuer, date and number, text, signature, often an annex.

use fastrand::Rng;

use super::annex::AnnexHabits;
use super::office::OfficeHabits;
use super::stock::Passage;
use super::words::{Repertoire, chance, chinese_number, first_chars, pick, place, share};
use super::{Composer, LineHint};

const MAX_SUBJECT_CHARS: usize = 14;

/// The orders of a gazette.
#[derive(Debug, Clone)]
pub(super) struct DocumentHabits {
    frame: Repertoire<Frame>,
    offices: OfficeHabits,
    text: Repertoire<OrderForm>,
    quotes: (char, char),
    /// Whether labels like 说明 stand on lines of their own.
    labels_above: bool,
    /// Whether the text ends with a reference to the annex.
    enclosure: bool,
    /// The share of orders with an annex.
    annex: f32,
    pub annexes: AnnexHabits,
    /// The most orders of one office in a row.
    run: usize,
    /// The endings of section names.
    pub section_words: Repertoire<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FramePart {
    Issuer,
    Date,
    Number,
    Title,
    Addressee,
}

/// The lines above the text of an order.
type Frame = &'static [FramePart];

use FramePart::{Addressee, Date, Issuer, Number, Title};

/// The frames of most gazettes.
const COMMON_FRAMES: [Frame; 5] = [
    &[Issuer, Date, Number],
    &[Issuer, Date, Number],
    &[Issuer, Number, Date],
    &[Issuer, Number],
    &[Title, Number, Addressee],
];
const OTHER_FRAMES: [Frame; 10] = [
    &[Issuer],
    &[Issuer, Date],
    &[Issuer, Title, Number],
    &[Issuer, Number, Title, Addressee],
    &[Title, Number],
    &[Title, Date],
    &[Number, Title, Addressee],
    &[Number, Date, Issuer],
    &[Date, Issuer, Number],
    &[Title, Issuer, Date],
];

#[derive(Debug, Clone, Copy)]
enum OrderForm {
    /// One sentence that puts a rule into force.
    Act,
    /// 主旨, 依据, 说明.
    Grounds,
    Paragraphs,
    Points,
    /// Numbered headings with paragraphs.
    Headed,
}

impl DocumentHabits {
    pub fn random(rng: &mut Rng) -> Self {
        use OrderForm::{Act, Grounds, Headed, Paragraphs, Points};
        let frames: &[Frame] = if chance(rng, 0.6) { &COMMON_FRAMES } else { &OTHER_FRAMES };
        let forms = [Act, Act, Grounds, Paragraphs, Points, Headed];
        let words = ["篇", "类", "部", "编", "", "专栏", "门", "文件"];
        Self {
            frame: Repertoire::random(rng, frames, 2),
            offices: OfficeHabits::random(rng),
            text: Repertoire::random(rng, &forms, 4),
            quotes: pick(rng, &[('「', '」'), ('《', '》'), ('“', '”')]),
            labels_above: rng.bool(),
            enclosure: rng.bool(),
            annex: share(rng, 0.85, 1.0),
            annexes: AnnexHabits::random(rng),
            run: rng.usize(1..=4),
            section_words: Repertoire::random(rng, &words, 1),
        }
    }
}

impl Composer<'_> {
    /// Writes one or several orders of an office.
    pub(super) fn orders(&mut self) {
        let habits = &self.paper.document;
        let office = habits.offices.draw(self.rng);
        for place in 0..self.rng.usize(1..=habits.run) {
            if place > 0 {
                let gap = self.paper.layout.gaps.after_item(self.rng);
                self.sheet.set_apart(gap);
            }
            self.document(office);
        }
    }

    fn document(&mut self, office: &str) {
        let habits = &self.paper.document;
        let first = self.sheet.next_line();
        let year = habits.offices.year;
        let issuer = habits.offices.issuer(office, self.rng);
        let date = habits.offices.date(year, self.rng);
        let article = self.stock.draw(self.rng);
        let mut passage = Passage::new(self.stock, article);
        let subject = self.subject(&article.title[0]);
        let title = self.order_title(&subject);
        let frame = habits.frame.draw(self.rng);
        let mut hint = LineHint::DocumentStart;
        for part in frame {
            let lines = match part {
                Issuer => vec![issuer.clone()],
                Date => vec![habits.offices.date_line(&date, self.rng)],
                Number => habits.offices.number_lines(year, self.rng),
                Title => vec![title.clone()],
                Addressee => vec![self.addressee()],
            };
            for line in lines {
                let hint = if *part == Addressee { LineHint::Inside } else { hint };
                self.sheet.line(&line, hint);
            }
            hint = LineHint::DocumentHead;
        }
        self.order_text(&subject, &mut passage);
        for line in habits.offices.signature(office, &date, self.rng) {
            self.sheet.inside(&line);
        }
        if chance(self.rng, habits.annex) {
            self.annex(&subject, &mut passage);
        }
        let named = frame.iter().find(|part| matches!(part, Issuer | Title));
        let title = match named {
            Some(Issuer) => &issuer,
            Some(_) => &title,
            None => "",
        };
        self.sheet.add_item("document", title, first);
    }

    fn order_text(&mut self, subject: &str, passage: &mut Passage) {
        let habits = &self.paper.document;
        let quoted = format!("{}{subject}{}", habits.quotes.0, habits.quotes.1);
        match habits.text.draw(self.rng) {
            OrderForm::Act => {
                let deed = pick(self.rng, &["订定", "修正", "废止", "制定", "核定", "修订"]);
                let effect = pick(
                    self.rng,
                    &["", "，并自即日生效", "，自公布之日起施行", "部分条文", "，请查照"],
                );
                self.sheet.inside(&format!("{deed}{quoted}{effect}。"));
                if habits.enclosure {
                    let stop = pick(self.rng, &["", "。", "一份。"]);
                    self.sheet.inside(&format!("附{quoted}{stop}"));
                }
            }
            OrderForm::Grounds => {
                let matter = pick(self.rng, &["公告事项", "办理事项", "说明", "说　明"]);
                let purpose = pick(self.rng, &["主旨", "主　旨", "事由"]);
                let text = passage.next(self.rng);
                self.labelled(purpose, text);
                if self.rng.bool() {
                    let clause = self.rng.u32(1..40);
                    self.labelled("依据", &format!("{quoted}第{clause}条。"));
                }
                match self.rng.usize(..5) {
                    0 => {}
                    1 => {
                        let text = passage.next(self.rng);
                        self.labelled(matter, text);
                    }
                    count => {
                        self.sheet.inside(&format!("{matter}："));
                        self.points_of(count, passage);
                    }
                }
            }
            OrderForm::Paragraphs => {
                for _ in 0..pick(self.rng, &[1, 1, 2, 4]) {
                    self.sheet.inside(passage.next(self.rng));
                }
            }
            OrderForm::Points => {
                let count = self.rng.usize(2..=7);
                self.points_of(count, passage);
            }
            OrderForm::Headed => {
                self.sheet.inside(passage.next(self.rng));
                for number in 1..=self.rng.u32(2..=5) {
                    let heading = passage.phrase(12, self.rng);
                    self.sheet.inside(&format!("{}、{heading}", chinese_number(number)));
                    for part in 1..=self.rng.u32(1..=4) {
                        let text = passage.next(self.rng);
                        self.sheet.inside(&format!("（{}）{text}", chinese_number(part)));
                    }
                }
            }
        }
    }

    /// Writes numbered points.
    fn points_of(&mut self, count: usize, passage: &mut Passage) {
        for number in (1..).take(count) {
            let text = passage.next(self.rng);
            self.sheet.inside(&format!("{}、{text}", chinese_number(number)));
        }
    }

    /// Writes a label with its text.
    fn labelled(&mut self, label: &str, text: &str) {
        if self.paper.document.labels_above {
            self.sheet.inside(&format!("{label}："));
            self.sheet.inside(text);
        } else {
            self.sheet.inside(&format!("{label}：{text}"));
        }
    }

    fn order_title(&mut self, subject: &str) -> String {
        let (open, close) = self.paper.document.quotes;
        let deed = pick(self.rng, &["公布", "修订", "印发", "批准", "转发", "废止", "做好"]);
        let word = pick(self.rng, &["通知", "公告", "决定", "批复", "意见", "通报"]);
        match self.rng.u32(..3) {
            0 => format!("关于{deed}{subject}的{word}"),
            _ => format!("关于{deed}{open}{subject}{close}的{word}"),
        }
    }

    fn addressee(&mut self) -> String {
        let rng = &mut *self.rng;
        match rng.u32(..4) {
            0 => format!("{}人民政府：", place(rng)),
            1 => "各有关单位：".to_owned(),
            2 => format!("各区县、{}各部门：", place(rng)),
            _ => "各省、各市及所属机关：".to_owned(),
        }
    }

    /// The name of the rule that an order puts into force or amends.
    fn subject(&mut self, title: &str) -> String {
        let title = first_chars(title, MAX_SUBJECT_CHARS);
        let rules = [
            "办法",
            "要点",
            "规则",
            "条例",
            "标准",
            "施行细则",
            "作业规定",
            "规程",
            "方案",
            "守则",
            "简章",
            "名单",
            "一览表",
            "计划",
        ];
        format!("{}{}", title.trim(), pick(self.rng, &rules))
    }
}
