//! The shape of a single line: punctuation, heading marks, numbering, and the set phrases that open
//! and sign articles. No function looks at neighbouring lines.

use super::patterns::{
    ADDRESSEE, ANNEX, BULLET, BYLINE_LINE, CHAPTER, COLUMN, DATE_LEAD, DATE_LINE, DATED_SOURCE,
    DATELINE, DECREE, DOCNO, EDITOR_LINE, GENRE, LABELLED, NAMES_LINE, NOTICE_TITLE, NUMBERED_HEAD,
    ORGANISATION, OUTLET, OUTLET_WORD, PHOTO_CREDIT, PLACE_ONLY, POST, PROFILE_HEAD, SIDEBAR,
    SIGNED, SOURCE_LINE, SOURCE_NAME, STAMP, TAG, TAKEN_FROM, TITLE_OF_DOCUMENT,
};

use crate::text::surnames::is_surname;
use crate::text::word_frequency;

/// Characters of a text that are not white space.
pub(super) fn length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Appends a continuation: without a blank between Chinese characters, with one between two words
/// of Latin script.
pub(super) fn append(text: &mut String, more: &str) {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if latin(text.chars().last()) && latin(more.chars().next()) {
        let digits = text.chars().last().is_some_and(|c| c.is_ascii_digit())
            && more.chars().next().is_some_and(|c| c.is_ascii_digit());
        if !digits {
            text.push(' ');
        }
    }
    text.push_str(more);
}

/// Whether a text ends where a sentence ends.
pub(super) fn ends_sentence(text: &str) -> bool {
    // （王大力） after the last sentence is a signature.
    let text = SIGNED.find(text).map_or(text, |found| &text[..found.start()]);
    let bare = text.trim_end_matches(|c| "”’』」）)】》〉\"' 　".contains(c));
    bare.ends_with(|c| "。！？!?…．.".contains(c)) || text.ends_with("……")
}

/// Whether a sentence ends inside a text, not only at its end.
pub(super) fn holds_sentence(text: &str) -> bool {
    // A headline may contain a question or an exclamation.
    let asks = if length(text) > 34 { "。；！？" } else { "。；" };
    text.char_indices().any(|(at, c)| asks.contains(c) && at + c.len_utf8() * 3 < text.len())
}

/// A Markdown heading mark: its level (7 for bold) and the text after it.
pub(super) fn heading_mark(text: &str) -> Option<(usize, &str)> {
    let level = text.bytes().take_while(|&b| b == b'#').count();
    let rest = text[level..].trim();
    if (1..=6).contains(&level) && !rest.is_empty() {
        let rest = rest.trim_end_matches('#').trim();
        return Some((level, rest.trim_matches('*').trim()));
    }
    let bold = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"))?;
    (!bold.is_empty() && !bold.contains("**")).then_some((7, bold.trim()))
}

/// The text without Markdown heading marks.
pub(super) fn unmarked(text: &str) -> &str {
    heading_mark(text).map_or(text, |(_, rest)| rest)
}

/// What begins the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// 本报讯(记者 …), 新华社北京电.
    Dateline,
    /// (新乡日报) at the head of a reprinted item.
    Outlet,
    /// ▲ or 【快讯】 at the head of a brief.
    Bullet,
    /// 各部门、各单位: at the head of a document.
    Addressee,
}

/// The opening that a text begins with, and its length in bytes.
pub(super) fn opening(text: &str) -> Option<(Opening, usize)> {
    if let Some(found) = DATELINE.find(text) {
        return Some((Opening::Dateline, found.end()));
    }
    if let Some(found) = outlet(text) {
        return Some((Opening::Outlet, found.1));
    }
    if length(text) > 30
        && ends_sentence(text)
        && let Some(found) = BULLET.find(text).or_else(|| TAG.find(text))
    {
        return Some((Opening::Bullet, found.end()));
    }
    ADDRESSEE.find(text).map(|found| (Opening::Addressee, found.end()))
}

/// The outlet in brackets at the head of a text, and its length in bytes with the brackets.
pub(super) fn outlet(text: &str) -> Option<(&str, usize)> {
    let found = OUTLET.captures(text)?;
    let name = found.get(1)?.as_str();
    let whole = found.get(0)?.end();
    let named = OUTLET_WORD.is_match(name) && !name.contains("记者") && !name.contains("通讯员");
    (named && !name.chars().all(|c| c.is_ascii_digit())).then_some((name.trim(), whole))
}

/// Any short name in brackets before a text, and its length in bytes with the brackets. It is an
/// outlet in a file whose articles begin with outlets.
pub(super) fn bracketed(text: &str) -> Option<(&str, usize)> {
    let found = OUTLET.captures(text)?;
    let (name, end) = (found.get(1)?.as_str().trim(), found.get(0)?.end());
    let named = (2..=12).contains(&length(name))
        && !name.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        && !["记者", "通讯员", "图", "见"].iter().any(|word| name.contains(word));
    (named && length(&text[end..]) > 20).then_some((name, end))
}

