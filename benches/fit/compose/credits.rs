//! Bylines, datelines, and the sources and authors named after texts.

use fastrand::Rng;

use super::paper::{Paper, PaperKind};
use super::words::{chance, chinese_number, hanzi, month_and_day, person, pick, place, share};

/// How a paper names authors and sources.
#[derive(Debug, Clone)]
pub(super) struct Credits {
    /// The share of articles with an author line.
    pub byline: f32,
    pub byline_form: BylineForm,
    /// Whether author lines are under headlines rather than in parentheses after texts.
    pub byline_above: bool,
    /// The share of texts that open with a dateline.
    pub dateline: f32,
    pub dateline_form: DatelineForm,
    /// The share of texts with a source or an author after them.
    pub closing: f32,
    pub closing_form: ClosingForm,
    /// The word before sources and names after texts.
    pub closing_word: &'static str,
    /// The share of articles that are essays, whose author is introduced after the text.
    pub essay: f32,
}

impl Credits {
    pub fn random(kind: PaperKind, rng: &mut Rng) -> Self {
        let closing = match kind {
            PaperKind::Digest => f32::from(u8::from(chance(rng, 0.7))),
            _ if rng.bool() => rng.f32(),
            _ => 0.0,
        };
        let mut credits = Self {
            byline: match kind {
                PaperKind::Magazine => 0.6 + 0.4 * rng.f32(),
                _ => share(rng, 0.7, 0.6),
            },
            byline_form: pick(rng, &BylineForm::COMMON),
            byline_above: chance(rng, 0.667),
            dateline: share(rng, 0.75, 1.0),
            dateline_form: pick(rng, &DatelineForm::ALL),
            closing,
            closing_form: pick(rng, &ClosingForm::ALL),
            closing_word: pick(rng, &CLOSING_WORDS),
            essay: 0.0,
        };
        if matches!(kind, PaperKind::Daily | PaperKind::Magazine) {
            credits.essay = share(rng, 0.12, 0.3);
        }
        if credits.essay > 0.0 {
            // The same paper names its own reporters under headlines.
            credits.byline = credits.byline.max(0.3);
            credits.byline_form = BylineForm::SpacedReporters;
            credits.byline_above = true;
        }
        credits
    }
}

const CLOSING_WORDS: [&str; 13] = [
    "来源",
    "信息来源",
    "稿源",
    "据",
    "出处",
    "摘自",
    "供稿",
    "资料来源",
    "编辑",
    "责任编辑",
    "原载",
    "作者",
    "记者",
];

#[derive(Debug, Clone, Copy)]
pub(super) enum BylineForm {
    Name,
    Names,
    Reporter,
    Reporters,
    SpacedReporters,
    Boxed,
    Office,
    Place,
    Labelled,
}

impl BylineForm {
    const COMMON: [Self; 8] = [
        Self::Name,
        Self::Names,
        Self::Reporter,
        Self::Reporters,
        Self::Boxed,
        Self::Office,
        Self::Place,
        Self::Labelled,
    ];
}

#[derive(Debug, Clone, Copy)]
pub(super) enum DatelineForm {
    Own,
    OwnReporter,
    Agency,
    OwnWire,
    OldWire,
    Reporter,
    Bracketed,
    Dated,
}

