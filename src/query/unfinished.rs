//! The end of a query that is still being typed: the word, quote or value that a completion continues.

use super::lex::{Letter, Token, TokenKind, tokens_while_typing};
use super::print::value_text;
use super::{Expected, QueryField, Term, ValueField, Within};

/// The last part of what was typed so far, where it can be continued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// What stands before it, as it was typed.
    before: String,
    /// Brackets that are open there.
    open: usize,
    is_alone: bool,
    field: Option<QueryField>,
    text: String,
    quoted: bool,
}

impl Unfinished {
    /// The last word, the quote that is not closed, or the value that a field still lacks (empty).
    /// `None` behind a blank, an operator, a closed quote, a word with wildcards, and where the query
    /// cannot be read up to there.
    #[must_use]
    pub fn of(typed: &str) -> Option<Self> {
        let (before, text, start, quoted) = match tokens_while_typing(typed) {
            Ok(mut before) => {
                let last = before.pop()?;
                match last.kind {
                    TokenKind::Word(letters) if last.span.end == typed.len() => {
                        (before, plain(&letters)?, last.span.start, false)
                    }
                    TokenKind::Field(_) => {
                        before.push(last);
                        (before, String::new(), typed.len(), false)
                    }
                    _ => return None,
                }
            }
            Err(error) => {
                let Expected::ClosingQuote(_) = error.expected else { return None };
                let start = error.span.start;
                let mut inside = typed.get(start..)?.chars();
                let is_straight = inside.next().is_some_and(|quote| quote == '"');
                let text = inside.as_str();
                let text = if is_straight { unescaped(text) } else { text.to_owned() };
                (tokens_while_typing(typed.get(..start)?).ok()?, text, start, true)
            }
        };
        let (field, open) = in_force(&before);
        Some(Self {
            before: typed.get(..start)?.to_owned(),
            open,
            is_alone: before.iter().all(|token| matches!(token.kind, TokenKind::Field(_))),
            field,
            text,
            quoted,
        })
    }

    /// What was typed of it, without quotes and backslashes.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The field that it is in.
    #[must_use]
    pub fn field(&self) -> Option<QueryField> {
        self.field
    }

    /// Whether it is in quotes.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// Whether nothing else is asked for.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// The query in which these words stand in its place, in quotes if it is.
    #[must_use]
    pub fn with_words(&self, words: &str) -> String {
        let term = if self.quoted { Term::Literal } else { Term::Words };
        self.with(&term(words.to_owned()).to_string())
    }

    /// The query in which the headline must have this text.
    #[must_use]
    pub fn with_headline(&self, text: &str) -> String {
        let name = self
            .field
            .map_or_else(|| QueryField::Text(Within::Headline).prefix(), |_| String::new());
        self.with(&format!("{name}{}", Term::Literal(text.to_owned())))
    }

    /// The query in which a field must have this value.
    #[must_use]
    pub fn with_value(&self, field: ValueField, value: &str) -> String {
        let name = self.field.map_or_else(|| QueryField::Value(field).prefix(), |_| String::new());
        self.with(&format!("{name}{}", value_text(value)))
    }

    /// Brackets that are open are closed.
    fn with(&self, part: &str) -> String {
        format!("{}{part}{}", self.before, ")".repeat(self.open))
    }
}

/// The text of a word; `None` if it has wildcards.
fn plain(letters: &[Letter]) -> Option<String> {
    let is_wildcard = |letter: &Letter| letter.plain && matches!(letter.c, '*' | '?');
    let text = || letters.iter().map(|letter| letter.c).collect();
    (!letters.iter().any(is_wildcard)).then(text)
}

/// What a text in straight quotes says.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let escapes = c == '\\' && rest.peek().is_some_and(|next| matches!(next, '"' | '\\'));
        plain.extend(if escapes { rest.next() } else { Some(c) });
    }
    plain
}

/// The field that what follows these tokens is in, and how many brackets are open there.
fn in_force(tokens: &[Token]) -> (Option<QueryField>, usize) {
    let mut open: Vec<Option<QueryField>> = Vec::new();
    let mut field = None;
    for token in tokens {
        match token.kind {
            TokenKind::Field(named) => field = Some(named),
            TokenKind::Open => {
                let outer = open.last().copied().flatten();
                open.push(field.take().or(outer));
            }
            TokenKind::Close => {
                open.pop();
                field = None;
            }
            _ => field = None,
        }
    }
    (field.or(open.last().copied().flatten()), open.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, text: &str, field: Option<&str>, continued: &str) {
        let end = Unfinished::of(typed).expect(typed);
        assert_eq!((end.text(), end.field().map(QueryField::name)), (text, field), "{typed}");
        let query = match end.field() {
            Some(QueryField::Value(field)) => end.with_value(field, "新 密"),
            _ => end.with_words("新密-市"),
        };
        assert_eq!(query, continued, "{typed}");
    }

    #[test]
    fn the_last_part_is_continued_and_all_before_it_stays_as_it_was_typed() {
        check("新", "新", None, "新密-市");
        check("氢能　 新", "新", None, "氢能　 新密-市");
        check("氢能 -新", "新", None, "氢能 -新密-市");
        check("(氢能 OR （甲 新", "新", None, "(氢能 OR （甲 新密-市))");
        check("打造“三区”新", "新", None, "打造“三区”新密-市");
        check(r"新\*", "新*", None, "新密-市");
    }

    #[test]
    fn a_quote_that_is_open_is_closed() {
        check("氢能 “新", "新", None, "氢能 \"新密-市\"");
        check(r#""新\"甲"#, "新\"甲", None, "\"新密-市\"");
        check("\"", "", None, "\"新密-市\"");
    }

    #[test]
    fn a_field_holds_for_its_value_and_for_each_in_its_brackets() {
        check("地区:新", "新", Some("地区"), "地区:\"新 密\"");
        check("氢能 District：", "", Some("地区"), "氢能 District：\"新 密\"");
        check("主题:(能源 OR 新", "新", Some("主题"), "主题:(能源 OR \"新 密\")");
        check("主题:能源 新", "新", None, "主题:能源 新密-市");
        check("主题:(能源) 新", "新", None, "主题:(能源) 新密-市");
        check("标题:新", "新", Some("标题"), "标题:新密-市");
    }

    #[test]
    fn a_field_that_is_not_typed_yet_is_written() {
        let end = Unfinished::of("氢能 新").expect("a part");
        assert_eq!(end.with_value(ValueField::District, "新密市"), "氢能 地区:新密市");
        assert_eq!(end.with_headline("新“密”"), "氢能 标题:\"新“密”\"");
        let end = Unfinished::of("标题:新").expect("a part");
        assert_eq!(end.with_headline("新密"), "标题:\"新密\"");
        assert!(end.is_alone() && !Unfinished::of("-新").expect("a part").is_alone());
    }

    #[test]
    fn what_is_complete_or_cannot_be_read_is_not_continued() {
        for typed in ["", "新 ", "“新”", "新 OR", "新 -", "新*密", "(", "新(密", "\"甲\" \"\" 新"]
        {
            assert_eq!(Unfinished::of(typed), None, "{typed}");
        }
    }
}
