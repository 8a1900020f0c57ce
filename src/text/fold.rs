//! Folding: every character maps to exactly one character, so that spans of the folded text can be
//! mapped back to the shown text exactly.
//!
//! The following fold to one form: full and half width, upper and lower case, traditional and
//! simplified script, variant and compatibility characters, quotation marks, the bracket styles of
//! 文号 (〔［ and 〕］), dashes, and blanks of every sort. The mapping is the table `fold.tsv`,
//! which states its sources. NFKC would not do, because it changes lengths (㈠ becomes three
//! characters).

use std::sync::LazyLock;

use crate::model::Span;

/// To be raised when the rules in this file change; the table is hashed separately.
const FOLD_VERSION: u32 = 1;

/// A hash that changes whenever a character could fold differently.
pub(super) fn fingerprint() -> u64 {
    super::fingerprint_of(&[&FOLD_VERSION.to_le_bytes(), ROWS.as_bytes()])
}

/// The folded form of a character: half width, simplified, lower case; any blank or control
/// character is `' '`. `fold_char(fold_char(c)) == fold_char(c)`.
#[must_use]
pub fn fold_char(c: char) -> char {
    TABLE.get(c)
}

/// [`fold_char`] for every character of a text, at the cost of one look for the table.
pub(super) fn folding() -> impl Fn(char) -> char {
    let table = &*TABLE;
    move |c| table.get(c)
}

/// A folded text with the mapping back to its original.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text: as many characters as the original.
    pub text: String,
    /// Where the byte offsets of the two texts diverge: from this offset in the folded text on, the
    /// original offset is larger by this much.
    shifts: Vec<(usize, isize)>,
}

impl Folded {
    /// The bytes of the original text that a span of the folded text came from.
    #[must_use]
    pub fn origin(&self, span: Span) -> Span {
        self.origin_of(span.start)..self.origin_of(span.end)
    }

    fn origin_of(&self, offset: usize) -> usize {
        let after = self.shifts.partition_point(|&(from, _)| from <= offset);
        let last = after.checked_sub(1).and_then(|last| self.shifts.get(last));
        offset.saturating_add_signed(last.map_or(0, |&(_, shift)| shift))
    }
}

/// Folds a text and keeps the mapping back.
#[must_use]
pub fn fold(original: &str) -> Folded {
    let table = &*TABLE;
    let mut text = String::with_capacity(original.len());
    let mut shifts = Vec::new();
    let mut shift = 0isize;
    let mut copied = 0;
    for (at, c) in original.char_indices() {
        let to = table.get(c);
        if to == c {
            continue;
        }
        text.push_str(&original[copied..at]);
        text.push(to);
        copied = at + c.len_utf8();
        if c.len_utf8() != to.len_utf8() {
            shift += c.len_utf8().cast_signed() - to.len_utf8().cast_signed();
            shifts.push((text.len(), shift));
        }
    }
    text.push_str(&original[copied..]);
    Folded { text, shifts }
}

/// In each line a form, a tab, and the characters that fold to it; lines that begin with `#` are
/// comments.
const ROWS: &str = include_str!("fold.tsv");

static TABLE: LazyLock<FoldTable> = LazyLock::new(FoldTable::new);

/// Maps every character to its form.
struct FoldTable {
    /// The forms of the basic plane's characters by code point; [`ELSEWHERE`] where the form lies
    /// outside of it.
    basic: Box<[u16]>,
    /// All other mappings, sorted by character.
    beyond: Vec<(char, char)>,
}

/// Marks a form that is found in `beyond`: a surrogate, which no character has as its code point.
const ELSEWHERE: u16 = 0xd800;

impl FoldTable {
    fn new() -> Self {
        let mut table =
            Self { basic: (0..=u16::MAX).collect(), beyond: Vec::with_capacity(ROWS.len() / 8) };
        let rules = (0..=u16::MAX).filter_map(|code| char::from_u32(u32::from(code)));
        for c in rules.filter(|&c| has_rule(c)) {
            table.set(c, by_rule(c));
        }
        for row in ROWS.lines().filter(|row| !row.starts_with('#')) {
            let Some((form, others)) = row.split_once('\t') else { continue };
            for form in form.chars() {
                others.chars().for_each(|other| table.set(other, form));
            }
        }
        table.beyond.sort_unstable();
        table
    }

    fn set(&mut self, from: char, to: char) {
        let place = u16::try_from(u32::from(from)).ok();
        match (
            place.and_then(|at| self.basic.get_mut(usize::from(at))),
            u16::try_from(u32::from(to)),
        ) {
            (Some(cell), Ok(code)) => *cell = code,
            (Some(cell), Err(_)) => {
                *cell = ELSEWHERE;
                self.beyond.push((from, to));
            }
            (None, _) => self.beyond.push((from, to)),
        }
    }

