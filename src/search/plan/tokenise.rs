//! Tokenises an unquoted part of a query: the words that an article must have.

use crate::index::index_char;
use crate::model::Span;
use crate::text::Segmenter;

/// Characters that join words and are none of what is looked for, where they stand alone between
/// words: 在建的重点工程 looks for 在建, 重点 and 工程.
const JOINING: [char; 11] = ['的', '了', '和', '与', '及', '在', '是', '把', '被', '等', '之'];

/// A text as the text fields index it: folded, character by character.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(index_char).collect()
}

/// The words of a part, folded, in order: those of the dictionary; what the dictionary lacks (a
/// name, a new word) falls into single characters, which are taken together as they stand. A part
/// without any letter, digit or ideograph is looked for as it stands.
pub(crate) fn tokenise(segmenter: &Segmenter, part: &str) -> Vec<String> {
    let folded = folded(part);
    let single =
        |span: &Span| folded.get(span.clone()).is_some_and(|word| word.chars().nth(1).is_none());
    let joining = |span: &Span| {
        let word = folded.get(span.clone()).unwrap_or_default();
        JOINING.iter().any(|joining| word.chars().eq([*joining]))
    };
    let spans = segmenter.segment(&folded);
    // Between two words, of which one at least is no single character: 水与火 is one thing.
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
    let mut found: Vec<String> =
        words.into_iter().filter_map(|(span, _)| Some(folded.get(span)?.to_owned())).collect();
    if found.is_empty() && !folded.is_empty() {
        found.push(folded);
    }
    found
}

/// Whether two words with one mark between them are one number, date or name: 3.14, 1,234,
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

/// Whether a word is letters and digits of the Latin script alone: such a word is meant whole.
pub(crate) fn is_alphanumeric(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The words of two and more characters; where there are none, all.
pub(crate) fn long_words(mut words: Vec<String>) -> Vec<String> {
    let is_long = |word: &String| word.chars().nth(1).is_some();
    if words.iter().any(is_long) {
        words.retain(is_long);
    }
    words
}

/// Every two neighbouring characters of a text of which neither is a blank or a mark, each once.
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
