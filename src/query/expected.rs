//! What could stand where a query cannot be read: every sentence in one place, so that pages can say
//! them in other languages.

pub(super) const TOO_LONG: &str = "at most 1,000 characters";
pub(super) const TOO_LONG_PRINTED: &str = "at most 1,000 characters when it is written out";
pub(super) const TOO_MANY: &str = "at most 64 parts";
pub(super) const TOO_DEEP: &str = "brackets at most 16 deep";
pub(super) const TOO_FAR: &str = "at most 100 characters between the words";
pub(super) const TOO_MANY_NEAR: &str = "at most 8 words near each other";
pub(super) const TOO_WIDE: &str = "at most 20 ? in a row";
pub(super) const TOO_MANY_GAPS: &str = "at most 8 gaps in one part";
pub(super) const A_PART: &str = "a word, a quote, a field or a bracket";
pub(super) const AFTER_OR: &str = "a word, a quote, a field or a bracket after OR";
pub(super) const AFTER_AND: &str = "a word, a quote, a field or a bracket after AND";
pub(super) const AFTER_MINUS: &str = "a word, a quote, a field or a bracket directly after -";
pub(super) const AFTER_NOT: &str = "a word, a quote, a field or a bracket after NOT";
pub(super) const AFTER_FIELD: &str = "a word, a quote or a bracket after the field's name";
pub(super) const BETWEEN_BRACKETS: &str = "something between the brackets";
pub(super) const NO_FIELD: &str = r"no field within a field (\: takes the colon as text)";
pub(super) const NO_BLANK: &str = "no blank within a range of dates";
pub(super) const AN_OPENING: &str =
    r"no closing bracket without an opening one (\) takes it as text)";
pub(super) const A_DATE: &str = "a date (2023, 2023-02, 2023-02-10, 2023年一季度, 去年, 近30天), a range (2023-02..2023-04) or 无";
pub(super) const IN_ORDER: &str = "an end that is not before the beginning";
pub(super) const A_KIND: &str =
    "news (新闻), document (公文), profile (人物), photo (图片) or notice (公告)";
pub(super) const MIN_TWO: &str = "two or more words between the quotes before ~";
pub(super) const LONG_WORDS: &str = "words of two or more characters between the quotes before ~";
pub(super) const A_WHOLE_VALUE: &str = "a whole value (quotes take * and ? as text)";
pub(super) const NO_NEAR: &str =
    "no ~ behind a value (words in 标题, 正文 or anywhere can be near each other)";
pub(super) const TWO_BESIDE: &str =
    "two or more characters on both sides of * and ? (quotes take them as text)";
pub(super) const A_BLANK_BEFORE: &str = "a blank before the bracket, or quotes around the text";
pub(super) const BETWEEN_QUOTES: &str = "text between the quotes";
pub(super) const CLOSING_CURLY: &str = "a closing ”";
pub(super) const CLOSING_CORNER: &str = "a closing 」";
pub(super) const CLOSING_DOUBLE_CORNER: &str = "a closing 』";
pub(super) const CLOSING_WIDE: &str = "a closing ＂";
pub(super) const CLOSING_STRAIGHT: &str = "a closing \"";
pub(super) const HOW_FAR: &str = "how many characters may stand between the words, as in ~3";
pub(super) const CLOSING_BRACKET: &str = "a closing )";
pub(super) const CLOSING_WIDE_BRACKET: &str = "a closing ）";

/// Every sentence that a [`ParseError`](super::ParseError) can have as what was expected.
pub const EXPECTATIONS: &[&str] = &[
    TOO_LONG,
    TOO_LONG_PRINTED,
    TOO_MANY,
    TOO_DEEP,
    TOO_FAR,
    TOO_MANY_NEAR,
    TOO_WIDE,
    TOO_MANY_GAPS,
    A_PART,
    AFTER_OR,
    AFTER_AND,
    AFTER_MINUS,
    AFTER_NOT,
    AFTER_FIELD,
    BETWEEN_BRACKETS,
    NO_FIELD,
    NO_BLANK,
    AN_OPENING,
    A_DATE,
    IN_ORDER,
    A_KIND,
    MIN_TWO,
    LONG_WORDS,
    A_WHOLE_VALUE,
    NO_NEAR,
    TWO_BESIDE,
    A_BLANK_BEFORE,
    BETWEEN_QUOTES,
    CLOSING_CURLY,
    CLOSING_CORNER,
    CLOSING_DOUBLE_CORNER,
    CLOSING_WIDE,
    CLOSING_STRAIGHT,
    HOW_FAR,
    CLOSING_BRACKET,
    CLOSING_WIDE_BRACKET,
];
