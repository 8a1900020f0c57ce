//! The words before a number: modifiers and verbs at their end, a change, a name.

use std::sync::LazyLock;

use regex::Regex;

use super::catalogue::Catalogue;
use super::found_name::is_part_of_word;
use crate::model::ChangeKind;

/// Modifiers directly before a number.
const APPROXIMATE: &[&str] = &[
    "不低于",
    "不少于",
    "不超过",
    "首次突破",
    "突破了",
    "超过了",
    "超过",
    "超出",
    "突破",
    "接近",
    "大约",
    "将近",
    "至少",
    "达到近",
    "约为",
    "约",
    "超",
    "逾",
    "近",
];

/// Verbs and adverbs between a name and its number.
const LINKS: &[&str] = &[
    "力争",
    "有望",
    "预计",
    "确保",
    "计划",
    "争取",
    "拟",
    "跃升至",
    "跃升到",
    "提升至",
    "提升到",
    "增加至",
    "增加到",
    "增长至",
    "增长到",
    "上升至",
    "上升到",
    "提高到",
    "提高至",
    "扩大到",
    "扩大至",
    "下降到",
    "下降至",
    "降低到",
    "降低至",
    "调整为",
    "发展到",
    "壮大到",
    "增至",
    "升至",
    "降至",
    "减至",
    "增到",
    "跃上",
    "迈上",
    "保持在",
    "稳定在",
    "控制在",
    "累计达到",
    "共计",
    "合计",
    "总计",
    "累计",
    "达到了",
    "到了",
    "至了",
    "达到",
    "达成",
    "高达",
    "达",
    "分别为",
    "分别达到",
    "分别达",
    "分别完成",
    "分别实现",
    "分别",
    "已经",
    "已由",
    "已",
    "由",
    "从",
    "全部",
    "仅",
    "只",
    "共有",
    "共",
    "实现",
    "完成",
    "为",
    "是",
    "有",
    "均",
    "总",
    "计",
    "的",
    "也",
    "至",
    "到",
    "各",
    "发放",
    "位居",
    ":",
    "(",
    "\"",
    "”",
    "年产",
    "首次",
    "就",
    "正式",
    "继续保持",
    "保持",
    "继续",
    "成功",
    "过去的",
    "过去",
    "原来的",
    "原先的",
    "最初的",
    "当初的",
    "起初的",
    "如今的",
    "可",
    "将",
    "要",
    "比重",
];

/// Verbs of change directly before a number.
const CHANGES: &[(&str, f64)] = &[
    ("同比增幅", 1.0),
    ("增长率", 1.0),
    ("增速", 1.0),
    ("增幅", 1.0),
    ("涨幅", 1.0),
    ("降幅", -1.0),
    ("跌幅", -1.0),
    ("增长了", 1.0),
    ("增产", 1.0),
    ("减产", -1.0),
    ("增加了", 1.0),
    ("提高了", 1.0),
    ("提升了", 1.0),
    ("上升了", 1.0),
    ("下降了", -1.0),
    ("减少了", -1.0),
    ("降低了", -1.0),
    ("增长", 1.0),
    ("增加", 1.0),
    ("提高", 1.0),
    ("提升", 1.0),
    ("上升", 1.0),
    ("上涨", 1.0),
    ("上调", 1.0),
    ("回升", 1.0),
    ("下调", -1.0),
    ("扩大", 1.0),
    ("加快", 1.0),
    ("增收", 1.0),
    ("多增", 1.0),
    ("翻了", 1.0),
    ("翻", 1.0),
    ("下降", -1.0),
    ("减少", -1.0),
    ("降低", -1.0),
    ("下跌", -1.0),
    ("下滑", -1.0),
    ("回落", -1.0),
    ("收窄", -1.0),
    ("少增", -1.0),
    ("同比增", 1.0),
    ("同比降", -1.0),
    ("环比增", 1.0),
    ("环比降", -1.0),
    ("增", 1.0),
    ("升", 1.0),
    ("涨", 1.0),
    ("降", -1.0),
    ("减", -1.0),
    ("同比", 1.0),
];

/// Nouns of change, whose value is a change.
const RATE_NOUNS: [&str; 7] = ["同比增幅", "增长率", "增速", "增幅", "涨幅", "降幅", "跌幅"];

/// 重点项目 *八类* 22个.
static KINDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[一二三四五六七八九十]+大?类$").expect("a constant pattern"));

