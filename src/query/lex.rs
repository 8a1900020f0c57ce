//! Cuts a query string into tokens. What is an operator and what is text is decided here, from
//! what stands directly around it; how tokens are combined is up to `parse`.

use super::{Expected, Found, ParseError, QueryField};
use crate::model::Span;
use crate::text::fold_char;

/// A token and where it stands (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Text without quotes; never empty.
    Word(Vec<Letter>),
    /// Text in quotes, never empty, and what is said behind them by `~3`.
    Quoted(String, Option<Nearness>),
    /// A known field's name with its colon.
    Field(QueryField),
    /// `≈` directly before a word or a quote.
    Similar,
    Open,
    Close,
    Minus,
    Not,
    And,
    Or,
}

/// A character of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    /// Not escaped by a backslash: may be an operator.
    pub(super) plain: bool,
    /// Where it, or its backslash, begins (bytes of the query string).
    pub(super) at: usize,
}

/// `~3` behind a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nearness {
    /// `u32::MAX` for whatever is larger.
    pub(super) gap: u32,
    pub(super) span: Span,
}

impl TokenKind {
    /// Whether it is an operand, or begins one.
    pub(super) fn is_operand(&self) -> bool {
        matches!(
            self,
            Self::Word(_) | Self::Quoted(..) | Self::Field(_) | Self::Similar | Self::Open
        )
    }

    /// Whether what follows directly belongs to it.
    fn ends_operand(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Quoted(..) | Self::Close)
    }
}

/// Cuts a query string into tokens. A full-width quote that is never closed is text, as in a sentence
/// that was cut out of an article.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ParseError> {
    cut(text, false)
}

/// The same for what is still being typed: a quote that begins a part is about to be closed, so that its
/// end is missing.
pub(super) fn tokens_while_typing(text: &str) -> Result<Vec<Token>, ParseError> {
    cut(text, true)
}

fn cut(text: &str, is_unfinished: bool) -> Result<Vec<Token>, ParseError> {
    let mut lexer = Lexer { text, at: 0, open: 0 };
    let mut tokens: Vec<Token> = Vec::new();
    loop {
        while lexer.peek().is_some_and(is_blank) {
            lexer.next();
        }
        let start = lexer.at;
        let Some(first) = lexer.peek() else { return Ok(tokens) };
        let glued =
            tokens.last().is_some_and(|last| last.span.end == start && last.kind.ends_operand());
        let kind = match first {
            c if (glued || c == '）') && lexer.stands_alone(c) && lexer.stands_before_text() => {
                lexer.word()?
            }
            c if is_open(c) => {
                lexer.open += 1;
                lexer.single(TokenKind::Open)
            }
            c if is_close(c) => {
                lexer.open = lexer.open.saturating_sub(1);
                lexer.single(TokenKind::Close)
            }
            c if is_minus(c) && !glued => lexer.single(TokenKind::Minus),
            c if is_similar(c) && !glued && lexer.stands_before_text() => {
                lexer.single(TokenKind::Similar)
            }
            c if closing_quote(c).is_some() && (is_unfinished || !lexer.stands_alone(c)) => {
                lexer.quoted()?
            }
            _ => match lexer.field() {
                Some(field) => TokenKind::Field(field),
                None => lexer.word()?,
            },
        };
        tokens.push(Token { kind, span: start..lexer.at });
    }
}

/// Whether a character separates parts: whatever folds to a blank, including the invisible
/// characters of pasted text.
pub(super) fn is_blank(c: char) -> bool {
    fold_char(c) == ' '
}

pub(super) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '－')
}

/// The sign before what is also found as characters that look alike.
pub(super) fn is_similar(c: char) -> bool {
    c == '≈'
}

pub(super) fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

pub(super) fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

