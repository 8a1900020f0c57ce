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

/// An answer is at most so long as JSON, in bytes: some tens of thousands of characters.
pub(super) const MAX_REPLY_BYTES: usize = 256 << 10;
/// A title, a name or the like is cut behind so many characters.
pub(super) const MAX_NAME_CHARS: usize = 300;

impl Reply {
    /// # Errors
    /// When the answer is longer than can be given.
    pub(super) fn new(text: String, value: &impl Serialize) -> Result<Self, ToolError> {
        // By way of text: a value made directly has the digits of a double for each single.
        let json = serde_json::to_vec(value).map_err(|error| {
            tracing::error!(%error, "an answer could not be written");
            ToolError::Failed
        })?;
        if json.len() > MAX_REPLY_BYTES {
            return Err(ToolError::LongAnswer { bytes: json.len(), most: MAX_REPLY_BYTES });
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
        let long = "长".repeat(MAX_REPLY_BYTES);
        assert!(matches!(
            Reply::new(String::new(), &long),
            Err(ToolError::LongAnswer { most: MAX_REPLY_BYTES, .. })
        ));
    }
}
