//! What a tool answers, and what keeps it short.

use serde::Serialize;
use serde_json::Value;

use super::ToolError;
use crate::present::{Lang, words};

/// An answer: a short text for people and models, and the same as values.
#[derive(Debug)]
pub(crate) struct Reply {
    pub text: String,
    pub value: Value,
}

/// An answer is at most so long, its text and its JSON together, in bytes: some tens of thousands of
/// characters.
pub(super) const MAX_REPLY_BYTES: usize = 256 << 10;
/// The values of a page are at most so long as JSON, in bytes. The text says less of each, so that both
/// and what stands around them fit.
const MAX_PAGE_BYTES: usize = 112 << 10;
/// A title, a name or the like is cut behind so many characters.
pub(super) const MAX_NAME_CHARS: usize = 300;

impl Reply {
    /// # Errors
    /// When the answer, text and values together, is longer than can be given.
    pub(super) fn new(text: String, value: &impl Serialize) -> Result<Self, ToolError> {
        // By way of text: a value made directly has the digits of a double for each single.
        let json = serde_json::to_vec(value).map_err(|error| {
            tracing::error!(%error, "an answer could not be written");
            ToolError::Failed
        })?;
        let bytes = json.len() + text.len();
        if bytes > MAX_REPLY_BYTES {
            let narrowed_by = Vec::new();
            return Err(ToolError::LongAnswer { bytes, most: MAX_REPLY_BYTES, narrowed_by });
        }
        let value = serde_json::from_slice(&json).map_err(|_| ToolError::Failed)?;
        Ok(Self { text, value })
    }
}

/// A text of at most so many characters, and … where it was cut.
pub(super) fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The first of the values, and how many there are behind them.
pub(super) fn first<T>(mut values: Vec<T>, most: usize) -> (Vec<T>, usize) {
    let left_out = values.len().saturating_sub(most);
    values.truncate(most);
    (values, left_out)
}

/// How many of the values, from the first one on, a page has room for: at least one.
pub(super) fn fitting(values: &[impl Serialize]) -> usize {
    let mut bytes = 0;
    let room = values.iter().take_while(|value| {
        // What cannot be written is told when the answer is.
        bytes += serde_json::to_vec(value).map_or(0, |json| json.len());
        bytes <= MAX_PAGE_BYTES
    });
    room.count().max(1)
}

/// Articles, and stories where these are fewer.
pub(super) fn totals(lang: Lang, articles: u64, stories: u64) -> String {
    let counted = words::articles(lang, articles);
    if stories == articles {
        return counted;
    }
    let stories = words::counted(lang, stories, "条报道", ("story", "stories"));
    lang.of(
        format!("{counted}（转载合并后 {stories}）"),
        format!("{counted} ({stories} with reprints counted once)"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_shows_it() {
        assert_eq!(clipped("一二三四", 3), "一二三…");
        assert_eq!(clipped("一二三", 3), "一二三");
        assert_eq!(first(vec![1, 2, 3], 2), (vec![1, 2], 1));
        let half = "长".repeat(MAX_PAGE_BYTES / 6);
        assert_eq!(fitting(&[half.as_str(), "", &half]), 2);
        assert_eq!(fitting(&[half.repeat(3)]), 1);
        let long = "长".repeat(MAX_REPLY_BYTES);
        assert!(matches!(
            Reply::new(String::new(), &long),
            Err(ToolError::LongAnswer { most: MAX_REPLY_BYTES, .. })
        ));
    }
}