pub(super) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// The quote that closes what this one opens.
pub(super) fn closing_quote(quote: char) -> Option<char> {
    match quote {
        '"' => Some('"'),
        '＂' => Some('＂'),
        '“' => Some('”'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

/// The operator that a whole word is, in capitals of any width.
pub(super) fn operator(word: impl Iterator<Item = char>) -> Option<TokenKind> {
    // One more than the longest: a longer word is none.
    let capitals: String = word
        .take(4)
        .map(|c| match c {
            'Ａ'..='Ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect();
    match capitals.as_str() {
        "OR" => Some(TokenKind::Or),
        "AND" => Some(TokenKind::And),
        "NOT" => Some(TokenKind::Not),
        _ => None,
    }
}

struct Lexer<'a> {
    text: &'a str,
    /// Bytes already read.
    at: usize,
    /// Brackets that are open.
    open: usize,
}

impl Lexer<'_> {
    fn single(&mut self, kind: TokenKind) -> TokenKind {
        self.next();
        kind
    }

    /// Whether something other than a blank follows the next character.
    fn stands_before_text(&self) -> bool {
        let mut rest = self.text[self.at..].chars();
        rest.next();
        rest.next().is_some_and(|c| !is_blank(c))
    }

    /// A known field's name and its colon; nothing is read where there is none.
    fn field(&mut self) -> Option<QueryField> {
        let rest = &self.text[self.at..];
        let colon = rest.find(is_colon)?;
        let name = &rest[..colon];
        // No name is longer; the rest of a long text need not be folded.
        if name.len() > 64 {
            return None;
        }
        let field = QueryField::named(name)?;
        self.at += colon;
        self.next();
        Some(field)
    }

    /// Whether the next character, this one, is a full-width quote or bracket whose partner is missing
    /// in the query, as in text that was cut off: such a quote is text, a bracket if it is inside a word.
    fn stands_alone(&self, c: char) -> bool {
        let rest = &self.text[self.at + c.len_utf8()..];
        match c {
            '（' => !rest.contains(is_close),
            '）' => self.open == 0,
            '"' => false,
            c => closing_quote(c).is_some_and(|closing| !rest.contains(closing)),
        }
    }

    /// Up to a blank, an opening quote or a closing bracket. A bracket that opens inside is text
    /// with all that stands in it, and has to be closed in the same word.
    fn word(&mut self) -> Result<TokenKind, ParseError> {
        let mut letters: Vec<Letter> = Vec::new();
        let mut depth = 0_usize;
        let mut opened = self.at;
        while let Some(c) = self.peek() {
            let outside = depth == 0;
            let alone = outside && self.stands_alone(c);
            if is_blank(c) || (outside && !alone && (closing_quote(c).is_some() || is_close(c))) {
                break;
            }
            if alone {
                letters.push(self.letter(c));
                continue;
            }
            if is_open(c) {
                if outside && operator_of(&letters).is_some() {
                    break;
                }
                if outside {
                    opened = self.at;
                }
                depth += 1;
            } else if is_close(c) {
                depth -= 1;
            }
            letters.push(self.letter(c));
        }
        if depth > 0 {
            return Err(ParseError::new(
                opened..self.at,
                Found::OpenBracketInWord,
                Expected::BlankBeforeBracket,
            ));
        }
        Ok(operator_of(&letters).unwrap_or(TokenKind::Word(letters)))
    }

    fn letter(&mut self, c: char) -> Letter {
        let at = self.at;
        self.next();
        match self.peek() {
            Some(next) if c == '\\' => {
                self.next();
                Letter { c: next, plain: false, at }
            }
            _ => Letter { c, plain: true, at },
        }
    }

    fn quoted(&mut self) -> Result<TokenKind, ParseError> {
        let start = self.at;
        let quote = self.next();
        let end = quote.and_then(closing_quote);
        let straight = quote == Some('"');
        let mut literal = String::new();
        while let Some(c) = self.next() {
            if Some(c) == end {
                if literal.is_empty() {
                    let span = start..self.at;
                    return Err(ParseError::new(span, Found::Nothing, Expected::TextInQuotes));
                }
                return Ok(TokenKind::Quoted(literal, self.nearness()?));
            }
            let escapes = straight && c == '\\' && matches!(self.peek(), Some('"' | '\\'));
            literal.extend(if escapes { self.next() } else { Some(c) });
        }
        let expected = Expected::ClosingQuote(end.unwrap_or('"'));
        Err(ParseError::new(start..self.at, Found::End, expected))
    }

    /// `~3` directly behind a quote.
    fn nearness(&mut self) -> Result<Option<Nearness>, ParseError> {
        let start = self.at;
        if !matches!(self.peek(), Some('~' | '～')) {
            return Ok(None);
        }
        self.next();
        let mut gap: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|c| fold_char(c).to_digit(10)) {
            gap = Some(gap.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            self.next();
        }
        let span = start..self.at;
        match gap {
            Some(gap) => Ok(Some(Nearness { gap, span })),
            None => Err(ParseError::new(span, Found::NoNumber, Expected::Distance)),
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

fn operator_of(letters: &[Letter]) -> Option<TokenKind> {
    if letters.iter().any(|letter| !letter.plain) {
        return None;
    }
    operator(letters.iter().map(|letter| letter.c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words and quotes as they are, operators by their sign.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = tokens(text)
            .unwrap()
            .into_iter()
            .map(|token| match token.kind {
                TokenKind::Word(letters) => letters.into_iter().map(|letter| letter.c).collect(),
                TokenKind::Quoted(text, None) => format!("“{text}”"),
                TokenKind::Quoted(text, Some(near)) => format!("“{text}”~{}", near.gap),
                TokenKind::Field(field) => format!("<{}>", field.name()),
                TokenKind::Similar => "<≈>".into(),
                TokenKind::Open => "<(>".into(),
                TokenKind::Close => "<)>".into(),
                other => format!("<{other:?}>"),
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn brackets_are_operators_only_where_a_part_can_begin() {
        check("甲（乙）丙 （丁）", &["甲（乙）丙", "<(>", "丁", "<)>"]);
        check("(甲(乙) 丙)丁", &["<(>", "甲(乙)", "丙", "<)>", "丁"]);
        check("发展（“集团”）有限", &["发展（“集团”）有限"]);
        check(
            "甲 OR(乙) NOT（丙）",
            &["甲", "<Or>", "<(>", "乙", "<)>", "<Not>", "<(>", "丙", "<)>"],
        );
        assert_eq!(tokens("甲（乙 丙）").unwrap_err().span, 3..9);
        assert_eq!(tokens("甲(乙(丙)丁").unwrap_err().span, 3..15);
    }

    #[test]
    fn a_minus_inside_a_word_or_behind_a_quote_is_text() {
        check("5G-A -5G －甲", &["5G-A", "<Minus>", "5G", "<Minus>", "甲"]);
        check("“甲”-乙 (-丙)", &["“甲”", "-乙", "<(>", "<Minus>", "丙", "<)>"]);
        check("标题:-甲", &["<标题>", "<Minus>", "甲"]);
    }

    #[test]
    fn full_width_quotes_and_brackets_without_their_partner_are_text_inside_a_word() {
        check("开局之年“双碳", &["开局之年“双碳"]);
        check("“甲”“乙 甲「乙」『丙", &["“甲”", "“乙", "甲", "“乙”", "『丙"]);
        check("办法（试行 丙", &["办法（试行", "丙"]);
        check("试行）的通知 “甲”）乙 ）丙", &["试行）的通知", "“甲”", "）乙", "）丙"]);
        check("（甲 乙）丙）", &["<(>", "甲", "乙", "<)>", "丙）"]);
        check("甲) 乙\"丙\"", &["甲", "<)>", "乙", "“丙”"]);
        check("“甲 乙，『丙", &["“甲", "乙，『丙"]);
        check("标题:「甲 -“乙 ≈＂丙 “", &["<标题>", "「甲", "<Minus>", "“乙", "<≈>", "＂丙", "“"]);
        for text in ["\"甲", "甲\"乙", "甲（乙 OR 丙）", "甲(乙"] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_sign_of_similarity_stands_directly_before_text() {
        check(
            "≈甲 -≈“乙” 标题:≈丙",
            &["<≈>", "甲", "<Minus>", "<≈>", "“乙”", "<标题>", "<≈>", "丙"],
        );
        check("3≈4 甲 ≈ 乙 “丙”≈丁 \\≈戊 ≈", &["3≈4", "甲", "≈", "乙", "“丙”", "≈丁", "≈戊", "≈"]);
    }

    #[test]
    fn a_colon_is_an_operator_only_behind_a_known_name() {
        check("标题：甲 Title:乙 區縣:丙", &["<标题>", "甲", "<标题>", "乙", "<地区>", "丙"]);
        check("河南：加快建设 本期主题:甲 a:b", &["河南：加快建设", "本期主题:甲", "a:b"]);
        check("“甲”主题:乙", &["“甲”", "<主题>", "乙"]);
    }

    #[test]
    fn operators_are_whole_words_in_capitals() {
        check("甲 OR 乙 or ORA ＯＲ", &["甲", "<Or>", "乙", "or", "ORA", "<Or>"]);
        check("“甲”OR“乙”AND NOT", &["“甲”", "<Or>", "“乙”", "<And>", "<Not>"]);
    }

    #[test]
    fn a_backslash_takes_the_meaning_from_what_follows_it() {
        check(r"\OR \-甲 标题\:乙 甲\ 乙 \（丙", &["OR", "-甲", "标题:乙", "甲 乙", "（丙"]);
        check(r"\\ 甲\", &["\\", "甲\\"]);
    }

    #[test]
    fn every_kind_of_quote_is_read_to_its_end() {
        check("\"甲乙\"“甲乙”「甲乙」『甲乙』＂甲乙＂", &["“甲乙”"; 5]);
        check("新“甲”乙", &["新", "“甲”", "乙"]);
        check(r#""a\"b\\c\d""#, &[r#"“a"b\c\d”"#]);
        check("“甲 乙”～１２ \"丙\"~3丁", &["“甲 乙”~12", "“丙”~3", "丁"]);
        assert_eq!(tokens("“甲 乙”~").unwrap_err().span, 13..14);
        let error = tokens("甲 \"乙").unwrap_err();
        assert_eq!((error.span, error.expected), (4..8, Expected::ClosingQuote('"')));
        let error = tokens_while_typing("甲 “乙 丙").unwrap_err();
        assert_eq!((error.span, error.expected), (4..14, Expected::ClosingQuote('”')));
        assert_eq!(tokens("\"\"").unwrap_err().expected, Expected::TextInQuotes);
    }

    #[test]
    fn invisible_characters_are_blanks() {
        check("\u{feff}甲\u{200b}乙\t丙\u{3000}丁\n", &["甲", "乙", "丙", "丁"]);
    }
}
