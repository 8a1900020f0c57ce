//! Numbers with their units: 735.8亿元, 40万—50万吨, 十万元, 63.5%.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::Span;
use crate::text::numerals::{magnitude, number as number_of};

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitDimension {
    Money,
    Count,
    People,
    Area,
    Length,
    Mass,
    Volume,
    Energy,
    Power,
    Percent,
    /// 个百分点.
    Points,
    /// 倍, 番.
    Times,
    /// 微克/立方米 and the like.
    Concentration,
}

/// A number with its unit.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// Number and unit in the passage.
    pub(super) span: Span,
    pub(super) value: f64,
    pub(super) value_max: Option<f64>,
    /// As printed, with 万 and 亿: 亿元.
    pub(super) unit: String,
    /// What the value is multiplied by to be in the base unit.
    pub(super) factor: f64,
    pub(super) dimension: UnitDimension,
    /// 余, 多, 以上, 左右.
    pub(super) approx: Option<&'static str>,
}

/// Units with what they measure; longer ones first where one begins another.
const UNITS: &[(&str, UnitDimension)] = &[
    ("个百分点", UnitDimension::Points),
    ("百分点", UnitDimension::Points),
    ("%", UnitDimension::Percent),
    ("‰", UnitDimension::Percent),
    ("成", UnitDimension::Percent),
    ("倍", UnitDimension::Times),
    ("番", UnitDimension::Times),
    ("微克/立方米", UnitDimension::Concentration),
    ("微克每立方米", UnitDimension::Concentration),
    ("毫克/立方米", UnitDimension::Concentration),
    ("元人民币", UnitDimension::Money),
    ("美元", UnitDimension::Money),
    ("欧元", UnitDimension::Money),
    ("港元", UnitDimension::Money),
    ("元/人", UnitDimension::Money),
    ("元", UnitDimension::Money),
    ("人次", UnitDimension::People),
    ("人/平方公里", UnitDimension::Concentration),
    ("人", UnitDimension::People),
    ("名", UnitDimension::People),
    ("吨标准煤", UnitDimension::Mass),
    ("吨公里", UnitDimension::Count),
    ("人公里", UnitDimension::Count),
    ("公斤/亩", UnitDimension::Mass),
    ("吨", UnitDimension::Mass),
    ("公斤", UnitDimension::Mass),
    ("千克", UnitDimension::Mass),
    ("斤", UnitDimension::Mass),
    ("担", UnitDimension::Mass),
    ("平方公里", UnitDimension::Area),
    ("平方千米", UnitDimension::Area),
    ("平方米", UnitDimension::Area),
    ("公顷", UnitDimension::Area),
    ("亩", UnitDimension::Area),
    ("公里", UnitDimension::Length),
    ("千米", UnitDimension::Length),
    ("毫米", UnitDimension::Length),
    ("米", UnitDimension::Length),
    ("m", UnitDimension::Length),
    ("立方米", UnitDimension::Volume),
    ("千瓦时", UnitDimension::Energy),
    ("度", UnitDimension::Energy),
    ("千瓦", UnitDimension::Power),
    ("瓦时", UnitDimension::Energy),
    ("瓦", UnitDimension::Power),
    ("标箱", UnitDimension::Count),
    ("标准箱", UnitDimension::Count),
    ("重量箱", UnitDimension::Count),
    ("辆次", UnitDimension::Count),
    ("家", UnitDimension::Count),
    ("户", UnitDimension::Count),
    ("个", UnitDimension::Count),
    ("项", UnitDimension::Count),
    ("所", UnitDimension::Count),
    ("座", UnitDimension::Count),
    ("辆", UnitDimension::Count),
    ("台", UnitDimension::Count),
    ("套", UnitDimension::Count),
    ("件", UnitDimension::Count),
    ("张", UnitDimension::Count),
    ("条", UnitDimension::Count),
    ("处", UnitDimension::Count),
    ("艘", UnitDimension::Count),
    ("架", UnitDimension::Count),
    ("支", UnitDimension::Count),
    ("部", UnitDimension::Count),
    ("头", UnitDimension::Count),
    ("只", UnitDimension::Count),
    ("羽", UnitDimension::Count),
    ("盏", UnitDimension::Count),
    ("间", UnitDimension::Count),
    ("列", UnitDimension::Count),
    ("班", UnitDimension::Count),
    ("宗", UnitDimension::Count),
    ("笔", UnitDimension::Count),
    ("册", UnitDimension::Count),
    ("床", UnitDimension::Count),
    ("块", UnitDimension::Count),
    ("天", UnitDimension::Count),
];

