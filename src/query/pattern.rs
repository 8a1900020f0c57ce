//! Wildcards in a word: texts with gaps between them.

use super::lex::Letter;
use super::limits::{MAX_GAPS, MAX_SKIPPED};
use super::{Expected, Found, Limit, ParseError, PatternPiece, Term};
use crate::model::Span;

/// Whether a letter can be a wildcard. The full-width ？ and ＊ are text: headlines end with one.
pub(super) fn is_wildcard(letter: &Letter) -> bool {
    letter.plain && matches!(letter.c, '*' | '?')
}

/// What the letters of a word, which ends at `end` (bytes of the query string), look for.
///
/// Before the first and behind the last fixed character a `*` says nothing, since every search
/// finds inside words; a `?` there is text, as headlines end with it.
pub(super) fn pattern(letters: &[Letter], end: usize) -> Result<Term, ParseError> {
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

/// A gap of so many `?` in a row, with a `*` among them or not.
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

    fn term(text: &str) -> Term {
        parse(text).unwrap().texts()[0].1.term.clone()
    }

    fn refused(text: &str) -> (&str, Expected) {
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
        assert_eq!(refused("甲 5*8号 乙"), ("5", Expected::TextBesideWildcard));
        assert_eq!(refused("新开*号*"), ("号", Expected::TextBesideWildcard));
        assert_eq!(refused("**"), ("**", Expected::TextBesideWildcard));
        let wide = format!("甲乙{}丙丁", "?".repeat(21));
        assert_eq!(refused(&wide), ("?".repeat(21).as_str(), Expected::AtMost(Limit::Skipped)));
        let long = ["甲乙"; 10].join("*");
        assert_eq!(refused(&long), ("*", Expected::AtMost(Limit::Gaps)));
        assert!(parse(&["甲乙"; 9].join("*")).is_ok());
    }
}
