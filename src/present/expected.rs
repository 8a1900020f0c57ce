//! What stands where a query cannot be read, and what could, in both languages.

use std::borrow::Cow;

use super::Lang;

/// Every sentence of [`EXPECTATIONS`](crate::query::EXPECTATIONS) and the same in Chinese.
const EXPECTED: &[(&str, &str)] = &[
    ("at most 1,000 characters", "至多 1,000 个字符"),
    ("at most 1,000 characters when it is written out", "完整写出后至多 1,000 个字符"),
    ("at most 64 parts", "至多 64 个部分"),
    ("brackets at most 16 deep", "括号至多 16 层"),
    ("at most 100 characters between the words", "词与词之间至多隔 100 个字符"),
    ("at most 8 words near each other", "至多 8 个词相邻"),
    ("at most 20 ? in a row", "至多连写 20 个 ?"),
    ("at most 8 gaps in one part", "一个部分里至多 8 处空缺"),
    ("a word, a quote, a field or a bracket", "词、引号、字段或括号"),
    ("a word, a quote, a field or a bracket after OR", "OR 后面要有词、引号、字段或括号"),
    ("a word, a quote, a field or a bracket after AND", "AND 后面要有词、引号、字段或括号"),
    (
        "a word, a quote, a field or a bracket directly after -",
        "减号后面要紧跟词、引号、字段或括号",
    ),
    ("a word, a quote, a field or a bracket after NOT", "NOT 后面要有词、引号、字段或括号"),
    ("a word, a quote or a bracket after the field's name", "字段名后面要有词、引号或括号"),
    ("something between the brackets", "括号里要有内容"),
    (
        r"no field within a field (\: takes the colon as text)",
        r"字段里不能再有字段（冒号要当文字，请写 \:）",
    ),
    ("no blank within a range of dates", "日期范围中间不能有空格"),
    (
        r"no closing bracket without an opening one (\) takes it as text)",
        r"没有左括号，就不能有右括号（要当文字，请写 \)）",
    ),
    (
        "a date (2023, 2023-02, 2023-02-10, 2023年一季度, 去年, 近30天), a range (2023-02..2023-04) \
         or 无",
        "日期（2023、2023-02、2023-02-10、2023年一季度、去年、近30天）、范围（2023-02..2023-04）或“无”",
    ),
    ("an end that is not before the beginning", "范围的终点不能早于起点"),
    (
        "news (新闻), document (公文), profile (人物), photo (图片) or notice (公告)",
        "新闻、公文、人物、图片或公告",
    ),
    ("two or more words between the quotes before ~", "~ 前的引号里要有两个以上的词"),
    (
        "words of two or more characters between the quotes before ~",
        "~ 前的引号里，每个词要有两个以上的字",
    ),
    ("a whole value (quotes take * and ? as text)", "完整的值（放在引号里，* 和 ? 就是文字）"),
    (
        "no ~ behind a value (words in 标题, 正文 or anywhere can be near each other)",
        "值后面不能有 ~（只有标题、正文或全文里的词可以说相邻）",
    ),
    (
        "two or more characters on both sides of * and ? (quotes take them as text)",
        "* 和 ? 两边各要有两个以上的字（放在引号里就是文字）",
    ),
    (
        "a blank before the bracket, or quotes around the text",
        "括号前加空格，或把整段文字放在引号里",
    ),
    ("text between the quotes", "引号里要有文字"),
    ("a closing ”", "右引号 ”"),
    ("a closing 」", "右引号 」"),
    ("a closing 』", "右引号 』"),
    ("a closing ＂", "右引号 ＂"),
    ("a closing \"", "右引号 \""),
    ("how many characters may stand between the words, as in ~3", "词与词之间可以隔几个字，如 ~3"),
    ("a closing )", "右括号 )"),
    ("a closing ）", "右括号 ）"),
];

/// What stands there, where it is not the text itself.
const FOUND: &[(&str, &str)] = &[
    ("the end", "结尾"),
    ("nothing", "空的"),
    ("a blank", "空格"),
    ("more", "更多"),
    ("one more", "又一个"),
    ("fewer", "不足两个"),
    ("no number", "没有数目"),
    ("only `*`", "只有 *"),
    ("a bracket inside a word that is not closed in it", "词里的括号没有在词里合上"),
];

/// What was expected.
#[must_use]
pub fn expected(lang: Lang, english: &'static str) -> &'static str {
    lang.of(in_table(EXPECTED, english).unwrap_or(english), english)
}

/// What was found: words, or a piece of the query between grave accents, which become quotes.
#[must_use]
pub fn found(lang: Lang, english: &str) -> Cow<'_, str> {
    if let (Lang::Zh, Some(chinese)) = (lang, in_table(FOUND, english)) {
        return Cow::Borrowed(chinese);
    }
    match english.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
        Some(text) => Cow::Owned(format!("“{text}”")),
        None => Cow::Borrowed(english),
    }
}

/// Either in Chinese; `None` for what is neither.
#[must_use]
pub fn chinese(english: &str) -> Option<&'static str> {
    in_table(EXPECTED, english).or_else(|| in_table(FOUND, english))
}

fn in_table(table: &[(&str, &'static str)], english: &str) -> Option<&'static str> {
    table.iter().find(|(from, _)| *from == english).map(|(_, to)| *to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{EXPECTATIONS, parse};

    #[test]
    fn every_sentence_of_the_language_is_said_in_chinese_and_no_other() {
        for english in EXPECTATIONS {
            assert!(in_table(EXPECTED, english).is_some(), "{english}");
        }
        assert_eq!(EXPECTED.len(), EXPECTATIONS.len());
    }

    #[test]
    fn what_is_found_is_said_in_chinese_too() {
        let gaps = format!("甲甲{}", "*乙乙".repeat(9));
        let many = "甲 ".repeat(65);
        let long = "甲".repeat(1_001);
        let near = format!("\"{}\"~3", "甲乙 ".repeat(9));
        for typed in [
            "“登封",
            "氢能 \"\"",
            "氢能 ()",
            "登封(氢能 OR",
            "- 疫情",
            "\"产业\"~3",
            "*",
            "\"产业 园区\"~",
            &gaps,
            &many,
            &long,
            &near,
        ] {
            let error = parse(typed).expect_err(typed);
            let said = found(Lang::Zh, &error.found);
            assert_ne!(said, error.found, "{typed}");
            assert!(!said.is_ascii(), "{typed}: {said}");
        }
        assert_eq!(found(Lang::Zh, "`OR`"), "“OR”");
        assert_eq!(found(Lang::En, "the end"), "the end");
    }
}
