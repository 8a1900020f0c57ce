//! What people noted on articles and collected, as it is now.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::correction::EntryId;
use super::id::ArticleId;
use super::record::Record;

/// All tags, notes and collections.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notebook {
    /// What is noted on each article, by the id that it has now.
    pub articles: HashMap<ArticleId, ArticleNotes>,
    /// The collections by their names.
    pub collections: BTreeMap<String, Collection>,
}

/// What is noted on an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArticleNotes {
    /// Its tags, in the order of their characters.
    pub tags: Vec<String>,
    /// Its notes, oldest first.
    pub notes: Vec<ReaderNote>,
    /// The names of the collections that it is in.
    pub collections: Vec<String>,
}

/// A note on an article, or on words of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReaderNote {
    /// The entry, by which it can be taken back.
    pub entry: EntryId,
    /// What it says.
    pub text: String,
    /// The words of the article that it is about; empty if it is about all of it.
    pub passage: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
}

/// Articles in an order of their own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collection {
    /// What it is for.
    pub about: String,
    /// Its articles, in its order.
    pub items: Vec<CollectionItem>,
}

/// An article of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectionItem {
    /// Its id, as it is now.
    pub article: ArticleId,
    /// What was said about it.
    pub remark: String,
    /// Who added it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Notebook {
    /// What is noted on an article; `None` if nothing is.
    #[must_use]
    pub fn on(&self, record: &Record) -> Option<ArticleNotes> {
        self.articles.get(&record.id).cloned()
    }
}
