//! Splits texts into sentences, and sentences into the folded pieces that are compared: numbers and
//! Latin words as a whole, every other character by itself.

use unicode_width::UnicodeWidthChar;

use crate::text::fold_char;

/// Folded marks that end a sentence.
const ENDS: &str = "。!?;";
/// Folded closing marks, which belong to the sentence that has just ended.
const CLOSING: &str = ")]}》〉】";
/// Folded quotation marks, which do not tell opening from closing.
const QUOTES: [char; 2] = ['"', '\''];
/// Quotation marks as printed that only close. One may stand in another paragraph than its opening one.
const CLOSING_QUOTES: [char; 4] = ['”', '’', '」', '』'];

/// A sentence to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence<'a> {
    /// As printed, without blanks around it.
    pub text: &'a str,
    /// Folded, without blanks: equal for sentences that differ only in script, width and blanks.
    pub key: String,
}

/// A unit of comparison inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DiffToken<'a> {
    /// As printed, with the blanks after it.
    pub text: &'a str,
    /// Folded, without blanks; never empty.
    pub key: String,
}

impl<'a> Sentence<'a> {
    /// The text as one sentence; `None` if it is blank.
    pub(crate) fn new(text: &'a str) -> Option<Self> {
        let text = text.trim_matches(is_blank);
        (!text.is_empty()).then(|| Self { text, key: key(text) })
    }

    /// The number of characters, without blanks.
    pub(crate) fn length(&self) -> usize {
        self.key.chars().count()
    }

    /// The pieces to compare; joined, they are the sentence.
    pub(crate) fn tokens(&self) -> Vec<DiffToken<'a>> {
        let mut tokens = Vec::new();
        let mut start = 0;
        let mut before: Option<char> = None;
        for (at, c) in self.text.char_indices() {
            let joined = before.is_none_or(|before| {
                is_blank(c) || c.width() == Some(0) || is_latin(before) && is_latin(c)
            });
            if !joined {
                tokens.push(DiffToken::new(&self.text[start..at]));
                start = at;
            }
            before = Some(fold_char(c));
        }
        if start < self.text.len() {
            tokens.push(DiffToken::new(&self.text[start..]));
        }
        tokens
    }
}

impl<'a> DiffToken<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, key: key(text) }
    }
}

/// Splits a text after 。！？； (and closing marks that follow) and at the ends of paragraphs.
/// Texts that differ only in script, width and blanks are split alike.
pub(crate) fn sentences(text: &str) -> Vec<Sentence<'_>> {
    text.split('\n').flat_map(of_paragraph).collect()
}

fn of_paragraph(paragraph: &str) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ended = false;
    // The number of quotation marks of each kind so far: an odd one opens, an even one closes.
    let mut quotes = [0u32; QUOTES.len()];
    for (at, printed) in paragraph.char_indices() {
        let c = fold_char(printed);
        let quote = QUOTES.iter().position(|&mark| mark == c);
        let closes =
            CLOSING_QUOTES.contains(&printed) || quote.is_some_and(|sort| quotes[sort] % 2 == 1);
        if ended && !(is_blank(c) || closes || ENDS.contains(c) || CLOSING.contains(c)) {
            found.extend(Sentence::new(&paragraph[start..at]));
            (start, ended) = (at, false);
        }
        ended |= ENDS.contains(c);
        if let Some(sort) = quote {
            quotes[sort] += 1;
        }
    }
    found.extend(Sentence::new(&paragraph[start..]));
    found
}

fn key(text: &str) -> String {
    text.chars().map(fold_char).filter(|&c| !is_blank(c)).collect()
}

/// Whether a character is a blank or folds to one.
fn is_blank(c: char) -> bool {
    fold_char(c) == ' '
}

/// Whether a folded character is part of numbers and Latin words.
fn is_latin(c: char) -> bool {
    let c = fold_char(c);
    c.is_ascii_alphanumeric() || c == '.' || c == '%'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|sentence| sentence.text).collect()
    }

    #[test]
    fn sentences_end_behind_their_marks_and_at_the_ends_of_paragraphs() {
        assert_eq!(
            texts("　　河水涨了。桥还在！\n渡口；重开了吗？！ 是\n\n"),
            ["河水涨了。", "桥还在！", "渡口；", "重开了吗？！", "是"]
        );
    }

    #[test]
    fn closing_marks_stay_with_the_sentence() {
        assert_eq!(texts("他说：“好。”大家笑了。"), ["他说：“好。”", "大家笑了。"]);
        assert_eq!(texts("他说：\"好。\"大家笑了。"), ["他说：\"好。\"", "大家笑了。"]);
        assert_eq!(texts("天晴了。“走吧。”（完。）"), ["天晴了。", "“走吧。”", "（完。）"]);
        assert_eq!(texts("“天晴了。\n走吧。”\n走了。"), ["“天晴了。", "走吧。”", "走了。"]);
    }

    #[test]
    fn numbers_and_latin_words_are_one_piece() {
        let sentence = Sentence::new("产值12.5% 用5G，").expect("not blank");
        let tokens = sentence.tokens();
        let tokens: Vec<&str> = tokens.iter().map(|token| token.text).collect();
        assert_eq!(tokens, ["产", "值", "12.5% ", "用", "5G", "，"]);
    }

    #[test]
    fn a_mark_that_is_set_on_a_character_stays_on_it() {
        let sentence = Sentence::new("e\u{301}好").expect("not blank");
        assert_eq!(sentence.tokens().len(), 2);
    }
}
