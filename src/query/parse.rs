//! Reads what a person types into a query, or says where it cannot be read and what was expected.

use super::lex;
use super::lex::{Token, TokenKind};
use super::limits::{
    MAX_CHARACTERS, MAX_DEPTH, MAX_PARTS, MAX_SIMILAR_CHARACTERS, MAX_SIMILAR_TEXTS,
    MIN_SIMILAR_CHARACTERS,
};
use super::{
    Expected, Found, Limit, Node, NodeKind, Operator, ParseError, Query, QueryField, Term, Text,
    date_words, leaf, print,
};
use crate::text::{look_alikes, search_form};

/// Reads a query. The grammar is in ARCHITECTURE.md under "The query language".
///
/// # Errors
/// Where the string is not a query, or one beyond the limits.
pub fn parse(text: &str) -> Result<Query, ParseError> {
    if let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) {
        return Err(ParseError::new(
            end..text.len(),
            Found::More,
            Expected::AtMost(Limit::Characters),
        ));
    }
    let mut parser = Parser {
        text,
        tokens: lex::tokens(text)?,
        at: 0,
        depth: 0,
        parts: 0,
        similar: 0,
        field: None,
    };
    if parser.tokens.is_empty() {
        return Ok(Query::default());
    }
    let root = parser.side_by_side()?;
    if parser.peek().is_some() {
        return Err(parser.error(Expected::OpeningBracket));
    }
    // The normal form has to be within the limits as well.
    let refuse = |expected| Err(ParseError::new(0..text.len(), Found::More, expected));
    if print::depth(&root) > MAX_DEPTH {
        return refuse(Expected::AtMost(Limit::Depth));
    }
    if root.to_string().chars().count() > MAX_CHARACTERS {
        return refuse(Expected::AtMost(Limit::PrintedCharacters));
    }
    Ok(Query { root: Some(root) })
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Tokens already read.
    at: usize,
    /// Brackets that are open.
    depth: usize,
    /// Words and quotes already read.
    parts: usize,
    /// Texts that are looked for because they look like a wanted one.
    similar: usize,
    /// The field whose value is being read.
    field: Option<QueryField>,
}

