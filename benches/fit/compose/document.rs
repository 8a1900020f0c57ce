//! The orders of a gazette: a frame of issuer, date and number, text, signature, often an annex.

use fastrand::Rng;

use super::annex::ClauseForm;
use super::words::{
    chance, chinese_digits, chinese_number, digits, first_chars, hanzi, month_and_day, person,
    pick, place, share,
};
use super::{Composer, LineHint};

const MAX_SUBJECT_CHARS: usize = 14;

/// The orders of a gazette.
#[derive(Debug, Clone)]
pub(super) struct DocumentHabits {
    /// The lines above the text, in order.
    frame: Vec<FramePart>,
    issuer: IssuerForm,
    date: DateForm,
    number: NumberForm,
    signature: SignatureForm,
    /// Whether there is a subject line.
    subject_line: bool,
    /// Whether the text ends with a reference to the annex.
    enclosure: bool,
    /// The share of orders with an annex.
    annex: f32,
    pub clause: ClauseForm,
    /// The ending of section names.
    pub section_word: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FramePart {
    Issuer,
    Date,
    Number,
}

#[derive(Debug, Clone, Copy)]
enum IssuerForm {
    Order,
    Announcement,
    Office,
    Varying,
}

#[derive(Debug, Clone, Copy)]
enum DateForm {
    Common,
    CommonChinese,
    Republic,
    RepublicChinese,
}

#[derive(Debug, Clone, Copy)]
enum NumberForm {
    Registered,
    Yearly,
    Ordinal,
    Plain,
}

#[derive(Debug, Clone, Copy)]
enum SignatureForm {
    None,
    Officer,
    OfficeAndDate,
    Delegated,
}

impl DocumentHabits {
    pub fn random(rng: &mut Rng) -> Self {
        use DateForm::{Common, CommonChinese, Republic, RepublicChinese};
        use IssuerForm::{Announcement, Office, Order, Varying};
        use NumberForm::{Ordinal, Plain, Registered, Yearly};
        use SignatureForm::{Delegated, OfficeAndDate, Officer};
        let mut frame = vec![FramePart::Issuer, FramePart::Date, FramePart::Number];
        rng.shuffle(&mut frame);
        if chance(rng, 0.3) {
            frame.pop();
        }
        if chance(rng, 0.7) {
            frame.retain(|&part| part != FramePart::Issuer);
            frame.insert(0, FramePart::Issuer);
        }
        Self {
            frame,
            issuer: pick(rng, &[Order, Announcement, Office, Varying]),
            date: pick(rng, &[Common, CommonChinese, Republic, RepublicChinese]),
            number: pick(rng, &[Registered, Yearly, Ordinal, Plain]),
            signature: pick(rng, &[SignatureForm::None, Officer, OfficeAndDate, Delegated]),
            subject_line: rng.bool(),
            enclosure: rng.bool(),
            annex: share(rng, 0.8, 1.0),
            clause: pick(rng, &ClauseForm::ALL),
            section_word: pick(rng, &["篇", "类", "部", "编", "", "专栏"]),
        }
    }
}

impl Composer<'_> {
    pub(super) fn document(&mut self) {
        let habits = &self.paper.document;
        let first = self.sheet.next_line();
        let office = self.office();
        let issuer = self.issuer(&office);
        let year = self.rng.u32(1990..2024);
        let date = self.date(year);
        let number = self.document_number(year);
        let subject = self.subject();
        for (place, part) in habits.frame.iter().enumerate() {
            let line = match part {
                FramePart::Issuer => &issuer,
                FramePart::Date => &date,
                FramePart::Number => &number,
            };
            let hint = if place == 0 { LineHint::DocumentStart } else { LineHint::DocumentHead };
            self.sheet.line(line, hint);
        }
        self.document_text(&subject);
        self.signature(&office, &date);
        if chance(self.rng, habits.annex) {
            self.annex(&subject);
        }
        let named = habits.frame.contains(&FramePart::Issuer);
        self.sheet.add_item("document", if named { &issuer } else { "" }, first);
    }

