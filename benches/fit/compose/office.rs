//! The offices of a gazette: who issues and signs an order, its date and number.

use fastrand::Rng;

use super::words::{
    Repertoire, chance, chinese_digits, chinese_number, digits, hanzi, month_and_day, person, pick,
    place, share,
};

/// How a gazette names offices, dates and numbers.
#[derive(Debug, Clone)]
pub(super) struct OfficeHabits {
    /// The offices whose orders it prints.
    offices: Vec<String>,
    /// The year of its issues.
    pub year: u32,
    /// What an order is called after the name of its office.
    words: Repertoire<&'static str>,
    /// Whether two characters of a title of office are spaced.
    spaced: &'static str,
    date: Repertoire<DateForm>,
    number: Repertoire<NumberForm>,
    /// The share of dates with a remark.
    remarks: f32,
    /// What stands before dates and numbers.
    labels: Option<(&'static str, &'static str)>,
    signature: Repertoire<SignatureForm>,
    /// Who may decide in place of the officer.
    delegation: &'static str,
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
    Lettered,
    Yearly,
    Ordinal,
    Plain,
}

#[derive(Debug, Clone, Copy)]
enum SignatureForm {
    None,
    Officer,
    /// An officer who is away, and who acts for him.
    Deputy,
    /// An officer, and a note that somebody else may decide.
    Delegated,
    Officers,
    /// The title of office begins on the line before.
    Broken,
    OfficeAndDate,
    OfficeWithDate,
    DateOnly,
}

/// The sets of words for orders, as of one country and time.
const WORDS: [&[&str]; 5] = [
    &["令", "公告", "函"],
    &["令", "公告", "函", "书函", "通告"],
    &["训令", "指令", "令", "布告", "公函"],
    &["通知", "决定", "公告", "批复", "意见", "令"],
    &["", "文件", "通告"],
];
const LABELS: [(&str, &str); 3] =
    [("发文日期：", "发文字号："), ("日期：", "文号："), ("发布日期：", "发文字号：")];

impl OfficeHabits {
    pub fn random(rng: &mut Rng) -> Self {
        use DateForm::{Common, CommonChinese, Republic, RepublicChinese};
        use NumberForm::{Lettered, Ordinal, Plain, Registered, Yearly};
        use SignatureForm::{
            Broken, DateOnly, Delegated, Deputy, None, OfficeAndDate, OfficeWithDate, Officer,
            Officers,
        };
        // The head of the country or the province is a part of most names.
        let above = match rng.u32(..4) {
            0 => String::new(),
            1 => pick(rng, &["国家", "中央", "国务院", "行政院"]).to_owned(),
            _ => format!("{}{}", hanzi(rng, 2), pick(rng, &["省", "市", "县", "区"])),
        };
        let count = rng.usize(3..=12);
        let offices = (0..count).map(|_| office(&above, rng)).collect();
        let words = pick(rng, &WORDS);
        let by_officer = [Officer, Officer, Deputy, Delegated, Delegated, Broken, Officers, None];
        let by_office = [OfficeAndDate, OfficeAndDate, OfficeWithDate, DateOnly, None, Officer];
        let signed = if rng.u32(..3) > 0 { &by_officer[..] } else { &by_office[..] };
        let dates = pick(rng, &[[Common, CommonChinese], [Republic, RepublicChinese]]);
        Self {
            offices,
            year: rng.u32(1915..2024),
            words: Repertoire::random(rng, words, words.len()),
            spaced: pick(rng, &["", " ", "　"]),
            date: Repertoire::random(rng, &dates, 2),
            number: Repertoire::random(rng, &[Registered, Lettered, Yearly, Ordinal, Plain], 2),
            remarks: share(rng, 0.5, 0.2),
            labels: chance(rng, 0.12).then(|| pick(rng, &LABELS)),
            signature: Repertoire::random(rng, signed, 4),
            delegation: pick(
                rng,
                &[
                    "依分层负责规定授权单位主管决行",
                    "本件由主管人员代为决行",
                    "（授权承办单位决行）",
                    "经授权由主管处代签",
                    "本案授权业务单位办理",
                ],
            ),
        }
    }

    pub fn draw(&self, rng: &mut Rng) -> &str {
        &self.offices[rng.usize(..self.offices.len())]
    }

    /// The line that names the issuer.
    pub fn issuer(&self, office: &str, rng: &mut Rng) -> String {
        format!("{office}{}", self.words.draw(rng))
    }

    pub fn date(&self, year: u32, rng: &mut Rng) -> String {
        let (month, day) = month_and_day(rng);
        let chinese_day = format!("{}月{}日", chinese_number(month), chinese_number(day));
        match self.date.draw(rng) {
            DateForm::Common => format!("{year}年{month}月{day}日"),
            DateForm::CommonChinese => format!("{}年{chinese_day}", chinese_digits(year)),
            DateForm::Republic => format!("中华民国{}年{month}月{day}日", year - 1911),
            DateForm::RepublicChinese => {
                format!("民国{}年{chinese_day}", chinese_number(year - 1911))
            }
        }
    }

