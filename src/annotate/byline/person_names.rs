//! Recognises names of persons in a byline by surname, length and a list of exceptions.

use crate::text::surnames::is_surname;

/// Surnames of two characters.
const LONG_SURNAMES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐",
    "司徒", "夏侯", "东方", "宇文", "长孙", "端木", "独孤", "南宫", "申屠", "呼延", "闻人", "轩辕",
];

/// Words of two to four characters that occur where names do.
const NOT_NAMES: &[&str] = &[
    "本报",
    "本报讯",
    "本報",
    "本報訊",
    "综合",
    "综合报道",
    "整理",
    "报道",
    "如图",
    "资料",
    "资料图",
    "见图",
    "上图",
    "下图",
    "左图",
    "右图",
    "图片",
    "文字",
    "消息",
    "完",
    "实习",
    "見習",
    "全媒体",
    "融媒体",
    "有限公司",
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "新华网",
    "人民网",
    "供稿",
    "转载",
    "均为",
    "等",
];

/// Characters that end names of offices and papers, but hardly names of persons.
const OFFICE_ENDS: &[char] = &[
    '报', '社', '网', '台', '局', '委', '府', '会', '厅', '院', '部', '办', '司', '所', '署', '频',
    '闻', '刊', '馆', '镇', '乡', '县', '市', '省', '區', '区', '處', '处', '站', '组', '團', '团',
];

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || ('\u{20000}'..='\u{3ffff}').contains(&c)
}

/// Whether a text begins with a surname.
#[must_use]
pub fn has_surname(text: &str) -> bool {
    LONG_SURNAMES.iter().any(|name| text.starts_with(name))
        || text.chars().next().is_some_and(is_surname)
}

/// Whether a text can be a person's name where a byline has one: two to four characters, or parts
/// joined by a dot as in 买买提·艾力.
#[must_use]
pub fn can_be_name(text: &str) -> bool {
    if NOT_NAMES.contains(&text) {
        return false;
    }
    let parts: Vec<&str> = text.split(['·', '•', '・', '‧']).collect();
    if parts.len() > 1 {
        return parts.len() <= 4
            && parts.iter().all(|part| {
                !part.is_empty() && part.chars().all(is_han) && part.chars().count() <= 8
            });
    }
    let count = text.chars().count();
    if !(2..=4).contains(&count) || !text.chars().all(is_han) {
        return false;
    }
    if text.contains(['的', '了', '在', '是', '们', '这', '昨', '获', '从']) && !has_surname(text)
    {
        return false;
    }
    // Names of four characters have a surname of two characters, or two surnames.
    count < 4 || has_surname(text)
}

/// Whether a text reads as a person's name without other evidence: it begins with a surname and
/// does not end like the name of an office.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let dotted = text.contains(['·', '•', '・', '‧']);
    can_be_name(text)
        && (dotted
            || has_surname(text)
                && (text.chars().count() < 4
                    || LONG_SURNAMES.iter().any(|name| text.starts_with(name)))
                && !text.ends_with(OFFICE_ENDS))
}

/// Splits names that were printed without separators, if surnames leave one way to do so: six
/// characters as three and three, five as two and three or three and two. Four are not split: pen
/// names and double surnames are more frequent than two short names in a row.
#[must_use]
pub fn part_names(run: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = run.chars().collect();
    let name = |range: std::ops::Range<usize>| -> Option<String> {
        let name: String = chars.get(range)?.iter().collect();
        is_name(&name).then_some(name)
    };
    let two = |at: usize| Some(vec![name(0..at)?, name(at..chars.len())?]);
    match chars.len() {
        5 => match (two(2), two(3)) {
            (Some(names), None) | (None, Some(names)) => Some(names),
            _ => None,
        },
        6 => two(3),
        _ => None,
    }
}