/// What a unit without 万 and 亿 measures.
pub(super) fn dimension_of(unit: &str) -> Option<UnitDimension> {
    UNITS.iter().find(|(known, _)| *known == unit).map(|(_, dimension)| *dimension)
}

/// Words behind a unit that make it no unit of an indicator: 3个月, 5个小时.
const NO_UNITS: &[&str] = &[
    "月",
    "多月",
    "小时",
    "工作日",
    "星期",
    "方面",
    "环节",
    "百分",
    "学时",
    "交易日",
    "季度",
    "年头",
];

static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    let units: Vec<String> = UNITS.iter().map(|(unit, _)| regex::escape(unit)).collect();
    let number =
        r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[一二两三四五六七八九十百千万亿]+)";
    // Never fails: the parts are constants.
    Regex::new(&format!(
        "(?P<n>{number})(?P<m>[余多几])?(?P<s>[十百千万亿]{{0,2}})(?P<m2>[余多])?(?:[-—~至到](?P<n2>{number})(?P<s2>[十百千万亿]{{0,2}}))?(?P<m3>[余多])?(?P<u>{}|亿)(?P<a>\\(?以上|左右|上下)?",
        units.join("|")
    ))
    .expect("a constant pattern")
});

static STRUCTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"产业[^。;]{0,24}?(\d+(?:\.\d+)?)[:∶](\d+(?:\.\d+)?)[:∶](\d+(?:\.\d+)?)(?:[^。;\d]{0,12}?(\d+(?:\.\d+)?)[:∶](\d+(?:\.\d+)?)[:∶](\d+(?:\.\d+)?))?")
        .expect("a constant pattern")
});

/// The shares of three sectors: 8.7:38.3:53, each as a percentage.
pub(super) fn structures(text: &str) -> Vec<Vec<Quantity>> {
    let Some(captures) = STRUCTURE.captures(text) else { return Vec::new() };
    let share = |at: usize| {
        let found = captures.get(at)?;
        Some(Quantity {
            span: found.range(),
            value: found.as_str().parse().ok()?,
            value_max: None,
            unit: "%".to_owned(),
            factor: 1.0,
            dimension: UnitDimension::Percent,
            approx: None,
        })
    };
    let three = |from: usize| (from..from + 3).map(share).collect::<Option<Vec<Quantity>>>();
    [three(1), three(4)].into_iter().flatten().collect()
}

/// All quantities of a text that have a unit, in order. `hidden` are spans in which numbers are
/// something else: days and years.
pub(super) fn quantities(text: &str, hidden: &[Span]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(captures) = text.get(at..).and_then(|rest| QUANTITY.captures(rest)) {
        let Some(all) = captures.get(0) else { break };
        let (start, end) = (at + all.start(), at + all.end());
        if let Some(time) = hidden.iter().find(|time| time.start < end && start < time.end) {
            // A number in front of the time can be whole.
            at = time.end.max(start + text[start..].chars().next().map_or(1, char::len_utf8));
            continue;
        }
        at = end;
        let group = |name: &str| captures.name(name).map(|part| part.as_str());
        let unit_end = captures.name("u").map_or(end, |unit| end - all.end() + unit.end());
        let Some(quantity) = read(text, start..unit_end, &group) else { continue };
        at = quantity.span.end;
        // 5.5个和2个百分点: points, of which only the last says so.
        if quantity.unit == "个" && MORE_POINTS.is_match(&text[at..]) {
            continue;
        }
        found.push(quantity);
    }
    found.extend(text.match_indices(UNCHANGED).map(|(at, word)| Quantity {
        span: at..at + word.len(),
        value: 0.0,
        value_max: None,
        unit: "%".to_owned(),
        factor: 1.0,
        dimension: UnitDimension::Percent,
        approx: None,
    }));
    found.sort_by_key(|quantity| quantity.span.start);
    found
}

