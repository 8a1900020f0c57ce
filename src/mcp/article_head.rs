//! What tells an article from others, as several tools answer it.

use serde::Serialize;
use utoipa::ToSchema;

use super::ToolContext;
use super::reply::{MAX_NAME_CHARS, clipped};
use crate::model::{ArticleId, CivilDate, Kind, Record};
use crate::present;
use crate::present::words;

/// Districts that are named.
const MAX_HEAD_DISTRICTS: usize = 8;

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
