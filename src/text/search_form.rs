//! The form in which texts are searched: folded, and without the blanks that are no part of what is
//! written.
//!
//! Chinese is written without blanks. Those that stand there come from a headline of several lines,
//! from names that were padded to one width (王　伟), from indents, and from programs that read
//! pictures. Of a run of blanks there is left
//!
//! - nothing at the ends of a text, and beside what is no letter or digit: a mark parts as well;
//! - one blank between letters and digits of scripts that are written with blanks;
//! - else a line feed if a line ends there, which keeps paragraphs and the rows of a list apart;
//! - else nothing.
//!
//! This depends on the run and the characters on both sides of it alone. So the form of any piece of
//! a text is a piece of the text's form, and the form of a form is the same once more.

use super::fold;
use super::fold::folding;
use crate::model::Span;

/// To be raised when the rules in this file change.
const SEARCH_FORM_VERSION: u32 = 1;

/// A hash that changes whenever the form of a text could be another; an index with another
/// fingerprint cannot be searched.
#[must_use]
pub fn fingerprint() -> u64 {
    super::fingerprint_of(&[&SEARCH_FORM_VERSION.to_le_bytes(), &fold::fingerprint().to_le_bytes()])
}

/// The search form of a text, with the mapping back to the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchForm {
    /// Never with U+FFFF, which Unicode keeps free: U+FFFD stands for it.
    pub text: String,
    shifts: Vec<Shift>,
}

/// Where the byte offsets of the two texts diverge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shift {
    /// The offset in the form.
    at: usize,
    /// By how much the original offset is larger for a span that ends here.
    ending: isize,
    /// The same for one that begins here or later, and for one that ends later.
    beginning: isize,
}

impl SearchForm {
    /// The bytes of the original text that a span of the form came from: from the beginning of its
    /// first character to the end of its last, without the blanks around them.
    #[must_use]
    pub fn origin(&self, span: Span) -> Span {
        let shift_up_to = |offset: usize| {
            let after = self.shifts.partition_point(|shift| shift.at <= offset);
            after.checked_sub(1).and_then(|last| self.shifts.get(last))
        };
        let begins = shift_up_to(span.start).map_or(0, |shift| shift.beginning);
        let ends = shift_up_to(span.end)
            .map_or(0, |shift| if shift.at == span.end { shift.ending } else { shift.beginning });
        let start = span.start.saturating_add_signed(begins);
        start..span.end.saturating_add_signed(ends).max(start)
    }
}

/// Brings a text into its search form and keeps the mapping back.
#[must_use]
pub fn search_form(original: &str) -> SearchForm {
    let folded = folding();
    let mut form = SearchForm { text: String::with_capacity(original.len()), shifts: Vec::new() };
    let mut shift = 0_isize;
    let mut copied = 0;
    let mut run: Option<BlankRun> = None;
    for (at, c) in original.char_indices() {
        let to = match folded(c) {
            '\u{ffff}' => char::REPLACEMENT_CHARACTER,
            to => to,
        };
        if to == ' ' {
            let run = run.get_or_insert_with(|| {
                form.text.push_str(&original[copied..at]);
                BlankRun { start: at, ends_line: false }
            });
            run.ends_line |= ends_line(c);
            continue;
        }
        if let Some(BlankRun { start, ends_line }) = run.take() {
            let left = form.text.chars().next_back().and_then(|one| between(one, to, ends_line));
            form.text.extend(left);
            copied = at;
            let removed = (at - start).cast_signed() - isize::from(left.is_some());
            if removed > 0 {
                // Of a run that is gone, a span before it ends where it began.
                let ending = if left.is_some() { shift + removed } else { shift };
                shift += removed;
                form.shifts.push(Shift { at: form.text.len(), ending, beginning: shift });
            }
        }
        if to == c {
            continue;
        }
        form.text.push_str(&original[copied..at]);
        form.text.push(to);
        copied = at + c.len_utf8();
        if c.len_utf8() != to.len_utf8() {
            shift += c.len_utf8().cast_signed() - to.len_utf8().cast_signed();
            form.shifts.push(Shift { at: form.text.len(), ending: shift, beginning: shift });
        }
    }
    if run.is_none() {
        form.text.push_str(&original[copied..]);
    }
    form
}

/// Of the blanks in a typed text those that are read in both ways at most.
const MAX_LINE_ENDS: usize = 4;

/// The search forms of a typed text, its own first: a blank beside a Chinese character can also stand
/// for the end of a line, as in a search box (办公室 2020年 for 办公室 above 2020年). Of more than four,
/// only the first four can; so there are sixteen forms at most.
#[must_use]
pub fn search_forms(typed: &str) -> Vec<String> {
    let SearchForm { text, shifts } = search_form(typed);
    let is_between_letters = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        is_letter(before) && is_letter(text[*at..].chars().next())
    };
    let gone = shifts.iter().filter(|shift| shift.ending != shift.beginning).map(|shift| shift.at);
    let gone: Vec<usize> = gone.filter(is_between_letters).take(MAX_LINE_ENDS).collect();
    let with_line_ends = |ends: u32| {
        let mut form = text.clone();
        for (number, &at) in gone.iter().enumerate().rev() {
            if ends >> number & 1 == 1 {
                form.insert(at, '\n');
            }
        }
        form
    };
    (0..1 << gone.len()).map(with_line_ends).collect()
}

/// Blanks in a row.
struct BlankRun {
    /// Its first byte.
    start: usize,
    ends_line: bool,
}