/// Another number of points behind one.
static MORE_POINTS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[和、及][\d.]+个百分点").expect("a constant pattern"));

/// The word of a change by nothing.
pub(super) const UNCHANGED: &str = "持平";

/// Whether a text can have a quantity: a cheap look before anything is read.
pub(super) fn may_have_quantities(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let follows = before.is_ascii_digit()
            || matches!(
                before,
                '０'..='９' | '十' | '百' | '千' | '万' | '亿' | '余' | '多' | '两' | '几'
            );
        if follows && (UNIT_STARTS.contains(c) || matches!(c, ':' | '：' | '∶'))
            || before == '持' && c == '平'
        {
            return true;
        }
        before = c;
    }
    false
}

/// The first characters of units and of 十百千万亿 before them.
const UNIT_STARTS: &str = "十百千万亿余多%％‰成倍番微毫美欧港元人名吨公千斤担平亩米m㎡立度瓦标重辆家户个项所座台套件张条处艘架支部头只羽盏间列班宗笔册床块天";

fn read<'t>(text: &str, span: Span, group: &dyn Fn(&str) -> Option<&'t str>) -> Option<Quantity> {
    let printed = group("n")?;
    let mut scale = group("s").unwrap_or_default().to_owned();
    let mut unit = group("u").unwrap_or_default();
    // 亿千 of 亿千瓦时.
    if unit.starts_with('瓦') && scale.ends_with('千') {
        scale.truncate(scale.len() - '千'.len_utf8());
        unit = if unit == "瓦" { "千瓦" } else { "千瓦时" };
    }
    // 0.35亿 is an amount of money.
    if unit == "亿" {
        scale.push('亿');
        unit = "";
    }
    let in_words = !printed.starts_with(|c: char| c.is_ascii_digit());
    let mut value =
        if in_words { in_words_of(printed, unit, &mut scale)? } else { digits(printed)? };
    let before = text.get(..span.start).unwrap_or_default();
    if before.ends_with(|c: char| matches!(c, '第' | '.' | '/') || c.is_ascii_alphabetic())
        || in_words && before.ends_with(['数', '几', '好'])
    {
        return None;
    }
    let after = text.get(span.end..).unwrap_or_default();
    // 失业率控制在 4%以内 is a value.
    let is_ceiling = unit == "%" && before.ends_with('在');
    if !counts_as_unit(unit, &scale, after) || !is_ceiling && is_threshold(printed, after) {
        return None;
    }
    let mut value_max = None;
    if let Some(upper) = group("n2") {
        value_max = Some(digits(upper)?);
        if scale.is_empty() {
            group("s2").unwrap_or_default().clone_into(&mut scale);
        }
    }
    let (shown, factor, times) = scaled(&scale)?;
    value *= times;
    value_max = value_max.map(|upper| upper * times);
    let (name, dimension) = match unit {
        "" if shown.ends_with('亿') => ("", UnitDimension::Money),
        _ => UNITS.iter().find(|(word, _)| *word == unit).copied()?,
    };
    let mut unit = format!("{shown}{name}");
    if name == "成" {
        value *= 10.0;
        unit = "%".into();
    }
    let mut span = span;
    if dimension == UnitDimension::Percent
        && let Some(sign) = minus_before(before)
    {
        value = -value;
        span.start -= sign;
    }
    let approx = match (["m", "m2", "m3"].iter().find_map(|name| group(name)), group("a")) {
        (Some("余"), _) => Some("余"),
        (Some(_), _) => Some("多"),
        (_, Some("左右")) => Some("左右"),
        (_, Some("上下")) => Some("上下"),
        (_, Some(_)) => Some("以上"),
        _ => None,
    };
    Some(Quantity { span, value, value_max, unit, factor, dimension, approx })
}

