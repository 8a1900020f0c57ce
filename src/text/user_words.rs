//! Parses files of user words, one word per line.

use jieba_rs::Jieba;

use super::fold::fold;
use crate::model::FileWarning;

/// A word and its frequency.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UserWord {
    /// Folded.
    pub(super) word: String,
    pub(super) frequency: Option<u64>,
}

/// More than all dictionary words have together, and so low that no sum of frequencies overflows.
const MAX_FREQUENCY: u64 = 1_000_000_000_000;

/// Parses the text of such a file. Also returns a warning for each invalid line; these lines are
/// skipped.
pub(super) fn parse(text: &str) -> (Vec<UserWord>, Vec<FileWarning>) {
    let mut user_words = Vec::new();
    let mut warnings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match UserWord::parse(line, number) {
            Ok(word) => user_words.push(word),
            Err(warning) => warnings.push(warning),
        }
    }
    (user_words, warnings)
}

/// Adds words to a dictionary in order, each with its frequency, or with the lowest one at which it
/// is not split. A word that is already in the dictionary gets a new frequency.
pub(super) fn add_all(jieba: &mut Jieba, user_words: &[UserWord]) {
    for UserWord { word, frequency } in user_words {
        let frequency = frequency.map(|frequency| frequency.min(MAX_FREQUENCY) as usize);
        jieba.add_word(word, frequency, None);
    }
}

impl UserWord {
    fn parse(text: &str, line: u32) -> Result<Self, FileWarning> {
        let mut fields = text.split_whitespace();
        let word = fold(fields.next().unwrap_or_default()).text;
        if word.chars().count() < 2 {
            return Err(FileWarning::UserWordTooShort { line, word });
        }
        if let Some(mark) = word.chars().find(|&c| is_boundary(c)) {
            return Err(FileWarning::UserWordMark { line, word, mark });
        }
        let frequency = fields
            .next()
            .map(|field| {
                field
                    .parse()
                    .map_err(|_| FileWarning::UserWordFrequency { line, given: field.to_owned() })
            })
            .transpose()?;
        Ok(Self { word, frequency })
    }
}

/// Whether a character is never joined to its neighbours.
fn is_boundary(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
}
