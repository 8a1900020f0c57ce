//! Syntax errors of queries, in words: what was found, and what was expected.

use super::number;
use crate::present::Lang;
use crate::query::{Expected, Found, Limit, Operator, ParseError};

/// Why a query cannot be read; where, is for the caller to show.
#[must_use]
pub fn parse_error(lang: Lang, error: &ParseError) -> String {
    match lang {
        Lang::En => format!("the query cannot be read: {error}"),
        Lang::Zh => format!(
            "无法解析检索式：{}（此处为{}）",
            expected(lang, error.expected),
            found(lang, &error.found)
        ),
    }
}

/// What was expected.
#[must_use]
pub fn expected(lang: Lang, expected: Expected) -> String {
    match lang {
        Lang::En => expected.to_string(),
        Lang::Zh => in_chinese(expected),
    }
}

/// What was found; a part of the query in quotes.
#[must_use]
pub fn found(lang: Lang, found: &Found) -> String {
    let chinese = match found {
        Found::Text(text) => return format!("“{text}”"),
        Found::End => "末尾",
        Found::Nothing => "没有内容",
        Found::Blank => "空格",
        Found::More => "超出限制",
        Found::OneMore => "多出的一个",
        Found::Fewer => "不足两个",
        Found::NoNumber => "没有数字",
        Found::OnlyStars => "只有 *",
        Found::OpenBracketInWord => "词中的括号没有闭合",
    };
    lang.of(chinese.to_owned(), found.to_string())
}

fn at_most(limit: Limit) -> String {
    let max = number(limit.max());
    match limit {
        Limit::Characters => format!("至多 {max} 个字符"),
        Limit::PrintedCharacters => format!("展开后至多 {max} 个字符"),
        Limit::Parts => format!("至多 {max} 个词、引语或字段值"),
        Limit::Depth => format!("括号至多嵌套 {max} 层"),
        Limit::Gap => format!("词与词之间至多相隔 {max} 个字符"),
        Limit::NearWords => format!("至多 {max} 个词相邻"),
        Limit::SimilarTexts => format!("≈ 至多展开为 {max} 种写法"),
        Limit::Skipped => format!("至多连用 {max} 个 ?"),
        Limit::Gaps => format!("一个词中至多 {max} 处通配"),
    }
}

fn in_chinese(expected: Expected) -> String {
    let words = match expected {
        Expected::AtMost(limit) => return at_most(limit),
        Expected::ClosingQuote(sign) => return format!("缺少右引号 {sign}"),
        Expected::ClosingBracket(sign) => return format!("缺少右括号 {sign}"),
        Expected::Part(None) => "应有词、引号、字段或括号",
        Expected::Part(Some(Operator::Or)) => "OR 之后应有词、引号、字段或括号",
        Expected::Part(Some(Operator::And)) => "AND 之后应有词、引号、字段或括号",
        Expected::Part(Some(Operator::Minus)) => "减号之后应紧跟词、引号、字段或括号",
        Expected::Part(Some(Operator::Not)) => "NOT 之后应有词、引号、字段或括号",
        Expected::FieldValue => "字段名之后应有词、引号或括号",
        Expected::TextInBrackets => "括号内应有内容",
        Expected::TextInQuotes => "引号内应有文字",
        Expected::OpeningBracket => r"右括号须有对应的左括号（作文字用时写 \)）",
        Expected::BlankBeforeBracket => "括号前加空格，或将整段文字放在引号内",
        Expected::NoFieldInField => r"字段内不能再有字段（冒号作文字用时写 \:）",
        Expected::NoBlankInDates => "日期范围中间不能有空格",
        Expected::Dates => {
            "应为日期（2023、2023-02、2023-02-10、2023年一季度、去年、近30天）、\
             范围（2023-02..2023-04）或“无”"
        }
        Expected::EndAfterBeginning => "范围的终点不能早于起点",
        Expected::Amount => "应为指标名和数值，如 地区生产总值>500亿元",
        Expected::Kind => "应为新闻、公文、人物、图片或公告",
        Expected::WholeValue => "应为完整的值（* 和 ? 作文字用时放在引号内）",
        Expected::NoNearInValue => "字段值之后不能有 ~（只有标题、正文或全文中的词可以限定相邻）",
        Expected::SeveralNearWords => "~ 之前的引号内应有两个以上的词",
        Expected::LongNearWords => "~ 之前的引号内，每个词应有两个以上的字",
        Expected::Distance => "应写明词与词之间可以相隔的字数，如 ~3",
        Expected::SimilarText => r"≈ 之后应紧跟 3 至 12 个字的词或引语（作文字用时写 \≈）",
        Expected::TextBesideWildcard => "* 和 ? 两边各应有两个以上的字（作文字用时放在引号内）",
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn worded(lang: Lang, typed: &str) -> [String; 2] {
        let error = parse(typed).expect_err(typed);
        [found(lang, &error.found), expected(lang, error.expected)]
    }

    #[test]
    fn a_query_is_explained_in_both_languages() {
        let bad = parse("氢能 \"登封").expect_err("an open quote");
        assert_eq!(parse_error(Lang::Zh, &bad), "无法解析检索式：缺少右引号 \"（此处为末尾）");
        assert_eq!(parse_error(Lang::En, &bad), format!("the query cannot be read: {bad}"));
    }

    #[test]
    fn what_is_found_and_expected_is_worded_in_both_languages() {
        for (typed, zh, en) in [
            ("\"登封", ["末尾", "缺少右引号 \""], ["the end", "a closing \""]),
            (
                "氢能 )",
                ["“)”", r"右括号须有对应的左括号（作文字用时写 \)）"],
                ["“)”", r"no closing bracket without an opening one (\) takes it as text)"],
            ),
            (
                &"甲".repeat(1_001),
                ["超出限制", "至多 1,000 个字符"],
                ["more", "at most 1,000 characters"],
            ),
        ] {
            assert_eq!(worded(Lang::Zh, typed), zh);
            assert_eq!(worded(Lang::En, typed), en);
        }
    }
}
