//! Bylines and datelines.

use fastrand::Rng;

use super::closings::ClosingHabits;
use super::paper::{Paper, PaperKind};
use super::words::{
    Repertoire, chance, chinese_number, foreign_place, month_and_day, person, pick, place, share,
};

/// How a paper names authors and sources.
#[derive(Debug, Clone)]
pub(super) struct Credits {
    /// The share of articles with an author line.
    pub byline: f32,
    bylines: Repertoire<BylineForm>,
    /// What stands between two names.
    separator: &'static str,
    /// Whether author lines are under headlines rather than in parentheses after texts.
    pub byline_above: bool,
    /// The share of author lines that stand after the first paragraph.
    pub byline_late: f32,
    /// The share of texts that open with a dateline.
    pub dateline: f32,
    datelines: Repertoire<DatelineForm>,
    /// What stands between a dateline and its text.
    gap: &'static str,
    /// Whether days are written in Chinese.
    chinese_days: bool,
    /// Whether most places are abroad.
    abroad: f32,
    pub closings: ClosingHabits,
    /// The share of articles that are essays, whose author is introduced after the text.
    pub essay: f32,
    /// The day of pages of the web, which name paper, day and source under each headline.
    web_day: Option<String>,
    web_form: u32,
}

impl Credits {
    pub fn random(kind: PaperKind, rng: &mut Rng) -> Self {
        let bylines = if kind == PaperKind::Tabloid { &OLD_BYLINES[..] } else { &BYLINES[..] };
        let datelines = if kind == PaperKind::Tabloid {
            &DatelineForm::OLD[..]
        } else {
            &DatelineForm::ALL[..]
        };
        let mut credits = Self {
            byline: match kind {
                PaperKind::Magazine => 0.6 + 0.4 * rng.f32(),
                // Some papers name the author of every article.
                _ if chance(rng, 0.25) => 1.0,
                _ => share(rng, 0.75, 0.8),
            },
            bylines: Repertoire::random(rng, bylines, 4),
            separator: pick(rng, &[" ", "　", "、", ""]),
            byline_above: chance(rng, 0.75),
            byline_late: share(rng, 0.2, 0.3),
            dateline: share(rng, 0.75, 1.0),
            datelines: Repertoire::random(rng, datelines, 4),
            gap: pick(rng, &["", "", " ", "　"]),
            chinese_days: chance(rng, 0.15),
            abroad: share(rng, 0.5, 0.8),
            closings: ClosingHabits::random(kind, rng),
            essay: 0.0,
            web_day: None,
            web_form: rng.u32(..4),
        };
        if kind == PaperKind::Daily && chance(rng, 0.15) {
            let (month, day) = month_and_day(rng);
            let year = rng.u32(2005..2024);
            credits.web_day = Some(match rng.u32(..2) {
                0 => format!("{year}年{month:02}月{day:02}日"),
                _ => format!("{year}-{month:02}-{day:02}"),
            });
            // They say it there.
            credits.byline = 0.0;
            credits.essay = 0.0;
        }
        if credits.web_day.is_none() && matches!(kind, PaperKind::Daily | PaperKind::Magazine) {
            credits.essay = share(rng, 0.25, 0.3);
        }
        if credits.essay > 0.0 {
            // The same paper names its own reporters under headlines.
            credits.byline = credits.byline.max(0.3);
            credits.byline_above = true;
        }
        credits
    }

    /// A place that is reported from.
    pub fn place(&self, rng: &mut Rng) -> String {
        if chance(rng, self.abroad) { foreign_place(rng) } else { place(rng) }
    }