/// What a run of blanks between two folded characters leaves.
fn between(one: char, next: char, ends_line: bool) -> Option<char> {
    if !one.is_alphanumeric() || !next.is_alphanumeric() {
        None
    } else if !is_written_solid(one) && !is_written_solid(next) {
        Some(' ')
    } else {
        ends_line.then_some('\n')
    }
}

/// Whether a letter is of a script that is written without blanks: ideographs, kana, bopomofo, and
/// numbers in circles and brackets.
fn is_written_solid(c: char) -> bool {
    matches!(c,
        '\u{2460}'..='\u{24ff}'
        | '\u{2e80}'..='\u{312f}'
        | '\u{3190}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{1b000}'..='\u{1b16f}'
        | '\u{1f100}'..='\u{1f2ff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a line ends with a character (the mandatory breaks of Unicode Standard Annex 14).
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_char;
    use proptest::prelude::*;

    fn form(text: &str) -> String {
        search_form(text).text
    }

    #[test]
    fn a_blank_beside_a_chinese_character_or_a_mark_is_nothing() {
        assert_eq!(form("三家豆腐坊合用一套污水 池"), "三家豆腐坊合用一套污水池");
        assert_eq!(form("王　伟 摄"), "王伟摄");
        assert_eq!(form("好坡道　，裝上\u{200b}護欄"), "好坡道,装上护栏");
        assert_eq!(form("　烂泥坡, 涨水　"), "烂泥坡,涨水");
        assert_eq!(form("AI 模型 2023 年 5 %"), "ai模型2023年5%");
        assert_eq!(form(" \u{3000}\n"), "");
    }

    #[test]
    fn a_blank_between_latin_letters_and_digits_is_one() {
        assert_eq!(form("Open  Source，v 2"), "open source,v 2");
        assert_eq!(form("open\nsource"), "open source");
        assert_eq!(form("12 345\t678"), "12 345 678");
    }

    #[test]
    fn a_line_end_keeps_letters_apart_and_marks_need_none() {
        assert_eq!(form("经济发展\n　　展望"), "经济发展\n展望");
        assert_eq!(form("经济发展。\n展望"), "经济发展。展望");
        assert_eq!(form("甲\r\nA"), "甲\na");
    }

    #[test]
    fn a_span_leads_back_to_its_characters_without_blanks_around_them() {
        let original = "一套污水 \u{3000}池、ＡＩ　 國𠌥 Ⱥ";
        let form = search_form(original);
        let origin = |part: &str| {
            let start = form.text.find(part).expect("a part");
            &original[form.origin(start..start + part.len())]
        };
        assert_eq!(origin("污水池"), "污水 \u{3000}池");
        assert_eq!(origin("污水"), "污水");
        assert_eq!(origin("池"), "池");
        assert_eq!(origin("ai"), "ＡＩ");
        assert_eq!(origin("i国"), "Ｉ　 國");
        assert_eq!(origin("ⱥ"), "Ⱥ");
        assert_eq!(form.origin(0..form.text.len()), 0..original.len());
        let inside = form.text.find('池').expect("a part");
        let empty = form.origin(inside..inside);
        assert!(empty.is_empty() && original.is_char_boundary(empty.start));
    }

    #[test]
    fn a_typed_blank_can_be_the_end_of_a_line() {
        assert_eq!(
            search_forms("办公室 2020年　七月"),
            [
                "办公室2020年七月",
                "办公室\n2020年七月",
                "办公室2020年\n七月",
                "办公室\n2020年\n七月",
            ]
        );
        for (typed, form) in [
            (" 甲。 乙 ", "甲。乙"),
            ("open source", "open source"),
            ("甲\n 乙", "甲\n乙"),
            ("", ""),
        ] {
            assert_eq!(search_forms(typed), [form]);
        }
        assert_eq!(search_forms("一 二 三 四 五 六 七").len(), 16);
    }

    #[test]
    fn the_noncharacter_that_indexes_use_is_never_left() {
        assert_eq!(form("\u{ffff}甲"), "\u{fffd}甲");
    }

    proptest! {
        #[test]
        fn the_form_of_a_piece_is_a_piece_of_the_form(
            text in "(\\PC|[ \u{3000}\n\r\t]|[一-龥a-z0-9，,。Ａ]{1,3}){0,20}",
            (from, to) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        ) {
            let bounds: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (from, to) = (*from.get(&bounds), *to.get(&bounds));
            let piece = &text[from.min(to)..from.max(to)];
            let whole = form(&text);
            prop_assert!(whole.contains(&form(piece)), "{:?} in {:?}", piece, text);
            prop_assert_eq!(form(&whole), whole.clone());
        }

        #[test]
        fn every_span_leads_back_to_a_text_of_the_same_form(
            text in "(\\PC|[ \u{3000}\n\t]|[一-龥a-z，,Ａ𠮷Ⱥ]{1,3}){0,20}",
            (from, to) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        ) {
            let form = search_form(&text);
            let bounds: Vec<usize> =
                form.text.char_indices().map(|(at, _)| at).chain([form.text.len()]).collect();
            let (from, to) = (*from.get(&bounds), *to.get(&bounds));
            let span = from.min(to)..from.max(to);
            let printed = text.get(form.origin(span.clone()));
            let printed = printed.expect("boundaries of characters");
            let wanted = &form.text[span];
            prop_assert_eq!(&search_form(printed).text, wanted.trim());
            if !wanted.starts_with(char::is_whitespace) {
                prop_assert!(!printed.starts_with(|c| fold_char(c) == ' '), "{:?}", printed);
            }
            if !wanted.ends_with(char::is_whitespace) {
                prop_assert!(!printed.ends_with(|c| fold_char(c) == ' '), "{:?}", printed);
            }
        }
    }
}
