//! What stands after texts: sources, authors, photographers, who made the page.

use fastrand::Rng;

use super::paper::{Paper, PaperKind};
use super::words::{Repertoire, chance, hanzi, month_and_day, person, pick, place, share};

/// How texts end.
#[derive(Debug, Clone)]
pub(super) struct ClosingHabits {
    /// The share of texts with a source or an author after them.
    pub share: f32,
    forms: Repertoire<ClosingForm>,
    /// The word before sources and names.
    word: &'static str,
    /// The share of closings on lines of their own.
    pub own_line: f32,
    /// The share of closings after which another one follows.
    pub further: f32,
    staff: Repertoire<&'static str>,
    /// Whether briefs have the name of their author too.
    pub briefs: bool,
}

const WORDS: [&str; 13] = [
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

const STAFF: [&str; 8] =
    ["责任编辑", "本版责编", "版式设计", "本版编辑", "制图", "责编", "本版制图", "本期统筹"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClosingForm {
    Source,
    Name,
    Names,
    OwnWire,
    Reporters,
    Helpers,
    Author,
    Remark,
    Paper,
    BracketedPaper,
    Staff,
    Drawn,
    Place,
}

const FORMS: [ClosingForm; 13] = [
    ClosingForm::Source,
    ClosingForm::Name,
    ClosingForm::Names,
    ClosingForm::OwnWire,
    ClosingForm::Reporters,
    ClosingForm::Helpers,
    ClosingForm::Author,
    ClosingForm::Remark,
    ClosingForm::Paper,
    ClosingForm::BracketedPaper,
    ClosingForm::Staff,
    ClosingForm::Drawn,
    ClosingForm::Place,
];

/// The forms of papers that name the source of every item.
const DIGEST_FORMS: [ClosingForm; 9] = [
    ClosingForm::Source,
    ClosingForm::Source,
    ClosingForm::Source,
    ClosingForm::Source,
    ClosingForm::Name,
    ClosingForm::Paper,
    ClosingForm::BracketedPaper,
    ClosingForm::Staff,
    ClosingForm::Remark,
];

impl ClosingHabits {
    pub fn random(kind: PaperKind, rng: &mut Rng) -> Self {
        let digest = kind == PaperKind::Digest;
        let forms = if digest {
            Repertoire::random(rng, &DIGEST_FORMS, 1)
        } else {
            Repertoire::random(rng, &FORMS, 4)
        };
        Self {
            share: match kind {
                PaperKind::Digest => f32::from(u8::from(chance(rng, 0.7))),
                PaperKind::Tabloid => share(rng, 0.4, 0.4),
                _ => share(rng, 0.65, 0.8),
            },
            forms,
            word: pick(rng, &WORDS),
            own_line: if digest { 1.0 } else { pick(rng, &[0.0, 0.3, 0.6, 1.0]) },
            further: if digest { 0.0 } else { share(rng, 0.5, 0.3) },
            staff: Repertoire::random(rng, &STAFF, 3),
            briefs: rng.bool(),
        }
    }
}

/// The source or author after a text.
pub(super) fn closing(paper: &Paper, rng: &mut Rng) -> String {
    let habits = &paper.credits.closings;
    let word = habits.word;
    match habits.forms.draw(rng) {
        ClosingForm::Source => format!("{word}：{}", source(paper, rng)),
        ClosingForm::Name => format!("（{}）", person(rng)),
        ClosingForm::Names => format!("（{}）", paper.credits.names(rng)),
        ClosingForm::OwnWire => {
            let (month, day) = month_and_day(rng);
            let date = if rng.bool() { format!("{month}月{day}日") } else { String::new() };
            format!("（本报{}{date}电）", paper.credits.place(rng))
        }
        ClosingForm::Reporters => format!("（本报记者{}）", paper.credits.names(rng)),
        ClosingForm::Helpers => {
            let names = paper.credits.names(rng);
            let help = pick(rng, &["参与采写", "采访整理", "整理", "综合报道", "编译"]);
            match rng.u32(..3) {
                0 => format!("（{names}{help}）"),
                1 => format!("（本报记者{names}{help}）"),
                _ => format!("本报记者{names}{help}"),
            }
        }
        ClosingForm::Author => introduction(rng),
        ClosingForm::Remark => {
            let page = rng.u32(2..=12);
            match rng.u32(..7) {
                0 => "（据新华社）".to_owned(),
                1 => "（综合本报消息）".to_owned(),
                2 => format!("（下转第{page}版）"),
                3 => "（完）".to_owned(),
                4 => "（未完）".to_owned(),
                5 => "（附图片）".to_owned(),
                _ => format!("（相关报道见第{page}版）"),
            }
        }
        ClosingForm::Paper => format!("（{}）", paper.name),
        ClosingForm::BracketedPaper => format!("【{}】", paper.name),
        ClosingForm::Staff => format!("{word} {}", person(rng)),
        ClosingForm::Place => {
            let (place, name) = (place(rng), person(rng));
            let body = pick(rng, &["", "总厂", "宣传部", "中学", "大学", "县委办公室"]);
            match rng.u32(..3) {
                0 => format!("（{place}{body}{name}）"),
                1 => format!("{place}{body}　{name}"),
                _ => format!("{place}{body}{name}"),
            }
        }
        ClosingForm::Drawn => {
            let label = pick(rng, &["制图", "插图", "漫画", "题图", "供图", "数据来源", "整理"]);
            let name = person(rng);
            match rng.u32(..4) {
                0 => format!("数据来源：{}　{label}：{name}", source(paper, rng)),
                _ => format!("{label}：{name}"),
            }
        }
    }
}

/// Introduces the author of an essay.
pub(super) fn introduction(rng: &mut Rng) -> String {
    let offices =
        ["大学教授", "研究院研究员", "作家协会会员", "中学教师", "原副主任", "党校副教授"];
    let (place, office) = (place(rng), pick(rng, &offices));
    match rng.u32(..4) {
        0 => format!("（作者单位：{place}{}）", pick(rng, &["大学", "研究院", "日报社"])),
        1 => format!("（作者系{place}{office}）"),
        2 => format!("（本报记者{}采访整理）", person(rng)),
        _ => format!("（作者为{place}{office}）"),
    }
}

/// The credit of a photo.
pub(super) fn photographer(rng: &mut Rng) -> String {
    let name = person(rng);
    let agency = pick(rng, &["影像中心", "图片社", "资料图片", "人民图片"]);
    match rng.u32(..9) {
        0 => format!("新华社发（{name}摄）"),
        1 => format!("新华社记者{name}摄"),
        2 => format!("{name}摄（{agency}）"),
        3 => "新华社发".to_owned(),
        4 => format!("本报记者　{name}摄"),
        _ => {
            let office = pick(rng, &["本报记者", "新华社记者", "", "通讯员", "本报通讯员"]);
            format!("{office}{name}{}", pick(rng, &["摄", "摄影报道", "摄", "绘", "供图"]))
        }
    }
}

/// Who made the page.
pub(super) fn staff(paper: &Paper, rng: &mut Rng) -> String {
    let work = paper.credits.closings.staff.draw(rng);
    let names = paper.credits.names(rng);
    match rng.u32(..8) {
        0 => format!("以上图片由{names}提供"),
        1 => "本版图片除署名外均为资料图片".to_owned(),
        2 => format!("{work}：{names}　版式：{}", person(rng)),
        _ => format!("{work}：{names}"),
    }
}

/// The name of this paper or another one.
fn source(paper: &Paper, rng: &mut Rng) -> String {
    if rng.bool() {
        return paper.name.clone();
    }
    let name = hanzi(rng, 2);
    format!("{name}{}", pick(rng, &["日报", "网", "新闻", "卫视", "发布"]))
}
