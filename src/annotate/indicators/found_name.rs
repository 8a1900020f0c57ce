//! Names in the words before and behind a number: one of the table, or a noun of it with the words
//! before it.

use std::sync::LazyLock;

use regex::Regex;

use super::catalogue::{Catalogue, Nature, fits};
use super::quantity::UnitDimension;
use super::territory::Territories;
use crate::model::Span;
use crate::text::word_frequency;

/// Words behind which the name of an indicator can begin.
static CUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("可是|但是|不过|然而|因此|所以|由于|由此|为了|为此|对于|按照|期间|今年|去年|上年|本年|上半年|下半年|前三季度|还有|还是|将要|下拨|整合|紧急|吸引|招收|排查|各类|各级|[一二三四五六七八九十]大类|其中|同时|此外|另外|据统计|数据显示|实现了?|完成了?|达到|推动|促进|使得?|将|对|把|向|拥有|现有|共有|累计|共计|截至|预计|确保|力争|争取|计划|努力|目标|全年|全国|全省|全市|全县|全州|全盟|全旗|全区|我国|我省|我市|我县|我区|该市|该县|该区|全乡|全镇|辖区|当地|各地|年度|当月|已经|已|共|接收|先后|由|从|拨付|发放|兑现|落实|培育|入选|建成|通过|成功|分别|包括|以及|参加|本次|引进|招引|获批|创建|退出|营造|打造|培育|同步发展|发放|推出|取得|获得|支持|本次|此次|等|即|组织|安排|部门|提供|受理|按|中的|还|是|规划|辖|辖有|成立|设立|建设|实施|帮助|为|的|发|[,;:。!?(){}\\[\\]<>《》]").expect("a constant pattern")
});

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
    find_name(words, dimension, territories, dimension.is_some())
}

/// The name that some words end with before a change that is said to be 同比: also one of the nouns that
/// end many words.
pub(super) fn compared_name_at_end(words: &str, territories: &Territories) -> Option<FoundName> {
    find_name(words, None, territories, true)
}

fn find_name(
    words: &str,
    dimension: Option<UnitDimension>,
    territories: &Territories,
    may_be_generic: bool,
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
    // 医师数
    if let Some(rest) = words[..end].strip_suffix('数')
        && catalogue.head_at_end(&words[..end]).is_none()
        && (catalogue.head_at_end(rest).is_some() || catalogue.counted_at_end(rest).is_some())
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
        && (may_be_generic || !head.generic)
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
        "实施" | "设立" => before[..at].ends_with('新'),
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
pub(super) fn is_part_of_word(text: &str, at: usize, word: &str) -> bool {
    let mut chars = word.chars();
    let is_one = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    let end = at + word.len();
    let before = text[..at].char_indices().next_back().map_or(at, |(before, _)| before);
    let after = text[end..].chars().next().map_or(end, |next| end + next.len_utf8());
    let is_word = |span: Span| span.len() > word.len() && word_frequency(&text[span]) > 0;
    // 资金约: 资金 is the likelier word than 金约.
    let two_before = text[..before].char_indices().next_back().map_or(before, |(start, _)| start);
    let ends_word = two_before < before
        && word_frequency(&text[two_before..at]) > word_frequency(&text[before..end]);
    is_one && (is_word(before..end) && !ends_word || is_word(at..after))
}

/// Where the part of a name before its noun begins: behind the last verb, mark or territory.
pub(super) fn modifier_start(before: &str, territories: &Territories) -> usize {
    let mut start = 0;
    for found in CUT.find_iter(before) {
        let (at, word) = (found.start(), found.as_str());
        // 全国共接待: 共 stands behind a word, and is none with its last character.
        let from = if at == start { at } else { 0 };
        let is_part = is_part_of_word(&before[from..], at - from, word);
        if !is_part && !is_of_name(before, at, word) {
            start = found.end();
        }
    }
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
    // 且全装修住宅, but not 从业人员.
    while let Some(first) = before[start..].chars().next().filter(|c| PARTICLES.contains(*c)) {
        let end = start + first.len_utf8();
        let next = before[end..].chars().next().map_or(end, |next| end + next.len_utf8());
        if next == end || word_frequency(&before[start..next]) > 0 {
            break;
        }
        start = end;
    }
    // 直接带动消费, but not 直接投资.
    if let Some(rest) = before[start..].strip_prefix("直接")
        && ["带动", "拉动"].iter().any(|verb| rest.starts_with(verb))
    {
        start = before.len() - rest.len();
    }
    // 园区内企业: the place is no part of the name.
    if let Some(rest) = ["园区内", "辖区内", "区内", "境内", "市域内", "县域内"]
        .iter()
        .find_map(|place| before[start..].strip_prefix(place))
        // 境内外游客
        .filter(|rest| !rest.starts_with('外'))
    {
        start = before.len() - rest.len();
    }
    let rest = &before[start..];
    start
        + (rest.len()
            - rest.trim_start_matches(['、', '和', '及', '与', '"', '\'', '-', '·', '的']).len())
        + usize::from(rest.starts_with("以上")) * "以上".len()
}

/// Characters that no name begins with, unless they begin a word.
const PARTICLES: &str = "且但其将了也又均被让使";

/// Verbs that stand before a name.
const FIRST_VERBS: [&str; 18] = [
    "其", "引入", "涉及", "形成", "探明", "创成", "下达", "明确", "提交", "建立", "投入", "投用",
    "办理", "已有", "仅", "开通", "设置", "查处",
];

/// Those who belong to what is counted, or what it has.
const MEMBERS: [&str; 16] = [
    "党组织",
    "党支部",
    "党委",
    "党员",
    "代表",
    "负责人",
    "员工",
    "职工",
    "工人",
    "人员",
    "干部",
    "学生",
    "老师",
    "教师",
    "居民",
    "群众",
];

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
    // 9家企业党组织, 30家企业代表: they are counted, and no companies.
    if MEMBERS.iter().any(|member| words[end..].starts_with(member)) {
        return None;
    }
    let verb = [
        "集团",
        "公司",
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
