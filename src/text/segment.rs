//! Segmenting: words of a folded text, by the dictionary of jieba and the user's own words.
//!
//! Words that the dictionary lacks fall into single characters, on purpose: the statistical model
//! that would guess them (HMM) guesses differently in different sentences, and a guess that the
//! query does not share is an article that is not found.

use std::sync::{Arc, LazyLock, OnceLock};

use jieba_rs::{Jieba, Token};

use super::fold::fold;
use crate::model::Span;

/// What the words are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Words, and the dictionary's shorter words inside them: 制造业 gives 制造 and 制造业.
    Index,
    /// Words alone, none overlapping another.
    Query,
}

/// Cuts text into words. Cheap to clone; the dictionary is loaded when the first text is cut, and
/// shared by all segmenters without words of their own.
#[derive(Debug, Clone)]
pub struct Segmenter {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    jieba: OnceLock<Jieba>,
    user_words: Vec<UserWord>,
}

#[derive(Debug, PartialEq, Eq)]
struct UserWord {
    /// Folded.
    word: String,
    frequency: Option<usize>,
}

/// The dictionary: the crate's version as in `Cargo.lock`, and how it is used.
const DICTIONARY: &str = "jieba-rs 0.11.0, no model";

/// Text is handed over in pieces of at most this many bytes, so that memory does not grow with
/// the length of a line (a token takes 56 bytes). Pieces end between the runs of characters that
/// jieba looks at as one, so that the words are the same.
const PIECE: usize = 16 * 1024;

impl Default for Segmenter {
    fn default() -> Self {
        Self::new()
    }
}

impl Segmenter {
    /// With the dictionary of jieba alone.
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
        let mut user_words = Vec::new();
        let mut warnings = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match UserWord::parse(line) {
                Ok(word) => user_words.push(word),
                Err(reason) => warnings.push(format!("line {number}: {reason}")),
            }
        }
        let shared = Shared { user_words, ..Shared::default() };
        (Self { shared: Arc::new(shared) }, warnings)
    }

    /// A number that changes whenever a text could be cut differently: an index made under another
    /// one cannot be searched. Does not load the dictionary.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        super::fingerprint_of(&[
            DICTIONARY.as_bytes(),
            format!("{:?}", self.shared.user_words).as_bytes(),
        ])
    }

    /// Hands each word of a folded text to `visit` as its bytes, in the order of their first and
    /// then of their last byte. Blanks and punctuation are no words; every letter, digit and
    /// ideograph is part of one.
    pub fn each_word(&self, folded: &str, mode: Mode, mut visit: impl FnMut(Span)) {
        let jieba = self.shared.jieba();
        let mut start = 0;
        while start < folded.len() {
            let piece = first_piece(&folded[start..]);
            let mut tokens = match mode {
                Mode::Index => jieba.cut_for_search(piece, false),
                Mode::Query => jieba.cut(piece, false),
            };
            if mode == Mode::Index {
                put_in_order(&mut tokens);
            }
            for token in &tokens {
                if token.word.chars().any(char::is_alphanumeric) {
                    visit(start + token.byte_start..start + token.byte_end);
                }
            }
            start += piece.len();
        }
    }

    /// TEMP each known word.
    pub fn each_known(&self, folded: &str, least: usize, mut visit: impl FnMut(Span)) {
        let mut spans: Vec<Span> = self
            .shared
            .jieba()
            .cut_all(folded)
            .into_iter()
            .filter(|t| t.word.chars().count() >= least && self.knows(t.word))
            .map(|t| t.byte_start..t.byte_end)
            .collect();
        spans.sort_unstable_by_key(|s| (s.start, s.end));
        spans.dedup();
        spans.into_iter().for_each(&mut visit);
    }

    /// TEMP whether known.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.shared.jieba().has_word(word)
    }

    /// What [`Self::each_word`] visits.
    #[must_use]
    pub fn words(&self, folded: &str, mode: Mode) -> Vec<Span> {
        let mut spans = Vec::new();
        self.each_word(folded, mode, |span| spans.push(span));
        spans
    }
}

impl Shared {
    fn jieba(&self) -> &Jieba {
        self.jieba.get_or_init(|| {
            let mut jieba = Jieba::new();
            for UserWord { word, frequency } in &self.user_words {
                jieba.add_word(word, *frequency, None);
            }
            jieba
        })
    }
}

impl UserWord {
    fn parse(line: &str) -> Result<Self, String> {
        let mut fields = line.split_whitespace();
        let word = fold(fields.next().unwrap_or_default()).text;
        if word.chars().count() < 2 {
            return Err(format!("`{word}` is one character; a word has two or more"));
        }
        if let Some(odd) = word.chars().find(|&c| is_boundary(c)) {
            return Err(format!(
                "`{word}` has `{odd}` in it; a word is of letters and digits only"
            ));
        }
        let frequency = fields
            .next()
            .map(|field| {
                field.parse().map_err(|_| {
                    format!("`{field}` is no frequency; write a whole number or leave it out")
                })
            })
            .transpose()?;
        Ok(Self { word, frequency })
    }
}

/// Whether jieba never joins this character to its neighbours.
fn is_boundary(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
}

