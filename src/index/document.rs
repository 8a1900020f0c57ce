//! An article, and the report on a file, as documents of the engine.

use std::io;
use std::sync::Arc;

use tantivy::schema::Field;
use tantivy::schema::document::{Document, ReferenceValue, ReferenceValueLeaf, Value};

use super::article_fields::{ArticleFields, ArticleTexts};
use super::byte_semaphore::ByteSemaphore;
use super::fields::FILE;
use super::schema::Fields;
use super::stored::encode;
use super::text_fields::positions_of;
use crate::model::{FileReport, Record};

/// A document of the engine. A text that goes into several fields is held once.
///
/// Documents wait in the engine's queue, which limits their number but not their size: one that has
/// a permit of the byte semaphore gives it back when the engine is done with it.
#[derive(Debug, Default)]
pub(super) struct IndexDocument {
    values: Vec<(Field, FieldValue)>,
    permit: Option<(Arc<ByteSemaphore>, u64)>,
}

#[derive(Debug, Clone)]
enum FieldValue {
    Text(Arc<str>),
    Number(u64),
    Bytes(Arc<[u8]>),
}

impl IndexDocument {
    /// `run` marks what one writer adds.
    pub(super) fn article(fields: &Fields, record: &Record, run: &str) -> io::Result<Self> {
        let ArticleFields { terms, numbers, texts } = ArticleFields::of(record);
        let mut document = Self::default();
        document.text(fields.marker, run);
        for (field, text) in &terms {
            document.text(fields.terms(*field), text);
        }
        for (field, number) in numbers {
            document.number(fields.numbers(field), number);
        }
        document.printed(fields, texts);
        document.bytes(fields.stored, encode(&serde_json::to_vec(record)?)?);
        Ok(document)
    }

    pub(super) fn file(fields: &Fields, report: &FileReport) -> io::Result<Self> {
        let mut document = Self::default();
        document.text(fields.marker, FILE);
        document.text(fields.source, &report.source);
        document.bytes(fields.stored, encode(&serde_json::to_vec(report)?)?);
        Ok(document)
    }

    /// Waits until the byte semaphore has room for the document.
    pub(super) fn wait_for_room(&mut self, semaphore: &Arc<ByteSemaphore>) {
        let size = self.values.iter().map(|(_, value)| value.size()).sum();
        semaphore.acquire(size);
        self.permit = Some((semaphore.clone(), size));
    }

    /// The bigram, character and word fields. Each part is a value of its own, so that no match
    /// crosses parts.
    fn printed(&mut self, fields: &Fields, texts: ArticleTexts) {
        for part in &texts.headline {
            self.text(fields.headline_bigrams, part);
        }
        let body_start = texts.head.iter().map(|part| positions_of(part)).sum();
        self.number(fields.body_start, body_start);
        for part in texts.head.into_iter().chain(texts.body) {
            let text = FieldValue::Text(part.into());
            for field in [fields.bigrams, fields.characters, fields.words] {
                self.values.push((field, text.clone()));
            }
        }
    }

    fn text(&mut self, field: Field, text: &str) {
        self.values.push((field, FieldValue::Text(text.into())));
    }

    fn number(&mut self, field: Field, number: u64) {
        self.values.push((field, FieldValue::Number(number)));
    }

    fn bytes(&mut self, field: Field, bytes: Vec<u8>) {
        self.values.push((field, FieldValue::Bytes(bytes.into())));
    }
}

impl Drop for IndexDocument {
    fn drop(&mut self) {
        if let Some((semaphore, size)) = self.permit.take() {
            semaphore.release(size);
        }
    }
}

impl FieldValue {
    /// Bytes in memory; a text that is in several fields counts for each.
    fn size(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::Number(_) => 0,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

impl Document for IndexDocument {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Field, Leaf<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        Box::new(self.values.iter().map(|(field, value)| (*field, Leaf(value))))
    }
}

/// A value as the engine wants to see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'a>(&'a FieldValue);

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(match self.0 {
            FieldValue::Text(text) => ReferenceValueLeaf::Str(text),
            FieldValue::Number(number) => ReferenceValueLeaf::U64(*number),
            FieldValue::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}