    /// One name, or two as the paper joins them.
    pub fn names(&self, rng: &mut Rng) -> String {
        let name = person(rng);
        match rng.u32(..6) {
            0..=3 => name,
            4 => format!("{name}{}{}", self.separator, person(rng)),
            _ => format!("{name}{s}{}{s}{}", person(rng), person(rng), s = self.separator),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum BylineForm {
    Name,
    Names,
    Reporter,
    Reporters,
    Correspondent,
    Agency,
    WithLocal,
    Boxed,
    Office,
    Place,
    Labelled,
    WordsAndPictures,
    Told,
    Bracketed,
    Editors,
    Sent,
    School,
    Introduced,
}

const BYLINES: [BylineForm; 20] = [
    BylineForm::Name,
    BylineForm::Name,
    BylineForm::Names,
    BylineForm::Reporter,
    BylineForm::Reporters,
    BylineForm::Reporters,
    BylineForm::Correspondent,
    BylineForm::Agency,
    BylineForm::WithLocal,
    BylineForm::Boxed,
    BylineForm::Office,
    BylineForm::Place,
    BylineForm::Labelled,
    BylineForm::WordsAndPictures,
    BylineForm::Told,
    BylineForm::Bracketed,
    BylineForm::Editors,
    BylineForm::Sent,
    BylineForm::School,
    BylineForm::Introduced,
];
const OLD_BYLINES: [BylineForm; 7] = [
    BylineForm::Name,
    BylineForm::Names,
    BylineForm::Bracketed,
    BylineForm::Bracketed,
    BylineForm::Told,
    BylineForm::Reporter,
    BylineForm::Boxed,
];

#[derive(Debug, Clone, Copy)]
enum DatelineForm {
    Own,
    OwnReporter,
    OwnReport,
    Agency,
    FromAgency,
    OwnWire,
    OwnWireReporter,
    OldWire,
    OldAgency,
    Reporter,
    Bracketed,
    Dated,
}

impl DatelineForm {
    const ALL: [Self; 11] = [
        Self::Own,
        Self::OwnReporter,
        Self::OwnReport,
        Self::Agency,
        Self::FromAgency,
        Self::OwnWire,
        Self::OwnWireReporter,
        Self::OldWire,
        Self::Reporter,
        Self::Bracketed,
        Self::Dated,
    ];
    /// Those of papers from before 1949.
    const OLD: [Self; 7] = [
        Self::OldWire,
        Self::OldAgency,
        Self::OldAgency,
        Self::Bracketed,
        Self::Bracketed,
        Self::Own,
        Self::OwnWire,
    ];
}

/// An author line.
pub(super) fn byline(paper: &Paper, rng: &mut Rng) -> String {
    let credits = &paper.credits;
    let (name, other, sep) = (person(rng), person(rng), credits.separator);
    // 、 stands between names alone.
    let gap = if sep == "、" { "" } else { sep };
    match credits.bylines.draw(rng) {
        BylineForm::Name => name,
        BylineForm::Names => format!("{name}{sep}{other}"),
        BylineForm::Reporter => format!("本报记者{}{name}", pick(rng, &["", gap])),
        BylineForm::Reporters => format!("本报记者{gap}{}", credits.names(rng)),
        BylineForm::Correspondent => {
            format!("本报驻{}记者{gap}{name}", foreign_place(rng))
        }
        BylineForm::Agency => format!("新华社记者{gap}{}", credits.names(rng)),
        BylineForm::WithLocal => format!("本报记者{gap}{name}　通讯员{gap}{other}"),
        BylineForm::Boxed => format!("{}{name}", pick(rng, &["□", "□ ", "■ ", "○"])),
        BylineForm::Office => {
            let office = pick(rng, &["大学教授", "市长", "研究所研究员", "局长", "评论员"]);
            format!("{}{office}{gap}{name}", place(rng))
        }
        BylineForm::Place => format!("{} {name}", place(rng)),
        BylineForm::Labelled => {
            format!("{}{name}", pick(rng, &["作者：", "文/", "撰文：", "执笔："]))
        }
        BylineForm::WordsAndPictures => {
            format!("{name}　{}", pick(rng, &["文/图", "摄影报道", "文并摄"]))
        }
        BylineForm::Told => match rng.u32(..3) {
            0 => format!("{name}口述　{other}整理"),
            1 => format!("{name}著　{other}译"),
            _ => format!("{name}整理"),
        },
        BylineForm::Bracketed => format!("（{}）", credits.names(rng)),
        BylineForm::Editors => {
            pick(rng, &["本报评论员", "本报编辑部", "本报评论部", "编者", "本报综合报道"])
                .to_owned()
        }
        BylineForm::Sent => format!("{}本报记者 {name} 发自{}", paper.mark, place(rng)),
        BylineForm::School => {
            let school = pick(rng, &["中文系", "第一中学", "农学院", "师范学校", "机械学院"]);
            let year = rng.u32(1978..2024);
            match rng.u32(..3) {
                0 => format!("□　{school}{year}级　{name}"),
                1 => format!("{}{school}　{name}", place(rng)),
                _ => format!("{school}{year}级学生　{name}"),
            }
        }
        BylineForm::Introduced => {
            let office = pick(rng, &["退休教师", "自由撰稿人", "农艺师", "本刊特约", "医生"]);
            format!("{}{name}（{office}）", pick(rng, &["◎", "", "文／"]))
        }
    }
}

/// The lines under the headline of a web page: its paper and day, its source and author.
pub(super) fn web_lines(paper: &Paper, rng: &mut Rng) -> Vec<String> {
    let credits = &paper.credits;
    let mut lines = Vec::new();
    let Some(day) = &credits.web_day else { return lines };
    match credits.web_form {
        0 => lines.push(format!("{} {day}", paper.name)),
        1 => lines.push(format!("{day} {}", paper.name)),
        _ => {}
    }
    let (name, editor) = (person(rng), person(rng));
    match credits.web_form {
        0 | 1 => lines.push(format!("来源：{}　　作者：{name}　　编辑：{editor}", paper.name)),
        2 => lines.push(format!(
            "发布时间：{day}　来源：{}　浏览次数：{}",
            paper.name,
            rng.u32(9..3000)
        )),
        _ => {
            lines.push(format!("时间：{day}"));
            lines.push(format!("作者：{name}"));
        }
    }
    lines
}

/// The dateline of a text.
pub(super) fn dateline(paper: &Paper, rng: &mut Rng) -> String {
    let credits = &paper.credits;
    let (month, day) = month_and_day(rng);
    let (place, name, gap) = (credits.place(rng), person(rng), credits.gap);
    let date = if credits.chinese_days {
        format!("{}月{}日", chinese_number(month), chinese_number(day))
    } else {
        format!("{month}月{day}日")
    };
    match credits.datelines.draw(rng) {
        DatelineForm::Own => format!("本报讯{gap}"),
        DatelineForm::OwnReporter => format!("本报讯{gap}（记者{gap}{name}）"),
        DatelineForm::OwnReport => match rng.u32(..2) {
            0 => format!("本报讯记者{name}报道："),
            _ => format!("本报{place}{date}讯记者{name}报道："),
        },
        DatelineForm::Agency => {
            format!("新华社{place}{date}电{gap}（记者{}）", credits.names(rng))
        }
        DatelineForm::FromAgency => format!("据新华社{place}{date}电{gap}"),
        DatelineForm::OwnWire => format!("本报{place}{date}电{gap}"),
        DatelineForm::OwnWireReporter => {
            format!("本报{place}{date}电{gap}（记者{}）", credits.names(rng))
        }
        DatelineForm::OldWire => format!("（{place}{}日电）", chinese_number(day)),
        DatelineForm::OldAgency => {
            let agency = pick(rng, &["中央社", "路透社", "合众社", "同盟社", "专", "快信社"]);
            format!("（{place}{}日{agency}电）", chinese_number(day))
        }
        DatelineForm::Reporter => format!("记者{name}报道："),
        DatelineForm::Bracketed => format!("【{place}讯】"),
        DatelineForm::Dated => format!("{}{date}消息{gap}", paper.name),
    }
}
