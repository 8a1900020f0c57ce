//! Collections as every front end shows them.

use std::ops::Range;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{ArticleId, ArticleNotes, Collection, Record};
use crate::search::{Archive, SearchError};
use crate::text::fold;

/// A collection in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CollectionSummary {
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// How many articles it has.
    pub articles: u64,
}

/// A collection with its articles.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CollectedArticles {
    /// Its name.
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// Its articles, in its order.
    pub items: Vec<CollectedArticle>,
}

/// An article of a collection.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CollectedArticle {
    /// Its id.
    pub id: ArticleId,
    /// What is said about it; may be empty.
    pub remark: String,
    /// Who added it.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The article; `null` where the archive does not have it any more.
    #[schema(required)]
    pub record: Option<Record>,
}

/// An article with what people noted on it beside its own fields.
#[derive(Debug, Serialize)]
pub struct NotedRecord<'a> {
    /// The article.
    #[serde(flatten)]
    pub record: &'a Record,
    /// What is noted on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noted: Option<ArticleNotes>,
}

impl<'a> NotedRecord<'a> {
    /// An article of the archive.
    #[must_use]
    pub fn of(archive: &Archive, record: &'a Record) -> Self {
        Self { record, noted: archive.notebook().on(record) }
    }
}

/// All collections, in the order of their names.
#[must_use]
pub fn collections(archive: &Archive) -> Vec<CollectionSummary> {
    let all = archive.notebook().collections.iter();
    let summary = all.map(|(name, collection)| CollectionSummary {
        name: name.clone(),
        about: collection.about.clone(),
        articles: collection.items.len() as u64,
    });
    summary.collect()
}

/// The collection of this name; `None` if there is none.
///
/// # Errors
/// When the index cannot be read.
pub fn collected(archive: &Archive, name: &str) -> Result<Option<CollectedArticles>, SearchError> {
    collected_part(archive, name, 0..usize::MAX)
}

/// The same with the records of the articles in these places alone, counted from 0.
///
/// # Errors
/// When the index cannot be read.
pub fn collected_part(
    archive: &Archive,
    name: &str,
    shown: Range<usize>,
) -> Result<Option<CollectedArticles>, SearchError> {
    let Some((name, collection)) = called(archive, name.trim()) else { return Ok(None) };
    let mut items = Vec::with_capacity(collection.items.len());
    for (at, item) in collection.items.iter().enumerate() {
        // Several articles of one id have one text: any will do.
        let record =
            if shown.contains(&at) { archive.get(&item.article)?.into_iter().next() } else { None };
        items.push(CollectedArticle {
            id: item.article.clone(),
            remark: item.remark.clone(),
            by: item.by.clone(),
            at: item.at,
            record,
        });
    }
    Ok(Some(CollectedArticles { name: name.clone(), about: collection.about.clone(), items }))
}

/// Where an article stands in a collection, counted from 0; `None` if it is not in it.
#[must_use]
pub fn place_in_collection(archive: &Archive, name: &str, article: &str) -> Option<usize> {
    let (_, collection) = called(archive, name.trim())?;
    collection.items.iter().position(|item| item.article.0 == article)
}

/// A collection, with its name as it is written; `None` if there is none. A name in another width, case
/// or script is that of the same one where there is none that is written just so.
pub(super) fn called<'a>(archive: &'a Archive, name: &str) -> Option<(&'a String, &'a Collection)> {
    let all = &archive.notebook().collections;
    let wanted = fold(name).text;
    let same = || all.iter().find(|(known, _)| fold(known).text == wanted);
    all.get_key_value(name).or_else(same)
}
