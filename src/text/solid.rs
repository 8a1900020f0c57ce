//! Finding words of one text in another that has the same characters with other blanks and line ends.

use crate::model::Span;

/// Characters before and behind words by which they are found.
const CONTEXT: usize = 8;

/// Words of a text without their blanks, with what stands around them.
#[derive(Debug, Clone)]
pub struct WordsInContext {
    words: String,
    before: String,
    behind: String,
}

impl WordsInContext {
    /// The words at this place of a text; `None` if there are none.
    #[must_use]
    pub fn of(text: &str, span: &Span) -> Option<Self> {
        let solid = |part: &str| part.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let words = solid(text.get(span.clone())?);
        let near = text[..span.start].chars().rev().filter(|c| !c.is_whitespace());
        let before: Vec<char> = near.take(CONTEXT).collect();
        let behind = text[span.end..].chars().filter(|c| !c.is_whitespace()).take(CONTEXT);
        let context =
            Self { words, before: before.into_iter().rev().collect(), behind: behind.collect() };
        (!context.words.is_empty()).then_some(context)
    }

    /// Where they stand in a text without blanks: with what is around them, from a place on, or anywhere; with
    /// what is on one side, from there on. By themselves they could be any other place with the same words.
    #[must_use]
    pub fn find(&self, text: &str, from: usize) -> Option<Span> {
        let Self { words, before, behind } = self;
        let mut first = from.saturating_sub(before.len()).min(text.len());
        while !text.is_char_boundary(first) {
            first += 1;
        }
        let find = |before: &str, behind: &str, first: usize| {
            let at = text[first..].find(&format!("{before}{words}{behind}"))?;
            let start = first + at + before.len();
            Some(start..start + words.len())
        };
        find(before, behind, first)
            .or_else(|| find(before, behind, 0))
            .or_else(|| (!before.is_empty()).then(|| find(before, "", first))?)
            .or_else(|| (!behind.is_empty()).then(|| find("", behind, first))?)
    }
}

/// A text without its blanks, and where its characters stand in the whole one.
#[derive(Debug, Clone, Default)]
pub struct SolidText {
    text: String,
    /// Where each piece between blanks begins, here and in the whole text.
    pieces: Vec<(usize, usize)>,
}

impl SolidText {
    /// Of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut solid = Self::default();
        let mut is_apart = true;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                is_apart = true;
                continue;
            }
            if std::mem::take(&mut is_apart) {
                solid.pieces.push((solid.text.len(), at));
            }
            solid.text.push(c);
        }
        solid
    }

    /// The text without blanks.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where characters of it, at least one, stand in the whole text.
    #[must_use]
    pub fn whole(&self, span: &Span) -> Span {
        // The end belongs to the piece of the character before it.
        let of = |at: usize, piece: usize| {
            let (here, there) = self.pieces.get(piece).copied().unwrap_or_default();
            there + (at - here)
        };
        let start = self.pieces.partition_point(|piece| piece.0 <= span.start).saturating_sub(1);
        let end = self.pieces.partition_point(|piece| piece.0 < span.end).saturating_sub(1);
        of(span.start, start)..of(span.end, end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_found_by_what_stands_around_them() {
        let lines = "老桥今天\n通车，老 桥长80米。";
        let at = |words: &str, nth: usize| {
            let start = lines.match_indices(words).nth(nth).expect("there").0;
            WordsInContext::of(lines, &(start..start + words.len())).expect("words")
        };
        let body = SolidText::of("老桥今天通车，老桥长 80米。");
        let found = |words: &WordsInContext, from| {
            words.find(body.text(), from).map(|span| body.whole(&span))
        };
        assert_eq!(found(&at("老桥", 0), 0), Some(0..6));
        assert_eq!(found(&at("老 桥", 0), 0), Some(21..27));
        assert_eq!(found(&at("长80", 0), 20), Some(27..33), "the blank within is part of it");
        // What is around it was corrected on one side, or on both.
        let other = SolidText::of("明日通车，老桥长80米。");
        assert_eq!(at("通车", 0).find(other.text(), 0), Some(6..12));
        let other = SolidText::of("明日通车，新桥宽80米。");
        assert_eq!(at("通车", 0).find(other.text(), 0), None);
        assert!(WordsInContext::of(lines, &(12..13)).is_none(), "a line end is no word");
    }

    proptest! {
        #[test]
        fn a_place_without_blanks_is_that_of_the_same_characters(text in "[甲乙a \n\u{3000}]{1,20}") {
            let solid = SolidText::of(&text);
            for (start, c) in solid.text().char_indices() {
                let whole = solid.whole(&(start..start + c.len_utf8()));
                let found = text.get(whole).unwrap_or_default();
                prop_assert_eq!(found, c.to_string());
            }
        }
    }
}
