//! Segmenting: words of a folded text, by the dictionary of jieba and the user's own words. They
//! are those that jieba-rs cuts, and tests hold that.
//!
//! Words that the dictionary lacks fall into single characters, on purpose: the statistical model
//! that would guess them (HMM) guesses differently in different sentences, and a guess that the
//! query does not share is an article that is not found.

use std::sync::{Arc, LazyLock, OnceLock};

use super::dictionary;
use super::lexicon::{Char, Lexicon};
use super::route;
use super::user_words;
use super::user_words::UserWord;
use crate::model::Span;

/// Cuts text into words. Cheap to make and to clone: the dictionary lies ready in the program, and
/// the user's own words are put in order when the first text is cut.
#[derive(Debug, Clone)]
pub struct Segmenter {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    lexicon: OnceLock<Lexicon>,
    user_words: Vec<UserWord>,
}

/// How words are cut: raised when the rules change. The words count by themselves.
const RULES: &str = "as jieba-rs 0.11.0 without its model; 1";

/// Places that are looked at together for the words that begin there.
const PLACES: usize = 1024;

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

impl Segmenter {
    /// With the dictionary alone.
    #[must_use]
    pub fn new() -> Self {
        static PLAIN: LazyLock<Segmenter> =
            LazyLock::new(|| Segmenter { shared: Arc::new(Shared::default()) });
        PLAIN.clone()
    }

    /// With words of the user's own beside the dictionary, from the text of a file: one word a
    /// line, after it optionally its frequency (a number; the higher, the sooner it is preferred);
    /// what follows is not read. Blank lines and lines that begin with `#` are remarks.
    ///
    /// Also returns what is wrong with which line; those lines are left out.
    #[must_use]
    pub fn with_user_words(text: &str) -> (Self, Vec<String>) {
        let (user_words, warnings) = user_words::parse(text);
        let shared = Shared { user_words, ..Shared::default() };
        (Self { shared: Arc::new(shared) }, warnings)
    }

    /// A number that changes whenever a text could be cut differently: an index made under another
    /// one cannot be searched. Cuts nothing.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        super::fingerprint_of(&[
            RULES.as_bytes(),
            &dictionary::FINGERPRINT.to_le_bytes(),
            format!("{:?}", self.shared.user_words).as_bytes(),
        ])
    }

    /// Hands each word of a folded text to `visit` as its bytes, in order; none overlaps another.
    /// Blanks and punctuation are no words; every letter, digit and ideograph is part of one.
    pub fn each_word(&self, folded: &str, mut visit: impl FnMut(Span)) {
        route::each_piece(self.shared.lexicon(), folded, |span| {
            if folded.get(span.clone()).is_some_and(has_letter) {
                visit(span);
            }
        });
    }

    /// What [`Self::each_word`] visits.
    #[must_use]
    pub fn words(&self, folded: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        self.each_word(folded, |span| spans.push(span));
        spans
    }

    /// Hands every occurrence in a folded text of every word of the dictionary and of the user's
    /// own to `visit` as its bytes, in the order of their first and then of their last byte: also
    /// those that overlap, that [`Self::each_word`] cuts apart, or that stand inside of longer
    /// Latin words and numbers. Words of fewer than `least` characters are left out.
    pub fn each_known(&self, folded: &str, least: usize, mut visit: impl FnMut(Span)) {
        let lexicon = self.shared.lexicon();
        let mut rest = folded.char_indices().map(|(at, c)| Char::new(at, c));
        let mut chars = Vec::new();
        loop {
            chars.extend(rest.by_ref().take(PLACES + lexicon.longest() - chars.len()));
            let places = PLACES.min(chars.len());
            for from in 0..places {
                lexicon.each_from(&chars, from, |end, _| {
                    if end - from >= least {
                        visit(chars[from].at..chars[end - 1].end());
                    }
                });
            }
            chars.drain(..places);
            if places < PLACES {
                return;
            }
        }
    }

    /// Whether a folded text is a word of the dictionary or of the user's own.
    #[must_use]
    pub fn knows(&self, folded_word: &str) -> bool {
        self.shared.lexicon().frequency(folded_word).is_some()
    }
}

impl Shared {
    fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let words = self.user_words.iter();
            Lexicon::new(words.map(|word| (word.word.as_str(), word.frequency)))
        })
    }
}

