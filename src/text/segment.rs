//! Word segmentation of folded text by jieba-rs, with its dictionary and user words.
//!
//! Words that the dictionary lacks are deliberately split into single characters. jieba's
//! statistical model (HMM) would guess them, but its guess depends on the sentence: where a query
//! and an article are segmented differently, the article is not found.

use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use jieba_rs::Jieba;

use super::dictionary;
use super::matcher::Matcher;
use super::partial_jieba::PartialJieba;
use super::user_words;
use super::user_words::UserWord;
use crate::model::{FileWarning, Span};

/// Segments text, and finds dictionary words in it. Cheap to make and to clone: words are loaded
/// when they are needed, and clones share them.
#[derive(Debug, Clone)]
pub struct Segmenter {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    user_words: Vec<UserWord>,
    /// Has all words, once they have been loaded.
    whole: OnceLock<Jieba>,
    /// Used until then.
    partial: Mutex<Option<PartialJieba>>,
    matcher: OnceLock<Matcher>,
}

/// The segmentation rules, as a part of the fingerprint: to be raised when they change. The words
/// are hashed separately.
const RULES: &str = "as jieba-rs 0.11.0 without its model; 1";

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

impl Segmenter {
    /// Makes a segmenter with the built-in dictionary alone.
    #[must_use]
    pub fn new() -> Self {
        static PLAIN: LazyLock<Segmenter> =
            LazyLock::new(|| Segmenter { shared: Arc::new(Shared::default()) });
        PLAIN.clone()
    }

    /// Makes a segmenter with the built-in dictionary and user words, from the text of a file: one
    /// word per line, optionally followed by its frequency (the higher, the more the word is
    /// preferred); the rest of a line is ignored. Blank lines and lines that begin with `#` are
    /// comments.
    ///
    /// Also returns a warning for each invalid line; these lines are skipped.
    #[must_use]
    pub fn with_user_words(text: &str) -> (Self, Vec<FileWarning>) {
        let (user_words, warnings) = user_words::parse(text);
        let shared = Shared { user_words, ..Shared::default() };
        (Self { shared: Arc::new(shared) }, warnings)
    }

    /// A hash that changes whenever a text could be segmented differently; an index with another
    /// fingerprint cannot be searched. Loads no words.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        super::fingerprint_of(&[
            RULES.as_bytes(),
            &dictionary::FINGERPRINT.to_le_bytes(),
            format!("{:?}", self.shared.user_words).as_bytes(),
        ])
    }

    /// Loads the whole dictionary (25 MB, a tenth of a second), so that [`Self::segment`] need not
    /// look up the words of each text. Worthwhile for a process that segments many texts.
    pub fn load(&self) {
        self.shared.whole.get_or_init(|| {
            let mut jieba = Jieba::empty();
            dictionary::each_word(|word, frequency| {
                jieba.add_word(word, Some(frequency as usize), None);
            });
            user_words::add_all(&mut jieba, &self.shared.user_words);
            jieba
        });
    }

    /// The words of a folded text as byte ranges, in ascending order and without overlaps. Blanks
    /// and punctuation belong to no word; every letter, digit and ideograph belongs to one.
    #[must_use]
    pub fn segment(&self, folded: &str) -> Vec<Span> {
        let Shared { user_words, whole, partial, .. } = &*self.shared;
        if let Some(jieba) = whole.get() {
            return words(jieba, folded);
        }
        let mut partial = partial.lock().unwrap_or_else(PoisonError::into_inner);
        let partial = partial.get_or_insert_with(|| PartialJieba::new(user_words));
        words(partial.for_text(folded), folded)
    }

    /// Calls `visit` with the byte range of every occurrence of a dictionary word or user word of
    /// at least [`MIN_MATCH_CHARS`](super::MIN_MATCH_CHARS) characters in a folded text, in no
    /// particular order. This includes words that overlap, words that [`Self::segment`] splits, and
    /// words inside longer Latin words and numbers. The first call loads the words (a tenth of a
    /// second).
    pub fn dictionary_matches(&self, folded: &str, visit: impl FnMut(Span)) {
        let Shared { user_words, matcher, .. } = &*self.shared;
        matcher.get_or_init(|| Matcher::new(user_words)).each_match(folded, visit);
    }

    /// Whether a folded text is a dictionary word or a user word.
    #[must_use]
    pub fn has_word(&self, folded: &str) -> bool {
        let is_it = |user_word: &UserWord| user_word.word == folded;
        dictionary::has_word(folded) || self.shared.user_words.iter().any(is_it)
    }
}

/// The most characters that are passed to jieba at once, which bounds memory. Only a run without
/// blanks and punctuation that is longer can be segmented differently than jieba would segment the
/// whole text.
const MAX_CHUNK_CHARS: usize = 16 * 1024;

fn words(jieba: &Jieba, folded: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = 0;
    while let Some(rest) = folded.get(start..).filter(|rest| !rest.is_empty()) {
        let chunk = &rest[..chunk_end(rest)];
        let tokens = jieba.cut(chunk, false).into_iter().filter(|token| has_letter(token.word));
        words.extend(tokens.map(|token| start + token.byte_start..start + token.byte_end));
        start += chunk.len();
    }
    words
}

/// The end of the first chunk of a text: after the last character that no word can span.
fn chunk_end(text: &str) -> usize {
    let Some((limit, _)) = text.char_indices().nth(MAX_CHUNK_CHARS) else { return text.len() };
    let is_joined =
        |c: char| c.is_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-');
    let last = text[..limit].char_indices().rfind(|&(_, c)| !is_joined(c));
    last.map_or(limit, |(at, c)| at + c.len_utf8())
}

fn has_letter(token: &str) -> bool {
    // The first test is cheap and nearly always decides.
    token.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let folded = fold(text).text;
        Segmenter::new().segment(&folded).into_iter().map(|span| folded[span].into()).collect()
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
        let cut: Vec<_> = segmenter.segment(&text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(cut, ["燃电谷", "建", "b型车间"]);
        assert_eq!(warnings.len(), 4, "{warnings:?}");
        assert!(matches!(warnings[0], FileWarning::UserWordTooShort { line: 4, .. }));
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
            for span in Segmenter::new().segment(&text) {
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