/// （据《某报》） at the end of a text: the text before it, and the outlet.
pub(super) fn taken_from(text: &str) -> Option<(&str, &str)> {
    let found = TAKEN_FROM.captures(text)?;
    Some((text[..found.get(0)?.start()].trim_end(), found.get(1)?.as_str().trim()))
}

/// 记者 X 通讯员 Y on a line of its own, or 来源：… 时间：….
pub(super) fn byline_line(text: &str) -> bool {
    ["本报记者", "本报通讯员", "记者", "通讯员"]
        .contains(&text.trim_matches(['（', '）', '(', ')']))
        || (length(text) <= 40 && BYLINE_LINE.is_match(text) && !ends_sentence(text))
        || (length(text) <= 90 && SOURCE_LINE.is_match(text))
        || DATED_SOURCE.is_match(text)
}

/// The day on which a web page was published, with names before it, or its source: a line below a headline.
pub(super) fn stamp_line(text: &str) -> bool {
    let is_day = length(text) <= 40 && STAMP.is_match(text) && !text.contains(['，', '；', '：']);
    let is_source =
        || length(text) <= 90 && SOURCE_LINE.is_match(text) && source_name(text).is_some();
    !text.contains('。') && (is_day || is_source())
}

/// 本报记者 X 摄 on a line of its own.
pub(super) fn photo_credit(text: &str) -> bool {
    length(text) <= 30
        && PHOTO_CREDIT.is_match(text)
        && !ends_sentence(text.trim_end_matches(['）', ')']))
        && !text.contains(['，', ',', '。', '：', ':'])
        && (text.contains("记者")
            || text.contains("通讯员")
            || text.contains('摄')
            || text.contains('攝')
            || text.contains('/')
            || text.contains("供图"))
}

/// Nothing but names of persons: 张三 李四; or one with the place that he belongs to.
pub(super) fn names_line(text: &str) -> bool {
    if place_and_name(text) {
        return true;
    }
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    length(text) <= 30
        && NAMES_LINE.is_match(text)
        && (bracketed || text.contains([' ', '　', '、']))
        && text
            .split([' ', '　', '、'])
            .filter(|part| !part.is_empty())
            .all(|part| looks_like_name(part.trim_matches(['（', '）', '(', ')'])))
}

/// A person behind the place, the organisation or the office that he belongs to: 某某乡　甘棠,
/// 实习生　宋　远, □　某学院2008级　甘棠.
pub(super) fn place_and_name(text: &str) -> bool {
    const MAX_LENGTH: usize = 24;
    /// Characters that places, organisations, years of students and offices end with.
    const OF: &str = "省市县縣区區州旗乡鄉镇鎮村社队隊厂廠场場校院系部局处處科所站公司团團连連营營班级級学學会會店生者员員师師长長授工";
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let Some((before, last)) = bare.rsplit_once(char::is_whitespace) else { return false };
    // 甘　棠: one name with a blank in it.
    let (before, name) = match before.rsplit_once(char::is_whitespace) {
        Some((front, one)) if length(one) == 1 && length(last) == 1 => {
            (front, format!("{one}{last}"))
        }
        _ => (before, last.to_owned()),
    };
    length(bare) <= MAX_LENGTH
        && (2..=3).contains(&length(&name))
        && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && name.chars().next().is_some_and(is_surname)
        && !begins_with_word(&name)
        && !name.ends_with(|c| OF.contains(c))
        && before.trim_end().ends_with(|c| OF.contains(c))
        && !bare.contains(['，', '。', '：', ':', '；', '！', '？'])
}

/// Whether what could be a name is or begins with a common word: 郑州, 安全年.
fn begins_with_word(name: &str) -> bool {
    const MIN_FREQUENCY: u64 = 100;
    const MIN_FREQUENCY_WITHIN: u64 = 1_000;
    let first_two = name.char_indices().nth(2).map(|(end, _)| &name[..end]);
    word_frequency(name) >= MIN_FREQUENCY
        || first_two.is_some_and(|word| word_frequency(word) >= MIN_FREQUENCY_WITHIN)
}

fn looks_like_name(word: &str) -> bool {
    word.chars().count() == 1 || word.contains('·') || word.chars().next().is_some_and(is_surname)
}

/// 责任编辑：… on a line of its own.
pub(super) fn editor_line(text: &str) -> bool {
    length(text) <= 40
        && EDITOR_LINE.is_match(text)
        && !ends_sentence(text.trim_end_matches([')', '）', ']', '】']))
}

/// 文号 on a line of its own.
pub(super) fn docno_line(text: &str) -> bool {
    let text = text.trim_matches(['（', '）']).trim();
    DOCNO.is_match(text) || (length(text) <= 24 && DECREE.is_match(text))
}

/// A date on a line of its own.
pub(super) fn date_line(text: &str) -> bool {
    DATE_LINE.is_match(text)
}

/// A lead that begins with a day.
pub(super) fn date_lead(text: &str) -> bool {
    DATE_LEAD.is_match(text)
}

/// 一、 （一） 1.1 第一章 ① at the head.
pub(super) fn numbered(text: &str) -> bool {
    CHAPTER.is_match(text) || NUMBERED_HEAD.is_match(text)
}

