//! Reads one word or quote as a leaf of the tree, depending on its field; in a word, wildcards make
//! a pattern of texts with gaps between them.

use super::amount::{Amount, Relation};
use super::fields::{is_none_value, kind_named};
use super::lex::{Letter, Nearness, Token, TokenKind};
use super::limits::{MAX_GAP, MAX_GAPS, MAX_NEAR_WORDS, MAX_SKIPPED};
use super::{
    Dates, Expected, FigureCondition, Found, Limit, Node, NodeKind, ParseError, PatternPiece,
    QueryField, Term, Text, ValueField, Within, date_words, lex,
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
            if operand.is_any() {
                return Some(Ok(NodeKind::Stated(field)));
            }
            operand.value().and_then(|value| {
                if field.is_label() && is_none_value(&value) {
                    let any = Node { kind: NodeKind::Stated(field), span: token.span.clone() };
                    return Ok(NodeKind::Not(Box::new(any)));
                }
                match Relation::split(&value).filter(|_| field == ValueField::Indicator) {
                    Some((name, comparison, amount)) => operand.figure(name, comparison, amount),
                    None => Ok(NodeKind::Value(field, value)),
                }
            })
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

    /// Whether it is a `*` alone.
    fn is_any(&self) -> bool {
        matches!(self, Self::Plain([Letter { c: '*', plain: true, .. }], _))
    }

    /// The value that a field of the record is compared with.
    fn value(&self) -> Result<String, ParseError> {
        match self {
            Self::Plain(letters, _) => match letters.iter().find(|letter| is_wildcard(letter)) {
                None => Ok(letters.iter().map(|letter| letter.c).collect()),
                // Both wildcards are one byte long.
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

    fn figure(&self, name: &str, of: Relation, amount: &str) -> Result<NodeKind, ParseError> {
        let (name, amount) = (name.trim(), amount.trim());
        if name.is_empty() || Amount::parse(amount).is_none() {
            let found =
                if amount.is_empty() { Found::Nothing } else { Found::Text(amount.to_owned()) };
            return Err(self.error(found, Expected::Amount));
        }
        let (name, amount) = (name.to_owned(), amount.to_owned());
        Ok(NodeKind::Figure(FigureCondition { name, comparison: of, amount }))
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

/// Whether a letter can be a wildcard. The full-width ？ and ＊ are text: headlines end with one.
fn is_wildcard(letter: &Letter) -> bool {
    letter.plain && matches!(letter.c, '*' | '?')
}

/// The term of a word that ends at `end`, a byte offset in the query string.
///
/// Before the first and after the last fixed character a `*` has no effect, since every search
/// matches inside words, and a `?` is text, since headlines end with it.
fn pattern(letters: &[Letter], end: usize) -> Result<Term, ParseError> {
    let outer = |letters: &[Letter]| -> String {
        letters.iter().map(|letter| letter.c).filter(|&c| c != '*').collect()
    };
    let is_fixed = |letter: &Letter| !is_wildcard(letter);
    let (Some(first), Some(last)) =
        (letters.iter().position(is_fixed), letters.iter().rposition(is_fixed))
    else {
        let text = outer(letters);
        if text.is_empty() {
            let start = letters.first().map_or(end, |letter| letter.at);
            return Err(ParseError::new(
                start..end,
                Found::OnlyStars,
                Expected::TextBesideWildcard,
            ));
        }
        return Ok(Term::Words(text));
    };
    let (before, behind) = (outer(&letters[..first]), outer(&letters[last + 1..]));
    let inner = &letters[first..=last];
    let mut pieces = Vec::new();
    let mut at = 0;
    for run in inner.chunk_by(|a, b| is_wildcard(a) == is_wildcard(b)) {
        let begin = run.first().map_or(end, |letter| letter.at);
        at += run.len();
        let span = begin..letters.get(first + at).map_or(end, |letter| letter.at);
        let piece = if run.iter().all(is_fixed) {
            PatternPiece::Text(run.iter().map(|letter| letter.c).collect())
        } else {
            let marks = run.iter().filter(|letter| letter.c == '?').count();
            gap(marks as u32, marks < run.len(), &span)?
        };
        if pieces.len() / 2 == MAX_GAPS && matches!(piece, PatternPiece::Gap { .. }) {
            return Err(ParseError::new(span, Found::OneMore, Expected::AtMost(Limit::Gaps)));
        }
        pieces.push((piece, span));
    }
    if let Some((PatternPiece::Text(text), _)) = pieces.first_mut() {
        text.insert_str(0, &before);
    }
    if let Some((PatternPiece::Text(text), _)) = pieces.last_mut() {
        text.push_str(&behind);
    }
    if let [(PatternPiece::Text(text), _)] = pieces.as_mut_slice() {
        return Ok(Term::Words(std::mem::take(text)));
    }
    for (piece, span) in &pieces {
        if let PatternPiece::Text(text) = piece
            && text.chars().nth(1).is_none()
        {
            return Err(ParseError::new(
                span.clone(),
                Found::Text(text.clone()),
                Expected::TextBesideWildcard,
            ));
        }
    }
    Ok(Term::Pattern(pieces.into_iter().map(|(piece, _)| piece).collect()))
}

/// The gap for this many `?` in a row, perhaps with a `*` among them.
fn gap(marks: u32, has_star: bool, span: &Span) -> Result<PatternPiece, ParseError> {
    if marks > MAX_SKIPPED {
        return Err(ParseError::new(span.clone(), Found::More, Expected::AtMost(Limit::Skipped)));
    }
    let max = if has_star { marks + MAX_SKIPPED } else { marks };
    Ok(PatternPiece::Gap { min: marks, max })
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

    fn term(text: &str) -> Term {
        parse(text).unwrap().texts()[0].1.term.clone()
    }

    fn expected_instead(text: &str) -> (&str, Expected) {
        let error = parse(text).unwrap_err();
        (&text[error.span], error.expected)
    }

    fn text(text: &str) -> PatternPiece {
        PatternPiece::Text(text.into())
    }

    #[test]
    fn a_star_is_up_to_twenty_characters_and_a_question_mark_is_one() {
        let gap = |min, max| PatternPiece::Gap { min, max };
        assert_eq!(term("新开*92号"), Term::Pattern(vec![text("新开"), gap(0, 20), text("92号")]));
        assert_eq!(
            term("郑州??新区*发展"),
            Term::Pattern(vec![text("郑州"), gap(2, 2), text("新区"), gap(0, 20), text("发展")])
        );
        assert_eq!(term("郑州*?新区"), Term::Pattern(vec![text("郑州"), gap(1, 21), text("新区")]));
    }

    #[test]
    fn at_the_ends_of_a_word_a_star_says_nothing_and_a_question_mark_is_text() {
        let words = |text: &str| Term::Words(text.into());
        assert_eq!(term("*ST公司*"), words("ST公司"));
        assert_eq!(term("为什么?"), words("为什么?"));
        assert_eq!(term("为什么？怎么办？"), words("为什么？怎么办？"));
        assert_eq!(term("?*"), words("?"));
        assert_eq!(term(r"5\*8"), words("5*8"));
        let pattern = Term::Pattern(vec![
            text("为什么"),
            PatternPiece::Gap { min: 1, max: 1 },
            text("怎么办?"),
        ]);
        assert_eq!(term("为什么?怎么办?"), pattern);
    }

    #[test]
    fn what_would_match_too_much_is_refused_at_its_place() {
        assert_eq!(expected_instead("甲 5*8号 乙"), ("5", Expected::TextBesideWildcard));
        assert_eq!(expected_instead("新开*号*"), ("号", Expected::TextBesideWildcard));
        assert_eq!(expected_instead("**"), ("**", Expected::TextBesideWildcard));
        let wide = format!("甲乙{}丙丁", "?".repeat(21));
        assert_eq!(
            expected_instead(&wide),
            ("?".repeat(21).as_str(), Expected::AtMost(Limit::Skipped))
        );
        let long = ["甲乙"; 10].join("*");
        assert_eq!(expected_instead(&long), ("*", Expected::AtMost(Limit::Gaps)));
        assert!(parse(&["甲乙"; 9].join("*")).is_ok());
    }
}
