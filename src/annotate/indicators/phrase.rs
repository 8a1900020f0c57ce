//! The words before a number: modifiers and verbs at their end, a change, a name.

use std::sync::LazyLock;

use regex::Regex;

use super::catalogue::{Catalogue, Nature, fits};
use super::quantity::UnitDimension;
use super::territory::Territories;
use crate::model::{ChangeKind, Span};
use crate::text::word_frequency;

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
    "成功",
    "过去的",
    "过去",
    "原来的",
    "原先的",
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
const RATES: [&str; 7] = ["同比增幅", "增长率", "增速", "增幅", "涨幅", "降幅", "跌幅"];

/// 重点项目 *八类* 22个.
static KINDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[一二三四五六七八九十]+大?类$").expect("a constant pattern"));

static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:,|\(|其中|实际|名义|现价|较快|保持|稳步|持续|快速|大幅|小幅|平均|每年|累计|分别|则|又|也|都|且|已|均|共|再|净|就|扣除价格因素|(?:按|以)?(?:可比价格?|不变价格?|可比口径|同口径)(?:计算)?|同比|环比|年均|当月|(?:比|较|与|和)(?:(?:上年|去年)(?:春节|国庆|清明|端午|五一)(?:假期)?|上年|去年|前年|年初|年内|上月|上季度|上半年|上年末|去年末|上年底|去年底|上年同期|去年同期|同期|\d{4}年(?:末|底)?|前一年|上一年|一季度|[一二三四五六七八九十\d]+年前|解放前|改革开放前)(?:同期)?(?:同口径|水平)?(?:相比)?)+$")
        .expect("a constant pattern")
});

/// Words behind which the name of an indicator can begin.
static CUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("由于|由此|为了|为此|对于|按照|今年|去年|上年|本年|上半年|下半年|前三季度|还有|还是|将要|下拨|连接到|整合|紧急|吸引|加开|招收|排查|各类|各级|[一二三四五六七八九十]大类|其中|同时|此外|另外|据统计|数据显示|实现了?|完成了?|达到|推动|促进|使得?|将|对|把|向|拥有|现有|共有|累计|共计|截至|预计|确保|力争|争取|计划|努力|目标|全年|全国|全省|全市|全县|全州|全盟|全旗|全区|我国|我省|我市|我县|我区|该市|该县|该区|全乡|全镇|辖区|当地|各地|年度|当月|已经|已|共|接收|先后|由|从|拨付|发放|兑现|落实|培育|入选|建成|通过|成功|分别|包括|以及|参加|本次|引进|招引|谋划的|获批|创建|退出|营造|打造|培育|同步发展|发放|推出|取得|获得|支持|本次|此次|园区内|等|即|组织|工商户发|安排|部门|提供|受理|按|中的|还|是|新型城镇化建设|规划|辖|辖有|成立|建设|实施|帮助|为|的|[,;:。!?(){}\\[\\]<>《》]").expect("a constant pattern")
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
    /// Whether the number is that of each of several: 均.
    pub(super) is_of_each: bool,
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
            } else if let Some(word) = LINKS.iter().find(|word| rest.ends_with(**word)) {
                if *word == "比重" {
                    break;
                }
                lead.is_cumulative |= word.starts_with("累计");
                lead.is_of_each |= *word == "均";
                is_end_value |= matches!(*word, "到" | "至" | "到了" | "至了");
                lead.has_link = true;
                lead.rest -= word.len();
            } else if is_end_value
                && let Some((word, _)) = CHANGES.iter().find(|(word, _)| rest.ends_with(word))
                && !RATES.contains(word)
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

/// A name that stands at the end of some words.
#[derive(Debug, Clone)]
pub(super) struct FoundName {
    /// Where it stands in the words.
    pub(super) span: Span,
    /// The part before the listed name or the noun.
    pub(super) modifier: Span,
    pub(super) id: Option<&'static str>,
    /// The listed name or the noun.
    pub(super) tail: &'static str,
    pub(super) nature: Nature,
    /// Whether it is of a territory by itself.
    pub(super) territorial: bool,
    /// Whether it needs a part before it.
    pub(super) weak: bool,
    /// Whether many words end so: it needs a territory that is named before it.
    pub(super) generic: bool,
}