/// Whether a number is the bound of a class: 500万元及以下, 60岁以上老人, 亿元以上项目.
fn is_threshold(printed: &str, after: &str) -> bool {
    let after = after.trim_start_matches("及");
    if after.starts_with("以下") || after.starts_with("以内") {
        return true;
    }
    let is_class = after.strip_prefix("以上").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphabetic() && !"增的和并且及与或,较".contains(c))
    });
    let is_magnitude = printed.chars().all(|c| matches!(c, '百' | '千' | '万' | '亿'));
    is_class
        || is_magnitude
            && ["以上", "级", "产业", "集群", "俱乐部"].iter().any(|word| after.starts_with(word))
}

/// The length of a minus sign that words before a number end with: 自然增长率-1.4‰.
fn minus_before(before: &str) -> Option<usize> {
    let sign = before.chars().next_back().filter(|c| matches!(c, '-' | '−' | '负'))?;
    let name = &before[..before.len() - sign.len_utf8()];
    name.ends_with(char::is_alphabetic).then_some(sign.len_utf8())
}

/// Whether what stands behind a unit leaves it one: not in 3个月, nor in 家庭.
fn counts_as_unit(unit: &str, scale: &str, after: &str) -> bool {
    let followed = |chars: &[char]| after.starts_with(chars);
    // 6200立方米/秒 is no volume.
    if after.starts_with('/')
        || ["每秒", "每小时", "每天"].iter().any(|rate| after.starts_with(rate))
    {
        return false;
    }
    match unit {
        "个" | "天" => !NO_UNITS.iter().any(|word| after.starts_with(word)),
        "度" => scale.contains(['万', '亿']),
        "m" => !after.starts_with(|c: char| c.is_ascii_alphanumeric()),
        "成" => after.is_empty() || followed(&['以', ',', '。', '左', ';', '、']),
        "部" => !followed(&['分', '门', '队', '长', '委']),
        "家" => !followed(&['庭']),
        "人" | "名" | "项" | "条" | "件" | "户" => !followed(&['民', '才', '例']),
        _ => true,
    }
}

/// The value of a number in words with the 万 and 亿 at its end moved to the scale, if it is a
/// figure: 百家, 十万元 and 两番 are, 三家 and 十个 are not.
fn in_words_of(printed: &str, unit: &str, scale: &mut String) -> Option<f64> {
    let (value, scale_of_words) = words(printed)?;
    let is_big = value >= 10.0 || !scale_of_words.is_empty();
    let is_one_sign = printed.chars().count() == 1;
    let counts = matches!(unit, "人" | "个" | "名" | "件" | "项" | "条");
    if !is_big && !matches!(unit, "倍" | "番" | "成")
        || is_one_sign && counts
        || matches!(unit, "天" | "班" | "列" | "间" | "块")
    {
        return None;
    }
    scale.insert_str(0, &scale_of_words);
    Some(value)
}

/// A scale as the 万 and 亿 that are printed with the unit, their value, and what is part of the
/// number: 百家 is 100 家.
fn scaled(scale: &str) -> Option<(String, f64, f64)> {
    let (mut shown, mut factor, mut times) = (String::new(), 1.0, 1.0);
    for c in scale.chars() {
        let power = magnitude(c)?;
        if matches!(c, '万' | '亿') {
            shown.push(c);
            factor *= power;
        } else {
            times *= power;
        }
    }
    Some((shown, factor, times))
}

fn digits(printed: &str) -> Option<f64> {
    let plain: String = printed.chars().filter(|c| *c != ',').collect();
    plain.parse().ok()
}

/// The value of a number in words, and the 万 or 亿 at its end that belongs to the unit.
fn words(printed: &str) -> Option<(f64, String)> {
    let number = printed.trim_end_matches(['万', '亿']);
    let scale = printed[number.len()..].to_owned();
    if number.is_empty() {
        return Some((1.0, scale));
    }
    if number.contains(['万', '亿']) {
        return None;
    }
    let value = number_of(number)?;
    Some((f64::from(value), scale))
}