impl DatelineForm {
    const ALL: [Self; 8] = [
        Self::Own,
        Self::OwnReporter,
        Self::Agency,
        Self::OwnWire,
        Self::OldWire,
        Self::Reporter,
        Self::Bracketed,
        Self::Dated,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClosingForm {
    Source,
    Name,
    Names,
    OwnWire,
    Reporters,
    Author,
    Remark,
    Paper,
    BracketedPaper,
    Staff,
}

impl ClosingForm {
    const ALL: [Self; 10] = [
        Self::Source,
        Self::Name,
        Self::Names,
        Self::OwnWire,
        Self::Reporters,
        Self::Author,
        Self::Remark,
        Self::Paper,
        Self::BracketedPaper,
        Self::Staff,
    ];
}

/// An author line.
pub(super) fn byline(paper: &Paper, rng: &mut Rng) -> String {
    let (name, other) = (person(rng), person(rng));
    match paper.credits.byline_form {
        BylineForm::Name => name,
        BylineForm::Names => format!("{name} {other}"),
        BylineForm::Reporters => format!("本报记者{name} {other}"),
        BylineForm::SpacedReporters if rng.bool() => format!("本报记者 {name} {other}"),
        BylineForm::Reporter | BylineForm::SpacedReporters => format!("本报记者 {name}"),
        BylineForm::Boxed => format!("□ {name}"),
        BylineForm::Office => {
            let office = pick(rng, &["大学教授", "市长", "研究所研究员", "局长"]);
            format!("{}{office}{name}", place(rng))
        }
        BylineForm::Place => format!("{} {name}", place(rng)),
        BylineForm::Labelled => format!("作者：{name}"),
    }
}

/// The dateline of a text.
pub(super) fn dateline(paper: &Paper, rng: &mut Rng) -> String {
    let (month, day) = month_and_day(rng);
    let (place, name) = (place(rng), person(rng));
    match paper.credits.dateline_form {
        DatelineForm::Own => "本报讯 ".to_owned(),
        DatelineForm::OwnReporter => format!("本报讯（记者 {name}）"),
        DatelineForm::Agency => format!("新华社{place}{month}月{day}日电（记者{name}）"),
        DatelineForm::OwnWire => format!("本报{place}{month}月{day}日电"),
        DatelineForm::OldWire => format!("（{place}{}日电）", chinese_number(day)),
        DatelineForm::Reporter => format!("记者{name}报道："),
        DatelineForm::Bracketed => format!("【{place}讯】"),
        DatelineForm::Dated => format!("{}{month}月{day}日消息 ", paper.name),
    }
}

/// The source or author after a text.
pub(super) fn closing(paper: &Paper, rng: &mut Rng) -> String {
    let (name, other) = (person(rng), person(rng));
    let word = paper.credits.closing_word;
    match paper.credits.closing_form {
        ClosingForm::Source => format!("{word}：{}", source(paper, rng)),
        ClosingForm::Name => format!("（{name}）"),
        ClosingForm::Names => format!("（{name} {other}）"),
        ClosingForm::OwnWire => {
            let (month, day) = month_and_day(rng);
            let date = if rng.bool() { format!("{month}月{day}日") } else { String::new() };
            format!("（本报{}{date}电）", place(rng))
        }
        ClosingForm::Reporters => format!("（本报记者 {name} {other}）"),
        ClosingForm::Author => introduction(rng),
        ClosingForm::Remark => {
            let remarks = ["据新华社", "综合本报消息", "下转第四版", "完", "未完"];
            format!("（{}）", pick(rng, &remarks))
        }
        ClosingForm::Paper => format!("（{}）", paper.name),
        ClosingForm::BracketedPaper => format!("【{}】", paper.name),
        ClosingForm::Staff => format!("{word} {name}"),
    }
}

/// Introduces the author of an essay.
pub(super) fn introduction(rng: &mut Rng) -> String {
    let offices = ["大学教授", "研究院研究员", "作家协会会员", "中学教师"];
    format!("（作者为{}{}）", place(rng), pick(rng, &offices))
}

/// The credit of a photo.
pub(super) fn photographer(rng: &mut Rng) -> String {
    let office = pick(rng, &["本报记者", "新华社记者", "", "通讯员"]);
    format!("{office}{}{}", person(rng), pick(rng, &["摄", "摄影报道", "摄", "绘"]))
}

/// The name of this paper or another one.
fn source(paper: &Paper, rng: &mut Rng) -> String {
    if rng.bool() {
        return paper.name.clone();
    }
    let name = hanzi(rng, 2);
    format!("{name}{}", pick(rng, &["日报", "网", "新闻", "卫视", "发布"]))
}