static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:,|\(|其中|实际|名义|现价|较快|保持|稳步|持续|快速|大幅|小幅|平均|每年|累计|分别|则|又|也|都|且|已|均|共|再|净|就|扣除价格因素|(?:按|以)?(?:可比价格?|不变价格?|可比口径|同口径)(?:计算)?|同比|环比|年均|当月|(?:比|较|与|和)(?:(?:上年|去年)(?:春节|国庆|清明|端午|五一)(?:假期)?|上年|去年|前年|年初|年内|上月|上季度|上半年|上年末|去年末|上年底|去年底|上年同期|去年同期|同期|\d{4}年(?:末|底)?|前一年|上一年|一季度|[一二三四五六七八九十\d]+年前|解放前|改革开放前)(?:同期)?(?:同口径|水平)?(?:相比)?)+$")
        .expect("a constant pattern")
});

/// Whether a modifier stands at the end of some words: 约, but not that of 签约.
fn is_modifier(words: &str, modifier: &str) -> bool {
    words.strip_suffix(modifier).is_some_and(|rest| {
        !matches!(modifier, "约" | "近") || !is_part_of_word(words, rest.len(), modifier)
    })
}

/// What stands before a number.
#[derive(Debug, Default)]
pub(super) struct Lead {
    /// What is left, from the beginning of the words.
    pub(super) rest: usize,
    pub(super) approx: Option<&'static str>,
    /// 1 or −1 after a verb of change.
    pub(super) change: Option<f64>,
    /// Whether 累计 was among the words.
    pub(super) is_cumulative: bool,
    /// Whether any verb was taken off.
    pub(super) has_link: bool,
}

impl Lead {
    /// Takes modifiers, verbs and a verb of change off the end of the words before a number.
    pub(super) fn of(words: &str) -> Self {
        let mut lead = Self { rest: words.len(), ..Self::default() };
        // 减少到 30万亩 states a value, and not a change.
        let mut is_end_value = false;
        loop {
            let rest = &words[..lead.rest];
            if let Some(word) = APPROXIMATE.iter().find(|word| is_modifier(rest, word)) {
                lead.approx = lead.approx.or(Some(word));
                lead.rest -= word.len();
            } else if lead.change.is_none()
                && !is_end_value
                && let Some((word, sign)) = CHANGES.iter().find(|(word, _)| rest.ends_with(word))
                && Catalogue::get().listed_at_end(rest).is_none()
            {
                lead.change = Some(*sign);
                lead.rest -= word.len();
                return lead;
            } else if let Some(word) =
                LINKS.iter().filter(|word| rest.ends_with(**word)).max_by_key(|word| word.len())
            {
                if *word == "比重" {
                    break;
                }
                lead.is_cumulative |= word.starts_with("累计");
                is_end_value |= matches!(*word, "到" | "至" | "到了" | "至了");
                lead.has_link = true;
                lead.rest -= word.len();
            } else if is_end_value
                && let Some((word, _)) = CHANGES.iter().find(|(word, _)| rest.ends_with(word))
                && !RATE_NOUNS.contains(word)
            {
                is_end_value = false;
                lead.rest -= word.len();
            } else if let Some(kinds) = KINDS.find(rest) {
                lead.rest = kinds.start();
            } else {
                break;
            }
        }
        lead
    }
}

/// The words between the number before and this one.
pub(super) struct WordsBefore<'a> {
    /// Where they begin in the sentence.
    pub(super) start: usize,
    pub(super) text: &'a str,
    pub(super) lead: Lead,
}

impl<'a> WordsBefore<'a> {
    /// What is left without modifiers and verbs at the end.
    pub(super) fn phrase(&self) -> &'a str {
        self.text[..self.lead.rest].trim_end_matches([',', '"'])
    }
}

/// What a change is measured against by the words before its verb, and where these begin.
pub(super) fn against(words: &str) -> (ChangeKind, bool, usize) {
    let mut start = words.len();
    while let Some(found) = AGAINST.find(&words[..start]) {
        if found.is_empty() {
            break;
        }
        start = found.start();
        // 较去年均提高: 均 is that of both.
        if found.as_str().starts_with("年均") && words[..start].ends_with(['去', '上', '前']) {
            break;
        }
    }
    let said = &words[start..];
    let kind = if said.contains("同比") {
        ChangeKind::Yoy
    } else if said.contains("环比")
        || said.contains("比上月")
        || said.contains("较上月")
        || said.contains("季度")
    {
        ChangeKind::Mom
    } else if said.contains(|c: char| c.is_ascii_digit()) && !said.contains("年均") {
        ChangeKind::VsBase
    } else if ["年初", "年末", "上年底", "去年底"].iter().any(|word| said.contains(word))
    {
        ChangeKind::VsYearStart
    } else if said.contains("年均") || said.contains("平均") || said.contains("每年") {
        ChangeKind::AnnualAverage
    } else if said.contains("上年")
        || said.contains("去年")
        || said.contains("同期")
        || said.contains("上一年")
    {
        ChangeKind::Yoy
    } else if said.contains("比") || said.contains("较") || said.contains("与") {
        ChangeKind::VsBase
    } else {
        ChangeKind::Yoy
    };
    (kind, !said.is_empty(), start)
}
