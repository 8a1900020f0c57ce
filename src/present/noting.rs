//! Writes tags, notes and collections: the one way for the command line and the pages.

use std::path::Path;

use jiff::{Timestamp, ToSpan};
use thiserror::Error;

use super::noted::anchors;
use crate::curation::{
    CollectionChange, CollectionEntry, CurationError, CurationFolder, MAX_LABEL_CHARS,
    MAX_NOTE_CHARS, NoteChange, NoteEntry, NoteFiles, add_notes, add_to_collection, change_text,
    label,
};
use crate::model::{Anchor, ArticleId, Collection, EntryId, ReaderNote, Record};
use crate::search::{Archive, SearchError, TextField};
use crate::text::fold;

/// Someone who writes, with what is written about.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The archive, with what is noted so far.
    pub archive: &'a Archive,
    /// The corpus.
    pub corpus: &'a Path,
    /// Where it is kept.
    pub folder: &'a CurationFolder,
    /// Who writes.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Where an article stands in a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemPlace {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Behind this one.
    After(ArticleId),
}

/// Why nothing was written.
#[derive(Debug, Error)]
pub enum NotingError {
    /// No tag or collection can be called so.
    #[error(
        "{name:?} cannot be a name: use up to {MAX_LABEL_CHARS} characters, no slash, no dot at the \
         beginning, and not 无; a collection is a file, whose name has none of : ? * \" < > | either"
    )]
    Name {
        /// As typed.
        name: String,
    },
    /// A text that is empty or too long.
    #[error("expected a text of 1 to {MAX_NOTE_CHARS} characters")]
    Text,
    /// Words that the article does not have.
    #[error("the article does not have the words {passage:?}; copy them from it as they stand")]
    Passage {
        /// The words.
        passage: String,
    },
    /// A note that there is not.
    #[error("no note has the id {id}; `dibao note` lists them")]
    Note {
        /// The id.
        id: String,
    },
    /// Several notes whose ids begin like this.
    #[error("{count} notes have ids that begin with {id}; give more of the id")]
    SeveralNotes {
        /// The beginning.
        id: String,
        /// How many.
        count: usize,
    },
    /// A collection that there is not.
    #[error("no collection is called {name:?}; begin it with `dibao collection new`")]
    Collection {
        /// The name.
        name: String,
    },
    /// An article that is not in the collection.
    #[error("{article} is not in the collection {name:?}")]
    Item {
        /// The article.
        article: ArticleId,
        /// The collection.
        name: String,
    },
    /// Somebody else has changed it meanwhile.
    #[error("somebody has changed it meanwhile; it now says: {now}")]
    Changed {
        /// What it says now.
        now: String,
    },
    /// The folder cannot be used.
    #[error(transparent)]
    Curation(#[from] CurationError),
    /// The index cannot be read.
    #[error(transparent)]
    Search(#[from] SearchError),
}

impl Desk<'_> {
    /// Gives articles a tag, or takes it off them.
    ///
    /// # Errors
    /// When nothing can be called so, and when it cannot be written.
    pub fn tag(&self, records: &[Record], tag: &str, is_set: bool) -> Result<(), NotingError> {
        let tag = name(tag)?;
        let change = if is_set { NoteChange::Tag } else { NoteChange::Untag };
        let anchors = anchors(self.archive, self.corpus, records)?;
        let entries = records
            .iter()
            .zip(anchors)
            .map(|(record, anchor)| self.entry(record, anchor, change(tag.clone()), ""));
        add_notes(self.folder, entries.collect())?;
        Ok(())
    }

    /// Writes a note on an article, or on words of it.
    ///
    /// # Errors
    /// When there is no text, the article lacks the words, or it cannot be written.
    pub fn note(&self, record: &Record, text: &str, passage: &str) -> Result<EntryId, NotingError> {
        let text = said(text, false)?;
        let passage = passage.trim();
        let parts = [
            TextField::Kicker,
            TextField::Title,
            TextField::Subtitle,
            TextField::Body,
            TextField::Credit,
        ];
        let has = |field: TextField| field.of(record).is_some_and(|text| text.contains(passage));
        if !passage.is_empty() && !parts.into_iter().any(has) {
            return Err(NotingError::Passage { passage: passage.to_owned() });
        }
        let anchors = anchors(self.archive, self.corpus, std::slice::from_ref(record))?;
        let entries = anchors
            .into_iter()
            .map(|anchor| self.entry(record, anchor, NoteChange::Note(text.clone()), passage));
        Ok(add_notes(self.folder, entries.collect())?.swap_remove(0))
    }

    /// Takes back a note, by its id or a beginning of it.
    ///
    /// # Errors
    /// When there is no such note on the article, or several, and when it cannot be written.
    pub fn take_back(
        &self,
        files: &NoteFiles,
        record: &Record,
        id: &str,
    ) -> Result<(), NotingError> {
        let noted = self.archive.notebook().on(record).unwrap_or_default();
        let is_meant = |entry: &EntryId| !id.is_empty() && entry.0.starts_with(id);
        let meant: Vec<&ReaderNote> =
            noted.notes.iter().filter(|note| is_meant(&note.entry)).collect();
        let id = id.to_owned();
        let entry = match meant.as_slice() {
            [] => None,
            [note] => files.note(&note.entry),
            several => return Err(NotingError::SeveralNotes { id, count: several.len() }),
        };
        let Some(entry) = entry else { return Err(NotingError::Note { id }) };
        let change = NoteChange::Undo(entry.id.clone());
        let (id, passage) = (EntryId::default(), String::new());
        let (by, at) = (self.by.to_owned(), self.at);
        add_notes(self.folder, vec![NoteEntry { id, change, passage, by, at, ..entry }])?;
        Ok(())
    }

    /// Begins a collection, or says anew what one is for, if it says `was`; without that, whatever it
    /// says. Without `about` one that there is already stays as it is.
    ///
    /// # Errors
    /// When nothing can be called so, the collection says something else than `was`, and when it cannot
    /// be written.
    pub fn begin(
        &self,
        name: &str,
        was: Option<&str>,
        about: Option<&str>,
    ) -> Result<String, NotingError> {
        let name = self::name(name)?;
        let about = about.map(|about| said(about, true)).transpose()?;
        let (name, now) = match self.known_collection(&name) {
            Some((name, known)) if about.as_ref().is_none_or(|about| *about == known.about) => {
                return Ok(name.clone());
            }
            Some((name, known)) => (name.clone(), known.about.as_str()),
            None if is_file_name(&name) => (name, ""),
            None => return Err(NotingError::Name { name }),
        };
        let was = was.map_or_else(|| Ok(now.to_owned()), |was| said(was, true))?;
        let is_kept = about.is_none();
        let change = CollectionChange::About(about.unwrap_or_default());
        let entry = self.change(None, change, None, 0);
        match change_text(self.folder, &name, entry, &was)? {
            // Begun by somebody else at this moment.
            Err(_) if is_kept => Ok(name),
            Err(now) => Err(NotingError::Changed { now }),
            Ok(()) => Ok(name),
        }
    }

    /// Adds articles to a collection, one behind the other. Those that are in it already stay where they
    /// are; a remark that is given is theirs from now on.
    ///
    /// # Errors
    /// When there is no such collection, and when it cannot be written.
    pub fn add(
        &self,
        name: &str,
        records: &[Record],
        remark: Option<&str>,
        place: &ItemPlace,
    ) -> Result<(), NotingError> {
        let (name, collection) = self.collection(name)?;
        let remark = remark.map(|remark| said(remark, true)).transpose()?;
        let mut after = place.written();
        let anchors = anchors(self.archive, self.corpus, records)?;
        let mut entries = Vec::with_capacity(records.len());
        for (at, (record, anchor)) in records.iter().zip(anchors).enumerate() {
            let known = collection.items.iter().any(|item| item.article == record.id);
            let change = match (&remark, known) {
                (None, true) => continue,
                (Some(remark), true) => CollectionChange::Remark(remark.clone()),
                (remark, false) => CollectionChange::Add(remark.clone().unwrap_or_default()),
            };
            let place = after.clone().filter(|_| !known);
            let mut entry = self.change(Some(&record.id), change, place, at);
            if !known {
                entry.anchor = Some(anchor);
                if after.is_some() {
                    after = Some(record.id.0.clone());
                }
            }
            entries.push(entry);
        }
        if !entries.is_empty() {
            add_to_collection(self.folder, &name, entries)?;
        }
        Ok(())
    }

    /// Moves an article within the order.
    ///
    /// # Errors
    /// When it is not in the collection, and when it cannot be written.
    pub fn move_item(
        &self,
        name: &str,
        article: &ArticleId,
        place: &ItemPlace,
    ) -> Result<(), NotingError> {
        let (name, _) = self.with_item(name, article)?;
        let entry = self.change(Some(article), CollectionChange::Move, place.written(), 0);
        add_to_collection(self.folder, &name, vec![entry])?;
        Ok(())
    }

    /// Says something else about an article of a collection, which said `was` when it was looked at.
    ///
    /// # Errors
    /// When it is not in the collection, says something else than it said, and when it cannot be written.
    pub fn remark(
        &self,
        name: &str,
        article: &ArticleId,
        was: &str,
        remark: &str,
    ) -> Result<(), NotingError> {
        let (name, collection) = self.with_item(name, article)?;
        let remark = said(remark, true)?;
        let now = collection.items.iter().find(|item| item.article == *article);
        let now = now.map(|item| item.remark.as_str()).unwrap_or_default();
        if now == remark {
            return Ok(());
        }
        // Forms send other ends of lines than they were given.
        let was = said(was, true)?;
        if now != was {
            return Err(NotingError::Changed { now: now.to_owned() });
        }
        let entry = self.change(Some(article), CollectionChange::Remark(remark), None, 0);
        // Somebody may write at this moment.
        let written = change_text(self.folder, &name, entry, &was)?;
        written.map_err(|now| NotingError::Changed { now })
    }

    /// Takes articles out of a collection.
    ///
    /// # Errors
    /// When one is not in it, and when it cannot be written.
    pub fn remove(&self, name: &str, articles: &[ArticleId]) -> Result<(), NotingError> {
        let mut name = name.to_owned();
        let mut entries = Vec::with_capacity(articles.len());
        for (at, article) in articles.iter().enumerate() {
            name = self.with_item(&name, article)?.0;
            entries.push(self.change(Some(article), CollectionChange::Remove, None, at));
        }
        add_to_collection(self.folder, &name, entries)?;
        Ok(())
    }

    fn entry(
        &self,
        record: &Record,
        anchor: Anchor,
        change: NoteChange,
        passage: &str,
    ) -> NoteEntry {
        NoteEntry {
            id: EntryId::default(),
            article: record.id.clone(),
            anchor,
            change,
            passage: passage.to_owned(),
            by: self.by.to_owned(),
            at: self.at,
        }
    }

    /// The entry at this place among those that are written together, which come one after the other.
    fn change(
        &self,
        article: Option<&ArticleId>,
        change: CollectionChange,
        after: Option<String>,
        place: usize,
    ) -> CollectionEntry {
        let later = i64::try_from(place).unwrap_or(i64::MAX).microseconds();
        CollectionEntry {
            id: EntryId::default(),
            article: article.cloned(),
            anchor: None,
            change,
            after,
            by: self.by.to_owned(),
            at: self.at.checked_add(later).unwrap_or(self.at),
        }
    }

    fn collection(&self, name: &str) -> Result<(String, &Collection), NotingError> {
        let name = self::name(name)?;
        match self.known_collection(&name) {
            Some((name, collection)) => Ok((name.clone(), collection)),
            None => Err(NotingError::Collection { name }),
        }
    }

    /// The collection of this name, or of one that differs in capitals and the like alone: not every
    /// system tells their files apart.
    fn known_collection(&self, name: &str) -> Option<(&String, &Collection)> {
        let all = &self.archive.notebook().collections;
        let alike = || {
            let name = fold(name).text;
            all.iter().find(|(known, _)| fold(known).text == name)
        };
        all.get_key_value(name).or_else(alike)
    }

    fn with_item(
        &self,
        name: &str,
        article: &ArticleId,
    ) -> Result<(String, &Collection), NotingError> {
        let (name, collection) = self.collection(name)?;
        if collection.items.iter().all(|item| item.article != *article) {
            return Err(NotingError::Item { article: article.clone(), name });
        }
        Ok((name, collection))
    }
}

impl ItemPlace {
    fn written(&self) -> Option<String> {
        match self {
            Self::First => Some(String::new()),
            Self::Last => None,
            Self::After(id) => Some(id.0.clone()),
        }
    }
}

fn name(typed: &str) -> Result<String, NotingError> {
    label(typed).ok_or_else(|| NotingError::Name { name: typed.to_owned() })
}

/// Whether a file can be called so on every system.
fn is_file_name(name: &str) -> bool {
    !name.contains([':', '?', '*', '"', '<', '>', '|'])
}

/// A text as it is kept: with plain ends of lines and without blanks around it.
fn said(text: &str, may_be_empty: bool) -> Result<String, NotingError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    let fits = text.chars().count() <= MAX_NOTE_CHARS && (may_be_empty || !text.is_empty());
    if fits { Ok(text) } else { Err(NotingError::Text) }
}