/// As much of a text that is not empty as is cut at once.
fn first_piece(text: &str) -> &str {
    if text.len() <= PIECE {
        return text;
    }
    let end = (PIECE - 3..=PIECE).rev().find(|&end| text.is_char_boundary(end));
    let most = &text[..end.unwrap_or(text.len())];
    match most.rfind(is_boundary) {
        Some(last) if last > 0 => &most[..last],
        _ => most,
    }
}

/// jieba gives the words inside a word before the word itself; here they go by their place.
fn put_in_order(tokens: &mut Vec<Token<'_>>) {
    let mut end = tokens.len();
    while let Some(whole) = end.checked_sub(1).and_then(|last| tokens.get(last)) {
        let from = whole.byte_start;
        let inside = tokens[..end].iter().rev().take_while(|token| token.byte_start >= from);
        let start = end - inside.count();
        if end - start > 1 {
            tokens[start..end].sort_unstable_by_key(|token| (token.byte_start, token.byte_end));
        }
        end = start;
    }
    tokens.dedup_by_key(|token| (token.byte_start, token.byte_end));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str, mode: Mode) -> Vec<String> {
        let folded = fold(text).text;
        Segmenter::new().words(&folded, mode).into_iter().map(|span| folded[span].into()).collect()
    }

    #[test]
    fn index_time_gives_the_words_inside_a_word_too_in_the_order_of_their_places() {
        assert_eq!(words("先进制造业", Mode::Query), ["先进", "制造业"]);
        assert_eq!(words("先进制造业", Mode::Index), ["先进", "制造", "制造业"]);
        assert_eq!(words("中华人民共和国", Mode::Query), ["中华人民共和国"]);
        let inside = words("中华人民共和国", Mode::Index);
        assert_eq!(inside.first().map(String::as_str), Some("中华"));
        assert!(inside.contains(&"共和国".to_owned()));
    }

    #[test]
    fn traditional_script_is_cut_like_simplified() {
        assert_eq!(words("國務院辦公廳", Mode::Index), words("国务院办公厅", Mode::Index));
    }

    #[test]
    fn numbers_dates_document_numbers_and_latin_stay_searchable() {
        assert_eq!(words("２０２０年5G网络", Mode::Query), ["2020", "年", "5g", "网络"]);
        assert_eq!(words("PCT专利、P708型", Mode::Query), ["pct", "专利", "p708", "型"]);
        assert_eq!(words("甲政〔2022〕92号", Mode::Query), ["甲", "政", "2022", "92", "号"]);
    }

    #[test]
    fn punctuation_and_blanks_are_no_words() {
        assert_eq!(words("，。—— \n“”…-+%", Mode::Index), [""; 0]);
    }

    #[test]
    fn a_word_of_the_user_is_cut_whole_and_changes_the_fingerprint() {
        let (segmenter, warnings) = Segmenter::with_user_words(
            "# names\n燃电谷\nＢ型車間 100 n\n一\n甲 乙\n丙丁 many\n戊、己\n",
        );
        let text = fold("燃電谷建B型车间").text;
        let cut: Vec<_> =
            segmenter.words(&text, Mode::Query).into_iter().map(|span| &text[span]).collect();
        assert_eq!(cut, ["燃电谷", "建", "b型车间"]);
        assert_eq!(warnings.len(), 4, "{warnings:?}");
        assert!(warnings[0].starts_with("line 4: "));
        assert_ne!(segmenter.fingerprint(), Segmenter::new().fingerprint());
        let (same, _) = Segmenter::with_user_words("");
        assert_eq!(same.fingerprint(), Segmenter::new().fingerprint());
    }

    #[test]
    fn the_fingerprint_names_the_dictionary_that_is_built_in() {
        let lock = include_str!("../../Cargo.lock");
        let at = lock.find("name = \"jieba-rs\"").expect("jieba-rs is locked");
        let version = lock[at..].lines().nth(1).expect("a version").split('"').nth(1);
        assert!(DICTIONARY.starts_with(&format!("jieba-rs {},", version.expect("a number"))));
    }

    #[test]
    fn a_long_line_is_cut_into_the_same_words_as_its_sentences() {
        let sentence = "全市规模以上工业增加值同比增长8.5%,";
        let long = sentence.repeat(2000);
        let one = words(sentence, Mode::Index);
        let all = words(&long, Mode::Index);
        assert_eq!(all.len(), one.len() * 2000);
        assert!(all.chunks(one.len()).all(|chunk| chunk == one));
        assert!(!words(&"国".repeat(20_000), Mode::Index).is_empty());
    }

    proptest! {
        #[test]
        fn words_stand_in_order_on_character_boundaries(
            text in "([\\PC\n]|[一-龥0-9a-zA-Z.%+#_-]{2,4}|中华人民共和国|制造业){0,40}",
        ) {
            let text = fold(&text).text;
            for mode in [Mode::Index, Mode::Query] {
                let mut last = 0..0;
                let mut covered = 0;
                for span in Segmenter::new().words(&text, mode) {
                    prop_assert!(text.get(span.clone()).is_some_and(|word| !word.is_empty()));
                    prop_assert!((last.start, last.end) < (span.start, span.end));
                    let skipped = text.get(covered..span.start).unwrap_or_default();
                    prop_assert!(!skipped.chars().any(char::is_alphanumeric), "lost {}", skipped);
                    covered = covered.max(span.end);
                    last = span;
                }
                prop_assert!(!text[covered..].chars().any(char::is_alphanumeric));
            }
        }
    }
}