/// The whole line is one tag in brackets.
pub(super) fn tag_line(text: &str) -> bool {
    TAG.find(text).is_some_and(|found| found.end() == text.len())
}

/// A tag in brackets stands at the head of the line.
pub(super) fn tag(text: &str) -> Option<&str> {
    TAG.find(text).map(|found| found.as_str())
}

/// A row of a table.
pub(super) fn table_row(text: &str) -> bool {
    text.starts_with('|') && text.len() > 1
}

/// The name of an authority or an organisation at the end of a line: who signs a document.
pub(super) fn issuer(text: &str) -> bool {
    [
        "政府",
        "办公室",
        "委员会",
        "管委会",
        "党委",
        "局",
        "厅",
        "公司",
        "院",
        "会",
        "部",
        "處",
        "处",
        "署",
    ]
    .iter()
    .any(|end| text.ends_with(end))
}

/// 附件3 on a line of its own.
pub(super) fn annex(text: &str) -> bool {
    ANNEX.is_match(text)
}

/// 社论, 读者来信: the genre of what follows.
pub(super) fn genre(text: &str) -> bool {
    GENRE.is_match(text)
}

/// 都市短波: the name of a column.
pub(super) fn column(text: &str) -> bool {
    COLUMN.is_match(text)
}

/// 张三 某局局长, 组长：张三: an item of a list of persons.
pub(super) fn post(text: &str) -> bool {
    POST.is_match(text) || labelled(text)
}

/// 链接, 编后: the heading of a box that belongs to the article above it.
pub(super) fn sidebar(text: &str) -> bool {
    SIDEBAR.is_match(text)
}

/// 牵头单位：某局: a short label with a value.
pub(super) fn labelled(text: &str) -> bool {
    LABELLED.is_match(text)
}

/// The outlet in a line like 来源：某报 时间：….
pub(super) fn source_name(text: &str) -> Option<&str> {
    Some(SOURCE_NAME.captures(text)?.get(1)?.as_str())
}

/// 新郑市: the name of a place and nothing else.
pub(super) fn place_only(text: &str) -> bool {
    PLACE_ONLY.is_match(text)
}

/// The name of an organisation and nothing else.
pub(super) fn organisation(text: &str) -> bool {
    ORGANISATION.is_match(text)
}

/// A person presented with a title of honour: 金牌企业家1:余大进.
pub(super) fn profile_head(text: &str) -> bool {
    PROFILE_HEAD.is_match(text)
}

/// 关于…的通知, …条例.
pub(super) fn document_title(text: &str) -> bool {
    TITLE_OF_DOCUMENT.is_match(text)
}

/// 公告, 启事.
pub(super) fn notice_title(text: &str) -> bool {
    NOTICE_TITLE.is_match(text)
}

/// A caption that refers to its picture: 图为…
pub(super) fn caption_words(text: &str) -> bool {
    ["图为", "圖為", "图片为", "上图", "下图", "左图", "右图", "①图", "图①"]
        .iter()
        .any(|word| text.contains(word))
}

/// Parts divided by blanks, each of at least two characters.
pub(super) fn parts(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace()).filter(|part| length(part) >= 2).collect()
}

/// Three or more short parts of one length: 稳经济 促发展 强信心.
pub(super) fn slogan(text: &str) -> bool {
    let parts = parts(text);
    parts.len() >= 3
        && parts.iter().all(|part| length(part) == length(parts[0]) && length(part) <= 5)
}

/// Whether a line cannot be the first line of a wrapped paragraph.
pub(super) fn stands_alone(text: &str) -> bool {
    heading_mark(text).is_some()
        || docno_line(text)
        || date_line(text)
        || tag_line(text)
        || table_row(text)
        || editor_line(text)
        || photo_credit(text)
        || remark_line(text)
}

/// One pair of brackets around a short line: （甘棠）, （未完待续）.
fn remark_line(text: &str) -> bool {
    const MAX_REMARK: usize = 16;
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inner
        .is_some_and(|inner| length(inner) <= MAX_REMARK && !inner.contains(['（', '(', '）', ')']))
}

/// Whether a line begins a new unit, however full the line before it is.
pub(super) fn opens_unit(text: &str) -> bool {
    stands_alone(text)
        || matches!(opening(text), Some((Opening::Dateline, _)))
        || BULLET.is_match(text)
}

/// Whether a paragraph stops in the middle of a sentence.
pub(super) fn breaks_off(text: &str) -> bool {
    let length = length(text);
    !ends_sentence(text)
        && !text.ends_with(['：', ':', '；', ';'])
        && !table_row(text)
        && (length > 60
            || (length > 25 && text.contains(['，', ',', '。', '、']) && !text.contains(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_behind_a_place_is_no_headline_of_two_words() {
        for text in ["某县桥头乡　甘棠", "实习生　宋　远", "□　某学院2008级　甘棠"]
        {
            assert!(names_line(text), "{text}");
        }
        for text in ["河口市 安全年", "某省 郑州", "河口市 甘棠开了。"] {
            assert!(!names_line(text), "{text}");
        }
    }
}
