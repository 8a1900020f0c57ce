//! What a tool answers, and the parts that several answers have: the head of an article, quotes.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{ToolContext, ToolError};
use crate::model::{ArticleId, CivilDate, Kind, Record};
use crate::present;
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
/// Districts that are named in the head of an article.
const MAX_HEAD_DISTRICTS: usize = 8;

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

/// What tells an article from others, and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ArticleHead {
    /// Its id: for the tools `article`, `compare` and `cite`.
    id: ArticleId,
    /// Its page; `null` where it is not known where the pages are.
    #[schema(required)]
    permalink: Option<String>,
    /// Its title; its first words where it has none.
    title: String,
    /// Its date in words, as finely as it is known.
    date: String,
    /// The first day that it can be of.
    #[schema(required, value_type = Option<String>)]
    not_before: Option<CivilDate>,
    /// The last day that it can be of. A date is one day only where both are the same.
    #[schema(required, value_type = Option<String>)]
    not_after: Option<CivilDate>,
    /// The newspaper or bulletin.
    #[schema(required)]
    publication: Option<String>,
    /// The page.
    #[schema(required)]
    page: Option<String>,
    /// Who printed it first, where it says so.
    #[schema(required)]
    outlet: Option<String>,
    /// What sort of text it is.
    kind: Kind,
    /// The districts that it is about, the primary one first.
    districts: Vec<String>,
    /// The file, below the corpus folder: for the tool `source`.
    source: String,
    /// Lines of the file: `3-21,40`.
    lines: String,
}

impl ArticleHead {
    pub(super) fn of(context: &ToolContext<'_>, record: &Record) -> Self {
        let date = &record.date;
        Self {
            permalink: context.permalink(&record.id),
            title: clipped(&present::name(record), MAX_NAME_CHARS),
            date: words::date_or_guess(context.lang(), date),
            not_before: date.not_before.or(date.value),
            not_after: date.not_after.or(date.value),
            publication: record.publication.clone(),
            page: record.page.clone(),
            outlet: record.outlet.clone(),
            kind: record.kind,
            districts: record
                .about()
                .take(MAX_HEAD_DISTRICTS)
                .map(|place| place.name.clone())
                .collect(),
            source: record.source.clone(),
            lines: present::lines(&record.lines),
            id: record.id.clone(),
        }
    }

    /// Title, date, paper, district, id and page of it in one line.
    pub(super) fn line(&self) -> String {
        let paper = [self.publication.clone(), self.page.clone()];
        let paper: Vec<String> = paper.into_iter().flatten().collect();
        let known = [
            Some(self.title.clone()),
            Some(self.date.clone()),
            Some(paper.join(" ")).filter(|paper| !paper.is_empty()),
            self.outlet.clone(),
            self.districts.first().cloned(),
            Some(self.id.to_string()),
            self.permalink.clone(),
        ];
        known.into_iter().flatten().collect::<Vec<_>>().join(" | ")
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
