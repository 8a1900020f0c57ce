//! Looks up texts: tokenises unquoted parts into words, and says which articles contain a folded text
//! exactly.

use super::condition::Condition;
use crate::index::TermField;
use crate::model::Span;
use crate::query::{PatternPiece, Term, Within};
use crate::search::position_rule::PositionRule;
use crate::text::{MIN_MATCH_CHARS, Segmenter, look_alikes, search_form, search_forms};

/// Function words of one character, which are dropped between words: 在建的重点工程 looks for 在建,
/// 重点 and 工程.
const JOINING: [char; 11] = ['的', '了', '和', '与', '及', '在', '是', '把', '被', '等', '之'];

/// A text as the text fields index it.
pub(crate) fn folded(text: &str) -> String {
    search_form(text).text
}

/// The different folded words of a part, in the order in which they first stand there. Where the
/// dictionary lacks a word (a name, a new word), segmentation yields single characters; adjacent ones
/// are joined again. A part without any letter, digit or ideograph is kept as it is.
pub(crate) fn tokenise(segmenter: &Segmenter, part: &str) -> Vec<String> {
    let folded = folded(part);
    let single =
        |span: &Span| folded.get(span.clone()).is_some_and(|word| word.chars().nth(1).is_none());
    let joining = |span: &Span| {
        let word = folded.get(span.clone()).unwrap_or_default();
        JOINING.iter().any(|joining| word.chars().eq([*joining]))
    };
    let spans = segmenter.segment(&folded);
    // Only between two words of which at least one has several characters: 水与火 stays whole.
    let is_joint = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| spans.get(before));
        let (Some(before), Some(span), Some(after)) = (before, spans.get(at), spans.get(at + 1))
        else {
            return false;
        };
        let touches = before.end == span.start && span.end == after.start;
        touches && joining(span) && !(single(before) && single(after))
    };
    let mut words: Vec<(Span, bool)> = Vec::new();
    for (at, span) in spans.iter().cloned().enumerate() {
        if is_joint(at) {
            continue;
        }
        let is_single = single(&span);
        if let Some((last, is_run)) = words.last_mut()
            && is_one_number(&folded, last, &span)
        {
            (last.end, *is_run) = (span.end, false);
            continue;
        }
        match words.last_mut() {
            Some((last, true)) if is_single && last.end == span.start => last.end = span.end,
            _ => words.push((span, is_single)),
        }
    }
    let mut found: Vec<String> = Vec::new();
    for (span, _) in words {
        if let Some(word) = folded.get(span)
            && !found.iter().any(|known| known == word)
        {
            found.push(word.to_owned());
        }
    }
    if found.is_empty() && !folded.is_empty() {
        found.push(folded);
    }
    found
}

/// Whether two words with a mark between them are one number, date or name: 3.14, 1,234,
/// 2023-02-10, 5G-A.
fn is_one_number(folded: &str, one: &Span, next: &Span) -> bool {
    let run = |span: &Span| {
        let word = folded.get(span.clone()).unwrap_or_default();
        word.starts_with(|c: char| c.is_ascii_alphanumeric())
            && word.ends_with(|c: char| c.is_ascii_alphanumeric())
    };
    let between = folded.get(one.end..next.start).unwrap_or_default();
    matches!(between, "." | "," | "-" | ":" | "/" | "_") && run(one) && run(next)
}

