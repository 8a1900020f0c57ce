//! Reads what a person types into a query, or says where it cannot be read and what was expected.

use thiserror::Error;

use super::{Part, Query, Term};
use crate::model::Span;

/// Why a query string cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected {expected}, found {found}")]
pub struct ParseError {
    /// Where (bytes of the query string); empty at its end.
    pub span: Span,
    /// What stands there.
    pub found: String,
    /// What could stand there.
    pub expected: &'static str,
}

/// Reads a query.
///
/// Parts are separated by white space. A part in quotes (`"…"`, `“…”`, `＂…＂`, `「…」`, `『…』`) is
/// a literal; between straight quotes `\"` stands for a quote and `\\` for a backslash. A part
/// that begins with `-` or `－` is excluded.
///
/// # Errors
/// When a quote is not closed, when nothing stands between quotes, and when nothing follows a `-`.
pub fn parse(text: &str) -> Result<Query, ParseError> {
    let mut parser = Parser { text, at: 0 };
    let mut parts = Vec::new();
    loop {
        parser.skip_white_space();
        if parser.peek().is_none() {
            return Ok(Query { parts });
        }
        parts.push(parser.part()?);
    }
}

struct Parser<'a> {
    text: &'a str,
    /// Bytes already read.
    at: usize,
}

impl Parser<'_> {
    fn part(&mut self) -> Result<Part, ParseError> {
        let start = self.at;
        let exclude = self.peek().is_some_and(is_minus);
        if exclude {
            self.next();
        }
        let term = match self.peek() {
            Some(quote) if closing(quote).is_some() => self.literal()?,
            Some(c) if !c.is_whitespace() && !is_minus(c) => self.words(),
            other => {
                let length = other.map_or(0, char::len_utf8);
                let found = other.map_or_else(|| "the end".into(), shown);
                let span = self.at..self.at + length;
                return Err(ParseError { span, found, expected: "a word or a quote after -" });
            }
        };
        Ok(Part { exclude, term, span: start..self.at })
    }

    /// Up to white space or a quote that opens.
    fn words(&mut self) -> Term {
        let start = self.at;
        while self.peek().is_some_and(|c| !c.is_whitespace() && closing(c).is_none()) {
            self.next();
        }
        Term::Words(self.text[start..self.at].to_owned())
    }

    fn literal(&mut self) -> Result<Term, ParseError> {
        let start = self.at;
        let quote = self.next();
        let end = quote.and_then(closing);
        let straight = quote == Some('"');
        let mut literal = String::new();
        while let Some(c) = self.next() {
            if Some(c) == end {
                if literal.is_empty() {
                    let span = start..self.at;
                    let found = "nothing".into();
                    return Err(ParseError { span, found, expected: "text between the quotes" });
                }
                return Ok(Term::Literal(literal));
            }
            let escapes = straight && c == '\\' && matches!(self.peek(), Some('"' | '\\'));
            literal.extend(if escapes { self.next() } else { Some(c) });
        }
        Err(ParseError {
            span: start..self.at,
            found: "the end".into(),
            expected: match end {
                Some('”') => "a closing ”",
                Some('」') => "a closing 」",
                Some('』') => "a closing 』",
                Some('＂') => "a closing ＂",
                _ => "a closing \"",
            },
        })
    }

    fn skip_white_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += next.map_or(0, char::len_utf8);
        next
    }
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－')
}

/// The quote that closes what this one opens.
fn closing(quote: char) -> Option<char> {
    match quote {
        '"' => Some('"'),
        '＂' => Some('＂'),
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

fn shown(c: char) -> String {
    if c.is_whitespace() { "a blank".into() } else { format!("`{c}`") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, parts: &[(bool, Term)]) {
        let query = parse(text).unwrap();
        let found: Vec<_> = query.parts.into_iter().map(|p| (p.exclude, p.term)).collect();
        assert_eq!(found, parts, "{text}");
    }

    fn words(text: &str) -> Term {
        Term::Words(text.into())
    }

    fn literal(text: &str) -> Term {
        Term::Literal(text.into())
    }

    #[test]
    fn parts_stand_side_by_side_and_a_minus_excludes() {
        check("", &[]);
        check(" 氢能　登封 ", &[(false, words("氢能")), (false, words("登封"))]);
        check("氢能 －疫情", &[(false, words("氢能")), (true, words("疫情"))]);
        check("5G-A -\"两 会\"", &[(false, words("5G-A")), (true, literal("两 会"))]);
    }

    #[test]
    fn every_kind_of_quote_makes_a_literal() {
        for text in ["\"甲乙\"", "“甲乙”", "「甲乙」", "『甲乙』", "＂甲乙＂"] {
            check(text, &[(false, literal("甲乙"))]);
        }
        check("新“甲”乙", &[(false, words("新")), (false, literal("甲")), (false, words("乙"))]);
        check(r#""a\"b\\c\d""#, &[(false, literal(r#"a"b\c\d"#))]);
    }

    #[test]
    fn spans_are_the_bytes_of_the_part_with_its_minus_and_quotes() {
        let query = parse("甲 -“乙”").unwrap();
        assert_eq!(query.parts[0].span, 0..3);
        assert_eq!(query.parts[1].span, 4..14);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_place() {
        let error = parse("甲 “乙").unwrap_err();
        assert_eq!((error.span, error.expected), (4..10, "a closing ”"));
        let error = parse("甲 - 乙").unwrap_err();
        assert_eq!((error.span.clone(), error.found.as_str()), (5..6, "a blank"));
        assert_eq!(error.to_string(), "expected a word or a quote after -, found a blank");
        let error = parse("-").unwrap_err();
        assert_eq!((error.span, error.found.as_str()), (1..1, "the end"));
        assert_eq!(parse("\"\"").unwrap_err().expected, "text between the quotes");
    }

    proptest! {
        #[test]
        fn parsing_what_was_printed_gives_the_same_parts(text in r#"[甲乙a\-－ 　"“”「」\\]{0,12}"#) {
            if let Ok(query) = parse(&text) {
                let printed = query.to_string();
                let again = parse(&printed).unwrap();
                prop_assert_eq!(&again.to_string(), &printed);
                let plain = |q: Query| -> Vec<_> {
                    q.parts.into_iter().map(|p| (p.exclude, p.term)).collect()
                };
                prop_assert_eq!(plain(query), plain(again));
            }
        }

        #[test]
        fn any_text_is_read_or_refused_with_a_place_inside_it(text in ".*") {
            if let Err(error) = parse(&text) {
                prop_assert!(text.get(error.span).is_some());
            }
        }
    }
}
