//! What stands where a query cannot be read, and what could stand there: values, in English as text.

use std::fmt;

use super::limits::{
    MAX_CHARACTERS, MAX_DEPTH, MAX_GAP, MAX_GAPS, MAX_NEAR_WORDS, MAX_PARTS, MAX_SIMILAR_TEXTS,
    MAX_SKIPPED,
};
use crate::text::numerals::grouped;

/// What could stand where a query cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expected {
    /// Less of something.
    AtMost(Limit),
    /// A word, a quote, a field or a bracket; after an operator, if one stands before.
    Part(Option<Operator>),
    /// A word, a quote or a bracket after the name of a field.
    FieldValue,
    /// Something between brackets.
    TextInBrackets,
    /// Something between quotes.
    TextInQuotes,
    /// This quote, which closes.
    ClosingQuote(char),
    /// This bracket, which closes.
    ClosingBracket(char),
    /// No bracket that closes where none is open.
    OpeningBracket,
    /// A blank before a bracket inside a word.
    BlankBeforeBracket,
    /// No field inside of a field.
    NoFieldInField,
    /// No blank inside of a range of dates.
    NoBlankInDates,
    /// A date, a range of dates, or 无.
    Dates,
    /// An end of a range that is not before its beginning.
    EndAfterBeginning,
    /// The name of a kind.
    Kind,
    /// The name of an indicator and an amount.
    Amount,
    /// A value without wildcards.
    WholeValue,
    /// No ~ behind a value.
    NoNearInValue,
    /// Two or more words near each other.
    SeveralNearWords,
    /// Words of two or more characters near each other.
    LongNearWords,
    /// The number behind ~.
    Distance,
    /// A text after ≈ that is neither too short nor too long.
    SimilarText,
    /// Two or more characters on both sides of a wildcard.
    TextBesideWildcard,
}

/// What a query has only so much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Characters as typed.
    Characters,
    /// Characters of the normal form.
    PrintedCharacters,
    /// Words, quotes, values and dates.
    Parts,
    /// Brackets within brackets.
    Depth,
    /// Characters between words that are near each other.
    Gap,
    /// Words near each other.
    NearWords,
    /// Texts that parts behind ≈ stand for.
    SimilarTexts,
    /// `?` in a row.
    Skipped,
    /// Gaps in one part.
    Gaps,
}

/// An operator before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// OR
    Or,
    /// AND
    And,
    /// -
    Minus,
    /// NOT
    Not,
}

/// What stands where a query cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Found {
    /// This part of the query.
    Text(String),
    /// Its end.
    End,
    /// Nothing, where something belongs.
    Nothing,
    /// A blank.
    Blank,
    /// More than is allowed.
    More,
    /// One more than is allowed.
    OneMore,
    /// Fewer words than are needed.
    Fewer,
    /// No number.
    NoNumber,
    /// Nothing but `*`.
    OnlyStars,
    /// A bracket that opens inside a word and is not closed in it.
    OpenBracketInWord,
}

impl Limit {
    /// How much is allowed.
    #[must_use]
    pub fn max(self) -> u64 {
        match self {
            Self::Characters | Self::PrintedCharacters => MAX_CHARACTERS as u64,
            Self::Parts => MAX_PARTS as u64,
            Self::Depth => MAX_DEPTH as u64,
            Self::Gap => u64::from(MAX_GAP),
            Self::NearWords => MAX_NEAR_WORDS as u64,
            Self::SimilarTexts => MAX_SIMILAR_TEXTS as u64,
            Self::Skipped => u64::from(MAX_SKIPPED),
            Self::Gaps => MAX_GAPS as u64,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtMost(limit) => return limit.fmt(f),
            Self::Part(None) => "a word, a quote, a field or a bracket",
            Self::Part(Some(Operator::Or)) => "a word, a quote, a field or a bracket after OR",
            Self::Part(Some(Operator::And)) => "a word, a quote, a field or a bracket after AND",
            Self::Part(Some(Operator::Minus)) => {
                "a word, a quote, a field or a bracket directly after -"
            }
            Self::Part(Some(Operator::Not)) => "a word, a quote, a field or a bracket after NOT",
            Self::FieldValue => "a word, a quote or a bracket after the field's name",
            Self::TextInBrackets => "something between the brackets",
            Self::TextInQuotes => "text between the quotes",
            Self::ClosingQuote(sign) | Self::ClosingBracket(sign) => {
                return write!(f, "a closing {sign}");
            }
            Self::OpeningBracket => {
                r"no closing bracket without an opening one (\) takes it as text)"
            }
            Self::BlankBeforeBracket => "a blank before the bracket, or quotes around the text",
            Self::NoFieldInField => r"no field within a field (\: takes the colon as text)",
            Self::NoBlankInDates => "no blank within a range of dates",
            Self::Dates => {
                "a date (2023, 2023-02, 2023-02-10, 2023年一季度, 去年, 近30天), a range \
                 (2023-02..2023-04) or 无"
            }
            Self::EndAfterBeginning => "an end that is not before the beginning",
            Self::Kind => {
                "news (新闻), document (公文), profile (人物), photo (图片) or notice (公告)"
            }
            Self::Amount => "an indicator and an amount, as in 地区生产总值>500亿元",
            Self::WholeValue => "a whole value (quotes take * and ? as text)",
            Self::NoNearInValue => {
                "no ~ after a value (words in 标题, 正文 or anywhere can be near each other)"
            }
            Self::SeveralNearWords => "two or more words between the quotes before ~",
            Self::LongNearWords => "words of two or more characters between the quotes before ~",
            Self::Distance => "the number of characters allowed between the words, as in ~3",
            Self::SimilarText => {
                r"a text of 3 to 12 characters directly after ≈ (\≈ takes it as text)"
            }
            Self::TextBesideWildcard => {
                "two or more characters on both sides of * and ? (quotes take them as text)"
            }
        })
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let max = grouped(self.max());
        match self {
            Self::Characters => write!(f, "at most {max} characters"),
            Self::PrintedCharacters => write!(f, "at most {max} characters in the normal form"),
            Self::Parts => write!(f, "at most {max} parts"),
            Self::Depth => write!(f, "brackets at most {max} deep"),
            Self::Gap => write!(f, "at most {max} characters between the words"),
            Self::NearWords => write!(f, "at most {max} words near each other"),
            Self::SimilarTexts => write!(f, "at most {max} texts that ≈ stands for"),
            Self::Skipped => write!(f, "at most {max} ? in a row"),
            Self::Gaps => write!(f, "at most {max} gaps in one part"),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(text) => return write!(f, "`{text}`"),
            Self::End => "the end",
            Self::Nothing => "nothing",
            Self::Blank => "a blank",
            Self::More => "more",
            Self::OneMore => "one more",
            Self::Fewer => "fewer",
            Self::NoNumber => "no number",
            Self::OnlyStars => "only `*`",
            Self::OpenBracketInWord => "a bracket inside a word that is not closed in it",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_written_as_people_read_them() {
        assert_eq!(Expected::AtMost(Limit::Characters).to_string(), "at most 1,000 characters");
        assert_eq!(Expected::AtMost(Limit::Skipped).to_string(), "at most 20 ? in a row");
    }
}