    fn get(&self, c: char) -> char {
        match self.basic.get(c as usize) {
            Some(&code) if u32::from(code) == u32::from(c) => c,
            Some(&code) if code != ELSEWHERE => char::from_u32(u32::from(code)).unwrap_or(c),
            _ => self.get_beyond(c),
        }
    }

    #[cold]
    fn get_beyond(&self, c: char) -> char {
        match self.beyond.binary_search_by_key(&c, |&(from, _)| from) {
            Ok(found) => self.beyond.get(found).map_or(c, |&(_, to)| to),
            Err(_) => by_rule(c),
        }
    }
}

/// Whether [`by_rule`] can change a character of the basic plane. Skipping ideographs and Hangul
/// builds the table in a third of the time.
fn has_rule(c: char) -> bool {
    !matches!(c, '\u{3400}'..='\u{a63f}' | '\u{ac00}'..='\u{faff}')
}

/// Width, case and blanks.
fn by_rule(c: char) -> char {
    match c {
        // The full-width forms have the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => by_rule(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        '`' => '\'',
        // Zero-width blanks.
        '\u{180e}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => ' ',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        fold(text).text
    }

    #[test]
    fn traditional_text_becomes_the_simplified_text_that_the_dictionary_knows() {
        assert_eq!(folded("國務院關於發展氫能產業"), "国务院关于发展氢能产业");
        assert_eq!(folded("臺灣、台灣、檯面、颱風"), "台湾、台湾、台面、台风");
        assert_eq!(folded("衞生、爲民、羣衆、這裏"), "卫生、为民、群众、这里");
    }

    #[test]
    fn characters_that_are_good_simplified_script_stay() {
        for text in ["乾隆", "覆盖", "著名", "沈阳", "像样", "慰藉", "哪吒", "皇后", "么"]
        {
            assert_eq!(folded(text), text);
        }
    }

    #[test]
    fn width_case_and_blanks_are_one() {
        assert_eq!(folded("ＰＣＴ Pct　ｐ７０８\t５Ｇ"), "pct pct p708 5g");
        assert_eq!(folded("（一），；：？！％"), "(一),;:?!%");
        assert_eq!(folded("a\u{200b}b\0c\nd"), "a b c d");
    }

    #[test]
    fn brackets_of_a_document_number_and_quotation_marks_are_one() {
        let forms = ["甲发〔2022〕9号", "甲发［2022］9号", "甲发[2022]9号", "甲發﹝２０２２﹞９號"];
        for form in forms {
            assert_eq!(folded(form), "甲发[2022]9号");
        }
        assert_eq!(folded("“三”「三」『三』＂三＂"), "\"三\"\"三\"\"三\"\"三\"");
        assert_eq!(folded("【甲】《乙》"), "【甲】《乙》");
    }

    #[test]
    fn the_way_back_leads_to_the_same_characters() {
        let original = "Ａ，國𠌥Ⱥ（乙）";
        let folded = fold(original);
        let letters = folded.text.char_indices().zip(original.char_indices());
        for ((at, to), (from_at, from)) in letters {
            let span = folded.origin(at..at + to.len_utf8());
            assert_eq!(span, from_at..from_at + from.len_utf8());
        }
    }

    #[test]
    fn folding_any_character_twice_changes_nothing_more() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let once = fold_char(c);
            assert_eq!(fold_char(once), once, "{c} ({:x})", c as u32);
        }
    }

    #[test]
    fn the_table_names_each_character_once() {
        let mut seen = std::collections::HashSet::new();
        for row in ROWS.lines().filter(|row| !row.starts_with('#')) {
            let (form, others) = row.split_once('\t').expect("a tab");
            assert_eq!(form.chars().count(), 1, "{row}");
            assert!(!others.is_empty(), "{row}");
            for other in others.chars() {
                assert!(seen.insert(other), "{other} stands twice");
                assert_eq!(fold_char(other), form.chars().next().expect("a form"), "{row}");
            }
        }
        assert!(seen.len() > 5000);
    }

    proptest! {
        #[test]
        fn folding_keeps_the_number_of_characters_and_the_way_back(text in "\\PC*") {
            let folded = fold(&text);
            prop_assert_eq!(folded.text.chars().count(), text.chars().count());
            prop_assert_eq!(fold(&folded.text).text, folded.text.clone());
            let pairs = folded.text.char_indices().zip(text.char_indices());
            for ((at, to), (from_at, from)) in pairs {
                prop_assert_eq!(folded.origin(at..at + to.len_utf8()), from_at..from_at + from.len_utf8());
                prop_assert_eq!(to, fold_char(from));
            }
            prop_assert_eq!(folded.origin(0..folded.text.len()), 0..text.len());
        }
    }
}