    fn document_text(&mut self, subject: &str) {
        let habits = &self.paper.document;
        if habits.subject_line {
            let deed = pick(self.rng, &["公布", "修正", "印发"]);
            let word = pick(self.rng, &["通知", "公告", "令"]);
            self.sheet.line(&format!("关于{deed}《{subject}》的{word}"), LineHint::Inside);
        }
        let deed = pick(self.rng, &["订定", "修正", "废止", "公告", "核定"]);
        self.sheet.line(&format!("{deed}「{subject}」，并自即日生效。"), LineHint::Inside);
        let article = self.stock.draw(self.rng);
        let most = self.rng.usize(..4);
        for text in self.paragraphs(article, most) {
            self.sheet.line(&text, LineHint::Inside);
        }
        if habits.enclosure {
            self.sheet.line(&format!("附「{subject}」。"), LineHint::Inside);
        }
    }

    fn signature(&mut self, office: &str, date: &str) {
        let name = person(self.rng);
        match self.paper.document.signature {
            SignatureForm::None => {}
            SignatureForm::Officer => {
                let title = pick(self.rng, &["部长", "局长", "署长", "主任委员", "院长"]);
                self.sheet.line(&format!("{title} {name}"), LineHint::Inside);
            }
            SignatureForm::OfficeAndDate => {
                self.sheet.line(office, LineHint::Inside);
                self.sheet.line(date, LineHint::Inside);
            }
            SignatureForm::Delegated => {
                let title = pick(self.rng, &["部　长", "主　席", "局　长"]);
                self.sheet.line(&format!("{title}　{name}"), LineHint::Inside);
                self.sheet.line("依分层负责规定授权单位主管决行", LineHint::Inside);
            }
        }
    }

    fn office(&mut self) -> String {
        let offices = [
            "政府",
            "财政局",
            "教育部",
            "委员会",
            "人事处",
            "卫生署",
            "内政部",
            "法务部",
            "办公厅",
            "税务局",
        ];
        format!("{}{}", place(self.rng), pick(self.rng, &offices))
    }

    fn issuer(&mut self, office: &str) -> String {
        match self.paper.document.issuer {
            IssuerForm::Order => format!("{office}令"),
            IssuerForm::Announcement => format!("{office}公告"),
            IssuerForm::Office => office.to_owned(),
            IssuerForm::Varying => {
                format!("{office}{}", pick(self.rng, &["令", "公告", "通告", "函"]))
            }
        }
    }

    fn date(&mut self, year: u32) -> String {
        let (month, day) = month_and_day(self.rng);
        let chinese_day = format!("{}月{}日", chinese_number(month), chinese_number(day));
        match self.paper.document.date {
            DateForm::Common => format!("{year}年{month}月{day}日"),
            DateForm::CommonChinese => format!("{}年{chinese_day}", chinese_digits(year)),
            DateForm::Republic => format!("中华民国{}年{month}月{day}日", year - 1911),
            DateForm::RepublicChinese => {
                format!("民国{}年{chinese_day}", chinese_number(year - 1911))
            }
        }
    }

    fn document_number(&mut self, year: u32) -> String {
        let rng = &mut *self.rng;
        match self.paper.document.number {
            NumberForm::Registered => format!("{}字第{}号", hanzi(rng, 3), digits(rng, 8)),
            NumberForm::Yearly => format!("{}发〔{year}〕{}号", hanzi(rng, 2), digits(rng, 2)),
            NumberForm::Ordinal => format!("第{}号", chinese_number(rng.u32(1..=120))),
            NumberForm::Plain => format!("{}第{}号", hanzi(rng, 2), digits(rng, 6)),
        }
    }

    /// The name of the rule that an order puts into force or amends.
    fn subject(&mut self) -> String {
        let title = first_chars(&self.stock.draw(self.rng).title[0], MAX_SUBJECT_CHARS);
        let rules = ["办法", "要点", "规则", "条例", "标准", "施行细则", "作业规定"];
        format!("{}{}", title.trim(), pick(self.rng, &rules))
    }
}