fn has_letter(piece: &str) -> bool {
    // The first test is cheap and nearly always enough.
    piece.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let folded = fold(text).text;
        Segmenter::new().words(&folded).into_iter().map(|span| folded[span].into()).collect()
    }

    #[test]
    fn a_text_is_cut_into_words_of_which_none_overlaps_another() {
        assert_eq!(words("先进制造业"), ["先进", "制造业"]);
        assert_eq!(words("中华人民共和国"), ["中华人民共和国"]);
    }

    #[test]
    fn traditional_script_is_cut_like_simplified() {
        assert_eq!(words("國務院辦公廳"), words("国务院办公厅"));
    }

    #[test]
    fn numbers_dates_document_numbers_and_latin_stay_searchable() {
        assert_eq!(words("２０２０年5G网络"), ["2020", "年", "5g", "网络"]);
        assert_eq!(words("PCT专利、P708型"), ["pct", "专利", "p708", "型"]);
        assert_eq!(words("甲政〔2022〕92号"), ["甲", "政", "2022", "92", "号"]);
    }

    #[test]
    fn punctuation_and_blanks_are_no_words() {
        assert_eq!(words("，。—— \n“”…-+%"), [""; 0]);
    }

    #[test]
    fn a_word_of_the_user_is_cut_whole_and_changes_the_fingerprint() {
        let (segmenter, warnings) = Segmenter::with_user_words(
            "# names\n燃电谷\nＢ型車間 100 n\n一\n甲 乙\n丙丁 many\n戊、己\n",
        );
        let text = fold("燃電谷建B型车间").text;
        let cut: Vec<_> = segmenter.words(&text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(cut, ["燃电谷", "建", "b型车间"]);
        assert_eq!(warnings.len(), 4, "{warnings:?}");
        assert!(warnings[0].starts_with("line 4: "));
        assert_ne!(segmenter.fingerprint(), Segmenter::new().fingerprint());
        let (same, _) = Segmenter::with_user_words("");
        assert_eq!(same.fingerprint(), Segmenter::new().fingerprint());
    }

    #[test]
    fn the_table_and_the_rules_are_those_of_the_jieba_that_tests_compare_with() {
        let lock = include_str!("../../Cargo.lock");
        let at = lock.find("name = \"jieba-rs\"").expect("jieba-rs is locked");
        let version = lock[at..].lines().nth(1).expect("a version").split('"').nth(1);
        let named = format!("jieba-rs {} ", version.expect("a number"));
        let table = include_str!("words.tsv");
        assert!(
            table.lines().take_while(|row| row.starts_with('#')).any(|row| row.contains(&named))
        );
        assert!(RULES.contains(&named));
    }

    #[test]
    fn a_long_line_is_cut_into_the_same_words_as_its_sentences() {
        let sentence = "全市规模以上工业增加值同比增长8.5%,";
        let long = sentence.repeat(2000);
        let one = words(sentence);
        let all = words(&long);
        assert_eq!(all.len(), one.len() * 2000);
        assert!(all.chunks(one.len()).all(|chunk| chunk == one));
    }

    #[test]
    fn a_run_without_end_is_cut_and_loses_nothing() {
        for character in ["国", "7", "-国"] {
            let run = character.repeat(40_000);
            let cut = words(&run);
            assert!(cut.len() > 1);
            let letters = |text: &str| text.replace('-', "");
            assert_eq!(letters(&cut.concat()), letters(&run));
        }
    }

    proptest! {
        #[test]
        fn words_stand_in_order_on_character_boundaries(
            text in "([\\PC\n]|[一-龥0-9a-zA-Z.%+#_-]{2,4}|中华人民共和国|制造业){0,40}",
        ) {
            let text = fold(&text).text;
            let mut covered = 0;
            for span in Segmenter::new().words(&text) {
                prop_assert!(text.get(span.clone()).is_some_and(|word| !word.is_empty()));
                prop_assert!(covered <= span.start);
                let skipped = &text[covered..span.start];
                prop_assert!(!skipped.chars().any(char::is_alphanumeric), "lost {}", skipped);
                covered = span.end;
            }
            prop_assert!(!text[covered..].chars().any(char::is_alphanumeric));
        }
    }
}