/// Whether a word consists of ASCII letters and digits, so that it must match as a whole word.
pub(crate) fn is_alphanumeric(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The words of two or more characters; all words if there are none.
pub(crate) fn long_words(mut words: Vec<String>) -> Vec<String> {
    let is_long = |word: &String| word.chars().nth(1).is_some();
    if words.iter().any(is_long) {
        words.retain(is_long);
    }
    words
}

/// The distinct bigrams of a text, without those that contain a blank or a mark.
pub(crate) fn bigrams(folded: &str) -> Vec<String> {
    let mut pairs = Vec::new();
    for (one, next) in folded.chars().zip(folded.chars().skip(1)) {
        if one.is_alphanumeric() && next.is_alphanumeric() {
            let pair = String::from_iter([one, next]);
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// Finds exact texts by the fields that have them.
#[derive(Clone, Copy)]
pub(crate) struct Literals<'a> {
    pub(crate) segmenter: &'a Segmenter,
}

impl Literals<'_> {
    /// Articles that contain a folded text in a part.
    pub(crate) fn containing(self, folded: &str, part: Within) -> Condition {
        let term = |field| Condition::term(field, folded);
        let length = folded.chars().count();
        match part {
            _ if length == 0 => Condition::NONE,
            Within::Anywhere if length == 1 => term(TermField::Characters),
            // The word field has every occurrence of every dictionary word.
            Within::Anywhere if length >= MIN_MATCH_CHARS && self.segmenter.has_word(folded) => {
                term(TermField::Words)
            }
            Within::Anywhere if length == 2 => term(TermField::Bigrams),
            Within::Headline if length == 2 => term(TermField::HeadlineBigrams),
            // Every character of the text begins a bigram.
            Within::Headline if length == 1 => {
                Condition::Beginning(TermField::HeadlineBigrams, folded.to_owned())
            }
            within => Condition::Text {
                within,
                pieces: vec![folded.to_owned()],
                rule: PositionRule::Adjacent,
            },
        }
    }

    /// Articles that contain a term as typed in a part; words count as one text.
    pub(crate) fn articles(self, sought: &Term, within: Within) -> Condition {
        match sought {
            Term::Words(text) => self.containing(&folded(text), within),
            Term::Literal(text) => {
                let forms = search_forms(text).into_iter();
                Condition::Any(forms.map(|form| self.containing(&form, within)).collect())
            }
            Term::Similar(text) => {
                let texts = look_alikes(&folded(text)).into_iter();
                Condition::Any(texts.map(|text| self.containing(&text, within)).collect())
            }
            Term::Near { words, gap } => {
                let pieces = words.iter().map(|word| folded(word)).collect();
                Condition::Text { within, pieces, rule: PositionRule::Near { gap: *gap } }
            }
            Term::Pattern(pieces) => {
                let rule = PositionRule::Ordered { gaps: gaps(pieces) };
                Condition::Text { within, pieces: fixed(pieces).map(folded).collect(), rule }
            }
        }
    }
}

/// The bigram that a folded word begins with; `None` for a single character.
pub(crate) fn beginning(folded: &str) -> Option<&str> {
    let (end, last) = folded.char_indices().nth(1)?;
    folded.get(..end + last.len_utf8())
}

/// The texts of a pattern.
pub(crate) fn fixed(pieces: &[PatternPiece]) -> impl Iterator<Item = &str> {
    pieces.iter().filter_map(|piece| match piece {
        PatternPiece::Text(text) => Some(text.as_str()),
        PatternPiece::Gap { .. } => None,
    })
}

/// The gaps of a pattern: the least and the most characters between its texts.
pub(crate) fn gaps(pieces: &[PatternPiece]) -> Vec<(u32, u32)> {
    let gaps = pieces.iter().filter_map(|piece| match piece {
        PatternPiece::Text(_) => None,
        PatternPiece::Gap { min, max } => Some((*min, *max)),
    });
    gaps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: &str, expected: &[&str]) {
        assert_eq!(tokenise(&Segmenter::new(), part), expected, "{part}");
    }

    #[test]
    fn a_part_is_looked_up_by_its_words_without_what_joins_them() {
        check("在建工程", &["在建", "工程"]);
        check("在建的重點工程", &["在建", "重点", "工程"]);
        check("的", &["的"]);
    }

    #[test]
    fn what_the_dictionary_lacks_is_taken_as_it_stands() {
        check("氢能", &["氢能"]);
        check("王恩俊", &["王恩俊"]);
        check("杨之明", &["杨之明"]);
        check("水与火", &["水与火"]);
        check("登封氢能产业", &["登封", "氢能", "产业"]);
    }

    #[test]
    fn letters_digits_and_marks() {
        check("5G基站", &["5g", "基站"]);
        check("3.14和1,234.5元", &["3.14", "1,234.5", "元"]);
        check("2023-02-10的5G-A", &["2023-02-10", "5g-a"]);
        check("。。", &["。。"]);
        check("新开〔2022〕92号", &["新开", "2022", "92", "号"]);
        assert!(is_alphanumeric("p708") && !is_alphanumeric("a") && !is_alphanumeric("5g基"));
    }

    #[test]
    fn pairs_are_given_once_and_never_with_a_mark() {
        assert_eq!(bigrams("氢能,氢能源"), ["氢能", "能源"]);
        assert!(bigrams("氢").is_empty());
    }
}