/// The name that some words end with, for a number of a dimension, or for a growth alone.
pub(super) fn name_at_end(
    words: &str,
    dimension: Option<UnitDimension>,
    territories: &Territories,
) -> Option<FoundName> {
    let catalogue = Catalogue::get();
    let mut end = words.trim_end_matches(['的', '"', '\'']).len();
    // 实际利用外资规模
    if let Some(rest) = words[..end].strip_suffix("规模")
        && (catalogue.listed_at_end(rest).is_some()
            || catalogue.head_at_end(rest).is_some_and(|(_, head)| !head.weak))
    {
        end = rest.len();
    }
    if ["总数", "数量", "总量"].iter().any(|word| words[..end].ends_with(word))
        && catalogue.listed_at_end(&words[..end]).is_none()
        && catalogue.head_at_end(&words[..end]).is_none_or(|(_, head)| head.generic)
    {
        end -= "总数".len();
    }
    let phrase = &words[..end];
    let fitting = |measured: &str| dimension.is_none_or(|dimension| fits(measured, dimension));
    let mut found = None;
    if let Some((at, listed)) = catalogue.listed_at_end(phrase)
        && fitting(&listed.dimension)
    {
        found = Some((
            at,
            Some(listed.id.as_str()),
            listed.name.as_str(),
            listed.nature,
            listed.territorial,
            (false, false),
        ));
    }
    if found.is_none()
        && let Some((at, head)) = catalogue.head_at_end(phrase)
        && fitting(&head.dimension)
        && (dimension.is_some() || !head.generic)
    {
        let weak = (head.weak, head.generic);
        found = Some((at, None, head.word.as_str(), head.nature, false, weak));
    }
    if found.is_none()
        && dimension.is_none_or(|dimension| {
            matches!(
                dimension,
                UnitDimension::Count
                    | UnitDimension::People
                    | UnitDimension::Length
                    | UnitDimension::Area
            )
        })
        && let Some((at, noun)) = catalogue.counted_at_end(phrase)
        && (dimension != Some(UnitDimension::People) || PEOPLE.contains(&noun))
    {
        found = Some((at, None, noun, Nature::Flow, false, (false, false)));
    }
    let (at, id, tail, nature, territorial, (weak, generic)) = found?;
    let start = modifier_start(&phrase[..at], territories);
    let (span, modifier) = (start..end, start..at);
    Some(FoundName { span, modifier, id, tail, nature, territorial, weak, generic })
}

/// Whether a verb is part of a name: 建设 of 公路建设资金, 实施 of 新实施项目, 对 of 对东盟进出口.
fn is_of_name(before: &str, at: usize, verb: &str) -> bool {
    let is_last = before[at..].len() == verb.len();
    match verb {
        "建设" | "规划" | "发展" | "保护" => is_last && at > 0,
        "全州" => before[at + verb.len()..].starts_with('县'),
        "实施" => before[..at].ends_with('新'),
        "对" => PARTNERS.iter().any(|partner| before[at + verb.len()..].starts_with(partner)),
        _ => false,
    }
}

/// With whom trade is: 对东盟进出口.
const PARTNERS: [&str; 14] = [
    "东盟",
    "美",
    "欧",
    "日本",
    "韩",
    "俄",
    "非洲",
    "拉",
    "港",
    "台",
    "一带一路",
    "\"一带一路",
    "共建",
    "rcep",
];

/// Whether a character that names end at is part of a longer word: 共 of 公共, 对 of 对口.
fn is_part_of_word(text: &str, at: usize, word: &str) -> bool {
    let mut chars = word.chars();
    let is_one = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    let end = at + word.len();
    let before = text[..at].char_indices().next_back().map_or(at, |(before, _)| before);
    let after = text[end..].chars().next().map_or(end, |next| end + next.len_utf8());
    let is_word = |span: Span| span.len() > word.len() && word_frequency(&text[span]) > 0;
    is_one && (is_word(before..end) || is_word(at..after))
}

/// Where the part of a name before its noun begins: behind the last verb, mark or territory.
pub(super) fn modifier_start(before: &str, territories: &Territories) -> usize {
    let mut start = CUT
        .find_iter(before)
        .filter(|found| !is_part_of_word(before, found.start(), found.as_str()))
        .filter(|found| !is_of_name(before, found.start(), found.as_str()))
        .last()
        .map_or(0, |found| found.end());
    // A name begins behind the last territory.
    let mut behind = start;
    for (at, _) in before[start..].char_indices() {
        if let Some(rest) = territories.at_start(&before[start + at..]) {
            behind = before.len() - rest.len();
        }
    }
    start = start.max(behind);
    // 投入教育经费, 已有植保无人机
    while let Some(rest) = FIRST_VERBS.iter().find_map(|verb| before[start..].strip_prefix(verb)) {
        if rest.is_empty() {
            break;
        }
        start = before.len() - rest.len();
    }
    let rest = &before[start..];
    start
        + (rest.len()
            - rest.trim_start_matches(['、', '和', '及', '与', '"', '\'', '-', '·', '的']).len())
        + usize::from(rest.starts_with("以上")) * "以上".len()
}

/// Verbs that stand before a name.
const FIRST_VERBS: [&str; 10] =
    ["投入", "投用", "办理", "已有", "仅", "开通", "设置", "设立", "建成", "查处"];

/// Counted nouns that people are.
const PEOPLE: &[&str] = &["贫困人口", "就业", "岗位", "人才", "大学生", "劳动力"];

/// The counted noun that stands directly behind a number: 12所 *义务教育学校*.
pub(super) fn name_behind(words: &str) -> Option<Span> {
    let stop =
        words.find(|c: char| c.is_ascii_digit() || ",。;:(!、".contains(c)).unwrap_or(words.len());
    let words = &words[..stop];
    let words = words.char_indices().nth(20).map_or(words, |(at, _)| &words[..at]);
    let end = Catalogue::get().counted_within(words)?;
    let name = &words[..end];
    let verb = [
        "的",
        "万人助",
        "获",
        "荣",
        "是",
        "在",
        "被",
        "将",
        "与",
        "和",
        "开展",
        "进行",
        "提供",
        "走进",
        "参加",
        "完成",
        "实现",
        "为",
    ];
    (!verb.iter().any(|word| name.contains(word))).then_some(0..end)
}
