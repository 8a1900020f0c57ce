//! Reads one word or quote as a leaf of the tree, depending on its field.

use super::fields::kind_named;
use super::lex::{Letter, Nearness, Token, TokenKind};
use super::limits::{MAX_GAP, MAX_NEAR_WORDS};
use super::pattern::{is_wildcard, pattern};
use super::{
    Dates, Expected, Found, Limit, NodeKind, ParseError, QueryField, Term, Text, Within,
    date_words, lex,
};
use crate::model::Span;

/// Reads a word or a quote; `None` for any other token.
pub(super) fn leaf(
    token: &Token,
    field: Option<QueryField>,
) -> Option<Result<NodeKind, ParseError>> {
    let operand = Operand::of(token)?;
    Some(match field {
        None => operand.text(Within::Anywhere),
        Some(QueryField::Text(within)) => operand.text(within),
        Some(QueryField::Value(field)) => {
            operand.value().map(|value| NodeKind::Value(field, value))
        }
        Some(QueryField::Kind) => operand.value().and_then(|value| {
            let kind = kind_named(&value).map(NodeKind::Kind);
            kind.ok_or_else(|| operand.error(Found::Text(value), Expected::Kind))
        }),
        Some(QueryField::Date(field)) => operand.dates().map(|dates| NodeKind::Dates(field, dates)),
    })
}

/// A word or a quote.
enum Operand<'a> {
    Plain(&'a [Letter], Span),
    Quoted(&'a str, Option<&'a Nearness>, Span),
}

impl<'a> Operand<'a> {
    fn of(token: &'a Token) -> Option<Self> {
        match &token.kind {
            TokenKind::Word(letters) => Some(Self::Plain(letters, token.span.clone())),
            TokenKind::Quoted(text, near) => {
                Some(Self::Quoted(text, near.as_ref(), token.span.clone()))
            }
            _ => None,
        }
    }

    fn error(&self, found: Found, expected: Expected) -> ParseError {
        let (Self::Plain(_, span) | Self::Quoted(_, _, span)) = self;
        ParseError::new(span.clone(), found, expected)
    }

    fn text(&self, within: Within) -> Result<NodeKind, ParseError> {
        let term = match self {
            Self::Plain(letters, span) => pattern(letters, span.end)?,
            Self::Quoted(text, None, _) => Term::Literal((*text).to_owned()),
            Self::Quoted(text, Some(near), _) => self.near(text, near)?,
        };
        Ok(NodeKind::Text(Text { within, term }))
    }

    fn near(&self, text: &str, near: &Nearness) -> Result<Term, ParseError> {
        let words: Vec<String> =
            text.split(lex::is_blank).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        if near.gap > MAX_GAP {
            let found = Found::Text(format!("~{}", near.gap));
            return Err(ParseError::new(near.span.clone(), found, Expected::AtMost(Limit::Gap)));
        }
        if words.len() < 2 {
            return Err(self.error(Found::Fewer, Expected::SeveralNearWords));
        }
        if words.len() > MAX_NEAR_WORDS {
            return Err(self.error(Found::More, Expected::AtMost(Limit::NearWords)));
        }
        match words.iter().find(|word| word.chars().nth(1).is_none()) {
            Some(short) => Err(self.error(Found::Text(short.clone()), Expected::LongNearWords)),
            None => Ok(Term::Near { words, gap: near.gap }),
        }
    }

    /// What a field of the record is compared with.
    fn value(&self) -> Result<String, ParseError> {
        match self {
            Self::Plain(letters, _) => match letters.iter().find(|letter| is_wildcard(letter)) {
                None => Ok(letters.iter().map(|letter| letter.c).collect()),
                // Both signs are one byte long.
                Some(&Letter { at, c, .. }) => Err(ParseError::new(
                    at..at + 1,
                    Found::Text(c.to_string()),
                    Expected::WholeValue,
                )),
            },
            Self::Quoted(text, None, _) => Ok((*text).to_owned()),
            Self::Quoted(_, Some(near), _) => Err(ParseError::new(
                near.span.clone(),
                Found::Text("~".to_owned()),
                Expected::NoNearInValue,
            )),
        }
    }

    fn dates(&self) -> Result<Dates, ParseError> {
        let value = self.value()?;
        date_words::read(&value).map_err(|bad| {
            let found = value.get(bad.span.clone()).unwrap_or(&value);
            let found = Found::Text(found.to_owned());
            match self {
                Self::Plain(letters, span) if letters.iter().all(|letter| letter.plain) => {
                    let at = span.start;
                    ParseError::new(at + bad.span.start..at + bad.span.end, found, bad.expected)
                }
                _ => self.error(found, bad.expected),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn refused(text: &str) -> (&str, String) {
        let error = parse(text).unwrap_err();
        (&text[error.span], error.found.to_string())
    }

    #[test]
    fn a_field_is_compared_with_its_value_and_looked_for_in_its_text() {
        let query = |text| parse(text).unwrap().without_spans();
        assert_eq!(query("地区:登封市"), query("district:“登封市”"));
        assert_eq!(query("种类：公文"), query("kind:document"));
        assert_eq!(query("日期:2023年2月"), query("date:\"2023-02\""));
        assert_ne!(query("标题:开门红"), query("title:“开门红”"));
    }

    #[test]
    fn words_near_each_other_are_two_or_more_of_two_or_more_characters() {
        let near = Term::Near { words: vec!["产业".into(), "园区".into()], gap: 3 };
        let query = parse("“产业　园区”~3").unwrap();
        assert_eq!(query.texts()[0].1, &Text { within: Within::Anywhere, term: near });
        assert_eq!(refused("甲 “产业”~3"), ("“产业”~3", "fewer".into()));
        assert_eq!(refused("“产业 园”~3"), ("“产业 园”~3", "`园`".into()));
        assert_eq!(refused("“产业 园区”~101"), ("~101", "`~101`".into()));
        assert_eq!(refused("“产业 园区”~99999999999").0, "~99999999999");
        assert!(parse("“产业 园区”~100").is_ok());
        let nine = format!("“{}”~1", ["产业"; 9].join(" "));
        assert_eq!(refused(&nine).1, "more");
    }

    #[test]
    fn what_is_no_value_is_refused_at_its_place() {
        assert_eq!(refused("种类:书"), ("书", "`书`".into()));
        assert_eq!(refused("来源:新*报"), ("*", "`*`".into()));
        assert_eq!(refused("来源:“新乡 日报”~3"), ("~3", "`~`".into()));
        assert_eq!(refused("日期:2023-02..甲"), ("甲", "`甲`".into()));
        assert_eq!(refused("日期:“2023-02..甲”"), ("“2023-02..甲”", "`甲`".into()));
        assert!(parse(r"来源:新\*报").is_ok());
    }
}