impl Parser<'_> {
    /// Everything up to a closing bracket or the end: all must match.
    fn side_by_side(&mut self) -> Result<Node, ParseError> {
        let start = self.start();
        let mut nodes = vec![self.either(Expected::Part(None))?];
        loop {
            match self.peek() {
                None | Some(TokenKind::Close) => return Ok(Node::all(nodes, start..self.end())),
                Some(TokenKind::And) => {
                    self.at += 1;
                    nodes.push(self.either(Expected::Part(Some(Operator::And)))?);
                }
                _ => nodes.push(self.either(Expected::Part(None))?),
            }
        }
    }

    /// Parts with OR between them.
    fn either(&mut self, expected: Expected) -> Result<Node, ParseError> {
        let start = self.start();
        let mut nodes = vec![self.part(expected)?];
        while self.peek() == Some(&TokenKind::Or) {
            self.at += 1;
            nodes.push(self.part(Expected::Part(Some(Operator::Or)))?);
        }
        Ok(Node::any(nodes, start..self.end()))
    }

    /// What stands together, perhaps excluded.
    fn part(&mut self, expected: Expected) -> Result<Node, ParseError> {
        let start = self.start();
        let expected = match self.peek() {
            Some(TokenKind::Minus) => Expected::Part(Some(Operator::Minus)),
            Some(TokenKind::Not) => Expected::Part(Some(Operator::Not)),
            _ => return self.together(expected),
        };
        self.at += 1;
        if expected == Expected::Part(Some(Operator::Minus)) && self.start() > self.end() {
            let span = self.end()..self.start();
            return Err(ParseError::new(span, Found::Blank, expected));
        }
        let node = self.together(expected)?;
        Ok(Node::not(node, start..self.end()))
    }

    /// What stands together without a blank between: all of it must match.
    fn together(&mut self, expected: Expected) -> Result<Node, ParseError> {
        let start = self.start();
        let mut nodes = vec![self.piece(expected)?];
        while self.start() == self.end()
            && self.peek().is_some_and(TokenKind::is_operand)
            // A field's value ends where the next field begins.
            && !(self.field.is_some() && matches!(self.peek(), Some(TokenKind::Field(_))))
        {
            nodes.push(self.piece(Expected::Part(None))?);
        }
        Ok(Node::all(nodes, start..self.end()))
    }

    fn piece(&mut self, expected: Expected) -> Result<Node, ParseError> {
        match self.peek() {
            Some(TokenKind::Open) => self.brackets(),
            Some(&TokenKind::Field(field)) => self.value_of(field),
            Some(TokenKind::Similar) => self.similar(),
            _ => self.leaf(expected),
        }
    }

    /// A text that is also found as characters that look alike.
    fn similar(&mut self) -> Result<Node, ParseError> {
        let start = self.start();
        self.at += 1;
        let mut node = self.leaf(Expected::SimilarText)?;
        node.span = start..self.end();
        let refuse = |expected| {
            let found = Found::Text(self.text[node.span.clone()].to_owned());
            Err(ParseError::new(node.span.clone(), found, expected))
        };
        let NodeKind::Text(Text { within, term: Term::Words(text) | Term::Literal(text) }) =
            node.kind
        else {
            return refuse(Expected::SimilarText);
        };
        let form = search_form(&text).text;
        if !(MIN_SIMILAR_CHARACTERS..=MAX_SIMILAR_CHARACTERS).contains(&form.chars().count()) {
            return refuse(Expected::SimilarText);
        }
        self.similar += look_alikes(&form).len();
        if self.similar > MAX_SIMILAR_TEXTS {
            return refuse(Expected::AtMost(Limit::SimilarTexts));
        }
        Ok(Node { kind: NodeKind::Text(Text { within, term: Term::Similar(text) }), ..node })
    }

    fn leaf(&mut self, expected: Expected) -> Result<Node, ParseError> {
        let token = self.tokens.get(self.at);
        let read = token.and_then(|token| Some((leaf::leaf(token, self.field)?, token)));
        let Some((kind, token)) = read else { return Err(self.error(expected)) };
        let span = token.span.clone();
        if self.parts == MAX_PARTS {
            return Err(ParseError::new(span, Found::OneMore, Expected::AtMost(Limit::Parts)));
        }
        self.parts += 1;
        self.at += 1;
        Ok(Node { kind: kind?, span })
    }

    fn brackets(&mut self) -> Result<Node, ParseError> {
        let start = self.start();
        if self.depth == MAX_DEPTH {
            return Err(ParseError {
                found: Found::OneMore,
                ..self.error(Expected::AtMost(Limit::Depth))
            });
        }
        self.at += 1;
        self.depth += 1;
        if self.peek() == Some(&TokenKind::Close) {
            self.at += 1;
            return Err(ParseError::new(
                start..self.end(),
                Found::Nothing,
                Expected::TextInBrackets,
            ));
        }
        if self.peek().is_none() {
            return Err(self.unclosed(start));
        }
        let mut node = self.side_by_side()?;
        if self.peek().is_none() {
            return Err(self.unclosed(start));
        }
        self.at += 1;
        self.depth -= 1;
        if matches!(node.kind, NodeKind::All(_) | NodeKind::Any(_)) {
            node.span = start..self.end();
        }
        Ok(node)
    }

    fn unclosed(&self, start: usize) -> ParseError {
        let sign = if self.text[start..].starts_with('（') { '）' } else { ')' };
        ParseError::new(start..self.text.len(), Found::End, Expected::ClosingBracket(sign))
    }

    /// A field's name and what belongs to it.
    fn value_of(&mut self, field: QueryField) -> Result<Node, ParseError> {
        if self.field.is_some() {
            return Err(self.error(Expected::NoFieldInField));
        }
        let start = self.start();
        self.at += 1;
        self.field = Some(field);
        let mut node = self.together(Expected::FieldValue)?;
        self.field = None;
        if matches!(field, QueryField::Date(_))
            && self
                .tokens
                .get(self.at)
                .is_some_and(|next| date_words::continues_range(&self.text[next.span.clone()]))
        {
            return Err(self.error(Expected::NoBlankInDates));
        }
        node.span = start..self.end();
        Ok(node)
    }

    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    /// Where the next token begins.
    fn start(&self) -> usize {
        self.tokens.get(self.at).map_or(self.text.len(), |token| token.span.start)
    }

    /// Where the last token ended.
    fn end(&self) -> usize {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(0, |token| token.span.end)
    }

    /// The error that this was expected in place of the next token.
    fn error(&self, expected: Expected) -> ParseError {
        match self.tokens.get(self.at) {
            None => ParseError::new(self.text.len()..self.text.len(), Found::End, expected),
            Some(token) => {
                let span = token.span.clone();
                let found = Found::Text(self.text[span.clone()].to_owned());
                ParseError::new(span, found, expected)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each node of a query spans, from the outermost to the innermost.
    fn slices(text: &str) -> Vec<&str> {
        fn gather<'a>(node: &Node, text: &'a str, slices: &mut Vec<&'a str>) {
            slices.push(&text[node.span.clone()]);
            match &node.kind {
                NodeKind::All(nodes) | NodeKind::Any(nodes) => {
                    for node in nodes {
                        gather(node, text, slices);
                    }
                }
                NodeKind::Not(node) => gather(node, text, slices),
                _ => {}
            }
        }
        let mut slices = Vec::new();
        let query = parse(text).unwrap();
        if let Some(root) = &query.root {
            gather(root, text, &mut slices);
        }
        slices
    }

    #[test]
    fn spans_hold_a_part_with_its_minus_quotes_field_and_brackets() {
        assert_eq!(slices(" 甲 -“乙” "), ["甲 -“乙”", "甲", "-“乙”", "“乙”"]);
        assert_eq!(slices("(甲)"), ["甲"]);
        assert_eq!(slices("(甲 OR 乙)"), ["(甲 OR 乙)", "甲", "乙"]);
        assert_eq!(slices("标题: 甲"), ["标题: 甲"]);
        assert_eq!(slices("主题:(甲 OR 乙)"), ["主题:(甲 OR 乙)", "甲", "乙"]);
        assert_eq!(slices("“产业 园区”~3"), ["“产业 园区”~3"]);
    }

    #[test]
    fn only_blanks_are_every_article() {
        for text in ["", " ", "　\n\u{200b}"] {
            assert_eq!(parse(text), Ok(Query::default()));
        }
    }

    #[test]
    fn an_error_says_what_was_expected_and_what_stands_there() {
        let error = parse("甲 - 乙").unwrap_err();
        assert_eq!((error.span.clone(), &error.found), (5..6, &Found::Blank));
        let expected = "expected a word, a quote, a field or a bracket directly after -";
        assert_eq!(error.to_string(), format!("{expected}, found a blank"));
        assert_eq!(parse("甲 OR").unwrap_err().span, 6..6);
    }

    #[test]
    fn a_range_that_a_blank_broke_is_refused_and_not_read_as_words() {
        for text in ["日期:2023 .. 2024", "日期:2023 ..2024", "刊期:(2022 OR 2023) 至 2024"]
        {
            assert_eq!(parse(text).unwrap_err().expected, Expected::NoBlankInDates, "{text}");
        }
        assert!(parse("日期:2023 至今").is_ok());
    }
}