    /// A line with the date, in rare cases with a remark.
    pub fn date_line(&self, date: &str, rng: &mut Rng) -> String {
        let label = self.labels.map_or("", |(date, _)| date);
        let remark = if chance(rng, self.remarks) {
            pick(rng, &["（补登）", "（续）", "（更正）", "发布"])
        } else {
            ""
        };
        format!("{label}{date}{remark}")
    }

    /// A line with the number; in rare cases its end is on the next line.
    pub fn number_lines(&self, year: u32, rng: &mut Rng) -> Vec<String> {
        let label = self.labels.map_or("", |(_, number)| number);
        let number = match self.number.draw(rng) {
            NumberForm::Registered => {
                let count = rng.usize(2..=4);
                format!("{}字第{}号", hanzi(rng, count), digits(rng, 8))
            }
            NumberForm::Lettered => {
                let (register, letter) = (hanzi(rng, 3), pick(rng, &["", "A", "B", "C", "号之一"]));
                format!("{register}字第{}{letter}号", digits(rng, 10))
            }
            NumberForm::Yearly => {
                let brackets = pick(rng, &[('〔', '〕'), ('［', '］'), ('（', '）')]);
                let count = rng.usize(1..=3);
                let (open, close) = brackets;
                format!("{}发{open}{year}{close}{}号", hanzi(rng, 2), digits(rng, count))
            }
            NumberForm::Ordinal => format!("第{}号", chinese_number(rng.u32(1..=120))),
            NumberForm::Plain => format!("{}第{}号", hanzi(rng, 2), digits(rng, 6)),
        };
        let number = format!("{label}{number}");
        if !chance(rng, 0.03) {
            return vec![number];
        }
        let chars: Vec<char> = number.chars().collect();
        let (one, two) = chars.split_at(chars.len() / 2);
        vec![one.iter().collect(), two.iter().collect()]
    }

    /// The lines that end the text of an order.
    pub fn signature(&self, office: &str, date: &str, rng: &mut Rng) -> Vec<String> {
        let officer = self.officer(rng);
        match self.signature.draw(rng) {
            SignatureForm::None => Vec::new(),
            SignatureForm::Officer => vec![officer],
            SignatureForm::Deputy => {
                let away = pick(rng, &["公出", "出差", "请假", "出国", "公假"]);
                let deputy = pick(rng, &["副部长", "常务次长", "主任秘书", "副局长", "副主任"]);
                let acts = pick(rng, &["代行", "代理", "代"]);
                vec![format!("{officer} {away}"), format!("{deputy} {} {acts}", person(rng))]
            }
            SignatureForm::Delegated => vec![officer, self.delegation.to_owned()],
            SignatureForm::Officers => (0..rng.usize(2..=4)).map(|_| self.officer(rng)).collect(),
            SignatureForm::Broken => {
                let (one, two) = pick(rng, &[("总 局", "长"), ("主任", "委员"), ("署", "长")]);
                vec![one.to_owned(), format!("{two} {}", person(rng))]
            }
            SignatureForm::OfficeAndDate => vec![office.to_owned(), date.to_owned()],
            SignatureForm::OfficeWithDate => vec![format!("{office}　{date}")],
            SignatureForm::DateOnly => vec![date.to_owned()],
        }
    }

    fn officer(&self, rng: &mut Rng) -> String {
        let title = pick(
            rng,
            &["部长", "局长", "署长", "院长", "主席", "县长", "处长", "厅长", "主任委员", "主任"],
        );
        let title = match title.chars().count() {
            2 => title.split_inclusive(|_| true).collect::<Vec<_>>().join(self.spaced),
            _ => title.to_owned(),
        };
        let name = person(rng);
        let name = match name.chars().count() {
            2 => name.split_inclusive(|_| true).collect::<Vec<_>>().join(self.spaced),
            _ => name,
        };
        format!("{title}{}{name}", pick(rng, &[" ", "　"]))
    }
}

/// The name of an office, sometimes below another one.
fn office(above: &str, rng: &mut Rng) -> String {
    let subject = pick(
        rng,
        &[
            "财政", "教育", "农业", "交通", "卫生", "水利", "民政", "税务", "文化", "劳动", "统计",
            "审计", "林业", "商务", "司法", "邮政", "土地", "粮食", "人事", "国防", "外交", "能源",
        ],
    );
    let rank =
        pick(rng, &["部", "厅", "局", "署", "处", "委员会", "总局", "管理局", "办公室", "院"]);
    match rng.u32(..10) {
        0 => format!("{above}人民政府办公厅"),
        1 => format!("{}{}", place(rng), pick(rng, &["政府", "县政府", "市政府", "公所"])),
        2 => format!("{above}{subject}{rank}{}{}", hanzi(rng, 2), pick(rng, &["分局", "办事处"])),
        3 | 4 => format!("{subject}{rank}"),
        _ => format!("{above}{subject}{rank}"),
    }
}
